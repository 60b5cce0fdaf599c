/* timeline.c - all that was ever written about one record, newest first; what was corrected stands struck through. */
#include "face/timeline.h"

#include "face/inside.h"

/* Today and the latest position stated. */
static struct moment stated(const struct request *q, struct moment at)
{
	return (struct moment){ at.day == DATE_NONE ? q->c->today : at.day, at.position ? at.position : INT64_MAX };
}

static void add(struct request *q, struct timeline *t, struct life x)
{
	ARENA_GROW(q->arena, t->list, t->n, &t->cap);
	t->list[t->n++] = x;
}

/* The rows of one fact: what is believed, and what was before it. */
static void one_fact(struct request *q, struct timeline *t, struct record **rows, size_t n, int64_t id, bool closed,
		     int64_t position)
{
	struct life x = { .closed = closed, .was = ARENA_ARRAY(q->arena, const struct record *, n) };
	for (size_t i = 0; i < n; i++) {
		if (rows[i]->id != id || rows[i]->known_from > position)
			continue;
		if (record_believed(rows[i], position))
			x.now = rows[i];
		else
			x.was[x.nwas++] = rows[i];
	}
	if (x.now)
		add(q, t, x);
}

static bool met_before(struct record **rows, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (rows[k]->id == rows[i]->id)
			return true;
	return false;
}

static enum err facts_of(struct request *q, struct timeline *t, const struct entity *e, int64_t owner, struct moment at)
{
	struct query query = { .entity = e, .owner = owner, .extent = EVER, .withdrawn = true };
	struct record **rows;
	size_t n;
	bool closed;
	enum err seen = face_may_see(q, e, owner, &closed);
	if (seen == E_MISSING)
		return E_OK;
	TRY(seen);
	TRY(read_all(q->c, &query, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (!met_before(rows, i))
			one_fact(q, t, rows, n, rows[i]->id, closed, stated(q, at).position);
	if (n && closed && entity_has_closed(e))
		request_noted(q, owner, e->name);
	return E_OK;
}

static int newest_first(const void *x, const void *y)
{
	const struct record *a = ((const struct life *)x)->now, *b = ((const struct life *)y)->now;
	if (a->valid_from != b->valid_from)
		return a->valid_from > b->valid_from ? -1 : 1;
	return a->vid > b->vid ? -1 : a->vid < b->vid;
}

static void sort(struct timeline *t)
{
	if (t->n)
		qsort(t->list, t->n, sizeof(*t->list), newest_first);
}

enum err timeline_read(struct request *q, const struct entity *of, int64_t owner, struct moment at,
		       struct timeline *ret)
{
	*ret = (struct timeline){ .at = at };
	for (const struct entity *const *e = q->c->registry->entities; *e; e++)
		if ((*e)->owner == of && !(*e)->child)
			TRY(facts_of(q, ret, *e, owner, at));
	sort(ret);
	return E_OK;
}

enum err timeline_read_one(struct request *q, const struct entity *e, int64_t owner, struct moment at,
			   struct timeline *ret)
{
	*ret = (struct timeline){ .at = at };
	TRY(facts_of(q, ret, e, owner, at));
	sort(ret);
	return E_OK;
}

/* ---- drawing ---- */
/* A fact is wrong in what it said; a new row that only closes it says nothing else. */
static void was_before(struct request *q, const struct life *x, int field)
{
	struct html *h = &q->html;
	const struct field *f = &x->now->entity->fields[field];
	for (size_t i = 0; i < x->nwas; i++) {
		const struct value *v = &x->was[i]->v[field];
		const struct value *next = i + 1 < x->nwas ? &x->was[i + 1]->v[field] : &x->now->v[field];
		if (!v->set || value_eq(v, next) || ((f->flags & CONFIDENTIAL) && !x->closed))
			continue;
		HTML(h, "<del class=\"was\">");
		part_value(q, f, v, x->closed);
		HTML(h, "</del> ");
	}
}

static bool says(const struct life *x, int field)
{
	const struct field *f = &x->now->entity->fields[field];
	if (f->flags & RETIRED)
		return false;
	if ((f->flags & CONFIDENTIAL) && !x->closed)
		return true;
	for (size_t i = 0; i < x->nwas; i++)
		if (x->was[i]->v[field].set)
			return true;
	return x->now->v[field].set;
}

static void one_field(struct request *q, const struct life *x, int field, bool first)
{
	struct html *h = &q->html;
	const struct field *f = &x->now->entity->fields[field];
	if (!first) {
		HTML(h, "; ");
		html_say(h, f->label);
		HTML(h, ": ");
	}
	was_before(q, x, field);
	if (first)
		HTML(h, "<strong>");
	part_value(q, f, &x->now->v[field], x->closed);
	if (first)
		HTML(h, "</strong>");
}

static bool may_say_why(const struct life *x)
{
	return x->closed || !entity_has_closed(x->now->entity);
}

static enum err written(struct request *q, const struct life *x)
{
	struct html *h = &q->html;
	HTML(h, "<br><span class=\"source\">");
	if (x->now->op == OP_WITHDRAWN) {
		html_say(h, N_("Never was so."));
		HTML(h, " ");
	} else if (x->nwas) {
		html_say(h, N_("Corrected."));
		HTML(h, " ");
	}
	if (x->now->why.n && may_say_why(x)) {
		html_text(h, x->now->why);
		HTML(h, " · ");
	}
	TRY(part_receipt(q, x->now->known_from));
	HTML(h, "</span>");
	return E_OK;
}

static void begin(struct request *q, const struct timeline *t, const struct life *x)
{
	struct html *h = &q->html;
	if (x->now->op == OP_WITHDRAWN)
		HTML(h, "<li class=\"gone\">");
	else if (x->now->valid_from > stated(q, t->at).day)
		HTML(h, "<li class=\"later\">");
	else
		HTML(h, "<li>");
	html_date_short(h, x->now->valid_from);
	if (x->now->until != DATE_NONE) {
		HTML(h, " – ");
		html_date_short(h, x->now->until);
	}
	HTML(h, " ");
	tag(q, TONE_NOTE, x->now->entity->title);
	HTML(h, "<br>");
}

static void moved(struct request *q, const struct life *x)
{
	for (size_t i = 0; i < x->nwas; i++) {
		if (x->was[i]->valid_from == x->now->valid_from)
			continue;
		HTML(&q->html, "<del class=\"was\">");
		html_date_short(&q->html, x->was[i]->valid_from);
		HTML(&q->html, "</del> ");
	}
}

static enum err one(struct request *q, const struct timeline *t, const struct life *x, struct str key)
{
	struct html *h = &q->html;
	const struct entity *e = x->now->entity;
	bool first = true;
	begin(q, t, x);
	moved(q, x);
	for (int i = 0; i < e->nfields; i++)
		if (says(x, i)) {
			one_field(q, x, i, first);
			first = false;
		}
	TRY(written(q, x));
	if (face_may_write_any(q, e) && x->now->op == OP_HOLDS && t->at.position == 0 && key.n) {
		HTML(h, " ");
		link_say(q, N_("Recorded wrongly?"), "/enter/%s/%s/%d", e->name, arena_text(q->arena, key.p, key.n),
			 (long long)x->now->id);
	}
	HTML(h, "</li>\n");
	return E_OK;
}

enum err timeline_draw(struct request *q, const struct timeline *t, struct str key)
{
	HTML(&q->html, "<ol class=\"life\">");
	for (size_t i = 0; i < t->n; i++)
		TRY(one(q, t, &t->list[i], key));
	HTML(&q->html, "</ol>");
	return E_OK;
}
