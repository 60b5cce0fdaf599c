/* round.c - merit round: open, list, explain, override, seal, compare. */
#include "base/number.h"
#include "command/place.h"
#include "modules/staff/staff.h"

static const char *kind, *policy, *unit, *as_of, *format, *audience, *outcome, *code, *reason, *said_by, *with;
static bool json;

static enum err who_reads(enum audience otherwise, enum audience *ret)
{
	static const char *const names[] = { "person", "committee", "other" };
	*ret = otherwise;
	for (size_t i = 0; audience && i < COUNT(names); i++)
		if (text_is(audience, names[i])) {
			*ret = (enum audience)i;
			return E_OK;
		}
	return audience ? command_usage("--for %s is not known; give person, committee or other", audience) : E_OK;
}

static enum err round_number(const char *text, int64_t *ret)
{
	return command_number("the round's number", text, ret);
}

static enum err open_round(const char *const *words, int n)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct round_ask ask = { .kind = kind ? kind : "rank", .policy = policy, .unit = unit };
	int64_t id;
	(void)n;
	if (!unit || !as_of)
		return command_usage("a round needs a unit and a day; give --unit CODE and --as-of DAY");
	TRY(command_date("--as-of", as_of, &ask.as_of));
	TRY(place_open(words[0], true, &c));
	TRY(round_open(c, modules_rounds(), &ask, &id));
	printf("%lld\n", (long long)id);
	return E_OK;
}

static enum err list(const char *const *words, int n)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	static const char *const formats[] = { "text", "csv", "json", NULL };
	static void (*const print[])(const struct round *, enum audience,
				     struct buf *) = { round_list_text, round_list_csv, round_list_json };
	struct round *r CLEANUP(round_free_p) = NULL;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	enum audience who;
	int64_t id;
	int form;
	(void)n;
	TRY(round_number(words[1], &id));
	TRY(who_reads(FOR_COMMITTEE, &who));
	TRY(command_format(json ? "json" : format, formats, &form));
	TRY(place_open(words[0], false, &c));
	TRY(round_read(c, modules_rounds(), id, NULL, &r));
	print[form](r, who, &out);
	return command_out(&out);
}

static enum err explain(const char *const *words, int n)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct round *r CLEANUP(round_free_p) = NULL;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	struct record *person;
	enum audience who;
	int64_t id, person_id;
	(void)n;
	TRY(round_number(words[1], &id));
	TRY(who_reads(FOR_PERSON, &who));
	TRY(place_open(words[0], false, &c));
	TRY(place_find(c, &person_entity, words[2], &person_id));
	TRY(round_read(c, modules_rounds(), id, NULL, &r));
	const struct candidate *k = round_candidate(r, person_id);
	if (!k) {
		problem_at(c->problems, NULL, 0, NULL,
			   "%s is not considered in round %lld: not in service, no own post in the unit, or no rank "
			   "with a next one on that day; look at `merit show STORE person %s`",
			   words[2], (long long)id, words[2]);
		return E_MISSING;
	}
	TRY(read_thing(c, &person_entity, person_id, (struct moment){ r->as_of, r->sealed ? r->position : 0 },
		       &person));
	round_explain(r, k, who, person->v[PERSON_NAME].t, &out);
	return command_out(&out);
}

static enum err override(const char *const *words, int n)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct override_ask ask = { .code = code, .reason = reason, .who = said_by };
	(void)n;
	if (!outcome || !code || !reason)
		return command_usage(
			"an override needs its outcome, code and reason; give --outcome, --code and --reason");
	TRY(round_number(words[1], &ask.round));
	if (text_is(outcome, outcome_text(MEETS)))
		ask.outcome = MEETS;
	else if (text_is(outcome, outcome_text(NOT_YET)))
		ask.outcome = NOT_YET;
	else
		return command_usage("--outcome %s cannot be decided; give meets or not-yet", outcome);
	TRY(place_open(words[0], true, &c));
	TRY(place_find(c, &person_entity, words[2], &ask.person));
	TRY(round_override(c, modules_rounds(), &ask));
	printf("%s: %s, by override %s\n", words[2], outcome_text(ask.outcome), code);
	return E_OK;
}

static enum err seal(const char *const *words, int n)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	int64_t id, position;
	(void)n;
	TRY(round_number(words[1], &id));
	TRY(place_open(words[0], true, &c));
	TRY(round_seal(c, modules_rounds(), id, &position));
	struct checkpoint head = ledger_checkpoint(c->ledger);
	buf_printf(&out, "round %lld is sealed as decision %lld, on what was known at entry %lld\nsize %llu root ",
		   (long long)id, (long long)id, (long long)position, (unsigned long long)head.size);
	base64_add(&out, head.root.b, HASH_SIZE);
	buf_char(&out, '\n');
	return command_out(&out);
}

