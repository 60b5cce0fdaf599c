/* lights.h - the service of lighthouses with pages: two coasts, a keeper on each, and a reader whose reach a test sets.
 */
#ifndef MERIT_TESTS_LIGHTS_H
#define MERIT_TESTS_LIGHTS_H

#include "asking.h"
#include "face/face.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

struct spot;

/* What a page says, and what it does not. */
#define HAS(page, text) assert_true(lights_has((page), (text)))
#define LACKS(page, text) assert_null(strstr((page), (text)))
bool lights_has(const char *page, const char *text); /* prints a page that has it not */
/* POST: names and values in turn. */
#define POST(l, target, ...) asking_post(&(l).a, (target), (const char *const[]){ __VA_ARGS__, NULL })
#define SEES(l, target) assert_string_equal(asking_seen(&(l).a), (target))

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
/* The last answer had this status; prints what else it said. */
void lights_led(struct lights *l, int status);

extern const struct site lights_site;
extern struct face lights_face;

#endif
