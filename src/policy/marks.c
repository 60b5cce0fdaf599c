/* marks.c - what may stand beside any value of a pack. */
#include "policy/content.h"
#include "policy/typed.h"

static const char *const names[] = { "source", "assumption", "reason", "from", "to", "may_override" };

bool mark_is(struct str name)
{
	for (size_t i = 0; i < COUNT(names); i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

static void set_date(struct parse *p, date *at, struct str text, struct place where)
{
	struct param v = { 0 };
	if (text.n && typed_read(P_DATE, text, &p->pack->arena, where, p->problems, &v))
		*at = (date)v.i;
}

static void set_bool(struct parse *p, bool *at, struct str text, struct place where)
{
	struct param v = { 0 };
	if (text.n && typed_read(P_BOOL, text, &p->pack->arena, where, p->problems, &v))
		*at = v.i;
}

static void set_text(struct parse *p, struct str *at, struct str text, struct place where)
{
	struct param v = { 0 };
	if (text.n && typed_read(P_TEXT, text, &p->pack->arena, where, p->problems, &v))
		*at = text;
}

void mark_set(struct parse *p, struct mark *m, struct str name, struct str text, struct place where)
{
	if (str_is(name, "source"))
		set_text(p, &m->source, text, where);
	else if (str_is(name, "reason"))
		set_text(p, &m->reason, text, where);
	else if (str_is(name, "from"))
		set_date(p, &m->from, text, where);
	else if (str_is(name, "to"))
		set_date(p, &m->to, text, where);
	else if (str_is(name, "assumption"))
		set_bool(p, &m->assumption, text, where);
	else
		set_bool(p, &m->may_override, text, where);
	if ((str_is(name, "from") || str_is(name, "to")) && m->from > m->to)
		place_problem(p->problems, where, "the last day lies before the first; correct from or to");
}

bool mark_meets(const struct mark *a, const struct mark *b)
{
	return a->from <= b->to && b->from <= a->to;
}

bool mark_holds(const struct mark *m, date day)
{
	return m->from <= day && day <= m->to;
}
