/* typed.h - a text of a pack read as its declared type. */
#ifndef MERIT_POLICY_TYPED_H
#define MERIT_POLICY_TYPED_H

#include "policy/place.h"
#include "policy/rules.h"

/* Reads the text; t keeps it as written (a list: also its parts, parted by ;). False adds a problem. */
bool typed_read(enum pack_type type, struct str text, struct arena *a, struct place where, struct problems *p,
		struct param *ret);
/* The same of a list that is parted already. */
bool typed_read_list(const struct str *texts, size_t n, struct arena *a, struct place where, struct problems *p,
		     struct param *ret);
/* For people: "79.5", "1 October 2008", "yes", "a, b". */
void typed_words(enum pack_type type, const struct param *v, const struct lang *l, struct buf *out);
/* What a value of this type looks like: "a whole number". */
const char *typed_name(enum pack_type type);

#endif
