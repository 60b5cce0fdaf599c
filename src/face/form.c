/* form.c - forms and their controls: label above, hint, problem beside the field; what was typed stays. */
#include "face/inside.h"

#include "access/secret.h"

bool form_typed(struct request *q, const char *name, struct str *ret)
{
	struct drawing *d = drawing_of(q);
	*ret = (struct str){ 0 };
	/* In write() and in the drawing after it. */
	if (text_is(request_method(q), "POST")) {
		*ret = request_form(q, name);
		return true;
	}
	if (d->form.get) {
		*ret = request_param(q, name);
		return ret->n > 0;
	}
	for (size_t i = d->ndraft; i-- > 0;)
		if (str_is(d->draft[i].name, name)) {
			*ret = d->draft[i].value;
			return true;
		}
	return d->ndraft > 0;
}

/* ---- the form itself ---- */
void form_hidden(struct request *q, const char *name, struct str value)
{
	HTML(&q->html, "<input type=\"hidden\"");
	html_attr_cstr(&q->html, "name", name);
	html_attr(&q->html, "value", value);
	HTML(&q->html, ">");
}

static void guards(struct request *q)
{
	char once[SECRET_TEXT];
	secret_new(once);
	form_hidden(q, FORM_TOKEN, request_form_token(q));
	form_hidden(q, FORM_ONCE, str_of(once));
}

static bool keeps_draft(const struct request *q, const struct form *f)
{
	return q->who && !f->quiet && !f->get && !(q->page && (q->page->flags & PAGE_SECRET));
}

static struct str words_of_draft(struct request *q)
{
	const struct drawing *d = drawing_of(q);
	return str_of(arena_printf(q->arena, "%.*s%s%.*s", (int)d->title.n, d->title.n ? d->title.p : "",
				   d->of.n ? ", " : "", (int)d->of.n, d->of.n ? d->of.p : ""));
}

void form_begin(struct request *q, const struct form *f, const char *fmt, ...)
{
	struct html *h = &q->html;
	CLEANUP(buf_release) struct buf action = BUF_INIT;
	static const char *const steps[] = { "draft", "check", NULL };
	va_list ap;
	va_start(ap, fmt);
	url_vaddf(&action, fmt, ap);
	va_end(ap);
	drawing_of(q)->form = *f;
	if (f->get)
		HTML(h, "<form class=\"filter\" method=\"get\"");
	else
		HTML(h, "<form method=\"post\"");
	if (action.n)
		html_attr(h, "action", (struct str){ action.p, action.n });
	else
		html_attr(h, "action", f->get ? address_path(q) : address_with(q, steps, NULL, 0));
	if (f->upload)
		HTML(h, " enctype=\"multipart/form-data\"");
	if (keeps_draft(q, f)) {
		HTML(h, " data-draft=\"/draft\"");
		html_attr_say(h, "data-kept", N_("A draft was kept at"));
	}
	HTML(h, ">");
	if (f->get)
		return;
	guards(q);
	if (keeps_draft(q, f)) {
		form_hidden(q, FORM_PATH, address_path(q));
		form_hidden(q, FORM_WORDS, words_of_draft(q));
		form_draft_read(q);
		form_draft_note(q);
		HTML(h, "<p class=\"kept\" role=\"status\"></p>");
	}
}

void form_button(struct request *q, const char *words, const char *name, const char *value, bool quiet)
{
	struct html *h = &q->html;
	HTML(h, "<button type=\"submit\"");
	if (quiet)
		HTML(h, " class=\"quiet\"");
	if (name) {
		html_attr_cstr(h, "name", name);
		html_attr_cstr(h, "value", value);
	}
	HTML(h, ">");
	html_say(h, words);
	HTML(h, "</button> ");
}

void form_end(struct request *q, const char *button)
{
	if (button) {
		HTML(&q->html, "<p class=\"actions\">");
		form_button(q, button, NULL, NULL, false);
		HTML(&q->html, "</p>");
	}
	HTML(&q->html, "</form>\n");
	drawing_of(q)->form = (struct form){ 0 };
}

/* ---- what stands around a control ---- */
struct drawn {
	const struct control_ask *a;
	const char *id;
	struct str value;
	const struct problem *wrong;
	const char *described; /* ids of hint and problem; NULL: neither */
};

