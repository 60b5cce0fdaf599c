/* keep.c - what is computed once for all threads: made by one, read by all, freed by the last reader. */
#include "face/keep.h"

#include "policy/rules.h"

static void unmake(struct kept *k)
{
	arena_release(&k->arena);
	free(k);
}

void keep_let_go(struct kept **k)
{
	struct kept *x = *k;
	if (!x)
		return;
	pthread_mutex_lock(&x->keeper->lock);
	bool last = --x->refs == 0;
	pthread_mutex_unlock(&x->keeper->lock);
	if (last)
		unmake(x);
	*k = NULL;
}

static void add(uint64_t *mark, int64_t v)
{
	*mark = (*mark ^ (uint64_t)v) * UINT64_C(0x100000001b3); /* FNV-1a, a number a step */
}

/* While it is the same, so are the facts and the rules. */
static enum err mark_of(struct ctx *c, const struct keeper *keeper, uint64_t *ret)
{
	uint64_t mark = 0;
	int64_t last;
	TRY(policy_position(c->store, &last));
	add(&mark, last);
	for (const struct entity *const *e = keeper->of; e && *e; e++) {
		TRY(read_last(c, *e, &last));
		add(&mark, last);
	}
	for (const struct entity *const *e = c->registry->entities; keeper->facts_of && *e; e++) {
		if ((*e)->owner != keeper->facts_of || !(*e)->write)
			continue;
		TRY(read_last(c, *e, &last));
		add(&mark, last);
	}
	*ret = mark;
	return E_OK;
}

static bool is_now(const struct kept *k, struct ctx *c, uint64_t mark)
{
	return k && k->today == c->today && k->mark == mark;
}

/* Making it takes no more than a hundredth of the time. */
static bool will_do(const struct kept *k, struct ctx *c)
{
	return k && k->today == c->today && k->head <= ledger_head(c->ledger) &&
	       clock_now_us() - k->made < 100 * k->cost;
}

static struct kept *look(struct ctx *c, struct keeper *keeper, uint64_t mark, bool fresh)
{
	struct kept *k = NULL;
	pthread_mutex_lock(&keeper->lock);
	if (is_now(keeper->now, c, mark) || (!fresh && will_do(keeper->now, c))) {
		k = keeper->now;
		k->refs++;
	}
	pthread_mutex_unlock(&keeper->lock);
	return k;
}

static enum err make(struct ctx *c, struct keeper *keeper, struct kept *k)
{
	struct arena work CLEANUP(arena_release) = ARENA_INIT;
	struct arena *was = c->arena;
	int64_t begun = clock_now_us();
	c->arena = &work;
	enum err e = keeper->make(c, k);
	c->arena = was;
	k->made = clock_now_us();
	k->cost = k->made - begun;
	return e;
}

/* The keeper itself holds one reference to what is now. */
static void replace(struct keeper *keeper, struct kept *k)
{
	pthread_mutex_lock(&keeper->lock);
	struct kept *old = keeper->now;
	keeper->now = k;
	k->refs = 2;
	pthread_mutex_unlock(&keeper->lock);
	keep_let_go(&old);
}

static enum err remake(struct ctx *c, struct keeper *keeper, uint64_t mark, struct kept **ret)
{
	struct kept *k = xcalloc(1, sizeof *k);
	arena_init(&k->arena);
	*k = (struct kept){ .arena = k->arena,
			    .mark = mark,
			    .head = ledger_head(c->ledger),
			    .today = c->today,
			    .at_us = ledger_now(c->ledger),
			    .keeper = keeper };
	enum err e = make(c, keeper, k);
	if (e != E_OK) {
		unmake(k);
		return e;
	}
	replace(keeper, k);
	*ret = k;
	return E_OK;
}

enum err keep_get(struct ctx *c, struct keeper *keeper, bool fresh, struct kept **ret)
{
	uint64_t mark;
	TRY(mark_of(c, keeper, &mark));
	*ret = look(c, keeper, mark, fresh);
	if (*ret)
		return E_OK;
	pthread_mutex_lock(&keeper->making);
	*ret = look(c, keeper, mark, fresh); /* somebody else may have made it meanwhile */
	enum err e = *ret ? E_OK : remake(c, keeper, mark, ret);
	pthread_mutex_unlock(&keeper->making);
	return e;
}
