/* dialect.h - the common subset of SQL as PostgreSQL wants it. Text in quotes and comments is never touched. */
#ifndef MERIT_STORE_DIALECT_H
#define MERIT_STORE_DIALECT_H

#include "base/buf.h"
#include "base/text.h"

#include <stdbool.h>

/* Adds sql with `?` as $1, $2 …; returns how many there are. */
int dialect_params(const char *sql, struct buf *out);
/* Adds one statement; in CREATE TABLE and ALTER TABLE the words INTEGER, BLOB and TEXT become BIGINT, BYTEA and
 * TEXT COLLATE "C", and WITHOUT ROWID goes. */
void dialect_types(struct str statement, struct buf *out);
/* Cuts the first statement off *rest, without its `;`; false when only blanks and comments are left. */
bool dialect_next(struct str *rest, struct str *ret);
bool dialect_starts(const char *sql, const char *word); /* first word, any case */

#endif
