/* import_look.c - loads once what every cell would otherwise ask the store for. */
#include "entity/import.h"

static const struct entity *refers(const struct import *m, int field)
{
	return field_refers(m->c->registry, &m->e->fields[field]);
}

/* Keys of the THING itself are a map of its own, since those of the file go into it. */
static enum err look_keys(struct import *m)
{
	m->refs = ARENA_ARRAY(&m->arena, const struct lookup *, m->e->nfields);
	if (m->e->owner)
		TRY(lookup_find(m->c, m->e->owner, &m->owners));
	else
		TRY(key_map(m->c, m->e, &m->own));
	for (int i = 0; i < m->e->nfields; i++)
		if (m->slot_of[i] >= 0 && refers(m, i) && refers(m, i) != m->e)
			TRY(lookup_find(m->c, refers(m, i), &m->refs[i]));
	lookups_forget(m->c);
	return E_OK;
}

enum err import_look(struct import *m)
{
	int64_t vid;

	m->plan = plan_of(m->c, m->e);
	TRY(look_keys(m));
	TRY(store_get_int(m->c->store, m->plan->max_vid, 0, &vid));
	m->first_vid = vid + 1;
	m->empty = vid == 0;
	if (m->e->kind == THING)
		TRY(store_get_int(m->c->store, m->plan->max_id, 0, &m->known_ids));
	return E_OK;
}
