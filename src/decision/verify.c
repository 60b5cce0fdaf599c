/* verify.c - the whole store, read as hostile. */
#include "decision/verify.h"

#include "decision/round.h"
#include "entity/change.h"

static bool is_known(const struct classed_table *const *tables, const char *name)
{
	for (; *tables; tables++)
		if (text_is((*tables)->table.name, name))
			return true;
	return false;
}

/* A table of no class proves nothing, so it has no place among those that do. */
static enum err find_strangers(struct ctx *c, struct findings *f)
{
	const struct classed_table *const *known = ctx_tables(c->arena, c->registry);
	const char *const *names;
	TRY(store_tables(c->store, c->arena, &names));
	for (; *names; names++)
		if (!is_known(known, *names))
			finding_add(f, *names, 0, 0, "a table that this program does not know");
	return E_OK;
}

static enum err ask_all(struct store *s, const struct table *t)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	bool row;
	for (size_t i = 0; i < t->ncolumns; i++)
		buf_printf(&sql, "%s %s", i ? "," : "SELECT", t->columns[i].name);
	buf_printf(&sql, " FROM %s WHERE 1 = 0", t->name);
	TRY(store_stmt(s, buf_str(&sql), &st));
	return stmt_step(st, &row);
}

/* Tables and columns that are gone: without them nothing else can be asked. E_INVALID: some are. */
static enum err find_gaps(struct ctx *c, struct findings *f)
{
	const struct classed_table *const *known = ctx_tables(c->arena, c->registry);
	const char *const *names;
	size_t before = f->count;
	for (; *known; known++) {
		if (ask_all(c->store, &(*known)->table) == E_OK)
			continue;
		const char *words = arena_copy(c->arena, fault_text());
		TRY(store_tables(c->store, c->arena, &names)); /* or else it is the database that is gone */
		finding_add(f, (*known)->table.name, 0, 0, "the table or a column of it is gone: %s", words);
	}
	return f->count > before ? E_INVALID : E_OK;
}

static enum err audit_all(struct ctx *c, struct audit *a)
{
	/* First what explains the most: a code that is gone is found again in each row that has it. */
	TRY(pack_audit(c, a));
	TRY(entity_audit(c, a));
	TRY(round_audit(c, a));
	audit_end(a);
	return find_strangers(c, a->findings);
}

typedef enum err begin(struct store *s, const char *side, struct findings *f, struct audit **ret);

static enum err verify(struct ctx *c, struct findings *f, begin *how, struct audit **ret)
{
	enum err e = find_gaps(c, f);
	if (e == E_OK)
		e = how(c->store, ledger_side(c->ledger), f, ret);
	if (e == E_OK && how == audit_begin_here)
		e = ledger_refresh(c->ledger);
	if (e == E_OK)
		e = audit_all(c, *ret);
	/* A page of the file that cannot be read. */
	if (e == E_INVALID && *ret)
		finding_add(f, NULL, 0, 0, "%s", fault_text());
	return e;
}

enum err verify_whole(struct ctx *c, struct findings *f, struct audit **ret)
{
	return verify(c, f, audit_begin, ret);
}

enum err verify_beside(struct ctx *c, struct findings *f, struct audit **ret)
{
	return verify(c, f, audit_begin_here, ret);
}
