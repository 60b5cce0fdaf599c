/* value_test.c - the values of a row at once are those that are asked for one by one. */
#include "../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int value_test(void);
#define OK(call) assert_int_equal((call), E_OK)

static void one_by_one_or_at_once(void **state)
{
	struct store *s = ((struct spot *)*state)->s;
	struct stmt_value x[5];
	struct stmt *st;
	bool row;
	OK(store_exec(s, "CREATE TABLE t (a INTEGER, b TEXT, c TEXT, d BLOB, e INTEGER)"));
	OK(store_stmt(s, "INSERT INTO t (a, b, c, d, e) VALUES (?, ?, ?, ?, ?)", &st));
	stmt_int(st, 1, INT64_MIN);
	stmt_text(st, 2, STR("ab"));
	stmt_text(st, 3, STR(""));
	stmt_blob(st, 4, "a\0b", 3);
	stmt_null(st, 5);
	OK(stmt_run(st));
	OK(store_stmt(s, "SELECT a, b, c, d, e FROM t", &st));
	OK(stmt_step(st, &row));
	assert_true(row);
	stmt_values(st, x, 5);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(x[i].type, stmt_type(st, i));
		assert_int_equal(x[i].type, "ittb"[i]);
		assert_int_equal(x[i].i, i == 0 ? INT64_MIN : 0);
		assert_non_null(x[i].t.p); /* for whoever copies or compares nothing */
		assert_true(i == 0 || str_eq(x[i].t, stmt_get_text(st, i)));
	}
	assert_int_equal(x[3].t.n, 3);
	stmt_reset(st);
}

int value_test(void)
{
	static const struct spot_case cases[] = { SPOT_CASE(one_by_one_or_at_once) };
	return spot_run("values", cases, COUNT(cases));
}
