/* audit.h - the store read as hostile: findings, and the ledger's own share of `verify`. */
#ifndef MERIT_LEDGER_AUDIT_H
#define MERIT_LEDGER_AUDIT_H

#include "base/lang.h"
#include "ledger/ledger.h"

/* One thing that is not as it was written. What cannot be parsed is a finding, never a fault. */
struct finding {
	const char *table; /* NULL: not of a table */
	int64_t row;       /* its key; 0: not of a row */
	int64_t entry;     /* 0: not of an entry */
	const char *what;
	const char **in; /* of the first one found: what in each of langs[], for whoever reads of it later */
};
struct findings {
	struct arena arena;
	struct finding *list;
	size_t kept, cap, count; /* the first 1,000 are kept; thread-safe adding */
	void *lock;
	const struct lang *lang; /* in which they are said; NULL: English, as on the command line */
};
void findings_init(struct findings *f);
void findings_release(struct findings *f);
/* fmt is translated before it is filled in. */
void finding_add(struct findings *f, const char *table, int64_t row, int64_t entry, const char *fmt, ...) PRINTF(5, 6);
/* A whole sentence, in English; column NULL: of the whole row. */
void finding_said(struct findings *f, const char *table, int64_t row, int64_t entry, const char *column,
		  const char *sentence);

/* What an audit learns of each entry, for those who check rows against it. */
struct audit {
	int64_t entries; /* positions 1..entries exist and are sound where not found otherwise */
	int64_t rows;    /* the sum of their n */
	struct checkpoint head;
	struct entry_seen *seen; /* entries + 1 of them, opaque */
	struct findings *findings;
	struct store *store;
	bool here; /* audit_begin_here() */
	struct audit_inside *inside;
};

/* Checks entries (numbering, times that never fall, canonical leaf), the log root at the head and at every line of
 * SIDE/checkpoints, signatures by key.pub, log tiles and frontier, the row tiles of each entry against its root, and
 * that the head is not behind the last line of SIDE/checkpoints. s, side and f outlive it. */
MUST_CHECK enum err audit_begin(struct store *s, const char *side, struct findings *f, struct audit **ret);
/* The same through the connection of s itself, which must have no transaction open: until audit_free() it reads the
 * state that is audited. What is read through it alone is sound whoever writes meanwhile. */
MUST_CHECK enum err audit_begin_here(struct store *s, const char *side, struct findings *f, struct audit **ret);
/* A row says it is number idx of entry seq and hashes to leaf. Thread-safe; `r` is the calling thread's own reader.
 * Finds: an entry that does not exist, idx not below n, a second row with the same idx, another leaf than the tile's.
 */
MUST_CHECK enum err audit_row(struct audit *a, struct leaves *r, const char *table, int64_t row, int64_t seq,
			      int64_t idx, const struct hash *leaf);
/* A row whose salt and text were erased: counts as present when an 'erase' entry names it, else it is found. */
MUST_CHECK enum err audit_erased(struct audit *a, const char *table, int64_t row, int64_t seq, int64_t idx);
/* After all rows: entries whose rows have holes. */
void audit_end(struct audit *a);
void audit_free(struct audit *a);

#endif
