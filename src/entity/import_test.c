/* import_test.c - files in: what is taken, what is refused and with which words, and that nothing is half done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
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

static struct import_counts taken(struct ctx *c, const struct entity *e, const char *text)
{
	struct import_counts n = { 0 };

	fixture_took(c, e, text, NULL, &n);
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
	assert_int_equal(fixture_import(c, e, text, o, &n), E_INVALID);
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
	assert_int_equal(fixture_import(c, &fixture_place,
					"code,name,kind,valid_from,colour\nX,X,light,2000-01-01,red\n",
					&(struct import_options){ .ignore_extra = true }, &n),
			 E_OK);
	assert_int_equal(n.added, 1);
}

static void cells(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);

	refused(c, &fixture_grade_history,
		"number,grade,valid_from,decree,proof\n"
		"100,1/a,2001-02-30,A,\n"
		"100,7/q,2001-02-01,A,\n"
		"999,1/a,2001-02-01,A,\n"
		"100,1/a,2001-03-01,,guessed\n"
		"101,1/a,1949-03-01,A,\n"
		"102,,,A,\n",
		"file.csv, row 2, column valid_from: \"2001-02-30\" is no day of the calendar; write it as YYYY-MM-DD\n"
		"file.csv, row 3, column grade: \"7/q\" is not in the table grade on 1 February 2001; use one of 1/a, "
		"1/b, "
		"2/a\n"
		"file.csv, row 4, column number: no keeper has the number 999; import it first, or correct the cell\n"
		"file.csv, row 5, column decree: the cell is empty, but decree is needed; fill it\n"
		"file.csv, row 5, column proof: \"guessed\" is not a word of the list; write one of claimed, proved, "
		"confirmed\n"
		"file.csv, row 6, column valid_from: 1 March 1949 is before the birth_date, 2 June 1955; correct one "
		"of the "
		"two dates\n"
		"file.csv, row 7, column valid_from: the day is missing; write it as YYYY-MM-DD\n"
		"file.csv, row 7, column grade: the cell is empty, but grade is needed; fill it\n");
	refused(c, &fixture_mark, "number,tool,year,score\n100,lamp,2007,140\n101,lamp,2007,12.345\n102,lamp,1700,3\n",
		"file.csv, row 2, column score: 140 is not between 0 and 100; write the percentage, like 79.5\n"
		"file.csv, row 3, column score: \"12.345\" is not a number with at most two decimals; write it like "
		"79.5\n"
		"file.csv, row 4, column year: 1700 is not between 1900 and 2200; write a number in between\n");
	refused(c, &fixture_mark, "number,tool,year,score\n102,lamp,1950,3\n",
		"file.csv, row 2, column year: 31 December 1950 is before the birth_date, 3 July 1960; correct one of "
		"the two dates\n");
	refused(c, &fixture_grade_history, "number,grade,valid_from,decree\n100,1/a,2001-01-01,\"SK\n12\"\n",
		"file.csv, row 2, column decree: it holds a line break; write it in one line\n");
	refused(c, &fixture_seat_history, "number,seat,valid_from,decree,until\n100,S9,2000-01-01,A,1999-01-01\n",
		"file.csv, row 2, column seat: no seat has the code S9; import it first, or correct the cell\n"
		"file.csv, row 2, column until: the last day 1 January 1999 is before the first day 1 January 2000; "
		"correct one of them\n");
}

/* Who is known from a day may have ratings and ranks of earlier days; only those before birth are refused. What a fact
 * points to must have existed. */
static void facts_older_than_the_first_version(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);

	taken(c, &fixture_mark, "number,tool,year,score\n101,lamp,1984,80\n102,horn,1990,80\n");
	taken(c, &fixture_grade_history, "number,grade,valid_from,decree\n101,1/a,1979-04-01,A\n");
	refused(c, &fixture_seat_history, "number,seat,valid_from,decree\n102,S1,1984-01-01,A\n",
		"file.csv, row 2, column seat: the seat \"S1\" exists from 1 January 1985 on, not yet on 1 January "
		"1984; correct the date or choose another\n");
	refused(c, &fixture_grade_history, "number,grade,valid_from,decree\n101,1/a,1955-06-01,A\n",
		"file.csv, row 2, column valid_from: 1 June 1955 is before the birth_date, 2 June 1955; correct one of "
		"the two dates\n");
}

