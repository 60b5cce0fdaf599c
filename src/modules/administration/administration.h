/* administration.h - the installation itself and who may act in it. For now only the system's own actors. */
#ifndef MERIT_MODULES_ADMINISTRATION_H
#define MERIT_MODULES_ADMINISTRATION_H

#include "modules/module.h"

extern const struct module administration_module;
extern const struct entity installation_entity, user_entity;

/* The first entry of a store: origin, zone and demo mark as a row, and the system's actors. Inside a write transaction,
 * after the schema is made. */
MUST_CHECK enum err installation_begin(struct ctx *c, const char *zone);
/* The zone that the first entry states, into the arena; E_MISSING. */
MUST_CHECK enum err installation_zone(struct ctx *c, const char **ret);

#endif
