/* projection.c - deriving rows of what holds today, in ranges of ids, one source at a time. */
#include "entity/projection.h"

#include "entity/inner.h"
#include "entity/list.h"
#include "entity/plan.h"
#include "entity/projection_inner.h"

#define RANGE 2048 /* of which all cells stay in the processor's cache */

static int64_t key_at(const struct deriving *d, size_t i)
{
	return d->keys ? d->keys[i] : (int64_t)i + 1;
}

/* All keys of one range of ids. */
static enum err derive_range(struct deriving *d, const struct projection *p, size_t from, size_t to)
{
	struct range r CLEANUP(range_release) = { 0 };

	TRY(range_load(d, p, d->keys ? d->keys + from : NULL, key_at(d, from), key_at(d, to - 1), to - from, &r));
	for (size_t i = 0; i < r.n; i++)
		if (r.rows[i].asked)
			TRY(d->use(d, p, &r.rows[i]));
	return E_OK;
}

enum err derive(struct deriving *d, const struct projection *p)
{
	size_t to;

	for (size_t from = 0; from < d->n; from = to) {
		int64_t low = key_at(d, from);
		for (to = from + 1; to < d->n && key_at(d, to) - low < RANGE; to++)
			;
		TRY(derive_range(d, p, from, to));
	}
	then_forget(d);
	return E_OK;
}

/* ---- which rows a write touches ---- */

/* Bits of the columns that come from an entity directly; *ret_then: those that look into it through a reference. */
static uint64_t fed_by(const struct projection *p, const struct entity *e, uint64_t *ret_then)
{
	uint64_t own = 0;

	*ret_then = 0;
	for (int i = 0; i < p->ncolumns; i++) {
		/* With a record come its numbers. */
		if (p->columns[i].from == e || (e == p->of && e->alias && p->columns[i].from == e->alias->series))
			own |= UINT64_C(1) << i;
		if (p->columns[i].then == e)
			*ret_then |= UINT64_C(1) << i;
	}
	return own;
}

static bool is_alias_of(const struct entity *e, const struct entity *of)
{
	return of->alias && of->alias->series == e;
}

enum err projection_most(struct ctx *c, const struct projection *p, size_t *ret)
{
	int64_t most;

	TRY(store_get_int(c->store, plan_of(c, p->of)->max_id, 0, &most));
	*ret = (size_t)most;
	return E_OK;
}

static enum err derive_own(struct ctx *c, const struct projection *p, const struct entity *e, uint64_t own,
			   const int64_t *keys, size_t n)
{
	struct deriving d = { .c = c, .today = c->today, .keys = keys, .n = n, .columns = own };

	d.code = e == p->of || is_alias_of(e, p->of);
	if (own || d.code)
		return projection_run(&d, p);
	return E_OK;
}

static int by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Who refers to one of few records: nobody else's row is concerned. */
static enum err add_referring(struct ctx *c, const struct projected *column, int64_t id, struct ids *to)
{
	const struct plan *plan = plan_of(c, column->from);
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	bool row;

	buf_printf(&sql, "SELECT %s FROM %s WHERE known_to IS NULL AND %s = ?", plan->owner, plan->rows,
		   column->from->fields[column->field].name);
	TRY(store_stmt(c->store, buf_str(&sql), &st));
	stmt_int(st, 1, id);
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		ids_add(to, stmt_get_int(st, 0));
	}
}

static enum err derive_referring(struct ctx *c, const struct projection *p, uint64_t then, const int64_t *keys,
				 size_t n)
{
	struct ids ids CLEANUP(ids_release) = { 0 };
	size_t kept = 0;

	for (int i = 0; i < p->ncolumns; i++) {
		bool again = false;
		for (int k = 0; k < i; k++)
			again |= (then >> k & 1) && p->columns[k].from == p->columns[i].from &&
				 p->columns[k].field == p->columns[i].field;
		for (size_t k = 0; (then >> i & 1) && !again && k < n; k++)
			TRY(add_referring(c, &p->columns[i], keys[k], &ids));
	}
	if (ids.n == 0)
		return E_OK;
	qsort(ids.list, ids.n, sizeof *ids.list, by_number);
	for (size_t i = 0; i < ids.n; i++)
		if (kept == 0 || ids.list[i] != ids.list[kept - 1])
			ids.list[kept++] = ids.list[i];
	struct deriving d = { .c = c, .today = c->today, .keys = ids.list, .n = kept, .columns = then };
	return projection_run(&d, p);
}

/* A change of what rows refer to: of many, every row may be concerned. */
static enum err derive_through(struct ctx *c, const struct projection *p, uint64_t then, const int64_t *keys, size_t n)
{
	struct deriving d = { .c = c, .today = c->today, .columns = then };

	if (n <= DERIVE_FEW)
		return derive_referring(c, p, then, keys, n);
	TRY(projection_most(c, p, &d.n));
	return projection_run(&d, p);
}

static enum err derive_one(struct ctx *c, const struct projection *p, const struct entity *e, const int64_t *keys,
			   size_t n)
{
	uint64_t then, own = fed_by(p, e, &then);

	if (e == p->of || e->owner == p->of)
		TRY(derive_own(c, p, e, own, keys, n));
	return then ? derive_through(c, p, then, keys, n) : E_OK;
}

enum err projection_bulk(struct ctx *c, const struct entity *e, const int64_t *keys, size_t n)
{
	const struct projection *of = n ? projection_of(c->registry, e) : NULL;

	/* Of a tree the numbers first: others take them. */
	if (of) {
		TRY(derive_one(c, of, e, keys, n));
		TRY(projection_number(c, of));
	}
	for (size_t i = 0; n && c->registry->projections && c->registry->projections[i]; i++)
		if (c->registry->projections[i] != of)
			TRY(derive_one(c, c->registry->projections[i], e, keys, n));
	return E_OK;
}

enum err projection_touch(struct ctx *c, const struct entity *e, int64_t key)
{
	return projection_bulk(c, e, &key, 1);
}
