/* backend.h - what a database must do for store.c and stmt.c. Only files of this folder include it.
 *
 * store.c and stmt.c keep what is the same in both databases: the state of the transaction, hooks, the statements kept
 * by their text, faults on purpose. A backend embeds `struct store` and `struct stmt` as the first member of its own.
 */
#ifndef MERIT_STORE_BACKEND_H
#define MERIT_STORE_BACKEND_H

#include "base/map.h"
#include "store/store.h"

/* clang-format off */
/* Answer, verb, arguments: each backend has a function of its own for every one of them.
 * open: `again`, the place is already open in this process; a store that has no tables yet is then fine.
 * clear: no row, no values. rest: gives back memory. */
#define BACKEND_VERBS(X) \
	X(enum err,     open,           (const char *where, enum store_mode mode, bool again, struct store **ret)) \
	X(void,         close,          (struct store *s)) \
	X(void,         rest,           (struct store *s)) \
	X(enum err,     built,          (struct store *s)) \
	X(enum err,     begin,          (struct store *s, bool writing)) \
	X(enum err,     commit,         (struct store *s)) \
	X(void,         rollback,       (struct store *s)) \
	X(enum err,     savepoint,      (struct store *s)) \
	X(enum err,     keep,           (struct store *s)) \
	X(enum err,     undo,           (struct store *s)) \
	X(enum err,     prepare,        (struct store *s, const char *sql, struct stmt **ret)) \
	X(void,         release,        (struct stmt *st)) \
	X(void,         clear,          (struct stmt *st)) \
	X(void,         bind_int,       (struct stmt *st, int i, int64_t v)) \
	X(void,         bind_text,      (struct stmt *st, int i, struct str v)) \
	X(void,         bind_blob,      (struct stmt *st, int i, const void *p, size_t n)) \
	X(void,         bind_null,      (struct stmt *st, int i)) \
	X(enum err,     step,           (struct stmt *st, bool *ret_row)) \
	X(enum err,     run,            (struct stmt *st)) \
	X(void,         reset,          (struct stmt *st)) \
	X(int64_t,      changed,        (struct stmt *st)) \
	X(bool,         is_null,        (struct stmt *st, int column)) \
	X(int64_t,      get_int,        (struct stmt *st, int column)) \
	X(struct str,   get_text,       (struct stmt *st, int column)) \
	X(char,         type,           (struct stmt *st, int column)) \
	X(void,         values,         (struct stmt *st, struct stmt_value *ret, int n)) \
	X(int,          columns,        (struct stmt *st)) \
	X(const char *, column_name,    (struct stmt *st, int column)) \
	X(enum err,     pipeline_begin, (struct store *s)) \
	X(enum err,     pipeline_sync,  (struct store *s)) \
	X(enum err,     exec,           (struct store *s, const char *sql)) \
	X(enum err,     bulk_begin,     (struct store *s, const char *table, const char *const *columns, const char *kinds)) \
	X(void,         bulk_int,       (struct store *s, int64_t v)) \
	X(void,         bulk_text,      (struct store *s, struct str v)) \
	X(void,         bulk_blob,      (struct store *s, const void *p, size_t n)) \
	X(void,         bulk_null,      (struct store *s)) \
	X(enum err,     bulk_row,       (struct store *s)) \
	X(enum err,     bulk_end,       (struct store *s, bool keep))

struct backend {
#define X(answer, verb, arguments) answer (*verb) arguments;
	BACKEND_VERBS(X)
#undef X
	const char *sql_tables;  /* names of all tables, sorted */
	const char *sql_columns; /* of table ?: name, and kind letter or the database's own type name */
	const char *sql_indexes; /* of table ?: names */
};
/* clang-format on */
extern const struct backend sqlite_backend;
extern const struct backend postgres_backend;

enum txn_kind { TXN_NONE, TXN_READ, TXN_WRITE };

struct stmt {
	const struct backend *ops;
	struct store *store;
	char *sql;
	int depth;   /* savepoints that were open when it was begun */
	bool active; /* stepped and neither at its end nor reset */
	bool writes; /* known to change something (SQLite only: PostgreSQL itself refuses writes while reading) */
};

struct bulk {
	const struct backend *ops;
	struct store *store;
	bool open;
};

struct store_hooks {
	enum err (*before)(struct store *, void *);
	enum err (*after)(struct store *, void *);
	void (*rollback)(struct store *, void *);
	void *before_arg, *after_arg, *rollback_arg;
};

#define RECENT 64

struct store {
	const struct backend *ops;
	char *where;
	enum store_mode mode;
	enum txn_kind txn;
	int depth;        /* open savepoints */
	bool guard;       /* one of the next three is set: statements must ask store_guard() */
	bool spoilt;      /* a statement failed: nothing runs until its savepoint or transaction is undone */
	bool gone;        /* the database gave up the whole transaction by itself */
	long fail_after;  /* 0: off */
	struct bulk bulk; /* the one that may be open */
	char *spoilt_by;  /* words of the failure */
	struct store_hooks hooks;
	struct map *by_text; /* SQL to its number in stmts */
	struct stmt **stmts;
	size_t nstmts, cap;
	struct stmt *recent[RECENT]; /* by the address of the SQL text: most texts are literals */
};

void store_init(struct store *s, const struct backend *ops, const char *where, enum store_mode mode);
/* Closes statements and frees what store_init() and use made; the backend then closes its connection. */
void store_release(struct store *s);
/* Asked before anything runs: E_OK, or why it may not. Counts towards store_fail_after(). */
enum err store_guard(struct store *s);
static inline enum err store_admit(struct store *s)
{
	return s->guard ? store_guard(s) : E_OK;
}
/* Takes note of a failure inside a transaction and passes it on. */
enum err store_spoil(struct store *s, enum err e);
/* Milliseconds to wait for the write lock: ten seconds, or the environment's MERIT_WAIT_MS (for tests). */
int store_wait_ms(void);

#endif
