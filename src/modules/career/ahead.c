/* ahead.c - what lies ahead of somebody, reckoned from columns: for everybody, or for one. */
#include "modules/career/ahead.h"

#include "modules/career/codes.h"

const char *const ahead_columns[] = { "status",       "unit",     "birth_date",         "rank", "grade_years",
				      "grade_months", "grade_on", "grade_stopped_days", NULL };

/* One line of a scale of pay: the grade service from which it holds. */
struct printed {
	int32_t rank;
	int months;
};
struct scale {
	size_t n;
	struct printed *v;
};

struct scale *scale_read(const struct rules *r, struct population *p, struct arena *a)
{
	struct scale *s = ARENA_NEW(a, struct scale);
	s->n = rules_count(r, "basic_salary");
	s->v = ARENA_ARRAY(a, struct printed, s->n + 1);
	const struct rules_row *x = rules_row(r, "basic_salary", 0);
	for (size_t i = 0; i < s->n; i++, x = rules_next(x)) {
		s->v[i].rank = population_code(p, "ranks", row_text(x, "rank"));
		s->v[i].months = (int)row_int(x, "years", 0) * 12;
	}
	return s;
}

/* Months of grade service on the day the rank was given; -1: not stated. */
static int served(const struct population *p, size_t row)
{
	int32_t years = population_column(p, "grade_years")[row], months = population_column(p, "grade_months")[row];
	return years == NONE ? -1 : years * 12 + (months == NONE ? 0 : months);
}

static int stopped(const struct population *p, size_t row)
{
	int32_t days = population_column(p, "grade_stopped_days")[row];
	return days == NONE ? 0 : days;
}

struct increment ahead_increment(const struct scale *s, const struct population *p, size_t row)
{
	int32_t rank = population_column(p, "rank")[row];
	int had = served(p, row);
	date from = population_column(p, "grade_on")[row];
	struct increment best = { DATE_NONE, 0, rank != NONE && had < 0 };
	for (size_t i = 0; rank != NONE && had >= 0 && i < s->n; i++) {
		int left = s->v[i].months - had;
		if (left <= 0 || s->v[i].rank != rank)
			continue;
		date on = date_add_days(date_add_months(from, left), stopped(p, row));
		if (on >= population_day(p) && (best.on == DATE_NONE || on < best.on))
			best = (struct increment){ on, s->v[i].months / 12, false };
	}
	return best;
}

/* Full months of grade service on the population's day; -1: not stated. */
static int grade_service_of(const struct population *p, size_t row)
{
	int had = served(p, row);
	date from = population_column(p, "grade_on")[row];
	if (had < 0 || from == NONE)
		return -1;
	return had + date_months_between(date_add_days(from, stopped(p, row)), population_day(p));
}

date ahead_retirement(const struct rules *r, const struct population *p, size_t row)
{
	int64_t age;
	date born = population_column(p, "birth_date")[row];
	if (born == NONE || !rules_int(r, "retirement.age.general", &age))
		return DATE_NONE;
	date on = date_add_months(born, (int)age * 12);
	return str_is(rules_text(r, "retirement.falls_on"), "end-of-month") ? date_month_end(on) : on;
}

date ahead_rise(const struct round *r, const struct candidate *k)
{
	date period;
	if (k->judged == OTHER_KIND)
		return DATE_NONE;
	for (size_t i = 0; i < r->policy->ncriteria; i++) {
		date complete = round_verdicts(r, i, k)->complete_on[k->at];
		if (r->policy->criteria[i].judge == &years_in_rank_judge && complete != NONE &&
		    career_next_period(r->rules, "rank", complete, &period))
			return period;
	}
	return DATE_NONE;
}

bool ahead_lacks(const struct round *r, size_t criterion, const struct candidate *k, date on)
{
	const struct verdicts *v = round_verdicts(r, criterion, k);
	bool open = v->met[k->at] == NO || v->met[k->at] == LACKING;
	return open && (v->complete_on[k->at] == NONE || v->complete_on[k->at] > on);
}

/* ---- one person ---- */

void ahead_release(struct ahead *a)
{
	round_free(a->round);
	rules_free(a->rules);
	arena_release(&a->arena);
}

