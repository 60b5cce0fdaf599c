/* json.h - a streaming JSON writer. Reading JSON is jansson's work.
 *
 * With the keys written in byte order and integers only, what it writes is the canonical form of RFC 8785.
 */
#ifndef MERIT_BASE_JSON_H
#define MERIT_BASE_JSON_H

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct json {
	struct buf *out;
	bool comma; /* the next value or key needs a comma before it */
};

void json_init(struct json *j, struct buf *out);
void json_object(struct json *j) LINKED_AS("merit_json_object"); /* { */
void json_object_end(struct json *j);
void json_array(struct json *j) LINKED_AS("merit_json_array");
void json_array_end(struct json *j);
void json_key(struct json *j, const char *key);      /* written as it is after escaping */
void json_key_ready(struct json *j, struct str key); /* what json_key() wrote of it before, with the colon */
void json_str(struct json *j, struct str s);         /* escaped as RFC 8785 says: only what must be */
void json_text(struct json *j, const char *s);       /* NULL writes null */
void json_int(struct json *j, int64_t v);
void json_date(struct json *j, date day); /* "2008-09-15", "" for DATE_NONE */
void json_bool(struct json *j, bool v);
void json_null(struct json *j) LINKED_AS("merit_json_null");
void json_raw(struct json *j, struct str s);             /* a value already in JSON */
void json_hash(struct json *j, const void *p, size_t n); /* hexadecimal text */

/* A key and its value. */
void json_member_text(struct json *j, const char *key, const char *s);
void json_member_str(struct json *j, const char *key, struct str s);
void json_member_stated(struct json *j, const char *key, struct str s); /* nothing at all where s is empty */
void json_member_int(struct json *j, const char *key, int64_t v);
void json_member_bool(struct json *j, const char *key, bool v);
void json_member_hash(struct json *j, const char *key, const void *p, size_t n);

#endif
