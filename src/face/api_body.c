/* api_body.c - what a program sent, as names and texts, and laid over a record. */
#include "base/jansson_read.h"
#include "face/api.h"

/* ---- JSON ---- */

static const char *scalar(struct request *q, const json_t *v)
{
	if (json_is_string(v))
		return arena_text(q->arena, json_string_value(v), json_string_length(v));
	if (json_is_integer(v))
		return arena_printf(q->arena, "%lld", (long long)json_integer_value(v));
	if (json_is_boolean(v))
		return json_is_true(v) ? "true" : "false";
	if (json_is_null(v))
		return "";
	return NULL;
}

/* 79.5 becomes the double nearest to it, whose shortest two decimals are what was written. */
static const char *decimal(struct request *q, const json_t *v)
{
	char *text = arena_printf(q->arena, "%.2f", json_real_value(v));
	return strtod(text, NULL) == json_real_value(v) ? text : NULL;
}

static void member(struct request *q, const char *name, const json_t *v, struct pair *ret)
{
	const char *text = json_is_real(v) ? decimal(q, v) : scalar(q, v);
	*ret = (struct pair){ str_of(arena_copy(q->arena, name)), str_of(text) };
	if (!text)
		problem_at(
			q->c->problems, NULL, 0, ret->name.p,
			"this is not a single value; give a text, a whole number, a number with at most two decimals, "
			"true, false or null");
	else if (text_has_control(ret->value) && !strpbrk(text, "\n\r"))
		problem_at(q->c->problems, NULL, 0, ret->name.p, "the text holds control characters; leave them out");
}

static enum err members(struct request *q, json_t *tree, struct pair **ret, size_t *ret_n)
{
	struct pair *list = ARENA_ARRAY(q->arena, struct pair, json_object_size(tree) + 1);
	const char *name;
	json_t *v;
	size_t n = 0;
	json_object_foreach(tree, name, v)
	{
		member(q, name, v, &list[n++]);
	}
	*ret = list;
	*ret_n = n;
	return q->c->problems->count ? E_INVALID : E_OK;
}

enum err api_body(struct request *q, struct pair **ret, size_t *ret_n)
{
	struct str s = request_body(q);
	json_error_t wrong;
	json_t *tree = s.n ? json_loadb(s.p, s.n, JSON_REJECT_DUPLICATES, &wrong) : NULL;
	enum err e = E_INVALID;
	if (json_is_object(tree))
		e = members(q, tree, ret, ret_n);
	else if (tree || !s.n)
		problem_at(q->c->problems, NULL, 0, NULL, "the body is not an object; send one, {\"name\": value, …}");
	else
		problem_at(q->c->problems, NULL, 0, NULL,
			   "the body is not JSON: %s at character %d; send an object in UTF-8", wrong.text,
			   wrong.position);
	json_decref(tree);
	return e;
}

const struct pair *api_member(const struct pair *body, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(body[i].name, name))
			return &body[i];
	return NULL;
}

/* ---- laid over a record ---- */

static bool among(const char *const *names, struct str name)
{
	for (; names && *names; names++)
		if (str_is(name, *names))
			return true;
	return name.n > 0 && name.p[0] == '_';
}

static void take_day(struct request *q, const struct pair *m, date *ret)
{
	*ret = DATE_NONE;
	if (m->value.n && !date_parse(m->value, ret))
		problem_at(q->c->problems, NULL, 0, m->name.p,
			   "this is no day of the calendar; write it as YYYY-MM-DD, such as 2008-10-01");
}

static void take_field(struct request *q, const struct pair *m, bool may_closed, struct record *r)
{
	const struct entity *e = r->entity;
	int i = entity_field(e, m->name.p);
	const struct field *f = i < 0 ? NULL : &e->fields[i];
	struct value v = { 0 };
	if (!f || !field_drawn(f, may_closed)) {
		problem_at(q->c->problems, NULL, 0, m->name.p,
			   "there is no such field here; leave it out, or look at %s", "/api/v1/openapi.json");
		return;
	}
	date on = r->valid_from == DATE_NONE ? q->c->today : r->valid_from;
	if (!m->value.n)
		record_clear(r, i);
	else if (value_parse(q->c, f, m->value, on, &v, q->c->problems, NULL, 0))
		r->v[i] = v;
}

enum err api_take(struct request *q, const struct pair *body, size_t n, const char *const *known, bool may_closed,
		  struct record *r)
{
	const struct entity *e = r->entity;
	bool apart = entity_field(e, entity_day_column(e)) < 0; /* else the day is one of the fields */
	const struct pair *day = apart ? api_member(body, n, entity_day_column(e)) : NULL;
	size_t before = q->c->problems->count;
	if (day) /* first, since what is sound may depend on it */
		take_day(q, day, &r->valid_from);
	for (size_t i = 0; i < n; i++) {
		const struct pair *m = &body[i];
		if (day && m == day)
			continue;
		if (e->until && str_is(m->name, "until"))
			take_day(q, m, &r->until);
		else if (!among(known, m->name))
			take_field(q, m, may_closed, r);
	}
	return q->c->problems->count == before ? E_OK : E_INVALID;
}
