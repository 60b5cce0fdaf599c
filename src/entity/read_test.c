/* Long reads, plans of the database, moments and tables. */
#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "entity/plan.h"
#include "entity/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int read_test(void);
#define OK(call) assert_int_equal((call), E_OK)
#define OPEN(state) struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*(state), &fixture_registry)

static int64_t keeper(struct ctx *c, int n)
{
	struct record *r = fixture_keeper_of(c, n, date_of(1960, 1, 1), date_of(1990, 1, 1));
	OK(fixture_save(c, r, NULL));
	return r->id;
}

/* Whoever reads for long sees one position, whatever is written meanwhile. */
static void a_long_read_sees_one_position(void **state)
{
	OPEN(state);
	enum { MANY = 300 };
	struct cursor *k CLEANUP(cursor_close_p) = NULL;
	const struct record *r;
	int64_t last = 0, seen = 0;
	for (int i = 0; i < MANY; i++)
		OK(fixture_save(c, fixture_mark_of(c, keeper(c, i), 2006, 100), NULL));
	OK(cursor_open(c, &(struct query){ .entity = &fixture_mark, .at = { .day = DATE_NONE }, .extent = BELIEVED },
		       &k));
	OK(cursor_next(k, &r));
	seen = r->v[MARK_SCORE].i;
	OK(fixture_correct(c, fixture_mark_of(c, 299, 2006, 9999), "late", NULL));
	OK(fixture_save(c, fixture_mark_of(c, 298, 2007, 9999), NULL));
	for (;;) {
		OK(cursor_next(k, &r));
		if (!r)
			break;
		assert_true(r->owner > last);
		last = r->owner;
		seen += r->v[MARK_SCORE].i;
	}
	assert_int_equal(seen, 100 * MANY);
}

/* The believed and the superseded half are merged in the order of their indexes: nothing is sorted. */
static void reading_the_past_sorts_nothing(void **state)
{
	OPEN(state);
	static const struct entity *const ordered[] = { &fixture_place, &fixture_keeper, &fixture_grade_history,
							&fixture_seat_history };
	if (store_is_postgres(c->store))
		return; /* its planner goes by sizes that a test does not have */
	for (size_t i = 0; i < COUNT(ordered); i++) {
		const struct plan *p = plan_of(c, ordered[i]);
		const char *const sql[] = { p->now, p->past };
		for (size_t k = 0; k < COUNT(sql); k++) {
			struct stmt *st;
			bool row;
			OK(store_stmt(c->store, arena_printf(c->arena, "EXPLAIN QUERY PLAN %s", sql[k]), &st));
			for (;;) {
				OK(stmt_step(st, &row));
				if (!row)
					break;
				struct str s = stmt_get_text(st, 3);
				const char *step = arena_text(c->arena, s.p, s.n);
				if (strstr(step, "TEMP B-TREE") || strncmp(step, "SCAN", 4) == 0)
					fail_msg("%s: %s", ordered[i]->name, step);
			}
		}
	}
}

static void a_moment_is_a_day_or_a_position(void **state)
{
	OPEN(state);
	struct moment m;
	(void)keeper(c, 1);
	int64_t head = ledger_head(c->ledger);
	OK(moment_parse(c, "2008-02-29", NULL, &m));
	assert_int_equal(m.day, date_of(2008, 2, 29));
	assert_int_equal(m.position, 0);
	OK(moment_parse(c, NULL, "2008-09-15", &m));
	assert_int_equal(m.day, DATE_NONE);
	assert_int_equal(m.position, head);
	OK(moment_parse(c, NULL, "1", &m));
	assert_int_equal(m.position, 1);
	assert_int_equal(moment_parse(c, NULL, "2008-09-14", &m), E_INVALID); /* the zone's day, not Greenwich's */
	assert_true(fixture_said(c, "known-at", "nothing was known yet on 14 September 2008"));
	assert_int_equal(moment_parse(c, NULL, "99", &m), E_INVALID);
	assert_true(fixture_said(c, "known-at", "there is no entry 99"));
	assert_int_equal(moment_parse(c, "2008-02-30", NULL, &m), E_INVALID);
	assert_true(fixture_said(c, "as-of", "write a day as YYYY-MM-DD"));
	assert_int_equal(moment_parse(c, NULL, "yesterday", &m), E_INVALID);
	assert_int_equal(c->today, date_of(2008, 9, 15));
}

static void every_table_has_a_class(void **state)
{
	OPEN(state);
	const char *const *names;
	const struct classed_table *const *tables = ctx_tables(c->arena, c->registry);
	OK(store_tables(c->store, c->arena, &names));
	for (; *names; names++) {
		size_t i = 0;
		while (tables[i] && strcmp(tables[i]->table.name, *names) != 0)
			i++;
		if (!tables[i])
			fail_msg("the table %s has no class", *names);
	}
	OK(ctx_schema(c->store, c->registry)); /* twice changes nothing */
}

static void another_thread_reads_the_same_place(void **state)
{
	OPEN(state);
	struct ctx *other CLEANUP(ctx_close_p) = NULL;
	struct record *r;
	int64_t id = keeper(c, 1);
	OK(ctx_again(c, &other));
	OK(read_thing(other, &fixture_keeper, id, (struct moment){ .day = DATE_NONE }, &r));
	assert_true(str_is(r->v[KEEPER_NAME].t, "Keeper 1"));
	assert_int_equal(other->today, c->today);
	assert_int_equal(read_thing(other, &fixture_keeper, id + 1, (struct moment){ .day = DATE_NONE }, &r),
			 E_MISSING);
}

static void the_side_folder_is_named(void **state)
{
	(void)state;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	const char *side;
	unsetenv("MERIT_SIDE");
	OK(ctx_side(&(struct ctx_place){ .where = "s.db" }, &a, &side));
	assert_string_equal(side, "s.db.d");
	assert_int_equal(ctx_side(&(struct ctx_place){ .where = "postgresql://x/y" }, &a, &side), E_USAGE);
	assert_true(spot_said("--side"));
	setenv("MERIT_SIDE", "beside", 1);
	OK(ctx_side(&(struct ctx_place){ .where = "postgresql://x/y" }, &a, &side));
	assert_string_equal(side, "beside");
	OK(ctx_side(&(struct ctx_place){ .where = "s.db", .side = "own" }, &a, &side));
	assert_string_equal(side, "own");
	unsetenv("MERIT_SIDE");
}

int read_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(a_long_read_sees_one_position),       SPOT_CASE(reading_the_past_sorts_nothing),
		SPOT_CASE(a_moment_is_a_day_or_a_position),     SPOT_CASE(every_table_has_a_class),
		SPOT_CASE(another_thread_reads_the_same_place), SPOT_CASE(the_side_folder_is_named),
	};
	return spot_run("read", cases, COUNT(cases));
}
