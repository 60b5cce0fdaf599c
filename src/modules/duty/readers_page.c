/* readers_page.c - who can read a file and who has read it; and for the auditor who read what. */
#include "entity/list.h"
#include "entity/scan.h"
#include "modules/duty/duty_page.h"

#define SHOWN 50
#define LOOKED 20000 /* entries looked through for one page */
#define CAN_MOST 200
#define NAMED 3 /* of the files that one page showed */

/* A kind of record by its title, else what pages call it. */
static const char *what_words(const struct request *q, struct str what)
{
	const struct entity *e = registry_entity(q->c->registry, arena_text(q->arena, what.p, what.n));
	if (e)
		return e->title;
	return str_is(what, "rise") ? N_("when the next rank is due") : N_("confidential parts");
}

static void when(struct request *q, int64_t us)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	say_instant(q->lang, q->c->zone, us, &b);
	html_text(&q->html, (struct str){ b.p, b.n });
}

/* ---- who can ---- */

static const struct head can_heads[] = {
	{ N_("Who") },
	{ N_("Role") },
	{ N_("Over") },
};

static enum err can_row(struct request *q, const struct over *o)
{
	struct str name, role = str_of(say(q->lang, N_("Acting head (Plt., Plh.)")));
	TRY(user_name(q->c, o->user, &name));
	if (!o->acting)
		TRY(role_words(q->c, o->role, q->lang, &role));
	row_begin(q);
	cell_text(q, name);
	cell_text(q, role);
	cell_begin(q, false);
	TRY(over_draw(q, o->unit));
	cell_end(q);
	row_end(q);
	return E_OK;
}

/* Nobody needs leave for the own file. */
static enum err acting_heads(struct request *q, int64_t person, struct over *here, size_t *shown)
{
	int unit = projection_column(&staff_now_projection, "unit");
	int64_t own;
	struct list_row row;
	size_t n = *shown;
	enum err e = list_one(q->c, &staff_now_projection, person, &row);
	if (e != E_OK)
		return e == E_MISSING ? E_OK : e;
	if (!row.v[unit].set)
		return E_OK;
	TRY(user_of_person(q->c, person, &own));
	TRY(acting_over(q->c, row.v[unit].i, here, CAN_MOST, &n));
	for (size_t i = *shown; i < n; i++)
		if (here[i].user != own)
			here[(*shown)++] = here[i];
	return E_OK;
}

static enum err who_can(struct request *q, int64_t person, int64_t order)
{
	const struct over *list;
	size_t n, shown = 0;
	TRY(standing_readers(q->c, &list, &n));
	struct over *here = ARENA_ARRAY(q->arena, struct over, CAN_MOST);
	for (size_t i = 0; i < n && shown < CAN_MOST; i++)
		if (list[i].first <= order && order <= list[i].last)
			here[shown++] = list[i];
	TRY(acting_heads(q, person, here, &shown));
	if (!shown) {
		part_empty(q, N_("Nobody can read this file but its owner."),
			   N_("Whoever manages users gives duties over units; then they are named here."), NULL, NULL);
		return E_OK;
	}
	table_begin(q, N_("Who can read this file"), can_heads, COUNT(can_heads));
	for (size_t i = 0; i < shown; i++)
		TRY(can_row(q, &here[i]));
	table_end(q);
	HTML(&q->html, "<p class=\"source\">");
	html_say(&q->html, N_("Beside these whoever stands in for one of them for a time."));
	HTML(&q->html, "</p>");
	return E_OK;
}

/* ---- who has ---- */

static const struct head has_heads[] = {
	{ N_("When") },
	{ N_("Who") },
	{ N_("What") },
};

static enum err has_row(struct request *q, const struct record *r)
{
	struct str name;
	TRY(user_name(q->c, record_get(r, READ_BY, 0), &name));
	row_begin(q);
	cell_begin(q, false);
	when(q, record_get(r, READ_AT, 0));
	cell_end(q);
	cell_text(q, name);
	cell_begin(q, false);
	html_say(&q->html, what_words(q, r->v[READ_WHAT].t));
	cell_end(q);
	row_end(q);
	return E_OK;
}

static int later(const void *a, const void *b)
{
	int64_t x = record_get(*(struct record *const *)a, READ_AT, 0),
		y = record_get(*(struct record *const *)b, READ_AT, 0);
	return x < y ? 1 : x > y ? -1 : 0;
}

static enum err who_has(struct request *q, int64_t person)
{
	struct record **list;
	size_t n;
	TRY(read_all(
		q->c,
		&(struct query){ .entity = &file_read_entity, .owner = person, .at = AS_OF_NOW, .extent = BELIEVED },
		&list, &n));
	if (!n) {
		part_empty(q, N_("Nobody else has read the confidential parts."),
			   N_("Each look at ratings and sanctions is written down here before it is shown."), NULL,
			   NULL);
		return E_OK;
	}
	qsort(list, n, sizeof(struct record *), later);
	table_begin(q, N_("Who has read the confidential parts"), has_heads, COUNT(has_heads));
	for (size_t i = 0; i < n && i < SHOWN * 4; i++)
		TRY(has_row(q, list[i]));
	table_end(q);
	return E_OK;
}

