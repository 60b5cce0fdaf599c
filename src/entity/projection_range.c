/* projection_range.c - one range of ids: what is stored, and what the sources say. */
#include "entity/plan.h"
#include "entity/projection_inner.h"
#include "entity/schema.h"
#include "entity/type.h"

int cells_of(const struct projection *p)
{
	return p->ncolumns + 2;
}

const char *cell_name(const struct projection *p, int i)
{
	return i == 0 ? "code" : i <= p->ncolumns ? p->columns[i - 1].name : "turns_on";
}

void turn_by(date *turns, date day)
{
	if (day != DATE_NONE && (*turns == DATE_NONE || day < *turns))
		*turns = day;
}

void range_release(struct range *r)
{
	arena_release(&r->arena);
}

struct cell cell_of(const struct stmt_value *x, struct arena *a)
{
	bool text = x->type && x->type != 'i';

	return (struct cell){
		.set = x->type != 0, .text = text, .i = x->i, .t = text ? str_copy(a, x->t) : (struct str){ 0 }
	};
}

static void range_init(struct range *r, const struct projection *p, int64_t low, int64_t high, const int64_t *keys,
		       size_t nkeys)
{
	size_t ncells = (size_t)cells_of(p);

	r->low = low;
	r->high = high;
	r->n = (size_t)(high - low) + 1;
	r->rows = ARENA_ARRAY(&r->arena, struct derived, r->n);
	struct cell *cells = ARENA_ARRAY(&r->arena, struct cell, 2 * ncells * r->n);
	for (size_t i = 0; i < r->n; i++)
		r->rows[i] = (struct derived){ .id = low + (int64_t)i,
					       .asked = !keys,
					       .turns = DATE_NONE,
					       .old = cells + 2 * ncells * i,
					       .now = cells + 2 * ncells * i + ncells };
	for (size_t i = 0; keys && i < nkeys; i++)
		r->rows[keys[i] - low].asked = true;
}

/* Runs over rows that begin with an id of the range. */
static enum err each_of(struct deriving *d, const struct range *r, const char *sql, struct stmt **ret)
{
	TRY(store_stmt(d->c->store, sql, ret));
	stmt_int(*ret, 1, r->low);
	stmt_int(*ret, 2, r->high);
	return E_OK;
}

static struct derived *row_of(struct range *r, int64_t id)
{
	return id < r->low || id > r->high ? NULL : &r->rows[id - r->low];
}

static enum err load_stored(struct deriving *d, const struct projection *p, struct range *r)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt_value x[CELLS_MOST + 1];
	struct stmt *st;
	bool more;
	int n = cells_of(p);

	buf_text(&sql, "SELECT id");
	for (int i = 0; i < n; i++)
		buf_printf(&sql, ", %s", cell_name(p, i));
	buf_printf(&sql, " FROM %s WHERE id >= ? AND id <= ? ORDER BY id", p->name);
	TRY(each_of(d, r, buf_str(&sql), &st));
	for (;;) {
		TRY(stmt_step(st, &more));
		if (!more)
			return E_OK;
		stmt_values(st, x, n + 1);
		struct derived *row = row_of(r, x[0].i);
		if (!row)
			continue;
		row->stored = true;
		for (int i = 0; i < n; i++)
			row->now[i] = row->old[i] = cell_of(&x[i + 1], &r->arena);
	}
}

/* The newest number of each record that has one. */
static enum err load_numbers(struct deriving *d, const struct projection *p, struct range *r)
{
	const struct entity *e = p->of->alias->series;
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt_value x[2];
	struct stmt *st;
	bool more;

	buf_printf(&sql,
		   "SELECT owner, %s FROM %s WHERE known_to IS NULL AND op = 0 AND owner >= ? AND owner <= ? "
		   "ORDER BY owner, valid_from",
		   e->fields[0].name, plan_of(d->c, e)->rows);
	TRY(each_of(d, r, buf_str(&sql), &st));
	for (;;) {
		TRY(stmt_step(st, &more));
		if (!more)
			return E_OK;
		stmt_values(st, x, 2);
		struct derived *row = row_of(r, x[0].i);
		if (row)
			row->now[0] = cell_of(&x[1], &r->arena);
	}
}

/* Which records there are, and the key people write: the newest number, else the code. */
static enum err load_codes(struct deriving *d, const struct projection *p, struct range *r)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt_value x[2];
	struct stmt *st;
	bool more;

	buf_printf(&sql, "SELECT id, code FROM %s WHERE id >= ? AND id <= ?", p->of->name);
	TRY(each_of(d, r, buf_str(&sql), &st));
	for (;;) {
		TRY(stmt_step(st, &more));
		if (!more)
			break;
		stmt_values(st, x, 2);
		struct derived *row = row_of(r, x[0].i);
		if (!row)
			continue;
		row->exists = true;
		if (d->code)
			row->now[0] = cell_of(&x[1], &r->arena);
	}
	return p->of->alias && d->code ? load_numbers(d, p, r) : E_OK;
}

