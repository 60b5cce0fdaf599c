/* place.c - saying what is wrong where in a pack. */
#include "policy/place.h"

void place_problem(struct problems *p, struct place where, const char *fmt, ...)
{
	struct problem x = { .file = where.file, .row = where.row, .place = where.at, .column = where.column };
	va_list ap;
	va_start(ap, fmt);
	problem_vat(p, x, fmt, ap);
	va_end(ap);
}
