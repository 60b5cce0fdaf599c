/* rows.h - reading rows of a declared table by its leading columns, for tables that are no entities, so that no layer
 * above needs SQL for them. They are written by bulk_begin(). */
#ifndef MERIT_STORE_ROWS_H
#define MERIT_STORE_ROWS_H

#include "store/store.h"

/* All columns in the declared order, of the rows whose first n columns equal these integers, in order of the first
 * `order` columns. The statement is stepped by the caller. */
MUST_CHECK enum err rows_select(struct store *s, const struct table *t, const int64_t *equal, size_t n, size_t order,
				struct stmt **ret);

#endif
