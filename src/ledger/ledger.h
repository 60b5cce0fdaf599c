/* ledger.h - one append-only Merkle log under every write.
 *
 * One handled write = one *entry* = one leaf of the log. An entry carries the RFC 6962 root over the leaves of the rows
 * it wrote and no personal text. Its number (seq, from 1) is the *position*: the known time of those rows. A row's leaf
 * is SHA-256(0x00 || C_open || C_closed || header); C_g = SHA-256(salt_g || canonical fields of group g); without
 * confidential fields C_closed is 32 zero bytes. See data-model: "What is hashed".
 *
 * The tables (classes in brackets): entry [LEDGERED], row_tile [LEDGERED], log_tile [DERIVED], head [DERIVED].
 */
#ifndef MERIT_LEDGER_LEDGER_H
#define MERIT_LEDGER_LEDGER_H

#include "ledger/merkle.h"
#include "ledger/note.h"
#include "store/store.h"

#define SALT_SIZE 16
#define ENTRY_INLINE 256 /* leaves of an entry up to this many stand in the entry itself, more in row_tile */

struct ledger;

/* Who writes, and what for. Users are numbers; texts are short codes of the program, never personal. */
struct entry_head {
	int64_t actor, on_behalf; /* on_behalf: delegation; 0 = none */
	const char *action;       /* "import", "round.seal" */
	int64_t subject;          /* record, case or round; 0 = none */
};
struct entry {
	int64_t seq, at, actor, on_behalf, subject, n;
	char action[64];
	struct hash root;
};

/* How a ledger that is being made gets its number, key, salts and times. */
struct ledger_birth {
	const char *origin;        /* NULL: "merit/" and the store's number in hexadecimal */
	const char *key_path;      /* NULL: SIDE/key */
	const unsigned char *seed; /* 32 bytes: number, key and salts derive from it (demo); NULL: random */
	int64_t clock;    /* with a seed: microseconds of the first entry; each later one is a second after the last */
	bool demo;        /* the store says that its people are invented */
	const char *zone; /* civil days begin there; NULL: UTC */
};
/* Makes the tables, the side folder (0700), key (0600; with key_path SIDE/key is a link to it), key.pub and
 * checkpoints, and writes the first entry, "store.create", whose one row proves number, origin, zone and demo mark of
 * the head. Inside a write transaction of s; rolled back, the files go too. E_CONFLICT: the side folder, or key_path,
 * already holds a key. E_INVALID: origin or zone cannot be used. Both with words in fault_text(). */
MUST_CHECK enum err ledger_create(struct store *s, const char *side, const struct ledger_birth *birth,
				  struct ledger **ret);
/* Opens the ledger of a store; with `writing` the key is read (E_DENIED with words when it cannot be) and a last note
 * that a crash left out is appended to the checkpoint file. Sets the store's commit hooks. E_MISSING: the store has no
 * ledger. E_INVALID: its head is gone, though entries stand. E_CONFLICT with words: the checkpoint file knows a longer
 * log, so an older store was put in place and must not go on. */
MUST_CHECK enum err ledger_open(struct store *s, const char *side, bool writing, struct ledger **ret);
void ledger_close(struct ledger *l);
void ledger_close_p(struct ledger **l);

int64_t ledger_head(const struct ledger *l);          /* position of the last entry as read or written here */
int64_t ledger_committed(const struct ledger *l);     /* the same without what this transaction has written */
MUST_CHECK enum err ledger_refresh(struct ledger *l); /* rereads the head: at the start of each group or transaction */
bool ledger_is_demo(const struct ledger *l);
const char *ledger_origin(const struct ledger *l);
const char *ledger_zone(const struct ledger *l);
const char *ledger_key(const struct ledger *l); /* the verifier key's text, as in SIDE/key.pub */
const char *ledger_side(const struct ledger *l);
struct store *ledger_store(const struct ledger *l);
struct checkpoint ledger_checkpoint(const struct ledger *l); /* root of no entries: the note is not sound */
const char *ledger_note(const struct ledger *l); /* the signed note of the head, borrowed until the next commit */
/* The instant the next entry would carry: the clock (never before the last entry), in a demo store a second after the
 * last. A demo being told may set it forward (in another store, a mistake of ours). */
int64_t ledger_now(const struct ledger *l);
void ledger_set_now(struct ledger *l, int64_t us);
void ledger_salt(struct ledger *l, unsigned char out[static SALT_SIZE]);
/* The same for n salts at once, for bulk work. */
void ledger_salts(struct ledger *l, unsigned char *out, size_t n);

/* ---- writing an entry, inside a write transaction ---- */
MUST_CHECK enum err entry_begin(struct ledger *l, const struct entry_head *head);
int64_t entry_seq(const struct ledger *l);                      /* position that the open entry will have */
void entry_subject(struct ledger *l, int64_t subject);          /* may be learnt late */
uint32_t entry_leaf(struct ledger *l, const struct hash *leaf); /* its number idx inside the entry */
MUST_CHECK enum err entry_end(struct ledger *l,
			      int64_t *ret_seq); /* with no leaf the entry has n = 0 and the empty root */
void entry_abandon(struct ledger *l);            /* forgets the open entry, and those whose savepoint was undone */
/* Log tiles, frontier, note and head are written once by the before-commit hook; the note goes to SIDE/checkpoints
 * after the commit. */

/* ---- reading ---- */
MUST_CHECK enum err entry_get(struct store *s, int64_t seq, struct entry *ret); /* E_MISSING */
/* The last position at or before the instant; 0 when there is none. */
MUST_CHECK enum err entry_at(struct store *s, int64_t us, int64_t *ret_seq);
/* The canonical form (RFC 8785) of an entry: what its log leaf hashes. */
void entry_canonical(const struct entry *e, struct buf *out);

struct hash row_commit(const void *salt, struct str canonical); /* C_g */
struct hash row_leaf(const struct hash *open, const struct hash *closed,
		     struct str header); /* closed NULL: zero bytes */
/* The row of an entry "erase" that says: salt and text of row idx of entry seq, in this table, were erased by right. */
struct hash erasure_leaf(const char *table, int64_t seq, int64_t idx);

/* Leaves of entries as stored, with the tile last used kept: asking in order costs one read per 256. */
struct leaves;
MUST_CHECK enum err leaves_open(struct store *s, struct leaves **ret);
void leaves_close(struct leaves *r);
MUST_CHECK enum err leaves_get(struct leaves *r, int64_t seq, uint32_t idx, struct hash *ret); /* E_MISSING */

/* ---- proofs ---- */
/* Path of row idx to its entry's root, and of the entry to the log's root at `size`. */
MUST_CHECK enum err proof_row(struct store *s, int64_t seq, uint32_t idx, struct hash *path, size_t *ret_n);
MUST_CHECK enum err proof_entry(struct store *s, int64_t seq, uint64_t size, struct hash *path, size_t *ret_n);
MUST_CHECK enum err proof_consistency(struct store *s, uint64_t old, uint64_t size, struct hash *path, size_t *ret_n);

#endif
