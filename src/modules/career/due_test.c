/* due_test.c - what falls due, on the edges of the months looked at; on both databases. */
#include "../../../tests/help/office.h"
#include "../../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "modules/career/career.h"

int due_test(void);

#define DAY date_of(2008, 10, 1)

static const char units[] = "code,name,parent,kind,valid_from\n"
			    "MOF,Ministry of Finance,,ministry,1990-01-01\n"
			    "DGT,Taxes,MOF,directorate-general,1990-01-01\n"
			    "MOH,Home Affairs,,ministry,1990-01-01\n";

/* Everybody has a post of their own in the unit named, under a head of the highest rank. */
struct one {
	const char *number, *unit, *category, *education, *born;
};

static void take_staff(struct ctx *c, const struct one *v, size_t n)
{
	struct buf posts CLEANUP(buf_release) = BUF_INIT, people CLEANUP(buf_release) = BUF_INIT;
	struct buf held CLEANUP(buf_release) = BUF_INIT;
	buf_text(&posts, "code,title,unit,category,echelon,rank_low,rank_high,valid_from,heads_unit\n"
			 "HEAD,Head,MOF,structural,IA,IV/e,IV/e,1990-01-01,true\n");
	buf_text(&people, "staff_number,name,sex,birth_date,education,joined_on,category\n"
			  "0,The head,F,1960-01-01,doctorate,1985-01-01,structural\n");
	buf_text(&held, "staff_number,post,valid_from,decree\n0,HEAD,2000-01-01,D\n");
	for (size_t i = 0; i < n; i++) {
		buf_printf(&posts, "K-%s,Clerk,%s,general,,,,1990-01-01,\n", v[i].number, v[i].unit);
		buf_printf(&people, "%s,Person %s,M,%s,%s,1985-01-01,%s\n", v[i].number, v[i].number, v[i].born,
			   v[i].education, v[i].category);
		buf_printf(&held, "%s,K-%s,2000-01-01,D\n", v[i].number, v[i].number);
	}
	office_take(c, "unit", units);
	office_take(c, "post", buf_str(&posts));
	office_take(c, "person", buf_str(&people));
	office_take(c, "post_history", buf_str(&held));
	office_take(c, "rank_history",
		    "staff_number,rank,valid_from,decree,grade_years,grade_months\n0,IV/e,2000-01-01,D,32,0\n");
}

/* Kinds other than the one asked about are left out of what is compared. */
static void falls_due(struct ctx *c, int months, const char *kind, const char *expected, size_t no_grade_service)
{
	struct buf out CLEANUP(buf_release) = BUF_INIT, said CLEANUP(buf_release) = BUF_INIT;
	struct due_ask ask = { .unit = office_unit(c, "MOF"), .as_of = DAY, .months = months };
	struct due_counts n = { 0 };
	size_t rows = 0;
	assert_int_equal(due_list(c, &ask, false, &out, &n), E_OK);
	const char *wanted = arena_printf(c->arena, ",%s,", kind);
	for (const char *at = buf_str(&out), *end; *at; at = end + 1) {
		end = strchr(at, '\n');
		const char *row = arena_text(c->arena, at, (size_t)(end - at));
		rows++;
		if (at == buf_str(&out))
			assert_string_equal(row, "staff_number,name,unit,kind,due_on,lacking");
		else if (strstr(row, wanted))
			buf_printf(&said, "%s\n", row);
	}
	assert_string_equal(buf_str(&said), expected);
	assert_int_equal(n.rows, rows - 1);
	assert_int_equal(n.no_grade_service, no_grade_service);
}

/* The period by which time in rank is complete: A1 and A2 lack something else beside, A3 and A4 on the edge of the
 * window, A5 complete for long, A6 of another kind, A7 in another ministry, A8 out of service, A9 on the day itself, B1
 * between two periods, B2 put off by unpaid leave. */
