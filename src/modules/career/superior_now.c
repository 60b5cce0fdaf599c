/* superior_now.c - one person's superior today, from the lists of what holds: no pass over everybody. */
#include "entity/list.h"
#include "modules/career/superior.h"

/* Of two who act for one post, the lower staff number. */
static enum err holder_of(struct ctx *c, int64_t post, int64_t *ret)
{
	int64_t *acting;
	size_t n;
	TRY(post_holder(c, post, ret));
	if (*ret)
		return E_OK;
	TRY(post_acting(c, post, &acting, &n));
	*ret = n ? acting[0] : 0;
	return E_OK;
}

enum err superior_now(struct ctx *c, int64_t person, int64_t unit, int64_t *ret)
{
	int order = projection_column(&unit_now_projection, "unit_order");
	int parent = projection_column(&unit_now_projection, "parent");
	*ret = 0;
	for (int steps = 0; unit && steps < 1000; steps++) {
		struct list_row row;
		int64_t head = 0, who = 0;
		enum err e = list_one(c, &unit_now_projection, unit, &row);
		if (e == E_MISSING)
			return E_OK;
		TRY(e);
		if (row.v[order].set)
			TRY(unit_head(c, row.v[order].i, &head));
		if (head)
			TRY(holder_of(c, head, &who));
		if (who && who != person) {
			*ret = who;
			return E_OK;
		}
		unit = row.v[parent].set ? row.v[parent].i : 0;
	}
	return E_OK;
}
