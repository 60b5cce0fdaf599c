#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/pack_test.h"
#include "policy/rules.h"

static struct rules *at(const struct policy *p, const char *unit, date day)
{
	struct rules *r = NULL;
	struct str units[] = { str_of(unit), STR("TOP") };
	assert_int_equal(rules_at(p, units, unit ? 2 : 0, day, &r), E_OK);
	return r;
}

static struct policy *policy_of(const struct pack *const *packs, size_t n)
{
	struct policy *p = NULL;
	assert_int_equal(policy_of_packs(packs, n, &pack_test_reader, &p), E_OK);
	return p;
}

static void free_policy(struct policy **p)
{
	policy_free(*p);
}

static void says(struct str s, const char *expected)
{
	assert_true(str_is(s, expected));
}

static void tables_by_day(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	pack_test_make(&f);
	CLEANUP(pack_free_p) struct pack *k = pack_test_read(&f);
	CLEANUP(free_policy) struct policy *p = policy_of(&(const struct pack *){ k }, 1);
	CLEANUP(rules_free_p) struct rules *then = at(p, NULL, date_of(2004, 12, 31));
	CLEANUP(rules_free_p) struct rules *now = at(p, NULL, date_of(2005, 1, 1));
	assert_int_equal(rules_count(now, "grades"), 3);
	assert_int_equal(rules_count(now, "boats"), 0);
	assert_null(rules_row(now, "grades", 3));
	const struct rules_row *row = rules_find(then, "grades", STR("b"));
	says(row_text(row, "min_schooling"), "low");
	assert_true(row_assumed(row));
	says(row_source(row), "Act 1");
	row = rules_find(now, "grades", STR("b"));
	says(row_text(row, "min_schooling"), "high");
	assert_false(row_assumed(row));
	assert_int_equal(row_int(row, "order", -1), 2);
	assert_int_equal(row_int(row, "nothing", -1), -1);
	row = rules_row(now, "scale", 0);
	assert_int_equal(row_int(row, "share", -1), 1250);
	assert_int_equal(row_int(row, "day", -1), 1001);
	assert_int_equal(row_int(row, "since", -1), date_of(2008, 2, 29));
	assert_int_equal(row_int(row, "paid", -1), 1);
	assert_null(rules_find(now, "grades", STR("z")));
	assert_int_equal(rules_day(now), date_of(2005, 1, 1));
}

static void parameters_in_force(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	const struct str *list = NULL;
	int64_t v = 0;
	pack_test_make(&f);
	pack_test_write(&f, "parameters.yaml",
			"retirement.age:\n  - value: 56\n    to: 2013-12-31\n  - value: 58\n    from: 2014-01-01\n"
			"season:\n  opens: 04-01\npass.mark: 62.5\norder.by:\n  - grade\n  - age\n");
	CLEANUP(pack_free_p) struct pack *k = pack_test_read(&f);
	CLEANUP(free_policy) struct policy *p = policy_of(&(const struct pack *){ k }, 1);
	CLEANUP(rules_free_p)
	struct rules *a = at(p, NULL, date_of(2013, 12, 31)), *b = at(p, NULL, date_of(2014, 1, 1));
	assert_true(rules_int(a, "retirement.age", &v));
	assert_int_equal(v, 56);
	assert_true(rules_int(b, "retirement.age", &v));
	assert_int_equal(v, 58);
	assert_true(rules_int(b, "season.opens", &v));
	assert_int_equal(v, 401);
	assert_true(rules_int(b, "pass.mark", &v));
	assert_int_equal(v, 6250);
	says(rules_text(b, "pass.mark"), "62.5");
	assert_int_equal(rules_list(b, "order.by", &list), 2);
	says(list[1], "age");
	assert_false(rules_int(b, "no.such", &v));
	assert_int_equal(rules_list(b, "no.such", &list), 0);
}

