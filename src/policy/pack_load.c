/* pack_load.c - a pack kept in a store: every file by its hash, what is in use since when, and the numbers of its
 * codes. */
#include "base/csv.h"
#include "base/number.h"
#include "entity/change.h"
#include "entity/io.h"
#include "policy/codes.h"
#include "policy/packs.h"
#include "policy/use.h"

/* clang-format off */
static const struct column file_columns[] = {
	{ "hash",  'b', .required = true },
	{ "bytes", 'b', .required = true },
};
static const struct column use_columns[] = {
	{ "vid",        'i', .required = true },
	{ "pack",       't', .required = true },
	{ "version",    't', .required = true },
	{ "applies_to", 't', .required = true },
	{ "path",       't', .required = true },
	{ "hash",       'b', .required = true, .more = "REFERENCES pack_file" },
	{ "known_from", 'i', .required = true },
	{ "idx",        'i', .required = true },
	{ "known_to",   'i', .required = false },
	{ "salt",       'b', .required = true },
};
static const struct column code_columns[] = {
	{ "id",   'i', .required = true },
	{ "of",   't', .required = true },
	{ "code", 't', .required = true },
};
/* clang-format on */
#define COLUMNS(list) .columns = (list), .ncolumns = COUNT(list)
static const char *const use_indexes[] = { "UNIQUE INDEX pack_use_now ON pack_use (pack, path) WHERE known_to IS NULL",
					   NULL };
static const struct classed_table pack_file_table = {
	.table = { .name = "pack_file", .more = "PRIMARY KEY (hash)", COLUMNS(file_columns) },
	.class = DERIVED,
};
static const struct classed_table pack_use_table = {
	.table = { .name = "pack_use", .key = "vid", COLUMNS(use_columns), .indexes = use_indexes },
	.class = LEDGERED,
};
static const struct classed_table pack_code_table = {
	.table = { .name = "pack_code", .key = "id", .more = "UNIQUE (of, code)", COLUMNS(code_columns) },
	.class = DERIVED,
};
const struct classed_table *const pack_tables[] = { &pack_file_table, &pack_use_table, &pack_code_table, NULL };

/* ---- is it there already? ---- */
static bool same_use(struct stmt *st, const struct pack *p, size_t i)
{
	if (i >= p->nfiles)
		return false;
	struct str hash = stmt_get_text(st, 1);
	return str_is(stmt_get_text(st, 0), p->files[i].path) && hash.n == HASH_SIZE &&
	       memcmp(hash.p, p->files[i].hash.b, HASH_SIZE) == 0;
}

static enum err is_in_use(struct store *s, const struct pack *p, bool *ret)
{
	struct stmt *st = NULL;
	bool row = false, same = true;
	size_t n = 0;
	TRY(store_stmt(s, "SELECT path, hash FROM pack_use WHERE pack = ? AND known_to IS NULL ORDER BY path", &st));
	stmt_text(st, 1, str_of(p->name));
	TRY(stmt_step(st, &row));
	while (row) {
		same = same && same_use(st, p, n++);
		TRY(stmt_step(st, &row));
	}
	*ret = same && n == p->nfiles;
	return E_OK;
}

/* In the place of its older version, or last. */
static enum err check_fit(struct ctx *c, const struct pack *p)
{
	CLEANUP(packs_release) struct packs now = { 0 };
	TRY(packs_load(c->store, p->reader, 0, &now));
	const struct pack **all = ARENA_ARRAY(c->arena, const struct pack *, now.n + 1);
	size_t n = 0;
	bool replaced = false;
	for (size_t i = 0; i < now.n; i++) {
		bool same = text_is(now.list[i]->name, p->name);
		all[n++] = same ? p : now.list[i];
		replaced = replaced || same;
	}
	if (!replaced)
		all[n++] = p;
	return pack_fit(all, n, c->problems);
}

/* ---- files and uses ---- */
static enum err close_uses(struct ctx *c, const struct pack *p)
{
	struct stmt *st = NULL;
	TRY(store_stmt(c->store, "UPDATE pack_use SET known_to = ? WHERE pack = ? AND known_to IS NULL", &st));
	stmt_int(st, 1, change_position(c));
	stmt_text(st, 2, str_of(p->name));
	return stmt_run(st);
}

static enum err keep_file(struct ctx *c, const struct pack_file *f)
{
	struct stmt *st = NULL;
	TRY(store_stmt(c->store, "INSERT INTO pack_file (hash, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING", &st));
	stmt_blob(st, 1, f->hash.b, HASH_SIZE);
	stmt_blob(st, 2, f->bytes.p, f->bytes.n);
	return stmt_run(st);
}

