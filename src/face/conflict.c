/* conflict.c - two people wrote the same record: yours, theirs and what was before, to be chosen field by field. */
#include "face/enter.h"
#include "face/inside.h"

static struct str text_value(struct request *q, const struct field *f, const struct value *v)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	if (v->set)
		value_text(q->c, f, v, &b);
	return text_of(q, &b);
}

/* The head of its column stands in the cell too, where a narrow window puts the cells under each other. */
static void cell(struct request *q, const char *class, const char *head, const struct field *f, const struct value *v)
{
	HTML(&q->html, "<td");
	html_attr_cstr(&q->html, "class", class);
	html_attr_say(&q->html, "data-label", head);
	HTML(&q->html, ">");
	if (v->set)
		part_value(q, f, v, true);
	else
		html_say(&q->html, N_("nothing stated"));
	HTML(&q->html, "</td>");
}

/* What I typed for a field: as it parses, else what was before. */
static struct value mine_of(struct request *q, const struct field *f, const struct value *before)
{
	struct problems ignored CLEANUP(problems_release) = PROBLEMS_INIT;
	struct value v = *before;
	struct str typed;
	if (form_typed(q, f->name, &typed) &&
	    !value_parse(q->c, f, str_trim(typed), q->c->today, &v, &ignored, NULL, 0))
		v = *before;
	return v;
}

static void radio(struct request *q, const struct field *f, struct str value, const char *words, bool chosen,
		  int number)
{
	struct html *h = &q->html;
	const char *id = arena_printf(q->arena, "f-%s-%d", f->name, number);
	HTML(h, "<div class=\"choice\"><input type=\"radio\" required");
	html_attr_cstr(h, "id", id);
	html_attr_cstr(h, "name", f->name);
	html_attr(h, "value", value);
	if (chosen)
		HTML(h, " checked");
	HTML(h, "><label");
	html_attr_cstr(h, "for", id);
	HTML(h, ">");
	html_say(h, words);
	HTML(h, "</label></div>");
}

/* Where only one of the two wrote, that one is chosen; where both did, nobody but the reader can say. */
static void choose(struct request *q, const struct entering *s, const struct conflict *x, int i)
{
	struct html *h = &q->html;
	const struct field *f = &s->e->fields[i];
	const struct value *before = &x->before->v[i], *theirs = &x->theirs->v[i];
	struct value mine = mine_of(q, f, before);
	bool i_wrote = !value_eq(&mine, before), they_wrote = !value_eq(theirs, before);
	if (value_eq(&mine, theirs))
		return;
	HTML(h, "<tr class=\"differs\"><th scope=\"row\">");
	html_say(h, f->label);
	HTML(h, "</th>");
	cell(q, "before", N_("Before"), f, before);
	cell(q, "mine", N_("Yours"), f, &mine);
	cell(q, "theirs", N_("Theirs"), f, theirs);
	HTML(h, "<td><fieldset class=\"field\"><legend class=\"hid\">");
	html_say(h, f->label);
	HTML(h, "</legend>");
	radio(q, f, text_value(q, f, &mine), N_("Keep yours"), i_wrote && !they_wrote, 1);
	radio(q, f, text_value(q, f, theirs), N_("Keep theirs"), they_wrote && !i_wrote, 2);
	HTML(h, "</fieldset></td></tr>");
}

static bool is_field(const struct entity *e, struct str name)
{
	for (int i = 0; i < e->nfields; i++)
		if (str_is(name, e->fields[i].name))
			return true;
	return false;
}

/* The day, the reason and what happened stay as they were typed. */
static void others(struct request *q, const struct entering *s)
{
	size_t n;
	const struct pair *list = request_forms(q, &n);
	for (size_t i = 0; i < n; i++)
		if (!is_field(s->e, list[i].name) && !str_is(list[i].name, FORM_TOKEN) &&
		    !str_is(list[i].name, FORM_ONCE) && !str_is(list[i].name, FORM_SEEN) &&
		    !str_is(list[i].name, FORM_STEP) && !str_is(list[i].name, FORM_ALSO))
			form_hidden(q, terminated(q, list[i].name), list[i].value);
}

