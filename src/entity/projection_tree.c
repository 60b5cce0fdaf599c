/* projection_tree.c - the numbers of a tree: looked up for the rows that hold them, and moved when the tree changes. */
#include "base/buf.h"
#include "entity/list.h"
#include "entity/plan.h"
#include "entity/preorder.h"
#include "entity/projection_inner.h"

/* More pieces than this are not moved one by one: all rows are derived again. */
#define PIECES 12

void ids_add(struct ids *to, int64_t id)
{
	if (to->n == to->cap) {
		to->cap = to->cap ? to->cap * 2 : 64;
		to->list = xrealloc(to->list, to->cap * sizeof *to->list);
	}
	to->list[to->n++] = id;
}

void ids_release(struct ids *ids)
{
	free(ids->list);
}

const struct entity *numbers_of(const struct projection *p, int column, bool *ret_own)
{
	const struct projected *x = &p->columns[column];
	*ret_own = false;
	if ((!x->order && !x->last) || !x->from)
		return NULL;
	if (x->from == p->of && !x->then && x->field == preorder_field(p->of)) {
		*ret_own = true;
		return p->of;
	}
	return x->then ? x->then->fields[x->then_field].ref : x->from->fields[x->field].ref;
}

/* Columns of the tree's own projection. */
static int own_column(const struct projection *p, bool last)
{
	bool own;
	for (int i = 0; p && i < p->ncolumns; i++)
		if (numbers_of(p, i, &own) && own && p->columns[i].last == last)
			return i;
	return -1;
}

/* ---- looking up ---- */

struct tree_table {
	struct tree_table *next;
	const struct entity *e;
	struct arena arena;
	struct preorder tree;
};

static enum err get_bound(struct ctx *c, struct buf *sql, int64_t value, int64_t otherwise, int64_t *ret)
{
	struct stmt *st;
	bool row;
	TRY(store_stmt(c->store, buf_str(sql), &st));
	stmt_int(st, 1, value);
	TRY(stmt_step(st, &row));
	*ret = row && !stmt_is_null(st, 0) ? stmt_get_int(st, 0) : otherwise;
	stmt_reset(st);
	return E_OK;
}

/* The day of which the stored numbers of a tree are: today, or the day before the first turn that nobody made yet. */
static enum err day_of_numbers(struct ctx *c, const struct entity *e, date *ret)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	int64_t first, real;
	*ret = c->today;
	buf_printf(&sql, "SELECT min(turns_on) FROM %s WHERE turns_on IS NOT NULL AND turns_on <= ?",
		   projection_of(c->registry, e)->name);
	TRY(get_bound(c, &sql, c->today, DATE_MIN, &first));
	if (first <= DATE_MIN)
		return E_OK;
	/* Unless that day was written by hand, something begins or ends on it. */
	buf_reset(&sql);
	buf_printf(&sql, "SELECT count(*) FROM %s WHERE known_to IS NULL AND valid_from = ?", plan_of(c, e)->rows);
	TRY(get_bound(c, &sql, first, 0, &real));
	if (real)
		*ret = (date)first - 1;
	return E_OK;
}

static enum err load_fresh(struct deriving *d, const struct entity *e, struct tree_table *t)
{
	date day = d->c->today;
	if (d->audit)
		TRY(day_of_numbers(d->c, e, &day));
	return preorder_load(d->c, e, day, &t->arena, &t->tree);
}

static enum err load_stored(struct ctx *c, const struct entity *e, struct arena *a, struct preorder *ret)
{
	const struct projection *p = projection_of(c->registry, e);
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	size_t n;
	bool row;
	TRY(projection_most(c, p, &n));
	*ret = (struct preorder){ (int64_t)n, ARENA_ARRAY(a, int64_t, n + 1), ARENA_ARRAY(a, int64_t, n + 1) };
	buf_printf(&sql, "SELECT id, %s, %s FROM %s WHERE id >= 1 AND id <= ?", p->columns[own_column(p, false)].name,
		   p->columns[own_column(p, true)].name, p->name);
	TRY(store_stmt(c->store, buf_str(&sql), &st));
	stmt_int(st, 1, ret->n);
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		ret->order[stmt_get_int(st, 0)] = stmt_get_int(st, 1);
		ret->last[stmt_get_int(st, 0)] = stmt_get_int(st, 2);
	}
}

