/* staff_test.c - what the service book refuses, word by word, and what holds of everybody today; over both databases.
 */
#include "../../../tests/help/office.h"
#include "../../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "entity/read.h"
#include "modules/staff/staff.h"

int staff_test(void);

#define HEADS "staff_number,name,sex,birth_date,education,joined_on,category"

static void take_people(struct ctx *c)
{
	office_take(c, "unit", "code,name,parent,kind,valid_from\nMOF,Ministry of Finance,,ministry,1980-01-01\n");
	office_take(c, "post",
		    "code,title,unit,category,echelon,rank_low,rank_high,valid_from\n"
		    "P-1,Head,MOF,structural,IIIA,IV/a,IV/b,1990-01-01\nP-2,Clerk,MOF,general,,,,1990-01-01\n");
	office_take(c, "person",
		    HEADS "\n1,Siti,F,1960-05-04,bachelor,1985-01-01,general\n"
			  "2,Budi,M,1961-05-04,diploma-3,1985-01-01,general\n");
}

static void people(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	office_refuses(
		c, "person",
		HEADS "\n3,Ana,X,1960-05-04,bachelor,1985-01-01,general\n"
		      "4,Ani,F,1990-05-04,bachelor,1985-01-01,general\n"
		      "5,Ane,F,1960-02-30,phd,1985-01-01,general\n"
		      ",Anu,F,1960-02-03,master,1985-01-01,chief\n"
		      "6,,F,1960-02-03,master,,general\n",
		"file.csv, row 2, column sex: \"X\" is not a word of the list; write one of F, M\n"
		"file.csv, row 3, column joined_on: 1 January 1985 is before the birth_date, 4 May 1990; correct one "
		"of "
		"the two dates\n"
		"file.csv, row 4, column birth_date: \"1960-02-30\" is no day of the calendar; write it as YYYY-MM-DD\n"
		"file.csv, row 4, column education: \"phd\" is not in the table education on 1 January 1985; use one "
		"of "
		"primary, junior-high, senior-high, diploma-1, diploma-2, diploma-3, diploma-4, bachelor, master, "
		"doctorate\n"
		"file.csv, row 5, column staff_number: the key is missing; fill the cell\n"
		"file.csv, row 5, column category: \"chief\" is not in the table categories on 1 January 1985; use one "
		"of structural, functional, general\n"
		"file.csv, row 6, column name: the cell is empty, but name is needed; fill it\n"
		"file.csv, row 6, column joined_on: the cell is empty, but joined_on is needed; fill it\n");
}

/* proves: MP-222 */
static void numbers_belong_to_one_person_for_ever(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	int64_t siti = 0, found = 0;
	struct str newest;
	take_people(c);
	office_refuses(c, "person",
		       HEADS ",former_number,number_from\n2,Budi,M,1961-05-04,diploma-3,1985-01-01,general,1,\n",
		       "file.csv, row 2, column former_number: 2 and 1 belong to two different records; no number may "
		       "belong to "
		       "two: correct one of them\n");
	office_refuses(c, "person_number",
		       "staff_number,number,valid_from\n1,2,2000-01-01\n2,77,2000-01-01\n9,78,2000-01-01\n",
		       "file.csv, row 2, column number: this number belongs to another record already; no number may "
		       "belong to "
		       "two: correct one\n"
		       "file.csv, row 4, column staff_number: no person has the staff_number 9; import it first, or "
		       "correct the "
		       "cell\n");
	office_take(c, "person",
		    HEADS ",former_number,number_from\n7,Siti,F,1960-05-04,bachelor,1985-01-01,general,1,2005-01-01\n");
	assert_int_equal(key_find(c, &person_entity, STR("1"), &siti), E_OK);
	assert_int_equal(key_find(c, &person_entity, STR("7"), &found), E_OK);
	assert_int_equal(found, siti);
	assert_int_equal(key_text(c, &person_entity, siti, 0, &newest), E_OK);
	assert_true(str_is(newest, "7"));
	/* Her first number still finds her in a file. */
	office_take(c, "rank_history", "staff_number,rank,valid_from,decree\n1,III/a,2000-01-01,D-1\n");
	office_refuses(c, "rank_history",
		       "staff_number,rank,valid_from,decree\n1,III/b,2004-01-01,D-2\n7,III/b,2004-01-01,D-2\n",
		       "file.csv, row 3, column staff_number: row 2 has the same key; keep one of the two\n");
}

