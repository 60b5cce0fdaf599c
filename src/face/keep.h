/* keep.h - something computed over everybody, kept in memory for all threads until one of its sources is written.
 *
 * It is made by whoever first asks for it, and made again when a source has a new row or a new day has begun: by a slow
 * page at once, by a quick one at most so often that making takes a hundredth of the time. Until then the quick page
 * shows the older one and says so (keep_time()). Nothing true lives here: all of it can be made again.
 */
#ifndef MERIT_FACE_KEEP_H
#define MERIT_FACE_KEEP_H

#include "entity/read.h"
#include "web/request.h"

#include <pthread.h>

struct kept {
	struct arena arena; /* owns whatever the maker puts beside it */
	void *what;
	uint64_t mark;       /* of its sources as they were read */
	int64_t head;        /* the last entry that it knows */
	date today;          /* the day on which it was made */
	int64_t at_us, cost; /* when, by the ledger's clock; how long it took */
	int64_t made;        /* when, by the machine's clock */
	int refs;            /* under the keeper's lock */
	struct keeper *keeper;
};
struct keeper {
	/* Fills k->what from k->arena. c->arena is a working arena without a cap, gone after it. */
	enum err (*make)(struct ctx *c, struct kept *k);
	const struct entity *const *of; /* its sources; NULL-terminated */
	const struct entity *facts_of;  /* and all facts of this THING that are entered by hand; NULL: none */
	pthread_mutex_t lock, making;
	struct kept *now;
};
#define KEEPER(maker, sources, thing)                                                                                  \
	{                                                                                                              \
		.make = (maker), .of = (sources), .facts_of = (thing), .lock = PTHREAD_MUTEX_INITIALIZER,              \
		.making = PTHREAD_MUTEX_INITIALIZER                                                                    \
	}
/* fresh: of the facts as they are now. Immutable; borrowed until keep_let_go(). */
MUST_CHECK enum err keep_get(struct ctx *c, struct keeper *keeper, bool fresh, struct kept **ret);
void keep_let_go(struct kept **k); /* fit for CLEANUP */

#endif
