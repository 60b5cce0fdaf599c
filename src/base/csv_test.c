#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/csv.h"

#include <unistd.h>

/* Reads bytes and compares heads and rows, joined by | and each ended by a line end. */
static void reads_n(struct str bytes, const char *expected)
{
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct csv *c CLEANUP(csv_free_p) = NULL;
	if (csv_read("f.csv", bytes, &p, &c) != E_OK) {
		problems_print(&p, &b);
		fail_msg("%s", buf_str(&b));
	}
	struct str cells[16];
	for (size_t i = 0; i < csv_columns(c); i++)
		buf_printf(&b, "%.*s|", (int)csv_head(c, i).n, csv_head(c, i).p);
	for (size_t r = 0; r < csv_rows(c); r++) {
		buf_printf(&b, "\n%zu:", csv_row_number(c, r));
		csv_row(c, r, cells);
		for (size_t i = 0; i < csv_columns(c); i++)
			buf_printf(&b, "%.*s|", (int)cells[i].n, cells[i].p);
	}
	assert_string_equal(b.p, expected);
	assert_int_equal(p.count, 0);
}

static void reads(const char *bytes, const char *expected)
{
	reads_n(str_of(bytes), expected);
}

static void refuses_n(struct str bytes, const char *expected)
{
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct csv *c = NULL;
	assert_int_equal(csv_read("f.csv", bytes, &p, &c), E_INVALID);
	assert_null(c);
	problems_print(&p, &b);
	assert_string_equal(buf_str(&b), expected);
}

static void refuses(const char *bytes, const char *expected)
{
	refuses_n(str_of(bytes), expected);
}

static void plain_files(void **state)
{
	(void)state;
	reads("a,b\n1,2\n3,4\n", "a|b|\n2:1|2|\n3:3|4|");
	reads("a,b\n1,2\n3,4", "a|b|\n2:1|2|\n3:3|4|");
	reads("a,b\r\n1,2\r\n3,4\r\n", "a|b|\n2:1|2|\n3:3|4|");
	reads("a,b\r1,2\r", "a|b|\n2:1|2|");
	reads("\xef\xbb\xbf"
	      "a,b\n1,\n,2\n",
	      "a|b|\n2:1||\n3:|2|");
	reads("a\n", "a|");
	reads("a", "a|");
	reads(" a , b\t\n  1 ,\xc2\xa0"
	      "2\xc2\xa0\n",
	      "a|b|\n2:1|2|");
}

static void quoted_cells(void **state)
{
	(void)state;
	reads("a,b\n\"x,y\",\"say \"\"so\"\"\"\n", "a|b|\n2:x,y|say \"so\"|");
	reads("a,b\n\"line one\nline two\",2\n3,4\n", "a|b|\n2:line one\nline two|2|\n3:3|4|");
	reads("\"a;x\",\"b\"\r\n\" 1 \",\"\"\r\n", "a;x|b|\n2:1||");
	reads("a,b\n \"1\" , \"2\" \n", "a|b|\n2:1|2|");
}

/* Plain rows and rows that only libcsv can read, one after another. */
static void rows_of_both_ways(void **state)
{
	(void)state;
	reads("a,b\n1,2\n\"x\"\"y\",\"p\nq\"\n3,4\r\n\"m\rn\",5\r\"k\nl\",6\n7,8\n\"\"\"\",9\n\"z\",\"\"\n",
	      "a|b|\n2:1|2|\n3:x\"y|p\nq|\n4:3|4|\n5:m\rn|5|\n6:k\nl|6|\n7:7|8|\n8:\"|9|\n9:z||");
	reads("a\n1\n\n\"2\"\n \n3\r4\n5\r\n\r\n6", "a|\n2:1|\n4:2|\n6:3|\n7:4|\n8:5|\n10:6|");
}

static void the_head_tells_the_separator(void **state)
{
	(void)state;
	reads("a;b\n1,5;2\n", "a|b|\n2:1,5|2|");
	reads("\"a,x,y\";b\n1;2\n", "a,x,y|b|\n2:1|2|");
	reads("\n\na;b;c\n1;2;3\n", "a|b|c|\n4:1|2|3|");
	reads("a\n1;2\n", "a|\n2:1;2|");
}

static void empty_rows_are_skipped_and_counted(void **state)
{
	(void)state;
	reads("a,b\n\n1,2\n,\n   \n3,4\n\n", "a|b|\n3:1|2|\n6:3|4|");
	reads("a,b\r\n\r\n1,2\r\n\r\n\r\n3,4\r\n", "a|b|\n3:1|2|\n6:3|4|");
	reads("\n,,\na,b\n1,2\n,,,,\n3,4\n", "a|b|\n4:1|2|\n6:3|4|");
	reads("a,b\n\"\",\" \"\n1,2\n", "a|b|\n3:1|2|");
}

static void rows_of_other_length_are_all_named(void **state)
{
	(void)state;
	refuses("a,b,c\n1,2\n1,2,3\n\n1,2,3,4\n,x\n", "f.csv, row 2, column c: the row is short, it has 2 cells and "
						      "the head has 3; add the cells that lack, empty "
						      "if need be\n"
						      "f.csv, row 5: the row is long, it has 4 cells and the head has "
						      "3; put a cell that holds the separator in "
						      "quotation marks, or remove the cells too many\n"
						      "f.csv, row 6, column c: the row is short, it has 2 cells and "
						      "the head has 3; add the cells that lack, empty "
						      "if need be\n");
}

