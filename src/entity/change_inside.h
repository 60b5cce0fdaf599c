/* change_inside.h - an open change. Inner to the change files. */
#ifndef MERIT_ENTITY_CHANGE_INSIDE_H
#define MERIT_ENTITY_CHANGE_INSIDE_H

#include "entity/change.h"
#include "entity/inner.h"

struct touched {
	const struct plan *plan;
	int64_t key; /* THING: id; else owner */
	date from;   /* earliest day written */
};
struct change {
	int64_t position;
	int64_t *vids, *ids; /* by plan: the last one given out; -1: not asked yet */
	struct touched *touched;
	size_t ntouched, cap;
};

/* Writes one row: closes the one it replaces (or NULL), gives it its numbers, salts and leaf. */
MUST_CHECK enum err change_row(struct ctx *c, const struct plan *p, struct record *r, const struct record *old);
/* All checks but for seats that the rest of the change may still free. E_INVALID. */
MUST_CHECK enum err change_checked(struct ctx *c, const struct record *old, struct record *r);
MUST_CHECK enum err change_conflict(struct ctx *c, const struct record *r);
bool change_same(const struct record *a, const struct record *b);
/* A row on r's key that says only that. */
struct record *change_bare(struct ctx *c, const struct plan *p, const struct record *r, enum op op, struct str why);

/* keep: the arena of what outlives the save. */
MUST_CHECK enum err change_thing_save(struct ctx *c, struct record *r, struct arena *keep);
MUST_CHECK enum err change_thing_correct(struct ctx *c, struct record *r, struct arena *keep);
MUST_CHECK enum err change_thing_close(struct ctx *c, const struct entity *e, int64_t id, date from);
MUST_CHECK enum err change_thing_rows(struct ctx *c, const struct record *r, struct record ***ret, size_t *ret_n);

#endif
