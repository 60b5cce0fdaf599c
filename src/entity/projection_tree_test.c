/* projection_tree_test.c - the numbers of a tree: in order of code, and moved with every change of it. */
#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "entity/change.h"
#include "entity/list.h"
#include "entity/projection.h"
#include "entity/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int projection_tree_test(void);
#define OK(call) assert_int_equal((call), E_OK)

static void differs(void *arg, const char *table, int64_t id, const char *what)
{
	print_message("%s row %lld: %s\n", table, (long long)id, what);
	++*(int *)arg;
}

static int differences(struct ctx *c)
{
	int n = 0;
	for (size_t i = 0; c->registry->projections[i]; i++)
		OK(projection_audit(c, c->registry->projections[i], differs, &n));
	return n;
}

static void saved(struct ctx *c, struct record *r)
{
	OK(fixture_save(c, r, NULL));
}

static void place(struct ctx *c, int n, int64_t parent, date from)
{
	saved(c, fixture_place_of(c, n, parent, from));
}

static void moved(struct ctx *c, int64_t id, int n, int64_t parent, date from)
{
	struct record *r = fixture_place_of(c, n, parent, from);
	r->id = id;
	saved(c, r);
}

static void closed(struct ctx *c, int64_t id, date from)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	int64_t position;
	OK(ctx_write(c, &t));
	OK(change_begin(c, "test.close", 0));
	OK(change_close(c, &fixture_place, id, from));
	OK(change_end(c, &position));
	OK(txn_commit(&t));
}

static int64_t order_of(struct ctx *c, const struct entity *e, int64_t id)
{
	int64_t order;
	bool scoped;
	OK(scope_of(c, e, id, &scoped, &order));
	assert_true(scoped);
	return order;
}

static void assert_range(struct ctx *c, int64_t id, int64_t low, int64_t high)
{
	struct order_range r;
	OK(tree_range(c, &fixture_place, id, &r));
	assert_int_equal(r.low, low);
	assert_int_equal(r.high, high);
}

/* A coast (1) with two districts (2, 3), lights below them, and a keeper on a light of each. */
static struct ctx *coast(struct spot *p)
{
	struct ctx *c = fixture_open(p, &fixture_registry);
	date long_ago = date_of(1950, 1, 1);
	place(c, 1, 0, long_ago);
	place(c, 3, 1, long_ago); /* record 2 */
	place(c, 5, 1, long_ago); /* record 3 */
	place(c, 4, 2, long_ago); /* record 4, below 3 */
	place(c, 6, 3, long_ago); /* record 5, below 5 */
	for (int i = 1; i <= 2; i++) {
		saved(c, fixture_seat_of(c, i, 3 + i, date_of(1960, 1, 1)));
		saved(c, fixture_keeper_of(c, i, date_of(1950, 1, i), date_of(1980, 1, i)));
		saved(c, fixture_sit(c, i, i, date_of(1981, 1, 1)));
	}
	saved(c, fixture_keeper_of(c, 3, date_of(1950, 1, 3), date_of(1980, 1, 3)));
	return c;
}

/* proves: DP-07 */
static void a_subtree_is_a_range_and_a_record_stands_in_it(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = coast(*state);
	struct order_range none;
	bool scoped;
	int64_t order;
	assert_range(c, 1, 1, 5);
	assert_range(c, 2, 2, 3);
	assert_range(c, 4, 3, 3);
	assert_range(c, 3, 4, 5);
	assert_int_equal(tree_range(c, &fixture_place, 99, &none), E_MISSING);
	assert_int_equal(order_of(c, &fixture_place, 3), 4);
	assert_int_equal(order_of(c, &fixture_seat, 1), 3);
	assert_int_equal(order_of(c, &fixture_keeper, 2), 5);
	assert_int_equal(order_of(c, &fixture_mark, 1), 3); /* where its owner stands */
	assert_int_equal(order_of(c, &fixture_keeper, 3), WHO_NOWHERE);
	OK(scope_of(c, &fixture_drill, 1, &scoped, &order));
	assert_false(scoped);
	assert_int_equal(scope_of(c, &fixture_keeper, 99, &scoped, &order), E_MISSING);
	assert_int_equal(differences(c), 0);
}

static void numbers_move_with_the_tree(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = coast(*state);
	date day = date_of(2000, 1, 1);
	place(c, 2, 1, day); /* before all others of the coast */
	assert_range(c, 6, 2, 2);
	assert_range(c, 2, 3, 4);
	assert_int_equal(order_of(c, &fixture_keeper, 1), 4);
	assert_int_equal(order_of(c, &fixture_keeper, 2), 6);
	assert_int_equal(differences(c), 0);
	moved(c, 3, 5, 6, day); /* the second district, with its light and keeper, below the new one */
	assert_range(c, 6, 2, 4);
	assert_int_equal(order_of(c, &fixture_keeper, 2), 4);
	assert_int_equal(order_of(c, &fixture_keeper, 1), 6);
	assert_int_equal(differences(c), 0);
	closed(c, 4, day); /* a light of which a keeper still holds the seat */
	assert_int_equal(order_of(c, &fixture_keeper, 1), WHO_NOWHERE);
	assert_int_equal(order_of(c, &fixture_keeper, 2), 4);
	assert_int_equal(differences(c), 0);
	moved(c, 4, 4, 2, date_of(2001, 1, 1)); /* it stands again */
	assert_int_equal(order_of(c, &fixture_keeper, 1), 6);
	assert_int_equal(differences(c), 0);
}

