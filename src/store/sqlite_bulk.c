/* sqlite_bulk.c - bulk rows over SQLite: many rows a statement, since starting and ending one costs as much as a row.
 */
#include "store/sqlite.h"

#define TOGETHER 16

struct lite_cell {
	enum cell_kind { NOTHING, NUMBER, TEXT, BYTES } kind;
	int64_t i; /* NUMBER; else where in `bytes` it begins */
	size_t n;
};

/* Whoever sends many rows has looked up their references, all at once. */
static void trust(struct lite *l)
{
	int checked = 0;
	sqlite3_db_config(l->db, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &checked);
	if (!checked)
		return;
	sqlite3_db_config(l->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
	l->bulk.trusted = true;
}

void lite_bulk_over(struct lite *l)
{
	if (l->bulk.trusted)
		sqlite3_db_config(l->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	l->bulk.trusted = false;
}

static void begin(struct buf *sql, const char *table, const char *const *columns, size_t n)
{
	/* OR FAIL: a failed row gives up the transaction anyway, so nothing need be kept to undo a statement. */
	buf_printf(sql, "INSERT OR FAIL INTO %s (", table);
	for (size_t i = 0; i < n; i++)
		buf_printf(sql, "%s%s", i ? ", " : "", columns[i]);
	buf_text(sql, ") VALUES ");
}

static void add_row(struct buf *sql, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_text(sql, i ? ", ?" : "(?");
	buf_char(sql, ')');
}

static enum err statement(struct store *s, struct buf *sql, sqlite3_stmt **ret)
{
	struct stmt *st;
	TRY(store_stmt(s, buf_str(sql), &st));
	*ret = ((struct lite_stmt *)st)->st;
	return E_OK;
}

enum err lite_bulk_begin(struct store *s, const char *table, const char *const *columns, const char *kinds)
{
	struct lite_bulk *b = &lite_of(s)->bulk;
	trust(lite_of(s));
	b->columns = strlen(kinds);
	b->at = 0;
	b->many = NULL;
	b->cells = xrealloc(b->cells, b->columns * TOGETHER * sizeof *b->cells);
	buf_reset(&b->bytes);
	buf_reset(&b->sql);
	begin(&b->sql, table, columns, b->columns);
	add_row(&b->sql, b->columns);
	return statement(s, &b->sql, &b->one);
}

static struct lite_cell *cell(struct store *s)
{
	struct lite_bulk *b = &lite_of(s)->bulk;
	if (b->at == b->columns * TOGETHER)
		bug("too many values in a row: %s", sqlite3_sql(b->one));
	return &b->cells[b->at++];
}

static void keep(struct store *s, enum cell_kind kind, const void *p, size_t n)
{
	struct buf *bytes = &lite_of(s)->bulk.bytes;
	*cell(s) = (struct lite_cell){ .kind = kind, .i = (int64_t)bytes->n, .n = n };
	if (n)
		buf_add(bytes, p, n);
}

void lite_bulk_int(struct store *s, int64_t v)
{
	*cell(s) = (struct lite_cell){ .kind = NUMBER, .i = v };
}

void lite_bulk_text(struct store *s, struct str v)
{
	keep(s, TEXT, v.p, v.n);
}

void lite_bulk_blob(struct store *s, const void *p, size_t n)
{
	keep(s, BYTES, p, n);
}

void lite_bulk_null(struct store *s)
{
	*cell(s) = (struct lite_cell){ .kind = NOTHING };
}

static void bind(struct lite_bulk *b, sqlite3_stmt *st, int i, const struct lite_cell *c)
{
	const char *p = c->n ? b->bytes.p + c->i : "";
	int rc = SQLITE_OK;
	switch (c->kind) {
	case NOTHING:
		rc = sqlite3_bind_null(st, i);
		break;
	case NUMBER:
		rc = sqlite3_bind_int64(st, i, c->i);
		break;
	case TEXT:
		rc = sqlite3_bind_text64(st, i, p, c->n, SQLITE_STATIC, SQLITE_UTF8);
		break;
	case BYTES:
		rc = sqlite3_bind_blob64(st, i, p, c->n, SQLITE_STATIC);
		break;
	}
	lite_bound(rc, st, i);
}

static enum err insert(struct store *s, sqlite3_stmt *st, const struct lite_cell *cells, size_t n)
{
	struct lite *l = lite_of(s);
	for (size_t i = 0; i < n; i++)
		bind(&l->bulk, st, (int)i + 1, &cells[i]);
	int rc = sqlite3_step(st);
	enum err e = rc == SQLITE_DONE ? E_OK : lite_error(l, rc, sqlite3_sql(st));
	sqlite3_reset(st);
	return e;
}

static enum err insert_many(struct store *s)
{
	struct lite_bulk *b = &lite_of(s)->bulk;
	if (!b->many) {
		for (size_t i = 1; i < TOGETHER; i++) {
			buf_text(&b->sql, ", ");
			add_row(&b->sql, b->columns);
		}
		TRY(statement(s, &b->sql, &b->many));
	}
	TRY(insert(s, b->many, b->cells, b->at));
	b->at = 0;
	buf_reset(&b->bytes);
	return E_OK;
}

enum err lite_bulk_row(struct store *s)
{
	const struct lite_bulk *b = &lite_of(s)->bulk;
	if (b->at == 0 || b->at % b->columns != 0)
		bug("%zu values in rows of %zu: %s", b->at, b->columns, sqlite3_sql(b->one));
	return b->at == b->columns * TOGETHER ? insert_many(s) : E_OK;
}

static enum err insert_rest(struct store *s)
{
	struct lite_bulk *b = &lite_of(s)->bulk;
	if (b->at % b->columns != 0)
		bug("a row of bulk rows is not complete: %s", sqlite3_sql(b->one));
	for (size_t i = 0; i < b->at; i += b->columns)
		TRY(insert(s, b->one, b->cells + i, b->columns));
	return E_OK;
}

enum err lite_bulk_end(struct store *s, bool keep_rows)
{
	struct lite_bulk *b = &lite_of(s)->bulk;
	enum err e = keep_rows ? insert_rest(s) : E_OK;
	sqlite3_clear_bindings(b->one);
	if (b->many)
		sqlite3_clear_bindings(b->many);
	lite_bulk_over(lite_of(s));
	return e;
}

void lite_bulk_release(struct lite_bulk *b)
{
	free(b->cells);
	buf_release(&b->bytes);
	buf_release(&b->sql);
}
