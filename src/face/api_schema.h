/* api_schema.h - the half of the OpenAPI description that says what things look like, for api_openapi.c. */
#ifndef MERIT_FACE_API_SCHEMA_H
#define MERIT_FACE_API_SCHEMA_H

#include "face/api.h"

#define API_BODY "_body" /* after a record's name: the schema of what is sent to change it */

/* Opens an object under a key. */
void api_schema_begin(struct json *j, const char *key);
/* A reference into components: of "schemas" or "responses". */
void api_schema_reference(struct json *j, const char *of, const char *name);
void api_schema_property(struct json *j, const char *name, const char *type, const char *format, const char *words);
/* components.schemas: every record that programs may ask for, and the answers that are no records. */
void api_schemas(struct json *j, const struct registry *r);
bool api_schema_shown(const struct entity *e);

#endif
