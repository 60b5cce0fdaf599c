/* proof.c - paths out of stored tiles. */
#include "ledger/inside.h"

/* Subtree roots out of stored tiles, the tile used last of each level kept. */
struct source {
	struct tile_table table;
	uint64_t size;
	enum err failed; /* the first failure: subtrees.get cannot say it */
	struct {
		bool held;
		uint64_t i;
		struct hash hashes[TILE];
	} level[TILE_LEVELS];
};

static size_t tile_width(uint64_t size, unsigned level, uint64_t i)
{
	uint64_t all = size >> (8 * level), left = all - i * TILE;
	return left < TILE ? (size_t)left : TILE;
}

static struct hash subtree(void *arg, unsigned level, uint64_t i)
{
	struct source *s = arg;
	unsigned up = level / 8;
	uint64_t first = i << (level % 8), tile = first / TILE;
	if (s->failed == E_OK && (!s->level[up].held || s->level[up].i != tile)) {
		s->failed = tile_read(s->table, up, tile, tile_width(s->size, up, tile), s->level[up].hashes);
		s->level[up].held = s->failed == E_OK;
		s->level[up].i = tile;
	}
	if (s->failed != E_OK)
		return (struct hash){ 0 };
	return merkle_root(s->level[up].hashes + first % TILE, (size_t)1 << (level % 8));
}

static enum err answer(const struct source *s)
{
	if (s->failed != E_MISSING)
		return s->failed;
	return FAULT("a tile of %s is missing or damaged; run `merit verify`",
		     s->table.entry != 0 ? "the entry" : "the log");
}

static struct source *source_new(struct store *s, int64_t entry, uint64_t size)
{
	struct source *source = xcalloc(1, sizeof *source);
	source->table = (struct tile_table){ s, entry };
	source->size = size;
	return source;
}

static enum err read_inline(struct store *s, const struct entry *e, struct hash out[static TILE])
{
	struct leaves *r;
	enum err err = E_OK;
	TRY(leaves_open(s, &r));
	for (uint32_t i = 0; err == E_OK && i < e->n; i++)
		err = leaves_get(r, e->seq, i, &out[i]);
	leaves_close(r);
	return err == E_MISSING ? FAULT("entry %lld is damaged; run `merit verify`", (long long)e->seq) : err;
}

enum err proof_row(struct store *s, int64_t seq, uint32_t idx, struct hash *path, size_t *ret_n)
{
	struct entry e;
	TRY(entry_get(s, seq, &e));
	if (e.n < 0 || idx >= e.n)
		return E_MISSING;
	struct source *source CLEANUP(free_p) = source_new(s, seq, (uint64_t)e.n);
	if (e.n <= ENTRY_INLINE) {
		TRY(read_inline(s, &e, source->level[0].hashes));
		source->level[0].held = true;
		/* A full inline entry has no tile above it: its one node there is the root, and no path holds that. */
	}
	size_t n = merkle_path((struct subtrees){ subtree, source }, idx, (uint64_t)e.n, path);
	TRY(answer(source));
	*ret_n = n;
	return E_OK;
}

static enum err log_size(struct store *s, uint64_t *ret)
{
	int64_t size;
	TRY(store_get_int(s, "SELECT size FROM head WHERE one = 1", 0, &size));
	*ret = size < 0 ? 0 : (uint64_t)size;
	return E_OK;
}

enum err proof_entry(struct store *s, int64_t seq, uint64_t size, struct hash *path, size_t *ret_n)
{
	uint64_t now;
	TRY(log_size(s, &now));
	if (seq < 1 || size > now || (uint64_t)seq > size)
		return E_MISSING;
	struct source *source CLEANUP(free_p) = source_new(s, 0, now);
	size_t n = merkle_path((struct subtrees){ subtree, source }, (uint64_t)seq - 1, size, path);
	TRY(answer(source));
	*ret_n = n;
	return E_OK;
}

enum err proof_consistency(struct store *s, uint64_t old, uint64_t size, struct hash *path, size_t *ret_n)
{
	uint64_t now;
	TRY(log_size(s, &now));
	if (size > now || old > size)
		return E_MISSING;
	struct source *source CLEANUP(free_p) = source_new(s, 0, now);
	size_t n = merkle_consistency((struct subtrees){ subtree, source }, old, size, path);
	TRY(answer(source));
	*ret_n = n;
	return E_OK;
}
