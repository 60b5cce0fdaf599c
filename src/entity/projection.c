/* projection.c - deriving rows of what holds today, in ranges of ids, one source at a time. */
#include "entity/projection.h"

#include "entity/change.h"
#include "entity/inner.h"
#include "entity/plan.h"
#include "entity/projection_inner.h"
#include "entity/term.h"

#define RANGE 8192

static int64_t key_at(const struct deriving *d, size_t i)
{
	return d->keys ? d->keys[i] : (int64_t)i + 1;
}

/* All keys of one range of ids. */
static enum err derive_range(struct deriving *d, const struct projection *p, size_t from, size_t to)
{
	struct range r CLEANUP(range_release) = { 0 };

	TRY(range_load(d, p, d->keys ? d->keys + from : NULL, key_at(d, from), key_at(d, to - 1), to - from, &r));
	for (size_t i = 0; i < r.n; i++)
		if (r.rows[i].asked)
			TRY(d->use(d, p, &r.rows[i]));
	return E_OK;
}

enum err derive(struct deriving *d, const struct projection *p)
{
	size_t to;

	for (size_t from = 0; from < d->n; from = to) {
		int64_t low = key_at(d, from);
		for (to = from + 1; to < d->n && key_at(d, to) - low < RANGE; to++)
			;
		TRY(derive_range(d, p, from, to));
	}
	then_forget(d);
	return E_OK;
}

/* ---- storing what changed -------------------------------------------------------------------------------------------
 */

static void bind_cell(struct stmt *st, int i, const struct cell *x)
{
	if (!x->set)
		stmt_null(st, i);
	else if (x->text)
		stmt_text(st, i, x->t);
	else
		stmt_int(st, i, x->i);
}

bool cell_eq(const struct cell *a, const struct cell *b)
{
	if (a->set != b->set)
		return false;
	return !a->set || (a->text == b->text && (a->text ? str_eq(a->t, b->t) : a->i == b->i));
}

static void insert_sql(const struct projection *p, struct buf *sql)
{
	int n = cells_of(p);

	buf_printf(sql, "INSERT INTO %s (id", p->name);
	for (int i = 0; i < n; i++)
		buf_printf(sql, ", %s", cell_name(p, i));
	buf_text(sql, ") VALUES (?");
	for (int i = 0; i < n; i++)
		buf_text(sql, ", ?");
	buf_char(sql, ')');
}

static enum err insert_row(struct deriving *d, const struct projection *p, const struct derived *row)
{
	struct buf *sql = d->arg; /* written for the first row, used for all */
	struct stmt *st;
	int n = cells_of(p);

	if (sql->n == 0)
		insert_sql(p, sql);
	TRY(store_stmt(d->c->store, buf_str(sql), &st));
	stmt_int(st, 1, row->id);
	for (int i = 0; i < n; i++)
		bind_cell(st, i + 2, &row->now[i]);
	return stmt_run(st);
}

/* Only the columns that differ, so that indexes over the others stay untouched. */
static enum err update_row(struct deriving *d, const struct projection *p, const struct derived *row)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	int n = cells_of(p), at = 1, changed = 0;

	buf_printf(&sql, "UPDATE %s SET ", p->name);
	for (int i = 0; i < n; i++)
		if (!cell_eq(&row->old[i], &row->now[i]))
			buf_printf(&sql, "%s%s = ?", changed++ ? ", " : "", cell_name(p, i));
	if (changed == 0)
		return E_OK;
	buf_text(&sql, " WHERE id = ?");
	TRY(store_stmt(d->c->store, buf_str(&sql), &st));
	for (int i = 0; i < n; i++)
		if (!cell_eq(&row->old[i], &row->now[i]))
			bind_cell(st, at++, &row->now[i]);
	stmt_int(st, at, row->id);
	return stmt_run(st);
}

static enum err delete_row(struct deriving *d, const struct projection *p, int64_t id)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;

	buf_printf(&sql, "DELETE FROM %s WHERE id = ?", p->name);
	TRY(store_stmt(d->c->store, buf_str(&sql), &st));
	stmt_int(st, 1, id);
	return stmt_run(st);
}

static enum err store_row(struct deriving *d, const struct projection *p, const struct derived *row)
{
	if (row->exists && !row->stored)
		return insert_row(d, p, row);
	if (row->exists)
		return update_row(d, p, row);
	return row->stored ? delete_row(d, p, row->id) : E_OK;
}

static enum err run(struct deriving *d, const struct projection *p)
{
	struct buf insert CLEANUP(buf_release) = BUF_INIT;

	TRY(pipeline_begin(d->c->store));
	d->arg = &insert;
	enum err e = derive(d, p);
	d->arg = NULL;
	enum err synced = pipeline_sync(d->c->store);
	return e == E_OK ? synced : e;
}

/* ---- which rows a write touches
 * -------------------------------------------------------------------------------------- */

