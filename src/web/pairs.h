/* pairs.h - names and values as they came: of a path, a query, a form or the cookies. */
#ifndef MERIT_WEB_PAIRS_H
#define MERIT_WEB_PAIRS_H

#include "web/request.h"

/* A growing list; list and texts live in the arena given, or wherever the texts stood. */
struct pairs {
	struct pair *list;
	size_t n, cap;
};
void pairs_add(struct arena *a, struct pairs *p, struct str name, struct str value);
struct str pairs_last(const struct pairs *p, const char *name); /* empty: absent */
struct str pairs_first(const struct pairs *p, const char *name);

/* Takes the next part off name=value&name=value; empty ones are passed over. False: none is left. */
bool pairs_cut(struct str *rest, struct str *ret_part);
/* Its two sides, decoded; without = the value is empty. False: one of them cannot be decoded. */
bool pairs_split(struct arena *a, struct str part, struct pair *ret);

#endif
