/* people_page.c - the list of people: by name or seniority, filtered, within the reader's reach. */
#include "base/csv.h"
#include "entity/change.h"
#include "entity/list.h"
#include "modules/staff/staff_page.h"

#define SHOWN 50
#define COUNTED 1000
#define FOUND 500 /* people that words may find; more words find fewer */
#define RANGES 32
#define WHERES 8

/* What the address asks for. */
struct asked {
	struct list_ask list;
	struct list_where where[WHERES];
	struct order_range reach[RANGES], unit;
	int64_t *ids;
	int64_t rank, category, status;
	bool nobody; /* a filter that fits nobody */
};

static int column(const char *name)
{
	int n = projection_column(&staff_now_projection, name);
	if (n < 0)
		bug("staff_now has no column %s", name);
	return n;
}

static void add(struct asked *a, struct list_where w)
{
	if (a->list.nwhere == WHERES)
		bug("more than %d filters of people", WHERES);
	a->where[a->list.nwhere++] = w;
}

static void within_reach(struct request *q, struct asked *a)
{
	right_t right = q->page->see; /* a spreadsheet asks for more than the page */
	if (who_everywhere(q->who, right))
		return;
	add(a, (struct list_where){ .column = column("unit_order"),
				    .how = LIST_RANGES,
				    .ranges = a->reach,
				    .nranges = who_ranges(q->who, right, a->reach, RANGES) });
}

static enum err of_unit(struct request *q, struct asked *a)
{
	struct str code = request_param(q, "unit");
	int64_t id;
	if (!code.n)
		return E_OK;
	enum err e = unit_names_find(q->c, code, &id);
	if (e == E_OK)
		e = tree_range(q->c, &unit_entity, id, &a->unit);
	if (e == E_MISSING) {
		a->nobody = true;
		return E_OK;
	}
	TRY(e);
	add(a, (struct list_where){
		       .column = column("unit_order"), .how = LIST_IN, .low = a->unit.low, .high = a->unit.high });
	return E_OK;
}

static void of_code(struct request *q, struct asked *a, const char *name, const char *of, int64_t *ret)
{
	struct str code = request_param(q, name);
	if (!code.n)
		return;
	*ret = q->c->codes->number(q->c->codes->arg, of, code);
	add(a, (struct list_where){ .column = column(name), .how = LIST_IN, .low = *ret, .high = *ret });
}

static enum err of_words(struct request *q, struct asked *a)
{
	struct str words = str_trim(request_param(q, "q"));
	size_t n = 0;
	if (!words.n)
		return E_OK;
	a->ids = ARENA_ARRAY(q->arena, int64_t, FOUND);
	TRY(search(q->c, &person_entity, text_ungrouped(q->arena, words), a->ids, FOUND, &n));
	a->nobody = a->nobody || !n;
	add(a, (struct list_where){ .column = LIST_ID, .how = LIST_ANY, .any = a->ids, .nany = n });
	return E_OK;
}

static enum err read_asked(struct request *q, struct asked *a)
{
	bool senior = str_is(request_param(q, "sort"), "seniority");
	a->list = (struct list_ask){ .of = &staff_now_projection,
				     .where = a->where,
				     .sort = column(senior ? "seniority" : "name_fold"),
				     .down = request_flag(q, "down"),
				     .limit = SHOWN };
	part_page_key(q, &a->list.after);
	within_reach(q, a);
	TRY(of_unit(q, a));
	of_code(q, a, "rank", "ranks", &a->rank);
	of_code(q, a, "category", "categories", &a->category);
	of_code(q, a, "status", "statuses", &a->status);
	return of_words(q, a);
}

/* ---- the filter ---- */

#define CHOICES 64

static void choose(struct request *q, const char *name, const char *label, const char *of)
{
	int64_t numbers[CHOICES];
	struct choice *v = ARENA_ARRAY(q->arena, struct choice, CHOICES + 1);
	const struct codes *codes = q->c->codes;
	size_t n = codes->choices ? codes->choices(codes->arg, of, q->c->today, numbers, CHOICES) : 0;
	v[0] = (struct choice){ { 0 }, str_of(say(q->lang, N_("All"))) };
	for (size_t i = 0; i < n; i++)
		v[i + 1] = (struct choice){ codes->text(codes->arg, numbers[i]), part_code(q, numbers[i]) };
	form_control(q, &(struct control_ask){ .name = name,
					       .label = label,
					       .kind = C_CHOICE,
					       .value = request_param(q, name),
					       .choices = v,
					       .nchoices = n + 1 });
}

