/* fact_words.c - what one fact of a person says, in a line. */
#include "modules/staff/staff_page.h"

enum { CLAIMED, PROVED, CONFIRMED };

/* What is said first where that is not the first field. */
static const struct lead {
	const struct entity *of;
	const char *field;
} leads[] = {
	{ &rating_entity, "score" },
	{ &citation_entity, "fact" },
};

static int lead_of(const struct entity *e)
{
	for (size_t i = 0; i < COUNT(leads); i++)
		if (leads[i].of == e)
			return entity_field(e, leads[i].field);
	return 0;
}

bool fact_hidden(const struct entity *e, bool may_closed)
{
	bool key_closed = false;
	for (int i = 0; i < e->nfields; i++)
		key_closed = key_closed || (e->fields[i].flags & KEY && e->fields[i].flags & CONFIDENTIAL);
	return key_closed && !may_closed;
}

static void acting_tag(struct request *q, const struct record *r)
{
	int lane = entity_lane(r->entity);
	if (lane >= 0 && r->entity->fields[lane].type == T_BOOL && record_get(r, lane, 0))
		tag(q, TONE_NOTE, r->entity->fields[lane].label);
}

/* Years and months are two fields and one time. */
static void time_counted(struct request *q, const struct record *r, int years, int months)
{
	html_say(&q->html, N_("Grade service"));
	HTML(&q->html, ": ");
	html_months(&q->html, record_get(r, years, 0) * 12 + record_get(r, months, 0));
}

/* Written down before the page is sent; a version of the person is its own file. */
static void note(struct request *q, const struct record *r)
{
	request_noted(q, r->entity->kind == THING ? r->id : r->owner, r->entity->name);
}

static bool says(const struct record *r, int field, bool may_closed)
{
	const struct field *f = &r->entity->fields[field];
	if (!r->v[field].set || f->flags & (RETIRED | LANE) || (f->flags & CONFIDENTIAL && !may_closed))
		return false;
	return !text_is(f->name, "proof") && !text_is(f->name, "sha256");
}

/* "Signed on: 1 April 2004" */
static void say_field(struct request *q, const struct record *r, int field, bool may_closed)
{
	const struct field *f = &r->entity->fields[field];
	html_say(&q->html, f->label);
	HTML(&q->html, ": ");
	part_value(q, f, &r->v[field], may_closed);
}

void fact_line(struct request *q, const struct record *r, bool may_closed)
{
	struct html *h = &q->html;
	const struct entity *e = r->entity;
	int lead = lead_of(e), years = entity_field(e, "grade_years"), months = entity_field(e, "grade_months");
	bool closed = e->fields[lead].flags & CONFIDENTIAL, first = true;
	HTML(h, "<strong>");
	part_value(q, &e->fields[lead], &r->v[lead], may_closed);
	HTML(h, "</strong>");
	acting_tag(q, r);
	for (int i = 0; i < e->nfields; i++) {
		if (i == lead || !says(r, i, may_closed) || (i == months && r->v[years].set))
			continue;
		closed = closed || e->fields[i].flags & CONFIDENTIAL;
		HTML(h, "<span class=\"fact\">");
		html_cstr(h, first ? " · " : "; ");
		if (i == years)
			time_counted(q, r, years, months);
		else
			say_field(q, r, i, may_closed);
		HTML(h, "</span>");
		first = false;
	}
	if (r->until != DATE_NONE) {
		HTML(h, " · ");
		html_say(h, N_("until"));
		HTML(h, " ");
		html_date_short(h, r->until);
	}
	if (closed && may_closed)
		note(q, r);
}

void fact_version(struct request *q, const struct record *r, const struct record *before, bool may_closed)
{
	struct html *h = &q->html;
	const char *gap = "";
	for (int i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		if ((before && value_eq(&r->v[i], &before->v[i])) || (f->flags & CONFIDENTIAL && !may_closed))
			continue;
		html_cstr(h, gap);
		html_say(h, f->label);
		HTML(h, ": <strong>");
		part_value(q, f, &r->v[i], may_closed);
		HTML(h, "</strong>");
		gap = "; ";
		if (f->flags & CONFIDENTIAL)
			note(q, r);
	}
	if (!*gap)
		html_say(h, N_("nothing changed"));
}

void fact_kind(struct request *q, const struct record *r)
{
	tag(q, TONE_NOTE, r->entity->kind == THING ? N_("Personal particulars") : r->entity->title);
}

bool fact_tells_why(const struct record *r, bool may_closed)
{
	return r->why.n && (may_closed || !entity_has_closed(r->entity));
}

void fact_why(struct request *q, const struct record *r)
{
	html_say(&q->html, N_("reason:"));
	HTML(&q->html, " ");
	html_text(&q->html, r->why);
	if (entity_has_closed(r->entity))
		note(q, r);
}

static int proof_of(const struct record *r)
{
	int field = entity_field(r->entity, "proof");
	return field < 0 ? -1 : (int)record_get(r, field, CLAIMED);
}

void fact_proof(struct request *q, const struct record *r)
{
	int proof = proof_of(r);
	if (proof == CLAIMED)
		tag(q, TONE_WAIT, N_("paper not seen"));
	else if (proof == PROVED)
		tag(q, TONE_GOOD, N_("paper seen"));
	else if (proof == CONFIRMED)
		tag(q, TONE_GOOD, N_("confirmed by the issuer"));
}

bool fact_is_claimed(const struct record *r)
{
	return proof_of(r) == CLAIMED;
}
