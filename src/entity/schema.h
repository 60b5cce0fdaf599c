/* schema.h - the tables of an entity, of a projection and of the search terms. */
#ifndef MERIT_ENTITY_SCHEMA_H
#define MERIT_ENTITY_SCHEMA_H

#include "base/arena.h"
#include "entity/entity.h"

/* clang-format off: a table */
/* The rows' table: NAME_v of a THING, else NAME. Its columns stand in this order:
 *
 *   THING   vid, id, valid_from, known_from, idx, known_to, op, fields, NAME_fold of SEARCHED texts, why, salt[,
 * salt_closed] SERIES  vid, rec, owner, valid_from, [until,] known_from, idx, known_to, op, fields, why, salt[,
 * salt_closed] EVENT   as SERIES, without until PLAIN   id, fields
 *
 * Field 0 of a THING without alias stands in the anchor (code) only. Money has two columns: NAME (smallest unit) and
 * NAME_currency. `rec` of a new fact is the vid of its first row, kept when the fact is corrected or withdrawn. */
/* clang-format on */
const struct classed_table *schema_rows(struct arena *a, const struct entity *e);
/* A THING's anchor NAME: id, code, created. NULL for other kinds. */
const struct classed_table *schema_anchor(struct arena *a, const struct entity *e);
/* 't' where folded or of a text field, else 'i'. */
char schema_projected(const struct projected *p);

/* All of these and the registry's further tables, anchors first; NULL-terminated. The ledger's are not among them. */
const struct classed_table *const *schema_all(struct arena *a, const struct registry *r);

/* Whether a field has a column of its own in the rows' table. */
bool schema_stored(const struct entity *e, int field);
/* The name of the k-th column of a field (k below the number of its type's columns). */
const char *schema_column(struct arena *a, const struct field *f, int k);
/* Whether a field may not bear this name, because a table has a column of that name. */
bool schema_reserved(const char *name);

#endif
