/* rank_round.c - the rise in rank: twice a year, everybody who meets the conditions; no places, no ranking. */
#include "modules/career/career.h"
#include "modules/career/codes.h"

struct str career_next_rank(const struct rules *r, struct str rank)
{
	const struct rules_row *now = rules_find(r, "ranks", rank);
	const struct rules_row *next = now ? rules_next(now) : NULL;
	int64_t order = row_int(now, "order", 0) + 1;
	if (now && row_int(next, "order", 0) != order) /* tables mostly stand in order, yet need not */
		for (next = rules_row(r, "ranks", 0); next && row_int(next, "order", 0) != order;)
			next = rules_next(next);
	return row_text(next, "code");
}

bool career_next_period(const struct rules *r, const char *kind, date d, date *ret)
{
	date best = DATE_NONE;
	for (const struct rules_row *row = rules_row(r, "periods", 0); row; row = rules_next(row)) {
		int64_t month_day = row_int(row, "month_day", 0);
		if (!str_is(row_text(row, "kind"), kind))
			continue;
		for (int year = date_year(d); year <= date_year(d) + 1; year++) {
			int month = (int)month_day / 100, day = (int)month_day % 100;
			if (!date_exists(year, month, day))
				continue;
			date at = date_of(year, month, day);
			if (at >= d && (best == DATE_NONE || at < best))
				best = at;
		}
	}
	if (best != DATE_NONE)
		*ret = best;
	return best != DATE_NONE;
}

static bool period(const struct rules *r, date d, date *ret_next)
{
	date next;
	if (!career_next_period(r, "rank", d, &next))
		return false;
	*ret_next = next;
	return next == d;
}

static void step(struct population *p, size_t row, struct str *ret_now, struct str *ret_next)
{
	*ret_now = population_text(p, "ranks", population_column(p, "rank")[row]);
	*ret_next = career_next_rank(population_rules(p), *ret_now);
}

static enum err within(struct population *p, struct units *units, size_t row, int64_t unit, bool *ret)
{
	int32_t own = population_column(p, "unit")[row];
	if (units) {
		*ret = units_under(units, own, unit);
		return E_OK;
	}
	return unit_above(population_ctx(p), own, unit, (struct moment){ population_day(p), population_position(p) },
			  ret);
}

static enum err consider(struct population *p, int64_t unit, bool *take, struct problems *problems)
{
	(void)problems;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct units *units = NULL;
	/* Of one person alone the units above are asked one by one. */
	if (!population_only(p))
		TRY(units_load(population_ctx(p), (struct moment){ population_day(p), population_position(p) },
			       &units));
	/* By code number, so that nobody is looked up by text. */
	struct by_code next = codes_next_rank(population_rules(p), population_codes(p), &a);
	struct by_code serving = codes_serving(population_rules(p), population_codes(p), &a);
	const int32_t *own = population_column(p, "unit"), *rank = population_column(p, "rank");
	const int32_t *status = population_column(p, "status");
	for (size_t row = 0; row < population_count(p); row++) {
		take[row] =
			own[row] != NONE && by_code(&serving, status[row]) == 1 && by_code(&next, rank[row]) != NONE;
		if (take[row])
			TRY(within(p, units, row, unit, &take[row]));
	}
	return E_OK;
}

static void other_kind(struct population *p, const struct ruleset *policy, size_t first, size_t n, bool *ret)
{
	const int32_t *category = population_column(p, "category") + first;
	memset(ret, 0, n * sizeof *ret);
	for (size_t i = 0; i < policy->nother_kind; i++) {
		int32_t other = population_code(p, "categories", policy->other_kind[i]);
		for (size_t at = 0; at < n; at++)
			ret[at] = ret[at] || category[at] == other;
	}
}

static const char *const inputs_always[] = { "rank", "category", "status", "unit", "post", NULL };

const struct round_kind rank_round_kind = {
	.name = "rank",
	.title = N_("Rise in rank"),
	.inputs = &program_inputs,
	.inputs_always = inputs_always,
	.period = period,
	.consider = consider,
	.step = step,
	.steps = "ranks",
	.grounds = "override_codes",
	.policies = "policies",
	.other_kind = other_kind,
	.unit = &unit_entity,
	.unit_path = unit_path,
};
