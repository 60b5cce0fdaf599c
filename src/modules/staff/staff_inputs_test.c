/* staff_inputs_test.c - how each column comes out of one person's rows, over both databases. */
#include "../../../tests/help/office.h"
#include "../../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int staff_inputs_test(void);

#define DAY date_of(2008, 10, 1)

/* People of one kind, who differ in nothing but their number. */
static void people(struct ctx *c, const char *prefix, int n)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	buf_text(&b, "staff_number,name,sex,birth_date,education,joined_on,category\n");
	for (int i = 1; i <= n; i++)
		buf_printf(&b, "%s%d,Person %s%d,F,1960-01-01,senior-high,1990-01-01,general\n", prefix, i, prefix, i);
	office_take(c, "person", buf_str(&b));
}

/* Posts of one unit, one a name. */
static void posts(struct ctx *c, int n)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	office_take(c, "unit", "code,name,parent,kind,valid_from\nMOF,Ministry of Finance,,ministry,1990-01-01\n");
	buf_text(&b, "code,title,unit,category,echelon,rank_low,rank_high,valid_from\n");
	for (int i = 1; i <= n; i++)
		buf_printf(&b, "K%d,Clerk,MOF,general,,,,1990-01-01\n", i);
	office_take(c, "post", buf_str(&b));
}

static void of_the_person(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	office_take(c, "person",
		    "staff_number,name,sex,birth_date,education,joined_on,category,valid_from\n"
		    "1,Siti,F,1960-05-04,senior-high,1990-01-01,general,\n"
		    "1,Siti,F,1960-05-04,bachelor,1990-01-01,structural,2006-07-01\n"
		    "1,Siti,F,1960-05-04,master,1990-01-01,functional,2008-10-02\n"
		    "2,Budi,M,1961-01-31,primary,1991-01-01,general,\n");
	office_columns_are(c, DAY, NULL,
			   "staff_number,category,education,joined_on,birth_date\n"
			   "1,structural,bachelor,1990-01-01,1960-05-04\n"
			   "2,general,primary,1991-01-01,1961-01-31\n");
	office_columns_are(c, date_of(1990, 12, 31), NULL,
			   "staff_number,category,education,joined_on,birth_date\n"
			   "1,general,senior-high,1990-01-01,1960-05-04\n");
}

/* The run of rows of one rank: R3 two decrees on it, R4 demoted and restored, R5 and R6 a rise after and on the day. */
static void ranks(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	people(c, "R", 7);
	office_take(c, "rank_history",
		    "staff_number,rank,valid_from,decree,grade_years,grade_months,proof\n"
		    "R2,III/a,2000-01-01,D-1,4,6,confirmed\n"
		    "R3,III/a,2000-01-01,D-2,4,0,proved\n"
		    "R3,III/a,2003-01-01,D-3,7,11,claimed\n"
		    "R4,III/b,2000-01-01,D-4,,,\n"
		    "R4,III/a,2002-01-01,D-5,,,\n"
		    "R4,III/b,2004-01-01,D-6,,,\n"
		    "R5,III/a,2000-01-01,D-7,,,\n"
		    "R5,III/b,2008-10-02,D-8,,,\n"
		    "R6,III/a,2000-01-01,D-9,,,\n"
		    "R6,III/b,2008-10-01,D-10,,,\n"
		    "R7,III/a,2000-01-01,D-11,4,,\n");
	office_columns_are(c, DAY, NULL,
			   "staff_number,rank,rank_from,rank_proof,grade_years,grade_months,grade_on\n"
			   "R1,-,-,-,-,-,-\n"
			   "R2,III/a,2000-01-01,2,4,6,2000-01-01\n"
			   "R3,III/a,2000-01-01,1,7,11,2003-01-01\n"
			   "R4,III/b,2004-01-01,0,-,-,2004-01-01\n"
			   "R5,III/a,2000-01-01,0,-,-,2000-01-01\n"
			   "R6,III/b,2008-10-01,0,-,-,2008-10-01\n"
			   "R7,III/a,2000-01-01,0,4,-,2000-01-01\n");
}

/* S2 half a year; S3 begun before the rank; S4 running on the day; S5 begun on the day; S6 twice; S7 no rank; S8 a
 * status that stops nothing; S9 before the last decree on the same rank; S10 prolonged by a second row. */
