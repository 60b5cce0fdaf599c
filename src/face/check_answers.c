/* check_answers.c - what was typed, what it would change, and the button that saves it. */
#include "entity/change.h"
#include "face/enter.h"
#include "face/inside.h"

/* ---- the answers ---- */
static void answer_begin(struct request *q, const char *label)
{
	HTML(&q->html, "<div><dt>");
	html_say(&q->html, label);
	HTML(&q->html, "</dt><dd>");
}

static void answer_end(struct request *q)
{
	HTML(&q->html, "</dd></div>");
}

static void field_answer(struct request *q, const struct entering *s, int i)
{
	struct html *h = &q->html;
	const struct field *f = &s->e->fields[i];
	bool differs = s->base && entering_differs(s, i, s->base, s->r);
	if (!field_drawn(f, s->closed) || (!s->r->v[i].set && !differs))
		return;
	answer_begin(q, f->label);
	if (differs && s->base->v[i].set) {
		HTML(h, "<del class=\"was\">");
		part_value(q, f, &s->base->v[i], s->closed);
		HTML(h, "</del> ");
	}
	if (differs)
		HTML(h, "<ins>");
	if (s->r->v[i].set)
		part_value(q, f, &s->r->v[i], s->closed);
	else
		html_say(h, N_("nothing stated"));
	if (differs)
		HTML(h, "</ins>");
	answer_end(q);
}

static void day_answer(struct request *q, const struct entering *s)
{
	if (s->r->valid_from == DATE_NONE)
		return;
	answer_begin(q, s->kind == ENTER_CHANGE && !str_is(s->how, HOW_WRONGLY) ? N_("It changed on")
										: day_words(q, s->e));
	if (s->base && s->kind == ENTER_CORRECT && s->base->valid_from != s->r->valid_from) {
		HTML(&q->html, "<del class=\"was\">");
		html_date(&q->html, s->base->valid_from);
		HTML(&q->html, "</del> ");
	}
	html_date(&q->html, s->r->valid_from);
	answer_end(q);
	if (s->r->until == DATE_NONE)
		return;
	answer_begin(q, N_("Last day"));
	html_date(&q->html, s->r->until);
	answer_end(q);
}

/* The first field names the part. */
static void child_answer(struct request *q, const struct entering *s, const struct child *x)
{
	struct html *h = &q->html;
	const struct entity *e = x->r->entity;
	entering_note(q, s, x->old);
	answer_begin(q, e->title);
	HTML(h, "<strong>");
	part_value(q, &e->fields[0], &x->r->v[0], s->closed);
	HTML(h, "</strong>");
	for (int i = 1; i < e->nfields; i++) {
		if (!field_drawn(&e->fields[i], s->closed) || (x->old && value_eq(&x->old->v[i], &x->r->v[i])))
			continue;
		HTML(h, "<br>");
		if (x->old && x->old->v[i].set) {
			HTML(h, "<del class=\"was\">");
			part_value(q, &e->fields[i], &x->old->v[i], s->closed);
			HTML(h, "</del> ");
		}
		HTML(h, "<ins>");
		part_value(q, &e->fields[i], &x->r->v[i], s->closed);
		HTML(h, "</ins>");
	}
	answer_end(q);
}

static void answers(struct request *q, const struct entering *s)
{
	entering_note(q, s, s->base);
	HTML(&q->html, "<dl class=\"check\">");
	if (form_states_day(s->e) || s->kind == ENTER_CHANGE)
		day_answer(q, s);
	for (int i = 0; i < s->e->nfields; i++)
		field_answer(q, s, i);
	for (size_t i = 0; i < s->nchildren; i++)
		child_answer(q, s, &s->children[i]);
	if (s->why.n && !str_is(s->how, HOW_CHANGED)) {
		answer_begin(q, N_("Why was it wrong?"));
		html_text(&q->html, s->why);
		answer_end(q);
	}
	HTML(&q->html, "</dl>");
}

/* ---- what it changes ---- */
static void paragraph_begin(struct request *q)
{
	HTML(&q->html, "<p>");
}

static void paragraph_end(struct request *q)
{
	HTML(&q->html, "</p>");
}

static void reaches_back(struct request *q, const struct entering *s)
{
	CLEANUP(buf_release) struct buf day = BUF_INIT;
	CLEANUP(buf_release) struct buf span = BUF_INIT;
	if (s->e->kind == EVENT || s->r->valid_from == DATE_NONE || s->r->valid_from >= q->c->today)
		return;
	int months = date_months_between(s->r->valid_from, q->c->today);
	if (!months)
		return;
	say_date(q->lang, s->r->valid_from, &day);
	say_months(q->lang, months, &span);
	paragraph_begin(q);
	html_sayf(&q->html,
		  N_("This reaches back %s, to %s. What was decided since then did not know it: such decisions stay as "
		     "they are, and show beside what is known now."),
		  buf_str(&span), buf_str(&day));
	paragraph_end(q);
}

static bool same_lane(const struct record *a, const struct record *b)
{
	int lane = entity_lane(a->entity);
	return lane < 0 || record_get(a, lane, 0) == record_get(b, lane, 0);
}

static void neighbour(struct request *q, const struct entering *s, const struct record *r)
{
	entering_note(q, s, r);
	HTML(&q->html, "<li><strong>");
	part_value(q, &r->entity->fields[0], &r->v[0], s->closed);
	HTML(&q->html, "</strong>: ");
}

