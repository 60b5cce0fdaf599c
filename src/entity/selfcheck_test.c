/* selfcheck_test.c - wrong declarations are found, right ones are described. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../tests/help/fixture.h"
#include "base/problem.h"
#include "entity/io.h"

int selfcheck_test(void);

static void fixtures_are_right(void **state)
{
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	struct buf b CLEANUP(buf_release) = BUF_INIT;

	(void)state;
	for (size_t i = 0; fixture_registry.entities[i]; i++)
		entity_selfcheck(&fixture_registry, fixture_registry.entities[i], &p);
	problems_print(&p, &b);
	assert_string_equal(b.n ? buf_str(&b) : "", "");
}

/* clang-format off */
static const struct { struct field field; const char *what; } wrong[] = {
	{ { .name = "Big",   .label = "x", .type = T_TEXT },                                    "lower-case letters" },
	{ { .name = "vid",   .label = "x", .type = T_TEXT },                                    "belongs to every stored row" },
	{ { .name = "code",  .label = "x", .type = T_TEXT },                                    "two fields have this name" },
	{ { .name = "a",     .label = "x", .type = T_TEXT, .ledger = "code" },                  "one name in the ledger" },
	{ { .name = "a",     .type = T_TEXT },                                                  "no label" },
	{ { .name = "a",     .label = "x", .type = T_PACK },                                    "of is empty" },
	{ { .name = "a",     .label = "x", .type = T_ENUM, .of = "red  green" },                "not parted by one space" },
	{ { .name = "a",     .label = "x", .type = T_ENUM, .of = "red green red" },             "one stands twice" },
	{ { .name = "a",     .label = "x", .type = T_REF },                                     "nothing that can be referred to" },
	{ { .name = "a",     .label = "x", .type = T_REF, .ref = &fixture_mark },               "nothing that can be referred to" },
	{ { .name = "a",     .label = "x", .type = T_INT, .min = 9, .max = 3 },                 "min is greater than max" },
	{ { .name = "a",     .label = "x", .type = T_TEXT, .max = 5000 },                       "1 to 4,000" },
	{ { .name = "a",     .label = "x", .type = T_DATE, .max = 5 },                          "a type that has none" },
	{ { .name = "a",     .label = "x", .type = T_TEXT, .flags = KEY },                      "KEY is for" },
	{ { .name = "a",     .label = "x", .type = T_DATE, .flags = SEARCHED },                 "SEARCHED is for text" },
	{ { .name = "a",     .label = "x", .type = T_REF, .ref = &fixture_place, .flags = TREE }, "TREE refers to another" },
	{ { .name = "a",     .label = "x", .type = T_TEXT, .flags = RETIRED | REQUIRED },       "retired field" },
	{ { .name = "a",     .label = "x", .type = T_TEXT, .flags = UNIQUE | CONFIDENTIAL },    "confidential field" },
};
/* clang-format on */

static void wrong_fields_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
		struct buf b CLEANUP(buf_release) = BUF_INIT;
		struct field fields[] = { { .name = "code", .label = "x", .type = T_CODE, .flags = REQUIRED },
					  wrong[i].field };
		struct entity e = { .name = "thing", .title = "x", .help = "x", .kind = THING, FIELDS(fields) };
		const struct entity *list[] = { &fixture_place, &fixture_keeper, &e, NULL };
		struct registry r = { .entities = list };
		entity_selfcheck(&r, &e, &p);
		problems_print(&p, &b);
		if (!p.count || !strstr(buf_str(&b), wrong[i].what))
			fail_msg("%s: %s", wrong[i].what, buf_str(&b));
	}
}

static void wrong_entities_are_found(void **state)
{
	static const struct field plain[] = { { .name = "a", .label = "x", .type = T_TEXT } };
	static const struct field words[] = { { .name = "user", .label = "x", .type = T_TEXT } };
	/* clang-format off */
	static const struct { struct entity e; const char *what; } cases[] = {
		{ { .name = "thing", .title = "x", .help = "x", .kind = THING, FIELDS(plain) },              "first field is not the code" },
		{ { .name = "facts", .title = "x", .help = "x", .kind = SERIES, FIELDS(plain) },             "belongs to nothing" },
		{ { .name = "facts", .title = "x", .kind = PLAIN, FIELDS(plain) },                           "no help" },
		{ { .name = "facts", .title = "x", .help = "x", .kind = PLAIN, FIELDS(plain), .until = true }, "last day" },
		{ { .name = "facts", .title = "x", .help = "x", .kind = PLAIN, FIELDS(plain), .latest_first = true }, "latest_first" },
		{ { .name = "facts", .title = "x", .help = "x", .kind = PLAIN, FIELDS(words) },              "word of SQL" },
		{ { .name = "place", .title = "x", .help = "x", .kind = PLAIN, FIELDS(plain) },              "two entities have this name" },
	};
	/* clang-format on */
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
		struct buf b CLEANUP(buf_release) = BUF_INIT;
		const struct entity *list[] = { &fixture_place, &cases[i].e, NULL };
		struct registry r = { .entities = list };
		entity_selfcheck(&r, &cases[i].e, &p);
		problems_print(&p, &b);
		if (!p.count || !strstr(buf_str(&b), cases[i].what))
			fail_msg("%s: %s", cases[i].what, buf_str(&b));
	}
}

