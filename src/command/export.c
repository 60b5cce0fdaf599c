/* export.c - merit export: records out as a spreadsheet or as lines of JSON. */
#include "command/place.h"
#include "entity/io.h"

static const char *format, *as_of, *known_at;
static bool all;

/* clang-format off */
static const struct option options[] = {
	{ .name = "format",   .value = &format,   .help = "csv (the default) or ndjson" },
	{ .name = "as-of",    .value = &as_of,    .help = "the day asked about, as 2008-10-01" },
	{ .name = "known-at", .value = &known_at, .help = "what was known then: a day, or the number of an entry" },
	{ .name = "all",      .flag = &all,       .help = "every version believed, not only the one that holds" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
/* clang-format on */

static enum err run(const char *const *words, int n)
{
	(void)n;
	static const char *const formats[] = { "csv", "ndjson", NULL };
	struct ctx *c CLEANUP(place_close) = NULL;
	struct export_options o = { .all = all };
	int form;
	const struct entity *e = registry_entity(modules_registry(), words[1]);
	if (!e || e->kind == PLAIN)
		return command_usage("there is no record called %s; merit describe lists them", words[1]);
	TRY(command_format(format, formats, &form));
	o.format = form == 1 ? EXPORT_NDJSON : EXPORT_CSV;
	TRY(place_open(words[0], false, &c));
	TRY(place_moment(c, as_of, known_at, &o.at));
	if (!as_of)
		o.at.day = DATE_NONE;
	return export_entity(c, e, &o, command_write, NULL);
}

const struct command export_command = {
	.name = "export",
	.usage = "export STORE RECORD [--format csv|ndjson] [--as-of D] [--known-at D|POSITION] [--all]",
	.help = "Prints one kind of record with the columns that import reads.",
	.example = "merit export staff.db person --as-of 2008-10-01 > persons.csv",
	.options = options,
	.least = 2,
	.most = 2,
	.run = run,
};
