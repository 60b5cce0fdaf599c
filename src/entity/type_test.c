/* What people write in a cell, and what they are told. */
#include "../../tests/help/fixture.h"
#include "entity/ctx.h"
#include "entity/type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int type_test(void);

static void rows_and_the_list_agree(void **state)
{
	(void)state;
#define X(name, letters, what)                                                                                         \
	assert_string_equal(type_rows[T_##name].columns, letters);                                                     \
	assert_string_equal(type_rows[T_##name].words, what);
	TYPE_LIST(X)
#undef X
	for (int i = 0; i < T_COUNT; i++)
		assert_non_null(type_rows[i].fits);
}

/* A context without a store is enough for what looks up codes only. */
static struct ctx *desk(struct arena *a, struct problems *p)
{
	static struct ctx c;
	c = (struct ctx){ .codes = &fixture_codes, .arena = a, .problems = p };
	return &c;
}

static void reads(int field, const char *text, const char *again)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct value v;
	const struct field *f = &fixture_specimen.fields[field];
	assert_true(value_parse(desk(&a, &p), f, str_of(text), date_of(2008, 1, 1), &v, &p, NULL, 0));
	value_text(desk(&a, &p), f, &v, &b);
	assert_string_equal(buf_str(&b), again);
}

static void refuses(const struct field *f, const char *text, const char *says)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct value v = { .i = 42 };
	assert_false(value_parse(desk(&a, &p), f, str_of(text), date_of(2008, 1, 1), &v, &p, "f.csv", 3));
	assert_int_equal(p.count, 1);
	assert_int_equal(v.i, 42);
	problem_print(&p.list[0], &b);
	assert_string_equal(buf_str(&b), says);
}

static void what_is_written_is_read(void **state)
{
	(void)state;
	reads(SPECIMEN_INT, "-5", "-5");
	reads(SPECIMEN_INT, "0", "0");
	reads(SPECIMEN_PERCENT, "79.50", "79.5");
	reads(SPECIMEN_PERCENT, "100", "100");
	reads(SPECIMEN_MONEY, "1500000.25 IDR", "1500000.25 IDR");
	reads(SPECIMEN_DATE, "2008-02-29", "2008-02-29");
	reads(SPECIMEN_MONTH, "2008-02", "2008-02");
	reads(SPECIMEN_BOOL, "true", "true");
	reads(SPECIMEN_ENUM, "white", "white");
	reads(SPECIMEN_PACK, "diploma", "diploma-3");
	reads(SPECIMEN_NAMES, "{ \"id\": \"Pelabuhan\", \"en\": \"Harbour\" }",
	      "{\"en\":\"Harbour\",\"id\":\"Pelabuhan\"}");
	reads(SPECIMEN_NOTE, "one\ntwo", "one\ntwo");
	reads(SPECIMEN_NOTE, "", "");
}

static void what_does_not_fit_is_said_in_words(void **state)
{
	(void)state;
	const struct field *f = fixture_specimen.fields;
	refuses(&f[SPECIMEN_INT], "12a",
		"f.csv, row 3, column whole: \"12a\" is not a whole number; write digits only");
	refuses(&f[SPECIMEN_INT], "501",
		"f.csv, row 3, column whole: 501 is not between -5 and 500; write a number in between");
	refuses(&f[SPECIMEN_PERCENT], "140",
		"f.csv, row 3, column percent: 140 is not between 0 and 100; write the percentage, like 79.5");
	refuses(&f[SPECIMEN_PERCENT], "79,5",
		"f.csv, row 3, column percent: \"79,5\" is not a number with at most two decimals; write it like 79.5");
	refuses(&f[SPECIMEN_DATE], "2008-02-30",
		"f.csv, row 3, column date: \"2008-02-30\" is no day of the calendar; write it as YYYY-MM-DD");
	refuses(&f[SPECIMEN_MONTH], "2008-13",
		"f.csv, row 3, column month: \"2008-13\" is no month; write it as YYYY-MM");
	refuses(&f[SPECIMEN_BOOL], "yes",
		"f.csv, row 3, column bool: \"yes\" is neither true nor false; write one of them");
	refuses(&f[SPECIMEN_ENUM], "blue",
		"f.csv, row 3, column enum: \"blue\" is not a word of the list; write one of red, white, green");
	refuses(&f[SPECIMEN_PACK], "doctor",
		"f.csv, row 3, column pack: \"doctor\" is not in the table schooling on 1 January 2008; use one of "
		"primary, "
		"diploma-3, master");
	refuses(&fixture_grade_history.fields[0], "9/z",
		"f.csv, row 3, column grade: \"9/z\" is not in the table grade on 1 January 2008; use one of 1/a, 1/b, "
		"2/a");
	refuses(&f[SPECIMEN_CODE], "a b",
		"f.csv, row 3, column code: \"a b\" holds a blank; write the code without one");
	refuses(&f[SPECIMEN_CODE], "1.98503E+17",
		"f.csv, row 3, column code: 1.98503E+17 is a long number that a spreadsheet cut short; make the column "
		"text, type the number again and save once more");
	refuses(&f[SPECIMEN_TEXT], "a\xff", "f.csv, row 3, column line: byte 2 is not UTF-8; save the text as UTF-8");
	refuses(&f[SPECIMEN_TEXT], "a\nb", "f.csv, row 3, column line: it holds a line break; write it in one line");
	refuses(&f[SPECIMEN_TEXT], "a\r\nb", "f.csv, row 3, column line: it holds a line break; write it in one line");
	refuses(&f[SPECIMEN_TEXT], "a\x07\nb", "f.csv, row 3, column line: it holds a control character; remove it");
	refuses(&f[SPECIMEN_NOTE], "a\n\x07", "f.csv, row 3, column note: it holds a control character; remove it");
	refuses(&f[SPECIMEN_TEXT], "12345678901234567890123456789012345678901",
		"f.csv, row 3, column line: it has 41 characters, 1 too many; shorten it to 40");
	refuses(&f[SPECIMEN_MONEY], "12",
		"f.csv, row 3, column money: \"12\" is not an amount with its currency; write it like "
		"1500000 IDR");
	refuses(&f[SPECIMEN_NAMES], "Harbour",
		"f.csv, row 3, column names: \"Harbour\" is not a text a language; write it like "
		"{\"en\":\"Harbour\",\"id\":\"Pelabuhan\"}");
}

int type_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_and_the_list_agree),
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(what_does_not_fit_is_said_in_words),
	};
	return cmocka_run_group_tests_name("type", tests, NULL, NULL);
}
