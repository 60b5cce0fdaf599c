/* form_record.c - all fields of a record as controls, and what was typed into them. */
#include "face/inside.h"

/* A code never changes. */
static bool typed_field(const struct record *r, int i, bool may_closed)
{
	const struct field *f = &r->entity->fields[i];
	return field_drawn(f, may_closed) && !(i == 0 && r->id && r->entity->kind == THING && !r->entity->alias);
}

void form_record(struct request *q, const struct entity *e, const struct record *r, date on, bool may_closed)
{
	for (int i = 0; i < e->nfields; i++)
		if (typed_field(r, i, may_closed))
			form_field(q, r, i, on);
}

enum err form_read(struct request *q, struct record *r, date on, bool may_closed)
{
	struct problems *p = q->c->problems;
	size_t before = p->count;
	for (int i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		struct value v = { 0 };
		struct str typed;
		if (typed_field(r, i, may_closed) && form_typed(q, f->name, &typed) &&
		    value_parse(q->c, f, str_trim(typed), on, &v, p, NULL, 0))
			r->v[i] = v;
	}
	return p->count == before ? E_OK : E_INVALID;
}

/* ---- days ---- */
bool form_states_day(const struct entity *e)
{
	if (e->kind == THING)
		return !e->timeless && entity_flagged(e, FIRST_DAY) < 0;
	return entity_flagged(e, YEAR_END) < 0;
}

static void day_control(struct request *q, const char *name, const char *label, const char *hint, date value,
			bool required)
{
	char text[DATE_TEXT];
	form_control(q, &(struct control_ask){ .name = name,
					       .label = label,
					       .hint = hint,
					       .kind = C_DATE,
					       .value = str_of(arena_copy(q->arena, date_text(value, text))),
					       .required = required });
}

const char *day_words(struct request *q, const struct entity *e)
{
	return e->day ? column_words(q, e->day) : N_("In effect from");
}

void form_days(struct request *q, const struct record *r)
{
	const struct entity *e = r->entity;
	const char *column = entity_day_column(e);
	if (form_states_day(e))
		day_control(q, column, day_words(q, e),
			    e->kind == EVENT ? NULL : N_("The day from which it holds, not the day it was signed."),
			    r->valid_from, true);
	if (e->kind == SERIES && e->until)
		day_control(q, "until", N_("Last day"), N_("Only when the paper states one."), r->until, false);
}

static void day_read(struct request *q, const char *name, bool required, date *ret)
{
	struct str typed;
	date d;
	if (!form_typed(q, name, &typed))
		return;
	typed = str_trim(typed);
	if (!typed.n && !required)
		*ret = DATE_NONE;
	else if (!typed.n)
		problem_at(q->c->problems, NULL, 0, name, "the day is missing; choose the day");
	else if (date_parse(typed, &d))
		*ret = d;
	else
		problem_at(q->c->problems, NULL, 0, name,
			   "this is no day of the calendar; write it as YYYY-MM-DD, such as 2008-10-01");
}

enum err form_days_read(struct request *q, struct record *r)
{
	size_t before = q->c->problems->count;
	if (form_states_day(r->entity))
		day_read(q, entity_day_column(r->entity), true, &r->valid_from);
	if (r->entity->kind == SERIES && r->entity->until)
		day_read(q, "until", false, &r->until);
	return q->c->problems->count == before ? E_OK : E_INVALID;
}
