/* proof_file.c - checking what was read; reading its form is proof_read.c. */
#include "ledger/proof_inside.h"

static bool disagree(struct proof_file *f, struct problems *p, size_t row, const char *column, const char *what)
{
	problem_add(p, (struct problem){ .file = f->inside->name,
					 .row = row,
					 .column = column,
					 .what = what,
					 .todo = "do not rely on this file; ask its sender for the original" });
	return false;
}

static bool check_note(struct proof_file *f, const struct verifier *v, struct problems *p)
{
	struct proof_inside *in = f->inside;
	enum err e = note_open(in->note, v, &f->checkpoint);
	if (e == E_INVALID)
		return disagree(f, p, 0, "checkpoint", "the checkpoint is not a signed note");
	if (e == E_DENIED)
		return disagree(f, p, 0, "checkpoint", "the checkpoint is not signed by this key");
	if (strcmp(f->checkpoint.origin, v->name) != 0 || strcmp(f->checkpoint.origin, in->origin) != 0)
		return disagree(f, p, 0, "origin", "origin, checkpoint and key name different logs");
	return true;
}

static bool check_entry(struct proof_file *f, struct problems *p)
{
	struct proof_inside *in = f->inside;
	if (in->entry_index != f->entry.seq - 1)
		return disagree(f, p, 0, "entry_index", "the entry's number and its place in the log disagree");
	if (!merkle_included(&in->entry_leaf, (uint64_t)in->entry_index, f->checkpoint.size, in->log_path,
			     in->nlog_path, &f->checkpoint.root))
		return disagree(f, p, 0, "entry", "the entry does not stand in the log that was signed");
	return true;
}

/* The texts of a row and its leaf; the buffers are the caller's. */
static void row_texts(const struct row_read *r, struct buf text[static 3], struct proof_row *ret)
{
	for (int i = 0; i < 3; i++)
		buf_reset(&text[i]);
	/* That they can be written was seen when the form was read. */
	if (!canonical_add(r->header, &text[0]) || !canonical_add(r->open, &text[1]) ||
	    (r->closed && !canonical_add(r->closed, &text[2])))
		bug("a row lost its canonical form");
	*ret = (struct proof_row){
		.entity = r->entity,
		.idx = r->idx,
		.header = r->header,
		.open = r->open,
		.closed = r->closed,
		.header_text = {text[0].p,  text[0].n},
		.open_text = { text[1].p, text[1].n},
		.closed_text = { text[2].p, text[2].n},
	};
	struct hash open = row_commit(r->salt, ret->open_text);
	struct hash closed = r->closed ? row_commit(r->salt_closed, ret->closed_text) : r->closed_hash;
	ret->leaf = row_leaf(&open, &closed, ret->header_text);
}

static void texts_release(struct buf (*text)[3])
{
	for (int i = 0; i < 3; i++)
		buf_release(&(*text)[i]);
}

/* True when the rows present are all rows of the entry, each once, and make its root. */
static bool rows_make_root(const struct proof_file *f, const struct hash *leaves)
{
	size_t n = f->rows;
	if (f->entry.n < 0 || (uint64_t)f->entry.n != n)
		return false;
	struct hash *ordered CLEANUP(free_p) = xcalloc(n + 1, sizeof *ordered);
	bool *seen CLEANUP(free_p) = xcalloc(n + 1, sizeof *seen);
	for (size_t i = 0; i < n; i++) {
		int64_t idx = f->inside->rows[i].idx;
		if (idx < 0 || (uint64_t)idx >= n || seen[idx])
			return false;
		seen[idx] = true;
		ordered[idx] = leaves[i];
	}
	struct hash root = merkle_root(ordered, n);
	return hash_eq(&root, &f->entry.root);
}

static bool check_path(struct proof_file *f, size_t i, const struct hash *leaf, struct problems *p)
{
	const struct row_read *r = &f->inside->rows[i];
	struct hash path[MERKLE_PATH];
	size_t n;
	if (r->idx >= 0 && f->entry.n > 0 && proof_path_read(r->path, path, &n) &&
	    merkle_included(leaf, (uint64_t)r->idx, (uint64_t)f->entry.n, path, n, &f->entry.root))
		return true;
	return disagree(f, p, i + 1, NULL, "the row is not the one that the entry wrote");
}

static bool check_rows(struct proof_file *f, struct hash *leaves, struct problems *p)
{
	struct buf text[3] CLEANUP(texts_release) = { BUF_INIT, BUF_INIT, BUF_INIT };
	struct proof_row row;
	bool sound = true, lone = false;
	for (size_t i = 0; i < f->rows; i++) {
		row_texts(&f->inside->rows[i], text, &row);
		leaves[i] = row.leaf;
		if (!f->inside->rows[i].path)
			lone = true;
		else
			sound = check_path(f, i, &leaves[i], p) && sound;
	}
	f->all = rows_make_root(f, leaves);
	if (lone && !f->all)
		return disagree(f, p, 0, "rows", "the rows together are not those that the entry wrote");
	return sound;
}

static enum err hand_over(struct proof_file *f, enum err (*each)(void *, const struct proof_row *), void *arg)
{
	struct buf text[3] CLEANUP(texts_release) = { BUF_INIT, BUF_INIT, BUF_INIT };
	struct proof_row row;
	enum err all = E_OK;
	for (size_t i = 0; i < f->rows; i++) {
		row_texts(&f->inside->rows[i], text, &row);
		enum err e = each(arg, &row);
		if (e == E_INVALID)
			all = E_DENIED;
		else
			TRY(e);
	}
	return all;
}

enum err proof_file_verify(struct proof_file *f, const struct verifier *v,
			   enum err (*each)(void *arg, const struct proof_row *row), void *arg, struct problems *p)
{
	struct hash *leaves CLEANUP(free_p) = xcalloc(f->rows + 1, sizeof *leaves);
	if (!check_note(f, v, p) || !check_entry(f, p) || !check_rows(f, leaves, p))
		return E_DENIED;
	return each ? hand_over(f, each, arg) : E_OK;
}

void proof_file_free(struct proof_file *f)
{
	if (!f)
		return;
	if (f->inside) {
		json_decref(f->inside->root);
		arena_release(&f->inside->arena);
		free(f->inside);
	}
	free(f);
}

void proof_file_free_p(struct proof_file **f)
{
	proof_file_free(*f);
}
