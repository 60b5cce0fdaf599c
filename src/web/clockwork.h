/* clockwork.h - what happens by the clock: silent connections are closed, the log is written, the day turns. */
#ifndef MERIT_WEB_CLOCKWORK_H
#define MERIT_WEB_CLOCKWORK_H

#include "base/error.h"

#include <stdbool.h>

struct server;

/* One connection. The kernel's inactivity timeouts know nothing of somebody who sends one byte every ten seconds. */
struct link;
enum waiting {
	WAIT_HEAD, /* for a first request to begin and end its headers */
	WAIT_BODY,
	WAIT_FILES,  /* for a body with files */
	WAIT_ANSWER, /* ours: no limit */
	WAIT_SENT,   /* for the other side to take the answer */
	WAIT_LONG,   /* the same, for an answer as long as files */
	WAIT_NEXT    /* for a further request */
};

struct clockwork;
MUST_CHECK enum err clockwork_start(struct server *s, struct clockwork **ret);
void clockwork_stop(struct clockwork *w);
/* So many are connected that no connection may wait idle: each answer ends its own. */
bool clockwork_crowded(const struct clockwork *w);

struct link *link_new(struct clockwork *w, int fd); /* waits for a head */
void link_wait(struct link *l, enum waiting what);  /* from now on */
void link_free(struct clockwork *w, struct link *l);

#endif
