/* round_hold.c - rounds judged once and kept for readers. */
#include "face/round_hold.h"

#include "base/map.h"

#include <pthread.h>

#define KEPT 8
#define PEOPLE 70000 /* of all that are kept together, the one used last apart: one ministry, or some offices */

struct kept {
	struct held held;
	char *origin, *with; /* of which store; under which other policy, or NULL */
	int64_t id;
	uint64_t mark; /* of what people wrote until it was judged */
	date today;
	int64_t used; /* counts up */
	int readers;
	bool out; /* no longer among those kept: the last reader frees it */
};

static pthread_mutex_t among = PTHREAD_MUTEX_INITIALIZER; /* guards what follows */
static pthread_mutex_t judging =
	PTHREAD_MUTEX_INITIALIZER; /* one is judged at a time, so that nobody judges it twice */
static struct kept *all[KEPT];
static int64_t uses;

static void kept_free(struct kept *k)
{
	if (!k)
		return;
	round_free(k->held.round);
	free((void *)(uintptr_t)k->held.order);
	free(k->origin);
	free(k->with);
	free(k);
}

/* ---- those kept ---- */

static void add(uint64_t *mark, int64_t v)
{
	*mark = (*mark ^ (uint64_t)v) * UINT64_C(0x100000001b3); /* FNV-1a, a number a step */
}

/* While it is the same, so is every open round. Not the ledger's head: that somebody read a file changes nothing. */
static enum err mark_of(struct ctx *c, uint64_t *ret)
{
	uint64_t mark = 0;
	int64_t last;
	TRY(policy_position(c->store, &last));
	add(&mark, last);
	TRY(read_last(c, &override_entity, &last));
	add(&mark, last);
	TRY(read_last(c, &round_seal_entity, &last));
	add(&mark, last);
	for (const struct entity *const *e = c->registry->entities; *e; e++) {
		if ((*e)->kind == PLAIN || !(*e)->write)
			continue;
		TRY(read_last(c, *e, &last));
		add(&mark, last);
	}
	*ret = mark;
	return E_OK;
}

static bool fits(const struct request *q, const struct kept *k, int64_t id, const char *with, uint64_t mark)
{
	bool same = k->id == id && text_is(k->with, with) && text_is(k->origin, ledger_origin(q->c->ledger));
	bool fixed = k->held.round->sealed && !with;
	return same && (fixed || k->mark == mark) && k->today == q->c->today;
}

static struct kept *take(const struct request *q, int64_t id, const char *with, uint64_t mark)
{
	struct kept *found = NULL;
	pthread_mutex_lock(&among);
	for (int i = 0; i < KEPT && !found; i++)
		if (all[i] && fits(q, all[i], id, with, mark))
			found = all[i];
	if (found) {
		found->readers++;
		found->used = ++uses;
	}
	pthread_mutex_unlock(&among);
	return found;
}

/* The one used longest ago, where a further one of so many people is too much. NULL: there is room. */
static struct kept **too_much(size_t people)
{
	struct kept **oldest = NULL;
	size_t n = 0;
	for (int i = 0; i < KEPT; i++) {
		if (!all[i])
			continue;
		n++;
		people += all[i]->held.round->n;
		if (!oldest || all[i]->used < (*oldest)->used)
			oldest = &all[i];
	}
	return n == KEPT || people > PEOPLE ? oldest : NULL;
}

/* What is let go but still read is freed by its last reader. */
static void make_room(size_t people)
{
	struct kept *unread[KEPT], **at;
	size_t n = 0;
	pthread_mutex_lock(&among);
	while ((at = too_much(people))) {
		struct kept *old = *at;
		*at = NULL;
		old->out = true;
		if (old->readers == 0)
			unread[n++] = old;
	}
	pthread_mutex_unlock(&among);
	while (n)
		kept_free(unread[--n]);
}

static void put(struct kept *k)
{
	int i = 0;
	make_room(k->held.round->n);
	pthread_mutex_lock(&among);
	while (all[i]) /* only put() fills places, and one judges at a time */
		i++;
	all[i] = k;
	k->readers = 1;
	k->used = ++uses;
	pthread_mutex_unlock(&among);
}

void round_let_go(const struct held **h)
{
	if (!*h)
		return;
	struct kept *k = (struct kept *)(uintptr_t)*h; /* held is its first member */
	pthread_mutex_lock(&among);
	bool last = --k->readers == 0 && k->out;
	pthread_mutex_unlock(&among);
	if (last)
		kept_free(k);
	*h = NULL;
}

/* ---- where everybody stands ---- */

static enum err unit_order(struct ctx *c, const struct round_kind *kind, int32_t unit, int64_t *ret)
{
	struct order_range range;
	*ret = WHO_NOWHERE;
	if (unit == NONE)
		return E_OK;
	enum err e = tree_range(c, kind->unit, unit, &range);
	if (e == E_OK)
		*ret = range.low;
	return e == E_MISSING ? E_OK : e; /* a unit that is no more */
}

