/* acting.c - who heads a unit for a time (Plt., Plh.): derived from the acting post, for its days alone. */
#include "entity/list.h"
#include "modules/duty/door.h"

#define HIGHEST 200 /* units above each other */

/* Acting for a clerk who happens to stand first in a unit of clerks makes nobody a head. */
static bool can_head(const struct list_row *post)
{
	int flag = projection_column(&post_now_projection, "heads_unit");
	int echelon = projection_column(&post_now_projection, "echelon");
	return post->v[echelon].set || (post->v[flag].set && post->v[flag].i);
}

/* *ret 0: the post heads no unit. */
static enum err unit_headed(struct ctx *c, int64_t post, int64_t *ret)
{
	int unit = projection_column(&post_now_projection, "unit");
	int order = projection_column(&post_now_projection, "unit_order");
	struct list_row row;
	int64_t head;
	*ret = 0;
	enum err e = list_one(c, &post_now_projection, post, &row);
	if (e != E_OK)
		return e == E_MISSING ? E_OK : e;
	if (!can_head(&row) || !row.v[unit].set || !row.v[order].set)
		return E_OK;
	TRY(unit_head(c, row.v[order].i, &head));
	*ret = head == post ? row.v[unit].i : 0;
	return E_OK;
}

enum err acting_unit(struct ctx *c, int64_t person, int64_t *ret_unit, int64_t *ret_holder)
{
	struct record *held;
	int64_t post, holder = 0;
	*ret_unit = *ret_holder = 0;
	enum err e = person ? read_holding(c, &post_history_entity, person, 1, (struct moment){ c->today, 0 }, &held)
			    : E_MISSING;
	if (e != E_OK)
		return e == E_MISSING ? E_OK : e;
	post = record_get(held, POST_HELD, 0);
	TRY(unit_headed(c, post, ret_unit));
	if (*ret_unit)
		TRY(post_holder(c, post, &holder));
	return holder ? user_of_person(c, holder, ret_holder) : E_OK;
}

/* Those who act for the head of one unit, and sign in. */
static enum err over_one(struct ctx *c, const struct list_row *unit, struct over *list, size_t most, size_t *n)
{
	int order = projection_column(&unit_now_projection, "unit_order");
	int64_t post = 0, headed = 0, *people;
	size_t npeople;
	if (unit->v[order].set)
		TRY(unit_head(c, unit->v[order].i, &post));
	if (post)
		TRY(unit_headed(c, post, &headed));
	if (!headed)
		return E_OK;
	TRY(post_acting(c, post, &people, &npeople));
	for (size_t i = 0; i < npeople && *n < most; i++) {
		struct over o = { .unit = unit->id, .acting = true };
		TRY(user_of_person(c, people[i], &o.user));
		if (o.user)
			list[(*n)++] = o;
	}
	return E_OK;
}

enum err acting_over(struct ctx *c, int64_t unit, struct over *list, size_t most, size_t *n)
{
	int parent = projection_column(&unit_now_projection, "parent");
	for (int steps = 0; unit && steps < HIGHEST; steps++) {
		struct list_row row;
		enum err e = list_one(c, &unit_now_projection, unit, &row);
		if (e != E_OK)
			return e == E_MISSING ? E_OK : e;
		TRY(over_one(c, &row, list, most, n));
		unit = row.v[parent].set ? row.v[parent].i : 0;
	}
	return E_OK;
}
