/* import.h - the stages of one import, in the order in which they run; internal to import*.c.
 *
 *   head    which cell is what; foreign and missing columns
 *   parse   every cell to a number or a checked text, on all cores
 *   key     records of a THING get their numbers, aliases their owners
 *   order   rows by record, and keys that stand twice
 *   merge   against what is believed already: unchanged, changed, corrected, or a problem
 *   rules   the declaration's own, over the rows to be written
 *   write   canonical forms and leaves on all cores, one thread inserting
 *   after   what must hold over everybody
 * A row with a problem takes no further part, but the stages go on so that all problems are said at once; the
 * transaction is then given up.
 */
#ifndef MERIT_ENTITY_IMPORT_H
#define MERIT_ENTITY_IMPORT_H

#include "base/csv.h"
#include "base/map.h"
#include "base/parallel.h"
#include "entity/change.h"
#include "entity/io.h"
#include "entity/lookup.h"
#include "entity/plan.h"

enum slot_kind { SLOT_DROP, SLOT_KEY, SLOT_DAY, SLOT_UNTIL, SLOT_FORMER, SLOT_FROM, SLOT_FIELD };
struct slot { /* what a cell of the file is */
	enum slot_kind kind;
	int field;        /* SLOT_FIELD */
	const char *head; /* our name of the column, for problems */
};

#define NO_ROW UINT32_MAX
#define UNSTATED INT64_MIN

struct import_out {       /* one row to be written; there may be millions */
	uint32_t row;     /* csv row it comes from */
	uint32_t special; /* number from 1 among the specials; 0: straight from the row's cells, with nothing before it
			   */
};
struct import_special {
	const struct record *old; /* what it replaces or follows; NULL: nothing believed */
	struct record *rec;       /* NULL: straight from the row's cells */
	int64_t closes;           /* vid of the believed row it replaces; 0: none */
};

struct import_alias { /* one row of the alias series: believed before, or to be written */
	int64_t id;
	struct str text; /* to be written */
	date from;
	uint32_t row;      /* NO_ROW: believed before */
	uint32_t moved_by; /* believed: row that gives its number another day, or NO_ROW */
	int64_t closes;    /* vid and rec of the believed row: itself, or the one that is written over; 0: none */
	int64_t rec;
	bool withdrawn, corrects;
};
enum { NAMED_BEFORE, NAMED_NEWLY, NAMED_CORRECTED }; /* what a row does to the alias series */

struct import_worker {
	struct ctx c;      /* the request's, with this worker's own arena, problems and, for rules, connection */
	struct ctx *again; /* NULL: the request's connection */
	struct arena arena, row;
	struct problems problems;
	struct str *cells;
	struct map **packs; /* a field: pack code as written -> number * 2 + assumed */
	struct record *rec; /* the row at hand */
	struct buf scratch;
	size_t assumed;
};

struct import {
	struct ctx *c;
	const struct entity *e;
	const struct csv *csv;
	const struct import_options *o;
	struct import_counts *n;
	struct arena arena;
	const char *name; /* of the file */
	size_t rows;
	size_t said; /* problems that stood before this import */

	struct slot *slots; /* one a csv column */
	size_t ncolumns;
	int *slot_of;                                               /* field -> csv column, -1: absent */
	int key_slot, day_slot, until_slot, former_slot, from_slot; /* -1: absent */
	int first_day, year_end;                                    /* fields, -1: none */
	const struct plan *plan;
	struct field key_field, day_field, until_field, from_field, former_field; /* how those cells are read */
	struct value *fill; /* a field: what an empty cell means */

	const struct lookup **refs;  /* a field: what it refers to; NULL: no reference, or to the entity itself */
	const struct lookup *owners; /* the owner; NULL: a THING */
	struct map *own;             /* keys of the THING itself, with those of the file; NULL: no THING */
	int64_t known_ids;           /* greatest record number of the THING that stood before */
	bool empty;                  /* nothing is believed yet: no look-ups */

	int64_t *id; /* a row: owner, or record of a THING; 0: not known (yet) */
	date *day, *until, *from;
	unsigned char *bad, *named; /* named: THING with aliases */
	int64_t **ints;             /* a field, then a row: UNSTATED or the number; NULL: not a number or absent */
	uint32_t *order;            /* rows by record, lane, key, day */
	size_t ordered;

	struct import_out *outs;
	size_t nouts, outs_cap;
	struct import_special *specials;
	size_t nspecials, specials_cap;
	struct import_alias *aliases;
	size_t naliases, aliases_cap;
	struct import_new { /* records of a THING that the file brings */
		struct str code;
		uint32_t row;
	} * born_now;
	size_t nborn_now;

	struct import_worker *workers;
	unsigned nworkers;
	int64_t first_vid; /* of the versions written */
};

/* ---- the stages ---- */
MUST_CHECK enum err import_head(struct import *m);
MUST_CHECK enum err import_look(struct import *m); /* loads the keys and days that cells are looked up in */
MUST_CHECK enum err import_parse(struct import *m);
MUST_CHECK enum err import_keys(struct import *m);
MUST_CHECK enum err import_aliases(struct import *m); /* of import_keys() */
MUST_CHECK enum err import_order(struct import *m);
MUST_CHECK enum err import_merge(struct import *m);
MUST_CHECK enum err import_rules(struct import *m);
MUST_CHECK enum err import_write(struct import *m);
MUST_CHECK enum err import_after(struct import *m);
/* Gives what a check found to the row at hand; kept: how many problems there were before it. */
void import_adopt(struct import *m, struct problems *p, size_t kept, uint32_t row);

/* Whether import_after() looks at more than single rows, and so may find what nothing before it could. */
bool import_together(const struct import *m);

/* ---- what several stages need ---- */
bool import_refused(const struct import *m); /* this import found a problem */
/* The field's column is there and names records of the entity itself, which may stand in the same file. */
bool import_is_own_ref(const struct import *m, int field);
/* A problem of a row that other stages then leave out. From a worker: its own problems. */
void import_bad(struct import *m, struct problems *p, uint32_t row, const char *column, const char *fmt, ...)
	PRINTF(5, 6);
/* Joins the workers' problems, by row, into those of the request. */
void import_gather(struct import *m);
/* A row's cells as a record; `base` gives the fields whose columns are absent (NULL: unstated or what empty means). */
void import_record(struct import *m, struct import_worker *w, uint32_t row, const struct record *base,
		   struct record *ret);
struct import_special import_special_of(const struct import *m, size_t out);
/* What is to be written, into a record with values of its own. */
void import_out_record(struct import *m, struct import_worker *w, size_t out, struct record *ret);
struct str import_cell(const struct import *m, struct import_worker *w, uint32_t row, int slot);
struct str import_former(struct import *m, uint32_t row); /* the older number that a row names; empty: none */
/* Calls work for blocks of rows [from, to) on all cores. */
MUST_CHECK enum err import_rows(struct import *m, size_t n,
				void (*work)(struct import *m, struct import_worker *w, size_t from, size_t to));

#endif
