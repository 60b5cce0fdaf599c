/* The pack that stands in the repository, read with the tables that its README names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/pack_test.h"

#define REAL "packs/indonesia-2008"

/* clang-format off */
#define CODE  { "code",  P_TEXT, .required = true, .key = true }
#define ORDER { "order", P_INT,  .required = true }
#define TITLE { "title", P_TEXT, .required = true }
static const struct pack_column plain[] = { CODE, ORDER, TITLE };

static const struct pack_column salary[] = {
	{ "rank", P_CODE, "ranks", .required = true, .key = true }, { "years", P_INT, .required = true, .key = true },
	{ "amount", P_MONEY, .required = true }, { "currency", P_TEXT, .required = true },
	{ "suspect", P_BOOL, .required = true }, { "estimate", P_MONEY, .of = NULL },
};
static const struct pack_column ceilings[] = {
	{ "education", P_CODE, "education", .required = true, .key = true }, { "highest_rank", P_CODE, "ranks", .required = true },
};
static const struct pack_column bands[] = { CODE, ORDER, TITLE, { "minimum", P_PERCENT, .required = true }, { "maximum", P_PERCENT, .required = true } };
static const struct pack_column components[] = {
	CODE, ORDER, TITLE, { "kind", P_TEXT, .required = true },
	{ "from_rank", P_CODE, .of = "ranks" }, { "needs_post", P_BOOL, .required = true },
};
static const struct pack_column echelons[] = {
	CODE, ORDER, TITLE, { "level", P_TEXT, .required = true }, { "rank_low", P_CODE, .of = "ranks" },
	{ "rank_high", P_CODE, .of = "ranks" }, { "allowance", P_MONEY, .of = NULL }, { "currency", P_TEXT, .of = NULL },
};
static const struct pack_column exemptions[] = {
	{ "exam", P_TEXT, .required = true, .key = true }, { "by", P_TEXT, .required = true, .key = true },
	{ "code", P_TEXT, .required = true, .key = true },
};
static const struct pack_column steps[] = {
	{ "from_rank", P_CODE, "ranks", .required = true, .key = true }, { "to_rank", P_CODE, "ranks", .required = true, .key = true },
	{ "exam", P_TEXT, .required = true },
};
static const struct pack_column overrides[] = { CODE, ORDER, TITLE, { "needs_who", P_BOOL, .required = true } };
static const struct pack_column letters[] = {
	{ "kind", P_TEXT, .required = true, .key = true }, { "language", P_TEXT, .required = true, .key = true },
	{ "title", P_TEXT, .required = true }, { "body", P_TEXT, .required = true },
};
static const struct pack_column periods[] = {
	{ "kind", P_TEXT, .required = true, .key = true }, { "month_day", P_MONTH_DAY, .required = true, .key = true },
};
static const struct pack_column ranks[] = {
	CODE, ORDER, TITLE, { "group", P_TEXT, .required = true },
	{ "grade", P_TEXT, .required = true }, { "min_education", P_CODE, "education", .required = true },
};
static const struct pack_column sanctions[] = { CODE, ORDER, TITLE, { "severity", P_TEXT, .required = true } };
static const struct pack_column statuses[] = {
	CODE, ORDER, TITLE, { "in_service", P_BOOL, .required = true }, { "counts_service", P_BOOL, .required = true },
	{ "stops_rank_clock", P_BOOL, .required = true },
};
static const struct pack_column courses[] = { { "course", P_TEXT, .required = true, .key = true }, ORDER };
static const struct pack_column tools[] = {
	CODE, ORDER, TITLE, { "minimum", P_PERCENT, .of = NULL }, { "maximum", P_PERCENT, .of = NULL },
};
#define T(table, columns, ...) static const struct pack_table table##_table = { #table, #table, columns, (int)COUNT(columns), __VA_ARGS__ };
T(unit_kinds, plain, .codes = true)        T(categories, plain, .codes = true)
T(ranks, ranks, .codes = true)             T(echelons, echelons, .codes = true)
T(delivery, plain, .codes = true)          T(job_description_elements, plain, .codes = true)
T(education, plain, .codes = true)         T(statuses, statuses, .codes = true)
T(sanction_kinds, sanctions, .codes = true) T(tools, tools, .codes = true)
T(document_kinds, plain, .codes = true)    T(override_codes, overrides, .codes = true)
T(dp3_bands, bands, .optional = true)      T(dp3_components, components, .optional = true)
T(basic_salary, salary, .optional = false) T(ceilings, ceilings, .optional = false)
T(exam_steps, steps, .optional = false)    T(exam_exemptions, exemptions, .optional = false)
T(letters, letters, .optional = true) T(policies, plain, .codes = true, .optional = true) T(periods, periods, .optional = false)     T(structural_courses, courses, .optional = false)
static const struct pack_table *const tables[] = {
	&unit_kinds_table, &categories_table, &ranks_table, &echelons_table, &delivery_table, &job_description_elements_table,
	&education_table, &statuses_table, &sanction_kinds_table, &tools_table, &document_kinds_table, &override_codes_table,
	&dp3_bands_table, &dp3_components_table, &basic_salary_table, &ceilings_table, &exam_steps_table, &exam_exemptions_table,
	&periods_table, &structural_courses_table, &policies_table, &letters_table, NULL,
};
static const struct pack_parameter parameters[] = {
	{ "retirement.age.general", P_INT,       NULL, "Age of retirement" },
	{ "retirement.falls_on",    P_TEXT,      NULL, "Day of retirement" },
	{ "retirement.notice_months", P_INT,     NULL, "Notice of retirement" },
	{ "seniority.order",        P_CODES,     NULL, "Order of the seniority list" },
	{ "seniority.date",         P_MONTH_DAY, NULL, "Day of the seniority list" },
	{ "due.months",             P_INT,       NULL, "Months of the due list" },
	{ "due.rank_policy",        P_TEXT,      NULL, "Policy of the due list" },
	{ .name = NULL },
};
static const struct pack_parameter *const parameter_lists[] = { parameters, NULL };
static const struct judge_param in_rank[] = {
	{ "years", P_INT, true }, { "below_band_years", P_INT, false }, { "below_band_years_in_post", P_INT, false },
};
static const struct judge_param in_post[] = { { "years", P_INT, true } };
static const struct judge_param ratings[] = {
	{ "tool", P_CODE, true }, { "of", P_TEXT, true }, { "minimum", P_PERCENT, true }, { "years", P_INT, true },
};
static const struct judge_param ceiling[] = { { "table", P_TABLE, true } };
static const struct judge_param exam[] = { { "steps_table", P_TABLE, true }, { "exemptions_table", P_TABLE, true } };
static const struct judge_param sanction[] = { { "severities", P_CODES, true } };
#define JUDGE(word, list) static const struct judge word##_judge = { .name = #word, .version = 1, .params = list, .nparams = (int)COUNT(list) };
JUDGE(years_in_rank, in_rank) JUDGE(months_in_post, in_post) JUDGE(ratings, ratings) JUDGE(ceiling, ceiling)
JUDGE(service_exam, exam) JUDGE(no_running_sanction, sanction)
static const struct judge superior_judge = { .name = "not_above_superior", .version = 1 };
static const struct judge education_judge = { .name = "education_for_next_rank", .version = 1 };
/* clang-format on */
static const struct judge *const judges[] = { &years_in_rank_judge, &months_in_post_judge, &ratings_judge,
					      &ceiling_judge,       &service_exam_judge,   &no_running_sanction_judge,
					      &superior_judge,      &education_judge,      NULL };
