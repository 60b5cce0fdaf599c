/* review_kept.c - the reviews that wait for an answer, kept: of years of requests few are open, and every desk asks how
 * many. */
#include "modules/career/review.h"

struct waiting {
	struct review *list;
	size_t n;
};

static enum err make(struct ctx *c, struct kept *k)
{
	struct waiting *w = k->what = ARENA_NEW(&k->arena, struct waiting);
	struct review *all;
	size_t n, open = 0;
	TRY(review_list(c, 0, 0, &all, &n));
	while (open < n && !all[open].answer) /* they come first */
		open++;
	w->list = ARENA_ARRAY(&k->arena, struct review, open + 1);
	for (w->n = 0; w->n < open; w->n++) {
		w->list[w->n] = all[w->n];
		w->list[w->n].asked = record_copy(&k->arena, all[w->n].asked);
	}
	return E_OK;
}

static const struct entity *const sources[] = { &round_review_entity, &round_review_answer_entity, NULL };
static struct keeper keeper = KEEPER(make, sources, NULL);

enum err review_open(struct ctx *c, struct kept **ret)
{
	return keep_get(c, &keeper, true, ret);
}

const struct review *review_open_list(const struct kept *k, size_t *ret_n)
{
	const struct waiting *w = k->what;
	*ret_n = w->n;
	return w->list;
}
