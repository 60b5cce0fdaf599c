/* book.c - from rows to facts: which are the same, what they said before, what is believed. */
#include "modules/staff/book.h"

bool book_same(const struct record *a, const struct record *b)
{
	return a->entity == b->entity && a->id == b->id && (a->entity->kind != THING || a->valid_from == b->valid_from);
}

static int by_entry(const void *a, const void *b)
{
	const struct record *x = *(struct record *const *)a, *y = *(struct record *const *)b;
	if (x->known_from != y->known_from)
		return x->known_from < y->known_from ? -1 : 1;
	return (x->vid > y->vid) - (x->vid < y->vid);
}

static bool of_person(const struct entity *e, bool closed)
{
	/* What only the program writes, such as who read the file, is no fact of the person. */
	return e == &person_entity || (e->owner == &person_entity && e->write && !fact_hidden(e, closed));
}

enum err book_rows(struct ctx *c, int64_t person, bool closed, struct record ***ret, size_t *ret_n)
{
	struct record **all = NULL, **rows;
	size_t n = 0, cap = 0;
	for (const struct entity *const *e = c->registry->entities; *e; e++) {
		struct query q = { .entity = *e, .owner = person, .extent = EVER, .withdrawn = true };
		size_t more;
		if (!of_person(*e, closed))
			continue;
		TRY(read_all(c, &q, &rows, &more));
		for (size_t i = 0; i < more; i++) {
			ARENA_GROW(c->arena, all, n, &cap);
			all[n++] = rows[i];
		}
	}
	if (n)
		qsort(all, n, sizeof(struct record *), by_entry);
	*ret = all;
	*ret_n = n;
	return E_OK;
}

static int by_day(const void *a, const void *b)
{
	const struct fact *x = a, *y = b;
	if (x->now->valid_from != y->now->valid_from)
		return x->now->valid_from > y->now->valid_from ? -1 : 1;
	return (y->now->vid > x->now->vid) - (y->now->vid < x->now->vid);
}

static void fill_was(struct ctx *c, struct record **rows, size_t n, int64_t position, struct fact *f)
{
	const struct record **was = ARENA_ARRAY(c->arena, const struct record *, n + 1);
	for (size_t i = 0; i < n; i++)
		if (rows[i] != f->now && book_same(rows[i], f->now) && rows[i]->op == OP_HOLDS &&
		    rows[i]->known_from <= position)
			was[f->nwas++] = rows[i];
	f->was = was;
}

/* Versions of the person, newest first: each compares itself with the next of them. */
static void link_versions(struct book *b)
{
	for (size_t i = 0; i < b->n; i++)
		for (size_t k = i + 1; b->facts[i].now->entity->kind == THING && k < b->n && !b->facts[i].before; k++)
			if (b->facts[k].now->entity->kind == THING && b->facts[k].now->op == OP_HOLDS)
				b->facts[i].before = b->facts[k].now;
}

enum err book_read(struct ctx *c, int64_t person, struct moment at, bool closed, struct book *ret)
{
	struct record **rows;
	size_t n;
	int64_t position = at.position ? at.position : ledger_head(c->ledger);
	date day = at.day == DATE_NONE ? c->today : at.day;
	TRY(book_rows(c, person, closed, &rows, &n));
	struct book b = { .at = { day, position }, .closed = closed };
	b.facts = ARENA_ARRAY(c->arena, struct fact, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (!record_believed(rows[i], position) || (rows[i]->valid_from > day && day != c->today))
			continue;
		struct fact *f = &b.facts[b.n++];
		f->now = rows[i];
		fill_was(c, rows, n, position, f);
	}
	qsort(b.facts, b.n, sizeof *b.facts, by_day);
	link_versions(&b);
	*ret = b;
	return E_OK;
}