/* proves: DP-07 */
static void wrong_rights_are_found(void **state)
{
	static const struct field plain[] = { { .name = "code", .label = "x", .type = T_CODE, .flags = REQUIRED } };
	static const struct field closed[] = { { .name = "code", .label = "x", .type = T_CODE, .flags = REQUIRED },
					       { .name = "ill", .label = "x", .type = T_TEXT, .flags = CONFIDENTIAL } };
	static const struct entity owned = {
		.name = "facts", .title = "x", .help = "x", .kind = SERIES, .owner = &fixture_keeper, FIELDS(plain)
	};
	static const struct entity secret = {
		.name = "facts", .title = "x", .help = "x", .kind = THING, FIELDS(closed)
	};
	static const struct {
		const struct entity *e;
		const char *what;
	} cases[] = {
		{ &owned, "but not the record that it belongs to" },
		{ &secret, "some of it is confidential" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
		struct buf b CLEANUP(buf_release) = BUF_INIT;
		const struct entity *list[] = { &fixture_place, &fixture_keeper, cases[i].e, NULL };
		struct registry r = { .entities = list };
		entity_selfcheck(&r, cases[i].e, &p);
		problems_print(&p, &b);
		assert_non_null(strstr(buf_str(&b), cases[i].what));
	}
}

static void wrong_projections_are_found(void **state)
{
	/* clang-format off */
	static const struct { struct projected column; const char *what; } cases[] = {
		{ { .name = "order", .from = &fixture_keeper, .field = KEEPER_SEX },                                  "cannot be a column" },
		{ { .name = "nothing_at_all" },                                                                      "comes from nothing" },
		{ { .name = "place", .from = &fixture_seat, .field = SEAT_PLACE },                                    "does not belong" },
		{ { .name = "place", .from = &fixture_seat_history, .field = SEAT_HISTORY_SEAT, .then = &fixture_place }, "no reference" },
		{ { .name = "health", .from = &fixture_keeper, .field = KEEPER_HEALTH },                              "confidential" },
		{ { .name = "place", .from = &fixture_keeper, .field = KEEPER_SEX, .place = true },                   "has a place" },
		{ { .name = "tree", .from = &fixture_seat_history, .field = SEAT_HISTORY_SEAT, .order = true },       "no tree" },
		{ { .name = "tree", .from = &fixture_seat_history, .field = SEAT_HISTORY_SEAT, .then = &fixture_seat, .then_field = SEAT_PLACE,
		    .last = true },                                                                                  "of the tree itself" },
		{ { .name = "sex", .from = &fixture_keeper, .field = KEEPER_SEX, .scope = true },                     "by an order" },
	};
	/* clang-format on */
	(void)state;
	for (size_t i = 0; fixture_registry.projections[i]; i++) {
		struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
		projection_selfcheck(&fixture_registry, fixture_registry.projections[i], &p);
		assert_int_equal(p.count, 0);
	}
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
		struct buf b CLEANUP(buf_release) = BUF_INIT;
		struct projection of = {
			.name = "keeper_then", .of = &fixture_keeper, .columns = &cases[i].column, .ncolumns = 1
		};
		projection_selfcheck(&fixture_registry, &of, &p);
		problems_print(&p, &b);
		if (!strstr(buf_str(&b), cases[i].what))
			fail_msg("%s: %s", cases[i].what, buf_str(&b));
	}
}

static void describes(void **state)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;

	(void)state;
	describe_entity(&fixture_mark, false, &b);
	assert_string_equal(
		buf_str(&b),
		"mark: Marks\n  How a keeper did in a year.\n  an event: true on its day, of a keeper\n\n"
		"  number             key of the owner; required\n"
		"  tool               code of a table of the rules (tool); required; part of the key\n"
		"  year               whole number from 1900 to 2200; required; part of the key; its day is 31 "
		"December "
		"of this year\n"
		"  score              number from 0 to 100 with at most two decimals; required; confidential\n"
		"  lowest             number from 0 to 100 with at most two decimals; confidential\n");
	buf_reset(&b);
	describe_entity(&fixture_drill, true, &b);
	assert_non_null(strstr(buf_str(&b), "\"columns\":[\"code\",\"valid_from\",\"title\",\"pass_mark\"]"));
	assert_non_null(strstr(buf_str(&b), "{\"name\":\"pass_mark\",\"label\":\"Pass mark\",\"type\":\"percent\","
					    "\"ledger\":\"pass_mark\",\"flags\":[\"required\"]}"));
	buf_reset(&b);
	describe_ledger_names(&fixture_registry, &b);
	assert_non_null(strstr(buf_str(&b), "place.code code open\nplace.name text open\nplace.parent ref open\n"));
	assert_non_null(strstr(buf_str(&b), "mark.score percent closed\n"));
	assert_non_null(strstr(buf_str(&b), "specimen.int int open\n"));
}

int selfcheck_test(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(fixtures_are_right),          cmocka_unit_test(wrong_fields_are_found),
		cmocka_unit_test(wrong_entities_are_found),    cmocka_unit_test(wrong_rights_are_found),
		cmocka_unit_test(wrong_projections_are_found), cmocka_unit_test(describes),
	};

	return cmocka_run_group_tests_name("declarations", tests, NULL, NULL);
}
