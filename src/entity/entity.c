/* entity.c - small questions to a declaration. */
#include "entity/entity.h"

const struct entity *registry_entity(const struct registry *r, const char *name)
{
	for (const struct entity *const *e = r->entities; *e; e++)
		if (text_is((*e)->name, name))
			return *e;
	return NULL;
}

const char *entity_titles(const struct entity *e)
{
	return e->titles ? e->titles : e->title;
}

const struct entity *field_refers(const struct registry *r, const struct field *f)
{
	return f->flags & OF_PERSON ? r->person : f->ref;
}

int64_t field_longest(const struct field *f)
{
	enum { OF_NOTE = 4000, OF_OTHERS = 200 };

	if (f->type == T_CODE || f->type == T_TEXT || f->type == T_NOTE)
		return f->max ? f->max : f->type == T_NOTE ? OF_NOTE : OF_OTHERS;
	return f->type == T_NAMES ? OF_OTHERS : 0;
}

int entity_field(const struct entity *e, const char *name)
{
	for (int i = 0; i < e->nfields; i++)
		if (text_is(e->fields[i].name, name))
			return i;
	return -1;
}

int entity_flagged(const struct entity *e, unsigned flags)
{
	for (int i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & flags)
			return i;
	return -1;
}

bool entity_has_closed(const struct entity *e)
{
	return entity_flagged(e, CONFIDENTIAL) >= 0;
}

int entity_lane(const struct entity *e)
{
	return entity_flagged(e, LANE);
}

bool entity_is_alias(const struct entity *e)
{
	return e->owner && e->owner->alias && e->owner->alias->series == e;
}

const char *entity_day_column(const struct entity *e)
{
	return e->day ? e->day : "valid_from";
}

const char *entity_owner_column(const struct entity *e)
{
	return e->owner_column ? e->owner_column : e->owner->name;
}

const char *entity_key_column(const struct entity *e)
{
	if (!e->alias)
		return e->fields[0].name;
	return e->alias->column ? e->alias->column : e->alias->series->fields[0].name;
}
