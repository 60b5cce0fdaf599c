/* record.h - one fact in memory: values by field number. */
#ifndef MERIT_ENTITY_RECORD_H
#define MERIT_ENTITY_RECORD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/problem.h"

#include <stdbool.h>
#include <stdint.h>

struct entity;
struct field;
struct codes;
struct ctx;

/* A value: `set` is false for what is not stated.
 * int, percent (hundredths), date, month (first day), bool, enum (word number), ref and person (record number), pack
 * (code number): i. code, text, note, names (canonical JSON object): t. money: i in smallest units, j the number of the
 * currency's pack code. */
struct value {
	bool set;
	int64_t i, j;
	struct str t;
};

enum op { OP_HOLDS = 0, OP_ENDS = 1, OP_WITHDRAWN = 2 };

struct record {
	const struct entity *entity;
	int64_t id;      /* THING: the record's number; SERIES, EVENT: `rec`, the fact's stable number; 0: new */
	int64_t owner;   /* SERIES, EVENT */
	date valid_from; /* DATE_NONE: not stated yet */
	date until;      /* SERIES: stated last day, or DATE_NONE */
	enum op op;
	struct value *v; /* one a field */
	/* as stored; 0 in a new record */
	int64_t vid, known_from, known_to; /* known_to 0: still believed */
	uint32_t idx;                      /* leaf number inside the entry known_from */
	struct str code;                   /* THING: the anchor's code */
	struct str why; /* of a row that corrects or withdraws: the reason given; stands in a column `why` of every
			 * ledgered table and, where there is one, in the closed group */
};

struct record *record_new(struct arena *a, const struct entity *e);
struct record *record_copy(struct arena *a, const struct record *r);
bool value_eq(const struct value *a, const struct value *b);
/* Whether a stored row was believed when the entry of this number was the last. */
bool record_believed(const struct record *r, int64_t position);

void record_int(struct record *r, int field, int64_t v); /* every type that stands in i */
void record_text(struct record *r, int field, struct str v);
void record_clear(struct record *r, int field);
int64_t record_get(const struct record *r, int field, int64_t otherwise);
bool record_has(const struct record *r, int field);

/* What people read for an entity or a field in a sentence of these problems: its name on the command line, on pages its
 * title, or its label in quotation marks. */
const char *entity_word(struct problems *p, const struct entity *e);
const char *field_word(struct problems *p, const struct field *f);

/* Reads what a person wrote. Adds one problem (field, what, what to do) and answers false when it does not fit the
 * field's type and bounds; references and pack codes are resolved by the two calls in ctx. Empty text: value not set.
 * `c` may be NULL for types that need no look-up. */
bool value_parse(struct ctx *c, const struct field *f, struct str text, date on, struct value *ret, struct problems *p,
		 const char *file, size_t row);
/* The text that value_parse reads back to the same value; what CSV and forms hold. */
void value_text(struct ctx *c, const struct field *f, const struct value *v, struct buf *out);

/* Canonical JSON of the set fields of one group (closed or open), keys sorted by ledger name; the open group also holds
 * owner, until and, for a THING, code; `why` stands in the closed group where there is one, else in the open. */
void record_canonical(const struct codes *codes, const struct record *r, bool closed, struct buf *out);
/* {"entity":…,"id":…,"op":…,"valid_from":"…"} */
void record_header(const struct record *r, struct buf *out);

#endif