static void keys_twice(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);

	taken(c, &fixture_keeper,
	      "number,name,sex,birth_date,schooling,joined_on,former_number,number_from\n"
	      "200,Ana Keeper,F,1950-05-01,master,1980-03-01,100,2000-01-01\n");
	assert_int_equal(count(c, "SELECT count(*) FROM keeper"), 3);
	refused(c, &fixture_mark, "number,tool,year,score\n100,lamp,2007,80\n101,lamp,2007,70\n200,lamp,2007,80\n",
		"file.csv, row 4, column number: row 2 has the same key; keep one of the two\n");
	refused(c, &fixture_keeper,
		"number,name,sex,birth_date,schooling,joined_on,former_number\n"
		"300,Dewi,F,1970-01-01,master,1990-01-01,101\n"
		"102,Citra Rocks,F,1960-07-03,diploma,1990-03-01,101\n"
		"K9,Eko,M,1970-01-01,master,1990-01-01,\n",
		"file.csv, row 3, column former_number: 102 and 101 belong to two different records; no number may "
		"belong to two: correct one of them\n"
		"file.csv, row 4, column number: K9 looks like an inner code of Merit and belongs to nobody; write the "
		"number under which people know the keeper\n");
}

static void seats_and_trees(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);

	refused(c, &fixture_seat_history,
		"number,seat,valid_from,decree,until\n"
		"100,S1,1990-01-01,A,\n"
		"101,S1,1995-01-01,B,\n",
		"file.csv, row 3, column seat: the seat S1 is held by 100 from 1990-01-01 and would be held by 101 "
		"from "
		"1995-01-01 at the same time; end one of the two first, or correct the seat\n");
	taken(c, &fixture_seat_history,
	      "number,seat,valid_from,decree,until,acting\n"
	      "100,S1,1990-01-01,A,1994-12-31,\n"
	      "101,S1,1995-01-01,B,,\n"
	      "102,S1,1995-01-01,B,,true\n");
	refused(c, &fixture_seat_history, "number,seat,valid_from,decree\n102,S1,1998-01-01,C\n",
		"file.csv, row 2, column seat: the seat S1 is held by 101 from 1995-01-01 and would be held by 102 "
		"from 1998-01-01 at the same time; end one of the two first, or correct the seat\n");
	refused(c, &fixture_place,
		"code,name,parent,kind,valid_from\n"
		"X,X,Z,light,2000-01-01\n"
		"Y,Y,X,light,2000-01-01\n"
		"Z,Z,Y,light,2000-01-01\n"
		"V,V,W,light,2000-01-01\n",
		"file.csv, row 2, column parent: on 2000-01-01 the place would stand under itself (X → Z → Y "
		"→ X); give one of them another parent\n"
		"file.csv, row 3, column parent: on 2000-01-01 the place would stand under itself (Y → X → Z "
		"→ Y); give one of them another parent\n"
		"file.csv, row 4, column parent: on 2000-01-01 the place would stand under itself (Z → Y → X "
		"→ Z); give one of them another parent\n"
		"file.csv, row 5, column parent: no place has the code W, neither here nor before; add it to the file, "
		"or correct the cell\n");
	refused(c, &fixture_place, "code,name,parent,kind,valid_from\nQ,Q,R,light,2000-01-01\nR,R,C,light,2001-01-01\n",
		"file.csv, row 2, column parent: the place \"R\" exists from 1 January 2001 on, not yet on 1 January "
		"2000; correct the date or choose another\n");
}