enum err readers_page_draw(struct request *q)
{
	struct str key = request_param(q, "person"), name;
	int64_t person, order;
	bool closed, scoped;
	TRY(key_find(q->c, &person_entity, key, &person));
	TRY(face_may_see(q, &person_entity, person, &closed));
	TRY(part_name(q->c, &person_entity, person, AS_OF_NOW, &name));
	TRY(scope_of(q->c, &person_entity, person, &scoped, &order));
	struct str at = face_address(q, &person_entity, person);
	struct crumb way[] = { { .text = name, .href = arena_text(q->arena, at.p ? at.p : "/", at.n ? at.n : 1) } };
	frame_begin(q,
		    &(struct frame){
			    .title = str_of(say(q->lang, q->page->title)), .sub = name, .crumbs = way, .ncrumbs = 1 });
	TRY(who_has(q, person));
	sheet_end(q);
	sheet_begin(q, N_("Who can read this file"));
	TRY(who_can(q, person, order));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* ---- by day, for the auditor ---- */

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

/* The rows of readings since a position, of files within reach; read once a page, and only when a page of several files
 * was read. */
struct several {
	struct request *q;
	int64_t first, shown[NAMED], n;
	bool known;
	struct reading {
		int64_t seq, person;
	} * list;
	size_t nlist, cap;
};

static enum err keep_reading(void *arg, const struct scanned *r)
{
	struct several *s = arg;
	ARENA_GROW(s->q->arena, s->list, s->nlist, &s->cap);
	s->list[s->nlist++] = (struct reading){ r->known_from, r->owner };
	return E_OK;
}

static enum err look_through(struct several *s)
{
	struct scan all = {
		.entity = &file_read_entity, .at = { DATE_MAX, s->first - 1 }, .since = DATE_MIN, .later = true
	};
	if (s->known)
		return E_OK;
	s->known = true;
	return scan_rows(s->q->c, &all, keep_reading, s);
}

/* Of the files of an entry those within reach: how many, and the first of them. */
static enum err those_within(struct several *s, const struct entry *e)
{
	int64_t before = 0;
	s->n = 0;
	TRY(look_through(s));
	for (size_t i = 0; i < s->nlist; i++) {
		bool may;
		if (s->list[i].seq != e->seq || s->list[i].person == before)
			continue;
		before = s->list[i].person;
		TRY(within(s->q, before, &may));
		if (may && s->n++ < NAMED)
			s->shown[s->n - 1] = before;
	}
	return E_OK;
}

static void whose(struct request *q, const struct several *s)
{
	for (int64_t i = 0; i < s->n && i < NAMED; i++) {
		part_record(q, &person_entity, s->shown[i], true);
	}
	if (s->n <= NAMED)
		return;
	html_sayf(&q->html, say_n(q->lang, N_("and %lld file more"), N_("and %lld files more"), s->n - NAMED),
		  (long long)(s->n - NAMED));
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
static enum err reads_row(struct request *q, const struct entry *e, const struct several *s)
{
	struct record **list;
	struct str name;
	size_t n;
	TRY(read_all(q->c,
		     &(struct query){
			     .entity = &file_read_entity, .owner = s->shown[0], .at = AS_OF_NOW, .extent = BELIEVED },
		     &list, &n));
	for (size_t i = 0; i < n; i++) {
		if (list[i]->known_from != e->seq)
			continue;
		TRY(user_name(q->c, record_get(list[i], READ_BY, 0), &name));
		row_begin(q);
		cell_begin(q, false);
		when(q, record_get(list[i], READ_AT, 0));
		cell_end(q);
		cell_text(q, name);
		cell_begin(q, false);
		whose(q, s);
		cell_end(q);
		cell_begin(q, false);
		html_say(&q->html, what_words(q, list[i]->v[READ_WHAT].t));
		HTML(&q->html, "<span class=\"under\">");
		page_words(q, list[i]->v[READ_PAGE].t);
		HTML(&q->html, "</span>");
		cell_end(q);
		row_end(q);
	}
	return E_OK;
}

/* Whose files an entry shows: its subject's, or those of its rows. */
static enum err files_of(struct request *q, const struct entry *e, struct several *s)
{
	bool may;
	if (!e->subject)
		return those_within(s, e);
	TRY(within(q, e->subject, &may));
	s->n = may;
	s->shown[0] = e->subject;
	return E_OK;
}

static enum err rows(struct request *q, int64_t first, int64_t last, int64_t *ret_next)
{
	struct several s = { .q = q, .first = first };
	size_t shown = 0, looked = 0;
	int64_t seq = last;
	for (; seq >= first && shown < SHOWN && looked < LOOKED; seq--, looked++) {
		struct entry e;
		TRY(entry_get(q->c->store, seq, &e));
		if (!text_is(e.action, "read"))
			continue;
		TRY(files_of(q, &e, &s));
		if (!s.n)
			continue;
		if (shown++ == 0)
			table_begin(q, N_("Who read what"), reads_heads, COUNT(reads_heads));
		TRY(reads_row(q, &e, &s));
	}
	if (shown)
		table_end(q);
	else
		part_empty(q, N_("Nobody read a confidential part within your reach on this day."),
			   N_("Choose another day. Readings of the own file are not written down."), NULL, NULL);
	*ret_next = seq >= first ? seq : 0;
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
