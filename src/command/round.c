/* round.c - merit round: open, list, explain, override, seal, compare. */
#include "base/number.h"
#include "command/place.h"
#include "modules/staff/staff.h"

static const char *kind, *policy, *unit, *as_of, *format, *audience, *outcome, *code, *reason, *with;
static bool json;

static const struct option options[] = {
	{.name = "kind",					     .value = &kind, .help = "open: the kind of round, such as rank" },
	{ .name = "policy",           .value = &policy, .help = "open: under which rules (else the default ones)" },
	{ .name = "unit",					  .value = &unit, .help = "open: the unit, with all below it" },
	{ .name = "as-of", .value = &as_of, .help = "open: the day of the round, one of the periods" },
	{ .name = "format",					    .value = &format, .help = "list: text (the default), csv or json" },
	{ .name = "for",               .value = &audience, .help = "list, explain: person, committee or other" },
	{ .name = "outcome",					   .value = &outcome, .help = "override: meets or not-yet" },
	{ .name = "code",  .value = &code, .help = "override: the code of the reason, one of override_codes" },
	{ .name = "reason",					  .value = &reason, .help = "override: the reason in words" },
	{ .name = "with",           .value = &with, .help = "compare: the other policy" },
	{ .name = "json",					     .flag = &json, .help = "as JSON" },
	PLACE_OPTIONS,
	{ .name = NULL      },
};

static enum err who_reads(enum audience otherwise, enum audience *ret)
{
	static const char *const names[] = { "person", "committee", "other" };
	*ret = otherwise;
	for (size_t i = 0; audience && i < COUNT(names); i++)
		if (text_is(audience, names[i])) {
			*ret = (enum audience)i;
			return E_OK;
		}
	return audience ? command_usage("--for is person, committee or other, not %s", audience) : E_OK;
}

static enum err round_number(const char *text, int64_t *ret)
{
	return command_number("the round's number", text, ret);
}

static enum err open_round(struct ctx *c, const char *const *words, int n)
{
	struct round_ask ask = { .kind = kind ? kind : "rank", .policy = policy, .unit = unit };
	int64_t id;
	(void)words;
	if (n || !unit || !as_of)
		return command_usage("a round needs --unit CODE and --as-of DAY");
	TRY(command_date("--as-of", as_of, &ask.as_of));
	TRY(round_open(c, modules_rounds(), &ask, &id));
	printf("%lld\n", (long long)id);
	return E_OK;
}

static enum err list(struct ctx *c, const char *const *words, int n)
{
	static const char *const formats[] = { "text", "csv", "json", NULL };
	static void (*const print[])(const struct round *, enum audience,
				     struct buf *) = { round_list_text, round_list_csv, round_list_json };
	CLEANUP(round_free_p) struct round *r = NULL;
	CLEANUP(buf_release) struct buf out = BUF_INIT;
	enum audience who;
	int64_t id;
	int form;
	if (n != 1)
		return command_usage("which round? merit round list STORE ID");
	TRY(round_number(words[0], &id));
	TRY(who_reads(FOR_COMMITTEE, &who));
	TRY(command_format(json ? "json" : format, formats, &form));
	TRY(round_read(c, modules_rounds(), id, NULL, &r));
	print[form](r, who, &out);
	return command_out(&out);
}

static enum err explain(struct ctx *c, const char *const *words, int n)
{
	CLEANUP(round_free_p) struct round *r = NULL;
	CLEANUP(buf_release) struct buf out = BUF_INIT;
	struct record *person;
	enum audience who;
	int64_t id, person_id;
	if (n != 2)
		return command_usage("whom? merit round explain STORE ID STAFF_NUMBER");
	TRY(round_number(words[0], &id));
	TRY(who_reads(FOR_PERSON, &who));
	TRY(place_find(c, &person_entity, words[1], &person_id));
	TRY(round_read(c, modules_rounds(), id, NULL, &r));
	const struct candidate *k = round_candidate(r, person_id);
	if (!k) {
		problem_at(c->problems, NULL, 0, NULL,
			   "%s is not considered in round %lld: not in service, no own post in the unit, or no rank "
			   "with a "
			   "next one on that day; see merit show",
			   words[1], (long long)id);
		return E_MISSING;
	}
	TRY(read_thing(c, &person_entity, person_id, (struct moment){ r->as_of, r->sealed ? r->position : 0 },
		       &person));
	round_explain(r, k, who, person->v[PERSON_NAME].t, &out);
	return command_out(&out);
}

