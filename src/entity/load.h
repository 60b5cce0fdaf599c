/* load.h - many rows of one entity into its table, in the order of its columns. */
#ifndef MERIT_ENTITY_LOAD_H
#define MERIT_ENTITY_LOAD_H

#include "entity/plan.h"

/* A row ready to be stored. known_from and idx stand in the record. */
struct load_row {
	struct record *r;
	const struct str *folds;    /* one a plan->folds */
	const unsigned char *salts; /* open, then closed where there is one; SALT_SIZE each */
};

struct load;
/* Between begin and end nothing else may run on the store. */
MUST_CHECK enum err load_begin(struct store *s, const struct plan *p, struct load **ret);
MUST_CHECK enum err load_add(struct load *l, const struct load_row *row);
MUST_CHECK enum err load_end(struct load *l); /* frees in every case; NULL is fine */
/* Anchors of new records: numbers from `first` on. */
MUST_CHECK enum err load_anchors(struct store *s, const struct plan *p, int64_t first, const struct str *codes,
				 size_t n, int64_t created);
#endif
