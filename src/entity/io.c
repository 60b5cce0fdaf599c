/* io.c - the heads that import reads and export prints. */
#include "entity/io.h"

void io_columns(const struct entity *e, struct arena *a, const char ***ret, size_t *ret_n)
{
	const char **heads = ARENA_ARRAY(a, const char *, e->nfields + 5);
	size_t n = 0;

	if (e->owner)
		heads[n++] = entity_owner_column(e);
	else if (e->alias)
		heads[n++] = entity_key_column(e);
	else if (e->kind == THING)
		heads[n++] = e->fields[0].name;
	if (e->kind != PLAIN && entity_flagged(e, YEAR_END) < 0 && !e->timeless)
		heads[n++] = entity_day_column(e);
	if (e->until)
		heads[n++] = "until";
	for (int i = e->kind == THING && !e->alias; i < e->nfields; i++)
		if (!(e->fields[i].flags & RETIRED))
			heads[n++] = e->fields[i].name;
	if (e->alias && e->alias->former) {
		heads[n++] = e->alias->former;
		heads[n++] = e->alias->from;
	}
	*ret = heads;
	*ret_n = n;
}
