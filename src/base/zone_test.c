#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"

#define HOUR INT64_C(3600000000)
#define DAY (24 * HOUR)

static int64_t start(const char *zone, date d)
{
	int64_t us = -1;
	assert_true(zone_day_start(zone, d, &us));
	date there = 0, before = 0;
	assert_true(zone_day_of(zone, us, &there) && zone_day_of(zone, us - 1, &before));
	assert_int_equal(there, d);
	assert_int_equal(before, d - 1);
	return us - d * DAY;
}

static void zones_are_known_by_name(void **state)
{
	(void)state;
	assert_true(zone_exists("Asia/Jakarta") && zone_exists("UTC") && zone_exists("America/Argentina/Buenos_Aires"));
	static const char *const wrong[] = { "", "Asia/Jakart", "GMT+7:13", "Jakarta", "Etc/Unknown", "A\xc3\xa9" };
	int64_t us = 5;
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (zone_exists(wrong[i]) || zone_day_start(wrong[i], 0, &us) || us != 5)
			fail_msg("\"%s\" was taken for a zone", wrong[i]);
	assert_false(zone_exists(NULL));
}

static void days_begin_where_the_zone_says(void **state)
{
	(void)state;
	assert_int_equal(start("UTC", date_of(2008, 10, 1)), 0);
	assert_int_equal(start("Asia/Jakarta", date_of(2008, 10, 1)), -7 * HOUR);
	assert_int_equal(start("Asia/Jayapura", date_of(2008, 10, 1)), -9 * HOUR);
	assert_int_equal(start("America/New_York", date_of(2026, 7, 1)), 4 * HOUR);
	assert_int_equal(start("America/New_York", date_of(2050, 1, 1)), 5 * HOUR);
	assert_int_equal(start("Pacific/Kiritimati", date_of(2008, 10, 1)), -14 * HOUR);
}

static void days_around_a_change_of_clocks(void **state)
{
	(void)state;
	assert_int_equal(start("Europe/Berlin", date_of(2026, 3, 29)), -1 * HOUR);
	assert_int_equal(start("Europe/Berlin", date_of(2026, 3, 30)), -2 * HOUR);
	assert_int_equal(start("Europe/Berlin", date_of(2026, 10, 25)), -2 * HOUR);
	assert_int_equal(start("Europe/Berlin", date_of(2026, 10, 26)), -1 * HOUR);
	/* midnight skipped: the day began at one o'clock */
	assert_int_equal(start("America/Sao_Paulo", date_of(2008, 10, 19)), 3 * HOUR);
	/* at midnight the clocks went back an hour: the day began when midnight came again */
	assert_int_equal(start("America/Sao_Paulo", date_of(2009, 2, 15)), 3 * HOUR);
	/* Jakarta had eight hours, then seven and a half, before it had seven */
	assert_int_equal(start("Asia/Jakarta", date_of(1949, 5, 2)), -8 * HOUR);
	assert_int_equal(start("Asia/Jakarta", date_of(1951, 5, 2)), -15 * HOUR / 2);
	assert_int_equal(start("Asia/Jakarta", date_of(1964, 1, 2)), -7 * HOUR);
}

static void a_year_of_days_joins_without_gap(void **state)
{
	(void)state;
	static const char *const zones[] = { "Asia/Jakarta", "Australia/Lord_Howe", "America/St_Johns",
					     "Africa/Casablanca" };
	for (size_t z = 0; z < COUNT(zones); z++)
		for (date d = date_of(2026, 1, 1); d < date_of(2027, 1, 1); d++)
			start(zones[z], d);
}

static void instants_before_the_epoch(void **state)
{
	(void)state;
	date d;
	assert_true(zone_day_of("UTC", -1, &d) && d == -1);
	assert_true(zone_day_of("UTC", -DAY, &d) && d == -1);
	assert_true(zone_day_of("UTC", -DAY - 1, &d) && d == -2);
}

static void the_clock_goes_forward(void **state)
{
	(void)state;
	int64_t now = clock_now_us();
	assert_true(now > INT64_C(1700000000000000));
	assert_true(clock_now_us() - now < DAY);
}

int zone_test(void);
int zone_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zones_are_known_by_name),        cmocka_unit_test(days_begin_where_the_zone_says),
		cmocka_unit_test(days_around_a_change_of_clocks), cmocka_unit_test(a_year_of_days_joins_without_gap),
		cmocka_unit_test(instants_before_the_epoch),      cmocka_unit_test(the_clock_goes_forward),
	};
	return cmocka_run_group_tests_name("zone", tests, NULL, NULL);
}