static enum err add_use(struct ctx *c, const struct pack *p, const struct pack_file *f, int64_t vid)
{
	struct use_row u = {
		.vid = vid, .pack = str_of(p->name), .version = str_of(p->version), .path = str_of(f->path)
	};
	u.applies_to = p->applies_to;
	u.hash = (struct str){ (const char *)f->hash.b, HASH_SIZE };
	unsigned char salt[SALT_SIZE];
	struct stmt *st = NULL;
	ledger_salt(c->ledger, salt);
	struct hash leaf = use_leaf(&u, salt);
	TRY(store_stmt(c->store,
		       "INSERT INTO pack_use (vid, pack, version, applies_to, path, hash, known_from, idx, salt) "
		       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		       &st));
	stmt_int(st, 1, vid);
	stmt_text(st, 2, u.pack);
	stmt_text(st, 3, u.version);
	stmt_text(st, 4, u.applies_to);
	stmt_text(st, 5, u.path);
	stmt_blob(st, 6, f->hash.b, HASH_SIZE);
	stmt_int(st, 7, change_position(c));
	stmt_int(st, 8, change_leaf(c, &leaf));
	stmt_blob(st, 9, salt, SALT_SIZE);
	return stmt_run(st);
}

static enum err add_uses(struct ctx *c, const struct pack *p)
{
	int64_t vid = 0;
	TRY(close_uses(c, p));
	TRY(store_get_int(c->store, "SELECT MAX(vid) FROM pack_use", 0, &vid));
	for (size_t i = 0; i < p->nfiles; i++) {
		TRY(keep_file(c, &p->files[i]));
		TRY(add_use(c, p, &p->files[i], ++vid));
	}
	return E_OK;
}

/* ---- codes ---- */
struct issuing {
	struct store *store;
	struct issue issue;
};

static enum err insert_code(void *arg, int64_t number, struct str of, struct str code)
{
	struct issuing *x = arg;
	struct stmt *st = NULL;
	TRY(store_stmt(x->store, "INSERT INTO pack_code (id, of, code) VALUES (?, ?, ?)", &st));
	stmt_int(st, 1, number);
	stmt_text(st, 2, of);
	stmt_text(st, 3, code);
	return stmt_run(st);
}

static enum err known_codes(struct store *s, struct issue *ret)
{
	struct stmt *st = NULL;
	bool row = false;
	TRY(store_stmt(s, "SELECT id, of, code FROM pack_code ORDER BY id", &st));
	TRY(stmt_step(st, &row));
	while (row) {
		issue_known(ret, stmt_get_int(st, 0), stmt_get_text(st, 1), stmt_get_text(st, 2));
		TRY(stmt_step(st, &row));
	}
	return E_OK;
}

static enum err add_codes(struct ctx *c, const struct pack *p)
{
	struct issuing x = { .store = c->store };
	issue_init(&x.issue, insert_code, &x);
	enum err e = known_codes(c->store, &x.issue);
	for (size_t i = 0; i < p->nfiles && e == E_OK; i++)
		e = issue_file(&x.issue, p->files[i].path, p->files[i].bytes);
	issue_release(&x.issue);
	return e;
}

enum err pack_load(struct ctx *c, const struct pack *p, bool *ret_new)
{
	bool there = false;
	TRY(is_in_use(c->store, p, &there));
	if (!there) {
		TRY(check_fit(c, p));
		TRY(add_uses(c, p));
		TRY(add_codes(c, p));
	}
	*ret_new = !there;
	return E_OK;
}

/* ---- seeds ---- */
/* The entity that a seed is of: its file's name. */
static const struct entity *entity_of(struct ctx *c, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = arena_copy(c->arena, slash ? slash + 1 : path);
	char *end = arena_text(c->arena, name, strlen(name));
	char *dot = strrchr(end, '.');
	if (dot)
		*dot = '\0';
	return registry_entity(c->registry, end);
}

/* Seeds are brought once a store: the first row's key tells, for a file is imported whole or not at all. */
static enum err is_seeded(struct ctx *c, const struct entity *e, const struct csv *csv, bool *ret)
{
	int column = csv_find(csv, entity_key_column(e));
	struct str *cells = ARENA_ARRAY(c->arena, struct str, csv_columns(csv));
	int64_t id = 0;
	*ret = false;
	if (column < 0 || csv_rows(csv) == 0)
		return E_OK;
	csv_row(csv, 0, cells);
	enum err found = key_find(c, e, cells[column], &id);
	if (found != E_OK && found != E_MISSING)
		return found;
	*ret = found == E_OK;
	return E_OK;
}

static enum err seed_file(struct ctx *c, const struct pack_file *f, const char *shown)
{
	CLEANUP(csv_free_p) struct csv *csv = NULL;
	const struct entity *e = entity_of(c, f->path);
	struct import_options options = { 0 };
	struct import_counts counts = { 0 };
	bool seeded = false;
	if (!e) {
		problem_at(c->problems, shown, 0, NULL,
			   "no kind of record has the name of this file; name it after one, "
			   "such as seeds/exam.csv");
		return E_INVALID;
	}
	TRY(csv_read(shown, f->bytes, c->problems, &csv));
	TRY(is_seeded(c, e, csv, &seeded));
	return seeded ? E_OK : import_csv(c, e, csv, &options, &counts);
}

enum err pack_seed(struct ctx *c, const char *folder, const struct pack *p)
{
	for (size_t i = 0; p->seeds && p->seeds[i]; i++)
		for (size_t k = 0; k < p->nfiles; k++)
			if (text_is(p->files[k].path, p->seeds[i]))
				TRY(seed_file(c, &p->files[k], arena_printf(c->arena, "%s/%s", folder, p->seeds[i])));
	return E_OK;
}
