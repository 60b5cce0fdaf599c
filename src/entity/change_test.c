/* What a save, a correction and a withdrawal do to what stands around them; on both databases. */
#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "base/map.h"
#include "entity/change.h"
#include "entity/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int change_test(void);
#define OK(call) assert_int_equal((call), E_OK)
#define OPEN(state) struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*(state), &fixture_registry)

static date day(int year, int month)
{
	return date_of(year, month, 1);
}

static int64_t place(struct ctx *c, int n, int64_t parent)
{
	struct record *r = fixture_place_of(c, n, parent, day(1990, 1));
	OK(fixture_save(c, r, NULL));
	return r->id;
}

static int64_t keeper(struct ctx *c, int n)
{
	struct record *r = fixture_keeper_of(c, n, day(1960, 1), day(1990, 1));
	OK(fixture_save(c, r, NULL));
	return r->id;
}

static int64_t seat(struct ctx *c, int n, int64_t at)
{
	struct record *r = fixture_seat_of(c, n, at, day(1990, 1));
	OK(fixture_save(c, r, NULL));
	return r->id;
}

static struct record *at(struct ctx *c, const struct entity *e, int64_t id, date on)
{
	struct record *r;
	OK(read_thing(c, e, id, (struct moment){ .day = on }, &r));
	return r;
}

static int64_t count(struct ctx *c, const char *sql)
{
	int64_t n;
	OK(store_get_int(c->store, sql, -1, &n));
	return n;
}

/* ---- things ---- */

static struct record *renamed(struct ctx *c, int64_t id, date from, const char *name, const char *kind)
{
	struct record *r = record_copy(c->arena, at(c, &fixture_place, id, from));
	r->valid_from = from;
	if (name)
		record_text(r, PLACE_NAME, str_of(name));
	if (kind)
		record_int(r, PLACE_KIND, c->codes->number(c->codes->arg, "place_kind", str_of(kind)));
	return r;
}

static void name_is(struct ctx *c, int64_t id, date on, const char *name, const char *kind)
{
	struct record *r = at(c, &fixture_place, id, on);
	assert_true(str_is(r->v[PLACE_NAME].t, name));
	assert_true(str_is(c->codes->text(NULL, r->v[PLACE_KIND].i), kind));
}

static void a_change_of_the_past_is_carried_to_what_copied_it(void **state)
{
	OPEN(state);
	int64_t id = place(c, 1, 0), position;
	struct record **rows;
	size_t n;
	OK(fixture_save(c, renamed(c, id, day(2000, 1), NULL, "district"), NULL));
	OK(fixture_save(c, renamed(c, id, day(2005, 1), "Cape", NULL), NULL));
	OK(fixture_save(c, renamed(c, id, day(2006, 1), NULL, "light"), &position));

	struct record *r = renamed(c, id, day(1995, 1), "Bay", NULL);
	OK(change_preview(c, r, &rows, &n));
	assert_int_equal(n, 2);
	assert_int_equal(rows[1]->valid_from, day(2000, 1));
	assert_int_equal(count(c, "SELECT count(*) FROM place_v"), 4);
	OK(fixture_save(c, r, NULL));

	name_is(c, id, day(1994, 1), "Lighthouse 1", "coast");
	name_is(c, id, day(1996, 1), "Bay", "coast");
	name_is(c, id, day(2001, 1), "Bay", "district");
	name_is(c, id, day(2005, 2), "Cape", "district"); /* said anew there: left alone */
	name_is(c, id, day(2008, 1), "Cape", "light");
	OK(read_thing(c, &fixture_place, id, (struct moment){ day(2001, 1), position }, &r));
	assert_true(str_is(r->v[PLACE_NAME].t, "Lighthouse 1"));
	assert_int_equal(count(c, "SELECT n FROM entry WHERE seq = (SELECT max(seq) FROM entry)"), 2);
}