static struct str kept(struct ahead *a, struct str s)
{
	return (struct str){ arena_text(&a->arena, s.p, s.n), s.n };
}

static enum err load(struct ctx *c, int64_t person, date as_of, const struct record *supposed, const struct rules *r,
		     const char *const *names, struct population **ret)
{
	struct population_ask ask = { .inputs = modules_inputs(),
				      .names = names,
				      .at = { as_of, 0 },
				      .person = person,
				      .supposed = supposed,
				      .rules = r };
	return population_load(c, &ask, ret);
}

/* The unit of the own post, whose rules hold. 0: none. */
static enum err unit_of(struct ctx *c, int64_t person, date as_of, const struct record *supposed, int64_t *ret)
{
	static const char *const names[] = { "unit", NULL };
	struct population *p CLEANUP(population_free_p) = NULL;
	TRY(load(c, person, as_of, supposed, NULL, names, &p));
	int32_t unit = population_count(p) ? population_column(p, "unit")[0] : NONE;
	*ret = unit == NONE ? 0 : unit;
	return E_OK;
}

/* Whose time was complete long ago waits for the next one. */
static date next_round(const struct round *r, date complete)
{
	date next;
	if (complete == DATE_NONE || complete >= r->as_of)
		return complete;
	return career_next_period(r->rules, "rank", r->as_of, &next) ? next : DATE_NONE;
}

static enum err judge(struct ctx *c, int64_t person, date as_of, const struct record *supposed, int64_t unit,
		      struct ahead *a)
{
	struct str policy = kept(a, rules_text(a->rules, "due.rank_policy")), code;
	TRY(key_text(c, &unit_entity, unit, 0, &code));
	struct round_ask ask = { .kind = "rank",
				 .policy = policy.n ? policy.p : NULL,
				 .unit = arena_text(&a->arena, code.p, code.n),
				 .as_of = as_of,
				 .person = person,
				 .supposed = supposed };
	TRY(round_assess(c, modules_rounds(), &ask, &a->round));
	a->judged = round_candidate(a->round, person);
	if (a->judged) {
		a->rise = next_round(a->round, ahead_rise(a->round, a->judged));
		a->next_rank = a->judged->next;
		const struct input_column *above = population_declared(a->round->population, "superior");
		int32_t who = above ? population_column(a->round->population, "superior")[a->judged->row] : NONE;
		a->superior = who == NONE ? 0 : who;
	}
	return E_OK;
}

static date notice_of(const struct rules *r, date retirement)
{
	int64_t months;
	return rules_int(r, "retirement.notice_months", &months) ? date_add_months(retirement, -(int)months)
								 : DATE_NONE;
}

static void take_columns(struct population *p, struct ahead *a)
{
	struct by_code serving = codes_serving(a->rules, population_codes(p), &a->arena);
	a->in_service = by_code(&serving, population_column(p, "status")[0]) == 1;
	a->rank = kept(a, population_text(p, "ranks", population_column(p, "rank")[0]));
	a->grade_service = grade_service_of(p, 0);
	a->increment = ahead_increment(scale_read(a->rules, p, &a->arena), p, 0).on;
	a->retirement = ahead_retirement(a->rules, p, 0);
	a->notice = notice_of(a->rules, a->retirement);
}

enum err ahead_of(struct ctx *c, int64_t person, date as_of, const struct record *supposed, struct ahead *ret)
{
	struct population *p CLEANUP(population_free_p) = NULL;
	const struct str *path = NULL;
	size_t n = 0;
	int64_t unit;
	*ret = (struct ahead){ .increment = DATE_NONE,
			       .retirement = DATE_NONE,
			       .notice = DATE_NONE,
			       .rise = DATE_NONE,
			       .grade_service = -1 };
	TRY(unit_of(c, person, as_of, supposed, &unit));
	if (unit)
		TRY(unit_path(c, unit, (struct moment){ as_of, 0 }, &path, &n));
	TRY(rules_at(c->policy, path, n, as_of, &ret->rules));
	TRY(load(c, person, as_of, supposed, ret->rules, ahead_columns, &p));
	if (!population_count(p))
		return E_OK;
	take_columns(p, ret);
	return unit && ret->in_service && ret->rank.n ? judge(c, person, as_of, supposed, unit, ret) : E_OK;
}
