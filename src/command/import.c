/* import.c - merit import: a spreadsheet into the store, wholly or not at all. */
#include "command/place.h"
#include "entity/io.h"

static const char *mapping, *reason;
static bool dry_run, ignore_extra, correct;

/* clang-format off */
static const struct option options[] = {
	{ .name = "dry-run",      .flag = &dry_run,      .help = "check everything, write nothing" },
	{ .name = "map",          .value = &mapping,     .help = "CSV file_column,column: how this file's heads are called" },
	{ .name = "ignore-extra", .flag = &ignore_extra, .help = "pass over columns that this record does not have" },
	{ .name = "correct",      .flag = &correct,      .help = "rows that differ were recorded wrongly: replace them" },
	{ .name = "reason",       .value = &reason,      .help = "why; needed with --correct" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
/* clang-format on */

static void report(const struct import_counts *k)
{
	printf("%zu row%s: %zu added, %zu changed, %zu corrected, %zu unchanged", k->rows, k->rows == 1 ? "" : "s",
	       k->added, k->changed, k->corrected, k->unchanged);
	if (k->assumed)
		printf("; %zu cell%s read by an assumed synonym", k->assumed, k->assumed == 1 ? "" : "s");
	if (dry_run)
		printf("; nothing was written\n");
	else if (k->position)
		printf("; entry %lld\n", (long long)k->position);
	else
		printf("; nothing to write\n");
}

static enum err run(const char *const *words, int n)
{
	(void)n;
	struct ctx *c CLEANUP(place_close) = NULL;
	struct import_options o = { dry_run, ignore_extra, correct, mapping, reason };
	struct import_counts counts = { 0 };
	const struct entity *e = registry_entity(modules_registry(), words[1]);
	if (!e || e->kind == PLAIN)
		return command_usage("there is no record called %s; merit describe lists them", words[1]);
	if (correct && (!reason || !*reason))
		return command_usage("--correct needs its reason; say with --reason TEXT why the rows were wrong");
	TRY(place_open(words[0], true, &c));
	enum err done = import_file(c, e, words[2], &o, &counts);
	if (done == E_MISSING) /* a file that cannot be opened: the problem has said it */
		done = E_UNKNOWN;
	TRY(done);
	report(&counts);
	return E_OK;
}

const struct command import_command = {
	.name = "import",
	.usage = "import STORE RECORD FILE [--dry-run] [--map FILE] [--ignore-extra] [--correct --reason TEXT]",
	.help = "Reads a CSV file of one kind of record. All of it is taken, or nothing, and every problem is told "
		"with its row.",
	.example = "merit import staff.db person persons.csv --dry-run",
	.options = options,
	.least = 3,
	.most = 3,
	.run = run,
};
