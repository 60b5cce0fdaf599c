#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"

static void verbs_add_and_end_with_nul(void **state)
{
	(void)state;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	buf_text(&b, "post ");
	buf_int(&b, 12);
	buf_char(&b, '/');
	buf_add(&b, "abc", 2);
	buf_printf(&b, " %s %03d", "row", 7);
	assert_string_equal(buf_str(&b), "post 12/ab row 007");
	assert_int_equal(b.n, 18);
	buf_reset(&b);
	assert_string_equal(buf_str(&b), "");
	assert_int_equal(b.n, 0);
}

static void an_unused_buf_is_an_empty_text(void **state)
{
	(void)state;
	struct buf a = BUF_INIT, b = BUF_INIT, c = BUF_INIT;
	assert_string_equal(buf_str(&a), "");
	buf_add(&b, NULL, 0);
	assert_string_equal(b.p, "");
	buf_reset(&c);
	assert_string_equal(c.p, "");
	buf_release(&a);
	buf_release(&b);
	buf_release(&c);
}

static void it_grows_and_keeps_all(void **state)
{
	(void)state;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	for (int i = 0; i < 100000; i++) {
		buf_char(&b, (char)('a' + i % 26));
		assert_true(b.n < b.cap);
	}
	assert_int_equal(b.n, 100000);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(b.p[i], 'a' + i % 26);
	assert_int_equal(b.p[b.n], 0);
	char *at = buf_more(&b, 1000000);
	memset(at, 'z', 1000000);
	b.n += 1000000;
	assert_int_equal(strlen(buf_str(&b)), 1100000);
}

static void printf_of_any_length(void **state)
{
	(void)state;
	for (int n = 1; n < 300; n++) {
		struct buf b CLEANUP(buf_release) = BUF_INIT;
		buf_char(&b, '>');
		buf_printf(&b, "%*d", n, 5);
		assert_int_equal(b.n, n + 1);
		assert_int_equal(strlen(b.p), b.n);
		assert_int_equal(b.p[n], '5');
	}
}

static void numbers_at_their_ends(void **state)
{
	(void)state;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	buf_int(&b, INT64_MIN);
	buf_char(&b, ' ');
	buf_int(&b, INT64_MAX);
	buf_char(&b, ' ');
	buf_int(&b, 0);
	assert_string_equal(b.p, "-9223372036854775808 9223372036854775807 0");
}

int buf_test(void);
int buf_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verbs_add_and_end_with_nul), cmocka_unit_test(an_unused_buf_is_an_empty_text),
		cmocka_unit_test(it_grows_and_keeps_all),     cmocka_unit_test(printf_of_any_length),
		cmocka_unit_test(numbers_at_their_ends),
	};
	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
