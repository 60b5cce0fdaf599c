/* listing.h - one list as its address asks for it: columns, filters, order, and the page of rows. Inner to the list
 * files and to the programs' list of the same (REST). */
#ifndef MERIT_FACE_LISTING_H
#define MERIT_FACE_LISTING_H

#include "face/face.h"

#define LISTING_SHOWN 50
#define LISTING_COUNTED 1000 /* totals are exact up to here */
#define LISTING_SMALL 5000   /* things without a projection are read whole up to here, above it in order of number */
#define LISTING_COLUMNS 16
#define LISTING_RANGES 64

struct listing_column {
	const struct field *field;
	const char *label; /* N_ */
	const char *name;  /* of the address: is_NAME filters, sort=NAME orders */
	int source;        /* column of the projection, else field of the entity */
	int sort;          /* column of the projection that orders it; LISTING_UNSORTED: none */
	int within;        /* column of the projection that makes a subtree a range; -1: none */
};
#define LISTING_UNSORTED (-9)

struct listing {
	const struct entity *e;
	const struct projection *of; /* NULL: read record by record */
	struct listing_column columns[LISTING_COLUMNS];
	size_t ncolumns;
	struct list_where where[LISTING_COLUMNS + 3];
	size_t nwhere;
	struct order_range reach[LISTING_RANGES], subtree[LISTING_COLUMNS];
	int64_t one[LISTING_COLUMNS]; /* what LIST_ANY of a column asks for */
	int64_t *ids;                 /* found by words; NULL: no words asked for */
	size_t nids;
	bool nothing;  /* a filter that fits nothing */
	bool all;      /* of facts: every row believed, not only what holds today */
	bool filtered; /* any filter is set */
	int sort;      /* as list_ask.sort; of an entity without projection: number of a column here, or LIST_CODE */
	bool down;
	struct list_key after;
};
struct listed {
	int64_t id;
	struct str key;
	const struct value *v;  /* by listing_column.source */
	const struct record *r; /* NULL: of a projection */
};
struct listing_page {
	struct listed *rows;
	size_t n;
	bool more;
	struct list_key next; /* when more */
	int64_t total;        /* up to at_most + 1 */
	int64_t at_most;
};

/* Its columns alone, as they stand in the declaration; the rest of *ret is empty. */
void listing_columns(const struct registry *r, const struct entity *e, struct listing *ret);
/* E_MISSING: the reader may not see any such record. A filter that cannot be read is a problem, and fits nothing. */
MUST_CHECK enum err listing_read(struct request *q, const struct entity *e, struct listing *ret);
/* count: totals are wanted. */
MUST_CHECK enum err listing_page(struct request *q, const struct listing *l, size_t limit, bool count,
				 struct listing_page *ret);
bool listing_filters(const struct field *f); /* it can be filtered by */
/* Column 0 is the record itself: its name. */
void listing_cell(struct request *q, const struct listing *l, const struct listed *row, size_t column);

#endif
