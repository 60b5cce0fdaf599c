/* postgres_open.c - connecting, the schema that is the store, and the end of a build. */
#include "store/postgres.h"

static void no_notice(void *arg, const PGresult *r)
{
	(void)arg;
	(void)r;
}

/* One value of one row as text; the copy is the caller's. NULL stays NULL. */
static enum err ask(struct pg *p, const char *sql, const char *param, char **ret)
{
	PGresult *r = NULL;
	TRY(pg_pipeline(p, true));
	TRY(pg_sent(p, PQsendQueryParams(p->conn, sql, param ? 1 : 0, NULL, &param, NULL, NULL, 0)));
	TRY(pg_sync(p, sql, &r));
	*ret = PQntuples(r) > 0 && !PQgetisnull(r, 0, 0) ? xstrdup(PQgetvalue(r, 0, 0)) : NULL;
	PQclear(r);
	return E_OK;
}

static void free_text(char **text)
{
	free(*text);
}

enum err pg_session(struct pg *p)
{
	char sql[256];
	p->session++;
	PQsetNoticeReceiver(p->conn, no_notice, NULL);
	snprintf(sql, sizeof sql, "SET lock_timeout = %d", store_wait_ms());
	TRY(pg_send(p, sql));
	TRY(pg_send(p, "SET jit = off"));
	if (p->base.mode == STORE_READ)
		TRY(pg_send(p, "SET default_transaction_read_only = on"));
	return pg_sync(p, "SET", NULL);
}

/* The schema is the first name of the search path as written, even when no such schema exists yet. */
static enum err schema_name(struct pg *p, char **ret)
{
	return ask(p,
		   "SELECT CASE WHEN path[1] = '\"$user\"' THEN current_schema()::text ELSE "
		   "replace(trim(both '\"' from path[1]), '\"\"', '\"') END "
		   "FROM (SELECT regexp_split_to_array(current_setting('search_path'), '\\s*,\\s*') AS path) q",
		   NULL, ret);
}

/* The lock belongs to the schema: two stores in one database do not wait for each other. */
static void lock_statement(struct pg *p, const char *schema)
{
	uint64_t h = 14695981039346656037U;
	for (const char *c = schema; *c; c++)
		h = (h ^ (unsigned char)*c) * 1099511628211U;
	snprintf(p->lock, sizeof p->lock, "SELECT pg_advisory_xact_lock(%lld)", (long long)(h >> 1));
}

static enum err make_schema(struct pg *p, const char *schema)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	char *name = PQescapeIdentifier(p->conn, schema, strlen(schema));
	if (!name)
		return pg_error(p, NULL, NULL);
	buf_printf(&sql, "CREATE SCHEMA %s", name);
	PQfreemem(name);
	TRY(pg_send(p, buf_str(&sql)));
	return pg_sync(p, buf_str(&sql), NULL);
}

static enum err check_schema(struct pg *p, enum store_mode mode, bool again)
{
	char *schema CLEANUP(free_text) = NULL;
	char *exists CLEANUP(free_text) = NULL;
	char *table CLEANUP(free_text) = NULL;
	bool new = mode == STORE_CREATE || mode == STORE_BUILD;
	TRY(schema_name(p, &schema));
	if (!schema)
		return ANSWER(E_INVALID,
			      "%s: the search path names no schema; add ?options=-csearch_path%%3DNAME to the URL",
			      p->shown);
	lock_statement(p, schema);
	TRY(ask(p, "SELECT 1 FROM pg_namespace WHERE nspname = $1", schema, &exists));
	TRY(ask(p,
		"SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 "
		"AND c.relkind IN ('r', 'p') LIMIT 1",
		schema, &table));
	if (new &&table)
		return ANSWER(E_CONFLICT,
			      "%s: the schema %s already holds tables; name another with "
			      "?options=-csearch_path%%3DNAME",
			      p->shown, schema);
	if (!new && !table && !again)
		return ANSWER(E_MISSING, "%s: there is no store in the schema %s; make one with `merit init`", p->shown,
			      schema);
	return new && !exists ? make_schema(p, schema) : E_OK;
}

static enum err connect(struct pg *p, const char *where, enum store_mode mode, bool again)
{
	const char *const names[] = { "dbname", "client_encoding", "fallback_application_name", NULL };
	const char *const values[] = { where, "UTF8", "merit", NULL };
	p->conn = PQconnectdbParams(names, values, 1);
	struct buf shown CLEANUP(buf_release) = BUF_INIT;
	buf_printf(&shown, "postgresql://%s:%s/%s", PQhost(p->conn) ? PQhost(p->conn) : "",
		   PQport(p->conn) ? PQport(p->conn) : "", PQdb(p->conn) ? PQdb(p->conn) : "");
	p->shown = xstrdup(buf_str(&shown));
	if (PQstatus(p->conn) != CONNECTION_OK)
		return FAULT("%s: no connection (%.*s); look whether the server runs and the URL is right", p->shown,
			     (int)strcspn(PQerrorMessage(p->conn), "\n"), PQerrorMessage(p->conn));
	TRY(pg_session(p));
	return check_schema(p, mode, again);
}

enum err pg_open(const char *where, enum store_mode mode, bool again, struct store **ret)
{
	struct pg *p = xcalloc(1, sizeof *p);
	store_init(&p->base, &postgres_backend, where, mode);
	enum err e = connect(p, where, mode, again);
	if (e != E_OK) {
		pg_close(&p->base);
		return e;
	}
	*ret = &p->base;
	return E_OK;
}

void pg_close(struct store *s)
{
	struct pg *p = pg_of(s);
	store_release(s);
	PQfinish(p->conn);
	free(p->shown);
	buf_release(&p->copy);
	free(p);
}

/* Results are freed with their statements: nothing more is held. */
void pg_rest(struct store *s)
{
	(void)s;
}

/* Tables that were filled in one go have no statistics yet, and plans made without them are slow. */
enum err pg_built(struct store *s)
{
	struct pg *p = pg_of(s);
	TRY(pg_send(p, "ANALYZE"));
	return pg_sync(p, "ANALYZE", NULL);
}