static void days_on_unpaid_leave(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	people(c, "S", 10);
	buf_text(&b, "staff_number,rank,valid_from,decree\nS9,III/a,2006-10-01,D-2\n");
	for (int i = 1; i <= 10; i++)
		if (i != 7)
			buf_printf(&b, "S%d,III/a,2004-10-01,D-1\n", i);
	office_take(c, "rank_history", buf_str(&b));
	office_take(c, "status_history",
		    "staff_number,status,valid_from,decree\n"
		    "S2,unpaid-leave,2005-01-01,L\nS2,active,2005-07-03,L\n"
		    "S3,unpaid-leave,2004-01-01,L\nS3,active,2004-10-11,L\n"
		    "S4,unpaid-leave,2008-09-21,L\n"
		    "S5,unpaid-leave,2008-10-01,L\n"
		    "S6,unpaid-leave,2005-03-01,L\nS6,active,2005-03-06,L\n"
		    "S6,unpaid-leave,2006-03-01,L\nS6,active,2006-03-06,L\n"
		    "S7,unpaid-leave,2005-01-01,L\nS7,active,2005-07-03,L\n"
		    "S8,study,2005-01-01,L\n"
		    "S9,unpaid-leave,2005-01-01,L\nS9,active,2005-01-11,L\n"
		    "S10,unpaid-leave,2005-01-01,L\nS10,unpaid-leave,2005-01-06,L\nS10,active,2005-01-11,L\n");
	office_columns_are(c, DAY, NULL,
			   "staff_number,status_held,unpaid_days,grade_stopped_days\n"
			   "S1,-,-,-\n"
			   "S2,active,183,183\n"
			   "S3,active,10,10\n"
			   "S4,unpaid-leave,10,10\n"
			   "S5,unpaid-leave,0,0\n"
			   "S6,active,10,10\n"
			   "S7,active,0,0\n"
			   "S8,study,0,0\n"
			   "S9,active,10,0\n"
			   "S10,active,10,10\n");
}

/* H2 an oath; H3 and H4 a last day before and on the day; H5 a day's gap, H6 none; H7 acts beside the own post; H8 acts
 * only; H9 came back; H10 and H11 two decrees on one post, an oath at the second and at the first; H12 acts after the
 * own post ended; H13 acts between two rows of the own post. */
static void posts_held(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	posts(c, 20);
	people(c, "H", 13);
	office_take(c, "post_history",
		    "staff_number,post,valid_from,decree,until,inaugurated_on,acting,proof\n"
		    "H1,K1,2000-01-01,D,,,,proved\n"
		    "H2,K2,2000-01-01,D,,2000-03-01,,\n"
		    "H3,K3,2000-01-01,D,2008-09-30,,,\n"
		    "H4,K4,2000-01-01,D,2008-10-01,,,\n"
		    "H5,K5,2000-01-01,D,2003-12-31,,,proved\nH5,K5,2004-01-02,D,,,,\n"
		    "H6,K6,2000-01-01,D,2003-12-31,,,confirmed\nH6,K6,2004-01-01,D,,,,\n"
		    "H7,K7,2000-01-01,D,,,,\nH7,K14,2004-01-01,D,,,true,\n"
		    "H8,K15,2004-01-01,D,,,true,\n"
		    "H9,K9,2000-01-01,D,,,,\nH9,K16,2004-01-01,D,,,,\nH9,K9,2006-01-01,D,,,,\n"
		    "H10,K10,2000-01-01,D,,,,\nH10,K10,2002-01-01,D,,2002-02-01,,\n"
		    "H11,K11,2000-01-01,D,,2000-02-01,,\nH11,K11,2002-01-01,D,,,,\n"
		    "H12,K12,2000-01-01,D,2005-12-31,,,\nH12,K17,2006-01-01,D,,,true,\n"
		    "H13,K13,2000-01-01,D,,,,\nH13,K18,2001-01-01,D,,,true,\nH13,K13,2002-01-01,D,,,,\n");
	office_columns_are(c, DAY, NULL,
			   "staff_number,post,post_from,post_proof\n"
			   "H1,K1,2000-01-01,1\n"
			   "H2,K2,2000-03-01,0\n"
			   "H3,-,-,-\n"
			   "H4,K4,2000-01-01,0\n"
			   "H5,K5,2004-01-02,0\n"
			   "H6,K6,2000-01-01,2\n"
			   "H7,K7,2000-01-01,0\n"
			   "H8,-,-,-\n"
			   "H9,K9,2006-01-01,0\n"
			   "H10,K10,2000-01-01,0\n"
			   "H11,K11,2000-02-01,0\n"
			   "H12,-,-,-\n"
			   "H13,K13,2000-01-01,0\n");
}

