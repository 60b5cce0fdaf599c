/* record.c - values of a fact: copied, compared, set, read from text and written. */
#include "entity/record.h"

#include "entity/ctx.h"
#include "entity/entity.h"
#include "entity/type.h"

struct record *record_new(struct arena *a, const struct entity *e)
{
	/* One piece for both: records are made by the hundred thousand. */
	struct record *r = arena_alloc(a, sizeof(*r) + (size_t)e->nfields * sizeof(struct value));
	r->entity = e;
	r->v = (struct value *)(r + 1);
	r->valid_from = r->until = DATE_NONE;
	return r;
}

struct record *record_copy(struct arena *a, const struct record *r)
{
	struct record *n = record_new(a, r->entity);
	struct value *v = n->v;
	*n = *r;
	n->v = v;
	n->code = str_copy(a, r->code);
	n->why = str_copy(a, r->why);
	for (int i = 0; i < r->entity->nfields; i++) {
		v[i] = r->v[i];
		v[i].t = str_copy(a, r->v[i].t);
	}
	return n;
}

bool value_eq(const struct value *a, const struct value *b)
{
	if (!a->set || !b->set)
		return a->set == b->set;
	return a->i == b->i && a->j == b->j && str_eq(a->t, b->t);
}

bool record_believed(const struct record *r, int64_t position)
{
	return r->known_from <= position && (!r->known_to || r->known_to > position);
}

void record_int(struct record *r, int field, int64_t v)
{
	r->v[field] = (struct value){ .set = true, .i = v };
}

void record_text(struct record *r, int field, struct str v)
{
	r->v[field] = (struct value){ .set = v.n > 0, .t = v };
}

void record_clear(struct record *r, int field)
{
	r->v[field] = (struct value){ 0 };
}

int64_t record_get(const struct record *r, int field, int64_t otherwise)
{
	return r->v[field].set ? r->v[field].i : otherwise;
}

bool record_has(const struct record *r, int field)
{
	return r->v[field].set;
}

const char *entity_word(struct problems *p, const struct entity *e)
{
	return problem_word(p, e->name, e->title);
}

const char *field_word(struct problems *p, const struct field *f)
{
	if (!p->lang)
		return f->name;
	return arena_printf(&p->arena, "“%s”", say(p->lang, f->label));
}

bool value_parse(struct ctx *c, const struct field *f, struct str text, date on, struct value *ret, struct problems *p,
		 const char *file, size_t row)
{
	struct value v = { 0 };
	if (text.n == 0) {
		*ret = v;
		return true;
	}
	struct buf wrong CLEANUP(buf_release) = BUF_INIT;
	struct reading r = { .c = c,
			     .lang = p->lang,
			     .field = f,
			     .text = text,
			     .on = on,
			     .arena = c ? c->arena : NULL,
			     .wrong = &wrong };
	if (TYPE(f)->parse(&r, &v) && TYPE(f)->fits(&r, &v)) {
		v.set = true;
		*ret = v;
		return true;
	}
	problem_at(p, file, row, f->name, "%s", buf_str(&wrong));
	return false;
}

void value_text(struct ctx *c, const struct field *f, const struct value *v, struct buf *out)
{
	if (v->set)
		TYPE(f)->text(c, f, v, out);
}
