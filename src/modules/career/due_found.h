/* due_found.h - what a page found due: for its table, its spreadsheet and its letters. */
#ifndef MERIT_MODULES_CAREER_DUE_FOUND_H
#define MERIT_MODULES_CAREER_DUE_FOUND_H

#include "modules/career/career_page.h"

struct due_found {
	const struct sight *sight;
	enum due_kind kind;
	date on;
};
struct due_list {
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
MUST_CHECK enum err due_find(struct request *q, struct due_list *ret);
/* The next one from item *at on that is shown, and *at behind it. False: there is none. */
bool due_next(struct request *q, const struct due_list *l, size_t *at, struct due_found *ret);
/* The row after which a page goes on, and the item with which the page asked for begins. */
struct list_key due_key(const struct due_found *d);
size_t due_first(struct request *q, const struct due_list *l);
void due_list_release(struct due_list *l); /* fit for CLEANUP */

#endif