static enum err override(struct ctx *c, const char *const *words, int n)
{
	struct override_ask ask = { .code = code, .reason = reason };
	if (n != 2 || !outcome || !code || !reason)
		return command_usage(
			"merit round override STORE ID STAFF_NUMBER --outcome meets|not-yet --code CODE --reason TEXT");
	TRY(round_number(words[0], &ask.round));
	if (text_is(outcome, outcome_text(MEETS)))
		ask.outcome = MEETS;
	else if (text_is(outcome, outcome_text(NOT_YET)))
		ask.outcome = NOT_YET;
	else
		return command_usage("--outcome is meets or not-yet, not %s", outcome);
	TRY(place_find(c, &person_entity, words[1], &ask.person));
	return round_override(c, modules_rounds(), &ask);
}

static enum err seal(struct ctx *c, const char *const *words, int n)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT;
	int64_t id, position;
	if (n != 1)
		return command_usage("which round? merit round seal STORE ID");
	TRY(round_number(words[0], &id));
	TRY(round_seal(c, modules_rounds(), id, &position));
	struct checkpoint head = ledger_checkpoint(c->ledger);
	buf_printf(&out, "round %lld is sealed as decision %lld, on what was known at entry %lld\nsize %llu root ",
		   (long long)id, (long long)id, (long long)position, (unsigned long long)head.size);
	base64_add(&out, head.root.b, HASH_SIZE);
	buf_char(&out, '\n');
	return command_out(&out);
}

static enum err compare(struct ctx *c, const char *const *words, int n)
{
	CLEANUP(round_free_p) struct round *a = NULL;
	CLEANUP(round_free_p) struct round *b = NULL;
	CLEANUP(buf_release) struct buf out = BUF_INIT;
	int64_t id;
	if (n != 1 || !with)
		return command_usage("merit round compare STORE ID --with POLICY");
	TRY(round_number(words[0], &id));
	TRY(round_read(c, modules_rounds(), id, NULL, &a));
	TRY(round_read(c, modules_rounds(), id, with, &b));
	round_compare(a, b, json, &out);
	return command_out(&out);
}

static const struct verb {
	const char *name;
	bool writing;
	enum err (*run)(struct ctx *c, const char *const *words, int n);
} verbs[] = {
	{"open",      true,  open_round},
        { "list",     false, list      },
        { "explain",  false, explain   },
	{ "override", true,  override  },
        { "seal",     true,  seal      },
        { "compare",  false, compare   },
};

static enum err run(const char *const *words, int n)
{
	CLEANUP(place_close) struct ctx *c = NULL;
	for (size_t i = 0; i < COUNT(verbs); i++)
		if (text_is(words[0], verbs[i].name)) {
			TRY(place_open(words[1], verbs[i].writing, &c));
			return verbs[i].run(c, words + 2, n - 2);
		}
	return command_usage(
		"merit round %s is not known; the verbs are open, list, explain, override, seal and compare", words[0]);
}

const struct command round_command = {
	.name = "round",
	.usage = "round open|list|explain|override|seal|compare STORE [ID [STAFF_NUMBER]] [OPTIONS]",
	.help = "Judges many people on one day under one set of rules, explains each outcome, and seals the whole.",
	.example = "merit round open staff.db --kind rank --policy as-reported --unit MOF --as-of 2008-10-01",
	.options = options,
	.least = 2,
	.most = 4,
	.run = run,
};