/* What is to begin, to move and to end turns at its midnight; nobody who opens the store late finds a difference. */
static void numbers_turn_at_midnight(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = coast(*state);
	place(c, 2, 1, date_of(2008, 10, 1));
	moved(c, 4, 4, 3, date_of(2008, 10, 5));
	closed(c, 5, date_of(2008, 10, 9));
	assert_range(c, 2, 2, 3);
	c->today = date_of(2008, 10, 3);
	assert_int_equal(differences(c), 0);
	OK(projections_turn(c));
	assert_range(c, 6, 2, 2);
	assert_int_equal(order_of(c, &fixture_keeper, 1), 4);
	assert_int_equal(differences(c), 0);
	c->today = date_of(2008, 10, 6);
	assert_int_equal(differences(c), 0);
	OK(projections_turn(c));
	assert_int_equal(order_of(c, &fixture_keeper, 1), 5);
	assert_int_equal(differences(c), 0);
	c->today = date_of(2008, 10, 20);
	assert_int_equal(differences(c), 0);
	OK(projections_turn(c));
	assert_int_equal(order_of(c, &fixture_keeper, 2), WHO_NOWHERE);
	assert_int_equal(differences(c), 0);
}

static void forged(struct ctx *c, const char *sql)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	OK(txn_write(c->store, &t));
	OK(store_exec(c->store, sql));
	OK(txn_commit(&t));
}

static void forged_numbers_are_found_and_rebuilt(void **state)
{
	static const char *const forgeries[] = {
		"UPDATE place_now SET place_order = 9 WHERE id = 3",
		"UPDATE place_now SET place_last = 9 WHERE id = 1",
		"UPDATE place_now SET turns_on = 5000 WHERE id = 1",
		"UPDATE keeper_now SET place_order = 5 WHERE id = 1",
		"UPDATE keeper_now SET place_order = NULL WHERE id = 2",
		"UPDATE keeper_now SET place_order = 1 WHERE id = 3",
	};
	struct ctx *c CLEANUP(ctx_close_p) = coast(*state);
	for (size_t i = 0; i < COUNT(forgeries); i++) {
		forged(c, forgeries[i]);
		assert_int_equal(differences(c), 1);
		OK(projections_rebuild(c));
		assert_int_equal(differences(c), 0);
	}
}

/* A circle can only be written by hand; it has no numbers, and nothing walks it for ever. */
static void a_circle_has_no_numbers(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = coast(*state);
	struct order_range none;
	forged(c, "UPDATE place_v SET parent = 4 WHERE id = 2");
	OK(projections_rebuild(c));
	assert_int_equal(tree_range(c, &fixture_place, 2, &none), E_MISSING);
	assert_range(c, 1, 1, 3);
}

/* ---- whatever is done ---- */

static uint32_t seed;

static uint32_t dice(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

/* Places come, move and go on past and coming days; after each step the numbers are those that a rebuild would give. */
static void any_changes_leave_the_numbers_of_a_rebuild(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = coast(*state);
	int64_t places = 5;
	seed = 1945;
	for (int i = 0; i < 60; i++) {
		struct txn t CLEANUP(txn_end) = { 0 };
		int64_t id = 1 + dice((uint32_t)places), parent = dice(3) ? 1 + dice((uint32_t)places) : 0, position;
		date day = c->today - 200 + (date)dice(230);
		OK(ctx_write(c, &t));
		OK(change_begin(c, "test.any", 0));
		struct record *r = fixture_place_of(c, 100 + (int)dice(1000), parent, day), *holds = NULL;
		bool new = dice(3) == 0;
		enum err e = E_OK;
		if (!new &&dice(5) == 0) {
			e = change_close(c, &fixture_place, id, day);
		} else if (!new &&read_thing(c, &fixture_place, id, (struct moment){ day, 0 }, &holds) == E_OK) {
			r->id = id;
			r->v[PLACE_CODE] = holds->v[PLACE_CODE];
			e = change_save(c, r);
		} else if (new) {
			e = change_save(c, r);
		}
		if (e != E_OK) {
			change_abandon(c);
			continue;
		}
		OK(change_end(c, &position));
		OK(txn_commit(&t));
		places += new;
		if (dice(4) == 0) {
			c->today += (date)dice(10);
			assert_int_equal(differences(c), 0);
			OK(projections_turn(c));
		}
		assert_int_equal(differences(c), 0);
	}
	assert_true(places > 10);
}

int projection_tree_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(a_subtree_is_a_range_and_a_record_stands_in_it),
		SPOT_CASE(numbers_move_with_the_tree),
		SPOT_CASE(numbers_turn_at_midnight),
		SPOT_CASE(forged_numbers_are_found_and_rebuilt),
		SPOT_CASE(a_circle_has_no_numbers),
		SPOT_CASE(any_changes_leave_the_numbers_of_a_rebuild),
	};
	return spot_run("numbers of a tree", cases, COUNT(cases));
}
