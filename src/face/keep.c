/* keep.c - what is computed once for all threads: made by one, read by all, freed by the last reader. */
#include "face/keep.h"

#include "base/sha256.h"

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

static bool is_now(const struct kept *k, struct ctx *c)
{
	struct hash root = ledger_checkpoint(c->ledger).root;
	return k && k->today == c->today && memcmp(&k->root, &root, sizeof root) == 0;
}

/* Making it takes no more than a hundredth of the time. */
static bool will_do(const struct kept *k, struct ctx *c)
{
	return k && k->today == c->today && k->head <= ledger_head(c->ledger) &&
	       clock_now_us() - k->made < 100 * k->cost;
}

static struct kept *look(struct ctx *c, struct keeper *keeper, bool fresh)
{
	struct kept *k = NULL;
	pthread_mutex_lock(&keeper->lock);
	if (is_now(keeper->now, c) || (!fresh && will_do(keeper->now, c))) {
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

static enum err remake(struct ctx *c, struct keeper *keeper, struct kept **ret)
{
	struct kept *k = xcalloc(1, sizeof *k);
	arena_init(&k->arena);
	*k = (struct kept){ .arena = k->arena,
			    .root = ledger_checkpoint(c->ledger).root,
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
	TRY(ledger_refresh(c->ledger));
	*ret = look(c, keeper, fresh);
	if (*ret)
		return E_OK;
	pthread_mutex_lock(&keeper->making);
	*ret = look(c, keeper, fresh); /* somebody else may have made it meanwhile */
	enum err e = *ret ? E_OK : remake(c, keeper, ret);
	pthread_mutex_unlock(&keeper->making);
	return e;
}
