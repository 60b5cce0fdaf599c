/* small_site.h - a small invented site over the lighthouses of fixture.h: a page of each sort, a gate kept in three
 * tables of its own, and a server over it at a free port. For tests of web.
 */
#ifndef MERIT_TESTS_SMALL_SITE_H
#define MERIT_TESTS_SMALL_SITE_H

#include "web/site.h"

#include <stdatomic.h>

struct spot;

/* Sessions that the gate knows: who may do all of it but audit, who may do nothing, who must change the password. */
#define SMALL_SESSION "alpha-session-of-somebody"
#define SMALL_POOR "beta-session-of-somebody"
#define SMALL_MUST "gamma-session-of-somebody"
#define SMALL_TOKEN "form-token-of-the-session"
#define SMALL_BEARER "bearer-of-a-program-1234"

struct small {
	struct ctx *c; /* the server's while it runs */
	struct server *server;
	int port;
	char log[128];
	bool tls_before; /* for small_begin() */
};
extern atomic_int small_drawn, small_written, small_touched, small_hashing, small_hashing_most;
extern atomic_bool small_hold; /* /slow and /hash wait while it is set */

const struct site *small_site(void);
void small_start(struct small *s, struct spot *p);
void small_begin(struct small *s); /* the server alone, over a ctx that is there */
void small_stop(struct small *s);  /* the server alone: s->c is the test's again */
void small_end(struct small *s);   /* the server, if it runs, and the ctx */
/* One integer out of the store, once the server has stopped. */
int64_t small_count(struct small *s, const char *sql);

#endif
