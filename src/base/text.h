/* text.h - UTF-8 text: slices, checking, folding, order. */
#ifndef MERIT_BASE_TEXT_H
#define MERIT_BASE_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* A borrowed run of bytes, not NUL-terminated. p may be NULL only when n is 0. */
struct str {
	const char *p;
	size_t n;
};

#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
struct str str_of(const char *text); /* NULL gives the empty slice */
bool str_is(struct str s, const char *text);
bool str_eq(struct str a, struct str b);
int str_cmp(struct str a, struct str b);            /* byte order, as strcmp */
struct str str_copy(struct arena *a, struct str s); /* with a NUL after it; empty: nothing is taken */
struct str str_trim(struct str s);                  /* without ASCII space, tab, CR, LF and NBSP at both ends */
bool text_is(const char *a, const char *b);         /* equal; NULL equals only NULL */

/* Where the first byte stands that is not well-formed UTF-8 (no surrogates, no overlong forms), or s.n. */
size_t text_utf8_bad(struct str s);
/* How many characters: bytes that begin one. */
size_t text_letters(struct str s);
/* True when s holds a control character other than tab, or an unassigned non-character; such text is refused. */
bool text_has_control(struct str s);

/* The folded form: compatibility-decomposed, accents and invisible characters dropped, case folded, runs of space one
 * space, trimmed. Vowel signs (Thai, Khmer, Burmese …) stay, for they are the word. It is the order and the search form
 * of all names, the same in both databases; folding it again changes nothing. Result lives in the arena. */
struct str text_fold(struct arena *a, struct str s);

/* A number written in groups, "19681101 199403 1 002", without its spaces; anything but digits and spaces as it is. */
struct str text_ungrouped(struct arena *a, struct str s);

/* The first text, in byte order, that is greater than all that begin with s; it is UTF-8 too. Empty: there is none. */
struct str text_after(struct arena *a, struct str s);

/* Calls use(word) for every word of folded text (letters, digits and marks; other bytes part words). */
void text_words(struct str folded, void (*use)(void *arg, struct str word), void *arg);

#endif
