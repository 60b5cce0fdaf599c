/* projection_then.c - what a field of a THING is today, for columns that look through a reference. */
#include "base/buf.h"
#include "entity/eras.h"
#include "entity/plan.h"
#include "entity/projection_inner.h"

/* What records of one THING are today, in all the fields that a projection looks at. */
struct then_table {
	struct then_table *next;
	const struct entity *e;
	int fields[CELLS_MOST], nfields;
	struct arena arena;
	int64_t n;
	struct cell *cells; /* by id, by field */
	date *turns;        /* by id */
};

enum { V_ID, V_FROM, V_OP, V_FIELDS };

static void take_version(struct deriving *d, const struct stmt_value *x, int nfields, struct arena *a, struct cell *ret,
			 date *turns)
{
	date from = (date)x[V_FROM].i;

	if (from > d->today) {
		turn_by(turns, from);
		return;
	}
	for (int i = 0; i < nfields; i++)
		ret[i] = x[V_OP].i == 0 ? cell_of(&x[V_FIELDS + i], a) : (struct cell){ 0 };
}

static enum err run_versions(struct deriving *d, const struct entity *e, const int *fields, int nfields, int64_t id,
			     struct stmt **ret)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;

	buf_text(&sql, "SELECT r.id, r.valid_from, r.op");
	for (int i = 0; i < nfields; i++)
		projected_sql(e, fields[i], &sql);
	buf_printf(&sql, " FROM %s r WHERE r.known_to IS NULL AND r.op <> 2%s ORDER BY r.id, r.valid_from",
		   plan_of(d->c, e)->rows, id ? " AND r.id = ?" : "");
	TRY(store_stmt(d->c->store, buf_str(&sql), ret));
	if (id)
		stmt_int(*ret, 1, id);
	return E_OK;
}

static enum err load_all(struct deriving *d, struct then_table *t)
{
	struct stmt_value x[V_FIELDS + CELLS_MOST];
	struct stmt *st;
	bool more;

	TRY(eras_records(d->c, t->e, &t->n));
	t->cells = ARENA_ARRAY(&t->arena, struct cell, (t->n + 1) * t->nfields);
	t->turns = ARENA_ARRAY(&t->arena, date, t->n + 1);
	for (int64_t i = 0; i <= t->n; i++)
		t->turns[i] = DATE_NONE;
	TRY(run_versions(d, t->e, t->fields, t->nfields, 0, &st));
	for (;;) {
		TRY(stmt_step(st, &more));
		if (!more)
			return E_OK;
		stmt_values(st, x, V_FIELDS + t->nfields);
		int64_t id = x[V_ID].i;
		if (id >= 1 && id <= t->n)
			take_version(d, x, t->nfields, &t->arena, &t->cells[id * t->nfields], &t->turns[id]);
	}
}

static enum err find_one(struct deriving *d, const struct entity *e, int field, int64_t id, struct arena *a,
			 struct cell *ret, date *turns)
{
	struct stmt_value x[V_FIELDS + 1];
	struct stmt *st;
	bool more;

	*ret = (struct cell){ 0 };
	TRY(run_versions(d, e, &field, 1, id, &st));
	for (;;) {
		TRY(stmt_step(st, &more));
		if (!more)
			return E_OK;
		stmt_values(st, x, V_FIELDS + 1);
		take_version(d, x, 1, a, ret, turns);
	}
}

static int place_of(const struct then_table *t, int field)
{
	int at = 0;

	while (at < t->nfields && t->fields[at] != field)
		at++;
	return at;
}

/* All fields of the THING at once: they are read in one pass. */
static enum err table_of(struct deriving *d, const struct projection *p, const struct entity *e,
			 struct then_table **ret)
{
	struct then_table *t = d->thens;

	while (t && t->e != e)
		t = t->next;
	if (!t) {
		t = xcalloc(1, sizeof *t);
		*t = (struct then_table){ .next = d->thens, .e = e };
		d->thens = t;
		for (int i = 0; i < p->ncolumns; i++)
			if (p->columns[i].then == e && place_of(t, p->columns[i].then_field) == t->nfields)
				t->fields[t->nfields++] = p->columns[i].then_field;
		TRY(load_all(d, t));
	}
	*ret = t;
	return E_OK;
}

enum err then_find(struct deriving *d, const struct projection *p, int column, int64_t id, struct arena *a,
		   struct cell *ret, date *turns)
{
	const struct projected *x = &p->columns[column];
	struct then_table *t;

	if (d->n <= DERIVE_FEW)
		return find_one(d, x->then, x->then_field, id, a, ret, turns);
	TRY(table_of(d, p, x->then, &t));
	*ret = (struct cell){ 0 };
	if (id < 1 || id > t->n)
		return E_OK;
	*ret = t->cells[id * t->nfields +
			place_of(t, x->then_field)]; /* its text outlives the range, as the table does */
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
