/* inside.h - what population's own files share. */
#ifndef MERIT_POPULATION_INSIDE_H
#define MERIT_POPULATION_INSIDE_H

#include "base/map.h"
#include "entity/scan.h"
#include "population/population.h"

#include <pthread.h>
#include <stdatomic.h>

#define BY_STORED 16384 /* stored numbers up to here are found without a lock */

#define FIRST_PAGE 32 /* texts stand in pages of 32, 64, 128 …, which never move: so they are read without a lock */
#define PAGES 26

struct dictionary {
	char *of;
	struct map *numbers;
	struct str *pages[PAGES];
	atomic_size_t n;
	struct keys *keys; /* of a THING: record number -> text; NULL: pack codes */
	struct str *names; /* of a THING: what people read for the first of texts; NULL: not asked for */
	size_t nnames;
	_Atomic int32_t *by_stored; /* stored number -> number, NONE: not met yet; NULL: one person alone is loaded */
	struct dictionary *next;
};

struct loaded {
	const struct input *input;
	int32_t *v;
	int at[SCAN_FIELDS]; /* where in the scan each of the input's fields stands */
};

struct population {
	struct ctx *ctx;
	const struct inputs *inputs;
	struct moment at;
	bool past;    /* read with the two halves of a past position */
	int64_t only; /* one person; 0: everybody */
	const struct record *supposed;
	const struct rules *rules;
	const struct ruleset *policy;
	struct arena arena;
	pthread_mutex_t *lock;                     /* over adding to the dictionaries */
	_Atomic(struct dictionary *) dictionaries; /* the newest first */
	struct codebook codes;
	const struct codes *labels; /* NULL: not asked for */
	int64_t *person;
	size_t n;
	struct imap *row_of; /* person -> row where rows are not in order of person; else NULL */
	struct loaded *columns;
	size_t ncolumns;
};

void dictionary_init(struct population *p);
void dictionary_release(struct population *p);
/* Gives numbers to everything that the rules or the catalogue hold of `of`, so that they do not depend on threads. */
MUST_CHECK enum err dictionary_prepare(struct population *p, const char *of);

#endif
