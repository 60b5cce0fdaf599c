#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/number.h"

static void whole(const char *in, int64_t out)
{
	int64_t v = 0;
	if (!number_parse(str_of(in), &v))
		fail_msg("\"%s\" is a number", in);
	assert_int_equal(v, out);
}

static void whole_numbers(void **state)
{
	(void)state;
	whole("0", 0);
	whole("-0", 0);
	whole("007", 7);
	whole("-61242", -61242);
	whole("9223372036854775807", INT64_MAX);
	whole("-9223372036854775808", INT64_MIN);
	static const char *const wrong[] = { "",
					     "-",
					     "+5",
					     " 5",
					     "5 ",
					     "5.0",
					     "1e3",
					     "0x1",
					     "--5",
					     "9223372036854775808",
					     "-9223372036854775809",
					     "99999999999999999999",
					     "5,0",
					     "\xd9\xa5" };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		int64_t v = 77;
		if (number_parse(str_of(wrong[i]), &v) || v != 77)
			fail_msg("\"%s\" was taken for a number", wrong[i]);
	}
	assert_false(number_parse((struct str){ NULL, 0 }, &(int64_t){ 0 })); /* a field that was not sent */
}

static void decimal(const char *in, int places, int64_t out)
{
	int64_t v = 0;
	if (!decimal_parse(str_of(in), places, &v))
		fail_msg("\"%s\" is a decimal", in);
	assert_int_equal(v, out);
}

static void decimals(void **state)
{
	(void)state;
	decimal("79.5", 2, 7950);
	decimal("79.50", 2, 7950);
	decimal("91", 2, 9100);
	decimal("-0.05", 2, -5);
	decimal("0.00", 2, 0);
	decimal("12", 0, 12);
	decimal("92233720368547758.07", 2, INT64_MAX);
	decimal("-92233720368547758.08", 2, INT64_MIN);
	static const char *const wrong[] = { "",
					     ".",
					     "-",
					     "-.5",
					     ".5",
					     "5.",
					     "79.555",
					     "79,5",
					     "1e2",
					     "1.-5",
					     "+1",
					     " 1",
					     "1.5 ",
					     "1.2.3",
					     "92233720368547758.08",
					     "99999999999999999999" };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		int64_t v = 77;
		if (decimal_parse(str_of(wrong[i]), 2, &v) || v != 77)
			fail_msg("\"%s\" was taken for a decimal", wrong[i]);
	}
	int64_t v;
	assert_false(decimal_parse(STR("1.0"), 0, &v));
	assert_false(decimal_parse(STR("922337203685477581"), 2, &v)); /* fits, but not in hundredths */
}

static void written(int64_t v, int places, const char *out)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	decimal_add(&b, v, places);
	assert_string_equal(b.p, out);
	int64_t back = v + 1;
	assert_true(decimal_parse(str_of(b.p), places, &back));
	assert_int_equal(back, v);
}

static void decimals_are_written_short(void **state)
{
	(void)state;
	written(7950, 2, "79.5");
	written(9100, 2, "91");
	written(0, 2, "0");
	written(5, 2, "0.05");
	written(-5, 2, "-0.05");
	written(-9999, 2, "-99.99");
	written(10, 0, "10");
	written(100, 2, "1");
	written(INT64_MIN, 2, "-92233720368547758.08");
	written(1, 18, "0.000000000000000001");
}

int number_test(void);
int number_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_numbers),
		cmocka_unit_test(decimals),
		cmocka_unit_test(decimals_are_written_short),
	};
	return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
