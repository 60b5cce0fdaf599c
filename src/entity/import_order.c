/* import_order.c - rows by record, lane, key and day: the order of storing, in which a key that stands twice is next to
 * itself. */
#include "entity/import.h"

#include <stdlib.h>

static int cmp_int(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int cmp_cell(struct import *m, int slot, uint32_t a, uint32_t b)
{
	struct str x = import_cell(m, &m->workers[0], a, slot);

	return str_cmp(x, import_cell(m, &m->workers[0], b, slot));
}

static int cmp_fields(struct import *m, unsigned flag, uint32_t a, uint32_t b)
{
	for (int i = 0; i < m->e->nfields; i++) {
		if (!(m->e->fields[i].flags & flag) || m->slot_of[i] < 0)
			continue;
		int d = m->ints[i] ? cmp_int(m->ints[i][a], m->ints[i][b]) : cmp_cell(m, m->slot_of[i], a, b);
		if (d)
			return d;
	}
	return 0;
}

/* The natural key: what may not stand twice. */
static int cmp_key(struct import *m, uint32_t a, uint32_t b)
{
	int d = cmp_int(m->id[a], m->id[b]);

	if (!d && m->e->kind != THING)
		d = cmp_fields(m, LANE, a, b);
	if (!d && m->e->kind != THING)
		d = cmp_fields(m, KEY, a, b);
	if (!d && m->plan->day_in_key)
		d = cmp_int(m->day[a], m->day[b]);
	return d;
}

static int by_key(const void *a, const void *b, void *arg)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	int d = cmp_key(arg, x, y);

	return d ? d : cmp_int(x, y);
}

static bool sorted(struct import *m)
{
	for (size_t i = 1; i < m->ordered; i++)
		if (cmp_key(m, m->order[i - 1], m->order[i]) > 0)
			return false;
	return true;
}

enum err import_order(struct import *m)
{
	m->order = xmalloc((m->rows + 1) * sizeof *m->order);
	for (uint32_t row = 0; row < m->rows; row++)
		if (m->id[row] && m->day[row] != DATE_NONE)
			m->order[m->ordered++] = row;
	if (!sorted(m))
		qsort_r(m->order, m->ordered, sizeof *m->order, by_key, m);
	for (size_t i = 1; i < m->ordered; i++)
		if (cmp_key(m, m->order[i - 1], m->order[i]) == 0)
			import_bad(m, m->c->problems, m->order[i], m->key_slot < 0 ? NULL : m->key_field.name,
				   "row %zu has the same key; keep one of the two",
				   csv_row_number(m->csv, m->order[i - 1]));
	return E_OK;
}