static void heads_must_be_there_and_differ(void **state)
{
	(void)state;
	refuses("", "f.csv: the file has no head; begin it with a row of column names\n");
	refuses("\xef\xbb\xbf\n , \n", "f.csv: the file has no head; begin it with a row of column names\n");
	refuses("a,,b,a\n",
		"f.csv, row 1: cell 2 of the head is empty; name the column, or delete it in all rows\n"
		"f.csv, row 1, column a: cells 1 and 4 of the head are alike; give each column a name of its own\n");
}

static void quotation_marks_out_of_place(void **state)
{
	(void)state;
	refuses("a,b\n1,2\n3,\"4\n5,6\n",
		"f.csv, row 3, column b: a quotation mark is opened and never closed; close the cell, or "
		"write a mark inside it twice\n");
	refuses("a,b\n\n1,\"2\"x\n",
		"f.csv, row 3, column b: text follows a closing quotation mark; write each mark inside a "
		"quoted cell twice\n");
	refuses("a,b\n5\" pipe,2\n",
		"f.csv, row 2, column a: a quotation mark stands inside a cell that does not begin with one; "
		"put the cell in quotation marks and write each mark inside it twice\n");
	refuses("a,\"b\n",
		"f.csv, row 1: a quotation mark is opened and never closed; close the cell, or write a mark inside it "
		"twice\n");
}

static void other_encodings(void **state)
{
	(void)state;
	refuses("a,b\n1,2\n3,Jos\xe9\n4,\xe9\n",
		"f.csv, row 3, column b: the text is not UTF-8 from here on (byte 0xe9); save the "
		"file as \"CSV UTF-8\"\n");
	refuses("a,\xe9\n",
		"f.csv, row 1: the text is not UTF-8 from here on (byte 0xe9); save the file as \"CSV UTF-8\"\n");
	const char *wide =
		"f.csv: the file is not UTF-8 text (it looks like UTF-16 or a workbook); save it as \"CSV UTF-8\"\n";
	refuses_n(STR("\xff\xfe"
		      "a\0,\0b\0\n\0"),
		  wide);
	refuses_n(STR("a,b\n1,\0\n"), wide);
}

static void columns_are_found_by_name(void **state)
{
	(void)state;
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	struct csv *c CLEANUP(csv_free_p) = NULL;
	assert_int_equal(csv_read("units.csv", STR("code, name\nA,B\n"), &p, &c), E_OK);
	assert_int_equal(csv_find(c, "name"), 1);
	assert_int_equal(csv_find(c, "Name"), -1);
	assert_string_equal(csv_name(c), "units.csv");
}

static void reads_file(const char *path, size_t rows)
{
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	struct csv *c CLEANUP(csv_free_p) = NULL;
	assert_int_equal(csv_read_file(path, &p, &c), E_OK);
	assert_int_equal(csv_rows(c), rows);
	struct str cells[3];
	char want[64];
	for (size_t r = 0; r < rows; r++) {
		csv_row(c, r, cells);
		snprintf(want, sizeof want, "name \"%zu\",", r);
		if (!str_is(cells[1], want) || csv_row_number(c, r) != r + 2)
			fail_msg("row %zu is %.*s", r, (int)cells[1].n, cells[1].p);
	}
}

/* Large enough for every buffer to grow; every cell needs its quotes removed in place. */
static void files_are_read_whole(void **state)
{
	(void)state;
	char path[] = "/tmp/merit-csv-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	FILE *f = fdopen(fd, "w");
	fputs("\xef\xbb\xbf"
	      "number,name,empty\r\n",
	      f);
	for (size_t r = 0; r < 50000; r++)
		fprintf(f, "%zu, \"name \"\"%zu\"\",\",\r\n", r, r);
	fclose(f);
	reads_file(path, 50000);
	unlink(path);
}

static void a_file_that_cannot_be_read_says_so(void **state)
{
	(void)state;
	static const char *const paths[] = { "/nowhere/units.csv", "/tmp" };
	for (size_t i = 0; i < COUNT(paths); i++) {
		struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
		struct csv *c = NULL;
		assert_int_equal(csv_read_file(paths[i], &p, &c), E_MISSING);
		assert_int_equal(p.count, 1);
		assert_string_equal(p.list[0].file, paths[i]);
		assert_string_equal(p.list[0].todo, "check its name and who may read it");
	}
}

/* Each head is compared with all others: a million of them would never end. */
static void heads_are_not_without_number(void **state)
{
	(void)state;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	struct csv *c = NULL;
	for (int i = 0; i < 200000; i++)
		buf_printf(&b, "h%d,", i);
	buf_text(&b, "last\n");
	assert_int_equal(csv_read("wide.csv", (struct str){ b.p, b.n }, &p, &c), E_INVALID);
	assert_string_equal(p.list[0].what, "the head has 200001 columns and 1000 are the most");
	assert_string_equal(p.list[0].todo, "delete those that nobody reads");
}

int csv_test(void);
int csv_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_files),
		cmocka_unit_test(quoted_cells),
		cmocka_unit_test(rows_of_both_ways),
		cmocka_unit_test(the_head_tells_the_separator),
		cmocka_unit_test(empty_rows_are_skipped_and_counted),
		cmocka_unit_test(rows_of_other_length_are_all_named),
		cmocka_unit_test(heads_must_be_there_and_differ),
		cmocka_unit_test(quotation_marks_out_of_place),
		cmocka_unit_test(other_encodings),
		cmocka_unit_test(columns_are_found_by_name),
		cmocka_unit_test(files_are_read_whole),
		cmocka_unit_test(heads_are_not_without_number),
		cmocka_unit_test(a_file_that_cannot_be_read_says_so),
	};
	return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
