/* import_alias.c - the keys that change with time: which numbers a file brings, and since when each is held. */
#include "entity/import.h"

struct naming { /* what one row says of a number */
	uint32_t row;
	struct str text;
	date from;
	bool stated;      /* the file says the day; otherwise it only follows */
	const char *head; /* column for problems */
};

static struct import_alias *append(struct import *m, struct import_alias a)
{
	if (m->naliases == m->aliases_cap) {
		m->aliases_cap = m->aliases_cap ? m->aliases_cap * 2 : 1024;
		m->aliases = xrealloc(m->aliases, m->aliases_cap * sizeof *m->aliases);
	}
	m->aliases[m->naliases] = a;
	return &m->aliases[m->naliases++];
}

static void bring(struct import *m, struct map *held, const struct naming *x)
{
	map_set(held, x->text, (int64_t)m->naliases);
	append(m, (struct import_alias){
			  .id = m->id[x->row], .text = x->text, .from = x->from, .row = x->row, .moved_by = NO_ROW });
}

/* The number is known, but from another day: a correction of that day, where one is meant. */
static void move(struct import *m, struct map *held, const struct naming *x, struct import_alias *known)
{
	char day[DATE_TEXT];
	bool stood = known->row == NO_ROW && known->id == m->id[x->row];

	if (stood && m->o->correct) {
		known->moved_by = x->row;
		m->named[x->row] = NAMED_CORRECTED;
		bring(m, held, x);
		return;
	}
	import_bad(
		m, m->c->problems, x->row, x->head,
		stood && m->o->page
			? "%.*s is held from %s already; state that day, leave the cell empty, or mark below that rows "
			  "that differ were recorded wrongly"
		: stood ? "%.*s is held from %s already; state that day, leave the cell empty, or import with "
			  "--correct --reason TEXT if it was recorded wrongly"
			: "%.*s is held from %s already; state that day, or leave the cell empty",
		(int)x->text.n, x->text.p, date_text(known->from, day));
}

static bool too_early(struct import *m, const struct naming *x)
{
	int field = m->plan->not_before;
	int64_t start = field >= 0 && m->ints[field] ? m->ints[field][x->row] : UNSTATED;

	if (start == UNSTATED || x->from >= start)
		return false;
	import_bad(m, m->c->problems, x->row, x->head, "%s is before the %s, %s; correct one of the two dates",
		   problem_day(m->c->problems, x->from), field_word(m->c->problems, &m->e->fields[field]),
		   problem_day(m->c->problems, (date)start));
	return true;
}

/* The number is the record's from the day: new, known, or stated otherwise elsewhere. */
static void add_alias(struct import *m, struct map *held, const struct naming *x)
{
	int64_t at;
	char day[DATE_TEXT];

	if (x->from == DATE_NONE || too_early(m, x))
		return;
	if (map_get(held, x->text, &at)) {
		if (x->stated && m->aliases[at].from != x->from)
			move(m, held, x, &m->aliases[at]);
		return;
	}
	for (size_t i = m->naliases; i-- > 0 && m->aliases[i].row == x->row;)
		if (m->aliases[i].from == x->from) {
			import_bad(m, m->c->problems, x->row, x->head,
				   "two numbers would be held from %s; state a later day for the newer one",
				   date_text(x->from, day));
			return;
		}
	m->named[x->row] = NAMED_NEWLY;
	bring(m, held, x);
}

static date first_day(const struct import *m, uint32_t row)
{
	if (m->first_day < 0 || !m->ints[m->first_day] || m->ints[m->first_day][row] == UNSTATED)
		return m->day[row];
	return (date)m->ints[m->first_day][row];
}

static void alias_row(struct import *m, struct map *held, uint32_t row)
{
	const struct alias *alias = m->e->alias;
	struct naming former = {
		.row = row, .text = import_former(m, row), .from = first_day(m, row), .head = alias->former
	};
	struct naming now = { .row = row, .stated = m->from[row] != DATE_NONE };

	if (m->bad[row] || !m->id[row])
		return;
	if (former.text.n)
		add_alias(m, held, &former);
	now.text = import_cell(m, &m->workers[0], row, m->key_slot);
	now.from = now.stated ? m->from[row] : former.text.n ? m->c->today : former.from;
	now.head = m->from_slot < 0 ? m->key_field.name : alias->from;
	add_alias(m, held, &now);
}

/* Withdrawn rows too: the day that they stand on is written over and not written twice. */
static enum err load_held(struct import *m, struct map *held)
{
	struct query q = { .entity = m->e->alias->series, .at = AS_OF_NOW, .extent = BELIEVED, .withdrawn = true };
	struct cursor *k CLEANUP(cursor_close_p) = NULL;
	const struct record *r;

	if (m->known_ids == 0)
		return E_OK;
	TRY(cursor_open(m->c, &q, &k));
	for (;;) {
		TRY(cursor_next(k, &r));
		if (!r)
			return E_OK;
		if (r->op == OP_HOLDS && r->v[0].set)
			map_set(held, r->v[0].t, (int64_t)m->naliases);
		append(m, (struct import_alias){ .id = r->owner,
						 .from = r->valid_from,
						 .row = NO_ROW,
						 .moved_by = NO_ROW,
						 .withdrawn = r->op != OP_HOLDS,
						 .closes = r->vid,
						 .rec = r->id });
	}
}

/* ---- what is written ---- */

static int by_key(const void *a, const void *b)
{
	const struct import_alias *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->row != NO_ROW) - (y->row != NO_ROW);
}

/* One record has one number from one day: what is written of those in [from, to), which have both alike, is put at n.
 */
static size_t settle_day(struct import *m, size_t from, size_t to, size_t n)
{
	struct import_alias old = m->aliases[from];
	bool stood = old.row == NO_ROW, moved = stood && old.moved_by != NO_ROW;
	bool stays = stood && !old.withdrawn && !moved;
	char day[DATE_TEXT];

	for (size_t i = from + stood; i < to; i++) {
		struct import_alias a = m->aliases[i];
		if (stays || i > from + stood)
			import_bad(m, m->c->problems, a.row, m->key_field.name,
				   "another number is held from %s already; state a later day for %.*s",
				   date_text(a.from, day), (int)a.text.n, a.text.p);
		a.closes = stood ? old.closes : 0;
		a.rec = stood ? old.rec : 0;
		a.corrects = moved;
		m->aliases[n++] = a;
	}
	if (moved && from + 1 == to) {
		old.row = old.moved_by;
		old.withdrawn = old.corrects = true;
		m->aliases[n++] = old;
	}
	return n;
}

static void settle(struct import *m)
{
	size_t n = 0;

	if (m->naliases)
		qsort(m->aliases, m->naliases, sizeof *m->aliases, by_key);
	for (size_t from = 0, to; from < m->naliases; from = to) {
		for (to = from + 1; to < m->naliases && m->aliases[to].id == m->aliases[from].id &&
				    m->aliases[to].from == m->aliases[from].from;)
			to++;
		n = settle_day(m, from, to, n);
	}
	m->naliases = n;
}

enum err import_aliases(struct import *m)
{
	struct map *held CLEANUP(map_free_p) = map_new();

	TRY(load_held(m, held));
	/* Rows that say since when come first; other rows of the same record only repeat its number. */
	for (int telling = 1; telling >= 0; telling--)
		for (uint32_t row = 0; row < m->rows; row++)
			if ((m->from[row] != DATE_NONE || import_former(m, row).n > 0) == (telling == 1))
				alias_row(m, held, row);
	settle(m);
	return E_OK;
}
