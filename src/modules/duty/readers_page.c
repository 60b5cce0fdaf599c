/* readers_page.c - who can read a file and who has read it; and for the auditor who read what. */
#include "entity/list.h"
#include "modules/duty/duty_page.h"

#define SHOWN 50
#define CAN_MOST 200
#define HAS_MOST 200
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

/* The readings of a file written last, the last first; however many there are. */
static enum err last_read(struct request *q, int64_t person, struct record **ret, size_t *ret_n)
{
	struct cursor *k CLEANUP(cursor_close_p) = NULL;
	const struct record *r, *last[HAS_MOST];
	size_t n = 0;
	TRY(cursor_open(q->c, &(struct query){ .entity = &file_read_entity, .owner = person, .extent = BELIEVED }, &k));
	for (;; n++) {
		TRY(cursor_next(k, &r));
		if (!r)
			break;
		last[n % HAS_MOST] = r; /* one owner's rows are one chunk: all stay until the cursor is closed */
	}
	*ret_n = n < HAS_MOST ? n : HAS_MOST;
	for (size_t i = 0; i < *ret_n; i++)
		ret[i] = record_copy(q->arena, last[(n - 1 - i) % HAS_MOST]);
	return E_OK;
}

static enum err who_has(struct request *q, int64_t person)
{
	struct record *list[HAS_MOST];
	size_t n;
	TRY(last_read(q, person, list, &n));
	if (!n) {
		part_empty(q, N_("Nobody else has read the confidential parts."),
			   N_("Each look at ratings and sanctions is written down here before it is shown."), NULL,
			   NULL);
		return E_OK;
	}
	table_begin(q, N_("Who has read the confidential parts"), has_heads, COUNT(has_heads));
	for (size_t i = 0; i < n; i++)
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
	struct str name;
	TRY(user_name(q->c, record_get(r, READ_BY, 0), &name));
	row_begin(q);
	cell_begin(q, false);
	when(q, record_get(r, READ_AT, 0));
	cell_end(q);
	cell_text(q, name);
	cell_begin(q, false);
	whose(q, l);
	cell_end(q);
	cell_begin(q, false);
	html_say(&q->html, what_words(q, r->v[READ_WHAT].t));
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
	TRY(back_open(q->c, &file_read_entity, last, &k));
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
