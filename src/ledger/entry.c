/* entry.c - entries written: begun, given leaves, ended, or abandoned. */
#include "ledger/inside.h"

/* An import's 29 MB of leaves are not kept for the small entries that follow. */
#define KEPT_LEAVES 65536

/* ---- canonical forms and leaves ---- */

void entry_canonical(const struct entry *e, struct buf *out)
{
	struct json j;
	json_init(&j, out);
	json_object(&j);
	json_member_text(&j, "action", e->action);
	json_member_int(&j, "actor", e->actor);
	json_member_int(&j, "at", e->at);
	json_member_int(&j, "n", e->n);
	if (e->on_behalf != 0)
		json_member_int(&j, "on_behalf", e->on_behalf);
	json_member_hash(&j, "root", e->root.b, HASH_SIZE);
	json_member_int(&j, "seq", e->seq);
	if (e->subject != 0)
		json_member_int(&j, "subject", e->subject);
	json_object_end(&j);
}

struct hash entry_hash(const struct entry *e)
{
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	entry_canonical(e, &text);
	return merkle_leaf(text.p, text.n);
}

struct hash row_commit(const void *salt, struct str canonical)
{
	return sha256_2(salt, SALT_SIZE, canonical.p, canonical.n);
}

struct hash row_leaf(const struct hash *open, const struct hash *closed, struct str header)
{
	unsigned char front[1 + 2 * HASH_SIZE] = { 0 };
	memcpy(front + 1, open->b, HASH_SIZE);
	if (closed)
		memcpy(front + 1 + HASH_SIZE, closed->b, HASH_SIZE);
	return sha256_2(front, sizeof front, header.p, header.n);
}

struct hash erasure_leaf(const char *table, int64_t seq, int64_t idx)
{
	struct buf header CLEANUP(buf_release) = BUF_INIT;
	struct hash nothing = { 0 };
	struct json j;
	json_init(&j, &header);
	json_object(&j);
	json_member_text(&j, "entity", "erasure");
	json_member_int(&j, "entry", seq);
	json_member_int(&j, "idx", idx);
	json_member_text(&j, "of", table);
	json_object_end(&j);
	return row_leaf(&nothing, NULL, (struct str){ header.p, header.n });
}

/* ---- writing ---- */

int64_t ledger_last_at(const struct ledger *l)
{
	return l->npending > 0 ? l->pending[l->npending - 1].at : l->last_at;
}

enum err ledger_settle(struct ledger *l)
{
	if (!l->doubt)
		return E_OK;
	int64_t last;
	TRY(store_get_int(l->store, "SELECT max(seq) FROM entry", 0, &last));
	while (l->npending > 0 && ledger_head(l) > last)
		l->npending--;
	l->doubt = false;
	return E_OK;
}

enum err entry_begin(struct ledger *l, const struct entry_head *head)
{
	if (!l->writing || l->open || strlen(head->action) >= sizeof l->entry.action)
		bug("entry %s cannot begin here", head->action);
	TRY(ledger_settle(l));
	if (l->stale)
		TRY(ledger_refresh(l));
	l->entry = (struct entry){
		.seq = ledger_head(l) + 1,
		.actor = head->actor,
		.on_behalf = head->on_behalf,
		.subject = head->subject,
	};
	memcpy(l->entry.action, head->action, strlen(head->action));
	l->nleaves = 0;
	l->open = true;
	return E_OK;
}

int64_t entry_seq(const struct ledger *l)
{
	if (!l->open)
		bug("no entry is open");
	return l->entry.seq;
}

void entry_subject(struct ledger *l, int64_t subject)
{
	l->entry.subject = subject;
}

uint32_t entry_leaf(struct ledger *l, const struct hash *leaf)
{
	if (!l->open || l->nleaves == UINT32_MAX)
		bug("a leaf without an entry to hold it");
	if (l->nleaves == l->cap_leaves) {
		l->cap_leaves = l->cap_leaves == 0 ? TILE : 2 * l->cap_leaves;
		l->leaves = xrealloc(l->leaves, l->cap_leaves * sizeof *l->leaves);
	}
	l->leaves[l->nleaves] = *leaf;
	return (uint32_t)l->nleaves++;
}

struct row_tiles {
	const struct hash *leaves;
	struct hash *roots;
	struct bulk *bulk;
	int64_t entry;
};

static enum err tile_root(void *arg, size_t i, unsigned worker)
{
	struct row_tiles *t = arg;
	(void)worker;
	t->roots[i] = merkle_root(t->leaves + i * TILE, TILE);
	return E_OK;
}

