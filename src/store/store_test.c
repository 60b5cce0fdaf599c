/* The contract of statements, types, results and pipelines, the same over both databases. */
#include "../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define OK(call) assert_int_equal((call), E_OK)

static struct store *things(void **state)
{
	struct store *s = ((struct spot *)*state)->s;
	OK(store_exec(s, "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, bytes BLOB);"
			 "CREATE TABLE other (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"));
	return s;
}

static enum err add(struct store *s, int64_t id, const char *name, int64_t n)
{
	struct stmt *st;
	TRY(store_stmt(s, "INSERT INTO thing (id, name, n) VALUES (?, ?, ?)", &st));
	stmt_int(st, 1, id);
	stmt_text(st, 2, str_of(name));
	stmt_int(st, 3, n);
	return stmt_run(st);
}

static int64_t number(struct store *s, const char *sql)
{
	int64_t n = -1;
	OK(store_get_int(s, sql, -2, &n));
	return n;
}

static void values_come_back(void **state)
{
	struct store *s = things(state);
	struct stmt *st;
	bool row;
	const char bytes[] = { 0, 1, (char)255, 0 };
	OK(store_stmt(s, "INSERT INTO thing (id, name, n, bytes) VALUES (?, ?, ?, ?)", &st));
	stmt_int(st, 1, 1);
	stmt_text(st, 2, STR("Siti \xE2\x80\x9CNur\xE2\x80\x9D? 'x'"));
	stmt_int(st, 3, INT64_MIN);
	stmt_blob(st, 4, bytes, sizeof bytes);
	OK(stmt_run(st));
	assert_int_equal(stmt_changed(st), 1);
	stmt_int(st, 1, 2);
	stmt_text(st, 2, (struct str){ NULL, 0 });
	stmt_int(st, 3, INT64_MAX);
	stmt_blob(st, 4, NULL, 0);
	OK(stmt_run(st));

	OK(store_stmt(s, "SELECT name, n, bytes FROM thing WHERE id = ? /* ? */ AND name <> '?' -- ?\n", &st));
	stmt_int(st, 1, 1);
	OK(stmt_step(st, &row));
	assert_true(row);
	assert_int_equal(stmt_columns(st), 3);
	assert_string_equal(stmt_column_name(st, 2), "bytes");
	assert_int_equal(stmt_type(st, 0), 't');
	assert_int_equal(stmt_type(st, 1), 'i');
	assert_int_equal(stmt_type(st, 2), 'b');
	assert_true(str_is(stmt_get_text(st, 0), "Siti \xE2\x80\x9CNur\xE2\x80\x9D? 'x'"));
	assert_true(stmt_get_int(st, 1) == INT64_MIN);
	assert_int_equal(stmt_get_text(st, 2).n, sizeof bytes);
	assert_memory_equal(stmt_get_text(st, 2).p, bytes, sizeof bytes);
	OK(stmt_step(st, &row));
	assert_false(row);
	stmt_int(st, 1, 2);
	OK(stmt_step(st, &row));
	assert_true(row);
	assert_false(stmt_is_null(st, 0));
	assert_int_equal(stmt_get_text(st, 0).n, 0);
	assert_true(stmt_get_int(st, 1) == INT64_MAX);
	assert_false(stmt_is_null(st, 2));
	stmt_reset(st);
}

