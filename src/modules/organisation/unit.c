/* unit.c - the organisation as a dated tree: ministry, directorates, offices. */
#include "modules/organisation/organisation.h"

/* clang-format off */
static const struct field fields[] = {
	[UNIT_CODE]   = { "code",   N_("Unit code"), T_CODE, .max = 32,  .flags = REQUIRED | LISTED },
	[UNIT_NAME]   = { "name",   N_("Name"),      T_TEXT, .max = 200, .flags = REQUIRED | LISTED | SEARCHED },
	[UNIT_PARENT] = { "parent", N_("Part of"),   T_REF,  .ref = &unit_entity, .flags = LISTED | TREE | EXPECTED,
	                  .help = N_("Empty for the unit at the top.") },
	[UNIT_KIND]   = { "kind",   N_("Kind"),      T_PACK, .of = "unit_kinds", .flags = REQUIRED | LISTED },
};
/* clang-format on */

const struct entity unit_entity = {
	.name = "unit",
	.title = N_("Unit"),
	.titles = N_("Units"),
	.help = N_("A part of the organisation. It moves by a new row from the day of the move; the old tree stays "
		   "readable."),
	.kind = THING,
	FIELDS(fields),
	.see = MAY_ANYBODY,
	.write = MAY_HOUSE_WRITE,
};
