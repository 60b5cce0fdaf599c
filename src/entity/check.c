/* check.c - what one record must be by itself. Everything wrong is said at once. */
#include "entity/check.h"

#include "entity/inner.h"
#include "entity/type.h"

#include <inttypes.h>

/* ---- what follows without being stated ---- */

static void take_word(struct ctx *c, const struct field *f, struct value *v)
{
	struct problems none CLEANUP(problems_release) = PROBLEMS_INIT;
	if (!value_parse(c, f, str_of(f->empty_as), DATE_NONE, v, &none, NULL, 0))
		bug("%s: the word \"%s\" for an empty cell is not one of its values", f->name, f->empty_as);
}

void check_complete(struct ctx *c, struct record *r)
{
	const struct entity *e = r->entity;
	if (e->timeless && r->valid_from == DATE_NONE)
		r->valid_from = DATE_MIN;
	for (int i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		if (!r->v[i].set && f->empty_as && r->op == OP_HOLDS)
			take_word(c, f, &r->v[i]);
		if (!r->v[i].set && (f->flags & (LANE | REQUIRED)) == LANE)
			record_int(r, i, 0);
		if (!r->v[i].set)
			continue;
		if ((f->flags & FIRST_DAY) && r->valid_from == DATE_NONE && r->v[i].i >= DATE_MIN &&
		    r->v[i].i <= DATE_MAX)
			r->valid_from = (date)r->v[i].i;
		if ((f->flags & YEAR_END) && r->v[i].i >= 1 && r->v[i].i <= 9999)
			r->valid_from = date_of((int)r->v[i].i, 12, 31);
	}
}

/* ---- values ---- */

static bool demanded(const struct record *r, int i)
{
	const struct entity *e = r->entity;
	unsigned flags = e->fields[i].flags;
	if ((flags & KEY) || (e->kind == THING && !e->alias && i == 0))
		return true;
	return r->op == OP_HOLDS && (flags & REQUIRED);
}

date check_code_day(const struct record *r)
{
	return r->entity->timeless ? DATE_NONE : r->valid_from;
}

static void check_field(struct ctx *c, const struct record *r, int i)
{
	const struct field *f = &r->entity->fields[i];
	const struct value *v = &r->v[i];
	if (!v->set) {
		if (demanded(r, i) && (f->type == T_PACK || f->type == T_ENUM))
			problem_at(c->problems, NULL, 0, f->name, "it is missing; choose one");
		else if (demanded(r, i))
			problem_at(c->problems, NULL, 0, f->name, "it is missing; give a %s",
				   say(c->problems->lang, TYPE(f)->words));
		return;
	}
	if (f->flags & RETIRED) {
		problem_at(c->problems, NULL, 0, f->name, "it takes no values any more; leave it empty");
		return;
	}
	struct buf wrong CLEANUP(buf_release) = BUF_INIT;
	struct reading reading = { .c = c,
				   .lang = c->problems->lang,
				   .field = f,
				   .text = v->t,
				   .on = check_code_day(r),
				   .arena = c->arena,
				   .wrong = &wrong };
	if (!TYPE(f)->fits(&reading, v))
		problem_at(c->problems, NULL, 0, f->name, "%s", buf_str(&wrong));
}

static void check_days(struct ctx *c, const struct record *r)
{
	const char *day = entity_day_column(r->entity);
	if (r->entity->kind == PLAIN)
		return;
	if (r->valid_from == DATE_NONE) {
		problem_at(c->problems, NULL, 0, day, "it is missing; give the day as YYYY-MM-DD");
		return;
	}
	if (r->valid_from < DATE_MIN || r->valid_from > DATE_MAX)
		problem_at(c->problems, NULL, 0, day,
			   "it is no day between the years 1 and 9999; give the day as YYYY-MM-DD");
	if (r->until == DATE_NONE)
		return;
	if (!r->entity->until)
		problem_at(c->problems, NULL, 0, "until", "a %s has no last day; leave it empty",
			   entity_word(c->problems, r->entity));
	else if (r->until < r->valid_from)
		problem_at(c->problems, NULL, 0, "until",
			   "the last day %s is before the first day %s; correct one of them",
			   problem_day(c->problems, r->until), problem_day(c->problems, r->valid_from));
}

/* The column that people see the day in. */
static const char *day_column(const struct entity *e)
{
	int year = entity_flagged(e, YEAR_END);
	return year >= 0 ? e->fields[year].name : entity_day_column(e);
}

