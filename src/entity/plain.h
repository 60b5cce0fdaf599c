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

#endif
