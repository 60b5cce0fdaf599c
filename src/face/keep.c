/* keep.c - what is computed once for all threads: made by one, read by all, freed by the last reader. */
#include "face/keep.h"

#include "policy/rules.h"

#define LAG_US 1000000 /* how long an older one will do where mending takes milliseconds */
#define TOUCHED 100    /* records; of more it is made anew */
#define ENTRIES 64     /* how many are looked through for the reader's own */

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

/* ---- what its sources are now ---- */

struct now {
	struct keep_key key;
	struct keep_seen *seen;
	size_t nseen;
	int64_t rules;
	bool fresh;
};

static bool is_source(const struct keeper *keeper, const struct entity *e)
{
	for (const struct entity *const *x = keeper->of; x && *x; x++)
		if (*x == e)
			return true;
	return keeper->facts_of && (e == keeper->facts_of || (e->owner == keeper->facts_of && e->write));
}

static enum err look_at_sources(struct ctx *c, const struct keeper *keeper, struct now *ret)
{
	size_t n = 0;
	while (c->registry->entities[n])
		n++;
	ret->seen = ARENA_ARRAY(c->arena, struct keep_seen, n + 1);
	ret->nseen = 0;
	TRY(policy_position(c->store, &ret->rules));
	for (size_t i = 0; i < n; i++) {
		const struct entity *e = c->registry->entities[i];
		if (!is_source(keeper, e))
			continue;
		struct keep_seen *x = &ret->seen[ret->nseen++];
		x->of = e;
		TRY(read_last(c, e, &x->last));
	}
	return E_OK;
}

int64_t keep_last(const struct kept *k, const struct entity *e)
{
	for (size_t i = 0; i < k->nseen; i++)
		if (k->seen[i].of == e)
			return k->seen[i].last;
	return 0;
}

/* Of this store, this day and these rules; perhaps of older facts. */
static bool is_like(const struct kept *k, struct ctx *c, const struct now *now)
{
	return k->key.a == now->key.a && k->key.b == now->key.b && k->today == c->today && k->rules == now->rules &&
	       k->nseen == now->nseen && text_is(k->store, ledger_side(c->ledger));
}

/* One that knows more than this reading is as good: its facts are believed by now. */
static bool is_current(const struct kept *k, struct ctx *c, const struct now *now)
{
	for (size_t i = 0; i < k->nseen; i++)
		if (k->seen[i].of != now->seen[i].of || k->seen[i].last < now->seen[i].last)
			return false;
	return is_like(k, c, now);
}

/* ---- those kept ---- */

static struct kept *like(struct keeper *keeper, struct ctx *c, const struct now *now)
{
	struct kept *k = keeper->first;
	while (k && !is_like(k, c, now))
		k = k->next;
	return k;
}

static struct kept *take(struct keeper *keeper, struct kept *k)
{
	k->refs++;
	k->used = ++keeper->uses;
	return k;
}

/* The one that will do; NULL: it has to be made. *ret_old: the one before, to be mended. */
static struct kept *look(struct ctx *c, struct keeper *keeper, const struct now *now, struct kept **ret_old)
{
	pthread_mutex_lock(&keeper->lock);
	struct kept *k = like(keeper, c, now), *found = NULL;
	if (k) {
		int64_t lag = keeper->mend ? LAG_US : 100 * k->cost;
		bool will_do = !now->fresh && clock_now_us() - k->checked < lag;
		if (will_do || is_current(k, c, now))
			found = take(keeper, k);
		else if (ret_old)
			*ret_old = take(keeper, k);
	}
	pthread_mutex_unlock(&keeper->lock);
	return found;
}

/* The heaviest first would be unjust: the one used longest ago goes. What one reader needs is kept whatever it weighs.
 */
static struct kept **oldest_over(struct keeper *keeper)
{
	struct kept **oldest = NULL;
	size_t weight = 0, n = 0;
	for (struct kept **at = &keeper->first; *at; at = &(*at)->next) {
		weight += (*at)->weight;
		n++;
		if (!oldest || (*at)->used < (*oldest)->used)
			oldest = at;
	}
	return n > 1 && (!keeper->most || weight > keeper->most) ? oldest : NULL;
}

static bool replaces(const struct kept *k, const struct kept *old)
{
	return k->key.a == old->key.a && k->key.b == old->key.b;
}

/* Takes out of the list what k replaces and what is too much; they end with their last reader. */
static struct kept *take_out(struct keeper *keeper, const struct kept *k)
{
	struct kept *out = NULL, **at = &keeper->first;
	while (*at) {
		struct kept *x = *at;
		if (x == k || !replaces(k, x)) {
			at = &x->next;
			continue;
		}
		*at = x->next;
		x->next = out;
		out = x;
	}
	while ((at = oldest_over(keeper))) {
		struct kept *x = *at;
		*at = x->next;
		x->next = out;
		out = x;
	}
	return out;
}

/* The keeper itself holds one reference to each that it keeps. */
static void put(struct keeper *keeper, struct kept *k)
{
	pthread_mutex_lock(&keeper->lock);
	k->next = keeper->first;
	keeper->first = k;
	k->refs = 1;
	take(keeper, k);
	struct kept *out = take_out(keeper, k);
	pthread_mutex_unlock(&keeper->lock);
	while (out) {
		struct kept *x = out;
		out = x->next;
		keep_let_go(&x);
	}
}

/* ---- making ---- */

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* The records of facts_of with rows that `old` does not know, each once. E_MISSING: too many, or something else was
 * written. */
