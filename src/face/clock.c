/* clock.c - the two dates of every page about people. */
#include "face/inside.h"

#include "base/number.h"

static const char *cstr(struct request *q, struct str s)
{
	return s.n ? terminated(q, s) : NULL;
}

/* The command line says --as-of; addresses say as_of. */
static void as_asked(struct problem *p)
{
	static const char *const names[] = { "as-of", "as_of", "known-at", "known_at" };
	for (size_t i = 0; i < COUNT(names); i += 2)
		if (p->column && text_is(p->column, names[i]))
			p->column = names[i + 1];
}

enum err part_moment(struct request *q, struct moment *ret)
{
	const char *as_of = cstr(q, request_param(q, "as_of")), *known_at = cstr(q, request_param(q, "known_at"));
	enum err e = moment_parse(q->c, as_of, known_at, ret);
	for (size_t i = 0; e != E_OK && i < q->c->problems->kept; i++)
		as_asked(&q->c->problems->list[i]);
	return e;
}

static void one(struct request *q, const char *label, const char *name, struct str value, bool day)
{
	struct html *h = &q->html;
	const char *id = arena_printf(q->arena, "c-%s", name);
	HTML(h, "<div><label");
	html_attr_cstr(h, "for", id);
	HTML(h, ">");
	html_say(h, label);
	HTML(h, "</label><input");
	html_attr_cstr(h, "type", day ? "date" : "text");
	html_attr_cstr(h, "id", id);
	html_attr_cstr(h, "name", name);
	html_attr(h, "value", value);
	HTML(h, "></div>");
}

void part_clock(struct request *q, const struct moment *at, const char *since_href)
{
	struct html *h = &q->html;
	char day[DATE_TEXT], now[DATE_TEXT];
	struct str known = request_param(q, "known_at");
	int64_t number;
	HTML(h, "<form class=\"clock\" method=\"get\"");
	html_attr(h, "action", address_path(q));
	HTML(h, ">");
	one(q, N_("As things stood on"), "as_of", str_of(date_text(at->day == DATE_NONE ? q->c->today : at->day, day)),
	    true);
	one(q, N_("As we knew it on"), "known_at", known.n ? known : str_of(date_text(q->c->today, now)),
	    !number_parse(known, &number));
	HTML(h, "<button type=\"submit\">");
	html_say(h, N_("Show"));
	HTML(h, "</button>");
	if (since_href) {
		HTML(h, "<a");
		html_attr_cstr(h, "href", since_href);
		HTML(h, ">");
		html_say(h, N_("What changed since?"));
		HTML(h, "</a>");
	}
	HTML(h, "</form>\n");
}
