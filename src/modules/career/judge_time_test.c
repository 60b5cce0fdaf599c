/* judge_time_test.c - time in rank and in post, by vectors and by words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../../tests/help/judging.h"
#include "modules/career/career.h"

int judge_time_test(void);

#define REGULATED "years=4 below_band_years=1 below_band_years_in_post=1"
#define DAY "2008-10-01"

/* proves: MP-94 */
static void years_in_rank(void **state)
{
	(void)state;
	judging_vectors(&years_in_rank_judge);
}

/* proves: MP-94 */
static void months_in_post(void **state)
{
	(void)state;
	judging_vectors(&months_in_post_judge);
}

static void words_of_time_in_rank(void **state)
{
	(void)state;
	struct judging x = { &years_in_rank_judge, REGULATED, DAY, "rank=III/b rank_from=2005-02-01" };
	judging_says(&x, FOR_PERSON, "not yet: time in rank 3 years 8 months of 4 years, complete on 1 February 2009");
	judging_says(&x, FOR_COMMITTEE,
		     "not yet: time in rank 3 years 8 months of 4 years, complete on 1 February 2009");
	judging_says(&x, FOR_OTHER, "this condition is not met");
	x.inputs = "rank=III/b rank_from=2004-04-01";
	judging_says(&x, FOR_PERSON, "your time in rank is complete since 1 April 2008: 4 years 6 months of 4 years");
	judging_says(&x, FOR_COMMITTEE, "time in rank 4 years 6 months of 4 years, complete since 1 April 2008");
	x.inputs = "";
	judging_says(&x, FOR_PERSON, "the decree on your present rank is missing in your file; hand in a copy");
	judging_says(&x, FOR_COMMITTEE, "no decree on the present rank is in the file; ask for a copy");
	judging_says(&x, FOR_OTHER, "a fact for this condition is not in the file");
}

static void words_of_one_rank_below_the_post(void **state)
{
	(void)state;
	struct judging x = {
		&years_in_rank_judge, "years=4 below_band_years=1 below_band_years_in_post=2", DAY,
		"category=structural rank=III/b rank_from=2006-01-01 post_low=III/c post_from=2006-12-01"
	};
	judging_says(&x, FOR_PERSON,
		     "not yet: your rank is one below your post's, for which 1 year in rank and 2 years in post are "
		     "enough: complete on 1 December 2008");
	judging_says(&x, FOR_COMMITTEE,
		     "not yet: one rank below the band of the post: 1 year in rank and 2 years in post, complete on "
		     "1 December 2008");
	x.params = REGULATED;
	judging_says(&x, FOR_PERSON,
		     "your rank is one below your post's, for which 1 year in rank and 1 year in post are enough: "
		     "complete since 1 December 2007");
	judging_says(&x, FOR_COMMITTEE,
		     "one rank below the band of the post: 1 year in rank and 1 year in post, complete since "
		     "1 December 2007");
	judging_says(&x, FOR_OTHER, "this condition is met");
}

static void words_of_time_in_post(void **state)
{
	(void)state;
	struct judging x = { &months_in_post_judge, "years=4", DAY, "post_from=2007-11-15" };
	judging_says(&x, FOR_PERSON, "not yet: time in post 10 months of 4 years, complete on 15 November 2011");
	judging_says(&x, FOR_COMMITTEE, "not yet: time in post 10 months of 4 years, complete on 15 November 2011");
	x.inputs = "post_from=2004-10-01";
	judging_says(&x, FOR_PERSON, "your time in the post is complete since 1 October 2008: 4 years of 4 years");
	judging_says(&x, FOR_COMMITTEE, "time in post 4 years of 4 years, complete since 1 October 2008");
	x.inputs = "";
	judging_says(&x, FOR_PERSON, "the decree on your post is missing in your file; hand in a copy");
	judging_says(&x, FOR_COMMITTEE, "no decree on the own post is in the file; ask for a copy");
}

static void the_status_that_stopped_the_time(void **state)
{
	(void)state;
	struct judging x = { &years_in_rank_judge, REGULATED, DAY, "rank=III/b rank_from=2004-10-01 unpaid_days=5" };
	judging_rests_on(&x, "code", "unpaid-leave");
	x.inputs = "rank=III/b rank_from=2004-10-01 unpaid_days=0";
	judging_rests_on(&x, "code", NULL);
	x.inputs = "rank=III/b rank_from=2004-10-01";
	judging_rests_on(&x, "code", NULL);
}

int judge_time_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_status_that_stopped_the_time),
		cmocka_unit_test(years_in_rank),
		cmocka_unit_test(months_in_post),
		cmocka_unit_test(words_of_time_in_rank),
		cmocka_unit_test(words_of_one_rank_below_the_post),
		cmocka_unit_test(words_of_time_in_post),
	};
	return cmocka_run_group_tests_name("judges of time", tests, NULL, NULL);
}
