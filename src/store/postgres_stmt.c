/* postgres_stmt.c - prepared statements with binary values; results that do not fit into a chunk come from a cursor. */
#include "store/postgres.h"

#include "store/dialect.h"

#include <endian.h>

enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25 };

static inline struct pg_stmt *of(struct stmt *st)
{
	return (struct pg_stmt *)st;
}

/* ---- made, bound ---- */

enum err pg_prepare(struct store *s, const char *sql, struct stmt **ret)
{
	(void)s;
	struct pg_stmt *q = xcalloc(1, sizeof *q);
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	q->nparams = dialect_params(sql, &text);
	if (dialect_starts(sql, "SELECT") || dialect_starts(sql, "WITH")) {
		q->query = xstrdup(buf_str(&text));
		buf_reset(&text);
		buf_printf(&text, "SELECT * FROM (%s) AS q LIMIT %d", q->query, PG_CHUNK + 1);
	}
	q->sql = xstrdup(buf_str(&text));
	size_t n = (size_t)q->nparams + 1;
	q->values = xcalloc(n, sizeof *q->values);
	q->types = xcalloc(n, sizeof *q->types);
	q->p = xcalloc(n, sizeof *q->p);
	q->n = xcalloc(n, sizeof *q->n);
	q->binary = xcalloc(n, sizeof *q->binary);
	for (size_t i = 0; i < n; i++)
		q->binary[i] = 1;
	*ret = &q->base;
	return E_OK;
}

void pg_release(struct stmt *st)
{
	struct pg_stmt *q = of(st);
	PQclear(q->rows);
	free(q->sql);
	free(q->query);
	free(q->values);
	free(q->types);
	free(q->p);
	free(q->n);
	free(q->binary);
	free(q);
}

void pg_clear(struct stmt *st)
{
	struct pg_stmt *q = of(st);
	pg_reset(st);
	memset(q->values, 0, (size_t)q->nparams * sizeof *q->values);
}

static struct pg_value *slot(struct stmt *st, int i)
{
	struct pg_stmt *q = of(st);
	if (i < 1 || i > q->nparams)
		bug("value %d cannot be bound: %s", i, st->sql);
	return &q->values[i - 1];
}

void pg_bind_int(struct stmt *st, int i, int64_t v)
{
	*slot(st, i) = (struct pg_value){ .kind = 'i', .big_endian = htobe64((uint64_t)v) };
}

void pg_bind_text(struct stmt *st, int i, struct str v)
{
	*slot(st, i) = (struct pg_value){ .kind = 't', .p = v.n ? v.p : "", .n = v.n };
}

void pg_bind_blob(struct stmt *st, int i, const void *p, size_t n)
{
	*slot(st, i) = (struct pg_value){ .kind = 'b', .p = n ? p : "", .n = n };
}

void pg_bind_null(struct stmt *st, int i)
{
	*slot(st, i) = (struct pg_value){ 0 };
}

/* ---- sent ---- */

static Oid type_of(char kind)
{
	return kind == 'i' ? OID_INT8 : kind == 't' ? OID_TEXT : kind == 'b' ? OID_BYTEA : 0;
}

/* Fills the arrays for libpq; true when the statement must be prepared (again) for the types of these values. */
static bool fill(struct pg_stmt *q, unsigned session)
{
	bool stale = q->session != session;
	for (int i = 0; i < q->nparams; i++) {
		struct pg_value *v = &q->values[i];
		Oid type = type_of(v->kind);
		if (type && type != q->types[i]) {
			q->types[i] = type;
			stale = true;
		}
		q->p[i] = v->kind == 0 ? NULL : v->kind == 'i' ? (const char *)&v->big_endian : v->p;
		q->n[i] = v->kind == 'i' ? 8 : (int)v->n;
	}
	return stale;
}

/* Prepared apart from what is queued: when something queued fails, the server skips the rest, and the statement would
 * be believed prepared. */
static enum err prepare_now(struct pg *p, struct pg_stmt *q)
{
	if (p->queued > 0)
		TRY(pg_sync(p, NULL, NULL));
	snprintf(q->name, sizeof q->name, "s%u", ++p->serial);
	TRY(pg_pipeline(p, true));
	TRY(pg_sent(p, PQsendPrepare(p->conn, q->name, q->sql, q->nparams, q->types)));
	TRY(pg_sync(p, q->base.sql, NULL));
	q->session = p->session;
	return E_OK;
}