/* proves: MP-20 */
static void ranks_and_posts_held(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	take_people(c);
	office_refuses(
		c, "rank_history",
		"staff_number,rank,valid_from,decree,grade_years,grade_months\n"
		"1,III/e,2000-01-01,D,,\n1,III/a,1950-01-01,D,,\n1,III/a,2001-01-01,,61,12\n44,III/a,2000-01-01,D,1,1\n"
		"",
		"file.csv, row 2, column rank: \"III/e\" is not in the table ranks on 1 January 2000; use one of I/a, "
		"I/b, I/c, I/d, II/a, II/b, II/c, II/d, III/a, III/b, III/c, III/d, … (+5)\n"
		"file.csv, row 3, column valid_from: 1 January 1950 is before the birth_date, 4 May 1960; correct one "
		"of "
		"the two dates\n"
		"file.csv, row 4, column decree: the cell is empty, but decree is needed; fill it\n"
		"file.csv, row 4, column grade_years: 61 is not between 0 and 60; write a number in between\n"
		"file.csv, row 4, column grade_months: 12 is not between 0 and 11; write a number in between\n"
		"file.csv, row 5, column staff_number: no person has the staff_number 44; import it first, or correct "
		"the cell\n");
	office_refuses(
		c, "post_history",
		"staff_number,post,valid_from,decree,until,acting\n"
		"1,P-1,2002-01-01,D,2001-12-31,\n1,NOPE,2003-01-01,D,,maybe\n2,P-1,1989-01-01,D,,true\n",
		"file.csv, row 2, column until: the last day 31 December 2001 is before the first day 1 January 2002; "
		"correct one of them\n"
		"file.csv, row 3, column post: no post has the code NOPE; import it first, or correct the cell\n"
		"file.csv, row 3, column acting: \"maybe\" is neither true nor false; write one of them\n"
		"file.csv, row 4, column post: the post \"P-1\" exists from 1 January 1990 on, not yet on 1 January "
		"1989; correct the date or choose another\n");
	office_refuses(
		c, "post_history", "staff_number,post,valid_from,decree\n1,P-1,2000-01-01,D\n2,P-1,2001-01-01,D\n",
		"file.csv, row 3, column post: the post P-1 is held by 1 from 2000-01-01 and would be held by 2 from "
		"2001-01-01 at the same time; end one of the two first, or correct the post\n");
	/* One after the other, and acting beside a holder. */
	office_take(c, "post_history",
		    "staff_number,post,valid_from,decree,until,acting\n"
		    "1,P-1,2000-01-01,D,2000-12-31,\n2,P-1,2001-01-01,D,,\n1,P-1,2002-01-01,D,,true\n");
}