static const struct problem *problem_of(const struct request *q, const char *name)
{
	const struct problems *p = q->c->problems;
	for (size_t i = 0; i < p->kept; i++)
		if (!p->list[i].row && text_is(p->list[i].column, name))
			return &p->list[i];
	return NULL;
}

static struct drawn drawn_of(struct request *q, const struct control_ask *a)
{
	struct drawn d = { .a = a, .wrong = problem_of(q, a->name) };
	d.id = arena_printf(q->arena, "f-%s", a->name);
	if (!form_typed(q, a->name, &d.value))
		d.value = a->value;
	if (a->kind == C_SECRET)
		d.value = (struct str){ 0 };
	if (a->hint || d.wrong)
		d.described = arena_printf(q->arena, "%s%s%s%s%s", a->hint ? d.id : "", a->hint ? "-hint" : "",
					   a->hint && d.wrong ? " " : "", d.wrong ? d.id : "", d.wrong ? "-error" : "");
	return d;
}

static void hint_and_problem(struct request *q, const struct drawn *d)
{
	struct html *h = &q->html;
	if (d->a->hint) {
		HTML(h, "<p class=\"hint\"");
		html_attr_cstr(h, "id", arena_printf(q->arena, "%s-hint", d->id));
		HTML(h, ">");
		html_say(h, d->a->hint);
		HTML(h, "</p>");
	}
	if (d->wrong) {
		HTML(h, "<p class=\"wrong\"");
		html_attr_cstr(h, "id", arena_printf(q->arena, "%s-error", d->id));
		HTML(h, "><span class=\"hid\">");
		html_say(h, N_("Problem:"));
		HTML(h, " </span>");
		html_cstr(h, d->wrong->what);
		if (d->wrong->todo) {
			HTML(h, "; ");
			html_cstr(h, d->wrong->todo);
		}
		HTML(h, "</p>");
	}
}

static void optional(struct request *q, const struct control_ask *a)
{
	if (a->required || a->kind == C_CHECK || drawing_of(q)->form.get)
		return;
	HTML(&q->html, " <span class=\"optional\">");
	html_say(&q->html, N_("(may be left empty)"));
	HTML(&q->html, "</span>");
}

static void label(struct request *q, const struct drawn *d)
{
	struct html *h = &q->html;
	HTML(h, "<label");
	html_attr_cstr(h, "for", d->id);
	HTML(h, ">");
	html_say(h, d->a->label);
	optional(q, d->a);
	HTML(h, "</label>");
}

/* A choice of a question by address that cannot be left open: the first is chosen, so there is nothing to ask for. */
static bool always_chosen(struct request *q, const struct control_ask *a)
{
	return drawing_of(q)->form.get && a->required && a->kind == C_CHOICE;
}

static void told(struct request *q, const struct drawn *d)
{
	struct html *h = &q->html;
	html_attr_cstr(h, "id", d->id);
	html_attr_cstr(h, "name", d->a->name);
	if (d->a->required && !always_chosen(q, d->a))
		HTML(h, " required");
	if (d->described)
		html_attr_cstr(h, "aria-describedby", d->described);
	if (d->wrong)
		HTML(h, " aria-invalid=\"true\"");
}

/* ---- the controls ---- */
static const char *input_type(enum control k)
{
	switch (k) {
	case C_DATE:
		return "date";
	case C_MONTH:
		return "month";
	case C_SECRET:
		return "password";
	case C_FILE:
		return "file";
	default:
		return "text";
	}
}

static void input(struct request *q, const struct drawn *d)
{
	struct html *h = &q->html;
	HTML(h, "<input");
	html_attr_cstr(h, "type", input_type(d->a->kind));
	told(q, d);
	if (d->a->kind == C_NUMBER)
		HTML(h, " inputmode=\"decimal\" class=\"short\"");
	if (d->a->kind == C_LOOKUP)
		HTML(h, " spellcheck=\"false\" class=\"middle\"");
	if (d->a->most && d->a->kind != C_DATE && d->a->kind != C_MONTH)
		html_attr_int(h, "maxlength", d->a->most);
	if (d->a->kind != C_FILE) {
		html_attr_cstr(h, "autocomplete", d->a->autocomplete ? d->a->autocomplete : "off");
		html_attr(h, "value", d->value);
	}
	HTML(h, ">");
}

