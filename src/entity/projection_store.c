/* projection_store.c - storing what changed of derived rows. */
#include "base/buf.h"
#include "entity/projection_inner.h"

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

enum err projection_run(struct deriving *d, const struct projection *p)
{
	struct buf insert CLEANUP(buf_release) = BUF_INIT;

	TRY(pipeline_begin(d->c->store));
	d->arg = &insert;
	d->use = store_row;
	enum err e = derive(d, p);
	d->arg = NULL;
	enum err synced = pipeline_sync(d->c->store);
	return e == E_OK ? synced : e;
}