static void same_key_again(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);
	struct import_options right = { .correct = true, .reason = "the decree was misread" };
	struct import_counts n =
		taken(c, &fixture_mark, "number,tool,year,score,lowest\n100,lamp,2007,80,70\n101,lamp,2007,60,\n");
	int64_t entries = count(c, "SELECT count(*) FROM entry");

	n = taken(c, &fixture_mark, "number,tool,year,score\n100,lamp,2007,80.0\n");
	assert_int_equal(n.unchanged, 1);
	assert_int_equal(n.position, 0);
	assert_int_equal(count(c, "SELECT count(*) FROM entry"), entries);
	refused(c, &fixture_mark, "number,tool,year,score\n100,lamp,2007,81\n",
		"file.csv, row 2, column score: the same key already stands with 80, here 81; correct the cell, or "
		"import "
		"with --correct --reason TEXT if it was recorded wrongly\n");
	assert_int_equal(fixture_import(c, &fixture_mark,
					"number,tool,year,score\n100,lamp,2007,81\n101,lamp,2007,60\n", &right, &n),
			 E_OK);
	assert_int_equal(n.corrected, 1);
	assert_int_equal(n.unchanged, 1);
	assert_int_equal(count(c, "SELECT count(*) FROM mark"), 3);
	assert_int_equal(count(c, "SELECT lowest FROM mark WHERE vid = 3"), 7000); /* a column that is absent stays */
	assert_int_equal(count(c, "SELECT known_to FROM mark WHERE vid = 1"), n.position);
	assert_int_equal(count(c, "SELECT rec FROM mark WHERE vid = 3"), 1);
	assert_int_equal(fixture_import(c, &fixture_mark, "number,tool,year,score\n100,lamp,2007,81\n",
					&(struct import_options){ .correct = true }, &n),
			 E_USAGE);
	assert_true(fixture_said(c, NULL, "a correction needs a reason; give it with --reason TEXT"));
}

static void changes_of_a_thing(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);
	struct import_counts n;

	n = taken(c, &fixture_keeper,
		  "number,name,sex,birth_date,schooling,joined_on,valid_from\n"
		  "100,Ana Married,F,1950-05-01,master,1980-03-01,2000-01-01\n");
	assert_int_equal(n.changed, 1);
	/* Learnt late: a new schooling from 1990 goes on into the version of 2000, which had copied it; the name does
	 * not. */
	n = taken(c, &fixture_keeper,
		  "number,name,sex,birth_date,schooling,joined_on,valid_from\n"
		  "100,Ana Keeper,F,1950-05-01,primary,1980-03-01,1990-01-01\n");
	assert_int_equal(n.changed, 1);
	assert_int_equal(count(c, "SELECT count(*) FROM keeper_v WHERE id = 1 AND known_to IS NULL"), 3);
	struct record *r;
	assert_int_equal(read_thing(c, &fixture_keeper, 1, (struct moment){ date_of(2001, 1, 1), 0 }, &r), E_OK);
	assert_true(str_is(r->v[KEEPER_NAME].t, "Ana Married"));
	assert_int_equal(r->v[KEEPER_SCHOOLING].i, fixture_codes.number(NULL, "schooling", STR("primary")));
	assert_int_equal(count(c, "SELECT count(*) FROM keeper_now WHERE id = 1 AND name = 'Ana Married'"), 1);
	int64_t ids[4];
	size_t found;
	assert_int_equal(search(c, &fixture_keeper, STR("ana"), ids, 4, &found), E_OK);
	assert_int_equal(found, 1);
}

