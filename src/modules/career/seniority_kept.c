/* seniority_kept.c - the seniority list of a unit on a day, kept: a page is cut out of it, a spreadsheet written from
 * it. */
#include "modules/career/career_page.h"

#define PEOPLE 70000 /* of all lists kept together: a ministry, and the offices below it that are looked at */

/* A person's cells but the place, each ended by a zero. */
struct seniors {
	const char **line;
	size_t n;
};

static const char *line_of(const struct str cells[static SENIORITY_CELLS], struct arena *a)
{
	size_t n = 0;
	for (int i = 1; i < SENIORITY_CELLS; i++)
		n += cells[i].n + 1;
	char *line = arena_alloc(a, n), *at = line;
	for (int i = 1; i < SENIORITY_CELLS; i++) {
		if (cells[i].n)
			memcpy(at, cells[i].p, cells[i].n);
		at += cells[i].n;
		*at++ = '\0';
	}
	return line;
}

static enum err make(struct ctx *c, struct kept *k)
{
	struct seniority *s CLEANUP(seniority_free_p) = NULL;
	struct seniors *all = k->what = ARENA_NEW(&k->arena, struct seniors);
	TRY(seniority_read(c, k->key.a, (date)k->key.b, &s));
	all->n = k->weight = seniority_count(s);
	all->line = ARENA_ARRAY(&k->arena, const char *, all->n + 1);
	for (size_t i = 0; i < all->n; i++) {
		struct str cells[SENIORITY_CELLS];
		seniority_cells(s, i, cells);
		all->line[i] = line_of(cells, &k->arena);
	}
	return E_OK;
}

/* What the columns are read from; a rating or a sanction moves nobody. */
static const struct entity *const sources[] = { &person_entity,        &rank_history_entity,
						&post_history_entity,  &status_history_entity,
						&course_result_entity, &post_entity,
						&unit_entity,          NULL };
static struct keeper keeper = { .make = make,
				.of = sources,
				.most = PEOPLE,
				.lock = PTHREAD_MUTEX_INITIALIZER,
				.making = PTHREAD_MUTEX_INITIALIZER };

enum err seniority_get(struct ctx *c, int64_t unit, date as_of, bool fresh, struct kept **ret)
{
	return keep_get_of(c, &keeper, (struct keep_key){ unit, as_of }, fresh, ret);
}

size_t seniority_kept_count(const struct kept *k)
{
	const struct seniors *all = k->what;
	return all->n;
}

void seniority_kept_cells(const struct kept *k, size_t i, char place[static SENIORITY_PLACE],
			  struct str cells[static SENIORITY_CELLS])
{
	const struct seniors *all = k->what;
	const char *at = all->line[i];
	snprintf(place, SENIORITY_PLACE, "%zu", i + 1);
	cells[0] = str_of(place);
	for (int n = 1; n < SENIORITY_CELLS; n++) {
		cells[n] = str_of(at);
		at += cells[n].n + 1;
	}
}
