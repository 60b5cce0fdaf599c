/* eras.h - when each record of a THING existed, all of them in memory: standings without a question a row. */
#ifndef MERIT_ENTITY_ERAS_H
#define MERIT_ENTITY_ERAS_H

#include "entity/check.h"

struct eras;
/* How many records a THING has. They are numbered from 1 without gaps: a number above is no record's, whatever a row
 * of a hostile store says. */
MUST_CHECK enum err eras_records(struct ctx *c, const struct entity *e, int64_t *ret);
MUST_CHECK enum err eras_load(struct ctx *c, const struct entity *e, struct eras **ret);
void eras_free(struct eras *x);
/* What check.h calls a standing, without asking the database. */
void eras_standing(const struct eras *x, int64_t id, date on, struct standing *ret);

#endif
