/* list_text.c - the statement of a question: written once a shape, its values bound. */
#include "base/map.h"
#include "entity/list_inside.h"
#include "entity/schema.h"

const char *list_column(const struct projection *p, int column)
{
	return column == LIST_ID ? "id" : column == LIST_CODE ? "code" : p->columns[column].name;
}

bool list_is_text(const struct projection *p, int column)
{
	return column == LIST_CODE || (column >= 0 && schema_projected(&p->columns[column]) == 't');
}

static bool everything(const struct order_range *r)
{
	return r->low == INT64_MIN && r->high == INT64_MAX;
}

bool list_where_all(const struct list_where *w)
{
	if (w->how == LIST_BEGINS)
		return w->begins.n == 0;
	for (size_t i = 0; w->how == LIST_RANGES && i < w->nranges; i++)
		if (everything(&w->ranges[i]))
			return true;
	return false;
}

bool list_where_none(const struct list_where *w)
{
	switch (w->how) {
	case LIST_IN:
		return w->low > w->high;
	case LIST_RANGES:
		return w->nranges == 0;
	case LIST_ANY:
		return w->nany == 0;
	default:
		return false;
	}
}

/* So many places a filter has: a power of two, so that few shapes serve many questions. */
static size_t places(size_t n)
{
	size_t k = 1;
	while (k < n)
		k *= 2;
	return k;
}

static size_t places_of(const struct list_where *w)
{
	return w->how == LIST_RANGES ? places(w->nranges) : w->how == LIST_ANY ? places(w->nany) : 1;
}

static bool is_one(const struct list_where *w)
{
	return w->how == LIST_IN && w->low == w->high;
}

/* ---- the text ---- */

/* shy: a column that no index may answer for, since list_drive() knows of a better way. */
static void put_name(struct buf *b, const struct projection *p, int column, bool shy)
{
	const char *name = list_column(p, column);
	if (!shy)
		buf_text(b, name);
	else if (list_is_text(p, column))
		buf_printf(b, "(%s || '')", name);
	else
		buf_printf(b, "+%s", name);
}

static void put_ranges(struct buf *b, const struct list_text *t, const struct list_where *w, bool shy)
{
	size_t n = places_of(w);
	for (size_t i = 0; i < n; i++) {
		buf_text(b, i ? " OR " : "(");
		put_name(b, t->ask->of, w->column, shy);
		buf_text(b, " BETWEEN ? AND ?");
	}
	buf_char(b, ')');
}

static void put_any(struct buf *b, const struct list_text *t, const struct list_where *w, bool shy)
{
	size_t n = places_of(w);
	put_name(b, t->ask->of, w->column, shy);
	buf_text(b, n > 1 ? " IN (?" : " = ?");
	for (size_t i = 1; i < n; i++)
		buf_text(b, ", ?");
	buf_text(b, n > 1 ? ")" : "");
}

static void put_where(struct buf *b, const struct list_text *t, const struct list_where *w, bool shy)
{
	if (w->how == LIST_RANGES) {
		put_ranges(b, t, w, shy);
		return;
	}
	if (w->how == LIST_ANY) {
		put_any(b, t, w, shy);
		return;
	}
	put_name(b, t->ask->of, w->column, shy);
	if (w->how == LIST_IN)
		buf_text(b, is_one(w) ? " = ?" : " BETWEEN ? AND ?");
	else if (w->how == LIST_BEGINS) {
		buf_text(b, " >= ? AND ");
		put_name(b, t->ask->of, w->column, shy);
		buf_text(b, " < ?");
	} else {
		buf_text(b, w->how == LIST_EMPTY ? " IS NULL" : " IS NOT NULL");
	}
}

static bool is_rows(const struct list_text *t)
{
	return t->part == LIST_HOLDING || t->part == LIST_LACKING;
}

/* Which filters keep away from their index. */
static bool is_shy(const struct list_text *t, size_t i)
{
	const struct list_where *w = &t->ask->where[i];
	if (!t->told || !is_rows(t) || t->drive == (int)i)
		return false;
	return t->drive != DRIVE_ORDER || w->column != t->ask->sort;
}

static bool is_asked(const struct list_text *t, size_t i)
{
	return !list_where_all(&t->ask->where[i]) && (t->part != LIST_ESTIMATING || t->drive == (int)i);
}

static void put_all_where(struct buf *b, const struct list_text *t)
{
	for (size_t i = 0; i < t->ask->nwhere; i++) {
		if (!is_asked(t, i))
			continue;
		buf_text(b, " AND ");
		put_where(b, t, &t->ask->where[i], is_shy(t, i));
	}
}

static void put_order(struct buf *b, const struct list_text *t)
{
	const struct list_ask *a = t->ask;
	bool sorted = t->sorted && t->told;
	const char *down = a->down ? " DESC" : "";
	bool by_id = a->sort == LIST_ID || t->part == LIST_LACKING;
	if (!by_id) {
		if (t->keyed) {
			buf_text(b, " AND (");
			put_name(b, a->of, a->sort, sorted);
			buf_printf(b, ", id) %s (?, ?)", a->down ? "<" : ">");
		}
		buf_text(b, " ORDER BY ");
		put_name(b, a->of, a->sort, sorted);
		buf_printf(b, "%s, id%s", down, down);
	} else {
		const char *plus = sorted ? "+" : "";
		if (t->keyed)
			buf_printf(b, " AND %sid %s ?", plus, a->down ? "<" : ">");
		buf_printf(b, " ORDER BY %sid%s", plus, down);
	}
}

