/* html.h - writing HTML through typed verbs, so that no text ever becomes markup by mistake.
 *
 *     HTML(h, "<td>");  html_text(h, name);  HTML(h, "</td>");
 *
 * Markup is always a literal of ours; texts are escaped, attributes quoted, parts of addresses percent-encoded.
 */
#ifndef MERIT_BASE_HTML_H
#define MERIT_BASE_HTML_H

#include "base/lang.h"

struct html {
	struct buf *out;
	const struct lang *lang;
};

/* Markup, as it stands: a string literal and nothing else. */
#define HTML(h, literal) html_raw((h), "" literal, sizeof(literal) - 1)
void html_raw(struct html *h, const char *literal, size_t n);

/* Escaped text. */
void html_text(struct html *h, struct str s);
void html_cstr(struct html *h, const char *s);   /* data; NULL: nothing */
void html_say(struct html *h, const char *text); /* translated */
/* Translated, then filled in, then escaped: %s, %.*s; %lld and %zu grouped as the reader's language does; %d and %u as
 * they are.
 */
void html_sayf(struct html *h, const char *fmt, ...) PRINTF(2, 3);
void html_int(struct html *h, int64_t v); /* in the reader's grouping */
void html_percent(struct html *h, int64_t hundredths);
void html_months(struct html *h, int64_t months);
void html_date(struct html *h, date d);       /* <time datetime="2008-10-01">1 October 2008</time>; nothing for none */
void html_date_short(struct html *h, date d); /* the same with a short month */

/* Attributes, with the blank before them; `name` is a literal. */
void html_attr(struct html *h, const char *name, struct str value);
void html_attr_cstr(struct html *h, const char *name, const char *value);
void html_attr_say(struct html *h, const char *name, const char *text); /* translated */
void html_attr_int(struct html *h, const char *name, int64_t value);
/* An attribute whose value is an address of ours. fmt is a literal path; %s is percent-encoded as one part of a path or
 * of a query, %d a number (long long): html_link(h, "href", "/people/%s?as_of=%s", number, day). No other directives.
 */
void html_link(struct html *h, const char *name, const char *fmt, ...);
/* Adds s percent-encoded: letters, digits and -._~ stay. */
void url_add(struct buf *out, struct str s);
/* The same as html_link as text, not escaped for HTML: for redirects. */
void url_addf(struct buf *out, const char *fmt, ...);
void url_vaddf(struct buf *out, const char *fmt, va_list ap);
/* Decodes %XX, and + as blank, in place of a copy in the arena. False: a broken escape, a NUL, or not UTF-8. */
bool url_decode(struct arena *a, struct str s, struct str *ret);

#endif