static const char *day_said(struct request *q, date d)
{
	CLEANUP(buf_release) struct buf day = BUF_INIT;
	say_date(q->lang, d, &day);
	return text_of(q, &day).p;
}

/* A row between two others: the one before it ends, and it ends with the one after it. */
static enum err neighbours(struct request *q, const struct entering *s)
{
	struct query query = { .entity = s->e, .owner = s->id, .at = AS_OF_NOW, .extent = BELIEVED };
	const struct record *before = NULL, *after = NULL;
	struct record **rows;
	size_t n;
	if (s->e->kind != SERIES || s->r->valid_from == DATE_NONE)
		return E_OK;
	TRY(read_all(q->c, &query, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if ((s->old && rows[i]->id == s->old->id) || rows[i]->op != OP_HOLDS || !same_lane(rows[i], s->r))
			continue;
		if (rows[i]->valid_from < s->r->valid_from && (!before || rows[i]->valid_from > before->valid_from))
			before = rows[i];
		if (rows[i]->valid_from > s->r->valid_from && (!after || rows[i]->valid_from < after->valid_from))
			after = rows[i];
	}
	if (!before && !after)
		return E_OK;
	HTML(&q->html, "<ul>");
	if (before && (before->until == DATE_NONE || before->until >= s->r->valid_from)) {
		neighbour(q, s, before);
		html_sayf(&q->html, N_("would hold until %s, the day before"), day_said(q, s->r->valid_from - 1));
		HTML(&q->html, "</li>");
	}
	if (after) {
		neighbour(q, s, after);
		html_sayf(&q->html, N_("follows on %s, and stays as it is"), day_said(q, after->valid_from));
		HTML(&q->html, "</li>");
	}
	HTML(&q->html, "</ul>");
	return E_OK;
}

/* Versions of later days that had copied the old value. */
static enum err carried(struct request *q, const struct entering *s)
{
	struct record **rows;
	size_t n;
	if (s->e->kind != THING || !s->id || !str_is(s->how, HOW_CHANGED))
		return E_OK;
	TRY(change_preview(q->c, s->r, &rows, &n));
	for (size_t i = 1; i < n; i++) {
		CLEANUP(buf_release) struct buf day = BUF_INIT;
		say_date(q->lang, rows[i]->valid_from, &day);
		paragraph_begin(q);
		html_sayf(&q->html, N_("What was written for %s had copied the old words; it gets the new ones too."),
			  buf_str(&day));
		paragraph_end(q);
	}
	return E_OK;
}

/* What modules know to depend on it. */
static enum err consequences(struct request *q, const struct entering *s)
{
	const struct record *new = str_is(s->how, HOW_NEVER) ? NULL : s->r;
	for (const struct consequence *const *set = face_of(q)->consequences; set && *set; set++)
		for (const struct consequence *c = *set; c->of; c++)
			if (c->of == s->e && new)
				TRY(c->draw(q, s->base, new));
	return E_OK;
}

static enum err what_changes(struct request *q, const struct entering *s)
{
	CLEANUP(buf_release) struct buf drawn = BUF_INIT;
	struct buf *page = q->html.out;
	q->html.out = &drawn;
	reaches_back(q, s);
	enum err e = neighbours(q, s);
	if (e == E_OK)
		e = carried(q, s);
	if (e == E_OK)
		e = consequences(q, s);
	q->html.out = page;
	TRY(e);
	if (!drawn.n)
		return E_OK;
	sheet_begin(q, N_("What this changes"));
	buf_add(page, drawn.p, drawn.n);
	sheet_end(q);
	return E_OK;
}

/* ---- the button ---- */
static void typed_again(struct request *q)
{
	const struct drawing *d = drawing_of(q);
	for (size_t i = 0; i < d->ndraft; i++)
		form_hidden(q, terminated(q, d->draft[i].name), d->draft[i].value);
}

/* What modules can do together with the saving. */
static enum err offers(struct request *q, const struct entering *s)
{
	for (const struct consequence *const *set = face_of(q)->consequences; set && *set; set++)
		for (const struct consequence *c = *set; c->of; c++)
			if (c->of == s->e && c->offer && !str_is(s->how, HOW_NEVER))
				TRY(c->offer(q, s->base, s->r));
	return E_OK;
}

static enum err save_form(struct request *q, const struct entering *s)
{
	static const char *const checked[] = { "check", NULL };
	struct html *h = &q->html;
	form_begin(q, &(struct form){ .quiet = true }, "");
	typed_again(q);
	form_hidden(q, FORM_PATH, address_path(q));
	form_hidden(q, FORM_STEP, STR("save"));
	HTML(h, "<p class=\"actions\">");
	form_button(q, N_("Save"), NULL, NULL, false);
	TRY(offers(q, s));
	HTML(h, "<a class=\"button quiet\"");
	html_attr(h, "href", address_with(q, checked, NULL, 0));
	HTML(h, ">");
	html_say(h, N_("Change something"));
	HTML(h, "</a></p>");
	form_end(q, NULL);
	return E_OK;
}

enum err check_answers(struct request *q, struct entering *s)
{
	entering_frame(q, s, N_("Check the answers"));
	part_problems(q);
	answers(q, s);
	sheet_end(q);
	TRY(what_changes(q, s));
	next_begin(q, N_("Next: save it"));
	HTML(&q->html, "<p>");
	html_say(&q->html, N_("It is written down with your name and the time, and you get a receipt. It can be "
			      "corrected later, with a reason; what stood before stays readable."));
	HTML(&q->html, "</p>");
	TRY(save_form(q, s));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}
