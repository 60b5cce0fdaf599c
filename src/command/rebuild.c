/* rebuild.c - merit rebuild: derived tables made anew from the records. */
#include "command/place.h"
#include "entity/change.h"

static const struct option options[] = { PLACE_OPTIONS, { .name = NULL } };

static enum err run(const char *const *words, int n)
{
	(void)n;
	struct ctx *c CLEANUP(place_close) = NULL;
	TRY(place_open(words[0], true, &c));
	return projections_rebuild(c);
}

const struct command rebuild_command = {
	.name = "rebuild",
	.usage = "rebuild STORE",
	.help = "Makes the lists of today and the words of the search anew. Nothing that is proved changes.",
	.example = "merit rebuild staff.db",
	.options = options,
	.least = 1,
	.most = 1,
	.run = run,
};
