#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/codes.h"
#include "policy/pack_test.h"

enum { A = 1, B, C, LOW, HIGH };

struct named {
	struct pack_test_folder folder;
	struct code_index *index;
	const struct codes *codes;
};

static void open_named(struct named *t, const char *grades)
{
	pack_test_make(&t->folder);
	pack_test_write(&t->folder, "grades.csv", grades);
	CLEANUP(pack_free_p) struct pack *pack = pack_test_read(&t->folder);
	t->index = code_index_new();
	code_index_add(t->index, A, STR("grades"), STR("a"));
	code_index_add(t->index, B, STR("grades"), STR("b"));
	code_index_add(t->index, C, STR("grades"), STR("c"));
	code_index_add(t->index, LOW, STR("schooling"), STR("low"));
	code_index_add(t->index, HIGH, STR("schooling"), STR("high"));
	code_index_use(t->index, pack);
	t->codes = code_index_codes(t->index);
}

static void close_named(struct named *t)
{
	code_index_free(t->index);
	pack_test_remove(&t->folder);
}

static void reads(const struct named *t, int64_t number, const char *tag, const char *expected)
{
	struct str s = t->codes->label(t->codes->arg, number, tag);
	if (!str_is(s, expected))
		fail_msg("%lld is read in %s as \"%.*s\", not as \"%s\"", (long long)number, tag, (int)s.n, s.p,
			 expected);
}

#define HEAD "code,order,title,min_schooling,name_id,label,name_fil,from,to\n"

/* The pack is gone when people read. */
static void codes_are_read_in_the_language_of_the_reader(void **state)
{
	(void)state;
	CLEANUP(close_named) struct named t = { 0 };
	open_named(&t, HEAD "a,1,Lamp boy,low,Anak lampu,,Batang ilaw,,\n"
			    "b,2,Keeper,low,Penjaga lama,,,,2004-12-31\n"
			    "b,2,Keeper,low,Penjaga,,,2005-01-01,\n"
			    "c,3,Master,high,Nakhoda,\"Nakhoda, c\",,,\n");
	reads(&t, A, "id", "Anak lampu");
	reads(&t, A, "fil", "Batang ilaw");
	reads(&t, A, "en", "Lamp boy");
	reads(&t, B, "id", "Penjaga");
	reads(&t, B, "fil", "Keeper");
	reads(&t, C, "id", "Nakhoda, c");
	reads(&t, C, "en", "Nakhoda, c");
	reads(&t, LOW, "id", "low");
	reads(&t, 99, "id", "");
	reads(&t, 0, "id", "");
}

static void choices_stand_in_the_order_of_their_table(void **state)
{
	(void)state;
	CLEANUP(close_named) struct named t = { 0 };
	int64_t list[8];
	open_named(&t, HEAD "a,3,Lamp boy,low,,,,,\n"
			    "b,2,Keeper,low,,,,,2004-12-31\n"
			    "c,1,Master,high,,,,,\n");
	date day = date_of(2008, 1, 1);
	assert_int_equal(t.codes->choices(t.codes->arg, "grades", day, list, COUNT(list)), 2);
	assert_int_equal(list[0], C);
	assert_int_equal(list[1], A);
	assert_int_equal(t.codes->choices(t.codes->arg, "grades", date_of(2004, 12, 31), list, COUNT(list)), 3);
	assert_int_equal(list[1], B);
	assert_int_equal(t.codes->choices(t.codes->arg, "grades", DATE_NONE, list, 2), 2);
	assert_int_equal(list[1], B);
	assert_int_equal(t.codes->choices(t.codes->arg, "schooling", day, list, COUNT(list)), 2);
	assert_int_equal(list[0], LOW);
	assert_int_equal(t.codes->choices(t.codes->arg, "nothing", day, list, COUNT(list)), 0);
}

static void a_name_is_in_a_language_or_refused(void **state)
{
	(void)state;
	struct pack_test_folder f CLEANUP(pack_test_remove);
	pack_test_make(&f);
	pack_test_write(&f, "grades.csv", "code,order,min_schooling,name_ID,name_indonesia\na,1,low,x,y\n");
	pack_test_refuses(&f,
			  "PACK/grades.csv, row 1, column name_ID: the table grades knows no such column; remove it "
			  "or correct its name (columns: code, order, title, min_schooling)\n"
			  "PACK/grades.csv, row 1, column name_indonesia: the table grades knows no such column; "
			  "remove it or correct its name (columns: code, order, title, min_schooling)\n");
}

int codes_test(void);
int codes_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_read_in_the_language_of_the_reader),
		cmocka_unit_test(choices_stand_in_the_order_of_their_table),
		cmocka_unit_test(a_name_is_in_a_language_or_refused),
	};
	return cmocka_run_group_tests_name("names of codes", tests, NULL, NULL);
}
