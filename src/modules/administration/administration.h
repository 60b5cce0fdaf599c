/* administration.h - who acts in a store: the system's own actors and the people who sign in. */
#ifndef MERIT_MODULES_ADMINISTRATION_H
#define MERIT_MODULES_ADMINISTRATION_H

#include "modules/module.h"

extern const struct module administration_module;
extern const struct entity user_entity, user_status_entity;

enum user_field { USER_CODE, USER_NAME };
enum user_status_field { USER_STATUS_STATUS, USER_STATUS_REASON };
#define USER_STATUS_WORDS "open closed"
enum { USER_OPEN, USER_CLOSED };

/* The system's actors of a new store, one entry. Inside a write transaction, after the schema is made. */
MUST_CHECK enum err administration_begin(struct ctx *c);

#endif
