/* type.h - one row a field type: how it is read, written, made canonical and stored. The only place that tells types
 * apart. */
#ifndef MERIT_ENTITY_TYPE_H
#define MERIT_ENTITY_TYPE_H

#include "entity/entity.h"
#include "entity/record.h"

struct stmt;
struct json;

/* What a reader of a cell is given. */
struct reading {
	struct ctx *c;           /* NULL for types that look nothing up */
	const struct lang *lang; /* in which `wrong` is said */
	const struct field *field;
	struct str text; /* not empty */
	date on;
	struct arena *arena; /* owns the texts of the value */
	struct buf *wrong;   /* "what; what to do" is added here by who answers false */
};

struct type_row {
	const char *name;    /* "percent" */
	const char *columns; /* a letter a stored column: i, t */
	const char *words;   /* for people */
	bool (*parse)(const struct reading *r, struct value *ret);
	void (*text)(struct ctx *c, const struct field *f, const struct value *v, struct buf *out);
	void (*canonical)(const struct codes *codes, const struct field *f, const struct value *v, struct json *j);
	/* Whether a value made by code and not by parse fits: bounds, length, words. Same messages as parse. */
	bool (*fits)(const struct reading *r, const struct value *v);
};
extern const struct type_row type_rows[T_COUNT];
#define TYPE(f) (&type_rows[(f)->type])

/* The word of an enum's number, or the empty slice. */
struct str enum_word(const struct field *f, int64_t number);

/* Binds the columns of a value from place i (from 1), and reads them from column i (from 0); answer the next place. */
int type_bind(struct stmt *st, int i, const struct field *f, const struct value *v);
int type_get(struct stmt *st, int i, const struct field *f, struct arena *a, struct value *ret);

#endif
