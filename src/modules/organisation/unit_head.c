/* unit_head.c - which post heads a unit today. */
#include "entity/list.h"
#include "modules/organisation/organisation.h"

#define POSTS 5000   /* of one unit */
#define ECHELONS 256 /* of the rules */

struct echelons {
	int64_t code[ECHELONS]; /* from the highest down */
	size_t n;
};

/* A post without an echelon stands after all. */
static size_t place(const struct echelons *x, const struct value *v)
{
	size_t i = 0;
	while (i < x->n && !(v->set && v->i == x->code[i]))
		i++;
	return i;
}

/* A flagged post first, then the higher echelon, then the lower code. */
static bool before(const struct echelons *x, const struct list_row *a, const struct list_row *b)
{
	int flag = projection_column(&post_now_projection, "heads_unit");
	int echelon = projection_column(&post_now_projection, "echelon");
	bool heads = a->v[flag].set && a->v[flag].i, other = b->v[flag].set && b->v[flag].i;
	size_t one = place(x, &a->v[echelon]), two = place(x, &b->v[echelon]);
	if (heads != other)
		return heads;
	return one != two ? one < two : str_cmp(a->code, b->code) < 0;
}

enum err unit_head(struct ctx *c, int64_t order, int64_t *ret)
{
	struct list_where in = { .column = projection_column(&post_now_projection, "unit_order"),
				 .how = LIST_IN,
				 .low = order,
				 .high = order };
	struct list_ask ask = {
		.of = &post_now_projection,
		.where = &in,
		.nwhere = 1,
		.sort = LIST_ID,
		.limit = POSTS,
		.columns = UINT64_C(1) << projection_column(&post_now_projection, "heads_unit") |
			   UINT64_C(1) << projection_column(&post_now_projection, "echelon"),
	};
	struct echelons x = { 0 };
	struct list_row *rows, *best = NULL;
	size_t n;
	bool more;
	x.n = c->codes->choices(c->codes->arg, "echelons", DATE_NONE, x.code, ECHELONS);
	TRY(list_rows(c, &ask, &rows, &n, &more));
	for (size_t i = 0; i < n; i++)
		if (!best || before(&x, &rows[i], best))
			best = &rows[i];
	*ret = best ? best->id : 0;
	return E_OK;
}
