/* judge_exam_test.c - the service examinations, by vectors and by words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../../tests/help/judging.h"
#include "modules/career/career.h"

int judge_exam_test(void);

#define TABLES "steps_table=exam_steps exemptions_table=exam_exemptions"
#define DAY "2008-10-01"

/* proves: MP-94 */
static void examinations(void **state)
{
	(void)state;
	judging_vectors(&exam_judge);
}

static void words(void **state)
{
	(void)state;
	struct judging x = { &exam_judge, TABLES, DAY, "rank=II/d exam=service-1 exam_passed_on=2008-03-01" };
	judging_says(&x, FOR_PERSON, "you passed the examination service-1 on 1 March 2008");
	judging_says(&x, FOR_COMMITTEE, "examination service-1 passed on 1 March 2008");
	x.inputs = "rank=II/d exam=service-1 exempting_course=adum";
	judging_says(&x, FOR_PERSON, "the course adum stands in the place of the examination service-1");
	judging_says(&x, FOR_COMMITTEE, "exempt from service-1 by the course adum");
	x.inputs = "rank=II/d exam=service-1 education=bachelor";
	judging_says(&x, FOR_PERSON, "your education (bachelor) stands in the place of the examination service-1");
	judging_says(&x, FOR_COMMITTEE, "exempt from service-1 by education bachelor");
	x.inputs = "rank=II/d exam=service-1 education=diploma-3";
	judging_says(&x, FOR_PERSON,
		     "not yet: the next rank asks for the examination service-1; ask your personnel office for the "
		     "next sitting");
	judging_says(&x, FOR_COMMITTEE,
		     "not yet: no pass of the examination service-1 and nothing that exempts is in the file");
	judging_says(&x, FOR_OTHER, "this condition is not met");
	x.inputs = "rank=III/b";
	judging_says(&x, FOR_PERSON, "no examination is asked for before the next rank");
	judging_says(&x, FOR_COMMITTEE, "no examination is asked for on this step");
}

static void the_row_of_its_step(void **state)
{
	(void)state;
	struct judging x = { &exam_judge, TABLES, DAY, "rank=II/d exam=service-1" };
	judging_rests_on(&x, "from_rank", "II/d");
}

int judge_exam_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_row_of_its_step),
		cmocka_unit_test(examinations),
		cmocka_unit_test(words),
	};
	return cmocka_run_group_tests_name("judge of examinations", tests, NULL, NULL);
}
