/* judge.h - a rule that a machine can apply: named, versioned, frozen for ever.
 *
 * A judge looks at a block of up to 1,024 people as columns of int32 and says of each: met or not, with which value,
 * why, and from which day time alone will have done it. One person is a block of one. Its declared inputs are exactly
 * what population loads and what a round seals. It may not read anything else.
 */
#ifndef MERIT_POLICY_JUDGE_H
#define MERIT_POLICY_JUDGE_H

#include "policy/rules.h"

#define BLOCK 1024
#define NONE INT32_MIN          /* a fact that the store lacks */
#define NOT_LOOKED_AT INT32_MAX /* a second value that the parameters do not ask for */

enum met { NO = 0, YES = 1, LACKING = 2, NOT_ASKED = 3 }; /* LACKING is written "missing" */
const char *met_text(enum met m);                         /* "no", "yes", "missing", "not-asked" */

enum input_type { I_NUMBER, I_DAY, I_CODE, I_PERCENT, I_FLAG };
/* What stands in a column. Columns of codes hold numbers of the codebook in use. */
struct input_column {
	const char *name; /* "rank_from" */
	enum input_type type;
	const char *of; /* I_CODE: the pack table */
	bool confidential;
};

/* Codes as small numbers, the same for columns and for a judge's prepared tables: a store's pack_code numbers, or those
 * that a proof's reader gives out. */
struct codebook {
	void *arg;
	int32_t (*number)(void *arg, const char *of, struct str code); /* NONE: unknown */
	struct str (*text)(void *arg, const char *of, int32_t number);
	/* What people read for it, as struct codes' label; NULL: the code. */
	struct str (*label)(void *arg, const char *of, int32_t number, const char *lang_tag);
};
/* Adds the code or, for readers of pages, its label. */
void code_words(const struct codebook *codes, const char *of, int32_t number, const struct lang *l, struct buf *out);

/* Before a judge is called: met NO, reason 0, everything else NONE. */
struct verdicts {
	unsigned char met[BLOCK];
	unsigned char reason[BLOCK]; /* number in the judge's reasons */
	int32_t value[2][BLOCK];     /* as the judge's `value` says; NONE: empty */
	int32_t complete_on[BLOCK];  /* day; NONE: time alone does not do it */
};
struct judge_block {
	size_t n;
	date as_of;
	const int32_t *const *in; /* in the order of the judge's inputs */
	const void *prepared;
	struct verdicts *out;
	const struct input_column *const
		*columns;        /* of `in`, so that messages can name inputs; NULL: as plain numbers */
	const struct lang *lang; /* for word() and sentences; NULL: English, and codes as they are */
};

enum judge_value { V_NONE, V_MONTHS, V_CODE, V_PERCENTS /* newest first, joined by ; */, V_NUMBER };

/* Three sentences a reason, N_(…); NULL for others: the general one, for the committee: the person's. In braces are
 * filled in: whatever the judge's word() knows; {value} (months as "3 years 8 months", also {months}); {need} (the
 * parameter `years` of a judge of months, else `minimum`); {complete_on} and {period} (the day judged) as "1 February
 * 2009"; parameters; inputs. */
struct judge_reason {
	const char *person, *committee, *other;
};
struct judge_param {
	const char *name;
	enum pack_type type;
	bool required;
	const char *of; /* P_CODE, P_CODES: the table whose codes these are; NULL: the judge's own affair */
};
struct judge {
	const char *name; /* "years_in_rank" */
	int version;
	const char *title, *help;  /* N_(…) */
	const char *const *inputs; /* names of input columns; NULL-terminated */
	const struct judge_param *params;
	int nparams;
	enum judge_value value;
	const char *value_of; /* V_CODE: the table of value[0]; of several, parted by spaces, value[1] is the number */
	const struct judge_reason *reasons;
	int nreasons;
	/* Turns parameters and tables into what the block function needs; E_INVALID with problems where the rules do
	 * not fit. */
	enum err (*prepare)(const struct rules *r, const struct criterion *c, const struct codebook *codes,
			    struct arena *a, struct problems *p, const void **ret);
	void (*judge)(const struct judge_block *b);
	const char *const
		*proofs; /* inputs that say how far its facts are proved (0: claimed), for `needs: proved`; or NULL */
	/* Adds the value of {name} for messages; false: not one of its names. NULL: none of its own. */
	bool (*word)(const struct judge_block *b, size_t i, const char *name, const struct codebook *codes,
		     struct buf *out);
	/* The row of the rules' tables that a verdict rests on beside its parameters, so that what is assumed in it can
	 * be told; NULL: on none. NULL: none ever. */
	const struct rules_row *(*rests_on)(const struct judge_block *b, size_t i, const struct rules *r,
					    const struct criterion *c, const struct codebook *codes);
};
const struct judge *judge_find(const struct pack_reader *r, struct str name_at_version); /* NULL: unknown */

enum audience { FOR_PERSON, FOR_COMMITTEE, FOR_OTHER };
/* The sentence of one verdict, filled in; for others a confidential criterion says only the general sentence. */
void judge_sentence(const struct criterion *c, const struct judge_block *b, size_t i, enum audience who,
		    const struct codebook *codes, struct buf *out);
/* The value as `round list` prints it. l NULL: codes as they are. */
void judge_value_text(const struct judge *j, const struct verdicts *v, size_t i, const struct codebook *codes,
		      const struct lang *l, struct buf *out);
/* What the rule asks for, in few words: its years, else its minimum. False: it has neither. */
bool judge_need(const struct criterion *c, const struct lang *l, struct buf *out);

#endif
