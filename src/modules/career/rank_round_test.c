/* rank_round_test.c - who is considered, when, for which rank: the ministry of tests/round_cases judged on both
 * databases. */
#include "../../../tests/help/office.h"
#include "../../../tests/help/spot.h"
#include "base/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "modules/career/career.h"

int rank_round_test(void);

static struct str file_text(struct arena *a, const char *path)
{
	char *text = arena_alloc(a, 1 << 20);
	FILE *f = fopen(path, "r");
	if (!f)
		fail_msg("%s cannot be read; run the tests in the repository's folder", path);
	size_t n = fread(text, 1, 1 << 20, f);
	fclose(f);
	return (struct str){ text, n };
}

/* The list without its sentences, as the files of expectations have it. */
static void without_reasons(struct ctx *c, struct str list, struct buf *out)
{
	static const char tail[] = "_reason";
	struct csv *csv CLEANUP(csv_free_p) = NULL;
	assert_int_equal(csv_read("list", list, c->problems, &csv), E_OK);
	struct str *cells = ARENA_ARRAY(c->arena, struct str, csv_columns(csv));
	for (size_t row = 0; row <= csv_rows(csv); row++) {
		if (row)
			csv_row(csv, row - 1, cells);
		for (size_t i = 0; i < csv_columns(csv); i++) {
			struct str head = csv_head(csv, i);
			bool reason =
				head.n > sizeof tail - 1 &&
				str_is((struct str){ head.p + head.n - (sizeof tail - 1), sizeof tail - 1 }, tail);
			if (!reason)
				csv_cell(out, row ? cells[i] : head);
		}
		csv_row_end(out);
	}
}

static void judged_as(struct ctx *c, const char *policy)
{
	struct buf list CLEANUP(buf_release) = BUF_INIT, said CLEANUP(buf_release) = BUF_INIT;
	struct buf wanted CLEANUP(buf_release) = BUF_INIT;
	struct round *r CLEANUP(round_free_p) = NULL;
	struct round_ask ask = { .kind = "rank", .policy = policy, .unit = "MOF", .as_of = date_of(2008, 10, 1) };
	assert_int_equal(round_assess(c, modules_rounds(), &ask, &r), E_OK);
	round_list_csv(r, FOR_COMMITTEE, &list);
	without_reasons(c, (struct str){ buf_str(&list), list.n }, &said);
	const char *path = arena_printf(c->arena, "tests/round_cases/expected-%s.csv", policy);
	without_reasons(c, file_text(c->arena, path), &wanted);
	assert_string_equal(buf_str(&said), buf_str(&wanted));
}

/* proves: MP-22 MP-93 MP-94 */
static void a_ministry_made_by_hand(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	office_take_ministry(c);
	judged_as(c, "as-reported");
	judged_as(c, "as-regulated");
}

static void only_in_its_periods(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	struct buf said CLEANUP(buf_release) = BUF_INIT;
	struct round_ask ask = { .kind = "rank", .policy = NULL, .unit = "MOF", .as_of = date_of(2008, 9, 30) };
	int64_t id;
	office_take(c, "unit", "code,name,parent,kind,valid_from\nMOF,Ministry of Finance,,ministry,1990-01-01\n");
	assert_int_equal(round_open(c, modules_rounds(), &ask, &id), E_INVALID);
	problems_print(c->problems, &said);
	assert_non_null(strstr(buf_str(&said), "1 October 2008"));
	ask.as_of = date_of(2008, 10, 1);
	assert_int_equal(round_open(c, modules_rounds(), &ask, &id), E_OK);
}

static void next_period(struct rules *r, date d, date expected)
{
	date next = DATE_NONE;
	assert_true(career_next_period(r, "rank", d, &next));
	assert_int_equal(next, expected);
	assert_int_equal(rank_round_kind.period(r, d, &next), d == expected);
	assert_int_equal(next, expected);
}

static void ranks_and_periods_of_the_rules(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	struct rules *r CLEANUP(rules_free_p) = office_rules(c, date_of(2008, 10, 1));
	date none = DATE_NONE;
	assert_true(str_is(career_next_rank(r, STR("I/a")), "I/b"));
	assert_true(str_is(career_next_rank(r, STR("I/d")), "II/a"));
	assert_true(str_is(career_next_rank(r, STR("IV/d")), "IV/e"));
	assert_int_equal(career_next_rank(r, STR("IV/e")).n, 0);
	assert_int_equal(career_next_rank(r, STR("V/a")).n, 0);
	next_period(r, date_of(2008, 10, 1), date_of(2008, 10, 1));
	next_period(r, date_of(2008, 10, 2), date_of(2009, 4, 1));
	next_period(r, date_of(2008, 4, 1), date_of(2008, 4, 1));
	next_period(r, date_of(2008, 4, 2), date_of(2008, 10, 1));
	next_period(r, date_of(2008, 1, 1), date_of(2008, 4, 1));
	assert_false(career_next_period(r, "pay", date_of(2008, 1, 1), &none));
	assert_int_equal(none, DATE_NONE);
}

int rank_round_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(a_ministry_made_by_hand),
		SPOT_CASE(only_in_its_periods),
		SPOT_CASE(ranks_and_periods_of_the_rules),
	};
	return spot_run("career: rank round", cases, COUNT(cases));
}
