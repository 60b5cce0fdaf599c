#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/pack_test.h"

/* Writes one table into an otherwise good pack; "" expected: it is read. */
static void table(const char *path, const char *text, const char *expected)
{
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	pack_test_make(&f);
	pack_test_write(&f, path, text);
	if (*expected)
		pack_test_refuses(&f, expected);
	else
		pack_free(pack_test_read(&f));
}

static void heads(void **state)
{
	(void)state;
	table("schooling.csv", "code\nlow\nhigh\n",
	      "PACK/schooling.csv, row 1, column order: the column is missing; add it (columns: code, order)\n");
	table("schooling.csv", "code,order,height\nlow,1,2\nhigh,2,\n",
	      "PACK/schooling.csv, row 1, column height: the table schooling knows no such column; remove it or "
	      "correct its name "
	      "(columns: code, order)\n");
	table("schooling.csv", "order,code\n1,low\n2,high\n",
	      "PACK/schooling.csv, row 1, column code: the codes do not stand first; make code the first column\n");
	table("schooling.csv", "code;order;source\nlow;1;a\nhigh;2;b\n", "");
}

static void values(void **state)
{
	(void)state;
	table("scale.csv", "grade,years,amount,share\na,0,1,140\n",
	      "PACK/scale.csv, row 2, column share: \"140\" is not a percentage; write a number from 0 to 100 with at "
	      "most two "
	      "decimals, such as 79.5\n");
	table("scale.csv", "grade,years,amount,share\na,0,1,1.234\n",
	      "PACK/scale.csv, row 2, column share: \"1.234\" is not a percentage; write a number from 0 to 100 with "
	      "at most two "
	      "decimals, such as 79.5\n");
	table("scale.csv", "grade,years,amount\na,four,1\n",
	      "PACK/scale.csv, row 2, column years: \"four\" is not a whole number; write digits only, such as 4, "
	      "and no more than 1,000,000\n");
	table("scale.csv", "grade,years,amount\na,1,\n",
	      "PACK/scale.csv, row 2, column amount: the cell is empty; write an amount\n");
	table("scale.csv", "grade,years,amount\na,1,-5\n",
	      "PACK/scale.csv, row 2, column amount: \"-5\" is not an amount; write a whole number of the smallest "
	      "unit without "
	      "points or commas\n");
	table("scale.csv", "grade,years,amount,day,since,paid\na,1,5,02-30,2007-02-29,maybe\n",
	      "PACK/scale.csv, row 2, column day: \"02-30\" is not a day of the year; write month and day as MM-DD, "
	      "such as 10-01\n"
	      "PACK/scale.csv, row 2, column since: \"2007-02-29\" is not a date; write a day that exists as "
	      "YYYY-MM-DD\n"
	      "PACK/scale.csv, row 2, column paid: \"maybe\" is not yes or no; write true or false\n");
	table("scale.csv", "grade,years,amount,with\na,1,5,low;low\n",
	      "PACK/scale.csv, row 2, column with: low stands twice in the list; remove one\n");
	table("schooling.csv", "code,order\nlow,1\nhi gh,2\n",
	      "PACK/schooling.csv, row 3, column code: \"hi gh\" is not a code; write at most 64 letters, digits and "
	      "the signs / - "
	      "_ . without blanks\n");
}

static void marks(void **state)
{
	(void)state;
	table("schooling.csv", "code,order,assumption,from,to\nlow,1,perhaps,,\nhigh,2,,2008-01-01,2007-01-01\n",
	      "PACK/schooling.csv, row 2, column assumption: \"perhaps\" is not yes or no; write true or false\n"
	      "PACK/schooling.csv, row 3, column to: the last day lies before the first; correct from or to\n");
}

static void keys(void **state)
{
	(void)state;
	table("schooling.csv", "code,order\nlow,1\nhigh,2\nlow,3\n",
	      "PACK/schooling.csv, row 4, column code: low stands already in row 2 for the same days; keep one, or "
	      "part their "
	      "days by from and to\n");
	table("scale.csv", "grade,years,amount\na,0,1\na,1,1\na,0,2\n",
	      "PACK/scale.csv, row 4, column grade: a 0 stands already in row 2 for the same days; keep one, or part "
	      "their days "
	      "by from and to\n");
	table("schooling.csv", "code,order,from,to\nlow,1,,2001-01-01\nhigh,2,,\nlow,3,2001-01-02,\n", "");
	table("schooling.csv", "code,order,from,to\nlow,1,,2001-01-01\nhigh,2,,\nlow,3,2001-01-01,\n",
	      "PACK/schooling.csv, row 4, column code: low stands already in row 2 for the same days; keep one, or "
	      "part their "
	      "days by from and to\n");
}

/* What the CSV reader itself refuses comes through with its own words. */
static void broken_files(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	CLEANUP(problems_release) struct problems p = PROBLEMS_INIT;
	struct pack *k = NULL;
	pack_test_make(&f);
	pack_test_write(&f, "schooling.csv", "code,order\nlow,1\nhigh\n");
	assert_int_equal(pack_read(f.path, &pack_test_reader, &p, &k), E_INVALID);
	assert_int_equal(p.list[0].row, 3);
	assert_non_null(strstr(p.list[0].file, "schooling.csv"));
}

int table_test(void);
int table_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads), cmocka_unit_test(values),       cmocka_unit_test(marks),
		cmocka_unit_test(keys),  cmocka_unit_test(broken_files),
	};
	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
