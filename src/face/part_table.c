/* part_table.c - tables inside their own scroller, heads that order them, and the pages of a list. */
#include "face/inside.h"

#include "base/number.h"

/* ---- heads ---- */
static void sorting_head(struct request *q, const struct head *w)
{
	struct html *h = &q->html;
	static const char *const fresh[] = { "after", "from", "down", NULL };
	bool sorted = str_is(request_param(q, "sort"), w->sort), down = request_flag(q, "down");
	struct pair with[] = {
		{ STR("sort"), str_of(w->sort) },
		{ STR("down"), sorted && !down ? STR("1") : (struct str){ 0 } },
	};
	HTML(h, "<a");
	html_attr(h, "href", address_with(q, fresh, with, COUNT(with)));
	HTML(h, ">");
	html_say(h, w->words);
	HTML(h, "</a>");
}

static void one_head(struct request *q, const struct head *w)
{
	struct html *h = &q->html;
	HTML(h, "<th scope=\"col\"");
	if (w->number)
		HTML(h, " class=\"n\"");
	if (w->sort && str_is(request_param(q, "sort"), w->sort))
		html_attr_cstr(h, "aria-sort", request_flag(q, "down") ? "descending" : "ascending");
	HTML(h, ">");
	if (w->sort)
		sorting_head(q, w);
	else
		html_say(h, w->words);
	if (w->small) {
		HTML(h, "<small>");
		html_say(h, w->small);
		HTML(h, "</small>");
	}
	HTML(h, "</th>");
}

/* The heading over the table, or the page's own, says the same. */
static bool said_already(struct request *q, const char *caption)
{
	const struct drawing *d = drawing_of(q);
	return text_is(d->heading, caption) || str_is(d->title, SAY(q, caption));
}

static void begin(struct request *q, const char *class, const char *caption, const struct head *heads, size_t n)
{
	struct html *h = &q->html;
	int number = ++drawing_of(q)->tables;
	const char *id = arena_printf(q->arena, "table-%d", number);
	HTML(h, "<div class=\"scroll\" role=\"group\" tabindex=\"0\"");
	if (caption)
		html_attr_cstr(h, "aria-labelledby", id);
	else
		html_attr_say(h, "aria-label", N_("Table"));
	HTML(h, "><table");
	if (class)
		html_attr_cstr(h, "class", class);
	HTML(h, ">");
	if (caption) {
		HTML(h, "<caption");
		if (said_already(q, caption))
			HTML(h, " class=\"hid\"");
		html_attr_cstr(h, "id", id);
		HTML(h, ">");
		html_say(h, caption);
		HTML(h, "</caption>");
	}
	HTML(h, "<thead><tr>");
	for (size_t i = 0; i < n; i++)
		one_head(q, &heads[i]);
	HTML(h, "</tr></thead><tbody>\n");
}

void table_begin(struct request *q, const char *caption, const struct head *heads, size_t n)
{
	begin(q, NULL, caption, heads, n);
}

void table_begin_stacking(struct request *q, const char *caption, const struct head *heads, size_t n)
{
	struct drawing *d = drawing_of(q);
	begin(q, "stacks", caption, heads, n);
	d->stacks = heads;
	d->nstacks = n;
}

/* ---- rows ---- */
void row_begin(struct request *q)
{
	drawing_of(q)->column = 0;
	HTML(&q->html, "<tr>");
}

/* The first cell is what the row is about, and heads the others. */
static void label(struct request *q)
{
	struct drawing *d = drawing_of(q);
	if (d->stacks && d->column > 0 && d->column < d->nstacks)
		html_attr_say(&q->html, "data-label", d->stacks[d->column].words);
	d->column++;
}

void cell_begin(struct request *q, bool number)
{
	HTML(&q->html, "<td");
	if (number)
		HTML(&q->html, " class=\"n\"");
	label(q);
	HTML(&q->html, ">");
}

void cell_end(struct request *q)
{
	HTML(&q->html, "</td>");
}

void cell_text(struct request *q, struct str s)
{
	cell_begin(q, false);
	html_text(&q->html, s);
	cell_end(q);
}

