/* proof.c - merit export-proof: what a stranger needs to check a decision without the store. */
#include "command/place.h"
#include "modules/staff/staff.h"

static const char *decision, *person;

/* clang-format off */
static const struct option options[] = {
	{ .name = "decision", .value = &decision, .help = "the number of a sealed round" },
	{ .name = "person",   .value = &person,   .help = "only of this person" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
/* clang-format on */

static enum err run(const char *const *words, int n)
{
	(void)n;
	struct ctx *c CLEANUP(place_close) = NULL;
	int64_t id, person_id = 0;
	if (!decision)
		return command_usage("the decision is missing; give --decision ID");
	TRY(command_number("--decision", decision, &id));
	TRY(place_open(words[0], false, &c));
	if (person)
		TRY(place_find(c, &person_entity, person, &person_id));
	return round_proof(c, modules_rounds(), id, person_id, command_write, NULL);
}

const struct command proof_command = {
	.name = "export-proof",
	.usage = "export-proof STORE --decision ID [--person NUMBER]",
	.help = "Prints a file with which anybody who has the public key can check a decision, without the store.",
	.example = "merit export-proof staff.db --decision 1 > proof.json",
	.options = options,
	.least = 1,
	.most = 1,
	.run = run,
};
