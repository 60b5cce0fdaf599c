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

/* ---- one row ---- */

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
		.n = n,
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

/* ---- all rows, one at a time ---- */

/* The texts of a row and its leaf; the buffers are the caller's. */
static void texts_of(const struct row_read *r, struct buf text[static 3], struct proof_row *ret)
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
		.header_text = { text[0].p, text[0].n },
		.open_text = { text[1].p, text[1].n },
		.closed_text = { text[2].p, text[2].n },
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

static void json_gone(json_t **value)
{
	json_decref(*value);
}

static enum err not_json(struct reading *r, size_t line, const char *why)
{
	problem_at(r->problems, r->in->name, line, NULL,
		   "this is not JSON or not a proof file%s%s; give the file as `merit export-proof` wrote it",
		   why ? ": " : "", why ? why : "");
	return E_INVALID;
}

static enum err parse(struct reading *r, const struct json_parts *parts, json_t **ret)
{
	json_error_t where;
	*ret = json_loadb(parts->text.p, parts->text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &where);
	return *ret ? E_OK : not_json(r, parts->line, where.text);
}

static void remember(struct proof_file *f, const struct row_read *row, const struct hash *leaf)
{
	struct proof_inside *in = f->inside;
	if (f->rows == in->cap) {
		in->cap = in->cap ? 2 * in->cap : 64;
		in->leaves = xrealloc(in->leaves, in->cap * sizeof *in->leaves);
	}
	in->leaves[f->rows++] = (struct leaf_read){ *leaf, row->idx, row->path != NULL };
}

/* *sound false: some row is not of the form. */
static enum err read_rows(struct reading *r, struct json_parts *parts, struct proof_file *f, bool *sound)
{
	struct buf text[3] CLEANUP(texts_release) = { BUF_INIT, BUF_INIT, BUF_INIT };
	bool more;
	for (size_t n = 1;; n++) {
		json_t *value CLEANUP(json_gone) = NULL;
		struct row_read row;
		struct proof_row texts;
		TRY(parts_item(parts, &more));
		if (!more)
			return E_OK;
		TRY(parse(r, parts, &value));
		*sound = read_row(r, value, n, &row, &text[0]) && *sound;
		if (!*sound)
			continue;
		texts_of(&row, text, &texts);
		remember(f, &row, &texts.leaf);
	}
}

static enum err changed(struct reading *r, size_t n)
{
	(void)wrong(r, n, NULL, "the file was changed while it was read");
	return E_DENIED;
}

static enum err each_row(struct reading *r, struct json_parts *parts, struct proof_file *f,
			 enum err (*each)(void *arg, const struct row_read *r, const struct proof_row *row), void *arg)
{
	struct buf text[3] CLEANUP(texts_release) = { BUF_INIT, BUF_INIT, BUF_INIT };
	enum err all = E_OK;
	for (size_t n = 1; n <= f->rows; n++) {
		json_t *value CLEANUP(json_gone) = NULL;
		struct row_read row;
		struct proof_row texts;
		bool more;
		TRY(parts_item(parts, &more));
		if (!more || parse(r, parts, &value) != E_OK || !read_row(r, value, n, &row, &text[0]))
			return changed(r, n);
		texts_of(&row, text, &texts);
		if (!hash_eq(&texts.leaf, &f->inside->leaves[n - 1].leaf))
			return changed(r, n);
		enum err e = each(arg, &row, &texts);
		if (e == E_INVALID)
			all = E_DENIED;
		else
			TRY(e);
	}
	return all;
}

static void parts_gone(struct json_parts *parts)
{
	parts_release(parts);
}

enum err proof_rows_each(struct proof_file *f, struct problems *p,
			 enum err (*each)(void *arg, const struct row_read *r, const struct proof_row *row), void *arg)
{
	struct json_parts parts CLEANUP(parts_gone) = { 0 };
	struct reading r = { f->inside, p };
	bool more = true, list = false;
	enum err e = parts_begin(&parts, f->inside->in);
	while (e == E_OK && (e = parts_member(&parts, &more)) == E_OK && more) {
		if (str_is((struct str){ parts.text.p, parts.text.n }, "\"rows\""))
			e = parts_list(&parts, &list);
		if (e == E_OK && list)
			return each_row(&r, &parts, f, each, arg);
		if (e == E_OK)
			e = parts_value(&parts);
	}
	return e == E_OK || e == E_INVALID ? changed(&r, 0) : e;
}

