/* picture.c - one pass over everybody in service: due days, faults of the files, places in the tree. */
#include "modules/career/picture.h"

#include "entity/scan.h"
#include "modules/career/codes.h"

const char *fault_words(enum fault f)
{
	static const char *const words[] = {
#define X(name, w, todo) w,
		FAULTS(X)
#undef X
	};
	return words[f];
}

const char *fault_todo(enum fault f)
{
	static const char *const words[] = {
#define X(name, w, todo) todo,
		FAULTS(X)
#undef X
	};
	return words[f];
}

const char *due_kind_words(enum due_kind k)
{
	static const char *const words[] = { N_("Rise in rank"), N_("Increment"), N_("Retirement"),
					     N_("End of a sanction") };
	return words[k];
}

const char *due_kind_code(enum due_kind k)
{
	static const char *const codes[] = { "rank", "increment", "retirement", "sanction-end" };
	return codes[k];
}

/* ---- the pass ---- */

struct pass {
	struct ctx *c;
	struct kept *k;
	struct picture *p;
	struct population *all;
	struct rules *rules;
	struct arena arena;
	int64_t *order; /* by unit number */
	int64_t units;
};

static void pass_release(struct pass *x)
{
	population_free(x->all);
	rules_free(x->rules);
	arena_release(&x->arena);
}

static const char *const columns[] = { "status",   "unit",        "birth_date",
				       "rank",     "grade_years", "grade_months",
				       "grade_on", "post",        "grade_stopped_days",
				       "post_low", "post_high",   "rating_score_1",
				       "category", NULL };

static struct sight *sight_of(const struct picture *p, int64_t person)
{
	size_t low = 0, high = p->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (p->v[middle].person < person)
			low = middle + 1;
		else
			high = middle;
	}
	return low < p->n && p->v[low].person == person ? &p->v[low] : NULL;
}

const struct sight *picture_of(const struct picture *p, int64_t person)
{
	return sight_of(p, person);
}

/* The preorder number of each unit that exists today. */
static enum err number_units(struct pass *x)
{
	struct units *u;
	TRY(units_load(x->c, (struct moment){ x->c->today, 0 }, &u));
	x->units = units_greatest(u);
	x->order = ARENA_ARRAY(&x->arena, int64_t, x->units + 1);
	for (int64_t id = 1; id <= x->units; id++) {
		struct order_range range;
		enum err e = tree_range(x->c, &unit_entity, id, &range);
		if (e != E_MISSING)
			TRY(e);
		x->order[id] = e == E_OK ? range.low : WHO_NOWHERE;
	}
	return E_OK;
}

static void mark(struct sight *s, enum fault f, bool wrong)
{
	if (wrong)
		s->faults |= 1u << f;
}

static void find_faults(const struct pass *x, size_t row, const struct by_code *rank_order, bool no_grade,
			struct sight *s)
{
	const struct population *p = x->all;
	int32_t low = by_code(rank_order, population_column(p, "post_low")[row]);
	int32_t high = by_code(rank_order, population_column(p, "post_high")[row]);
	date retires = s->due[DUE_RETIREMENT];
	mark(s, FAULT_NO_POST, population_column(p, "post")[row] == NONE);
	mark(s, FAULT_NO_RANK, s->rank == NONE);
	mark(s, FAULT_OUTSIDE_BAND,
	     s->rank != NONE && ((low != NONE && s->rank < low) || (high != NONE && s->rank > high)));
	mark(s, FAULT_NO_RATING, population_column(p, "rating_score_1")[row] == NONE);
	mark(s, FAULT_NO_GRADE_SERVICE, no_grade);
	mark(s, FAULT_RETIREMENT_PASSED, retires != DATE_NONE && retires < x->c->today);
}

static int64_t code_number(const struct pass *x, const char *of, const char *column, size_t row)
{
	struct str code = population_text(x->all, of, population_column(x->all, column)[row]);
	return code.n ? x->c->codes->number(x->c->codes->arg, of, code) : 0;
}

