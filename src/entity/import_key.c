/* import_key.c - records of a THING get their numbers, and the keys that change with time find their owners. */
#include "entity/import.h"

/* While keys are being joined, a record that the file brings has a number from `known_ids` + 1 on in the order in which
 * it was met; it gets its true one, in the order of the file, when all rows are known. */

static struct str key_of(struct import *m, uint32_t row)
{
	return import_cell(m, &m->workers[0], row, m->key_slot);
}

static struct str former_of(struct import *m, uint32_t row)
{
	return m->former_slot < 0 ? (struct str){ 0 } : import_cell(m, &m->workers[0], row, m->former_slot);
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

	if (map_get(m->owners, key, &id) || !looks_inner(m, key))
		return false;
	import_bad(m, m->c->problems, row, head,
		   "%.*s looks like an inner code of Merit and belongs to nobody; write the number under which people "
		   "know the %s",
		   (int)key.n, key.p, m->e->name);
	return true;
}

/* A row that names both an older and a newer number joins them. */
static void join_row(struct import *m, uint32_t row)
{
	struct str key = key_of(m, row), former = former_of(m, row);
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
	bool has_key = map_get(m->owners, key, &by_key), has_former = map_get(m->owners, former, &by_former);
	if (has_key && has_former && by_key != by_former) {
		import_bad(m, m->c->problems, row, m->e->alias->former,
			   "%.*s and %.*s belong to two different records; no number may belong to two: correct one of "
			   "them",
			   (int)key.n, key.p, (int)former.n, former.p);
		return;
	}
	m->id[row] = has_key ? by_key : has_former ? by_former : new_record(m);
	map_set(m->owners, key, m->id[row]);
	map_set(m->owners, former, m->id[row]);
}

static void find_row(struct import *m, uint32_t row)
{
	struct str key = key_of(m, row);

	if (key.n == 0 || m->id[row] || (m->e->alias && refuse_inner(m, row, key, m->key_field.name)))
		return;
	if (map_get(m->owners, key, &m->id[row]))
		return;
	m->id[row] = new_record(m);
	map_set(m->owners, key, m->id[row]);
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

/* ---- aliases ---------------------------------------------------------------------------------------------------- */

/* The number `text` is the record's from the day: new, known, or stated otherwise elsewhere. */
static void add_alias(struct import *m, struct map *held, uint32_t row, struct str text, date from, bool stated,
		      const char *head)
{
	int64_t n = (int64_t)m->naliases, at;
	char day[DATE_TEXT];

	if (from == DATE_NONE)
		return;
	if (map_get(held, text, &at)) {
		const struct import_alias *a = &m->aliases[at];
		if (stated && a->from != from)
			import_bad(m, m->c->problems, row, head,
				   "%.*s is held from %s already; state that day, or leave the cell empty", (int)text.n,
				   text.p, date_text(a->from, day));
		return;
	}
	for (size_t i = m->naliases; i-- > 0 && m->aliases[i].row == row;)
		if (m->aliases[i].from == from) {
			import_bad(m, m->c->problems, row, head,
				   "two numbers would be held from %s; state a later day for the newer one",
				   date_text(from, day));
			return;
		}
	if (m->naliases == m->aliases_cap) {
		m->aliases_cap = m->aliases_cap ? m->aliases_cap * 2 : 1024;
		m->aliases = xrealloc(m->aliases, m->aliases_cap * sizeof *m->aliases);
	}
	m->aliases[m->naliases++] = (struct import_alias){ .id = m->id[row], .text = text, .from = from, .row = row };
	map_set(held, text, n);
}

static date first_day(const struct import *m, uint32_t row)
{
	if (m->first_day < 0 || !m->ints[m->first_day] || m->ints[m->first_day][row] == UNSTATED)
		return m->day[row];
	return (date)m->ints[m->first_day][row];
}

static void alias_row(struct import *m, struct map *held, uint32_t row)
{
	struct str former = former_of(m, row);
	bool stated = m->from[row] != DATE_NONE;
	date first = first_day(m, row);
	date from = stated ? m->from[row] : former.n ? m->c->today : first;

	if (m->bad[row] || !m->id[row])
		return;
	if (former.n)
		add_alias(m, held, row, former, first, false, m->e->alias->former);
	add_alias(m, held, row, key_of(m, row), from, stated, m->from_slot < 0 ? m->key_field.name : m->e->alias->from);
}

static enum err load_held(struct import *m, struct map *held)
{
	struct query q = { .entity = m->e->alias->series, .at = { .day = DATE_NONE }, .extent = BELIEVED };
	struct cursor *k CLEANUP(cursor_close_p) = NULL;
	const struct record *r;

	if (m->known_ids == 0)
		return E_OK;
	TRY(cursor_open(m->c, &q, &k));
	for (;;) {
		TRY(cursor_next(k, &r));
		if (!r)
			return E_OK;
		if (!r->v[0].set)
			continue;
		if (m->naliases == m->aliases_cap) {
			m->aliases_cap = m->aliases_cap ? m->aliases_cap * 2 : 1024;
			m->aliases = xrealloc(m->aliases, m->aliases_cap * sizeof *m->aliases);
		}
		map_set(held, r->v[0].t, (int64_t)m->naliases);
		m->aliases[m->naliases++] =
			(struct import_alias){ .id = r->owner, .from = r->valid_from, .row = NO_ROW };
	}
}

static bool same_key(const struct import_alias *a, const struct import_alias *b)
{
	return a->id == b->id && a->from == b->from;
}

static int by_key(const void *a, const void *b)
{
	const struct import_alias *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->row != NO_ROW) - (y->row != NO_ROW);
}

