/* list_page.c - the list of any entity. */
#include "face/inside.h"
#include "face/list_inside.h"

#define LISTING_OWNERS 20 /* of facts: each owner has several */

static size_t shown_of(const struct entity *e)
{
	return e->owner ? LISTING_OWNERS : LISTING_SHOWN;
}

static bool names_first(const struct listing *l)
{
	return l->ncolumns && l->e->kind == THING &&
	       (text_is(l->columns[0].field->name, "name") || text_is(l->columns[0].field->name, "title"));
}

/* Heads: the record (or the owner), the day of a fact, then the columns. */
static void heads(struct request *q, const struct listing *l, const char *caption)
{
	struct head h[LISTING_COLUMNS + 2];
	size_t n = 0;
	bool named = names_first(l);
	if (l->e->owner)
		h[n++] = (struct head){ .words = l->e->owner->title };
	else if (!named)
		h[n++] = (struct head){ .words = l->e->title };
	if (l->e->owner)
		h[n++] = (struct head){ .words = l->e->kind == SERIES ? N_("From") : N_("On") };
	for (size_t i = 0; i < l->ncolumns; i++) {
		const struct listing_column *k = &l->columns[i];
		bool sorts = k->sort != LISTING_UNSORTED && !l->e->owner;
		h[n++] = (struct head){ .words = k->label,
					.number = TYPE_IS_NUMBER(k->field->type) && !(k->field->flags & YEAR_END),
					.sort = sorts ? k->name : NULL };
	}
	table_begin(q, caption, h, n);
}

static void named_cell(struct request *q, const struct listing *l, const struct listed *row, struct str name)
{
	struct html *h = &q->html;
	cell_begin(q, false);
	HTML(h, "<a");
	html_attr(h, "href", face_address_key(q, l->e, row->key));
	HTML(h, ">");
	html_text(h, name.n ? name : row->key);
	HTML(h, "</a>");
	if (name.n && !str_eq(name, row->key)) {
		HTML(h, " <span class=\"under\">");
		html_text(h, row->key);
		HTML(h, "</span>");
	}
	cell_end(q);
}

static void row(struct request *q, const struct listing *l, const struct listed *r)
{
	bool named = names_first(l);
	row_begin(q);
	if (l->e->owner) {
		cell_begin(q, false);
		part_record(q, l->e->owner, r->id, true);
		cell_end(q);
		cell_date(q, r->r->valid_from);
	} else {
		named_cell(q, l, r, named ? r->v[l->columns[0].source].t : (struct str){ 0 });
	}
	for (size_t i = named ? 1 : 0; i < l->ncolumns; i++)
		listing_cell(q, l, r, i);
	row_end(q);
}

static void table(struct request *q, const struct listing *l, const struct listing_page *page)
{
	heads(q, l, entity_titles(l->e));
	for (size_t i = 0; i < page->n; i++)
		row(q, l, &page->rows[i]);
	table_end(q);
	if (!l->e->owner) {
		part_pager(q, (int64_t)page->n, page->total, page->at_most, page->more ? &page->next : NULL);
		return;
	}
	/* Of facts the pages count their owners. */
	int64_t shown = page->total < LISTING_OWNERS ? page->total : LISTING_OWNERS;
	part_pager(q, shown, page->total, page->at_most, page->more ? &page->next : NULL);
}

static void empty(struct request *q, const struct listing *l)
{
	if (l->filtered)
		part_empty(q, N_("Nothing fits these filters."),
			   N_("Take one of them away, or write fewer words. Only what is in your reach is looked "
			      "through."),
			   N_("Show all"), address_path(q).n ? terminated(q, address_path(q)) : NULL);
	else if (face_may_write_any(q, l->e) && who_may(q->who, MAY_SHEETS))
		part_empty(
			q, N_("Nothing is here yet."),
			N_("Send the spreadsheet that your office keeps: its rows are looked at first, and nothing is "
			   "written before you have seen what would be."),
			N_("Send a spreadsheet"), address_of(q, "/upload/%s", l->e->name).p);
	else
		part_empty(q, N_("Nothing is here yet."),
			   N_("It appears as soon as somebody whose duty it is has entered it."), NULL, NULL);
}

static void actions(struct request *q, const struct listing *l)
{
	struct html *h = &q->html;
	HTML(h, "<p class=\"actions\">");
	if (l->e->kind == THING && face_may_make(q, l->e) == E_OK)
		button_link(q, false, N_("Enter a new one"), "/list/%s/new", l->e->name);
	if (who_may(q->who, MAY_SHEETS)) {
		struct str path = address_path(q), whole = address_with(q, NULL, NULL, 0);
		struct str query = { whole.p + path.n, whole.n - path.n };
		HTML(h, "<a class=\"button quiet\"");
		html_attr_cstr(h, "href",
			       arena_printf(q->arena, "%s%.*s", address_of(q, "/sheet/%s", l->e->name).p, (int)query.n,
					    query.n ? query.p : ""));
		HTML(h, ">");
		html_say(h, N_("As spreadsheet"));
		HTML(h, "</a> ");
		if (face_may_write_any(q, l->e))
			button_link(q, true, N_("Send a spreadsheet"), "/upload/%s", l->e->name);
	}
	HTML(h, "</p>");
}

/* A list of its own stands where its module put it. */
static bool elsewhere(struct request *q, const struct entity *e)
{
	const struct home *home = face_home(q, e);
	if (!home || !home->list || !face_may_see_any(q, e))
		return false;
	request_see_again(q, str_of(home->list));
	return true;
}

enum err list_page_draw(struct request *q)
{
	const struct entity *e;
	struct listing l;
	struct listing_page page;
	TRY(face_entity(q, &e));
	if (elsewhere(q, e))
		return E_OK;
	TRY(listing_read(q, e, &l));
	TRY(listing_page(q, &l, shown_of(e), true, &page));
	frame_begin(q, &(struct frame){ .title = str_of(SAY(q, entity_titles(e))), .sub = str_of(SAY(q, e->help)) });
	TRY(view_links(q, e));
	list_filter(q, &l);
	sheet_end(q);
	sheet_begin(q, NULL);
	part_problems(q);
	if (page.n)
		table(q, &l, &page);
	else
		empty(q, &l);
	actions(q, &l);
	sheet_end(q);
	if (l.filtered)
		view_form(q, e);
	frame_end(q);
	return E_OK;
}
