/* text_fuzz.c - the UTF-8 check agrees with ICU's, and folding gives good text that folds to itself. */
#include "base/error.h"
#include "base/text.h"

#include <stdint.h>
#include <unicode/utf8.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void expect(bool holds, const char *what)
{
	if (!holds)
		bug("%s", what);
}

static size_t bad_by_icu(const uint8_t *data, size_t n)
{
	for (size_t i = 0, at; i < n; i = at) {
		UChar32 c;
		at = i;
		U8_NEXT(data, at, n, c);
		if (c < 0)
			return i;
	}
	return n;
}

static void see_word(void *arg, struct str word)
{
	struct str *left = arg;
	expect(word.n > 0 && word.p >= left->p && word.p + word.n <= left->p + left->n, "a word lies outside the text");
	left->n -= (size_t)(word.p + word.n - left->p);
	left->p = word.p + word.n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct str s = { (const char *)data, n };
	expect(text_utf8_bad(s) == bad_by_icu(data, n), "ICU finds the wrong byte elsewhere");
	text_has_control(s);
	str_trim(s);
	struct str folded = text_fold(&a, s), left = folded;
	expect(text_utf8_bad(folded) == folded.n, "the folded form is no UTF-8");
	expect(str_eq(text_fold(&a, folded), folded), "the folded form folds to something else");
	text_words(folded, see_word, &left);
	return 0;
}
