/* find_page.c - people, posts, rounds and papers by words or any number; one hit alone leads straight there. */
#include "entity/change.h"
#include "face/inside.h"

#define SHOWN 20 /* of each kind */

struct find {
	struct str words, typed; /* without gaps in numbers; as typed */
	size_t n;                /* found so far, of all kinds */
	struct str only;         /* the address, while there is one alone */
};

static enum err look(struct request *q, const struct entity *e, struct str words, int64_t *ids, size_t *ret_n,
		     bool *ret_more)
{
	bool closed;
	enum err found = key_find(q->c, e, words, &ids[0]);
	*ret_n = 0;
	*ret_more = false;
	if (found == E_MISSING)
		return face_search(q, e, words, ids, SHOWN, ret_n, ret_more);
	TRY(found);
	enum err seen = face_may_see(q, e, ids[0], &closed);
	*ret_n = seen == E_OK;
	return seen == E_MISSING ? E_OK : seen;
}

static void item(struct request *q, const struct entity *e, int64_t id)
{
	HTML(&q->html, "<li>");
	part_record(q, e, id, true);
	HTML(&q->html, "</li>");
}

/* What is out of reach is neither shown nor counted; an own file is found by whoever may see no others. */
static enum err one_kind(struct request *q, const struct entity *e, struct find *f)
{
	int64_t ids[SHOWN];
	size_t n;
	bool more;
	TRY(look(q, e, f->words, ids, &n, &more));
	if (!n)
		return E_OK;
	if (f->n == 0)
		f->only = face_address(q, e, ids[0]);
	f->n += n;
	sheet_begin(q, entity_titles(e));
	HTML(&q->html, "<ul class=\"inbox\">");
	for (size_t i = 0; i < n; i++)
		item(q, e, ids[i]);
	HTML(&q->html, "</ul>");
	if (more) {
		HTML(&q->html, "<p>");
		html_say(&q->html, N_("There are more; write another word of the name."));
		HTML(&q->html, "</p>");
	}
	sheet_end(q);
	return E_OK;
}

/* Papers, and facts by the decree they rest on, are found by the whole number, and lead to those in whose file they
 * are. */
static void paper(struct request *q, const struct entity *e, const struct field *f, int64_t owner, struct str number)
{
	struct html *h = &q->html;
	HTML(h, "<li>");
	part_record(q, e->owner, owner, true);
	HTML(h, " ");
	tag(q, TONE_NOTE, e->title);
	HTML(h, " <span class=\"under\">");
	html_say(h, f->label);
	HTML(h, ": ");
	html_text(h, number);
	HTML(h, "</span></li>");
}

/* One decree may be about hundreds, of whom the reader reaches a few. */
#define OF_ONE_NUMBER 512

static enum err papers_with(struct request *q, const struct entity *e, int field, struct find *f, size_t *shown)
{
	struct fact_found facts[OF_ONE_NUMBER];
	bool secret = e->fields[field].flags & CONFIDENTIAL, closed;
	size_t n;
	TRY(facts_with(q->c, e, field, f->typed, facts, COUNT(facts), &n));
	for (size_t i = 0; i < n && *shown < SHOWN; i++) {
		enum err seen = face_may_see(q, e, facts[i].owner, &closed);
		if (seen == E_MISSING || (seen == E_OK && secret && !closed))
			continue;
		TRY(seen);
		if (secret)
			request_noted(q, facts[i].owner, e->name);
		if ((*shown)++ == 0) {
			sheet_begin(q, N_("Papers"));
			HTML(&q->html, "<ul class=\"inbox\">");
		}
		if (f->n++ == 0)
			f->only = face_address(q, e->owner, facts[i].owner);
		paper(q, e, &e->fields[field], facts[i].owner, f->typed);
	}
	return E_OK;
}

static enum err papers(struct request *q, struct find *f)
{
	size_t shown = 0;
	for (const struct entity *const *e = q->c->registry->entities; *e; e++) {
		if (!(*e)->owner || entity_is_alias(*e))
			continue;
		for (int i = 0; i < (*e)->nfields; i++)
			if ((*e)->fields[i].flags & SEARCHED)
				TRY(papers_with(q, *e, i, f, &shown));
	}
	if (!shown)
		return E_OK;
	HTML(&q->html, "</ul>");
	sheet_end(q);
	return E_OK;
}

static enum err elsewhere(struct request *q, struct find *f)
{
	CLEANUP(buf_release) struct buf items = BUF_INIT;
	struct buf *page = q->html.out;
	struct str only = { 0 };
	size_t n = 0;
	if (!face_of(q)->find)
		return E_OK;
	q->html.out = &items;
	enum err e = face_of(q)->find(q, f->words, SHOWN, &n, &only);
	q->html.out = page;
	TRY(e);
	if (!n)
		return E_OK;
	if (f->n == 0)
		f->only = only;
	f->n += n;
	sheet_begin(q, N_("Rounds"));
	HTML(&q->html, "<ul class=\"inbox\">");
	buf_add(page, items.p, items.n);
	HTML(&q->html, "</ul>");
	sheet_end(q);
	return E_OK;
}

static bool has_words(const struct entity *e)
{
	for (int i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & SEARCHED)
			return true;
	return false;
}

static bool is_among(const struct entity *e, const struct entity *const *list)
{
	for (; list && *list; list++)
		if (*list == e)
			return true;
	return false;
}

/* What is asked for most, then every other thing that is found by words. */
static enum err things(struct request *q, struct find *f)
{
	const struct entity *const *first = face_of(q)->found;
	for (const struct entity *const *e = first; e && *e; e++)
		TRY(one_kind(q, *e, f));
	for (const struct entity *const *e = q->c->registry->entities; *e; e++)
		if ((*e)->kind == THING && has_words(*e) && face_may_see_any(q, *e) && !is_among(*e, first))
			TRY(one_kind(q, *e, f));
	return E_OK;
}

static enum err results(struct request *q, struct find *f)
{
	TRY(things(q, f));
	TRY(papers(q, f));
	return elsewhere(q, f);
}

static void nothing(struct request *q)
{
	sheet_begin(q, NULL);
	part_empty(q, N_("Nothing was found in your reach."),
		   N_("Write the beginning of a name, a staff number old or new, the number of a post, a round or a "
		      "decree. Fewer words find more."),
		   NULL, NULL);
	sheet_end(q);
}

enum err find_page_draw(struct request *q)
{
	CLEANUP(buf_release) struct buf drawn = BUF_INIT;
	struct str typed = str_trim(request_param(q, "q"));
	struct find f = { .words = text_ungrouped(q->arena, typed), .typed = typed };
	struct buf *page = q->html.out;
	if (f.words.n) {
		q->html.out = &drawn;
		enum err e = results(q, &f);
		q->html.out = page;
		TRY(e);
	}
	if (f.n == 1 && f.only.n) {
		request_see_again(q, f.only);
		return E_OK;
	}
	frame_begin(q, &(struct frame){ .sub = request_param(q, "q") });
	form_begin(q, &(struct form){ .get = true, .quiet = true }, "/find");
	form_control(q, &(struct control_ask){ .name = "q",
					       .label = N_("Name or number"),
					       .kind = C_TEXT,
					       .value = request_param(q, "q"),
					       .most = 200 });
	form_end(q, N_("Find"));
	sheet_end(q);
	buf_add(page, drawn.p ? drawn.p : "", drawn.n);
	if (f.words.n && !f.n)
		nothing(q);
	frame_end(q);
	return E_OK;
}
