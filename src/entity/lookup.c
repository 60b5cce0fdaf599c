/* lookup.c - keys and days of a THING, kept while they are true. */
#include "entity/lookup.h"

#include "entity/inner.h"
#include "entity/read.h"

static void clear(struct lookup *l)
{
	map_free(l->keys);
	eras_free(l->eras);
	l->keys = NULL;
	l->eras = NULL;
}

/* Rows are only ever added: a correction and a withdrawal are rows too. */
static enum err last_rows(struct ctx *c, const struct entity *of, int64_t *ret_versions, int64_t *ret_numbers)
{
	*ret_numbers = 0;
	TRY(store_get_int(c->store, plan_of(c, of)->max_vid, 0, ret_versions));
	if (of->alias)
		TRY(store_get_int(c->store, plan_of(c, of->alias->series)->max_vid, 0, ret_numbers));
	return E_OK;
}

static struct lookup *kept(struct ctx *c, const struct entity *of)
{
	struct lookup *l = c->inner->lookups;
	while (l && l->of != of)
		l = l->next;
	if (l)
		return l;
	l = xcalloc(1, sizeof *l);
	*l = (struct lookup){ .next = c->inner->lookups, .of = of };
	return c->inner->lookups = l;
}

enum err lookup_find(struct ctx *c, const struct entity *of, const struct lookup **ret)
{
	struct lookup *l = kept(c, of);
	int64_t versions, numbers;
	TRY(last_rows(c, of, &versions, &numbers));
	l->wanted = true;
	if (!l->eras || l->versions != versions || l->numbers != numbers) {
		clear(l);
		TRY(key_map(c, of, &l->keys));
		TRY(eras_load(c, of, &l->eras));
		l->versions = versions;
		l->numbers = numbers;
	}
	*ret = l;
	return E_OK;
}

static void drop(struct lookup **at)
{
	struct lookup *l = *at;
	*at = l->next;
	clear(l);
	free(l);
}

void lookups_forget(struct ctx *c)
{
	for (struct lookup **at = &c->inner->lookups; *at;) {
		if (!(*at)->wanted) {
			drop(at);
			continue;
		}
		(*at)->wanted = false;
		at = &(*at)->next;
	}
}

void lookups_free(struct ctx *c)
{
	while (c->inner->lookups)
		drop(&c->inner->lookups);
}
