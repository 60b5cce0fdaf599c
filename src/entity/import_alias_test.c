/* import_alias_test.c - numbers of people: brought, counted, corrected, and carried whole to another store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "entity/change.h"
#include "entity/io.h"
#include "entity/read.h"
#include "ledger/audit.h"

int import_alias_test(void);

#define HEAD "number,name,sex,birth_date,schooling,joined_on,former_number,number_from\n"
#define ANA(number, former, from) number ",Ana,F,1950-05-01,master,1980-03-01," former "," from "\n"

static enum err import_as(struct ctx *c, const struct entity *e, const char *text, bool correct,
			  struct import_counts *ret)
{
	struct import_options o = { .correct = correct, .reason = correct ? "the card was misread" : NULL };

	return fixture_import(c, e, text, &o, ret);
}

static struct import_counts took(struct ctx *c, const struct entity *e, const char *text, bool correct)
{
	struct import_counts n = { 0 };
	struct buf said CLEANUP(buf_release) = BUF_INIT;
	enum err err = import_as(c, e, text, correct, &n);

	problems_print(c->problems, &said);
	assert_string_equal(buf_str(&said), "");
	assert_int_equal(err, E_OK);
	return n;
}

static void refused(struct ctx *c, const char *text, bool correct, const char *lines)
{
	struct buf said CLEANUP(buf_release) = BUF_INIT;
	struct import_counts n;

	assert_int_equal(import_as(c, &fixture_keeper, text, correct, &n), E_INVALID);
	problems_print(c->problems, &said);
	assert_string_equal(buf_str(&said), lines);
	fixture_forget(c);
}

static int64_t count(struct ctx *c, const char *sql)
{
	int64_t n;

	assert_int_equal(store_get_int(c->store, sql, -1, &n), E_OK);
	return n;
}

static void sound(struct ctx *c)
{
	struct findings f;
	struct audit *a;

	findings_init(&f);
	assert_int_equal(audit_begin(c->store, ledger_side(c->ledger), &f, &a), E_OK);
	assert_int_equal(entity_audit(c, a), E_OK);
	audit_end(a);
	assert_int_equal(f.count, 0);
	audit_free(a);
	findings_release(&f);
}

static enum err add(void *arg, struct str bytes)
{
	buf_add(arg, bytes.p, bytes.n);
	return E_OK;
}

static void exported(struct ctx *c, const struct entity *e, struct buf *out)
{
	struct export_options all = { .all = true, .at = { .day = DATE_NONE } };

	buf_reset(out);
	assert_int_equal(export_entity(c, e, &all, add, out), E_OK);
}

static void holds(struct ctx *c, const char *numbers)
{
	struct buf out CLEANUP(buf_release) = BUF_INIT;

	exported(c, &fixture_keeper_number, &out);
	assert_string_equal(buf_str(&out), numbers);
}

/* A row that is equal but for its new number writes an entry, so it is no unchanged one. */
static void a_new_number_is_a_change(void **spot)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*spot, &fixture_registry);
	struct import_counts n = took(c, &fixture_keeper, HEAD ANA("1", "", ""), false);

	assert_int_equal(n.added, 1);
	n = took(c, &fixture_keeper, HEAD ANA("2", "1", "2000-01-01"), false);
	assert_int_equal(n.changed, 1);
	assert_int_equal(n.unchanged, 0);
	assert_true(n.position > 0);
	n = took(c, &fixture_keeper, HEAD ANA("2", "1", "2000-01-01"), false);
	assert_int_equal(n.unchanged, 1);
	assert_int_equal(n.position, 0);
	sound(c);
}

static void a_wrong_day_is_corrected(void **spot)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*spot, &fixture_registry);
	struct import_counts n;

	took(c, &fixture_keeper, HEAD ANA("2", "1", "2000-01-01"), false);
	refused(c, HEAD ANA("2", "", "2001-01-01"), false,
		"file.csv, row 2, column number_from: 2 is held from 2000-01-01 already; state that day, leave the "
		"cell empty, or import with --correct --reason TEXT if it was recorded wrongly\n");
	n = took(c, &fixture_keeper, HEAD ANA("2", "", "2001-01-01"), true);
	assert_int_equal(n.corrected, 1);
	assert_int_equal(n.unchanged, 0);
	holds(c, "keeper,valid_from,number\n2,1980-03-01,1\n2,2001-01-01,2\n");
	assert_int_equal(count(c, "SELECT count(*) FROM keeper_number WHERE op = 2 AND known_to IS NULL AND why = "
				  "'the card was misread'"),
			 1);
	assert_int_equal(count(c, "SELECT min(known_from) FROM keeper_number WHERE vid > 2"), n.position);
	assert_int_equal(count(c, "SELECT max(known_from) FROM keeper_number WHERE vid > 2"), n.position);
	/* Back to the day that was withdrawn; then the first number's own first day. */
	took(c, &fixture_keeper, HEAD ANA("2", "", "2000-01-01"), true);
	took(c, &fixture_keeper, HEAD ANA("1", "", "1979-01-01"), true);
	holds(c, "keeper,valid_from,number\n2,1979-01-01,1\n2,2000-01-01,2\n");
	assert_int_equal(count(c, "SELECT count(*) FROM keeper_now WHERE code = '2'"), 1);
	sound(c);
}

