/* superior.c - the head of each unit, and from it everybody's superior. */
#include "modules/career/superior.h"

#include "entity/list.h"
#include "entity/scan.h"

struct heads {
	struct population *p;
	struct units *units;
	struct arena arena;
	struct keys *codes;                       /* of posts, loaded when two could head one unit */
	struct keys *numbers;                     /* staff numbers, loaded when two act for one post */
	int64_t posts;                            /* greatest post number */
	int64_t *unit, *echelon, *flag;           /* by post number */
	int64_t *head;                            /* by unit number: post; 0: none */
	int64_t *holder, *acting;                 /* by post number: person; 0: vacant */
	int64_t owner, acting_post, acting_until; /* of the person being scanned */
};

static void heads_release(struct heads *h)
{
	keys_free(h->codes);
	keys_free(h->numbers);
	arena_release(&h->arena);
}

static enum err take_post(void *arg, const struct scanned *r)
{
	struct heads *h = arg;
	if (r->owner < 1 || r->owner > h->posts)
		return E_OK;
	bool holds = r->op == OP_HOLDS;
	h->unit[r->owner] = holds && r->v[0] != SCAN_NULL ? r->v[0] : 0;
	h->echelon[r->owner] = holds && r->v[1] != SCAN_NULL ? r->v[1] : 0;
	h->flag[r->owner] = holds && r->v[2] == 1;
	return E_OK;
}

/* The order of an echelon in the rules; a post without one stands after all. */
static int64_t echelon_order(struct heads *h, int64_t stored)
{
	struct ctx *c = population_ctx(h->p);
	struct str code = stored ? c->codes->text(c->codes->arg, stored) : (struct str){ 0 };
	const struct rules_row *row = code.n ? rules_find(population_rules(h->p), "echelons", code) : NULL;
	return row ? row_int(row, "order", INT64_MAX) : INT64_MAX;
}

/* Which of two posts heads a unit: a flagged one, then the higher echelon. 0: neither before the other. */
static int between(struct heads *h, int64_t a, int64_t b)
{
	if (h->flag[a] != h->flag[b])
		return h->flag[a] ? -1 : 1;
	int64_t x = echelon_order(h, h->echelon[a]), y = echelon_order(h, h->echelon[b]);
	return (x > y) - (x < y);
}

/* Where that leaves several, the one of the lowest code. Mostly it leaves none, so codes are not loaded for it. */
static enum err settle_ties(struct heads *h, const bool *tied, struct moment at)
{
	TRY(keys_load(population_ctx(h->p), &post_entity, at.position, &h->codes));
	for (int64_t post = 1; post <= h->posts; post++) {
		int64_t unit = h->unit[post];
		if (unit < 1 || unit > units_greatest(h->units) || !tied[unit])
			continue;
		int64_t head = h->head[unit];
		if (between(h, post, head) == 0 && str_cmp(keys_text(h->codes, post), keys_text(h->codes, head)) < 0)
			h->head[unit] = post;
	}
	return E_OK;
}

static enum err choose_heads(struct heads *h, struct moment at)
{
	bool *tied = ARENA_ARRAY(&h->arena, bool, units_greatest(h->units) + 1), some = false;
	for (int64_t post = 1; post <= h->posts; post++) {
		int64_t unit = h->unit[post];
		if (unit < 1 || unit > units_greatest(h->units))
			continue;
		int first = h->head[unit] ? between(h, post, h->head[unit]) : -1;
		if (first < 0)
			h->head[unit] = post;
		if (first <= 0)
			tied[unit] = first == 0;
	}
	for (int64_t unit = 1; unit <= units_greatest(h->units); unit++)
		some = some || tied[unit];
	return some ? settle_ties(h, tied, at) : E_OK;
}

