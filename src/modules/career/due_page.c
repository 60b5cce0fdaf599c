/* due_page.c - what falls due in the months ahead, by kind and unit, with what lacks. */
#include "base/csv.h"
#include "base/number.h"
#include "modules/career/due_found.h"

#define SHOWN 50
#define AT_ONCE 256 /* rows of a spreadsheet */

/* ---- the page ---- */

static void filter(struct request *q, const struct due_found *l)
{
	struct choice kinds[DUE_KINDS + 1] = { { { 0 }, str_of(say(q->lang, N_("All"))) } };
	char months[16];
	for (int k = 0; k < DUE_KINDS; k++)
		kinds[k + 1] = (struct choice){ str_of(due_kind_code((enum due_kind)k)),
						str_of(say(q->lang, due_kind_words((enum due_kind)k))) };
	snprintf(months, sizeof months, "%d", (int)l->months);
	form_begin(q, &(struct form){ .get = true, .quiet = true }, "/due");
	form_control(q, &(struct control_ask){ .name = "unit",
					       .label = N_("Unit: code or name"),
					       .kind = C_TEXT,
					       .value = request_param(q, "unit") });
	form_control(q, &(struct control_ask){ .name = "kind",
					       .label = N_("What falls due"),
					       .kind = C_CHOICE,
					       .value = request_param(q, "kind"),
					       .choices = kinds,
					       .nchoices = COUNT(kinds) });
	form_control(q, &(struct control_ask){ .name = "months",
					       .label = N_("Within how many months"),
					       .kind = C_NUMBER,
					       .value = str_of(months) });
	form_end(q, N_("Show"));
}

static void counts(struct request *q, const struct due_found *l)
{
	struct html *h = &q->html;
	const char *unit = terminated(q, request_param(q, "unit"));
	HTML(h, "<ul class=\"counts\">");
	for (int k = 0; k < DUE_KINDS; k++) {
		if (!l->count[k] && k == DUE_SANCTION_END)
			continue;
		HTML(h, "<li><a");
		html_link(h, "href", "/due?kind=%s&unit=%s&months=%d", due_kind_code((enum due_kind)k), unit,
			  (long long)l->months);
		HTML(h, "><strong>");
		html_int(h, l->count[k]);
		HTML(h, "</strong> <span>");
		html_say(h, due_kind_words((enum due_kind)k));
		HTML(h, "</span></a></li>");
	}
	HTML(h, "</ul>");
}

static const struct head heads[] = {
	{ N_("On") }, { N_("What") }, { N_("Name"), N_("number") }, { N_("Unit") }, { N_("Still lacking") },
};

static enum err row(struct request *q, const struct due_found *l, const struct due_hit *d)
{
	row_begin(q);
	cell_date(q, d->on);
	cell_text(q, str_of(say(q->lang, due_kind_words(d->kind))));
	TRY(person_cells(q, d->sight->person));
	cell_begin(q, false);
	if (d->kind == DUE_RISE)
		lacking_words(q, l->picture, d->sight, who_may_at(q->who, MAY_CLOSED, d->sight->order));
	else if (d->kind == DUE_SANCTION_END)
		request_noted(q, d->sight->person, "sanction");
	cell_end(q);
	row_end(q);
	return E_OK;
}

static void letters_button(struct request *q, const struct due_found *l, enum due_kind kind, const char *words)
{
	if (!l->count[kind] || (l->kind >= 0 && l->kind != (int)kind))
		return;
	button_link(q, l->kind < 0, words, "/due/letters?kind=%s&unit=%s&months=%d", due_kind_code(kind),
		    terminated(q, request_param(q, "unit")), (long long)l->months);
	HTML(&q->html, " ");
}

static void buttons(struct request *q, const struct due_found *l)
{
	const char *unit = terminated(q, request_param(q, "unit"));
	const char *kind = l->kind < 0 ? "" : due_kind_code((enum due_kind)l->kind);
	HTML(&q->html, "<p class=\"actions\">");
	letters_button(q, l, DUE_INCREMENT, N_("Letters on increments"));
	letters_button(q, l, DUE_RETIREMENT, N_("Letters on retirement"));
	if (who_may(q->who, MAY_SHEETS))
		button_link(q, true, N_("As a spreadsheet"), "/due/sheet?kind=%s&unit=%s&months=%d", kind, unit,
			    (long long)l->months);
	HTML(&q->html, "</p>");
}

static enum err table(struct request *q, const struct due_found *l)
{
	struct due_hit d, more;
	size_t at = due_found_first(q, l);
	int64_t shown = 0;
	while (shown < SHOWN && due_found_next(q, l, &at, &d)) {
		if (!shown++)
			table_begin(q, N_("What falls due, the next first"), heads, COUNT(heads));
		TRY(row(q, l, &d));
	}
	if (!shown) {
		part_empty(
			q, N_("Nothing falls due in that time."),
			N_("Look further ahead, or at a larger unit. Who has no grade service stated has no increment "
			   "here: the page of data health names them."),
			NULL, NULL);
		return E_OK;
	}
	table_end(q);
	struct list_key next = due_found_key(&d);
	part_pager(q, shown, l->n, 0, due_found_next(q, l, &at, &more) ? &next : NULL);
	buttons(q, l);
	return E_OK;
}

