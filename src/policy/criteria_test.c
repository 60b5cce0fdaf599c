#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/pack_test.h"

static void file(const char *path, const char *text, const char *expected)
{
	CLEANUP(pack_test_remove) struct pack_test_folder f;
	pack_test_make(&f);
	pack_test_write(&f, path, text);
	if (*expected)
		pack_test_refuses(&f, expected);
	else
		pack_free(pack_test_read(&f));
}

#define HEAD "policy: rise\nkind: grade\ncriteria:\n"
#define TIME "  - name: time\n    judge: years_in_grade@1\n"

static void judges(void **state)
{
	(void)state;
	file("policies/rise.yaml", HEAD "  - name: time\n    judge: years_in_grade@2\n    years: 4\n",
	     "PACK/policies/rise.yaml:5:5: no judge is called years_in_grade@2; correct the name or the version "
	     "(judges: "
	     "years_in_grade@1)\n");
	file("policies/rise.yaml", HEAD "  - name: time\n    years: 4\n",
	     "PACK/policies/rise.yaml:4:5: the criterion has no judge; add judge: NAME@VERSION\n");
	file("policies/rise.yaml", HEAD TIME,
	     "PACK/policies/rise.yaml:4:5: the judge years_in_grade@1 needs years; add it (a "
	     "whole number)\n");
	file("policies/rise.yaml", HEAD TIME "    years: 4\n    months: 3\n",
	     "PACK/policies/rise.yaml:7:5: the judge years_in_grade@1 takes no months; remove it or correct it (it "
	     "takes: years, "
	     "minimum, kinds, table)\n");
	file("policies/rise.yaml", HEAD TIME "    years: 4\n    minimum: 140\n",
	     "PACK/policies/rise.yaml:7:5: \"140\" is not a percentage; write a number from 0 to 100 with at most two "
	     "decimals, "
	     "such as 79.5\n");
	file("policies/rise.yaml", HEAD TIME "    years: 4\n    kinds: x\n",
	     "PACK/policies/rise.yaml:7:5: kinds is a list of codes; write it as a list, one \"- code\" a line\n");
	file("policies/rise.yaml", HEAD TIME "    years: 4\n    table: boats\n",
	     "PACK/policies/rise.yaml:7:5: the pack has no table boats; correct the name or add boats.csv\n");
	file("policies/rise.yaml", HEAD TIME "    years: 178956971\n",
	     "PACK/policies/rise.yaml:6:5: \"178956971\" is not a whole number; write digits only, such as 4, and no "
	     "more than 1,000,000\n");
	file("policies/rise.yaml", HEAD TIME "    years: -4\n",
	     "PACK/policies/rise.yaml:6:5: \"-4\" is not a whole number; write digits only, such as 4, and no more "
	     "than 1,000,000\n");
	file("policies/rise.yaml", HEAD TIME "    years: 4\n    needs: love\n",
	     "PACK/policies/rise.yaml:7:5: a criterion may need facts to be proved only; write proved or remove it\n");
}

static void frames(void **state)
{
	(void)state;
	file("policies/rise.yaml", "policy: rise\nkind: grade\n",
	     "PACK/policies/rise.yaml:1:1: the policy has no criterion; add criteria with at least one\n");
	file("policies/rise.yaml", "policy: Rise up\ncriteria:\n" TIME "    years: 4\n",
	     "PACK/policies/rise.yaml:1:1: policy is a name; write it in small letters, digits, _ and -\n"
	     "PACK/policies/rise.yaml:1:1: the key kind is missing; add it\n");
	file("policies/rise.yaml", "colour: red\n" HEAD TIME "    years: 4\n",
	     "PACK/policies/rise.yaml:1:1: the key colour is not known here; remove it or correct it (keys: policy, "
	     "kind, from, "
	     "to, source, assumption, reason, may_override, default, periods, other_kind, criteria, not_asked)\n");
	file("policies/rise.yaml", HEAD TIME "    years: 4\n" TIME "    years: 5\n",
	     "PACK/policies/rise.yaml:7:5: the criterion time stands already in line 4; give each a name of its own\n");
	file("policies/rise.yaml", HEAD TIME "    years: 4\nnot_asked:\n  - name: eyesight\n",
	     "PACK/policies/rise.yaml:8:5: why this is not asked is missing; add the key reason\n");
	file("policies/rise.yaml", HEAD TIME "    years: 4\nother_kind:\n  - whales\nperiods: days\n",
	     "PACK/policies/rise.yaml:1:1: the pack has no table days; correct the name or add days.csv\n"
	     "PACK/policies/rise.yaml:1:1: other_kind names whales, which is no code of any table; correct it\n");
}

