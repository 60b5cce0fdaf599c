/* seniority.c - merit seniority: who stands before whom. */
#include "command/place.h"
#include "modules/career/career.h"

static const char *unit, *as_of;
static bool json;

/* clang-format off */
static const struct option options[] = {
	{ .name = "unit",  .value = &unit,  .help = "the unit, with all below it" },
	{ .name = "as-of", .value = &as_of, .help = "on which day (else the last day of the yearly list)" },
	{ .name = "json",  .flag = &json,   .help = "as JSON" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
/* clang-format on */

static enum err run(const char *const *words, int n)
{
	(void)n;
	struct ctx *c CLEANUP(place_close) = NULL;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	int64_t id;
	date day;
	if (!unit)
		return command_usage("the unit is missing; give --unit CODE");
	TRY(place_open(words[0], false, &c));
	TRY(place_find(c, &unit_entity, unit, &id));
	if (as_of)
		TRY(command_date("--as-of", as_of, &day));
	else
		TRY(seniority_last_day(c, &day));
	TRY(seniority_list(c, id, day, json, &out));
	return command_out(&out);
}

const struct command seniority_command = {
	.name = "seniority",
	.usage = "seniority STORE --unit CODE [--as-of D] [--json]",
	.help = "Prints the seniority list of a unit in the order that the rules name.",
	.example = "merit seniority staff.db --unit MOF --as-of 2008-12-31",
	.options = options,
	.least = 1,
	.most = 1,
	.run = run,
};
