/* judge_sanction_test.c - running sanctions, by vectors and by words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../../tests/help/judging.h"
#include "modules/career/career.h"

int judge_sanction_test(void);

#define DAY "2008-10-01"

/* proves: MP-94 */
static void sanctions(void **state)
{
	(void)state;
	judging_vectors(&sanction_judge);
}

static void words(void **state)
{
	(void)state;
	struct judging x = { &sanction_judge, "severities=medium;severe", DAY, "" };
	judging_says(&x, FOR_PERSON, "no sanction that holds up a rise (medium, severe) is running");
	judging_says(&x, FOR_COMMITTEE, "no sanction that holds up a rise (medium, severe) is running");
	judging_says(&x, FOR_OTHER, "the condition is met");
	x.inputs = "sanction=pay-cut sanction_until=2009-01-31";
	judging_says(&x, FOR_PERSON, "not yet: the sanction pay-cut runs until 31 January 2009");
	judging_says(&x, FOR_COMMITTEE, "not yet: pay-cut runs until 31 January 2009");
	judging_says(&x, FOR_OTHER, "this condition is not met");
	x.inputs = "sanction=demotion";
	judging_says(&x, FOR_PERSON,
		     "not yet: the sanction demotion runs and its last day is not in your file; ask your personnel "
		     "office");
	judging_says(&x, FOR_COMMITTEE, "not yet: demotion runs and no last day is in the file");
}

static void the_row_of_its_kind(void **state)
{
	(void)state;
	struct judging x = { &sanction_judge, "severities=medium;severe", DAY,
			     "sanction=pay-cut sanction_until=2009-01-31" };
	judging_rests_on(&x, "code", "pay-cut");
	x.inputs = "";
	judging_rests_on(&x, "code", NULL);
}

int judge_sanction_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_row_of_its_kind),
		cmocka_unit_test(sanctions),
		cmocka_unit_test(words),
	};
	return cmocka_run_group_tests_name("judge of sanctions", tests, NULL, NULL);
}
