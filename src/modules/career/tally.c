/* tally.c - counts of people by unit, from the picture of everybody. */
#include "modules/career/tally.h"

static int by_order(const void *a, const void *b)
{
	const struct tally_row *x = a, *y = b;
	return (x->range.low > y->range.low) - (x->range.low < y->range.low);
}

/* What is wrong there, as this reader may know it. */
static const struct fault_sum *faults_told(const struct unit_sum *u, const struct within *w)
{
	return &u->faults[within_clearance(w, u->order)];
}

static void add(struct tally_row *t, const struct unit_sum *u, const struct within *w)
{
	const struct fault_sum *told = faults_told(u, w);
	t->people += u->people;
	t->sound += told->sound;
	t->proved += told->proved;
	t->posts += u->posts;
	t->held += u->held;
}

static int against_range(const void *order, const void *row)
{
	int64_t at = *(const int64_t *)order;
	const struct order_range *range = &((const struct tally_row *)row)->range;
	return (at > range->high) - (at < range->low);
}

/* The row whose range holds the order; rows are sorted and apart. NULL: none. */
static struct tally_row *row_at(struct tally *t, int64_t order)
{
	return t->n ? bsearch(&order, t->v, t->n, sizeof *t->v, against_range) : NULL;
}

static void sum_up(const struct picture *p, const struct within *w, struct tally *t)
{
	for (int64_t unit = 0; unit <= p->units; unit++) {
		const struct unit_sum *u = &p->of_unit[unit];
		struct tally_row *row;
		if ((!u->people && !u->posts) || !within_order(w, u->order))
			continue;
		add(&t->all, u, w);
		for (int f = 0; f < FAULT_KINDS; f++)
			t->fault[f] += faults_told(u, w)->fault[f];
		row = row_at(t, u->order);
		if (row)
			add(row, u, w);
	}
}

/* Below which unit the page looks when none is asked for: the one of the reader, else the one at the top. */
static int64_t own_unit(struct request *q, const struct picture *p)
{
	for (size_t i = 0; i < q->who->nreach; i++)
		if (q->who->reach[i].rights & (MAY_FIGURES | MAY_PEOPLE) && q->who->reach[i].unit)
			return q->who->reach[i].unit;
	return picture_top(p);
}

enum err tally_below(struct request *q, const struct picture *p, const struct within *w, int64_t unit,
		     struct tally *ret)
{
	*ret = (struct tally){ .v = ARENA_ARRAY(q->arena, struct tally_row, p->units + 1) };
	if (!unit)
		unit = own_unit(q, p);
	for (int64_t id = 1; id <= p->units; id++) {
		struct tally_row *row = &ret->v[ret->n];
		if (p->of_unit[id].parent != unit || p->of_unit[id].order == WHO_NOWHERE)
			continue;
		*row = (struct tally_row){ .unit = id };
		TRY(tree_range(q->c, &unit_entity, id, &row->range));
		ret->n++;
	}
	qsort(ret->v, ret->n, sizeof *ret->v, by_order);
	sum_up(p, w, ret);
	return E_OK;
}

void tally_all(const struct picture *p, const struct within *w, struct tally *ret)
{
	*ret = (struct tally){ 0 };
	sum_up(p, w, ret);
}

void tally_each(struct request *q, const struct picture *p, const struct within *w, struct tally *ret)
{
	*ret = (struct tally){ .v = ARENA_ARRAY(q->arena, struct tally_row, p->units + 1) };
	for (int64_t unit = 1; unit <= p->units; unit++) {
		const struct unit_sum *u = &p->of_unit[unit];
		struct tally_row *row = &ret->v[ret->n];
		if (!u->people || u->order == WHO_NOWHERE || !within_order(w, u->order))
			continue;
		*row = (struct tally_row){ .unit = unit, .range = { u->order, u->order } };
		add(row, u, w);
		ret->n++;
	}
}
