/* postgres.h - what the files of the PostgreSQL backend share.
 *
 * The connection stays in libpq's pipeline mode: commands are queued, and one sync waits for all of them. So BEGIN,
 * SAVEPOINT and RELEASE travel together with the next statement and cost no round trip of their own.
 */
#ifndef MERIT_STORE_POSTGRES_H
#define MERIT_STORE_POSTGRES_H

#include "base/buf.h"
#include "store/backend.h"

#include <libpq-fe.h>

#define PG_CHUNK 2000       /* rows fetched at once */
#define PG_QUEUE 256        /* commands queued at most before a sync, so that neither side's buffers fill up */
#define PG_COPY (256 << 10) /* bytes of bulk rows sent at once */

struct pg {
	struct store base;
	PGconn *conn;
	char *shown;      /* host, port and database: the URL may hold a password */
	char lock[96];    /* the statement that takes the write lock */
	bool piping;      /* between pipeline_begin() and pipeline_sync() */
	int queued;       /* commands sent and not yet answered */
	int runs;         /* those among them that a caller wants to know about */
	unsigned serial;  /* for names of statements and cursors */
	unsigned session; /* rises when the connection is made anew: statements must be prepared again */
	struct buf copy;  /* bulk rows not yet sent */
	int ncolumns;     /* of the bulk rows */
	size_t row;       /* where in copy the row being made begins */
};
struct pg_value {
	char kind; /* i t b, 0: NULL */
	uint64_t big_endian;
	const char *p;
	size_t n;
};
struct pg_stmt {
	struct stmt base;
	char *sql;   /* with $1 …; for a query inside a limit of one chunk and a row */
	char *query; /* with $1 …, without the limit; NULL when it is not a query */
	char name[24], cursor[24];
	unsigned session; /* in which it is prepared; 0: not yet */
	int nparams;
	struct pg_value *values;
	Oid *types; /* as prepared; 0: the server's choice */
	const char **p;
	int *n, *binary; /* arrays for libpq */
	PGresult *rows;
	int row;    /* the current one in rows */
	bool open;  /* the cursor holds more */
	bool large; /* the last time it did not fit into one chunk */
	int64_t changed;
};

static inline struct pg *pg_of(struct store *s)
{
	return (struct pg *)s;
}

/* An answer or fault from what the server said; sql may be NULL. */
enum err pg_error(struct pg *p, const PGresult *r, const char *sql);
/* Counts a queued command; sent is what libpq's PQsend… returned. */
enum err pg_sent(struct pg *p, int sent);
enum err pg_send(struct pg *p, const char *sql);
/* Waits for all that is queued. The first failure is returned; ret_last may be NULL, else it gets the last command's
 * result, which the caller clears. sql is for words. */
enum err pg_sync(struct pg *p, const char *sql, PGresult **ret_last);
enum err pg_pipeline(struct pg *p, bool on); /* pipeline mode or not; the queue must be empty to leave it */

enum err pg_session(struct pg *p); /* settings of a fresh connection */

#define X(answer, verb, arguments) answer pg_##verb arguments;
BACKEND_VERBS(X)
#undef X

#endif
