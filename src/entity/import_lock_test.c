/* import_lock_test.c - how long an import keeps others from writing, and what it owes to what was said before it. */
#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "entity/io.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int import_lock_test(void);
#define OK(call) assert_int_equal((call), E_OK)

static const char keepers[] = "number,name,sex,birth_date,schooling,joined_on\n"
			      "100,Ana Keeper,F,1950-05-01,master,1980-03-01\n"
			      "101,Budi Waves,M,1955-06-02,primary,1985-03-01\n";
static const char grades[] = "number,grade,valid_from,decree,decree_date,proof\n"
			     "100,1/a,1980-03-01,SK 1,,\n"
			     "101,1/a,1985-03-01,SK 2,,\n";

/* What somebody was told of another file is no reason to leave this one out. */
static void what_was_said_before_stops_nothing(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct import_counts n;
	int64_t rows;
	problem_at(c->problems, "older.csv", 2, NULL, "it is short; complete it");
	OK(fixture_import(c, &fixture_keeper, keepers, &(struct import_options){ 0 }, &n));
	assert_true(n.position > 0);
	assert_int_equal(n.added, 2);
	OK(store_get_int(c->store, "SELECT count(*) FROM keeper_v", -1, &rows));
	assert_int_equal(rows, 2);
	assert_int_equal(c->problems->count, 1);
}

/* Somebody else writes all the while. */
static enum err try_meanwhile(struct ctx *c, const struct entity *e, const char *text, bool dry_run)
{
	struct store *s CLEANUP(store_close_p) = NULL;
	struct txn t CLEANUP(txn_end) = { 0 }; /* ends before its store is closed */
	struct import_counts n;
	OK(store_again(c->store, STORE_WRITE, &s));
	OK(txn_write(s, &t));
	return fixture_import(c, e, text, &(struct import_options){ .dry_run = dry_run }, &n);
}

/* Where nothing must hold over everybody, what is only tried waits for no writer; nor does a file that is wrong. */
static void what_is_only_tried_waits_for_nobody(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct import_counts n;
	OK(fixture_import(c, &fixture_keeper, keepers, &(struct import_options){ 0 }, &n));
	setenv("MERIT_WAIT_MS", "50", 1);
	OK(try_meanwhile(c, &fixture_grade_history, grades, true));
	assert_int_equal(
		try_meanwhile(c, &fixture_grade_history, "number,grade,valid_from,decree\n100,1/a,never,SK 1\n", false),
		E_INVALID);
	unsetenv("MERIT_WAIT_MS");
}

int import_lock_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(what_was_said_before_stops_nothing),
		SPOT_CASE(what_is_only_tried_waits_for_nobody),
	};
	return spot_run("import: the lock", cases, COUNT(cases));
}