static void a_mistake_is_corrected_wherever_it_was_copied(void **state)
{
	OPEN(state);
	int64_t id = place(c, 1, 0);
	OK(fixture_save(c, renamed(c, id, day(2000, 1), NULL, "district"), NULL));
	struct record *r = renamed(c, id, day(1990, 1), "Lighthouse One", NULL);
	assert_int_equal(fixture_correct(c, r, " ", NULL), E_INVALID);
	assert_true(fixture_said(c, "why", "no reason is given"));
	OK(fixture_correct(c, r, "misspelt", NULL));
	name_is(c, id, day(2001, 1), "Lighthouse One", "district");
	assert_true(str_is(at(c, &fixture_place, id, day(2001, 1))->why, "misspelt"));

	int64_t rows = count(c, "SELECT count(*) FROM place_v");
	OK(fixture_correct(c, r, "again", NULL)); /* equal: nothing is written */
	assert_int_equal(count(c, "SELECT count(*) FROM place_v"), rows);
	r->valid_from = day(1999, 1);
	assert_int_equal(fixture_correct(c, r, "of no version", NULL), E_MISSING);
}

static void the_code_is_for_ever_and_of_one_record(void **state)
{
	OPEN(state);
	int64_t id = place(c, 1, 0);
	assert_int_equal(fixture_save(c, fixture_place_of(c, 1, 0, day(1991, 1)), NULL), E_INVALID);
	assert_true(fixture_said(c, "code", "belongs to another place"));
	struct record *r = renamed(c, id, day(2000, 1), "Cape", NULL);
	record_text(r, PLACE_CODE, STR("PL-2"));
	assert_int_equal(fixture_save(c, r, NULL), E_INVALID);
	assert_true(fixture_said(c, "code", "never changes"));
	r = fixture_place_of(c, 3, 0, day(1991, 1));
	r->id = 77;
	assert_int_equal(fixture_save(c, r, NULL), E_MISSING);
}

static void a_closed_thing_is_no_more_from_its_day(void **state)
{
	OPEN(state);
	int64_t id = place(c, 1, 0), position;
	struct txn t CLEANUP(txn_end) = { 0 };
	struct record *r;
	OK(ctx_write(c, &t));
	OK(change_begin(c, "test.close", id));
	OK(change_close(c, &fixture_place, id, day(2003, 1)));
	OK(change_end(c, &position));
	OK(txn_commit(&t));
	assert_int_equal(read_thing(c, &fixture_place, id, (struct moment){ .day = day(2003, 1) }, &r), E_MISSING);
	OK(read_thing(c, &fixture_place, id, (struct moment){ .day = day(2003, 1) - 1 }, &r));
	OK(read_thing(c, &fixture_place, id, (struct moment){ day(2004, 1), position - 1 }, &r));
	assert_false(record_check(c, NULL, fixture_seat_of(c, 1, id, day(2004, 1))));
	assert_true(fixture_said(c, "place", "\"PL-1\" exists no more on 1 January 2004"));
	fixture_forget(c);
	assert_false(record_check(c, NULL, fixture_seat_of(c, 1, id, day(1980, 1))));
	assert_true(fixture_said(c, "place", "exists from 1 January 1990 on, not yet on 1 January 1980"));
}

static void nothing_stands_below_itself(void **state)
{
	OPEN(state);
	int64_t top = place(c, 1, 0), middle = place(c, 2, top), low = place(c, 3, middle);
	struct record *r = renamed(c, top, day(2000, 1), "Top", NULL);
	record_int(r, PLACE_PARENT, low);
	assert_int_equal(fixture_save(c, r, NULL), E_INVALID);
	assert_true(fixture_said(c, "parent", "below itself"));
}

/* ---- facts ---- */

