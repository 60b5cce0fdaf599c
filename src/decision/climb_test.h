/* climb_test.h - a kind of round for tests: keepers of lights climb a grade, judged by three small judges. */
#ifndef MERIT_DECISION_CLIMB_TEST_H
#define MERIT_DECISION_CLIMB_TEST_H

#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "decision/inside.h"
#include "policy/rules.h"

extern const struct round_kind climb_kind;
extern const struct round_kind *const climb_kinds[];
extern const struct pack_reader climb_reader;
extern const struct pack_reader climb_reader_blind; /* of a program that does not know the judge of marks */

#define CLIMB_DAY date_of(2008, 10, 1)
/* A store with rules and eight keepers:
 *   N-1 meets      N-2 time in grade short   N-3 no mark           N-4 time short and no mark
 *   N-5 of another kind   N-6 highest grade, not considered   N-7 without a seat   N-8 at another place, meets */
struct climb {
	struct ctx *c;
	struct registry registry;
	const struct entity *entities[32];
	const struct classed_table *tables[8];
	char pack[64];
	int64_t coast, light, other; /* places: light is under coast */
	int64_t keeper[9];           /* by number, from 1 */
	struct record *mark[9];
};
void climb_make(struct climb *w, struct spot *p);
void climb_free(struct climb *w);                                     /* fit for CLEANUP */
void climb_pack(struct climb *w, const char *path, const char *text); /* writes a file of the pack and loads it again */
extern const char climb_usual[];                                      /* the default policy */

int64_t climb_open(struct climb *w, const char *policy, const char *unit); /* a round */
struct round *climb_read(struct climb *w, int64_t id, const char *with);
int64_t climb_seal(struct climb *w, int64_t id);
const struct candidate *climb_of(const struct climb *w, const struct round *r, int n); /* of N-n */
void climb_tamper(struct climb *w, const char *sql);

#define OK(call) assert_int_equal((call), E_OK)

#endif
