/* import_look.c - loads once what every cell would otherwise ask the store for. */
#include "entity/import.h"

static enum err look_owner(struct import *m)
{
	const struct entity *of = m->e->owner ? m->e->owner : m->e;

	TRY(key_map(m->c, of, &m->owners));
	return m->e->owner ? eras_load(m->c, of, &m->owner_eras) : E_OK;
}

static enum err look_ref(struct import *m, int field)
{
	const struct entity *of = m->e->fields[field].ref;

	if (of == m->e->owner) {
		m->refs[field] = m->owners;
		m->eras[field] = m->owner_eras;
		return E_OK;
	}
	for (int k = 0; k < field; k++)
		if (m->refs[k] && m->e->fields[k].ref == of) {
			m->refs[field] = m->refs[k];
			m->eras[field] = m->eras[k];
			return E_OK;
		}
	TRY(key_map(m->c, of, &m->refs[field]));
	return eras_load(m->c, of, &m->eras[field]);
}

enum err import_look(struct import *m)
{
	int64_t vid;

	m->plan = plan_of(m->c, m->e);

	m->refs = ARENA_ARRAY(&m->arena, struct map *, m->e->nfields);
	m->eras = ARENA_ARRAY(&m->arena, struct eras *, m->e->nfields);
	TRY(look_owner(m));
	for (int i = 0; i < m->e->nfields; i++)
		if (m->slot_of[i] >= 0 && m->e->fields[i].ref && m->e->fields[i].ref != m->e)
			TRY(look_ref(m, i));
	TRY(store_get_int(m->c->store, m->plan->max_vid, 0, &vid));
	m->first_vid = vid + 1;
	m->empty = vid == 0;
	if (m->e->kind == THING)
		TRY(store_get_int(m->c->store, m->plan->max_id, 0, &m->known_ids));
	return E_OK;
}
