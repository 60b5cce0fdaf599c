/* audit_log.c - entries against what was signed, log tiles and frontier against the entries. */
#include "ledger/audit_inside.h"

/* ---- one entry ---- */

enum { SEQ, AT, ACTOR, ON_BEHALF, ACTION, SUBJECT, N, ROOT, LEAVES };

static bool number_or_null(struct stmt *st, int column, int64_t *ret)
{
	char type = stmt_type(st, column);
	*ret = stmt_get_int(st, column);
	/* Zero is stored as NULL, so that each entry has one form only. */
	return type == 0 || (type == 'i' && *ret != 0);
}

static bool read_entry(struct stmt *st, struct entry *ret)
{
	struct str action = stmt_get_text(st, ACTION), root = stmt_get_text(st, ROOT);
	*ret = (struct entry){ .seq = stmt_get_int(st, SEQ),
			       .at = stmt_get_int(st, AT),
			       .actor = stmt_get_int(st, ACTOR),
			       .n = stmt_get_int(st, N) };
	if (stmt_type(st, SEQ) != 'i' || stmt_type(st, AT) != 'i' || stmt_type(st, ACTOR) != 'i' ||
	    stmt_type(st, N) != 'i' || stmt_type(st, ACTION) != 't' || stmt_type(st, ROOT) != 'b')
		return false;
	if (!number_or_null(st, ON_BEHALF, &ret->on_behalf) || !number_or_null(st, SUBJECT, &ret->subject))
		return false;
	if (action.n >= sizeof ret->action || memchr(action.p, '\0', action.n) != NULL || root.n != HASH_SIZE ||
	    text_utf8_bad(action) != action.n)
		return false;
	memcpy(ret->action, action.p, action.n);
	memcpy(ret->root.b, root.p, HASH_SIZE);
	return true;
}

struct walk {
	struct audit *a;
	int64_t limit; /* entries after it are not in the log */
	int64_t next;  /* the entry expected */
	int64_t last_at;
	struct frontier log;
	size_t note;   /* the next of the checkpoint file to compare */
	uint64_t good; /* size of the last checkpoint that agreed */
};

static void add_leaf(struct walk *w, const struct hash *leaf)
{
	struct audit *a = w->a;
	struct audit_inside *in = a->inside;
	in->leaves = audit_more(in->leaves, &in->cap_leaves, in->nleaves, sizeof *in->leaves);
	in->leaves[in->nleaves++] = *leaf;
	size_t cap = in->cap_seen;
	a->seen = audit_more(a->seen, &in->cap_seen, (size_t)w->next + 1, sizeof *a->seen);
	if (cap == 0)
		a->seen[0] = (struct entry_seen){ 0 };
	a->seen[w->next] = (struct entry_seen){ 0 };
	a->entries = w->next++;
	frontier_add(&w->log, leaf);
}

static void compare(struct walk *w, const struct checkpoint *c, const char *where)
{
	struct audit *a = w->a;
	struct hash root = frontier_root(&w->log);
	if (hash_eq(&root, &c->root)) {
		w->good = c->size;
		return;
	}
	/* After the first all others differ too. */
	if (a->inside->log_sound)
		finding_add(
			a->findings, "entry", 0, 0,
			"an entry from %llu to %llu was changed, moved or removed: the log is not the one signed in %s",
			(unsigned long long)w->good + 1, (unsigned long long)c->size, where);
	a->inside->log_sound = false;
}

static void compare_notes(struct walk *w)
{
	struct audit_inside *in = w->a->inside;
	while (w->note < in->nnotes && in->notes[w->note].checkpoint.size <= w->log.size) {
		if (in->notes[w->note].checkpoint.size == w->log.size)
			compare(w, &in->notes[w->note].checkpoint, "the checkpoint file");
		w->note++;
	}
	if (in->has_note && w->a->head.size == w->log.size)
		compare(w, &w->a->head, "the head");
}

static void missing_to(struct walk *w, int64_t seq)
{
	struct hash nothing = { 0 };
	if (w->next >= seq)
		return;
	finding_add(w->a->findings, "entry", w->next, w->next, "entries %lld to %lld are missing", (long long)w->next,
		    (long long)seq - 1);
	w->a->inside->log_sound = false;
	while (w->next < seq)
		add_leaf(w, &nothing);
}

