/* Tables made from a declaration, grown by a later one, and what is refused; and the scanner behind the dialect. */
#include "../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/dialect.h"

#define OK(call) assert_int_equal((call), E_OK)

static const struct column first[] = {
	{ "vid", 'i', false, NULL },
	{ "name", 't', true, NULL },
	{ "code", 't', true, "UNIQUE" },
	{ "salt", 'b', false, NULL },
};
static const struct column later[] = {
	{ "vid", 'i', false, NULL },
	{ "name", 't', true, NULL },
	{ "code", 't', true, "UNIQUE" },
	{ "salt", 'b', false, NULL },
	{ "more", 't', true, NULL }, /* required, but the rows that are there have none */
	{ "kin", 'i', false, "REFERENCES person" },
};
static const struct column retyped[] = {
	{ "vid", 'i', false, NULL },
	{ "name", 'i', false, NULL },
};
static const struct column pairs[] = {
	{ "a", 'i', false, NULL },
	{ "b", 't', false, NULL },
};
static const char *const one_index[] = { "INDEX person_name ON person (name) WHERE salt IS NULL", NULL };
static const char *const two_indexes[] = { "INDEX person_name ON person (name) WHERE salt IS NULL",
					   "UNIQUE INDEX person_more ON person (more)", NULL };
static const struct table person_1 = { "person", "vid", NULL, first, COUNT(first), false, one_index };
static const struct table person_2 = { "person", "vid", NULL, later, COUNT(later), false, two_indexes };
static const struct table person_bad = { "person", "vid", NULL, retyped, COUNT(retyped), false, NULL };
static const struct table pair = { "a_pair", NULL, "PRIMARY KEY (a, b)", pairs, COUNT(pairs), false, NULL };

static struct store *store_in(void **state)
{
	return ((struct spot *)*state)->s;
}

static void a_new_table_is_made_once(void **state)
{
	struct store *s = store_in(state);
	for (int i = 0; i < 2; i++) {
		OK(table_migrate(s, &person_1));
		OK(table_migrate(s, &pair));
	}
	OK(store_exec(s, "INSERT INTO person (vid, name, code) VALUES (1, 'x', 'c')"));
	assert_int_equal(store_exec(s, "INSERT INTO person (vid, code) VALUES (2, 'd')"), E_FAULT);
	assert_int_equal(store_exec(s, "INSERT INTO person (vid, name, code) VALUES (2, 'x', 'c')"), E_FAULT);
	assert_int_equal(store_exec(s, "INSERT INTO person (vid, name, code) VALUES (1, 'x', 'e')"), E_FAULT);
	OK(store_exec(s, "INSERT INTO a_pair (a, b) VALUES (1, 'x'); INSERT INTO a_pair (a, b) VALUES (1, 'y;');"));
	assert_int_equal(store_exec(s, "INSERT INTO a_pair (a, b) VALUES (1, 'x')"), E_FAULT);
}

static void tables_are_listed_in_order(void **state)
{
	struct store *s = store_in(state);
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	const char *const *names;
	OK(store_tables(s, &a, &names));
	assert_null(names[0]);
	OK(table_migrate(s, &person_1));
	OK(table_migrate(s, &pair));
	OK(store_exec(s, "CREATE TABLE b (x INTEGER) ; -- the last\n"));
	OK(store_tables(s, &a, &names));
	assert_string_equal(names[0], "a_pair");
	assert_string_equal(names[1], "b");
	assert_string_equal(names[2], "person");
	assert_null(names[3]);
}

static void a_later_program_adds_columns_and_indexes(void **state)
{
	struct store *s = store_in(state);
	struct txn t;
	int64_t n;
	OK(table_migrate(s, &person_1));
	OK(store_exec(s, "INSERT INTO person (vid, name, code) VALUES (1, 'x', 'c')"));
	OK(txn_write(s, &t));
	OK(table_migrate(s, &person_2));
	OK(txn_commit(&t));
	OK(store_get_int(s, "SELECT count(*) FROM person WHERE more IS NULL AND kin IS NULL", 0, &n));
	assert_int_equal(n, 1);
	OK(store_exec(s, "UPDATE person SET more = 'm', kin = 1"));
	OK(store_exec(s, "INSERT INTO person (vid, name, code) VALUES (2, 'x', 'd')"));
	assert_int_equal(store_exec(s, "UPDATE person SET more = 'm' WHERE vid = 2"), E_FAULT); /* unique */
	assert_int_equal(store_exec(s, "UPDATE person SET kin = 77 WHERE vid = 2"), E_FAULT);   /* no such parent */
	OK(table_migrate(s, &person_1)); /* an older program finds all it needs */
}

