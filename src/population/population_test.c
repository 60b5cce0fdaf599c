/* population_test.c - everybody as columns: as of a day, known at a position, on all cores; on both databases. */
#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "entity/change.h"
#include "population/population.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int population_test(void);
#define OK(call) assert_int_equal((call), E_OK)
#define OPEN(state) struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*(state), &fixture_registry)

/* ---- inputs ---- */

static int32_t last_grade(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	return f->n ? population_pack(p, "grade", f->v[0][f->n - 1]) : NONE;
}

static int32_t last_day(const struct facts *f, struct population *p, size_t row)
{
	(void)p, (void)row;
	return f->n ? f->from[f->n - 1] : NONE;
}

/* Field 0 as it stands; of seats the number of the dictionary of their codes. */
static int32_t last_seat(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	return f->n ? population_pack(p, "seat", f->v[0][f->n - 1]) : NONE;
}

static int32_t count(const struct facts *f, struct population *p, size_t row)
{
	(void)p, (void)row;
	assert_int_equal(f->as_of, population_day(p));
	return (int32_t)f->n;
}

static int32_t sum(const struct facts *f, struct population *p, size_t row)
{
	int64_t all = 0;
	(void)p, (void)row;
	for (size_t i = 0; i < f->n; i++)
		all += f->v[1][i];
	return (int32_t)all;
}

/* Reads a column of another source that must be there before. */
static int32_t since_grade(const struct facts *f, struct population *p, size_t row)
{
	int32_t day = population_column(p, "grade_from")[row], n = 0;
	for (size_t i = 0; day != NONE && i < f->n; i++)
		n += f->from[i] >= day;
	return n;
}

static enum err twice(struct population *p, int32_t *column)
{
	const int32_t *marks = population_column(p, "marks");
	for (size_t row = 0; row < population_count(p); row++)
		column[row] = marks[row] == NONE ? NONE : 2 * marks[row];
	return E_OK;
}

/* clang-format off */
static const char *const f_grade[] = { "grade", NULL }, *const f_seat[] = { "seat", NULL }, *const f_mark[] = { "year", "score", NULL };
static const char *const n_marks[] = { "marks", NULL }, *const n_grade[] = { "grade_from", NULL };
static const struct input inputs[] = {
	{ .column = { "grade",       I_CODE,   "grade", false }, .from = &fixture_grade_history, .fields = f_grade, .reduce = last_grade },
	{ .column = { "marks",       I_NUMBER, NULL, false },    .from = &fixture_mark, .fields = f_mark, .years = 2, .reduce = count },
	{ .column = { "grade_from",  I_DAY,    NULL, false },    .from = &fixture_grade_history, .fields = f_grade, .reduce = last_day },
	{ .column = { "scores",      I_NUMBER, NULL, true },     .from = &fixture_mark, .fields = f_mark, .years = 2, .reduce = sum },
	{ .column = { "seat",        I_CODE,   "seat", false },  .from = &fixture_seat_history, .fields = f_seat, .reduce = last_seat },
	{ .column = { "after_grade", I_NUMBER, NULL, false },    .from = &fixture_mark, .fields = f_mark, .reduce = since_grade, .needs = n_grade },
	{ .column = { "twice",       I_NUMBER, NULL, false },    .derive = twice, .needs = n_marks },
	{ .column = { NULL, I_NUMBER, NULL, false } },
};
/* clang-format on */
static const struct input *const arrays[] = { inputs, NULL };
static const struct inputs all_inputs = { &fixture_keeper, arrays };
static const char *const every[] = { "twice", "seat", "after_grade", "scores", "grade", NULL };

static struct population *load(struct ctx *c, const char *const *names, date day, int64_t position)
{
	struct population_ask ask = { .inputs = &all_inputs, .names = names, .at = { day, position } };
	struct population *p = NULL;
	OK(population_load(c, &ask, &p));
	return p;
}

static int32_t of(const struct population *p, const char *column, int64_t person)
{
	size_t row = population_row(p, person);
	assert_true(row != SIZE_MAX);
	return population_column(p, column)[row];
}

static int64_t keeper(struct ctx *c, int n)
{
	struct record *r = fixture_keeper_of(c, n, date_of(1960, 1, 1), date_of(1990, 1, 1));
	OK(fixture_save(c, r, NULL));
	return r->id;
}

static void grade_is(const struct population *p, int64_t person, const char *code)
{
	assert_true(str_is(population_text(p, "grade", of(p, "grade", person)), code));
}

