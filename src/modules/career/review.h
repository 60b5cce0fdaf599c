/* review.h - reviews asked: a fact learnt late may make a sealed round be looked at again. The round stays as it was
 * decided; whoever decides rounds answers whether it shall be decided anew. */
#ifndef MERIT_MODULES_CAREER_REVIEW_H
#define MERIT_MODULES_CAREER_REVIEW_H

#include "face/keep.h"
#include "modules/career/career.h"

enum { REVIEW_NUMBER, REVIEW_ROUND, REVIEW_FACT, REVIEW_FACT_FROM };
enum { ANSWER_NUMBER, ANSWER_DECIDED, ANSWER_NOTE };
enum { ANSWER_STAYS, ANSWER_ANEW };

struct review {
	int64_t person, number, round;
	const struct record *asked, *answer; /* answer NULL: open */
};
/* Of one person (0: of everybody) about one round (0: any), open ones first, then the newest; the arena's. */
MUST_CHECK enum err review_list(struct ctx *c, int64_t person, int64_t round, struct review **ret, size_t *ret_n);
/* The open ones of everybody, the newest first, without reading the others again; keep_let_go() ends them. */
MUST_CHECK enum err review_open(struct ctx *c, struct kept **ret);
const struct review *review_open_list(const struct kept *k, size_t *ret_n);
/* Those answered, the last answer first, of people of whom wanted() says so; at most `most`. */
MUST_CHECK enum err review_answered(struct ctx *c, enum err (*wanted)(void *arg, int64_t person, bool *ret), void *arg,
				    struct review *ret, size_t most, size_t *ret_n);
/* Inside the change of the caller. E_CONFLICT: one about the round is open already. */
MUST_CHECK enum err review_ask(struct ctx *c, int64_t person, int64_t round, const struct record *fact);
/* E_MISSING: no such review; E_CONFLICT: answered already; E_INVALID: c->problems. */
MUST_CHECK enum err review_answer(struct ctx *c, int64_t person, int64_t number, int decided, struct str note);

#endif
