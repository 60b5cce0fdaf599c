/* packs.c - the packs that a store keeps, parsed from their bytes; and every version that was ever in use. */
#include "policy/packs.h"

struct use {
	const char *pack;
	struct pack_file file;
};

void packs_release(struct packs *p)
{
	for (size_t i = 0; i < p->n; i++)
		pack_free(p->list[i]);
	free(p->list);
	*p = (struct packs){ 0 };
}

static struct str kept(struct arena *a, struct str s)
{
	return (struct str){ arena_text(a, s.p, s.n), s.n };
}

/* In order of first loading, then of path. */
#define USES                                                                                                           \
	"SELECT u.pack, u.path, f.bytes FROM pack_use u JOIN pack_file f ON f.hash = u.hash "                          \
	"WHERE u.known_from <= ? AND (u.known_to IS NULL OR u.known_to > ?) "                                          \
	"ORDER BY (SELECT MIN(o.vid) FROM pack_use o WHERE o.pack = u.pack), u.path"

static enum err read_uses(struct store *s, int64_t position, struct arena *a, struct buf *out)
{
	struct stmt *st = NULL;
	bool row = false;
	int64_t at = position ? position : INT64_MAX;
	TRY(store_stmt(s, USES, &st));
	stmt_int(st, 1, at);
	stmt_int(st, 2, at);
	TRY(stmt_step(st, &row));
	while (row) {
		struct use u = { .pack = kept(a, stmt_get_text(st, 0)).p };
		u.file.path = kept(a, stmt_get_text(st, 1)).p;
		u.file.bytes = kept(a, stmt_get_text(st, 2));
		buf_add(out, &u, sizeof(u));
		TRY(stmt_step(st, &row));
	}
	return E_OK;
}

static enum err parse_one(const struct use *uses, size_t n, const struct pack_reader *r, struct arena *a,
			  struct pack **ret)
{
	CLEANUP(problems_release) struct problems p = PROBLEMS_INIT;
	CLEANUP(buf_release) struct buf first = BUF_INIT;
	struct pack_file *files = ARENA_ARRAY(a, struct pack_file, n);
	for (size_t i = 0; i < n; i++)
		files[i] = uses[i].file;
	if (pack_parse(uses->pack, files, n, r, true, &p, ret) == E_OK)
		return E_OK;
	if (p.kept)
		problem_print(&p.list[0], &first);
	return FAULT("the rules %s that the store keeps cannot be read by this program (%s); use the program that "
		     "loaded them",
		     uses->pack, buf_str(&first));
}

static enum err parse_all(const struct use *uses, size_t n, const struct pack_reader *r, struct arena *a,
			  struct packs *ret)
{
	ret->list = xcalloc(n + 1, sizeof(*ret->list));
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && text_is(uses[to].pack, uses[from].pack);)
			to++;
		TRY(parse_one(uses + from, to - from, r, a, &ret->list[ret->n]));
		ret->n++;
	}
	return E_OK;
}

enum err packs_load(struct store *s, const struct pack_reader *r, int64_t position, struct packs *ret)
{
	CLEANUP(arena_release) struct arena a = ARENA_INIT;
	CLEANUP(buf_release) struct buf uses = BUF_INIT;
	CLEANUP(packs_release) struct packs packs = { 0 };
	TRY(read_uses(s, position, &a, &uses));
	TRY(parse_all((const struct use *)(const void *)uses.p, uses.n / sizeof(struct use), r, &a, &packs));
	*ret = packs;
	packs = (struct packs){ 0 };
	return E_OK;
}

/* A pack's files in use are closed together, so one pair of entries is one version. */
enum err packs_versions(struct store *s, struct arena *a, struct pack_version **ret, size_t *ret_n)
{
	CLEANUP(buf_release) struct buf list = BUF_INIT;
	struct stmt *st = NULL;
	bool row = false;
	TRY(store_stmt(s,
		       "SELECT pack, version, known_from, known_to FROM pack_use "
		       "GROUP BY pack, version, known_from, known_to ORDER BY known_from DESC, pack",
		       &st));
	TRY(stmt_step(st, &row));
	while (row) {
		struct pack_version v = { kept(a, stmt_get_text(st, 0)), kept(a, stmt_get_text(st, 1)),
					  stmt_get_int(st, 2), stmt_get_int(st, 3) };
		buf_add(&list, &v, sizeof(v));
		TRY(stmt_step(st, &row));
	}
	*ret_n = list.n / sizeof(struct pack_version);
	*ret = ARENA_ARRAY(a, struct pack_version, *ret_n + 1);
	if (list.n)
		memcpy(*ret, list.p, list.n);
	return E_OK;
}
