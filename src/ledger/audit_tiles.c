/* audit_tiles.c - the tiles of large entries against the entries' roots. */
#include "ledger/audit_inside.h"

#include <pthread.h>

#define RUN 64 /* tiles of one piece of work */

struct tiles_check {
	struct audit *a;
	const struct large *large;
	struct store **stores;  /* one a worker, opened when first used */
	struct hash *roots;     /* of the full tiles */
	struct hash last[TILE]; /* the leaves of the tile that is not full */
	pthread_mutex_t lock;   /* over erasures */
	bool damaged;
};

static void found(struct tiles_check *c, unsigned level, uint64_t i, const char *what)
{
	__atomic_store_n(&c->damaged, true, __ATOMIC_RELAXED);
	finding_add(c->a->findings, "row_tile", (int64_t)i, c->large->seq, "tile %llu of level %u of entry %lld %s",
		    (unsigned long long)i, level, (long long)c->large->seq, what);
}

static size_t width(const struct large *l, uint64_t i)
{
	int64_t rest = l->n - (int64_t)(i * TILE);
	return rest < TILE ? (size_t)rest : TILE;
}

static void take_tile(struct tiles_check *c, uint64_t i, struct str hashes, char type)
{
	struct hash leaves[TILE];
	size_t n = width(c->large, i);
	if (type != 'b' || hashes.n != n * HASH_SIZE) {
		found(c, 0, i, "was changed: it has another size");
		return;
	}
	memcpy(leaves, hashes.p, hashes.n);
	if (n == TILE)
		c->roots[i] = merkle_root(leaves, TILE);
	else
		memcpy(c->last, leaves, hashes.n);
	if (!c->large->erases)
		return;
	pthread_mutex_lock(&c->lock);
	for (size_t k = 0; k < n; k++)
		audit_erasure_add(c->a, &leaves[k], c->large->seq, (uint32_t)(i * TILE + k));
	pthread_mutex_unlock(&c->lock);
}

static enum err check_run(void *arg, size_t run, unsigned worker)
{
	struct tiles_check *c = arg;
	struct stmt *st;
	bool row;
	/* The audit's own connection does for one piece; many pieces have a connection each worker. */
	struct store *s = c->a->inside->store;
	if (c->stores) {
		if (!c->stores[worker])
			TRY(store_again(c->a->store, STORE_READ, &c->stores[worker]));
		s = c->stores[worker];
	}
	TRY(store_stmt(s,
		       "SELECT i, hashes FROM row_tile WHERE entry = ? AND level = 0 AND i >= ? AND i < ? ORDER BY i",
		       &st));
	stmt_int(st, 1, c->large->seq);
	stmt_int(st, 2, (int64_t)(run * RUN));
	stmt_int(st, 3, (int64_t)((run + 1) * RUN));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		take_tile(c, (uint64_t)stmt_get_int(st, 0), stmt_get_text(st, 1), stmt_type(st, 1));
	}
}

/* Tiles above the leaves, made anew, against those stored. */
static enum err compare_above(void *arg, unsigned level, uint64_t i, const struct hash *hashes, size_t n)
{
	struct tiles_check *c = arg;
	struct stmt *st;
	bool row;
	if (level == 0)
		return E_OK;
	TRY(store_stmt(c->a->inside->store, "SELECT hashes FROM row_tile WHERE entry = ? AND level = ? AND i = ?",
		       &st));
	stmt_int(st, 1, c->large->seq);
	stmt_int(st, 2, level);
	stmt_int(st, 3, (int64_t)i);
	TRY(stmt_step(st, &row));
	struct str got = row ? stmt_get_text(st, 0) : (struct str){ 0 };
	if (!str_eq(got, (struct str){ (const char *)hashes, n * HASH_SIZE }))
		found(c, level, i, "was changed: it is not that of the tiles below");
	stmt_reset(st);
	return E_OK;
}

static enum err make_root(struct tiles_check *c, struct hash *ret)
{
	struct edge *edge CLEANUP(free_p) = xcalloc(1, sizeof *edge);
	struct tile_sink sink = { compare_above, c };
	size_t full = (size_t)c->large->n / TILE;
	for (size_t i = 0; i < full; i++)
		TRY(edge_add(edge, 1, &c->roots[i], sink));
	for (size_t i = 0; i < (size_t)c->large->n % TILE; i++)
		TRY(edge_add(edge, 0, &c->last[i], sink));
	TRY(edge_rest(edge, sink));
	*ret = edge_root(edge);
	return E_OK;
}

