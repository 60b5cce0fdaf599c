/* asking.h - asks a page without a server: a request made by hand, its row found as the server finds it, its answer in
 * a buffer. For tests of pages in one thread. */
#ifndef MERIT_TESTS_ASKING_H
#define MERIT_TESTS_ASKING_H

#include "web/inside.h"

#define ASKING_REACHES 4
struct asking {
	struct request_inside in;
	struct server server;
	struct loop loop;
	struct arena arena;
	struct who who;
	struct reach reach[ASKING_REACHES];
	int status; /* of the last answer; 303: see in.see */
};
/* The site must outlive it; without `who` nobody is signed in. */
void asking_init(struct asking *a, struct ctx *c, const struct site *site);
void asking_release(struct asking *a); /* fit for CLEANUP */
/* Gives a right over a range of units; the whole service: INT64_MIN to INT64_MAX. */
void asking_may(struct asking *a, right_t rights, int64_t first, int64_t last);
/* GET: the body as text, "" for a redirect. */
const char *asking_get(struct asking *a, const char *target);
/* POST: names and values in turn, ended by NULL. In a transaction that is kept when the answer is a redirect; else the
 * form drawn again. */
const char *asking_post(struct asking *a, const char *target, const char *const *pairs);
/* POST of one file, as a browser sends it. */
const char *asking_send(struct asking *a, const char *target, const char *name, const char *filename,
			const char *bytes);
/* What in.see says, as text. */
const char *asking_seen(struct asking *a);

/* Two pairs of assets, so that pages can be drawn. */
extern const struct asset asking_assets[];

#endif
