/* seniority_test.c - who stands before whom: each of these people differs from the one above in one thing; on both
 * databases. */
#include "../../../tests/help/office.h"
#include "../../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "modules/career/career.h"

int seniority_test(void);

static const char units[] = "code,name,parent,kind,valid_from\nMOF,Ministry of Finance,,ministry,1980-01-01\n"
			    "DGT,Taxes,MOF,directorate-general,1980-01-01\nMOH,Home Affairs,,ministry,1980-01-01\n";
static const char posts[] = "code,title,unit,category,echelon,rank_low,rank_high,valid_from\n"
			    "E-A,Head,MOF,structural,IIIA,IV/a,IV/b,1980-01-01\n"
			    "E-B1,Head,DGT,structural,IIIB,III/d,IV/a,1980-01-01\n"
			    "E-B2,Head,DGT,structural,IIIB,III/d,IV/a,1980-01-01\n"
			    "E-B3,Head,DGT,structural,IIIB,III/d,IV/a,1980-01-01\n"
			    "E-B4,Head,DGT,structural,IIIB,III/d,IV/a,1980-01-01\n"
			    "E-B5,Head,DGT,structural,IIIB,III/d,IV/a,1980-01-01\n"
			    "E-B6,Head,DGT,structural,IIIB,III/d,IV/a,1980-01-01\n"
			    "E-B7,Head,DGT,structural,IIIB,III/d,IV/a,1980-01-01\n"
			    "E-B8,Head,DGT,structural,IIIB,III/d,IV/a,1980-01-01\n"
			    "G-1,Clerk,DGT,general,,,,1980-01-01\nG-2,Clerk,DGT,general,,,,1980-01-01\n"
			    "G-3,Clerk,DGT,general,,,,1980-01-01\nG-4,Clerk,DGT,general,,,,1980-01-01\n"
			    "H-1,Clerk,MOH,general,,,,1980-01-01\n";
static const char people[] = "staff_number,name,sex,birth_date,education,joined_on,category\n"
			     "01,No rank,F,1940-01-01,doctorate,1980-01-01,general\n"
			     "02,Same but for the number,F,1956-01-01,diploma-4,1986-01-01,structural\n"
			     "03,Younger,F,1956-01-01,bachelor,1986-01-01,structural\n"
			     "04,Lower diploma,F,1955-01-01,bachelor,1986-01-01,structural\n"
			     "05,Lower course,F,1955-01-01,master,1986-01-01,structural\n"
			     "06,Joined later,F,1955-01-01,master,1986-01-01,structural\n"
			     "07,Later in post,F,1955-01-01,master,1985-01-01,structural\n"
			     "08,Lower echelon,F,1955-01-01,master,1985-01-01,structural\n"
			     "09,Later in rank,F,1955-01-01,master,1985-01-01,structural\n"
			     "10,Lower rank,F,1955-01-01,master,1985-01-01,structural\n"
			     "11,First,F,1970-01-01,primary,1990-01-01,general\n"
			     "12,No course,F,1930-01-01,doctorate,1986-01-01,structural\n"
			     "13,No echelon,F,1930-01-01,doctorate,1985-01-01,general\n"
			     "14,Elsewhere,F,1950-01-01,doctorate,1980-01-01,general\n"
			     "15,Retired,F,1950-01-01,doctorate,1980-01-01,general\n";
static const char ranks[] =
	"staff_number,rank,valid_from,decree\n02,III/d,2001-01-01,D\n03,III/d,2001-01-01,D\n04,III/d,2001-01-01,D\n"
	"05,III/d,2001-01-01,D\n06,III/d,2001-01-01,D\n07,III/d,2001-01-01,D\n08,III/d,2001-01-01,D\n"
	"09,III/d,2001-01-01,D\n10,III/d,2000-01-01,D\n11,IV/a,2005-01-01,D\n12,III/d,2001-01-01,D\n"
	"13,III/d,2001-01-01,D\n14,IV/e,2000-01-01,D\n15,IV/e,2000-01-01,D\n";
static const char held[] =
	"staff_number,post,valid_from,decree\n01,G-1,1990-01-01,D\n02,E-B1,2003-01-01,D\n03,E-B2,2003-01-01,D\n"
	"04,E-B3,2003-01-01,D\n05,E-B4,2003-01-01,D\n06,E-B5,2003-01-01,D\n07,E-B6,2003-01-01,D\n08,E-B7,2002-01-01,D\n"
	"09,E-A,2002-01-01,D\n10,G-2,2002-01-01,D\n11,G-3,2006-01-01,D\n12,E-B8,2003-01-01,D\n13,G-4,2002-01-01,D\n"
	"14,H-1,2002-01-01,D\n";
