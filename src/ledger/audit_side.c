/* audit_side.c - key, checkpoint file and head: what was signed. */
#include "ledger/audit_inside.h"

#include <errno.h>

static enum err read_key(struct audit *a)
{
	struct audit_inside *in = a->inside;
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	enum err e = side_read(in->side, "key.pub", &text);
	if (e == E_FAULT)
		return e;
	if (e == E_OK)
		e = verifier_parse((struct str){ text.p, text.n }, &in->verifier);
	in->has_key = e == E_OK;
	if (!in->has_key)
		finding_add(a->findings, NULL, 0, 0, "%s/key.pub is missing or not a key: no signature can be checked",
			    in->side);
	return E_OK;
}

static void close_file(FILE **f)
{
	if (*f)
		fclose(*f);
}

static enum err read_notes_text(struct audit *a)
{
	struct buf path CLEANUP(buf_release) = BUF_INIT;
	side_path(&path, a->inside->side, "checkpoints");
	FILE *f CLEANUP(close_file) = fopen(buf_str(&path), "re");
	if (!f && errno != ENOENT)
		return FAULT("%s cannot be read: %s; run as the user who owns it", path.p, strerror(errno));
	for (size_t n = f ? 1 : 0; n > 0;) {
		n = fread(buf_more(&a->inside->notes_text, 65536), 1, 65536, f);
		a->inside->notes_text.n += n;
	}
	return E_OK;
}

/* Takes one note with the empty line after it off the front; false when the rest holds no whole one. */
static bool next_note(struct str *rest, struct str *ret)
{
	const char *body = rest->n == 0 ? NULL : memmem(rest->p, rest->n, "\n\n", 2);
	size_t head = body ? (size_t)(body - rest->p) + 2 : 0;
	const char *end = body ? memmem(rest->p + head, rest->n - head, "\n\n", 2) : NULL;
	if (!end)
		return false;
	*ret = (struct str){ rest->p, (size_t)(end - rest->p) + 1 };
	rest->p += ret->n + 1;
	rest->n -= ret->n + 1;
	return true;
}

static enum err check_note(void *arg, size_t i, unsigned worker)
{
	struct audit_inside *in = arg;
	struct noted *n = &in->notes[i];
	(void)worker;
	n->answer = note_open(n->text, &in->verifier, &n->checkpoint);
	return E_OK;
}

static int by_size(const void *x, const void *y)
{
	const struct noted *a = x, *b = y;
	if (a->checkpoint.size != b->checkpoint.size)
		return a->checkpoint.size < b->checkpoint.size ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

/* Notes that cannot be relied on are found and dropped. */
static void judge_notes(struct audit *a)
{
	struct audit_inside *in = a->inside;
	size_t kept = 0;
	for (size_t i = 0; i < in->nnotes; i++) {
		struct noted *n = &in->notes[i];
		if (n->answer != E_OK)
			finding_add(a->findings, NULL, 0, 0,
				    n->answer == E_DENIED
					    ? N_("checkpoint %zu in %s/checkpoints is not signed by key.pub")
					    : N_("checkpoint %zu in %s/checkpoints is not a signed note"),
				    n->number, in->side);
		else if (strcmp(n->checkpoint.origin, in->verifier.name) != 0)
			finding_add(a->findings, NULL, 0, 0, "checkpoint %zu in %s/checkpoints is of another log",
				    n->number, in->side);
		else
			in->notes[kept++] = *n;
	}
	in->nnotes = kept;
	if (kept > 0)
		qsort(in->notes, kept, sizeof *in->notes, by_size);
}

enum err audit_side(struct audit *a)
{
	struct audit_inside *in = a->inside;
	TRY(read_key(a));
	TRY(read_notes_text(a));
	struct str rest = { in->notes_text.p, in->notes_text.n }, text;
	while (next_note(&rest, &text)) {
		in->notes = audit_more(in->notes, &in->cap_notes, in->nnotes, sizeof *in->notes);
		in->notes[in->nnotes] = (struct noted){ .text = text, .number = in->nnotes + 1 };
		in->nnotes++;
	}
	if (in->nnotes == 0)
		finding_add(a->findings, NULL, 0, 0,
			    "%s/checkpoints holds no checkpoint: a store put back from an older copy "
			    "would not be noticed",
			    in->side);
	if (rest.n > 0)
		finding_add(a->findings, NULL, 0, 0, "%s/checkpoints ends in an unfinished checkpoint", in->side);
	if (!in->has_key) {
		in->nnotes = 0;
		return E_OK;
	}
	TRY(parallel_for(in->nnotes, check_note, in));
	judge_notes(a);
	return E_OK;
}

/* ---- the head ---- */

static void head_found(struct audit *a, const char *what)
{
	finding_said(a->findings, "head", 1, 0, NULL, what);
}

static void check_identity(struct audit *a, struct stmt *st)
{
	struct audit_inside *in = a->inside;
	struct arena arena CLEANUP(arena_release) = ARENA_INIT;
	struct str id = stmt_get_text(st, 0), origin = stmt_get_text(st, 1), zone = stmt_get_text(st, 2);
	int64_t demo = stmt_get_int(st, 3);
	if (stmt_type(st, 0) != 'b' || id.n != STORE_ID || stmt_type(st, 1) != 't' || stmt_type(st, 2) != 't' ||
	    stmt_type(st, 3) != 'i' || demo < 0 || demo > 1) {
		head_found(a, "number, origin, zone or demo mark of the store was changed: it has another form");
		return;
	}
	if (in->has_key && !str_is(origin, in->verifier.name))
		head_found(a, "the origin is not that of the key");
	struct identity x = { .origin = arena_text(&arena, origin.p, origin.n),
			      .zone = arena_text(&arena, zone.p, zone.n),
			      .demo = demo == 1 };
	memcpy(x.id, id.p, STORE_ID);
	in->first = identity_leaf(&x);
	in->has_first = true;
}

static void check_note_of_head(struct audit *a, struct stmt *st)
{
	struct audit_inside *in = a->inside;
	int64_t size = stmt_get_int(st, 4);
	enum err e = in->has_key ? note_open(stmt_get_text(st, 6), &in->verifier, &a->head) : E_UNKNOWN;
	in->has_note = e == E_OK && strcmp(a->head.origin, in->verifier.name) == 0;
	if (in->has_key && !in->has_note)
		head_found(a, "the note is not a checkpoint of this log signed by key.pub");
	if (stmt_type(st, 4) != 'i' || size < 0 || (in->has_note && (uint64_t)size != a->head.size))
		head_found(a, "the size was changed: it is not that of the note");
}

enum err audit_head(struct audit *a)
{
	struct stmt *st;
	bool row;
	TRY(store_stmt(a->inside->store,
		       "SELECT store_id, origin, zone, demo, size, frontier, note FROM head ORDER BY one", &st));
	TRY(stmt_step(st, &row));
	if (!row) {
		head_found(a, "the head of the ledger is missing");
		return E_OK;
	}
	check_identity(a, st);
	check_note_of_head(a, st);
	TRY(stmt_step(st, &row));
	if (row)
		head_found(a, "there is more than one head");
	stmt_reset(st);
	return E_OK;
}
