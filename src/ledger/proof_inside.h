/* proof_inside.h - a proof file as read, between its reading and its checking. */
#ifndef MERIT_LEDGER_PROOF_INSIDE_H
#define MERIT_LEDGER_PROOF_INSIDE_H

#include "base/jansson_read.h"
#include "ledger/canonical.h"
#include "ledger/inside.h"
#include "ledger/json_parts.h"
#include "ledger/proof_file.h"

/* One row while it is looked at. */
struct row_read {
	size_t n; /* its number in the file, from 1 */
	const char *entity;
	const json_t *header, *open, *closed, *path;
	unsigned char salt[SALT_SIZE], salt_closed[SALT_SIZE];
	struct hash closed_hash; /* zero bytes without a confidential group */
	int64_t idx;
};
struct proof_inside {
	struct arena arena;
	FILE *in;
	json_t *top; /* every member but the rows, which are read anew each time they are asked for */
	const char *name, *origin;
	struct str note;
	int64_t entry_index;
	struct hash entry_leaf;
	struct hash log_path[MERKLE_PATH];
	size_t nlog_path;
	struct leaf_read {
		struct hash leaf;
		int64_t idx;
		bool path;
	} * leaves; /* one a row */
	size_t cap;
};

/* Every row of a file whose form was read. E_DENIED with a problem: it is no longer as it was read. */
MUST_CHECK enum err proof_rows_each(struct proof_file *f, struct problems *p,
				    enum err (*each)(void *arg, const struct row_read *r, const struct proof_row *row),
				    void *arg);

/* A list of at most MERKLE_PATH hashes in hexadecimal. */
bool proof_path_read(const json_t *list, struct hash *path, size_t *ret_n);

#endif
