/* ahead.h - what lies ahead of somebody: the next increment, the next rise in rank, retirement. One way to reckon it,
 * for the due list, the person's page and what a late decree would change. */
#ifndef MERIT_MODULES_CAREER_AHEAD_H
#define MERIT_MODULES_CAREER_AHEAD_H

#include "modules/career/career.h"

/* Columns that a population must have loaded for increments and retirement; NULL-terminated. */
extern const char *const ahead_columns[];

/* The printed years of all scales of pay, by rank. */
struct scale;
struct scale *scale_read(const struct rules *r, struct population *p, struct arena *a);
/* The first day on or after the population's on which grade service reaches the next printed year of the rank's scale.
 * DATE_NONE: no rank, none left, or not known. */
struct increment {
	date on;
	int years;    /* the printed year of the scale that is reached */
	bool unknown; /* the grade service is not stated */
};
struct increment ahead_increment(const struct scale *s, const struct population *p, size_t row);
date ahead_retirement(const struct rules *r, const struct population *p, size_t row); /* DATE_NONE: not known */
/* The period of rises by which time in rank is complete; DATE_NONE: that does not come by time alone. */
date ahead_rise(const struct round *r, const struct candidate *k);
/* Whether a criterion still stands against a rise on that day: not met and not done by time alone until then. */
bool ahead_lacks(const struct round *r, size_t criterion, const struct candidate *k, date on);

/* One person as of a day, as known now. supposed: as if this fact were believed too, or instead of the one of its
 * number; NULL: none. */
struct ahead {
	date increment, retirement;
	date notice;       /* by which retirement is announced; DATE_NONE: not known, or the rules ask for none */
	date rise;         /* the next round for which the time is complete; DATE_NONE: time alone does not do it */
	int grade_service; /* months; -1: not stated */
	bool in_service;
	struct str rank, next_rank; /* codes; empty: none */
	int64_t superior;           /* person; 0: nobody */
	struct rules *rules;
	struct round *round;            /* judged for the person alone */
	const struct candidate *judged; /* NULL: no rise is judged (no rank, no unit, not in service, at the top) */
	struct arena arena;
};
MUST_CHECK enum err ahead_of(struct ctx *c, int64_t person, date as_of, const struct record *supposed,
			     struct ahead *ret);
void ahead_release(struct ahead *a); /* fit for CLEANUP */

#endif