static void what_happened_on_a_day(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	take_people(c);
	office_refuses(
		c, "rating",
		"staff_number,tool,year,score,lowest_component,assessor,delivered_on\n"
		"1,DP3,2007,140,76.555,,\n1,DP4,2006,80,70,3,2008-02-30\n",
		"file.csv, row 2, column score: 140 is not between 0 and 100; write the percentage, like 79.5\n"
		"file.csv, row 2, column lowest_component: \"76.555\" is not a number with at most two decimals; write "
		"it like 79.5\n"
		"file.csv, row 3, column tool: \"DP4\" is not in the table tools on 31 December 2006; use one of DP3\n"
		"file.csv, row 3, column assessor: no person has the code 3; import it first, or correct the cell\n"
		"file.csv, row 3, column delivered_on: \"2008-02-30\" is no day of the calendar; write it as "
		"YYYY-MM-DD\n");
	office_refuses(
		c, "exam_result",
		"staff_number,exam,taken_on,passed\n"
		"1,service-9,2005-01-01,true\n1,service-1,2005-01-01,perhaps\n1,service-1,1950-01-01,true\n",
		"file.csv, row 2, column exam: no exam has the code service-9; import it first, or correct the cell\n"
		"file.csv, row 3, column passed: \"perhaps\" is neither true nor false; write one of them\n"
		"file.csv, row 4, column taken_on: 1 January 1950 is before the birth_date, 4 May 1960; correct one of "
		"the two dates\n");
	office_refuses(
		c, "sanction",
		"staff_number,kind,decided_on,grace_until,decree\n"
		"1,exile,2005-01-01,,D\n1,pay-cut,2005-01-01,2004-12-31,\n2,pay-cut,2005-01-01,2004-12-31,D\n",
		"file.csv, row 2, column kind: \"exile\" is not in the table sanction_kinds on 1 January 2005; use one "
		"of oral-reprimand, written-warning, written-dissatisfaction, increment-delay, pay-cut, "
		"promotion-delay, demotion, release-from-post, dismissal-honourable, dismissal-dishonourable\n"
		"file.csv, row 3, column decree: the cell is empty, but decree is needed; fill it\n"
		"file.csv, row 4, column grace_until: the last day 31 December 2004 is before the day of the decision, "
		"1 January 2005; correct one of them\n");
	office_take(c, "sanction",
		    "staff_number,kind,decided_on,grace_until,decree\n1,pay-cut,2005-01-01,2005-01-01,D\n"
		    "1,demotion,2005-01-01,,D\n");
	office_refuses(
		c, "status_history", "staff_number,status,valid_from,decree\n1,asleep,2005-01-01,D\n2,active,,D\n",
		"file.csv, row 2, column status: \"asleep\" is not in the table statuses on 1 January 2005; use one of "
		"candidate, active, unpaid-leave, study, loan-out, suspended, retirement-preparation, retired, "
		"resigned, "
		"dismissed, dead, missing\n"
		"file.csv, row 3, column valid_from: the day is missing; write it as YYYY-MM-DD\n");
}

/* proves: HR-19 */
static void papers_and_what_they_prove(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	take_people(c);
	office_refuses(
		c, "document",
		"staff_number,kind,number,filed_on,dated,pages,sha256\n1,diploma,D-1,2008-01-01,1984-01-01,1,abc\n"
		"1,diploma,D-2,2008-01-01,1984-01-01,1,"
		"0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef\n"
		"1,scroll,D-3,2008-01-01,,0,\n",
		"file.csv, row 2, column sha256: this is not a SHA-256 hash; give 64 digits of 0-9 and a-f, as "
		"sha256sum "
		"prints them\n"
		"file.csv, row 3, column sha256: this is not a SHA-256 hash; give 64 digits of 0-9 and a-f, as "
		"sha256sum "
		"prints them\n"
		"file.csv, row 4, column kind: \"scroll\" is not in the table document_kinds on 1 January 2008; use "
		"one "
		"of appointment-decree, rank-decree, post-decree, oath-record, status-decree, diploma, rating-list, "
		"exam-certificate, course-certificate, sanction-decree, birth-certificate, court-ruling, … (+2)\n"
		"file.csv, row 4, column dated: the cell is empty, but dated is needed; fill it\n"
		"file.csv, row 4, column pages: 0 is not between 1 and 10000; write a number in between\n");
	office_refuses(
		c, "citation", "staff_number,document,fact,fact_day,cited_on\n1,D-1,nothing,2000-01-01,2008-01-01\n",
		"file.csv, row 2, column fact: \"nothing\" is not a word of the list; write one of rank_history, "
		"post_history, status_history, rating, exam_result, course_result, sanction, person\n");
	/* A birth certificate and a diploma are older than the file. */
	office_take(c, "document",
		    "staff_number,kind,number,filed_on,dated,signed_by,pages,sha256,seen_by,seen_on\n"
		    "1,rank-decree,D-1,2008-01-01,2000-01-01,The minister,2,"
		    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,Ms. Sri,2008-01-01\n"
		    "1,birth-certificate,B-1,2008-01-01,1960-05-06,The registrar,1,,Ms. Sri,2008-01-01\n"
		    "2,diploma,S-1,2008-01-01,1983-07-01,The rector,1,,,\n");
	office_take(c, "citation",
		    "staff_number,document,fact,fact_day,cited_on\n1,D-1,rank_history,2000-01-01,2008-01-01\n");
}

int staff_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(people),
		SPOT_CASE(numbers_belong_to_one_person_for_ever),
		SPOT_CASE(ranks_and_posts_held),
		SPOT_CASE(what_happened_on_a_day),
		SPOT_CASE(papers_and_what_they_prove),
	};
	return spot_run("staff", cases, COUNT(cases));
}
