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
	struct due_found *v;      /* by day */
	size_t n;
	struct kept *kept;
	const struct picture *picture;
	struct arena arena; /* of v: a ministry does not fit into a request */
};
/* What the address asks for: params unit, kind, months. E_MISSING: no such unit within reach. */
MUST_CHECK enum err due_find(struct request *q, struct due_list *ret);
/* The row after which a page goes on, and the first one of the page asked for. */
struct list_key due_key(const struct due_found *d);
size_t due_first(struct request *q, const struct due_list *l);
void due_list_release(struct due_list *l); /* fit for CLEANUP */

#endif
