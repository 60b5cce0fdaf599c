/* career_inputs_test.c - columns that need more than one person's own facts, over both databases. */
#include "../../../tests/help/office.h"
#include "../../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "modules/career/career.h"

int career_inputs_test(void);

#define DAY date_of(2008, 10, 1)
#define HEADS "staff_number,name,sex,birth_date,education,joined_on,category"

/* Where the post stood on the day, and what it asks: it moves and rises with it. */
static void of_the_own_post(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	office_take(c, "unit",
		    "code,name,parent,kind,valid_from\nMOF,Ministry,,ministry,1990-01-01\n"
		    "DGT,Taxes,MOF,directorate-general,1990-01-01\n");
	office_take(c, "post",
		    "code,title,unit,category,echelon,rank_low,rank_high,valid_from\n"
		    "S1,Head,MOF,structural,IVB,III/b,III/c,1990-01-01\n"
		    "S1,Head,DGT,structural,IVA,III/c,III/d,2008-10-01\n"
		    "G1,Clerk,MOF,general,,,,1990-01-01\n"
		    "G2,Clerk,MOF,general,,III/a,III/d,1990-01-01\n");
	office_take(c, "person",
		    HEADS "\n1,Siti,F,1960-01-01,master,1990-01-01,structural\n"
			  "2,Budi,M,1960-01-01,master,1990-01-01,general\n"
			  "3,Ani,F,1960-01-01,master,1990-01-01,general\n"
			  "4,Eko,M,1960-01-01,master,1990-01-01,general\n");
	office_take(c, "post_history",
		    "staff_number,post,valid_from,decree,until\n1,S1,2000-01-01,D,\n2,G1,2000-01-01,D,\n"
		    "3,G2,2000-01-01,D,2008-09-30\n");
	office_columns_are(c, DAY, NULL,
			   "staff_number,post,unit,post_low,post_high,echelon\n"
			   "1,S1,DGT,III/c,III/d,IVA\n2,G1,MOF,-,-,-\n3,-,-,-,-,-\n4,-,-,-,-,-\n");
	office_columns_are(c, date_of(2008, 9, 30), NULL,
			   "staff_number,post,unit,post_low,post_high,echelon\n"
			   "1,S1,MOF,III/b,III/c,IVB\n2,G1,MOF,-,-,-\n3,G2,MOF,III/a,III/d,-\n4,-,-,-,-,-\n");
}

static void the_status(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	office_take(c, "person",
		    HEADS ",valid_from\n1,Siti,F,1960-01-01,master,1990-01-01,general,\n"
			  "2,Budi,M,1960-01-01,master,1990-01-01,general,\n"
			  "3,Ani,F,1960-01-01,master,1990-01-01,general,\n"
			  "4,Eko,M,1960-01-01,master,1990-01-01,general,\n"
			  "5,Tuti,F,1960-01-01,master,2008-10-01,general,\n"
			  "6,Joko,M,1960-01-01,master,2008-10-02,general,2008-01-01\n");
	office_take(c, "status_history",
		    "staff_number,status,valid_from,decree\n2,retired,2008-10-01,D\n3,retired,2008-10-02,D\n"
		    "4,study,2008-01-01,D\n");
	office_columns_are(c, DAY, NULL,
			   "staff_number,status\n1,active\n2,retired\n3,active\n4,study\n5,active\n6,-\n");
}

/* 1 a step without one; 2 passed; 3 sat without passing; 4 passed another; 5 passed a day late; 6 and 7 courses that
 * exempt; 8 a course that exempts from another; 9 two of them: the first that the rules name; 10 no rank. */
static void examinations_and_courses(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	buf_text(&b, HEADS "\n");
	for (int i = 1; i <= 10; i++)
		buf_printf(&b, "%d,Person %d,F,1960-01-01,senior-high,1990-01-01,general\n", i, i);
	office_take(c, "person", buf_str(&b));
	buf_reset(&b);
	buf_text(&b, "staff_number,rank,valid_from,decree\n");
	for (int i = 1; i <= 9; i++)
		buf_printf(&b, "%d,%s,2000-01-01,D\n", i, i == 1 ? "III/a" : i == 7 ? "III/d" : "II/d");
	office_take(c, "rank_history", buf_str(&b));
	office_take(c, "exam_result",
		    "staff_number,exam,taken_on,passed,proof\n1,service-1,2005-01-01,true,\n"
		    "2,service-1,2005-01-01,false,claimed\n2,service-1,2006-01-01,true,confirmed\n"
		    "3,service-1,2005-01-01,false,\n4,service-2,2005-01-01,true,\n5,service-1,2008-10-02,true,\n");
	office_take(c, "course_result",
		    "staff_number,course,completed_on,score\n6,adum,2001-01-01,\n7,spama,2001-01-01,80\n"
		    "7,diklatpim-4,1999-01-01,70\n8,spama,2001-01-01,\n9,sepala,2000-01-01,\n9,adum,2001-01-01,\n"
		    "1,diklatpim-2,2001-01-01,\n1,diklatpim-3,2002-01-01,\n5,adum,2008-10-02,\n10,prajabatan-3,1990-01-"
		    "01,\n");
	office_columns_are(c, DAY, NULL,
			   "staff_number,exam,exam_passed_on,exam_proof,exempting_course,structural_course\n"
			   "1,-,-,-,-,diklatpim-2\n"
			   "2,service-1,2006-01-01,2,-,-\n"
			   "3,service-1,-,-,-,-\n"
			   "4,service-1,-,-,-,-\n"
			   "5,service-1,-,-,-,-\n"
			   "6,service-1,-,-,adum,adum\n"
			   "7,service-2,-,-,spama,spama\n"
			   "8,service-1,-,-,-,spama\n"
			   "9,service-1,-,-,adum,adum\n"
			   "10,-,-,-,-,-\n");
}

/* Whatever a judge looks at, and whatever says how far its facts are proved, is a column that can be loaded. */
static void every_input_of_a_judge_is_declared(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	struct rules *rules CLEANUP(rules_free_p) = office_rules(c, DAY);
	for (const struct judge *const *j = modules_reader()->judges; *j; j++) {
		struct population *p CLEANUP(population_free_p) = NULL;
		struct population_ask ask = { .inputs = modules_inputs(), .at = { DAY, 0 }, .rules = rules };
		for (size_t i = 0; (*j)->inputs[i]; i++)
			if (!inputs_find(modules_inputs(), (*j)->inputs[i]))
				fail_msg("%s looks at %s, which nobody declares", (*j)->name, (*j)->inputs[i]);
		for (size_t i = 0; (*j)->proofs && (*j)->proofs[i]; i++)
			if (!inputs_find(modules_inputs(), (*j)->proofs[i]))
				fail_msg("%s asks for %s, which nobody declares", (*j)->name, (*j)->proofs[i]);
		ask.names = (*j)->inputs;
		assert_int_equal(population_load(c, &ask, &p), E_OK);
	}
}

int career_inputs_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(of_the_own_post),
		SPOT_CASE(the_status),
		SPOT_CASE(examinations_and_courses),
		SPOT_CASE(every_input_of_a_judge_is_declared),
	};
	return spot_run("career: inputs", cases, COUNT(cases));
}
