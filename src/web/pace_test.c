/* pace_test.c - which pages are drawn in a pool. */
#include "web/pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int pace_test(void);

static const struct page pages[] = { { .path = "/a" }, { .path = "/b" }, { 0 } };
static const struct page *const arrays[] = { pages, NULL };
static const struct site site = { .pages = arrays };

static void draws(struct pace *p, const struct page *page, int64_t us, int times)
{
	for (int i = 0; i < times; i++)
		pace_took(p, page, us);
}

static void what_takes_long_is_slow_until_it_does_not(void **state)
{
	struct pace *p = pace_new(&site);
	const struct page *a = &pages[0], *b = &pages[1], unknown = { .path = "/c" };
	(void)state;
	assert_true(pace_is_slow(p, a)); /* nobody knows yet */
	draws(p, a, 200, 30);
	assert_false(pace_is_slow(p, a));
	assert_true(pace_is_slow(p, b));
	draws(p, a, 12000, 1);
	assert_false(pace_is_slow(p, a)); /* once is chance */
	draws(p, a, 12000, 5);
	assert_true(pace_is_slow(p, a));
	draws(p, a, 2000, 100);
	assert_true(pace_is_slow(p, a)); /* between the two it stays where it is */
	draws(p, a, 200, 30);
	assert_false(pace_is_slow(p, a));
	assert_true(pace_is_slow(p, &unknown));
	pace_free(p);
}

int pace_test(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(what_takes_long_is_slow_until_it_does_not) };
	return cmocka_run_group_tests_name("pace", tests, NULL, NULL);
}
