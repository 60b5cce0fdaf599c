/* eras.c - versions of a THING as three flat arrays: where a record's versions begin, from when, and whether it ended.
 */
#include "entity/eras.h"

#include "entity/scan.h"

struct eras {
	int64_t n;       /* records are 1 … n */
	uint32_t *start; /* n + 2 of them: versions of id stand in [start[id], start[id + 1]) */
	date *from, *not_before;
	bool *ended;
	size_t versions, cap;
	int64_t last; /* record of the newest version added */
	bool dated;   /* the declaration has a NOT_BEFORE date */
};

static enum err add_version(void *arg, const struct scanned *r)
{
	struct eras *x = arg;

	if (r->op == OP_WITHDRAWN || r->owner < 1 || r->owner > x->n)
		return E_OK;
	if (x->versions == x->cap) {
		x->cap = x->cap ? x->cap * 2 : 1024;
		x->from = xrealloc(x->from, x->cap * sizeof *x->from);
		x->ended = xrealloc(x->ended, x->cap * sizeof *x->ended);
	}
	while (x->last < r->owner)
		x->start[++x->last] = (uint32_t)x->versions;
	x->from[x->versions] = r->valid_from;
	x->ended[x->versions++] = r->op == OP_ENDS;
	if (x->dated && r->v[0] != SCAN_NULL)
		x->not_before[r->owner] = (date)r->v[0];
	return E_OK;
}

enum err eras_records(struct ctx *c, const struct entity *e, int64_t *ret)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;

	buf_printf(&sql, "SELECT count(*) FROM %s", e->name);
	return store_get_int(c->store, buf_str(&sql), 0, ret);
}

enum err eras_load(struct ctx *c, const struct entity *e, struct eras **ret)
{
	struct scan s = { .entity = e, .at = { .day = DATE_MAX }, .since = DATE_MIN };
	struct eras *x = xcalloc(1, sizeof *x);
	enum err err;

	s.fields[0] = entity_flagged(e, NOT_BEFORE);
	x->dated = s.fields[0] >= 0;
	s.nfields = x->dated;
	err = eras_records(c, e, &x->n);
	if (err == E_OK) {
		x->start = xcalloc((size_t)x->n + 2, sizeof *x->start);
		x->not_before = xmalloc(((size_t)x->n + 1) * sizeof *x->not_before);
		for (int64_t i = 0; i <= x->n; i++)
			x->not_before[i] = DATE_NONE;
		err = scan_rows(c, &s, add_version, x);
	}
	if (err != E_OK) {
		eras_free(x);
		return err;
	}
	while (x->last <= x->n)
		x->start[++x->last] = (uint32_t)x->versions;
	*ret = x;
	return E_OK;
}

void eras_free(struct eras *x)
{
	if (!x)
		return;
	free(x->start);
	free(x->from);
	free(x->not_before);
	free(x->ended);
	free(x);
}

void eras_standing(const struct eras *x, int64_t id, date on, struct standing *ret)
{
	*ret = (struct standing){ .first = DATE_NONE, .not_before = DATE_NONE };
	if (id < 1 || id > x->n)
		return;
	ret->exists = true;
	ret->not_before = x->not_before[id];
	uint32_t from = x->start[id], to = x->start[id + 1];
	if (from == to)
		return;
	ret->first = x->from[from];
	while (to > from && x->from[to - 1] > on)
		to--;
	ret->holds = to > from && !x->ended[to - 1];
}
