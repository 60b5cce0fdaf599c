/* postgres.c - PostgreSQL: the queue of commands, words, transactions. */
#include "store/postgres.h"

#include "store/dialect.h"

/* ---- words ---- */

/* Only the primary message: the detail quotes values, and those may be personal. */
enum err pg_error(struct pg *p, const PGresult *r, const char *sql)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *message = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	if (!state)
		return FAULT("%s: the connection was lost (%.*s); look whether the server runs", p->shown,
			     (int)strcspn(PQerrorMessage(p->conn), "\n"), PQerrorMessage(p->conn));
	if (strcmp(state, "55P03") == 0)
		return ANSWER(E_BUSY, "%s: another process is writing and did not finish within %d seconds; try again",
			      p->shown, store_wait_ms() / 1000);
	if (strcmp(state, "53100") == 0)
		return FAULT("%s: the server's disk is full; make room and try again", p->shown);
	return FAULT("%s: %s (%s)%s%.300s", p->shown, message ? message : "the server gave no words", state,
		     sql ? ", in: " : "", sql ? sql : "");
}

/* ---- the queue ---- */

enum err pg_pipeline(struct pg *p, bool on)
{
	if ((PQpipelineStatus(p->conn) != PQ_PIPELINE_OFF) == on)
		return E_OK;
	return (on ? PQenterPipelineMode(p->conn) : PQexitPipelineMode(p->conn)) ? E_OK : pg_error(p, NULL, NULL);
}

enum err pg_sent(struct pg *p, int sent)
{
	if (!sent)
		return pg_error(p, NULL, NULL);
	p->queued++;
	return E_OK;
}

enum err pg_send(struct pg *p, const char *sql)
{
	TRY(pg_pipeline(p, true));
	return pg_sent(p, PQsendQueryParams(p->conn, sql, 0, NULL, NULL, NULL, NULL, 1));
}

/* Looks at one result on the way to the sync; keeps the last one and the first failure. */
static void look(struct pg *p, PGresult *r, const char *sql, enum err *e, PGresult **last)
{
	ExecStatusType status = PQresultStatus(r);
	if (status == PGRES_FATAL_ERROR && *e == E_OK)
		*e = pg_error(p, r, sql);
	PQclear(*last);
	*last = r;
}

enum err pg_sync(struct pg *p, const char *sql, PGresult **ret_last)
{
	TRY(pg_pipeline(p, true));
	p->queued = p->runs = 0;
	if (!PQpipelineSync(p->conn))
		return pg_error(p, NULL, NULL);
	enum err e = E_OK;
	PGresult *last = NULL;
	for (;;) {
		PGresult *r = PQgetResult(p->conn);
		if (!r) {
			if (PQstatus(p->conn) == CONNECTION_OK)
				continue; /* the end of one command's results */
			e = e == E_OK ? pg_error(p, NULL, NULL) : e;
			break;
		}
		if (PQresultStatus(r) == PGRES_PIPELINE_SYNC) {
			PQclear(r);
			break;
		}
		look(p, r, sql, &e, &last);
	}
	if (e == E_OK && ret_last)
		*ret_last = last;
	else
		PQclear(last);
	return e;
}

/* ---- transactions ---- */

/* A server that was restarted is found again at the next transaction. */
static enum err reconnect(struct pg *p)
{
	PQreset(p->conn);
	if (PQstatus(p->conn) != CONNECTION_OK)
		return pg_error(p, NULL, NULL);
	p->queued = p->runs = 0;
	return pg_session(p);
}

enum err pg_begin(struct store *s, bool writing)
{
	struct pg *p = pg_of(s);
	if (PQstatus(p->conn) != CONNECTION_OK)
		TRY(reconnect(p));
	if (p->queued > 0)
		TRY(pg_sync(p, NULL, NULL));
	if (!writing)
		return pg_send(p, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
	TRY(pg_send(p, "BEGIN"));
	TRY(pg_send(p, p->lock));
	enum err e = pg_sync(p, p->lock, NULL);
	if (e == E_OK)
		return E_OK;
	(void)pg_send(p, "ROLLBACK");
	(void)!pg_sync(p, NULL, NULL);
	return e;
}

void pg_rollback(struct store *s)
{
	struct pg *p = pg_of(s);
	if (p->queued > 0 && pg_sync(p, NULL, NULL) != E_OK)
		p->queued = 0; /* what failed is given up with the rest */
	if (pg_send(p, "ROLLBACK") == E_OK && pg_sync(p, NULL, NULL) != E_OK)
		p->queued = 0;
	p->piping = false;
}

enum err pg_commit(struct store *s)
{
	struct pg *p = pg_of(s);
	if (p->runs > 0)
		TRY(pg_sync(p, NULL, NULL));
	PGresult *r = NULL;
	TRY(pg_send(p, "COMMIT"));
	TRY(pg_sync(p, "COMMIT", &r));
	/* A transaction that failed unseen answers a COMMIT with a friendly ROLLBACK. */
	bool done = strcmp(PQcmdStatus(r), "COMMIT") == 0;
	PQclear(r);
	p->piping = false;
	return done ? E_OK : FAULT("%s: the server rolled the transaction back", p->shown);
}

/* Statements queued before belong to what stands outside, so that their failure is known before the mark is set. */
static enum err mark(struct store *s, const char *verb)
{
	struct pg *p = pg_of(s);
	if (p->runs > 0 || p->queued >= PG_QUEUE)
		TRY(pg_sync(p, NULL, NULL));
	return pg_send(p, verb);
}

enum err pg_savepoint(struct store *s)
{
	return mark(s, "SAVEPOINT s");
}

enum err pg_keep(struct store *s)
{
	return mark(s, "RELEASE s");
}

enum err pg_undo(struct store *s)
{
	struct pg *p = pg_of(s);
	if (p->queued > 0 && pg_sync(p, NULL, NULL) != E_OK)
		p->queued = 0;
	TRY(pg_send(p, "ROLLBACK TO s"));
	TRY(pg_send(p, "RELEASE s"));
	return pg_sync(p, "ROLLBACK TO s", NULL);
}

enum err pg_pipeline_begin(struct store *s)
{
	pg_of(s)->piping = true;
	return E_OK;
}

enum err pg_pipeline_sync(struct store *s)
{
	struct pg *p = pg_of(s);
	p->piping = false;
	return p->queued > 0 ? pg_sync(p, NULL, NULL) : E_OK;
}

enum err pg_exec(struct store *s, const char *sql)
{
	struct pg *p = pg_of(s);
	struct str rest = str_of(sql), one;
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	while (dialect_next(&rest, &one)) {
		buf_reset(&text);
		dialect_types(one, &text);
		TRY(pg_send(p, buf_str(&text)));
		if (p->queued >= PG_QUEUE)
			TRY(pg_sync(p, sql, NULL));
	}
	return pg_sync(p, sql, NULL);
}