static void more_criteria_than_a_round_judges_by(void **state)
{
	(void)state;
	CLEANUP(buf_release) struct buf text = BUF_INIT;
	buf_text(&text, HEAD);
	for (int i = 0; i < CRITERIA_MOST; i++)
		buf_printf(&text, "  - name: time-%d\n    judge: years_in_grade@1\n    years: 4\n", i);
	file("policies/rise.yaml", buf_str(&text), "");
	buf_text(&text, TIME "    years: 4\n");
	file("policies/rise.yaml", buf_str(&text),
	     "PACK/policies/rise.yaml:1:1: the policy has 65 criteria; leave some out, a round judges by 64 at most\n");
}

/* Two of one name, or two defaults, may stand in a pack for different days only. */
static void doubles(void **state)
{
	(void)state;
	file("policies/second.yaml", "policy: rise\nkind: grade\ncriteria:\n" TIME "    years: 4\n",
	     "PACK/policies/second.yaml:1:1: the policy rise of kind grade stands in PACK/policies/rise.yaml for the "
	     "same days; "
	     "keep one, or part their days\n");
	file("policies/second.yaml", "policy: other\nkind: grade\ndefault: true\ncriteria:\n" TIME "    years: 4\n",
	     "PACK/policies/second.yaml:1:1: PACK/policies/rise.yaml is the default of kind grade for the same days; "
	     "write "
	     "default: false in one of the two\n");
	file("policies/second.yaml", "policy: rise\nkind: grade\nto: 1999-12-31\ncriteria:\n" TIME "    years: 4\n",
	     "");
}

static void single_values(void **state)
{
	(void)state;
	file("parameters.yaml", "retirement:\n  age: 140 years\n",
	     "PACK/parameters.yaml:2:3: \"140 years\" is not a whole number; write digits only, such as 4, and no "
	     "more than 1,000,000\n");
	file("parameters.yaml", "retirement:\n  wage: 1\n",
	     "PACK/parameters.yaml:2:3: no part of this program reads retirement.wage; remove it or correct its "
	     "name\n");
	file("parameters.yaml", "pass.mark:\n  value: 140\n",
	     "PACK/parameters.yaml:2:3: \"140\" is not a percentage; write a number from 0 to 100 with at most two "
	     "decimals, such "
	     "as 79.5\n");
	file("parameters.yaml", "pass.mark:\n  value: 40\n  law: Act 1\n",
	     "PACK/parameters.yaml:3:3: beside a value may stand source, assumption, reason, from, to and "
	     "may_override; remove "
	     "law\n");
	file("parameters.yaml", "order.by: grade\n",
	     "PACK/parameters.yaml:1:1: order.by is a list of codes; write it as a list, one \"- code\" a line\n");
	file("parameters.yaml", "pass.mark:\n  - value: 40\n    to: 2005-06-30\n  - value: 50\n    from: 2005-06-30\n",
	     "PACK/parameters.yaml:4:5: pass.mark has a value for the same days in PACK/parameters.yaml, line 2; keep "
	     "one, or part "
	     "their days by from and to\n");
	file("parameters.yaml", "- a\n",
	     "PACK/parameters.yaml:1:1: names with values are expected; write \"name: value\" lines\n");
}

int criteria_test(void);
int criteria_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges),
		cmocka_unit_test(frames),
		cmocka_unit_test(more_criteria_than_a_round_judges_by),
		cmocka_unit_test(doubles),
		cmocka_unit_test(single_values),
	};
	return cmocka_run_group_tests_name("criteria", tests, NULL, NULL);
}
