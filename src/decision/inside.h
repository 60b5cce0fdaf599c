/* inside.h - what the files of decision share; nobody else includes it. */
#ifndef MERIT_DECISION_INSIDE_H
#define MERIT_DECISION_INSIDE_H

#include "base/map.h"
#include "decision/round.h"

/* ---- records ---- */
enum { ROUND_CODE, ROUND_KIND, ROUND_POLICY, ROUND_UNIT, ROUND_AS_OF };
enum { OVERRIDE_PERSON, OVERRIDE_OUTCOME, OVERRIDE_GROUND, OVERRIDE_REASON };
enum { SEAL_KIND, SEAL_POLICY, SEAL_UNIT, SEAL_POSITION, SEAL_RULES, SEAL_HEADER, SEAL_CANDIDATES, SEAL_MEETS };

/* ---- what a seal holds of everybody ---- */
struct seal_form_criterion {
	const char *name, *judge; /* "years_in_rank@1" */
	enum judge_value value;
	const char *of; /* V_CODE: the tables of its value, parted by spaces */
	bool confidential;
};
struct seal_form {
	struct input_column *columns; /* by name */
	size_t ncolumns;
	struct seal_form_criterion *criteria; /* as the policy orders them */
	size_t *by_name;                      /* their numbers in order of name */
	size_t ncriteria;
};
const char *seal_form_value(enum judge_value v); /* "code" */
const char *seal_form_type(enum input_type t);
/* The table of a code value: the one of `of` that the second value says. Lives in `space`. */
const char *seal_form_value_of(const struct seal_form_criterion *k, int32_t which, char space[static 64]);
/* An array of the columns under `key`: `of_all` states the table of each, empty where it holds no codes (a seal), else
 * only of codes (a proof). */
struct json;
void seal_form_columns_add(const struct seal_form *f, const char *key, bool of_all, struct json *j);
void seal_form_sort(struct seal_form *f, struct arena *a); /* fills by_name */

/* ---- a round at work ---- */
#define JUDGE_INPUTS 16
#define UNPROVED 255 /* a verdict's reason: the facts are only claimed, and the policy asks for proof */

struct judging { /* one criterion made ready */
	const int32_t *in[JUDGE_INPUTS], *proofs[JUDGE_INPUTS];
	const struct input_column *columns[JUDGE_INPUTS];
	int nproofs;
	const void *prepared;
	bool ready; /* its judge is known to this program */
};
struct round_inside {
	struct judging *judging; /* one a criterion of the policy; NULL: not made ready */
	struct seal_form form;
	struct imap *by_person; /* candidate's number */
	int64_t unit, person;   /* person: the only one considered; 0: everybody */
	const struct record *supposed;
	struct record *sealed; /* the believed row of round_seal; NULL: open */
	unsigned char *salts;  /* of a sealed round, when asked for: open and closed of each candidate */
};
struct round *round_new(void);
struct str round_kept(struct round *r, struct str s); /* a copy that lives as long as the round */
void round_index(struct round *r);                    /* after candidates are filled: blocks and by_person */

MUST_CHECK const struct round_kind *kind_find(const struct round_kind *const *kinds, struct str name); /* NULL: none */
/* Adds a problem of no file and answers e. */
enum err round_problem(struct ctx *c, enum err e, const char *column, const char *fmt, ...) PRINTF(4, 5);
/* The believed record of a round, E_MISSING with a problem; the row of its seal, NULL: open. */
MUST_CHECK enum err round_record(struct ctx *c, int64_t id, struct record **ret);
MUST_CHECK enum err round_sealed_row(struct ctx *c, int64_t id, struct record **ret);
/* Fills r->rules for its unit, day and position (0: what is believed now). */
MUST_CHECK enum err round_rules(struct ctx *c, struct round *r, int64_t position);
/* What the record says of a round, and its rules at the position. */
MUST_CHECK enum err round_at(struct ctx *c, const struct round_kind *const *kinds, const struct record *row,
			     struct round *r, int64_t position);
/* A sealed round from its seal, ready for judges and sentences. E_INVALID with *ret_what: the seal is not sound; else
 * the problems say why. */
MUST_CHECK enum err round_sealed(struct ctx *c, const struct round_kind *const *kinds, const struct record *row,
				 const struct record *seal, struct round **ret, const char **ret_what);