/* The leaves that stand in the entry itself. */
static void check_inline(struct walk *w, const struct entry *e, struct str leaves, char type)
{
	struct audit *a = w->a;
	struct entry_seen *seen = &a->seen[e->seq];
	struct hash hashes[ENTRY_INLINE];
	if (leaves.n != (size_t)e->n * HASH_SIZE || (type != 'b' && leaves.n > 0)) {
		seen->damaged = true;
		finding_add(a->findings, "entry", e->seq, e->seq,
			    "entry %lld says it wrote %lld rows and holds %zu leaves", (long long)e->seq,
			    (long long)e->n, leaves.n / HASH_SIZE);
		return;
	}
	if (leaves.n > 0)
		memcpy(hashes, leaves.p, leaves.n);
	struct hash root = merkle_root(hashes, (size_t)e->n);
	seen->damaged = !hash_eq(&root, &e->root);
	if (seen->damaged)
		finding_add(a->findings, "entry", e->seq, e->seq,
			    "the leaves of entry %lld were changed: they do not make its root", (long long)e->seq);
	audit_seen_rows(seen, (uint32_t)e->n);
	a->rows += e->n;
	if (strcmp(e->action, "erase") == 0)
		for (uint32_t i = 0; i < e->n; i++)
			audit_erasure_add(a, &hashes[i], e->seq, i);
}

static void check_rows(struct walk *w, const struct entry *e, struct str leaves, char type)
{
	struct audit *a = w->a;
	struct audit_inside *in = a->inside;
	if (e->n < 0 || e->n > UINT32_MAX) {
		a->seen[e->seq].damaged = true;
		finding_add(a->findings, "entry", e->seq, e->seq, "entry %lld cannot have written %lld rows",
			    (long long)e->seq, (long long)e->n);
	} else if (e->n <= ENTRY_INLINE) {
		check_inline(w, e, leaves, type);
	} else {
		if (type != 0)
			finding_add(a->findings, "entry", e->seq, e->seq,
				    "entry %lld holds leaves that belong into tiles", (long long)e->seq);
		in->larges = audit_more(in->larges, &in->cap_larges, in->nlarges, sizeof *in->larges);
		in->larges[in->nlarges++] = (struct large){ e->seq, e->n, e->root, strcmp(e->action, "erase") == 0 };
	}
}

/* The first entry's one row is what the head says of the store. */
static void check_first(struct walk *w, const struct entry *e)
{
	struct audit_inside *in = w->a->inside;
	if (!in->has_first || e->seq != 1)
		return;
	if (strcmp(e->action, "store.create") != 0 || e->n != 1 || !hash_eq(&e->root, &in->first))
		finding_add(w->a->findings, "head", 1, 1,
			    "number, origin, zone or demo mark of the store was changed: they are "
			    "not what entry 1 wrote");
	if (w->a->seen[1].n == 1)
		(void)audit_seen_mark(&w->a->seen[1], 0);
}

static void check_entry(struct walk *w, struct stmt *st)
{
	struct audit *a = w->a;
	struct entry e;
	bool sound = read_entry(st, &e);
	if (e.seq < w->next || e.seq > w->limit) {
		finding_add(a->findings, "entry", e.seq, e.seq, "entry %lld stands outside the log, which ends at %lld",
			    (long long)e.seq, (long long)w->limit);
		return;
	}
	missing_to(w, e.seq);
	struct hash leaf = entry_hash(&e);
	add_leaf(w, &leaf);
	if (!sound) {
		finding_add(a->findings, "entry", e.seq, e.seq,
			    "entry %lld was changed: a value of it has another form", (long long)e.seq);
		a->seen[e.seq].damaged = true;
	} else {
		if (e.at < w->last_at)
			finding_add(a->findings, "entry", e.seq, e.seq, "entry %lld is earlier than the one before it",
				    (long long)e.seq);
		w->last_at = e.at;
		check_rows(w, &e, stmt_get_text(st, LEAVES), stmt_type(st, LEAVES));
		check_first(w, &e);
	}
	compare_notes(w);
}

/* ---- all of them ---- */

static void check_end(struct walk *w)
{
	struct audit *a = w->a;
	struct audit_inside *in = a->inside;
	missing_to(w, w->limit + 1);
	if (w->note < in->nnotes) {
		const struct checkpoint *last = &in->notes[in->nnotes - 1].checkpoint;
		finding_add(a->findings, NULL, 0, 0,
			    "the store ends at entry %lld and %s/checkpoints at %llu: its tail was dropped or an older "
			    "copy put back",
			    (long long)a->entries, in->side, (unsigned long long)last->size);
	}
}