static void a_key_is_believed_once(void **state)
{
	OPEN(state);
	int64_t id = keeper(c, 1), position;
	OK(fixture_save(c, fixture_mark_of(c, id, 2006, 9100), &position));
	assert_int_equal(fixture_save(c, fixture_mark_of(c, id, 2006, 9100), NULL), E_CONFLICT);
	assert_true(fixture_said(c, "valid_from", "stands there already"));
	OK(fixture_correct(c, fixture_mark_of(c, id, 2006, 8000), "the wrong sheet", NULL));
	struct record **rows;
	size_t n;
	struct query q = { .entity = &fixture_mark, .owner = id, .at = { day(2008, 1), position }, .extent = BEGUN };
	OK(read_all(c, &q, &rows, &n));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0]->v[MARK_SCORE].i, 9100);
	int64_t rec = rows[0]->id;
	q.at.position = 0;
	OK(read_all(c, &q, &rows, &n));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0]->v[MARK_SCORE].i, 8000);
	assert_int_equal(rows[0]->id, rec); /* the same fact */
	assert_int_equal(rows[0]->valid_from, date_of(2006, 12, 31));
	q.extent = EVER;
	OK(read_all(c, &q, &rows, &n));
	assert_int_equal(n, 2);
}

static enum err moved(struct ctx *c, const struct record *wrong, struct record *right)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	int64_t position;
	TRY(ctx_write(c, &t));
	TRY(change_begin(c, "test.move", 0));
	TRY(change_withdraw(c, wrong, STR("another's decree")));
	TRY(change_save(c, right));
	TRY(change_end(c, &position));
	return txn_commit(&t);
}

static void a_wrong_day_is_withdrawn_and_written_anew(void **state)
{
	OPEN(state);
	int64_t id = keeper(c, 1);
	struct record *r;
	OK(fixture_save(c, fixture_grade_of(c, id, "1/a", day(1995, 1)), NULL));
	OK(fixture_save(c, fixture_grade_of(c, id, "1/b", day(2000, 4)), NULL));
	OK(moved(c, fixture_grade_of(c, id, "1/b", day(2000, 4)), fixture_grade_of(c, id, "1/b", day(2001, 4))));
	OK(read_holding(c, &fixture_grade_history, id, 0, (struct moment){ .day = day(2000, 5) }, &r));
	assert_int_equal(r->valid_from, day(1995, 1));
	OK(read_holding(c, &fixture_grade_history, id, 0, (struct moment){ .day = day(2001, 5) }, &r));
	assert_int_equal(r->valid_from, day(2001, 4));
	/* The day is free again. */
	OK(fixture_save(c, fixture_grade_of(c, id, "1/a", day(2000, 4)), NULL));
	assert_int_equal(count(c, "SELECT count(*) FROM grade_history WHERE known_to IS NULL AND valid_from = 11048"),
			 1);
}

static void an_acting_row_ends_nothing_and_until_is_the_last_day(void **state)
{
	OPEN(state);
	int64_t p = place(c, 1, 0), id = keeper(c, 1), one = seat(c, 1, p), two = seat(c, 2, p);
	struct record *r, *acting = fixture_sit(c, id, two, day(2002, 1));
	OK(fixture_save(c, fixture_sit(c, id, one, day(2000, 1)), NULL));
	record_int(acting, SEAT_HISTORY_ACTING, 1);
	acting->until = day(2003, 1);
	OK(fixture_save(c, acting, NULL));
	for (int lane = 0; lane < 2; lane++) {
		OK(read_holding(c, &fixture_seat_history, id, lane, (struct moment){ .day = day(2003, 1) }, &r));
		assert_int_equal(r->v[SEAT_HISTORY_SEAT].i, lane ? two : one);
	}
	assert_int_equal(read_holding(c, &fixture_seat_history, id, 1, (struct moment){ .day = day(2003, 1) + 1 }, &r),
			 E_MISSING);
}

static void a_fact_may_be_older_than_its_owners_first_version(void **state)
{
	OPEN(state);
	int64_t id = keeper(c, 1);
	struct record *r;
	OK(fixture_save(c, fixture_grade_of(c, id, "1/a", day(1961, 4)), NULL));
	OK(read_holding(c, &fixture_grade_history, id, 0, (struct moment){ .day = day(1961, 5) }, &r));
	assert_int_equal(fixture_save(c, fixture_grade_of(c, id, "1/a", day(1959, 4)), NULL), E_INVALID);
	assert_true(fixture_said(c, "valid_from", "is before the birth_date, 1 January 1960"));
}

