/* list_filter.c - the filter above a list, and the views that its reader has kept. */
#include "face/inside.h"
#include "face/list_inside.h"

#include "entity/type.h"

static void one_filter(struct request *q, const struct listing *l, const struct listing_column *k)
{
	/* A bare field: nothing is required of a filter, and nothing stands by itself. */
	struct field *f = ARENA_NEW(q->arena, struct field);
	struct entity *as = ARENA_NEW(q->arena, struct entity);
	struct record r = { .entity = as };
	*f = *k->field;
	f->name = arena_printf(q->arena, "is_%s", k->name);
	f->flags = 0;
	f->empty_as = NULL;
	f->help = k->within >= 0 ? N_("Its code; with all below it.") : NULL;
	*as = *l->e;
	as->fields = f;
	as->nfields = 1;
	r.v = ARENA_ARRAY(q->arena, struct value, 1);
	form_field(q, &r, 0, q->c->today);
}

void list_filter(struct request *q, const struct listing *l)
{
	form_begin(q, &(struct form){ .get = true, .quiet = true }, "%s", "");
	form_control(q,
		     &(struct control_ask){ .name = "q", .label = N_("Words or number"), .kind = C_TEXT, .most = 200 });
	for (size_t i = 0; i < l->ncolumns && !l->e->owner; i++)
		if (listing_filters(l->columns[i].field))
			one_filter(q, l, &l->columns[i]);
	if (request_param(q, "sort").n)
		form_hidden(q, "sort", request_param(q, "sort"));
	if (request_flag(q, "down"))
		form_hidden(q, "down", STR("1"));
	form_end(q, N_("Show"));
}
