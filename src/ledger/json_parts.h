/* json_parts.h - a JSON object too large to be held, read member by member, and a list in it item by item.
 *
 * Only where a value begins and ends is seen here: the caller parses each text, which refuses what is no JSON.
 */
#ifndef MERIT_LEDGER_JSON_PARTS_H
#define MERIT_LEDGER_JSON_PARTS_H

#include "base/buf.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdio.h>

struct json_parts {
	FILE *in; /* borrowed */
	size_t line;
	int next; /* the byte at hand */
	bool first;
	struct buf text; /* of the last name, value or item; with its quotes */
};

/* From the beginning of the file. These answer E_INVALID for what cannot be JSON (at p->line) and fault when reading
 * does. */
MUST_CHECK enum err parts_begin(struct json_parts *p, FILE *in);
/* The next member's name into p->text; *ret_more false: the object has ended, and the file with it. */
MUST_CHECK enum err parts_member(struct json_parts *p, bool *ret_more);
/* After a name: its value into p->text. */
MUST_CHECK enum err parts_value(struct json_parts *p);
/* Or, where the value is a list: goes into it. *ret false: it is none, and parts_value() reads it. */
MUST_CHECK enum err parts_list(struct json_parts *p, bool *ret);
MUST_CHECK enum err parts_item(struct json_parts *p, bool *ret_more);
void parts_release(struct json_parts *p); /* fit for CLEANUP */

#endif
