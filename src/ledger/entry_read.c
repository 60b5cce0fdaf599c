/* entry_read.c - entries and leaves as they stand in the store. */
#include "ledger/inside.h"

enum err entry_get(struct store *s, int64_t seq, struct entry *ret)
{
	struct stmt *st;
	bool row;
	TRY(store_stmt(s, "SELECT at, actor, on_behalf, action, subject, n, root FROM entry WHERE seq = ?", &st));
	stmt_int(st, 1, seq);
	TRY(stmt_step(st, &row));
	if (!row)
		return E_MISSING;
	struct str action = stmt_get_text(st, 3), root = stmt_get_text(st, 6);
	if (action.n >= sizeof ret->action || root.n != HASH_SIZE) {
		stmt_reset(st);
		return FAULT("entry %lld is damaged; run `merit verify`", (long long)seq);
	}
	*ret = (struct entry){
		.seq = seq,
		.at = stmt_get_int(st, 0),
		.actor = stmt_get_int(st, 1),
		.on_behalf = stmt_get_int(st, 2),
		.subject = stmt_get_int(st, 4),
		.n = stmt_get_int(st, 5),
	};
	memcpy(ret->action, action.p, action.n);
	memcpy(ret->root.b, root.p, HASH_SIZE);
	stmt_reset(st);
	return E_OK;
}

static enum err at_of(struct store *s, int64_t seq, int64_t *ret)
{
	struct stmt *st;
	bool row;
	TRY(store_stmt(s, "SELECT at FROM entry WHERE seq = ?", &st));
	stmt_int(st, 1, seq);
	TRY(stmt_step(st, &row));
	if (!row)
		return FAULT("entry %lld is not in the store; run `merit verify`", (long long)seq);
	*ret = stmt_get_int(st, 0);
	stmt_reset(st);
	return E_OK;
}

enum err entry_at(struct store *s, int64_t us, int64_t *ret_seq)
{
	int64_t low = 0, high, at = 0;
	TRY(store_get_int(s, "SELECT max(seq) FROM entry", 0, &high));
	/* Times never fall, so they are searched as a sorted list: no index is needed. */
	while (low < high) {
		int64_t middle = high - (high - low) / 2;
		TRY(at_of(s, middle, &at));
		if (at <= us)
			low = middle;
		else
			high = middle - 1;
	}
	*ret_seq = low;
	return E_OK;
}

/* ---- leaves as stored ---- */

/* Entries read ahead when they are asked for in order, as an audit does. */
#define AHEAD 128

struct held {
	int64_t seq, n;
	size_t at; /* of its leaves in `inline_leaves` */
	bool sound;
};
struct leaves {
	struct store *store;
	struct held held[AHEAD];
	size_t nheld, last; /* the one asked last */
	struct buf inline_leaves;
	int64_t tile_entry; /* the tile held; 0: none */
	uint64_t tile_i;
	size_t tile_n;
	struct hash tile[TILE];
};

enum err leaves_open(struct store *s, struct leaves **ret)
{
	struct leaves *r = xcalloc(1, sizeof *r);
	r->store = s;
	*ret = r;
	return E_OK;
}

void leaves_close(struct leaves *r)
{
	if (!r)
		return;
	buf_release(&r->inline_leaves);
	free(r);
}

static enum err hold(struct leaves *r, int64_t seq, int64_t count)
{
	struct stmt *st;
	bool row;
	r->nheld = r->last = 0;
	buf_reset(&r->inline_leaves);
	TRY(store_stmt(r->store, "SELECT seq, n, leaves FROM entry WHERE seq >= ? AND seq < ? ORDER BY seq", &st));
	stmt_int(st, 1, seq);
	stmt_int(st, 2, seq > INT64_MAX - count ? INT64_MAX : seq + count);
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		struct held *h = &r->held[r->nheld++];
		struct str leaves = stmt_get_text(st, 2);
		h->seq = stmt_get_int(st, 0);
		h->n = stmt_type(st, 1) == 'i' ? stmt_get_int(st, 1) : -1;
		h->at = r->inline_leaves.n;
		h->sound = h->n > ENTRY_INLINE || (h->n >= 0 && leaves.n == (size_t)h->n * HASH_SIZE);
		if (h->sound && h->n <= ENTRY_INLINE)
			buf_add(&r->inline_leaves, leaves.p, leaves.n);
	}
}

static enum err find(struct leaves *r, int64_t seq, struct held **ret)
{
	for (int again = 0; again < 2; again++) {
		for (size_t i = r->last; i < r->nheld && r->held[i].seq <= seq; i++) {
			if (r->held[i].seq != seq)
				continue;
			r->last = i;
			*ret = &r->held[i];
			return E_OK;
		}
		if (again == 1)
			break;
		int64_t newest = r->nheld == 0 ? 0 : r->held[r->nheld - 1].seq;
		bool onward = newest != 0 && seq > newest && seq - newest <= AHEAD;
		TRY(hold(r, seq, onward ? AHEAD : 1));
	}
	return E_MISSING;
}

static enum err from_tile(struct leaves *r, const struct held *h, uint32_t idx, struct hash *ret)
{
	uint64_t i = idx / TILE;
	if (r->tile_entry != h->seq || r->tile_i != i) {
		int64_t rest = h->n - (int64_t)(i * TILE);
		r->tile_entry = 0;
		r->tile_n = rest < TILE ? (size_t)rest : TILE;
		TRY(tile_read((struct tile_table){ r->store, h->seq }, 0, i, r->tile_n, r->tile));
		r->tile_entry = h->seq;
		r->tile_i = i;
	}
	*ret = r->tile[idx % TILE];
	return E_OK;
}

enum err leaves_get(struct leaves *r, int64_t seq, uint32_t idx, struct hash *ret)
{
	struct held *h;
	if (seq < 1)
		return E_MISSING;
	TRY(find(r, seq, &h));
	if (!h->sound || idx >= h->n)
		return E_MISSING;
	if (h->n > ENTRY_INLINE)
		return from_tile(r, h, idx, ret);
	memcpy(ret->b, r->inline_leaves.p + h->at + (size_t)idx * HASH_SIZE, HASH_SIZE);
	return E_OK;
}
