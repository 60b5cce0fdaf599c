/* administration.h - who may act in a store. For now only the system's own actors. */
#ifndef MERIT_MODULES_ADMINISTRATION_H
#define MERIT_MODULES_ADMINISTRATION_H

#include "modules/module.h"

extern const struct module administration_module;
extern const struct entity user_entity;

/* The system's actors of a new store, one entry. Inside a write transaction, after the schema is made. */
MUST_CHECK enum err administration_begin(struct ctx *c);

#endif
