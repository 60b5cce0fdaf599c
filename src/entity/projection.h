/* projection.h - what holds today, kept beside the rows; see change.h for the whole-store calls.
 *
 * A projection has one row a record of its key entity: the key people write, the declared columns as they hold today
 * (NULL where nothing holds), and turns_on, the next day on which the row must be derived again.
 */
#ifndef MERIT_ENTITY_PROJECTION_H
#define MERIT_ENTITY_PROJECTION_H

#include "entity/ctx.h"

/* A row of e was written in the open change: THING: key is its id; SERIES, EVENT: its owner. Called once a key by
 * change_end, after all rows are written and before the entry is ended. */
MUST_CHECK enum err projection_touch(struct ctx *c, const struct entity *e, int64_t key);
/* The same for many keys, sorted, each once. */
MUST_CHECK enum err projection_bulk(struct ctx *c, const struct entity *e, const int64_t *keys, size_t n);

/* projections_rebuild() inside a write transaction of the caller. */
MUST_CHECK enum err projections_renew(struct ctx *c);

/* Compares every row of a projection with what the rows say; tells how one differs. */
MUST_CHECK enum err projection_audit(struct ctx *c, const struct projection *p,
				     void (*differs)(void *arg, const char *table, int64_t id, const char *what),
				     void *arg);

#endif
