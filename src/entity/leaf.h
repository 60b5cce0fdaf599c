/* leaf.h - the hash of one row. */
#ifndef MERIT_ENTITY_LEAF_H
#define MERIT_ENTITY_LEAF_H

#include "entity/entity.h"
#include "entity/record.h"
#include "ledger/ledger.h"

/* C_open, and C_closed of an entity with confidential fields; what stays fixed when a text is erased. */
struct leaf_parts {
	struct hash open, closed;
	bool has_closed;
};
/* salt and salt_closed are SALT_SIZE bytes each; salt_closed is not read where the entity has no closed group. scratch
 * is reset; keep it over many rows. */
struct hash leaf_row(const struct codes *codes, const struct record *r, const void *salt, const void *salt_closed,
		     struct buf *scratch, struct leaf_parts *ret_parts);

#endif
