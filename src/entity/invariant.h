/* invariant.h - what must hold over all believed rows of an entity, at the end of an import and in verify. */
#ifndef MERIT_ENTITY_INVARIANT_H
#define MERIT_ENTITY_INVARIANT_H

#include "entity/change.h"

struct report {
	/* text is "what; what to do"; column NULL: of the whole row */
	void (*broken)(void *arg, const struct entity *e, int64_t vid, const char *column, const char *text);
	void *arg;
	struct problems *said; /* in whose language it is put; NULL: English */
	bool dated;            /* the days of its facts were checked one by one already */
};

/* Those that follow from flags: seats, trees, unique values, aliases, days before birth. */
bool invariants_any(const struct entity *e); /* whether there are any beside the days, for reports that are `dated` */
MUST_CHECK enum err invariants_check(struct ctx *c, const struct entity *e, struct report *r);

#endif
