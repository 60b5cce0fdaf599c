/* organisation_test.c - what units, posts, jobs and catalogues refuse, word by word, over both databases. */
#include "../../../tests/help/office.h"
#include "../../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "modules/organisation/organisation.h"

int organisation_test(void);

static void take_units(struct ctx *c)
{
	office_take(c, "unit",
		    "code,name,parent,kind,valid_from\n"
		    "MOF,Ministry of Finance,,ministry,1990-01-01\n"
		    "DGT,Taxes,MOF,directorate-general,1990-01-01\n");
}

static void units_are_a_tree(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	take_units(c);
	office_refuses(c, "unit",
		       "code,name,parent,kind,valid_from\n"
		       "A,One,B,division,1990-01-01\n"
		       "B,Other,A,division,1990-01-01\n",
		       "file.csv, row 2, column parent: on 1990-01-01 the unit would stand under itself (A → B → A); "
		       "give one of them another parent\n"
		       "file.csv, row 3, column parent: on 1990-01-01 the unit would stand under itself (B → A → B); "
		       "give one of them another parent\n");
	office_refuses(c, "unit",
		       "code,name,parent,kind,valid_from\n"
		       "MOF,Ministry of Finance,DGT,ministry,2000-01-01\n",
		       "file.csv, row 2, column parent: on 2000-01-01 the unit would stand under itself (MOF → DGT → "
		       "MOF); give one of them another parent\n");
	office_refuses(
		c, "unit",
		"code,name,parent,kind,valid_from\n"
		"X,Without a parent,NOPE,division,1990-01-01\n"
		"Y,Of no kind,MOF,kingdom,1990-01-01\n"
		"Z,Before its parent,MOF,division,1985-01-01\n",
		"file.csv, row 2, column parent: no unit has the code NOPE, neither here nor before; add it to the "
		"file, "
		"or correct the cell\n"
		"file.csv, row 3, column kind: \"kingdom\" is not in the table unit_kinds on 1 January 1990; use one "
		"of "
		"ministry, directorate-general, directorate, division, section, office\n"
		"file.csv, row 4, column parent: the unit \"MOF\" exists from 1 January 1990 on, not yet on 1 January "
		"1985; correct the date or choose another\n");
}

/* proves: MP-21 */
static void only_structural_posts_have_an_echelon(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	take_units(c);
	office_refuses(
		c, "post",
		"code,title,unit,category,echelon,rank_low,rank_high,valid_from\n"
		"P1,Head,MOF,structural,IIIA,IV/a,IV/b,1990-01-01\n"
		"P2,Clerk,MOF,general,IIIA,,,1990-01-01\n"
		"P3,Head,MOF,structural,,IV/a,,1990-01-01\n"
		"P4,Auditor,MOF,functional,IVA,III/a,III/d,1990-01-01\n"
		"P5,Head,MOF,structural,IIIA,IV/b,IV/a,1990-01-01\n"
		"P6,Head,MOF,structural,IIIA,IV/a,IV/a,1990-01-01\n",
		"file.csv, row 3, column echelon: a general post has no echelon; leave the cell empty or make the post "
		"structural\n"
		"file.csv, row 4, column echelon: a structural post states its echelon and its lowest and highest "
		"rank; "
		"fill in this one\n"
		"file.csv, row 4, column rank_high: a structural post states its echelon and its lowest and highest "
		"rank; fill in this one\n"
		"file.csv, row 5, column echelon: a functional post has no echelon; leave the cell empty or make the "
		"post structural\n"
		"file.csv, row 6, column rank_high: IV/a is below the rank_low, IV/b; correct one of the two\n");
	/* A functional or general post may state a band or none. */
	office_take(c, "post",
		    "code,title,unit,category,echelon,rank_low,rank_high,valid_from\n"
		    "P1,Head,MOF,structural,IIIA,IV/a,IV/b,1990-01-01\n"
		    "P2,Clerk,MOF,general,,,,1990-01-01\n"
		    "P4,Auditor,MOF,functional,,III/a,III/d,1990-01-01\n");
}

/* proves: MP-19 MP-20 */
static void posts_name_units_ranks_and_categories_that_are_there(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	take_units(c);
	office_refuses(
		c, "post",
		"code,title,unit,category,echelon,rank_low,rank_high,valid_from\n"
		"P1,Clerk,MOF,general,,V/a,III/e,1990-01-01\n"
		"P2,Clerk,NOPE,chief,,,,1990-01-01\n"
		"P3,Clerk,DGT,general,,,,1989-12-31\n"
		"P4,Clerk,MOF,,,,,1990-01-01\n",
		"file.csv, row 2, column rank_low: \"V/a\" is not in the table ranks on 1 January 1990; use one of "
		"I/a, "
		"I/b, I/c, I/d, II/a, II/b, II/c, II/d, III/a, III/b, III/c, III/d, … (+5)\n"
		"file.csv, row 2, column rank_high: \"III/e\" is not in the table ranks on 1 January 1990; use one of "
		"I/a, I/b, I/c, I/d, II/a, II/b, II/c, II/d, III/a, III/b, III/c, III/d, … (+5)\n"
		"file.csv, row 3, column unit: no unit has the code NOPE; import it first, or correct the cell\n"
		"file.csv, row 3, column category: \"chief\" is not in the table categories on 1 January 1990; use one "
		"of structural, functional, general\n"
		"file.csv, row 4, column unit: the unit \"DGT\" exists from 1 January 1990 on, not yet on 31 December "
		"1989; correct the date or choose another\n"
		"file.csv, row 5, column category: the cell is empty, but category is needed; fill it\n");
}

