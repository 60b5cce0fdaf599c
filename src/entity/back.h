/* back.h - rows in the order in which they were written, the last first; in constant memory. */
#ifndef MERIT_ENTITY_BACK_H
#define MERIT_ENTITY_BACK_H

#include "entity/ctx.h"
#include "entity/record.h"

#define BACK_ALL INT64_MAX
struct back_ask {
	const struct entity *entity;
	int64_t owner;    /* 0: all; else the entity is declared .latest_first */
	int64_t position; /* nothing that was written after it; BACK_ALL: everything */
};
struct back;
MUST_CHECK enum err back_open(struct ctx *c, const struct back_ask *ask, struct back **ret);
/* Corrected rows too; NULL at the end. The record given is valid until the next call. */
MUST_CHECK enum err back_next(struct back *k, const struct record **ret);
void back_close_p(struct back **k);

#endif
