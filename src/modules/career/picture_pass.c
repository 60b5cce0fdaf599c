/* picture_pass.c - one pass over everybody in service, or over one person: due days, faults of the files, places in the
 * tree. */
#include "modules/career/picture_pass.h"

#include "entity/scan.h"
#include "modules/career/codes.h"

void pass_release(struct pass *x)
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

/* ---- the tree ---- */

/* The preorder number of each unit that exists today. */
static enum err number_units(struct pass *x)
{
	struct picture *p = x->p;
	struct units *u;
	TRY(units_load(x->c, (struct moment){ x->c->today, 0 }, &u));
	p->units = units_greatest(u);
	p->of_unit = ARENA_ARRAY(x->into, struct unit_sum, p->units + 1);
	p->of_unit[0].order = WHO_NOWHERE;
	for (int64_t id = 1; id <= p->units; id++) {
		struct order_range range;
		enum err e = tree_range(x->c, &unit_entity, id, &range);
		if (e != E_MISSING)
			TRY(e);
		p->of_unit[id].order = e == E_OK ? range.low : WHO_NOWHERE;
		p->of_unit[id].parent = units_parent(u, id);
	}
	return E_OK;
}

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

static enum err count_posts(struct pass *x)
{
	struct counting n = { .x = x };
	struct picture *p = x->p;
	struct scan s = { .entity = &post_entity,
			  .fields = { POST_UNIT },
			  .nfields = 1,
			  .at = { x->c->today, 0 },
			  .since = DATE_MIN };
	TRY(scan_greatest(x->c, &post_entity, &n.posts));
	n.unit = ARENA_ARRAY(&x->arena, int64_t, n.posts + 1);
	TRY(scan_rows(x->c, &s, take_post, &n));
	for (int64_t post = 1; post <= n.posts; post++)
		if (n.unit[post] >= 1 && n.unit[post] <= p->units)
			p->of_unit[n.unit[post]].posts++;
	return E_OK;
}

/* The units whose rounds everybody is judged in. */
static enum err find_tops(struct pass *x)
{
	struct query all = { .entity = &unit_entity, .at = { x->c->today, 0 }, .extent = HOLDING };
	struct cursor *k CLEANUP(cursor_close_p) = NULL;
	const struct record *r;
	x->tops = ARENA_ARRAY(&x->arena, struct str, x->p->units + 1);
	TRY(cursor_open(x->c, &all, &k));
	for (;;) {
		TRY(cursor_next(k, &r));
		if (!r)
			return E_OK;
		if (!record_has(r, UNIT_PARENT))
			x->tops[x->ntops++] = (struct str){ arena_text(&x->arena, r->code.p, r->code.n), r->code.n };
	}
}

/* ---- a person ---- */

