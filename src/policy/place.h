/* place.h - where in a pack something stands, and saying what is wrong there. */
#ifndef MERIT_POLICY_PLACE_H
#define MERIT_POLICY_PLACE_H

#include "base/problem.h"

struct place {
	const char *file;
	size_t row;         /* line of a YAML file, row of a CSV table; 0: of the whole file */
	size_t at;          /* character column of a YAML file; 0: none */
	const char *column; /* column of a table; NULL: none */
};

/* fmt holds "what; what to do": the part after the last "; " is the todo. */
void place_problem(struct problems *p, struct place where, const char *fmt, ...) PRINTF(3, 4);

#endif
