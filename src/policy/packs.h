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
/* Those of an open policy; borrowed. */
const struct pack *const *policy_packs(const struct policy *p, size_t *ret_n);
/* Every version of every pack that was ever in use, the newest first, in the arena. */
struct pack_version {
	struct str pack, version;
	int64_t from, to; /* entries; to 0: in use */
};
MUST_CHECK enum err packs_versions(struct store *s, struct arena *a, struct pack_version **ret, size_t *ret_n);
void packs_release(struct packs *p); /* fit for CLEANUP */

#endif
