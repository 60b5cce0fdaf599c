/* term.h - the words that find a record; search() in change.h reads them.
 *
 * One row of the table term for every word of a record: of the SEARCHED texts of all versions believed, and of all its
 * believed aliases, folded.
 */
#ifndef MERIT_ENTITY_TERM_H
#define MERIT_ENTITY_TERM_H

#include "entity/ctx.h"

/* The SEARCHED texts or an alias of the THING `id` of e were written in the open change. Called once a record by
 * change_end, after all rows are written and before the entry is ended. */
MUST_CHECK enum err term_touch(struct ctx *c, const struct entity *e, int64_t id);
/* The same for many records, sorted, each once. */
MUST_CHECK enum err term_bulk(struct ctx *c, const struct entity *e, const int64_t *ids, size_t n);
/* The same for records that have no words yet: numbers first … last, all of them written in this entry. */
MUST_CHECK enum err term_new(struct ctx *c, const struct entity *e, int64_t first, int64_t last);
/* Whether a record has words that begin with each of these folded ones. */
MUST_CHECK enum err term_has(struct ctx *c, const struct entity *e, int64_t id, const struct str *words, size_t n,
			     bool *ret);
MUST_CHECK enum err term_rebuild(struct ctx *c); /* inside a write transaction */

/* Compares the table with the words that the rows have. */
MUST_CHECK enum err
term_audit(struct ctx *c, void (*differs)(void *arg, const char *table, int64_t record, const char *what), void *arg);

#endif
