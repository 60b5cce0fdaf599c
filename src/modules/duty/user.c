/* user.c - giving users their file, their duties and their passwords. */
#include "modules/duty/duty.h"

#include "entity/change.h"
#include "entity/list.h"

/* ---- the own file ---- */

enum err user_person(struct ctx *c, int64_t user, int64_t *ret)
{
	struct record *r;
	enum err e = read_holding(c, &user_person_entity, user, 0, AS_OF_NOW, &r);
	*ret = e == E_OK ? record_get(r, 0, 0) : 0;
	return e == E_MISSING ? E_OK : e;
}

enum err user_of_person(struct ctx *c, int64_t person, int64_t *ret)
{
	struct list_where is = { .column = NOW_PERSON, .how = LIST_IN, .low = person, .high = person };
	struct list_ask ask = { .of = &user_now_projection, .where = &is, .nwhere = 1, .sort = LIST_ID, .limit = 1 };
	struct list_row *row;
	size_t n;
	bool more;
	TRY(list_rows(c, &ask, &row, &n, &more));
	*ret = n ? row->id : 0;
	return E_OK;
}

enum err user_add(struct ctx *c, struct str code, struct str name, int64_t person, date from, int64_t *ret)
{
	struct record *u = record_new(c->arena, &user_entity);
	record_text(u, USER_CODE, code);
	record_text(u, USER_NAME, name);
	u->valid_from = from;
	TRY(change_save(c, u));
	*ret = u->id;
	if (!person)
		return E_OK;
	struct record *p = record_new(c->arena, &user_person_entity);
	p->owner = u->id;
	p->valid_from = from;
	record_int(p, 0, person);
	return change_save(c, p);
}

/* ---- duties ---- */

static enum err duties_of(struct ctx *c, int64_t user, enum extent extent, struct record ***ret, size_t *ret_n)
{
	return read_all(
		c, &(struct query){ .entity = &user_duty_entity, .owner = user, .at = AS_OF_NOW, .extent = extent },
		ret, ret_n);
}

static enum err next_number(struct ctx *c, int64_t user, int64_t *ret)
{
	struct record **list;
	size_t n;
	*ret = 1;
	TRY(duties_of(c, user, BELIEVED, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (record_get(list[i], DUTY_NUMBER, 0) >= *ret)
			*ret = record_get(list[i], DUTY_NUMBER, 0) + 1;
	return E_OK;
}

/* Users belong to the whole service, so who may manage them over a unit alone would manage them all. */
static enum err whole_service_only(struct ctx *c, const struct duty_ask *ask)
{
	struct record *role;
	TRY(read_thing(c, &user_role_entity, ask->role, AS_OF_NOW, &role));
	if (!ask->unit || !record_get(role, ROLE_RIGHTS + RIGHT_NUMBER_USERS, 0))
		return E_OK;
	problem_at(c->problems, NULL, 0, "unit",
		   "this role manages users, who belong to the whole service; give it over the whole service, or take "
		   "a role that only gives new passwords");
	return E_INVALID;
}

enum err user_give(struct ctx *c, const struct duty_ask *ask)
{
	struct record *d = record_new(c->arena, &user_duty_entity);
	int64_t number;
	TRY(whole_service_only(c, ask));
	TRY(next_number(c, ask->user, &number));
	d->owner = ask->user;
	d->valid_from = ask->from;
	d->until = ask->until;
	record_int(d, DUTY_NUMBER, number);
	record_int(d, DUTY_ROLE, ask->role);
	if (ask->unit)
		record_int(d, DUTY_UNIT, ask->unit);
	return change_save(c, d);
}

/* What begins on the day itself never was. */
enum err user_take(struct ctx *c, int64_t user, int64_t number, date from)
{
	struct record **list;
	size_t n;
	TRY(duties_of(c, user, HOLDING, &list, &n));
	for (size_t i = 0; i < n; i++) {
		if (record_get(list[i], DUTY_NUMBER, 0) != number)
			continue;
		struct record *d = record_copy(c->arena, list[i]);
		d->until = DATE_NONE;
		record_int(d, DUTY_STATE, DUTY_ENDED);
		if (d->valid_from == from)
			return change_correct(c, d, STR("taken back on its first day"));
		d->id = 0;
		d->valid_from = from;
		return change_save(c, d);
	}
	return E_MISSING;
}
