/* record_page.c - one record of any kind: what holds, what surrounds it, and how it came to be so. */
#include "face/inside.h"
#include "face/timeline.h"

struct shown {
	const struct entity *e;
	int64_t id;
	struct str key, name;
	bool closed, may_write;
	struct moment at;
	struct record *r; /* NULL: does not hold on the day */
};

static enum err read_shown(struct request *q, struct shown *s)
{
	TRY(face_entity(q, &s->e));
	if (s->e->kind != THING)
		return E_MISSING;
	TRY(face_key(q, s->e, request_param(q, "key"), &s->id));
	TRY(face_may_see(q, s->e, s->id, &s->closed));
	enum err may = face_may_write(q, s->e, s->id);
	if (may != E_OK && may != E_MISSING)
		return may;
	s->may_write = may == E_OK;
	enum err clock = part_moment(q, &s->at);
	if (clock == E_INVALID)
		s->at = AS_OF_NOW;
	else
		TRY(clock);
	enum err held = read_thing(q->c, s->e, s->id, s->at, &s->r);
	if (held == E_MISSING)
		s->r = NULL;
	else
		TRY(held);
	TRY(key_text(q->c, s->e, s->id, s->at.position, &s->key));
	return part_name(q->c, s->e, s->id, s->at, &s->name);
}

static void fields(struct request *q, const struct shown *s)
{
	facts_begin(q);
	for (int i = 0; i < s->e->nfields; i++) {
		const struct field *f = &s->e->fields[i];
		bool hidden = (f->flags & CONFIDENTIAL) && !s->closed;
		if ((f->flags & RETIRED) || (!s->r->v[i].set && !hidden))
			continue;
		fact_begin(q, f->label);
		part_value(q, f, &s->r->v[i], s->closed);
		fact_end(q);
	}
	facts_end(q);
}

static void actions(struct request *q, const struct shown *s)
{
	const char *key = terminated(q, s->key);
	bool begun = false;
	if (s->at.position)
		return;
	HTML(&q->html, "<p class=\"actions\">");
	if (s->may_write && s->r)
		button_link(q, false, N_("Change"), "/list/%s/%s/change", s->e->name, key);
	HTML(&q->html, "</p>");
	for (const struct entity *const *e = q->c->registry->entities; *e; e++) {
		if ((*e)->owner != s->e || !face_may_write_any(q, *e) || face_may_write(q, *e, s->id) != E_OK)
			continue;
		if (!begun) {
			HTML(&q->html, "<details><summary>");
			html_say(&q->html, N_("Enter something new"));
			HTML(&q->html, "</summary><ul>");
		}
		begun = true;
		HTML(&q->html, "<li>");
		link_say(q, (*e)->title, "/enter/%s/%s", (*e)->name, key);
		HTML(&q->html, "</li>");
	}
	if (begun)
		HTML(&q->html, "</ul></details>");
}

/* ---- children: repeated parts, each kind a table ---- */
static void child_row(struct request *q, const struct shown *s, const struct record *r)
{
	const struct entity *e = r->entity;
	row_begin(q);
	cell_date(q, r->valid_from);
	for (int i = 0; i < e->nfields; i++) {
		if (e->fields[i].flags & RETIRED)
			continue;
		cell_begin(q, TYPE_IS_NUMBER(e->fields[i].type));
		part_value(q, &e->fields[i], &r->v[i], s->closed);
		cell_end(q);
	}
	if (s->may_write && s->at.position == 0) {
		cell_begin(q, false);
		link_say(q, N_("Recorded wrongly?"), "/enter/%s/%s/%d", e->name, terminated(q, s->key),
			 (long long)r->id);
		cell_end(q);
	}
	row_end(q);
}

static enum err children(struct request *q, const struct shown *s, const struct entity *e)
{
	struct query query = {
		.entity = e, .owner = s->id, .at = s->at, .extent = e->kind == SERIES ? HOLDING : BEGUN
	};
	struct head *heads = ARENA_ARRAY(q->arena, struct head, e->nfields + 2);
	struct record **rows;
	size_t n, nheads = 0;
	TRY(read_all(q->c, &query, &rows, &n));
	if (!n)
		return E_OK;
	if (s->closed && entity_has_closed(e))
		request_noted(q, s->id, e->name);
	heads[nheads++] = (struct head){ .words = N_("From") };
	for (int i = 0; i < e->nfields; i++)
		if (!(e->fields[i].flags & RETIRED))
			heads[nheads++] = (struct head){ .words = e->fields[i].label,
							 .number = TYPE_IS_NUMBER(e->fields[i].type) };
	if (s->may_write && s->at.position == 0)
		heads[nheads++] = (struct head){ .words = N_("Correct") };
	sheet_begin(q, NULL);
	table_begin(q, entity_titles(e), heads, nheads);
	for (size_t i = 0; i < n; i++)
		child_row(q, s, rows[i]);
	table_end(q);
	sheet_end(q);
	return E_OK;
}

