/* administration.c - the module's tables. */
#include "modules/administration/administration.h"

static const struct entity *const entities[] = { &user_entity, &user_status_entity, NULL };

const struct module administration_module = {
	.name = "administration",
	.title = N_("Administration"),
	.help = N_("Who acts in this store, and who of them may sign in."),
	.entities = entities,
};