/* Bits of the columns that come from an entity directly; *ret_then: those that look into it through a reference. */
static uint64_t fed_by(const struct projection *p, const struct entity *e, uint64_t *ret_then)
{
	uint64_t own = 0;

	*ret_then = 0;
	for (int i = 0; i < p->ncolumns; i++) {
		/* With a record come its numbers. */
		if (p->columns[i].from == e || (e == p->of && e->alias && p->columns[i].from == e->alias->series))
			own |= UINT64_C(1) << i;
		if (p->columns[i].then == e)
			*ret_then |= UINT64_C(1) << i;
	}
	return own;
}

static bool is_alias_of(const struct entity *e, const struct entity *of)
{
	return of->alias && of->alias->series == e;
}

static enum err most_of(struct ctx *c, const struct entity *e, size_t *ret)
{
	int64_t most;

	TRY(store_get_int(c->store, plan_of(c, e)->max_id, 0, &most));
	*ret = (size_t)most;
	return E_OK;
}

static enum err derive_own(struct ctx *c, const struct projection *p, const struct entity *e, uint64_t own,
			   const int64_t *keys, size_t n)
{
	struct deriving d = { .c = c, .today = c->today, .keys = keys, .n = n, .columns = own, .use = store_row };

	d.code = e == p->of || is_alias_of(e, p->of);
	if (own || d.code)
		return run(&d, p);
	return E_OK;
}

/* A change of what rows refer to: every row may be concerned. */
static enum err derive_through(struct ctx *c, const struct projection *p, uint64_t then)
{
	struct deriving d = { .c = c, .today = c->today, .columns = then, .use = store_row };

	TRY(most_of(c, p->of, &d.n));
	return run(&d, p);
}

enum err projection_bulk(struct ctx *c, const struct entity *e, const int64_t *keys, size_t n)
{
	for (size_t i = 0; n && c->registry->projections && c->registry->projections[i]; i++) {
		const struct projection *p = c->registry->projections[i];
		uint64_t then, own = fed_by(p, e, &then);
		if (e == p->of || e->owner == p->of)
			TRY(derive_own(c, p, e, own, keys, n));
		if (then)
			TRY(derive_through(c, p, then));
	}
	return E_OK;
}

enum err projection_touch(struct ctx *c, const struct entity *e, int64_t key)
{
	return projection_bulk(c, e, &key, 1);
}

/* ---- midnight, rebuilding
 * ----------------------------------------------------------------------------------------------- */

static enum err turned(struct ctx *c, const struct projection *p, int64_t **ret, size_t *ret_n)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	size_t n = 0, cap = 0;
	bool row;

	buf_printf(&sql, "SELECT id FROM %s WHERE turns_on IS NOT NULL AND turns_on <= ? ORDER BY id", p->name);
	TRY(store_stmt(c->store, buf_str(&sql), &st));
	stmt_int(st, 1, c->today);
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			break;
		if (n == cap) {
			cap = cap ? cap * 2 : 256;
			*ret = xrealloc(*ret, cap * sizeof **ret);
		}
		(*ret)[n++] = stmt_get_int(st, 0);
	}
	*ret_n = n;
	return E_OK;
}

static void ids_free(int64_t **ids)
{
	free(*ids);
}

static enum err turn_one(struct ctx *c, const struct projection *p, bool *ret_some, bool write)
{
	int64_t *ids CLEANUP(ids_free) = NULL;
	struct deriving d = { .c = c, .today = c->today, .columns = UINT64_MAX, .code = true, .use = store_row };

	TRY(turned(c, p, &ids, &d.n));
	*ret_some |= d.n > 0;
	d.keys = ids;
	return write && d.n ? run(&d, p) : E_OK;
}

static enum err turn_all(struct ctx *c, bool *ret_some, bool write)
{
	for (size_t i = 0; c->registry->projections && c->registry->projections[i]; i++)
		TRY(turn_one(c, c->registry->projections[i], ret_some, write));
	return E_OK;
}

enum err projections_turn(struct ctx *c)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	bool some = false;

	TRY(turn_all(c, &some, false));
	if (!some)
		return E_OK;
	TRY(txn_write(c->store, &t));
	TRY(turn_all(c, &some, true));
	return txn_commit(&t);
}

static enum err rebuild_all(struct ctx *c)
{
	for (size_t i = 0; c->registry->projections && c->registry->projections[i]; i++) {
		const struct projection *p = c->registry->projections[i];
		struct deriving d = {
			.c = c, .today = c->today, .columns = UINT64_MAX, .code = true, .use = store_row
		};
		struct buf sql CLEANUP(buf_release) = BUF_INIT;
		buf_printf(&sql, "DELETE FROM %s", p->name);
		TRY(store_exec(c->store, buf_str(&sql)));
		TRY(most_of(c, p->of, &d.n));
		TRY(run(&d, p));
	}
	return E_OK;
}

enum err projections_rebuild(struct ctx *c)
{
	struct txn t CLEANUP(txn_end) = { 0 };

	TRY(txn_write(c->store, &t));
	TRY(rebuild_all(c));
	TRY(term_rebuild(c));
	c->inner->derive_later = false;
	return txn_commit(&t);
}

void projections_later(struct ctx *c)
{
	c->inner->derive_later = true;
}
