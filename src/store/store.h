/* store.h - one contract over SQLite and PostgreSQL: statements, pipelines, bulk rows, transactions, schema.
 *
 * A store is one connection and belongs to one thread at a time. SQL is written in the common subset with `?`
 * placeholders; types in declarations are INTEGER (64 bit), TEXT (byte order in both), BLOB. What differs between the
 * two databases is inside sqlite.c and postgres.c and nowhere else.
 * Faults carry the database's own words. E_BUSY: another process holds the write lock longer than ten seconds (or
 * MERIT_WAIT_MS, for tests). E_INVALID from a statement: the file is damaged. A failed statement spoils its transaction
 * back to the enclosing savepoint: until savepoint_undo() or txn_end() all else fails with the first failure's words.
 */
#ifndef MERIT_STORE_STORE_H
#define MERIT_STORE_STORE_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct store;
struct stmt;

enum store_mode {
	STORE_READ,   /* an existing store, for reading; writes are refused by the database itself */
	STORE_WRITE,  /* an existing store */
	STORE_CREATE, /* a new one: E_CONFLICT when the file exists, or the PostgreSQL schema already holds tables */
	STORE_BUILD   /* a new one that nobody else sees: SQLite without journal and sync until store_built() */
};

/* where: a file name or a postgresql:// URL (a URL may carry ?options=-csearch_path%3Dname, the schema is created if
 * absent). E_MISSING: no such store. E_INVALID: not a database of ours (an empty or foreign file). E_DENIED: the file
 * or folder cannot be opened as asked. The faults' text says what and what to do. */
MUST_CHECK enum err store_open(const char *where, enum store_mode mode, struct store **ret);
void store_close(struct store *s); /* rolls back what is open; NULL is fine */
void store_close_p(struct store **s);
/* Gives back what long reading has taken of memory; between two transactions. */
void store_rest(struct store *s);
/* The same place opened once more for another thread. */
MUST_CHECK enum err store_again(struct store *s, enum store_mode mode, struct store **ret);
bool store_is_postgres(const struct store *s);
bool store_is_url(const char *where);
/* Whether a second connection can read it: not before store_built() where the database has one in the making. */
bool store_is_shared(const struct store *s);
/* After STORE_BUILD: everything is synced to disk and the store is as one opened with STORE_WRITE. */
MUST_CHECK enum err store_built(struct store *s);

/* ---- transactions: an open one that leaves scope rolls back ---- */
struct txn {
	struct store *store; /* NULL when ended */
};
/* Reads see one state until the end. */
MUST_CHECK enum err txn_read(struct store *s, struct txn *ret);
/* The only writer: takes the write lock (SQLite BEGIN IMMEDIATE, PostgreSQL an advisory lock held to commit), waiting
 * up to ten seconds, then E_BUSY. */
MUST_CHECK enum err txn_write(struct store *s, struct txn *ret);
/* Runs the before-commit hook first. When the after-commit hook fails its answer is returned, but what was committed
 * stands. In every case the transaction has ended. */
MUST_CHECK enum err txn_commit(struct txn *t);
void txn_end(struct txn *t);                    /* rolls back if still open; fit for CLEANUP */
MUST_CHECK enum err savepoint(struct store *s); /* nested, unnamed */
MUST_CHECK enum err savepoint_keep(struct store *s);
MUST_CHECK enum err savepoint_undo(struct store *s);
/* Called inside every txn_commit of a write transaction, before the COMMIT; set by the ledger. */
void store_before_commit(struct store *s, enum err (*hook)(struct store *, void *arg), void *arg);
void store_after_commit(struct store *s, enum err (*hook)(struct store *, void *arg), void *arg);
/* Called when a write transaction is given up. */
void store_on_rollback(struct store *s, void (*hook)(struct store *, void *arg), void *arg);

/* ---- statements ---- */
/* Prepared once a connection and kept: the same text gives the same statement, reset and with no values bound. It stays
 * owned by the store. Do not nest two uses of one text. */
MUST_CHECK enum err store_stmt(struct store *s, const char *sql, struct stmt **ret);
void stmt_int(struct stmt *st, int i, int64_t v);     /* i counts from 1 */
void stmt_text(struct stmt *st, int i, struct str v); /* bytes must live until the statement has run */
void stmt_blob(struct stmt *st, int i, const void *p, size_t n);
void stmt_null(struct stmt *st, int i);
/* The next row, or *ret_row = false at the end (the statement is then reset). Column values are valid until the next
 * step. PostgreSQL fetches in chunks, so that a result of millions needs little memory. */
