/* user.c - who acts. Sign-in and roles come with the pages; until then only the system's own actors exist. */
#include "modules/administration/administration.h"

enum { CODE, NAME };

/* clang-format off */
static const struct field fields[] = {
	[CODE] = { "code", N_("User code"), T_CODE, .max = 32,  .flags = REQUIRED | LISTED },
	[NAME] = { "name", N_("Name"),      T_TEXT, .max = 200, .flags = REQUIRED | LISTED | SEARCHED },
};
/* clang-format on */

const struct entity user_entity = {
	.name = "merit_user",
	.title = N_("User"),
	.help = N_("Somebody or something that writes into this store; every entry names one."),
	.kind = THING,
	FIELDS(fields),
};
