/* projection_inner.h - how the rows of a projection are derived; inner to projection*.c. */
#ifndef MERIT_ENTITY_PROJECTION_INNER_H
#define MERIT_ENTITY_PROJECTION_INNER_H

#include "entity/ctx.h"

/* One value of a projection's row. Cells of a row: the key people write, the declared columns, turns_on. */
struct cell {
	bool set, text;
	int64_t i;
	struct str t;
};
struct derived {
	int64_t id;
	bool asked;  /* among the keys */
	bool stored; /* has a row */
	bool exists; /* shall have one */
	struct cell *old, *now;
	date turns; /* DATE_NONE: never */
};

struct then_table; /* what a THING's field is today, by id */
struct deriving {
	struct ctx *c;
	date today;
	const int64_t *keys; /* sorted; NULL: 1 … n */
	size_t n;
	uint64_t columns; /* bits of those derived anew; the others stay as they are stored */
	bool code;        /* the key too */
	enum err (*use)(struct deriving *d, const struct projection *p, const struct derived *row);
	void *arg;
	struct then_table *thens;
};
MUST_CHECK enum err derive(struct deriving *d, const struct projection *p);

struct range {
	struct arena arena;
	struct derived *rows; /* ids low … high */
	size_t n;
	int64_t low, high;
};
/* Stored and derived rows of low … high; only the keys given are asked for (NULL: all). */
MUST_CHECK enum err range_load(struct deriving *d, const struct projection *p, const int64_t *keys, int64_t low,
			       int64_t high, size_t nkeys, struct range *ret);
void range_release(struct range *r);

int cells_of(const struct projection *p);
const char *cell_name(const struct projection *p, int i);
struct buf;
void projected_sql(const struct entity *e, int field, struct buf *sql); /* ", column" of rows called r */
struct cell cell_get(struct stmt *st, int column, struct arena *a);
bool cell_eq(const struct cell *a, const struct cell *b);

/* What `field` of record id of a THING is today; *turns falls to the next day on which that may change. */
MUST_CHECK enum err then_find(struct deriving *d, const struct entity *e, int field, int64_t id, struct arena *a,
			      struct cell *ret, date *turns);
void then_forget(struct deriving *d);
void turn_by(date *turns, date day); /* the earlier of the two */

#endif
