/* projection_place.c - the places of codes in their tables, so that lists stand in the order of the rules. */
#include "base/map.h"
#include "entity/projection_inner.h"

#define CODES 4096 /* of one table; further ones have no place */

struct place_table {
	struct place_table *next;
	const char *of;
	struct imap *places;
};

static struct place_table *load(struct deriving *d, const char *of)
{
	const struct codes *codes = d->c->codes;
	struct place_table *t = xcalloc(1, sizeof *t);
	int64_t *list = xcalloc(CODES, sizeof *list);
	size_t n = codes->choices ? codes->choices(codes->arg, of, DATE_NONE, list, CODES) : 0;
	*t = (struct place_table){ .next = d->places, .of = of, .places = imap_new() };
	for (size_t i = 0; i < n; i++)
		imap_set(t->places, list[i], (int64_t)i + 1);
	free(list);
	d->places = t;
	return t;
}

struct cell table_place(struct deriving *d, const char *of, int64_t number)
{
	struct place_table *t = d->places;
	struct cell x = { 0 };
	while (t && !text_is(t->of, of))
		t = t->next;
	if (!t)
		t = load(d, of);
	x.set = imap_get(t->places, number, &x.i);
	return x;
}

void table_places_forget(struct deriving *d)
{
	while (d->places) {
		struct place_table *t = d->places;
		d->places = t->next;
		imap_free(t->places);
		free(t);
	}
}
