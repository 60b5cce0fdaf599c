/* judge_bench.c - judging alone: everybody's columns are in memory, all criteria of a policy run over them on all
 * cores.
 *
 *     judge_bench STORE UNIT DAY POLICY…
 *
 * Prints a line a policy: name, candidates, the median of 101 runs in microseconds.
 */
#include "decision/inside.h"
#include "modules/module.h"
#include "policy/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define RUNS 101

static void ok(enum err e)
{
	if (e != E_OK)
		bug("%s", fault_text());
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void measure(struct ctx *c, const char *policy, const char *unit, date day)
{
	struct round *r CLEANUP(round_free_p) = NULL;
	struct round_ask ask = { .kind = "rank", .policy = policy, .unit = unit, .as_of = day };
	double seen[RUNS];
	ok(round_assess(c, modules_rounds(), &ask, &r));
	for (int i = 0; i < RUNS; i++) {
		struct judgement j;
		double begun = now();
		ok(round_judge(r, &j));
		seen[i] = now() - begun;
		judgement_release(&j);
	}
	qsort(seen, RUNS, sizeof seen[0], by_size);
	printf("%s %zu %.0f\n", policy, r->n, seen[RUNS / 2]);
}

int main(int argc, char **argv)
{
	struct ctx *c CLEANUP(ctx_close_p) = NULL;
	struct policy *policy;
	date day;
	if (argc < 5 || !date_parse(str_of(argv[3]), &day))
		bug("judge_bench STORE UNIT DAY POLICY…");
	ok(ctx_open(&(struct ctx_place){ .where = argv[1] }, modules_registry(), false, &c));
	ok(policy_open(c, modules_reader(), 0, &policy));
	for (int i = 4; i < argc; i++)
		measure(c, argv[i], argv[2], day);
	policy_release(c);
	return 0;
}