/* ---- one source ---- */

/* The columns of a projection that come from one entity. */
struct source {
	const struct entity *e;
	uint64_t columns;
};

/* The code of a THING stands in its anchor. */
void projected_sql(const struct entity *e, int field, struct buf *sql)
{
	if (field == PROJECT_FROM)
		buf_text(sql, ", r.valid_from");
	else if (schema_stored(e, field))
		buf_printf(sql, ", r.%s", e->fields[field].name);
	else
		buf_printf(sql, ", (SELECT a.code FROM %s a WHERE a.id = r.id)", e->name);
}

static void source_sql(struct deriving *d, const struct projection *p, const struct source *s, struct buf *sql)
{
	const struct plan *plan = plan_of(d->c, s->e);

	buf_printf(sql, "SELECT r.%s, r.valid_from, r.op, %s", plan->owner, s->e->until ? "r.until" : "NULL");
	for (int i = 0; i < p->ncolumns; i++)
		if (s->columns >> i & 1)
			projected_sql(s->e, p->columns[i].field, sql);
	buf_printf(sql, " FROM %s r WHERE r.known_to IS NULL AND r.op <> 2 AND r.%s >= ? AND r.%s <= ?", plan->rows,
		   plan->owner, plan->owner);
	/* The lane, though it is always the same, so that the order is that of the index. */
	const char *lane = plan->lane >= 0 ? s->e->fields[plan->lane].name : NULL;
	if (lane)
		buf_printf(sql, " AND r.%s = 0 ORDER BY r.%s, r.%s, r.valid_from", lane, plan->owner, lane);
	else
		buf_printf(sql, " ORDER BY r.%s, r.valid_from", plan->owner);
}

static void clear_source(const struct projection *p, const struct source *s, struct range *r)
{
	for (size_t k = 0; k < r->n; k++)
		for (int i = 0; i < p->ncolumns; i++)
			if (s->columns >> i & 1)
				r->rows[k].now[i + 1] = (struct cell){ 0 };
}

/* The columns every source gives before those of the projection. */
enum { S_OWNER, S_FROM, S_OP, S_UNTIL, S_COLUMNS };

/* A later row of the same record overwrites an earlier one, up to today. */
static void take(struct deriving *d, const struct projection *p, const struct source *s, const struct stmt_value *x,
		 struct derived *row, date *until, struct arena *a)
{
	date from = (date)x[S_FROM].i;
	int at = S_COLUMNS;

	if (from > d->today) {
		turn_by(&row->turns, from);
		return;
	}
	*until = x[S_UNTIL].type ? (date)x[S_UNTIL].i : DATE_NONE;
	bool holds = x[S_OP].i == 0 && (*until == DATE_NONE || *until >= d->today);
	for (int i = 0; i < p->ncolumns; i++)
		if (s->columns >> i & 1)
			row->now[i + 1] = holds ? cell_of(&x[at++], a) : (struct cell){ 0 };
	if (!holds)
		*until = DATE_NONE;
}

static enum err load_source(struct deriving *d, const struct projection *p, const struct source *s, struct range *r)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt_value x[S_COLUMNS + CELLS_MOST];
	struct stmt *st;
	struct derived *row = NULL;
	date until = DATE_NONE;
	bool more;

	source_sql(d, p, s, &sql);
	clear_source(p, s, r);
	TRY(each_of(d, r, buf_str(&sql), &st));
	for (;;) {
		TRY(stmt_step(st, &more));
		if (more)
			stmt_values(st, x, stmt_columns(st));
		struct derived *next = more ? row_of(r, x[S_OWNER].i) : NULL;
		if (next != row) {
			if (row && until != DATE_NONE)
				turn_by(&row->turns, until + 1);
			until = DATE_NONE;
			row = next;
		}
		if (!more)
			return E_OK;
		if (row)
			take(d, p, s, x, row, &until, &r->arena);
	}
}

static const char *table_of(const struct projected *x)
{
	return x->then ? x->then->fields[x->then_field].of : x->from->fields[x->field].of;
}

/* What holds is a reference or a code: takes what it refers to, its place in a tree, or in its table. */
static enum err look_through(struct deriving *d, const struct projection *p, int column, struct range *r)
{
	const struct projected *x = &p->columns[column];
	bool own;
	const struct entity *tree = numbers_of(p, column, &own);

