/* property_inside.h - what the property files share. */
#ifndef MERIT_TESTS_PROPERTY_INSIDE_H
#define MERIT_TESTS_PROPERTY_INSIDE_H

#include "property.h"

uint64_t property_draw(struct property *p, uint64_t below);
/* A record of a THING, saved and valid from 1990; its number. */
int64_t property_thing(struct property *p, const struct entity *e);
/* Fails unless both say the same. */
void property_same(const struct record *a, const struct record *b);

void property_not_below(struct record *r);

#endif
