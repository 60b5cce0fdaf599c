/* role.c - roles, the duties that users hold over units, and who stands in for whom. */
#include "modules/duty/duty.h"

/* clang-format off */
static const struct field role_fields[] = {
	[ROLE_CODE]  = { "code",  N_("Role"),                    T_CODE,  .max = 32,  .flags = REQUIRED | LISTED },
	[ROLE_NAME]  = { "name",  N_("Name"),                    T_TEXT,  .max = 100, .flags = REQUIRED | LISTED },
	[ROLE_NAMES] = { "names", N_("Name in other languages"), T_NAMES, .flags = 0 },
#define X(symbol, right, words) [ROLE_RIGHTS + RIGHT_NUMBER_##symbol] = { right, N_(words), T_BOOL, .empty_as = "false", .flags = LISTED },
	RIGHTS(X)
#undef X
};

static const struct field duty_fields[] = {
	[DUTY_NUMBER] = { "number", N_("Number of the duty"), T_INT,  .min = 1, .max = 999, .flags = REQUIRED | LANE | KEY,
	                  .help = N_("A user may have several duties at a time; each goes on under its own number.") },
	[DUTY_ROLE]   = { "role",   N_("Role"),  T_REF,  .ref = &user_role_entity, .flags = REQUIRED | LISTED },
	[DUTY_UNIT]   = { "unit",   N_("Over"),  T_REF,  .ref = &unit_entity, .flags = LISTED | EXPECTED,
	                  .help = N_("A unit with all below it; empty: the whole service.") },
	[DUTY_STATE]  = { "state",  N_("State"), T_ENUM, .of = DUTY_STATES, .empty_as = "held", .flags = LISTED },
};

static const struct field deputy_fields[] = {
	[DEPUTY_NUMBER] = { "number", N_("Number"),   T_INT,  .min = 1, .max = 9999, .flags = REQUIRED | LANE | KEY },
	[DEPUTY_TO]     = { "deputy", N_("Deputy"),   T_REF,  .ref = &user_entity, .flags = REQUIRED | LISTED },
	[DEPUTY_ROLE]   = { "role",   N_("Role"),     T_REF,  .ref = &user_role_entity, .flags = LISTED | EXPECTED,
	                    .help = N_("The one duty that is handed over; empty: all of them.") },
	[DEPUTY_REASON] = { "reason", N_("Reason"),   T_TEXT, .max = 400, .flags = REQUIRED },
	[DEPUTY_STATE]  = { "state",  N_("State"),    T_ENUM, .of = DUTY_STATES, .empty_as = "held", .flags = LISTED },
};
/* clang-format on */

const struct entity user_role_entity = {
	.name = "user_role",
	.title = N_("Role"),
	.titles = N_("Roles"),
	.help = N_("A bundle of what somebody may do, given to users over a unit or the whole service."),
	.kind = THING,
	.timeless = true,
	.see = MAY_USERS,
	FIELDS(role_fields),
};

const struct entity user_duty_entity = {
	.name = "user_duty",
	.title = N_("Duty"),
	.titles = N_("Duties"),
	.help = N_("A role that a user holds over a unit with all below it, or over the whole service, from a day."),
	.kind = SERIES,
	FIELDS(duty_fields),
	.owner = &user_entity,
	.owner_column = "user",
	.until = true,
	.see = MAY_USERS,
};

const struct entity user_deputy_entity = {
	.name = "user_deputy",
	.title = N_("Deputy"),
	.titles = N_("Deputies"),
	.help = N_("Who does a user's duties from one day to another; what the deputy does names both."),
	.kind = SERIES,
	FIELDS(deputy_fields),
	.owner = &user_entity,
	.owner_column = "user",
	.until = true,
	.see = MAY_USERS,
};
