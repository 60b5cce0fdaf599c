/* units.c - the tree of one day as arrays. */
#include "entity/scan.h"
#include "modules/organisation/organisation.h"

struct units {
	int64_t greatest;
	int64_t *parent; /* by unit number; -1: not a unit of the day, 0: the top */
	int64_t *order;  /* preorder number; 0: none */
};

static enum err take_unit(void *arg, const struct scanned *r)
{
	struct units *u = arg;
	if (r->owner < 1 || r->owner > u->greatest)
		return E_OK;
	u->parent[r->owner] = r->op != OP_HOLDS ? -1 : r->v[0] == SCAN_NULL ? 0 : r->v[0];
	return E_OK;
}

/* Children by parent and then by code, so that the numbers mean the same in every store. */
struct child {
	int64_t parent, unit;
	struct str code;
};

static int by_parent(const void *a, const void *b)
{
	const struct child *x = a, *y = b;
	if (x->parent != y->parent)
		return x->parent < y->parent ? -1 : 1;
	return str_cmp(x->code, y->code);
}

/* Down to the first child, else to the next sibling, else up; first and place by unit number: where its first child
 * and where it stand itself; n: nowhere. */
static void number_all(struct units *u, const struct child *sorted, size_t n, const size_t *first, const size_t *place)
{
	int64_t next = 1;
	size_t i = first[0];
	while (i < n) {
		const struct child *at = &sorted[i];
		u->order[at->unit] = next++;
		if (first[at->unit] < n) {
			i = first[at->unit];
			continue;
		}
		while (i + 1 == n || sorted[i + 1].parent != sorted[i].parent) {
			if (!sorted[i].parent)
				return;
			i = place[sorted[i].parent];
		}
		i++;
	}
}

static void number_units(struct ctx *c, struct units *u, const struct keys *keys)
{
	size_t count = (size_t)u->greatest + 1, n = 0;
	struct child *sorted = ARENA_ARRAY(c->arena, struct child, count);
	size_t *first = ARENA_ARRAY(c->arena, size_t, count), *place = ARENA_ARRAY(c->arena, size_t, count);
	for (int64_t id = 1; id <= u->greatest; id++)
		if (u->parent[id] >= 0)
			sorted[n++] = (struct child){ u->parent[id], id, keys_text(keys, id) };
	qsort(sorted, n, sizeof *sorted, by_parent);
	for (size_t i = 0; i < count; i++)
		first[i] = place[i] = n;
	for (size_t i = n; i-- > 0;) {
		first[sorted[i].parent] = i;
		place[sorted[i].unit] = i;
	}
	number_all(u, sorted, n, first, place);
}

enum err units_load(struct ctx *c, struct moment at, struct units **ret)
{
	struct units *u = ARENA_NEW(c->arena, struct units);
	TRY(scan_greatest(c, &unit_entity, &u->greatest));
	u->parent = ARENA_ARRAY(c->arena, int64_t, u->greatest + 1);
	u->order = ARENA_ARRAY(c->arena, int64_t, u->greatest + 1);
	for (int64_t i = 0; i <= u->greatest; i++)
		u->parent[i] = -1;
	struct scan s = {
		.entity = &unit_entity, .fields = { UNIT_PARENT }, .nfields = 1, .at = at, .since = DATE_MIN
	};
	TRY(scan_rows(c, &s, take_unit, u));
	struct keys *keys;
	TRY(keys_load(c, &unit_entity, at.position, &keys));
	number_units(c, u, keys);
	keys_free(keys);
	*ret = u;
	return E_OK;
}

int64_t units_parent(const struct units *u, int64_t unit)
{
	return unit >= 1 && unit <= u->greatest && u->parent[unit] > 0 ? u->parent[unit] : 0;
}

bool units_under(const struct units *u, int64_t unit, int64_t top)
{
	for (int64_t steps = 0; unit && steps <= u->greatest; steps++) {
		if (unit == top)
			return unit <= u->greatest && u->parent[unit] >= 0;
		unit = units_parent(u, unit);
	}
	return false;
}

int64_t units_order(const struct units *u, int64_t unit)
{
	return unit >= 1 && unit <= u->greatest ? u->order[unit] : 0;
}

int64_t units_greatest(const struct units *u)
{
	return u->greatest;
}

enum err unit_path(struct ctx *c, int64_t unit, struct moment at, const struct str **ret, size_t *ret_n)
{
	struct units *u;
	TRY(units_load(c, at, &u));
	struct str *path = ARENA_ARRAY(c->arena, struct str, u->greatest + 1);
	size_t n = 0;
	for (; unit && n <= (size_t)u->greatest; unit = units_parent(u, unit))
		TRY(key_text(c, &unit_entity, unit, at.position, &path[n++]));
	*ret = path;
	*ret_n = n;
	return E_OK;
}
