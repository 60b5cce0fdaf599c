/* unit_page.c - one unit: what it is, what is below it as a chart, and what other modules know of it. */
#include "modules/organisation/organisation_page.h"

#define BOXES 12

/* ---- the chart: the unit on the left, those right below it beside, joined by lines ---- */

enum { WIDE = 300, HIGH = 34, GAP = 10, BETWEEN = 60, LETTERS = 38 };

static void box(struct request *q, int x, int y, struct str name)
{
	struct html *h = &q->html;
	size_t n = 0, letters = 0;
	while (n < name.n && letters < LETTERS) {
		n++;
		while (n < name.n && ((unsigned char)name.p[n] & 0xC0) == 0x80)
			n++;
		letters++;
	}
	HTML(h, "<rect rx=\"4\" fill=\"none\" stroke=\"currentColor\"");
	html_attr_int(h, "x", x + 1);
	html_attr_int(h, "y", y + 1);
	html_attr_int(h, "width", WIDE - 2);
	html_attr_int(h, "height", HIGH - 2);
	HTML(h, "/><text font-size=\"14\" fill=\"currentColor\"");
	html_attr_int(h, "x", x + 10);
	html_attr_int(h, "y", y + 22);
	HTML(h, ">");
	html_text(h, (struct str){ name.p, n });
	html_cstr(h, n < name.n ? "…" : "");
	HTML(h, "</text>");
}

static void line(struct request *q, int y, int to)
{
	struct html *h = &q->html;
	int middle = WIDE + BETWEEN / 2;
	HTML(h, "<polyline fill=\"none\" stroke=\"currentColor\" points=\"");
	buf_int(h->out, WIDE), HTML(h, ","), buf_int(h->out, y), HTML(h, " ");
	buf_int(h->out, middle), HTML(h, ","), buf_int(h->out, y), HTML(h, " ");
	buf_int(h->out, middle), HTML(h, ","), buf_int(h->out, to), HTML(h, " ");
	buf_int(h->out, WIDE + BETWEEN), HTML(h, ","), buf_int(h->out, to);
	HTML(h, "\"/>");
}

static void chart(struct request *q, const struct record *unit, struct record *const *below, size_t n)
{
	struct html *h = &q->html;
	size_t shown = n < BOXES ? n : BOXES;
	int high = (int)shown * (HIGH + GAP) - GAP, middle = high / 2;
	HTML(h, "<div class=\"scroll\" role=\"group\" tabindex=\"0\"");
	html_attr_say(h, "aria-label", N_("Chart of the unit"));
	HTML(h, "><svg class=\"chart\" role=\"img\"");
	html_attr_int(h, "width", 2 * WIDE + BETWEEN);
	html_attr_int(h, "height", high);
	html_attr_say(h, "aria-label",
		      N_("The unit with the units right below it; the same stands as a list under it"));
	HTML(h, ">");
	box(q, 0, middle - HIGH / 2, unit->v[UNIT_NAME].t);
	for (size_t i = 0; i < shown; i++) {
		int y = (int)i * (HIGH + GAP);
		line(q, middle, y + HIGH / 2);
		box(q, WIDE + BETWEEN, y, below[i]->v[UNIT_NAME].t);
	}
	HTML(h, "</svg></div>");
}

/* ---- the page ---- */

static void below_sheet(struct request *q, const struct tree *t, const struct record *unit)
{
	size_t n;
	struct record *const *below = tree_below(t, unit->id, &n);
	if (!n)
		return;
	sheet_begin(q, N_("Units below it"));
	chart(q, unit, below, n);
	HTML(&q->html, "<ul class=\"tree\">");
	for (size_t i = 0; i < n; i++) {
		HTML(&q->html, "<li>");
		unit_link(q, below[i]);
		HTML(&q->html, "</li>");
	}
	HTML(&q->html, "</ul>");
	sheet_end(q);
}

static enum err facts(struct request *q, const struct tree *t, const struct record *unit)
{
	const struct record *parent = tree_unit(t, record_get(unit, UNIT_PARENT, 0));
	facts_begin(q);
	fact_text(q, N_("Code"), unit->code);
	fact_begin(q, N_("Kind"));
	part_value(q, &unit_entity.fields[UNIT_KIND], &unit->v[UNIT_KIND], true);
	fact_end(q);
	if (parent) {
		fact_begin(q, N_("Part of"));
		unit_link(q, parent);
		fact_end(q);
	}
	fact_date(q, N_("So since"), unit->valid_from);
	fact_int(q, N_("Units below it"), (int64_t)tree_size(t, unit->id));
	facts_end(q);
	return E_OK;
}

static void actions(struct request *q, const struct record *unit)
{
	const char *code = arena_text(q->arena, unit->code.p, unit->code.n);
	HTML(&q->html, "<p class=\"actions\">");
	button_link(q, true, N_("In the tree"), "/organisation?under=%s", code);
	button_link(q, true, N_("How it changed"), "/list/unit/%s", code);
	HTML(&q->html, "</p>");
}

enum err unit_page_draw(struct request *q)
{
	const struct crumb back = { .words = N_("Organisation"), .href = "/organisation" };
	const struct record *unit;
	struct moment at;
	struct tree t CLEANUP(tree_release) = { 0 };
	int64_t id;
	TRY(part_moment(q, &at));
	TRY(key_find(q->c, &unit_entity, request_param(q, "unit"), &id));
	TRY(tree_load(q, at, &t));
	unit = tree_unit(&t, id);
	if (!unit)
		return E_MISSING;
	frame_begin(q,
		    &(struct frame){ .title = unit->v[UNIT_NAME].t, .sub = unit->code, .crumbs = &back, .ncrumbs = 1 });
	TRY(facts(q, &t, unit));
	part_clock(q, &at, NULL);
	actions(q, unit);
	sheet_end(q);
	TRY(face_panels(q, unit_entity.name, id, false));
	below_sheet(q, &t, unit);
	frame_end(q);
	return E_OK;
}
