/* judge_rank_test.c - education, ceiling and superior, by vectors and by words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../../tests/help/judging.h"
#include "modules/career/career.h"

int judge_rank_test(void);

#define DAY "2008-10-01"

/* proves: MP-94 */
static void education(void **state)
{
	(void)state;
	judging_vectors(&education_judge);
}

/* proves: MP-94 */
static void ceiling(void **state)
{
	(void)state;
	judging_vectors(&ceiling_judge);
}

/* proves: MP-94 */
static void superior(void **state)
{
	(void)state;
	judging_vectors(&superior_judge);
}

static void words_of_education(void **state)
{
	(void)state;
	struct judging x = { &education_judge, "", DAY, "rank=II/d education=diploma-3" };
	judging_says(&x, FOR_PERSON,
		     "not yet: the next rank asks for bachelor, your file holds diploma-3; hand in a newer diploma if "
		     "you have one");
	judging_says(&x, FOR_COMMITTEE, "not yet: education diploma-3, the next rank asks for bachelor");
	judging_says(&x, FOR_OTHER, "this condition is not met");
	x.inputs = "rank=II/d education=master";
	judging_says(&x, FOR_PERSON, "your education (master) is enough for the next rank, which asks for bachelor");
	judging_says(&x, FOR_COMMITTEE, "education master; the next rank asks for bachelor");
	x.inputs = "rank=II/d";
	judging_says(&x, FOR_PERSON, "your diploma is missing in your file; hand in a copy");
	judging_says(&x, FOR_COMMITTEE, "no education is in the file; ask for the diploma");
}

static void words_of_the_ceiling(void **state)
{
	(void)state;
	struct judging x = { &ceiling_judge, "table=ceilings", DAY,
			     "category=general rank=III/b education=senior-high" };
	judging_says(&x, FOR_PERSON,
		     "not yet: III/b is the highest rank for your education or post; a newer diploma or another post "
		     "would lift it");
	judging_says(&x, FOR_COMMITTEE, "not yet: the next rank would be above the limit III/b of education or post");
	x.inputs = "category=general rank=III/a education=senior-high";
	judging_says(&x, FOR_PERSON, "the next rank is not above the highest one open to you, III/b");
	judging_says(&x, FOR_COMMITTEE, "the next rank is not above the limit III/b");
	x.inputs = "category=structural rank=III/a";
	judging_says(&x, FOR_PERSON,
		     "the highest rank open to you cannot be told, because your diploma or your post is missing in "
		     "your file");
	judging_says(&x, FOR_COMMITTEE,
		     "no limit can be told: no education that the rules know, or a post without its highest rank");
}

static void words_of_the_superior(void **state)
{
	(void)state;
	struct judging x = { &superior_judge, "", DAY, "rank=III/c superior=7 superior_rank=III/c" };
	judging_says(&x, FOR_PERSON, "not yet: the next rank would be above your superior's, III/c");
	judging_says(&x, FOR_COMMITTEE, "not yet: the next rank would be above the superior's, III/c");
	x.inputs = "rank=III/b superior=7 superior_rank=III/c";
	judging_says(&x, FOR_PERSON, "the next rank is not above your superior's, III/c");
	judging_says(&x, FOR_COMMITTEE, "the next rank is not above the superior's, III/c");
	x.inputs = "rank=III/b superior=7";
	judging_says(&x, FOR_PERSON,
		     "the rank of your superior is missing in the files; the personnel office must enter it");
	judging_says(&x, FOR_COMMITTEE, "the superior's rank is missing in the files; enter it");
	x.inputs = "rank=III/b";
	judging_says(&x, FOR_PERSON, "nobody stands above you in the service, so this is not asked");
	judging_says(&x, FOR_COMMITTEE, "nobody stands above, so this is not asked");
	judging_says(&x, FOR_OTHER, "this condition is not asked");
}

static void the_rows_of_rank_and_education(void **state)
{
	(void)state;
	struct judging need = { &education_judge, "", DAY, "rank=II/d education=diploma-3" };
	judging_rests_on(&need, "code", "III/a");
	struct judging limit = { &ceiling_judge, "table=ceilings", DAY,
				 "category=general rank=III/b education=senior-high" };
	judging_rests_on(&limit, "education", "senior-high");
	limit.inputs = "category=structural rank=III/b education=primary post_high=III/c";
	judging_rests_on(&limit, "education", NULL);
}

int judge_rank_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rows_of_rank_and_education),
		cmocka_unit_test(education),
		cmocka_unit_test(ceiling),
		cmocka_unit_test(superior),
		cmocka_unit_test(words_of_education),
		cmocka_unit_test(words_of_the_ceiling),
		cmocka_unit_test(words_of_the_superior),
	};
	return cmocka_run_group_tests_name("judges of the next rank", tests, NULL, NULL);
}