static void rises_in_rank(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	static const struct one staff[] = {
		{ "A1", "DGT", "general", "bachelor", "1970-01-01" },
		{ "A2", "DGT", "general", "diploma-3", "1970-01-01" },
		{ "A3", "MOF", "general", "bachelor", "1970-01-01" },
		{ "A4", "MOF", "general", "bachelor", "1970-01-01" },
		{ "A5", "MOF", "general", "bachelor", "1970-01-01" },
		{ "A6", "MOF", "functional", "bachelor", "1970-01-01" },
		{ "A7", "MOH", "general", "bachelor", "1970-01-01" },
		{ "A8", "MOF", "general", "bachelor", "1970-01-01" },
		{ "A9", "MOF", "general", "bachelor", "1970-01-01" },
		{ "B1", "MOF", "general", "bachelor", "1970-01-01" },
		{ "B2", "MOF", "general", "bachelor", "1970-01-01" },
	};
	take_staff(c, staff, COUNT(staff));
	office_take(c, "rank_history",
		    "staff_number,rank,valid_from,decree\nA1,III/a,2005-02-01,D\nA2,II/d,2005-02-01,D\n"
		    "A3,III/a,2005-10-01,D\nA4,III/a,2005-10-02,D\nA5,III/a,2001-01-01,D\nA6,III/a,2005-02-01,D\n"
		    "A7,III/a,2005-02-01,D\nA8,III/a,2005-02-01,D\nA9,III/a,2004-10-01,D\nB1,III/a,2004-10-02,D\n"
		    "B2,III/a,2005-03-31,D\n");
	office_take(c, "status_history",
		    "staff_number,status,valid_from,decree\nA8,retired,2008-10-01,D\n"
		    "B2,unpaid-leave,2006-01-01,D\nB2,active,2006-01-03,D\n");
	office_take(c, "rating",
		    "staff_number,tool,year,score,lowest_component\nA2,DP3,2007,80,76\nA2,DP3,2006,80,76\n"
		    "A3,DP3,2007,80,76\nA3,DP3,2006,80,76\nA9,DP3,2007,80,70\nA9,DP3,2006,80,76\n"
		    "B1,DP3,2007,80,76\nB1,DP3,2006,80,76\nB2,DP3,2007,80,76\nB2,DP3,2006,80,76\n");
	office_take(c, "sanction",
		    "staff_number,kind,decided_on,grace_until,decree\nB1,pay-cut,2008-01-01,2009-03-31,D\n"
		    "A3,pay-cut,2008-01-01,2009-10-01,D\n");
	falls_due(c, 12, "rank",
		  "A9,Person A9,MOF,rank,2008-10-01,rating\n"
		  "A1,Person A1,DGT,rank,2009-04-01,rating\n"
		  "A2,Person A2,DGT,rank,2009-04-01,exam\n"
		  "B1,Person B1,MOF,rank,2009-04-01,\n"
		  "A3,Person A3,MOF,rank,2009-10-01,sanction\n"
		  "B2,Person B2,MOF,rank,2009-10-01,\n",
		  9);
	falls_due(c, 0, "rank", "A9,Person A9,MOF,rank,2008-10-01,rating\n", 9);
	falls_due(c, 18, "rank",
		  "A9,Person A9,MOF,rank,2008-10-01,rating\n"
		  "A1,Person A1,DGT,rank,2009-04-01,rating\n"
		  "A2,Person A2,DGT,rank,2009-04-01,exam\n"
		  "B1,Person B1,MOF,rank,2009-04-01,\n"
		  "A3,Person A3,MOF,rank,2009-10-01,sanction\n"
		  "B2,Person B2,MOF,rank,2009-10-01,\n"
		  "A4,Person A4,MOF,rank,2010-04-01,rating\n",
		  9);
}

/* The next printed year of the rank's scale: C1 on the day itself, C2 on a scale that begins with three years, C3 put
 * off by unpaid leave, C4 beyond the scale, C5 and C6 not stated, C7 without months, C8 on the last day of the window,
 * C9 a day after it, F1 of a round of another kind, N1 without a rank. */
