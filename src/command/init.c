/* init.c - merit init: an empty store with its rules. */
#include "command/birth.h"

static const char *packs[COMMAND_WORDS + 1], *origin, *zone;

/* clang-format off */
static const struct option options[] = {
	{ .name = "pack",   .more = packs,    .help = "folder of rules; may stand several times, later ones over earlier" },
	{ .name = "origin", .value = &origin, .help = "name of the log in its checkpoints (else merit/ and a number)" },
	{ .name = "zone",   .value = &zone,   .help = "time zone in which days begin (else the pack's first)" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
/* clang-format on */

static enum err run(const char *const *words, int n)
{
	(void)n;
	struct birth b = { .where = words[0], .side = place_side, .packs = packs, .origin = origin, .zone = zone };
	if (!packs[0])
		return command_usage("a store needs its rules; give --pack FOLDER");
	return birth_store(&b);
}

const struct command init_command = {
	.name = "init",
	.usage = "init STORE --pack DIR… [--origin NAME] [--zone ZONE] [--side DIR]",
	.help = "Makes a new store, a file or a postgresql:// URL, with the rules it begins with.",
	.example = "merit init staff.db --pack packs/indonesia-2008",
	.options = options,
	.least = 1,
	.most = 1,
	.run = run,
};
