/* unfold.c - the packs that a store keeps, as folders again. */
#include "policy/unfold.h"

#include "policy/packs.h"

#include <errno.h>
#include <sys/stat.h>

static enum err make_folder(const char *path)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return E_OK;
	return FAULT("the folder %s cannot be made: %s; free some space or allow it", path, strerror(errno));
}

/* A path of a pack stays inside its folder; a store may come from anybody. */
static bool lies_inside(const char *path)
{
	for (;;) {
		size_t n = strcspn(path, "/");
		if (n == 0 || (n == 1 && path[0] == '.') || (n == 2 && path[0] == '.' && path[1] == '.'))
			return false;
		if (!path[n])
			return true;
		path += n + 1;
	}
}

/* The folders between `top` and the file. */
static enum err make_way(struct arena *a, const char *top, const char *inside)
{
	for (const char *slash = strchr(inside, '/'); slash; slash = strchr(slash + 1, '/'))
		TRY(make_folder(arena_printf(a, "%s/%.*s", top, (int)(slash - inside), inside)));
	return E_OK;
}

static enum err write_file(const char *path, struct str bytes)
{
	FILE *f = fopen(path, "wb");
	if (!f)
		return FAULT("%s cannot be written: %s; free some space or allow it", path, strerror(errno));
	bool whole = fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
	whole = fclose(f) == 0 && whole;
	return whole ? E_OK : FAULT("%s cannot be written: %s; free some space", path, strerror(errno));
}

static enum err unfold_one(struct ctx *c, const struct pack *p, const char *to)
{
	TRY(make_folder(to));
	for (size_t i = 0; i < p->nfiles; i++) {
		if (!lies_inside(p->files[i].path))
			return FAULT(
				"the rules %s that the store keeps name a file outside their folder; use another store",
				p->name);
		TRY(make_way(c->arena, to, p->files[i].path));
		TRY(write_file(arena_printf(c->arena, "%s/%s", to, p->files[i].path), p->files[i].bytes));
	}
	return E_OK;
}

enum err pack_unfold(struct ctx *c, const struct pack_reader *r, const char *folder, const char *const **ret)
{
	CLEANUP(packs_release) struct packs packs = { 0 };
	TRY(packs_load(c->store, r, 0, &packs));
	const char **paths = ARENA_ARRAY(c->arena, const char *, packs.n + 1);
	for (size_t i = 0; i < packs.n; i++) {
		paths[i] = arena_printf(c->arena, "%s/%zu", folder, i);
		TRY(unfold_one(c, packs.list[i], paths[i]));
	}
	*ret = paths;
	return E_OK;
}