static void look_at_each(struct pass *x)
{
	struct population *p = x->all;
	struct by_code serving = codes_serving(x->rules, population_codes(p), &x->arena);
	struct by_code rank_order = codes_order(x->rules, "ranks", population_codes(p), &x->arena);
	struct scale *scale = scale_read(x->rules, p, &x->arena);
	const int32_t *status = population_column(p, "status"), *unit = population_column(p, "unit");
	x->p->v = ARENA_ARRAY(&x->k->arena, struct sight, population_count(p) + 1);
	for (size_t row = 0; row < population_count(p); row++) {
		if (by_code(&serving, status[row]) != 1)
			continue;
		struct sight *s = &x->p->v[x->p->n++];
		int32_t at = unit[row];
		*s = (struct sight){ .person = population_person(p, row),
				     .order = at >= 1 && at <= x->units ? x->order[at] : WHO_NOWHERE,
				     .unit = at == NONE ? 0 : at,
				     .born = population_column(p, "birth_date")[row],
				     .rank = by_code(&rank_order, population_column(p, "rank")[row]),
				     .rank_code = code_number(x, "ranks", "rank", row),
				     .category = code_number(x, "categories", "category", row) };
		s->due[DUE_RISE] = s->due[DUE_SANCTION_END] = DATE_NONE;
		struct increment next = ahead_increment(scale, p, row);
		s->due[DUE_INCREMENT] = next.on;
		s->years = next.years;
		s->due[DUE_RETIREMENT] = ahead_retirement(x->rules, p, row);
		find_faults(x, row, &rank_order, next.unknown, s);
	}
}

/* ---- posts ---- */

struct counting {
	struct pass *x;
	int64_t *unit; /* by post */
	int64_t posts;
};

static enum err take_post(void *arg, const struct scanned *r)
{
	struct counting *n = arg;
	if (r->owner >= 1 && r->owner <= n->posts)
		n->unit[r->owner] = r->op == OP_HOLDS && r->v[0] != SCAN_NULL ? r->v[0] : 0;
	return E_OK;
}

static struct seats *seats_of(struct pass *x, int64_t unit)
{
	return unit >= 1 && unit <= x->units ? &x->p->seats[unit] : NULL;
}

static enum err posts(struct pass *x)
{
	struct counting n = { .x = x };
	struct scan s = { .entity = &post_entity,
			  .fields = { POST_UNIT },
			  .nfields = 1,
			  .at = { x->c->today, 0 },
			  .since = DATE_MIN };
	const int32_t *held = population_column(x->all, "post");
	TRY(scan_greatest(x->c, &post_entity, &n.posts));
	n.unit = ARENA_ARRAY(&x->arena, int64_t, n.posts + 1);
	TRY(scan_rows(x->c, &s, take_post, &n));
	x->p->units = x->units;
	x->p->seats = ARENA_ARRAY(&x->k->arena, struct seats, x->units + 1);
	for (int64_t unit = 1; unit <= x->units; unit++)
		x->p->seats[unit].order = x->order[unit];
	for (int64_t post = 1; post <= n.posts; post++)
		if (seats_of(x, n.unit[post]))
			seats_of(x, n.unit[post])->posts++;
	for (size_t row = 0; row < population_count(x->all); row++) {
		int32_t post = held[row];
		if (post != NONE && post <= n.posts && seats_of(x, n.unit[post]))
			seats_of(x, n.unit[post])->held++;
	}
	return E_OK;
}

/* ---- rises ---- */

static struct str kept_text(struct kept *k, struct str s)
{
	return (struct str){ arena_text(&k->arena, s.p, s.n), s.n };
}

static void name_criteria(struct pass *x, const struct round *r)
{
	struct picture *p = x->p;
	if (p->criteria)
		return;
	p->policy = kept_text(x->k, r->policy->name);
	p->ncriteria = r->policy->ncriteria < 64 ? r->policy->ncriteria : 64;
	p->criteria = ARENA_ARRAY(&x->k->arena, const char *, p->ncriteria + 1);
	p->confidential = ARENA_ARRAY(&x->k->arena, bool, p->ncriteria + 1);
	for (size_t i = 0; i < p->ncriteria; i++) {
		const struct criterion *one = &r->policy->criteria[i];
		p->criteria[i] = one->judge ? one->judge->title : kept_text(x->k, one->name).p;
		p->confidential[i] = one->confidential;
	}
}

