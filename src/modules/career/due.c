/* due.c - what falls due in the months ahead: rises in rank, increments, retirements, ends of sanctions. */
#include "entity/read.h"
#include "entity/scan.h"
#include "modules/career/ahead.h"
#include "modules/career/people.h"
#include "modules/career/picture.h"

struct due {
	size_t row;
	date on;
	enum due_kind kind;
	struct str number, lacking;
};
struct list {
	struct people q;
	const struct due_ask *ask;
	date last; /* the last day looked at */
	struct due *v;
	size_t n, cap;
	struct scale *scale;
	size_t no_grade_service;
};

static void list_release(struct list *l)
{
	people_release(&l->q);
}

static void add(struct list *l, size_t row, enum due_kind kind, date on, struct str lacking)
{
	if (on == DATE_NONE || on < l->ask->as_of || on > l->last)
		return;
	ARENA_GROW(&l->q.arena, l->v, l->n, &l->cap);
	l->v[l->n++] = (struct due){ row, on, kind, people_number(&l->q, row), lacking };
}

/* ---- rises in rank: the period by which time in rank is complete, and what is lacking besides ---- */

/* The criteria that are not met, but for time that will have passed by the period. */
static struct str lacking(const struct round *r, const struct candidate *k, date on, struct arena *a)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	for (size_t i = 0; i < r->policy->ncriteria; i++)
		if (ahead_lacks(r, i, k, on))
			buf_printf(&b, "%s%.*s", b.n ? ";" : "", (int)r->policy->criteria[i].name.n,
				   r->policy->criteria[i].name.p);
	return (struct str){ arena_text(a, buf_str(&b), b.n), b.n };
}

static void rise_of(struct list *l, const struct round *r, const struct candidate *k)
{
	date period = ahead_rise(r, k);
	if (period != DATE_NONE)
		add(l, population_row(l->q.population, k->person), DUE_RISE, period,
		    lacking(r, k, period, &l->q.arena));
}

static enum err rises(struct list *l)
{
	struct ctx *c = l->q.ctx;
	struct round *r CLEANUP(round_free_p) = NULL;
	struct str policy = rules_text(l->q.rules, "due.rank_policy"), unit;
	TRY(key_text(c, &unit_entity, l->ask->unit, 0, &unit));
	struct round_ask ask = { .kind = "rank",
				 .policy = policy.n ? arena_text(&l->q.arena, policy.p, policy.n) : NULL,
				 .unit = arena_text(&l->q.arena, unit.p, unit.n),
				 .as_of = l->ask->as_of };
	TRY(round_assess(c, modules_rounds(), &ask, &r));
	for (size_t i = 0; i < r->n; i++)
		rise_of(l, r, &r->candidates[i]);
	return E_OK;
}

/* ---- increments and retirement ---- */

static void by_time(struct list *l, size_t row)
{
	struct population *p = l->q.population;
	struct increment next = ahead_increment(l->scale, p, row);
	l->no_grade_service += next.unknown;
	add(l, row, DUE_INCREMENT, next.on, (struct str){ 0 });
	add(l, row, DUE_RETIREMENT, ahead_retirement(l->q.rules, p, row), (struct str){ 0 });
}

/* ---- ends of sanctions ---- */

static enum err take_sanction(void *arg, const struct scanned *r)
{
	struct list *l = arg;
	size_t row = population_row(l->q.population, r->owner);
	if (r->op == OP_HOLDS && r->v[0] != SCAN_NULL && row != SIZE_MAX && people_within(&l->q, row))
		add(l, row, DUE_SANCTION_END, (date)r->v[0], (struct str){ 0 });
	return E_OK;
}

static enum err sanctions(struct list *l)
{
	struct scan s = { .entity = &sanction_entity,
			  .fields = { entity_field(&sanction_entity, "grace_until") },
			  .nfields = 1,
			  .at = { l->ask->as_of, 0 },
			  .since = DATE_MIN };
	return scan_rows(l->q.ctx, &s, take_sanction, l);
}

/* ---- the list ---- */

static int by_day(const void *a, const void *b)
{
	const struct due *x = a, *y = b;
	if (x->on != y->on)
		return x->on < y->on ? -1 : 1;
	int number = str_cmp(x->number, y->number);
	return number ? number : (int)x->kind - (int)y->kind;
}

static void print(struct list *l, bool json, struct buf *out)
{
	static const char *const heads[] = { "staff_number", "name", "unit", "kind", "due_on", "lacking" };
	struct people_out t;
	char day[DATE_TEXT];
	people_out_begin(&t, heads, COUNT(heads), json, out);
	for (size_t i = 0; i < l->n; i++) {
		const struct due *d = &l->v[i];
		struct str cells[] = { d->number,
				       people_name(&l->q, d->row),
				       people_unit(&l->q, d->row),
				       str_of(due_kind_code(d->kind)),
				       str_of(date_text(d->on, day)),
				       d->lacking };
		people_out_row(&t, cells);
	}
	people_out_end(&t);
}

enum err due_list(struct ctx *c, const struct due_ask *ask, bool json, struct buf *out, struct due_counts *ret)
{
	struct list l CLEANUP(list_release) = { .ask = ask };
	int64_t months = ask->months;
	TRY(people_load(c, ask->unit, ask->as_of, ahead_columns, &l.q));
	if (months < 0 && !rules_int(l.q.rules, "due.months", &months)) {
		problem_at(c->problems, NULL, 0, "due.months", "the rules do not say how far to look; give --months N");
		return E_MISSING;
	}
	l.last = date_add_months(ask->as_of, (int)months);
	TRY(rises(&l));
	l.scale = scale_read(l.q.rules, l.q.population, &l.q.arena);
	for (size_t row = 0; row < population_count(l.q.population); row++)
		if (people_within(&l.q, row))
			by_time(&l, row);
	TRY(sanctions(&l));
	if (l.n)
		qsort(l.v, l.n, sizeof *l.v, by_day);
	print(&l, json, out);
	*ret = (struct due_counts){ l.n, l.no_grade_service };
	return E_OK;
}
