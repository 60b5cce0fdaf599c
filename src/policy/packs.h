/* packs.h - the packs that a store keeps, parsed from the bytes it keeps. */
#ifndef MERIT_POLICY_PACKS_H
#define MERIT_POLICY_PACKS_H

#include "policy/content.h"

struct packs {
	struct pack **list; /* in the order in which each was first loaded */
	size_t n;
};
/* What is believed at a position (0: now). */
MUST_CHECK enum err packs_load(struct store *s, const struct pack_reader *r, int64_t position, struct packs *ret);
void packs_release(struct packs *p); /* fit for CLEANUP */

#endif