static void increments(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	static const char *const numbers[] = { "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "F1", "N1" };
	struct one staff[COUNT(numbers)];
	for (size_t i = 0; i < COUNT(numbers); i++)
		staff[i] = (struct one){ numbers[i], "MOF", text_is(numbers[i], "F1") ? "functional" : "general",
					 "bachelor", "1970-01-01" };
	take_staff(c, staff, COUNT(numbers));
	office_take(c, "rank_history",
		    "staff_number,rank,valid_from,decree,grade_years,grade_months\nC1,III/a,2004-04-01,D,3,6\n"
		    "C2,II/b,2006-01-01,D,0,0\nC3,III/a,2007-02-01,D,0,0\nC4,III/a,2007-02-01,D,32,0\n"
		    "C5,III/a,2007-02-01,D,,\nC6,III/a,2003-02-01,D,1,0\nC6,III/b,2007-02-01,D,,\n"
		    "C7,III/a,2007-03-01,D,4,\nC8,III/a,2007-10-01,D,0,0\nC9,III/a,2007-10-02,D,0,0\n"
		    "F1,III/c,2006-08-31,D,9,6\n");
	office_take(c, "status_history",
		    "staff_number,status,valid_from,decree\nC3,unpaid-leave,2008-01-01,D\nC3,active,2008-01-11,D\n");
	falls_due(c, 12, "increment",
		  "C1,Person C1,MOF,increment,2008-10-01,\n"
		  "C2,Person C2,MOF,increment,2009-01-01,\n"
		  "C3,Person C3,MOF,increment,2009-02-11,\n"
		  "F1,Person F1,MOF,increment,2009-02-28,\n"
		  "C7,Person C7,MOF,increment,2009-03-01,\n"
		  "C8,Person C8,MOF,increment,2009-10-01,\n",
		  2);
}

/* The end of the month in which the general age is reached; and the last days of sanctions, light ones too. */
static void retirements_and_sanctions(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	static const struct one staff[] = {
		{ "R1", "MOF", "general", "bachelor", "1952-10-31" },
		{ "R2", "MOF", "general", "bachelor", "1953-10-01" },
		{ "R3", "DGT", "general", "bachelor", "1953-09-01" },
		{ "R4", "MOF", "general", "bachelor", "1952-09-30" },
		{ "R5", "MOH", "general", "bachelor", "1953-01-01" },
		{ "R6", "MOF", "general", "bachelor", "1953-02-28" },
	};
	take_staff(c, staff, COUNT(staff));
	office_take(
		c, "sanction",
		"staff_number,kind,decided_on,grace_until,decree\nR1,pay-cut,2008-01-01,2008-10-01,D\n"
		"R2,pay-cut,2008-01-01,2008-09-30,D\nR3,oral-reprimand,2008-01-01,2009-10-01,D\n"
		"R4,pay-cut,2008-01-01,2009-10-02,D\nR5,pay-cut,2008-01-01,2008-12-31,D\n"
		"R6,demotion,2008-01-01,,D\nR6,pay-cut,2008-02-01,2009-01-31,D\nR6,pay-cut,2008-10-02,2009-06-30,D\n");
	falls_due(c, 12, "retirement",
		  "R1,Person R1,MOF,retirement,2008-10-31,\nR6,Person R6,MOF,retirement,2009-02-28,\n"
		  "R3,Person R3,DGT,retirement,2009-09-30,\n",
		  0);
	falls_due(c, 13, "retirement",
		  "R1,Person R1,MOF,retirement,2008-10-31,\nR6,Person R6,MOF,retirement,2009-02-28,\n"
		  "R3,Person R3,DGT,retirement,2009-09-30,\nR2,Person R2,MOF,retirement,2009-10-31,\n",
		  0);
	falls_due(c, 12, "sanction-end",
		  "R1,Person R1,MOF,sanction-end,2008-10-01,\nR6,Person R6,MOF,sanction-end,2009-01-31,\n"
		  "R3,Person R3,DGT,sanction-end,2009-10-01,\n",
		  0);
}

/* Months not given: those of the rules. As JSON: the same rows. */
static void as_json_for_the_months_of_the_rules(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	static const struct one staff[] = { { "R1", "MOF", "general", "bachelor", "1953-09-30" },
					    { "R2", "MOF", "general", "bachelor", "1953-10-01" } };
	take_staff(c, staff, COUNT(staff));
	struct due_ask ask = { .unit = office_unit(c, "MOF"), .as_of = DAY, .months = -1 };
	struct due_counts n;
	assert_int_equal(due_list(c, &ask, true, &out, &n), E_OK);
	assert_string_equal(buf_str(&out),
			    "[\n{\"staff_number\":\"R1\",\"name\":\"Person R1\",\"unit\":\"MOF\",\"kind\":"
			    "\"retirement\",\"due_on\":\"2009-09-30\",\"lacking\":\"\"}\n]\n");
	assert_int_equal(n.rows, 1);
}

int due_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(rises_in_rank),
		SPOT_CASE(increments),
		SPOT_CASE(retirements_and_sanctions),
		SPOT_CASE(as_json_for_the_months_of_the_rules),
	};
	return spot_run("career: due list", cases, COUNT(cases));
}