static enum err touched(struct ctx *c, const struct keeper *keeper, const struct kept *old, const struct now *now,
			int64_t *ret, size_t *ret_n)
{
	size_t n = 0, kept = 0;
	for (size_t i = 0; i < now->nseen; i++) {
		const struct entity *e = now->seen[i].of;
		size_t more;
		if (now->seen[i].last <= old->seen[i].last)
			continue;
		if (e != keeper->facts_of && e->owner != keeper->facts_of)
			return E_MISSING;
		TRY(read_touched(c, e, old->seen[i].last, ret + n, TOUCHED + 1 - n, &more));
		n += more;
		if (n > TOUCHED)
			return E_MISSING;
	}
	qsort(ret, n, sizeof *ret, by_number);
	for (size_t i = 0; i < n; i++)
		if (!kept || ret[kept - 1] != ret[i])
			ret[kept++] = ret[i];
	*ret_n = kept;
	return E_OK;
}

static enum err mend(struct ctx *c, struct keeper *keeper, const struct kept *old, const struct now *now,
		     struct kept *k)
{
	int64_t people[TOUCHED + 1];
	size_t n;
	if (!old || !keeper->mend)
		return E_MISSING;
	TRY(touched(c, keeper, old, now, people, &n));
	k->cost = old->cost;
	return keeper->mend(c, old, people, n, k);
}

static enum err make(struct ctx *c, struct keeper *keeper, struct kept *k)
{
	int64_t begun = clock_now_us();
	arena_release(&k->arena); /* of what could not be mended */
	TRY(keeper->make(c, k));
	k->cost = clock_now_us() - begun;
	return E_OK;
}

static void sign(struct ctx *c, const struct now *now, struct kept *k)
{
	k->store = arena_copy(&k->arena, ledger_side(c->ledger));
	k->nseen = now->nseen;
	k->seen = ARENA_ARRAY(&k->arena, struct keep_seen, now->nseen + 1);
	memcpy(k->seen, now->seen, now->nseen * sizeof *now->seen);
	k->made = k->checked = clock_now_us();
}

/* Making it takes no more than a hundredth of the time, where an older one will do. */
static bool bears_waiting(struct keeper *keeper, struct kept *old, const struct now *now)
{
	int64_t at = clock_now_us();
	if (!old || now->fresh || at - old->made > 100 * old->cost)
		return false;
	pthread_mutex_lock(&keeper->lock);
	old->checked = at;
	pthread_mutex_unlock(&keeper->lock);
	return true;
}

static enum err fill(struct ctx *c, struct keeper *keeper, struct kept *old, const struct now *now, struct kept *k)
{
	struct arena work CLEANUP(arena_release) = ARENA_INIT, *was = c->arena;
	c->arena = &work;
	enum err e = mend(c, keeper, old, now, k);
	if (e == E_MISSING)
		e = bears_waiting(keeper, old, now) ? E_CONFLICT : make(c, keeper, k);
	c->arena = was;
	if (e == E_OK)
		sign(c, now, k);
	return e;
}

/* From `old` where that can be; it is what is answered when it bears waiting. */
static enum err remake(struct ctx *c, struct keeper *keeper, struct kept **old, const struct now *now,
		       struct kept **ret)
{
	struct kept *k = xcalloc(1, sizeof *k);
	*k = (struct kept){ .key = now->key,
			    .head = ledger_head(c->ledger),
			    .today = c->today,
			    .at_us = ledger_now(c->ledger),
			    .rules = now->rules,
			    .keeper = keeper };
	arena_init(&k->arena);
	enum err e = fill(c, keeper, *old, now, k);
	if (e == E_OK) {
		put(keeper, k);
		*ret = k;
		return E_OK;
	}
	unmake(k);
	if (e != E_CONFLICT)
		return e;
	*ret = *old;
	*old = NULL;
	return E_OK;
}

static enum err look_or_make(struct ctx *c, struct keeper *keeper, const struct now *now, struct kept **ret)
{
	struct kept *old CLEANUP(keep_let_go) = NULL;
	*ret = look(c, keeper, now, &old); /* somebody else may have made it meanwhile */
	return *ret ? E_OK : remake(c, keeper, &old, now, ret);
}

/* ---- asking ---- */

/* Whether this reader wrote what the one that is kept does not know: their own change they must see. */
static enum err wrote_since(struct ctx *c, struct keeper *keeper, const struct now *now, bool *ret)
{
	pthread_mutex_lock(&keeper->lock);
	const struct kept *k = like(keeper, c, now);
	int64_t head = k ? k->head : INT64_MAX;
	pthread_mutex_unlock(&keeper->lock);
	int64_t last = ledger_head(c->ledger);
	*ret = last > head && last - head > ENTRIES;
	for (int64_t seq = head; !*ret && seq < last; seq++) {
		struct entry e;
		TRY(entry_get(c->store, seq + 1, &e));
		*ret = e.actor == c->actor.user;
	}
	return E_OK;
}

enum err keep_get_of(struct ctx *c, struct keeper *keeper, struct keep_key key, bool fresh, struct kept **ret)
{
	struct now now = { .key = key, .fresh = true };
	TRY(look_at_sources(c, keeper, &now));
	*ret = look(c, keeper, &now, NULL);
	if (!*ret && !fresh) {
		TRY(wrote_since(c, keeper, &now, &now.fresh));
		*ret = look(c, keeper, &now, NULL);
	}
	if (*ret)
		return E_OK;
	if (c->quick)
		return E_BUSY;
	pthread_mutex_lock(&keeper->making);
	enum err e = look_or_make(c, keeper, &now, ret);
	pthread_mutex_unlock(&keeper->making);
	return e;
}

enum err keep_get(struct ctx *c, struct keeper *keeper, bool fresh, struct kept **ret)
{
	return keep_get_of(c, keeper, (struct keep_key){ 0, 0 }, fresh, ret);
}
