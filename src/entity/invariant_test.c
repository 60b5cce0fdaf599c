/* invariant_test.c - rules of a declaration and what must hold over everybody, said in the rows of a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "base/csv.h"
#include "entity/change.h"
#include "entity/io.h"

int invariant_test(void);

enum { BAND_CODE, BAND_LOW, BAND_HIGH };
static void low_before_high(struct ctx *c, const struct record *old, const struct record *new)
{
	(void)old;
	if (record_get(new, BAND_LOW, 0) > record_get(new, BAND_HIGH, 0))
		problem_at(c->problems, NULL, 0, "high", "the band ends below its beginning; exchange the two");
}
/* clang-format off */
static const struct field band_fields[] = {
	[BAND_CODE] = { "code", N_("Code"), T_CODE, .flags = REQUIRED },
	[BAND_LOW]  = { "low",  N_("From"), T_INT,  .flags = REQUIRED | UNIQUE },
	[BAND_HIGH] = { "high", N_("To"),   T_INT,  .flags = REQUIRED },
};
static const struct rule band_rules[] = { { "low_before_high", "test", low_before_high } };
static const struct entity band = {
	.name = "band", .title = N_("Band"), .help = N_("A band."), .kind = THING, FIELDS(band_fields), RULES(band_rules),
};
/* clang-format on */
static const struct entity *const band_list[] = { &band, NULL };
static const struct projection *const no_projections[] = { NULL };
static const struct classed_table *const no_tables[] = { NULL };
static const struct registry bands = { .entities = band_list, .projections = no_projections, .tables = no_tables };

static void rules_and_invariants(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &bands);
	struct buf b CLEANUP(buf_release) = BUF_INIT, said CLEANUP(buf_release) = BUF_INIT;
	struct import_counts n;

	buf_text(&b, "code,low,high,valid_from\n");
	for (int i = 1; i <= 10000; i++)
		buf_printf(&b, "B%d,%d,%d,2000-01-01\n", i, i == 9000 ? 7 : i, i == 3000 || i == 9999 ? 0 : 10000);
	struct csv *csv CLEANUP(csv_free_p) = NULL;
	assert_int_equal(csv_read("file.csv", (struct str){ b.p, b.n }, c->problems, &csv), E_OK);
	assert_int_equal(import_csv(c, &band, csv, &(struct import_options){ 0 }, &n), E_INVALID);
	problems_print(c->problems, &said);
	assert_string_equal(buf_str(&said),
			    "file.csv, row 3001, column high: the band ends below its beginning; exchange the two\n"
			    "file.csv, row 9001, column low: another record has the same value; only one may have it: "
			    "correct one of the two\n"
			    "file.csv, row 10000, column high: the band ends below its beginning; exchange the two\n");
	assert_string_equal(c->problems->list[1].todo, "only one may have it: correct one of the two");
	fixture_forget(c);
	int64_t rows;
	assert_int_equal(store_get_int(c->store, "SELECT count(*) FROM band_v", -1, &rows), E_OK);
	assert_int_equal(rows, 0);
}

int invariant_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(rules_and_invariants),
	};

	return spot_run("rules and invariants", cases, COUNT(cases));
}
