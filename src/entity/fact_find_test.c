/* Facts are found by what a text of theirs says: those believed, of all owners, and no others. */
#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "entity/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int fact_find_test(void);
#define OK(call) assert_int_equal((call), E_OK)

static int64_t keeper(struct ctx *c, int n)
{
	struct record *r = fixture_keeper_of(c, n, date_of(1960, 1, 1), date_of(1990, 1, 1));
	OK(fixture_save(c, r, NULL));
	return r->id;
}

static void grade(struct ctx *c, int64_t owner, const char *decree, int year)
{
	struct record *r = fixture_grade_of(c, owner, "1/a", date_of(year, 4, 1));
	record_text(r, GRADE_HISTORY_DECREE, str_of(decree));
	OK(fixture_save(c, r, NULL));
}

static size_t found(struct ctx *c, const char *text, struct fact_found *ret, size_t most)
{
	size_t n;
	OK(facts_with(c, &fixture_grade_history, GRADE_HISTORY_DECREE, str_of(text), ret, most, &n));
	return n;
}

static void facts_are_found_by_their_words(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct fact_found facts[4];
	int64_t first = keeper(c, 1), second = keeper(c, 2);
	grade(c, second, "17/2005", 2005);
	grade(c, first, "17/2005", 2005);
	grade(c, first, "18/2006", 2006);
	assert_int_equal(found(c, "17/2005", facts, 4), 2);
	assert_int_equal(facts[0].owner, first);
	assert_int_equal(facts[1].owner, second);
	assert_int_equal(found(c, "17/2005", facts, 1), 1);
	assert_int_equal(found(c, "17", facts, 4), 0);
	assert_int_equal(found(c, "", facts, 4), 0);
}

static void what_was_corrected_is_found_no_more(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct fact_found facts[4];
	int64_t owner = keeper(c, 1);
	grade(c, owner, "17/2005", 2005);
	struct record *r = fixture_grade_of(c, owner, "1/a", date_of(2005, 4, 1));
	record_text(r, GRADE_HISTORY_DECREE, STR("71/2005"));
	OK(fixture_correct(c, r, "read wrongly", NULL));
	assert_int_equal(found(c, "17/2005", facts, 4), 0);
	assert_int_equal(found(c, "71/2005", facts, 4), 1);
}

int fact_find_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(facts_are_found_by_their_words),
		SPOT_CASE(what_was_corrected_is_found_no_more),
	};
	return spot_run("fact_find", cases, COUNT(cases));
}
