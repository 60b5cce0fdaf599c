/* log.c - the log of entries inside the store: its head and tiles, written once a transaction. */
#include "ledger/inside.h"

#include <sodium.h>

#define DAMAGED "the ledger's head is damaged (%s); run `merit verify` and put back a sound copy"

static enum err load_edge(struct ledger *l, uint64_t size)
{
	struct tile_table log = { l->store, 0 };
	for (unsigned level = 0; level < TILE_LEVELS; level++) {
		size_t n = edge_count(size, level);
		enum err e = n == 0 ? E_OK : tile_read(log, level, size >> (8 * level) >> 8, n, l->edge.tile[level]);
		if (e == E_MISSING)
			return FAULT(DAMAGED, "a log tile is missing");
		TRY(e);
	}
	l->edge.size = size;
	return E_OK;
}

/* The edges of the set bits of size, the greatest first. */
static bool parse_frontier(struct str blob, uint64_t size, struct frontier *ret)
{
	if (blob.n != (size_t)__builtin_popcountll(size) * HASH_SIZE)
		return false;
	ret->size = size;
	for (unsigned bit = 64; bit-- > 0;) {
		if (!(size >> bit & 1))
			continue;
		memcpy(ret->edge[bit].b, blob.p, HASH_SIZE);
		blob.p += HASH_SIZE;
	}
	return true;
}

static void frontier_blob(const struct frontier *f, struct buf *out)
{
	for (unsigned bit = 64; bit-- > 0;)
		if (f->size >> bit & 1)
			buf_add(out, f->edge[bit].b, HASH_SIZE);
}

struct stored_head {
	int64_t size;
	struct buf frontier, note;
};

static void stored_head_release(struct stored_head *h)
{
	buf_release(&h->frontier);
	buf_release(&h->note);
}

static enum err read_head(struct ledger *l, struct stored_head *ret)
{
	struct stmt *st;
	bool row;
	TRY(store_stmt(l->store, "SELECT size, frontier, note FROM head WHERE one = 1", &st));
	TRY(stmt_step(st, &row));
	if (!row)
		return ANSWER(E_MISSING, "the store has no ledger; `merit init` makes a store");
	ret->size = stmt_get_int(st, 0);
	struct str frontier = stmt_get_text(st, 1), note = stmt_get_text(st, 2);
	buf_add(&ret->frontier, frontier.p, frontier.n);
	buf_add(&ret->note, note.p, note.n);
	stmt_reset(st);
	return E_OK;
}

static enum err read_last_at(struct ledger *l, int64_t size)
{
	struct entry last;
	enum err e = size == 0 ? E_MISSING : entry_get(l->store, size, &last);
	if (e != E_OK && e != E_MISSING)
		return e;
	l->last_at = e == E_OK ? last.at : 0;
	return E_OK;
}

static enum err load_for_writing(struct ledger *l, const struct stored_head *h)
{
	struct checkpoint c;
	struct frontier f;
	if (h->size < 0 || !parse_frontier((struct str){ h->frontier.p, h->frontier.n }, (uint64_t)h->size, &f))
		return FAULT(DAMAGED, "size and frontier disagree");
	if (note_open((struct str){ h->note.p, h->note.n }, &l->verifier, &c) != E_OK)
		return FAULT(DAMAGED, "its note is not signed by this ledger's key");
	struct hash root = frontier_root(&f);
	if (c.size != f.size || !hash_eq(&c.root, &root))
		return FAULT(DAMAGED, "its note is of another log");
	TRY(load_edge(l, f.size));
	root = edge_root(&l->edge);
	if (!hash_eq(&c.root, &root))
		return FAULT(DAMAGED, "log tiles and note disagree");
	l->frontier = f;
	l->head = c;
	return E_OK;
}

/* Who only reads goes by the size, after every write of another; whether the note is sound is looked at when somebody
 * asks what it says. */
static void load_for_reading(struct ledger *l, const struct stored_head *h)
{
	l->head = (struct checkpoint){ .size = h->size < 0 ? 0 : (uint64_t)h->size };
}

enum err log_load(struct ledger *l)
{
	struct stored_head h CLEANUP(stored_head_release) = { 0 };
	TRY(read_head(l, &h));
	bool same = !l->stale && l->note.n == h.note.n && memcmp(l->note.p, h.note.p, h.note.n) == 0;
	if (same && l->head.size == (uint64_t)h.size)
		return E_OK;
	l->stale = true;
	if (l->writing)
		TRY(load_for_writing(l, &h));
	else
		load_for_reading(l, &h);
	TRY(read_last_at(l, h.size));
	buf_reset(&l->note);
	buf_add(&l->note, h.note.p, h.note.n);
	l->stale = false;
	return E_OK;
}

