/* read.h - facts as of a day, known at a position. */
#ifndef MERIT_ENTITY_READ_H
#define MERIT_ENTITY_READ_H

#include "entity/ctx.h"
#include "entity/record.h"

enum extent {
	HOLDING,  /* THING: the version that holds on the day. SERIES: the row of each lane that holds. EVENT: as BEGUN
		   */
	BEGUN,    /* every row believed whose valid_from is not after the day */
	BELIEVED, /* every row believed at the position, whatever its day */
	EVER      /* every row ever written, corrected ones too (position and day are ignored) */
};
struct query {
	const struct entity *entity;
	int64_t owner; /* SERIES, EVENT: one owner; THING: one record; 0: all */
	struct moment at;
	enum extent extent;
	bool withdrawn; /* rows that withdraw or end are given too; otherwise they only have their effect */
};

/* Rows in order of owner (THING: id), lane, valid_from (EVER: vid). A long read holds no snapshot: it fixes the
 * position and reads in keyset chunks. The record given is valid until the next call. */
struct cursor;
MUST_CHECK enum err cursor_open(struct ctx *c, const struct query *q, struct cursor **ret);
MUST_CHECK enum err cursor_next(struct cursor *k, const struct record **ret); /* NULL at the end */
void cursor_close(struct cursor *k);
void cursor_close_p(struct cursor **k);

/* One record into the arena; E_MISSING. SERIES: the row of lane `lane` that holds. */
MUST_CHECK enum err read_thing(struct ctx *c, const struct entity *e, int64_t id, struct moment at,
			       struct record **ret);
MUST_CHECK enum err read_holding(struct ctx *c, const struct entity *e, int64_t owner, int64_t lane, struct moment at,
				 struct record **ret);
/* All rows of a query into an arena array; for few rows. */
MUST_CHECK enum err read_all(struct ctx *c, const struct query *q, struct record ***ret, size_t *ret_n);

/* Facts believed now whose text field is exactly this, in order of owner: a SEARCHED field has an index for it. At most
 * n.
 */
struct fact_found {
	int64_t owner, id;
};
MUST_CHECK enum err facts_with(struct ctx *c, const struct entity *e, int field, struct str text,
			       struct fact_found *ret, size_t n, size_t *ret_n);

/* The number of a THING by the key people write: its code, its inner code, or any of its aliases ever believed.
 * E_MISSING. And back: the newest alias known at the position, else the code. */
MUST_CHECK enum err key_find(struct ctx *c, const struct entity *e, struct str key, int64_t *ret_id);
MUST_CHECK enum err key_text(struct ctx *c, const struct entity *e, int64_t id, int64_t position, struct str *ret);
/* The number (vid) of the last row ever written of an entity, 0 when there is none: while it is the same, so are the
 * facts. */
MUST_CHECK enum err read_last(struct ctx *c, const struct entity *e, int64_t *ret_vid);
/* Of which records the rows after that number are (owner; of a THING itself): each once, at most `most`. */
MUST_CHECK enum err read_touched(struct ctx *c, const struct entity *e, int64_t vid, int64_t *ret, size_t most,
				 size_t *ret_n);
/* All keys of one entity at once, for bulk work: map from every key ever believed to the number; and texts by number.
 */
struct map;
MUST_CHECK enum err key_map(struct ctx *c, const struct entity *e, struct map **ret);
struct keys; /* number -> text */
MUST_CHECK enum err keys_load(struct ctx *c, const struct entity *e, int64_t position, struct keys **ret);
struct str keys_text(const struct keys *k, int64_t id); /* empty: none */
int64_t keys_max(const struct keys *k);
void keys_free(struct keys *k);

/* "2008-09-03" (the last entry of that day in the store's zone) or a position number. E_INVALID with a problem. */
MUST_CHECK enum err moment_parse(struct ctx *c, const char *as_of, const char *known_at, struct moment *ret);

#endif
