/* inner.h - what a context keeps for entity alone. Inner to entity/. */
#ifndef MERIT_ENTITY_INNER_H
#define MERIT_ENTITY_INNER_H

#include "entity/ctx.h"
#include "entity/plan.h"

struct ctx_inner {
	struct arena arena; /* c->arena, and what lives as long as the context */
	struct problems problems;
	struct plans *plans;
	bool derive_later; /* projections and terms wait for projections_rebuild() */
	struct lookup *lookups;
	bool owns_plans;     /* false: another context's, which outlives this one */
	struct lists *lists; /* texts of questions to projections */
	struct change *kept; /* memory of the last change, used again by the next */
	struct arena row;    /* scratch of one save */
	struct buf scratch;
	int depth; /* saves inside saves share the scratch */
};
void change_free(struct change *ch);
void lists_free(struct lists *l);

#endif
