/* since_page.c - what was written about a person after a receipt or a day, receipt by receipt, the newest first. */
#include "base/number.h"
#include "modules/staff/book.h"

/* The day or receipt of the address; none: the beginning. */
static enum err read_from(struct request *q, int64_t *ret)
{
	struct str from = request_param(q, "from");
	struct moment at;
	*ret = 0;
	if (!from.n)
		return E_OK;
	TRY(moment_parse(q->c, NULL, arena_text(q->arena, from.p, from.n), &at));
	*ret = at.position;
	return E_OK;
}

static void ask(struct request *q, const struct person_of_page *p)
{
	form_begin(q, &(struct form){ .get = true, .quiet = true }, "/people/%s/since", p->number);
	form_control(
		q, &(struct control_ask){ .name = "from",
					  .label = N_("Since which day, or after which receipt"),
					  .hint = N_("A day as 2008-09-03, or the number of a receipt; empty: from the "
						     "beginning."),
					  .kind = C_TEXT,
					  .value = request_param(q, "from") });
	form_end(q, N_("Show"));
}

static enum err entry_head(struct request *q, int64_t position)
{
	HTML(&q->html, "<h3>");
	TRY(part_receipt(q, position));
	HTML(&q->html, "</h3>");
	return E_OK;
}

/* The row of the same fact that this one replaced; NULL: it is new. */
static const struct record *replaced(struct record **rows, size_t n, const struct record *r)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i] != r && rows[i]->known_to == r->known_from && book_same(rows[i], r))
			return rows[i];
	return NULL;
}

static void row(struct request *q, const struct record *r, const struct record *was, bool closed)
{
	struct html *h = &q->html;
	HTML(h, "<li>");
	html_date_short(h, r->valid_from);
	HTML(h, " ");
	fact_kind(q, r);
	HTML(h, "<br>");
	if (was && was->op == OP_HOLDS) {
		HTML(h, "<del class=\"was\">");
		fact_line(q, was, closed);
		HTML(h, "</del> ");
	}
	if (r->op == OP_HOLDS) {
		fact_line(q, r, closed);
		HTML(h, " ");
		fact_proof(q, r);
	} else if (r->op == OP_ENDS) {
		html_say(h, N_("Ended; nothing follows."));
	} else {
		html_say(h, N_("Withdrawn: it was recorded wrongly."));
	}
	if (fact_tells_why(r, closed)) {
		HTML(h, "<br><span class=\"source\">");
		fact_why(q, r);
		HTML(h, "</span>");
	}
	HTML(h, "</li>\n");
}

static enum err changes(struct request *q, const struct person_of_page *p, int64_t from)
{
	struct record **rows;
	size_t n;
	int64_t at = 0;
	TRY(book_rows(q->c, p->id, p->closed, &rows, &n));
	for (size_t i = n; i-- > 0;) {
		if (rows[i]->known_from <= from)
			break;
		if (rows[i]->known_from != at) {
			if (at)
				HTML(&q->html, "</ol>");
			at = rows[i]->known_from;
			TRY(entry_head(q, at));
			HTML(&q->html, "<ol class=\"life\">");
		}
		row(q, rows[i], replaced(rows, n, rows[i]), p->closed);
	}
	if (at)
		HTML(&q->html, "</ol>");
	else
		part_empty(q, N_("Nothing was entered about this person since then."),
			   N_("Ask from an earlier day to see more."), NULL, NULL);
	return E_OK;
}

enum err since_page_draw(struct request *q)
{
	struct person_of_page p;
	int64_t from;
	TRY(person_of_page(q, &p));
	TRY(read_from(q, &from));
	TRY(person_frame(q, &p, N_("What changed"), NULL));
	ask(q, &p);
	sheet_end(q);
	sheet_begin(q, N_("Entered since then, the newest first"));
	TRY(changes(q, &p, from));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}
