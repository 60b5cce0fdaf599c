/* doubles_page.c - files that could be of one person, and two of them side by side. Nothing is merged here. */
#include "modules/career/doubles.h"
#include "modules/career/tally.h"

#define SHOWN 50

/* ---- the pairs ---- */

static const struct head heads[] = {
	{ N_("One file") },
	{ N_("The other") },
	{ N_("Why") },
	{ N_("Compare") },
};

static enum err pair_row(struct request *q, const struct pair_of_files *x)
{
	struct str a, b;
	TRY(key_text(q->c, &person_entity, x->a, 0, &a));
	TRY(key_text(q->c, &person_entity, x->b, 0, &b));
	row_begin(q);
	cell_begin(q, false);
	part_record(q, &person_entity, x->a, true);
	cell_end(q);
	cell_begin(q, false);
	part_record(q, &person_entity, x->b, true);
	cell_end(q);
	cell_text(q, str_of(say(q->lang, double_words(x->why))));
	cell_begin(q, false);
	link_say(q, N_("Side by side"), "/health/doubles/pair?a=%s&b=%s", terminated(q, a), terminated(q, b));
	cell_end(q);
	row_end(q);
	return E_OK;
}

static enum err pairs(struct request *q, const struct picture *p, const struct within *w, const struct doubles *d)
{
	struct list_key after;
	int64_t all = 0, shown = 0, last = 0;
	bool more = false;
	part_page_key(q, &after);
	for (size_t i = 0; i < d->n; i++) {
		if (!doubles_within(p, w, &d->v[i]))
			continue;
		all++;
		if ((int64_t)i < after.id)
			continue;
		if (shown == SHOWN) {
			more = true;
			continue;
		}
		if (!shown++)
			table_begin(q, N_("Files that could be of one person, the surest first"), heads, COUNT(heads));
		TRY(pair_row(q, &d->v[i]));
		last = (int64_t)i + 1;
	}
	if (!shown) {
		part_empty(q, N_("No two files of your units look like one person."),
			   N_("Files are compared by day of birth and name. Look at a larger unit."),
			   who_may(q->who, MAY_FIGURES) ? N_("Data health") : NULL, "/health");
		return E_OK;
	}
	table_end(q);
	struct list_key next = { .id = last };
	part_pager(q, shown, all, 0, more ? &next : NULL);
	return E_OK;
}

static const struct crumb up = { .words = N_("Data health"), .href = "/health" };