static enum err find_heads(struct heads *h, struct moment at)
{
	struct ctx *c = population_ctx(h->p);
	TRY(units_load(c, at, &h->units));
	TRY(scan_greatest(c, &post_entity, &h->posts));
	size_t n = (size_t)h->posts + 1;
	h->unit = ARENA_ARRAY(&h->arena, int64_t, n);
	h->echelon = ARENA_ARRAY(&h->arena, int64_t, n);
	h->flag = ARENA_ARRAY(&h->arena, int64_t, n);
	h->holder = ARENA_ARRAY(&h->arena, int64_t, n);
	h->acting = ARENA_ARRAY(&h->arena, int64_t, n);
	h->head = ARENA_ARRAY(&h->arena, int64_t, units_greatest(h->units) + 1);
	struct scan s = { .entity = &post_entity,
			  .fields = { POST_UNIT, POST_ECHELON, POST_HEADS_UNIT },
			  .nfields = 3,
			  .at = at,
			  .since = DATE_MIN };
	TRY(scan_rows(c, &s, take_post, h));
	return choose_heads(h, at);
}

/* Of two who act for one post, the lower staff number in byte order: inner numbers differ from store to store. */
static enum err acts_before(struct heads *h, int64_t one, int64_t other, bool *ret)
{
	if (!h->numbers)
		TRY(keys_load(population_ctx(h->p), &person_entity, population_position(h->p), &h->numbers));
	*ret = str_cmp(keys_text(h->numbers, one), keys_text(h->numbers, other)) < 0;
	return E_OK;
}

/* The acting post of one person counts when its row is the lane's last begun and has not ended. */
static enum err settle_acting(struct heads *h)
{
	int64_t post = h->acting_post;
	bool first = true;
	h->acting_post = 0;
	if (post < 1 || post > h->posts || h->acting_until < population_day(h->p))
		return E_OK;
	if (h->acting[post])
		TRY(acts_before(h, h->owner, h->acting[post], &first));
	if (first)
		h->acting[post] = h->owner;
	return E_OK;
}

static enum err take_acting(void *arg, const struct scanned *r)
{
	struct heads *h = arg;
	if (r->owner != h->owner)
		TRY(settle_acting(h));
	h->owner = r->owner;
	if (r->v[1] == 1 && r->op != OP_WITHDRAWN) {
		h->acting_post = r->op == OP_HOLDS && r->v[0] != SCAN_NULL ? r->v[0] : 0;
		h->acting_until = r->until == DATE_NONE ? DATE_MAX : r->until;
	}
	return E_OK;
}

static enum err find_holders(struct heads *h, struct moment at)
{
	const int32_t *post = population_column(h->p, "post");
	for (size_t row = 0; row < population_count(h->p); row++)
		if (post[row] >= 1 && post[row] <= h->posts)
			h->holder[post[row]] = population_person(h->p, row);
	struct scan s = { .entity = &post_history_entity,
			  .fields = { POST_HELD, POST_ACTING },
			  .nfields = 2,
			  .at = at,
			  .since = DATE_MIN,
			  .lanes = OTHER_LANES };
	TRY(scan_rows(population_ctx(h->p), &s, take_acting, h));
	return settle_acting(h);
}

static void tell(const struct looked *seen, int64_t unit, int64_t head, int64_t who)
{
	seen->at(seen->arg, &unit_entity, unit);
	if (head)
		seen->at(seen->arg, &post_entity, head);
	if (who)
		seen->at(seen->arg, &person_entity, who);
}

/* Tells `seen`, which may be NULL, what it passes. */
static int64_t superior_of(const struct heads *h, int64_t person, int64_t unit, const struct looked *seen)
{
	for (int64_t steps = 0; unit && steps <= units_greatest(h->units); steps++) {
		int64_t head = unit <= units_greatest(h->units) ? h->head[unit] : 0;
		int64_t who = head ? (h->holder[head] ? h->holder[head] : h->acting[head]) : 0;
		if (seen)
			tell(seen, unit, head, who);
		if (who && who != person)
			return who;
		unit = units_parent(h->units, unit);
	}
	return 0;
}