void cell_int(struct request *q, int64_t v)
{
	cell_begin(q, true);
	html_int(&q->html, v);
	cell_end(q);
}

void cell_date(struct request *q, date d)
{
	cell_begin(q, false);
	html_date_short(&q->html, d);
	cell_end(q);
}

void row_end(struct request *q)
{
	HTML(&q->html, "</tr>\n");
}

void table_end(struct request *q)
{
	drawing_of(q)->stacks = NULL;
	HTML(&q->html, "</tbody></table></div>\n");
}

/* ---- the pages of a list ---- */
/* "123.e", "123.n45", "123.tAbc": id and what stands in the sorted column. */
struct str part_page_text(struct request *q, const struct list_key *k)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	buf_printf(&b, "%lld.", (long long)k->id);
	if (k->empty)
		buf_char(&b, 'e');
	else if (k->text.n)
		buf_printf(&b, "t%.*s", (int)k->text.n, k->text.p);
	else
		buf_printf(&b, "n%lld", (long long)k->number);
	return text_of(q, &b);
}

bool part_page_key(struct request *q, struct list_key *ret)
{
	struct str s = request_param(q, "after");
	const char *dot = s.n ? memchr(s.p, '.', s.n) : NULL;
	struct list_key k = { 0 };
	*ret = k;
	if (!s.n)
		return true;
	size_t at = dot ? (size_t)(dot - s.p) : 0;
	if (!dot || at + 1 >= s.n || !number_parse((struct str){ s.p, at }, &k.id) || k.id < 1)
		return false;
	struct str value = { dot + 2, s.n - at - 2 };
	if (dot[1] == 'e')
		k.empty = true;
	else if (dot[1] == 't')
		k.text = value;
	else if (dot[1] != 'n' || !number_parse(value, &k.number))
		return false;
	*ret = k;
	return true;
}

/* Where this page begins; stated in the address only to be shown. */
static int64_t first_shown(struct request *q)
{
	int64_t from;
	if (!request_param(q, "after").n || !number_parse(request_param(q, "from"), &from) || from < 1)
		return 1;
	return from;
}

static struct str total_words(struct request *q, int64_t total, int64_t at_most)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	CLEANUP(buf_release) struct buf n = BUF_INIT;
	bool more = at_most && total > at_most;
	say_int(q->lang, more ? at_most : total, &n);
	buf_printf(&b, more ? SAY(q, N_("more than %s")) : "%s", buf_str(&n));
	return text_of(q, &b);
}

void part_pager(struct request *q, int64_t shown, int64_t total, int64_t at_most, const struct list_key *next)
{
	struct html *h = &q->html;
	CLEANUP(buf_release) struct buf first = BUF_INIT;
	CLEANUP(buf_release) struct buf last = BUF_INIT;
	static const char *const fresh[] = { "after", "from", NULL };
	int64_t from = first_shown(q);
	if (!shown)
		return;
	say_int(q->lang, from, &first);
	say_int(q->lang, from + shown - 1, &last);
	HTML(h, "<nav class=\"pager\"");
	html_attr_say(h, "aria-label", N_("Pages of the list"));
	HTML(h, "><p class=\"total\">");
	html_sayf(h, N_("%s to %s of %s"), buf_str(&first), buf_str(&last), total_words(q, total, at_most).p);
	HTML(h, "</p>");
	if (from > 1 || request_param(q, "after").n) {
		HTML(h, "<a class=\"button quiet\"");
		html_attr(h, "href", address_with(q, fresh, NULL, 0));
		HTML(h, ">");
		html_say(h, N_("First"));
		HTML(h, "</a> ");
	}
	if (next) {
		struct str at = str_of(arena_printf(q->arena, "%lld", (long long)from + (long long)shown));
		struct pair with[] = {
			{ STR("after"), part_page_text(q, next) },
			{ STR("from"), at },
		};
		HTML(h, "<a class=\"button quiet\" rel=\"next\"");
		html_attr(h, "href", address_with(q, fresh, with, COUNT(with)));
		HTML(h, ">");
		html_say(h, N_("Next"));
		HTML(h, "</a>");
	}
	HTML(h, "</nav>\n");
}
