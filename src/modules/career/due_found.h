/* due_found.h - what a page found due, within its reader's reach: for its table, its spreadsheet and its letters. */
#ifndef MERIT_MODULES_CAREER_DUE_FOUND_H
#define MERIT_MODULES_CAREER_DUE_FOUND_H

#include "modules/career/career_page.h"

struct due_hit {
	const struct sight *sight;
	enum due_kind kind;
	date on;
};
struct due_found {
	struct within within;
	int64_t unit; /* 0: all within reach */
	int64_t months;
	int kind;                 /* -1: all */
	int64_t count[DUE_KINDS]; /* of every kind, whichever is shown */
	int64_t n;                /* of the kind shown */
	size_t first, end;        /* in the picture's items: those of the months asked for */
	struct kept *kept;
	const struct picture *picture;
};
/* What the address asks for: params unit, kind, months. E_MISSING: no such unit within reach. */
MUST_CHECK enum err due_found_read(struct request *q, struct due_found *ret);
/* The next one from item *at on that is shown, and *at behind it. False: there is none. */
bool due_found_next(struct request *q, const struct due_found *l, size_t *at, struct due_hit *ret);
/* The row after which a page goes on, and the item with which the page asked for begins. */
struct list_key due_found_key(const struct due_hit *d);
size_t due_found_first(struct request *q, const struct due_found *l);
void due_found_release(struct due_found *l); /* fit for CLEANUP */

#endif