static enum err table_of(struct deriving *d, const struct entity *e, const struct preorder **ret)
{
	struct tree_table *t = d->trees;
	while (t && t->e != e)
		t = t->next;
	if (!t) {
		t = xcalloc(1, sizeof *t);
		*t = (struct tree_table){ .next = d->trees, .e = e };
		d->trees = t;
		TRY(d->fresh ? load_fresh(d, e, t) : load_stored(d->c, e, &t->arena, &t->tree));
	}
	*ret = &t->tree;
	return E_OK;
}

void numbers_forget(struct deriving *d)
{
	while (d->trees && !d->borrowed) {
		struct tree_table *t = d->trees;
		d->trees = t->next;
		arena_release(&t->arena);
		free(t);
	}
}

enum err number_find(struct deriving *d, const struct entity *e, int64_t id, bool last, struct cell *ret)
{
	const struct preorder *t;
	TRY(table_of(d, e, &t));
	*ret = (struct cell){ 0 };
	if (id >= 1 && id <= t->n && t->order[id])
		*ret = (struct cell){ .set = true, .i = last ? t->last[id] : t->order[id] };
	return E_OK;
}

/* ---- numbering anew ---- */

/* Numbers low … high become greater by `by`; or nothing, where the record is gone from the tree. */
struct piece {
	int64_t low, high, by;
	bool gone;
};
struct moving {
	struct ctx *c;
	const struct projection *of;
	struct preorder old, new;
	struct piece pieces[PIECES];
	size_t n;
	bool many;   /* more pieces than are kept */
	bool gained; /* a record that stood before has a number again */
};

static enum err write_own(struct moving *m, int64_t id)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	buf_printf(&sql, "UPDATE %s SET %s = ?, %s = ? WHERE id = ?", m->of->name,
		   m->of->columns[own_column(m->of, false)].name, m->of->columns[own_column(m->of, true)].name);
	TRY(store_stmt(m->c->store, buf_str(&sql), &st));
	if (m->new.order[id]) {
		stmt_int(st, 1, m->new.order[id]);
		stmt_int(st, 2, m->new.last[id]);
	} else {
		stmt_null(st, 1);
		stmt_null(st, 2);
	}
	stmt_int(st, 3, id);
	return stmt_run(st);
}

/* The old numbers in order, each with where it goes. */
static void add_piece(struct moving *m, int64_t old, int64_t new)
{
	struct piece *last = m->n ? &m->pieces[m->n - 1] : NULL;
	bool gone = new == 0;
	if (last && last->high + 1 == old && last->gone == gone && (gone || last->by == new - old)) {
		last->high = old;
	} else if (new != old && m->n == PIECES) {
		m->many = true;
	} else if (new != old) {
		m->pieces[m->n++] = (struct piece){ old, old, new - old, gone };
	}
}

static void find_pieces(struct moving *m, struct arena *a)
{
	int64_t most = 0;
	for (int64_t id = 1; id <= m->old.n; id++)
		most = m->old.order[id] > most ? m->old.order[id] : most;
	int64_t *by_number = ARENA_ARRAY(a, int64_t, most + 1);
	for (int64_t id = 1; id <= m->old.n; id++)
		by_number[m->old.order[id]] = id;
	for (int64_t k = 1; k <= most; k++)
		if (by_number[k])
			add_piece(m, k, by_number[k] <= m->new.n ? m->new.order[by_number[k]] : 0);
}

/* A record that is new in this entry: what refers to it was not there before either, and takes its number itself. */
static enum err is_new(struct moving *m, int64_t id, bool *ret)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	int64_t created;
	buf_printf(&sql, "SELECT created FROM %s WHERE id = ?", m->of->of->name);
	TRY(get_bound(m->c, &sql, id, 0, &created));
	*ret = created > ledger_head(m->c->ledger);
	return E_OK;
}

