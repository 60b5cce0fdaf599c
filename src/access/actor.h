/* actor.h - who acts: a user's number, and on whose behalf. Mechanism only: users themselves are records. */
#ifndef MERIT_ACCESS_ACTOR_H
#define MERIT_ACCESS_ACTOR_H

#include <stdint.h>

/* Users that every store has from its first entry; their numbers never change. name, number, code, words */
#define SYSTEM_ACTORS(X)                                                                                               \
	X(SYSTEM, 1, "system", "Merit itself")                                                                         \
	X(COMMAND, 2, "command-line", "Somebody at the command line")                                                  \
	X(STORY, 3, "story", "The teller of the demo's story")

enum system_actor {
#define X(name, number, code, words) ACTOR_##name = number,
	SYSTEM_ACTORS(X)
#undef X
};

struct actor {
	int64_t user;
	int64_t on_behalf; /* user number of who delegated; 0 = nobody */
};

#endif
