/* Rows the last first: of all, and of one owner. */
#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "entity/back.h"
#include "entity/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int back_test(void);
#define OK(call) assert_int_equal((call), E_OK)
#define OPEN(state) struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*(state), &fixture_registry)

enum { KEEPERS = 3, MANY = 600 };

/* Marks of three keepers by turns: the i-th says 100 + i and stands at positions[i]. */
static void marks(struct ctx *c, int64_t *keepers, int64_t *positions)
{
	for (int i = 0; i < KEEPERS; i++) {
		struct record *r = fixture_keeper_of(c, i, date_of(1960, 1, 1), date_of(1990, 1, 1));
		OK(fixture_save(c, r, NULL));
		keepers[i] = r->id;
	}
	for (int i = 0; i < MANY; i++)
		OK(fixture_save(c, fixture_mark_of(c, keepers[i % KEEPERS], 1991 + i / KEEPERS, 100 + i),
				&positions[i]));
}

/* From mark `from` on, each `step`-th before it, then the end. */
static void reads_back(struct ctx *c, const struct back_ask *ask, const int64_t *positions, int from, int step)
{
	struct back *k CLEANUP(back_close_p) = NULL;
	const struct record *r;
	OK(back_open(c, ask, &k));
	for (int i = from; i >= 0; i -= step) {
		OK(back_next(k, &r));
		assert_non_null(r);
		assert_int_equal(r->known_from, positions[i]);
		assert_int_equal(r->v[MARK_SCORE].i, 100 + i);
	}
	OK(back_next(k, &r));
	assert_null(r);
	OK(back_next(k, &r)); /* and again */
	assert_null(r);
}

/* What was written last comes first, from any position on, however many chunks that takes. */
static void rows_are_read_back_from_a_position(void **state)
{
	OPEN(state);
	int64_t keepers[KEEPERS], positions[MANY];
	marks(c, keepers, positions);
	for (int from = MANY - 1; from >= 0; from -= 173)
		reads_back(c, &(struct back_ask){ .entity = &fixture_mark, .position = positions[from] }, positions,
			   from, 1);
	reads_back(c, &(struct back_ask){ .entity = &fixture_mark, .position = BACK_ALL }, positions, MANY - 1, 1);
	reads_back(c, &(struct back_ask){ .entity = &fixture_mark, .position = positions[0] - 1 }, positions, -1, 1);
	reads_back(c, &(struct back_ask){ .entity = &fixture_mark, .position = 0 }, positions, -1, 1);
}

/* Nobody else's rows are among an owner's. */
static void an_owners_rows_are_read_back(void **state)
{
	OPEN(state);
	int64_t keepers[KEEPERS], positions[MANY];
	marks(c, keepers, positions);
	for (int k = 0; k < KEEPERS; k++) {
		struct back_ask ask = { &fixture_mark, keepers[k], BACK_ALL };
		reads_back(c, &ask, positions, MANY - KEEPERS + k, KEEPERS);
		ask.position = positions[300];
		reads_back(c, &ask, positions, k ? 300 - KEEPERS + k : 300, KEEPERS);
	}
	reads_back(c, &(struct back_ask){ &fixture_mark, keepers[KEEPERS - 1] + 1, BACK_ALL }, positions, -1, 1);
}

/* However many rows an owner has, a few are found by the index and nothing is sorted. */
static void an_owners_last_rows_are_found_by_an_index(void **state)
{
	OPEN(state);
	struct stmt *st;
	bool row;
	if (store_is_postgres(c->store))
		return; /* its planner goes by sizes that a test does not have */
	const char *sql = plan_of(c, &fixture_mark)->back_of;
	OK(store_stmt(c->store, arena_printf(c->arena, "EXPLAIN QUERY PLAN %s", sql), &st));
	OK(stmt_step(st, &row));
	assert_true(row);
	struct str step = stmt_get_text(st, 3);
	assert_non_null(strstr(arena_text(c->arena, step.p, step.n), "INDEX mark_back (owner=? AND vid<?)"));
	OK(stmt_step(st, &row));
	assert_false(row);
}

int back_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(rows_are_read_back_from_a_position),
		SPOT_CASE(an_owners_rows_are_read_back),
		SPOT_CASE(an_owners_last_rows_are_found_by_an_index),
	};
	return spot_run("back", cases, COUNT(cases));
}