static const date today = 14137; /* 15 September 2008 */

/* ---- cases ---- */

static void columns_come_out_of_facts(void **state)
{
	OPEN(state);
	int64_t a = keeper(c, 1), b = keeper(c, 2);
	struct record *place = fixture_place_of(c, 1, 0, date_of(1990, 1, 1));
	OK(fixture_save(c, place, NULL));
	struct record *seat = fixture_seat_of(c, 1, place->id, date_of(1990, 1, 1));
	OK(fixture_save(c, seat, NULL));
	OK(fixture_save(c, fixture_sit(c, a, seat->id, date_of(2000, 1, 1)), NULL));
	OK(fixture_save(c, fixture_grade_of(c, a, "1/a", date_of(2000, 1, 1)), NULL));
	OK(fixture_save(c, fixture_grade_of(c, a, "1/b", date_of(2006, 1, 1)), NULL));
	OK(fixture_save(c, fixture_grade_of(c, a, "2/a", date_of(2009, 1, 1)), NULL));
	for (int year = 2004; year <= 2008; year++)
		OK(fixture_save(c, fixture_mark_of(c, a, year, year), NULL));
	struct population *p CLEANUP(population_free_p) = load(c, every, today, 0);
	assert_int_equal(population_count(p), 2);
	assert_int_equal(population_day(p), today);
	assert_int_equal(population_position(p), ledger_head(c->ledger));
	grade_is(p, a, "1/b");
	assert_int_equal(of(p, "grade_from", a), date_of(2006, 1, 1));
	assert_int_equal(of(p, "marks", a), 2);
	assert_int_equal(of(p, "scores", a), 2006 + 2007);
	assert_int_equal(of(p, "twice", a), 4);
	assert_int_equal(of(p, "after_grade", a), 2);
	assert_true(str_is(population_text(p, "seat", of(p, "seat", a)), "SEAT-1"));
	for (const char *const *name = every; *name; name++)
		assert_int_equal(of(p, *name, b), NONE);
	assert_int_equal(population_row(p, 4711), SIZE_MAX);
	assert_null(population_declared(p, "schooling"));
	assert_true(population_declared(p, "scores")->confidential);
	struct population *early CLEANUP(population_free_p) = load(c, every, date_of(2005, 6, 30), 0);
	grade_is(early, a, "1/a");
	assert_int_equal(of(early, "marks", a), 1);
}

static void what_was_known_then_is_read_again(void **state)
{
	OPEN(state);
	int64_t a = keeper(c, 1), then;
	OK(fixture_save(c, fixture_grade_of(c, a, "1/a", date_of(2000, 1, 1)), NULL));
	OK(fixture_save(c, fixture_mark_of(c, a, 2007, 7000), &then));
	OK(fixture_correct(c, fixture_mark_of(c, a, 2007, 9000), "misread", NULL));
	OK(fixture_correct(c, fixture_grade_of(c, a, "1/b", date_of(2000, 1, 1)), "misread", NULL));
	int64_t b = keeper(c, 2);
	struct population *past CLEANUP(population_free_p) = load(c, every, today, then);
	struct population *now CLEANUP(population_free_p) = load(c, every, today, 0);
	assert_int_equal(population_position(past), then);
	assert_int_equal(of(past, "scores", a), 7000);
	grade_is(past, a, "1/a");
	assert_int_equal(population_row(past, b), SIZE_MAX);
	assert_int_equal(of(now, "scores", a), 9000);
	grade_is(now, a, "1/b");
	assert_int_equal(population_count(now), 2);
}

static void who_is_no_more_is_not_in_it(void **state)
{
	OPEN(state);
	struct txn t CLEANUP(txn_end) = { 0 };
	int64_t a = keeper(c, 1), b = keeper(c, 2), position;
	OK(ctx_write(c, &t));
	OK(change_begin(c, "test.close", a));
	OK(change_close(c, &fixture_keeper, a, date_of(2008, 1, 1)));
	OK(change_end(c, &position));
	OK(txn_commit(&t));
	struct population *p CLEANUP(population_free_p) = load(c, every, today, 0);
	assert_int_equal(population_row(p, a), SIZE_MAX);
	assert_int_equal(population_row(p, b), 0);
	struct population *before CLEANUP(population_free_p) = load(c, every, date_of(2007, 12, 31), 0);
	assert_int_equal(population_count(before), 2);
}