static enum err rises_below(struct pass *x, struct str unit)
{
	struct round *r CLEANUP(round_free_p) = NULL;
	struct str policy = rules_text(x->rules, "due.rank_policy");
	struct round_ask ask = { .kind = "rank",
				 .policy = policy.n ? arena_text(&x->arena, policy.p, policy.n) : NULL,
				 .unit = arena_text(&x->arena, unit.p, unit.n),
				 .as_of = x->c->today };
	TRY(round_assess(x->c, modules_rounds(), &ask, &r));
	name_criteria(x, r);
	for (size_t i = 0; i < r->n; i++) {
		struct sight *s = sight_of(x->p, r->candidates[i].person);
		date on = ahead_rise(r, &r->candidates[i]);
		if (!s || on == DATE_NONE)
			continue;
		s->due[DUE_RISE] = on;
		for (size_t c = 0; c < x->p->ncriteria; c++)
			s->lacking |= (uint64_t)ahead_lacks(r, c, &r->candidates[i], on) << c;
	}
	return E_OK;
}

/* Of every unit at the top of its tree. */
static enum err rises(struct pass *x)
{
	struct query all = { .entity = &unit_entity, .at = { x->c->today, 0 }, .extent = HOLDING };
	struct record **units;
	size_t n;
	TRY(read_all(x->c, &all, &units, &n));
	for (size_t i = 0; i < n; i++)
		if (!record_has(units[i], UNIT_PARENT))
			TRY(rises_below(x, units[i]->code));
	return E_OK;
}

/* ---- sanctions, papers ---- */

static enum err take_sanction(void *arg, const struct scanned *r)
{
	struct pass *x = arg;
	struct sight *s = sight_of(x->p, r->owner);
	if (s && r->op == OP_HOLDS && r->v[0] != SCAN_NULL && r->v[0] >= x->c->today &&
	    (s->due[DUE_SANCTION_END] == DATE_NONE || r->v[0] < s->due[DUE_SANCTION_END]))
		s->due[DUE_SANCTION_END] = (date)r->v[0];
	return E_OK;
}

static enum err take_claimed(void *arg, const struct scanned *r)
{
	struct pass *x = arg;
	if (r->op != OP_HOLDS || (r->v[0] != SCAN_NULL && r->v[0] != 0))
		return E_OK;
	struct sight *s = sight_of(x->p, r->owner);
	if (s)
		mark(s, FAULT_UNPROVED, true);
	return E_OK;
}

static enum err scan_field(struct pass *x, const struct entity *e, const char *field,
			   enum err (*row)(void *, const struct scanned *))
{
	struct scan s = { .entity = e,
			  .fields = { entity_field(e, field) },
			  .nfields = 1,
			  .at = { x->c->today, 0 },
			  .since = DATE_MIN };
	return scan_rows(x->c, &s, row, x);
}

static enum err papers(struct pass *x)
{
	for (const struct entity *const *e = x->c->registry->entities; *e; e++)
		if ((*e)->owner == &person_entity && entity_field(*e, "proof") >= 0)
			TRY(scan_field(x, *e, "proof", take_claimed));
	return scan_field(x, &sanction_entity, "grace_until", take_sanction);
}

/* ---- the whole ---- */

static enum err make(struct ctx *c, struct kept *k)
{
	struct pass x CLEANUP(pass_release) = { .c = c, .k = k };
	x.p = k->what = ARENA_NEW(&k->arena, struct picture);
	TRY(rules_at(c->policy, NULL, 0, c->today, &x.rules));
	struct population_ask ask = {
		.inputs = modules_inputs(), .names = columns, .at = { c->today, 0 }, .rules = x.rules
	};
	TRY(population_load(c, &ask, &x.all));
	TRY(number_units(&x));
	look_at_each(&x);
	TRY(posts(&x));
	TRY(rises(&x));
	return papers(&x);
}

static const struct entity *const sources[] = { &person_entity, &post_entity, &unit_entity, NULL };
static struct keeper keeper = KEEPER(make, sources, &person_entity);

enum err picture_get(struct ctx *c, bool fresh, struct kept **ret)
{
	return keep_get(c, &keeper, fresh, ret);
}

void within_reach(const struct who *w, right_t right, struct within *ret)
{
	ret->n = who_ranges(w, right, ret->reach, COUNT(ret->reach));
	ret->unit = (struct order_range){ INT64_MIN, INT64_MAX };
}

bool within_order(const struct within *w, int64_t order)
{
	if (order < w->unit.low || order > w->unit.high)
		return false;
	for (size_t i = 0; i < w->n; i++)
		if (order >= w->reach[i].low && order <= w->reach[i].high)
			return true;
	return false;
}

bool within_has(const struct within *w, const struct sight *s)
{
	return within_order(w, s->order);
}
