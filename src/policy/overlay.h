/* overlay.h - packs laid over each other: what may replace what, and what is in force for a unit on a day. */
#ifndef MERIT_POLICY_OVERLAY_H
#define MERIT_POLICY_OVERLAY_H

#include "policy/content.h"

#include <jansson.h>

struct overlay_ask {
	const struct pack *const *packs; /* in the order in which they were loaded */
	size_t npacks;
	const struct str *units; /* from the unit asked about up to the top */
	size_t nunits;
	date day;
};
/* Every value in force, as the tree whose canonical JSON is hashed; texts as the packs write them. The caller's to
 * free. */
json_t *overlay_resolve(const struct overlay_ask *ask);
/* Prepares every judge of every policy with the rules of the policy's first day (where it states none, its last), so
 * that what a judge cannot use is said before a round stands on it. Problems name the policy's file. */
MUST_CHECK enum err rehearse(const struct pack *const *packs, size_t n, struct problems *p);
/* In what an overlay's policy goes beyond what the one below allows, as words in the arena; NULL: in nothing. */
const char *overlay_policy_differs(struct arena *a, const struct course_of_rules *below,
				   const struct course_of_rules *over);

#endif
