/* change_thing.c - versions of a THING: a change on a day, carried forward to what had copied the old value. */
#include "entity/change_inside.h"

/* What a write to a THING looks at: its believed versions around the day. */
struct around {
	struct record **list; /* in order of day */
	size_t n;
	struct record *at;     /* the one of the day itself; NULL: none */
	struct record *before; /* the one that holds when the day begins; NULL: none does */
	size_t after;          /* the first later one */
};

static enum err versions(struct ctx *c, const struct plan *p, int64_t id, struct around *ret)
{
	struct stmt *st;
	TRY(store_stmt(c->store, p->versions, &st));
	stmt_int(st, 1, id);
	return plan_rows(p, st, c->arena, &ret->list, &ret->n);
}

static enum err look_around(struct ctx *c, const struct plan *p, int64_t id, date day, struct around *ret)
{
	TRY(versions(c, p, id, ret));
	for (size_t i = 0; i < ret->n; i++) {
		struct record *r = ret->list[i];
		if (r->valid_from > day)
			break;
		ret->after = i + 1;
		if (r->valid_from == day)
			ret->at = r;
		else if (r->op != OP_WITHDRAWN)
			ret->before = r;
	}
	if (ret->before && ret->before->op == OP_ENDS)
		ret->before = NULL;
	return ret->n ? E_OK : E_MISSING;
}

/* The later version with each changed field that it had copied; NULL when it had copied none. */
static struct record *carried(struct ctx *c, const struct record *later, const struct record *old,
			      const struct record *r, bool *changed)
{
	struct record *n = NULL;
	for (int i = 0; i < r->entity->nfields; i++) {
		if (!changed[i])
			continue;
		changed[i] = value_eq(&later->v[i], &old->v[i]);
		if (!changed[i])
			continue;
		n = n ? n : record_copy(c->arena, later);
		n->v[i] = r->v[i];
	}
	if (n)
		n->why = r->why;
	return n;
}

struct writing {
	struct record **rows, **olds; /* what each row replaces, or NULL */
	size_t n;
};

/* r itself, then what it changes in later versions. A value that was set anew later stops the carrying of that field.
 */
static void plan_writing(struct ctx *c, const struct around *a, const struct record *old, struct record *r,
			 struct record *replaced, struct writing *ret)
{
	bool *changed = ARENA_ARRAY(c->arena, bool, r->entity->nfields + 1);
	ret->rows = ARENA_ARRAY(c->arena, struct record *, a->n + 1);
	ret->olds = ARENA_ARRAY(c->arena, struct record *, a->n + 1);
	ret->rows[0] = r;
	ret->olds[0] = replaced;
	ret->n = 1;
	for (int i = 0; old && i < r->entity->nfields; i++)
		changed[i] = !value_eq(&old->v[i], &r->v[i]);
	for (size_t i = a->after; old && i < a->n && a->list[i]->op != OP_ENDS; i++) {
		if (a->list[i]->op == OP_WITHDRAWN)
			continue;
		struct record *n = carried(c, a->list[i], old, r, changed);
		if (!n)
			continue;
		ret->rows[ret->n] = n;
		ret->olds[ret->n++] = a->list[i];
	}
}

static enum err write_all(struct ctx *c, const struct plan *p, const struct writing *w)
{
	for (size_t i = 1; i < w->n; i++)
		TRY(change_checked(c, w->olds[i], w->rows[i]));
	for (size_t i = 0; i < w->n; i++)
		TRY(change_row(c, p, w->rows[i], w->olds[i]));
	return E_OK;
}

/* The code stands in the anchor and is for ever. */
static enum err same_code(struct ctx *c, struct record *r, struct str code)
{
	r->code = code;
	if (r->entity->alias)
		return E_OK;
	if (!r->v[0].set)
		record_text(r, 0, code);
	if (str_eq(r->v[0].t, code))
		return E_OK;
	problem_at(c->problems, NULL, 0, r->entity->fields[0].name,
		   "the code %.*s never changes; leave it, or make a new %s", (int)code.n, code.p,
		   entity_word(c->problems, r->entity));
	return E_INVALID;
}

static enum err save_new(struct ctx *c, const struct plan *p, struct record *r, struct arena *keep)
{
	TRY(change_checked(c, NULL, r));
	TRY(change_row(c, p, r, NULL));
	r->code = str_copy(keep, r->code);
	return E_OK;
}

enum err change_thing_save(struct ctx *c, struct record *r, struct arena *keep)
{
	const struct plan *p = plan_of(c, r->entity);
	struct around a = { 0 };
	struct writing w;
	if (r->id == 0)
		return save_new(c, p, r, keep);
	TRY(look_around(c, p, r->id, r->valid_from, &a));
	if (a.at && a.at->op != OP_WITHDRAWN)
		return change_conflict(c, r);
	TRY(same_code(c, r, str_copy(keep, a.list[0]->code)));
	TRY(change_checked(c, a.before, r));
	plan_writing(c, &a, a.before, r, a.at, &w);
	return write_all(c, p, &w);
}

enum err change_thing_rows(struct ctx *c, const struct record *given, struct record ***ret, size_t *ret_n)
{
	const struct plan *p = plan_of(c, given->entity);
	struct record *r = record_copy(c->arena, given);
	struct around a = { 0 };
	struct writing w = { .rows = &r, .n = 1 };
	if (given->entity->kind == THING && given->id != 0) {
		TRY(look_around(c, p, r->id, r->valid_from, &a));
		TRY(same_code(c, r, a.list[0]->code));
		plan_writing(c, &a, a.before, r, a.at, &w);
	}
	*ret = ARENA_ARRAY(c->arena, struct record *, w.n);
	memcpy(*ret, w.rows, w.n * sizeof(struct record *));
	*ret_n = w.n;
	return E_OK;
}

enum err change_thing_correct(struct ctx *c, struct record *r, struct arena *keep)
{
	const struct plan *p = plan_of(c, r->entity);
	struct around a = { 0 };
	struct writing w;
	TRY(look_around(c, p, r->id, r->valid_from, &a));
	if (!a.at || a.at->op == OP_WITHDRAWN)
		return E_MISSING;
	TRY(same_code(c, r, str_copy(keep, a.at->code)));
	if (change_same(a.at, r))
		return E_OK;
	TRY(change_checked(c, a.at, r));
	/* Later versions copied the mistake with the rest. */
	plan_writing(c, &a, a.at->op == OP_HOLDS ? a.at : NULL, r, a.at, &w);
	return write_all(c, p, &w);
}

static enum err close_later(struct ctx *c, const struct record *later)
{
	problem_at(c->problems, NULL, 0, "valid_from",
		   "something is said of the %s from %s on; withdraw that first, or choose a later day",
		   entity_word(c->problems, later->entity), problem_day(c->problems, later->valid_from));
	return E_INVALID;
}

enum err change_thing_close(struct ctx *c, const struct entity *e, int64_t id, date from)
{
	const struct plan *p = plan_of(c, e);
	struct around a = { 0 };
	TRY(look_around(c, p, id, from, &a));
	for (size_t i = a.after; i < a.n; i++)
		if (a.list[i]->op == OP_HOLDS)
			return close_later(c, a.list[i]);
	if (!a.before && !(a.at && a.at->op == OP_HOLDS))
		return E_MISSING;
	struct record *key = record_new(c->arena, e);
	key->id = id;
	key->valid_from = from;
	key->code = a.list[0]->code;
	return change_row(c, p, change_bare(c, p, key, OP_ENDS, (struct str){ 0 }), a.at);
}
