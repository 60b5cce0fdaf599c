/* audit.c - the audit of one state of the store: begun, handed rows, ended. */
#include "ledger/audit_inside.h"

void *audit_more(void *list, size_t *cap, size_t n, size_t size)
{
	if (n < *cap)
		return list;
	*cap = *cap == 0 ? 64 : 2 * *cap;
	return xrealloc(list, *cap * size);
}

/* ---- rows seen ---- */

void audit_seen_rows(struct entry_seen *seen, uint32_t n)
{
	if (seen->n > SEEN_INLINE)
		free(seen->map);
	seen->n = n;
	seen->bits = 0;
	if (n > SEEN_INLINE)
		seen->map = xcalloc((n + 63) / 64, sizeof *seen->map);
}

static uint64_t *word_of(struct entry_seen *seen, uint32_t idx)
{
	return seen->n > SEEN_INLINE ? &seen->map[idx / 64] : &seen->bits;
}

bool audit_seen_mark(struct entry_seen *seen, uint32_t idx)
{
	uint64_t bit = (uint64_t)1 << (idx % 64);
	return !(__atomic_fetch_or(word_of(seen, idx), bit, __ATOMIC_RELAXED) & bit);
}

/* ---- erasures ---- */

void audit_erasure_add(struct audit *a, const struct hash *leaf, int64_t seq, uint32_t idx)
{
	struct audit_inside *in = a->inside;
	in->erasures = audit_more(in->erasures, &in->cap_erasures, in->nerasures, sizeof *in->erasures);
	in->erasures[in->nerasures++] = (struct erasure){ *leaf, seq, idx };
}

static int by_leaf(const void *x, const void *y)
{
	const struct erasure *a = x, *b = y;
	int c = memcmp(a->leaf.b, b->leaf.b, HASH_SIZE);
	return c != 0 ? c : (a->seq > b->seq) - (a->seq < b->seq);
}

static int leaf_against(const void *key, const void *element)
{
	const struct hash *leaf = key;
	const struct erasure *e = element;
	return memcmp(leaf->b, e->leaf.b, HASH_SIZE);
}

/* ---- begin and end ---- */

static enum err check_all(struct audit *a)
{
	TRY(audit_head(a));
	TRY(audit_entries(a));
	TRY(audit_log(a));
	TRY(audit_tiles(a));
	if (a->inside->nerasures > 0)
		qsort(a->inside->erasures, a->inside->nerasures, sizeof *a->inside->erasures, by_leaf);
	return E_OK;
}

static void free_audit_p(struct audit **a)
{
	audit_free(*a);
}

/* One state of the store is looked at, through a connection of the audit's own, whatever its caller has open. */
static enum err look(struct audit *a)
{
	if (a->here)
		a->inside->store = a->store;
	else
		TRY(store_again(a->store, STORE_READ, &a->inside->store));
	/* A note is appended after its commit: read first, the file knows nothing that the store does not. */
	TRY(audit_side(a));
	TRY(txn_read(a->inside->store, &a->inside->txn));
	return check_all(a);
}

static void leave_store(struct audit *a)
{
	txn_end(&a->inside->txn);
	if (!a->here)
		store_close(a->inside->store);
	a->inside->store = NULL;
}

static enum err begin(struct store *s, const char *side, struct findings *f, bool here, struct audit **ret)
{
	struct audit *a CLEANUP(free_audit_p) = xcalloc(1, sizeof *a);
	a->inside = xcalloc(1, sizeof *a->inside);
	a->store = s;
	a->findings = f;
	a->inside->side = side;
	a->inside->log_sound = true;
	a->here = here;
	TRY(look(a));
	if (!here)
		leave_store(a);
	*ret = a;
	a = NULL;
	return E_OK;
}

enum err audit_begin(struct store *s, const char *side, struct findings *f, struct audit **ret)
{
	return begin(s, side, f, false, ret);
}

enum err audit_begin_here(struct store *s, const char *side, struct findings *f, struct audit **ret)
{
	return begin(s, side, f, true, ret);
}