/* Many people, so that every worker has ranges of its own. */
static void everybody_is_read_once(void **state)
{
	enum { MANY = 700 };
	OPEN(state);
	struct txn t CLEANUP(txn_end) = { 0 };
	int64_t position;
	OK(ctx_write(c, &t));
	OK(change_begin(c, "test.many", 0));
	for (int i = 1; i <= MANY; i++) {
		struct record *r = fixture_keeper_of(c, i, date_of(1960, 1, 1), date_of(1990, 1, 1));
		OK(change_save(c, r));
		assert_int_equal(r->id, i);
		OK(change_save(c, fixture_grade_of(c, i, i % 3 ? "1/a" : "2/a", date_of(2000, 1, 1))));
		OK(change_save(c, fixture_mark_of(c, i, 2007, i)));
	}
	OK(change_end(c, &position));
	OK(txn_commit(&t));
	setenv("MERIT_WORKERS", "4", 1);
	struct population *p CLEANUP(population_free_p) = load(c, every, today, 0);
	unsetenv("MERIT_WORKERS");
	assert_int_equal(population_count(p), MANY);
	for (int i = 1; i <= MANY; i++) {
		grade_is(p, i, i % 3 ? "1/a" : "2/a");
		assert_int_equal(of(p, "scores", i), i);
		assert_int_equal(population_person(p, (size_t)i - 1), i);
	}
}

static void some_rows_are_kept(void **state)
{
	OPEN(state);
	for (int i = 1; i <= 4; i++) {
		int64_t k = keeper(c, i);
		OK(fixture_save(c, fixture_mark_of(c, k, 2007, i), NULL));
	}
	struct population *p CLEANUP(population_free_p) = load(c, every, today, 0);
	population_keep(p, (const size_t[]){ 3, 0 }, 2);
	assert_int_equal(population_count(p), 2);
	assert_int_equal(population_person(p, 0), 4);
	assert_int_equal(population_row(p, 1), 1);
	assert_int_equal(population_row(p, 2), SIZE_MAX);
	assert_int_equal(population_column(p, "scores")[0], 4);
	assert_int_equal(population_column(p, "scores")[1], 1);
}

static void one_stands_alone(void **state)
{
	(void)state;
	static const struct input_column grade = { "grade", I_CODE, "grade", false };
	struct population *p CLEANUP(population_free_p) = population_new(2, (struct moment){ today, 7 });
	population_set_person(p, 0, 90);
	population_set_person(p, 1, 12);
	int32_t *v = population_add(p, &grade);
	assert_int_equal(v[1], NONE);
	v[1] = population_code(p, "grade", STR("1/b"));
	assert_ptr_equal(population_add(p, &grade), v);
	assert_int_equal(population_row(p, 12), 1);
	assert_int_equal(population_position(p), 7);
	grade_is(p, 12, "1/b");
	const struct codebook *codes = population_codes(p);
	assert_int_equal(codes->number(codes->arg, "grade", STR("1/b")), v[1]);
	assert_true(str_is(codes->text(codes->arg, "grade", v[1]), "1/b"));
	assert_int_equal(codes->text(codes->arg, "grade", 99).n, 0);
	assert_int_equal(codes->text(codes->arg, "tool", 0).n, 0);
	assert_null(inputs_find(&all_inputs, "nobody"));
}

static enum err mark_block(void *arg, size_t first, size_t n, unsigned worker)
{
	unsigned char *seen = arg;
	(void)worker;
	assert_true(n <= BLOCK);
	for (size_t i = first; i < first + n; i++)
		seen[i]++;
	return first >= 4 * BLOCK ? E_BUSY : E_OK;
}

static void blocks_cover_all(void **state)
{
	unsigned char seen[5 * BLOCK] = { 0 };
	(void)state;
	OK(population_blocks(0, mark_block, seen));
	OK(population_blocks(3 * BLOCK + 1, mark_block, seen));
	for (size_t i = 0; i < 3 * BLOCK + 1; i++)
		assert_int_equal(seen[i], 1);
	assert_int_equal(seen[3 * BLOCK + 1], 0);
	assert_int_equal(population_blocks(5 * BLOCK, mark_block, seen), E_BUSY);
}

int population_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(columns_come_out_of_facts),
		SPOT_CASE(what_was_known_then_is_read_again),
		SPOT_CASE(who_is_no_more_is_not_in_it),
		SPOT_CASE(everybody_is_read_once),
		SPOT_CASE(some_rows_are_kept),
		SPOT_CASE(one_stands_alone),
		SPOT_CASE(blocks_cover_all),
	};
	return spot_run("population", cases, COUNT(cases));
}
