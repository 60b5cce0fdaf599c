/* list_drive.c - whether a page walks its order and filters, or takes the rows of one filter and sorts them.
 *
 * Walking looks at limit * all / matching rows, sorting at the matching ones: a filter that lets fewer through than the
 * root of limit * all leads. A row that is sorted costs about three that are walked past in an index. SQLite is told
 * the way; PostgreSQL knows how values are spread and looks for itself, but keeps one plan a text, so that the text
 * says it.
 */
#include "entity/list_inside.h"

#define SORTED_COSTS 3
#define FRESH 128 /* uses of an estimate: it only chooses a way, so an old one is only slower */

static uint64_t mix(uint64_t h, const void *p, size_t n)
{
	const unsigned char *b = p;
	for (size_t i = 0; i < n; i++)
		h = (h ^ b[i]) * UINT64_C(0x100000001B3);
	return h;
}

static uint64_t mix_int(uint64_t h, int64_t n)
{
	return mix(h, &n, sizeof n);
}

static uint64_t hash_of(const struct projection *p, const struct list_where *w, int64_t most)
{
	uint64_t h = mix_int(mix_int(UINT64_C(0xCBF29CE484222325), (int64_t)(intptr_t)p), most);
	if (!w)
		return h;
	h = mix_int(mix_int(mix_int(mix_int(h, w->column), w->how), w->low), w->high);
	if (w->how == LIST_RANGES)
		h = mix(h, w->ranges, w->nranges * sizeof *w->ranges);
	else if (w->how == LIST_ANY)
		h = mix(h, w->any, w->nany * sizeof *w->any);
	else if (w->how == LIST_BEGINS)
		h = mix(h, w->begins.p, w->begins.n);
	return h;
}

/* True: *ret->n still does. */
static bool is_fresh(struct ctx *c, const struct projection *p, uint64_t hash, struct estimate **ret)
{
	struct estimate *e = &lists_of(c)->estimates[hash % COUNT(lists_of(c)->estimates)];
	*ret = e;
	if (e->of == p && e->hash == hash && e->uses > 0) {
		e->uses--;
		return true;
	}
	*e = (struct estimate){ .of = p, .hash = hash, .uses = FRESH };
	return false;
}

static enum err step_int(struct stmt *st, int64_t *ret)
{
	bool row;
	TRY(stmt_step(st, &row));
	*ret = row ? stmt_get_int(st, 0) : 0;
	stmt_reset(st);
	return E_OK;
}

static enum err count_all(struct ctx *c, const struct projection *p, int64_t *ret)
{
	struct estimate *e;
	if (!is_fresh(c, p, hash_of(p, NULL, 0), &e)) {
		struct buf sql CLEANUP(buf_release) = BUF_INIT;
		buf_printf(&sql, "SELECT max(id) FROM %s", p->name);
		TRY(store_get_int(c->store, buf_str(&sql), 0, &e->n));
	}
	*ret = e->n;
	return E_OK;
}

static enum err count_filter(struct ctx *c, const struct list_ask *ask, size_t i, int64_t most, int64_t *ret)
{
	const struct list_where *w = &ask->where[i];
	struct estimate *e;
	if (w->column == LIST_ID && w->how == LIST_ANY) { /* what words found */
		*ret = (int64_t)w->nany;
		return E_OK;
	}
	if (!is_fresh(c, ask->of, hash_of(ask->of, w, most), &e)) {
		struct list_text t = { .ask = ask, .part = LIST_ESTIMATING, .drive = (int)i, .limit = most };
		struct stmt *st;
		int next;
		TRY(list_statement(c, &t, &st, &next));
		TRY(step_int(st, &e->n));
	}
	*ret = e->n;
	return E_OK;
}

/* Whether the index begins with these columns (the second may be NULL): "INDEX x ON t (a, b, id)". */
static bool begins_with(const char *index, const char *first, const char *second)
{
	const char *p = strchr(index, '(');
	size_t n = strlen(first);
	if (!p || strncmp(p + 1, first, n) != 0)
		return false;
	p += 1 + n;
	if (*p != ',' && *p != ')')
		return false;
	if (!second)
		return true;
	n = strlen(second);
	return strncmp(p, ", ", 2) == 0 && strncmp(p + 2, second, n) == 0 && (p[2 + n] == ',' || p[2 + n] == ')');
}

static bool has_index(const struct projection *p, int first, const char *second)
{
	if (first == LIST_ID)
		return !second;
	for (size_t i = 0; p->indexes && p->indexes[i]; i++)
		if (begins_with(p->indexes[i], list_column(p, first), second))
			return true;
	return false;
}

static bool is_equal(const struct list_where *w)
{
	return (w->how == LIST_IN && w->low == w->high) || (w->how == LIST_ANY && w->nany == 1) || w->how == LIST_EMPTY;
}

/* One value of the filter, and its index goes on in the order asked for. */
static bool gives_order(const struct list_ask *ask, const struct list_where *w)
{
	return is_equal(w) && has_index(ask->of, w->column, list_column(ask->of, ask->sort));
}

static int64_t root(int64_t n)
{
	int64_t r = 1;
	while (r < n / r)
		r *= 2;
	while (r > 1 && r > n / r)
		r -= (r - n / r + 1) / 2;
	return r;
}

enum err list_drive(struct ctx *c, const struct list_ask *ask, struct list_text *ret)
{
	int64_t all, least, n;
	ret->drive = DRIVE_ORDER;
	ret->sorted = false;
	ret->told = !store_is_postgres(c->store);
	TRY(count_all(c, ask->of, &all));
	int64_t most = root(((int64_t)ask->limit + 1) * (all + 1) / SORTED_COSTS) + 1;
	least = most;
	for (size_t i = 0; i < ask->nwhere; i++) {
		const struct list_where *w = &ask->where[i];
		bool own = w->column == ask->sort;
		if (list_where_all(w) || w->how == LIST_FILLED || !has_index(ask->of, w->column, NULL))
			continue;
		TRY(count_filter(c, ask, i, most, &n));
		if (n < least || (ret->drive == DRIVE_ORDER && least == most && gives_order(ask, w))) {
			least = n;
			ret->drive = own ? DRIVE_ORDER : (int)i;
			ret->sorted = !own && !gives_order(ask, w);
		}
	}
	return E_OK;
}
