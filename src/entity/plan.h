/* plan.h - what follows from one declaration once and is kept: tables, columns, statement texts. Inner to entity/. */
#ifndef MERIT_ENTITY_PLAN_H
#define MERIT_ENTITY_PLAN_H

#include "entity/ctx.h"
#include "entity/record.h"

/* Immutable once made; shared by all contexts of a place. Statements that give rows give the columns `columns`, which
 * plan_row() reads. */
struct plan {
	const struct entity *entity;
	int number;                         /* place in the registry */
	const struct classed_table *table;  /* of the rows */
	const struct classed_table *anchor; /* THING; else NULL */
	const char *rows;                   /* name of the rows' table */
	const char *owner;                  /* column that reads are ordered by: owner, or id of a THING */
	const char *columns;                /* "r.vid, r.id, …"; of a THING also "a.code" */
	const char *salts;                  /* ", r.salt[, r.salt_closed]": to follow columns */
	int nsalts, salt_at;                /* column of the first of them */
	const char *from;              /* "person_v r CROSS JOIN person a WHERE a.id = r.id", "rating r WHERE 1 = 1" */
	bool closed;                   /* there is a closed group */
	int lane;                      /* field or -1 */
	int *at;                       /* first column of each field in `columns`; -1: not stored there */
	int at_until, at_code, at_why; /* -1: none */

	const char *now;    /* believed now: owner > ?1 AND owner <= ?2 AND valid_from <= ?3, in order */
	const char *past;   /* the same at a position: ?1 ?2 ?3 ?4 twice, ?4 the position */
	const char *ever;   /* vid > ? AND vid <= ?, in order of vid */
	const char *by_key; /* the believed row of a natural key: see plan_bind_key() */
	const char *by_vid;
	const char *versions; /* THING: believed versions of one id, in order of valid_from */
	const char *standing; /* THING: op, NOT_BEFORE date of the version at a day */
	const char *first;    /* THING: first believed day */
	const char *close, *insert, *insert_anchor;
	const char *max_vid, *max_id;
	const char *find;       /* THING: id by code */
	const char *find_alias; /* THING with alias: owner by number, believed ones first */
	const char *seat;       /* SERIES with SEAT: believed rows of one seat, lane 0 */
	int nfolds, *folds;     /* fields that have a fold column */
};

struct plans; /* of one registry */
struct plans *plans_new(const struct registry *r);
void plans_free(struct plans *p);
const struct plan *plan_of(const struct ctx *c, const struct entity *e); /* bug() when not registered */
int plans_count(const struct ctx *c);

/* Fills a record from the current row; texts are copied into the arena. v has entity->nfields places. */
void plan_row(const struct plan *p, struct stmt *st, struct arena *a, struct record *ret);
/* Binds the natural key of r from place i; answers the next place. */
int plan_bind_key(const struct plan *p, struct stmt *st, int i, const struct record *r);

#endif