static void everything_wrong_is_said_at_once(void **state)
{
	OPEN(state);
	int64_t id = keeper(c, 1);
	struct record *r = fixture_grade_of(c, id, "9/z", day(1950, 1));
	r->v[GRADE_HISTORY_GRADE].i = 9999;
	record_text(r, GRADE_HISTORY_DECREE, STR("a\001"));
	record_int(r, GRADE_HISTORY_PROOF, 3);
	record_int(r, GRADE_HISTORY_DECREE_DATE, day(1940, 1));
	assert_false(record_check(c, NULL, r));
	assert_int_equal(c->problems->count, 5);
	assert_true(fixture_said(c, "grade", "is not in the table grade on 1 January 1950; use one of"));
	assert_true(fixture_said(c, "decree", "control character"));
	assert_true(fixture_said(c, "proof", "write one of claimed, proved, confirmed"));
	assert_true(fixture_said(c, "decree_date", "is before the birth_date, 1 January 1960"));
	assert_true(fixture_said(c, "valid_from", "is before the birth_date, 1 January 1960"));
	assert_int_equal(fixture_save(c, r, NULL), E_INVALID);
}

/* ---- seats ---- */

static void a_seat_has_one_holder(void **state)
{
	OPEN(state);
	int64_t p = place(c, 1, 0), a = keeper(c, 1), b = keeper(c, 2), one = seat(c, 1, p), two = seat(c, 2, p);
	OK(fixture_save(c, fixture_sit(c, a, one, day(2000, 1)), NULL));
	assert_int_equal(fixture_save(c, fixture_sit(c, b, one, day(2004, 1)), NULL), E_INVALID);
	assert_true(fixture_said(c, "seat", "K1 holds SEAT-1 from 1 January 2000 on; end that first"));
	fixture_forget(c);
	struct record *acting = fixture_sit(c, b, one, day(2004, 1));
	record_int(acting, SEAT_HISTORY_ACTING, 1);
	OK(fixture_save(c, acting, NULL));
	OK(fixture_save(c, fixture_sit(c, a, two, day(2005, 1)), NULL));
	OK(fixture_save(c, fixture_sit(c, b, one, day(2005, 1)), NULL));
	/* To withdraw a's leaving would give the seat back to a while b sits there. */
	struct txn t CLEANUP(txn_end) = { 0 };
	int64_t position;
	OK(ctx_write(c, &t));
	OK(change_begin(c, "test.withdraw", 0));
	OK(change_withdraw(c, fixture_sit(c, a, two, day(2005, 1)), STR("never moved")));
	assert_int_equal(change_end(c, &position), E_INVALID);
	assert_true(fixture_said(c, "seat", "K2 holds SEAT-1 from 1 January 2005 on"));
}

static enum err exchange(struct ctx *c, struct record *x, struct record *y)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	int64_t position;
	TRY(ctx_write(c, &t));
	TRY(change_begin(c, "test.exchange", 0));
	TRY(change_save(c, x));
	TRY(change_save(c, y));
	TRY(change_end(c, &position));
	return txn_commit(&t);
}

static void two_may_exchange_seats_in_one_change(void **state)
{
	OPEN(state);
	int64_t p = place(c, 1, 0), a = keeper(c, 1), b = keeper(c, 2), one = seat(c, 1, p), two = seat(c, 2, p);
	OK(fixture_save(c, fixture_sit(c, a, one, day(2000, 1)), NULL));
	OK(fixture_save(c, fixture_sit(c, b, two, day(2000, 1)), NULL));
	OK(exchange(c, fixture_sit(c, a, two, day(2005, 1)), fixture_sit(c, b, one, day(2005, 1))));
	assert_int_equal(exchange(c, fixture_sit(c, a, one, day(2006, 1)), fixture_sit(c, b, two, day(2007, 1))),
			 E_INVALID);
	assert_null(c->change);
}

/* ---- numbers ---- */

