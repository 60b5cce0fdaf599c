/* projection_turn.c - midnight, and rebuilding. */
#include "base/buf.h"
#include "entity/change.h"
#include "entity/inner.h"
#include "entity/projection.h"
#include "entity/projection_inner.h"
#include "entity/term.h"

static enum err turned(struct ctx *c, const struct projection *p, struct ids *ret)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	bool row;

	buf_printf(&sql, "SELECT id FROM %s WHERE turns_on IS NOT NULL AND turns_on <= ? ORDER BY id", p->name);
	TRY(store_stmt(c->store, buf_str(&sql), &st));
	stmt_int(st, 1, c->today);
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		ids_add(ret, stmt_get_int(st, 0));
	}
}

static enum err turn_one(struct ctx *c, const struct projection *p, bool *ret_some, bool write)
{
	struct ids ids CLEANUP(ids_release) = { 0 };
	struct deriving d = { .c = c, .today = c->today, .columns = UINT64_MAX, .code = true };

	TRY(turned(c, p, &ids));
	*ret_some |= ids.n > 0;
	if (!write || ids.n == 0)
		return E_OK;
	d.keys = ids.list;
	d.n = ids.n;
	TRY(projection_run(&d, p));
	return projection_number(c, p);
}

static enum err turn_all(struct ctx *c, bool *ret_some, bool write)
{
	for (size_t i = 0; c->registry->projections && c->registry->projections[i]; i++)
		TRY(turn_one(c, c->registry->projections[i], ret_some, write));
	return E_OK;
}

enum err projections_turn(struct ctx *c)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	bool some = false;

	TRY(turn_all(c, &some, false));
	if (!some)
		return E_OK;
	TRY(ctx_write(c, &t));
	TRY(turn_all(c, &some, true));
	return txn_commit(&t);
}

static uint64_t of_rules(const struct projection *p)
{
	uint64_t columns = 0;

	for (int i = 0; i < p->ncolumns; i++)
		columns |= (uint64_t)(p->columns[i].place || p->columns[i].compute) << i;
	return columns;
}

enum err projections_ruled(struct ctx *c)
{
	for (size_t i = 0; c->registry->projections && c->registry->projections[i]; i++) {
		const struct projection *p = c->registry->projections[i];
		struct deriving d = { .c = c, .today = c->today, .columns = of_rules(p) };
		if (!d.columns)
			continue;
		TRY(projection_most(c, p, &d.n));
		TRY(projection_run(&d, p));
	}
	return E_OK;
}

static enum err rebuild_all(struct ctx *c)
{
	for (size_t i = 0; c->registry->projections && c->registry->projections[i]; i++) {
		const struct projection *p = c->registry->projections[i];
		struct deriving d = { .c = c, .today = c->today, .columns = UINT64_MAX, .code = true, .fresh = true };
		struct buf sql CLEANUP(buf_release) = BUF_INIT;
		buf_printf(&sql, "DELETE FROM %s", p->name);
		TRY(store_exec(c->store, buf_str(&sql)));
		TRY(projection_most(c, p, &d.n));
		TRY(projection_run(&d, p));
	}
	return E_OK;
}

enum err projections_renew(struct ctx *c)
{
	TRY(rebuild_all(c));
	TRY(term_rebuild(c));
	c->inner->derive_later = false;
	return E_OK;
}

enum err projections_rebuild(struct ctx *c)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	TRY(ctx_write(c, &t));
	TRY(projections_renew(c));
	return txn_commit(&t);
}

void projections_later(struct ctx *c)
{
	c->inner->derive_later = true;
}
