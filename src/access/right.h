/* right.h - what a person may be permitted to do: bits that roles bundle and pages, fields and API rows demand.
 *
 * Each page, entity and API row names one right. A right is always held within a scope: a unit with all below it, or
 * the whole service. Source: DP-07 (those with a duty to see it), MP-221 to MP-224.
 */
#ifndef MERIT_ACCESS_RIGHT_H
#define MERIT_ACCESS_RIGHT_H

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t right_t;

/* name, code, words */
#define RIGHTS(X)                                                                                                      \
	X(OWN, "own", "Read the own file")                                                                             \
	X(PEOPLE, "people", "Read people's files")                                                                     \
	X(PEOPLE_WRITE, "people_write", "Enter papers and facts into people's files")                                  \
	X(CLOSED, "closed", "Read the confidential parts of files")                                                    \
	X(HOUSE_WRITE, "house_write", "Change units, posts, jobs and catalogues")                                      \
	X(SHEETS, "sheets", "Take and send spreadsheets")                                                              \
	X(ROUND, "round", "See rounds and their people")                                                               \
	X(ROUND_WORK, "round_work", "Open rounds and work on them")                                                    \
	X(DECIDE, "decide", "Override and seal")                                                                       \
	X(FIGURES, "figures", "See figures and data health")                                                           \
	X(AUDIT, "audit", "See who read what, draw samples and verify")                                                \
	X(USERS, "users", "Manage users, roles and what they may do")                                                  \
	X(RESET, "reset", "Give users of the own office a new password")

enum right_number {
#define X(name, code, words) RIGHT_NUMBER_##name,
	RIGHTS(X)
#undef X
		RIGHT_COUNT
};
enum {
#define X(name, code, words) MAY_##name = 1 << RIGHT_NUMBER_##name,
	RIGHTS(X)
#undef X
};
/* Of a page or entity: whoever is signed in. */
#define MAY_ANYBODY 0

const char *right_words(int number); /* N_(…), for lists of rights */
const char *right_code(int number);

#endif
