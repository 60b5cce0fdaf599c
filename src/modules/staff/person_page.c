/* person_page.c - a person on one page: what holds, what is not proved, what lies ahead (panels of later modules), and
 * the way to every paper that arrives. */
#include "entity/list.h"
#include "modules/staff/staff_page.h"

/* ---- what holds ---- */

/* What had begun by the day, the oldest first. */
static enum err begun(struct request *q, const struct entity *e, int64_t person, struct moment at, struct record ***ret,
		      size_t *ret_n)
{
	struct query all = { .entity = e, .owner = person, .at = at, .extent = BEGUN };
	return read_all(q->c, &all, ret, ret_n);
}

/* The rank that holds, and the day from which it has been held without a break. */
static enum err rank_fact(struct request *q, int64_t person, struct moment at)
{
	struct record **rows;
	size_t n;
	TRY(begun(q, &rank_history_entity, person, at, &rows, &n));
	fact_begin(q, N_("Rank"));
	if (n) {
		size_t first = n - 1;
		while (first > 0 && value_eq(&rows[first - 1]->v[RANK_HELD], &rows[n - 1]->v[RANK_HELD]))
			first--;
		html_text(&q->html, part_code(q, record_get(rows[n - 1], RANK_HELD, 0)));
		HTML(&q->html, " ");
		html_say(&q->html, N_("from"));
		HTML(&q->html, " ");
		html_date_short(&q->html, rows[first]->valid_from);
	} else {
		html_say(&q->html, N_("none in the file"));
	}
	fact_end(q);
	return E_OK;
}

static void oath(struct request *q, const struct record *r)
{
	struct html *h = &q->html;
	HTML(h, " ");
	html_say(h, N_("from"));
	HTML(h, " ");
	html_date_short(h, r->valid_from);
	if (record_has(r, POST_HELD_OATH)) {
		HTML(h, ", ");
		html_say(h, N_("oath on"));
		HTML(h, " ");
		html_date_short(h, (date)record_get(r, POST_HELD_OATH, 0));
	}
}

static enum err unit_fact(struct request *q, int64_t post, struct moment at)
{
	struct record *r;
	enum err e = read_thing(q->c, &post_entity, post, at, &r);
	if (e == E_MISSING)
		return E_OK;
	TRY(e);
	fact_begin(q, N_("Unit"));
	part_record(q, &unit_entity, record_get(r, POST_UNIT, 0), false);
	fact_end(q);
	return E_OK;
}

static enum err post_fact(struct request *q, int64_t person, struct moment at, int64_t lane, const char *label)
{
	struct record *r;
	enum err e = read_holding(q->c, &post_history_entity, person, lane, at, &r);
	if (e == E_MISSING && lane)
		return E_OK;
	if (e != E_MISSING)
		TRY(e);
	fact_begin(q, label);
	if (e == E_OK) {
		part_record(q, &post_entity, record_get(r, POST_HELD, 0), false);
		oath(q, r);
	} else {
		html_say(&q->html, N_("none in the file"));
	}
	fact_end(q);
	return e == E_OK && !lane ? unit_fact(q, record_get(r, POST_HELD, 0), at) : E_OK;
}

static enum err status_fact(struct request *q, int64_t person, struct moment at)
{
	struct record *r;
	enum err e = read_holding(q->c, &status_history_entity, person, 0, at, &r);
	if (e == E_MISSING)
		return E_OK;
	TRY(e);
	fact_begin(q, N_("Status"));
	html_text(&q->html, part_code(q, record_get(r, STATUS_GIVEN, 0)));
	HTML(&q->html, " ");
	html_say(&q->html, N_("from"));
	HTML(&q->html, " ");
	html_date_short(&q->html, r->valid_from);
	fact_end(q);
	return E_OK;
}

static enum err facts(struct request *q, const struct person_of_page *p, struct moment at)
{
	static const int own[] = { PERSON_CATEGORY, PERSON_EDUCATION, PERSON_BIRTH_DATE, PERSON_JOINED_ON };
	struct record *r;
	enum err e = read_thing(q->c, &person_entity, p->id, at, &r);
	if (e == E_MISSING) {
		part_empty(q, N_("On that day, or by what was known then, the file did not exist yet."),
			   N_("Ask about a later day."), NULL, NULL);
		return E_OK;
	}
	TRY(e);
	facts_begin(q);
	TRY(rank_fact(q, p->id, at));
	TRY(post_fact(q, p->id, at, 0, N_("Post")));
	TRY(post_fact(q, p->id, at, 1, N_("Acting")));
	TRY(status_fact(q, p->id, at));
	for (size_t i = 0; i < COUNT(own); i++) {
		fact_begin(q, person_entity.fields[own[i]].label);
		part_value(q, &person_entity.fields[own[i]], &r->v[own[i]], p->closed);
		fact_end(q);
	}
	facts_end(q);
	return E_OK;
}

