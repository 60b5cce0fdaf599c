/* proof_read.c - a proof file, read as hostile. */
#include "ledger/proof_inside.h"

struct reading {
	struct proof_inside *in;
	struct problems *problems;
};

static bool wrong(struct reading *r, size_t row, const char *column, const char *what)
{
	problem_add(r->problems, (struct problem){ .file = r->in->name,
						   .row = row,
						   .column = column,
						   .what = what,
						   .todo = "give the file as `merit export-proof` wrote it" });
	return false;
}

static const char *text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static bool hex_of(const json_t *object, const char *key, void *out, size_t n)
{
	const char *text = text_of(object, key);
	return text && hex_parse(str_of(text), out, n);
}

static bool int_of(const json_t *object, const char *key, int64_t *ret)
{
	const json_t *value = json_object_get(object, key);
	if (!json_is_integer(value))
		return false;
	*ret = json_integer_value(value);
	return true;
}

/* What is not named is not hashed, and what is not hashed could be believed by mistake. */
static const char *stranger(const json_t *object, const char *const *names)
{
	union {
		const json_t *given;
		json_t *open;
	} u = { object };
	for (void *at = json_object_iter(u.open); at; at = json_object_iter_next(u.open, at)) {
		size_t i = 0;
		while (names[i] && strcmp(names[i], json_object_iter_key(at)) != 0)
			i++;
		if (!names[i])
			return json_object_iter_key(at);
	}
	return NULL;
}

bool proof_path_read(const json_t *list, struct hash *path, size_t *ret_n)
{
	size_t n = json_array_size(list);
	if (!json_is_array(list) || n > MERKLE_PATH)
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *text = json_string_value(json_array_get(list, i));
		if (!text || !hex_parse(str_of(text), path[i].b, HASH_SIZE))
			return false;
	}
	*ret_n = n;
	return true;
}

static bool canonical_can(const json_t *value, struct buf *text)
{
	buf_reset(text);
	return json_is_object(value) && canonical_add(value, text);
}

/* ---- one row ---------------------------------------------------------------------------------------------------- */

static bool read_closed(struct reading *r, const json_t *row, size_t n, struct row_read *ret, struct buf *text)
{
	const json_t *hash = json_object_get(row, "closed_hash");
	ret->closed = json_object_get(row, "closed");
	if (!ret->closed && json_object_get(row, "salt_closed") != NULL)
		return wrong(r, n, "salt_closed", "a salt is given for confidential fields that are not shown");
	if (!ret->closed)
		return !hash || hex_of(row, "closed_hash", ret->closed_hash.b, HASH_SIZE) ||
		       wrong(r, n, "closed_hash", "the hash is not 64 hexadecimal digits");
	if (hash)
		return wrong(r, n, "closed_hash", "confidential fields are given twice, shown and as a hash");
	if (!canonical_can(ret->closed, text))
		return wrong(r, n, "closed", "the confidential fields have no canonical form");
	return hex_of(row, "salt_closed", ret->salt_closed, SALT_SIZE) ||
	       wrong(r, n, "salt_closed", "the salt is not 32 hexadecimal digits");
}

static bool read_row(struct reading *r, const json_t *row, size_t n, struct row_read *ret, struct buf *text)
{
	static const char *const members[] = { "entity",      "header",      "open", "salt", "closed",
					       "salt_closed", "closed_hash", "idx",  "path", NULL };
	struct hash path[MERKLE_PATH];
	size_t npath;
	if (!json_is_object(row))
		return wrong(r, n, NULL, "the row is not an object");
	const char *more = stranger(row, members);
	if (more)
		return wrong(r, n, more, "a row has no such member");
	*ret = (struct row_read){
		.entity = text_of(row, "entity"),
		.header = json_object_get(row, "header"),
		.open = json_object_get(row, "open"),
		.path = json_object_get(row, "path"),
	};
	const char *named = text_of(ret->header, "entity");
	if (!ret->entity || !named || strcmp(named, ret->entity) != 0)
		return wrong(r, n, "entity", "row and header do not name the same entity");
	if (!canonical_can(ret->header, text))
		return wrong(r, n, "header", "the header has no canonical form");
	if (!canonical_can(ret->open, text))
		return wrong(r, n, "open", "the fields have no canonical form");
	if (!hex_of(row, "salt", ret->salt, SALT_SIZE))
		return wrong(r, n, "salt", "the salt is not 32 hexadecimal digits");
	if (!int_of(row, "idx", &ret->idx))
		return wrong(r, n, "idx", "the row's number in the entry is not a whole number");
	if (ret->path && !proof_path_read(ret->path, path, &npath))
		return wrong(r, n, "path", "the path is not a list of hashes");
	return read_closed(r, row, n, ret, text);
}

