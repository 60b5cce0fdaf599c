/* codes.h - tables of the rules as arrays by code number, for judges' prepared parts. */
#ifndef MERIT_MODULES_CAREER_CODES_H
#define MERIT_MODULES_CAREER_CODES_H

#include "policy/judge.h"

/* v[code number], or NONE. */
struct by_code {
	int32_t n;
	int32_t *v;
};

int32_t by_code(const struct by_code *b, int32_t code); /* NONE for a code it lacks, and for NONE */
/* For every row of a table: v[number of its code column] = its number column. */
struct by_code codes_order(const struct rules *r, const char *table, const struct codebook *codes, struct arena *a);
/* statuses: v[status] = 1 where it means service, else 0. */
struct by_code codes_serving(const struct rules *r, const struct codebook *codes, struct arena *a);
/* ranks: v[rank] = the code of the next rank. */
struct by_code codes_next_rank(const struct rules *r, const struct codebook *codes, struct arena *a);
/* For every row: v[number of `key` in key_of] = number of `value` in value_of. */
struct by_code codes_pairs(const struct rules *r, const char *table, const char *key, const char *key_of,
			   const char *value, const char *value_of, const struct codebook *codes, struct arena *a);
/* The row of a table whose first key is this code; NULL: none. */
const struct rules_row *codes_row(const struct rules *r, struct str table, const struct codebook *codes, const char *of,
				  int32_t number);
/* The first row of a table that says yes in a column; NULL: none. */
const struct rules_row *codes_row_that(const struct rules *r, const char *table, const char *column);
/* Puts v[code] = value, growing; nothing for NONE. */
void codes_put(struct by_code *b, struct arena *a, int32_t code, int32_t value);

#endif
