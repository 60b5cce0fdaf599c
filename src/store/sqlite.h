/* sqlite.h - what the files of the SQLite backend share. */
#ifndef MERIT_STORE_SQLITE_H
#define MERIT_STORE_SQLITE_H

#include "base/buf.h"
#include "store/backend.h"

#include <sqlite3.h>

enum { LITE_BEGIN, LITE_BEGIN_WRITE, LITE_COMMIT, LITE_ROLLBACK, LITE_SAVEPOINT, LITE_KEEP, LITE_UNDO, LITE_VERBS };

struct lite_bulk { /* bulk rows on their way */
	sqlite3_stmt *one, *many;
	struct lite_cell *cells; /* values of rows that wait for their statement */
	size_t columns, at;      /* a row's values; values waiting */
	bool trusted;            /* references are not looked up meanwhile */
	struct buf bytes, sql;   /* of texts; of the statement */
};
struct lite {
	struct store base;
	sqlite3 *db;
	sqlite3_stmt *verbs[LITE_VERBS];
	struct lite_bulk bulk;
	bool ruined; /* without a journal nothing can be undone: the file is lost */
};
struct lite_stmt {
	struct stmt base;
	sqlite3_stmt *st;
	int64_t changed;
};

static inline struct lite *lite_of(struct store *s)
{
	return (struct lite *)s;
}

/* Turns a result code into an answer or a fault with words; sql may be NULL. Notes when the whole transaction is gone.
 */
enum err lite_error(struct lite *l, int rc, const char *sql);
enum err lite_prepare_raw(struct lite *l, const char *sql, sqlite3_stmt **ret);

enum err lite_open(const char *where, enum store_mode mode, bool again, struct store **ret);
void lite_close(struct store *s);
enum err lite_built(struct store *s);
void lite_bound(int rc, sqlite3_stmt *st, int i); /* a value that cannot be bound is a mistake of ours */
/* The statements of sqlite_stmt.c and the bulk rows of sqlite_bulk.c, for the table in sqlite.c. */
enum err lite_prepare(struct store *s, const char *sql, struct stmt **ret);
void lite_release(struct stmt *st);
void lite_clear(struct stmt *st);
void lite_bind_int(struct stmt *st, int i, int64_t v);
void lite_bind_text(struct stmt *st, int i, struct str v);
void lite_bind_blob(struct stmt *st, int i, const void *p, size_t n);
void lite_bind_null(struct stmt *st, int i);
enum err lite_step(struct stmt *st, bool *ret_row);
enum err lite_run(struct stmt *st);
void lite_reset(struct stmt *st);
int64_t lite_changed(struct stmt *st);
bool lite_is_null(struct stmt *st, int column);
int64_t lite_get_int(struct stmt *st, int column);
struct str lite_get_text(struct stmt *st, int column);
char lite_type(struct stmt *st, int column);
int lite_columns(struct stmt *st);
void lite_values(struct stmt *st, struct stmt_value *ret, int n);
const char *lite_column_name(struct stmt *st, int column);
enum err lite_bulk_begin(struct store *s, const char *table, const char *const *columns, const char *kinds);
void lite_bulk_int(struct store *s, int64_t v);
void lite_bulk_text(struct store *s, struct str v);
void lite_bulk_blob(struct store *s, const void *p, size_t n);
void lite_bulk_null(struct store *s);
enum err lite_bulk_row(struct store *s);
enum err lite_bulk_end(struct store *s, bool keep_rows);
void lite_bulk_over(struct lite *l); /* references are looked up again, as before the bulk rows */
void lite_bulk_release(struct lite_bulk *b);

#endif
