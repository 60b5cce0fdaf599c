/* projection_then.c - what a field of a THING is today, for columns that look through a reference. */
#include "base/buf.h"
#include "entity/eras.h"
#include "entity/plan.h"
#include "entity/projection_inner.h"

struct then_table {
	struct then_table *next;
	const struct entity *e;
	int field;
	struct arena arena;
	int64_t n;
	struct cell *cells; /* by id */
	date *turns;
};

static void read_version(struct deriving *d, struct stmt *st, struct arena *a, struct cell *ret, date *turns)
{
	date from = (date)stmt_get_int(st, 1);

	if (from > d->today)
		turn_by(turns, from);
	else
		*ret = stmt_get_int(st, 2) == 0 ? cell_get(st, 3, a) : (struct cell){ 0 };
}

static enum err run_versions(struct deriving *d, const struct entity *e, int field, int64_t id, struct stmt **ret)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;

	buf_text(&sql, "SELECT r.id, r.valid_from, r.op");
	projected_sql(e, field, &sql);
	buf_printf(&sql, " FROM %s r WHERE r.known_to IS NULL AND r.op <> 2%s ORDER BY r.id, r.valid_from",
		   plan_of(d->c, e)->rows, id ? " AND r.id = ?" : "");
	TRY(store_stmt(d->c->store, buf_str(&sql), ret));
	if (id)
		stmt_int(*ret, 1, id);
	return E_OK;
}

static enum err load_all(struct deriving *d, struct then_table *t)
{
	struct stmt *st;
	bool more;

	TRY(eras_records(d->c, t->e, &t->n));
	t->cells = ARENA_ARRAY(&t->arena, struct cell, t->n + 1);
	t->turns = ARENA_ARRAY(&t->arena, date, t->n + 1);
	for (int64_t i = 0; i <= t->n; i++)
		t->turns[i] = DATE_NONE;
	TRY(run_versions(d, t->e, t->field, 0, &st));
	for (;;) {
		TRY(stmt_step(st, &more));
		if (!more)
			return E_OK;
		int64_t id = stmt_get_int(st, 0);
		if (id >= 1 && id <= t->n)
			read_version(d, st, &t->arena, &t->cells[id], &t->turns[id]);
	}
}

static enum err find_one(struct deriving *d, const struct entity *e, int field, int64_t id, struct arena *a,
			 struct cell *ret, date *turns)
{
	struct stmt *st;
	bool more;

	*ret = (struct cell){ 0 };
	TRY(run_versions(d, e, field, id, &st));
	for (;;) {
		TRY(stmt_step(st, &more));
		if (!more)
			return E_OK;
		read_version(d, st, a, ret, turns);
	}
}

enum err then_find(struct deriving *d, const struct entity *e, int field, int64_t id, struct arena *a, struct cell *ret,
		   date *turns)
{
	struct then_table *t = d->thens;

	if (d->n <= DERIVE_FEW)
		return find_one(d, e, field, id, a, ret, turns);
	while (t && (t->e != e || t->field != field))
		t = t->next;
	if (!t) {
		t = xcalloc(1, sizeof *t);
		*t = (struct then_table){ .next = d->thens, .e = e, .field = field };
		d->thens = t;
		TRY(load_all(d, t));
	}
	*ret = (struct cell){ 0 };
	if (id < 1 || id > t->n)
		return E_OK;
	*ret = t->cells[id]; /* texts live as long as the table, which outlives the range */
	turn_by(turns, t->turns[id]);
	return E_OK;
}

void then_forget(struct deriving *d)
{
	while (d->thens) {
		struct then_table *t = d->thens;
		d->thens = t->next;
		arena_release(&t->arena);
		free(t);
	}
	numbers_forget(d);
	table_places_forget(d);
}
