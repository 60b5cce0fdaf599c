/* projection_test.c - what holds today: kept at each write, turned at midnight, equal to what is derived afresh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "entity/change.h"
#include "entity/projection.h"
#include "entity/term.h"

int projection_test(void);

static int64_t count(struct ctx *c, const char *sql)
{
	int64_t n;

	assert_int_equal(store_get_int(c->store, sql, -1, &n), E_OK);
	return n;
}

static void differs(void *arg, const char *table, int64_t id, const char *what)
{
	print_message("%s row %lld: %s\n", table, (long long)id, what);
	++*(int *)arg;
}

static int differences(struct ctx *c)
{
	int n = 0;

	for (size_t i = 0; c->registry->projections[i]; i++)
		assert_int_equal(projection_audit(c, c->registry->projections[i], differs, &n), E_OK);
	assert_int_equal(term_audit(c, differs, &n), E_OK);
	return n;
}

static void saved(struct ctx *c, struct record *r)
{
	int64_t position;

	assert_int_equal(fixture_save(c, r, &position), E_OK);
}

/* Two places, three seats, three keepers. */
static struct ctx *service(struct spot *p)
{
	struct ctx *c = fixture_open(p, &fixture_registry);

	saved(c, fixture_place_of(c, 1, 0, date_of(1950, 1, 1)));
	saved(c, fixture_place_of(c, 2, 1, date_of(1950, 1, 1)));
	for (int i = 1; i <= 3; i++)
		saved(c, fixture_seat_of(c, i, 1, date_of(1960, 1, 1)));
	for (int i = 1; i <= 3; i++)
		saved(c, fixture_keeper_of(c, i, date_of(1950, 1, i), date_of(1980, 1, i)));
	return c;
}

static void follows_each_write(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = service(*state);

	assert_int_equal(count(c, "SELECT count(*) FROM keeper_now"), 3);
	assert_int_equal(count(c, "SELECT grade FROM keeper_now WHERE id = 2"), -1);
	saved(c, fixture_grade_of(c, 2, "1/a", date_of(1990, 1, 1)));
	int64_t first = fixture_codes.number(NULL, "grade", STR("1/a")),
		next = fixture_codes.number(NULL, "grade", STR("1/b"));
	assert_int_equal(count(c, "SELECT grade FROM keeper_now WHERE id = 2"), first);
	saved(c, fixture_grade_of(c, 2, "1/b", date_of(2000, 1, 1)));
	assert_int_equal(count(c, "SELECT grade FROM keeper_now WHERE id = 2"), next);
	saved(c, fixture_grade_of(c, 2, "2/a", date_of(1995, 1, 1))); /* back-dated: today stays */
	assert_int_equal(count(c, "SELECT grade FROM keeper_now WHERE id = 2"), next);
	saved(c, fixture_sit(c, 2, 3, date_of(2001, 1, 1)));
	assert_int_equal(count(c, "SELECT seat FROM keeper_now WHERE id = 2"), 3);
	assert_int_equal(count(c, "SELECT place FROM keeper_now WHERE id = 2"), 1);
	/* The seat moves to another place, and its holder with it. */
	struct record *seat = fixture_seat_of(c, 3, 2, date_of(2005, 1, 1));
	seat->id = 3;
	saved(c, seat);
	assert_int_equal(count(c, "SELECT place FROM keeper_now WHERE id = 2"), 2);
	saved(c, fixture_number_of(c, 1, "N-900", date_of(2007, 1, 1)));
	assert_int_equal(count(c, "SELECT count(*) FROM keeper_now WHERE id = 1 AND code = 'N-900'"), 1);
	assert_int_equal(differences(c), 0);
}