MUST_CHECK enum err stmt_step(struct stmt *st, bool *ret_row);
MUST_CHECK enum err stmt_run(struct stmt *st);         /* runs to the end, ignoring rows; resets */
void stmt_reset(struct stmt *st);                      /* gives up the rest of the rows */
int64_t stmt_changed(struct stmt *st);                 /* rows changed by the last stmt_run */
bool stmt_is_null(struct stmt *st, int column);        /* columns count from 0 */
int64_t stmt_get_int(struct stmt *st, int column);     /* 0 for NULL */
struct str stmt_get_text(struct stmt *st, int column); /* also for BLOB; empty for NULL */
/* What the value really is: 'i', 't', 'b' or 0 for NULL. A hostile SQLite file can hold a text where an integer is
 * declared; readers that must not trust use this. */
char stmt_type(struct stmt *st, int column);
/* The first n values of the row at once: what stmt_type(), stmt_get_int() and stmt_get_text() say of each. For readers
 * of whole tables, to whom asking thrice a value costs as much as reading it. */
struct stmt_value {
	char type;
	int64_t i;    /* of 'i', else 0 */
	struct str t; /* of 't' and 'b', else empty */
};
void stmt_values(struct stmt *st, struct stmt_value *ret, int n);
int stmt_columns(struct stmt *st); /* this and the names: once it has been stepped */
const char *stmt_column_name(struct stmt *st, int column);

/* Pipelining: between begin and sync, stmt_run only queues on PostgreSQL and answers at once; sync waits for all and
 * answers with the first failure. On SQLite both do nothing. stmt_step inside syncs by itself. */
MUST_CHECK enum err pipeline_begin(struct store *s);
MUST_CHECK enum err pipeline_sync(struct store *s);

/* Text with `;` between statements and no placeholders: schema, pragmas. */
MUST_CHECK enum err store_exec(struct store *s, const char *sql);
/* One integer of one row; fallback when there is no row or it is NULL. */
MUST_CHECK enum err store_get_int(struct store *s, const char *sql, int64_t fallback, int64_t *ret);

/* ---- bulk: many rows into one table, inside a write transaction ---- */
/* Their references the caller has looked up: SQLite does not do it again. A row that fails is told by its bulk_row(), a
 * later one or bulk_end(). SQLite: kept INSERTs of many rows. PostgreSQL: binary COPY on the same connection; between
 * begin and end nothing else may run on this store. kinds has a letter a column: i, t, b. */
struct bulk;
MUST_CHECK enum err bulk_begin(struct store *s, const char *table, const char *const *columns, const char *kinds,
			       struct bulk **ret);
void bulk_int(struct bulk *b, int64_t v);                /* values in column order */
void bulk_text(struct bulk *b, struct str v);            /* bytes must live until bulk_row() */
void bulk_blob(struct bulk *b, const void *p, size_t n); /* likewise */
void bulk_null(struct bulk *b);
MUST_CHECK enum err bulk_row(struct bulk *b); /* after the last value */
MUST_CHECK enum err bulk_end(struct bulk *b); /* frees b in every case */

/* ---- schema ---- */
struct column {
	const char *name;
	char kind;        /* i, t, b */
	bool required;    /* NOT NULL; only in a new table */
	const char *more; /* further words of the common subset, such as "UNIQUE" or "REFERENCES entry"; NULL: none */
};
struct table {
	const char *name;
	const char *key; /* the single INTEGER PRIMARY KEY column, or NULL */
	const char
		*more; /* table constraint of the common subset, such as "PRIMARY KEY (entry, level, i)"; NULL: none */
	const struct column *columns; /* the key column is among them */
	size_t ncolumns;
	bool clustered; /* rows stand in the order of the PRIMARY KEY that `more` names, where the database can do it */
	const char *const *
		indexes; /* "[UNIQUE ]INDEX name ON table (…) [WHERE …]" without CREATE; NULL-terminated; may be NULL */
};
/* Creates the table if absent, else adds columns that it lacks (as NULL) and indexes that it lacks. A column that
 * stands in the database with another type is E_INVALID. */
MUST_CHECK enum err table_migrate(struct store *s, const struct table *t);
/* Whether the table, a column or an index of it is not there yet. E_INVALID as above. */
MUST_CHECK enum err table_lacks(struct store *s, const struct table *t, bool *ret);
/* The names of all tables of this store, sorted, NULL-terminated, in the arena. */
MUST_CHECK enum err store_tables(struct store *s, struct arena *a, const char *const **ret);

/* Drops every table of a PostgreSQL schema: what a demo replaces. Never of a file. */
MUST_CHECK enum err store_clear(struct store *s);

/* ---- faults on purpose, for tests: the nth statement from now fails as if the disk were full ---- */
void store_fail_after(struct store *s, long n);

#endif