bool list_reads(const struct list_ask *a, int column)
{
	return a->columns == 0 || column == a->sort || (a->columns >> column & 1);
}

static void put_rows(struct buf *b, const struct list_text *t)
{
	const struct list_ask *a = t->ask;
	buf_text(b, "SELECT id, code");
	for (int i = 0; i < a->of->ncolumns; i++)
		if (list_reads(a, i))
			buf_printf(b, ", %s", a->of->columns[i].name);
	buf_printf(b, " FROM %s WHERE ", a->of->name);
	if (a->sort == LIST_ID)
		buf_text(b, "id IS NOT NULL");
	else
		put_name(b, a->of, a->sort, t->sorted && t->told);
	if (a->sort != LIST_ID)
		buf_text(b, t->part == LIST_LACKING ? " IS NULL" : " IS NOT NULL");
	put_all_where(b, t);
	put_order(b, t);
	buf_printf(b, " LIMIT %lld", (long long)t->limit);
	if (!t->told)
		buf_printf(b, " /* led by %s */",
			   t->drive == DRIVE_ORDER ? "the order" : list_column(a->of, a->where[t->drive].column));
}

static void put_groups(struct buf *b, const struct list_text *t)
{
	const struct projection *p = t->ask->of;
	const char *first = list_column(p, t->first), *second = t->second == -1 ? NULL : list_column(p, t->second);
	const char *comma = second ? ", " : "";
	second = second ? second : "";
	buf_printf(b, "SELECT count(*), %s%s%s FROM %s WHERE 1 = 1", first, comma, second, p->name);
	put_all_where(b, t);
	buf_printf(b, " GROUP BY %s%s%s ORDER BY %s%s%s", first, comma, second, first, comma, second);
}

static void put_text(struct buf *b, const struct list_text *t)
{
	if (is_rows(t)) {
		put_rows(b, t);
	} else if (t->part == LIST_GROUPING) {
		put_groups(b, t);
	} else {
		buf_printf(b, "SELECT count(*) FROM (SELECT 1 FROM %s WHERE 1 = 1", t->ask->of->name);
		put_all_where(b, t);
		buf_printf(b, " LIMIT %lld) x", (long long)t->limit);
	}
}

/* ---- kept by shape ---- */

static void put_shape(struct buf *b, const struct list_text *t)
{
	const struct list_ask *a = t->ask;
	const int64_t head[] = { (int64_t)(intptr_t)a->of,
				 (int64_t)a->columns,
				 a->sort,
				 t->limit,
				 t->part,
				 a->down | t->sorted << 1 | t->keyed << 2 | t->told << 3,
				 t->drive,
				 (int64_t)t->first << 32 | (uint32_t)t->second };
	buf_reset(b);
	buf_add(b, head, sizeof head);
	for (size_t i = 0; i < a->nwhere; i++) {
		const struct list_where *w = &a->where[i];
		const int64_t one[] = { is_asked(t, i) ? w->column : INT64_MIN, (int64_t)w->how << 1 | is_one(w),
					(int64_t)places_of(w) };
		buf_add(b, one, sizeof one);
	}
}

static const char *text_of(struct ctx *c, const struct list_text *t)
{
	struct lists *l = lists_of(c);
	int64_t at;
	put_shape(&l->shape, t);
	struct str shape = { l->shape.p, l->shape.n };
	if (map_get(l->texts, shape, &at))
		return (const char *)(intptr_t)at;
	buf_reset(&l->sql);
	put_text(&l->sql, t);
	const char *text = arena_text(&l->arena, l->sql.p, l->sql.n);
	map_set(l->texts, shape, (int64_t)(intptr_t)text);
	return text;
}

/* ---- values ---- */

static int bind_where(struct ctx *c, struct stmt *st, int at, const struct list_where *w)
{
	size_t n = places_of(w);
	switch (w->how) {
	case LIST_IN:
		stmt_int(st, at++, w->low);
		if (!is_one(w))
			stmt_int(st, at++, w->high);
		return at;
	case LIST_RANGES:
		for (size_t i = 0; i < n; i++) {
			const struct order_range *r = &w->ranges[i < w->nranges ? i : w->nranges - 1];
			stmt_int(st, at++, r->low);
			stmt_int(st, at++, r->high);
		}
		return at;
	case LIST_ANY:
		for (size_t i = 0; i < n; i++)
			stmt_int(st, at++, w->any[i < w->nany ? i : w->nany - 1]);
		return at;
	case LIST_BEGINS:
		stmt_text(st, at++, w->begins);
		stmt_text(st, at++, text_after(c->arena, w->begins));
		return at;
	default:
		return at;
	}
}

enum err list_statement(struct ctx *c, const struct list_text *t, struct stmt **ret, int *ret_next)
{
	int at = 1;
	TRY(store_stmt(c->store, text_of(c, t), ret));
	for (size_t i = 0; i < t->ask->nwhere; i++)
		if (is_asked(t, i))
			at = bind_where(c, *ret, at, &t->ask->where[i]);
	*ret_next = at;
	return E_OK;
}
