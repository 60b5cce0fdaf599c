/* rehearse_test.c - what a judge cannot use is said when rules are checked, not when a round opens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/pack_test.h"
#include "policy/rules.h"

int rehearse_test(void);

enum { YEARS, SCHOOLING };

/* clang-format off */
static const struct judge_param params[] = {
	[YEARS]     = { "years",     P_INT,  true },
	[SCHOOLING] = { "schooling", P_CODE, true, .of = "schooling" },
};
/* clang-format on */

/* Looks at one or two years, before an age that is below 60; its codes come back from the book as they went in. */
static enum err prepare(const struct rules *r, const struct criterion *c, const struct codebook *codes, struct arena *a,
			struct problems *p, const void **ret)
{
	int64_t age = 0;
	(void)a, (void)ret;
	int32_t low = codes->number(codes->arg, "schooling", STR("low"));
	int32_t high = codes->number(codes->arg, "schooling", STR("high"));
	assert_int_not_equal(low, high);
	assert_int_equal(codes->number(codes->arg, "schooling", STR("low")), low);
	assert_true(str_is(codes->text(codes->arg, "schooling", high), "high"));
	assert_int_equal(codes->text(codes->arg, "schooling", 99).n, 0);
	if (c->params[YEARS].i > 2)
		problem_at(p, NULL, 0, "years", "picky@1 looks at one or two years; write 1 or 2");
	if (rules_int(r, "retirement.age", &age) && age >= 60)
		problem_at(p, NULL, 0, NULL, "picky@1 cannot look beyond the age of 59; lower it");
	return p->count ? E_INVALID : E_OK;
}

static const struct judge picky = {
	.name = "picky",
	.version = 1,
	.params = params,
	.nparams = (int)COUNT(params),
	.prepare = prepare,
};
static const struct judge *const judges[] = { &picky, &pack_test_judge, NULL };

static struct pack *read(const struct pack_test_folder *f, struct problems *p)
{
	static struct pack_reader reader;
	struct pack *k = NULL;
	reader = pack_test_reader;
	reader.judges = judges;
	enum err e = pack_read(f->path, &reader, p, &k);
	assert_true(e == E_OK || (e == E_INVALID && p->count));
	return k;
}

static void said(const struct problems *p, const struct pack_test_folder *f, const char *expected)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	for (size_t i = 0; i < p->kept; i++) {
		struct problem x = p->list[i];
		assert_memory_equal(x.file, f->path, strlen(f->path));
		x.file += strlen(f->path) + 1;
		problem_print(&x, &b);
		buf_char(&b, '\n');
	}
	assert_string_equal(buf_str(&b), expected);
}

#define POLICY(years, schooling)                                                                                       \
	"policy: rise\nkind: grade\nfrom: 2000-01-01\ncriteria:\n"                                                     \
	"  - name: study\n    judge: picky@1\n    years: " years "\n    schooling: " schooling "\n"

static void what_a_judge_cannot_use(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	CLEANUP(problems_release) struct problems p = PROBLEMS_INIT;
	pack_test_make(&f);
	pack_test_write(&f, "policies/rise.yaml", POLICY("7", "low"));
	CLEANUP(pack_free_p) struct pack *k = read(&f, &p);
	assert_int_equal(p.count, 0);
	assert_int_equal(pack_fit((const struct pack *const *)&k, 1, &p), E_INVALID);
	said(&p, &f, "policies/rise.yaml:7:5: picky@1 looks at one or two years; write 1 or 2\n");
}

static void a_code_that_no_table_brings(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	CLEANUP(problems_release) struct problems p = PROBLEMS_INIT;
	pack_test_make(&f);
	pack_test_write(&f, "policies/rise.yaml", POLICY("2", "lowest"));
	assert_null(read(&f, &p));
	said(&p, &f,
	     "policies/rise.yaml:8:5: lowest stands in no row of schooling.csv; correct it or add the row there\n");
}

/* What one unit's values make unusable, though the service's alone are sound. */
static void what_an_overlay_makes_unusable(void **state)
{
	(void)state;
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	CLEANUP(pack_test_remove) struct pack_test_folder over;
	CLEANUP(problems_release) struct problems p = PROBLEMS_INIT;
	pack_test_make(&f);
	pack_test_write(&f, "policies/rise.yaml", POLICY("2", "low"));
	pack_test_overlay(&over);
	pack_test_write(&over, "pack.yaml",
			"name: north\nversion: 1\ntitle: Rules of the north\napplies_to: NORTH\nparameters:\n"
			"  - parameters.yaml\n");
	pack_test_write(&over, "parameters.yaml", "retirement.age: 60\n");
	CLEANUP(pack_free_p) struct pack *below = read(&f, &p);
	CLEANUP(pack_free_p) struct pack *above = read(&over, &p);
	assert_int_equal(pack_fit((const struct pack *const *)&below, 1, &p), E_OK);
	assert_int_equal(pack_fit((const struct pack *const[]){ below, above }, 2, &p), E_INVALID);
	said(&p, &f, "policies/rise.yaml:5:5: picky@1 cannot look beyond the age of 59; lower it\n");
}

int rehearse_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_judge_cannot_use),
		cmocka_unit_test(a_code_that_no_table_brings),
		cmocka_unit_test(what_an_overlay_makes_unusable),
	};
	return cmocka_run_group_tests_name("rehearse", tests, NULL, NULL);
}
