/* term.h - the words that find a record; search() in change.h reads them. */
#ifndef MERIT_ENTITY_TERM_H
#define MERIT_ENTITY_TERM_H

#include "entity/ctx.h"

/* The SEARCHED texts or an alias of the THING `id` of e were written in the open change. Called once a record by
 * change_end, after all rows are written and before the entry is ended. */
MUST_CHECK enum err term_touch(struct ctx *c, const struct entity *e, int64_t id);

#endif