	for (size_t n = 0; n < r->n && (x->then || tree || x->place); n++) {
		struct derived *row = &r->rows[n];
		struct cell *cell = &row->now[column + 1];
		if (row->asked && cell->set && x->then)
			TRY(then_find(d, p, column, cell->i, &r->arena, cell, &row->turns));
		/* The tree's own numbers change with those of others, by projection_number(). */
		if (row->asked && own && !d->fresh)
			*cell = row->old[column + 1];
		else if (row->asked && tree && (own || cell->set))
			TRY(number_find(d, tree, own ? row->id : cell->i, x->last, cell));
		else if (row->asked && x->place && cell->set)
			*cell = table_place(d, table_of(x), cell->i);
	}
	return E_OK;
}

static enum err load_sources(struct deriving *d, const struct projection *p, struct range *r)
{
	uint64_t done = 0;

	for (int i = 0; i < p->ncolumns; i++) {
		struct source s = { .e = p->columns[i].from };
		if (!s.e || !(d->columns >> i & 1) || (done >> i & 1))
			continue;
		/* All columns of this entity at once: their rows end and begin together. */
		for (int k = i; k < p->ncolumns; k++)
			if (p->columns[k].from == s.e)
				s.columns |= UINT64_C(1) << k;
		done |= s.columns;
		TRY(load_source(d, p, &s, r));
		for (int k = i; k < p->ncolumns; k++)
			if (s.columns >> k & 1)
				TRY(look_through(d, p, k, r));
	}
	return E_OK;
}

/* ---- what follows from the row itself ---- */

static void fold_and_compute(struct deriving *d, const struct projection *p, struct range *r, struct derived *row)
{
	int64_t *numbers = ARENA_ARRAY(&r->arena, int64_t, p->ncolumns + 1);

	for (int i = 0; i < p->ncolumns; i++) {
		struct cell *x = &row->now[i + 1];
		if (p->columns[i].folded && x->set && (d->columns >> i & 1))
			x->t = text_fold(&r->arena, x->t);
		if (p->columns[i].compute && row->exists) {
			int64_t v = p->columns[i].compute(d->c, numbers);
			*x = (struct cell){ .set = v != PROJECT_NOTHING, .i = v };
		}
		numbers[i] = x->set ? x->i : 0;
	}
	row->now[p->ncolumns + 1] = (struct cell){ .set = row->turns != DATE_NONE, .i = row->turns };
}

/* A row that was to turn may have done so for a source that is not read now: then all are. */
static enum err again_whole(struct deriving *d, const struct projection *p, struct range *r, struct derived *row)
{
	struct deriving whole = *d;
	struct range one CLEANUP(range_release) = { 0 };
	int n = cells_of(p);

	whole.columns = UINT64_MAX;
	whole.code = true;
	TRY(range_load(&whole, p, &row->id, row->id, row->id, 1, &one));
	d->thens = whole.thens;
	d->trees = whole.trees;
	d->places = whole.places;
	for (int i = 0; i < n; i++) {
		row->now[i] = one.rows[0].now[i];
		if (row->now[i].text)
			row->now[i].t.p = arena_text(&r->arena, row->now[i].t.p, row->now[i].t.n);
	}
	return E_OK;
}

/* Of a record that has no row yet every source is read. */
static bool lacks_rows(const struct range *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].asked && r->rows[i].exists && !r->rows[i].stored)
			return true;
	return false;
}

static void finish_rows(struct deriving *d, const struct projection *p, struct range *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].asked && r->rows[i].exists)
			fold_and_compute(d, p, r, &r->rows[i]);
}

static enum err turn_whole(struct deriving *d, const struct projection *p, struct range *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct derived *row = &r->rows[i];
		if (row->asked && row->exists && row->old[p->ncolumns + 1].set)
			TRY(again_whole(d, p, r, row));
	}
	return E_OK;
}

enum err range_load(struct deriving *d, const struct projection *p, const int64_t *keys, int64_t low, int64_t high,
		    size_t nkeys, struct range *ret)
{
	struct deriving all = *d;
	uint64_t fed = 0;

	for (int i = 0; i < p->ncolumns; i++)
		fed |= (uint64_t)(p->columns[i].from != NULL) << i;
	all.columns = UINT64_MAX;
	all.code = true;
	range_init(ret, p, low, high, keys, nkeys);
	TRY(load_stored(d, p, ret));
	TRY(load_codes(&all, p, ret));
	struct deriving *use = lacks_rows(ret) ? &all : d;
	TRY(load_sources(use, p, ret));
	finish_rows(use, p, ret);
	d->thens = use->thens;
	d->trees = use->trees;
	d->places = use->places;
	return (use->columns & fed) == fed ? E_OK : turn_whole(d, p, ret);
}
