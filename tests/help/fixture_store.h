/* fixture_store.h - a store with a registry's tables and a ledger of fixed seed, at a spot. */
#ifndef MERIT_TESTS_FIXTURE_STORE_H
#define MERIT_TESTS_FIXTURE_STORE_H

#include "entity/ctx.h"
#include "entity/record.h"

struct spot;

/* Makes schema and ledger in the spot's new store and opens a ctx over them: today is 15 September 2008, the actor the
 * command line, the codes fixture_codes. The ctx owns the store (p->s becomes NULL); close it with ctx_close(). */
struct ctx *fixture_open(struct spot *p, const struct registry *r);

/* A record of the fixture with all that is demanded, valid from the day; `n` makes codes and names differ. In c->arena.
 */
struct record *fixture_place_of(struct ctx *c, int n, int64_t parent, date from);
struct record *fixture_keeper_of(struct ctx *c, int n, date born, date joined);
struct record *fixture_seat_of(struct ctx *c, int n, int64_t place, date from);
struct record *fixture_number_of(struct ctx *c, int64_t keeper, const char *number, date from);
struct record *fixture_grade_of(struct ctx *c, int64_t keeper, const char *grade, date from);
struct record *fixture_sit(struct ctx *c, int64_t keeper, int64_t seat, date from);
struct record *fixture_mark_of(struct ctx *c, int64_t keeper, int year, int score);

/* Writes one record as one change in a transaction of its own. Fills *ret_position when all went well. */
MUST_CHECK enum err fixture_save(struct ctx *c, struct record *r, int64_t *ret_position);
MUST_CHECK enum err fixture_correct(struct ctx *c, struct record *r, const char *why, int64_t *ret_position);

struct import_options;
struct import_counts;
/* Brings in a file of this text, called file.csv; o NULL: without options. fixture_took(): all must go well, else what
 * is wrong is printed. */
MUST_CHECK enum err fixture_import(struct ctx *c, const struct entity *e, const char *text,
				   const struct import_options *o, struct import_counts *ret);
void fixture_took(struct ctx *c, const struct entity *e, const char *text, const struct import_options *o,
		  struct import_counts *ret);

/* A problem of this column (NULL: any) whose line holds the text. Prints them all when there is none. */
bool fixture_said(struct ctx *c, const char *column, const char *text);
void fixture_forget(struct ctx *c); /* the problems so far */

#endif
