/* judge_rating_test.c - yearly ratings, by vectors and by words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../../tests/help/judging.h"
#include "modules/career/career.h"

int judge_rating_test(void);

#define REPORTED "tool=DP3 of=score minimum=91 years=2"
#define REGULATED "tool=DP3 of=lowest_component minimum=76 years=2"
#define DAY "2008-10-01"

/* proves: MP-94 */
static void ratings(void **state)
{
	(void)state;
	judging_vectors(&ratings_judge);
}

static void words(void **state)
{
	(void)state;
	struct judging x = { &ratings_judge, REPORTED, DAY, "rating_score_1=92.5 rating_score_2=91" };
	judging_says(&x, FOR_PERSON, "your ratings of the last years are at least 91: 92.5 and 91");
	judging_says(&x, FOR_COMMITTEE, "ratings, newest first: 92.5 and 91; at least 91 is asked for");
	judging_says(&x, FOR_OTHER, "the condition is met");
	x.inputs = "rating_score_1=90.99 rating_score_2=91";
	judging_says(&x, FOR_PERSON, "not yet: a rating of the last years is below 91: 90.99 and 91, newest first");
	judging_says(&x, FOR_COMMITTEE,
		     "not yet: ratings, newest first: 90.99 and 91; at least 91 is asked for in each year");
	judging_says(&x, FOR_OTHER, "this condition is not met");
	x.inputs = "rating_score_1=95";
	judging_says(&x, FOR_PERSON,
		     "a rating of the last years is missing in your file: 95 and none stated, newest first; ask your "
		     "assessor for it");
	judging_says(&x, FOR_COMMITTEE,
		     "a rating is missing: 95 and none stated, newest first; ask for the signed list of that year");
	x.params = REGULATED;
	x.inputs = "rating_score_1=75 rating_score_2=90 rating_lowest_2=80";
	judging_says(&x, FOR_PERSON, "not yet: the mean of a year is below 76, so a component of it is too");
	judging_says(&x, FOR_COMMITTEE,
		     "not yet: the mean of a year is below 76, so a component of it is too, though none is stated");
}

/* The lowest component is not the score that the file shows, and a rating without it is there all the same. */
static void lowest_components_are_called_so(void **state)
{
	(void)state;
	struct judging x = { &ratings_judge, REGULATED, DAY,
			     "rating_score_1=83.5 rating_lowest_1=80 rating_score_2=81 rating_lowest_2=79" };
	judging_says(&x, FOR_COMMITTEE, "lowest rating components, newest first: 80 and 79; at least 76 is asked for");
	x.inputs = "rating_score_1=83.5 rating_score_2=81 rating_lowest_2=79";
	judging_says(&x, FOR_PERSON,
		     "the lowest component of a rating of the last years is missing in your file: none stated and 79, "
		     "newest "
		     "first; ask your assessor for it");
}

/* A rule that looks at one year tells of one. */
static void one_year(void **state)
{
	(void)state;
	struct judging x = { &ratings_judge, "tool=DP3 of=score minimum=91 years=1", DAY,
			     "rating_score_1=91 rating_score_2=10" };
	judging_says(&x, FOR_COMMITTEE, "ratings, newest first: 91; at least 91 is asked for");
	x.inputs = "rating_score_2=95";
	judging_says(&x, FOR_COMMITTEE,
		     "a rating is missing: none stated, newest first; ask for the signed list of that year");
}

static void parameters_that_it_cannot_follow(void **state)
{
	(void)state;
	struct judging x = { &ratings_judge, "tool=DP3 of=mean minimum=91 years=2", DAY, "" };
	judging_refuses(&x, "column of: ratings@1 looks at score or lowest_component; write one of the two");
	x.params = "tool=DP3 of=score minimum=91 years=3";
	judging_refuses(&x, "column years: ratings@1 looks at one or two years; write 1 or 2");
	x.params = "tool=DP3 of=score minimum=91 years=0";
	judging_refuses(&x, "column years: ratings@1 looks at one or two years; write 1 or 2");
}

/* What it has no word of its own for is left to the general words. */
static void words_of_others(void **state)
{
	(void)state;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	struct judge_block block = { 0 };
	assert_false(ratings_judge.word(&block, 0, "tool", NULL, &out));
	assert_int_equal(out.n, 0);
}

int judge_rating_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ratings),
		cmocka_unit_test(words),
		cmocka_unit_test(one_year),
		cmocka_unit_test(parameters_that_it_cannot_follow),
		cmocka_unit_test(lowest_components_are_called_so),
		cmocka_unit_test(words_of_others),
	};
	return cmocka_run_group_tests_name("judge of ratings", tests, NULL, NULL);
}
