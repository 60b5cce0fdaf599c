/* administration.c - the module's tables. */
#include "modules/administration/administration.h"

static const struct entity *const entities[] = { &installation_entity, &user_entity, NULL };

const struct module administration_module = {
	.name = "administration",
	.title = N_("Administration"),
	.help = N_("The installation and its users."),
	.entities = entities,
};