static const char courses[] =
	"staff_number,course,completed_on,score\n02,spama,2000-01-01,\n03,diklatpim-3,2000-01-01,\n"
	"04,spama,2000-01-01,\n05,spama,2000-01-01,\n05,adum,2001-01-01,\n06,diklatpim-2,2000-01-01,\n";

static void take_all(struct ctx *c)
{
	office_take(c, "unit", units);
	office_take(c, "post", posts);
	office_take(c, "person", people);
	office_take(c, "rank_history", ranks);
	office_take(c, "post_history", held);
	office_take(c, "course_result", courses);
	office_take(c, "status_history", "staff_number,status,valid_from,decree\n15,retired,2008-12-31,D\n");
}

static void in_the_order_of_the_rules(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	take_all(c);
	assert_int_equal(seniority_list(c, office_unit(c, "MOF"), date_of(2008, 12, 31), false, &out), E_OK);
	assert_string_equal(
		buf_str(&out),
		"place,staff_number,name,unit,rank,rank_from,echelon,post_from,joined_on,structural_course,education,"
		"birth_date\n"
		"1,11,First,DGT,IV/a,2005-01-01,,2006-01-01,1990-01-01,,primary,1970-01-01\n"
		"2,10,Lower rank,DGT,III/d,2000-01-01,,2002-01-01,1985-01-01,,master,1955-01-01\n"
		"3,09,Later in rank,MOF,III/d,2001-01-01,IIIA,2002-01-01,1985-01-01,,master,1955-01-01\n"
		"4,08,Lower echelon,DGT,III/d,2001-01-01,IIIB,2002-01-01,1985-01-01,,master,1955-01-01\n"
		"5,07,Later in post,DGT,III/d,2001-01-01,IIIB,2003-01-01,1985-01-01,,master,1955-01-01\n"
		"6,06,Joined later,DGT,III/d,2001-01-01,IIIB,2003-01-01,1986-01-01,diklatpim-2,master,1955-01-01\n"
		"7,05,Lower course,DGT,III/d,2001-01-01,IIIB,2003-01-01,1986-01-01,spama,master,1955-01-01\n"
		"8,04,Lower diploma,DGT,III/d,2001-01-01,IIIB,2003-01-01,1986-01-01,spama,bachelor,1955-01-01\n"
		"9,02,Same but for the "
		"number,DGT,III/d,2001-01-01,IIIB,2003-01-01,1986-01-01,spama,diploma-4,1956-01-01\n"
		"10,03,Younger,DGT,III/d,2001-01-01,IIIB,2003-01-01,1986-01-01,diklatpim-3,bachelor,1956-01-01\n"
		"11,12,No course,DGT,III/d,2001-01-01,IIIB,2003-01-01,1986-01-01,,doctorate,1930-01-01\n"
		"12,13,No echelon,DGT,III/d,2001-01-01,,2002-01-01,1985-01-01,,doctorate,1930-01-01\n"
		"13,01,No rank,DGT,,,,1990-01-01,1980-01-01,,doctorate,1940-01-01\n");
}

static void of_one_unit_as_json(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	take_all(c);
	assert_int_equal(seniority_list(c, office_unit(c, "MOH"), date_of(2008, 12, 31), true, &out), E_OK);
	assert_string_equal(
		buf_str(&out),
		"[\n{\"place\":\"1\",\"staff_number\":\"14\",\"name\":\"Elsewhere\",\"unit\":\"MOH\",\"rank\":"
		"\"IV/e\",\"rank_from\":\"2000-01-01\",\"echelon\":\"\",\"post_from\":\"2002-01-01\","
		"\"joined_on\":\"1980-01-01\",\"structural_course\":\"\",\"education\":\"doctorate\","
		"\"birth_date\":\"1950-01-01\"}\n]\n");
}

static void the_last_yearly_day(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	date day = DATE_NONE;
	assert_int_equal(c->today, date_of(2008, 9, 15));
	assert_int_equal(seniority_last_day(c, &day), E_OK);
	assert_int_equal(day, date_of(2007, 12, 31));
	c->today = date_of(2008, 12, 31);
	assert_int_equal(seniority_last_day(c, &day), E_OK);
	assert_int_equal(day, date_of(2008, 12, 31));
}

int seniority_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(in_the_order_of_the_rules),
		SPOT_CASE(of_one_unit_as_json),
		SPOT_CASE(the_last_yearly_day),
	};
	return spot_run("career: seniority", cases, COUNT(cases));
}
