/* due_page.c - what falls due in the months ahead, by kind and unit, with what lacks. */
#include "base/csv.h"
#include "base/number.h"
#include "modules/career/due_found.h"

#define SHOWN 50
#define AT_ONCE 256 /* rows of a spreadsheet */

/* ---- who ---- */

static int by_day(const void *a, const void *b)
{
	const struct due_found *x = a, *y = b;
	if (x->on != y->on)
		return x->on < y->on ? -1 : 1;
	if (x->sight->person != y->sight->person)
		return x->sight->person < y->sight->person ? -1 : 1;
	return (int)x->kind - (int)y->kind;
}

static bool may_show(struct request *q, const struct sight *s, enum due_kind k)
{
	return k != DUE_SANCTION_END || who_may_at(q->who, MAY_CLOSED, s->order);
}

static int read_kind(struct request *q)
{
	for (int k = 0; k < DUE_KINDS; k++)
		if (str_is(request_param(q, "kind"), due_kind_code((enum due_kind)k)))
			return k;
	return -1;
}

static enum err read_months(struct request *q, int64_t *ret)
{
	struct rules *rules CLEANUP(rules_free_p) = NULL;
	*ret = request_number(q, "months");
	if (*ret >= 1 && *ret <= 600)
		return E_OK;
	TRY(rules_at(q->c->policy, NULL, 0, q->c->today, &rules));
	if (!rules_int(rules, "due.months", ret))
		*ret = 12;
	return E_OK;
}

static void add(struct due_list *l, size_t *cap, struct due_found x)
{
	if (l->n == *cap) {
		*cap = *cap ? 2 * *cap : 256;
		struct due_found *v = ARENA_ARRAY(&l->arena, struct due_found, *cap);
		if (l->n)
			memcpy(v, l->v, l->n * sizeof *v);
		l->v = v;
	}
	l->v[l->n++] = x;
}

enum err due_find(struct request *q, struct due_list *ret)
{
	struct due_list l = { .kind = read_kind(q) };
	TRY(unit_of_page(q, q->page->see, &l.within, &l.unit));
	TRY(read_months(q, &l.months));
	TRY(picture_get(q->c, true, &l.kept));
	l.picture = l.kept->what;
	date last = date_add_months(q->c->today, (int)l.months);
	size_t cap = 0;
	for (size_t i = 0; i < l.picture->n; i++) {
		const struct sight *s = &l.picture->v[i];
		if (!within_has(&l.within, s))
			continue;
		for (int k = 0; k < DUE_KINDS; k++) {
			if (s->due[k] == DATE_NONE || s->due[k] < q->c->today || s->due[k] > last ||
			    !may_show(q, s, (enum due_kind)k))
				continue;
			l.count[k]++;
			if (l.kind >= 0 && l.kind != k)
				continue;
			add(&l, &cap, (struct due_found){ s, (enum due_kind)k, s->due[k] });
		}
	}
	if (l.n)
		qsort(l.v, l.n, sizeof *l.v, by_day);
	*ret = l;
	return E_OK;
}

void due_list_release(struct due_list *l)
{
	arena_release(&l->arena);
	keep_let_go(&l->kept);
}

/* ---- the page ---- */

static void filter(struct request *q, const struct due_list *l)
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

