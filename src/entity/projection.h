/* projection.h - what holds today, kept beside the rows; see change.h for the whole-store calls. */
#ifndef MERIT_ENTITY_PROJECTION_H
#define MERIT_ENTITY_PROJECTION_H

#include "entity/ctx.h"

/* A row of e was written in the open change: THING: key is its id; SERIES, EVENT: its owner. Called once a key by
 * change_end, after all rows are written and before the entry is ended. */
MUST_CHECK enum err projection_touch(struct ctx *c, const struct entity *e, int64_t key);

#endif