/* Each takes the day of the other: no day is withdrawn, both rows are corrected. */
static void two_days_exchanged(void **spot)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*spot, &fixture_registry);

	took(c, &fixture_keeper, HEAD ANA("2", "1", "2000-01-01"), false);
	refused(c, HEAD ANA("2", "", "1980-03-01"), true,
		"file.csv, row 2, column number: another number is held from 1980-03-01 already; state a later day for "
		"2\n");
	took(c, &fixture_keeper,
	     "number,valid_from,name,sex,birth_date,schooling,joined_on,number_from\n"
	     "1,1980-03-01,Ana,F,1950-05-01,master,1980-03-01,2000-01-01\n"
	     "2,1990-03-01,Ana,F,1950-05-01,master,1980-03-01,1980-03-01\n",
	     true);
	holds(c, "keeper,valid_from,number\n1,1980-03-01,2\n1,2000-01-01,1\n");
	assert_int_equal(count(c, "SELECT count(*) FROM keeper_number WHERE op = 2"), 0);
	assert_int_equal(count(c, "SELECT count(*) FROM keeper_now WHERE code = '1'"), 1);
	sound(c);
}

static void no_number_before_birth(void **spot)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*spot, &fixture_registry);

	refused(c, HEAD ANA("1", "", "1940-01-01"), false,
		"file.csv, row 2, column number_from: 1 January 1940 is before the birth_date, 1 May 1950; correct one "
		"of the two dates\n");
}

/* The file of people knows the first and the newest number, the file of numbers all of them. */
static void three_numbers_in_a_copy(void **first)
{
	struct spot second;
	struct buf people CLEANUP(buf_release) = BUF_INIT, numbers CLEANUP(buf_release) = BUF_INIT;
	struct buf again CLEANUP(buf_release) = BUF_INIT;
	int64_t id;

	spot_make(&second, ((struct spot *)*first)->postgres);
	spot_create(&second);
	struct ctx *a = fixture_open(*first, &fixture_registry), *b = fixture_open(&second, &fixture_registry);
	took(a, &fixture_keeper, HEAD ANA("A1", "", "") "B1,Budi,M,1950-05-01,master,1980-03-01,,1985-01-01\n", false);
	took(a, &fixture_keeper,
	     HEAD ANA("A2", "A1", "1990-01-01") "B2,Budi,M,1950-05-01,master,1980-03-01,B1,1990-01-01\n", false);
	took(a, &fixture_keeper,
	     HEAD ANA("A3", "A2", "2000-01-01") "B3,Budi,M,1950-05-01,master,1980-03-01,B2,2000-01-01\n", false);
	exported(a, &fixture_keeper, &people);
	exported(a, &fixture_keeper_number, &numbers);
	took(b, &fixture_keeper, buf_str(&people), false);
	assert_int_equal(key_find(b, &fixture_keeper, STR("A2"), &id), E_MISSING);
	struct import_counts n = took(b, &fixture_keeper_number, buf_str(&numbers), false);
	assert_int_equal(n.added, 3);
	assert_int_equal(n.unchanged, 3);
	assert_int_equal(key_find(b, &fixture_keeper, STR("A2"), &id), E_OK);
	exported(b, &fixture_keeper_number, &again);
	assert_string_equal(buf_str(&again), buf_str(&numbers));
	exported(b, &fixture_keeper, &again);
	assert_string_equal(buf_str(&again), buf_str(&people));
	assert_int_equal(took(a, &fixture_keeper, buf_str(&people), false).unchanged, 2);
	sound(a);
	sound(b);
	ctx_close(a);
	ctx_close(b);
	spot_remove(&second);
}

int import_alias_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(a_new_number_is_a_change), SPOT_CASE(a_wrong_day_is_corrected), SPOT_CASE(two_days_exchanged),
		SPOT_CASE(no_number_before_birth),   SPOT_CASE(three_numbers_in_a_copy),
	};

	return spot_run("import_alias", cases, COUNT(cases));
}
