/* sqlite_stmt.c - statements over SQLite, as thin as can be. */
#include "store/sqlite.h"

static inline sqlite3_stmt *raw(struct stmt *st)
{
	return ((struct lite_stmt *)st)->st;
}

enum err lite_prepare(struct store *s, const char *sql, struct stmt **ret)
{
	sqlite3_stmt *st;
	TRY(lite_prepare_raw(lite_of(s), sql, &st));
	struct lite_stmt *new = xcalloc(1, sizeof *new);
	new->st = st;
	new->base.writes = !sqlite3_stmt_readonly(st);
	*ret = &new->base;
	return E_OK;
}

void lite_release(struct stmt *st)
{
	sqlite3_finalize(raw(st));
	free(st);
}

void lite_clear(struct stmt *st)
{
	sqlite3_reset(raw(st));
	sqlite3_clear_bindings(raw(st));
}

void lite_bound(int rc, sqlite3_stmt *st, int i)
{
	if (rc != SQLITE_OK)
		bug("value %d cannot be bound (%s): %s", i, sqlite3_errstr(rc), sqlite3_sql(st));
}

void lite_bind_int(struct stmt *st, int i, int64_t v)
{
	lite_bound(sqlite3_bind_int64(raw(st), i, v), raw(st), i);
}

/* A pointer of NULL would bind NULL, not an empty value. */
void lite_bind_text(struct stmt *st, int i, struct str v)
{
	lite_bound(sqlite3_bind_text64(raw(st), i, v.n ? v.p : "", v.n, SQLITE_STATIC, SQLITE_UTF8), raw(st), i);
}

void lite_bind_blob(struct stmt *st, int i, const void *p, size_t n)
{
	lite_bound(sqlite3_bind_blob64(raw(st), i, n ? p : "", n, SQLITE_STATIC), raw(st), i);
}

void lite_bind_null(struct stmt *st, int i)
{
	lite_bound(sqlite3_bind_null(raw(st), i), raw(st), i);
}

static enum err failed(struct stmt *st, int rc)
{
	enum err e = lite_error(lite_of(st->store), rc, st->sql);
	sqlite3_reset(raw(st));
	return e;
}

enum err lite_step(struct stmt *st, bool *ret_row)
{
	int rc = sqlite3_step(raw(st));
	if (rc == SQLITE_ROW) {
		*ret_row = true;
		return E_OK;
	}
	if (rc != SQLITE_DONE)
		return failed(st, rc);
	*ret_row = false;
	sqlite3_reset(raw(st));
	return E_OK;
}

enum err lite_run(struct stmt *st)
{
	struct lite_stmt *l = (struct lite_stmt *)st;
	int rc = sqlite3_step(l->st);
	while (rc == SQLITE_ROW)
		rc = sqlite3_step(l->st);
	if (rc != SQLITE_DONE)
		return failed(st, rc);
	l->changed = st->writes ? sqlite3_changes64(lite_of(st->store)->db) : 0;
	sqlite3_reset(l->st);
	return E_OK;
}

void lite_reset(struct stmt *st)
{
	sqlite3_reset(raw(st));
}

int64_t lite_changed(struct stmt *st)
{
	return ((struct lite_stmt *)st)->changed;
}

/* ---- the row ---- */

bool lite_is_null(struct stmt *st, int column)
{
	return sqlite3_column_type(raw(st), column) == SQLITE_NULL;
}

int64_t lite_get_int(struct stmt *st, int column)
{
	return sqlite3_column_int64(raw(st), column);
}

struct str lite_get_text(struct stmt *st, int column)
{
	const char *p = sqlite3_column_blob(raw(st), column);
	int n = sqlite3_column_bytes(raw(st), column);
	return p ? (struct str){ p, (size_t)n } : (struct str){ "", 0 };
}

char lite_type(struct stmt *st, int column)
{
	switch (sqlite3_column_type(raw(st), column)) {
	case SQLITE_INTEGER:
		return 'i';
	case SQLITE_TEXT:
		return 't';
	case SQLITE_BLOB:
		return 'b';
	case SQLITE_FLOAT:
		return 'f';
	default:
		return 0;
	}
}

void lite_values(struct stmt *st, struct stmt_value *ret, int n)
{
	for (int i = 0; i < n; i++) {
		sqlite3_value *v = sqlite3_column_value(raw(st), i);
		struct stmt_value *x = &ret[i];
		*x = (struct stmt_value){ .t.p = "" };
		switch (sqlite3_value_type(v)) {
		case SQLITE_INTEGER:
			x->type = 'i';
			x->i = sqlite3_value_int64(v);
			break;
		case SQLITE_TEXT:
		case SQLITE_BLOB:
			x->type = sqlite3_value_type(v) == SQLITE_TEXT ? 't' : 'b';
			if (sqlite3_value_bytes(v) > 0)
				x->t = (struct str){ sqlite3_value_blob(v), (size_t)sqlite3_value_bytes(v) };
			break;
		case SQLITE_FLOAT:
			x->type = 'f';
			break;
		default:
			break;
		}
	}
}

int lite_columns(struct stmt *st)
{
	return sqlite3_column_count(raw(st));
}

const char *lite_column_name(struct stmt *st, int column)
{
	return sqlite3_column_name(raw(st), column);
}