static void turns_at_midnight(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = service(*state);
	int64_t first = fixture_codes.number(NULL, "grade", STR("1/a")),
		next = fixture_codes.number(NULL, "grade", STR("1/b"));

	saved(c, fixture_grade_of(c, 1, "1/a", date_of(1990, 1, 1)));
	saved(c, fixture_grade_of(c, 1, "1/b", date_of(2008, 10, 1)));
	struct record *r = fixture_sit(c, 1, 1, date_of(2000, 1, 1));
	r->until = date_of(2008, 11, 30);
	saved(c, r);
	struct record *moved = fixture_seat_of(c, 1, 2, date_of(2008, 11, 1));
	moved->id = 1;
	saved(c, moved);
	assert_int_equal(count(c, "SELECT turns_on FROM keeper_now WHERE id = 1"), date_of(2008, 10, 1));
	assert_int_equal(projections_turn(c), E_OK);
	assert_int_equal(count(c, "SELECT grade FROM keeper_now WHERE id = 1"), first);
	/* Nobody opened the store for a day: the row is as it was, and that is no difference. */
	c->today = date_of(2008, 10, 2);
	assert_int_equal(differences(c), 0);
	assert_int_equal(projections_turn(c), E_OK);
	assert_int_equal(count(c, "SELECT grade FROM keeper_now WHERE id = 1"), next);
	assert_int_equal(count(c, "SELECT turns_on FROM keeper_now WHERE id = 1"), date_of(2008, 11, 1));
	c->today = date_of(2008, 11, 5);
	assert_int_equal(projections_turn(c), E_OK);
	assert_int_equal(count(c, "SELECT place FROM keeper_now WHERE id = 1"), 2);
	assert_int_equal(count(c, "SELECT turns_on FROM keeper_now WHERE id = 1"), date_of(2008, 12, 1));
	c->today = date_of(2008, 12, 1);
	assert_int_equal(projections_turn(c), E_OK);
	assert_int_equal(count(c, "SELECT seat FROM keeper_now WHERE id = 1"), -1);
	assert_int_equal(count(c, "SELECT turns_on FROM keeper_now WHERE id = 1"), -1);
	assert_int_equal(differences(c), 0);
}

static void rebuilds(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = service(*state);
	int64_t words = count(c, "SELECT count(*) FROM term");
	struct txn t;

	assert_int_equal(txn_write(c->store, &t), E_OK);
	assert_int_equal(store_exec(c->store, "UPDATE keeper_now SET schooling = 99, turns_on = 3 WHERE id = 1; "
					      "DELETE FROM keeper_now WHERE id = 2; "
					      "INSERT INTO keeper_now (id, code) VALUES (77, 'X'); "
					      "DELETE FROM term WHERE record = 3; "
					      "INSERT INTO term (entity, term, record) VALUES ('keeper', 'zorro', 1)"),
			 E_OK);
	assert_int_equal(txn_commit(&t), E_OK);
	assert_true(differences(c) >= 5);
	assert_int_equal(projections_rebuild(c), E_OK);
	assert_int_equal(differences(c), 0);
	assert_int_equal(count(c, "SELECT count(*) FROM term"), words);
	assert_int_equal(count(c, "SELECT count(*) FROM keeper_now"), 3);
}

/* ---- words ---- */

static size_t found(struct ctx *c, const char *words, int64_t *ids)
{
	size_t n;

	assert_int_equal(search(c, &fixture_keeper, str_of(words), ids, 10, &n), E_OK);
	return n;
}

static void named(struct ctx *c, int n, int64_t id, const char *name)
{
	struct record *r = fixture_keeper_of(c, n, date_of(1950, 1, n), date_of(1980, 1, n));

	r->id = id;
	r->valid_from = id ? date_of(2000, 1, 1) : r->valid_from;
	record_text(r, KEEPER_NAME, str_of(name));
	saved(c, r);
}

static void finds_by_words(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = service(*state);
	int64_t ids[10];

	named(c, 4, 0, "José Ramos-Horta");
	named(c, 5, 0, "Jose Ramirez");
	named(c, 6, 0, "สมชาย ใจดี");
	assert_int_equal(found(c, "JOS ram", ids), 2);
	assert_int_equal(found(c, "jose hor", ids), 1);
	assert_int_equal(ids[0], 4);
	assert_int_equal(found(c, "สมช", ids), 1);
	assert_int_equal(ids[0], 6);
	assert_int_equal(found(c, "jose nobody", ids), 0);
	assert_int_equal(found(c, "", ids), 0);
	assert_int_equal(found(c, "horta jose ramos", ids), 1);
	named(c, 5, 5, "Maria Lopes"); /* another name from 2000: the earlier one still finds her */
	assert_int_equal(found(c, "ramirez", ids), 1);
	assert_int_equal(found(c, "lopes", ids), 1);
	/* It was recorded wrongly: then the wrong name finds nobody. */
	struct record *r = fixture_keeper_of(c, 4, date_of(1950, 1, 4), date_of(1980, 1, 4));
	int64_t position;
	r->id = 4;
	record_text(r, KEEPER_NAME, STR("Joel Ramos"));
	assert_int_equal(fixture_correct(c, r, "misread", &position), E_OK);
	assert_int_equal(found(c, "horta", ids), 0);
	assert_int_equal(found(c, "joel ramos", ids), 1);
	saved(c, fixture_number_of(c, 6, "QX/77", date_of(2001, 1, 1)));
	assert_int_equal(found(c, "qx 77", ids), 1);
	assert_int_equal(differences(c), 0);
}

int projection_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(follows_each_write),
		SPOT_CASE(turns_at_midnight),
		SPOT_CASE(rebuilds),
		SPOT_CASE(finds_by_words),
	};

	return spot_run("projections and words", cases, COUNT(cases));
}
