#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"

static void slices_compare_by_bytes(void **state)
{
	(void)state;
	assert_true(str_eq(STR("III/b"), str_of("III/b")));
	assert_false(str_eq(STR("III/b"), STR("III/bb")));
	assert_true(str_eq(str_of(NULL), STR("")));
	assert_true(str_is(STR("MOF"), "MOF"));
	assert_false(str_is(STR("MOF"), "MO"));
	assert_true(str_cmp(STR("a"), STR("b")) < 0);
	assert_true(str_cmp(STR("ab"), STR("a")) > 0);
	assert_true(str_cmp(STR("\xc3\xa9"), STR("z")) > 0);
	assert_int_equal(str_cmp(STR(""), str_of(NULL)), 0);
	assert_true(text_is(NULL, NULL) && text_is("a", "a"));
	assert_false(text_is(NULL, "") || text_is("a", NULL) || text_is("a", "b"));
}

static void trimming_knows_the_blanks_of_spreadsheets(void **state)
{
	(void)state;
	assert_true(str_is(str_trim(STR(" \t\r\n\xc2\xa0 Siti  A. \xc2\xa0\xc2\xa0\n")), "Siti  A."));
	assert_int_equal(str_trim(STR(" \xc2\xa0 ")).n, 0);
	assert_int_equal(str_trim(str_of(NULL)).n, 0);
	/* a letter whose last byte is that of the no-break space stays whole */
	assert_true(str_is(str_trim(STR("\xc3\xa0 ")), "\xc3\xa0"));
	assert_true(str_is(str_trim(STR("x\xc2")), "x\xc2"));
}

static void bad(const char *bytes, size_t n, size_t at)
{
	assert_int_equal(text_utf8_bad((struct str){ bytes, n }), at);
}

static void utf8_is_checked_to_the_letter(void **state)
{
	(void)state;
	bad("", 0, 0);
	bad("plain", 5, 5);
	bad("\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", 24, 24);
	bad("ab\x80", 3, 2);
	bad("ab\xc0\x80", 4, 2);
	bad("ab\xc1\xbf", 4, 2);
	bad("ab\xe0\x9f\xbf", 5, 2);
	bad("ab\xed\xa0\x80", 5, 2);
	bad("ab\xf0\x8f\xbf\xbf", 6, 2);
	bad("ab\xf4\x90\x80\x80", 6, 2);
	bad("ab\xf5\x80\x80\x80", 6, 2);
	bad("ab\xe2\x82", 4, 2);
	bad("ab\xe2\x82x", 5, 2);
	bad("\xf0\x9f\x98", 3, 0);
}

/* Whatever its place, a wrong byte is found there: the fast path looks at many bytes at once. */
static void a_wrong_byte_is_found_at_any_place(void **state)
{
	(void)state;
	char line[100];
	for (size_t n = 1; n <= sizeof line; n += 3) {
		for (size_t at = 0; at < n; at++) {
			memset(line, 'a', sizeof line);
			line[at] = (char)0xff;
			bad(line, n, at);
		}
	}
}

static void controls_and_non_characters_are_seen(void **state)
{
	(void)state;
	assert_false(text_has_control(STR("Nguy\xe1\xbb\x85n\tVan \xf0\x9f\x98\x80 \xef\xbf\xbd \xef\xb7\x8f")));
	static const char *const wrong[] = {
		"a\nb",         "a\x1f",        "\x7f",         "\xc2\x80",         "\xc2\x9f",        "\xef\xb7\x90",
		"\xef\xb7\xaf", "\xef\xbf\xbe", "\xef\xbf\xbf", "\xf0\x9f\xbf\xbe", "\xf4\x8f\xbf\xbf"
	};
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_true(text_has_control(str_of(wrong[i])));
	assert_true(text_has_control(STR("a\0b")));
	assert_false(text_has_control(STR("\xc2\xa0")));
}

static void a_number_is_read_with_or_without_its_groups(void **state)
{
	(void)state;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	assert_true(str_is(text_ungrouped(&a, STR("19681101 199403 1 002")), "196811011994031002"));
	assert_true(str_is(text_ungrouped(&a, STR("7")), "7"));
	assert_true(str_is(text_ungrouped(&a, STR("Siti 7")), "Siti 7"));
	assert_int_equal(text_ungrouped(&a, str_of(NULL)).n, 0);
}

int text_test(void);
int text_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices_compare_by_bytes),
		cmocka_unit_test(trimming_knows_the_blanks_of_spreadsheets),
		cmocka_unit_test(utf8_is_checked_to_the_letter),
		cmocka_unit_test(a_wrong_byte_is_found_at_any_place),
		cmocka_unit_test(a_number_is_read_with_or_without_its_groups),
		cmocka_unit_test(controls_and_non_characters_are_seen),
	};
	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
