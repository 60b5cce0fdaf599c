/* date.c - civil days as numbers, in integers alone. */
#include "base/date.h"
#include "base/error.h"

/* Days are counted in years that begin in March, so that the leap day is the last one of its year: a period of 400
 * years has 146,097 days, and month m of such a year (0 = March) begins on its day (153 m + 2) / 5. Everything is
 * shifted to a positive count from 1 March of year 0. */
#define DAYS_400 146097
#define EPOCH 719468 /* days from 0000-03-01 to 1970-01-01 */

bool date_exists(int year, int month, int day)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= date_month_days(year, month);
}

int date_month_days(int year, int month)
{
	if (month == 2)
		return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static date day_number(int year, int month, int day)
{
	int y = month < 3 ? year - 1 : year, m = month < 3 ? month + 9 : month - 3;
	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - EPOCH;
}

date date_of(int year, int month, int day)
{
	if (!date_exists(year, month, day))
		bug("%d-%d-%d is no day", year, month, day);
	return day_number(year, month, day);
}

void date_parts(date d, int *ret_year, int *ret_month, int *ret_day)
{
	if (d < DATE_MIN || d > DATE_MAX)
		bug("day number %d is outside the calendar", (int)d);
	int n = d + EPOCH, era = n / DAYS_400, of_era = n % DAYS_400;
	int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int of_year = of_era - (365 * year + year / 4 - year / 100), m = (5 * of_year + 2) / 153;
	*ret_day = of_year - (153 * m + 2) / 5 + 1;
	*ret_month = m < 10 ? m + 3 : m - 9;
	*ret_year = year + era * 400 + (m >= 10);
}

int date_year(date d)
{
	int year, month, day;
	date_parts(d, &year, &month, &day);
	return year;
}

bool date_parse(struct str s, date *ret)
{
	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
		return false;
	static const unsigned char places[] = { 0, 1, 2, 3, 5, 6, 8, 9 };
	unsigned digit[8], most = 0;
	for (size_t i = 0; i < 8; i++) {
		digit[i] = (unsigned)(unsigned char)s.p[places[i]] - '0';
		most = digit[i] > most ? digit[i] : most;
	}
	if (most > 9)
		return false;
	int year = (int)(digit[0] * 1000 + digit[1] * 100 + digit[2] * 10 + digit[3]);
	int month = (int)(digit[4] * 10 + digit[5]), day = (int)(digit[6] * 10 + digit[7]);
	if (!date_exists(year, month, day))
		return false;
	*ret = day_number(year, month, day);
	return true;
}

static void put_pair(char *out, int v)
{
	out[0] = (char)('0' + v / 10);
	out[1] = (char)('0' + v % 10);
}

const char *date_text(date d, char out[static DATE_TEXT])
{
	out[0] = 0;
	if (d == DATE_NONE)
		return out;
	int year, month, day;
	date_parts(d, &year, &month, &day);
	put_pair(out, year / 100);
	put_pair(out + 2, year % 100);
	put_pair(out + 5, month);
	put_pair(out + 8, day);
	out[4] = out[7] = '-';
	out[10] = 0;
	return out;
}

const char *date_words(date d, char out[static 32])
{
	static const char *const months[] = { "January", "February", "March",     "April",   "May",      "June",
					      "July",    "August",   "September", "October", "November", "December" };
	out[0] = 0;
	if (d == DATE_NONE)
		return out;
	int year, month, day;
	date_parts(d, &year, &month, &day);
	snprintf(out, 32, "%d %s %d", day, months[month - 1], year);
	return out;
}

date date_add_days(date d, int32_t days)
{
	int64_t at = (int64_t)d + days;
	if (d == DATE_NONE)
		return d;
	return at < DATE_MIN ? DATE_MIN : at > DATE_MAX ? DATE_MAX : (date)at;
}

date date_add_months(date d, int n)
{
	if (d == DATE_NONE)
		return d;
	int year, month, day;
	date_parts(d, &year, &month, &day);
	int64_t months = (int64_t)year * 12 + month - 1 + n;
	if (months < 12)
		return DATE_MIN;
	if (months >= 120000)
		return DATE_MAX;
	year = (int)(months / 12);
	month = (int)(months % 12) + 1;
	int last = date_month_days(year, month);
	return day_number(year, month, day < last ? day : last);
}

int date_months_between(date a, date b)
{
	if (b < a)
		return 0;
	int ya, ma, da, yb, mb, db;
	date_parts(a, &ya, &ma, &da);
	date_parts(b, &yb, &mb, &db);
	int last = date_month_days(yb, mb);
	return (yb - ya) * 12 + mb - ma - (db < (da < last ? da : last));
}

date date_month_end(date d)
{
	int year, month, day;
	date_parts(d, &year, &month, &day);
	return day_number(year, month, date_month_days(year, month));
}
