/* Transactions, savepoints, hooks, waiting for the write lock and faults on purpose, the same over both databases. */
#include "../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define OK(call) assert_int_equal((call), E_OK)

static struct store *with_table(void **state)
{
	struct store *s = ((struct spot *)*state)->s;
	OK(store_exec(s, "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)"));
	return s;
}

static enum err put(struct store *s, int64_t id)
{
	struct stmt *st;
	TRY(store_stmt(s, "INSERT INTO t (id) VALUES (?)", &st));
	stmt_int(st, 1, id);
	return stmt_run(st);
}

static int64_t count(struct store *s)
{
	int64_t n = -1;
	OK(store_get_int(s, "SELECT count(*) FROM t", -2, &n));
	return n;
}

static struct store *second(struct store *s, enum store_mode mode)
{
	struct store *other = NULL;
	OK(store_again(s, mode, &other));
	return other;
}

static enum err leave_early(struct store *s)
{
	struct txn t CLEANUP(txn_end) = { NULL };
	TRY(txn_write(s, &t));
	TRY(put(s, 1));
	TRY(put(s, 1)); /* twice the same key */
	return txn_commit(&t);
}

static void leaving_scope_rolls_back(void **state)
{
	struct store *s = with_table(state);
	assert_int_equal(leave_early(s), E_FAULT);
	assert_int_equal(count(s), 0);
	struct txn t;
	OK(txn_write(s, &t));
	OK(put(s, 1));
	OK(txn_commit(&t));
	txn_end(&t); /* harmless after the commit */
	assert_int_equal(count(s), 1);
}

#define WIDE 4000

static void fill_wide(struct store *s)
{
	static const char filling[] =
		"What a row holds beside its number, so that the table has some hundred pages: "
		"the words stand twice. What a row holds beside its number, so that the table has "
		"some hundred pages. The rest is as long as it must be for more than a megabyte, "
		"which is what a savepoint may have to give back when a whole upload is undone.";
	struct txn t;
	struct stmt *st;
	OK(store_exec(s, "CREATE TABLE wide (id INTEGER PRIMARY KEY, n INTEGER, filling TEXT)"));
	OK(txn_write(s, &t));
	OK(pipeline_begin(s));
	for (int i = 1; i <= WIDE; i++) {
		OK(store_stmt(s, "INSERT INTO wide (id, n, filling) VALUES (?, 0, ?)", &st));
		stmt_int(st, 1, i);
		stmt_text(st, 2, str_of(filling));
		OK(stmt_run(st));
	}
	OK(pipeline_sync(s));
	OK(txn_commit(&t));
}

static int64_t sum_of_wide(struct store *s)
{
	int64_t n = -1;
	OK(store_get_int(s, "SELECT sum(n) FROM wide", -2, &n));
	return n;
}

/* More than any of the memories in which a database keeps what it may have to give back. */
static void a_savepoint_may_be_large(void **state)
{
	struct store *s = with_table(state);
	struct txn t;
	struct stmt *st;
	fill_wide(s);
	OK(txn_write(s, &t));
	for (int kept = 0; kept < 2; kept++) {
		OK(savepoint(s));
		OK(store_stmt(s, "UPDATE wide SET n = n + 1", &st));
		OK(stmt_run(st));
		assert_int_equal(sum_of_wide(s), WIDE);
		OK(kept ? savepoint_keep(s) : savepoint_undo(s));
		assert_int_equal(sum_of_wide(s), kept ? WIDE : 0);
	}
	OK(txn_commit(&t));
	assert_int_equal(sum_of_wide(s), WIDE);
}

