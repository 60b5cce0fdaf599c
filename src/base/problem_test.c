#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/problem.h"

static void prints(struct problem x, const char *out)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	problem_print(&x, &b);
	assert_string_equal(buf_str(&b), out);
}

static void a_problem_says_where_what_and_what_to_do(void **state)
{
	(void)state;
	prints((struct problem){ "ratings.csv", 4, 0, "score", "140 is above 100", "give 0 to 100" },
	       "ratings.csv, row 4, column score: 140 is above 100; give 0 to 100");
	prints((struct problem){ "ratings.csv", 0, 0, NULL, "no head", "add one" }, "ratings.csv: no head; add one");
	prints((struct problem){ "pack.yaml", 7, 3, "ceiling", "unknown key", "remove it" },
	       "pack.yaml:7:3, column ceiling: unknown key; remove it");
	prints((struct problem){ NULL, 7, 0, "unit", "unknown", "" }, "row 7, column unit: unknown");
	prints((struct problem){ NULL, 0, 0, "unit", "unknown", "name one" }, "column unit: unknown; name one");
	prints((struct problem){ NULL, 0, 0, NULL, "closed", "wait" }, "closed; wait");
}

static void the_todo_is_what_the_format_says(void **state)
{
	(void)state;
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	problem_at(&p, "f.csv", 2, "name", "\"%s\" is taken; choose another than %s", "a; b", "x; y");
	assert_string_equal(p.list[0].what, "\"a; b\" is taken");
	assert_string_equal(p.list[0].todo, "choose another than x; y");
	problem_at(&p, "f.csv", 2, "name", "one; two %d; three %d%%", 2, 3);
	assert_string_equal(p.list[1].what, "one; two 2");
	assert_string_equal(p.list[1].todo, "three 3%");
	problem_at(&p, NULL, 0, NULL, "only this");
	assert_string_equal(p.list[2].what, "only this");
	assert_string_equal(p.list[2].todo, "");
}

/* The translation is parted as the text is, and what is filled in is said in its language too. */
static void problems_are_said_in_the_readers_language(void **state)
{
	(void)state;
	struct problems p CLEANUP(problems_release) = { .lang = lang_find(STR("id")) };
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	problem_at(&p, "f.csv", 2, "unit", "row %zu has the same key; keep one of the two", (size_t)7);
	problems_print(&p, &b);
	assert_string_equal(buf_str(&b),
			    "f.csv, baris 2, kolom unit: baris 7 mempunyai kunci yang sama; simpan salah satunya\n");
	assert_string_equal(problem_day(&p, date_of(2008, 10, 1)), "1 Oktober 2008");
	assert_string_equal(problem_word(&p, "unit", "Unit"), "unit kerja");
	assert_string_equal(problem_word(&p, "tool", "DP3"), "DP3");
	p.lang = NULL;
	assert_string_equal(problem_day(&p, date_of(2008, 10, 1)), "1 October 2008");
	assert_string_equal(problem_word(&p, "unit_kind", "Kind of unit"), "unit_kind");
}

static void texts_are_copied(void **state)
{
	(void)state;
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	char file[] = "a.csv";
	problem_add(&p, (struct problem){ .file = file, .what = file, .todo = file });
	file[0] = 'z';
	assert_string_equal(p.list[0].file, "a.csv");
	assert_string_equal(p.list[0].todo, "a.csv");
}

static void all_are_counted_and_a_thousand_kept(void **state)
{
	(void)state;
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	for (size_t i = 0; i < 5211; i++)
		problem_at(&p, "f.csv", i + 2, NULL, "wrong; mend");
	assert_int_equal(p.count, 5211);
	assert_int_equal(p.kept, PROBLEMS_KEPT);
	problems_print(&p, &b);
	assert_string_equal(strrchr(b.p, ';') + 7, "… and 4,211 more problems\n");
	p.count = 1001;
	buf_reset(&b);
	problems_print(&p, &b);
	assert_string_equal(strrchr(b.p, ';') + 7, "… and 1 more problem\n");
	p.count = 1000 + 2000034;
	buf_reset(&b);
	problems_print(&p, &b);
	assert_string_equal(strrchr(b.p, ';') + 7, "… and 2,000,034 more problems\n");
}

static void sorting_by_row_keeps_the_order_within(void **state)
{
	(void)state;
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	static const size_t rows[] = { 5, 2, 9, 2, 5, 0 };
	for (size_t i = 0; i < COUNT(rows); i++)
		problem_add(&p, (struct problem){ .row = rows[i], .place = i, .what = "x" });
	problems_sort(&p);
	static const size_t order[] = { 5, 1, 3, 0, 4, 2 };
	for (size_t i = 0; i < COUNT(order); i++)
		assert_int_equal(p.list[i].place, order[i]);
}

int problem_test(void);
int problem_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_problem_says_where_what_and_what_to_do),
		cmocka_unit_test(the_todo_is_what_the_format_says),
		cmocka_unit_test(problems_are_said_in_the_readers_language),
		cmocka_unit_test(texts_are_copied),
		cmocka_unit_test(all_are_counted_and_a_thousand_kept),
		cmocka_unit_test(sorting_by_row_keeps_the_order_within),
	};
	return cmocka_run_group_tests_name("problem", tests, NULL, NULL);
}
