/* pack.c - merit pack: the rules as folders: check, load, compare. */
#include "command/place.h"
#include "entity/change.h"

static bool json;

static enum err read_pack(const char *folder, struct pack **ret)
{
	return pack_read(folder, modules_reader(), place_found(), ret);
}

static enum err check(const char *const *words, int n)
{
	struct pack *list[COMMAND_WORDS] = { NULL };
	enum err e = E_OK;
	int read = 0;
	while (e == E_OK && read < n) {
		e = read_pack(words[read], &list[read]);
		read += e == E_OK;
	}
	if (e == E_OK)
		e = pack_fit((const struct pack *const *)list, (size_t)n, place_found());
	for (int i = 0; i < read; i++) {
		if (e == E_OK)
			printf("%s %s is sound\n", pack_name(list[i]), pack_version(list[i]));
		pack_free(list[i]);
	}
	return e;
}

static enum err load(const char *const *words, int n)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct pack *p CLEANUP(pack_free_p) = NULL;
	struct txn t CLEANUP(txn_end) = { 0 };
	struct policy *policy;
	int64_t position;
	bool fresh;
	(void)n;
	TRY(read_pack(words[1], &p));
	TRY(place_open(words[0], true, &c));
	TRY(ctx_write(c, &t));
	TRY(change_begin(c, "pack.load", 0));
	TRY(pack_load(c, p, &fresh));
	if (!fresh) {
		change_abandon(c);
		printf("%s %s stands in the store already; nothing was written\n", pack_name(p), pack_version(p));
		return E_OK;
	}
	TRY(change_end(c, &position));
	/* What the lists hold by the order of the rules follows them. */
	TRY(policy_open(c, modules_reader(), 0, &policy));
	TRY(projections_ruled(c));
	TRY(txn_commit(&t));
	printf("%s %s is in force from entry %lld\n", pack_name(p), pack_version(p), (long long)position);
	return E_OK;
}

static enum err diff(const char *const *words, int n)
{
	struct pack *before CLEANUP(pack_free_p) = NULL;
	struct pack *after CLEANUP(pack_free_p) = NULL;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	(void)n;
	TRY(read_pack(words[0], &before));
	TRY(read_pack(words[1], &after));
	pack_diff(before, after, json, &out);
	return command_out(&out);
}

/* clang-format off */
static const struct option load_options[] = { PLACE_OPTIONS, { .name = NULL } };
static const struct option diff_options[] = {
	{ .name = "json", .flag = &json, .help = "as JSON" },
	{ .name = NULL },
};
/* clang-format on */

static const struct command check_verb = {
	.name = "check",
	.usage = "pack check DIR…",
	.help = "Reads folders of rules, in the order in which they lie over each other, and tells every fault.",
	.example = "merit pack check packs/indonesia-2008",
	.least = 1,
	.most = COMMAND_WORDS,
	.run = check,
};
static const struct command load_verb = {
	.name = "load",
	.usage = "pack load STORE DIR",
	.help = "Brings a folder of rules into force; decisions made before keep the rules they were made under.",
	.example = "merit pack load staff.db packs/indonesia-2008",
	.options = load_options,
	.least = 2,
	.most = 2,
	.run = load,
};
static const struct command diff_verb = {
	.name = "diff",
	.usage = "pack diff BEFORE AFTER [--json]",
	.help = "Tells line by line what differs between two folders of rules.",
	.example = "merit pack diff packs/indonesia-2008 my-rules",
	.options = diff_options,
	.least = 2,
	.most = 2,
	.run = diff,
};
static const struct command *const verbs[] = { &check_verb, &load_verb, &diff_verb, NULL };

const struct command pack_command = {
	.name = "pack",
	.usage = "pack check DIR… | pack load STORE DIR | pack diff BEFORE AFTER [--json]",
	.help = "Checks a folder of rules, brings it into force, or tells what differs between two.",
	.example = "merit pack check packs/indonesia-2008",
	.verbs = verbs,
};
