/* picture_pass.h - how the picture of everybody comes to be; inner to picture*.c. */
#ifndef MERIT_MODULES_CAREER_PICTURE_PASS_H
#define MERIT_MODULES_CAREER_PICTURE_PASS_H

#include "modules/career/picture.h"

/* What a pass needs, for everybody or for one person after another. */
struct pass {
	struct ctx *c;
	struct arena *into; /* of the picture */
	struct picture *p;
	struct population *all;
	struct rules *rules;
	struct str *tops; /* codes of the units at the top */
	size_t ntops;
	bool closed; /* the facts that are scanned are of a confidential kind */
	struct arena arena;
};
void pass_release(struct pass *x); /* fit for CLEANUP */

/* Everybody, the units with their posts, and the criteria. */
MUST_CHECK enum err pass_everybody(struct pass *x);
/* For pass_person(): x->p has its units, posts and criteria. */
MUST_CHECK enum err pass_begin(struct pass *x);
/* One person as of now. *ret_serving false: not in service. */
MUST_CHECK enum err pass_person(struct pass *x, int64_t person, struct sight *ret, bool *ret_serving);

/* When v and the units are there: the sums of the units, and what falls due by day. */
void picture_sum(struct picture *p, date today, struct arena *a);
/* From an older one: what was written of these people since. E_MISSING: everybody has to be looked at. */
MUST_CHECK enum err picture_mend(struct ctx *c, const struct kept *old, const int64_t *touched, size_t n,
				 struct kept *k);

#endif
