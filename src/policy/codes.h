/* codes.h - codes of the rules as numbers, and back: what `struct codes` of entity asks. Built once, then only read, by
 * any number of threads; every answer costs a look-up. */
#ifndef MERIT_POLICY_CODES_H
#define MERIT_POLICY_CODES_H

#include "policy/content.h"

struct code_index;
struct code_index *code_index_new(void);
void code_index_free(struct code_index *x);
/* Numbers rise from 1. */
void code_index_add(struct code_index *x, int64_t number, struct str of, struct str code);
/* The days and synonyms of a pack in use. */
void code_index_use(struct code_index *x, const struct pack *p);
const struct codes *code_index_codes(const struct code_index *x); /* lives as long as x */

/* Which codes a pack's files bring, told by the bytes alone, so that whoever checks needs no declarations: of every
 * table whose first head is `code`, the first cell of each row. In byte order of the paths. */
MUST_CHECK enum err codes_of_file(const char *path, struct str bytes,
				  enum err (*use)(void *arg, struct str of, struct str code), void *arg);

#endif
