/* picture_test.c - the picture mended for those of whom something was written is the one that looks at everybody; on
 * both databases. */
#include "../../../tests/help/office.h"
#include "../../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "modules/career/picture_pass.h"

int picture_test(void);

static void same_people(const struct picture *a, const struct picture *b)
{
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++) {
		const struct sight *x = &a->v[i], *y = &b->v[i];
		assert_int_equal(x->person, y->person);
		assert_int_equal(x->order, y->order);
		assert_int_equal(x->unit, y->unit);
		assert_memory_equal(x->due, y->due, sizeof x->due);
		assert_int_equal(x->years, y->years);
		assert_int_equal(x->age, y->age);
		assert_int_equal(x->lacking, y->lacking);
		assert_memory_equal(x->faults, y->faults, sizeof x->faults);
		assert_int_equal(x->rank, y->rank);
		assert_int_equal(x->superior, y->superior);
		assert_int_equal(x->rank_code, y->rank_code);
		assert_int_equal(x->category, y->category);
	}
}

static void same_counts(const struct picture *a, const struct picture *b)
{
	assert_int_equal(a->units, b->units);
	for (int64_t i = 0; i <= a->units; i++) {
		const struct unit_sum *x = &a->of_unit[i], *y = &b->of_unit[i];
		assert_int_equal(x->order, y->order);
		assert_int_equal(x->parent, y->parent);
		assert_int_equal(x->posts, y->posts);
		assert_int_equal(x->held, y->held);
		assert_int_equal(x->people, y->people);
		assert_memory_equal(x->faults, y->faults, sizeof x->faults);
	}
	assert_int_equal(a->ndue, b->ndue);
	for (size_t i = 0; i < a->ndue; i++) {
		assert_int_equal(a->due[i].on, b->due[i].on);
		assert_int_equal(a->due[i].at, b->due[i].at);
		assert_int_equal(a->due[i].kind, b->due[i].kind);
		assert_true(i == 0 || a->due[i - 1].on <= a->due[i].on);
	}
	assert_int_equal(a->ncriteria, b->ncriteria);
	for (size_t i = 0; i < a->ncriteria; i++)
		assert_string_equal(a->criteria[i], b->criteria[i]);
}

static void look_at_everybody(struct ctx *c, struct arena *a, struct picture *ret)
{
	struct pass x CLEANUP(pass_release) = { .c = c, .into = a, .p = ret };
	assert_int_equal(pass_everybody(&x), E_OK);
	picture_sum(ret, c->today, a);
}

static size_t of_whom(struct ctx *c, const struct kept *old, const struct entity *e, int64_t *ret)
{
	size_t n;
	assert_int_equal(read_touched(c, e, keep_last(old, e), ret, 100, &n), E_OK);
	return n;
}

/* How many verdicts and superiors differ from before: a step that changes nothing would prove nothing. */
static size_t changed(const struct picture *was, const struct picture *is)
{
	size_t n = 0;
	for (size_t i = 0; i < is->n; i++) {
		const struct sight *old = picture_of(was, is->v[i].person);
		n += !old || old->lacking != is->v[i].lacking || old->superior != is->v[i].superior ||
		     memcmp(old->faults, is->v[i].faults, sizeof old->faults) != 0;
	}
	return n + (was->n > is->n ? was->n - is->n : 0);
}

static void mends(struct ctx *c, const struct entity *e, const char *csv, size_t at_least)
{
	struct kept *old CLEANUP(keep_let_go) = NULL;
	struct kept mended = { .head = 0 };
	struct picture whole = { 0 };
	int64_t touched[100];
	assert_int_equal(picture_get(c, true, &old), E_OK);
	office_take(c, e->name, csv);
	size_t n = of_whom(c, old, e, touched);
	assert_true(n > 0);
	assert_int_equal(picture_mend(c, old, touched, n, &mended), E_OK);
	look_at_everybody(c, &mended.arena, &whole);
	same_people(mended.what, &whole);
	same_counts(mended.what, &whole);
	assert_true(changed(old->what, &whole) >= at_least);
	arena_release(&mended.arena);
}

/* Heads rise and move, units lose them and get acting ones, people come and go. */
static void after_each_change(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	office_take_ministry(c);
	mends(c, &rating_entity, "staff_number,tool,year,score,lowest_component\n1101,DP3,2005,91,80\n", 0);
	mends(c, &rank_history_entity, "staff_number,rank,valid_from,decree\n0003,I/a,2008-09-01,X\n", 3);
	mends(c, &post_history_entity,
	      "staff_number,post,valid_from,decree,until,inaugurated_on,acting\n1403,V-HEAD,2008-09-02,X,,,true\n", 2);
	mends(c, &post_history_entity, "staff_number,post,valid_from,decree\n0002,E-HEAD,2008-09-03,X\n", 3);
	mends(c, &status_history_entity, "staff_number,status,valid_from,decree\n1101,retired,2008-09-01,X\n", 1);
	mends(c, &person_entity,
	      "staff_number,name,sex,birth_date,education,joined_on,category\n9999,New,F,1980-01-01,master,2007-01-01,"
	      "general\n",
	      1);
}

int picture_test(void)
{
	static const struct spot_case cases[] = { SPOT_CASE(after_each_change) };
	return spot_run("career: picture", cases, COUNT(cases));
}
