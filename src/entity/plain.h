/* plain.h - records of kind PLAIN: sessions, drafts, jobs. No clocks, no ledger: a row is replaced and deleted. */
#ifndef MERIT_ENTITY_PLAIN_H
#define MERIT_ENTITY_PLAIN_H

#include "entity/ctx.h"
#include "entity/record.h"

/* All inside a transaction of the caller. Numbers (id) count up from 1; that of a deleted last row is given again. */

/* A new one (id 0, which is then filled) or in the place of the one of this number. E_INVALID: c->problems says why.
 * E_MISSING: no such number. References must hold today. */
MUST_CHECK enum err plain_save(struct ctx *c, struct record *r);
MUST_CHECK enum err plain_read(struct ctx *c, const struct entity *e, int64_t id, struct record **ret); /* E_MISSING */
MUST_CHECK enum err plain_delete(struct ctx *c, const struct entity *e, int64_t id);                    /* E_MISSING */

/* By the value of one field of one column (no money): the first of its rows, E_MISSING; or all of them in
 * order of number. A UNIQUE field of a PLAIN is refused twice (E_INVALID) and has an index; a KEY field has an index.
 */
MUST_CHECK enum err plain_find(struct ctx *c, const struct entity *e, int field, const struct value *value,
			       struct record **ret);
MUST_CHECK enum err plain_all(struct ctx *c, const struct entity *e, int field, const struct value *value,
			      struct record ***ret, size_t *ret_n);
/* Rows whose whole number, such as an instant, is within bounds: how many there are, and the first of them in its
 * order, at most `most`. */
struct plain_span {
	const struct entity *of;
	int field;
	int64_t low, high;
};
MUST_CHECK enum err plain_count(struct ctx *c, const struct plain_span *span, int64_t *ret);
MUST_CHECK enum err plain_first(struct ctx *c, const struct plain_span *span, size_t most, struct record ***ret,
				size_t *ret_n);
/* Rows whose field holds less than this: what has expired. *ret_n: how many there were; may be NULL. */
MUST_CHECK enum err plain_delete_before(struct ctx *c, const struct entity *e, int field, int64_t instant,
					int64_t *ret_n);

#endif