static void filter(struct request *q)
{
	form_begin(q, &(struct form){ .get = true, .quiet = true }, "/people");
	form_control(q, &(struct control_ask){ .name = "q",
					       .label = N_("Name or number, also an old one"),
					       .kind = C_TEXT,
					       .value = request_param(q, "q") });
	form_control(q, &(struct control_ask){ .name = "unit",
					       .label = N_("Unit: code or name"),
					       .kind = C_TEXT,
					       .value = request_param(q, "unit") });
	choose(q, "rank", N_("Rank"), "ranks");
	choose(q, "category", N_("Category"), "categories");
	choose(q, "status", N_("Status"), "statuses");
	form_end(q, N_("Show"));
}

/* ---- the table ---- */

static const struct head heads[] = {
	{ N_("Name"), N_("number"), .sort = "name" },
	{ N_("Rank"), .sort = "seniority" },
	{ N_("Post") },
	{ N_("Unit") },
	{ N_("Category") },
};

struct columns {
	int name, rank, post, unit, category, status;
};

static struct columns columns_of(void)
{
	return (struct columns){ column("name"), column("rank"),     column("post_title"),
				 column("unit"), column("category"), column("status") };
}

static void code_cell(struct request *q, const struct value *v)
{
	cell_text(q, v->set ? part_code(q, v->i) : (struct str){ 0 });
}

static void name_cell(struct request *q, const struct columns *at, const struct list_row *r, int64_t active)
{
	struct html *h = &q->html;
	const struct value *status = &r->v[at->status];
	cell_begin(q, false);
	HTML(h, "<a");
	html_link(h, "href", "/people/%s", arena_text(q->arena, r->code.p, r->code.n));
	HTML(h, ">");
	html_text(h, r->v[at->name].t);
	HTML(h, "</a>");
	if (status->set && status->i != active)
		tag_text(q, TONE_NOTE, part_code(q, status->i));
	HTML(h, "<span class=\"under\">");
	html_text(h, r->code);
	HTML(h, "</span>");
	cell_end(q);
}

static enum err table(struct request *q, const struct list_row *rows, size_t n)
{
	struct kept *units CLEANUP(keep_let_go) = NULL;
	struct columns at = columns_of();
	int64_t active = q->c->codes->number(q->c->codes->arg, "statuses", STR(STATUS_ACTIVE));
	TRY(unit_names_get(q->c, &units));
	table_begin(q, N_("People"), heads, COUNT(heads));
	for (size_t i = 0; i < n; i++) {
		const struct value *v = rows[i].v;
		row_begin(q);
		name_cell(q, &at, &rows[i], active);
		code_cell(q, &v[at.rank]);
		cell_text(q, v[at.post].set ? v[at.post].t : (struct str){ 0 });
		cell_text(q, v[at.unit].set ? unit_name(units, v[at.unit].i) : (struct str){ 0 });
		code_cell(q, &v[at.category]);
		row_end(q);
	}
	table_end(q);
	return E_OK;
}

static struct list_key key_after(const struct asked *a, const struct list_row *last)
{
	const struct value *v = &last->v[a->list.sort];
	return (struct list_key){ .text = v->t, .number = v->i, .empty = !v->set, .id = last->id };
}

/* Somebody new; the same people as a spreadsheet, and back. */
static void actions(struct request *q)
{
	struct str target = request_target(q);
	const char *question = target.n ? memchr(target.p, '?', target.n) : NULL;
	struct html *h = &q->html;
	struct buf href CLEANUP(buf_release) = BUF_INIT;
	HTML(h, "<p class=\"actions\">");
	if (face_may_make(q, &person_entity) == E_OK)
		button_link(q, false, N_("Enter a new person"), "/list/person/new");
	if (!who_may(q->who, MAY_SHEETS)) {
		HTML(h, "</p>");
		return;
	}
	buf_text(&href, "/people/sheet");
	if (question)
		buf_add(&href, question, (size_t)(target.p + target.n - question));
	HTML(h, "<a class=\"button quiet\"");
	html_attr(h, "href", (struct str){ href.p, href.n });
	HTML(h, ">");
	html_say(h, N_("As a spreadsheet"));
	HTML(h, "</a> ");
	if (who_may(q->who, MAY_PEOPLE_WRITE))
		button_link(q, true, N_("Send a spreadsheet"), "/upload/person");
	HTML(h, "</p>");
}