/* One record has one number from one day; keeps only the new ones, in the order in which they are stored. */
static void keep_new_aliases(struct import *m)
{
	size_t n = 0;
	char day[DATE_TEXT];

	if (m->naliases)
		qsort(m->aliases, m->naliases, sizeof *m->aliases, by_key);
	for (size_t i = 0; i < m->naliases; i++) {
		struct import_alias *a = &m->aliases[i];
		if (a->row == NO_ROW)
			continue;
		if (i > 0 && same_key(a, &m->aliases[i - 1]))
			import_bad(m, m->c->problems, a->row, m->key_field.name,
				   "another number is held from %s already; state a later day for %.*s",
				   date_text(a->from, day), (int)a->text.n, a->text.p);
	}
	for (size_t i = 0; i < m->naliases; i++)
		if (m->aliases[i].row != NO_ROW && !m->bad[m->aliases[i].row])
			m->aliases[n++] = m->aliases[i];
	m->naliases = n;
}

static enum err collect_aliases(struct import *m)
{
	struct map *held CLEANUP(map_free_p) = map_new();

	TRY(load_held(m, held));
	/* Rows that say since when come first; other rows of the same record only repeat its number. */
	for (int telling = 1; telling >= 0; telling--)
		for (uint32_t row = 0; row < m->rows; row++)
			if ((m->from[row] != DATE_NONE || former_of(m, row).n > 0) == (telling == 1))
				alias_row(m, held, row);
	keep_new_aliases(m);
	return E_OK;
}

/* ---- references to records of the same file ---------------------------------------------------------------------- */

static void find_own_refs(struct import *m, int field)
{
	for (uint32_t row = 0; row < m->rows; row++) {
		struct str text = import_cell(m, &m->workers[0], row, m->slot_of[field]);
		if (text.n == 0 || map_get(m->owners, text, &m->ints[field][row]))
			continue;
		import_bad(m, m->c->problems, row, m->e->fields[field].name,
			   "no %s has the code %.*s, neither here nor before; add it to the file, or correct the cell",
			   m->e->name, (int)text.n, text.p);
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
		TRY(collect_aliases(m));
	/* The map still holds the numbers given while keys were being joined. */
	for (uint32_t row = 0; row < m->rows; row++)
		if (m->id[row]) {
			map_set(m->owners, key_of(m, row), m->id[row]);
			struct str former = former_of(m, row);
			if (former.n)
				map_set(m->owners, former, m->id[row]);
		}
	for (int i = 0; i < m->e->nfields; i++)
		if (m->e->fields[i].ref == m->e && m->slot_of[i] >= 0)
			find_own_refs(m, i);
	return E_OK;
}
