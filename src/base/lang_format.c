/* lang_format.c - numbers, days and spans of time as people of a language write them. */
#include "base/lang_inside.h"
#include "base/number.h"

static const struct lang *known(const struct lang *l)
{
	return l ? l : LANG_ENGLISH;
}

/* ---- numbers ---- */
static void add_number(const struct lang *l, int64_t v, int decimals, struct buf *out)
{
	number_add(out, v, decimals, l->point, l->group);
}

void say_int(const struct lang *l, int64_t v, struct buf *out)
{
	add_number(known(l), v, 0, out);
}

void say_decimal(const struct lang *l, int64_t smallest, int decimals, struct buf *out)
{
	add_number(known(l), smallest, decimals, out);
}

/* Without zeros at the end. */
void say_percent(const struct lang *l, int64_t hundredths, struct buf *out)
{
	int decimals = 2;
	for (; decimals && hundredths % 10 == 0; decimals--)
		hundredths /= 10;
	add_number(known(l), hundredths, decimals, out);
}

/* ---- days ---- */
/* The names in one text, so that "May" long and "May" short can differ in a translation. */
#define MONTHS N_("January February March April May June July August September October November December")
#define MONTHS_SHORT N_("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")

static struct str nth_word(const char *words, int n)
{
	const char *end = strchrnul(words, ' ');
	while (n-- > 0 && *end) {
		words = end + 1;
		end = strchrnul(words, ' ');
	}
	return (struct str){ words, (size_t)(end - words) };
}

static void add_day(const struct lang *l, date d, const char *months, struct buf *out)
{
	int year, month, day;
	if (d == DATE_NONE)
		return;
	date_parts(d, &year, &month, &day);
	struct str name = nth_word(months, month - 1);
	buf_int(out, day);
	buf_char(out, ' ');
	buf_add(out, name.p, name.n);
	buf_char(out, ' ');
	buf_int(out, year + known(l)->years_more);
}

void say_date(const struct lang *l, date d, struct buf *out)
{
	add_day(l, d, say(l, MONTHS), out);
}

void say_date_short(const struct lang *l, date d, struct buf *out)
{
	add_day(l, d, say(l, MONTHS_SHORT), out);
}

void say_instant(const struct lang *l, const char *zone, int64_t us, struct buf *out)
{
	date day;
	int minute;
	if (!zone_minute_of(zone, us, &day, &minute))
		return;
	say_date_short(l, day, out);
	buf_printf(out, ", %02d:%02d", minute / 60, minute % 60);
}

/* ---- spans ---- */
void say_months(const struct lang *l, int64_t months, struct buf *out)
{
	long long years = months / 12, rest = months % 12;
	if (years)
		buf_printf(out, say_n(l, "%lld year", "%lld years", years), years);
	if (years && rest)
		buf_char(out, ' ');
	if (rest || !years)
		buf_printf(out, say_n(l, "%lld month", "%lld months", rest), rest);
}
