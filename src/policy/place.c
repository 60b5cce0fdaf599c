#include "policy/place.h"

static const char *last_part(const char *text)
{
	const char *found = NULL;
	for (const char *at = strstr(text, "; "); at; at = strstr(at + 1, "; "))
		found = at;
	return found;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
/* Split where fmt splits, for a quoted cell may hold "; " too; a fmt without a split leaves it to the text. */
void place_problem(struct problems *p, struct place where, const char *fmt, ...)
{
	CLEANUP(buf_release) struct buf whole = BUF_INIT, head = BUF_INIT, what = BUF_INIT;
	const char *split = last_part(fmt);
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	buf_vprintf(&whole, fmt, ap);
	buf_add(&head, fmt, split ? (size_t)(split - fmt) : 0);
	buf_vprintf(&what, buf_str(&head), again);
	va_end(again);
	va_end(ap);
	if (!split && (split = last_part(buf_str(&whole))))
		buf_add(&what, whole.p, (size_t)(split - whole.p));
	struct problem x = { .file = where.file, .row = where.row, .place = where.at, .column = where.column };
	x.what = split ? buf_str(&what) : buf_str(&whole);
	x.todo = split ? buf_str(&whole) + what.n + 2 : NULL;
	problem_add(p, x);
}
#pragma GCC diagnostic pop
