/* import_test.c - files in: what is taken, what is refused and with which words, and that nothing is half done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "base/csv.h"
#include "entity/change.h"
#include "entity/io.h"
#include "entity/read.h"

int import_test(void);

static const char places[] = "code,name,parent,kind,valid_from\n"
			     "C,The coast,,coast,1980-01-01\n"
			     "D1,North district,C,district,1980-01-01\n"
			     "L1,Old light,D1,light,1985-01-01\n"
			     "L2,New light,D1,light,1990-01-01\n";
static const char keepers[] = "number,name,sex,birth_date,schooling,joined_on\n"
			      "100,Ana Keeper,F,1950-05-01,master,1980-03-01\n"
			      "101,Budi Waves,M,1955-06-02,primary,1985-03-01\n"
			      "102,Citra Rocks,F,1960-07-03,diploma,1990-03-01\n";
static const char seats[] = "code,title,place,grade_low,heads_place,valid_from\n"
			    "S1,Head of the old light,L1,1/a,true,1985-01-01\n"
			    "S2,Second of the old light,L1,,,1985-01-01\n";

static enum err import_as(struct ctx *c, const struct entity *e, const char *text, const struct import_options *o,
			  struct import_counts *ret)
{
	struct csv *csv CLEANUP(csv_free_p) = NULL;

	TRY(csv_read("file.csv", str_of(text), c->problems, &csv));
	return import_csv(c, e, csv, o, ret);
}

static struct import_counts taken(struct ctx *c, const struct entity *e, const char *text)
{
	struct import_counts n = { 0 };
	enum err err = import_as(c, e, text, &(struct import_options){ 0 }, &n);

	if (err != E_OK) {
		struct buf b CLEANUP(buf_release) = BUF_INIT;
		problems_print(c->problems, &b);
		print_message("%s: %d %s\n%s", e->name, (int)err, fault_text(), buf_str(&b));
	}
	assert_int_equal(err, E_OK);
	return n;
}

static int64_t count(struct ctx *c, const char *sql)
{
	int64_t n;

	assert_int_equal(store_get_int(c->store, sql, -1, &n), E_OK);
	return n;
}

/* Refused with exactly these lines, and nothing in the store has moved. */
static void refused_as(struct ctx *c, const struct entity *e, const char *text, const struct import_options *o,
		       const char *lines)
{
	struct buf said CLEANUP(buf_release) = BUF_INIT;
	struct import_counts n;
	int64_t entries = count(c, "SELECT count(*) FROM entry"), words = count(c, "SELECT count(*) FROM term");
	int64_t people = count(c, "SELECT count(*) FROM keeper_v"),
		held = count(c, "SELECT count(*) FROM seat_history");

	fixture_forget(c);
	assert_int_equal(import_as(c, e, text, o, &n), E_INVALID);
	problems_print(c->problems, &said);
	assert_string_equal(buf_str(&said), lines);
	fixture_forget(c);
	assert_int_equal(count(c, "SELECT count(*) FROM entry"), entries);
	assert_int_equal(count(c, "SELECT count(*) FROM term"), words);
	assert_int_equal(count(c, "SELECT count(*) FROM keeper_v"), people);
	assert_int_equal(count(c, "SELECT count(*) FROM seat_history"), held);
}

static void refused(struct ctx *c, const struct entity *e, const char *text, const char *lines)
{
	refused_as(c, e, text, &(struct import_options){ 0 }, lines);
}

static struct ctx *filled(struct spot *p)
{
	struct ctx *c = fixture_open(p, &fixture_registry);

	taken(c, &fixture_place, places);
	taken(c, &fixture_keeper, keepers);
	taken(c, &fixture_seat, seats);
	return c;
}

static void takes_the_files(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct import_counts n = taken(c, &fixture_place, places);

	assert_int_equal(n.rows, 4);
	assert_int_equal(n.added, 4);
	assert_int_equal(n.position, count(c, "SELECT max(seq) FROM entry"));
	n = taken(c, &fixture_keeper, keepers);
	assert_int_equal(n.added, 3);
	assert_int_equal(n.assumed, 1); /* "diploma" */
	assert_int_equal(count(c, "SELECT count(*) FROM keeper_number"), 3);
	n = taken(c, &fixture_seat, seats);
	assert_int_equal(n.added, 2);
	n = taken(c, &fixture_seat_history,
		  "number,seat,valid_from,decree,until\n101,S1,1986-01-01,A,\n100,S2,1986-01-01,B,1990-12-31\n");
	assert_int_equal(n.added, 2);
	assert_int_equal(count(c, "SELECT owner FROM seat_history WHERE vid = 1"), 1); /* stored in owner order */
	assert_int_equal(count(c, "SELECT seat FROM keeper_now WHERE id = 2"), 1);
	assert_int_equal(count(c, "SELECT seat FROM keeper_now WHERE id = 1"), -1);
	assert_int_equal(count(c, "SELECT place FROM keeper_now WHERE id = 2"), 3);
	int64_t ids[8];
	size_t found;
	assert_int_equal(search(c, &fixture_keeper, STR("bud wav"), ids, 8, &found), E_OK);
	assert_int_equal(found, 1);
	assert_int_equal(ids[0], 2);
	assert_int_equal(search(c, &fixture_keeper, STR("10"), ids, 8, &found), E_OK);
	assert_int_equal(found, 3);
}

static void heads(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);
	struct import_counts n;

	refused(c, &fixture_place, "code,name,kind,valid_from,colour\nX,X,light,2000-01-01,red\n",
		"file.csv, row 1, column colour: place has no such column (it has code, valid_from, name, parent, "
		"kind); "
		"rename it, map it with --map, or leave it out with --ignore-extra\n");
	refused(c, &fixture_place, "code,kind,valid_from\nX,light,2000-01-01\n",
		"file.csv, row 1, column name: the file has no column of this name; add it, or map another to it with "
		"--map\n");
	assert_int_equal(import_as(c, &fixture_place, "code,name,kind,valid_from,colour\nX,X,light,2000-01-01,red\n",
				   &(struct import_options){ .ignore_extra = true }, &n),
			 E_OK);
	assert_int_equal(n.added, 1);
}

static void cells(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);

	refused(c, &fixture_grade_history,
		"number,grade,valid_from,decree\n"
		"100,1/a,2001-02-30,A\n"
		"100,7/q,2001-02-01,A\n"
		"999,1/a,2001-02-01,A\n"
		"100,1/a,2001-03-01,\n"
		"101,1/a,1949-03-01,A\n",
		"");
	refused(c, &fixture_mark, "number,tool,year,score\n100,lamp,2007,140\n101,lamp,2007,12.345\n", "");
}

static void twice(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);

	taken(c, &fixture_keeper,
	      "number,name,sex,birth_date,schooling,joined_on,former_number,number_from\n"
	      "200,Ana Keeper,F,1950-05-01,master,1980-03-01,100,2000-01-01\n");
	refused(c, &fixture_mark, "number,tool,year,score\n100,lamp,2007,80\n101,lamp,2007,70\n200,lamp,2007,80\n", "");
}

int import_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(takes_the_files),
		SPOT_CASE(heads),
		SPOT_CASE(cells),
		SPOT_CASE(twice),
	};

	return spot_run("import", cases, COUNT(cases));
}