static enum err draw_rows(struct request *q, struct asked *a)
{
	struct list_row *rows;
	size_t n;
	int64_t total;
	bool more;
	TRY(list_rows(q->c, &a->list, &rows, &n, &more));
	if (!n) {
		part_empty(q, N_("Nobody here fits what you asked for."),
			   N_("Leave out a filter, or write fewer letters of the name. An old number finds its person "
			      "too."),
			   N_("Show everybody"), "/people");
		return E_OK;
	}
	TRY(list_count(q->c, &a->list, COUNTED, &total));
	TRY(table(q, rows, n));
	struct list_key next = key_after(a, &rows[n - 1]);
	part_pager(q, (int64_t)n, total, COUNTED, more ? &next : NULL);
	actions(q);
	return E_OK;
}

enum err people_page_draw(struct request *q)
{
	struct asked a = { 0 };
	TRY(read_asked(q, &a));
	frame_begin(q, &(struct frame){ 0 });
	filter(q);
	sheet_end(q);
	sheet_begin(q, NULL);
	if (a.nobody)
		part_empty(q, N_("Nobody here fits what you asked for."),
			   N_("Leave out a filter, or write fewer letters of the name. An old number finds its person "
			      "too."),
			   N_("Show everybody"), "/people");
	else
		TRY(draw_rows(q, &a));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* ---- as a spreadsheet ---- */

static void sheet_row(struct ctx *c, const struct columns *at, const struct kept *units, const struct list_row *r,
		      struct buf *out)
{
	const int codes[] = { at->rank, at->category, at->status };
	csv_cell(out, r->code);
	csv_cell(out, r->v[at->name].t);
	csv_cell(out, r->v[at->post].t);
	csv_cell(out, unit_name(units, r->v[at->unit].i));
	for (size_t i = 0; i < COUNT(codes); i++)
		csv_cell(out, r->v[codes[i]].set ? c->codes->text(c->codes->arg, r->v[codes[i]].i) : (struct str){ 0 });
	csv_row_end(out);
}

static enum err sheet_chunk(struct request *q, struct asked *a, const struct columns *at, const struct kept *units,
			    bool *ret_more)
{
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	struct arena work CLEANUP(arena_release) = ARENA_INIT, *was = q->c->arena;
	struct list_row *rows;
	size_t n;
	q->c->arena = &work; /* a ministry does not fit into a request */
	enum err e = list_rows(q->c, &a->list, &rows, &n, ret_more);
	q->c->arena = was;
	TRY(e);
	for (size_t i = 0; i < n; i++)
		sheet_row(q->c, at, units, &rows[i], &out);
	if (n) {
		a->list.after = key_after(a, &rows[n - 1]);
		a->list.after.text = str_of(arena_text(q->arena, a->list.after.text.p, a->list.after.text.n));
	}
	return out.n ? request_write(q, (struct str){ out.p, out.n }) : E_OK;
}

enum err people_page_sheet(struct request *q)
{
	struct kept *units CLEANUP(keep_let_go) = NULL;
	struct asked a = { 0 };
	struct columns at = columns_of();
	bool more = true;
	TRY(read_asked(q, &a));
	a.list.after = (struct list_key){ 0 };
	a.list.limit = 1000;
	TRY(unit_names_get(q->c, &units));
	request_type(q, "text/csv; charset=utf-8");
	request_save_as(q, STR("people.csv"));
	TRY(request_write(q, STR("staff_number,name,post,unit,rank,category,status\n")));
	while (more && !a.nobody)
		TRY(sheet_chunk(q, &a, &at, units, &more));
	return E_OK;
}
