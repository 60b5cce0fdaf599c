/* due.c - merit due: what falls due for whom. */
#include "command/place.h"
#include "modules/career/career.h"

static const char *unit, *as_of, *months;
static bool json;

/* clang-format off */
static const struct option options[] = {
	{ .name = "unit",   .value = &unit,   .help = "the unit, with all below it" },
	{ .name = "as-of",  .value = &as_of,  .help = "from which day on (else today)" },
	{ .name = "months", .value = &months, .help = "how far ahead (else what the rules say)" },
	{ .name = "json",   .flag = &json,    .help = "as JSON" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
/* clang-format on */

static enum err run(const char *const *words, int n)
{
	(void)n;
	struct ctx *c CLEANUP(place_close) = NULL;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	struct due_ask ask = { .months = -1 };
	struct due_counts counts = { 0 };
	int64_t ahead;
	if (!unit)
		return command_usage("the unit is missing; give --unit CODE");
	TRY(place_open(words[0], false, &c));
	ask.as_of = c->today;
	if (as_of)
		TRY(command_date("--as-of", as_of, &ask.as_of));
	if (months) {
		TRY(command_number("--months", months, &ahead));
		if (ahead < 0 || ahead > 600)
			return command_usage("--months is %s; write a number from 0 to 600", months);
		ask.months = (int)ahead;
	}
	TRY(place_find(c, &unit_entity, unit, &ask.unit));
	TRY(due_list(c, &ask, json, &out, &counts));
	if (counts.no_grade_service)
		command_say("of %zu people the grade service is not stated, so their increments are not told; "
			    "add grade_years and grade_months to their rank_history",
			    counts.no_grade_service);
	return command_out(&out);
}

const struct command due_command = {
	.name = "due",
	.usage = "due STORE --unit CODE [--as-of D] [--months N] [--json]",
	.help = "Lists rises in rank, increments, retirements and ends of sanctions of the months ahead.",
	.example = "merit due staff.db --unit MOF --as-of 2008-10-01 --months 12",
	.options = options,
	.least = 1,
	.most = 1,
	.run = run,
};