/* ---- the rest ---- */

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
	static const char *const members[] = { "format",      "origin",   "checkpoint", "entry",
					       "entry_index", "log_path", "decision",   NULL };
	struct proof_inside *in = r->in;
	const json_t *top = in->top;
	const char *format = text_of(top, "format"), *note = text_of(top, "checkpoint");
	if (!format || strcmp(format, "merit-proof-1") != 0)
		return wrong(r, 0, "format", "this is not a proof file of the form merit-proof-1");
	const char *more = stranger(top, members);
	if (more)
		return wrong(r, 0, more, "a proof file has no such member");
	in->origin = text_of(top, "origin");
	if (!in->origin)
		return wrong(r, 0, "origin", "the log's origin is missing");
	if (!note)
		return wrong(r, 0, "checkpoint", "the checkpoint is missing");
	in->note = str_of(note);
	if (!read_entry(r, json_object_get(top, "entry"), &f->entry))
		return false;
	if (!int_of(top, "entry_index", &in->entry_index) || in->entry_index < 0)
		return wrong(r, 0, "entry_index", "the entry's place in the log is not a whole number");
	if (!proof_path_read(json_object_get(top, "log_path"), in->log_path, &in->nlog_path))
		return wrong(r, 0, "log_path", "the path in the log is not a list of hashes");
	f->decision = json_object_get(top, "decision");
	return true;
}

/* One member of the object: the rows, or what is kept. */
static enum err read_member(struct reading *r, struct json_parts *parts, struct proof_file *f, bool *ret_rows,
			    bool *sound)
{
	json_t *name CLEANUP(json_gone) = NULL, *value CLEANUP(json_gone) = NULL;
	bool list = false;
	TRY(parse(r, parts, &name));
	const char *key = json_string_value(name);
	bool rows = strcmp(key, "rows") == 0;
	if (rows ? *ret_rows : json_object_get(r->in->top, key) != NULL)
		return not_json(r, parts->line, "duplicate object key");
	if (rows)
		TRY(parts_list(parts, &list));
	if (list) {
		*ret_rows = true;
		return read_rows(r, parts, f, sound);
	}
	TRY(parts_value(parts));
	TRY(parse(r, parts, &value));
	if (!rows && json_object_set(r->in->top, key, value) == 0)
		return E_OK;
	(void)wrong(r, 0, "rows", "there is no list of rows");
	return E_INVALID;
}

static enum err read_members(struct reading *r, struct proof_file *f)
{
	struct json_parts parts CLEANUP(parts_gone) = { 0 };
	bool more = true, rows = false, sound = true;
	size_t before = r->problems->count;
	enum err e = parts_begin(&parts, r->in->in);
	while (e == E_OK && (e = parts_member(&parts, &more)) == E_OK && more)
		e = read_member(r, &parts, f, &rows, &sound);
	if (e == E_INVALID && r->problems->count == before)
		return not_json(r, parts.line, NULL);
	TRY(e);
	if (!read_top(r, f) || (!rows && !wrong(r, 0, "rows", "there is no list of rows")))
		return E_INVALID;
	return sound ? E_OK : E_INVALID;
}

enum err proof_file_read(const char *name, FILE *in, struct problems *p, struct proof_file **ret)
{
	struct proof_file *f CLEANUP(proof_file_free_p) = xcalloc(1, sizeof *f);
	f->inside = xcalloc(1, sizeof *f->inside);
	struct reading r = { f->inside, p };
	f->inside->name = arena_copy(&f->inside->arena, name);
	f->inside->in = in;
	f->inside->top = json_loads("{}", 0, NULL); /* its maker has the name of our writer's verb */
	TRY(read_members(&r, f));
	*ret = f;
	f = NULL;
	return E_OK;
}
