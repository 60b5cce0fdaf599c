/* check.h - the checks of one record, in two halves, so that an import can run the first over everybody without a
 * database and answer the second from its own maps. All add problems to c->problems with the field's column and no
 * file.
 */
#ifndef MERIT_ENTITY_CHECK_H
#define MERIT_ENTITY_CHECK_H

#include "entity/ctx.h"
#include "entity/record.h"

/* What is not stated but follows: FIRST_DAY, YEAR_END, empty_as, lane 0. Before any check. */
void check_complete(struct ctx *c, struct record *r);
/* What needs no other record: required, bounds, length, letters, words, codes of the rules on the day, until, dates
 * before the THING's own NOT_BEFORE. True when nothing was found. */
bool check_values(struct ctx *c, const struct record *r);
/* The day on which a record's codes must stand in the rules; DATE_NONE: on any day, for what is timeless. */
date check_code_day(const struct record *r);
/* The declaration's own rules. True when they added nothing. */
bool check_rules(struct ctx *c, const struct record *old, struct record *r);

/* Where a THING stands on a day, as believed now. */
struct standing {
	bool exists;     /* has an anchor */
	bool holds;      /* a version holds on the day */
	date first;      /* valid_from of its first believed version; DATE_NONE: none */
	date not_before; /* its NOT_BEFORE date as last known; DATE_NONE: none */
};
/* Each words one finding about a link; used by the check below and by imports. False when a problem was added. What is
 * owned by a THING with a NOT_BEFORE date may be older than its first version, but not than that date. */
bool check_link(struct ctx *c, const struct record *r, int field, struct str key, const struct standing *s);
bool check_owner(struct ctx *c, const struct record *r, struct str key, const struct standing *s);
/* The half that asks the database: owner, references, unique values, alias, tree, seats. */
MUST_CHECK enum err check_links(struct ctx *c, const struct record *old, const struct record *r);
/* At most one owner holds a seat at a time. False when a problem was added. */
MUST_CHECK enum err check_seat(struct ctx *c, const struct record *r, bool *ret_free);

#endif
