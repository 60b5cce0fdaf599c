/* resolved.h - the inner shape of `struct rules`. */
#ifndef MERIT_POLICY_RESOLVED_H
#define MERIT_POLICY_RESOLVED_H

#include "base/map.h"
#include "policy/rules.h"

#include <stdatomic.h>

#include <jansson.h>

struct rules_table {
	struct str name;
	const struct pack_table *of; /* NULL: this program does not declare it */
	struct str *columns;
	size_t ncolumns;
	struct rules_row *rows;
	size_t n;
	struct map *by_key; /* first key column -> row */
};
struct rules_row {
	const struct rules_table *of;
	struct param *cells;
	bool assumed;
	struct str source, reason;
};
struct rules_parameter {
	struct str name;
	struct param value;
};
struct rules {
	atomic_int holders; /* who has been given it, the policy that keeps it among them */
	struct arena arena;
	struct buf json;
	struct hash hash;
	date day;
	const struct pack_reader *reader;
	struct rules_table *tables;
	size_t ntables;
	struct rules_parameter *parameters;
	size_t nparameters;
	struct ruleset *policies;
	size_t npolicies;
};

/* The one way in which rules come to be: from the tree of their canonical JSON. E_INVALID: not of that form. */
MUST_CHECK enum err rules_of_tree(const json_t *tree, const struct pack_reader *r, struct rules **ret);

/* Parts of it, in rules_read.c. */
MUST_CHECK enum err rules_read_tables(struct rules *r, const json_t *tables);
MUST_CHECK enum err rules_read_parameters(struct rules *r, const json_t *parameters);
MUST_CHECK enum err rules_read_policies(struct rules *r, const json_t *policies);

#endif
