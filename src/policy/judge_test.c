#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/pack_test.h"

static struct str code_text(void *arg, const char *of, int32_t number)
{
	static const char *const courses[] = { "adum", "spama" }, *const grades[] = { "a", "b" };
	(void)arg;
	return str_of((text_is(of, "courses") ? courses : grades)[number]);
}

static struct str code_label(void *arg, const char *of, int32_t number, const char *lang_tag)
{
	(void)arg;
	return text_is(of, "grades") && number == 1
		       ? str_of(text_is(lang_tag, "id") ? "Penata, b" : "Superintendent, b")
		       : (struct str){ 0 };
}

static const struct codebook codes = { NULL, NULL, code_text, code_label };
static struct verdicts verdicts;

static const char *value(const struct judge *j, int32_t first, int32_t second)
{
	static char shown[128];
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	verdicts.value[0][0] = first;
	verdicts.value[1][0] = second;
	judge_value_text(j, &verdicts, 0, &codes, NULL, &b);
	snprintf(shown, sizeof(shown), "%s", buf_str(&b));
	return shown;
}

static void values(void **state)
{
	(void)state;
	const struct judge months = { .value = V_MONTHS }, percents = { .value = V_PERCENTS },
			   nothing = { .value = V_NONE };
	const struct judge one = { .value = V_CODE, .value_of = "grades" };
	const struct judge either = { .value = V_CODE, .value_of = "grades courses" };
	assert_string_equal(value(&months, 44, NONE), "44");
	assert_string_equal(value(&months, NONE, NONE), "");
	assert_string_equal(value(&percents, 9100, 8850), "91;88.5");
	assert_string_equal(value(&percents, NONE, 8850), ";88.5");
	assert_string_equal(value(&percents, 7605, NONE), "76.05;");
	assert_string_equal(value(&percents, NONE, NONE), ";");
	assert_string_equal(value(&percents, 9100, NOT_LOOKED_AT), "91");
	verdicts.met[0] = NOT_ASKED;
	assert_string_equal(value(&percents, NONE, NONE), "");
	verdicts.met[0] = NO;
	assert_string_equal(value(&nothing, 3, 4), "");
	assert_string_equal(value(&one, 1, NONE), "b");
	assert_string_equal(value(&one, NONE, NONE), "");
	assert_string_equal(value(&either, 1, 0), "b");
	assert_string_equal(value(&either, 1, 1), "spama");
}

/* clang-format off */
static const struct input_column columns[] = {
	{ "grade_from", I_DAY,     NULL,     false },
	{ "grade",      I_CODE,    "grades", false },
	{ "score",      I_PERCENT, NULL,     true },
	{ "acting",     I_FLAG,    NULL,     false },
	{ "count",      I_NUMBER,  NULL,     false },
};
/* clang-format on */
static const struct input_column *const in_order[] = { &columns[0], &columns[1], &columns[2], &columns[3],
						       &columns[4] };

struct told {
	struct param params[4];
	struct criterion c;
	int32_t values[5];
	const int32_t *in[5];
	struct judge_block b;
};

static void tell(struct told *t)
{
	static const struct str kinds[] = { { "x", 1 }, { "y", 1 } };
	*t = (struct told){ .values = { date_of(2005, 2, 1), 1, 7650, 0, 12 } };
	t->params[0] = (struct param){ .set = true, .i = 4, .t = STR("4") };
	t->params[1] = (struct param){ .set = true, .i = 7950, .t = STR("79.50") };
	t->params[2] = (struct param){ .set = true, .list = kinds, .n = 2 };
	t->c = (struct criterion){ .name = STR("time"), .judge = &pack_test_judge, .params = t->params };
	for (size_t i = 0; i < 5; i++)
		t->in[i] = &t->values[i];
	t->b = (struct judge_block){
		.n = 1, .as_of = date_of(2008, 10, 1), .in = t->in, .out = &verdicts, .columns = in_order
	};
	verdicts.met[0] = NO;
	verdicts.reason[0] = 0;
	verdicts.value[0][0] = 44;
	verdicts.complete_on[0] = date_of(2009, 2, 1);
}

static void says(const struct told *t, enum audience who, const char *expected)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	judge_sentence(&t->c, &t->b, 0, who, &codes, &b);
	assert_string_equal(buf_str(&b), expected);
}

