/* What is done inside a savepoint may touch more pages than stay in memory, and is kept or undone as a whole. */
#include "../../tests/help/spot.h"
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int savepoint_test(void);
#define OK(call) assert_int_equal((call), E_OK)
#define ROWS 3000

/* Rows of a kilobyte, so that all of them stand on several megabytes of pages. */
static void fill(struct store *s)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	struct stmt *st;
	char wide[1024];
	memset(wide, 'x', sizeof(wide));
	OK(txn_write(s, &t));
	OK(store_exec(s, "CREATE TABLE wide (id INTEGER PRIMARY KEY, n INTEGER, filler TEXT)"));
	for (int i = 1; i <= ROWS; i++) {
		OK(store_stmt(s, "INSERT INTO wide (id, n, filler) VALUES (?, 0, ?)", &st));
		stmt_int(st, 1, i);
		stmt_text(st, 2, (struct str){ wide, sizeof(wide) });
		OK(stmt_run(st));
	}
	OK(txn_commit(&t));
}

static void change_all(struct store *s)
{
	struct stmt *st;
	for (int i = 1; i <= ROWS; i++) {
		OK(store_stmt(s, "UPDATE wide SET n = n + 1 WHERE id = ?", &st));
		stmt_int(st, 1, i);
		OK(stmt_run(st));
	}
}

static int64_t sum(struct store *s)
{
	int64_t n;
	OK(store_get_int(s, "SELECT sum(n) FROM wide", -1, &n));
	return n;
}

static void many_pages_are_kept(void **state)
{
	struct spot *p = *state;
	struct txn t CLEANUP(txn_end) = { 0 };
	fill(p->s);
	OK(txn_write(p->s, &t));
	OK(savepoint(p->s));
	change_all(p->s);
	OK(savepoint_keep(p->s));
	OK(txn_commit(&t));
	assert_int_equal(sum(p->s), ROWS);
}

static void many_pages_are_undone(void **state)
{
	struct spot *p = *state;
	struct txn t CLEANUP(txn_end) = { 0 };
	fill(p->s);
	OK(txn_write(p->s, &t));
	OK(savepoint(p->s));
	change_all(p->s);
	OK(savepoint_undo(p->s));
	OK(txn_commit(&t));
	assert_int_equal(sum(p->s), 0);
}

int savepoint_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(many_pages_are_kept),
		SPOT_CASE(many_pages_are_undone),
	};
	return spot_run("savepoint", cases, COUNT(cases));
}
