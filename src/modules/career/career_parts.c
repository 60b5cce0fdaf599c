/* career_parts.c - what the pages of this module share: whom they may show, a person in two cells, what a count knows.
 */
#include "modules/career/career_page.h"

enum err unit_of_page(struct request *q, right_t right, struct within *ret, int64_t *ret_id)
{
	struct str code = request_param(q, "unit");
	bool some = false;
	within_reach(q->who, right, ret);
	*ret_id = 0;
	if (!code.n)
		return E_OK;
	TRY(unit_names_find(q->c, code, ret_id));
	TRY(tree_range(q->c, &unit_entity, *ret_id, &ret->unit));
	for (size_t i = 0; i < ret->n; i++)
		some = some || (ret->reach[i].low <= ret->unit.high && ret->reach[i].high >= ret->unit.low);
	return some ? E_OK : E_MISSING;
}

enum err person_cells(struct request *q, int64_t person)
{
	struct list_row row;
	int name = projection_column(&staff_now_projection, "name"),
	    unit = projection_column(&staff_now_projection, "unit");
	struct str where = { 0 };
	TRY(list_one(q->c, &staff_now_projection, person, &row));
	if (row.v[unit].set)
		TRY(part_name(q->c, &unit_entity, row.v[unit].i, AS_OF_NOW, &where));
	cell_begin(q, false);
	link_text(q, row.v[name].t, "/people/%s", terminated(q, row.code));
	HTML(&q->html, " <span class=\"under\">");
	html_text(&q->html, row.code);
	HTML(&q->html, "</span>");
	cell_end(q);
	cell_text(q, where);
	return E_OK;
}

void lacking_words(struct request *q, const struct picture *p, const struct sight *s, bool closed)
{
	struct html *h = &q->html;
	bool hidden = false, some = false;
	for (size_t i = 0; i < p->ncriteria; i++) {
		if (!(s->lacking >> i & 1))
			continue;
		if (p->confidential[i] && !closed) {
			hidden = true;
			continue;
		}
		if (p->confidential[i])
			request_noted(q, s->person, "rise");
		html_cstr(h, some ? "; " : "");
		html_say(h, p->criteria[i]);
		some = true;
	}
	if (!hidden)
		return;
	html_cstr(h, some ? "; " : "");
	html_say(h, N_("a condition in the confidential part of the file"));
}

void counted(struct request *q, const struct kept *k)
{
	struct buf when CLEANUP(buf_release) = BUF_INIT, number CLEANUP(buf_release) = BUF_INIT;
	say_int(q->lang, k->head, &number);
	say_date(q->lang, k->today, &when);
	HTML(&q->html, "<p class=\"source\">");
	html_sayf(&q->html, N_("Counted on %s as known at receipt %s."), buf_str(&when), buf_str(&number));
	HTML(&q->html, "</p>");
}