static enum err compare(const char *const *words, int n)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct round *a CLEANUP(round_free_p) = NULL;
	struct round *b CLEANUP(round_free_p) = NULL;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	int64_t id;
	(void)n;
	if (!with)
		return command_usage("the other policy is missing; give --with POLICY");
	TRY(round_number(words[1], &id));
	TRY(place_open(words[0], false, &c));
	TRY(round_read(c, modules_rounds(), id, NULL, &a));
	TRY(round_read(c, modules_rounds(), id, with, &b));
	round_compare(a, b, json, &out);
	return command_out(&out);
}

/* ---- the verbs ---- */

/* clang-format off */
static const struct option open_options[] = {
	{ .name = "kind",   .value = &kind,   .help = "the kind of round (else rank)" },
	{ .name = "policy", .value = &policy, .help = "under which rules (else the default ones)" },
	{ .name = "unit",   .value = &unit,   .help = "the unit, with all below it" },
	{ .name = "as-of",  .value = &as_of,  .help = "the day of the round, one of the periods" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
static const struct option list_options[] = {
	{ .name = "format", .value = &format,   .help = "text (the default), csv or json" },
	{ .name = "json",   .flag = &json,      .help = "the same as --format json" },
	{ .name = "for",    .value = &audience, .help = "who reads it: committee (the default), person or other" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
static const struct option explain_options[] = {
	{ .name = "for", .value = &audience, .help = "who reads it: person (the default), committee or other" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
static const struct option override_options[] = {
	{ .name = "outcome", .value = &outcome, .help = "meets or not-yet" },
	{ .name = "code",    .value = &code,    .help = "the code of the reason, one of override_codes in the rules", .column = "ground" },
	{ .name = "reason",  .value = &reason,  .help = "the reason in words" },
	{ .name = "who",     .value = &said_by,  .help = "who said so and how it was received; of an instruction, request, ruling or answer" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
static const struct option seal_options[] = { PLACE_OPTIONS, { .name = NULL } };
static const struct option compare_options[] = {
	{ .name = "with", .value = &with, .help = "the other policy", .column = "policy" },
	{ .name = "json", .flag = &json,  .help = "as JSON" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
/* clang-format on */

static const struct command open_verb = {
	.name = "open",
	.usage = "round open STORE --unit CODE --as-of DAY [--kind rank] [--policy NAME]",
	.help = "Opens a round over a unit and prints its number.",
	.example = "merit round open staff.db --kind rank --policy as-reported --unit MOF --as-of 2008-10-01",
	.options = open_options,
	.least = 1,
	.most = 1,
	.run = open_round,
};
static const struct command list_verb = {
	.name = "list",
	.usage = "round list STORE ID [--format text|csv|json] [--for committee|person|other]",
	.help = "Lists everybody considered, with the outcome and what each criterion says.",
	.example = "merit round list staff.db 1 --format csv > round.csv",
	.options = list_options,
	.least = 2,
	.most = 2,
	.run = list,
};
static const struct command explain_verb = {
	.name = "explain",
	.usage = "round explain STORE ID STAFF_NUMBER [--for person|committee|other]",
	.help = "Says of one person what is met and what not, on which facts and under which rule.",
	.example = "merit round explain staff.db 1 060000101",
	.options = explain_options,
	.least = 3,
	.most = 3,
	.run = explain,
};
static const struct command override_verb = {
	.name = "override",
	.usage = "round override STORE ID STAFF_NUMBER --outcome meets|not-yet --code CODE --reason TEXT [--who TEXT]",
	.help = "Decides otherwise than the rules, with a coded reason that stays for ever; before the seal.",
	.example = "merit round override staff.db 1 060000101 --outcome meets --code paper-seen-late --reason 'decree "
		   "seen on 30 September'",
	.options = override_options,
	.least = 3,
	.most = 3,
	.run = override,
};
static const struct command seal_verb = {
	.name = "seal",
	.usage = "round seal STORE ID",
	.help = "Seals the round: from now on it is a decision that can be proved.",
	.example = "merit round seal staff.db 1",
	.options = seal_options,
	.least = 2,
	.most = 2,
	.run = seal,
};
static const struct command compare_verb = {
	.name = "compare",
	.usage = "round compare STORE ID --with POLICY [--json]",
	.help = "Judges the same people under another policy: counts, then each who differs and why.",
	.example = "merit round compare staff.db 1 --with as-regulated",
	.options = compare_options,
	.least = 2,
	.most = 2,
	.run = compare,
};
static const struct command *const verbs[] = { &open_verb, &list_verb,    &explain_verb, &override_verb,
					       &seal_verb, &compare_verb, NULL };

const struct command round_command = {
	.name = "round",
	.usage = "round VERB STORE …",
	.help = "Judges many people on one day under one set of rules, explains each outcome, and seals the whole.",
	.example = "merit round open staff.db --kind rank --policy as-reported --unit MOF --as-of 2008-10-01",
	.verbs = verbs,
};