static void numbers_of_people(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);
	int64_t id;

	/* A new number whose former one is known is that person; not stated, it holds from the day of import. */
	taken(c, &fixture_keeper,
	      "number,name,sex,birth_date,schooling,joined_on,former_number\n"
	      "500,Ana Keeper,F,1950-05-01,master,1980-03-01,100\n"
	      "501,Eka,F,1970-05-01,master,1995-03-01,401\n");
	assert_int_equal(key_find(c, &fixture_keeper, STR("500"), &id), E_OK);
	assert_int_equal(id, 1);
	assert_int_equal(key_find(c, &fixture_keeper, STR("401"), &id), E_OK);
	assert_int_equal(id, 4);
	assert_int_equal(count(c, "SELECT valid_from FROM keeper_number WHERE number = '500'"), c->today);
	assert_int_equal(count(c, "SELECT valid_from FROM keeper_number WHERE number = '401'"), date_of(1995, 3, 1));
	assert_int_equal(count(c, "SELECT count(*) FROM keeper_now WHERE code = '500'"), 1);
	/* Rows in any order, two versions of one person under two numbers. */
	taken(c, &fixture_keeper,
	      "number,name,sex,birth_date,schooling,joined_on,valid_from,former_number,number_from\n"
	      "601,Fajar New,M,1970-05-01,master,1995-03-01,2005-01-01,600,2005-01-01\n"
	      "600,Fajar Old,M,1970-05-01,master,1995-03-01,,,\n");
	assert_int_equal(count(c, "SELECT count(*) FROM keeper"), 5);
	assert_int_equal(count(c, "SELECT count(*) FROM keeper_v WHERE id = 5"), 2);
	assert_int_equal(count(c, "SELECT count(*) FROM keeper_number WHERE owner = 5"), 2);
}

static void dry_and_empty(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);
	int64_t entries = count(c, "SELECT count(*) FROM entry");
	struct import_counts n;

	assert_int_equal(fixture_import(c, &fixture_mark, "number,tool,year,score\r\n100,lamp,2007,80\r\n",
					&(struct import_options){ .dry_run = true }, &n),
			 E_OK);
	assert_int_equal(n.added, 1);
	assert_int_equal(n.position, 0);
	assert_int_equal(count(c, "SELECT count(*) FROM mark"), 0);
	assert_int_equal(count(c, "SELECT count(*) FROM entry"), entries);
	n = taken(c, &fixture_mark, "number;tool;year;score\n");
	assert_int_equal(n.rows, 0);
	assert_int_equal(n.position, 0);
	n = taken(c, &fixture_mark, "\xEF\xBB\xBFnumber;tool;year;score\n100;lamp;2007;80.5\n");
	assert_int_equal(n.added, 1);
}

/* A statement that fails, as on a full disk, at any place: nothing is half done, and the same file goes in afterwards.
 */
static void nothing_half_done(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);
	const char *text = "number,name,sex,birth_date,schooling,joined_on,former_number,number_from\n"
			   "100,Ana Keeper,F,1950-05-01,master,1980-03-01,,\n"
			   "700,Gita,F,1970-05-01,master,1995-03-01,699,2000-01-01\n";
	struct import_counts n;
	bool done = false;

	for (long at = 1; at < 400 && !done; at++) {
		int64_t people = count(c, "SELECT count(*) FROM keeper_v"),
			words = count(c, "SELECT count(*) FROM term");
		int64_t entries = count(c, "SELECT count(*) FROM entry");
		store_fail_after(c->store, at);
		enum err e = fixture_import(c, &fixture_keeper, text, &(struct import_options){ 0 }, &n);
		store_fail_after(c->store, 0);
		done = e == E_OK;
		if (done)
			break;
		assert_int_equal(e, E_FAULT);
		assert_int_equal(count(c, "SELECT count(*) FROM keeper_v"), people);
		assert_int_equal(count(c, "SELECT count(*) FROM term"), words);
		assert_int_equal(count(c, "SELECT count(*) FROM entry"), entries);
	}
	assert_true(done);
	assert_int_equal(n.added, 1);
	assert_int_equal(count(c, "SELECT count(*) FROM keeper"), 4);
}

