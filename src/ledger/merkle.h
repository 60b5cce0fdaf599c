/* merkle.h - RFC 6962 trees over leaf hashes: pure functions, no database. */
#ifndef MERIT_LEDGER_MERKLE_H
#define MERIT_LEDGER_MERKLE_H

#include "base/sha256.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool hash_eq(const struct hash *a, const struct hash *b);
struct hash merkle_leaf(const void *p, size_t n);             /* SHA-256(0x00 || bytes) */
struct hash merkle_empty(void);                               /* SHA-256 of nothing: the root of no leaves */
struct hash merkle_root(const struct hash *leaves, size_t n); /* n = 1: the leaf itself */

/* The right edge of a growing tree: add leaves one by one, ask for the root at any time. */
struct frontier {
	uint64_t size;
	struct hash edge[64]; /* root of the complete subtree of 2^i leaves, where bit i of size is set */
};
void frontier_add(struct frontier *f, const struct hash *leaf);
struct hash frontier_root(const struct frontier *f);
/* The root of the tree that goes on, right of this edge, with a subtree of this root; NULL: with nothing. */
struct hash frontier_join(const struct frontier *f, const struct hash *right);

/* How many hashes the longest path can have. */
#define MERKLE_PATH 64
/* True when leaf is number `index` of a tree of `size` leaves with this root. */
bool merkle_included(const struct hash *leaf, uint64_t index, uint64_t size, const struct hash *path, size_t n,
		     const struct hash *root);
/* True when the tree of `size` leaves with root `now` begins with the tree of `old` leaves with root `then`. */
bool merkle_consistent(uint64_t old, const struct hash *then, uint64_t size, const struct hash *now,
		       const struct hash *path, size_t n);
/* The paths, from any source of subtree roots: get(arg, level, i) is the root over leaves [i << level, (i + 1) <<
 * level), which is asked only where that range is complete. Returns the number of hashes written to path[MERKLE_PATH].
 */
struct subtrees {
	struct hash (*get)(void *arg, unsigned level, uint64_t i);
	void *arg;
};
size_t merkle_path(struct subtrees s, uint64_t index, uint64_t size, struct hash *path);
size_t merkle_consistency(struct subtrees s, uint64_t old, uint64_t size, struct hash *path);

#endif
