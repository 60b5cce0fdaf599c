/* picture.c - everybody in service: words, look-ups, and what is counted when the people are known. */
#include "modules/career/picture_pass.h"

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

/* ---- looking up ---- */

static int by_person(const void *person, const void *sight)
{
	int64_t a = *(const int64_t *)person, b = ((const struct sight *)sight)->person;
	return (a > b) - (a < b);
}

const struct sight *picture_of(const struct picture *p, int64_t person)
{
	return p->n ? bsearch(&person, p->v, p->n, sizeof *p->v, by_person) : NULL;
}

int64_t picture_top(const struct picture *p)
{
	for (int64_t unit = 1; unit <= p->units; unit++)
		if (p->of_unit[unit].order != WHO_NOWHERE && !p->of_unit[unit].parent)
			return unit;
	return 0;
}

size_t picture_due_from(const struct picture *p, date day)
{
	size_t low = 0, high = p->ndue;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (p->due[middle].on < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---- what falls due, by day ---- */

#define FARTHEST 18400 /* days: no page looks further than 600 months */

static bool is_ahead(const struct sight *s, int kind, date today)
{
	return s->due[kind] != DATE_NONE && s->due[kind] >= today && s->due[kind] - today < FARTHEST;
}

/* A place a day: how many items come before its first. *ret_n: all of them. */
static size_t *places(const struct picture *p, date today, struct arena *a, size_t *ret_n)
{
	size_t *before = ARENA_ARRAY(a, size_t, FARTHEST + 1);
	for (size_t i = 0; i < p->n; i++)
		for (int k = 0; k < DUE_KINDS; k++)
			if (is_ahead(&p->v[i], k, today))
				before[p->v[i].due[k] - today + 1]++;
	for (size_t d = 0; d < FARTHEST; d++)
		before[d + 1] += before[d];
	*ret_n = before[FARTHEST];
	return before;
}

/* People are in order, so that those of one day are too. */
static void line_up(struct picture *p, date today, struct arena *a)
{
	struct arena work CLEANUP(arena_release) = ARENA_INIT;
	size_t *next = places(p, today, &work, &p->ndue);
	p->due = ARENA_ARRAY(a, struct due_item, p->ndue + 1);
	for (size_t i = 0; i < p->n; i++)
		for (int k = 0; k < DUE_KINDS; k++)
			if (is_ahead(&p->v[i], k, today))
				p->due[next[p->v[i].due[k] - today]++] =
					(struct due_item){ p->v[i].due[k], (uint32_t)i, (enum due_kind)k };
}

/* ---- by unit ---- */

static void add(struct unit_sum *u, const struct sight *s)
{
	u->people++;
	u->held += s->unit != 0;
	for (int c = 0; c < CLEARANCES; c++) {
		struct fault_sum *sum = &u->faults[c];
		sum->sound += !s->faults[c];
		sum->proved += !(s->faults[c] >> FAULT_UNPROVED & 1);
		for (int f = 0; f < FAULT_KINDS; f++)
			sum->fault[f] += (int32_t)(s->faults[c] >> f & 1);
	}
}

void picture_sum(struct picture *p, date today, struct arena *a)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct sight *s = &p->v[i];
		add(&p->of_unit[s->unit >= 1 && s->unit <= p->units ? s->unit : 0], s);
	}
	line_up(p, today, a);
}

/* ---- kept ---- */

static enum err make(struct ctx *c, struct kept *k)
{
	struct pass x CLEANUP(pass_release) = { .c = c, .into = &k->arena };
	struct picture *p = k->what = x.p = ARENA_NEW(&k->arena, struct picture);
	TRY(pass_everybody(&x));
	picture_sum(p, c->today, &k->arena);
	return E_OK;
}

static const struct entity *const sources[] = { &person_entity, &post_entity, &unit_entity, NULL };
static struct keeper keeper = KEEPER_MENDED(make, picture_mend, sources, &person_entity);

enum err picture_get(struct ctx *c, bool fresh, struct kept **ret)
{
	return keep_get(c, &keeper, fresh, ret);
}

/* ---- whom a page counts ---- */

void within_reach(const struct who *w, right_t right, struct within *ret)
{
	ret->n = who_ranges(w, right, ret->reach, COUNT(ret->reach));
	ret->nclosed = who_ranges(w, MAY_CLOSED, ret->closed, COUNT(ret->closed));
	ret->unit = (struct order_range){ INT64_MIN, INT64_MAX };
}

static bool is_in(const struct order_range *v, size_t n, int64_t order)
{
	for (size_t i = 0; i < n; i++)
		if (order >= v[i].low && order <= v[i].high)
			return true;
	return false;
}

bool within_order(const struct within *w, int64_t order)
{
	if (order < w->unit.low || order > w->unit.high)
		return false;
	return is_in(w->reach, w->n, order);
}

int within_clearance(const struct within *w, int64_t order)
{
	return is_in(w->closed, w->nclosed, order);
}

bool within_has(const struct within *w, const struct sight *s)
{
	return within_order(w, s->order);
}
