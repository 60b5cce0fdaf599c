/* ctx.h - what one piece of work has at hand, and the opening of a whole store. */
#ifndef MERIT_ENTITY_CTX_H
#define MERIT_ENTITY_CTX_H

#include "access/actor.h"
#include "base/problem.h"
#include "entity/entity.h"
#include "ledger/ledger.h"

struct ctx {
	struct store *store;
	struct ledger *ledger;
	const struct registry *registry;
	const struct codes *codes; /* set by policy before the first use */
	struct arena *arena;       /* the request's: whatever is returned is borrowed from it */
	struct problems *problems; /* where checks say what is wrong */
	struct actor actor;
	date today; /* civil day in the store's zone; a demo store's own */
	const char *zone;
	bool quick;              /* its thread may not compute for long: what would, answers E_BUSY instead */
	void *policy;            /* owned by policy */
	struct change *change;   /* the open write, or NULL */
	struct ctx_inner *inner; /* entity's own */
};

/* What a command opens. All of it is released by ctx_close(). */
struct ctx_place {
	const char *where; /* STORE: file or postgresql:// URL */
	const char *side;  /* NULL: WHERE.d, or MERIT_SIDE; a URL needs one of them: E_USAGE */
};
/* E_MISSING, E_INVALID, E_DENIED, E_BUSY as store_open; their words are in the fault text. */
MUST_CHECK enum err ctx_open(const struct ctx_place *place, const struct registry *r, bool writing, struct ctx **ret);
/* The same over a store and a ledger that the caller has just made (init, demo, tests). On success both are the ctx's,
 * and closed by ctx_close(). */
MUST_CHECK enum err ctx_over(struct store *s, struct ledger *l, const struct registry *r, struct ctx **ret);
void ctx_close(struct ctx *c);
void ctx_close_p(struct ctx **c);
/* Looks at the clock again: today is the civil day of the clock in the ledger's zone, in a demo store of its own clock.
 */
void ctx_today(struct ctx *c);
/* Begins a write transaction and reads the ledger's head anew: what changes of a command stand in. E_BUSY as txn_write.
 */
MUST_CHECK enum err ctx_write(struct ctx *c, struct txn *ret);
/* A second context over the same place for another thread: own connection, arena and problems; shares codes and policy.
 */
MUST_CHECK enum err ctx_again(struct ctx *c, struct ctx **ret);
MUST_CHECK enum err ctx_side(const struct ctx_place *place, struct arena *a, const char **ret);

/* Makes the schema of every entity, projection and table of the registry in a new store (or adds what is new in an
 * old one). */
MUST_CHECK enum err ctx_schema(struct store *s, const struct registry *r);
/* Gives a store that an older program made what this one has since: tables, columns, indexes; then makes the lists of
 * today anew. Nothing when nothing lacks. Needs c->codes. A transaction of its own. */
MUST_CHECK enum err ctx_migrate(struct ctx *c);
/* All tables with their classes: the ledger's, every entity's, projections', the registry's. NULL-terminated. */
const struct classed_table *const *ctx_tables(struct arena *a, const struct registry *r);

/* Two dates: the day asked about and the position known. day DATE_NONE: today; position 0: now. */
struct moment {
	date day;
	int64_t position;
};
#define AS_OF_NOW ((struct moment){ DATE_NONE, 0 })

#endif