static void null_is_no_value(void **state)
{
	struct store *s = things(state);
	struct stmt *st;
	bool row;
	OK(store_stmt(s, "INSERT INTO thing (id, name, n, bytes) VALUES (?, ?, ?, ?)", &st));
	stmt_int(st, 1, 1);
	stmt_null(st, 2); /* 3 and 4 are not bound at all */
	OK(stmt_run(st));
	/* The same statement later carries values where it first had none. */
	stmt_int(st, 1, 2);
	stmt_text(st, 2, STR("two"));
	stmt_int(st, 3, 22);
	stmt_blob(st, 4, "b", 1);
	OK(stmt_run(st));
	OK(store_stmt(s, "SELECT name, n, bytes FROM thing ORDER BY id", &st));
	OK(stmt_step(st, &row));
	for (int i = 0; i < 3; i++) {
		assert_true(stmt_is_null(st, i));
		assert_int_equal(stmt_type(st, i), 0);
	}
	assert_int_equal(stmt_get_int(st, 1), 0);
	assert_int_equal(stmt_get_text(st, 0).n, 0);
	OK(stmt_step(st, &row));
	assert_int_equal(stmt_get_int(st, 1), 22);
	assert_true(str_is(stmt_get_text(st, 2), "b"));
	stmt_reset(st);
	assert_int_equal(number(s, "SELECT max(n) FROM thing WHERE id = 1"), -2);
	assert_int_equal(number(s, "SELECT n FROM thing WHERE id = 77"), -2);
}

static void same_text_is_the_same_statement(void **state)
{
	struct store *s = things(state);
	struct stmt *a, *b;
	bool row;
	char copy[64];
	OK(add(s, 1, "one", 1));
	OK(add(s, 2, "two", 2));
	OK(store_stmt(s, "SELECT id FROM thing WHERE id >= ? ORDER BY id", &a));
	stmt_int(a, 1, 1);
	OK(stmt_step(a, &row));
	snprintf(copy, sizeof copy, "SELECT id FROM thing WHERE id >= ? ORDER BY id");
	OK(store_stmt(s, copy, &b));
	assert_ptr_equal(a, b);
	OK(stmt_step(b, &row)); /* reset, and without the value it had */
	assert_false(row);
	/* A buffer that is used again for another text does not give the statement of the first. */
	snprintf(copy, sizeof copy, "SELECT n FROM thing WHERE id = 2");
	assert_int_equal(number(s, copy), 2);
	snprintf(copy, sizeof copy, "SELECT n FROM thing WHERE id = 1");
	assert_int_equal(number(s, copy), 1);
}

static void sums_counts_and_truths_are_integers(void **state)
{
	struct store *s = things(state);
	for (int i = 1; i <= 3; i++)
		OK(add(s, i, "x", i * 1000000000000));
	assert_true(number(s, "SELECT sum(n) FROM thing") == 6000000000000);
	assert_true(number(s, "SELECT sum(-n) FROM thing") == -6000000000000);
	assert_true(number(s, "SELECT sum(n - n) FROM thing") == 0);
	assert_int_equal(number(s, "SELECT count(*) FROM thing"), 3);
	assert_int_equal(number(s, "SELECT max(n) > 5 FROM thing"), 1);
	assert_int_equal(number(s, "SELECT 7"), 7);
}

static void text_is_ordered_by_bytes(void **state)
{
	struct store *s = things(state);
	static const char *const sorted[] = { "B", "Z", "a", "b", "\xC3\xA4" };
	struct stmt *st;
	bool row;
	for (int i = 0; i < 5; i++)
		OK(add(s, 5 - i, sorted[(i * 2) % 5], i));
	OK(store_stmt(s, "SELECT name FROM thing ORDER BY name", &st));
	for (int i = 0; i < 5; i++) {
		OK(stmt_step(st, &row));
		assert_true(row && str_is(stmt_get_text(st, 0), sorted[i]));
	}
	stmt_reset(st);
}

static void like_minds_case(void **state)
{
	struct store *s = things(state);
	OK(add(s, 1, "Siti", 1));
	OK(add(s, 2, "siti", 2));
	assert_int_equal(number(s, "SELECT count(*) FROM thing WHERE name LIKE 'Si%'"), 1);
}

static void changed_counts_rows(void **state)
{
	struct store *s = things(state);
	struct stmt *st;
	for (int i = 0; i < 5; i++)
		OK(add(s, i, "x", i));
	OK(store_stmt(s, "UPDATE thing SET n = n + 1 WHERE n >= ?", &st));
	stmt_int(st, 1, 3);
	OK(stmt_run(st));
	assert_int_equal(stmt_changed(st), 2);
	stmt_int(st, 1, 99);
	OK(stmt_run(st));
	assert_int_equal(stmt_changed(st), 0);
}

