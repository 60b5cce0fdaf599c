/* inside.h - what the files of the ledger share; nobody else includes it. */
#ifndef MERIT_LEDGER_INSIDE_H
#define MERIT_LEDGER_INSIDE_H

#include "base/buf.h"
#include "base/json.h"
#include "base/number.h"
#include "base/parallel.h"
#include "ledger/ledger.h"

/* ---- tiles: 256 hashes; level L holds the roots of complete subtrees of 256^L leaves ---- */
#define TILE 256
#define TILE_LEVELS 8

/* The right edge of a tree in tiles: of each level the tile that is not full yet. */
struct edge {
	uint64_t size;
	struct hash tile[TILE_LEVELS][TILE];
};
static inline size_t edge_count(uint64_t size, unsigned level)
{
	return (size_t)(size >> (8 * level) & (TILE - 1));
}
struct tile_sink {
	enum err (*put)(void *arg, unsigned level, uint64_t i, const struct hash *hashes, size_t n);
	void *arg;
};
/* Adds a hash that stands at `level`; full tiles go to the sink and their roots one level up. Only at the level that
 * ends last does size change, so a caller adds at one level only. */
MUST_CHECK enum err edge_add(struct edge *e, unsigned level, const struct hash *h, struct tile_sink sink);
/* The tiles that are not full. */
MUST_CHECK enum err edge_rest(const struct edge *e, struct tile_sink sink);
struct hash edge_root(const struct edge *e);

/* Reads one stored tile that must hold n hashes or more; E_MISSING when it is not there or not of that form. */
struct tile_table {
	struct store *store;
	int64_t entry; /* 0: log_tile */
};
MUST_CHECK enum err tile_read(struct tile_table t, unsigned level, uint64_t i, size_t n, struct hash out[static TILE]);

/* ---- the side folder ---- */
#define SIDE_FILE_MAX 4096
MUST_CHECK enum err side_make(const char *side);
/* A new file; E_CONFLICT when it exists. */
MUST_CHECK enum err side_new_file(const char *path, unsigned mode, struct str text);
MUST_CHECK enum err side_read(const char *side, const char *name, struct buf *out); /* E_MISSING; E_DENIED */
/* The checkpoint file, for appending, made if absent. */
MUST_CHECK enum err side_notes_open(const char *side, int *ret_fd);
MUST_CHECK enum err side_notes_append(int fd, struct str note);
/* The last whole note (empty: none) after cutting off one that a crash left unfinished. */
MUST_CHECK enum err side_notes_last(int fd, struct buf *out);
void side_path(struct buf *out, const char *side, const char *name);

/* ---- the row that proves the head ---- */
#define STORE_ID 16
struct identity {
	unsigned char id[STORE_ID];
	const char *origin, *zone;
	bool demo;
};
struct hash identity_leaf(const struct identity *x);

/* ---- the ledger ---- */
struct pending { /* an entry ended in this transaction, not yet in the log tiles */
	struct hash leaf;
	int64_t at;
};

struct ledger {
	struct store *store;
	char *side, *origin, *zone;
	unsigned char id[STORE_ID];
	struct signer signer;
	struct verifier verifier;
	struct buf key_text;
	bool writing, demo, stepped;
	bool newborn;  /* made in a transaction that is not committed yet */
	char *made[5]; /* files and folder made for it, in order; taken away again if that transaction is not committed
			*/
	size_t nmade;
	bool noted; /* this transaction has written a new head and note */
	bool stale; /* what is held of the head is not what is stored: reread before use */
	bool doubt; /* which pending entries are stored must be asked again */

	struct checkpoint
		head; /* the log as committed: checkpoint, frontier, edge tiles, note, time of the last entry */
	struct checkpoint before; /* the head and note to go back to when the commit does not happen */
	struct buf before_note;
	struct frontier frontier;
	struct edge edge;
	struct buf note;
	int64_t last_at, told_at;

	struct pending *pending;
	size_t npending, cap_pending;

	bool open; /* an entry is being written */
	struct entry entry;
	struct hash *leaves;
	size_t nleaves, cap_leaves;

	unsigned char salt_key[32], salts[4096]; /* salt_key all zero: salts are random */
	bool seeded;
	size_t salts_left;
	uint64_t salts_block;

	int checkpoints; /* descriptor, -1 */
	struct buf owed; /* a committed note that could not be appended to the checkpoint file */
};

struct hash entry_hash(const struct entry *e); /* its leaf in the log */
void free_p(void *p);                          /* for CLEANUP of what malloc gave */

int64_t ledger_last_at(const struct ledger *l);      /* of the last entry, pending ones too */
MUST_CHECK enum err ledger_settle(struct ledger *l); /* drops pending entries that an undone savepoint took back */
MUST_CHECK enum err log_before_commit(struct store *s, void *arg);
MUST_CHECK enum err log_after_commit(struct store *s, void *arg);
void log_on_rollback(struct store *s, void *arg);
/* The head as stored. Of a ledger that writes it must be whole and signed: a fault otherwise, for nothing may be built
 * on a damaged head. One that only reads takes what there is and leaves judging to the audit. */
MUST_CHECK enum err log_load(struct ledger *l);
void salts_start(struct ledger *l, const unsigned char *seed);

#endif