static void sentences(void **state)
{
	(void)state;
	struct told t;
	tell(&t);
	says(&t, FOR_PERSON, "time in grade 3 years 8 months of 4 years, complete on 1 February 2009");
	says(&t, FOR_COMMITTEE, "3 years 8 months of 4 years by 1 October 2008");
	says(&t, FOR_OTHER, "too early");
	verdicts.value[0][0] = 1;
	t.params[0].i = 1;
	says(&t, FOR_COMMITTEE, "1 month of 1 year by 1 October 2008");
	verdicts.value[0][0] = 0;
	says(&t, FOR_COMMITTEE, "0 months of 1 year by 1 October 2008");
	verdicts.value[0][0] = NONE;
	says(&t, FOR_COMMITTEE, "not stated of 1 year by 1 October 2008");
	verdicts.value[0][0] = 24;
	says(&t, FOR_COMMITTEE, "2 years of 1 year by 1 October 2008");
}

static void sentences_are_said_in_the_readers_language(void **state)
{
	(void)state;
	struct told t;
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	tell(&t);
	t.b.lang = lang_find(STR("id"));
	verdicts.reason[0] = 1;
	says(&t, FOR_PERSON,
	     "in grade since 1 Februari 2005, Penata, b, 76,5, acting tidak, number 12, years 4, minimum 79,5, kinds "
	     "x, y, "
	     "the judge's own word, {nobody}");
	verdicts.reason[0] = 0;
	says(&t, FOR_COMMITTEE, "3 tahun 8 bulan of 4 tahun by 1 Oktober 2008");
	t.c.confidential = true;
	says(&t, FOR_OTHER, "suatu syarat dalam berkas pegawai belum terpenuhi");
	t.b.lang = LANG_ENGLISH;
	says(&t, FOR_OTHER, "a condition in the personal file is not met");
	code_words(&codes, "grades", 0, LANG_ENGLISH, &b);
	code_words(&codes, "grades", 1, LANG_ENGLISH, &b);
	code_words(&codes, "grades", 1, NULL, &b);
	assert_string_equal(buf_str(&b), "aSuperintendent, bb");
}

static void all_kinds_of_words(void **state)
{
	(void)state;
	struct told t;
	tell(&t);
	verdicts.reason[0] = 1;
	says(&t, FOR_PERSON,
	     "in grade since 1 February 2005, b, 76.5, acting no, number 12, years 4, minimum 79.5, kinds x, y, the "
	     "judge's own word, {nobody}");
	says(&t, FOR_COMMITTEE,
	     "in grade since 1 February 2005, b, 76.5, acting no, number 12, years 4, minimum 79.5, kinds x, y, "
	     "the judge's own word, {nobody}");
	t.values[0] = NONE;
	t.values[2] = NONE;
	t.params[1].set = false;
	says(&t, FOR_PERSON,
	     "in grade since not stated, b, not stated, acting no, number 12, years 4, minimum not stated, kinds x, "
	     "y, the judge's own word, {nobody}");
}

/* Others learn of a closed file only whether its condition is met. */
static void what_others_learn(void **state)
{
	(void)state;
	struct told t;
	tell(&t);
	verdicts.reason[0] = 1;
	says(&t, FOR_OTHER, "this condition is not met");
	verdicts.met[0] = LACKING;
	says(&t, FOR_OTHER, "a fact for this condition is not in the file");
	verdicts.met[0] = NO;
	verdicts.reason[0] = 0;
	t.c.confidential = true;
	says(&t, FOR_OTHER, "a condition in the personal file is not met");
	says(&t, FOR_PERSON, "time in grade 3 years 8 months of 4 years, complete on 1 February 2009");
	verdicts.met[0] = YES;
	says(&t, FOR_OTHER, "a condition in the personal file is met");
}

static void found_by_name_and_version(void **state)
{
	(void)state;
	assert_ptr_equal(judge_find(&pack_test_reader, STR("years_in_grade@1")), &pack_test_judge);
	assert_null(judge_find(&pack_test_reader, STR("years_in_grade@2")));
	assert_null(judge_find(&pack_test_reader, STR("years_in_grade")));
	assert_null(judge_find(&pack_test_reader, STR("")));
	assert_string_equal(met_text(LACKING), "missing");
	assert_string_equal(met_text(NOT_ASKED), "not-asked");
}

int judge_test(void);
int judge_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values),
		cmocka_unit_test(sentences),
		cmocka_unit_test(sentences_are_said_in_the_readers_language),
		cmocka_unit_test(all_kinds_of_words),
		cmocka_unit_test(what_others_learn),
		cmocka_unit_test(found_by_name_and_version),
	};
	return cmocka_run_group_tests_name("judge", tests, NULL, NULL);
}
