/* names.h - a text a language, as canonical JSON. */
#ifndef MERIT_ENTITY_NAMES_H
#define MERIT_ENTITY_NAMES_H

#include "base/buf.h"
#include "base/text.h"

#include <stdbool.h>

/* Reads an object of language and text, {"en":"Harbour"}, and adds it in canonical form; calls each() for every text.
 * NULL when it is well, else what is wrong ("is not …; write …"). */
const char *names_read(struct str json, struct buf *out, bool (*each)(void *arg, struct str text), void *arg);

#endif
