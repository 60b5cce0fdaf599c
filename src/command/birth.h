/* birth.h - making a new store: packs, first entries, seeds; built aside and moved into place when whole. */
#ifndef MERIT_COMMAND_BIRTH_H
#define MERIT_COMMAND_BIRTH_H

#include "command/place.h"

struct birth {
	const char *where, *side;  /* side NULL: as ctx_place says */
	const char *const *packs;  /* folders, NULL-terminated */
	const char *origin, *zone; /* NULL: the store's number; the first pack's first zone */
	const unsigned char *seed; /* 32 bytes: a demo; NULL: a real store */
	int64_t clock;             /* with a seed: the first entry's instant */
	bool replace;              /* an existing store at that place is replaced at the end (demo) */
	/* Fills the store before it is moved into place; inside no transaction. NULL: nothing more. */
	enum err (*tell)(struct ctx *c, void *arg);
	void *arg;
};
/* E_CONFLICT: a store stands there. E_INVALID: problems in place_found(). A killed run leaves only files named .tmp. */
MUST_CHECK enum err birth_store(const struct birth *b);

#endif