static void savepoints_nest(void **state)
{
	struct store *s = with_table(state);
	struct txn t;
	OK(txn_write(s, &t));
	OK(put(s, 1));
	OK(savepoint(s));
	OK(put(s, 2));
	OK(savepoint(s));
	OK(put(s, 3));
	OK(savepoint_undo(s)); /* 3 */
	OK(savepoint(s));
	OK(put(s, 4));
	OK(savepoint_keep(s));
	OK(savepoint_keep(s)); /* 2 and 4 */
	OK(savepoint(s));
	OK(savepoint(s));
	OK(put(s, 5));
	OK(savepoint_keep(s));
	OK(savepoint_undo(s)); /* 5, though kept inside */
	OK(txn_commit(&t));
	int64_t sum = 0;
	OK(store_get_int(s, "SELECT sum(id) FROM t", 0, &sum));
	assert_int_equal(sum, 1 + 2 + 4);
}

static void a_failure_spoils_up_to_its_savepoint(void **state)
{
	struct store *s = with_table(state);
	struct txn t;
	OK(txn_write(s, &t));
	OK(put(s, 1));
	OK(savepoint(s));
	OK(put(s, 2));
	assert_int_equal(put(s, 1), E_FAULT);
	assert_int_equal(put(s, 3), E_FAULT);
	assert_true(spot_said("a part of it failed"));
	assert_int_equal(savepoint_keep(s), E_FAULT);
	OK(savepoint_undo(s));
	OK(put(s, 4));
	OK(txn_commit(&t));
	assert_int_equal(count(s), 2);

	OK(txn_write(s, &t));
	OK(put(s, 9));
	assert_int_equal(put(s, 9), E_FAULT);
	assert_int_equal(txn_commit(&t), E_FAULT);
	assert_int_equal(count(s), 2);
	OK(put(s, 9)); /* the store goes on */
}

/* Undoing keeps the words of the failure that led to it. */
static void words_survive_the_rollback(void **state)
{
	struct store *s = with_table(state);
	struct txn t;
	OK(txn_write(s, &t));
	OK(savepoint(s));
	(void)FAULT("the words of %d", 7);
	OK(savepoint_undo(s));
	assert_string_equal(fault_text(), "the words of 7");
	txn_end(&t);
	assert_string_equal(fault_text(), "the words of 7");
}

static void readers_see_one_state(void **state)
{
	struct store *s = with_table(state);
	struct store *r = second(s, STORE_READ);
	struct txn t;
	OK(put(s, 1));
	OK(txn_read(r, &t));
	assert_int_equal(count(r), 1);
	OK(put(s, 2));
	assert_int_equal(count(r), 1);
	assert_int_equal(count(s), 2);
	OK(txn_commit(&t));
	assert_int_equal(count(r), 2);
	store_close(r);
}

static void readers_cannot_write(void **state)
{
	struct store *s = with_table(state);
	struct store *r = second(s, STORE_READ);
	struct txn t;
	assert_int_equal(put(r, 1), E_FAULT);
	assert_int_equal(txn_write(r, &t), E_FAULT);
	assert_true(spot_said("reading only"));
	assert_int_equal(store_exec(r, "DROP TABLE t"), E_FAULT);
	store_close(r);
	OK(txn_read(s, &t)); /* nor does a reading transaction of a writer */
	assert_int_equal(put(s, 1), E_FAULT);
	txn_end(&t);
	assert_int_equal(count(s), 0);
}

static void the_second_writer_waits_then_is_told(void **state)
{
	struct store *s = with_table(state);
	setenv("MERIT_WAIT_MS", "100", 1);
	struct store *other = second(s, STORE_WRITE);
	unsetenv("MERIT_WAIT_MS");
	struct txn t, u;
	OK(txn_write(s, &t));
	OK(put(s, 1));
	assert_int_equal(txn_write(other, &u), E_BUSY);
	assert_true(spot_said("another process is writing"));
	assert_int_equal(count(other), 0); /* reading goes on meanwhile */
	OK(txn_commit(&t));
	OK(txn_write(other, &u));
	assert_int_equal(count(other), 1);
	OK(put(other, 2));
	OK(txn_commit(&u));
	store_close(other);
	assert_int_equal(count(s), 2);
}

