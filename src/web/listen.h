/* listen.h - sockets that take connections: one a loop, all at one address. */
#ifndef MERIT_WEB_LISTEN_H
#define MERIT_WEB_LISTEN_H

#include "base/buf.h"
#include "base/error.h"

/* where: "127.0.0.1:8080", "[::1]:0", "0.0.0.0:80". Fills fds and the address for people, "http://127.0.0.1:8080".
 * E_USAGE: not of that form. E_FAULT: taken, or not permitted. Both with words. On failure nothing stays open. */
MUST_CHECK enum err listen_open(const char *where, int *fds, unsigned n, char *address, size_t size);

#endif