void audit_free(struct audit *a)
{
	if (!a)
		return;
	struct audit_inside *in = a->inside;
	for (int64_t i = 0; a->seen && i <= a->entries; i++)
		audit_seen_rows(&a->seen[i], 0);
	leave_store(a);
	buf_release(&in->notes_text);
	free(in->notes);
	free(in->leaves);
	free(in->larges);
	free(in->erasures);
	free(a->seen);
	free(in);
	free(a);
}

/* ---- rows ---- */

/* True when the row may say that it is this one; *ret_seen NULL: written after the audit began, and not judged. */
static enum err claim(struct audit *a, const char *table, int64_t row, int64_t seq, int64_t idx,
		      struct entry_seen **ret_seen)
{
	*ret_seen = NULL;
	if (seq < 1 || seq > a->entries) {
		finding_add(a->findings, table, row, seq, "the row names entry %lld, and there is none",
			    (long long)seq);
		return E_OK;
	}
	struct entry_seen *seen = &a->seen[seq];
	if (seen->damaged && seen->n == 0)
		return E_OK; /* how many rows it wrote is not known: found with the entry */
	if (idx < 0 || idx >= seen->n)
		finding_add(a->findings, table, row, seq,
			    "the row was added: it says it is number %lld of entry %lld, which wrote %u rows",
			    (long long)idx, (long long)seq, seen->n);
	else if (!audit_seen_mark(seen, (uint32_t)idx))
		finding_add(a->findings, table, row, seq,
			    "the row was added or copied: number %lld of entry %lld is there twice", (long long)idx,
			    (long long)seq);
	else
		*ret_seen = seen;
	return E_OK;
}

/* Whether an entry came after the audit began: then its rows are nothing to judge now. */
static enum err came_later(struct audit *a, struct leaves *r, int64_t seq, bool *ret)
{
	struct hash any;
	*ret = false;
	if (seq <= a->entries)
		return E_OK;
	enum err e = leaves_get(r, seq, 0, &any);
	if (e != E_OK && e != E_MISSING)
		return e;
	*ret = e == E_OK;
	return E_OK;
}

enum err audit_row(struct audit *a, struct leaves *r, const char *table, int64_t row, int64_t seq, int64_t idx,
		   const struct hash *leaf)
{
	struct entry_seen *seen;
	struct hash stored;
	bool later;
	TRY(came_later(a, r, seq, &later));
	if (later)
		return E_OK;
	TRY(claim(a, table, row, seq, idx, &seen));
	if (!seen)
		return E_OK;
	enum err e = leaves_get(r, seq, (uint32_t)idx, &stored);
	if (e == E_MISSING)
		return E_OK; /* found when the entry was looked at */
	TRY(e);
	if (!hash_eq(leaf, &stored))
		finding_add(
			a->findings, table, row, seq,
			seen->damaged
				? N_("the row and the leaf stored of it differ, and the entry's leaves were changed")
				: N_("the row was changed: it is not what the entry wrote as number %lld"),
			(long long)idx);
	return E_OK;
}

enum err audit_erased(struct audit *a, const char *table, int64_t row, int64_t seq, int64_t idx)
{
	struct entry_seen *seen;
	TRY(claim(a, table, row, seq, idx, &seen));
	if (!seen)
		return E_OK;
	struct hash leaf = erasure_leaf(table, seq, idx);
	struct erasure *e = a->inside->nerasures == 0 ? NULL
						      : bsearch(&leaf, a->inside->erasures, a->inside->nerasures,
								sizeof *e, leaf_against);
	if (!e)
		finding_add(a->findings, table, row, seq,
			    "text and salt of the row are gone, and no entry says they were erased");
	else
		(void)audit_seen_mark(&a->seen[e->seq], e->idx);
	return E_OK;
}

void audit_end(struct audit *a)
{
	for (int64_t seq = 1; seq <= a->entries; seq++) {
		struct entry_seen *seen = &a->seen[seq];
		uint32_t missing = 0, first = 0;
		for (uint32_t i = 0; i < seen->n; i++) {
			if (*word_of(seen, i) >> (i % 64) & 1)
				continue;
			first = missing == 0 ? i : first;
			missing++;
		}
		if (missing > 0)
			finding_add(a->findings, NULL, 0, seq,
				    "%u of the %u rows of entry %lld are missing, the first is number %u", missing,
				    seen->n, (long long)seq, first);
	}
}
