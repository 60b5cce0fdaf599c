/* book_page.c - the service book: every fact of a person in the order of its day, as of any day and as known at any
 * time. What was believed before stands struck through beside what replaced it, with the receipt and the reason. */
#include "modules/staff/book.h"

static enum err receipt(struct request *q, int64_t position)
{
	struct entry e;
	struct buf when CLEANUP(buf_release) = BUF_INIT, number CLEANUP(buf_release) = BUF_INIT;
	TRY(entry_get(q->c->store, position, &e));
	say_instant(q->lang, q->c->zone, e.at, &when);
	say_int(q->lang, position, &number);
	html_sayf(&q->html, N_("receipt %s, %s"), buf_str(&number), buf_str(&when));
	return E_OK;
}

/* What stood there before, oldest first, each with the entry that ended it. */
static enum err was(struct request *q, const struct book *b, const struct fact *f)
{
	struct html *h = &q->html;
	for (size_t i = 0; i < f->nwas; i++) {
		const struct record *r = f->was[i];
		HTML(h, "<br><del class=\"was\">");
		html_date_short(h, r->valid_from);
		HTML(h, " ");
		fact_line(q, r, b->closed);
		HTML(h, "</del> <span class=\"source\">");
		html_say(h, N_("believed from"));
		HTML(h, " ");
		TRY(receipt(q, r->known_from));
		HTML(h, "</span>");
	}
	return E_OK;
}

static void item_begin(struct request *q, const struct book *b, const struct fact *f)
{
	if (f->now->op != OP_HOLDS)
		HTML(&q->html, "<li class=\"gone\">");
	else if (f->now->valid_from > b->at.day)
		HTML(&q->html, "<li class=\"later\">");
	else
		HTML(&q->html, "<li>");
}

static void words_of(struct request *q, const struct book *b, const struct fact *f)
{
	const struct record *r = f->now;
	if (r->op == OP_WITHDRAWN)
		html_say(&q->html, N_("Withdrawn: it was recorded wrongly."));
	else if (r->op == OP_ENDS)
		html_say(&q->html, N_("Ended; nothing follows."));
	else if (r->entity->kind == THING)
		fact_version(q, r, f->before, b->closed);
	else
		fact_line(q, r, b->closed);
}

/* For who may enter papers, in the book as it is known now. */
static void mend(struct request *q, const struct book *b, const struct record *r)
{
	if (!b->number || r->op != OP_HOLDS || !r->entity->write)
		return;
	HTML(&q->html, " ");
	if (r->entity->kind == THING)
		link_say(q, N_("It changed, or was recorded wrongly"), "/list/%s/%s/change", r->entity->name,
			 b->number);
	else
		link_say(q, N_("Recorded wrongly?"), "/enter/%s/%s/%d", r->entity->name, b->number, (long long)r->id);
}

static enum err item(struct request *q, const struct book *b, const struct fact *f)
{
	struct html *h = &q->html;
	const struct record *r = f->now;
	item_begin(q, b, f);
	html_date_short(h, r->valid_from);
	HTML(h, " ");
	fact_kind(q, r);
	HTML(h, "<br>");
	words_of(q, b, f);
	if (r->op == OP_HOLDS) {
		HTML(h, " ");
		fact_proof(q, r);
		if (r->valid_from > b->at.day)
			tag(q, TONE_WAIT, N_("from a day to come"));
	}
	HTML(h, "<br><span class=\"source\">");
	TRY(receipt(q, r->known_from));
	if (fact_tells_why(r, b->closed)) {
		HTML(h, " ");
		fact_why(q, r);
	}
	HTML(h, "</span>");
	mend(q, b, r);
	TRY(was(q, b, f));
	HTML(h, "</li>\n");
	return E_OK;
}

static enum err timeline(struct request *q, const struct book *b)
{
	sheet_begin(q, N_("Service book"));
	if (!b->n) {
		part_empty(q, N_("Nothing was in the file by then."), N_("Ask about a later day."), NULL, NULL);
		sheet_end(q);
		return E_OK;
	}
	HTML(&q->html, "<ol class=\"life\">");
	for (size_t i = 0; i < b->n; i++)
		TRY(item(q, b, &b->facts[i]));
	HTML(&q->html, "</ol>");
	if (ledger_is_demo(q->c->ledger)) {
		HTML(&q->html, "<p class=\"source\">");
		html_say(&q->html, N_("An invented person."));
		HTML(&q->html, "</p>");
	}
	sheet_end(q);
	return E_OK;
}

/* "What changed since", from what was known at the moment shown. */
static const char *since_address(struct request *q, const struct person_of_page *p, struct moment at)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	int64_t position = at.position ? at.position : ledger_head(q->c->ledger);
	url_addf(&b, "/people/%s/since?from=%d", p->number, (long long)position);
	return arena_copy(q->arena, buf_str(&b));
}

enum err book_page_draw(struct request *q)
{
	struct person_of_page p;
	struct moment at;
	struct book b;
	TRY(person_of_page(q, &p));
	TRY(part_moment(q, &at));
	TRY(book_read(q->c, p.id, at, p.closed, &b));
	if (at.position == 0 && face_may_write(q, &person_entity, p.id) == E_OK)
		b.number = p.number;
	TRY(person_frame(q, &p, N_("Service book"), NULL));
	part_clock(q, &at, since_address(q, &p, at));
	sheet_end(q);
	TRY(timeline(q, &b));
	frame_end(q);
	return E_OK;
}
