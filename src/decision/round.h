/* round.h - a round: many people judged under one policy on one day, listed, explained, overridden with a reason,
 * sealed.
 *
 * An open round reads what is known now. The seal fixes the position K (the last entry before its own), the hash of the
 * rules and the overrides, and writes one leaf a candidate. A sealed round is the decision of the same number.
 */
#ifndef MERIT_DECISION_ROUND_H
#define MERIT_DECISION_ROUND_H

#include "entity/read.h"
#include "ledger/audit.h"
#include "population/population.h"

#include <stdio.h>

/* A kind of round, declared by the module that owns it. */
struct round_kind {
	const char *name; /* "rank": policies of this kind are asked for */
	const char *title;
	const struct inputs *inputs;
	const char *const *inputs_always; /* columns every round of the kind seals beside its judges' inputs */
	/* Is D one of the periods of the rules? If not, *ret_next is the next one. */
	bool (*period)(const struct rules *r, date d, date *ret_next);
	/* Who is considered: sets take[row]. Fills units for the codes of rules_at. */
	enum err (*consider)(struct population *p, int64_t unit, bool *take, struct problems *problems);
	/* Columns shown before the outcome: the rank now and the next one. Empty next: not considered. Thread-safe, as
	 * is other_kind. */
	void (*step)(struct population *p, size_t row, struct str *ret_now, struct str *ret_next);
	const char *steps;    /* the table of the rules whose codes these are: "ranks" */
	const char *grounds;  /* the table of the rules with the grounds on which to decide otherwise */
	const char *policies; /* the table of the rules that says what policies are called; NULL: none */
	/* Of n rows from the first: who belongs to another kind of round. */
	void (*other_kind)(struct population *p, const struct ruleset *policy, size_t first, size_t n, bool *ret);
	const struct entity *unit; /* a THING */
	/* Codes from a unit up to the top on a day, nearest first, into the arena. */
	enum err (*unit_path)(struct ctx *c, int64_t unit, struct moment at, const struct str **ret, size_t *ret_n);
};

enum outcome { MEETS, INCOMPLETE, NOT_YET, OTHER_KIND };
const char *outcome_text(enum outcome o); /* "meets", "incomplete", "not-yet", "other-kind" */

struct candidate {
	int64_t person;
	struct str number;    /* staff number at the position read */
	struct str now, next; /* rank, next rank */
	enum outcome judged, decided;
	struct str override;        /* code; empty: none */
	struct str override_reason; /* the text given; for the person and the committee only */
	size_t row;                 /* in the population, which holds the candidates alone, in their order */
	size_t block, at;           /* where its verdicts stand */
};

/* A round judged, or read back from its seal. Freed with round_free. */
struct round {
	int64_t id;
	const struct round_kind *kind;
	struct str policy_name, unit_code;
	date as_of;
	bool sealed;
	int64_t position;   /* K; of an open round the head as read */
	int64_t seal_entry; /* 0: open */
	struct rules *rules;
	const struct ruleset *policy;
	struct population *population;
	struct candidate *candidates; /* by staff number in byte order */
	size_t n;
	struct verdicts **verdicts; /* [criterion * nblocks + block] */
	size_t nblocks;
	struct round_inside *inside;
	struct arena arena;
};

/* Answers E_INVALID or E_MISSING with problems in c->problems. Each begins and commits its own transaction. */
struct round_ask {
	const char *kind, *policy, *unit; /* policy NULL: the default one */
	date as_of;
	int64_t person;                /* round_assess: only this one; 0: everybody */
	const struct record *supposed; /* and as if this fact of theirs were believed; NULL: none */
};
MUST_CHECK enum err round_open(struct ctx *c, const struct round_kind *const *kinds, const struct round_ask *ask,
			       int64_t *ret_id);
/* Judges an open round on what is known now, or reads a sealed one from its seal. with: another policy over the same
 * people and position; NULL: its own. */
MUST_CHECK enum err round_read(struct ctx *c, const struct round_kind *const *kinds, int64_t id, const char *with,
			       struct round **ret);
/* Judges as round_open() and round_read() would, on any day and without writing: for lists of what is coming. */
MUST_CHECK enum err round_assess(struct ctx *c, const struct round_kind *const *kinds, const struct round_ask *ask,
				 struct round **ret);
void round_free(struct round *r);
void round_free_p(struct round **r);
const struct candidate *round_candidate(const struct round *r, int64_t person); /* NULL: not considered */
/* The block of verdicts in which a candidate stands, at k->at. */
struct verdicts *round_verdicts(const struct round *r, size_t criterion, const struct candidate *k);

