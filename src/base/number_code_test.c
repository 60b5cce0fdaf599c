#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/number.h"

static void hexadecimal(void **state)
{
	(void)state;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	unsigned char out[4] = { 0 };
	hex_add(&b, "\x00\x9f\xff\x1a", 4);
	assert_string_equal(b.p, "009fff1a");
	assert_true(hex_parse(STR("009fFF1A"), out, 4));
	assert_memory_equal(out, "\x00\x9f\xff\x1a", 4);
	assert_false(hex_parse(STR("009fff1"), out, 4));
	assert_false(hex_parse(STR("009fff"), out, 4));
	assert_false(hex_parse(STR("009fff1g"), out, 4));
	assert_memory_equal(out, "\x00\x9f\xff\x1a", 4);
	assert_true(hex_parse(STR(""), out, 0));
}

/* The vectors of RFC 4648, section 10. */
static void base64_as_the_rfc_says(void **state)
{
	(void)state;
	static const char *const pairs[][2] = { { "", "" },
						{ "f", "Zg==" },
						{ "fo", "Zm8=" },
						{ "foo", "Zm9v" },
						{ "foob", "Zm9vYg==" },
						{ "fooba", "Zm9vYmE=" },
						{ "foobar", "Zm9vYmFy" } };
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct buf b CLEANUP(buf_release) = BUF_INIT;
		struct str back;
		base64_add(&b, pairs[i][0], strlen(pairs[i][0]));
		assert_string_equal(b.p, pairs[i][1]);
		assert_true(base64_parse(&a, str_of(pairs[i][1]), &back));
		assert_true(str_is(back, pairs[i][0]));
	}
}

static void every_byte_goes_there_and_back(void **state)
{
	(void)state;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	unsigned char all[256];
	for (unsigned i = 0; i < 256; i++)
		all[i] = (unsigned char)(255 - i);
	for (size_t n = 0; n <= 256; n++) {
		struct buf b CLEANUP(buf_release) = BUF_INIT;
		struct str back;
		base64_add(&b, all, n);
		assert_true(base64_parse(&a, (struct str){ b.p, b.n }, &back));
		assert_int_equal(back.n, n);
		assert_memory_equal(back.p, all, n);
	}
}

static void base64_is_strict(void **state)
{
	(void)state;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct str out;
	static const char *const wrong[] = { "Zg",   "Zg=",  "Zg= =",  "Zh==",     "Zm9=", "====", "=AAA",
					     "Z===", "Zm 9", "Zm9v\n", "Zg==Zm9v", "Zm-_", "A" };
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (base64_parse(&a, str_of(wrong[i]), &out))
			fail_msg("\"%s\" was taken for base64", wrong[i]);
}

int number_code_test(void);
int number_code_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hexadecimal),
		cmocka_unit_test(base64_as_the_rfc_says),
		cmocka_unit_test(every_byte_goes_there_and_back),
		cmocka_unit_test(base64_is_strict),
	};
	return cmocka_run_group_tests_name("number_code", tests, NULL, NULL);
}
