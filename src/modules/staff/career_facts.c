/* career_facts.c - ranks, posts and statuses held: the three series of the service book. */
#include "modules/staff/staff.h"

const char *const proof_said[] = { N_("only claimed"), N_("paper seen"), N_("confirmed by the issuer"), NULL };

/* clang-format off */
static const struct field rank_fields[] = {
	[RANK_HELD]         = { "rank",         N_("Rank"),                  T_PACK, .of = "ranks", .flags = REQUIRED | LISTED },
	[RANK_DECREE]       = { "decree",       N_("Decree"),                T_TEXT, .max = 100, .flags = REQUIRED | LISTED | SEARCHED },
	[RANK_DECREE_DATE]  = { "decree_date",  N_("Signed on"),             T_DATE, .flags = 0 },
	[RANK_SIGNED_BY]    = { "signed_by",    N_("Signed by"),             T_TEXT, .max = 200 },
	[RANK_GRADE_YEARS]  = { "grade_years",  N_("Grade service, years"),  T_INT, .min = 0, .max = 60,
	                        .help = N_("Years of service that count for pay on the day the rank begins.") },
	[RANK_GRADE_MONTHS] = { "grade_months", N_("and months"),            T_INT, .min = 0, .max = 11 },
	[RANK_PROOF]        = PROOF_FIELD,
};

static const struct field post_fields[] = {
	[POST_HELD]             = { "post",           N_("Post"),      T_REF,  .ref = &post_entity, .flags = REQUIRED | SEAT | LISTED },
	[POST_HELD_DECREE]      = { "decree",         N_("Decree"),    T_TEXT, .max = 100, .flags = REQUIRED | LISTED | SEARCHED },
	[POST_HELD_DECREE_DATE] = { "decree_date",    N_("Signed on"), T_DATE, .flags = 0 },
	[POST_HELD_OATH]        = { "inaugurated_on", N_("Oath on"),   T_DATE,
	                            .help = N_("The day of the oath; time in the post runs from it.") },
	[POST_ACTING]           = { "acting",         N_("Acting"),    T_BOOL, .empty_as = "false", .flags = LANE | KEY | LISTED,
	                            .help = N_("An acting post runs beside the own one and ends nothing.") },
	[POST_HELD_PROOF]       = PROOF_FIELD,
};

static const struct field status_fields[] = {
	[STATUS_GIVEN]        = { "status", N_("Status"), T_PACK, .of = "statuses", .flags = REQUIRED | LISTED },
	[STATUS_GIVEN_DECREE] = { "decree", N_("Decree"), T_TEXT, .max = 100, .flags = REQUIRED | LISTED | SEARCHED },
	[STATUS_GIVEN_PROOF]  = PROOF_FIELD,
};
/* clang-format on */

const struct entity rank_history_entity = {
	.name = "rank_history",
	.title = N_("Rank held"),
	.titles = N_("Ranks held"),
	.help = N_("A rank from its day of effect, by decree; it holds until the next one."),
	.kind = SERIES,
	FIELDS(rank_fields),
	.owner = &person_entity,
	.owner_column = "staff_number",
	.see = MAY_PEOPLE,
	.write = MAY_PEOPLE_WRITE,
};

const struct entity post_history_entity = {
	.name = "post_history",
	.title = N_("Post held"),
	.titles = N_("Posts held"),
	.help = N_("A post from its day of effect, by decree, until the next one or its own last day."),
	.kind = SERIES,
	FIELDS(post_fields),
	.owner = &person_entity,
	.owner_column = "staff_number",
	.until = true,
	.see = MAY_PEOPLE,
	.write = MAY_PEOPLE_WRITE,
};

const struct entity status_history_entity = {
	.name = "status_history",
	.title = N_("Status in service"),
	.titles = N_("Statuses in service"),
	.help = N_("Active, on leave, on loan, retired; who has no row is active from the day of joining."),
	.kind = SERIES,
	FIELDS(status_fields),
	.owner = &person_entity,
	.owner_column = "staff_number",
	.see = MAY_PEOPLE,
	.write = MAY_PEOPLE_WRITE,
};
