/* population.h - everybody as columns, as of one day and known at one position.
 *
 * Immutable once loaded. A column is int32: day numbers, whole numbers, hundredths of a percent, or codes of the
 * population's own dictionary. What the store lacks is NONE.
 */
#ifndef MERIT_POPULATION_POPULATION_H
#define MERIT_POPULATION_POPULATION_H

#include "entity/ctx.h"
#include "policy/judge.h"

struct population;

/* The facts of one person from one source entity, in order of day, believed at the position and begun by the day. */
struct facts {
	size_t n;
	const date *from;        /* valid_from */
	const date *until;       /* stated last day or DATE_NONE */
	const int64_t *const *v; /* v[i][row]: field i of the input's fields; SCAN_NULL */
	date as_of;
};

/* What a derived column reads beside its person's own facts: fields of another THING (NULL: of facts of other people,
 * all). */
struct input_look {
	const struct entity *entity;
	const char *const *fields;
};
struct looked {
	void (*at)(void *arg, const struct entity *thing, int64_t id);
	void *arg;
};

/* How one column comes to be. The modules' arrays of these are the only list: what a judge may read, what is loaded and
 * what a round seals. */
struct input {
	struct input_column column;
	const struct entity *from; /* the person entity itself or a SERIES or EVENT of it; NULL: derived */
	const char *const *fields; /* of it, NULL-terminated; all inputs of one source together: SCAN_FIELDS */
	int years;                 /* EVENT: not those before this many calendar years before the day's year; 0: all */
	/* From one person's facts: p and row allow columns of earlier inputs to be read. Thread-safe. */
	int32_t (*reduce)(const struct facts *f, struct population *p, size_t row);
	/* Or from other columns and tables, for all rows at once, after all reduced ones. */
	enum err (*derive)(struct population *p, int32_t *column);
	const char *const *needs; /* names of inputs that must be loaded before; NULL-terminated; may be NULL */
	/* Of a derived one, for those who ask what was learnt since: the declared looks, ended by one without entity,
	 * and which records they fell on for the rows taken. Both may be NULL. */
	const struct input_look *looks;
	enum err (*looked)(struct population *p, const bool *take, const struct looked *ret);
};

/* What a program's modules give to populations. */
struct inputs {
	const struct entity *person;       /* the key entity */
	const struct input *const *arrays; /* each ended by a row without name; NULL-terminated */
};
const struct input *inputs_find(const struct inputs *i, const char *name); /* NULL: none */

/* Loads the named columns (and what they need) of every person. rules and policy may be NULL when no input asks for
 * them. */
struct population_ask {
	const struct inputs *inputs;
	const char *const *names; /* NULL-terminated */
	struct moment at;         /* position 0: the head */
	int64_t person;           /* only this one, on the calling thread alone; 0: everybody */
	/* Of one person: as if this fact were believed too, or instead of the one of its number. NULL: none. */
	const struct record *supposed;
	const struct rules *rules;
	const struct ruleset *policy;
};
MUST_CHECK enum err population_load(struct ctx *c, const struct population_ask *ask, struct population **ret);
/* Leaves only these rows, in this order. */
void population_keep(struct population *p, const size_t *rows, size_t n);
/* One that stands alone, without a store: to be filled from a seal or a proof. Texts become codes by population_code().
 */
struct population *population_new(size_t n, struct moment at);
void population_set_person(struct population *p, size_t row, int64_t person);
/* Rules and policy of one made so; both outlive it. */
void population_judge_by(struct population *p, const struct rules *rules, const struct ruleset *policy);
/* A further column, full of NONE, to be filled by the caller; the column's own one if it is there already. */
int32_t *population_add(struct population *p, const struct input_column *column);
void population_free(struct population *p);
void population_free_p(struct population **p);

size_t population_count(const struct population *p);
int64_t population_person(const struct population *p, size_t row);              /* record number */
size_t population_row(const struct population *p, int64_t person);              /* SIZE_MAX: not in it */
const int32_t *population_column(const struct population *p, const char *name); /* bug() when not loaded */
/* What stands in a loaded column; NULL: not loaded. */
const struct input_column *population_declared(const struct population *p, const char *name);
date population_day(const struct population *p);
int64_t population_position(const struct population *p);
int64_t population_only(const struct population *p); /* the one person it was loaded for; 0: everybody */
const struct rules *population_rules(const struct population *p);
/* The parameter of whichever criterion of the policy has one of this name; NULL: none. */
const struct param *population_param(const struct population *p, const char *name);
struct ctx *population_ctx(struct population *p); /* for derive(): the loading thread's own */
/* For scans within derive(): the position is 0 while the head is being read, so that one half of the rows is enough. */
struct moment population_moment(const struct population *p);

/* The dictionary: texts of code columns. Numbers are given in the order first seen, from 0, one list an `of`. Adding is
 * thread-safe. */
int32_t population_code(struct population *p, const char *of, struct str text);
/* The same from a value as stored: a pack code's number, or the number of a record of a THING. */
int32_t population_pack(struct population *p, const char *of, int64_t pack_number);
struct str population_text(const struct population *p, const char *of, int32_t number);
const struct codebook *population_codes(struct population *p);
/* From here on codes are labelled for people as the ctx's rules name them now, and records of small catalogues by their
 * name or title; without it as codes. Not while other threads look. */
MUST_CHECK enum err population_name(struct population *p, struct ctx *c);

/* Calls work for each block of up to BLOCK rows, on all cores. */
MUST_CHECK enum err
population_blocks(size_t n, enum err (*work)(void *arg, size_t first, size_t count, unsigned worker), void *arg);

#endif