static void returned_rows_can_be_stepped(void **state)
{
	struct store *s = things(state);
	struct stmt *st;
	bool row;
	OK(store_stmt(
		s, "INSERT INTO thing (id, n) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET n = excluded.n RETURNING n",
		&st));
	for (int i = 0; i < 2; i++) {
		stmt_int(st, 1, 1);
		stmt_int(st, 2, 10 + i);
		OK(stmt_step(st, &row));
		assert_true(row);
		assert_int_equal(stmt_get_int(st, 0), 10 + i);
		OK(stmt_step(st, &row));
		assert_false(row);
	}
}

static void fill(struct store *s, int64_t n)
{
	struct bulk *b;
	struct txn t;
	const char *const columns[] = { "id", "name", "n" };
	OK(txn_write(s, &t));
	OK(bulk_begin(s, "thing", columns, "iti", &b));
	for (int64_t i = 1; i <= n; i++) {
		bulk_int(b, i);
		bulk_text(b, STR("somebody"));
		bulk_int(b, i * 2);
		OK(bulk_row(b));
	}
	OK(bulk_end(b));
	OK(txn_commit(&t));
}

/* Reads all rows of one statement while others run and are half read between. */
static void read_alternately(struct store *s, int64_t n)
{
	struct stmt *up, *down, *point;
	bool row;
	OK(store_stmt(s, "SELECT id, n FROM thing ORDER BY id", &up));
	OK(store_stmt(s, "SELECT id FROM thing ORDER BY id DESC", &down));
	for (int64_t i = 1; i <= n; i++) {
		OK(stmt_step(up, &row));
		assert_true(row);
		assert_int_equal(stmt_get_int(up, 0), i);
		OK(stmt_step(down, &row));
		assert_true(row);
		assert_int_equal(stmt_get_int(down, 0), n + 1 - i);
		if (i % 1000 != 1)
			continue;
		OK(store_stmt(s, "SELECT n FROM thing WHERE id = ?", &point));
		stmt_int(point, 1, i);
		OK(stmt_step(point, &row));
		assert_true(row && stmt_get_int(point, 0) == 2 * i);
		assert_int_equal(stmt_get_int(up, 1), 2 * i);
	}
	OK(stmt_step(up, &row));
	assert_false(row);
	OK(stmt_step(down, &row));
	assert_false(row);
}

static void big_results_come_in_chunks(void **state)
{
	struct store *s = things(state);
	struct txn t;
	/* Around the borders of a chunk of 2,000. */
	fill(s, 2000);
	read_alternately(s, 2000);
	OK(store_exec(s, "INSERT INTO thing (id, n) VALUES (2001, 4002)"));
	read_alternately(s, 2001);
	OK(store_exec(s, "DELETE FROM thing"));
	fill(s, 9500);
	read_alternately(s, 9500); /* outside a transaction */
	OK(txn_read(s, &t));
	read_alternately(s, 9500);
	read_alternately(s, 9500); /* now known to be large */
	OK(txn_commit(&t));
	OK(txn_write(s, &t));
	read_alternately(s, 9500);
	txn_end(&t);
	OK(store_exec(s, "DELETE FROM thing WHERE id > 4000"));
	read_alternately(s, 4000); /* a border exactly */
	OK(store_exec(s, "DELETE FROM thing"));
	read_alternately(s, 0);
}

static void rest_of_a_big_result_can_be_given_up(void **state)
{
	struct store *s = things(state);
	struct stmt *st;
	struct txn t;
	bool row;
	fill(s, 9000);
	OK(txn_write(s, &t));
	for (int i = 0; i < 3; i++) {
		OK(store_stmt(s, "SELECT id FROM thing ORDER BY id", &st));
		for (int k = 1; k <= 2500; k++)
			OK(stmt_step(st, &row));
		assert_int_equal(stmt_get_int(st, 0), 2500);
		stmt_reset(st);
	}
	OK(store_stmt(s, "SELECT id FROM thing ORDER BY id", &st));
	OK(stmt_step(st, &row));
	OK(txn_commit(&t)); /* gives up what is half read */
	OK(stmt_step(st, &row));
	assert_int_equal(stmt_get_int(st, 0), 1);
	stmt_reset(st);
}

