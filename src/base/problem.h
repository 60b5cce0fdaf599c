/* problem.h - everything that is wrong with what was given, said at once.
 *
 * A problem in a file reads "FILE, row N, column NAME: what; what to do". All are counted, the first 1,000 are kept.
 */
#ifndef MERIT_BASE_PROBLEM_H
#define MERIT_BASE_PROBLEM_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/lang.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define PROBLEMS_KEPT 1000

struct problem {
	const char *file;   /* NULL: not of a file */
	size_t row;         /* 0: of the whole file; else as a spreadsheet or editor shows it */
	size_t place;       /* character column in a text file (YAML); 0: not stated */
	const char *column; /* column or field name; NULL: of the whole row */
	const char *what;   /* what is wrong */
	const char *todo;   /* what to do */
};

struct problems {
	struct arena arena; /* owns the texts */
	struct problem *list;
	size_t kept, cap, count; /* count includes those not kept */
	const struct lang *lang; /* in which they are said; NULL: English, as on the command line */
};

#define PROBLEMS_INIT                                                                                                  \
	{                                                                                                              \
		0                                                                                                      \
	}

void problems_release(struct problems *p); /* fit for CLEANUP */
/* Adds one; every text is copied. what and todo are formatted by the two calls below. */
void problem_add(struct problems *p, struct problem x);
/* fmt holds "what; what to do": the part after the last "; " is the todo. It is translated before it is filled in. */
void problem_at(struct problems *p, const char *file, size_t row, const char *column, const char *fmt, ...)
	PRINTF(5, 6);
/* The same with place, file, row and column of `where`. */
void problem_vat(struct problems *p, struct problem where, const char *fmt, va_list ap) PRINTF(3, 0);
/* What is filled in, said in the same language; lives as long as p. A day: "1 February 2009". A thing's word: its name
 * on the command line ("unit_head"), its title for whoever reads pages ("head of unit"). */
const char *problem_day(struct problems *p, date d);
const char *problem_word(struct problems *p, const char *name, const char *title);
/* Sorts by row (stable), so that passes may find them in any order. */
void problems_sort(struct problems *p);
/* One line a problem, and a last line when some were not kept: "… and 4,211 more problems". */
void problems_print(const struct problems *p, struct buf *out);
void problem_print(const struct problem *x, struct buf *out); /* one line without line end, in English */

#endif