const struct pack_reader pack_test_real_reader = { tables, parameter_lists, judges };

static struct pack *read_real(void)
{
	CLEANUP(problems_release) struct problems p = PROBLEMS_INIT;
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	struct pack *k = NULL;
	if (pack_read(REAL, &pack_test_real_reader, &p, &k) != E_OK) {
		problems_print(&p, &b);
		fail_msg("%s", buf_str(&b));
	}
	return k;
}

static void its_values(void **state)
{
	(void)state;
	CLEANUP(pack_free_p) struct pack *k = read_real();
	struct policy *p = NULL;
	int64_t age = 0;
	assert_string_equal(pack_zone(k), "Asia/Jakarta");
	assert_int_equal(policy_of_packs(&(const struct pack *){ k }, 1, &pack_test_real_reader, &p), E_OK);
	CLEANUP(rules_free_p) struct rules *r = NULL, *again = NULL;
	assert_int_equal(rules_at(p, NULL, 0, date_of(2008, 10, 1), &r), E_OK);
	policy_free(p);
	assert_int_equal(rules_count(r, "ranks"), 17);
	assert_int_equal(row_int(rules_find(r, "ranks", STR("III/b")), "order", 0), 10);
	assert_true(row_assumed(rules_find(r, "ranks", STR("III/b"))));
	assert_true(rules_int(r, "retirement.age.general", &age));
	assert_int_equal(age, 56);
	const struct ruleset *s = rules_policy(r, "rank", NULL);
	assert_true(str_is(s->name, "as-reported"));
	assert_true(str_is(s->periods, "periods"));
	assert_int_equal(s->criteria[3].params[2].i, 9100);
	s = rules_policy(r, "rank", "as-regulated");
	assert_int_equal(s->ncriteria, 6);
	assert_int_equal(s->criteria[1].params[2].i, 7600);
	assert_int_equal(s->criteria[5].params[0].n, 2);
	assert_int_equal(rules_of_json(rules_json(r), &pack_test_real_reader, &again), E_OK);
	struct hash x = rules_hash(r), y = rules_hash(again);
	assert_memory_equal(x.b, y.b, HASH_SIZE);
}

int real_test(void);
int real_test(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(its_values) };
	return cmocka_run_group_tests_name("the pack of Indonesia 2008", tests, NULL, NULL);
}
