/* pack_audit.c - verify's share of the rules: bytes hash to their key, uses are leaves, codes derive from what was
 * loaded. */
#include "base/number.h"
#include "ledger/audit.h"
#include "policy/pack.h"
#include "policy/use.h"

struct seen_use {
	struct use_row row;
	struct str salt;
	int64_t known_from, known_to, idx; /* known_to 0: still in use */
};
struct checking {
	struct audit *audit;
	struct leaves *leaves;
	struct arena arena;
	struct buf uses;
	struct map *files; /* hash -> 1 where a use names it */
};

static struct str keep(struct arena *a, struct str s)
{
	return (struct str){ arena_text(a, s.p, s.n), s.n };
}

/* ? is a number or nothing. */
static bool types_are(struct stmt *st, const char *types)
{
	for (int i = 0; types[i]; i++) {
		char type = stmt_type(st, i);
		if (types[i] == '?' ? type && type != 'i' : type != types[i])
			return false;
	}
	return true;
}

/* ---- uses ---- */
static enum err read_use(struct checking *k, struct stmt *st, int64_t expected)
{
	struct arena *a = &k->arena;
	struct findings *f = k->audit->findings;
	int64_t vid = stmt_get_int(st, 0);
	if (vid != expected)
		finding_add(f, "pack_use", vid, 0, "the rows do not count 1, 2, 3: %lld stands where %lld should",
			    (long long)vid, (long long)expected);
	if (!types_are(st, "itttbtii?b") || stmt_get_text(st, 4).n != HASH_SIZE ||
	    stmt_get_text(st, 9).n != SALT_SIZE) {
		finding_add(f, "pack_use", vid, 0, "the row is not of the form in which it was written");
		return E_OK;
	}
	struct seen_use u = { .known_from = stmt_get_int(st, 6),
			      .idx = stmt_get_int(st, 7),
			      .known_to = stmt_get_int(st, 8) };
	u.row = (struct use_row){ .vid = vid,
				  .pack = keep(a, stmt_get_text(st, 1)),
				  .version = keep(a, stmt_get_text(st, 2)) };
	u.row.applies_to = keep(a, stmt_get_text(st, 3));
	u.row.hash = keep(a, stmt_get_text(st, 4));
	u.row.path = keep(a, stmt_get_text(st, 5));
	u.salt = keep(a, stmt_get_text(st, 9));
	buf_add(&k->uses, &u, sizeof(u));
	map_set(k->files, u.row.hash, 1);
	struct hash leaf = use_leaf(&u.row, u.salt.p);
	return audit_row(k->audit, k->leaves, "pack_use", vid, u.known_from, u.idx, &leaf);
}

static enum err read_uses(struct checking *k)
{
	struct stmt *st = NULL;
	bool row = false;
	int64_t expected = 0;
	TRY(store_stmt(k->audit->store,
		       "SELECT vid, pack, version, applies_to, hash, path, known_from, idx, known_to, salt FROM "
		       "pack_use ORDER BY vid",
		       &st));
	TRY(stmt_step(st, &row));
	while (row) {
		TRY(read_use(k, st, ++expected));
		TRY(stmt_step(st, &row));
	}
	return E_OK;
}

/* A use ends where the same pack was loaded next. */
static void check_ends(struct checking *k)
{
	const struct seen_use *u = (const struct seen_use *)(const void *)k->uses.p;
	size_t n = k->uses.n / sizeof(*u);
	CLEANUP(map_free_p) struct map *next = map_new(), *end = map_new();
	for (size_t i = n; i-- > 0;) {
		int64_t later = 0, ends = 0;
		bool known = map_get(next, u[i].row.pack, &later);
		if (known && later != u[i].known_from)
			map_set(end, u[i].row.pack, later);
		map_set(next, u[i].row.pack, u[i].known_from);
		if (i + 1 < n && u[i].known_from > u[i + 1].known_from)
			finding_add(k->audit->findings, "pack_use", u[i].row.vid, u[i].known_from,
				    "the row's entry comes after that of a later row");
		if (!map_get(end, u[i].row.pack, &ends))
			ends = 0;
		if (ends != u[i].known_to)
			finding_add(k->audit->findings, "pack_use", u[i].row.vid, u[i].known_from,
				    "known_to is not the entry that loaded the next version of the pack");
	}
}

/* ---- files ---- */
static void check_file(struct checking *k, struct stmt *st)
{
	CLEANUP(buf_release) struct buf hex = BUF_INIT;
	struct findings *f = k->audit->findings;
	struct str key = stmt_get_text(st, 0), bytes = stmt_get_text(st, 1);
	struct hash real = sha256(bytes.p, bytes.n);
	int64_t used = 0;
	hex_add(&hex, key.p, key.n < HASH_SIZE ? key.n : HASH_SIZE);
	if (!types_are(st, "bb") || key.n != HASH_SIZE || memcmp(key.p, real.b, HASH_SIZE) != 0)
		finding_add(f, "pack_file", 0, 0, "the bytes of the file %s are not those that were loaded",
			    buf_str(&hex));
	else if (!map_get(k->files, key, &used))
		finding_add(f, "pack_file", 0, 0, "no pack ever loaded brought the file %s", buf_str(&hex));
	else
		map_set(k->files, key, 2);
}