struct override_ask {
	int64_t round, person;
	enum outcome outcome; /* MEETS or NOT_YET */
	const char *code, *reason;
	const char *who; /* who said so and how it was received; needed where the ground says so, else may be NULL */
};
MUST_CHECK enum err round_override(struct ctx *c, const struct round_kind *const *kinds,
				   const struct override_ask *ask);
/* E_CONFLICT: sealed already, or a sealed round of the kind and period shares a person: the problem names both. */
MUST_CHECK enum err round_seal(struct ctx *c, const struct round_kind *const *kinds, int64_t id, int64_t *ret_position);

/* ---- what people read ---- */
/* A round without its people. */
struct round_head {
	int64_t id;
	struct str code, kind, policy, unit;
	date as_of;
	int64_t opened, sealed;                    /* entries; sealed 0: open */
	int64_t position;                          /* of a sealed one: what was known */
	int64_t considered, count[OTHER_KIND + 1]; /* of a sealed one, by outcome */
};
/* Every round, newest first, or one: E_MISSING with a problem. */
MUST_CHECK enum err round_heads(struct ctx *c, struct round_head **ret, size_t *ret_n);
MUST_CHECK enum err round_head(struct ctx *c, int64_t id, struct round_head *ret);
/* What one criterion says of a candidate, and its value as lists print it. l NULL: English, and codes as they are. */
void round_sentence(const struct round *r, size_t criterion, const struct candidate *k, enum audience who,
		    const struct lang *l, struct buf *out);
void round_value(const struct round *r, size_t criterion, const struct candidate *k, const struct lang *l,
		 struct buf *out);
/* Whether a verdict made the outcome what it is. */
bool round_decides(const struct round *r, size_t criterion, const struct candidate *k);
/* Why something that a criterion used is only assumed: the policy's own mark, and that of the row of the rules that the
 * verdict rests on; for others what depends on no person. How many of ret are filled. */
#define ROUND_ASSUMED 2
size_t round_assumed(const struct round *r, size_t criterion, const struct candidate *k, enum audience who,
		     struct str ret[static ROUND_ASSUMED]);
const char *audience_text(enum audience who); /* "committee", "person", "other" */
/* The one sentence that others may read. */
void round_reason_for_others(const struct round *r, const struct candidate *k, const struct lang *l, struct buf *out);

/* The first columns of every list of a round: who, where the person stands, the step asked about, what was decided. */
#define ROUND_LIST_COLUMNS "staff_number,rank,next,outcome"
void round_list_csv(const struct round *r, enum audience who, struct buf *out);
void round_list_json(const struct round *r, enum audience who, struct buf *out);
void round_list_text(const struct round *r, enum audience who, struct buf *out); /* for a terminal */
/* Why, for one person, as sentences with sources; `name` may be empty. */
void round_explain(const struct round *r, const struct candidate *k, enum audience who, struct str name,
		   struct buf *out);
void round_compare(const struct round *a, const struct round *b, bool json, struct buf *out);

/* ---- proof ---- */
/* The three answers. */
enum answer { ANSWER_YES, ANSWER_NO, ANSWER_CANNOT };
struct verdict_on_decision {
	enum answer intact, recomputed, rederived;
	struct buf intact_words, recomputed_words, rederived_words; /* the first difference, or why it cannot tell */
	struct learnt {
		const char *entity, *key; /* fact; number of the person or code of the thing that it is of */
		date valid_from;
		int64_t entry, id, owner; /* owner: of a THING the record itself */
	} * learnt;
	size_t nlearnt;
	struct arena arena;
	const struct lang *lang; /* of the words; NULL: English, as on the command line */
};
MUST_CHECK enum err round_verify(struct ctx *c, const struct round_kind *const *kinds, int64_t id,
				 struct verdict_on_decision *ret);
void verdict_release(struct verdict_on_decision *v);
/* Writes the proof file of a sealed round, of everybody or of one person. */
MUST_CHECK enum err round_proof(struct ctx *c, const struct round_kind *const *kinds, int64_t id, int64_t person,
				enum err (*write)(void *arg, struct str bytes), void *arg);
/* The first two answers from a proof file, read twice a row at a time, and a public key; without any store. */
MUST_CHECK enum err round_verify_proof(FILE *proof, struct str key, const struct pack_reader *reader,
				       const struct round_kind *const *kinds, struct verdict_on_decision *ret);

/* The engine's own records and tables, for the registry: round, override, round_seal; seal [LEDGERED]. */
extern const struct entity round_entity, override_entity, round_seal_entity;
extern const struct classed_table seal_table;
/* verify's share: the candidates in the seals are leaves. */
MUST_CHECK enum err round_audit(struct ctx *c, struct audit *a);

#endif
