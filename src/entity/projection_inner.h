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
#define CELLS_MOST (PROJECTED_MOST + 2)
struct derived {
	int64_t id;
	bool asked;  /* among the keys */
	bool stored; /* has a row */
	bool exists; /* shall have one */
	struct cell *old, *now;
	date turns; /* DATE_NONE: never */
};

/* So few rows are looked up one by one; of more all of what they refer to is read. */
#define DERIVE_FEW 64

struct then_table;  /* what a THING's field is today, by id */
struct tree_table;  /* the numbers of a tree */
struct place_table; /* the places of the codes of one table of the rules */
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
	struct place_table *places;
	struct tree_table *trees; /* borrowed: another deriving's */
	bool borrowed;
	bool audit; /* nothing that is stored is taken for true, but for the day of the last turn */
	bool fresh; /* numbers of a tree are reckoned anew; else they are those that stand in its own projection */
};
MUST_CHECK enum err derive(struct deriving *d, const struct projection *p);

/* Derives and stores what differs. */
MUST_CHECK enum err projection_run(struct deriving *d, const struct projection *p);
MUST_CHECK enum err projection_most(struct ctx *c, const struct projection *p, size_t *ret); /* the greatest id */
/* When p is of a tree: numbers it anew, and moves the numbers in all projections that hold them. After its own rows. */
MUST_CHECK enum err projection_number(struct ctx *c, const struct projection *p);

struct ids {
	int64_t *list;
	size_t n, cap;
};
void ids_add(struct ids *to, int64_t id);
void ids_release(struct ids *ids);

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
struct cell cell_of(const struct stmt_value *x, struct arena *a);
bool cell_eq(const struct cell *a, const struct cell *b);

/* What record id is today in the field that a column looks at through it; *turns falls to the next day on which that
 * may change. */
MUST_CHECK enum err then_find(struct deriving *d, const struct projection *p, int column, int64_t id, struct arena *a,
			      struct cell *ret, date *turns);
void then_forget(struct deriving *d);
/* The place of a code in its table; nothing: it is in none. */
struct cell table_place(struct deriving *d, const char *of, int64_t number);
void table_places_forget(struct deriving *d);
void turn_by(date *turns, date day); /* the earlier of the two */

/* The tree whose numbers a column holds, or NULL. *ret_own: it is the projection of the tree itself. */
const struct entity *numbers_of(const struct projection *p, int column, bool *ret_own);
/* The number of a record of a tree, or the last one below it. */
MUST_CHECK enum err number_find(struct deriving *d, const struct entity *e, int64_t id, bool last, struct cell *ret);
void numbers_forget(struct deriving *d);

#endif
