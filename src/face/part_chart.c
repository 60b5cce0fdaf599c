/* part_chart.c - bars drawn by the server, with the same figures as a table under them. */
#include "face/inside.h"

enum { LONGEST = 85, MOST_SERIES = 5 }; /* percent of its room: the rest is for the figure behind it */

static size_t series_of(const struct chart *c)
{
	size_t n = 0;
	while (n < MOST_SERIES && c->series[n])
		n++;
	return n;
}

static int64_t greatest(const struct chart *c, size_t series)
{
	int64_t most = 1;
	for (size_t i = 0; i < c->n * series; i++)
		most = c->values[i] > most ? c->values[i] : most;
	return most;
}

/* A bar is as long as its share of the room there is, so that a phone shows it whole. */
static void bar(struct request *q, const struct chart *c, size_t at, size_t series, size_t s, int64_t most)
{
	static const char *const classes[] = { "s1", "s2", "s3", "s4", "s5" };
	struct html *h = &q->html;
	int64_t v = c->values[at * series + s], tenths = v * LONGEST * 10 / most;
	HTML(h, "<span class=\"measure\">");
	if (v) {
		HTML(h, "<svg aria-hidden=\"true\" height=\"18\"");
		html_attr_cstr(h, "width", arena_printf(q->arena, "%d.%d%%", (int)(tenths / 10), (int)(tenths % 10)));
		HTML(h, "><rect");
		html_attr_cstr(h, "class", classes[s]);
		HTML(h, " width=\"100%\" height=\"18\"></rect></svg>");
	}
	HTML(h, " <span>");
	html_int(h, v);
	if (series > 1) {
		HTML(h, " ");
		html_say(h, c->series[s]);
	}
	HTML(h, "</span></span>");
}

static void drawing(struct request *q, const struct chart *c, size_t series)
{
	struct html *h = &q->html;
	int64_t most = greatest(c, series);
	HTML(h, "<ul class=\"bars\">");
	for (size_t i = 0; i < c->n; i++) {
		HTML(h, "<li><span>");
		html_text(h, c->labels[i]);
		HTML(h, "</span> ");
		for (size_t s = 0; s < series; s++)
			bar(q, c, i, series, s, most);
		HTML(h, "</li>");
	}
	HTML(h, "</ul>");
}

static void table(struct request *q, const struct chart *c, size_t series)
{
	struct head heads[1 + MOST_SERIES] = { { .words = c->label_head } };
	for (size_t s = 0; s < series; s++)
		heads[1 + s] = (struct head){ .words = c->series[s], .number = true };
	HTML(&q->html, "<details><summary>");
	html_say(&q->html, N_("The same as a table"));
	HTML(&q->html, "</summary>");
	drawing_of(q)->heading = c->title; /* which the caption need not show again */
	table_begin(q, c->title, heads, 1 + series);
	for (size_t i = 0; i < c->n; i++) {
		row_begin(q);
		cell_text(q, c->labels[i]);
		for (size_t s = 0; s < series; s++)
			cell_int(q, c->values[i * series + s]);
		row_end(q);
	}
	table_end(q);
	HTML(&q->html, "</details>");
}

void part_chart(struct request *q, const struct chart *c)
{
	size_t series = series_of(c);
	HTML(&q->html, "<figure class=\"chart\"><figcaption>");
	html_say(&q->html, c->title);
	HTML(&q->html, "</figcaption>");
	drawing(q, c, series);
	table(q, c, series);
	HTML(&q->html, "</figure>\n");
}