/* Units are few: each is looked up once. */
static enum err find_orders(struct ctx *c, struct round *r, int64_t **ret)
{
	struct imap *known CLEANUP(imap_free_p) = imap_new();
	int64_t *order = xcalloc(r->n + 1, sizeof *order);
	const int32_t *unit = population_column(r->population, r->kind->unit->name);
	enum err e = E_OK;
	for (size_t i = 0; i < r->n && e == E_OK; i++)
		if (!imap_get(known, unit[i], &order[i])) {
			e = unit_order(c, r->kind, unit[i], &order[i]);
			imap_set(known, unit[i], order[i]);
		}
	if (e != E_OK)
		free(order);
	else
		*ret = order;
	return e;
}

/* Of a unit with all below it. E_MISSING: it is no more. */
static enum err range_of(struct ctx *c, const struct round_kind *kind, struct str unit, struct order_range *ret)
{
	int64_t id;
	TRY(key_find(c, kind->unit, unit, &id));
	return tree_range(c, kind->unit, id, ret);
}

static enum err whole(struct ctx *c, const struct round *r, struct order_range *ret)
{
	*ret = (struct order_range){ 1, 0 };
	enum err e = range_of(c, r->kind, r->unit_code, ret);
	return e == E_MISSING ? E_OK : e;
}

static enum err judge(struct request *q, int64_t id, const char *with, uint64_t mark, struct kept **ret)
{
	struct round *r CLEANUP(round_free_p) = NULL;
	struct order_range range;
	int64_t *order;
	TRY(round_read(q->c, face_of(q)->rounds, id, with, &r));
	TRY(whole(q->c, r, &range));
	TRY(find_orders(q->c, r, &order));
	struct kept *k = xcalloc(1, sizeof *k);
	*k = (struct kept){
		.held = { r, order, range },
		.origin = xstrdup(ledger_origin(q->c->ledger)),
		.with = with ? xstrdup(with) : NULL,
		.id = id,
		.mark = mark,
		.today = q->c->today,
	};
	r = NULL;
	put(k);
	*ret = k;
	return E_OK;
}

static enum err take_or_judge(struct request *q, int64_t id, const char *with, struct kept **ret)
{
	uint64_t mark;
	TRY(mark_of(q->c, &mark));
	*ret = take(q, id, with, mark);
	if (*ret)
		return E_OK;
	pthread_mutex_lock(&judging);
	enum err e = E_OK;
	*ret = take(q, id, with, mark); /* who waited for the other judge finds it done */
	if (!*ret)
		e = judge(q, id, with, mark, ret);
	pthread_mutex_unlock(&judging);
	return e;
}

/* ---- who may see what ---- */

static enum round_reach reach_over(const struct who *w, right_t right, const struct order_range *of)
{
	struct order_range mine[16];
	size_t n = who_ranges(w, right, mine, COUNT(mine));
	for (size_t i = 0; i < n; i++)
		if (mine[i].low <= of->high && of->low <= mine[i].high)
			return mine[i].low <= of->low && of->high <= mine[i].high ? REACH_WHOLE : REACH_PART;
	return REACH_NONE;
}

enum err round_reach(struct request *q, const struct round_kind *kind, struct str unit, right_t right,
		     enum round_reach *ret)
{
	struct order_range range;
	*ret = who_everywhere(q->who, right) ? REACH_WHOLE : REACH_NONE;
	if (*ret == REACH_WHOLE)
		return E_OK;
	enum err e = range_of(q->c, kind, unit, &range);
	if (e == E_OK)
		*ret = reach_over(q->who, right, &range);
	return e == E_MISSING ? E_OK : e;
}

enum err round_hold(struct request *q, int64_t id, const char *with, const struct held **ret)
{
	struct kept *k;
	TRY(take_or_judge(q, id, with, &k));
	*ret = &k->held;
	return E_OK;
}

bool round_own(const struct request *q, const struct candidate *k)
{
	return q->who && q->who->person && q->who->person == k->person && who_may(q->who, MAY_OWN);
}

enum err round_concerns(struct request *q, int64_t person, right_t right, int64_t order, bool *ret)
{
	const struct face *f = face_of(q);
	int64_t by = who_behalf_at(q->who, right, order), theirs = 0;
	if (by && f->person)
		TRY(f->person(q->c, by, &theirs));
	q->c->actor.on_behalf = by;
	*ret = person && (person == q->who->person || person == theirs);
	return E_OK;
}

bool held_sees(const struct request *q, const struct held *h, const struct candidate *k)
{
	return round_own(q, k) || who_may_at(q->who, MAY_ROUND, h->order[k->row]);
}

enum audience held_audience(const struct request *q, const struct held *h, const struct candidate *k)
{
	if (round_own(q, k))
		return FOR_PERSON;
	return who_may_at(q->who, MAY_CLOSED, h->order[k->row]) ? FOR_COMMITTEE : FOR_OTHER;
}

const struct round_kind *round_kind_named(const struct request *q, struct str name)
{
	for (const struct round_kind *const *k = face_of(q)->rounds; k && *k; k++)
		if (str_is(name, (*k)->name))
			return *k;
	return NULL;
}