static enum err put_log_tile(void *arg, unsigned level, uint64_t i, const struct hash *hashes, size_t n)
{
	struct ledger *l = arg;
	struct stmt *st;
	TRY(store_stmt(l->store,
		       "INSERT INTO log_tile (level, i, hashes) VALUES (?, ?, ?) "
		       "ON CONFLICT (level, i) DO UPDATE SET hashes = excluded.hashes",
		       &st));
	stmt_int(st, 1, level);
	stmt_int(st, 2, (int64_t)i);
	stmt_blob(st, 3, hashes, n * HASH_SIZE);
	return stmt_run(st);
}

/* Only tiles that this transaction touched: a level is touched when its count of finished subtrees rose. */
static enum err put_touched(struct ledger *l, uint64_t before)
{
	for (unsigned level = 0; level < TILE_LEVELS; level++) {
		uint64_t size = l->edge.size;
		size_t n = edge_count(size, level);
		if (n > 0 && size >> (8 * level) != before >> (8 * level))
			TRY(put_log_tile(l, level, size >> (8 * level) >> 8, l->edge.tile[level], n));
	}
	return E_OK;
}

static enum err put_head(struct ledger *l)
{
	struct buf frontier CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	TRY(store_stmt(l->store, "UPDATE head SET size = ?, frontier = ?, note = ? WHERE one = 1", &st));
	frontier_blob(&l->frontier, &frontier);
	stmt_int(st, 1, (int64_t)l->frontier.size);
	stmt_blob(st, 2, frontier.p, frontier.n);
	stmt_text(st, 3, (struct str){ l->note.p, l->note.n });
	return stmt_run(st);
}

static enum err pay_owed(struct ledger *l)
{
	if (l->checkpoints < 0)
		TRY(side_notes_open(l->side, &l->checkpoints));
	if (l->owed.n == 0)
		return E_OK;
	TRY(side_notes_append(l->checkpoints, (struct str){ l->owed.p, l->owed.n }));
	buf_reset(&l->owed);
	return E_OK;
}

static enum err put_pending(struct ledger *l)
{
	struct tile_sink sink = { put_log_tile, l };
	uint64_t before = l->edge.size;
	l->noted = true;
	l->before = l->head;
	buf_reset(&l->before_note);
	buf_add(&l->before_note, l->note.p, l->note.n);
	for (size_t i = 0; i < l->npending; i++) {
		frontier_add(&l->frontier, &l->pending[i].leaf);
		TRY(edge_add(&l->edge, 0, &l->pending[i].leaf, sink));
	}
	TRY(put_touched(l, before));
	l->head.size = l->frontier.size;
	l->head.root = frontier_root(&l->frontier);
	l->last_at = l->pending[l->npending - 1].at;
	l->npending = 0;
	buf_reset(&l->note);
	note_sign(&l->head, &l->signer, &l->note);
	return put_head(l);
}

enum err log_before_commit(struct store *s, void *arg)
{
	struct ledger *l = arg;
	if (l->open)
		bug("a transaction ends inside entry %lld", (long long)entry_seq(l));
	TRY(ledger_settle(l));
	if (l->npending == 0)
		return E_OK;
	/* A note that could not be kept last time: better no new commit than one more that only the store knows. */
	TRY(pay_owed(l));
	l->stale = true; /* until the commit is known to have happened */
	TRY(pipeline_begin(s));
	enum err e = put_pending(l);
	enum err synced = pipeline_sync(s);
	return e != E_OK ? e : synced;
}

enum err log_after_commit(struct store *s, void *arg)
{
	struct ledger *l = arg;
	(void)s;
	if (!l->noted)
		return E_OK;
	l->noted = l->stale = l->newborn = false;
	/* What is committed stays committed: a note that cannot be appended now is owed, and the next commit waits for
	 * it. */
	if (side_notes_append(l->checkpoints, (struct str){ l->note.p, l->note.n }) != E_OK)
		buf_add(&l->owed, l->note.p, l->note.n);
	return E_OK;
}

void log_on_rollback(struct store *s, void *arg)
{
	struct ledger *l = arg;
	(void)s;
	if (l->noted) {
		/* A signature over what was not committed must not be seen by anybody. */
		l->head = l->before;
		buf_reset(&l->note);
		buf_add(&l->note, l->before_note.p, l->before_note.n);
	}
	l->open = false;
	l->nleaves = 0;
	l->npending = 0;
	l->doubt = l->noted = false;
	l->stale = true;
}
