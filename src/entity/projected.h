/* projected.h - what holds today as known now, one row a record, declared as a table: the only derived data that is
 * stored.
 */
#ifndef MERIT_ENTITY_PROJECTED_H
#define MERIT_ENTITY_PROJECTED_H

#include <stdbool.h>
#include <stdint.h>

struct ctx;
struct entity;

#define PROJECT_FROM (-1)
#define PROJECTED_MOST 60         /* columns of a projection: they are bits of a number */
#define PROJECT_NOTHING INT64_MIN /* a compute's answer: nothing holds */

struct projected {
	const char *name;
	const struct entity *from; /* the key entity itself, a SERIES of it (lane 0), or NULL with compute */
	int field;                 /* or PROJECT_FROM: the day from which it holds */
	const struct entity
		*then; /* the value is a reference to this THING: take then_field of it; NULL: take the value */
	int then_field;
	bool folded; /* stores the folded text */
	/* The value is a unit of a TREE (a THING with a parent): takes its preorder number, or with `last` the greatest
	 * one below it, so that a subtree is a range; of the tree itself (field: its TREE) the record's own. Kept when
	 * the tree changes. */
	bool order, last;
	/* The value is a code of the rules: takes its place in its table, from 1, over all days. Kept when rules are
	 * loaded. */
	bool place;
	bool scope; /* readers reach a record by this column (an order) */
	/* Computes from the columns before it in the same row (by number); NULL: none. */
	int64_t (*compute)(struct ctx *c, const int64_t *row);
};
struct projection {
	const char *name;        /* table name */
	const struct entity *of; /* the key entity, a THING */
	const struct projected *columns;
	int ncolumns;
	const char *const *indexes; /* as struct table's; NULL-terminated; may be NULL */
};

#endif