/* ---- the record's own versions ---- */
static void changed_fields(struct request *q, const struct shown *s, const struct record *r,
			   const struct record *before)
{
	struct html *h = &q->html;
	bool first = true;
	for (int i = 0; i < s->e->nfields; i++) {
		const struct field *f = &s->e->fields[i];
		bool hidden = (f->flags & CONFIDENTIAL) && !s->closed;
		if ((f->flags & RETIRED) || hidden || (before && value_eq(&before->v[i], &r->v[i])) ||
		    (!r->v[i].set && !before))
			continue;
		if (!first)
			HTML(h, "; ");
		first = false;
		html_say(h, f->label);
		HTML(h, ": ");
		if (before && before->v[i].set) {
			HTML(h, "<del class=\"was\">");
			part_value(q, f, &before->v[i], s->closed);
			HTML(h, "</del> ");
		}
		part_value(q, f, &r->v[i], s->closed);
	}
}

/* What a row of versions is compared with: what it replaced on its day, else the version that held before it. */
static const struct record *before_of(struct record **rows, size_t n, size_t i)
{
	const struct record *best = NULL;
	for (size_t k = 0; k < n; k++) {
		const struct record *r = rows[k];
		if (k == i || r->known_from > rows[i]->known_from || r->op != OP_HOLDS)
			continue;
		if (r->known_to == rows[i]->known_from && r->valid_from == rows[i]->valid_from)
			return r;
		if (r->valid_from < rows[i]->valid_from && record_believed(r, rows[i]->known_from) &&
		    (!best || r->valid_from > best->valid_from))
			best = r;
	}
	return best;
}

static enum err one_version(struct request *q, const struct shown *s, struct record **rows, size_t n, size_t i)
{
	struct html *h = &q->html;
	const struct record *r = rows[i];
	if (r->known_to)
		HTML(h, "<li class=\"gone\">");
	else
		HTML(h, "<li>");
	if (r->valid_from > DATE_MIN) { /* what has no days holds from the first one there is */
		html_date_short(h, r->valid_from);
		HTML(h, "<br>");
	}
	if (r->op == OP_ENDS)
		html_say(h, N_("Exists no more from this day."));
	else if (r->op == OP_WITHDRAWN)
		html_say(h, N_("Never was so."));
	else
		changed_fields(q, s, r, before_of(rows, n, i));
	HTML(h, "<br><span class=\"source\">");
	if (r->why.n && (s->closed || !entity_has_closed(s->e))) {
		html_text(h, r->why);
		HTML(h, " · ");
	}
	TRY(part_receipt(q, r->known_from));
	HTML(h, "</span></li>\n");
	return E_OK;
}

static enum err versions(struct request *q, const struct shown *s)
{
	struct query query = { .entity = s->e, .owner = s->id, .extent = EVER, .withdrawn = true };
	struct record **rows;
	size_t n;
	TRY(read_all(q->c, &query, &rows, &n));
	sheet_begin(q, N_("How it came to be so"));
	HTML(&q->html, "<ol class=\"life\">");
	for (size_t i = n; i-- > 0;)
		if (!s->at.position || rows[i]->known_from <= s->at.position)
			TRY(one_version(q, s, rows, n, i));
	HTML(&q->html, "</ol>");
	sheet_end(q);
	return E_OK;
}

/* ---- the page ---- */
static enum err life(struct request *q, const struct shown *s)
{
	struct timeline t;
	TRY(timeline_read(q, s->e, s->id, s->at, &t));
	if (!t.n)
		return E_OK;
	sheet_begin(q, N_("What happened"));
	TRY(timeline_draw(q, &t, s->key));
	sheet_end(q);
	return E_OK;
}

static enum err wide(struct request *q, const struct shown *s)
{
	TRY(face_panels(q, s->e->name, s->id, false));
	for (const struct entity *const *e = q->c->registry->entities; *e; e++) {
		bool closed;
		if ((*e)->owner == s->e && (*e)->child && face_may_see(q, *e, s->id, &closed) == E_OK)
			TRY(children(q, s, *e));
	}
	return life(q, s);
}

static enum err narrow(struct request *q, const struct shown *s)
{
	struct html *h = &q->html;
	HTML(h, "</div><aside");
	html_attr_say(h, "aria-label", N_("Beside it"));
	HTML(h, ">");
	TRY(face_panels(q, s->e->name, s->id, true));
	TRY(versions(q, s));
	HTML(h, "</aside></div>\n");
	return E_OK;
}

enum err record_page_draw(struct request *q)
{
	struct shown s = { 0 };
	TRY(read_shown(q, &s));
	if (face_home(q, s.e) && face_home(q, s.e)->one) {
		request_see_again(q, face_address(q, s.e, s.id));
		return E_OK;
	}
	struct crumb crumbs[] = { { .words = face_list_words(q, s.e),
				    .href = terminated(q, face_list_address(q, s.e)) } };
	frame_begin(q, &(struct frame){ .title = s.name, .sub = s.key, .crumbs = crumbs, .ncrumbs = 1 });
	part_problems(q);
	if (s.closed && entity_has_closed(s.e)) /* its versions tell them too, whatever holds on the day */
		request_noted(q, s.id, s.e->name);
	if (s.r)
		fields(q, &s);
	else
		part_empty(q, N_("It did not exist on that day, or was not known then."), N_("Choose a later day."),
			   NULL, NULL);
	part_clock(q, &s.at, NULL);
	actions(q, &s);
	sheet_end(q);
	HTML(&q->html, "<div class=\"two\"><div>");
	TRY(wide(q, &s));
	TRY(narrow(q, &s));
	frame_end(q);
	return E_OK;
}
