#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"

/* An independent count: day by day from one end of the calendar to the other. */
static void every_day_of_the_calendar(void **state)
{
	(void)state;
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	date expected = DATE_MIN;
	char text[DATE_TEXT], want[32];
	for (int year = 1; year <= 9999; year++) {
		bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
		for (int month = 1; month <= 12; month++) {
			int length = lengths[month - 1] + (month == 2 && leap);
			if (date_month_days(year, month) != length)
				fail_msg("%d-%d has %d days", year, month, length);
			for (int day = 1; day <= length; day++, expected++) {
				int y, m, d;
				date_parts(expected, &y, &m, &d);
				if (date_of(year, month, day) != expected || y != year || m != month || d != day)
					fail_msg("%d-%d-%d is day %d", year, month, day, (int)expected);
			}
			date back;
			snprintf(want, sizeof want, "%04d-%02d-%02d", year, month, length);
			assert_string_equal(date_text(expected - 1, text), want);
			assert_true(date_parse(str_of(want), &back) && back == expected - 1);
			assert_int_equal(date_month_end(expected - length), expected - 1);
		}
	}
	assert_int_equal(expected - 1, DATE_MAX);
	assert_int_equal(date_of(1970, 1, 1), 0);
	assert_int_equal(date_year(date_of(2008, 10, 1)), 2008);
}

static void what_is_no_date_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"",           "2008-02-30", "2009-02-29", "1900-02-29", "2008-13-01", "2008-00-01",  "2008-01-00",
		"2008-01-32", "0000-01-01", "2008-1-1",   "2008/01/01", "20080101",   "2008-01-01 ", " 2008-01-01",
		"2008-01-0a", "+008-01-01", "2008-0 -01", "2008-04-31", "2008-01-1/", "2008-01-1:",  "\xb2\xb0-01-01xx"
	};
	for (size_t i = 0; i < COUNT(wrong); i++) {
		date d = 77;
		if (date_parse(str_of(wrong[i]), &d) || d != 77)
			fail_msg("\"%s\" was taken for a date", wrong[i]);
	}
	date d;
	assert_true(date_parse(STR("2008-02-29"), &d));
	assert_false(date_exists(10000, 1, 1) || date_exists(0, 1, 1) || date_exists(2008, 2, 30));
}

static void dates_read_as_words(void **state)
{
	(void)state;
	char out[32];
	assert_string_equal(date_words(date_of(2009, 2, 1), out), "1 February 2009");
	assert_string_equal(date_words(date_of(9999, 9, 30), out), "30 September 9999");
	assert_string_equal(date_words(DATE_NONE, out), "");
	assert_string_equal(date_text(DATE_NONE, out), "");
}

static void months_keep_the_day_or_take_the_last(void **state)
{
	(void)state;
	assert_int_equal(date_add_months(date_of(2008, 1, 31), 1), date_of(2008, 2, 29));
	assert_int_equal(date_add_months(date_of(2007, 1, 31), 1), date_of(2007, 2, 28));
	assert_int_equal(date_add_months(date_of(2004, 2, 29), 48), date_of(2008, 2, 29));
	assert_int_equal(date_add_months(date_of(2004, 2, 29), 12), date_of(2005, 2, 28));
	assert_int_equal(date_add_months(date_of(2008, 1, 15), -1), date_of(2007, 12, 15));
	assert_int_equal(date_add_months(date_of(2008, 3, 31), -1), date_of(2008, 2, 29));
	assert_int_equal(date_add_months(date_of(2008, 12, 31), 0), date_of(2008, 12, 31));
	assert_int_equal(date_add_months(date_of(9999, 12, 1), 1), DATE_MAX);
	assert_int_equal(date_add_months(date_of(1, 1, 5), -1), DATE_MIN);
	assert_int_equal(date_add_months(date_of(2008, 1, 1), INT32_MAX), DATE_MAX);
	assert_int_equal(date_add_months(DATE_NONE, 5), DATE_NONE);
}

static void days_stay_in_the_calendar(void **state)
{
	(void)state;
	assert_int_equal(date_add_days(date_of(2008, 12, 31), 1), date_of(2009, 1, 1));
	assert_int_equal(date_add_days(date_of(2008, 3, 1), -1), date_of(2008, 2, 29));
	assert_int_equal(date_add_days(DATE_MAX, 1), DATE_MAX);
	assert_int_equal(date_add_days(DATE_MIN, -1), DATE_MIN);
	assert_int_equal(date_add_days(date_of(2008, 1, 1), INT32_MAX), DATE_MAX);
	assert_int_equal(date_add_days(date_of(2008, 1, 1), INT32_MIN), DATE_MIN);
	assert_int_equal(date_add_days(DATE_NONE, 5), DATE_NONE);
}

/* The definition itself, over pairs of days that meet short months and leap days. */
static void months_between_is_the_greatest_that_fits(void **state)
{
	(void)state;
	date first = date_of(2003, 12, 25);
	for (date a = first; a < first + 110; a++) {
		assert_int_equal(date_months_between(a, a - 1), 0);
		for (date b = a; b < a + 1600; b += 1 + (b - a) / 200) {
			int n = date_months_between(a, b);
			if (date_add_months(a, n) > b || date_add_months(a, n + 1) <= b)
				fail_msg("%d months from day %d to day %d", n, (int)a, (int)b);
		}
	}
}

int date_test(void);
int date_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_of_the_calendar), cmocka_unit_test(what_is_no_date_is_refused),
		cmocka_unit_test(dates_read_as_words),       cmocka_unit_test(months_keep_the_day_or_take_the_last),
		cmocka_unit_test(days_stay_in_the_calendar), cmocka_unit_test(months_between_is_the_greatest_that_fits),
	};
	return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
