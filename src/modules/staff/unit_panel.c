/* unit_panel.c - who holds the posts of a unit today, on its page and on the page of a post. */
#include "base/map.h"
#include "modules/staff/staff_page.h"

#define SHOWN 200

static const struct head heads[] = {
	{ N_("Post") },
	{ N_("Echelon") },
	{ N_("Held by") },
};

/* Who holds each post of the unit, by the post's number. Asked for by the unit's place, which the lists are indexed by.
 */
static enum err holders(struct request *q, int64_t unit, struct imap *ret)
{
	const struct projection *p = projection_of(q->c->registry, &person_entity);
	struct list_where where = { .column = projection_column(p, "unit_order"), .how = LIST_IN };
	struct list_ask ask = {
		.of = p, .where = &where, .nwhere = 1, .sort = projection_column(p, "name_fold"), .limit = 5000
	};
	int post = projection_column(p, "post");
	struct order_range range;
	struct list_row *rows;
	bool more;
	size_t n;
	TRY(tree_range(q->c, &unit_entity, unit, &range));
	where.low = where.high = range.low;
	TRY(list_rows(q->c, &ask, &rows, &n, &more));
	for (size_t i = 0; i < n; i++)
		if (rows[i].v[post].set)
			imap_set(ret, rows[i].v[post].i, rows[i].id);
	return E_OK;
}

/* Beside the holder, or while the post is vacant. */
static enum err acting(struct request *q, int64_t post, bool names)
{
	int64_t *people;
	size_t n;
	TRY(post_acting(q->c, post, &people, &n));
	for (size_t i = 0; i < n; i++) {
		HTML(&q->html, " ");
		tag(q, TONE_NOTE, N_("acting"));
		HTML(&q->html, " ");
		if (names)
			part_record(q, &person_entity, people[i], true);
	}
	return E_OK;
}

/* person 0: nobody holds it. */
static enum err holder(struct request *q, int64_t person, int64_t post, bool names)
{
	if (!person)
		tag(q, TONE_WAIT, N_("vacant"));
	else if (names)
		part_record(q, &person_entity, person, true);
	else
		html_say(&q->html, N_("held"));
	return acting(q, post, names);
}

/* Who may see the people of the unit sees them named. */
static enum err may_name(struct request *q, int64_t unit, bool *ret)
{
	struct order_range range;
	enum err e = tree_range(q->c, &unit_entity, unit, &range);
	*ret = e == E_OK && who_may_at(q->who, MAY_PEOPLE, range.low);
	return e == E_MISSING ? E_OK : e;
}

enum err post_panel_draw(struct request *q, int64_t post)
{
	const struct projection *p = projection_of(q->c->registry, &post_entity);
	int64_t person;
	struct list_row row;
	bool names;
	enum err e = list_one(q->c, p, post, &row);
	if (e == E_MISSING)
		return E_OK; /* no post of today */
	TRY(e);
	TRY(may_name(q, row.v[projection_column(p, "unit")].i, &names));
	TRY(post_holder(q->c, post, &person));
	HTML(&q->html, "<p>");
	TRY(holder(q, person, post, names));
	HTML(&q->html, "</p>");
	return E_OK;
}

static void post_row(struct request *q, const struct projection *p, const struct list_row *row)
{
	int title = projection_column(p, "title"), head = projection_column(p, "heads_unit");
	int echelon = projection_column(p, "echelon");
	cell_begin(q, false);
	link_text(q, row->v[title].t, "/list/post/%s", arena_text(q->arena, row->code.p, row->code.n));
	if (head >= 0 && row->v[head].set && row->v[head].i)
		tag(q, TONE_NOTE, N_("head"));
	HTML(&q->html, " <span class=\"under\">");
	html_text(&q->html, row->code);
	HTML(&q->html, "</span>");
	cell_end(q);
	cell_begin(q, false);
	part_value(q, &post_entity.fields[POST_ECHELON], &row->v[echelon], true);
	cell_end(q);
}

static enum err list_posts(struct request *q, int64_t unit, struct list_row **ret, size_t *ret_n, bool *ret_more)
{
	const struct projection *p = projection_of(q->c->registry, &post_entity);
	struct list_where where = { .column = projection_column(p, "unit"), .how = LIST_IN, .low = unit, .high = unit };
	struct list_ask ask = { .of = p, .where = &where, .nwhere = 1, .sort = LIST_CODE, .limit = SHOWN };
	return list_rows(q->c, &ask, ret, ret_n, ret_more);
}

static void sum_up(struct request *q, const struct list_row *rows, size_t n, const struct imap *held)
{
	int64_t vacant = 0, person;
	for (size_t i = 0; i < n; i++)
		vacant += !imap_get(held, rows[i].id, &person);
	facts_begin(q);
	fact_int(q, N_("Posts"), (int64_t)n);
	fact_int(q, N_("Held"), (int64_t)n - vacant);
	fact_int(q, N_("Vacant"), vacant);
	facts_end(q);
}

enum err unit_panel_draw(struct request *q, int64_t unit)
{
	const struct projection *p = projection_of(q->c->registry, &post_entity);
	struct imap *held CLEANUP(imap_free_p) = imap_new();
	struct list_row *rows;
	int64_t person;
	bool more, names;
	size_t n;
	TRY(list_posts(q, unit, &rows, &n, &more));
	TRY(holders(q, unit, held));
	TRY(may_name(q, unit, &names));
	if (!n) {
		part_empty(q, N_("This unit has no post of its own."),
			   N_("Its people hold posts of the units below it."), NULL, NULL);
		return E_OK;
	}
	sum_up(q, rows, n, held);
	table_begin(q, N_("Posts of the unit, today"), heads, COUNT(heads));
	for (size_t i = 0; i < n; i++) {
		row_begin(q);
		post_row(q, p, &rows[i]);
		cell_begin(q, false);
		TRY(holder(q, imap_get(held, rows[i].id, &person) ? person : 0, rows[i].id, names));
		cell_end(q);
		row_end(q);
	}
	table_end(q);
	if (more)
		html_sayf(&q->html, "The first %d posts are shown; all of them stand in the list of posts.", SHOWN);
	return E_OK;
}
