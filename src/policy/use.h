/* use.h - what loading and verifying share: the leaf of a file in use, and the order in which codes are numbered. */
#ifndef MERIT_POLICY_USE_H
#define MERIT_POLICY_USE_H

#include "base/map.h"
#include "base/sha256.h"
#include "entity/ctx.h"

struct use_row {
	int64_t vid;
	struct str pack, version, applies_to, path;
	struct str hash; /* 32 bytes */
};
struct hash use_leaf(const struct use_row *u, const void *salt);

/* Gives each new code the next number: packs in the order in which they were loaded, files in byte order of their
 * paths, rows as they stand. */
struct issue {
	struct map *numbers; /* "of\0code" */
	int64_t last;
	enum err (*use)(void *arg, int64_t number, struct str of, struct str code); /* called for each new code */
	void *arg;
};
void issue_init(struct issue *x, enum err (*use)(void *, int64_t, struct str, struct str), void *arg);
void issue_release(struct issue *x);
void issue_known(struct issue *x, int64_t number, struct str of, struct str code);
MUST_CHECK enum err issue_file(struct issue *x, const char *path, struct str bytes);

#endif
