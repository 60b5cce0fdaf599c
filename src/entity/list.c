/* list.c - what holds today, page by page. */
#include "base/map.h"
#include "entity/list_inside.h"

struct lists *lists_of(struct ctx *c)
{
	struct lists **l = &c->inner->lists;
	if (!*l) {
		*l = xcalloc(1, sizeof **l);
		(*l)->texts = map_new();
	}
	return *l;
}

void lists_free(struct lists *l)
{
	if (!l)
		return;
	map_free(l->texts);
	buf_release(&l->shape);
	buf_release(&l->sql);
	arena_release(&l->arena);
	free(l);
}

/* ---- rows ---- */

static struct value get(struct stmt *st, int at, bool text, struct arena *a)
{
	struct value v = { .set = !stmt_is_null(st, at) };
	if (v.set && text)
		v.t = str_copy(a, stmt_get_text(st, at));
	else if (v.set)
		v.i = stmt_get_int(st, at);
	return v;
}

static void get_row(struct ctx *c, const struct list_ask *ask, struct stmt *st, struct list_row *ret)
{
	struct value *v = ARENA_ARRAY(c->arena, struct value, ask->of->ncolumns);
	int at = 2;
	ret->id = stmt_get_int(st, 0);
	ret->code = get(st, 1, true, c->arena).t;
	for (int i = 0; i < ask->of->ncolumns; i++)
		if (list_reads(ask, i))
			v[i] = get(st, at++, list_is_text(ask->of, i), c->arena);
	ret->v = v;
}

struct taking {
	struct list_row *rows; /* grows: a limit may be far above what there is */
	size_t n, cap, most;   /* one more than the page, to see whether there is more */
};

static enum err take(struct ctx *c, const struct list_ask *ask, struct stmt *st, struct taking *t)
{
	bool row;
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		if (t->n == t->most) {
			stmt_reset(st);
			return E_OK;
		}
		ARENA_GROW(c->arena, t->rows, t->n, &t->cap);
		get_row(c, ask, st, &t->rows[t->n++]);
	}
}

static void bind_key(const struct list_text *t, struct stmt *st, int at)
{
	const struct list_key *k = &t->ask->after;
	if (!t->keyed)
		return;
	if (t->part == LIST_HOLDING && t->ask->sort != LIST_ID) {
		if (list_is_text(t->ask->of, t->ask->sort))
			stmt_text(st, at++, k->text);
		else
			stmt_int(st, at++, k->number);
	}
	stmt_int(st, at, k->id);
}

static enum err take_part(struct ctx *c, struct list_text *t, struct taking *to)
{
	struct stmt *st;
	int next;
	TRY(list_statement(c, t, &st, &next));
	bind_key(t, st, next);
	return take(c, t->ask, st, to);
}

static bool is_none(const struct list_ask *ask)
{
	for (size_t i = 0; i < ask->nwhere; i++)
		if (list_where_none(&ask->where[i]))
			return true;
	return false;
}

enum err list_rows(struct ctx *c, const struct list_ask *ask, struct list_row **ret, size_t *ret_n, bool *ret_more)
{
	struct list_text t = { .ask = ask, .part = LIST_HOLDING, .limit = (int64_t)ask->limit + 1 };
	struct taking to = { .most = ask->limit + 1 };
	bool after = ask->after.id != 0, lacking = after && ask->after.empty;
	*ret_n = 0;
	*ret_more = false;
	*ret = NULL;
	if (is_none(ask))
		return E_OK;
	TRY(list_drive(c, ask, &t));
	t.keyed = after;
	if (!lacking)
		TRY(take_part(c, &t, &to));
	/* Behind those in which something holds, those in which nothing does. */
	if (to.n < to.most && ask->sort != LIST_ID) {
		t.part = LIST_LACKING;
		t.keyed = lacking;
		TRY(take_part(c, &t, &to));
	}
	*ret = to.rows;
	*ret_more = to.n > ask->limit;
	*ret_n = *ret_more ? ask->limit : to.n;
	return E_OK;
}

enum err list_one(struct ctx *c, const struct projection *p, int64_t id, struct list_row *ret)
{
	const struct list_where where = { .column = LIST_ID, .how = LIST_IN, .low = id, .high = id };
	const struct list_ask ask = { .of = p, .where = &where, .nwhere = 1, .sort = LIST_ID, .limit = 1 };
	struct list_text t = { .ask = &ask, .part = LIST_HOLDING, .drive = DRIVE_ORDER, .limit = 1 };
	struct taking to = { .rows = ret, .cap = 1, .most = 1 };
	TRY(take_part(c, &t, &to));
	return to.n ? E_OK : E_MISSING;
}

/* ---- figures ---- */

enum err list_count(struct ctx *c, const struct list_ask *ask, int64_t at_most, int64_t *ret)
{
	struct list_text t = { .ask = ask, .part = LIST_COUNTING, .drive = DRIVE_ORDER, .limit = at_most + 1 };
	struct stmt *st;
	int next;
	bool row;
	*ret = 0;
	if (is_none(ask))
		return E_OK;
	TRY(list_statement(c, &t, &st, &next));
	TRY(stmt_step(st, &row));
	*ret = row ? stmt_get_int(st, 0) : 0;
	stmt_reset(st);
	return E_OK;
}

enum err list_groups(struct ctx *c, const struct list_ask *ask, int first, int second, struct list_group **ret,
		     size_t *ret_n)
{
	struct list_text t = {
		.ask = ask, .part = LIST_GROUPING, .drive = DRIVE_ORDER, .first = first, .second = second
	};
	struct list_group *list = NULL;
	size_t n = 0, cap = 0;
	struct stmt *st;
	int next;
	bool row;
	*ret = NULL;
	*ret_n = 0;
	if (is_none(ask))
		return E_OK;
	TRY(list_statement(c, &t, &st, &next));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			break;
		ARENA_GROW(c->arena, list, n, &cap);
		list[n].n = stmt_get_int(st, 0);
		list[n].first = get(st, 1, list_is_text(ask->of, first), c->arena);
		if (second != -1)
			list[n].second = get(st, 2, list_is_text(ask->of, second), c->arena);
		n++;
	}
	*ret = list;
	*ret_n = n;
	return E_OK;
}
