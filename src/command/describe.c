/* describe.c - merit describe: which records there are, and what each field holds. */
#include "base/json.h"
#include "command/place.h"
#include "entity/io.h"

static bool json, names;

/* clang-format off */
static const struct option options[] = {
	{ .name = "json",         .flag = &json,  .help = "as JSON" },
	{ .name = "ledger-names", .flag = &names, .help = "the names that stand in the ledger for ever" },
	{ .name = NULL },
};
/* clang-format on */

static void list_json(const struct registry *r, struct buf *out)
{
	struct json j;
	json_init(&j, out);
	json_array(&j);
	for (const struct entity *const *e = r->entities; *e; e++) {
		json_object(&j);
		json_member_text(&j, "record", (*e)->name);
		json_member_text(&j, "help", (*e)->help);
		json_object_end(&j);
	}
	json_array_end(&j);
	buf_char(out, '\n');
}

static void list(const struct registry *r, struct buf *out)
{
	for (const struct entity *const *e = r->entities; *e; e++)
		buf_printf(out, "%-16s %s\n", (*e)->name, (*e)->help);
}

static enum err run(const char *const *words, int n)
{
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	const struct registry *r = modules_registry();
	const struct entity *e = n ? registry_entity(r, words[0]) : NULL;
	if (n && !e)
		return command_usage("there is no record called %s; merit describe lists them", words[0]);
	if (names)
		describe_ledger_names(r, &out);
	else if (e)
		describe_entity(e, json, &out);
	else if (json)
		list_json(r, &out);
	else
		list(r, &out);
	if (e && json)
		buf_char(&out, '\n');
	return command_out(&out);
}

const struct command describe_command = {
	.name = "describe",
	.usage = "describe [RECORD] [--json]",
	.help = "Tells which records there are, or what each column of one holds.",
	.example = "merit describe rating",
	.options = options,
	.least = 0,
	.most = 1,
	.run = run,
};
