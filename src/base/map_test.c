#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"

static void text_keys(void **state)
{
	(void)state;
	struct map *m CLEANUP(map_free_p) = map_new();
	int64_t v = 77;
	char key[] = "III/b";
	assert_false(map_get(m, str_of(key), &v));
	assert_true(map_set(m, str_of(key), 5));
	assert_false(map_set(m, str_of(key), 6));
	assert_true(map_get(m, STR("III/b"), &v) && v == 6);
	key[0] = 'x';
	assert_true(map_get(m, STR("III/b"), &v));
	assert_false(map_get(m, str_of(key), &v));
	assert_false(map_add(m, STR("III/b"), 9, &v));
	assert_int_equal(v, 6);
	assert_true(map_add(m, STR(""), 9, &v));
	assert_int_equal(v, 9);
	assert_true(map_get(m, str_of(NULL), &v) && v == 9);
	assert_int_equal(map_count(m), 2);
}

/* Keys that are each other's beginnings, hold NULs and differ only at their ends. */
static void keys_of_all_lengths_are_apart(void **state)
{
	(void)state;
	struct map *m CLEANUP(map_free_p) = map_new();
	char zeros[200] = { 0 };
	int64_t v;
	for (size_t n = 0; n < sizeof zeros; n++)
		assert_true(map_set(m, (struct str){ zeros, n }, (int64_t)n));
	for (size_t n = 0; n < sizeof zeros; n++)
		assert_true(map_get(m, (struct str){ zeros, n }, &v) && v == (int64_t)n);
	for (size_t i = 0; i < sizeof zeros; i++) {
		zeros[i] = 1;
		assert_true(map_set(m, (struct str){ zeros, sizeof zeros }, 1000 + (int64_t)i));
		zeros[i] = 0;
	}
	assert_int_equal(map_count(m), 400);
}

static void many_keys(void **state)
{
	(void)state;
	struct map *m CLEANUP(map_free_p) = map_new();
	char key[32];
	int64_t v;
	for (int i = 0; i < 200000; i++) {
		snprintf(key, sizeof key, "19%07d", i * 7);
		if (!map_add(m, str_of(key), i, &v))
			fail_msg("%s is new", key);
	}
	assert_int_equal(map_count(m), 200000);
	for (int i = 0; i < 200000 * 7; i++) {
		snprintf(key, sizeof key, "19%07d", i);
		bool found = map_get(m, str_of(key), &v);
		if (found != (i % 7 == 0) || (found && v != i / 7))
			fail_msg("%s", key);
	}
}

static void integer_keys(void **state)
{
	(void)state;
	struct imap *m CLEANUP(imap_free_p) = imap_new();
	int64_t v = 77;
	static const int64_t ends[] = { 0, -1, INT64_MIN, INT64_MAX };
	for (size_t i = 0; i < COUNT(ends); i++) {
		assert_false(imap_get(m, ends[i], &v));
		assert_true(imap_set(m, ends[i], (int64_t)i));
		assert_false(imap_set(m, ends[i], (int64_t)i + 10));
		assert_true(imap_get(m, ends[i], &v) && v == (int64_t)i + 10);
	}
	assert_int_equal(imap_count(m), 4);
	for (int64_t i = 1; i <= 200000; i++)
		imap_set(m, i << 20, i);
	assert_int_equal(imap_count(m), 200004);
	for (int64_t i = 1; i <= 200000; i++)
		if (!imap_get(m, i << 20, &v) || v != i || imap_get(m, (i << 20) + 1, &v))
			fail_msg("%d", (int)i);
	assert_true(imap_get(m, INT64_MIN, &v) && v == 12);
}

int map_test(void);
int map_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_keys),
		cmocka_unit_test(keys_of_all_lengths_are_apart),
		cmocka_unit_test(many_keys),
		cmocka_unit_test(integer_keys),
	};
	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