static void criteria_in_force(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	CLEANUP(buf_release) struct buf names = BUF_INIT;
	pack_test_make(&f);
	CLEANUP(pack_free_p) struct pack *k = pack_test_read(&f);
	CLEANUP(free_policy) struct policy *p = policy_of(&(const struct pack *){ k }, 1);
	CLEANUP(rules_free_p)
	struct rules *r = at(p, NULL, date_of(2008, 10, 1)), *early = at(p, NULL, date_of(1999, 1, 1));
	assert_null(rules_policy(early, "grade", NULL));
	assert_null(rules_policy(r, "post", NULL));
	const struct ruleset *s = rules_policy(r, "grade", NULL);
	assert_ptr_equal(s, rules_policy(r, "grade", "rise"));
	assert_true(s->by_default);
	assert_int_equal(s->ncriteria, 2);
	assert_int_equal(s->nother_kind, 1);
	says(s->other_kind[0], "low");
	says(s->not_asked[0].reason, "the doctor sees to it");
	const struct criterion *c = &s->criteria[1];
	assert_ptr_equal(c->judge, &pack_test_judge);
	assert_true(c->confidential && c->needs_proved);
	assert_false(s->criteria[0].confidential || s->criteria[0].needs_proved);
	says(s->criteria[0].source, "Act 1 art. 2");
	assert_int_equal(c->params[0].i, 2);
	assert_int_equal(c->params[1].i, 7950);
	assert_int_equal(c->params[2].n, 2);
	says(c->params[2].list[1], "y");
	says(c->params[3].t, "schooling");
	assert_false(s->criteria[0].params[1].set);
	rules_policy_names(r, "grade", &names);
	assert_string_equal(buf_str(&names), "rise");
}

/* What a proof file carries gives the same rules as the store: same text, same hash. */
static void json_and_back(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	pack_test_make(&f);
	CLEANUP(pack_free_p) struct pack *k = pack_test_read(&f);
	CLEANUP(free_policy) struct policy *p = policy_of(&(const struct pack *){ k }, 1);
	CLEANUP(rules_free_p) struct rules *a = at(p, NULL, date_of(2008, 10, 1)), *b = NULL, *spaced = NULL;
	assert_int_equal(rules_of_json(rules_json(a), &pack_test_reader, &b), E_OK);
	struct hash x = rules_hash(a), y = rules_hash(b), z = sha256(rules_json(a).p, rules_json(a).n);
	assert_memory_equal(x.b, y.b, HASH_SIZE);
	assert_memory_equal(x.b, z.b, HASH_SIZE);
	assert_int_equal(rules_day(b), date_of(2008, 10, 1));
	assert_int_equal(rules_policy(b, "grade", "rise")->criteria[1].params[1].i, 7950);
	CLEANUP(buf_release) struct buf text = BUF_INIT;
	for (size_t i = 0; i < rules_json(a).n; i++) {
		buf_char(&text, rules_json(a).p[i]);
		if (rules_json(a).p[i] == '{')
			buf_text(&text, "\n  ");
	}
	assert_int_equal(rules_of_json((struct str){ text.p, text.n }, &pack_test_reader, &spaced), E_OK);
	y = rules_hash(spaced);
	assert_memory_equal(x.b, y.b, HASH_SIZE);
	const char *head =
		"{\"day\":\"2008-10-01\",\"parameters\":{\"order.by\":{\"value\":[\"grade\",\"age\"]},\"pass.mark\":{"
		"\"value\":\"62.5\"},\"retirement.age\":{\"source\":\"Act 1\",\"value\":\"56\"}";
	assert_memory_equal(rules_json(a).p, head, strlen(head));
}

/* Judged by a program that lacks the judge: the hash still holds, the judgement cannot be made. */
static void a_judge_that_is_not_known(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	pack_test_make(&f);
	CLEANUP(pack_free_p) struct pack *k = pack_test_read(&f);
	CLEANUP(free_policy) struct policy *p = policy_of(&(const struct pack *){ k }, 1);
	CLEANUP(rules_free_p) struct rules *a = at(p, NULL, date_of(2008, 10, 1)), *b = NULL;
	const struct pack_reader bare = { pack_test_reader.tables, pack_test_reader.parameters, NULL };
	assert_int_equal(rules_of_json(rules_json(a), &bare, &b), E_OK);
	struct hash x = rules_hash(a), y = rules_hash(b);
	assert_memory_equal(x.b, y.b, HASH_SIZE);
	const struct criterion *c = &rules_policy(b, "grade", "rise")->criteria[0];
	assert_null(c->judge);
	says(c->judge_name, "years_in_grade@1");
}