/* proves: DP-01 */
static void ratings(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	people(c, "T", 5);
	office_take(c, "rating",
		    "staff_number,tool,year,score,lowest_component,proof\n"
		    "T1,DP3,2007,91.5,80,proved\nT1,DP3,2006,90,,claimed\nT1,DP3,2005,10,10,\n"
		    "T2,DP3,2008,99,99,\nT2,DP3,2006,88,76.25,confirmed\n"
		    "T3,DP3,2005,77,,\n"
		    "T4,DP3,2007,92,78,confirmed\nT4,DP3,2006,93,79,proved\n");
	const char *heads = "staff_number,rating_score_1,rating_lowest_1,rating_score_2,rating_lowest_2,rating_proof\n";
	static const char autumn[] =
		"T1,91.5,80,90,-,0\nT2,-,-,88,76.25,2\nT3,-,-,-,-,-\nT4,92,78,93,79,1\nT5,-,-,-,-,-\n";
	static const char spring[] = "T1,-,-,91.5,80,1\nT2,99,99,-,-,0\nT3,-,-,-,-,-\nT4,-,-,92,78,2\nT5,-,-,-,-,-\n";
	office_columns_are(c, DAY, "as-reported", arena_printf(c->arena, "%s%s", heads, autumn));
	office_columns_are(c, DAY, NULL, arena_printf(c->arena, "%s%s", heads, autumn));
	office_columns_are(c, date_of(2009, 4, 1), "as-regulated", arena_printf(c->arena, "%s%s", heads, spring));
}

/* X1 light; X2 and X3 a last day on and before the day; X4 without end; X5 the later end; X6 and X7 one without end
 * beside one with, in both orders; X8 the same end twice; X9 decided a day late; X10 a light one that runs longer. */
static void sanctions(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	people(c, "X", 10);
	office_take(c, "sanction",
		    "staff_number,kind,decided_on,grace_until,decree\n"
		    "X1,oral-reprimand,2008-09-01,2009-01-31,D\n"
		    "X2,pay-cut,2008-01-01,2008-10-01,D\n"
		    "X3,pay-cut,2008-01-01,2008-09-30,D\n"
		    "X4,demotion,2008-01-01,,D\n"
		    "X5,pay-cut,2008-01-01,2009-12-31,D\nX5,increment-delay,2008-02-01,2009-01-31,D\n"
		    "X6,demotion,2008-01-01,,D\nX6,pay-cut,2008-02-01,2009-01-31,D\n"
		    "X7,pay-cut,2008-01-01,2009-01-31,D\nX7,demotion,2008-02-01,,D\n"
		    "X8,pay-cut,2008-01-01,2009-01-31,D\nX8,promotion-delay,2008-02-01,2009-01-31,D\n"
		    "X9,pay-cut,2008-10-02,2009-10-01,D\n"
		    "X10,pay-cut,2008-01-01,2008-12-31,D\nX10,written-warning,2008-02-01,2009-12-31,D\n");
	office_columns_are(c, DAY, "as-regulated",
			   "staff_number,sanction,sanction_until\n"
			   "X1,-,-\n"
			   "X2,pay-cut,2008-10-01\n"
			   "X3,-,-\n"
			   "X4,demotion,-\n"
			   "X5,pay-cut,2009-12-31\n"
			   "X6,demotion,-\n"
			   "X7,demotion,-\n"
			   "X8,promotion-delay,2009-01-31\n"
			   "X9,-,-\n"
			   "X10,pay-cut,2008-12-31\n");
	/* Where no rule asks for severities, every sanction counts. */
	office_columns_are(c, DAY, "as-reported",
			   "staff_number,sanction,sanction_until\n"
			   "X1,oral-reprimand,2009-01-31\n"
			   "X2,pay-cut,2008-10-01\n"
			   "X3,-,-\n"
			   "X4,demotion,-\n"
			   "X5,pay-cut,2009-12-31\n"
			   "X6,demotion,-\n"
			   "X7,demotion,-\n"
			   "X8,promotion-delay,2009-01-31\n"
			   "X9,-,-\n"
			   "X10,written-warning,2009-12-31\n");
}

int staff_inputs_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(of_the_person), SPOT_CASE(ranks),   SPOT_CASE(days_on_unpaid_leave),
		SPOT_CASE(posts_held),    SPOT_CASE(ratings), SPOT_CASE(sanctions),
	};
	return spot_run("staff: inputs", cases, COUNT(cases));
}
