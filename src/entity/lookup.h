/* lookup.h - the keys of a THING and when its records existed, all of them in memory. Inner to entity/.
 *
 * A context keeps them from one import to the next: while no row of the THING or of its numbers was written since, they
 * are still true.
 */
#ifndef MERIT_ENTITY_LOOKUP_H
#define MERIT_ENTITY_LOOKUP_H

#include "base/map.h"
#include "entity/eras.h"

struct lookup {
	struct lookup *next;
	const struct entity *of;
	int64_t versions, numbers; /* the last rows that it knows of */
	bool wanted;
	struct map *keys; /* every key ever believed, to the number of its record */
	struct eras *eras;
};
/* At the beginning of a write transaction. What is given lives until the next lookups_forget(). */
MUST_CHECK enum err lookup_find(struct ctx *c, const struct entity *of, const struct lookup **ret);
/* Frees those that were not asked for since the last call. */
void lookups_forget(struct ctx *c);
void lookups_free(struct ctx *c);

#endif