struct calls {
	int before, after, rollback;
	enum err say;
};

static enum err before(struct store *s, void *arg)
{
	struct calls *c = arg;
	c->before++;
	TRY(put(s, 1000 + c->before)); /* it may write */
	return c->say;
}

static enum err after(struct store *s, void *arg)
{
	int64_t n;
	((struct calls *)arg)->after++;
	return store_get_int(s, "SELECT count(*) FROM t", 0, &n);
}

static void rolled(struct store *s, void *arg)
{
	(void)s;
	((struct calls *)arg)->rollback++;
}

static void hooks_run_around_the_commit(void **state)
{
	struct store *s = with_table(state);
	struct calls c = { .say = E_OK };
	struct txn t;
	store_before_commit(s, before, &c);
	store_after_commit(s, after, &c);
	store_on_rollback(s, rolled, &c);
	OK(txn_read(s, &t));
	OK(txn_commit(&t));
	OK(txn_read(s, &t));
	txn_end(&t);
	assert_int_equal(c.before + c.after + c.rollback, 0); /* reading is nobody's business */
	OK(txn_write(s, &t));
	OK(put(s, 1));
	OK(txn_commit(&t));
	assert_int_equal(c.before, 1);
	assert_int_equal(c.after, 1);
	assert_int_equal(count(s), 2);
	OK(txn_write(s, &t));
	txn_end(&t);
	assert_int_equal(c.rollback, 1);
	c.say = E_CONFLICT;
	OK(txn_write(s, &t));
	assert_int_equal(txn_commit(&t), E_CONFLICT);
	assert_int_equal(c.rollback, 2);
	assert_int_equal(c.after, 1);
	assert_int_equal(count(s), 2);
	store_before_commit(s, NULL, NULL);
	store_after_commit(s, NULL, NULL);
	store_on_rollback(s, NULL, NULL);
}

static enum err three_rows(struct store *s)
{
	struct txn t CLEANUP(txn_end) = { NULL };
	TRY(txn_write(s, &t));
	for (int i = 0; i < 3; i++) {
		TRY(savepoint(s));
		TRY(put(s, i));
		TRY(savepoint_keep(s));
	}
	return txn_commit(&t);
}

/* Wherever the disk fills up, nothing of the transaction is kept, and the store goes on afterwards. */
static void a_fault_anywhere_keeps_nothing(void **state)
{
	struct store *s = with_table(state);
	int faults = 0;
	for (long n = 1; faults < 100; n++) {
		store_fail_after(s, n);
		enum err e = three_rows(s);
		store_fail_after(s, 0);
		if (e == E_OK)
			break;
		assert_int_equal(e, E_FAULT);
		assert_true(spot_said("the disk is full"));
		assert_int_equal(count(s), 0);
		faults++;
	}
	assert_true(faults >= 3 && faults < 100);
	assert_int_equal(count(s), 3);
}

static void closing_rolls_back(void **state)
{
	struct spot *p = *state;
	struct store *s = with_table(state);
	struct stmt *st;
	struct txn t;
	bool row;
	OK(put(s, 1));
	OK(txn_write(s, &t));
	OK(put(s, 2));
	OK(store_stmt(s, "SELECT id FROM t", &st));
	OK(stmt_step(st, &row));
	store_close(s);
	p->s = NULL;
	OK(store_open(p->where, STORE_WRITE, &p->s));
	assert_int_equal(count(p->s), 1);
}

static void a_build_becomes_a_store(void **state)
{
	struct spot *p = *state;
	struct spot q;
	struct txn t;
	spot_make(&q, p->postgres);
	OK(store_open(q.where, STORE_BUILD, &q.s));
	OK(store_exec(q.s, "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)"));
	OK(txn_write(q.s, &t));
	OK(savepoint(q.s));
	OK(put(q.s, 1));
	OK(savepoint_keep(q.s));
	OK(txn_commit(&t));
	OK(store_built(q.s));
	struct store *r = second(q.s, STORE_READ);
	assert_int_equal(count(r), 1);
	store_close(r);
	OK(txn_write(q.s, &t));
	OK(put(q.s, 2));
	txn_end(&t);
	assert_int_equal(count(q.s), 1);
	spot_remove(&q);
}

