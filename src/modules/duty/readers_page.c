/* readers_page.c - who can read a file and who has read it. */
#include "entity/back.h"
#include "entity/list.h"
#include "modules/duty/duty_page.h"

#define SHOWN 50
#define ACTING_MOST 200 /* heads for a time; units are not so deep */

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

/* Who heads the person's unit for a time, or one above it. Nobody needs leave for the own file. */
static enum err acting_heads(struct request *q, int64_t person, struct over *ret, size_t *n)
{
	int unit = projection_column(&staff_now_projection, "unit");
	struct list_row row;
	int64_t own;
	size_t all = 0;
	enum err e = list_one(q->c, &staff_now_projection, person, &row);
	if (e != E_OK)
		return e == E_MISSING ? E_OK : e;
	if (!row.v[unit].set)
		return E_OK;
	TRY(user_of_person(q->c, person, &own));
	TRY(acting_over(q->c, row.v[unit].i, ret, ACTING_MOST, &all));
	for (size_t i = 0; i < all; i++)
		if (ret[i].user != own)
			ret[(*n)++] = ret[i];
	return E_OK;
}

static enum err who_can(struct request *q, int64_t person, int64_t order)
{
	const struct over *list;
	size_t n, shown = 0, acting = 0;
	TRY(standing_readers(q->c, &list, &n));
	struct over *here = ARENA_ARRAY(q->arena, struct over, n + ACTING_MOST);
	for (size_t i = 0; i < n; i++)
		if (list[i].first <= order && order <= list[i].last)
			here[shown++] = list[i];
	TRY(acting_heads(q, person, &here[shown], &acting));
	shown += acting;
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
	TRY(reading_begin(q, r));
	cell_begin(q, false);
	html_say(&q->html, reading_what(q, r));
	cell_end(q);
	row_end(q);
	return E_OK;
}

/* The last first. *ret_n: how many; *ret_next: the position from which the next page goes on; 0: this is the last. */
static enum err has_rows(struct request *q, struct back *k, size_t *ret_n, int64_t *ret_next)
{
	const struct record *r;
	int64_t seq = 0;
	size_t n = 0;
	*ret_next = 0;
	for (;; seq = r->known_from) {
		TRY(back_next(k, &r));
		if (!r || (n >= SHOWN && r->known_from != seq))
			break;
		if (r->known_to || r->op != OP_HOLDS)
			continue;
		if (!n++)
			table_begin(q, N_("Who has read the confidential parts"), has_heads, COUNT(has_heads));
		TRY(has_row(q, r));
	}
	if (n)
		table_end(q);
	*ret_n = n;
	*ret_next = r ? r->known_from : 0;
	return E_OK;
}

static enum err who_has(struct request *q, int64_t person, const char *number)
{
	struct back *k CLEANUP(back_close_p) = NULL;
	int64_t before = request_number(q, "before"), next;
	size_t n;
	TRY(back_open(q->c, &(struct back_ask){ &file_read_entity, person, before ? before : BACK_ALL }, &k));
	TRY(has_rows(q, k, &n, &next));
	if (!n)
		part_empty(q, N_("Nobody else has read the confidential parts."),
			   N_("Each look at ratings and sanctions is written down here before it is shown."), NULL,
			   NULL);
	if (!next)
		return E_OK;
	HTML(&q->html, "<p class=\"actions\">");
	button_link(q, true, N_("Earlier readings"), "/people/%s/readers?before=%d", number, (long long)next);
	HTML(&q->html, "</p>");
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
	TRY(who_has(q, person, arena_text(q->arena, key.p, key.n)));
	sheet_end(q);
	sheet_begin(q, N_("Who can read this file"));
	TRY(who_can(q, person, order));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}
