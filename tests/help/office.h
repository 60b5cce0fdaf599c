/* office.h - a store of the service itself at a spot: every module's records, the rules of packs/indonesia-2008 with
 * their seeds; 15 September 2008 is today. Whatever goes wrong while it is filled fails the test with the problems. */
#ifndef MERIT_TESTS_OFFICE_H
#define MERIT_TESTS_OFFICE_H

#include "entity/ctx.h"
#include "modules/module.h"

struct spot;

struct ctx *office_open(struct spot *p);
void office_close(struct ctx **c); /* fit for CLEANUP */

/* Imports a CSV text as file.csv, or a file. */
void office_take(struct ctx *c, const char *entity, const char *csv);
void office_take_file(struct ctx *c, const char *entity, const char *path);
/* The import is refused with exactly these lines, and nothing has come in. */
void office_refuses(struct ctx *c, const char *entity, const char *csv, const char *lines);
/* The ten files of tests/round_cases: a ministry of 153 people. */
void office_take_ministry(struct ctx *c);

int64_t office_unit(struct ctx *c, const char *code);
struct rules *office_rules(struct ctx *c, date day); /* rules_free */
/* Columns of everybody as the rules' policy of kind rank has them loaded (NULL: no policy): CSV, staff_number first,
 * one row a person in order of record; codes, days and percents as text, posts and people by their key, NONE as "-". */
void office_columns(struct ctx *c, const char *columns, date as_of, const char *policy, struct buf *out);
void office_columns_are(struct ctx *c, date as_of, const char *policy, const char *expected);

#endif
