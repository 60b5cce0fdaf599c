#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"

static void folds(const char *in, const char *out)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct str folded = text_fold(&a, str_of(in));
	assert_string_equal(arena_text(&a, folded.p, folded.n), out);
	assert_true(str_eq(text_fold(&a, folded), folded));
}

static void ascii_names(void **state)
{
	(void)state;
	folds("", "");
	folds("  ", "");
	folds("  Siti   AMINAH \t binti\r\nAli ", "siti aminah binti ali");
	folds("O'Neil-2", "o'neil-2");
}

static void accents_and_compatibility_forms_fold_away(void **state)
{
	(void)state;
	folds("Nguy\u1ec5n V\u0103n \u0110\u1ee9c", "nguyen van \u0111uc");
	folds("Jos\u00e9", "jose");
	folds("Jose\u0301", "jose");
	folds("STRA\u00dfE", "strasse");
	folds("\u0130stanbul", "istanbul");
	folds("\uff33\uff49\uff54\uff49", "siti");
	folds("\ufb01scal", "fiscal");
	folds("a\u00a0\u3000b\u00ad\u200bc", "a bc");
	folds("\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u03c3\u03b9\u03c3\u03c5\u03c6\u03bf\u03c3");
}

static void vowel_signs_stay(void **state)
{
	(void)state;
	folds("\u0e2a\u0e38\u0e14\u0e32", "\u0e2a\u0e38\u0e14\u0e32");
	folds("\u1780\u17b7", "\u1780\u17b7");
	folds("\u304c", "\u304b\u3099");
}

static void any_length_is_folded(void **state)
{
	(void)state;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	/* the character that decomposes to the most */
	for (int i = 0; i < 1000; i++)
		buf_text(&b, "\ufdfa");
	struct str folded = text_fold(&a, (struct str){ b.p, b.n });
	assert_true(folded.n > 30000);
	assert_int_equal(text_utf8_bad(folded), folded.n);
}

static void wrong_bytes_do_not_stop_it(void **state)
{
	(void)state;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct str folded = text_fold(&a, STR("A\xff"
					      "B"));
	assert_true(str_is(folded, "a\ufffd"
				   "b"));
}

static void join(void *arg, struct str word)
{
	struct buf *b = arg;
	buf_add(b, word.p, word.n);
	buf_char(b, '|');
}

static void words_of(const char *in, const char *out)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	buf_reset(&b);
	text_words(str_of(in), join, &b);
	assert_string_equal(b.p, out);
}

static void words_are_parted_by_anything_else(void **state)
{
	(void)state;
	words_of("", "");
	words_of(" .,", "");
	words_of("siti aminah, s.e., m.2", "siti|aminah|s|e|m|2|");
	words_of("-\u0e2a\u0e38\u0e14\u0e32\u3001ali", "\u0e2a\u0e38\u0e14\u0e32|ali|");
	words_of("a\xff"
		 "b",
		 "a|b|");
}

/* Greater than all that begin so, and not greater than what does not: tried over every last byte of a letter. */
static void what_begins_alike_ends_before_the_next_letter(void **state)
{
	(void)state;
	static const char *const pairs[][2] = {
		{ "ab", "ac" },
		{ "a\x7f", "a\xc2\x80" },
		{ "\xd0\xbf", "\xd1\x80" },
		{ "\xdf\xbf", "\xe0\xa0\x80" },
		{ "\xed\x9f\xbf", "\xee\x80\x80" },
		{ "\xef\xbf\xbf", "\xf0\x90\x80\x80" },
		{ "b\xf4\x8f\xbf\xbf", "c" },
		{ "\xf4\x8f\xbf\xbf", "" },
		{ "", "" },
	};
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct str after = text_after(&a, str_of(pairs[i][0]));
		assert_true(str_is(after, pairs[i][1]));
		assert_int_equal(text_utf8_bad(after), after.n);
	}
}

int text_fold_test(void);
int text_fold_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ascii_names),
		cmocka_unit_test(accents_and_compatibility_forms_fold_away),
		cmocka_unit_test(vowel_signs_stay),
		cmocka_unit_test(any_length_is_folded),
		cmocka_unit_test(wrong_bytes_do_not_stop_it),
		cmocka_unit_test(words_are_parted_by_anything_else),
		cmocka_unit_test(what_begins_alike_ends_before_the_next_letter),
	};
	return cmocka_run_group_tests_name("text_fold", tests, NULL, NULL);
}