static bool read_rows(struct reading *r, const json_t *list, struct proof_file *f)
{
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	if (!json_is_array(list))
		return wrong(r, 0, "rows", "there is no list of rows");
	bool sound = true;
	f->rows = json_array_size(list);
	r->in->rows = ARENA_ARRAY(&r->in->arena, struct row_read, f->rows + 1);
	for (size_t i = 0; i < f->rows; i++)
		sound = read_row(r, json_array_get(list, i), i + 1, &r->in->rows[i], &text) && sound;
	return sound;
}

/* ---- the rest --------------------------------------------------------------------------------------------------- */

static bool read_entry(struct reading *r, const json_t *entry, struct entry *ret)
{
	static const char *const members[] = {
		"action", "actor", "at", "n", "on_behalf", "root", "seq", "subject", NULL
	};
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	if (!canonical_can(entry, &text) || stranger(entry, members) != NULL)
		return wrong(r, 0, "entry", "the entry is not of the right form");
	r->in->entry_leaf = merkle_leaf(text.p, text.n);
	*ret = (struct entry){ 0 };
	const char *action = text_of(entry, "action");
	bool more = (json_object_get(entry, "on_behalf") == NULL || int_of(entry, "on_behalf", &ret->on_behalf)) &&
		    (json_object_get(entry, "subject") == NULL || int_of(entry, "subject", &ret->subject));
	if (!more || !action || strlen(action) >= sizeof ret->action || !int_of(entry, "actor", &ret->actor) ||
	    !int_of(entry, "at", &ret->at) || !int_of(entry, "n", &ret->n) || !int_of(entry, "seq", &ret->seq) ||
	    !hex_of(entry, "root", ret->root.b, HASH_SIZE) || ret->seq < 1 || ret->n < 0)
		return wrong(r, 0, "entry", "the entry is not of the right form");
	memcpy(ret->action, action, strlen(action));
	return true;
}

static bool read_top(struct reading *r, struct proof_file *f)
{
	static const char *const members[] = { "format",   "origin", "checkpoint", "entry", "entry_index",
					       "log_path", "rows",   "decision",   NULL };
	struct proof_inside *in = r->in;
	const json_t *root = in->root;
	const char *format = text_of(root, "format"), *note = text_of(root, "checkpoint");
	if (!format || strcmp(format, "merit-proof-1") != 0)
		return wrong(r, 0, "format", "this is not a proof file of the form merit-proof-1");
	const char *more = stranger(root, members);
	if (more)
		return wrong(r, 0, more, "a proof file has no such member");
	in->origin = text_of(root, "origin");
	if (!in->origin)
		return wrong(r, 0, "origin", "the log's origin is missing");
	if (!note)
		return wrong(r, 0, "checkpoint", "the checkpoint is missing");
	in->note = str_of(note);
	if (!read_entry(r, json_object_get(root, "entry"), &f->entry))
		return false;
	if (!int_of(root, "entry_index", &in->entry_index) || in->entry_index < 0)
		return wrong(r, 0, "entry_index", "the entry's place in the log is not a whole number");
	if (!proof_path_read(json_object_get(root, "log_path"), in->log_path, &in->nlog_path))
		return wrong(r, 0, "log_path", "the path in the log is not a list of hashes");
	f->decision = json_object_get(root, "decision");
	return read_rows(r, json_object_get(root, "rows"), f);
}

enum err proof_file_read(const char *name, struct str text, struct problems *p, struct proof_file **ret)
{
	struct proof_file *f CLEANUP(proof_file_free_p) = xcalloc(1, sizeof *f);
	json_error_t where;
	f->inside = xcalloc(1, sizeof *f->inside);
	struct reading r = { f->inside, p };
	f->inside->name = arena_copy(&f->inside->arena, name);
	f->inside->root = json_loadb(text.p ? text.p : "", text.n, JSON_REJECT_DUPLICATES, &where);
	if (!f->inside->root) {
		problem_at(p, name, where.line > 0 ? (size_t)where.line : 0, NULL,
			   "this is not JSON: %s; give the file as `merit export-proof` wrote it", where.text);
		return E_INVALID;
	}
	if (!read_top(&r, f))
		return E_INVALID;
	*ret = f;
	f = NULL;
	return E_OK;
}