static void area(struct request *q, const struct drawn *d)
{
	struct html *h = &q->html;
	HTML(h, "<textarea rows=\"4\"");
	told(q, d);
	if (d->a->most)
		html_attr_int(h, "maxlength", d->a->most);
	/* A line end right after the tag is dropped by every browser, one that was typed is not. */
	HTML(h, ">\n");
	html_text(h, d->value);
	HTML(h, "</textarea>");
}

static void option(struct html *h, struct str value, struct str words, bool chosen)
{
	HTML(h, "<option");
	html_attr(h, "value", value);
	if (chosen)
		HTML(h, " selected");
	HTML(h, ">");
	html_text(h, words);
	HTML(h, "</option>");
}

static bool offers_nothing(const struct control_ask *a)
{
	for (size_t i = 0; i < a->nchoices; i++)
		if (!a->choices[i].value.n)
			return true;
	return false;
}

static const char *nothing_words(struct request *q, const struct control_ask *a)
{
	if (drawing_of(q)->form.get)
		return N_("All");
	return a->required ? N_("Choose one") : N_("Not stated");
}

static void choice(struct request *q, const struct drawn *d)
{
	const struct control_ask *a = d->a;
	HTML(&q->html, "<select");
	told(q, d);
	HTML(&q->html, ">");
	if (!offers_nothing(a) && !always_chosen(q, a))
		option(&q->html, STR(""), str_of(SAY(q, nothing_words(q, a))), !d->value.n);
	for (size_t i = 0; i < a->nchoices; i++)
		option(&q->html, a->choices[i].value, a->choices[i].label, str_eq(a->choices[i].value, d->value));
	HTML(&q->html, "</select>");
}

/* The first has the id to which problems lead. */
static void radio(struct request *q, const struct drawn *d, size_t i)
{
	struct html *h = &q->html;
	const struct choice *c = &d->a->choices[i];
	const char *id = i ? arena_printf(q->arena, "%s-%zu", d->id, i) : d->id;
	HTML(h, "<div class=\"choice\"><input type=\"radio\"");
	html_attr_cstr(h, "id", id);
	html_attr_cstr(h, "name", d->a->name);
	html_attr(h, "value", c->value);
	if (d->a->required)
		HTML(h, " required");
	if (str_eq(c->value, d->value))
		HTML(h, " checked");
	HTML(h, "><label");
	html_attr_cstr(h, "for", id);
	HTML(h, ">");
	html_text(h, c->label);
	HTML(h, "</label></div>");
}

static void radios(struct request *q, const struct drawn *d)
{
	struct html *h = &q->html;
	if (d->wrong)
		HTML(h, "<fieldset class=\"field bad\"");
	else
		HTML(h, "<fieldset class=\"field\"");
	if (d->described)
		html_attr_cstr(h, "aria-describedby", d->described);
	HTML(h, "><legend>");
	html_say(h, d->a->label);
	optional(q, d->a);
	HTML(h, "</legend>");
	hint_and_problem(q, d);
	for (size_t i = 0; i < d->a->nchoices; i++)
		radio(q, d, i);
	HTML(h, "</fieldset>\n");
}

static void check(struct request *q, const struct drawn *d)
{
	struct html *h = &q->html;
	hint_and_problem(q, d);
	HTML(h, "<div class=\"choice\"><input type=\"checkbox\" value=\"true\"");
	told(q, d);
	if (str_is(d->value, "true"))
		HTML(h, " checked");
	HTML(h, ">");
	label(q, d);
	HTML(h, "</div>");
}

void form_control(struct request *q, const struct control_ask *a)
{
	struct html *h = &q->html;
	struct drawn d = drawn_of(q, a);
	if (a->kind == C_RADIO) {
		radios(q, &d);
		return;
	}
	if (d.wrong)
		HTML(h, "<div class=\"field bad\">");
	else
		HTML(h, "<div class=\"field\">");
	if (a->kind == C_CHECK) {
		check(q, &d);
	} else {
		label(q, &d);
		hint_and_problem(q, &d);
		if (a->kind == C_CHOICE)
			choice(q, &d);
		else if (a->kind == C_NOTE)
			area(q, &d);
		else
			input(q, &d);
	}
	HTML(h, "</div>\n");
}
