/* lang.h - the languages that people read: translated texts, numbers, dates.
 *
 * Texts stand in the C in plain English and are the keys of locale/TAG.po, which the build turns into tables inside the
 * program. What has no translation is said in English. Everything here is immutable and may be used from any thread.
 */
#ifndef MERIT_BASE_LANG_H
#define MERIT_BASE_LANG_H

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct lang;
extern const struct lang *const langs[]; /* English first, then by tag; NULL-terminated */
#define LANG_ENGLISH (langs[0])

const struct lang *lang_find(struct str tag); /* "id", also "id-ID"; NULL: not one of ours */
/* The best for a browser's header, English otherwise. any: also one that is not complete, for pages that have it. */
const struct lang *lang_accepted(struct str accept_language, bool any);
const char *lang_tag(const struct lang *l);
const char *lang_name(const struct lang *l); /* in itself: "Bahasa Indonesia" */
bool lang_complete(const struct lang *l);    /* offered to everybody; the others prove the mechanism on single pages */

/* The text in the language. NULL gives NULL; the result lives for ever. Its % directives are those of `text`. */
const char *say(const struct lang *l, const char *text) __attribute__((format_arg(2)));
/* The form for n: say_n(l, "%s person", "%s people", n). */
const char *say_n(const struct lang *l, const char *one, const char *many, int64_t n) __attribute__((format_arg(2)))
__attribute__((format_arg(3)));

/* Each adds what a person reads; DATE_NONE adds nothing. */
void say_int(const struct lang *l, int64_t v, struct buf *out);                          /* 61,242; 61.242 */
void say_percent(const struct lang *l, int64_t hundredths, struct buf *out);             /* 79.5; 79,5; no sign */
void say_decimal(const struct lang *l, int64_t smallest, int decimals, struct buf *out); /* money without currency */
void say_date(const struct lang *l, date d, struct buf *out); /* 1 October 2008; 1 ตุลาคม 2551 (Buddhist year) */
void say_date_short(const struct lang *l, date d, struct buf *out);     /* 1 Oct 2008 */
void say_months(const struct lang *l, int64_t months, struct buf *out); /* 3 years 8 months */
/* An instant (microseconds UTC) as day and minute in a zone: "3 Oct 2008, 14:05". */
void say_instant(const struct lang *l, const char *zone, int64_t us, struct buf *out);

#endif