static bool chosen_here(const struct entering *s, int i)
{
	const struct field *f = &s->e->fields[i];
	return field_drawn(f, s->closed) && !(i == 0 && s->e->kind == THING && !s->e->alias);
}

/* Where both say the same there is nothing to choose. */
static void alike(struct request *q, const struct entering *s, const struct conflict *x)
{
	for (int i = 0; i < s->e->nfields; i++) {
		const struct field *f = &s->e->fields[i];
		struct value mine = mine_of(q, f, &x->before->v[i]);
		if (chosen_here(s, i) && value_eq(&mine, &x->theirs->v[i]))
			form_hidden(q, f->name, text_value(q, f, &x->theirs->v[i]));
	}
}

static void table(struct request *q, const struct entering *s, const struct conflict *x)
{
	struct html *h = &q->html;
	HTML(h, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-labelledby=\"both\"><table "
		"class=\"versions\"><caption "
		"id=\"both\">");
	html_say(h, N_("Both versions"));
	HTML(h, "</caption><thead><tr><th scope=\"col\">");
	html_say(h, N_("What"));
	HTML(h, "</th><th scope=\"col\">");
	html_say(h, N_("Before"));
	HTML(h, "</th><th scope=\"col\">");
	html_say(h, N_("Yours"));
	HTML(h, "</th><th scope=\"col\">");
	html_say(h, N_("Theirs"));
	HTML(h, "</th><th scope=\"col\">");
	html_say(h, N_("Choose"));
	HTML(h, "</th></tr></thead><tbody>");
	for (int i = 0; i < s->e->nfields; i++)
		if (chosen_here(s, i))
			choose(q, s, x, i);
	HTML(h, "</tbody></table></div>");
}

static void gone(struct request *q, const struct entering *s)
{
	part_empty(q, N_("Somebody took it away while you were typing: it is recorded that it never was so."),
		   N_("What you typed is below. If it is right all the same, enter it as new."), NULL, NULL);
	HTML(&q->html, "<dl class=\"check\">");
	for (int i = 0; i < s->e->nfields; i++) {
		struct str typed = request_form(q, s->e->fields[i].name);
		if (!typed.n)
			continue;
		HTML(&q->html, "<div><dt>");
		html_say(&q->html, s->e->fields[i].label);
		HTML(&q->html, "</dt><dd>");
		html_text(&q->html, typed);
		HTML(&q->html, "</dd></div>");
	}
	HTML(&q->html, "</dl>");
}

void conflict_draw(struct request *q, const struct entering *s, const struct conflict *x)
{
	struct html *h = &q->html;
	entering_frame(q, s, N_("Somebody else was first"));
	if (!x->theirs) {
		gone(q, s);
		sheet_end(q);
		frame_end(q);
		return;
	}
	entering_note(q, s, x->theirs);
	HTML(h, "<p>");
	html_say(h, N_("While you were typing, somebody else changed the same. Nothing of yours and nothing of theirs "
		       "is lost: choose what shall stand."));
	HTML(h, "</p><p class=\"source\">");
	if (part_receipt(q, x->theirs->known_from) != E_OK)
		html_say(h, N_("written by somebody else"));
	HTML(h, "</p>");
	form_begin(q, &(struct form){ .quiet = true }, "");
	others(q, s);
	form_hidden(q, FORM_SEEN, str_of(arena_printf(q->arena, "%lld", (long long)ledger_head(q->c->ledger))));
	form_hidden(q, FORM_STEP, STR("check"));
	alike(q, s, x);
	table(q, s, x);
	form_end(q, N_("Check the answers"));
	sheet_end(q);
	frame_end(q);
}
