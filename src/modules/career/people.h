/* people.h - the people in service of one unit on one day, for lists that are not rounds. */
#ifndef MERIT_MODULES_CAREER_PEOPLE_H
#define MERIT_MODULES_CAREER_PEOPLE_H

#include "modules/career/career.h"
#include "modules/career/codes.h"

struct people {
	struct ctx *ctx;
	struct rules *rules;
	struct population *population;
	struct units *units;
	struct keys *numbers, *unit_codes;
	struct by_code serving; /* statuses that mean service */
	int64_t unit;
	struct str *names; /* by row */
	struct arena arena;
};
/* Loads the named columns (status and unit must be among them) as known now. */
MUST_CHECK enum err people_load(struct ctx *c, int64_t unit, date as_of, const char *const *columns,
				struct people *ret);
void people_release(struct people *q);
bool people_within(const struct people *q, size_t row); /* in service, and the own post in the unit's subtree */
struct str people_number(const struct people *q, size_t row);
struct str people_name(const struct people *q, size_t row);
struct str people_unit(const struct people *q, size_t row);
struct str people_code(const struct people *q, const char *column, const char *of, size_t row);
struct str people_day(const struct people *q, const char *column, size_t row, struct arena *a);

/* A table of texts as CSV, or as a JSON array of objects. */
struct people_out {
	const char *const *heads;
	size_t n;
	bool json;
	struct buf *out;
	size_t rows;
};
void people_out_begin(struct people_out *t, const char *const *heads, size_t n, bool json, struct buf *out);
void people_out_row(struct people_out *t, const struct str *cells);
void people_out_end(struct people_out *t);

#endif
