/* listing.c - what the address of a list asks for: columns from the declaration, filters, reach, order. */
#include "face/listing.h"

#include "entity/change.h"
#include "entity/type.h"
#include "face/inside.h"

#define FOUND 1000 /* records that words may find; more words find fewer */

/* ---- columns ---- */
static const struct field *field_of(const struct projected *p)
{
	if (!p->from || p->folded || p->order || p->last || p->compute)
		return NULL;
	if (p->then)
		return &p->then->fields[p->then_field];
	return p->field >= 0 ? &p->from->fields[p->field] : NULL;
}

static bool same_source(const struct projected *a, const struct projected *b)
{
	return a->from == b->from && a->field == b->field && a->then == b->then &&
	       (!a->then || a->then_field == b->then_field);
}

/* Another column made of the same value: its folded text, or its number in the tree. */
static int sibling(const struct projection *p, int of, bool folded)
{
	for (int i = 0; i < p->ncolumns; i++)
		if (same_source(&p->columns[i], &p->columns[of]) &&
		    (folded ? p->columns[i].folded : p->columns[i].order))
			return i;
	return -1;
}

static bool indexed(const struct projection *p, int column)
{
	const char *name = column >= 0 ? p->columns[column].name : NULL;
	for (size_t i = 0; name && p->indexes && p->indexes[i]; i++) {
		const char *at = strchr(p->indexes[i], '(');
		size_t n = strlen(name);
		if (at && strncmp(at + 1, name, n) == 0 && (at[n + 1] == ',' || at[n + 1] == ')'))
			return true;
	}
	return false;
}

static void add_column(struct listing *l, struct listing_column c)
{
	if (l->ncolumns < LISTING_COLUMNS)
		l->columns[l->ncolumns++] = c;
}

/* The thing's own name comes first, drawn with its link; it is told by having that name. */
static bool names_it(const struct entity *e, const struct field *f)
{
	return f >= e->fields && f < e->fields + e->nfields && (text_is(f->name, "name") || text_is(f->name, "title"));
}

static void projected_columns(struct listing *l)
{
	const struct projection *p = l->of;
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < p->ncolumns; i++) {
			const struct field *f = field_of(&p->columns[i]);
			if (!f || (f->flags & (CONFIDENTIAL | RETIRED)) || names_it(l->e, f) != (pass == 0))
				continue;
			int folded = sibling(p, i, true), by = folded >= 0 ? folded : i;
			add_column(l, (struct listing_column){ .field = f,
							       .label = f->label,
							       .name = p->columns[i].name,
							       .source = i,
							       .sort = indexed(p, by) ? by : LISTING_UNSORTED,
							       .within = sibling(p, i, false) });
		}
}

static void field_columns(struct listing *l)
{
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < l->e->nfields; i++) {
			const struct field *f = &l->e->fields[i];
			if (!(f->flags & LISTED) || (f->flags & (CONFIDENTIAL | RETIRED)) ||
			    names_it(l->e, f) != (pass == 0) || (i == 0 && l->e->kind == THING && !l->e->alias))
				continue;
			add_column(l, (struct listing_column){ .field = f,
							       .label = f->label,
							       .name = f->name,
							       .source = i,
							       .sort = i,
							       .within = -1 });
		}
}

void listing_columns(const struct registry *r, const struct entity *e, struct listing *ret)
{
	*ret = (struct listing){ .e = e, .of = projection_of(r, e->owner ? e->owner : e) };
	if (ret->of && !e->owner)
		projected_columns(ret);
	else
		field_columns(ret);
}

/* ---- filters ---- */
static void add(struct listing *l, struct list_where w)
{
	l->where[l->nwhere++] = w;
}

static void within_reach(struct request *q, struct listing *l)
{
	right_t right = face_right(l->e);
	int scope = l->of ? projection_scope(l->of) : -1;
	if (scope < 0 || !right || who_everywhere(q->who, right))
		return;
	add(l, (struct list_where){ .column = scope,
				    .how = LIST_RANGES,
				    .ranges = l->reach,
				    .nranges = who_ranges(q->who, right, l->reach, LISTING_RANGES) });
}

