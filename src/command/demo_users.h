/* demo_users.h - the users of every demo. */
#ifndef MERIT_COMMAND_DEMO_USERS_H
#define MERIT_COMMAND_DEMO_USERS_H

#include "modules/duty/duty.h"

extern const char *const demo_password;

/* Enters them in one entry, today, after the people and units are there; outside any transaction. */
MUST_CHECK enum err demo_enter_users(struct ctx *c);
/* Who they are, for people: a line each. */
void demo_say_users(struct buf *out);

#endif