static void rows_are_changed_while_others_are_read(void **state)
{
	struct store *s = things(state);
	struct stmt *st, *change;
	struct txn t;
	bool row;
	fill(s, 5000);
	OK(txn_write(s, &t));
	OK(store_stmt(s, "SELECT id FROM thing ORDER BY id", &st));
	for (;;) {
		OK(stmt_step(st, &row));
		if (!row)
			break;
		int64_t id = stmt_get_int(st, 0);
		if (id % 100)
			continue;
		OK(savepoint(s));
		OK(store_stmt(s, "UPDATE thing SET n = 0 WHERE id = ?", &change));
		stmt_int(change, 1, id);
		OK(stmt_run(change));
		OK(id % 200 ? savepoint_keep(s) : savepoint_undo(s));
	}
	OK(txn_commit(&t));
	assert_int_equal(number(s, "SELECT count(*) FROM thing WHERE n = 0"), 25);
}

static void pipelined_statements_all_run(void **state)
{
	struct store *s = things(state);
	struct txn t;
	OK(txn_write(s, &t));
	OK(pipeline_begin(s));
	for (int i = 0; i < 3000; i++)
		OK(add(s, i, "p", i));
	assert_int_equal(number(s, "SELECT count(*) FROM thing"), 3000); /* a step waits for what is queued */
	OK(add(s, 3000, "p", 0));
	OK(pipeline_sync(s));
	OK(txn_commit(&t));
	assert_int_equal(number(s, "SELECT count(*) FROM thing"), 3001);
}

/* At the latest at the sync: SQLite fails at once, PostgreSQL when it waits. */
static void a_pipelined_failure_is_told(void **state)
{
	struct store *s = things(state);
	struct txn t;
	OK(add(s, 5, "five", 5));
	OK(txn_write(s, &t));
	OK(pipeline_begin(s));
	enum err e = E_OK;
	for (int i = 0; i < 10 && e == E_OK; i++)
		e = add(s, i, "p", i);
	if (e == E_OK)
		e = pipeline_sync(s);
	assert_int_equal(e, E_FAULT);
	txn_end(&t);
	assert_int_equal(number(s, "SELECT count(*) FROM thing"), 1);

	/* Nor is it lost when the job forgets to wait. */
	OK(txn_write(s, &t));
	OK(savepoint(s));
	OK(pipeline_begin(s));
	e = add(s, 5, "again", 5);
	if (e == E_OK)
		e = savepoint_keep(s);
	assert_int_equal(e, E_FAULT);
	OK(savepoint_undo(s));
	OK(pipeline_sync(s));
	OK(add(s, 6, "six", 6));
	OK(txn_commit(&t));
	assert_int_equal(number(s, "SELECT count(*) FROM thing"), 2);
}

static void wrong_sql_is_a_fault_with_words(void **state)
{
	struct store *s = things(state);
	struct stmt *st;
	bool row;
	enum err e = store_stmt(s, "SELECT nothing FROM nowhere", &st);
	if (e == E_OK)
		e = stmt_step(st, &row);
	assert_int_equal(e, E_FAULT);
	assert_true(spot_said("nowhere"));
	assert_int_equal(number(s, "SELECT 1"), 1); /* outside a transaction nothing is spoilt */
}

