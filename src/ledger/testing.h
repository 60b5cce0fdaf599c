/* testing.h - an invented ledger and the files beside it, for the tests of this folder alone. */
#ifndef MERIT_LEDGER_TESTING_H
#define MERIT_LEDGER_TESTING_H

#include "../../tests/help/spot.h"
#include "ledger/ledger.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define OK(call) assert_int_equal((call), E_OK)

static const unsigned char testing_seed[32] UNUSED = "a seed of thirty-two bytes, abc";
static const struct ledger_birth demo UNUSED = {
	.origin = "example.org/demo", .seed = testing_seed, .clock = 1000000, .demo = true, .zone = "Asia/Jakarta"
};

/* A path in the side folder; of the folder itself for "". Valid until the next call. */
static inline const char *side_of(const struct spot *p, const char *name)
{
	static char path[256];
	snprintf(path, sizeof path, "%s/side%s%s", p->folder, name[0] != '\0' ? "/" : "", name);
	return path;
}

static inline struct ledger *born(struct spot *p, const struct ledger_birth *birth)
{
	struct ledger *l;
	struct txn t;
	OK(txn_write(p->s, &t));
	OK(ledger_create(p->s, side_of(p, ""), birth, &l));
	OK(txn_commit(&t));
	return l;
}

static inline struct hash leaf_of(int64_t entry, uint32_t i)
{
	int64_t both[2] = { entry, i };
	return merkle_leaf(both, sizeof both);
}

/* An entry of n rows inside the caller's transaction. */
static inline int64_t put(struct ledger *l, const char *action, uint32_t n)
{
	int64_t seq;
	OK(entry_begin(l, &(struct entry_head){ .actor = 7, .on_behalf = 2, .subject = 5, .action = action }));
	for (uint32_t i = 0; i < n; i++) {
		struct hash leaf = leaf_of(entry_seq(l), i);
		assert_int_equal(entry_leaf(l, &leaf), i);
	}
	OK(entry_end(l, &seq));
	return seq;
}

static inline int64_t put_alone(struct ledger *l, uint32_t n)
{
	struct txn t;
	OK(ledger_refresh(l));
	OK(txn_write(ledger_store(l), &t));
	int64_t seq = put(l, "test", n);
	OK(txn_commit(&t));
	return seq;
}

static inline size_t read_file(const char *path, char *out, size_t most)
{
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	size_t n = fread(out, 1, most, f);
	fclose(f);
	return n;
}

static inline void write_file(const char *path, const char *text, size_t n)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	fclose(f);
}

static inline size_t notes_in(const struct spot *p)
{
	static char text[1 << 20];
	size_t notes = 0, n = read_file(side_of(p, "checkpoints"), text, sizeof text - 1);
	text[n] = '\0';
	for (const char *at = text; (at = strstr(at, "\n\xe2\x80\x94 ")) != NULL; at++)
		notes++;
	return notes;
}

#endif