enum err audit_entries(struct audit *a)
{
	struct walk w = { .a = a, .next = 1, .last_at = INT64_MIN };
	struct stmt *st;
	int64_t count;
	bool row;
	TRY(store_get_int(a->inside->store, "SELECT count(*) FROM entry", 0, &count));
	/* Without a note to be trusted there are as many entries as are stored. */
	w.limit = a->inside->has_note && a->head.size <= INT64_MAX - 1 ? (int64_t)a->head.size : count;
	a->seen = audit_more(NULL, &a->inside->cap_seen, 0, sizeof *a->seen);
	a->seen[0] = (struct entry_seen){ 0 };
	TRY(store_stmt(a->inside->store,
		       "SELECT seq, at, actor, on_behalf, action, subject, n, root, leaves FROM entry ORDER BY seq",
		       &st));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			break;
		check_entry(&w, st);
	}
	check_end(&w);
	return E_OK;
}

/* ---- what is derived from them ---- */

static enum err check_frontier(struct audit *a)
{
	struct audit_inside *in = a->inside;
	struct buf expected CLEANUP(buf_release) = BUF_INIT;
	struct frontier f = { 0 };
	struct stmt *st;
	bool row;
	for (size_t i = 0; i < in->nleaves; i++)
		frontier_add(&f, &in->leaves[i]);
	for (unsigned bit = 64; bit-- > 0;)
		if (f.size >> bit & 1)
			buf_add(&expected, f.edge[bit].b, HASH_SIZE);
	TRY(store_stmt(in->store, "SELECT frontier FROM head ORDER BY one", &st));
	TRY(stmt_step(st, &row));
	struct str got = row ? stmt_get_text(st, 0) : (struct str){ 0 };
	if (row && in->log_sound && !str_eq(got, (struct str){ expected.p, expected.n }))
		finding_add(a->findings, "head", 1, 0, "the frontier was changed: it is not that of the log");
	stmt_reset(st);
	return E_OK;
}

/* Blames the entry where the entries no longer make the signed roots, else the tile. */
static void tile_differs(struct audit *a, unsigned level, uint64_t i, struct str got, const struct hash *hashes,
			 size_t n)
{
	bool known = level == 0 && !a->inside->log_sound && got.n == n * HASH_SIZE;
	for (size_t at = 0; known && at < got.n / HASH_SIZE; at++)
		if (memcmp(got.p + at * HASH_SIZE, hashes[at].b, HASH_SIZE) != 0) {
			int64_t seq = (int64_t)(i * TILE + at) + 1;
			finding_add(a->findings, "entry", seq, seq,
				    "entry %lld was changed: it is not the one in the log's tile", (long long)seq);
		}
	if (!known && a->inside->log_sound)
		finding_add(a->findings, "log_tile", (int64_t)i, 0,
			    "tile %llu of level %u was changed: it is not that of the entries", (unsigned long long)i,
			    level);
}

/* The stored tile that must be this one. */
static enum err check_log_tile(void *arg, unsigned level, uint64_t i, const struct hash *hashes, size_t n)
{
	struct audit *a = arg;
	struct stmt *st;
	bool row;
	TRY(store_stmt(a->inside->store, "SELECT hashes FROM log_tile WHERE level = ? AND i = ?", &st));
	stmt_int(st, 1, level);
	stmt_int(st, 2, (int64_t)i);
	TRY(stmt_step(st, &row));
	struct str got = row ? stmt_get_text(st, 0) : (struct str){ 0 };
	if (!str_eq(got, (struct str){ (const char *)hashes, n * HASH_SIZE }))
		tile_differs(a, level, i, got, hashes, n);
	stmt_reset(st);
	return E_OK;
}

enum err audit_log(struct audit *a)
{
	struct audit_inside *in = a->inside;
	struct edge *edge CLEANUP(free_p) = xcalloc(1, sizeof *edge);
	struct tile_sink sink = { check_log_tile, a };
	int64_t stored, expected = 0;
	TRY(check_frontier(a));
	for (size_t i = 0; i < in->nleaves; i++)
		TRY(edge_add(edge, 0, &in->leaves[i], sink));
	TRY(edge_rest(edge, sink));
	for (unsigned level = 0; level < TILE_LEVELS; level++)
		expected += (int64_t)(((uint64_t)in->nleaves >> (8 * level)) + TILE - 1) / TILE;
	TRY(store_get_int(in->store, "SELECT count(*) FROM log_tile", 0, &stored));
	if (stored > expected)
		finding_add(a->findings, "log_tile", 0, 0, "%lld tiles were added to the log's %lld",
			    (long long)(stored - expected), (long long)expected);
	free(in->leaves);
	in->leaves = NULL;
	return E_OK;
}
