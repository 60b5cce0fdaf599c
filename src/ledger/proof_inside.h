/* proof_inside.h - a proof file as read, between its reading and its checking. */
#ifndef MERIT_LEDGER_PROOF_INSIDE_H
#define MERIT_LEDGER_PROOF_INSIDE_H

#include "ledger/canonical.h"
#include "ledger/inside.h"
#include "ledger/jansson_read.h"
#include "ledger/proof_file.h"

struct row_read {
	const char *entity;
	const json_t *header, *open, *closed, *path;
	unsigned char salt[SALT_SIZE], salt_closed[SALT_SIZE];
	struct hash closed_hash; /* zero bytes without a confidential group */
	int64_t idx;
};
struct proof_inside {
	struct arena arena;
	json_t *root;
	const char *name, *origin;
	struct str note;
	int64_t entry_index;
	struct hash entry_leaf;
	struct hash log_path[MERKLE_PATH];
	size_t nlog_path;
	struct row_read *rows;
};

/* A list of at most MERKLE_PATH hashes in hexadecimal. */
bool proof_path_read(const json_t *list, struct hash *path, size_t *ret_n);

#endif