static enum err put_row_tile(void *arg, unsigned level, uint64_t i, const struct hash *hashes, size_t n)
{
	struct row_tiles *t = arg;
	bulk_int(t->bulk, t->entry);
	bulk_int(t->bulk, level);
	bulk_int(t->bulk, (int64_t)i);
	bulk_blob(t->bulk, hashes, n * HASH_SIZE);
	return bulk_row(t->bulk);
}

static enum err put_tiles(struct row_tiles *t, size_t n, struct edge *edge)
{
	struct tile_sink sink = { put_row_tile, t };
	size_t full = n / TILE;
	for (size_t i = 0; i < full; i++) {
		TRY(put_row_tile(t, 0, i, t->leaves + i * TILE, TILE));
		TRY(edge_add(edge, 1, &t->roots[i], sink));
	}
	for (size_t i = full * TILE; i < n; i++)
		TRY(edge_add(edge, 0, &t->leaves[i], sink));
	return edge_rest(edge, sink);
}

void free_p(void *p)
{
	free(*(void **)p);
}

static enum err write_tiles(struct ledger *l, struct hash *ret_root)
{
	static const char *const columns[] = { "entry", "level", "i", "hashes", NULL };
	struct edge *edge CLEANUP(free_p) = xcalloc(1, sizeof *edge);
	struct hash *roots CLEANUP(free_p) = xcalloc(l->nleaves / TILE, sizeof *roots);
	struct row_tiles t = { .leaves = l->leaves, .roots = roots, .entry = l->entry.seq };
	TRY(parallel_for(l->nleaves / TILE, tile_root, &t));
	TRY(bulk_begin(l->store, "row_tile", columns, "iiib", &t.bulk));
	enum err e = put_tiles(&t, l->nleaves, edge);
	enum err ended = bulk_end(t.bulk);
	*ret_root = edge_root(edge);
	return e != E_OK ? e : ended;
}

static void int_or_null(struct stmt *st, int i, int64_t v)
{
	if (v != 0)
		stmt_int(st, i, v);
	else
		stmt_null(st, i);
}

static enum err write_entry(struct ledger *l)
{
	struct stmt *st;
	const struct entry *e = &l->entry;
	TRY(store_stmt(l->store,
		       "INSERT INTO entry (seq, at, actor, on_behalf, action, subject, n, root, leaves) "
		       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		       &st));
	stmt_int(st, 1, e->seq);
	stmt_int(st, 2, e->at);
	stmt_int(st, 3, e->actor);
	int_or_null(st, 4, e->on_behalf);
	stmt_text(st, 5, str_of(e->action));
	int_or_null(st, 6, e->subject);
	stmt_int(st, 7, e->n);
	stmt_blob(st, 8, e->root.b, HASH_SIZE);
	if (l->nleaves > 0 && l->nleaves <= ENTRY_INLINE)
		stmt_blob(st, 9, l->leaves, l->nleaves * HASH_SIZE);
	else
		stmt_null(st, 9);
	return stmt_run(st);
}

enum err entry_end(struct ledger *l, int64_t *ret_seq)
{
	if (!l->open)
		bug("no entry is open");
	struct entry *e = &l->entry;
	e->n = (int64_t)l->nleaves;
	e->at = ledger_now(l);
	if (l->nleaves > ENTRY_INLINE)
		TRY(write_tiles(l, &e->root));
	else
		e->root = merkle_root(l->leaves, l->nleaves);
	TRY(write_entry(l));
	if (l->npending == l->cap_pending) {
		l->cap_pending = l->cap_pending == 0 ? 16 : 2 * l->cap_pending;
		l->pending = xrealloc(l->pending, l->cap_pending * sizeof *l->pending);
	}
	l->pending[l->npending++] = (struct pending){ entry_hash(e), e->at };
	l->open = false;
	if (l->cap_leaves > KEPT_LEAVES) {
		free(l->leaves);
		l->leaves = NULL;
		l->cap_leaves = 0;
	}
	*ret_seq = e->seq;
	return E_OK;
}

void entry_abandon(struct ledger *l)
{
	l->open = false;
	l->doubt = l->npending > 0;
	/* The store knows which entries an undone savepoint took back. Where it cannot say now, it is asked before the
	 * next use; what was said about the failure that led here must not be lost by asking. */
	char *place = xstrdup(fault_place()), *text = xstrdup(fault_text());
	if (ledger_settle(l) != E_OK)
		l->doubt = true;
	fault_set(place, text);
	free(place);
	free(text);
}
