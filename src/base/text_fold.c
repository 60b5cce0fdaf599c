/* text_fold.c - the folded form of names, the words of it, and where those that begin alike end. */
#include "base/error.h"
#include "base/text.h"

#include <stdint.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

static bool all_ascii(struct str s)
{
	unsigned char all = 0;
	for (size_t i = 0; i < s.n; i++)
		all |= (unsigned char)s.p[i];
	return all < 0x80;
}

static bool ascii_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct str fold_ascii(struct arena *a, struct str s)
{
	char *out = arena_text(a, s.p, s.n);
	size_t n = 0;
	bool gap = false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (ascii_space(c)) {
			gap = n > 0;
			continue;
		}
		if (gap)
			out[n++] = ' ';
		gap = false;
		out[n++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
	}
	out[n] = 0;
	return (struct str){ out, n };
}

struct wide {
	UChar *p;
	int32_t n;
};

static void must(UErrorCode status, const char *what)
{
	if (U_FAILURE(status))
		bug("ICU cannot %s: %s", what, u_errorName(status));
}

static struct wide widen(struct arena *a, struct str s)
{
	struct wide w = { ARENA_ARRAY(a, UChar, s.n + 1), 0 };
	UErrorCode status = U_ZERO_ERROR;
	u_strFromUTF8WithSub(w.p, (int32_t)s.n + 1, &w.n, s.p, (int32_t)s.n, 0xfffd, NULL, &status);
	must(status, "read UTF-8");
	return w;
}

static struct wide decompose(struct arena *a, struct wide in)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&status);
	must(status, "find its normalization data");
	int32_t room = in.n * 3 + 32;
	struct wide out = { ARENA_ARRAY(a, UChar, room), 0 };
	out.n = unorm2_normalize(nfkd, in.p, in.n, out.p, room, &status);
	if (status == U_BUFFER_OVERFLOW_ERROR) {
		status = U_ZERO_ERROR;
		room = out.n + 1;
		out.p = ARENA_ARRAY(a, UChar, room);
		out.n = unorm2_normalize(nfkd, in.p, in.n, out.p, room, &status);
	}
	must(status, "decompose a text");
	return out;
}

static struct wide fold_case(struct arena *a, struct wide in)
{
	/* Full folding makes at most three units of one. */
	struct wide out = { ARENA_ARRAY(a, UChar, in.n * 3 + 1), 0 };
	UErrorCode status = U_ZERO_ERROR;
	out.n = u_strFoldCase(out.p, in.n * 3 + 1, in.p, in.n, U_FOLD_CASE_DEFAULT, &status);
	must(status, "fold a text");
	return out;
}

/* Accents of the alphabets go. The vowel signs of Thai, Khmer, Burmese and their kin stay: there they are the word. So
 * do the Japanese sound marks, which make another syllable. */
static bool is_accent(UChar32 c)
{
	if (!(U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) || c == 0x3099 || c == 0x309a)
		return false;
	UErrorCode status = U_ZERO_ERROR;
	switch ((int)uscript_getScript(c, &status)) {
	case USCRIPT_INHERITED:
	case USCRIPT_COMMON:
	case USCRIPT_LATIN:
	case USCRIPT_GREEK:
	case USCRIPT_CYRILLIC:
	case USCRIPT_ARABIC:
	case USCRIPT_HEBREW:
		return true;
	default:
		return false;
	}
}

/* The text was made from UTF-8, so surrogates come in pairs. */
static UChar32 next(struct wide w, int32_t *i)
{
	UChar c = w.p[(*i)++];
	return U16_IS_LEAD(c) && *i < w.n ? (UChar32)U16_GET_SUPPLEMENTARY(c, w.p[(*i)++]) : (UChar32)c;
}

static int32_t put(UChar *out, int32_t n, UChar32 c)
{
	if (c <= 0xffff) {
		out[n] = (UChar)c;
		return n + 1;
	}
	out[n] = U16_LEAD(c);
	out[n + 1] = U16_TRAIL(c);
	return n + 2;
}

/* Drops accents and what cannot be seen, makes one space of many; in place, for it never grows. */
static struct wide tidy(struct wide w)
{
	int32_t n = 0;
	bool gap = false;
	for (int32_t i = 0; i < w.n;) {
		UChar32 c = next(w, &i);
		if (u_isUWhiteSpace(c)) {
			gap = n > 0;
			continue;
		}
		if (is_accent(c) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
			continue;
		if (gap)
			w.p[n++] = ' ';
		gap = false;
		n = put(w.p, n, c);
	}
	w.n = n;
	return w;
}

static struct str narrow(struct arena *a, struct wide w)
{
	int32_t room = w.n * 3 + 1, n = 0;
	char *out = arena_alloc(a, (size_t)room);
	UErrorCode status = U_ZERO_ERROR;
	u_strToUTF8WithSub(out, room, &n, w.p, w.n, 0xfffd, NULL, &status);
	must(status, "write UTF-8");
	return (struct str){ out, (size_t)n };
}

struct str text_fold(struct arena *a, struct str s)
{
	if (all_ascii(s))
		return fold_ascii(a, s);
	if (s.n > INT32_MAX / 64)
		bug("a text of %zu bytes is to be folded", s.n);
	/* Folding can leave what decomposes further, hence twice. */
	struct arena scratch CLEANUP(arena_release) = ARENA_INIT;
	struct wide w = decompose(&scratch, widen(&scratch, s));
	return narrow(a, tidy(decompose(&scratch, fold_case(&scratch, tidy(w)))));
}

static bool is_word(UChar32 c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
	return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK);
}

void text_words(struct str folded, void (*use)(void *arg, struct str word), void *arg)
{
	const uint8_t *p = (const uint8_t *)folded.p;
	size_t begin = 0;
	for (size_t i = 0, after; i < folded.n; i = after) {
		UChar32 c;
		after = i;
		U8_NEXT(p, after, folded.n, c);
		if (c >= 0 && is_word(c))
			continue;
		if (i > begin)
			use(arg, (struct str){ folded.p + begin, i - begin });
		begin = after;
	}
	if (folded.n > begin)
		use(arg, (struct str){ folded.p + begin, folded.n - begin });
}

/* The last letter's next one: in UTF-8 the order of bytes is that of letters. */
struct str text_after(struct arena *a, struct str s)
{
	const uint8_t *p = (const uint8_t *)s.p;
	for (size_t begin; s.n > 0; s.n = begin) {
		UChar32 c;
		for (begin = s.n - 1; begin > 0 && U8_IS_TRAIL(p[begin]);)
			begin--;
		size_t at = begin;
		U8_NEXT(p, at, s.n, c);
		if (c < 0 || c == 0x10ffff)
			continue;
		uint32_t next = c == 0xd7ff ? 0xe000 : (uint32_t)c + 1; /* over the surrogates */
		uint8_t *out = arena_alloc(a, begin + U8_MAX_LENGTH);
		memcpy(out, p, begin);
		U8_APPEND_UNSAFE(out, begin, next);
		return (struct str){ (const char *)out, begin };
	}
	return (struct str){ 0 };
}
