/* property.h - what must hold of every entity of any registry, tried with random records. Failures are cmocka's. */
#ifndef MERIT_TESTS_PROPERTY_H
#define MERIT_TESTS_PROPERTY_H

#include "entity/ctx.h"
#include "entity/record.h"

struct property {
	struct ctx *c; /* a fresh store with the registry's schema; its codes are asked for the codes to use */
	uint64_t seed;
	/* Makes a random record fit rules that the declaration alone does not tell; NULL: none. */
	void (*fix)(struct ctx *c, struct record *r);
};

/* A random record of e that must pass all checks, in c->arena; what it refers to is saved first. owner 0: a new one.
 * few: days and keys are drawn from few, so that they meet. */
struct record *property_record(struct property *p, const struct entity *e, int64_t owner, bool few);

/* Saved and read it is equal, and its leaf in the ledger is the one its row hashes to. */
void property_round_trip(struct property *p, const struct entity *e);
/* Each attribute broken in turn gives a problem of that column. */
void property_violations(struct property *p, const struct entity *e);
/* After any sequence of saves, corrections and withdrawals, reading at an old position gives the old answer: compared
 * with a model that keeps every belief of every position. */
void property_two_clocks(struct property *p, const struct entity *e);
/* All of these over every ledgered entity. */
void property_registry(struct property *p);

#endif
