/* judging.h - judges tried by the vectors of tests/judge-vectors.tsv, under the small rules of
 * tests/judge-vectors.json.
 *
 * A judge's meaning is frozen under its name and version: a row of the list never changes and never goes. Parameters
 * and inputs are written "name=value name=value"; what is not named is not stated.
 */
#ifndef MERIT_TESTS_JUDGING_H
#define MERIT_TESTS_JUDGING_H

#include "policy/judge.h"

/* Tries every vector of one judge, and that its sentences are whole, never say that somebody failed, and begin with
 * "not yet" where the answer is no. Fails when a reason of the judge has no vector. */
void judging_vectors(const struct judge *j);

/* What is said of one verdict. */
struct judging {
	const struct judge *judge;
	const char *params, *day, *inputs;
};
void judging_says(const struct judging *x, enum audience who, const char *expected);
/* The row of the rules that the verdict rests on has this text in the column; NULL: it rests on none. */
void judging_rests_on(const struct judging *x, const char *column, const char *expected);
/* The parameters are refused with this problem. */
void judging_refuses(const struct judging *x, const char *problem);

#endif
