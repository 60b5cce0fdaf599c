/* preorder.h - a THING whose records have a parent, numbered in preorder as it stands on a day. Inner to entity/. */
#ifndef MERIT_ENTITY_PREORDER_H
#define MERIT_ENTITY_PREORDER_H

#include "entity/ctx.h"

/* Children stand in order of their codes; a record whose parent does not exist that day stands at the top. */
struct preorder {
	int64_t n;             /* records 1 … n */
	int64_t *order, *last; /* by record, from 1; 0: not in the tree of the day */
};
int preorder_field(const struct entity *e); /* of the parent; -1: it is no tree */
MUST_CHECK enum err preorder_load(struct ctx *c, const struct entity *e, date day, struct arena *a,
				  struct preorder *ret);

#endif
