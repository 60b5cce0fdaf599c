/* import_key.c - records of a THING get their numbers, and the keys that change with time find their owners. */
#include "entity/import.h"

/* While keys are being joined, a record that the file brings has a number from `known_ids` + 1 on in the order in which
 * it was met; it gets its true one, in the order of the file, when all rows are known. */

static struct str key_of(struct import *m, uint32_t row)
{
	return import_cell(m, &m->workers[0], row, m->key_slot);
}

static int64_t new_record(struct import *m)
{
	return m->known_ids + (int64_t)++m->nborn_now;
}

/* Inner codes are ours to give: a number that looks like one could never be told from it. */
static bool looks_inner(const struct import *m, struct str key)
{
	size_t n = strlen(m->e->alias->prefix);

	if (key.n <= n || memcmp(key.p, m->e->alias->prefix, n) != 0)
		return false;
	for (size_t i = n; i < key.n; i++)
		if (key.p[i] < '0' || key.p[i] > '9')
			return false;
	return true;
}

static bool refuse_inner(struct import *m, uint32_t row, struct str key, const char *head)
{
	int64_t id;

	if (map_get(m->own, key, &id) || !looks_inner(m, key))
		return false;
	import_bad(m, m->c->problems, row, head,
		   "%.*s looks like an inner code of Merit and belongs to nobody; write the number under which people "
		   "know the %s",
		   (int)key.n, key.p, entity_word(m->c->problems, m->e));
	return true;
}

/* A row that names both an older and a newer number joins them. */
static void join_row(struct import *m, uint32_t row)
{
	struct str key = key_of(m, row), former = import_former(m, row);
	int64_t by_key = 0, by_former = 0;

	if (key.n == 0 || former.n == 0)
		return;
	if (str_eq(key, former)) {
		import_bad(m, m->c->problems, row, m->e->alias->former,
			   "the former number is the present one; leave it empty");
		return;
	}
	if (refuse_inner(m, row, key, m->key_field.name) || refuse_inner(m, row, former, m->e->alias->former))
		return;
	bool has_key = map_get(m->own, key, &by_key), has_former = map_get(m->own, former, &by_former);
	if (has_key && has_former && by_key != by_former) {
		import_bad(m, m->c->problems, row, m->e->alias->former,
			   "%.*s and %.*s belong to two different records; no number may belong to two: correct one of "
			   "them",
			   (int)key.n, key.p, (int)former.n, former.p);
		return;
	}
	m->id[row] = has_key ? by_key : has_former ? by_former : new_record(m);
	map_set(m->own, key, m->id[row]);
	map_set(m->own, former, m->id[row]);
}

static void find_row(struct import *m, uint32_t row)
{
	struct str key = key_of(m, row);

	if (key.n == 0 || m->id[row] || (m->e->alias && refuse_inner(m, row, key, m->key_field.name)))
		return;
	if (map_get(m->own, key, &m->id[row]))
		return;
	m->id[row] = new_record(m);
	map_set(m->own, key, m->id[row]);
}

/* Numbers in the order of the file, so that files of facts in the same order are already sorted. */
static void number_in_order(struct import *m)
{
	int64_t *final = xcalloc(m->nborn_now + 1, sizeof *final);
	int64_t next = m->known_ids;

	m->born_now = ARENA_ARRAY(&m->arena, struct import_new, m->nborn_now + 1);
	for (uint32_t row = 0; row < m->rows; row++) {
		if (m->id[row] <= m->known_ids)
			continue;
		size_t k = (size_t)(m->id[row] - m->known_ids) - 1;
		if (!final[k]) {
			final[k] = ++next;
			struct import_new *born = &m->born_now[next - m->known_ids - 1];
			born->row = row;
			born->code = m->e->alias ? str_of(arena_printf(&m->arena, "%s%lld", m->e->alias->prefix,
								       (long long)next))
						 : key_of(m, row);
		}
		m->id[row] = final[k];
	}
	m->nborn_now = (size_t)(next - m->known_ids);
	free(final);
}

/* ---- references to records of the same file ---- */

static void find_own_refs(struct import *m, int field)
{
	for (uint32_t row = 0; row < m->rows; row++) {
		struct str text = import_cell(m, &m->workers[0], row, m->slot_of[field]);
		if (text.n == 0 || map_get(m->own, text, &m->ints[field][row]))
			continue;
		import_bad(m, m->c->problems, row, m->e->fields[field].name,
			   "no %s has the code %.*s, neither here nor before; add it to the file, or correct the cell",
			   entity_word(m->c->problems, m->e), (int)text.n, text.p);
	}
}

enum err import_keys(struct import *m)
{
	if (m->e->kind != THING)
		return E_OK;
	for (uint32_t row = 0; m->former_slot >= 0 && row < m->rows; row++)
		join_row(m, row);
	for (uint32_t row = 0; row < m->rows; row++)
		find_row(m, row);
	number_in_order(m);
	if (m->e->alias)
		TRY(import_aliases(m));
	/* The map still holds the numbers given while keys were being joined. */
	for (uint32_t row = 0; row < m->rows; row++)
		if (m->id[row]) {
			map_set(m->own, key_of(m, row), m->id[row]);
			struct str former = import_former(m, row);
			if (former.n)
				map_set(m->own, former, m->id[row]);
		}
	for (int i = 0; i < m->e->nfields; i++)
		if (import_is_own_ref(m, i))
			find_own_refs(m, i);
	return E_OK;
}