static enum err check_large(struct audit *a, const struct large *l, struct store **stores)
{
	struct tiles_check c = { .a = a, .large = l, .lock = PTHREAD_MUTEX_INITIALIZER };
	size_t tiles = ((size_t)l->n + TILE - 1) / TILE;
	struct hash *roots CLEANUP(free_p) = xcalloc(tiles, sizeof *roots);
	struct hash root;
	c.roots = roots;
	c.stores = tiles > RUN ? stores : NULL;
	TRY(c.stores ? parallel_for((tiles + RUN - 1) / RUN, check_run, &c) : check_run(&c, 0, 0));
	if (!c.damaged) {
		TRY(make_root(&c, &root));
		if (!hash_eq(&root, &l->root)) {
			c.damaged = true;
			finding_add(a->findings, "row_tile", 0, l->seq,
				    "the tiles of entry %lld were changed: they do not make its root",
				    (long long)l->seq);
		}
	}
	a->seen[l->seq].damaged = c.damaged;
	audit_seen_rows(&a->seen[l->seq], (uint32_t)l->n);
	a->rows += l->n;
	return E_OK;
}

/* ---- are exactly the tiles there that must be? ---- */

struct counted {
	int64_t entry, level, count, first, last;
	bool sound;
};

static void read_counted(struct stmt *st, struct counted *ret)
{
	*ret = (struct counted){ stmt_get_int(st, 0), stmt_get_int(st, 1), stmt_get_int(st, 2),
				 stmt_get_int(st, 3), stmt_get_int(st, 4), true };
	for (int i = 0; i < 5; i++)
		ret->sound = ret->sound && stmt_type(st, i) == 'i';
}

static struct large *large_of(struct audit *a, int64_t seq)
{
	size_t low = 0, high = a->inside->nlarges;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (a->inside->larges[middle].seq < seq)
			low = middle + 1;
		else
			high = middle;
	}
	return low < a->inside->nlarges && a->inside->larges[low].seq == seq ? &a->inside->larges[low] : NULL;
}

static int64_t tiles_at(int64_t n, int64_t level)
{
	return level < 0 || level >= TILE_LEVELS ? 0 : ((n >> (8 * level)) + TILE - 1) / TILE;
}

/* Marks in levels[] of each large entry which of its levels are whole. */
static void judge_counted(struct audit *a, const struct counted *c, unsigned char *whole)
{
	struct large *l = c->sound ? large_of(a, c->entry) : NULL;
	int64_t expected = l ? tiles_at(l->n, c->level) : 0;
	if (expected > 0 && c->count == expected && c->first == 0 && c->last == expected - 1)
		whole[l - a->inside->larges] |= (unsigned char)(1 << c->level);
	else if (expected == 0)
		finding_add(a->findings, "row_tile", 0, c->entry,
			    "%lld tiles are stored of level %lld of entry %lld, which has none", (long long)c->count,
			    (long long)c->level, (long long)c->entry);
}

static unsigned char levels_of(int64_t n)
{
	unsigned char all = 0;
	for (int64_t level = 0; level < TILE_LEVELS; level++)
		if (tiles_at(n, level) > 0)
			all |= (unsigned char)(1 << level);
	return all;
}

static enum err count_tiles(struct audit *a, unsigned char *whole)
{
	struct counted c;
	struct stmt *st;
	bool row;
	TRY(store_stmt(a->inside->store,
		       "SELECT entry, level, count(*), min(i), max(i) FROM row_tile GROUP BY entry, level ORDER BY "
		       "entry, level",
		       &st));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		read_counted(st, &c);
		judge_counted(a, &c, whole);
	}
}

static enum err check_larges(struct audit *a, const unsigned char *whole, struct store **stores)
{
	for (size_t i = 0; i < a->inside->nlarges; i++) {
		const struct large *l = &a->inside->larges[i];
		if (whole[i] == levels_of(l->n)) {
			TRY(check_large(a, l, stores));
			continue;
		}
		/* Nothing is allocated by a number that no stored tile bears out. */
		a->seen[l->seq].damaged = true;
		finding_add(a->findings, "row_tile", 0, l->seq,
			    "entry %lld says it wrote %lld rows, and its tiles are not all there", (long long)l->seq,
			    (long long)l->n);
	}
	return E_OK;
}

enum err audit_tiles(struct audit *a)
{
	unsigned workers = parallel_workers();
	unsigned char *whole CLEANUP(free_p) = xcalloc(a->inside->nlarges + 1, 1);
	struct store **stores CLEANUP(free_p) = xcalloc(workers, sizeof(struct store *));
	TRY(count_tiles(a, whole));
	enum err e = check_larges(a, whole, stores);
	for (unsigned i = 0; i < workers; i++)
		store_close(stores[i]);
	return e;
}
