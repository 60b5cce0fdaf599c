/* scan.h - bulk reading: the numbers of some fields of every row believed, in order of owner, without records.
 *
 * For population and the other passes over everybody. Owner ranges let several threads share one table.
 */
#ifndef MERIT_ENTITY_SCAN_H
#define MERIT_ENTITY_SCAN_H

#include "entity/ctx.h"

#define SCAN_NULL INT64_MIN
#define SCAN_FIELDS 8

/* Which rows of an entity with lanes; with a position always all. */
enum scan_lanes { ALL_LANES, FIRST_LANE, OTHER_LANES };

struct scan {
	const struct entity *entity;
	int fields[SCAN_FIELDS]; /* fields that stand in one integer */
	int nfields;
	struct moment at;  /* rows with valid_from <= day, believed at the position; day DATE_MAX: all */
	date since;        /* and valid_from >= since; DATE_MIN: all */
	int64_t low, high; /* owners (THING: ids) in [low, high); high 0: to the end */
	enum scan_lanes lanes;
	bool later;    /* instead: rows with known_from > position, whatever is believed now */
	bool numbered; /* tells vid, id and known_from, too, which cost time */
};
struct scanned {
	int64_t owner;
	/* Told only when numbered: the row, the record (rec of a SERIES or EVENT, id of a THING), the entry. */
	int64_t vid, id, known_from;
	date valid_from, until; /* until DATE_NONE: not stated */
	int op;
	int64_t v[SCAN_FIELDS]; /* SCAN_NULL: not stated */
};
/* Rows in order of owner, valid_from, vid. row() returning other than E_OK stops the scan with that. */
MUST_CHECK enum err scan_rows(struct ctx *c, const struct scan *s, enum err (*row)(void *arg, const struct scanned *r),
			      void *arg);
/* No owner or id of an entity is greater, for cutting ranges and for tables by number; 0: there is none. */
MUST_CHECK enum err scan_greatest(struct ctx *c, const struct entity *e, int64_t *ret);

#endif
