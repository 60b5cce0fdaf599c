/* seniority_page.c - the yearly list of who stands before whom (DUK), in the order that the rules name; printable. */
#include "modules/career/career_page.h"
#include "modules/career/people.h"

#define SHOWN 50
#define PRINTED 100
#define AT_ONCE 60000 /* bytes of a spreadsheet */

enum { PLACE, NUMBER, NAME, UNIT, RANK, RANK_FROM, ECHELON, POST_FROM, JOINED_ON, COURSE, EDUCATION, BORN };

/* The unit asked for; else the reader's own, or the one at the top. E_MISSING: not all of it is within reach. */
static enum err unit_asked(struct request *q, int64_t *ret)
{
	struct order_range reach[32], unit;
	struct str code = request_param(q, "unit");
	size_t n = who_ranges(q->who, q->page->see, reach, COUNT(reach));
	*ret = 0;
	if (code.n)
		TRY(unit_names_find(q->c, code, ret));
	for (size_t i = 0; !*ret && i < q->who->nreach; i++)
		if ((q->who->reach[i].rights & q->page->see) == q->page->see)
			*ret = q->who->reach[i].unit;
	if (!*ret) {
		struct kept *k CLEANUP(keep_let_go) = NULL;
		TRY(picture_get(q->c, false, &k));
		*ret = picture_top(k->what);
	}
	if (!*ret)
		return E_MISSING;
	TRY(tree_range(q->c, &unit_entity, *ret, &unit));
	for (size_t i = 0; i < n; i++)
		if (reach[i].low <= unit.low && reach[i].high >= unit.high)
			return E_OK;
	return E_MISSING;
}

static enum err day_asked(struct request *q, date *ret)
{
	*ret = request_date(q, "as_of");
	return *ret == DATE_NONE ? seniority_last_day(q->c, ret) : E_OK;
}

static const struct head heads[] = {
	{ N_("Place"), .number = true },
	{ N_("Name"), N_("number") },
	{ N_("Rank"), N_("from") },
	{ N_("Echelon"), N_("in the post from") },
	{ N_("Unit") },
	{ N_("In service from") },
	{ N_("Course") },
	{ N_("Education") },
	{ N_("Born") },
};

static struct str label(struct request *q, const char *of, struct str code)
{
	int64_t number = code.n ? q->c->codes->number(q->c->codes->arg, of, code) : 0;
	return number ? part_code(q, number) : code;
}

/* What people call the thing of this code. */
static struct str name_of(struct request *q, const struct entity *e, struct str code)
{
	struct str name;
	int64_t id;
	if (!code.n || key_find(q->c, e, code, &id) != E_OK || part_name(q->c, e, id, AS_OF_NOW, &name) != E_OK ||
	    !name.n)
		return code;
	return name;
}

static void day(struct request *q, struct str s)
{
	date d;
	if (date_parse(s, &d))
		html_date_short(&q->html, d);
}

static void two_lines(struct request *q, struct str first, struct str below)
{
	cell_begin(q, false);
	html_text(&q->html, first);
	HTML(&q->html, " <span class=\"under\">");
	day(q, below);
	HTML(&q->html, "</span>");
	cell_end(q);
}

static void day_cell(struct request *q, struct str s)
{
	cell_begin(q, false);
	day(q, s);
	cell_end(q);
}

static void row(struct request *q, const struct str *v, bool printed)
{
	row_begin(q);
	HTML(&q->html, "<td class=\"n\">");
	html_text(&q->html, v[PLACE]);
	HTML(&q->html, "</td>");
	cell_begin(q, false);
	if (printed)
		html_text(&q->html, v[NAME]);
	else
		link_text(q, v[NAME], "/people/%s", terminated(q, v[NUMBER]));
	HTML(&q->html, " <span class=\"under\">");
	html_text(&q->html, v[NUMBER]);
	HTML(&q->html, "</span>");
	cell_end(q);
	two_lines(q, label(q, "ranks", v[RANK]), v[RANK_FROM]);
	two_lines(q, label(q, "echelons", v[ECHELON]), v[POST_FROM]);
	cell_text(q, name_of(q, &unit_entity, v[UNIT]));
	day_cell(q, v[JOINED_ON]);
	cell_text(q, name_of(q, &course_entity, v[COURSE]));
	cell_text(q, label(q, "education", v[EDUCATION]));
	day_cell(q, v[BORN]);
	row_end(q);
}