static void what_lacks_is_told(void **state)
{
	static const char *const indexes[] = { "INDEX person_name ON person (name) WHERE salt IS NULL",
					       "UNIQUE INDEX person_salt ON person (salt)", NULL };
	static const struct table indexed = { "person", "vid", NULL, first, COUNT(first), false, indexes };
	static const struct table *const grown[] = { &person_1, &indexed, &person_2 };
	struct store *s = store_in(state);
	bool lacks;
	for (size_t i = 0; i < COUNT(grown); i++) { /* the table, an index, a column */
		OK(table_lacks(s, grown[i], &lacks));
		assert_true(lacks);
		OK(table_migrate(s, grown[i]));
		OK(table_lacks(s, grown[i], &lacks));
		assert_false(lacks);
	}
	OK(table_lacks(s, &person_1, &lacks));
	assert_false(lacks);
}

static void a_type_never_changes(void **state)
{
	struct store *s = store_in(state);
	OK(table_migrate(s, &person_1));
	assert_int_equal(table_migrate(s, &person_bad), E_INVALID);
	assert_true(spot_said("the column name of person is TEXT in the store and INTEGER in this program"));
}

static void migration_is_undone_with_its_transaction(void **state)
{
	struct store *s = store_in(state);
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	const char *const *names;
	struct txn t;
	OK(txn_write(s, &t));
	OK(table_migrate(s, &person_1));
	txn_end(&t);
	OK(store_tables(s, &a, &names));
	assert_null(names[0]);
}

/* ---- the scanner ---- */

static const char *params(const char *sql)
{
	static struct buf out;
	buf_reset(&out);
	dialect_params(sql, &out);
	return buf_str(&out);
}

static const char *types(const char *sql)
{
	static struct buf out;
	buf_reset(&out);
	dialect_types(str_of(sql), &out);
	return buf_str(&out);
}

static void placeholders_outside_quotes_are_numbered(void **state)
{
	(void)state;
	assert_string_equal(params("a = ? AND b = '?' AND \"?\" = ?"), "a = $1 AND b = '?' AND \"?\" = $2");
	assert_string_equal(params("'it''s ?' ? -- ?\n? /* ? */ ?"), "'it''s ?' $1 -- ?\n$2 /* ? */ $3");
	assert_string_equal(params("'open ?"), "'open ?");
	assert_string_equal(params("/* ?"), "/* ?");
	assert_string_equal(params(""), "");
}

static void types_are_those_of_the_server(void **state)
{
	(void)state;
	assert_string_equal(
		types("CREATE TABLE t (INTEGERS integer PRIMARY KEY, b BLOB, c TEXT, d TEXT DEFAULT 'TEXT')"),
		"CREATE TABLE t (INTEGERS BIGINT PRIMARY KEY, b BYTEA, c TEXT COLLATE \"C\", d TEXT COLLATE "
		"\"C\" DEFAULT 'TEXT')");
	assert_string_equal(types("CREATE TABLE t (a INTEGER) WITHOUT ROWID"), "CREATE TABLE t (a BIGINT) ");
	assert_string_equal(types("SELECT INTEGER FROM text"), "SELECT INTEGER FROM text");
}

static void statements_are_parted(void **state)
{
	(void)state;
	struct str rest = STR(" ; a ';' b ; -- c;\n d /* ; */ e ;; "), one;
	assert_true(dialect_next(&rest, &one));
	assert_true(str_is(one, "a ';' b "));
	assert_true(dialect_next(&rest, &one));
	assert_true(str_is(one, "d /* ; */ e "));
	assert_false(dialect_next(&rest, &one));
	assert_true(dialect_starts(" -- x\n /* y */ Select 1", "SELECT"));
	assert_false(dialect_starts("SELECTED", "SELECT"));
	assert_false(dialect_starts("", "SELECT"));
}

int schema_test(void);
int schema_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(a_new_table_is_made_once),
		SPOT_CASE(tables_are_listed_in_order),
		SPOT_CASE(a_later_program_adds_columns_and_indexes),
		SPOT_CASE(what_lacks_is_told),
		SPOT_CASE(a_type_never_changes),
		SPOT_CASE(migration_is_undone_with_its_transaction),
	};
	static const struct CMUnitTest scanner[] = {
		cmocka_unit_test(placeholders_outside_quotes_are_numbered),
		cmocka_unit_test(types_are_those_of_the_server),
		cmocka_unit_test(statements_are_parted),
	};
	return spot_run("schema", cases, COUNT(cases)) + cmocka_run_group_tests_name("dialect", scanner, NULL, NULL);
}
