/* round_hold.h - rounds judged once and kept for readers: a whole ministry takes most of a second, a page must not.
 *
 * As many are kept as hold the people of one ministry, those used last longest. An open round is judged again when
 * anything was written since; a sealed one never changes. Shared by all threads.
 */
#ifndef MERIT_FACE_ROUND_HOLD_H
#define MERIT_FACE_ROUND_HOLD_H

#include "decision/round.h"
#include "face/face.h"

struct held {
	struct round *round;    /* borrowed until round_let_go(); only read */
	const int64_t *order;   /* where each candidate stands for a reader's reach; WHO_NOWHERE: of no unit */
	struct order_range all; /* the round's own unit with all below it */
};
/* with: another policy over the same people; NULL: its own. Only from slow pages. E_MISSING, E_INVALID with problems.
 */
MUST_CHECK enum err round_hold(struct request *q, int64_t id, const char *with, const struct held **ret);
void round_let_go(const struct held **h); /* fit for CLEANUP */

/* Whether the reader may see this candidate here, and the confidential criteria too. The own case: always. */
bool held_sees(const struct request *q, const struct held *h, const struct candidate *k);
enum audience held_audience(const struct request *q, const struct held *h, const struct candidate *k);
bool round_own(const struct request *q, const struct candidate *k);
/* Whether a person is the reader, or the one in whose place the reader would use this right there: what is done then
 * names that one too. */
MUST_CHECK enum err round_concerns(struct request *q, int64_t person, right_t right, int64_t order, bool *ret);
/* How much of a unit with all below it is within the reader's reach of the right. A unit that is no more is wholly so
 * for whoever holds the right everywhere, and for nobody else at all. */
enum round_reach { REACH_NONE, REACH_PART, REACH_WHOLE };
MUST_CHECK enum err round_reach(struct request *q, const struct round_kind *kind, struct str unit, right_t right,
				enum round_reach *ret);
const struct round_kind *round_kind_named(const struct request *q, struct str name); /* NULL: none */

#endif