/* Fills r->policy; E_MISSING with a problem. */
MUST_CHECK enum err round_choose_policy(struct ctx *c, struct round *r, struct str name);

/* ---- judging ---- */
/* Loads everybody at a position (0: now), keeps those considered, in the order of their numbers, and fills candidates,
 * population, form and position. keep: these people instead of those considered; NULL: those considered. */
MUST_CHECK enum err round_load(struct ctx *c, struct round *r, int64_t position, const struct imap *keep);
void form_criteria(struct round *r); /* of its policy */
/* Makes rules, policy and columns ready for the judges. E_UNKNOWN with a problem: a judge that this program lacks (the
 * others are ready). */
MUST_CHECK enum err round_prepare(struct round *r, struct problems *p);
/* Judges into fresh arrays: verdicts as in struct round, and outcomes by candidate. */
struct judgement {
	struct verdicts **verdicts;
	unsigned char *judged;
	size_t n;
};
MUST_CHECK enum err round_judge(const struct round *r, struct judgement *ret);
void judgement_release(struct judgement *j);
/* One block of one criterion; `in` is the caller's room for JUDGE_INPUTS columns. */
struct judge_block round_block(const struct round *r, size_t criterion, size_t block, const int32_t **in,
			       struct verdicts *out);
struct verdicts *verdicts_new(void); /* not asked, nothing stated */
/* Why the columns and criteria of a seal or proof are not those of its policy and kind; NULL: they are. */
const char *round_misfit(const struct round *r);
/* The overrides believed at the position, put on the candidates. */
MUST_CHECK enum err round_overrides(struct ctx *c, struct round *r, int64_t position);
/* Of a sealed round only the reasons, which stand in the rows alone. */
MUST_CHECK enum err round_override_reasons(struct ctx *c, struct round *r);

/* ---- seals ---- */
/* In the seal's entry the row of round_seal is leaf 0 and the candidates follow in their order. */
#define FIRST_LEAF 1
#define SEAL_SALTS (2 * SALT_SIZE) /* of one candidate: open, closed */
/* The canonical texts of one candidate: what its leaf commits to. scratch is kept over many. */
struct leaf_texts {
	struct buf header, open, closed;
};
void leaf_texts_release(struct leaf_texts *t);
void candidate_texts(const struct round *r, const struct candidate *k, struct leaf_texts *ret);
/* The leaves of all candidates, on all cores; salts holds SEAL_SALTS bytes a candidate. */
MUST_CHECK enum err candidate_leaves(const struct round *r, const unsigned char *salts, struct hash *ret);

/* Block 0: the header, canonical JSON. Then the candidates, BLOCK in each. */
struct seal_writer;
struct seal_writer *seal_writer_new(const struct round *r);
void seal_write_block(struct seal_writer *w, size_t block, struct buf *out); /* in order */
void seal_write_header(struct seal_writer *w, struct buf *out);              /* after all blocks */
void seal_writer_free(struct seal_writer *w);

/* What stands in the table for a sealed round: candidates, columns, verdicts and salts, without rules, kind and texts
 * of overrides. E_INVALID: not of the form; *ret_what says why, as static text. */
MUST_CHECK enum err seal_read(struct ctx *c, const struct record *row, struct round **ret, const char **ret_what);
/* Only the people of a sealed round. */
MUST_CHECK enum err seal_people(struct ctx *c, int64_t round, struct imap *ret);

/* ---- the answers ---- */
/* Compares what the judges say of the sealed columns with what is sealed. Candidates whose closed half is not shown are
 * in `hidden` (may be NULL). r has rules, policy and kind. */
void recompute(struct round *r, const bool *hidden, struct verdict_on_decision *ret);
/* Keeps the first difference only. */
/* fmt is translated before it is filled in. */
void answer_no(const struct verdict_on_decision *v, enum answer *a, struct buf *words, const char *fmt, ...)
	PRINTF(4, 5);
void answer_cannot(const struct verdict_on_decision *v, enum answer *a, struct buf *words, const char *fmt, ...)
	PRINTF(4, 5);
void verdict_init(struct verdict_on_decision *v);
MUST_CHECK enum err learn(struct ctx *c, const struct round *r, struct verdict_on_decision *ret);
/* The salt of the row of round_seal. */
MUST_CHECK enum err seal_row_salt(struct ctx *c, const struct record *row, unsigned char ret[static SALT_SIZE]);

#endif