/* proves: MP-109 */
static void jobs_and_what_they_ask(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	office_take(c, "job_class", "code,title,valid_from\nJ1,Clerk,1990-01-01\n");
	office_take(c, "competency", "code,name,kind,scope,levels,valid_from\nC1,Counting,skill,job,5,1990-01-01\n");
	office_refuses(
		c, "job_element",
		"job_class,element,description,valid_from\n"
		"J1,,What it is called,1990-01-01\n"
		"J1,title,What it is called,1990-01-01\n"
		"J1,colour,What it looks like,1991-01-01\n",
		"file.csv, row 2, column element: the cell is empty, but element is needed; fill it\n"
		"file.csv, row 4, column element: \"colour\" is not in the table job_description_elements on 1 January "
		"1991; use one of title, level, competences, unit, reports-to, responsibilities, authority, outputs, "
		"activities, conditions\n");
	/* Elements stand beside each other, each with its own history. */
	office_take(
		c, "job_element",
		"job_class,element,description,valid_from\n"
		"J1,title,Clerk,1990-01-01\nJ1,authority,None,1990-01-01\nJ1,authority,Signs receipts,2000-01-01\n");
	office_refuses(
		c, "job_competency",
		"job_class,competency,level,valid_from\n"
		"J1,C1,21,1990-01-01\nJ1,C9,2,1991-01-01\nJ1,C1,6,1992-01-01\nJ1,,3,1993-01-01\n",
		"file.csv, row 2, column level: 21 is not between 1 and 20; write a number in between\n"
		"file.csv, row 3, column competency: no competency has the code C9; import it first, or correct the "
		"cell\n"
		"file.csv, row 4, column level: 6 is above the highest level of C1, 5; write a lower one\n"
		"file.csv, row 5, column competency: the cell is empty, but competency is needed; fill it\n");
	office_take(c, "job_competency", "job_class,competency,level,valid_from\nJ1,C1,5,1990-01-01\n");
}

/* The pack has brought its own; offices add to them. */
static void catalogues(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	office_refuses(
		c, "course", "code,title,mode,pass_mark\nexcel,Spreadsheets,telepathy,60\nword,Letters,classroom,140\n",
		"file.csv, row 2, column mode: \"telepathy\" is not in the table delivery; use one of "
		"classroom, distance, blended, workplace\n"
		"file.csv, row 3, column pass_mark: 140 is not between 0 and 100; write the percentage, like 79.5\n");
	office_refuses(
		c, "exam", "code,name\nservice-1,Another\n",
		"file.csv, row 2, column name: the same key already stands with Service examination I, here Another; "
		"correct the cell, or import with --correct --reason TEXT if it was recorded wrongly\n");
	office_take(c, "course", "code,title,mode,pass_mark\nexcel,Spreadsheets,distance,60\n");
	office_take(c, "exam", "code,name\nservice-3,Third examination\n");
}

static void the_tree_of_a_day(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	struct units *then, *now;
	office_take(c, "unit",
		    "code,name,parent,kind,valid_from\n"
		    "T,Top,,ministry,1990-01-01\nB,Second,T,division,1990-01-01\nA,First,T,division,1990-01-01\n"
		    "B1,Below,B,section,1990-01-01\nA1,Below,A,section,1990-01-01\nA1,Below,B,section,2000-01-01\n"
		    "O,Other top,,ministry,1995-01-01\n");
	int64_t t = office_unit(c, "T"), a = office_unit(c, "A"), b = office_unit(c, "B"), a1 = office_unit(c, "A1");
	int64_t o = office_unit(c, "O");
	assert_int_equal(units_load(c, (struct moment){ date_of(1994, 12, 31), 0 }, &then), E_OK);
	assert_false(units_under(then, o, o));
	assert_true(units_under(then, a1, a) && units_under(then, a1, t) && units_under(then, t, t));
	assert_false(units_under(then, a1, b) || units_under(then, t, a));
	assert_int_equal(units_load(c, (struct moment){ date_of(2000, 1, 1), 0 }, &now), E_OK);
	assert_true(units_under(now, a1, b) && !units_under(now, a1, a) && units_under(now, o, o));
	assert_int_equal(units_parent(now, a1), b);
	assert_int_equal(units_parent(now, t), 0);
	assert_int_equal(units_parent(now, 99), 0);
	assert_int_equal(units_greatest(now), 6);
}

static void the_way_up(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	const struct str *path;
	size_t n;
	take_units(c);
	assert_int_equal(unit_path(c, office_unit(c, "DGT"), (struct moment){ date_of(2008, 1, 1), 0 }, &path, &n),
			 E_OK);
	assert_int_equal(n, 2);
	assert_true(str_is(path[0], "DGT") && str_is(path[1], "MOF"));
}

int organisation_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(units_are_a_tree),
		SPOT_CASE(only_structural_posts_have_an_echelon),
		SPOT_CASE(posts_name_units_ranks_and_categories_that_are_there),
		SPOT_CASE(jobs_and_what_they_ask),
		SPOT_CASE(catalogues),
		SPOT_CASE(the_tree_of_a_day),
		SPOT_CASE(the_way_up),
	};
	return spot_run("organisation", cases, COUNT(cases));
}
