/* seniority.c - the list of who stands before whom (DUK): an order of things that the rules name. */
#include "base/json.h"
#include "modules/career/career.h"
#include "modules/career/people.h"

/* What the rules can name in seniority.order: the column, the table whose order counts, and which end comes first. */
static const struct measure {
	const char *name, *column, *table, *key;
	bool high_first;
} measures[] = {
	{ "rank", "rank", "ranks", "code", true },
	{ "time_in_rank", "rank_from", NULL, NULL, false },
	{ "echelon", "echelon", "echelons", "code", false },
	{ "time_in_post", "post_from", NULL, NULL, false },
	{ "service", "joined_on", NULL, NULL, false },
	{ "structural_course", "structural_course", "structural_courses", "course", true },
	{ "education", "education", "education", "code", true },
	{ "age", "birth_date", NULL, NULL, false },
};

#define MOST COUNT(measures)

struct senior {
	size_t row;
	struct str number;
	int64_t key[MOST];
};
struct order {
	const struct measure *of[MOST];
	size_t n;
};
static const char *const columns[] = { "rank",      "rank_from",  "echelon",
				       "post_from", "joined_on",  "structural_course",
				       "education", "birth_date", "status",
				       "unit",      NULL };

static enum err read_order(struct ctx *c, const struct rules *r, struct order *ret)
{
	const struct str *names;
	size_t n = rules_list(r, "seniority.order", &names);
	ret->n = 0;
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		while (k < MOST && !str_is(names[i], measures[k].name))
			k++;
		if (k == MOST || ret->n == MOST) {
			problem_at(c->problems, NULL, 0, "seniority.order",
				   "%.*s is not a thing that the seniority list can compare; mend the rules",
				   (int)names[i].n, names[i].p);
			return E_INVALID;
		}
		ret->of[ret->n++] = &measures[k];
	}
	return E_OK;
}

/* Smaller comes first; what is not stated comes last. */
static int64_t key_of(struct population *p, const struct measure *m, size_t row)
{
	int64_t v = population_column(p, m->column)[row];
	if (v == NONE)
		return INT64_MAX;
	if (m->table) {
		struct str code =
			population_text(p, text_is(m->table, "structural_courses") ? "course" : m->table, (int32_t)v);
		const struct rules_row *found = rules_find(population_rules(p), m->table, code);
		if (!found)
			return INT64_MAX;
		v = row_int(found, "order", 0);
	}
	return m->high_first ? -v : v;
}

static int by_seniority(const void *a, const void *b)
{
	const struct senior *x = a, *y = b;
	for (size_t i = 0; i < MOST; i++)
		if (x->key[i] != y->key[i])
			return x->key[i] < y->key[i] ? -1 : 1;
	return str_cmp(x->number, y->number);
}

static size_t collect(struct people *q, const struct order *o, struct senior *list)
{
	size_t n = 0;
	for (size_t row = 0; row < population_count(q->population); row++) {
		if (!people_within(q, row))
			continue;
		list[n] = (struct senior){ .row = row, .number = people_number(q, row) };
		for (size_t i = 0; i < o->n; i++)
			list[n].key[i] = key_of(q->population, o->of[i], row);
		n++;
	}
	qsort(list, n, sizeof *list, by_seniority);
	return n;
}

const char *const seniority_heads[SENIORITY_CELLS] = { "place",     "staff_number",      "name",      "unit",
						       "rank",      "rank_from",         "echelon",   "post_from",
						       "joined_on", "structural_course", "education", "birth_date" };

static void cells_of(struct people *q, const struct senior *s, size_t place, struct str *cells, struct arena *a)
{
	struct population *p = q->population;
	size_t n = 0;
	char *number = arena_printf(a, "%zu", place);
	cells[n++] = str_of(number);
	cells[n++] = s->number;
	cells[n++] = people_name(q, s->row);
	cells[n++] = people_unit(q, s->row);
	cells[n++] = people_code(q, "rank", "ranks", s->row);
	cells[n++] = people_day(q, "rank_from", s->row, a);
	cells[n++] = people_code(q, "echelon", "echelons", s->row);
	cells[n++] = people_day(q, "post_from", s->row, a);
	cells[n++] = people_day(q, "joined_on", s->row, a);
	cells[n++] = population_text(p, "course", population_column(p, "structural_course")[s->row]);
	cells[n++] = people_code(q, "education", "education", s->row);
	cells[n++] = people_day(q, "birth_date", s->row, a);
}

enum err seniority_last_day(struct ctx *c, date *ret)
{
	struct rules *r CLEANUP(rules_free_p) = NULL;
	const struct policy *policy = c->policy;
	int64_t month_day;
	TRY(rules_at(policy, NULL, 0, c->today, &r));
	if (!rules_int(r, "seniority.date", &month_day)) {
		problem_at(c->problems, NULL, 0, "seniority.date",
			   "the rules name no day of the yearly list; give --as-of DAY");
		return E_MISSING;
	}
	date this_year = date_of(date_year(c->today), (int)month_day / 100, (int)month_day % 100);
	*ret = this_year <= c->today ? this_year : date_add_months(this_year, -12);
	return E_OK;
}

/* ---- the list at hand ---- */

struct seniority {
	struct people q;
	struct senior *list;
	size_t n;
};

void seniority_free_p(struct seniority **s)
{
	if (*s)
		people_release(&(*s)->q);
	*s = NULL;
}

enum err seniority_read(struct ctx *c, int64_t unit, date as_of, struct seniority **ret)
{
	struct seniority *s CLEANUP(seniority_free_p) = ARENA_NEW(c->arena, struct seniority);
	struct order order;
	TRY(people_load(c, unit, as_of, columns, &s->q));
	TRY(read_order(c, s->q.rules, &order));
	s->list = ARENA_ARRAY(&s->q.arena, struct senior, population_count(s->q.population) + 1);
	s->n = collect(&s->q, &order, s->list);
	*ret = s;
	s = NULL;
	return E_OK;
}

size_t seniority_count(const struct seniority *s)
{
	return s->n;
}

void seniority_cells(struct seniority *s, size_t i, struct str cells[static SENIORITY_CELLS])
{
	cells_of(&s->q, &s->list[i], i + 1, cells, &s->q.arena);
}

enum err seniority_list(struct ctx *c, int64_t unit, date as_of, bool json, struct buf *out)
{
	struct seniority *s CLEANUP(seniority_free_p) = NULL;
	struct people_out t;
	TRY(seniority_read(c, unit, as_of, &s));
	people_out_begin(&t, seniority_heads, SENIORITY_CELLS, json, out);
	for (size_t i = 0; i < s->n; i++) {
		struct str cells[SENIORITY_CELLS];
		seniority_cells(s, i, cells);
		people_out_row(&t, cells);
	}
	people_out_end(&t);
	return E_OK;
}