static enum err send_prepared(struct pg *p, struct pg_stmt *q)
{
	if (fill(q, p->session))
		TRY(prepare_now(p, q));
	TRY(pg_pipeline(p, true));
	return pg_sent(p, PQsendQueryPrepared(p->conn, q->name, q->nparams, q->p, q->n, q->binary, 1));
}

static void forget_rows(struct pg_stmt *q)
{
	PQclear(q->rows);
	q->rows = NULL;
	q->row = 0;
}

/* ---- queries ---- */

static enum err fetch(struct pg *p, struct pg_stmt *q)
{
	char sql[64];
	forget_rows(q);
	snprintf(sql, sizeof sql, "FETCH %d FROM %s", PG_CHUNK, q->cursor);
	TRY(pg_send(p, sql));
	TRY(pg_sync(p, q->base.sql, &q->rows));
	q->open = PQntuples(q->rows) == PG_CHUNK;
	if (!q->open) {
		snprintf(sql, sizeof sql, "CLOSE %s", q->cursor);
		return pg_send(p, sql);
	}
	return E_OK;
}

/* Outside a transaction the server must keep the rows by itself, since a cursor ends with its transaction. */
static enum err open_cursor(struct pg *p, struct pg_stmt *q)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	(void)fill(q, p->session);
	snprintf(q->cursor, sizeof q->cursor, "c%u", ++p->serial);
	buf_printf(&sql, "DECLARE %s NO SCROLL CURSOR %s FOR %s", q->cursor,
		   p->base.txn == TXN_NONE ? "WITH HOLD" : "WITHOUT HOLD", q->query);
	TRY(pg_pipeline(p, true));
	TRY(pg_sent(p, PQsendQueryParams(p->conn, buf_str(&sql), q->nparams, q->types, q->p, q->n, q->binary, 1)));
	if (p->base.txn == TXN_NONE)
		TRY(pg_sync(p, q->base.sql, NULL));
	return fetch(p, q);
}

/* Most results are small and cost one round trip. One that is not is thrown away before anybody saw it and read by a
 * cursor instead, so that it needs little memory and other statements may run between its rows. */
static enum err first_rows(struct pg *p, struct pg_stmt *q)
{
	forget_rows(q);
	q->open = false;
	if (!q->query || !q->large) {
		TRY(send_prepared(p, q));
		TRY(pg_sync(p, q->base.sql, &q->rows));
		q->large = q->query && PQntuples(q->rows) > PG_CHUNK;
		if (!q->large)
			return E_OK;
	}
	TRY(open_cursor(p, q));
	q->large = q->open;
	return E_OK;
}

enum err pg_step(struct stmt *st, bool *ret_row)
{
	struct pg_stmt *q = of(st);
	struct pg *p = pg_of(st->store);
	if (!q->rows || q->row < 0)
		TRY(first_rows(p, q));
	else
		q->row++;
	if (q->row >= PQntuples(q->rows) && q->open)
		TRY(fetch(p, q));
	*ret_row = q->row < PQntuples(q->rows);
	if (!*ret_row)
		q->row = -1; /* column names stay readable */
	return E_OK;
}

void pg_reset(struct stmt *st)
{
	struct pg_stmt *q = of(st);
	struct pg *p = pg_of(st->store);
	/* In a transaction that failed the cursor goes with it. */
	if (q->open && !p->base.spoilt && !p->base.gone) {
		char sql[64];
		snprintf(sql, sizeof sql, "CLOSE %s", q->cursor);
		if (pg_send(p, sql) != E_OK)
			p->queued = 0; /* the connection is lost and the next statement will say so */
	}
	q->open = false;
	forget_rows(q);
}

enum err pg_run(struct stmt *st)
{
	struct pg_stmt *q = of(st);
	struct pg *p = pg_of(st->store);
	pg_reset(st);
	TRY(send_prepared(p, q));
	p->runs++;
	q->changed = 0;
	if (p->piping && p->queued < PG_QUEUE)
		return E_OK;
	PGresult *r = NULL;
	TRY(pg_sync(p, st->sql, &r));
	const char *n = PQcmdTuples(r);
	q->changed = *n ? strtoll(n, NULL, 10) : 0;
	PQclear(r);
	return E_OK;
}

int64_t pg_changed(struct stmt *st)
{
	return of(st)->changed;
}
