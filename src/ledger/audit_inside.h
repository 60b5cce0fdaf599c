/* audit_inside.h - what the files of the audit share. */
#ifndef MERIT_LEDGER_AUDIT_INSIDE_H
#define MERIT_LEDGER_AUDIT_INSIDE_H

#include "ledger/audit.h"
#include "ledger/inside.h"

/* Which rows of an entry have shown up: a bit each, in place up to 64 of them. */
struct entry_seen {
	union {
		uint64_t bits;
		uint64_t *map;
	};
	uint32_t n;
	bool damaged; /* what is stored of its leaves is not what its root says; already found */
};
#define SEEN_INLINE 64

/* An entry whose leaves stand in row_tile. */
struct large {
	int64_t seq, n;
	struct hash root;
	bool erases;
};
/* A leaf of an "erase" entry, by which it names the row that was erased. */
struct erasure {
	struct hash leaf;
	int64_t seq;
	uint32_t idx;
};
/* A line of the checkpoint file. */
struct noted {
	struct str text;
	struct checkpoint checkpoint;
	enum err answer;
	size_t number;
};

struct audit_inside {
	struct store *store; /* the audit's own connection unless it audits here, in one reading transaction */
	struct txn txn;
	const char *side;
	struct verifier verifier;
	bool has_key, has_note; /* the head's note is signed by that key */
	struct buf notes_text;
	struct noted *notes;
	size_t nnotes, cap_notes;
	struct hash *leaves; /* of the log, in order */
	size_t nleaves, cap_leaves;
	size_t cap_seen;
	bool log_sound; /* the entries make every root that was signed */
	struct large *larges;
	size_t nlarges, cap_larges;
	struct erasure *erasures;
	size_t nerasures, cap_erasures;
	struct hash first; /* the row of entry 1 */
	bool has_first;
};

MUST_CHECK enum err audit_side(struct audit *a);    /* key and checkpoint file */
MUST_CHECK enum err audit_head(struct audit *a);    /* head as far as it can be read before the entries */
MUST_CHECK enum err audit_entries(struct audit *a); /* entries, log roots */
MUST_CHECK enum err audit_log(struct audit *a);     /* frontier and log tiles against the entries */
MUST_CHECK enum err audit_tiles(struct audit *a);   /* row tiles */
void audit_erasure_add(struct audit *a, const struct hash *leaf, int64_t seq, uint32_t idx);
/* Sets how many rows an entry has, with room for their bits. */
void audit_seen_rows(struct entry_seen *seen, uint32_t n);
/* Marks a row; false when it was marked before. */
bool audit_seen_mark(struct entry_seen *seen, uint32_t idx);

/* One more element at the end of a growing list. */
void *audit_more(void *list, size_t *cap, size_t n, size_t size);

#endif
