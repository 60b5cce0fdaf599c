/* list_inside.h - a question to a projection while it becomes a statement. Inner to list*.c. */
#ifndef MERIT_ENTITY_LIST_INSIDE_H
#define MERIT_ENTITY_LIST_INSIDE_H

#include "base/buf.h"
#include "entity/inner.h"
#include "entity/list.h"

/* Texts by shape of question, and how many rows a filter lets through; one a context. */
struct lists {
	struct arena arena;
	struct map *texts; /* shape -> pointer to the text */
	struct buf shape, sql;
	struct estimate {
		const struct projection *of;
		uint64_t hash;
		int64_t n;
		unsigned uses; /* left until it is counted again */
	} estimates[256];
};
struct lists *lists_of(struct ctx *c);

enum list_part {
	LIST_HOLDING, /* rows in which the sorted column holds something */
	LIST_LACKING, /* and those in which nothing does */
	LIST_COUNTING,
	LIST_GROUPING,
	LIST_ESTIMATING /* of one filter alone */
};
/* How the rows are come by: the order's own index is walked and filtered, or the rows of one filter are sorted. */
enum { DRIVE_ORDER = -1 };
struct list_text {
	const struct list_ask *ask;
	enum list_part part;
	int drive;   /* number of the filter whose index leads, or DRIVE_ORDER */
	bool sorted; /* the index of the filter does not give the order */
	bool told;   /* the database does not know how values are spread, and is kept from other ways */
	bool keyed;  /* goes on after a row */
	int64_t limit;
	int first, second; /* columns of groups */
};
/* The statement with its filters bound; *ret_next: the place of the next value. */
MUST_CHECK enum err list_statement(struct ctx *c, const struct list_text *t, struct stmt **ret, int *ret_next);

/* Chooses drive and sorted of a question for rows. */
MUST_CHECK enum err list_drive(struct ctx *c, const struct list_ask *ask, struct list_text *ret);

const char *list_column(const struct projection *p, int column);
bool list_reads(const struct list_ask *a, int column);
bool list_is_text(const struct projection *p, int column);
/* Lets everything through (the whole service, no letters), or nothing. */
bool list_where_all(const struct list_where *w);
bool list_where_none(const struct list_where *w);

#endif