static void counts(struct request *q, const struct due_list *l)
{
	struct html *h = &q->html;
	const char *unit = terminated_text(q, request_param(q, "unit"));
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

static enum err row(struct request *q, const struct due_list *l, const struct due_found *d)
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

struct list_key due_key(const struct due_found *d)
{
	return (struct list_key){ .number = d->on, .id = d->sight->person * DUE_KINDS + (int64_t)d->kind };
}

size_t due_first(struct request *q, const struct due_list *l)
{
	struct list_key k;
	size_t at = 0;
	if (!part_page_key(q, &k) || !k.id)
		return 0;
	while (at < l->n) {
		const struct due_found *d = &l->v[at];
		if (d->on > k.number || (d->on == k.number && due_key(d).id > k.id))
			break;
		at++;
	}
	return at;
}

static void buttons(struct request *q, const struct due_list *l)
{
	const char *unit = terminated_text(q, request_param(q, "unit"));
	const char *kind = l->kind < 0 ? "" : due_kind_code((enum due_kind)l->kind);
	HTML(&q->html, "<p class=\"actions\">");
	if (l->kind == DUE_INCREMENT || l->kind == DUE_RETIREMENT) {
		button_link(q, false, N_("Print the letters"), "/due/letters?kind=%s&unit=%s&months=%d", kind, unit,
			    (long long)l->months);
		HTML(&q->html, " ");
	}
	if (who_may(q->who, MAY_SHEETS))
		button_link(q, true, N_("As a spreadsheet"), "/due/sheet?kind=%s&unit=%s&months=%d", kind, unit,
			    (long long)l->months);
	HTML(&q->html, "</p>");
}

static enum err table(struct request *q, const struct due_list *l)
{
	size_t first = due_first(q, l), n = l->n - first < SHOWN ? l->n - first : SHOWN;
	if (!n) {
		part_empty(
			q, N_("Nothing falls due in that time."),
			N_("Look further ahead, or at a larger unit. Who has no grade service stated has no increment "
			   "here: the page of data health names them."),
			NULL, NULL);
		return E_OK;
	}
	table_begin(q, N_("What falls due, the next first"), heads, COUNT(heads));
	for (size_t i = first; i < first + n; i++)
		TRY(row(q, l, &l->v[i]));
	table_end(q);
	struct list_key next = due_key(&l->v[first + n - 1]);
	part_pager(q, (int64_t)n, (int64_t)l->n, 0, first + n < l->n ? &next : NULL);
	buttons(q, l);
	return E_OK;
}

enum err due_page_draw(struct request *q)
{
	struct due_list l CLEANUP(due_list_release) = { 0 };
	TRY(due_find(q, &l));
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

static void sheet_lacking(struct request *q, const struct due_list *l, const struct due_found *d, struct buf *out)
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

static void sheet_row(struct request *q, const struct due_list *l, const struct due_found *d, const struct list_row *r,
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
static enum err sheet_block(struct request *q, const struct due_list *l, const struct keys *units, size_t first,
			    size_t n, struct buf *out)
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
		people[i] = l->v[first + i].sight->person;
	TRY(list_rows(q->c, &ask, &rows, &nrows, &more));
	for (size_t i = 0; i < n; i++) {
		const struct due_found *d = &l->v[first + i];
		const struct list_row *r = bsearch(&people[i], rows, nrows, sizeof *rows, by_person);
		if (!r)
			return E_MISSING;
		sheet_row(q, l, d, r, keys_text(units, d->sight->unit), out);
	}
	return E_OK;
}

static void forget_units(struct keys **units)
{
	keys_free(*units);
}

enum err due_page_sheet(struct request *q)
{
	struct due_list l CLEANUP(due_list_release) = { 0 };
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	struct keys *units CLEANUP(forget_units) = NULL;
	TRY(due_find(q, &l));
	TRY(keys_load(q->c, &unit_entity, 0, &units));
	request_type(q, "text/csv; charset=utf-8");
	request_save_as(q, STR("due.csv"));
	buf_text(&out, "staff_number,name,unit,kind,due_on,lacking\n");
	for (size_t i = 0; i < l.n; i += AT_ONCE) {
		struct arena work CLEANUP(arena_release) = ARENA_INIT, *was = q->c->arena;
		q->c->arena = &work; /* rows of a ministry do not fit into a request */
		enum err e = sheet_block(q, &l, units, i, l.n - i < AT_ONCE ? l.n - i : AT_ONCE, &out);
		q->c->arena = was;
		TRY(e);
		if (out.n < 60000 && i + AT_ONCE < l.n)
			continue;
		TRY(request_write(q, (struct str){ out.p, out.n }));
		buf_reset(&out);
	}
	return out.n ? request_write(q, (struct str){ out.p, out.n }) : E_OK;
}