/* ---- what no paper proves ---- */

struct unproved {
	struct request *q;
	const struct person_of_page *p;
	size_t n;
};

static void unproved_one(struct unproved *u, const struct record *r)
{
	struct html *h = &u->q->html;
	if (!u->n++)
		HTML(h, "<ul class=\"inbox\">");
	HTML(h, "<li>");
	html_say(h, r->entity->title);
	HTML(h, ": ");
	fact_line(u->q, r, u->p->closed);
	HTML(h, " <span class=\"under\">");
	html_date_short(h, r->valid_from);
	HTML(h, "</span></li>");
}

static enum err unproved(struct request *q, const struct person_of_page *p, struct moment at)
{
	struct unproved u = { q, p, 0 };
	sheet_begin(q, N_("Facts that wait for their paper"));
	for (const struct entity *const *e = q->c->registry->entities; *e; e++) {
		struct record **rows;
		size_t n;
		if ((*e)->owner != &person_entity || entity_field(*e, "proof") < 0 || fact_hidden(*e, p->closed))
			continue;
		TRY(begun(q, *e, p->id, at, &rows, &n));
		for (size_t i = 0; i < n; i++)
			if (fact_is_claimed(rows[i]))
				unproved_one(&u, rows[i]);
	}
	if (u.n)
		HTML(&q->html, "</ul>");
	else
		part_empty(q, N_("None: a paper was seen for every fact."), N_("Nothing is to be done here."), NULL,
			   NULL);
	sheet_end(q);
	return E_OK;
}

/* ---- the way on ---- */

static void enter(struct request *q, const struct person_of_page *p)
{
	static const struct {
		const struct entity *e;
		const char *words;
	} papers[] = {
		{ &rank_history_entity, N_("Decree on rank") },
		{ &post_history_entity, N_("Decree on post") },
		{ &status_history_entity, N_("Decree on status") },
		{ &rating_entity, N_("Yearly rating") },
		{ &exam_result_entity, N_("Examination") },
		{ &course_result_entity, N_("Course") },
		{ &sanction_entity, N_("Sanction") },
		{ &document_entity, N_("Paper for the file") },
		{ &person_number_entity, N_("New staff number") },
	};
	size_t n = 0;
	for (size_t i = 0; i < COUNT(papers); i++) {
		if (face_may_write(q, papers[i].e, p->id) != E_OK || fact_hidden(papers[i].e, p->closed))
			continue;
		if (!n++) {
			sheet_begin(q, N_("A paper arrived"));
			HTML(&q->html, "<p class=\"sub\">");
			html_say(&q->html,
				 N_("Enter it as it is, also when it comes late. Before it is saved you see what it "
				    "changes."));
			HTML(&q->html, "</p><ul class=\"views\">");
		}
		HTML(&q->html, "<li>");
		link_say(q, papers[i].words, "/enter/%s/%s", papers[i].e->name, p->number);
		HTML(&q->html, "</li>");
	}
	if (!n)
		return;
	HTML(&q->html, "</ul>");
	sheet_end(q);
}

static void way_on(struct request *q, const struct person_of_page *p)
{
	HTML(&q->html, "<p class=\"actions noprint\">");
	button_link(q, false, N_("Service book"), "/people/%s/book", p->number);
	HTML(&q->html, " ");
	button_link(q, true, N_("What changed"), "/people/%s/since", p->number);
	HTML(&q->html, " ");
	button_link(q, true, N_("Who reads this file"), "/people/%s/readers", p->number);
	HTML(&q->html, "</p>");
}

enum err person_page_draw(struct request *q)
{
	struct person_of_page p;
	struct moment at;
	TRY(person_of_page(q, &p));
	TRY(part_moment(q, &at));
	TRY(person_frame(q, &p, NULL, NULL));
	TRY(facts(q, &p, at));
	way_on(q, &p);
	part_clock(q, &at, NULL);
	sheet_end(q);
	HTML(&q->html, "<div class=\"two\"><div>");
	TRY(face_panels(q, person_entity.name, p.id, false));
	TRY(unproved(q, &p, at));
	HTML(&q->html, "</div><aside");
	html_attr_say(&q->html, "aria-label", N_("Beside the file"));
	HTML(&q->html, ">");
	enter(q, &p);
	TRY(face_panels(q, person_entity.name, p.id, true));
	HTML(&q->html, "</aside></div>");
	frame_end(q);
	return E_OK;
}
