/* ctx.c - opening a place for one piece of work, and its tables. */
#include "entity/ctx.h"

#include "entity/inner.h"
#include "entity/lookup.h"
#include "entity/projection.h"
#include "entity/schema.h"

enum err ctx_side(const struct ctx_place *place, struct arena *a, const char **ret)
{
	const char *side = place->side ? place->side : getenv("MERIT_SIDE");
	if (!side && store_is_url(place->where)) {
		(void)FAULT("the folder beside the store is not named; give --side DIR or set MERIT_SIDE");
		return E_USAGE;
	}
	*ret = side ? arena_copy(a, side) : arena_printf(a, "%s.d", place->where);
	return E_OK;
}

static struct ctx *ctx_new(struct store *s, struct ledger *l, const struct registry *r, struct plans *plans)
{
	struct ctx *c = xcalloc(1, sizeof(*c));
	struct ctx_inner *in = xcalloc(1, sizeof(*in));
	arena_init(&in->arena);
	arena_init(&in->row);
	in->owns_plans = !plans;
	in->plans = plans ? plans : plans_new(r);
	*c = (struct ctx){ .store = s, .ledger = l, .registry = r, .inner = in, .zone = ledger_zone(l) };
	c->arena = &in->arena;
	c->problems = &in->problems;
	c->actor.user = ACTOR_COMMAND;
	ctx_today(c);
	return c;
}

enum err ctx_over(struct store *s, struct ledger *l, const struct registry *r, struct ctx **ret)
{
	*ret = ctx_new(s, l, r, NULL);
	return E_OK;
}

/* Opens both, or neither stays open. */
static enum err place_open(struct store *s, const char *side, bool writing, struct ledger **ret)
{
	enum err e = ledger_open(s, side, writing, ret);
	if (e != E_OK)
		store_close(s);
	return e;
}

enum err ctx_open(const struct ctx_place *place, const struct registry *r, bool writing, struct ctx **ret)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	const char *side;
	struct store *s;
	struct ledger *l;
	TRY(ctx_side(place, &a, &side));
	TRY(store_open(place->where, writing ? STORE_WRITE : STORE_READ, &s));
	TRY(place_open(s, side, writing, &l));
	*ret = ctx_new(s, l, r, NULL);
	return E_OK;
}

enum err ctx_again(struct ctx *c, struct ctx **ret)
{
	struct store *s;
	struct ledger *l;
	TRY(store_again(c->store, STORE_READ, &s));
	TRY(place_open(s, ledger_side(c->ledger), false, &l));
	struct ctx *n = ctx_new(s, l, c->registry, c->inner->plans);
	n->codes = c->codes;
	n->policy = c->policy;
	n->actor = c->actor;
	n->zone = arena_copy(&n->inner->arena, c->zone);
	n->today = c->today;
	*ret = n;
	return E_OK;
}

void ctx_close(struct ctx *c)
{
	if (!c)
		return;
	struct ctx_inner *in = c->inner;
	ledger_close(c->ledger);
	store_close(c->store);
	if (in->owns_plans)
		plans_free(in->plans);
	change_free(in->kept);
	lists_free(in->lists);
	lookups_free(c);
	problems_release(&in->problems);
	buf_release(&in->scratch);
	arena_release(&in->row);
	arena_release(&in->arena);
	free(in);
	free(c);
}

void ctx_close_p(struct ctx **c)
{
	ctx_close(*c);
}

void ctx_today(struct ctx *c)
{
	int64_t now = ledger_is_demo(c->ledger) ? ledger_now(c->ledger) : clock_now_us();
	date today;
	if (zone_day_of(c->zone, now, &today))
		c->today = today;
}

enum err ctx_write(struct ctx *c, struct txn *ret)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	TRY(txn_write(c->store, &t));
	TRY(ledger_refresh(c->ledger));
	*ret = t;
	t.store = NULL;
	return E_OK;
}

const struct plan *plan_of(const struct ctx *c, const struct entity *e)
{
	return plans_find(c->inner->plans, e);
}

/* ---- schema ---- */

enum err ctx_schema(struct store *s, const struct registry *r)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	for (const struct classed_table *const *t = schema_all(&a, r); *t; t++)
		TRY(table_migrate(s, &(*t)->table));
	return E_OK;
}

static enum err lacks_anything(struct ctx *c, bool *ret)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	*ret = false;
	for (const struct classed_table *const *t = schema_all(&a, c->registry); *t && !*ret; t++)
		TRY(table_lacks(c->store, &(*t)->table, ret));
	return E_OK;
}

enum err ctx_migrate(struct ctx *c)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	bool lacks;
	TRY(lacks_anything(c, &lacks));
	if (!lacks)
		return E_OK;
	TRY(ctx_write(c, &t));
	TRY(ctx_schema(c->store, c->registry));
	TRY(projections_renew(c));
	return txn_commit(&t);
}

const struct classed_table *const *ctx_tables(struct arena *a, const struct registry *r)
{
	const struct classed_table *const *own = schema_all(a, r);
	size_t n = 0, k = 0;
	while (own[n])
		n++;
	while (ledger_tables[k])
		k++;
	const struct classed_table **all = ARENA_ARRAY(a, const struct classed_table *, n + k + 1);
	memcpy(all, ledger_tables, k * sizeof(*all));
	memcpy(all + k, own, n * sizeof(*all));
	return all;
}
