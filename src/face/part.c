/* part.c - sheets, facts, tags, links: the small parts. */
#include "face/inside.h"

/* ---- sheets ---- */
void sheet_begin(struct request *q, const char *heading)
{
	struct html *h = &q->html;
	drawing_of(q)->depth++;
	drawing_of(q)->heading = heading;
	HTML(h, "<div class=\"sheet\">");
	if (!heading)
		return;
	HTML(h, "<h2>");
	html_say(h, heading);
	HTML(h, "</h2>");
}

void sheet_end(struct request *q)
{
	struct drawing *d = drawing_of(q);
	if (d->depth-- == 0)
		bug("a sheet is closed that was not opened");
	if (d->first_open && d->depth == 0) {
		d->first_open = false;
		if (!d->printed)
			frame_help(q);
	}
	HTML(&q->html, "</div>\n");
}

void next_begin(struct request *q, const char *heading, ...)
{
	CLEANUP(buf_release) struct buf filled = BUF_INIT;
	struct html *h = &q->html;
	va_list ap;
	drawing_of(q)->depth++;
	va_start(ap, heading);
	buf_vprintf(&filled, SAY(q, heading), ap);
	va_end(ap);
	HTML(h, "<div class=\"sheet next\"><h2>");
	html_text(h, (struct str){ filled.p, filled.n });
	HTML(h, "</h2>");
}

/* ---- facts ---- */
void facts_begin(struct request *q)
{
	HTML(&q->html, "<dl class=\"facts\">");
}

void fact_begin(struct request *q, const char *label)
{
	HTML(&q->html, "<div><dt>");
	html_say(&q->html, label);
	HTML(&q->html, "</dt><dd>");
}

void fact_end(struct request *q)
{
	HTML(&q->html, "</dd></div>");
}

void fact_text(struct request *q, const char *label, struct str value)
{
	fact_begin(q, label);
	html_text(&q->html, value);
	fact_end(q);
}

void fact_int(struct request *q, const char *label, int64_t value)
{
	fact_begin(q, label);
	html_int(&q->html, value);
	fact_end(q);
}

void fact_date(struct request *q, const char *label, date value)
{
	fact_begin(q, label);
	html_date(&q->html, value);
	fact_end(q);
}

void facts_end(struct request *q)
{
	HTML(&q->html, "</dl>\n");
}

/* ---- tags: the sign goes with the colour ---- */
static void tag_begin(struct html *h, enum tone t)
{
	switch (t) {
	case TONE_GOOD:
		HTML(h, "<span class=\"tag good\"><span aria-hidden=\"true\">✓ </span>");
		break;
	case TONE_WAIT:
		HTML(h, "<span class=\"tag wait\"><span aria-hidden=\"true\">… </span>");
		break;
	case TONE_BAD:
		HTML(h, "<span class=\"tag bad\"><span aria-hidden=\"true\">✗ </span>");
		break;
	case TONE_NOTE:
		HTML(h, "<span class=\"tag note\">");
		break;
	}
}

void tag(struct request *q, enum tone t, const char *words)
{
	tag_begin(&q->html, t);
	html_say(&q->html, words);
	HTML(&q->html, "</span>");
}

void tag_text(struct request *q, enum tone t, struct str text)
{
	tag_begin(&q->html, t);
	html_text(&q->html, text);
	HTML(&q->html, "</span>");
}

void part_closed(struct request *q)
{
	HTML(&q->html, "<span class=\"source\">");
	html_say(&q->html, N_("confidential"));
	HTML(&q->html, "</span>");
}

/* ---- links ---- */
static struct str address_v(struct request *q, const char *fmt, va_list ap)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	url_vaddf(&b, fmt, ap);
	return text_of(q, &b);
}

struct str address_of(struct request *q, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	struct str s = address_v(q, fmt, ap);
	va_end(ap);
	return s;
}

static void link_begin(struct html *h, struct str href)
{
	HTML(h, "<a");
	html_attr(h, "href", href);
	HTML(h, ">");
}

void link_say(struct request *q, const char *words, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	link_begin(&q->html, address_v(q, fmt, ap));
	va_end(ap);
	html_say(&q->html, words);
	HTML(&q->html, "</a>");
}

void link_text(struct request *q, struct str text, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	link_begin(&q->html, address_v(q, fmt, ap));
	va_end(ap);
	html_text(&q->html, text);
	HTML(&q->html, "</a>");
}

void button_link(struct request *q, bool quiet, const char *words, const char *fmt, ...)
{
	struct html *h = &q->html;
	va_list ap;
	va_start(ap, fmt);
	struct str href = address_v(q, fmt, ap);
	va_end(ap);
	HTML(h, "<a class=\"button");
	if (quiet)
		HTML(h, " quiet");
	HTML(h, "\"");
	html_attr(h, "href", href);
	HTML(h, ">");
	html_say(h, words);
	HTML(h, "</a> ");
}

/* ---- what is missing, what is wrong ---- */
void part_empty(struct request *q, const char *what, const char *todo, const char *button, const char *href)
{
	struct html *h = &q->html;
	HTML(h, "<div class=\"empty\"><p><strong>");
	html_say(h, what);
	HTML(h, "</strong></p><p>");
	html_say(h, todo);
	HTML(h, "</p>");
	if (href) {
		HTML(h, "<p><a class=\"button\"");
		html_attr_cstr(h, "href", href);
		HTML(h, ">");
		html_say(h, button);
		HTML(h, "</a></p>");
	}
	HTML(h, "</div>");
}

/* What the form calls the column; NULL: the problem itself says of what it is. */
static const char *asked_words(struct request *q, const char *column)
{
	const struct entity *e = drawing_of(q)->asked;
	int i = e ? entity_field(e, column) : -1;
	if (i >= 0)
		return e->fields[i].label;
	return e && e->kind != THING && text_is(column, entity_day_column(e)) ? day_words(q, e) : NULL;
}

static void one_problem(struct request *q, const struct problem *p)
{
	struct html *h = &q->html;
	const char *asked = p->column ? asked_words(q, p->column) : NULL;
	HTML(h, "<li>");
	if (p->row) {
		html_sayf(h, N_("Row %zu:"), p->row);
		HTML(h, " ");
	}
	if (p->column && !p->row) {
		HTML(h, "<a");
		html_attr_cstr(h, "href", arena_printf(q->arena, "#f-%s", p->column));
		HTML(h, ">");
	}
	if (asked) {
		html_say(h, asked);
		HTML(h, ": ");
	}
	html_cstr(h, p->what);
	if (p->column && !p->row)
		HTML(h, "</a>");
	if (p->todo) {
		HTML(h, "; ");
		html_cstr(h, p->todo);
	}
	HTML(h, "</li>");
}

void part_problems(struct request *q)
{
	struct html *h = &q->html;
	const struct problems *p = q->c->problems;
	if (!p->count)
		return;
	HTML(h, "<div class=\"problems\" id=\"problems\" role=\"alert\" tabindex=\"-1\"><h2>");
	html_sayf(h, say_n(q->lang, N_("%zu thing to mend"), N_("%zu things to mend"), (int64_t)p->count), p->count);
	HTML(h, "</h2><ul>");
	for (size_t i = 0; i < p->kept && i < 100; i++)
		one_problem(q, &p->list[i]);
	HTML(h, "</ul>");
	if (p->count > 100) {
		HTML(h, "<p>");
		html_sayf(h, N_("and %zu more"), p->count - 100);
		HTML(h, "</p>");
	}
	HTML(h, "</div>\n");
}
