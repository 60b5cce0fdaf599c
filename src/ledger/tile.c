/* tile.c - tiles of 256 hashes: gathered, read, written. */
#include "ledger/inside.h"

#include <string.h>

enum err edge_add(struct edge *e, unsigned level, const struct hash *h, struct tile_sink sink)
{
	struct hash up = *h;
	uint64_t one = (uint64_t)1 << (8 * level);
	for (; level < TILE_LEVELS; level++) {
		size_t at = edge_count(e->size, level);
		e->tile[level][at] = up;
		if (at + 1 < TILE)
			break;
		TRY(sink.put(sink.arg, level, e->size >> (8 * level) >> 8, e->tile[level], TILE));
		up = merkle_root(e->tile[level], TILE);
	}
	e->size += one;
	return E_OK;
}

enum err edge_rest(const struct edge *e, struct tile_sink sink)
{
	for (unsigned level = 0; level < TILE_LEVELS; level++) {
		size_t n = edge_count(e->size, level);
		if (n > 0)
			TRY(sink.put(sink.arg, level, e->size >> (8 * level) >> 8, e->tile[level], n));
	}
	return E_OK;
}

struct hash edge_root(const struct edge *e)
{
	struct hash right;
	bool some = false;
	for (unsigned level = 0; level < TILE_LEVELS; level++) {
		struct frontier f;
		f.size = 0;
		for (size_t i = 0; i < edge_count(e->size, level); i++)
			frontier_add(&f, &e->tile[level][i]);
		if (f.size == 0)
			continue;
		right = frontier_join(&f, some ? &right : NULL);
		some = true;
	}
	return some ? right : merkle_empty();
}

enum err tile_read(struct tile_table t, unsigned level, uint64_t i, size_t n, struct hash out[static TILE])
{
	struct stmt *st;
	bool row;
	TRY(store_stmt(t.store,
		       t.entry != 0 ? "SELECT hashes FROM row_tile WHERE level = ? AND i = ? AND entry = ?"
				    : "SELECT hashes FROM log_tile WHERE level = ? AND i = ?",
		       &st));
	stmt_int(st, 1, level);
	stmt_int(st, 2, (int64_t)i);
	if (t.entry != 0)
		stmt_int(st, 3, t.entry);
	TRY(stmt_step(st, &row));
	struct str hashes = row ? stmt_get_text(st, 0) : (struct str){ 0 };
	bool sound = row && stmt_type(st, 0) == 'b' && hashes.n >= n * HASH_SIZE && hashes.n <= TILE * HASH_SIZE &&
		     hashes.n % HASH_SIZE == 0;
	if (sound)
		memcpy(out, hashes.p, n * HASH_SIZE);
	stmt_reset(st);
	return sound ? E_OK : E_MISSING;
}
