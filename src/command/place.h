/* place.h - opening the store that a command names, with its rules. */
#ifndef MERIT_COMMAND_PLACE_H
#define MERIT_COMMAND_PLACE_H

#include "command/command.h"
#include "ledger/audit.h"
#include "modules/module.h"

/* Every command takes these two. */
#define PLACE_OPTIONS                                                                                                  \
	{                                                                                                              \
		.name = "side", .value = &place_side,                                                                  \
		.help = "folder of key and checkpoints (else STORE.d, or MERIT_SIDE)"                                  \
	}
extern const char *place_side;

/* Opens store, ledger and rules; the zone and today are those of the store. Closed by place_close(). */
MUST_CHECK enum err place_open(const char *where, bool writing, struct ctx **ret);
/* What store and ctx answer of a place that cannot be reached, as the fault that it is for a command. */
MUST_CHECK enum err place_unreachable(enum err e);
/* The same for reading what may have been tampered with: what cannot be read is a finding, E_INVALID when nothing can.
 */
MUST_CHECK enum err place_open_hostile(const char *where, struct findings *f, struct ctx **ret);
void place_close(struct ctx **c); /* for CLEANUP: keeps its problems for place_problems() */
/* Prints what the last work found wrong; true from place_said() when anything was. */
void place_problems(void);
bool place_said(void);
/* The answer itself, on stdout, says what is to be said. */
void place_answered(bool yes);
struct problems *place_found(void); /* where commands put problems before any store is open */

/* moment_parse, but a text that is no moment is wrong use. */
MUST_CHECK enum err place_moment(struct ctx *c, const char *as_of, const char *known_at, struct moment *ret);
/* The number of a record by its key, with a problem when there is none. */
MUST_CHECK enum err place_find(struct ctx *c, const struct entity *e, const char *key, int64_t *ret);

#endif
