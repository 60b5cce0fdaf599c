/* listing_rows.c - one page of a list: from what holds today, else record by record. */
#include "entity/read.h"
#include "face/inside.h"
#include "face/listing.h"

/* ---- things of which a row of today is kept ---- */
static struct list_ask question(const struct listing *l, size_t limit)
{
	return (struct list_ask){ .of = l->of,
				  .where = l->where,
				  .nwhere = l->nwhere,
				  .sort = l->sort,
				  .down = l->down,
				  .after = l->after,
				  .limit = limit };
}

static struct list_key key_of(const struct listing *l, const struct list_row *row)
{
	struct list_key k = { .id = row->id };
	if (l->sort == LIST_CODE) {
		k.text = row->code;
	} else if (l->sort == LIST_ID) {
		k.number = row->id;
	} else {
		const struct value *v = &row->v[l->sort];
		k.empty = !v->set;
		k.text = v->t;
		k.number = v->i;
	}
	return k;
}

static enum err from_projection(struct request *q, const struct listing *l, size_t limit, bool count,
				struct listing_page *ret)
{
	struct list_ask ask = question(l, limit);
	struct list_row *rows;
	TRY(list_rows(q->c, &ask, &rows, &ret->n, &ret->more));
	ret->rows = ARENA_ARRAY(q->arena, struct listed, ret->n + 1);
	for (size_t i = 0; i < ret->n; i++)
		ret->rows[i] = (struct listed){ .id = rows[i].id, .key = rows[i].code, .v = rows[i].v };
	if (ret->more && ret->n)
		ret->next = key_of(l, &rows[ret->n - 1]);
	if (count)
		TRY(list_count(q->c, &ask, ret->at_most, &ret->total));
	return E_OK;
}

/* ---- few things: read, sorted and cut here ---- */
struct few {
	struct listed row;
	struct str order; /* folded; empty last */
};

static bool fits(const struct listing *l, const struct record *r)
{
	for (size_t i = 0; i < l->nwhere; i++) {
		const struct list_where *w = &l->where[i];
		if (w->column >= 0 &&
		    (!r->v[w->column].set || r->v[w->column].i < w->low || r->v[w->column].i > w->high))
			return false;
		bool found = w->column != LIST_ID;
		for (size_t k = 0; k < w->nany && !found; k++)
			found = w->any[k] == r->id;
		if (!found)
			return false;
	}
	return true;
}

/* What orders a row: what people read, so that a reference stands where its name belongs. */
static struct str order_of(struct request *q, const struct listing *l, const struct record *r, struct str key)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	if (l->sort < 0)
		return text_fold(q->arena, key);
	const struct listing_column *k = &l->columns[l->sort];
	const struct value *v = &r->v[k->source];
	if (!v->set)
		return (struct str){ 0 };
	if (k->field->type == T_REF || k->field->type == T_PERSON)
		return text_fold(q->arena, part_record_name(q, k->field->ref, v->i));
	if (TYPE_IS_NUMBER(k->field->type)) {
		buf_printf(&b, "%020lld", (long long)v->i);
		return text_of(q, &b);
	}
	value_text(q->c, k->field, v, &b);
	return text_fold(q->arena, (struct str){ b.p, b.n });
}

static int compare(const void *x, const void *y)
{
	const struct few *a = x, *b = y;
	if (!a->order.n != !b->order.n)
		return a->order.n ? -1 : 1;
	int by = str_cmp(a->order, b->order);
	return by ? by : a->row.id < b->row.id ? -1 : a->row.id > b->row.id;
}

static enum err read_few(struct request *q, const struct listing *l, struct few **ret, size_t *ret_n, bool *ret_all)
{
	struct cursor *k CLEANUP(cursor_close_p) = NULL;
	struct query query = { .entity = l->e, .at = AS_OF_NOW, .extent = HOLDING };
	const struct record *r;
	size_t n = 0;
	struct few *list = ARENA_ARRAY(q->arena, struct few, LISTING_SMALL);
	TRY(cursor_open(q->c, &query, &k));
	*ret_all = true;
	for (;;) {
		TRY(cursor_next(k, &r));
		if (!r)
			break;
		if (!fits(l, r))
			continue;
		if (n == LISTING_SMALL) {
			*ret_all = false;
			break;
		}
		struct record *mine = record_copy(q->arena, r);
		struct str key = mine->code;
		if (l->e->alias)
			TRY(key_text(q->c, l->e, r->id, 0, &key));
		list[n].row = (struct listed){ .id = r->id, .key = key, .v = mine->v, .r = mine };
		list[n].order = order_of(q, l, mine, key);
		n++;
	}
	qsort(list, n, sizeof(*list), compare);
	*ret = list;
	*ret_n = n;
	return E_OK;
}