static void filter(struct request *q, date as_of)
{
	char text[DATE_TEXT];
	form_begin(q, &(struct form){ .get = true, .quiet = true }, "/seniority");
	form_control(q, &(struct control_ask){ .name = "unit",
					       .label = N_("Unit: code or name"),
					       .kind = C_TEXT,
					       .value = request_param(q, "unit") });
	form_control(q, &(struct control_ask){ .name = "as_of",
					       .label = N_("As things stood on"),
					       .kind = C_DATE,
					       .value = str_of(date_text(as_of, text)) });
	form_end(q, N_("Show"));
}

static void buttons(struct request *q, struct str unit, date as_of)
{
	char text[DATE_TEXT];
	const char *code = terminated(q, unit);
	date_text(as_of, text);
	HTML(&q->html, "<p class=\"actions noprint\">");
	button_link(q, true, N_("To print"), "/seniority?unit=%s&as_of=%s&print=1", code, text);
	HTML(&q->html, " ");
	if (who_may(q->who, MAY_SHEETS))
		button_link(q, true, N_("As a spreadsheet"), "/seniority/sheet?unit=%s&as_of=%s", code, text);
	HTML(&q->html, "</p>");
}

static void table(struct request *q, const struct kept *k, bool printed)
{
	struct list_key after;
	size_t all = seniority_kept_count(k), first, n, most = printed ? PRINTED : SHOWN;
	first = part_page_key(q, &after) && after.id > 0 && (size_t)after.id < all ? (size_t)after.id : 0;
	n = all - first < most ? all - first : most;
	if (!n) {
		part_empty(q, N_("Nobody of that unit was in service on that day."), N_("Choose another unit or day."),
			   NULL, NULL);
		return;
	}
	table_begin(q, N_("Who stands before whom"), heads, COUNT(heads));
	for (size_t i = first; i < first + n; i++) {
		struct str cells[SENIORITY_CELLS];
		char place[SENIORITY_PLACE];
		seniority_kept_cells(k, i, place, cells);
		row(q, cells, printed);
	}
	table_end(q);
	struct list_key next = { .id = (int64_t)(first + n) };
	part_pager(q, (int64_t)n, (int64_t)all, 0, first + n < all ? &next : NULL);
}

enum err seniority_page_draw(struct request *q)
{
	struct kept *k CLEANUP(keep_let_go) = NULL;
	struct buf sub CLEANUP(buf_release) = BUF_INIT, words CLEANUP(buf_release) = BUF_INIT;
	struct str name, code;
	int64_t unit;
	date as_of;
	bool printed = request_flag(q, "print");
	TRY(unit_asked(q, &unit));
	TRY(day_asked(q, &as_of));
	TRY(part_name(q->c, &unit_entity, unit, AS_OF_NOW, &name));
	TRY(key_text(q->c, &unit_entity, unit, 0, &code));
	TRY(seniority_get(q->c, unit, as_of, printed, &k));
	say_date(q->lang, as_of, &words);
	buf_printf(&sub, say(q->lang, N_("%s, as things stood on %s")), terminated(q, name), buf_str(&words));
	frame_begin(q, &(struct frame){ .sub = { buf_str(&sub), sub.n }, .printed = printed });
	if (!printed) {
		filter(q, as_of);
		buttons(q, code, as_of);
		sheet_end(q);
		sheet_begin(q, NULL);
	}
	table(q, k, printed);
	counted(q, k);
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

enum err seniority_page_sheet(struct request *q)
{
	struct kept *k CLEANUP(keep_let_go) = NULL;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	struct people_out t;
	int64_t unit;
	date as_of;
	TRY(unit_asked(q, &unit));
	TRY(day_asked(q, &as_of));
	TRY(seniority_get(q->c, unit, as_of, true, &k));
	request_type(q, "text/csv; charset=utf-8");
	request_save_as(q, STR("seniority.csv"));
	people_out_begin(&t, seniority_heads, SENIORITY_CELLS, false, &out);
	for (size_t i = 0; i < seniority_kept_count(k); i++) {
		struct str cells[SENIORITY_CELLS];
		char place[SENIORITY_PLACE];
		seniority_kept_cells(k, i, place, cells);
		people_out_row(&t, cells);
		if (out.n < AT_ONCE)
			continue;
		TRY(request_write(q, (struct str){ out.p, out.n }));
		buf_reset(&out);
	}
	return out.n ? request_write(q, (struct str){ out.p, out.n }) : E_OK;
}