enum err due_page_draw(struct request *q)
{
	struct due_found l CLEANUP(due_found_release) = { 0 };
	TRY(due_found_read(q, &l));
	frame_begin(q, &(struct frame){ 0 });
	filter(q, &l);
	counts(q, &l);
	counted(q, l.kept);
	sheet_end(q);
	sheet_begin(q, NULL);
	TRY(table(q, &l));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* ---- as a spreadsheet ---- */

static void sheet_lacking(struct request *q, const struct due_found *l, const struct due_hit *d, struct buf *out)
{
	bool closed = who_may_at(q->who, MAY_CLOSED, d->sight->order), hidden = false;
	struct buf cell CLEANUP(buf_release) = BUF_INIT;
	for (size_t i = 0; d->kind == DUE_RISE && i < l->picture->ncriteria; i++) {
		if (!(d->sight->lacking >> i & 1))
			continue;
		if (l->picture->confidential[i] && closed)
			request_noted(q, d->sight->person, "rise");
		hidden = hidden || (l->picture->confidential[i] && !closed);
		if (!l->picture->confidential[i] || closed)
			buf_printf(&cell, "%s%s", cell.n ? "; " : "", say(q->lang, l->picture->criteria[i]));
	}
	if (hidden)
		buf_printf(&cell, "%s%s", cell.n ? "; " : "",
			   say(q->lang, N_("a condition in the confidential part of the file")));
	if (d->kind == DUE_SANCTION_END)
		request_noted(q, d->sight->person, "sanction");
	csv_cell(out, (struct str){ cell.p, cell.n });
}

static void sheet_row(struct request *q, const struct due_found *l, const struct due_hit *d, const struct list_row *r,
		      struct str unit, struct buf *out)
{
	char day[DATE_TEXT];
	csv_cell(out, r->code);
	csv_cell(out, r->v[projection_column(&staff_now_projection, "name")].t);
	csv_cell(out, unit);
	csv_cell_text(out, due_kind_code(d->kind));
	csv_cell_text(out, date_text(d->on, day));
	sheet_lacking(q, l, d, out);
	csv_row_end(out);
}

static int by_person(const void *person, const void *row)
{
	int64_t a = *(const int64_t *)person, b = ((const struct list_row *)row)->id;
	return (a > b) - (a < b);
}

/* Many people a statement: one each would be a journey to the database each. */
static enum err sheet_block(struct request *q, const struct due_found *l, const struct keys *units,
			    const struct due_hit *v, size_t n, struct buf *out)
{
	int64_t people[AT_ONCE];
	struct list_where these = { .column = LIST_ID, .how = LIST_ANY, .any = people, .nany = n };
	struct list_ask ask = {
		.of = &staff_now_projection, .where = &these, .nwhere = 1, .sort = LIST_ID, .limit = AT_ONCE
	};
	struct list_row *rows;
	size_t nrows;
	bool more;
	for (size_t i = 0; i < n; i++)
		people[i] = v[i].sight->person;
	TRY(list_rows(q->c, &ask, &rows, &nrows, &more));
	for (size_t i = 0; i < n; i++) {
		const struct list_row *r = bsearch(&people[i], rows, nrows, sizeof *rows, by_person);
		if (!r)
			return E_MISSING;
		sheet_row(q, l, &v[i], r, keys_text(units, v[i].sight->unit), out);
	}
	return E_OK;
}

/* Rows of a ministry do not fit into a request: each block has an arena of its own. */
static enum err sheet_blocks(struct request *q, const struct due_found *l, const struct keys *units)
{
	struct arena work CLEANUP(arena_release) = ARENA_INIT, *was = q->c->arena;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	struct due_hit v[AT_ONCE];
	size_t at = l->first, n = AT_ONCE;
	while (n == AT_ONCE) {
		for (n = 0; n < AT_ONCE && due_found_next(q, l, &at, &v[n]);)
			n++;
		q->c->arena = &work;
		enum err e = n ? sheet_block(q, l, units, v, n, &out) : E_OK;
		q->c->arena = was;
		TRY(e);
		if (out.n)
			TRY(request_write(q, (struct str){ out.p, out.n }));
		buf_reset(&out);
		arena_reset(&work);
	}
	return E_OK;
}

static void forget_units(struct keys **units)
{
	keys_free(*units);
}

enum err due_page_sheet(struct request *q)
{
	struct due_found l CLEANUP(due_found_release) = { 0 };
	struct keys *units CLEANUP(forget_units) = NULL;
	TRY(due_found_read(q, &l));
	TRY(keys_load(q->c, &unit_entity, 0, &units));
	request_type(q, "text/csv; charset=utf-8");
	request_save_as(q, STR("due.csv"));
	TRY(request_write(q, STR("staff_number,name,unit,kind,due_on,lacking\n")));
	return sheet_blocks(q, &l, units);
}
