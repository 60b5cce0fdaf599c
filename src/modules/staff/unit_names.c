/* unit_names.c - the names of all units in memory, so that a list of people asks nobody for them. */
#include "entity/change.h"
#include "modules/staff/staff_page.h"

struct names {
	struct str *v;
	int64_t n;
};

static void grow(struct kept *k, struct names *x, int64_t id)
{
	int64_t n = id < 2 * x->n ? 2 * x->n : id + 256;
	struct str *v = ARENA_ARRAY(&k->arena, struct str, n);
	if (x->n)
		memcpy(v, x->v, (size_t)x->n * sizeof *v);
	x->v = v;
	x->n = n;
}

static enum err make(struct ctx *c, struct kept *k)
{
	struct names *x = k->what = ARENA_NEW(&k->arena, struct names);
	struct query all = { .entity = &unit_entity, .at = { c->today, 0 }, .extent = HOLDING };
	struct cursor *rows CLEANUP(cursor_close_p) = NULL;
	const struct record *r;
	TRY(cursor_open(c, &all, &rows));
	for (;;) {
		TRY(cursor_next(rows, &r));
		if (!r)
			return E_OK;
		if (r->id >= x->n)
			grow(k, x, r->id);
		struct str name = r->v[UNIT_NAME].t;
		x->v[r->id] = (struct str){ arena_text(&k->arena, name.p, name.n), name.n };
	}
}

static const struct entity *const sources[] = { &unit_entity, NULL };
static struct keeper keeper = KEEPER(make, sources, NULL);

enum err unit_names_get(struct ctx *c, struct kept **ret)
{
	return keep_get(c, &keeper, true, ret);
}

struct str unit_name(const struct kept *names, int64_t unit)
{
	const struct names *x = names->what;
	return unit >= 1 && unit < x->n ? x->v[unit] : (struct str){ 0 };
}

/* Of several that fit, the one of exactly that name. */
static enum err exact(struct ctx *c, struct str text, const int64_t *ids, size_t n, int64_t *ret)
{
	struct str wanted = text_fold(c->arena, text);
	struct kept *names CLEANUP(keep_let_go) = NULL;
	size_t fit = 0;
	TRY(unit_names_get(c, &names));
	for (size_t i = 0; i < n; i++)
		if (str_eq(text_fold(c->arena, unit_name(names, ids[i])), wanted)) {
			*ret = ids[i];
			fit++;
		}
	return fit == 1 ? E_OK : E_MISSING;
}

enum err unit_names_find(struct ctx *c, struct str text, int64_t *ret)
{
	int64_t ids[50];
	size_t n;
	enum err e = key_find(c, &unit_entity, text, ret);
	if (e != E_MISSING)
		return e;
	TRY(search(c, &unit_entity, text, ids, COUNT(ids), &n));
	if (n != 1)
		return exact(c, text, ids, n, ret);
	*ret = ids[0];
	return E_OK;
}
