/* units.c - the tree of one day as arrays. */
#include "entity/scan.h"
#include "modules/organisation/organisation.h"

struct units {
	int64_t greatest;
	int64_t *parent; /* by unit number; -1: not a unit of the day, 0: the top */
};

static enum err take_unit(void *arg, const struct scanned *r)
{
	struct units *u = arg;
	if (r->owner < 1 || r->owner > u->greatest)
		return E_OK;
	u->parent[r->owner] = r->op != OP_HOLDS ? -1 : r->v[0] == SCAN_NULL ? 0 : r->v[0];
	return E_OK;
}

enum err units_load(struct ctx *c, struct moment at, struct units **ret)
{
	struct units *u = ARENA_NEW(c->arena, struct units);
	TRY(scan_greatest(c, &unit_entity, &u->greatest));
	u->parent = ARENA_ARRAY(c->arena, int64_t, u->greatest + 1);
	for (int64_t i = 0; i <= u->greatest; i++)
		u->parent[i] = -1;
	struct scan s = {
		.entity = &unit_entity, .fields = { UNIT_PARENT }, .nfields = 1, .at = at, .since = DATE_MIN
	};
	TRY(scan_rows(c, &s, take_unit, u));
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

int64_t units_greatest(const struct units *u)
{
	return u->greatest;
}

#define DEEPEST 200 /* units above each other; a circle is refused when it is entered */

/* Step by step upwards: a page asks for one path, not for thousands of units. */
enum err unit_path(struct ctx *c, int64_t unit, struct moment at, const struct str **ret, size_t *ret_n)
{
	struct str *path = ARENA_ARRAY(c->arena, struct str, DEEPEST);
	size_t n = 0;
	while (unit && n < DEEPEST) {
		struct record *r;
		enum err e = read_thing(c, &unit_entity, unit, at, &r);
		if (e == E_MISSING) { /* not at that moment: it has a code, and nothing above it */
			TRY(key_text(c, &unit_entity, unit, at.position, &path[n++]));
			break;
		}
		TRY(e);
		path[n++] = r->code;
		unit = record_get(r, UNIT_PARENT, 0);
	}
	*ret = path;
	*ret_n = n;
	return E_OK;
}

enum err unit_above(struct ctx *c, int64_t unit, int64_t top, struct moment at, bool *ret)
{
	*ret = false;
	for (int steps = 0; unit && steps < DEEPEST && !*ret; steps++) {
		struct record *r;
		enum err e = read_thing(c, &unit_entity, unit, at, &r);
		if (e == E_MISSING)
			return E_OK;
		TRY(e);
		*ret = unit == top;
		unit = record_get(r, UNIT_PARENT, 0);
	}
	return E_OK;
}
