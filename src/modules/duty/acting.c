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

/* ---- nobody gives what they do not have ---- */

static enum err rights_of_role(struct ctx *c, int64_t role, int64_t position, right_t *ret)
{
	struct record *r;
	enum err e = read_thing(c, &user_role_entity, role, (struct moment){ DATE_NONE, position }, &r);
	for (int i = 0; e == E_OK && i < RIGHT_COUNT; i++)
		if (record_get(r, ROLE_RIGHTS + i, 0))
			*ret |= (right_t)1 << i;
	return e == E_MISSING ? E_OK : e;
}

/* What a user's duties allowed in a unit at a moment. */
static enum err held_then(struct ctx *c, int64_t user, int64_t unit, struct moment at, right_t *ret)
{
	struct query all = { .entity = &user_duty_entity, .owner = user, .at = at, .extent = HOLDING };
	struct record **duties;
	size_t n;
	TRY(read_all(c, &all, &duties, &n));
	for (size_t i = 0; i < n; i++) {
		int64_t over = record_get(duties[i], DUTY_UNIT, 0);
		bool within = !over;
		if (record_get(duties[i], DUTY_STATE, DUTY_HELD) != DUTY_HELD)
			continue;
		if (over)
			TRY(unit_above(c, unit, over, at, &within));
		if (within)
			TRY(rights_of_role(c, record_get(duties[i], DUTY_ROLE, 0), at.position, ret));
	}
	return E_OK;
}

/* What whoever entered a row could give on in a unit when they did: what they might do there themselves. Who manages
 * users may give everything, and so may whoever runs the server. */
static enum err given_by(struct ctx *c, const struct record *row, int64_t unit, right_t *ret)
{
	struct entry e;
	struct moment at = { .position = row->known_from };
	*ret = 0;
	enum err found = entry_get(c->store, row->known_from, &e);
	if (found != E_OK)
		return found == E_MISSING ? E_OK : found; /* being written: not yet */
	if (e.actor <= ACTOR_STORY) {
		*ret = ALL_RIGHTS;
		return E_OK;
	}
	if (!zone_day_of(c->zone, e.at, &at.day))
		return FAULT("the zone %s is not known", c->zone);
	TRY(held_then(c, e.actor, unit, at, ret));
	if (e.on_behalf)
		TRY(held_then(c, e.on_behalf, unit, at, ret));
	if (*ret & MAY_USERS)
		*ret = ALL_RIGHTS;
	return E_OK;
}

enum err acting_of(struct ctx *c, int64_t person, struct acting *ret)
{
	struct record *held;
	int64_t post, holder = 0;
	*ret = (struct acting){ 0 };
	enum err e = person ? read_holding(c, &post_history_entity, person, 1, (struct moment){ c->today, 0 }, &held)
			    : E_MISSING;
	if (e != E_OK)
		return e == E_MISSING ? E_OK : e;
	post = record_get(held, POST_HELD, 0);
	TRY(unit_headed(c, post, &ret->unit));
	if (!ret->unit)
		return E_OK;
	TRY(given_by(c, held, ret->unit, &ret->most));
	TRY(post_holder(c, post, &holder));
	return holder ? user_of_person(c, holder, &ret->holder) : E_OK;
}

/* ---- over a unit ---- */

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
		struct acting a;
		TRY(acting_of(c, people[i], &a));
		TRY(user_of_person(c, people[i], &o.user));
		if (o.user && a.most & MAY_PEOPLE)
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