/* Without a journal nothing can be undone; the store says so instead of handing over half of it. */
static void a_failed_build_is_no_store(void **state)
{
	struct spot *p = *state;
	struct spot q;
	struct txn t;
	if (p->postgres)
		return;
	spot_make(&q, false);
	OK(store_open(q.where, STORE_BUILD, &q.s));
	OK(store_exec(q.s, "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)"));
	OK(txn_write(q.s, &t));
	OK(savepoint(q.s));
	OK(put(q.s, 1));
	assert_int_equal(savepoint_undo(q.s), E_FAULT);
	assert_int_equal(put(q.s, 2), E_FAULT);
	assert_int_not_equal(txn_commit(&t), E_OK);
	assert_int_equal(txn_write(q.s, &t), E_FAULT);
	assert_true(spot_said("delete the file"));
	assert_int_equal(store_built(q.s), E_FAULT);
	spot_remove(&q);
}

/* What stands is not undone by a hook that fails afterwards, but its answer is passed on. */
static enum err late(struct store *s, void *arg)
{
	(void)s;
	(void)arg;
	return FAULT("the note could not be kept");
}

static void a_late_hook_fails_after_the_fact(void **state)
{
	struct store *s = with_table(state);
	struct txn t;
	store_after_commit(s, late, NULL);
	OK(txn_write(s, &t));
	OK(put(s, 1));
	assert_int_equal(txn_commit(&t), E_FAULT);
	assert_null(t.store);
	store_after_commit(s, NULL, NULL);
	assert_int_equal(count(s), 1);
}

static void orphan(struct store *s)
{
	struct txn t CLEANUP(txn_end) = { NULL };
	OK(txn_write(s, &t));
	assert_int_equal(store_exec(s, "INSERT INTO kin (id, parent) VALUES (1, 77)"), E_FAULT);
}

static void references_are_looked_up_beside_bulk_rows(void **state)
{
	struct store *s = with_table(state);
	const char *const columns[] = { "id" };
	struct txn t;
	struct bulk *b;
	OK(store_exec(s, "CREATE TABLE kin (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES t)"));
	orphan(s);
	for (int keep = 0; keep < 2; keep++) {
		OK(txn_write(s, &t));
		OK(bulk_begin(s, "t", columns, "i", &b));
		bulk_int(b, 1);
		OK(bulk_row(b));
		if (keep) {
			OK(bulk_end(b));
			OK(txn_commit(&t));
		}
		txn_end(&t);
		orphan(s);
	}
}

int txn_test(void);
int txn_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(leaving_scope_rolls_back),
		SPOT_CASE(savepoints_nest),
		SPOT_CASE(a_savepoint_may_be_large),
		SPOT_CASE(a_failure_spoils_up_to_its_savepoint),
		SPOT_CASE(words_survive_the_rollback),
		SPOT_CASE(readers_see_one_state),
		SPOT_CASE(readers_cannot_write),
		SPOT_CASE(the_second_writer_waits_then_is_told),
		SPOT_CASE(hooks_run_around_the_commit),
		SPOT_CASE(a_fault_anywhere_keeps_nothing),
		SPOT_CASE(closing_rolls_back),
		SPOT_CASE(a_build_becomes_a_store),
		SPOT_CASE(a_failed_build_is_no_store),
		SPOT_CASE(a_late_hook_fails_after_the_fact),
		SPOT_CASE(references_are_looked_up_beside_bulk_rows),
	};
	return spot_run("txn", cases, COUNT(cases));
}
