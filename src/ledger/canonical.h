/* canonical.h - what jansson has read, written again in the canonical form of RFC 8785. */
#ifndef MERIT_LEDGER_CANONICAL_H
#define MERIT_LEDGER_CANONICAL_H

#include "base/buf.h"

#include <stdbool.h>

struct json_t; /* jansson's */

/* Keys sorted by byte, integers, texts, truth values, lists, objects. False when it holds anything else: a null or a
 * number with a fraction has no place in what is hashed. */
bool canonical_add(const struct json_t *value, struct buf *out);

#endif