static void counts_all_problems(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct import_counts n;

	buf_text(&b, "number,tool,year,score\n");
	for (int i = 0; i < 5000; i++)
		buf_printf(&b, "100,lamp,%d,140\n", 1900 + i % 200);
	assert_int_equal(fixture_import(c, &fixture_mark, buf_str(&b), &(struct import_options){ 0 }, &n), E_INVALID);
	assert_int_equal(c->problems->kept, PROBLEMS_KEPT);
	assert_true(c->problems->count >= 5000);
	assert_int_equal(c->problems->list[0].row, 2);
	for (size_t i = 1; i < PROBLEMS_KEPT; i++)
		assert_true(c->problems->list[i].row >= c->problems->list[i - 1].row);
	assert_true(c->problems->list[999].row < 1100);
	fixture_forget(c);
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

/* All problems, without the folder of the mapping file before its name. */
static void said_of_mapping(struct ctx *c, const char *folder, const char *lines)
{
	struct buf said CLEANUP(buf_release) = BUF_INIT;

	for (size_t i = 0; i < c->problems->kept; i++) {
		struct problem x = c->problems->list[i];
		if (strncmp(x.file, folder, strlen(folder)) == 0)
			x.file += strlen(folder) + 1;
		problem_print(&x, &said);
		buf_char(&said, '\n');
	}
	assert_string_equal(buf_str(&said), lines);
	fixture_forget(c);
}

static void maps_columns(void **state)
{
	struct spot *p = *state;
	struct ctx *c CLEANUP(ctx_close_p) = filled(p);
	char path[128];
	struct import_options o = { .map_path = path };
	struct import_counts n;
	const char *text = "Nomor,Alat,Tahun,Nilai,Warna\n100,lamp,2007,80,red\n";

	snprintf(path, sizeof path, "%s/map.csv", p->folder);
	write_file(path, "file_column,column\nNomor,number\nAlat,tool\nTahun,year\nNilai,score\nWarna,\n");
	assert_int_equal(fixture_import(c, &fixture_mark, text, &o, &n), E_OK);
	assert_int_equal(n.added, 1);
	write_file(path, "file_column,column\nNomor,number\nAlat,tool\nTahun,year\nNilai,points\nWarna,\nBunyi,\n"
			 "Warna,score\n");
	assert_int_equal(fixture_import(c, &fixture_mark, text, &o, &n), E_INVALID);
	said_of_mapping(c, p->folder,
			"file.csv, row 1, column score: the file has no column of this name; add it, or map another "
			"to it with --map\n"
			"map.csv, row 5, column column: mark has no column \"points\"; take one that `merit "
			"describe mark` shows\n"
			"map.csv, row 7, column file_column: file.csv has no column \"Bunyi\"; correct the name or "
			"remove this row\n"
			"map.csv, row 8, column file_column: row 6 maps \"Warna\" already; remove one of the two\n");
	write_file(path, "file_column,column\nNomor,number\nAlat,tool\nTahun,year\nNilai,score\nWarna,year\n");
	assert_int_equal(fixture_import(c, &fixture_mark, text, &o, &n), E_INVALID);
	said_of_mapping(c, p->folder,
			"map.csv, row 6, column column: two columns of the file are taken as year; map one of them "
			"to nothing\n");
	write_file(path, "from,to\nNomor,number\n");
	assert_int_equal(fixture_import(c, &fixture_mark, text, &o, &n), E_INVALID);
	said_of_mapping(c, p->folder,
			"map.csv, row 1, column file_column: a mapping file has the head file_column,column; write "
			"that as its first row\n");
}

int import_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(takes_the_files),
		SPOT_CASE(heads),
		SPOT_CASE(cells),
		SPOT_CASE(facts_older_than_the_first_version),
		SPOT_CASE(keys_twice),
		SPOT_CASE(seats_and_trees),
		SPOT_CASE(same_key_again),
		SPOT_CASE(changes_of_a_thing),
		SPOT_CASE(numbers_of_people),
		SPOT_CASE(dry_and_empty),
		SPOT_CASE(nothing_half_done),
		SPOT_CASE(counts_all_problems),
		SPOT_CASE(maps_columns),
	};

	return spot_run("import", cases, COUNT(cases));
}
