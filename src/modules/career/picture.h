/* picture.h - everybody in service at one look: what lies ahead of each, and what is wrong with the file. From one pass
 * over all, kept; what is written of some people is looked at for those alone, and for whom they are the superior.
 * Pages count in it and never judge a ministry for a click. */
#ifndef MERIT_MODULES_CAREER_PICTURE_H
#define MERIT_MODULES_CAREER_PICTURE_H

#include "face/keep.h"
#include "modules/career/ahead.h"

/* name, words, what to do */
#define FAULTS(X)                                                                                                      \
	X(UNPROVED, N_("A fact waits for its paper"), N_("ask for the paper, or for its copy"))                        \
	X(NO_POST, N_("No post"), N_("enter the decree on the post"))                                                  \
	X(NO_RANK, N_("No rank"), N_("enter the last decree on rank"))                                                 \
	X(OUTSIDE_BAND, N_("Rank outside the band of the post"), N_("compare the decrees on rank and on post"))        \
	X(NO_RATING, N_("No rating of last year"), N_("ask the assessor for it"))                                      \
	X(NO_GRADE_SERVICE, N_("Grade service not stated"), N_("add it to the last decree on rank"))                   \
	X(RETIREMENT_PASSED, N_("Day of retirement passed, still in service"), N_("enter the decree on retirement"))

enum fault {
#define X(name, words, todo) FAULT_##name,
	FAULTS(X)
#undef X
		FAULT_KINDS
};
const char *fault_words(enum fault f); /* N_ */
const char *fault_todo(enum fault f);  /* N_ */

enum due_kind { DUE_RISE, DUE_INCREMENT, DUE_RETIREMENT, DUE_SANCTION_END, DUE_KINDS };
const char *due_kind_words(enum due_kind k); /* N_ */
const char *due_kind_code(enum due_kind k);

/* The picture is everybody's, a fact of a confidential kind is not: what is wrong is told apart by whether the reader
 * may know of such kinds. Index: 0 without them, 1 with them. */
enum { CLEARANCES = 2 };

struct sight { /* one person in service */
	int64_t person;
	int64_t order; /* where the own post's unit stands for a reader's reach; WHO_NOWHERE: no post */
	int64_t unit;  /* 0: none */
	date born;
	date due[DUE_KINDS];         /* DATE_NONE: nothing in sight */
	int years;                   /* the printed year of the scale that the increment reaches */
	int age;                     /* full years; -1: not known */
	uint64_t lacking;            /* criteria of the rise that will still stand against it then, by number */
	uint32_t faults[CLEARANCES]; /* 1 << enum fault */
	int32_t rank;                /* order in the rules; NONE */
	int64_t superior;            /* whose rank weighs in the rise; 0: nobody; NONE: no rise is judged */
	int64_t rank_code, category; /* numbers of codes; 0: none */
};
/* Something that falls due, not yet past on the picture's day. */
struct due_item {
	date on;
	uint32_t at; /* in v */
	enum due_kind kind;
};
struct fault_sum {
	int32_t sound, proved; /* people without any fault; of whom every fact rests on a paper seen */
	int32_t fault[FAULT_KINDS];
};
/* The people and posts of one unit, without those below it. */
struct unit_sum {
	int64_t order;  /* WHO_NOWHERE: no unit of today */
	int64_t parent; /* 0: none, a unit at the top */
	int32_t posts, held, people;
	struct fault_sum faults[CLEARANCES];
};
struct picture {
	struct sight *v; /* in order of person */
	size_t n;
	struct due_item *due; /* in order of day, person, kind */
	size_t ndue;
	struct unit_sum *of_unit; /* by unit number; 0: who has no unit */
	int64_t units;            /* the greatest */
	const char **criteria;    /* of the rise: titles, N_ */
	bool *confidential;
	size_t ncriteria;
};
/* keep_let_go() ends it; the picture is k->what. */
MUST_CHECK enum err picture_get(struct ctx *c, bool fresh, struct kept **ret);
const struct sight *picture_of(const struct picture *p, int64_t person); /* NULL: not in service */
int64_t picture_top(const struct picture *p);                            /* the first unit at the top; 0: none */
size_t picture_due_from(const struct picture *p, date day);              /* the first item on or after the day */

/* Whom a page counts: within the reader's reach of a right, and within a unit. */
struct within {
	struct order_range reach[32];
	size_t n;
	struct order_range unit;       /* the whole service when none is asked for */
	struct order_range closed[32]; /* where confidential kinds of fact are told too */
	size_t nclosed;
};
void within_reach(const struct who *w, right_t right, struct within *ret);
bool within_has(const struct within *w, const struct sight *s);
bool within_order(const struct within *w, int64_t order);
int within_clearance(const struct within *w, int64_t order); /* which of the CLEARANCES is the reader's there */

#endif
