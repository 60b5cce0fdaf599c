/* keep.h - something computed over everybody, kept in memory for all threads until one of its sources is written.
 *
 * It is made by whoever first asks for it. When a source has new rows the keeper mends it, if it knows how, for the few
 * records that were touched; else, and when a new day has begun, it is made anew. Who does not need the facts as they
 * are this moment is given the older one for a while, unless they themselves have written since: the page then says
 * what it knows (counted()). A thread that may not compute for long (ctx.quick) never makes anything: it is answered
 * E_BUSY, and its page is drawn again in the pool. Nothing true lives here: all of it can be made again.
 */
#ifndef MERIT_FACE_KEEP_H
#define MERIT_FACE_KEEP_H

#include "entity/read.h"
#include "web/request.h"

#include <pthread.h>

/* Which of the keeper's things: a unit and a day, say. */
struct keep_key {
	int64_t a, b;
};
struct keep_seen {
	const struct entity *of;
	int64_t last; /* read_last() */
};
struct kept {
	struct arena arena; /* owns whatever the maker puts beside it */
	void *what;
	struct keep_key key;
	size_t weight;       /* set by the maker where several are kept: people in it */
	int64_t head;        /* the last entry that it knows */
	date today;          /* the day on which it was made */
	int64_t at_us, cost; /* when, by the ledger's clock; how long it takes to make in full */
	int64_t made;        /* when, by the machine's clock */
	/* the keeper's own */
	const char *store; /* whose: its side folder */
	struct keep_seen *seen;
	size_t nseen;
	int64_t rules;
	int refs;              /* under the keeper's lock */
	int64_t used, checked; /* the same */
	struct keeper *keeper;
	struct kept *next;
};
struct keeper {
	/* Fills k->what from k->arena. c->arena is a working arena without a cap, gone after it. */
	enum err (*make)(struct ctx *c, struct kept *k);
	/* The same from an older one, when only facts of these records of facts_of were written since. E_MISSING: that
	 * cannot be; it is made anew. NULL: always. */
	enum err (*mend)(struct ctx *c, const struct kept *old, const int64_t *touched, size_t n, struct kept *k);
	const struct entity *const *of; /* its sources; NULL-terminated */
	const struct entity *facts_of;  /* and this THING with all its facts that are entered by hand; NULL: none */
	size_t most;                    /* weight of all that is kept, the one used last apart; 0: one is kept */
	pthread_mutex_t lock, making;
	struct kept *first;
	int64_t uses;
};
#define KEEPER_MENDED(maker, mender, sources, thing)                                                                   \
	{                                                                                                              \
		.make = (maker), .mend = (mender), .of = (sources), .facts_of = (thing),                               \
		.lock = PTHREAD_MUTEX_INITIALIZER, .making = PTHREAD_MUTEX_INITIALIZER                                 \
	}
#define KEEPER(maker, sources, thing) KEEPER_MENDED(maker, NULL, sources, thing)
/* fresh: of the facts as they are now. Immutable; borrowed until keep_let_go(). E_BUSY: ctx.quick, and it would have to
 * be made. */
MUST_CHECK enum err keep_get(struct ctx *c, struct keeper *keeper, bool fresh, struct kept **ret);
MUST_CHECK enum err keep_get_of(struct ctx *c, struct keeper *keeper, struct keep_key key, bool fresh,
				struct kept **ret);
void keep_let_go(struct kept **k);                               /* fit for CLEANUP */
int64_t keep_last(const struct kept *k, const struct entity *e); /* the last row of a source that it knows */

#endif
