/* form_children.c - the repeated parts of a thing inside its own form, and what was typed into them. */
#include "face/enter.h"
#include "face/inside.h"

/* One part: a row that stands, or an empty one for another. */
struct part {
	const struct entity *e;
	const struct record *old; /* NULL: the empty one */
	const char *prefix;       /* of the names of its controls */
};

static bool inside_form(const struct request *q, const struct entering *s, const struct entity *e)
{
	return e->child && e->owner == s->e && e->kind == SERIES && face_may_write_any(q, e);
}

/* A field as it is called inside the form. Nothing is required of the empty part. */
static struct field *named(struct request *q, const struct part *p, int i)
{
	struct field *f = ARENA_NEW(q->arena, struct field);
	*f = p->e->fields[i];
	f->name = arena_printf(q->arena, "%s-%s", p->prefix, p->e->fields[i].name);
	if (!p->old)
		f->flags &= ~(unsigned)REQUIRED;
	return f;
}

/* What tells one part from the others does not change; another is another part. */
static bool typed_here(const struct entering *s, const struct part *p, int i)
{
	const struct field *f = &p->e->fields[i];
	return field_drawn(f, s->closed) && !(p->old && (f->flags & (KEY | LANE)));
}

static enum err parts_of(struct request *q, const struct entering *s, const struct entity *e, struct part **ret,
			 size_t *ret_n)
{
	struct query query = { .entity = e, .owner = s->id, .at = AS_OF_NOW, .extent = HOLDING };
	struct record **rows = NULL;
	size_t n = 0;
	if (s->id)
		TRY(read_all(q->c, &query, &rows, &n));
	*ret = ARENA_ARRAY(q->arena, struct part, n + 1);
	for (size_t i = 0; i < n; i++)
		(*ret)[i] =
			(struct part){ e, rows[i], arena_printf(q->arena, "%s-%lld", e->name, (long long)rows[i]->id) };
	(*ret)[n] = (struct part){ e, NULL, arena_printf(q->arena, "%s-new", e->name) };
	*ret_n = n + 1;
	return E_OK;
}

/* ---- drawing ---- */
static void legend(struct request *q, const struct part *p, bool closed)
{
	struct html *h = &q->html;
	HTML(h, "<legend>");
	html_say(h, p->e->title);
	HTML(h, ": ");
	if (p->old)
		part_value(q, &p->e->fields[0], &p->old->v[0], closed);
	else
		html_say(h, N_("another one"));
	HTML(h, "</legend>");
}

static void draw(struct request *q, const struct entering *s, const struct part *p, date on)
{
	struct entity *as = ARENA_NEW(q->arena, struct entity);
	struct record *blank = record_new(q->c->arena, p->e);
	entering_note(q, s, p->old);
	HTML(&q->html, "<fieldset class=\"children\">");
	legend(q, p, s->closed);
	form_hidden(q, p->prefix, STR("1"));
	*as = *p->e;
	as->nfields = 1;
	for (int i = 0; i < p->e->nfields; i++) {
		if (!typed_here(s, p, i))
			continue;
		as->fields = named(q, p, i);
		form_field(q, &(struct record){ .entity = as, .v = p->old ? &p->old->v[i] : &blank->v[i] }, 0, on);
	}
	HTML(&q->html, "</fieldset>\n");
}

enum err form_children(struct request *q, const struct entering *s, date on)
{
	for (const struct entity *const *e = q->c->registry->entities; *e; e++) {
		struct part *parts;
		size_t n;
		if (!inside_form(q, s, *e))
			continue;
		TRY(parts_of(q, s, *e, &parts, &n));
		for (size_t i = 0; i < n; i++)
			draw(q, s, &parts[i], on);
	}
	return E_OK;
}

/* ---- what was typed ---- */
static bool says_something(const struct field *f, struct str typed)
{
	return typed.n && !(f->empty_as && str_is(typed, f->empty_as));
}

/* *ret: NULL when nothing differs from what stands. E_INVALID: problems. */
static enum err read_part(struct request *q, const struct entering *s, const struct part *p, date on,
			  struct record **ret)
{
	struct record *r = p->old ? record_copy(q->c->arena, p->old) : record_new(q->c->arena, p->e);
	size_t before = q->c->problems->count;
	bool differs = false;
	struct str typed;
	*ret = NULL;
	if (!form_typed(q, p->prefix, &typed) || !typed.n)
		return E_OK;
	for (int i = 0; i < p->e->nfields; i++) {
		struct value v = { 0 };
		if (!typed_here(s, p, i))
			continue;
		const struct field *f = named(q, p, i);
		(void)form_typed(q, f->name, &typed);
		typed = str_trim(typed);
		if (!value_parse(q->c, f, typed, on, &v, q->c->problems, NULL, 0))
			continue;
		r->v[i] = v;
		differs = differs || (p->old ? !value_eq(&v, &p->old->v[i]) : says_something(f, typed));
	}
	if (differs)
		*ret = r;
	return q->c->problems->count == before ? E_OK : E_INVALID;
}

/* Whoever had the form open before somebody else wrote this part has not seen it. */
static bool seen_since(struct request *q, const struct entering *s, const struct part *p)
{
	if (!p->old || p->old->known_from <= s->seen)
		return false;
	problem_at(q->c->problems, NULL, 0, NULL,
		   "somebody else changed a part since you opened the form; open the page again and look at it");
	return true;
}

static enum err read_parts(struct request *q, struct entering *s, const struct entity *e)
{
	struct part *parts;
	size_t n;
	TRY(parts_of(q, s, e, &parts, &n));
	struct child *list = ARENA_ARRAY(q->arena, struct child, s->nchildren + n);
	for (size_t i = 0; i < s->nchildren; i++)
		list[i] = s->children[i];
	s->children = list;
	for (size_t i = 0; i < n; i++) {
		struct record *r;
		TRY(read_part(q, s, &parts[i], s->r->valid_from, &r));
		if (!r)
			continue;
		if (seen_since(q, s, &parts[i]))
			return E_INVALID;
		if (!parts[i].old || !str_is(s->how, HOW_WRONGLY))
			r->valid_from = s->r->valid_from;
		s->children[s->nchildren++] = (struct child){ parts[i].old, r };
	}
	return E_OK;
}

enum err form_children_read(struct request *q, struct entering *s)
{
	for (const struct entity *const *e = q->c->registry->entities; *e; e++)
		if (inside_form(q, s, *e))
			TRY(read_parts(q, s, *e));
	return E_OK;
}
