/* plan.h - what follows from one declaration once and is kept: tables, columns, statement texts. Inner to entity/. */
#ifndef MERIT_ENTITY_PLAN_H
#define MERIT_ENTITY_PLAN_H

#include "entity/ctx.h"
#include "entity/record.h"

/* Every statement that gives rows gives these columns first. */
enum { C_VID, C_ID, C_OWNER, C_FROM, C_KNOWN_FROM, C_IDX, C_KNOWN_TO, C_OP, C_REST };

/* Immutable once made; shared by all contexts of a place. Believed means known_to IS NULL. */
struct plan {
	const struct entity *entity;
	int number;                         /* place in the registry */
	const struct classed_table *table;  /* of the rows */
	const struct classed_table *anchor; /* THING; else NULL */
	const char *rows;                   /* name of the rows' table */
	const char *owner;                  /* column that reads are ordered by: owner, or id of a THING */
	const char *columns;                /* "r.vid, r.id, …"; plan_row() reads them */
	int ncolumns;
	const char *salts; /* ", r.salt[, r.salt_closed]": may follow `columns`; the first is then column ncolumns */
	const char *from;  /* "person_v r CROSS JOIN person a WHERE a.id = r.id", "rating r WHERE 1 = 1" */
	bool closed;       /* there is a closed group */
	int lane;          /* field or -1 */
	bool day_in_key;   /* of the natural key */
	int *at;           /* first column of each field in `columns`; -1: not stored */
	int at_until, at_code, at_why; /* -1: none */
	int not_before;                /* THING: its NOT_BEFORE field or -1 */
	int *folds, nfolds;            /* fields with a fold column */
	bool is_alias;                 /* the alias series of its owner */
	bool searched;                 /* any SEARCHED field */

	/* Rows with low < owner <= high and valid_from <= day, in order of owner, lane, day. */
	const char *now;     /* believed: low, high, day */
	const char *past;    /* believed at a position: low, high, day, position, and these four again */
	const char *ever;    /* low < vid <= high, in order of vid */
	const char *ever_of; /* one owner, in order of vid: owner, owner */
	const char *back;    /* vid <= high, the last first: high, how many */
	const char *back_of; /* of one owner: owner, high, how many; NULL: not .latest_first */

	const char *by_key;               /* the believed row of a natural key: plan_bind_key() */
	const char *versions;             /* THING: believed, of one id, in order of day: id */
	const char *standing;             /* THING: op and NOT_BEFORE date of the version at a day: id, day */
	const char *first;                /* THING: first believed day and its NOT_BEFORE date: id */
	const char *exists, *find, *code; /* THING: anchor's id by id, by code; its code by id */
	const char *find_alias;           /* alias series: owner by number, believed ones first: number */
	const char *taken;       /* alias series: another owner who is believed to have the number: number, owner */
	const char *newest;      /* alias series: number by owner, newest believed */
	const char *newest_past; /* … at a position: owner, position, position */
	const char *
		*unique; /* THING: by field: another record believed to have the value: value…, id; NULL: not unique */
	const char *seat;      /* SERIES with SEAT: believed rows of one seat in lane 0, in order of day: seat */
	int seat_field;        /* or -1 */
	const char *next;      /* SERIES: day of the owner's next believed row of lane 0: owner, day */
	const char *lane_rows; /* SERIES: believed rows of an owner in lane 0, in order of day: owner */

	const char *close;            /* position, vid */
	const char *insert;           /* plan_insert's columns in the table's order */
	const char *insert_anchor;    /* id, code, created */
	const char *touched;          /* owners with rows after one: vid, how many */
	const char *max_vid, *max_id; /* max_id: of the THING, or of the owner */
};

struct plans; /* of one registry */
struct plans *plans_new(const struct registry *r);
void plans_free(struct plans *p);
const struct plan *plans_find(const struct plans *p, const struct entity *e); /* bug() when not registered */
const struct plan *plan_of(const struct ctx *c, const struct entity *e);
int plans_count(const struct plans *p);

/* The most columns of `columns` with salts and folds. */
#define PLAN_COLUMNS 160
/* Fills a record from values in the order of `columns`; texts stay where they are with `a` NULL. */
void plan_take(const struct plan *p, const struct stmt_value *x, struct arena *a, struct record *ret);
/* Fills a record from the current row; texts are copied into the arena. ret->v has entity->nfields places. */
void plan_row(const struct plan *p, struct stmt *st, struct arena *a, struct record *ret);
/* All the rows of a statement, into the arena. */
MUST_CHECK enum err plan_rows(const struct plan *p, struct stmt *st, struct arena *a, struct record ***ret,
			      size_t *ret_n);
/* Binds the natural key of r from place i; answers the next place. */
int plan_bind_key(const struct plan *p, struct stmt *st, int i, const struct record *r);
/* Binds all values of `insert` but for the salts, which follow; answers the next place. folds: one a fold column. */
int plan_bind_row(const struct plan *p, struct stmt *st, const struct record *r, const struct str *folds);

#endif
