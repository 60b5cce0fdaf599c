/* route.h - which page an address means: the templates of all pages as a tree of path segments, made once. */
#ifndef MERIT_WEB_ROUTE_H
#define MERIT_WEB_ROUTE_H

#include "web/site.h"

struct routes;
/* bug() when two rows of one path draw, or write by one method. */
struct routes *routes_new(const struct page *const *arrays);
void routes_free(struct routes *r);
/* The site's own, made at the first call and kept for ever. */
const struct routes *routes_of(const struct site *s);

#define ROUTE_SEGMENTS 12
#define ROUTE_ROWS 6
struct route {
	const struct page *rows[ROUTE_ROWS]; /* of one path: one draws, and each writes by another method */
	size_t nrows;
	struct str values[ROUTE_SEGMENTS]; /* decoded, in the order of the braces of the rows' path */
	size_t nvalues;
};
/* path is raw: its segments are percent-decoded one by one. False: no page. *ret_bad: a broken escape, a NUL or bytes
 * that are no UTF-8. */
bool route_find(const struct routes *r, struct arena *a, struct str path, struct route *ret, bool *ret_bad);
/* The name in the i-th brace of a row's path. */
struct str route_name(const struct page *p, size_t i);

#endif
