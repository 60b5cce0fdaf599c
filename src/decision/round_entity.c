/* round_entity.c - the engine's own records: rounds, overrides, seals. */
#include "decision/inside.h"

/* clang-format off */
static const struct field round_fields[] = {
	[ROUND_CODE]   = { "code",   N_("Code"),             T_CODE, .max = 24, .flags = REQUIRED | LISTED },
	[ROUND_KIND]   = { "kind",   N_("Kind of round"),    T_TEXT, .max = 60, .flags = REQUIRED | LISTED },
	[ROUND_POLICY] = { "policy", N_("Policy"),           T_TEXT, .max = 100, .flags = REQUIRED | LISTED },
	[ROUND_UNIT]   = { "unit",   N_("Unit"),             T_TEXT, .max = 100, .flags = REQUIRED | LISTED },
	[ROUND_AS_OF]  = { "as_of",  N_("Day of the round"), T_DATE, .flags = REQUIRED | LISTED | FIRST_DAY },
};
static const struct field override_fields[] = {
	[OVERRIDE_PERSON]  = { "person",  N_("Person"),  T_INT,  .flags = REQUIRED | KEY | LISTED | OF_PERSON,
	                       .help = N_("Of whom it is.") },
	[OVERRIDE_OUTCOME] = { "outcome", N_("Outcome"), T_ENUM, .of = "meets not-yet", .flags = REQUIRED | LISTED },
	[OVERRIDE_GROUND]  = { "ground",  N_("Ground"),  T_PACK, .of = "override_codes", .flags = REQUIRED | LISTED },
	[OVERRIDE_REASON]  = { "reason",  N_("Reason"),  T_NOTE, .flags = REQUIRED | CONFIDENTIAL,
	                       .help = N_("What the committee says to the person; others do not read it.") },
};
static const struct field seal_fields[] = {
	[SEAL_KIND]       = { "kind",        N_("Kind of round"),      T_TEXT, .max = 60, .flags = REQUIRED | LISTED },
	[SEAL_POLICY]     = { "policy",      N_("Policy"),             T_TEXT, .max = 100, .flags = REQUIRED | LISTED },
	[SEAL_UNIT]       = { "unit",        N_("Unit"),               T_TEXT, .max = 100, .flags = REQUIRED | LISTED },
	[SEAL_POSITION]   = { "known_at",    N_("Position read"),      T_INT,  .flags = REQUIRED | LISTED,
	                      .help = N_("The last entry before the seal: what was known when it was decided.") },
	[SEAL_RULES]      = { "rules_hash",  N_("Hash of the rules"),  T_TEXT, .max = 64, .flags = REQUIRED },
	[SEAL_HEADER]     = { "header_hash", N_("Hash of the header"), T_TEXT, .max = 64, .flags = REQUIRED },
	[SEAL_CANDIDATES] = { "candidates",  N_("Considered"),         T_INT,  .flags = REQUIRED | LISTED },
	[SEAL_MEETS]      = { "meets",       N_("Meets"),              T_INT,  .flags = REQUIRED | LISTED },
	[SEAL_MEETS + 1]  = { "incomplete",  N_("Incomplete"),         T_INT,  .flags = REQUIRED | LISTED },
	[SEAL_MEETS + 2]  = { "not_yet",     N_("Not yet"),            T_INT,  .flags = REQUIRED | LISTED },
	[SEAL_MEETS + 3]  = { "other_kind",  N_("Other kind"),         T_INT,  .flags = REQUIRED | LISTED },
};
/* clang-format on */

const struct entity round_entity = {
	.name = "round",
	.title = N_("Round"),
	.titles = N_("Rounds"),
	.help = N_("Many people judged under one policy on one day. Open, it reads what is known now; sealed, it is a "
		   "decision."),
	.kind = THING,
	FIELDS(round_fields),
	.see = MAY_AUDIT, /* others see rounds on their own pages, within their reach */
};

const struct entity override_entity = {
	.name = "round_override",
	.title = N_("Override"),
	.titles = N_("Overrides"),
	.help = N_("The committee decides otherwise than the rules say, with a coded ground and a reason."),
	.kind = EVENT,
	FIELDS(override_fields),
	.owner = &round_entity,
	.see = MAY_AUDIT, /* others see rounds on their own pages, within their reach */
};

const struct entity round_seal_entity = {
	.name = "round_seal",
	.title = N_("Seal of a round"),
	.titles = N_("Seals of rounds"),
	.help = N_(
		"That a round was decided, under which rules and on what was known; its candidates are leaves of the "
		"same entry."),
	.kind = EVENT,
	FIELDS(seal_fields),
	.owner = &round_entity,
	.see = MAY_AUDIT, /* others see rounds on their own pages, within their reach */
};

static const struct column seal_columns[] = {
	{ "decision", 'i', .required = true },
	{ "block", 'i', .required = true },
	{ "columns", 'b', .required = true },
	{ "salts", 'b', .required = false },
};
const struct classed_table seal_table = {
	.table = { .name = "seal",
		   .more = "PRIMARY KEY (decision, block)",
		   .columns = seal_columns,
		   .ncolumns = COUNT(seal_columns) },
	.class = LEDGERED,
};