static void turn(struct few *list, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct few x = list[i];
		list[i] = list[n - 1 - i];
		list[n - 1 - i] = x;
	}
}

static enum err from_records(struct request *q, const struct listing *l, size_t limit, struct listing_page *ret)
{
	struct few *list;
	size_t n, from = 0;
	bool all;
	TRY(read_few(q, l, &list, &n, &all));
	if (l->down)
		turn(list, n);
	for (size_t i = 0; l->after.id && i < n; i++)
		if (list[i].row.id == l->after.id)
			from = i + 1;
	ret->n = n - from < limit ? n - from : limit;
	ret->rows = ARENA_ARRAY(q->arena, struct listed, ret->n + 1);
	for (size_t i = 0; i < ret->n; i++)
		ret->rows[i] = list[from + i].row;
	ret->more = from + ret->n < n;
	ret->next = (struct list_key){ .id = ret->n ? ret->rows[ret->n - 1].id : 0 };
	ret->total = all ? (int64_t)n : LISTING_SMALL + 1;
	ret->at_most = LISTING_SMALL;
	return E_OK;
}

/* ---- facts: those of a page of owners ---- */
static enum err facts_of(struct request *q, const struct listing *l, const struct list_row *owner,
			 struct listing_page *ret, size_t *cap)
{
	struct query query = { .entity = l->e,
			       .owner = owner->id,
			       .at = AS_OF_NOW,
			       .extent = l->all                 ? BELIEVED
					 : l->e->kind == SERIES ? HOLDING
								: BEGUN };
	struct record **rows;
	size_t n;
	TRY(read_all(q->c, &query, &rows, &n));
	if (ret->n + n > *cap) {
		struct listed *more = ARENA_ARRAY(q->arena, struct listed, *cap = 2 * (ret->n + n));
		if (ret->n)
			memcpy(more, ret->rows, ret->n * sizeof(*more));
		ret->rows = more;
	}
	for (size_t i = 0; i < n; i++)
		ret->rows[ret->n++] =
			(struct listed){ .id = rows[i]->owner, .key = owner->code, .v = rows[i]->v, .r = rows[i] };
	return E_OK;
}

static enum err from_owners(struct request *q, const struct listing *l, size_t limit, bool count,
			    struct listing_page *ret)
{
	struct list_ask ask = question(l, limit);
	struct list_row *owners;
	size_t n, cap = 0;
	TRY(list_rows(q->c, &ask, &owners, &n, &ret->more));
	for (size_t i = 0; i < n; i++)
		TRY(facts_of(q, l, &owners[i], ret, &cap));
	if (ret->more && n)
		ret->next = key_of(l, &owners[n - 1]);
	if (count)
		TRY(list_count(q->c, &ask, ret->at_most, &ret->total));
	return E_OK;
}

enum err listing_page(struct request *q, const struct listing *l, size_t limit, bool count, struct listing_page *ret)
{
	*ret = (struct listing_page){ .at_most = LISTING_COUNTED };
	if (l->nothing)
		return E_OK;
	if (l->e->owner && l->of)
		return from_owners(q, l, limit, count, ret);
	if (l->e->owner) {
		TRY(facts_of(q, l, &(struct list_row){ .id = 0 }, ret, &(size_t){ 0 }));
		ret->total = (int64_t)ret->n;
		return E_OK;
	}
	if (l->of)
		return from_projection(q, l, limit, count, ret);
	return from_records(q, l, limit, ret);
}

void listing_cell(struct request *q, const struct listing *l, const struct listed *row, size_t column)
{
	const struct listing_column *k = &l->columns[column];
	const struct value *v = &row->v[k->source];
	bool number = TYPE_IS_NUMBER(k->field->type) && !(k->field->flags & YEAR_END);
	cell_begin(q, number);
	part_value(q, k->field, v, false);
	cell_end(q);
}
