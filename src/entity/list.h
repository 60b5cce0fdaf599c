/* list.h - what holds today, page by page: the rows of a projection, filtered, in an order, by key and never by offset.
 */
#ifndef MERIT_ENTITY_LIST_H
#define MERIT_ENTITY_LIST_H

#include "access/who.h"
#include "entity/ctx.h"
#include "entity/record.h"

/* Instead of a column's number. */
enum { LIST_ID = -1, LIST_CODE = -2 };

struct list_where {
	int column;
	enum {
		LIST_IN,     /* low <= value <= high */
		LIST_RANGES, /* in any of the ranges */
		LIST_ANY,    /* one of the numbers */
		LIST_BEGINS, /* a folded text begins so */
		LIST_EMPTY,  /* nothing holds */
		LIST_FILLED
	} how;
	int64_t low, high;
	const struct order_range *ranges;
	size_t nranges;
	const int64_t *any;
	size_t nany;
	struct str begins; /* folded by the caller */
};
/* The row after which a page goes on; id 0: from the beginning. */
struct list_key {
	struct str text;
	int64_t number;
	bool empty; /* nothing holds in the sorted column: such rows come last */
	int64_t id;
};
struct list_ask {
	const struct projection *of;
	const struct list_where *where; /* all of them */
	size_t nwhere;
	int sort;  /* column with an index of its own, or LIST_ID, LIST_CODE; ties by id */
	bool down; /* greatest first */
	struct list_key after;
	size_t limit;
	uint64_t columns; /* bits of those that are read beside the sorted one; 0: all. The others are not set */
};
struct list_row {
	int64_t id;
	struct str code;
	const struct value *v; /* one a column: i or t */
};
/* At most `limit` rows into the arena; one more exists: *ret_more. */
MUST_CHECK enum err list_rows(struct ctx *c, const struct list_ask *ask, struct list_row **ret, size_t *ret_n,
			      bool *ret_more);
/* How many there are, exactly up to at_most; above it at_most + 1. */
MUST_CHECK enum err list_count(struct ctx *c, const struct list_ask *ask, int64_t at_most, int64_t *ret);
MUST_CHECK enum err list_one(struct ctx *c, const struct projection *p, int64_t id,
			     struct list_row *ret); /* E_MISSING */
/* How many a value of one column (or a pair of columns; second -1: none), in order of value; for figures. */
struct list_group {
	struct value first, second;
	int64_t n;
};
MUST_CHECK enum err list_groups(struct ctx *c, const struct list_ask *ask, int first, int second,
				struct list_group **ret, size_t *ret_n);

int projection_column(const struct projection *p, const char *name); /* -1: none */
/* The projection of an entity; NULL: none. */
const struct projection *projection_of(const struct registry *r, const struct entity *e);
/* The column by which the reach of a reader is measured ("unit_order"): -1: whoever may see the entity sees all. */
int projection_scope(const struct projection *p);
/* Where a record stands for a reader: the preorder number of the unit of the record, or of its owner. *ret_scoped
 * false: the entity has no scope. E_MISSING: no such record. */
MUST_CHECK enum err scope_of(struct ctx *c, const struct entity *e, int64_t key, bool *ret_scoped, int64_t *ret_order);

/* The units of a subtree as a range of preorder numbers, today. E_MISSING. */
MUST_CHECK enum err tree_range(struct ctx *c, const struct entity *e, int64_t id, struct order_range *ret);

#endif
