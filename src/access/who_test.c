/* who_test.c - rights within reach: what decides who is shown what. */
#include "access/who.h"
#include "base/attr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int who_test(void);

static struct who who_of(const struct reach *reach, size_t n)
{
	struct who w = { .reach = reach, .nreach = n };
	for (size_t i = 0; i < n; i++)
		w.rights |= reach[i].rights;
	return w;
}

/* proves: DP-07 */
static void within_reach_only(void **state)
{
	const struct reach reach[] = { { .rights = MAY_PEOPLE, .first = 10, .last = 19 },
				       { .rights = MAY_PEOPLE | MAY_CLOSED, .first = 40, .last = 49 } };
	struct who w = who_of(reach, 2);
	(void)state;
	assert_true(who_may(&w, MAY_PEOPLE));
	assert_true(who_may(&w, MAY_PEOPLE | MAY_CLOSED));
	assert_false(who_may(&w, MAY_USERS));
	assert_true(who_may(&w, MAY_ANYBODY));
	assert_true(who_may_at(&w, MAY_PEOPLE, 10));
	assert_true(who_may_at(&w, MAY_PEOPLE, 19));
	assert_false(who_may_at(&w, MAY_PEOPLE, 9));
	assert_false(who_may_at(&w, MAY_PEOPLE, 20));
	assert_false(who_may_at(&w, MAY_CLOSED, 15));
	assert_true(who_may_at(&w, MAY_PEOPLE | MAY_CLOSED, 45));
	assert_false(who_may_at(&w, MAY_PEOPLE, WHO_NOWHERE));
}

/* Whoever has no unit is in reach only of who has the whole service. */
static void whole_service(void **state)
{
	const struct reach reach[] = { { .rights = MAY_PEOPLE, .first = INT64_MIN, .last = INT64_MAX },
				       { .rights = MAY_CLOSED, .first = 5, .last = 6 } };
	struct who w = who_of(reach, 2);
	struct order_range r[4];
	(void)state;
	assert_true(who_may_at(&w, MAY_PEOPLE, WHO_NOWHERE));
	assert_true(who_everywhere(&w, MAY_PEOPLE));
	assert_false(who_everywhere(&w, MAY_CLOSED));
	assert_false(who_everywhere(&w, MAY_USERS));
	assert_int_equal(who_ranges(&w, MAY_PEOPLE | MAY_CLOSED, r, 4), 1);
	assert_int_equal(r[0].low, 5);
	assert_int_equal(r[0].high, 6);
}

static void joined_and_sorted(void **state)
{
	const struct reach reach[] = {
		{ .rights = MAY_PEOPLE, .first = 30, .last = 39 }, { .rights = MAY_PEOPLE, .first = 10, .last = 19 },
		{ .rights = MAY_PEOPLE, .first = 15, .last = 25 }, { .rights = MAY_PEOPLE, .first = 26, .last = 28 },
		{ .rights = MAY_CLOSED, .first = 0, .last = 100 },
	};
	struct who w = who_of(reach, COUNT(reach));
	struct order_range r[8];
	(void)state;
	assert_int_equal(who_ranges(&w, MAY_PEOPLE, r, 8), 2);
	assert_int_equal(r[0].low, 10);
	assert_int_equal(r[0].high, 28);
	assert_int_equal(r[1].low, 30);
	assert_int_equal(r[1].high, 39);
	assert_int_equal(who_ranges(&w, MAY_PEOPLE, r, 1), 1);
	assert_int_equal(who_ranges(&w, MAY_USERS, r, 8), 0);
}

/* Two halves that meet give the whole; and a bound at either end of the numbers overflows nothing. */
static void at_the_ends(void **state)
{
	const struct reach reach[] = { { .rights = MAY_PEOPLE, .first = INT64_MIN, .last = 7 },
				       { .rights = MAY_PEOPLE, .first = 8, .last = INT64_MAX } };
	struct who w = who_of(reach, 2);
	const struct reach high[] = { { .rights = MAY_PEOPLE, .first = 8, .last = INT64_MAX },
				      { .rights = MAY_CLOSED, .first = INT64_MIN, .last = 9 } };
	struct who h = who_of(high, 2);
	struct order_range r[2];
	(void)state;
	assert_true(who_everywhere(&w, MAY_PEOPLE));
	assert_int_equal(who_ranges(&h, MAY_PEOPLE, r, 2), 1);
	assert_true(r[0].low == 8 && r[0].high == INT64_MAX);
	assert_int_equal(who_ranges(&h, MAY_CLOSED, r, 2), 1);
	assert_true(r[0].low == INT64_MIN && r[0].high == 9);
	assert_false(who_everywhere(&h, MAY_CLOSED));
	assert_false(who_everywhere(&h, MAY_PEOPLE));
}

/* Every way of laying three reaches over eight places, against asking place by place. */
static void as_place_by_place(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 4096; i++) {
		struct reach reach[3];
		for (unsigned k = 0; k < 3; k++) {
			unsigned bits = i >> (4 * k) & 15;
			reach[k] = (struct reach){ .rights = bits & 8 ? MAY_PEOPLE : MAY_PEOPLE | MAY_CLOSED,
						   .first = bits & 3,
						   .last = (bits & 3) + (bits >> 2 & 1) * 3 };
		}
		struct who w = who_of(reach, 3);
		struct order_range r[8];
		right_t ask = i & 1 ? MAY_PEOPLE : MAY_PEOPLE | MAY_CLOSED;
		size_t n = who_ranges(&w, ask, r, 8);
		for (int64_t at = -1; at < 9; at++) {
			bool in = false;
			for (size_t k = 0; k < n; k++)
				in = in || (r[k].low <= at && at <= r[k].high);
			assert_int_equal(in, who_may_at(&w, ask, at));
		}
		for (size_t k = 1; k < n; k++)
			assert_true(r[k].low > r[k - 1].high + 1);
	}
}

/* proves: DP-07 */
static void on_behalf(void **state)
{
	const struct reach reach[] = {
		{ .rights = MAY_PEOPLE, .first = 10, .last = 19 },
		{ .rights = MAY_PEOPLE | MAY_DECIDE, .first = 30, .last = 39, .delegated_by = 7 },
		{ .rights = MAY_DECIDE, .first = 30, .last = 39, .delegated_by = 8 },
	};
	struct who w = who_of(reach, 3);
	(void)state;
	assert_int_equal(who_behalf(&w, MAY_PEOPLE), 0);
	assert_int_equal(who_behalf(&w, MAY_DECIDE), 7);
	assert_int_equal(who_behalf(&w, MAY_USERS), 0);
	assert_int_equal(who_behalf(&w, MAY_ANYBODY), 0);
	assert_int_equal(who_behalf_at(&w, MAY_PEOPLE, 15), 0);
	assert_int_equal(who_behalf_at(&w, MAY_PEOPLE, 35), 7);
	assert_int_equal(who_behalf_at(&w, MAY_PEOPLE, 45), 0);
}

int who_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(within_reach_only), cmocka_unit_test(whole_service),
		cmocka_unit_test(joined_and_sorted), cmocka_unit_test(at_the_ends),
		cmocka_unit_test(as_place_by_place), cmocka_unit_test(on_behalf),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