/* The tree's own rows; what the others have to follow. */
static enum err number_own(struct moving *m, bool *ret_changed)
{
	for (int64_t id = 1; id <= m->new.n &&id <= m->old.n; id++) {
		bool new = false;
		if (m->old.order[id] == m->new.order[id] && m->old.last[id] == m->new.last[id])
			continue;
		*ret_changed = true;
		TRY(write_own(m, id));
		if (m->old.order[id] == 0 && !m->gained) {
			TRY(is_new(m, id, &new));
			m->gained = !new;
		}
	}
	return E_OK;
}

static void pieces_sql(const struct moving *m, const char *table, const char *column, struct buf *sql)
{
	buf_printf(sql, "UPDATE %s SET %s = CASE", table, column);
	for (size_t i = 0; i < m->n; i++) {
		buf_printf(sql, " WHEN %s BETWEEN ? AND ? THEN ", column);
		if (m->pieces[i].gone)
			buf_printf(sql, "NULLIF(%s, %s)", column, column); /* a NULL that is a number */
		else
			buf_printf(sql, "%s + ?", column);
	}
	buf_text(sql, " END WHERE ");
	for (size_t i = 0; i < m->n; i++)
		buf_printf(sql, "%s%s BETWEEN ? AND ?", i ? " OR " : "", column);
}

static enum err move_pieces(struct moving *m, const char *table, const char *column)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	int at = 1;
	pieces_sql(m, table, column, &sql);
	TRY(store_stmt(m->c->store, buf_str(&sql), &st));
	for (size_t k = 0; k < 2 * m->n; k++) {
		const struct piece *p = &m->pieces[k % m->n];
		stmt_int(st, at++, p->low);
		stmt_int(st, at++, p->high);
		if (k < m->n && !p->gone)
			stmt_int(st, at++, p->by);
	}
	return stmt_run(st);
}

static enum err lacking(struct ctx *c, const struct projection *p, int column, struct ids *ret)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	bool row;
	buf_printf(&sql, "SELECT id FROM %s WHERE %s IS NULL ORDER BY id", p->name, p->columns[column].name);
	TRY(store_stmt(c->store, buf_str(&sql), &st));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		ids_add(ret, stmt_get_int(st, 0));
	}
}

/* One column of another projection follows. */
static enum err follow(struct moving *m, const struct projection *p, int column)
{
	struct ids ids CLEANUP(ids_release) = { 0 };
	struct deriving d = { .c = m->c, .today = m->c->today, .columns = UINT64_C(1) << column };
	if (m->many) {
		TRY(projection_most(m->c, p, &d.n));
		return projection_run(&d, p);
	}
	if (m->n)
		TRY(move_pieces(m, p->name, p->columns[column].name));
	if (!m->gained)
		return E_OK;
	TRY(lacking(m->c, p, column, &ids));
	d.keys = ids.list;
	d.n = ids.n;
	return ids.n ? projection_run(&d, p) : E_OK;
}

static enum err follow_all(struct moving *m)
{
	for (size_t i = 0; m->c->registry->projections[i]; i++) {
		const struct projection *p = m->c->registry->projections[i];
		bool own;
		for (int k = 0; p != m->of && k < p->ncolumns; k++)
			if (numbers_of(p, k, &own) == m->of->of)
				TRY(follow(m, p, k));
	}
	return E_OK;
}

enum err projection_number(struct ctx *c, const struct projection *p)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct moving m = { .c = c, .of = p };
	bool changed = false;
	if (own_column(p, false) < 0 || own_column(p, true) < 0)
		return E_OK;
	TRY(load_stored(c, p->of, &a, &m.old));
	TRY(preorder_load(c, p->of, c->today, &a, &m.new));
	TRY(number_own(&m, &changed));
	if (!changed)
		return E_OK;
	find_pieces(&m, &a);
	return follow_all(&m);
}
