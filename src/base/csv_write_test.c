#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/csv.h"

static void cells_are_quoted_only_where_needed(void **state)
{
	(void)state;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	csv_cell_text(&b, NULL);
	csv_cell_text(&b, "plain");
	csv_cell(&b, STR("a,b"));
	csv_cell(&b, STR("a;b"));
	csv_cell_text(&b, "say \"so\"");
	csv_cell_text(&b, "two\nlines");
	csv_cell_text(&b, " blank");
	csv_cell_text(&b, "=1+1");
	csv_cell_int(&b, -61242);
	csv_row_end(&b);
	csv_cell_text(&b, "x");
	csv_row_end(&b);
	assert_string_equal(b.p,
			    ",plain,\"a,b\",\"a;b\",\"say \"\"so\"\"\",\"two\nlines\",\" blank\",'=1+1,-61242\nx\n");
}

static void what_is_written_reads_the_same(void **state)
{
	(void)state;
	static const char *const cells[][3] = { { "head one", "head;two", "head,three" },
						{ "=cmd|' /C calc'!A0", "-1+1", "@SUM(A1)" },
						{ "'=1", "''@x", "'plain" },
						{ "+62 21 344", "-12.50", "-" },
						{ "", "\"", "x" },
						{ "a\"\"b", ",",
						  "\n"
						  "y" },
						{ "", "", "last" },
						{ "\"quoted\"", "line\r\nend", "" } };
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	for (size_t r = 0; r < COUNT(cells); r++) {
		for (size_t i = 0; i < 3; i++)
			csv_cell_text(&b, cells[r][i]);
		csv_row_end(&b);
	}
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	struct csv *c CLEANUP(csv_free_p) = NULL;
	assert_int_equal(csv_read("f.csv", (struct str){ b.p, b.n }, &p, &c), E_OK);
	assert_int_equal(csv_rows(c), COUNT(cells) - 1);
	for (size_t r = 1; r < COUNT(cells); r++) {
		struct str row[3];
		csv_row(c, r - 1, row);
		for (size_t i = 0; i < 3; i++)
			assert_true(str_eq(row[i], str_trim(str_of(cells[r][i]))));
	}
}

int csv_write_test(void);
int csv_write_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_quoted_only_where_needed),
		cmocka_unit_test(what_is_written_reads_the_same),
	};
	return cmocka_run_group_tests_name("csv_write", tests, NULL, NULL);
}
