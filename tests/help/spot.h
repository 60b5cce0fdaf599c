/* spot.h - a place for a test's store: a file in a folder of its own, or a schema of its own on the server whose URL
 * stands in MERIT_TEST_PG. Each list of cases runs over both.
 */
#ifndef MERIT_TESTS_SPOT_H
#define MERIT_TESTS_SPOT_H

#include "store/store.h"

struct spot {
	bool postgres;
	char folder[64]; /* for files beside the store, in both cases */
	char where[512]; /* what store_open() takes */
	char schema[64]; /* PostgreSQL only */
	struct store *s; /* opened by spot_create(), closed by spot_remove() unless NULL */
};

bool spot_has_postgres(void);
void spot_make(struct spot *p, bool postgres); /* the place; no store yet */
void spot_create(struct spot *p);              /* a new store there */
void spot_remove(struct spot *p);              /* closes the store and removes everything */
/* The words of the last fault hold `text`; prints them when not. */
bool spot_said(const char *text);

/* Runs the cases over SQLite, then over PostgreSQL or says that it is skipped. Each gets a `struct spot *` with a new
 * store as its state. Returns how many failed. */
struct spot_case {
	const char *name;
	void (*test)(void **state);
};
int spot_run(const char *suite, const struct spot_case *cases, size_t n);
#define SPOT_CASE(test)                                                                                                \
	{                                                                                                              \
#test, test                                                                                            \
	}

#endif