/* A stranger's file: refused, never a crash. */
static void json_of_another_form(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		"[]",
		"{}",
		"{\"day\":\"2008-02-30\",\"parameters\":{},\"policies\":[],\"tables\":{}}",
		"{\"day\":\"2008-10-01\",\"parameters\":[],\"policies\":[],\"tables\":{}}",
		"{\"day\":\"2008-10-01\",\"parameters\":{\"pass.mark\":{\"value\":\"140\"}},\"policies\":[],\"tables\":"
		"{}}",
		"{\"day\":\"2008-10-01\",\"parameters\":{\"pass.mark\":7},\"policies\":[],\"tables\":{}}",
		"{\"day\":\"2008-10-01\",\"parameters\":{},\"policies\":[],\"tables\":{\"grades\":[1]}}",
		"{\"day\":\"2008-10-01\",\"parameters\":{},\"policies\":[],\"tables\":{\"grades\":[{\"order\":\"x\"}]}"
		"}",
		"{\"day\":\"2008-10-01\",\"parameters\":{},\"policies\":[{\"name\":\"rise\"}],\"tables\":{}}",
		"{\"day\":\"2008-10-01\",\"parameters\":{},\"policies\":[{\"name\":\"r\",\"kind\":\"k\",\"criteria\":[{"
		"\"name\":\"t\","
		"\"judge\":\"years_in_grade@1\",\"with\":{}}]}],\"tables\":{}}",
		"{\"day\":\"2008-10-01\",\"day\":\"2008-10-02\",\"parameters\":{},\"policies\":[],\"tables\":{}}",
	};
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct rules *r = NULL;
		assert_int_equal(rules_of_json(str_of(bad[i]), &pack_test_reader, &r), E_INVALID);
		assert_null(r);
	}
}

/* ---- overlays ---- */
struct two {
	struct pack_test_folder base, over;
	struct pack *packs[2];
};

static void two_make(struct two *t)
{
	pack_test_make(&t->base);
	pack_test_overlay(&t->over);
}

static void two_read(struct two *t)
{
	t->packs[0] = pack_test_read(&t->base);
	t->packs[1] = pack_test_read(&t->over);
}

static void two_free(struct two *t)
{
	pack_free(t->packs[0]);
	pack_free(t->packs[1]);
	pack_test_remove(&t->base);
	pack_test_remove(&t->over);
}

#define OVER_YAML "name: north\nversion: 1\ntitle: North\napplies_to: NORTH\nparameters:\n  - parameters.yaml\n"

/* Nearest unit first, then the dates: outside the overlay's days the service's value stands. */
static void the_nearest_unit_wins(void **state)
{
	(void)state;
	CLEANUP(two_free) struct two t = { 0 };
	int64_t v = 0;
	two_make(&t);
	pack_test_write(&t.over, "pack.yaml", OVER_YAML);
	pack_test_write(&t.over, "parameters.yaml",
			"retirement.age:\n  value: 60\n  from: 2009-01-01\n  to: 2009-12-31\n");
	pack_test_write(&t.over, "grades.csv", "code,order,min_schooling,from\nb,2,low,2005-01-01\nd,4,high,\n");
	two_read(&t);
	CLEANUP(free_policy) struct policy *p = policy_of((const struct pack *const *)t.packs, 2);
	CLEANUP(rules_free_p)
	struct rules *north = at(p, "NORTH", date_of(2009, 6, 1)), *south = at(p, "SOUTH", date_of(2009, 6, 1)),
		     *after = at(p, "NORTH", date_of(2010, 1, 1));
	assert_true(rules_int(north, "retirement.age", &v) && v == 60);
	assert_true(rules_int(south, "retirement.age", &v) && v == 56);
	assert_true(rules_int(after, "retirement.age", &v) && v == 56);
	says(row_text(rules_find(north, "grades", STR("b")), "min_schooling"), "low");
	says(row_text(rules_find(south, "grades", STR("b")), "min_schooling"), "high");
	assert_non_null(rules_find(north, "grades", STR("d")));
	assert_null(rules_find(south, "grades", STR("d")));
	struct hash x = rules_hash(north), y = rules_hash(south);
	assert_memory_not_equal(x.b, y.b, HASH_SIZE);
}

static void a_criterion_marked_may_be_replaced(void **state)
{
	(void)state;
	CLEANUP(two_free) struct two t = { 0 };
	two_make(&t);
	static const char before[] = "      value: 2\n";
	const char *found = strstr(pack_test_policy, before);
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	buf_printf(&b, "%.*s      value: 3\n%s", (int)(found - pack_test_policy), pack_test_policy,
		   found + strlen(before));
	pack_test_write(&t.over, "policies/rise.yaml", buf_str(&b));
	two_read(&t);
	CLEANUP(free_policy) struct policy *p = policy_of((const struct pack *const *)t.packs, 2);
	CLEANUP(rules_free_p)
	struct rules *north = at(p, "NORTH", date_of(2009, 6, 1)), *south = at(p, "SOUTH", date_of(2009, 6, 1));
	assert_int_equal(rules_policy(north, "grade", NULL)->criteria[1].params[0].i, 3);
	assert_int_equal(rules_policy(south, "grade", NULL)->criteria[1].params[0].i, 2);
}

static void add_without(struct buf *out, const char *text, const struct two *t)
{
	while (*text) {
		bool base = strncmp(text, t->base.path, strlen(t->base.path)) == 0;
		bool over = strncmp(text, t->over.path, strlen(t->over.path)) == 0;
		if (!base && !over) {
			buf_char(out, *text++);
			continue;
		}
		buf_text(out, base ? "BASE" : "OVER");
		text += strlen(t->base.path);
	}
}