static enum err check_files(struct checking *k)
{
	struct stmt *st = NULL;
	bool row = false;
	TRY(store_stmt(k->audit->store, "SELECT hash, bytes FROM pack_file", &st));
	TRY(stmt_step(st, &row));
	while (row) {
		check_file(k, st);
		TRY(stmt_step(st, &row));
	}
	const struct seen_use *u = (const struct seen_use *)(const void *)k->uses.p;
	for (size_t i = 0; i < k->uses.n / sizeof(*u); i++) {
		int64_t seen = 0;
		if (map_get(k->files, u[i].row.hash, &seen) && seen != 2)
			finding_add(k->audit->findings, "pack_file", 0, u[i].known_from,
				    "the bytes of %.*s of the pack %.*s are gone", (int)u[i].row.path.n,
				    u[i].row.path.p, (int)u[i].row.pack.n, u[i].row.pack.p);
	}
	return E_OK;
}

/* ---- codes ---- */
struct expected {
	struct arena *arena;
	struct buf list; /* of struct expected_code */
};
struct expected_code {
	struct str of, code;
};

static enum err expect(void *arg, int64_t number, struct str of, struct str code)
{
	struct expected *x = arg;
	struct expected_code c = { keep(x->arena, of), keep(x->arena, code) };
	(void)number;
	buf_add(&x->list, &c, sizeof(c));
	return E_OK;
}

static enum err issue_use(struct checking *k, struct issue *issue, const struct seen_use *u)
{
	struct stmt *st = NULL;
	bool row = false;
	TRY(store_stmt(k->audit->store, "SELECT bytes FROM pack_file WHERE hash = ?", &st));
	stmt_blob(st, 1, u->row.hash.p, u->row.hash.n);
	TRY(stmt_step(st, &row));
	if (!row)
		return E_OK;
	enum err e = issue_file(issue, u->row.path.p, stmt_get_text(st, 0));
	stmt_reset(st);
	return e;
}

static enum err compare_codes(struct checking *k, const struct expected *x)
{
	const struct expected_code *list = (const struct expected_code *)(const void *)x->list.p;
	struct findings *f = k->audit->findings;
	int64_t n = (int64_t)(x->list.n / sizeof(*list)), expected = 0;
	struct stmt *st = NULL;
	bool row = false;
	TRY(store_stmt(k->audit->store, "SELECT id, of, code FROM pack_code ORDER BY id", &st));
	TRY(stmt_step(st, &row));
	while (row) {
		int64_t id = stmt_get_int(st, 0);
		if (!types_are(st, "itt") || id < 1 || id > n)
			finding_add(f, "pack_code", id, 0, "no pack brought a code of this number");
		else if (!str_eq(list[id - 1].of, stmt_get_text(st, 1)) ||
			 !str_eq(list[id - 1].code, stmt_get_text(st, 2)))
			finding_add(f, "pack_code", id, 0, "the code is not the one that the packs give this number");
		expected++;
		TRY(stmt_step(st, &row));
	}
	if (expected != n)
		finding_add(f, "pack_code", 0, 0, "%lld codes are kept, the packs loaded bring %lld",
			    (long long)expected, (long long)n);
	return E_OK;
}

static enum err check_codes(struct checking *k)
{
	struct expected x = { .arena = &k->arena };
	struct issue issue;
	issue_init(&issue, expect, &x);
	const struct seen_use *u = (const struct seen_use *)(const void *)k->uses.p;
	enum err e = E_OK;
	for (size_t i = 0; i < k->uses.n / sizeof(*u) && e == E_OK; i++)
		e = issue_use(k, &issue, &u[i]);
	if (e == E_OK)
		e = compare_codes(k, &x);
	issue_release(&issue);
	buf_release(&x.list);
	return e;
}

static enum err check_all(struct checking *k)
{
	TRY(read_uses(k));
	check_ends(k);
	TRY(check_files(k));
	return check_codes(k);
}

enum err pack_audit(struct ctx *c, struct audit *a)
{
	struct checking k = { .audit = a, .files = map_new() };
	(void)c;
	arena_init(&k.arena);
	enum err e = leaves_open(a->store, &k.leaves);
	if (e == E_OK)
		e = check_all(&k);
	if (k.leaves)
		leaves_close(k.leaves);
	map_free(k.files);
	buf_release(&k.uses);
	arena_release(&k.arena);
	return e;
}
