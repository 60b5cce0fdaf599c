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

int plain_test(void)
{
	static const struct spot_case cases[] = { SPOT_CASE(a_plain_record_lives_and_dies) };
	return spot_run("plain", cases, COUNT(cases));
}