/* A choice or a key; texts and amounts are found by words and by order instead. */
bool listing_filters(const struct field *f)
{
	return f->type == T_PACK || f->type == T_ENUM || f->type == T_BOOL || f->type == T_REF || f->type == T_PERSON;
}

static enum err filter_value(struct request *q, struct listing *l, size_t i, struct str typed)
{
	const struct listing_column *k = &l->columns[i];
	struct value v = { 0 };
	struct problems *p = q->c->problems;
	l->filtered = true;
	if (!value_parse(q->c, k->field, typed, q->c->today, &v, p, NULL, 0) || !v.set) {
		l->nothing = true;
		return E_OK;
	}
	if (k->within >= 0) {
		enum err e = tree_range(q->c, k->field->ref, v.i, &l->subtree[i]);
		if (e != E_OK && e != E_MISSING)
			return e;
		l->nothing = l->nothing || e == E_MISSING;
		add(l, (struct list_where){ .column = k->within,
					    .how = LIST_IN,
					    .low = l->subtree[i].low,
					    .high = l->subtree[i].high });
		return E_OK;
	}
	l->one[i] = v.i;
	add(l, (struct list_where){ .column = k->source, .how = LIST_IN, .low = v.i, .high = v.i });
	return E_OK;
}

static enum err filters(struct request *q, struct listing *l)
{
	for (size_t i = 0; i < l->ncolumns; i++) {
		const struct listing_column *k = &l->columns[i];
		struct str typed = str_trim(request_param(q, arena_printf(q->arena, "is_%s", k->name)));
		if (typed.n && listing_filters(k->field))
			TRY(filter_value(q, l, i, typed));
	}
	return E_OK;
}

static enum err words(struct request *q, struct listing *l)
{
	const struct entity *of = l->e->owner ? l->e->owner : l->e;
	struct str asked = str_trim(request_param(q, "q"));
	if (!asked.n)
		return E_OK;
	l->filtered = true;
	l->ids = ARENA_ARRAY(q->arena, int64_t, FOUND + 1);
	int64_t id;
	enum err e = key_find(q->c, of, asked, &id);
	if (e != E_OK && e != E_MISSING)
		return e;
	TRY(search(q->c, of, asked, l->ids, FOUND, &l->nids));
	bool there = e == E_MISSING;
	for (size_t i = 0; i < l->nids && !there; i++)
		there = l->ids[i] == id;
	if (!there)
		l->ids[l->nids++] = id;
	l->nothing = l->nothing || !l->nids;
	add(l, (struct list_where){ .column = LIST_ID, .how = LIST_ANY, .any = l->ids, .nany = l->nids });
	return E_OK;
}

/* ---- order ---- */
static void order(struct request *q, struct listing *l)
{
	struct str asked = request_param(q, "sort");
	l->down = request_flag(q, "down");
	l->sort = LIST_CODE;
	if (!asked.n && l->ncolumns && names_it(l->e, l->columns[0].field) && l->columns[0].sort != LISTING_UNSORTED)
		l->sort = l->of ? l->columns[0].sort : 0;
	for (size_t i = 0; i < l->ncolumns; i++)
		if (l->columns[i].sort != LISTING_UNSORTED && str_is(asked, l->columns[i].name))
			l->sort = l->of ? l->columns[i].sort : (int)i;
	if (l->e->owner)
		l->sort = LIST_ID;
}

enum err listing_read(struct request *q, const struct entity *e, struct listing *ret)
{
	if (!face_may_see_any(q, e))
		return E_MISSING;
	listing_columns(q->c->registry, e, ret);
	within_reach(q, ret);
	/* Of facts only the owner is sought: who wants all of one code takes the spreadsheet. */
	if (!e->owner)
		TRY(filters(q, ret));
	TRY(words(q, ret));
	order(q, ret);
	part_page_key(q, &ret->after);
	return E_OK;
}
