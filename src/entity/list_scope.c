/* list_scope.c - where a record stands for a reader. */
#include "base/buf.h"
#include "entity/list_inside.h"

int projection_column(const struct projection *p, const char *name)
{
	for (int i = 0; i < p->ncolumns; i++)
		if (text_is(p->columns[i].name, name))
			return i;
	return -1;
}

const struct projection *projection_of(const struct registry *r, const struct entity *e)
{
	for (size_t i = 0; r->projections && r->projections[i]; i++)
		if (r->projections[i]->of == e)
			return r->projections[i];
	return NULL;
}

int projection_scope(const struct projection *p)
{
	for (int i = 0; p && i < p->ncolumns; i++)
		if (p->columns[i].scope)
			return i;
	return -1;
}

/* Two columns of one row; what holds nothing is `otherwise`. */
static enum err two_of(struct ctx *c, const struct projection *p, int first, int second, int64_t id, int64_t otherwise,
		       struct order_range *ret)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	bool row;
	buf_printf(&sql, "SELECT %s, %s FROM %s WHERE id = ?", list_column(p, first), list_column(p, second), p->name);
	TRY(store_stmt(c->store, buf_str(&sql), &st));
	stmt_int(st, 1, id);
	TRY(stmt_step(st, &row));
	if (!row)
		return E_MISSING;
	ret->low = stmt_is_null(st, 0) ? otherwise : stmt_get_int(st, 0);
	ret->high = stmt_is_null(st, 1) ? otherwise : stmt_get_int(st, 1);
	stmt_reset(st);
	return E_OK;
}

enum err scope_of(struct ctx *c, const struct entity *e, int64_t key, bool *ret_scoped, int64_t *ret_order)
{
	const struct projection *p = projection_of(c->registry, e->owner ? e->owner : e);
	int column = projection_scope(p);
	struct order_range at;
	*ret_scoped = column >= 0;
	*ret_order = WHO_NOWHERE;
	if (column < 0)
		return E_OK;
	TRY(two_of(c, p, column, column, key, WHO_NOWHERE, &at));
	*ret_order = at.low;
	return E_OK;
}

enum err tree_range(struct ctx *c, const struct entity *e, int64_t id, struct order_range *ret)
{
	const struct projection *p = projection_of(c->registry, e);
	int order = -1, last = -1;
	for (int i = 0; p && i < p->ncolumns; i++) {
		if (p->columns[i].last)
			last = i;
		else if (p->columns[i].order)
			order = i;
	}
	if (order < 0 || last < 0)
		bug("%s is no tree with numbers", e->name);
	struct order_range range;
	TRY(two_of(c, p, order, last, id, 0, &range));
	if (range.low == 0)
		return E_MISSING;
	*ret = range;
	return E_OK;
}
