/* lights.h - the service of lighthouses with pages: two coasts, a keeper on each, and a reader whose reach a test sets.
 */
#ifndef MERIT_TESTS_LIGHTS_H
#define MERIT_TESTS_LIGHTS_H

#include "asking.h"
#include "face/face.h"

struct spot;

struct lights {
	struct ctx *c;
	struct asking a;
	int64_t north, south;               /* places: PL-1 and PL-2, next to each other in the tree under PL-0 */
	int64_t north_keeper, south_keeper; /* 1001 and 1002 */
	int64_t north_order, south_order;   /* preorder numbers of the places */
};
/* Rina may nothing yet: asking_may(). */
void lights_open(struct lights *l, struct spot *p);
void lights_close(struct lights *l); /* fit for CLEANUP */

extern const struct site lights_site;
extern struct face lights_face;

#endif
