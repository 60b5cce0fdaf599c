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

/* True when the rows present are all rows of the entry, each once, and make its root. */
static bool rows_make_root(const struct proof_file *f)
{
	size_t n = f->rows;
	if (f->entry.n < 0 || (uint64_t)f->entry.n != n)
		return false;
	struct hash *ordered CLEANUP(free_p) = xcalloc(n + 1, sizeof *ordered);
	bool *seen CLEANUP(free_p) = xcalloc(n + 1, sizeof *seen);
	for (size_t i = 0; i < n; i++) {
		int64_t idx = f->inside->leaves[i].idx;
		if (idx < 0 || (uint64_t)idx >= n || seen[idx])
			return false;
		seen[idx] = true;
		ordered[idx] = f->inside->leaves[i].leaf;
	}
	struct hash root = merkle_root(ordered, n);
	return hash_eq(&root, &f->entry.root);
}

struct paths {
	struct proof_file *f;
	struct problems *problems;
};

/* A row without a path is not looked at here. */
static enum err check_path(void *arg, const struct row_read *r, const struct proof_row *row)
{
	struct paths *x = arg;
	const struct entry *entry = &x->f->entry;
	struct hash path[MERKLE_PATH];
	size_t n;
	if (!r->path || (r->idx >= 0 && entry->n > 0 && proof_path_read(r->path, path, &n) &&
			 merkle_included(&row->leaf, (uint64_t)r->idx, (uint64_t)entry->n, path, n, &entry->root)))
		return E_OK;
	(void)disagree(x->f, x->problems, r->n, NULL, "the row is not the one that the entry wrote");
	return E_INVALID;
}

static enum err check_rows(struct proof_file *f, struct problems *p)
{
	struct paths paths = { f, p };
	size_t with_path = 0;
	for (size_t i = 0; i < f->rows; i++)
		with_path += f->inside->leaves[i].path;
	f->all = rows_make_root(f);
	if (with_path < f->rows && !f->all) {
		(void)disagree(f, p, 0, "rows", "the rows together are not those that the entry wrote");
		return E_DENIED;
	}
	return with_path ? proof_rows_each(f, p, check_path, &paths) : E_OK;
}

struct hand_over {
	enum err (*each)(void *arg, const struct proof_row *row);
	void *arg;
};

static enum err hand_over(void *arg, const struct row_read *r, const struct proof_row *row)
{
	const struct hand_over *x = arg;
	(void)r;
	return x->each(x->arg, row);
}

enum err proof_file_verify(struct proof_file *f, const struct verifier *v,
			   enum err (*each)(void *arg, const struct proof_row *row), void *arg, struct problems *p)
{
	struct hand_over over = { each, arg };
	if (!check_note(f, v, p) || !check_entry(f, p))
		return E_DENIED;
	TRY(check_rows(f, p));
	return each ? proof_rows_each(f, p, hand_over, &over) : E_OK;
}

void proof_file_free_p(struct proof_file **p)
{
	struct proof_file *f = *p;
	if (!f)
		return;
	if (f->inside) {
		json_decref(f->inside->top);
		free(f->inside->leaves);
		arena_release(&f->inside->arena);
		free(f->inside);
	}
	free(f);
}