/* Of one person alone, on another day than today: everybody's posts and ranks are loaded. */
static enum err of_everybody(struct population *p, const char *name, int32_t *ret)
{
	static const char *const names[] = { "superior", "superior_rank", NULL };
	struct population *all CLEANUP(population_free_p) = NULL;
	struct population_ask ask = { .inputs = modules_inputs(), .names = names, .rules = population_rules(p) };
	ask.at = (struct moment){ population_day(p), population_position(p) };
	TRY(population_load(population_ctx(p), &ask, &all));
	size_t row = population_row(all, population_only(p));
	int32_t v = row == SIZE_MAX ? NONE : population_column(all, name)[row];
	if (v != NONE && text_is(name, "superior_rank"))
		v = population_code(p, "ranks", population_text(all, "ranks", v));
	*ret = v;
	return E_OK;
}

/* Today the lists say who holds what. */
static bool is_now(const struct population *p, struct ctx *c)
{
	return population_day(p) == c->today && population_position(p) >= ledger_head(c->ledger);
}

static enum err of_one(struct population *p, int32_t *ret)
{
	struct ctx *c = population_ctx(p);
	int32_t unit = population_column(p, "unit")[0];
	int64_t who = 0;
	if (!is_now(p, c))
		return of_everybody(p, "superior", ret);
	if (unit != NONE)
		TRY(superior_now(c, population_only(p), unit, &who));
	*ret = who ? (int32_t)who : NONE;
	return E_OK;
}

static enum err rank_of_one(struct population *p, int32_t *ret)
{
	struct ctx *c = population_ctx(p);
	int32_t who = population_column(p, "superior")[0];
	struct list_row row;
	int rank = projection_column(&staff_now_projection, "rank");
	if (!is_now(p, c))
		return of_everybody(p, "superior_rank", ret);
	if (who == NONE)
		return E_OK;
	TRY(list_one(c, &staff_now_projection, who, &row));
	*ret = row.v[rank].set ? population_pack(p, "ranks", row.v[rank].i) : NONE;
	return E_OK;
}

enum err superior_derive(struct population *p, int32_t *column)
{
	if (population_only(p))
		return population_count(p) ? of_one(p, column) : E_OK;
	struct moment at = population_moment(p);
	struct heads h CLEANUP(heads_release) = { .p = p };
	TRY(find_heads(&h, at));
	TRY(find_holders(&h, at));
	const int32_t *unit = population_column(p, "unit");
	for (size_t row = 0; row < population_count(p); row++) {
		int64_t who = unit[row] == NONE ? 0 : superior_of(&h, population_person(p, row), unit[row], NULL);
		column[row] = who ? (int32_t)who : NONE;
	}
	return E_OK;
}

enum err superior_looked(struct population *p, const bool *take, const struct looked *ret)
{
	struct moment at = { population_day(p), population_position(p) };
	struct heads h CLEANUP(heads_release) = { .p = p };
	TRY(find_heads(&h, at));
	TRY(find_holders(&h, at));
	const int32_t *unit = population_column(p, "unit");
	for (size_t row = 0; row < population_count(p); row++)
		if (take[row] && unit[row] != NONE)
			(void)superior_of(&h, population_person(p, row), unit[row], ret);
	return E_OK;
}

enum err superior_derive_rank(struct population *p, int32_t *column)
{
	if (population_only(p))
		return population_count(p) ? rank_of_one(p, column) : E_OK;
	const int32_t *superior = population_column(p, "superior"), *rank = population_column(p, "rank");
	for (size_t row = 0; row < population_count(p); row++) {
		size_t above = superior[row] == NONE ? SIZE_MAX : population_row(p, superior[row]);
		column[row] = above == SIZE_MAX ? NONE : rank[above];
	}
	return E_OK;
}
