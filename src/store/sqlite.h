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

#define X(answer, verb, arguments) answer lite_##verb arguments;
BACKEND_VERBS(X)
#undef X
void lite_bound(int rc, sqlite3_stmt *st, int i); /* a value that cannot be bound is a mistake of ours */
void lite_bulk_over(struct lite *l);              /* references are looked up again, as before the bulk rows */
void lite_bulk_release(struct lite_bulk *b);

#endif
