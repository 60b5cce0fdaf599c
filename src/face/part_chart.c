/* part_chart.c - bars drawn by the server, with the same figures as a table under them. */
#include "face/inside.h"

enum { WIDTH = 720, LABELS = 240, BAR = 18, GAP = 8, LINE = 15, LETTERS = 34, FIGURES = 64, MOST_SERIES = 5 };

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

/* How many bytes of a label fit beside the bars: all, or up to a gap between words. Never inside a letter. */
static size_t fits(struct str s)
{
	size_t letters = 0, gap = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (((unsigned char)s.p[i] & 0xc0) == 0x80)
			continue;
		if (s.p[i] == ' ')
			gap = i;
		if (++letters > LETTERS)
			return gap ? gap : i;
	}
	return s.n;
}

static struct str after(struct str s, size_t n)
{
	while (n < s.n && s.p[n] == ' ')
		n++;
	return (struct str){ s.p + n, s.n - n };
}

/* In two lines at most; the table has it whole. */
static void label(struct html *h, struct str s, int y)
{
	size_t n = fits(s);
	struct str rest = after(s, n);
	HTML(h, "<text x=\"0\"");
	html_attr_int(h, "y", y);
	HTML(h, ">");
	html_text(h, (struct str){ s.p, n });
	HTML(h, "</text>");
	if (!rest.n)
		return;
	n = fits(rest);
	HTML(h, "<text x=\"0\"");
	html_attr_int(h, "y", y + LINE);
	HTML(h, ">");
	html_text(h, (struct str){ rest.p, n });
	if (n < rest.n)
		HTML(h, "…");
	HTML(h, "</text>");
}

static bool has_long(const struct chart *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (fits(c->labels[i]) < c->labels[i].n)
			return true;
	return false;
}

static void bar(struct request *q, const struct chart *c, size_t at, size_t series, size_t s, int y, int64_t most)
{
	struct html *h = &q->html;
	static const char *const classes[] = { "s1", "s2", "s3", "s4", "s5" };
	int64_t v = c->values[at * series + s];
	int64_t width = v * (WIDTH - LABELS - FIGURES) / most;
	HTML(h, "<rect");
	html_attr_cstr(h, "class", classes[s]);
	html_attr_int(h, "x", LABELS);
	html_attr_int(h, "y", y);
	html_attr_int(h, "width", v && !width ? 1 : width);
	html_attr_int(h, "height", BAR);
	HTML(h, "></rect><text");
	html_attr_int(h, "x", LABELS + width + 6);
	html_attr_int(h, "y", y + BAR - 5);
	HTML(h, ">");
	html_int(h, v);
	if (series > 1) {
		HTML(h, " ");
		html_say(h, c->series[s]);
	}
	HTML(h, "</text>");
}

static void drawing(struct request *q, const struct chart *c, size_t series, int id)
{
	struct html *h = &q->html;
	int group = (int)series * BAR + GAP + (series == 1 && has_long(c) ? LINE : 0);
	int64_t most = greatest(c, series);
	HTML(h, "<div class=\"scroll\" role=\"group\" tabindex=\"0\"");
	html_attr_say(h, "aria-label", c->title);
	HTML(h, "><svg role=\"img\"");
	html_attr_cstr(h, "viewBox", arena_printf(q->arena, "0 0 %d %d", WIDTH, (int)c->n * group + GAP));
	html_attr_cstr(h, "aria-labelledby", arena_printf(q->arena, "chart-%d-title chart-%d-desc", id, id));
	HTML(h, "><title");
	html_attr_cstr(h, "id", arena_printf(q->arena, "chart-%d-title", id));
	HTML(h, ">");
	html_say(h, c->title);
	HTML(h, "</title><desc");
	html_attr_cstr(h, "id", arena_printf(q->arena, "chart-%d-desc", id));
	HTML(h, ">");
	html_say(h, c->what);
	HTML(h, "</desc>");
	for (size_t i = 0; i < c->n; i++) {
		int y = GAP + (int)i * group;
		label(h, c->labels[i], y + BAR - 5);
		for (size_t s = 0; s < series; s++)
			bar(q, c, i, series, s, y + (int)s * BAR, most);
	}
	HTML(h, "</svg></div>");
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
	drawing(q, c, series, ++drawing_of(q)->ids);
	table(q, c, series);
	HTML(&q->html, "</figure>\n");
}
