/* postgres_bulk.c - bulk rows as binary COPY. */
#include "store/postgres.h"

#include <endian.h>

static const char signature[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0"; /* and its own NUL: 19 bytes */

static void add16(struct buf *b, uint16_t v)
{
	uint16_t be = htobe16(v);
	buf_add(b, &be, sizeof be);
}

static void add32(struct buf *b, uint32_t v)
{
	uint32_t be = htobe32(v);
	buf_add(b, &be, sizeof be);
}

/* COPY does not go through the pipeline, so the connection leaves it until the rows have been sent. */
enum err pg_bulk_begin(struct store *s, const char *table, const char *const *columns, const char *kinds)
{
	struct pg *p = pg_of(s);
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	p->ncolumns = (int)strlen(kinds);
	buf_printf(&sql, "COPY %s (", table);
	for (int i = 0; i < p->ncolumns; i++)
		buf_printf(&sql, "%s%s", i ? ", " : "", columns[i]);
	buf_text(&sql, ") FROM STDIN (FORMAT binary)");
	if (p->queued > 0)
		TRY(pg_sync(p, NULL, NULL));
	TRY(pg_pipeline(p, false));
	PGresult *r = PQexec(p->conn, buf_str(&sql));
	enum err e = PQresultStatus(r) == PGRES_COPY_IN ? E_OK : pg_error(p, r, buf_str(&sql));
	PQclear(r);
	buf_reset(&p->copy);
	buf_add(&p->copy, signature, sizeof signature);
	p->row = p->copy.n;
	return e;
}

/* The count of columns stands before the first value of each row. */
static struct buf *value(struct store *s)
{
	struct pg *p = pg_of(s);
	if (p->copy.n == p->row)
		add16(&p->copy, (uint16_t)p->ncolumns);
	return &p->copy;
}

void pg_bulk_int(struct store *s, int64_t v)
{
	struct buf *b = value(s);
	uint64_t be = htobe64((uint64_t)v);
	add32(b, 8);
	buf_add(b, &be, sizeof be);
}

void pg_bulk_text(struct store *s, struct str v)
{
	struct buf *b = value(s);
	add32(b, (uint32_t)v.n);
	buf_add(b, v.p, v.n);
}

void pg_bulk_blob(struct store *s, const void *p, size_t n)
{
	struct buf *b = value(s);
	add32(b, (uint32_t)n);
	buf_add(b, p, n);
}

void pg_bulk_null(struct store *s)
{
	add32(value(s), UINT32_MAX);
}

static enum err flush(struct pg *p)
{
	int sent = PQputCopyData(p->conn, p->copy.p, (int)p->copy.n);
	buf_reset(&p->copy);
	p->row = 0;
	return sent == 1 ? E_OK : pg_error(p, NULL, NULL);
}

enum err pg_bulk_row(struct store *s)
{
	struct pg *p = pg_of(s);
	p->row = p->copy.n;
	return p->copy.n < PG_COPY ? E_OK : flush(p);
}

enum err pg_bulk_end(struct store *s, bool keep)
{
	struct pg *p = pg_of(s);
	enum err e = E_OK;
	if (keep) {
		add16(&p->copy, UINT16_MAX);
		e = flush(p);
	}
	if (PQputCopyEnd(p->conn, keep && e == E_OK ? NULL : "given up") != 1 && e == E_OK)
		e = pg_error(p, NULL, NULL);
	for (PGresult *r; (r = PQgetResult(p->conn)); PQclear(r))
		if (PQresultStatus(r) != PGRES_COMMAND_OK && e == E_OK && keep)
			e = pg_error(p, r, "COPY");
	return e;
}
