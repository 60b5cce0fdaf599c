/* stmt.c - statements, pipelines and bulk rows, handed to the database behind the store. */
#include "store/backend.h"

/* ---- kept by their text ---- */

static enum err prepare(struct store *s, const char *sql, struct stmt **ret)
{
	struct stmt *st;
	TRY(store_spoil(s, s->ops->prepare(s, sql, &st)));
	st->ops = s->ops;
	st->store = s;
	st->sql = xstrdup(sql);
	if (s->nstmts == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 64;
		s->stmts = xrealloc(s->stmts, s->cap * sizeof *s->stmts);
	}
	map_set(s->by_text, str_of(sql), (int64_t)s->nstmts);
	s->stmts[s->nstmts++] = st;
	*ret = st;
	return E_OK;
}

enum err store_stmt(struct store *s, const char *sql, struct stmt **ret)
{
	struct stmt **recent = &s->recent[((uintptr_t)sql >> 3) % RECENT];
	if (!*recent || strcmp((*recent)->sql, sql) != 0) {
		int64_t i;
		if (map_get(s->by_text, str_of(sql), &i))
			*recent = s->stmts[i];
		else
			TRY(prepare(s, sql, recent));
	}
	struct stmt *st = *recent;
	st->ops->clear(st);
	st->active = false;
	*ret = st;
	return E_OK;
}

void stmt_int(struct stmt *st, int i, int64_t v)
{
	st->ops->bind_int(st, i, v);
}

void stmt_text(struct stmt *st, int i, struct str v)
{
	st->ops->bind_text(st, i, v);
}

void stmt_blob(struct stmt *st, int i, const void *p, size_t n)
{
	st->ops->bind_blob(st, i, p, n);
}

void stmt_null(struct stmt *st, int i)
{
	st->ops->bind_null(st, i);
}

/* ---- running ---- */

static enum err begin(struct stmt *st)
{
	struct store *s = st->store;
	if (s->bulk.open)
		bug("a statement while bulk rows are being sent: %s", st->sql);
	if (s->guard)
		TRY(store_guard(s));
	if (st->writes && s->txn == TXN_READ)
		return FAULT("a write inside a reading transaction: %s", st->sql);
	st->depth = s->depth;
	return E_OK;
}

enum err stmt_step(struct stmt *st, bool *ret_row)
{
	if (!st->active) {
		enum err e = begin(st);
		if (e != E_OK)
			return store_spoil(st->store, e);
		st->active = true;
	}
	enum err e = st->ops->step(st, ret_row);
	if (e != E_OK) {
		st->active = false;
		return store_spoil(st->store, e);
	}
	st->active = *ret_row;
	return E_OK;
}

enum err stmt_run(struct stmt *st)
{
	enum err e = begin(st);
	if (e == E_OK)
		e = st->ops->run(st);
	st->active = false;
	return e == E_OK ? E_OK : store_spoil(st->store, e);
}

void stmt_reset(struct stmt *st)
{
	st->ops->reset(st);
	st->active = false;
}

int64_t stmt_changed(struct stmt *st)
{
	return st->ops->changed(st);
}

/* ---- the row ---- */

bool stmt_is_null(struct stmt *st, int column)
{
	return st->ops->is_null(st, column);
}

int64_t stmt_get_int(struct stmt *st, int column)
{
	return st->ops->get_int(st, column);
}

struct str stmt_get_text(struct stmt *st, int column)
{
	return st->ops->get_text(st, column);
}

char stmt_type(struct stmt *st, int column)
{
	return st->ops->type(st, column);
}

void stmt_values(struct stmt *st, struct stmt_value *ret, int n)
{
	st->ops->values(st, ret, n);
}

int stmt_columns(struct stmt *st)
{
	return st->ops->columns(st);
}

const char *stmt_column_name(struct stmt *st, int column)
{
	return st->ops->column_name(st, column);
}

/* ---- the store as a whole ---- */

enum err pipeline_begin(struct store *s)
{
	return s->ops->pipeline_begin(s);
}

enum err pipeline_sync(struct store *s)
{
	return store_spoil(s, s->ops->pipeline_sync(s));
}

enum err store_exec(struct store *s, const char *sql)
{
	if (s->bulk.open)
		bug("a statement while bulk rows are being sent: %s", sql);
	enum err e = store_admit(s);
	return store_spoil(s, e == E_OK ? s->ops->exec(s, sql) : e);
}

enum err store_get_int(struct store *s, const char *sql, int64_t fallback, int64_t *ret)
{
	struct stmt *st;
	bool row = false;
	TRY(store_stmt(s, sql, &st));
	TRY(stmt_step(st, &row));
	*ret = row && !stmt_is_null(st, 0) ? stmt_get_int(st, 0) : fallback;
	stmt_reset(st);
	return E_OK;
}

/* ---- bulk ---- */

enum err bulk_begin(struct store *s, const char *table, const char *const *columns, const char *kinds,
		    struct bulk **ret)
{
	if (s->txn != TXN_WRITE || s->bulk.open)
		bug("bulk rows of %s outside a write transaction, or inside other bulk rows", table);
	TRY(store_admit(s));
	TRY(store_spoil(s, s->ops->bulk_begin(s, table, columns, kinds)));
	s->bulk.open = true;
	*ret = &s->bulk;
	return E_OK;
}

void bulk_int(struct bulk *b, int64_t v)
{
	b->ops->bulk_int(b->store, v);
}

void bulk_text(struct bulk *b, struct str v)
{
	b->ops->bulk_text(b->store, v);
}

void bulk_blob(struct bulk *b, const void *p, size_t n)
{
	b->ops->bulk_blob(b->store, p, n);
}

void bulk_null(struct bulk *b)
{
	b->ops->bulk_null(b->store);
}

enum err bulk_row(struct bulk *b)
{
	struct store *s = b->store;
	enum err e = store_admit(s);
	return store_spoil(s, e == E_OK ? s->ops->bulk_row(s) : e);
}

/* After a failed row, or when the transaction was given up meanwhile, nothing is sent and the failure stays. */
enum err bulk_end(struct bulk *b)
{
	struct store *s = b->store;
	if (!b->open)
		return FAULT("the bulk rows were given up with their transaction");
	bool keep = !s->spoilt && !s->gone;
	enum err e = s->ops->bulk_end(s, keep);
	b->open = false;
	return keep ? store_spoil(s, e) : store_guard(s);
}