static void mark(struct sight *s, enum fault f, bool wrong)
{
	for (int c = 0; c < CLEARANCES && wrong; c++)
		s->faults[c] |= 1u << f;
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

/* What the rows of a population are read by. */
struct reading {
	struct by_code serving, rank_order;
	struct scale *scale;
};

static struct reading read_by(struct pass *x)
{
	struct population *p = x->all;
	return (struct reading){ codes_serving(x->rules, population_codes(p), &x->arena),
				 codes_order(x->rules, "ranks", population_codes(p), &x->arena),
				 scale_read(x->rules, p, &x->arena) };
}

/* False: not in service. */
static bool sight_at(const struct pass *x, const struct reading *by, size_t row, struct sight *ret)
{
	struct population *p = x->all;
	int32_t unit = population_column(p, "unit")[row];
	date born = population_column(p, "birth_date")[row];
	if (by_code(&by->serving, population_column(p, "status")[row]) != 1)
		return false;
	*ret = (struct sight){ .person = population_person(p, row),
			       .order = unit >= 1 && unit <= x->p->units ? x->p->of_unit[unit].order : WHO_NOWHERE,
			       .unit = unit == NONE ? 0 : unit,
			       .born = born,
			       .age = born == DATE_NONE ? -1 : date_months_between(born, x->c->today) / 12,
			       .rank = by_code(&by->rank_order, population_column(p, "rank")[row]),
			       .superior = NONE,
			       .rank_code = code_number(x, "ranks", "rank", row),
			       .category = code_number(x, "categories", "category", row) };
	ret->due[DUE_RISE] = ret->due[DUE_SANCTION_END] = DATE_NONE;
	struct increment next = ahead_increment(by->scale, p, row);
	ret->due[DUE_INCREMENT] = next.on;
	ret->years = next.years;
	ret->due[DUE_RETIREMENT] = ahead_retirement(x->rules, p, row);
	find_faults(x, row, &by->rank_order, next.unknown, ret);
	return true;
}

/* ---- rises ---- */

/* x->p->v may be the one sight of the person who is looked at alone. */
static struct sight *sight_of(const struct pass *x, int64_t person)
{
	return (struct sight *)(uintptr_t)picture_of(x->p, person);
}

static void name_criteria(struct pass *x, const struct round *r)
{
	struct picture *p = x->p;
	if (p->criteria)
		return;
	p->ncriteria = r->policy->ncriteria < 64 ? r->policy->ncriteria : 64;
	p->criteria = ARENA_ARRAY(x->into, const char *, p->ncriteria + 1);
	p->confidential = ARENA_ARRAY(x->into, bool, p->ncriteria + 1);
	for (size_t i = 0; i < p->ncriteria; i++) {
		const struct criterion *one = &r->policy->criteria[i];
		p->criteria[i] = one->judge ? one->judge->title : arena_text(x->into, one->name.p, one->name.n);
		p->confidential[i] = one->confidential;
	}
}

static void take_rise(const struct pass *x, const struct round *r, const struct candidate *k)
{
	struct sight *s = sight_of(x, k->person);
	date on = ahead_rise(r, k);
	if (!s)
		return;
	if (population_declared(r->population, "superior")) {
		int32_t who = population_column(r->population, "superior")[k->row];
		s->superior = who == NONE ? 0 : who;
	}
	if (on == DATE_NONE)
		return;
	s->due[DUE_RISE] = on;
	for (size_t c = 0; c < x->p->ncriteria; c++)
		s->lacking |= (uint64_t)ahead_lacks(r, c, k, on) << c;
}

static enum err rises_below(struct pass *x, struct str unit, int64_t person)
{
	struct round *r CLEANUP(round_free_p) = NULL;
	struct str policy = rules_text(x->rules, "due.rank_policy");
	struct round_ask ask = { .kind = "rank",
				 .policy = policy.n ? arena_text(&x->arena, policy.p, policy.n) : NULL,
				 .unit = unit.p,
				 .as_of = x->c->today,
				 .person = person };
	TRY(round_assess(x->c, modules_rounds(), &ask, &r));
	name_criteria(x, r);
	for (size_t i = 0; i < r->n; i++)
		take_rise(x, r, &r->candidates[i]);
	return E_OK;
}

/* In every unit at the top of its tree. person 0: of everybody. */
static enum err rises(struct pass *x, int64_t person)
{
	for (size_t i = 0; i < x->ntops; i++)
		TRY(rises_below(x, x->tops[i], person));
	return E_OK;
}

/* ---- sanctions, papers ---- */

static enum err take_sanction(void *arg, const struct scanned *r)
{
	struct pass *x = arg;
	struct sight *s = sight_of(x, r->owner);
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
	struct sight *s = sight_of(x, r->owner);
	for (int c = x->closed; s && c < CLEARANCES; c++)
		s->faults[c] |= 1u << FAULT_UNPROVED;
	return E_OK;
}

static enum err scan_field(struct pass *x, const struct entity *e, const char *field, int64_t person,
			   enum err (*row)(void *, const struct scanned *))
{
	struct scan s = { .entity = e,
			  .fields = { entity_field(e, field) },
			  .nfields = 1,
			  .at = { x->c->today, 0 },
			  .since = DATE_MIN,
			  .low = person,
			  .high = person ? person + 1 : 0 };
	return scan_rows(x->c, &s, row, x);
}

static enum err papers(struct pass *x, int64_t person)
{
	for (const struct entity *const *e = x->c->registry->entities; *e; e++) {
		if ((*e)->owner != &person_entity || entity_field(*e, "proof") < 0)
			continue;
		x->closed = fact_hidden(*e, false);
		TRY(scan_field(x, *e, "proof", person, take_claimed));
	}
	return scan_field(x, &sanction_entity, "grace_until", person, take_sanction);
}

/* ---- the whole, and one ---- */

static enum err load(struct pass *x, int64_t person)
{
	struct population_ask ask = {
		.inputs = modules_inputs(), .names = columns, .person = person, .rules = x->rules
	};
	ask.at = (struct moment){ x->c->today, 0 };
	population_free(x->all);
	x->all = NULL;
	return population_load(x->c, &ask, &x->all);
}

enum err pass_everybody(struct pass *x)
{
	TRY(number_units(x));
	TRY(pass_begin(x));
	TRY(load(x, 0));
	struct reading by = read_by(x);
	x->p->v = ARENA_ARRAY(x->into, struct sight, population_count(x->all) + 1);
	for (size_t row = 0; row < population_count(x->all); row++)
		x->p->n += sight_at(x, &by, row, &x->p->v[x->p->n]);
	population_free(x->all); /* the round loads another one */
	x->all = NULL;
	TRY(count_posts(x));
	TRY(rises(x, 0));
	return papers(x, 0);
}

enum err pass_begin(struct pass *x)
{
	TRY(rules_at(x->c->policy, NULL, 0, x->c->today, &x->rules));
	return find_tops(x);
}

enum err pass_person(struct pass *x, int64_t person, struct sight *ret, bool *ret_serving)
{
	TRY(load(x, person));
	struct reading by = read_by(x);
	*ret_serving = population_count(x->all) && sight_at(x, &by, 0, ret);
	if (!*ret_serving)
		return E_OK;
	x->p->v = ret;
	x->p->n = 1;
	TRY(rises(x, person));
	return papers(x, person);
}
