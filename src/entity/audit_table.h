/* audit_table.h - one entity's rows read as hostile; inner to audit*.c. */
#ifndef MERIT_ENTITY_AUDIT_TABLE_H
#define MERIT_ENTITY_AUDIT_TABLE_H

#include "entity/ctx.h"
#include "entity/plan.h"
#include "ledger/audit.h"

/* What the passes over rows leave for those over keys; by vid from 1. */
struct audit_table {
	const struct entity *e;
	const struct plan *plan;
	struct audit *audit;
	int64_t rows;                    /* their vids must be 1 … rows */
	int64_t records;                 /* of a THING: how many there are: their ids must be 1 … records */
	const struct audit_table *owner; /* of the records to which the rows belong: for a THING its own */
	const struct audit_table **refs; /* by field, of what it refers to; else NULL */
	bool *seen;
	uint64_t *key;
	int64_t *group, *known_from, *known_to;
	date *from;       /* DATE_NONE: withdrawn */
	date *not_before; /* of a THING that has such a date; else NULL */
};
struct audit_worker {
	struct ctx *c;
	struct leaves *leaves;
	struct arena arena;   /* of one row */
	struct record **recs; /* one an entity, by its number */
	struct buf scratch;
	uint64_t seed; /* of key hashes */
};

MUST_CHECK enum err audit_table_open(struct ctx *c, struct audit *a, const struct entity *e, struct audit_table *ret);
/* Counts the records, of which there are enough for all rows then, and finds the tables it refers to. */
MUST_CHECK enum err audit_table_join(struct ctx *c, struct audit_table *t, const struct audit_table *all, size_t n);
void audit_table_release(struct audit_table *t);
/* Rows with from < vid <= to. */
MUST_CHECK enum err audit_table_rows(struct audit_table *t, struct audit_worker *w, int64_t from, int64_t to);
/* Numbering, known_to, anchors, days before the owner's first: after all rows. */
MUST_CHECK enum err audit_table_keys(struct audit_table *t, struct audit_worker *w);

#endif
