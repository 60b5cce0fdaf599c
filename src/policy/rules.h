/* rules.h - the rules in force for a unit on a day: every pack's values laid over each other, resolved and hashed.
 *
 * `rules` is immutable and stands alone: it can be made from a store or from the canonical JSON in a proof file, and
 * both give the same hash and the same judgements.
 */
#ifndef MERIT_POLICY_RULES_H
#define MERIT_POLICY_RULES_H

#include "policy/pack.h"

struct rules;
struct rules_row; /* one row of a table */

/* Loads what is believed at a position. 0: now, and registers ctx->codes; call it once after ctx_open() (an empty store
 * will do), and again after pack_load() was committed. Such a policy is the ctx's: policy_release() frees all of them,
 * before ctx_close(), and never for a ctx of ctx_again(). A policy of another position is the caller's to free. */
struct policy;
MUST_CHECK enum err policy_open(struct ctx *c, const struct pack_reader *r, int64_t position, struct policy **ret);
/* The last position at which packs came into use or went out of it: what a server asks to see whether its policy is
 * still that of now. */
MUST_CHECK enum err policy_position(struct store *s, int64_t *ret);
void policy_release(struct ctx *c);
const struct pack_reader *policy_reader(const struct policy *p);
void policy_free(struct policy *p);
/* A source or a reason as the packs put it into the reader's language; the text itself where they do not. */
struct str policy_words(const struct policy *p, const struct lang *l, struct str text);
/* Packs of folders (before any store exists) as a policy; they must outlive it. E_INVALID: pack_fit() says why. */
MUST_CHECK enum err policy_of_packs(const struct pack *const *packs, size_t n, const struct pack_reader *r,
				    struct policy **ret);

/* units: codes from the unit asked about up to the top, nearest first; may be empty: only what applies to the service.
 */
MUST_CHECK enum err rules_at(const struct policy *p, const struct str *units, size_t n, date day, struct rules **ret);
MUST_CHECK enum err rules_of_json(struct str json, const struct pack_reader *r, struct rules **ret); /* E_INVALID */
void rules_free(struct rules *r);
void rules_free_p(struct rules **r);
/* Canonical JSON (RFC 8785) of every value in force; its SHA-256 is the resolved hash. */
struct str rules_json(const struct rules *r);
struct hash rules_hash(const struct rules *r);
date rules_day(const struct rules *r);

/* ---- tables ---- */
size_t rules_count(const struct rules *r, const char *table);
const struct rules_row *rules_row(const struct rules *r, const char *table, size_t i);
const struct rules_row *rules_next(const struct rules_row *row); /* of the same table; NULL: it is the last */
const struct rules_row *rules_find(const struct rules *r, const char *table, struct str key); /* first key column */
struct str row_text(const struct rules_row *row, const char *column);                         /* empty: not stated */
int64_t row_int(const struct rules_row *row, const char *column, int64_t otherwise); /* numbers, dates, booleans */
bool row_assumed(const struct rules_row *row);
struct str row_source(const struct rules_row *row);
struct str row_reason(const struct rules_row *row); /* why it is assumed, or whatever the pack remarks */

/* ---- parameters ---- */
bool rules_int(const struct rules *r, const char *name, int64_t *ret);
struct str rules_text(const struct rules *r, const char *name);
size_t rules_list(const struct rules *r, const char *name, const struct str **ret);

/* ---- policies: criteria for a kind of round ---- */
#define CRITERIA_MOST 64 /* of one policy */
struct judge;
struct criterion {
	struct str name;
	const struct judge *judge; /* NULL: a version that this program does not know; judge_name says which */
	struct str judge_name;     /* "years_in_rank@1" */
	bool confidential, needs_proved, assumed;
	struct str source, reason;  /* reason: why it is assumed */
	const struct param *params; /* njudge params, in the judge's order */
};
struct param {
	bool set;
	int64_t i;    /* numbers */
	struct str t; /* codes, table names */
	const struct str *list;
	size_t n;
};
struct not_asked {
	struct str name, reason;
};
struct ruleset {
	struct str name, kind, source, reason; /* reason: why it is assumed */
	struct str periods;                    /* the table of days on which a round may stand; empty: any day */
	bool by_default, assumed;
	const struct criterion *criteria;
	size_t ncriteria;
	const struct not_asked *not_asked;
	size_t nnot_asked;
	const struct str *other_kind; /* categories that belong to another kind of round */
	size_t nother_kind;
};
/* The named one of a kind, or with name NULL the default one; NULL: none. */
const struct ruleset *rules_policy(const struct rules *r, const char *kind, const char *name);
void rules_policy_names(const struct rules *r, const char *kind, struct buf *out); /* "a, b", for messages */

#endif
