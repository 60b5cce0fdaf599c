/* who.h - somebody who is signed in, with what they may do where. Filled by whoever keeps users; read by everybody. */
#ifndef MERIT_ACCESS_WHO_H
#define MERIT_ACCESS_WHO_H

#include "access/actor.h"
#include "access/right.h"
#include "base/text.h"

/* Rights over the units whose preorder number is within [first, last]. Over the whole service: [INT64_MIN, INT64_MAX],
 * which also holds people of no unit. */
struct reach {
	right_t rights;
	int64_t first, last;
	int64_t unit;         /* the unit itself; 0: the whole service */
	int64_t delegated_by; /* user; 0: an own duty */
};

struct who {
	struct actor actor;
	struct str name; /* for the page's head */
	struct str role; /* words of the main role */
	int64_t person;  /* the own file; 0: none */
	const struct reach *reach;
	size_t nreach;
	right_t rights;        /* of all reaches together */
	int64_t session;       /* 0: an API token */
	struct str form_token; /* what each form must carry back */
	struct str lang;       /* tag chosen by the user; empty: the browser's */
	bool shared;           /* a computer that several people use */
	bool must_change;      /* the password is for one use: only the page that changes it is open */
	bool tour;             /* has not finished the first steps */
};

/* Somewhere. MAY_ANYBODY: true. */
bool who_may(const struct who *w, right_t right);
/* Over what stands at this preorder number; order WHO_NOWHERE: of no unit. */
#define WHO_NOWHERE INT64_MIN
bool who_may_at(const struct who *w, right_t right, int64_t order);
/* The ranges in which the right is held, joined and sorted; at most n. Several ranges for lists. */
struct order_range {
	int64_t low, high;
};
size_t who_ranges(const struct who *w, right_t right, struct order_range *ret, size_t n);
/* On whose behalf a right is used there: 0 where it is an own duty, else the user who delegated it. The first: of what
 * is no place (the page). */
int64_t who_behalf(const struct who *w, right_t right);
int64_t who_behalf_at(const struct who *w, right_t right, int64_t order);
bool who_everywhere(const struct who *w, right_t right);

#endif