enum err doubles_page_draw(struct request *q)
{
	struct kept *picture CLEANUP(keep_let_go) = NULL, *k CLEANUP(keep_let_go) = NULL;
	struct within w;
	int64_t unit;
	TRY(unit_of_page(q, MAY_PEOPLE, &w, &unit));
	TRY(picture_get(q->c, true, &picture));
	TRY(doubles_get(q->c, true, &k));
	frame_begin(q, &(struct frame){ .crumbs = &up, .ncrumbs = who_may(q->who, MAY_FIGURES) });
	TRY(pairs(q, picture->what, &w, k->what));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* ---- side by side ---- */

/* One of the two, as of today. */
struct side {
	int64_t id;
	struct record *person, *rank, *post;
};

static enum err may_be_missing(enum err e)
{
	return e == E_MISSING ? E_OK : e;
}

static enum err read_side(struct request *q, const char *name, struct side *ret)
{
	struct moment now = AS_OF_NOW;
	bool closed;
	*ret = (struct side){ 0 };
	TRY(key_find(q->c, &person_entity, request_param(q, name), &ret->id));
	TRY(face_may_see(q, &person_entity, ret->id, &closed));
	TRY(read_thing(q->c, &person_entity, ret->id, now, &ret->person));
	TRY(may_be_missing(read_holding(q->c, &rank_history_entity, ret->id, 0, now, &ret->rank)));
	return may_be_missing(read_holding(q->c, &post_history_entity, ret->id, 0, now, &ret->post));
}

static void value_cell(struct request *q, const struct record *r, int field)
{
	cell_begin(q, false);
	if (r && r->v[field].set)
		part_value(q, &r->entity->fields[field], &r->v[field], false);
	cell_end(q);
}

static void value_row(struct request *q, const struct record *a, const struct record *b, const struct entity *e,
		      int field)
{
	static const struct value none = { 0 };
	bool same = value_eq(a ? &a->v[field] : &none, b ? &b->v[field] : &none);
	if (same)
		HTML(&q->html, "<tr>");
	else
		HTML(&q->html, "<tr class=\"differs\">");
	HTML(&q->html, "<th scope=\"row\">");
	html_say(&q->html, e->fields[field].label);
	HTML(&q->html, "</th>");
	value_cell(q, a, field);
	value_cell(q, b, field);
	cell_begin(q, false);
	if (same)
		tag(q, TONE_NOTE, N_("same"));
	else
		tag(q, TONE_WAIT, N_("differs"));
	cell_end(q);
	row_end(q);
}

static void from_row(struct request *q, const struct record *a, const struct record *b, const char *label)
{
	row_begin(q);
	HTML(&q->html, "<th scope=\"row\">");
	html_say(&q->html, label);
	HTML(&q->html, "</th>");
	cell_date(q, a ? a->valid_from : DATE_NONE);
	cell_date(q, b ? b->valid_from : DATE_NONE);
	cell_text(q, (struct str){ 0 });
	row_end(q);
}

static void compare(struct request *q, const struct side *a, const struct side *b)
{
	static const struct head columns[] = {
		{ N_("What") },
		{ N_("One file") },
		{ N_("The other") },
		{ N_("Compared") },
	};
	table_begin(q, N_("Two files side by side"), columns, COUNT(columns));
	row_begin(q);
	HTML(&q->html, "<th scope=\"row\">");
	html_say(&q->html, N_("File"));
	HTML(&q->html, "</th>");
	cell_begin(q, false);
	part_record(q, &person_entity, a->id, true);
	cell_end(q);
	cell_begin(q, false);
	part_record(q, &person_entity, b->id, true);
	cell_end(q);
	cell_text(q, (struct str){ 0 });
	row_end(q);
	for (int f = 0; f < person_entity.nfields; f++)
		value_row(q, a->person, b->person, &person_entity, f);
	value_row(q, a->rank, b->rank, &rank_history_entity, 0);
	from_row(q, a->rank, b->rank, N_("Rank from"));
	value_row(q, a->post, b->post, &post_history_entity, 0);
	from_row(q, a->post, b->post, N_("Post from"));
	table_end(q);
}

/* The same decree in both files is the strongest sign of one person. */
static enum err shared_decrees(struct request *q, const struct side *a, const struct side *b)
{
	struct query qa = { .entity = &rank_history_entity, .owner = a->id, .extent = BELIEVED }, qb = qa;
	struct record **x, **y;
	size_t nx, ny, n = 0;
	int decree = entity_field(&rank_history_entity, "decree");
	qb.owner = b->id;
	TRY(read_all(q->c, &qa, &x, &nx));
	TRY(read_all(q->c, &qb, &y, &ny));
	for (size_t i = 0; i < nx; i++)
		for (size_t k = 0; k < ny; k++)
			n += value_eq(&x[i]->v[decree], &y[k]->v[decree]);
	HTML(&q->html, "<p>");
	html_sayf(&q->html,
		  say_n(q->lang, N_("%lld decree on rank stands in both files."),
			N_("%lld decrees on rank stand in both files."), (int64_t)n),
		  (long long)n);
	HTML(&q->html, " ");
	html_say(&q->html, N_("Nothing is joined here: compare the papers, and close the file that is not right."));
	HTML(&q->html, "</p>");
	return E_OK;
}

enum err doubles_page_pair(struct request *q)
{
	struct side a, b;
	const struct crumb crumbs[] = { up, { .words = N_("One person with two files?"), .href = "/health/doubles" } };
	if (!request_param(q, "a").n || !request_param(q, "b").n) {
		request_see_again(q, STR("/health/doubles"));
		return E_OK;
	}
	TRY(read_side(q, "a", &a));
	TRY(read_side(q, "b", &b));
	bool whole = who_may(q->who, MAY_FIGURES);
	frame_begin(q, &(struct frame){ .crumbs = whole ? crumbs : crumbs + 1, .ncrumbs = whole ? 2 : 1 });
	compare(q, &a, &b);
	TRY(shared_decrees(q, &a, &b));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}
