/* reads_page.c - for the auditor: who read what, by day. */
#include "entity/back.h"
#include "modules/duty/duty_page.h"

#define SHOWN 50
#define NAMED 3 /* of the files that one page showed */

static const struct head reads_heads[] = {
	{ N_("When") },
	{ N_("Who") },
	{ N_("Whose file") },
	{ N_("What"), N_("page") },
};

/* The positions of a day. */
static enum err positions(struct request *q, date day, int64_t *ret_first, int64_t *ret_last)
{
	int64_t begins, ends;
	if (!zone_day_start(q->c->zone, day, &begins) || !zone_day_start(q->c->zone, day + 1, &ends))
		return FAULT("the zone %s is not known", q->c->zone);
	TRY(entry_at(q->c->store, begins - 1, ret_first));
	TRY(entry_at(q->c->store, ends - 1, ret_last));
	++*ret_first;
	return E_OK;
}

static enum err within(struct request *q, int64_t person, bool *ret)
{
	bool scoped;
	int64_t order;
	enum err e = scope_of(q->c, &person_entity, person, &scoped, &order);
	*ret = e == E_OK && who_may_at(q->who, MAY_AUDIT, order);
	return e == E_MISSING ? E_OK : e;
}

/* One look at a page, which may show many files: its rows stand together, being of one entry. */
struct look {
	struct request *q;
	int64_t seq;                   /* 0: none yet */
	int64_t last, shown[NAMED], n; /* files within reach: the one seen last, the first few, how many */
	struct record **of_first;      /* what was read of the first of them */
	size_t nof_first, cap;
	size_t drawn;
};

static enum err look_add(struct look *l, const struct record *r)
{
	bool may = true;
	if (r->owner != l->last) {
		TRY(within(l->q, r->owner, &may));
		if (may && l->n++ < NAMED)
			l->shown[l->n - 1] = r->owner;
		l->last = may ? r->owner : l->last;
	}
	if (may && l->n && r->owner == l->shown[0]) {
		ARENA_GROW(l->q->arena, l->of_first, l->nof_first, &l->cap);
		l->of_first[l->nof_first++] = record_copy(l->q->arena, r);
	}
	return E_OK;
}

static void whose(struct request *q, const struct look *l)
{
	for (int64_t i = 0; i < l->n && i < NAMED; i++)
		part_record(q, &person_entity, l->shown[i], true);
	if (l->n <= NAMED)
		return;
	html_sayf(&q->html, say_n(q->lang, N_("and %lld file more"), N_("and %lld files more"), l->n - NAMED),
		  (long long)(l->n - NAMED));
}

/* By its title; by its path when it is no more. */
static void page_words(struct request *q, struct str path)
{
	const struct page *p = site_page(q->site, path);
	if (p && p->title)
		html_say(&q->html, p->title);
	else
		html_text(&q->html, path);
}

/* One line a page that was read and kind of what it showed. */
static enum err look_row(struct look *l, const struct record *r)
{
	struct request *q = l->q;
	TRY(reading_begin(q, r));
	cell_begin(q, false);
	whose(q, l);
	cell_end(q);
	cell_begin(q, false);
	html_say(&q->html, reading_what(q, r));
	HTML(&q->html, "<span class=\"under\">");
	page_words(q, r->v[READ_PAGE].t);
	HTML(&q->html, "</span>");
	cell_end(q);
	row_end(q);
	return E_OK;
}

/* Ends a look, and begins the next. */
static enum err look_draw(struct look *l, int64_t next)
{
	if (l->n && l->drawn++ == 0)
		table_begin(l->q, N_("Who read what"), reads_heads, COUNT(reads_heads));
	for (size_t i = l->nof_first; i-- > 0;)
		TRY(look_row(l, l->of_first[i]));
	*l = (struct look){ .q = l->q, .seq = next, .drawn = l->drawn };
	return E_OK;
}

/* *ret_next: the position from which the next page goes on; 0: this is the last. */
static enum err rows(struct request *q, int64_t first, int64_t last, int64_t *ret_next)
{
	struct back *k CLEANUP(back_close_p) = NULL;
	struct look l = { .q = q };
	const struct record *r;
	TRY(back_open(q->c, &(struct back_ask){ .entity = &file_read_entity, .position = last }, &k));
	for (;;) {
		TRY(back_next(k, &r));
		if (!r || r->known_from < first)
			break;
		if (r->known_from != l.seq)
			TRY(look_draw(&l, r->known_from));
		if (l.drawn == SHOWN)
			break;
		TRY(look_add(&l, r));
	}
	*ret_next = r && r->known_from >= first ? r->known_from : 0;
	TRY(look_draw(&l, 0));
	if (l.drawn)
		table_end(q);
	else
		part_empty(q, N_("Nobody read a confidential part within your reach on this day."),
			   N_("Choose another day. Readings of the own file are not written down."), NULL, NULL);
	return E_OK;
}

enum err reads_page_draw(struct request *q)
{
	date day = request_date(q, "day") == DATE_NONE ? q->c->today : request_date(q, "day");
	int64_t first, last, before = request_number(q, "before"), next = 0;
	char text[DATE_TEXT];
	TRY(positions(q, day, &first, &last));
	if (before && before < last)
		last = before;
	frame_begin(q, &(struct frame){ 0 });
	form_begin(q, &(struct form){ .get = true }, "/duty/reads");
	form_control(
		q, &(struct control_ask){
			   .name = "day", .label = N_("Day"), .kind = C_DATE, .value = str_of(date_text(day, text)) });
	form_end(q, N_("Show"));
	sheet_end(q);
	sheet_begin(q, NULL);
	TRY(rows(q, first, last, &next));
	if (next) {
		HTML(&q->html, "<p class=\"actions\">");
		button_link(q, true, N_("Earlier on this day"), "/duty/reads?day=%s&before=%d", date_text(day, text),
			    (long long)next);
		HTML(&q->html, "</p>");
	}
	sheet_end(q);
	frame_end(q);
	return E_OK;
}