static void bulk_rows_keep_their_values(void **state)
{
	struct store *s = things(state);
	const char *const columns[] = { "id", "name", "n", "bytes" };
	struct txn t CLEANUP(txn_end) = { NULL };
	struct bulk *b;
	struct stmt *st;
	bool row;
	OK(txn_write(s, &t));
	OK(bulk_begin(s, "thing", columns, "itib", &b));
	OK(bulk_end(b)); /* no row is fine */
	OK(bulk_begin(s, "thing", columns, "itib", &b));
	for (int i = 0; i < 20009; i++) {
		char name[16];
		snprintf(name, sizeof name, "n%d", i);
		bulk_int(b, i);
		bulk_text(b, i % 3 ? str_of(name) : (struct str){ NULL, 0 });
		if (i % 2)
			bulk_null(b);
		else
			bulk_int(b, -i);
		bulk_blob(b, &i, sizeof i);
		OK(bulk_row(b));
	}
	OK(bulk_end(b));
	assert_int_equal(number(s, "SELECT count(*) FROM thing WHERE n IS NULL"), 10004);
	OK(store_stmt(s, "SELECT name, n, bytes FROM thing ORDER BY id", &st));
	for (int i = 0; i < 20009; i++) {
		char name[16];
		snprintf(name, sizeof name, "n%d", i);
		OK(stmt_step(st, &row));
		assert_true(row && str_is(stmt_get_text(st, 0), i % 3 ? name : ""));
		assert_true(i % 2 ? stmt_is_null(st, 1) : stmt_get_int(st, 1) == -i);
		assert_memory_equal(stmt_get_text(st, 2).p, &i, sizeof i);
	}
	OK(txn_commit(&t));
}

static void a_failed_bulk_row_undoes_all(void **state)
{
	struct store *s = things(state);
	const char *const columns[] = { "id", "name" };
	struct txn t;
	struct bulk *b;
	OK(txn_write(s, &t));
	OK(bulk_begin(s, "other", columns, "it", &b));
	bulk_int(b, 1000);
	bulk_text(b, STR("same"));
	enum err e = bulk_row(b);
	if (e == E_OK) {
		bulk_int(b, 1001);
		bulk_text(b, STR("same"));
		e = bulk_row(b);
	}
	enum err end = bulk_end(b);
	assert_true(e == E_FAULT || end == E_FAULT);
	assert_int_equal(end, E_FAULT);
	assert_int_not_equal(txn_commit(&t), E_OK);
	assert_int_equal(number(s, "SELECT count(*) FROM other"), 0);
	OK(txn_write(s, &t));
	OK(txn_commit(&t));
}

static void bulk_given_up_with_its_transaction(void **state)
{
	struct store *s = things(state);
	const char *const columns[] = { "id" };
	struct txn t;
	struct bulk *b;
	OK(txn_write(s, &t));
	OK(bulk_begin(s, "thing", columns, "i", &b));
	bulk_int(b, 1);
	OK(bulk_row(b));
	txn_end(&t);
	assert_int_equal(bulk_end(b), E_FAULT);
	assert_int_equal(number(s, "SELECT count(*) FROM thing"), 0);
}

int store_test(void);
int store_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(values_come_back),
		SPOT_CASE(null_is_no_value),
		SPOT_CASE(same_text_is_the_same_statement),
		SPOT_CASE(sums_counts_and_truths_are_integers),
		SPOT_CASE(text_is_ordered_by_bytes),
		SPOT_CASE(like_minds_case),
		SPOT_CASE(changed_counts_rows),
		SPOT_CASE(returned_rows_can_be_stepped),
		SPOT_CASE(big_results_come_in_chunks),
		SPOT_CASE(rest_of_a_big_result_can_be_given_up),
		SPOT_CASE(rows_are_changed_while_others_are_read),
		SPOT_CASE(pipelined_statements_all_run),
		SPOT_CASE(a_pipelined_failure_is_told),
		SPOT_CASE(wrong_sql_is_a_fault_with_words),
		SPOT_CASE(bulk_rows_keep_their_values),
		SPOT_CASE(a_failed_bulk_row_undoes_all),
		SPOT_CASE(bulk_given_up_with_its_transaction),
	};
	return spot_run("store", cases, COUNT(cases));
}