/* Nothing about a THING may be dated before it was: its own dates and those of what belongs to it. */
static void check_not_before(struct ctx *c, const struct record *r, const struct field *bound, date start, int except)
{
	const struct entity *e = r->entity;
	bool day_said = false;
	for (int i = 0; i < e->nfields; i++) {
		if (i == except || e->fields[i].type != T_DATE || !r->v[i].set || r->v[i].i >= start ||
		    r->v[i].i < DATE_MIN)
			continue;
		problem_at(c->problems, NULL, 0, e->fields[i].name,
			   "%s is before the %s, %s; correct one of the two dates",
			   problem_day(c->problems, (date)r->v[i].i), field_word(c->problems, bound),
			   problem_day(c->problems, start));
		day_said = day_said || r->v[i].i == r->valid_from;
	}
	if (!day_said && r->valid_from != DATE_NONE && r->valid_from >= DATE_MIN && r->valid_from < start)
		problem_at(c->problems, NULL, 0, day_column(e), "%s is before the %s, %s; correct one of the two dates",
			   problem_day(c->problems, r->valid_from), field_word(c->problems, bound),
			   problem_day(c->problems, start));
}

static int64_t order_of(struct ctx *c, const struct field *f, const struct value *v)
{
	if (f->type != T_PACK)
		return v->i;
	return c->codes->order ? c->codes->order(c->codes->arg, v->i) : 0;
}

static void check_not_below(struct ctx *c, const struct record *r, int i)
{
	const struct entity *e = r->entity;
	const struct field *f = &e->fields[i];
	int least = f->not_below ? entity_field(e, f->not_below) : -1;
	if (least < 0 || !r->v[i].set || !r->v[least].set ||
	    order_of(c, f, &r->v[i]) >= order_of(c, &e->fields[least], &r->v[least]))
		return;
	struct buf high CLEANUP(buf_release) = BUF_INIT, low CLEANUP(buf_release) = BUF_INIT;
	value_text(c, f, &r->v[i], &high);
	value_text(c, &e->fields[least], &r->v[least], &low);
	problem_at(c->problems, NULL, 0, f->name, "%s is below the %s, %s; correct one of the two", buf_str(&high),
		   field_word(c->problems, &e->fields[least]), buf_str(&low));
}

bool check_values(struct ctx *c, const struct record *r)
{
	const struct entity *e = r->entity;
	size_t before = c->problems->count;
	int start = entity_flagged(e, NOT_BEFORE);
	check_days(c, r);
	for (int i = 0; i < e->nfields; i++)
		check_field(c, r, i);
	for (int i = 0; i < e->nfields; i++)
		check_not_below(c, r, i);
	if (start >= 0 && r->v[start].set && r->v[start].i >= DATE_MIN && r->v[start].i <= DATE_MAX)
		check_not_before(c, r, &e->fields[start], (date)r->v[start].i, start);
	return c->problems->count == before;
}

bool check_rules(struct ctx *c, const struct record *old, struct record *r)
{
	size_t before = c->problems->count;
	for (int i = 0; i < r->entity->nrules; i++)
		r->entity->rules[i].check(c, old, r);
	return c->problems->count == before;
}

/* ---- words about links ---- */

static bool standing_ok(struct ctx *c, const struct record *r, const char *column, const struct entity *to,
			struct str key, const struct standing *s)
{
	int n = (int)(key.n < 60 ? key.n : 60);
	const char *what;
	if (s->exists && s->holds)
		return true;
	what = entity_word(c->problems, to);
	if (!s->exists)
		problem_at(c->problems, NULL, 0, column, "there is no %s \"%.*s\"; bring in the %s first or correct it",
			   what, n, key.p, what);
	else if (s->first == DATE_NONE)
		problem_at(c->problems, NULL, 0, column, "the %s \"%.*s\" was withdrawn; choose another", what, n,
			   key.p);
	else if (s->first > r->valid_from)
		problem_at(c->problems, NULL, 0, column,
			   "the %s \"%.*s\" exists from %s on, not yet on %s; correct the date or choose another", what,
			   n, key.p, problem_day(c->problems, s->first), problem_day(c->problems, r->valid_from));
	else
		problem_at(c->problems, NULL, 0, column,
			   "the %s \"%.*s\" exists no more on %s; correct the date or choose another", what, n, key.p,
			   problem_day(c->problems, r->valid_from));
	return false;
}

bool check_link(struct ctx *c, const struct record *r, int field, struct str key, const struct standing *s)
{
	const struct field *f = &r->entity->fields[field];
	if ((f->flags & ANY_DAY) && s->exists && s->first != DATE_NONE)
		return true;
	return standing_ok(c, r, f->name, field_refers(c->registry, f), key, s);
}

/* Facts may be older than the first version that the papers give of their owner, where another day is the bound. */
bool check_owner(struct ctx *c, const struct record *r, struct str key, const struct standing *s)
{
	const struct entity *owner = r->entity->owner;
	size_t before = c->problems->count;
	int start = entity_flagged(owner, NOT_BEFORE);
	bool bounded = s->exists && start >= 0 && s->not_before != DATE_NONE;
	bool older = bounded && s->first != DATE_NONE && r->valid_from < s->first;
	if ((older || standing_ok(c, r, entity_owner_column(r->entity), owner, key, s)) && bounded)
		check_not_before(c, r, &owner->fields[start], s->not_before, -1);
	return c->problems->count == before;
}
