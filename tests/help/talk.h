/* talk.h - speaking HTTP to a server on this machine, byte by byte, so that a test can also speak it badly.
 */
#ifndef MERIT_TESTS_TALK_H
#define MERIT_TESTS_TALK_H

#include "base/buf.h"
#include "base/text.h"

struct talk {
	int fd; /* -1: hung up */
	struct buf in;
	size_t at; /* bytes of `in` that answers before took */
};
struct answer {
	int status; /* 0: the connection ended before a whole answer came */
	struct str head, body;
};

void talk_begin(struct talk *t, int port);
void talk_end(struct talk *t); /* fit for CLEANUP */
void talk_say(struct talk *t, const char *fmt, ...) PRINTF(2, 3);
bool talk_send(struct talk *t, const void *p, size_t n); /* false: the other side has hung up */
/* The next answer on this connection; its texts live until the one after it. head_only: to a HEAD request. */
struct answer talk_hear(struct talk *t, bool head_only);
/* The value of a header of the answer, or empty. */
struct str talk_header(const struct answer *a, const char *name);
bool talk_holds(struct str s, const char *text);

/* One request on a connection of its own: the status; its answer in *ret (NULL: not wanted), released by talk_end(). */
int talk_ask(struct talk *t, int port, struct answer *ret, const char *fmt, ...) PRINTF(4, 5);

#endif
