/* organisation_page.h - the pages of units; joined in organisation_pages.c. */
#ifndef MERIT_MODULES_ORGANISATION_PAGE_H
#define MERIT_MODULES_ORGANISATION_PAGE_H

#include "face/keep.h"
#include "modules/organisation/organisation.h"

extern const struct page organisation_pages[];
extern const struct home organisation_homes[];
MUST_CHECK enum err tree_page_draw(struct request *q);
MUST_CHECK enum err unit_page_draw(struct request *q);

#define MOMENT_PARAMS                                                                                                  \
	{ "as_of", PARAM_TEXT, 10 },                                                                                   \
	{                                                                                                              \
		"known_at", PARAM_TEXT, 20                                                                             \
	}

/* The units of one day, in the request's arena: siblings beside each other, by code. */
struct tree {
	struct record **units;
	size_t n;
	struct kept *kept; /* of today: shared, until tree_release() */
};
MUST_CHECK enum err tree_load(struct request *q, struct moment at, struct tree *ret);
void tree_release(struct tree *t); /* fit for CLEANUP */
struct record *const *tree_below(const struct tree *t, int64_t parent, size_t *ret_n);
size_t tree_size(const struct tree *t, int64_t unit);             /* all below it */
const struct record *tree_unit(const struct tree *t, int64_t id); /* NULL: none on that day */
void unit_link(struct request *q, const struct record *unit);

#endif