static void refused(struct two *t, const char *expected)
{
	CLEANUP(problems_release) struct problems problems = PROBLEMS_INIT;
	CLEANUP(buf_release) struct buf b = BUF_INIT, shown = BUF_INIT;
	struct policy *p = NULL;
	two_read(t);
	assert_int_equal(pack_fit((const struct pack *const *)t->packs, 2, &problems), E_INVALID);
	problems_print(&problems, &b);
	add_without(&shown, buf_str(&b), t);
	assert_string_equal(buf_str(&shown), expected);
	assert_int_equal(policy_of_packs((const struct pack *const *)t->packs, 2, &pack_test_reader, &p), E_INVALID);
	assert_null(p);
}

#define ASK "; take it out here, or have it marked there\n"

static void what_is_not_marked_stays(void **state)
{
	(void)state;
	CLEANUP(two_free) struct two t = { 0 };
	two_make(&t);
	pack_test_write(&t.over, "pack.yaml", OVER_YAML);
	pack_test_write(&t.over, "parameters.yaml", "pass.mark: 40\n");
	pack_test_write(&t.over, "grades.csv", "code,order,from,to\na,2,,\nb,3,2004-01-01,2004-06-30\n");
	refused(&t,
		"OVER/grades.csv, row 2: this replaces a row which BASE/grades.csv, row 2 does not mark "
		"may_override" ASK "OVER/grades.csv, row 3: this replaces a row which BASE/grades.csv, row 3 does not "
		"mark may_override" ASK
		"OVER/parameters.yaml:1:1: this replaces pass.mark, which BASE/parameters.yaml, line 8 does not mark "
		"may_override" ASK);
}

static void a_criterion_not_marked_stays(void **state)
{
	(void)state;
	CLEANUP(two_free) struct two t = { 0 };
	two_make(&t);
	static const char before[] = "    years: 4\n";
	const char *found = strstr(pack_test_policy, before);
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	buf_printf(&b, "%.*s    years: 3\n%s", (int)(found - pack_test_policy), pack_test_policy,
		   found + strlen(before));
	pack_test_write(&t.over, "policies/rise.yaml", buf_str(&b));
	refused(&t, "OVER/policies/rise.yaml:1:1: this replaces years of the criterion time, which "
		    "BASE/policies/rise.yaml, line 1 "
		    "does not mark may_override" ASK);
}

/* A default of its own would step around the service's rules. */
static void a_second_default_is_refused(void **state)
{
	(void)state;
	CLEANUP(two_free) struct two t = { 0 };
	two_make(&t);
	pack_test_write(&t.over, "policies/easy.yaml",
			"policy: easy\nkind: grade\ndefault: true\ncriteria:\n  - name: time\n    judge: "
			"years_in_grade@1\n    years: 0\n");
	refused(&t, "OVER/policies/easy.yaml:1:1: this replaces the default policy of the kind, which "
		    "BASE/policies/rise.yaml, line "
		    "1 does not mark may_override" ASK);
}

static void an_overlay_names_what_nobody_brings(void **state)
{
	(void)state;
	CLEANUP(two_free) struct two t = { 0 };
	two_make(&t);
	pack_test_write(&t.over, "scale.csv", "grade,years,amount\na,5,1\nz,5,1\n");
	refused(&t, "OVER/scale.csv, row 3, column grade: z stands in no row of grades.csv; correct it or add the row "
		    "there\n");
}

static void two_of_one_name(void **state)
{
	(void)state;
	CLEANUP(two_free) struct two t = { 0 };
	two_make(&t);
	pack_test_write(&t.over, "pack.yaml", "name: lights\nversion: 1\ntitle: North\napplies_to: NORTH\n");
	refused(&t, "OVER: lights is the name of BASE too; give one of them another name\n");
}

int rules_test(void);
int rules_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_by_day),
		cmocka_unit_test(parameters_in_force),
		cmocka_unit_test(criteria_in_force),
		cmocka_unit_test(json_and_back),
		cmocka_unit_test(a_judge_that_is_not_known),
		cmocka_unit_test(json_of_another_form),
		cmocka_unit_test(the_nearest_unit_wins),
		cmocka_unit_test(a_criterion_marked_may_be_replaced),
		cmocka_unit_test(what_is_not_marked_stays),
		cmocka_unit_test(a_criterion_not_marked_stays),
		cmocka_unit_test(a_second_default_is_refused),
		cmocka_unit_test(an_overlay_names_what_nobody_brings),
		cmocka_unit_test(two_of_one_name),
	};
	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