static void any_number_finds_its_person(void **state)
{
	OPEN(state);
	int64_t a = keeper(c, 1), b = keeper(c, 2), id, position;
	struct str text;
	struct map *m CLEANUP(map_free_p) = NULL;
	OK(fixture_save(c, fixture_number_of(c, a, "1001", day(1990, 1)), &position));
	OK(fixture_save(c, fixture_number_of(c, a, "2001", day(2005, 1)), NULL));
	assert_int_equal(fixture_save(c, fixture_number_of(c, b, "1001", day(1990, 1)), NULL), E_INVALID);
	assert_true(fixture_said(c, "number", "\"1001\" belongs to another keeper"));
	static const char *const keys[] = { "1001", "2001", "K1" };
	OK(key_map(c, &fixture_keeper, &m));
	for (size_t i = 0; i < COUNT(keys); i++) {
		OK(key_find(c, &fixture_keeper, str_of(keys[i]), &id));
		assert_int_equal(id, a);
		assert_true(map_get(m, str_of(keys[i]), &id));
		assert_int_equal(id, a);
	}
	assert_int_equal(key_find(c, &fixture_keeper, STR("3001"), &id), E_MISSING);
	OK(key_text(c, &fixture_keeper, a, 0, &text));
	assert_true(str_is(text, "2001"));
	OK(key_text(c, &fixture_keeper, a, position, &text));
	assert_true(str_is(text, "1001"));
	OK(key_text(c, &fixture_keeper, b, 0, &text));
	assert_true(str_is(text, "K2"));
	struct keys *k;
	OK(keys_load(c, &fixture_keeper, position, &k));
	assert_true(str_is(keys_text(k, a), "1001"));
	assert_true(str_is(keys_text(k, b), "K2"));
	assert_int_equal(keys_text(k, 99).n, 0);
	keys_free(k);
}

static void rows_count_up_without_gaps(void **state)
{
	OPEN(state);
	int64_t id = keeper(c, 1);
	OK(fixture_save(c, fixture_mark_of(c, id, 2001, 1), NULL));
	assert_int_equal(fixture_save(c, fixture_mark_of(c, id, 2001, 2), NULL), E_CONFLICT);
	assert_int_equal(fixture_save(c, fixture_mark_of(c, 99, 2002, 2), NULL), E_INVALID);
	OK(fixture_save(c, fixture_mark_of(c, id, 2002, 2), NULL));
	OK(fixture_correct(c, fixture_mark_of(c, id, 2001, 3), "typed", NULL));
	assert_int_equal(count(c, "SELECT count(*) FROM mark"), 3);
	assert_int_equal(count(c, "SELECT max(vid) FROM mark"), 3);
	assert_int_equal(count(c, "SELECT min(vid) FROM mark"), 1);
	assert_int_equal(
		count(c, "SELECT count(*) FROM mark a JOIN mark b ON a.vid < b.vid AND a.known_from >= b.known_from"),
		0);
	assert_int_equal(count(c, "SELECT known_to FROM mark WHERE vid = 1"),
			 count(c, "SELECT known_from FROM mark WHERE vid = 3"));
	assert_int_equal(count(c, "SELECT created FROM keeper"), count(c, "SELECT known_from FROM keeper_v"));
}

int change_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(a_change_of_the_past_is_carried_to_what_copied_it),
		SPOT_CASE(a_mistake_is_corrected_wherever_it_was_copied),
		SPOT_CASE(the_code_is_for_ever_and_of_one_record),
		SPOT_CASE(a_closed_thing_is_no_more_from_its_day),
		SPOT_CASE(nothing_stands_below_itself),
		SPOT_CASE(a_key_is_believed_once),
		SPOT_CASE(a_wrong_day_is_withdrawn_and_written_anew),
		SPOT_CASE(an_acting_row_ends_nothing_and_until_is_the_last_day),
		SPOT_CASE(a_fact_may_be_older_than_its_owners_first_version),
		SPOT_CASE(everything_wrong_is_said_at_once),
		SPOT_CASE(a_seat_has_one_holder),
		SPOT_CASE(two_may_exchange_seats_in_one_change),
		SPOT_CASE(any_number_finds_its_person),
		SPOT_CASE(rows_count_up_without_gaps),
	};
	return spot_run("change", cases, COUNT(cases));
}
