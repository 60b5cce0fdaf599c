/* postgres.c - PostgreSQL: the queue of commands, words, transactions, and the table of verbs. */
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

static enum err pg_begin(struct store *s, bool writing)
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

static void pg_rollback(struct store *s)
{
	struct pg *p = pg_of(s);
	if (p->queued > 0 && pg_sync(p, NULL, NULL) != E_OK)
		p->queued = 0; /* what failed is given up with the rest */
	if (pg_send(p, "ROLLBACK") == E_OK && pg_sync(p, NULL, NULL) != E_OK)
		p->queued = 0;
	p->piping = false;
}

static enum err pg_commit(struct store *s)
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

static enum err pg_savepoint(struct store *s)
{
	return mark(s, "SAVEPOINT s");
}

static enum err pg_keep(struct store *s)
{
	return mark(s, "RELEASE s");
}

static enum err pg_undo(struct store *s)
{
	struct pg *p = pg_of(s);
	if (p->queued > 0 && pg_sync(p, NULL, NULL) != E_OK)
		p->queued = 0;
	TRY(pg_send(p, "ROLLBACK TO s"));
	TRY(pg_send(p, "RELEASE s"));
	return pg_sync(p, "ROLLBACK TO s", NULL);
}

static enum err pg_pipeline_begin(struct store *s)
{
	pg_of(s)->piping = true;
	return E_OK;
}

static enum err pg_pipeline_sync(struct store *s)
{
	struct pg *p = pg_of(s);
	p->piping = false;
	return p->queued > 0 ? pg_sync(p, NULL, NULL) : E_OK;
}

static enum err pg_exec(struct store *s, const char *sql)
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

/* clang-format off */
const struct backend postgres_backend = {
	.open = pg_open,           .close = pg_close,             .built = pg_built,
	.begin = pg_begin,         .commit = pg_commit,           .rollback = pg_rollback,
	.savepoint = pg_savepoint, .keep = pg_keep,               .undo = pg_undo,
	.prepare = pg_prepare,     .release = pg_release,         .clear = pg_clear,
	.bind_int = pg_bind_int,   .bind_text = pg_bind_text,     .bind_blob = pg_bind_blob,
	.bind_null = pg_bind_null, .step = pg_step,               .run = pg_run,
	.reset = pg_reset,         .changed = pg_changed,         .is_null = pg_is_null,
	.get_int = pg_get_int,     .get_text = pg_get_text,       .type = pg_type,
	.values = pg_values, .columns = pg_columns,     .column_name = pg_column_name, .exec = pg_exec,
	.pipeline_begin = pg_pipeline_begin, .pipeline_sync = pg_pipeline_sync,
	.bulk_begin = pg_bulk_begin, .bulk_int = pg_bulk_int,     .bulk_text = pg_bulk_text,
	.bulk_blob = pg_bulk_blob, .bulk_null = pg_bulk_null,     .bulk_row = pg_bulk_row,
	.bulk_end = pg_bulk_end,
	.sql_tables = "SELECT c.relname::text COLLATE \"C\" AS name FROM pg_class c "
		      "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1",
	.sql_indexes = "SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ?",
	.sql_columns = "SELECT a.attname::text, CASE format_type(a.atttypid, -1) WHEN 'bigint' THEN 'i' WHEN 'text' THEN 't' "
		       "WHEN 'bytea' THEN 'b' ELSE format_type(a.atttypid, -1) END FROM pg_attribute a JOIN pg_class c "
		       "ON c.oid = a.attrelid WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = ? "
		       "AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
};
/* clang-format on */
