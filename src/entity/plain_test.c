/* Records without clocks are replaced and deleted, and checked like all others. */
#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "entity/plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int plain_test(void);
#define OK(call) assert_int_equal((call), E_OK)

static void a_plain_record_lives_and_dies(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct txn t CLEANUP(txn_end) = { 0 };
	struct record *r = record_new(c->arena, &fixture_errand), *back;
	int64_t entries = ledger_head(c->ledger);
	OK(ctx_write(c, &t));
	assert_int_equal(plain_save(c, r), E_INVALID);
	assert_true(fixture_said(c, "what", "it is missing"));
	record_text(r, ERRAND_WHAT, STR("count the lamps"));
	record_int(r, ERRAND_PLACE, 5);
	assert_int_equal(plain_save(c, r), E_INVALID);
	assert_true(fixture_said(c, "place", "there is no place"));
	record_clear(r, ERRAND_PLACE);
	OK(plain_save(c, r));
	assert_int_equal(r->id, 1);
	record_int(r, ERRAND_DONE, 5050);
	OK(plain_save(c, r));
	OK(plain_read(c, &fixture_errand, 1, &back));
	for (int i = 0; i < fixture_errand.nfields; i++)
		assert_true(value_eq(&r->v[i], &back->v[i]));
	OK(plain_delete(c, &fixture_errand, 1));
	assert_int_equal(plain_read(c, &fixture_errand, 1, &back), E_MISSING);
	assert_int_equal(plain_delete(c, &fixture_errand, 1), E_MISSING);
	assert_int_equal(plain_save(c, r), E_MISSING);
	OK(txn_commit(&t));
	assert_int_equal(ledger_head(c->ledger), entries);
}

static struct record *errand(struct ctx *c, const char *what, int done)
{
	struct record *r = record_new(c->arena, &fixture_errand);
	record_text(r, ERRAND_WHAT, str_of(what));
	record_int(r, ERRAND_DONE, done);
	return r;
}

/* A UNIQUE field finds its one row and is refused twice; others find all of theirs; what has expired goes. */
static void rows_are_found_by_a_field_and_expire(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct txn t CLEANUP(txn_end) = { 0 };
	struct value lamps = { .t = STR("count the lamps") }, none = { .t = STR("nothing") }, ten = { .i = 1000 };
	struct record *back, **all;
	int64_t gone;
	size_t n;
	OK(ctx_write(c, &t));
	OK(plain_save(c, errand(c, "count the lamps", 1000)));
	OK(plain_save(c, errand(c, "paint the door", 1000)));
	OK(plain_save(c, errand(c, "oil the hinges", 2000)));
	assert_int_equal(plain_save(c, errand(c, "count the lamps", 0)), E_INVALID);
	assert_true(fixture_said(c, "what", "another one has it already"));
	OK(plain_find(c, &fixture_errand, ERRAND_WHAT, &lamps, &back));
	assert_int_equal(back->id, 1);
	record_int(back, ERRAND_DONE, 1500);
	OK(plain_save(c, back)); /* its own value is no other's */
	assert_int_equal(plain_find(c, &fixture_errand, ERRAND_WHAT, &none, &back), E_MISSING);
	OK(plain_all(c, &fixture_errand, ERRAND_DONE, &ten, &all, &n));
	assert_int_equal(n, 1);
	assert_int_equal(all[0]->id, 2);
	OK(plain_delete_before(c, &fixture_errand, ERRAND_DONE, 2000, &gone));
	assert_int_equal(gone, 2);
	OK(plain_read(c, &fixture_errand, 3, &back));
	assert_int_equal(plain_read(c, &fixture_errand, 1, &back), E_MISSING);
	OK(txn_commit(&t));
}

/* Of a span of numbers: how many rows, and those with the least; rows without the number are in no span. */
static void a_span_is_counted_and_its_first_are_read(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct txn t CLEANUP(txn_end) = { 0 };
	static const int done[] = { 3000, 1000, 2000, 1000, 9000 };
	struct plain_span span = { &fixture_errand, ERRAND_DONE, 1000, 3000 };
	struct record **list;
	int64_t count;
	size_t n;
	OK(ctx_write(c, &t));
	for (size_t i = 0; i < COUNT(done); i++)
		OK(plain_save(c, errand(c, arena_printf(c->arena, "errand %zu", i), done[i])));
	OK(plain_count(c, &span, &count));
	assert_int_equal(count, 4);
	OK(plain_first(c, &span, 3, &list, &n));
	assert_int_equal(n, 3);
	assert_int_equal(list[0]->id, 2);
	assert_int_equal(list[1]->id, 4);
	assert_int_equal(list[2]->id, 3);
	span.low = 9001;
	span.high = INT64_MAX;
	OK(plain_count(c, &span, &count));
	assert_int_equal(count, 0);
	OK(plain_first(c, &span, 3, &list, &n));
	assert_int_equal(n, 0);
	OK(txn_commit(&t));
}

int plain_test(void)
{
	static const struct spot_case cases[] = { SPOT_CASE(a_plain_record_lives_and_dies),
						  SPOT_CASE(rows_are_found_by_a_field_and_expire),
						  SPOT_CASE(a_span_is_counted_and_its_first_are_read) };
	return spot_run("plain", cases, COUNT(cases));
}
