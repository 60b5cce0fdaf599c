/* round_page.c - the workbench of one round: where it stands, what comes next, and its people. */
#include "face/round_page.h"

/* ---- the head ---- */

static void steps(struct request *q, const struct round *r, const struct round_counts *c)
{
	bool papers = c->of[PART_INCOMPLETE] == 0;
	HTML(&q->html, "<ol class=\"steps\"><li class=\"done\">");
	html_say(&q->html, N_("Opened"));
	HTML(&q->html, "</li><li class=\"done\">");
	html_say(&q->html, N_("Judged"));
	HTML(&q->html, "</li>");
	if (r->sealed || papers)
		HTML(&q->html, "<li class=\"done\">");
	else
		HTML(&q->html, "<li class=\"now\" aria-current=\"step\">");
	html_say(&q->html, N_("Papers complete"));
	HTML(&q->html, "</li>");
	if (r->sealed)
		HTML(&q->html, "<li class=\"done\">");
	else if (papers)
		HTML(&q->html, "<li class=\"now\" aria-current=\"step\">");
	else
		HTML(&q->html, "<li>");
	html_say(&q->html, N_("Sealed"));
	HTML(&q->html, "</li></ol>");
}

static void facts(struct request *q, const struct round *r, const struct round_counts *c)
{
	facts_begin(q);
	fact_int(q, N_("Considered"), c->of[PART_ALL]);
	fact_int(q, N_("Meets all"), c->of[PART_MEETS]);
	fact_int(q, N_("Papers missing"), c->of[PART_INCOMPLETE]);
	fact_int(q, N_("Not yet"), c->of[PART_NOT_YET]);
	fact_int(q, N_("Other kind of round"), c->of[PART_OTHER_KIND]);
	fact_begin(q, N_("Rules"));
	policy_link(q, r->kind, r->policy->name);
	if (r->policy->assumed)
		tag(q, TONE_WAIT, N_("part is assumed"));
	fact_end(q);
	facts_end(q);
}

static void sub(struct request *q, const struct round *r, struct str *ret)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	struct buf day CLEANUP(buf_release) = BUF_INIT;
	struct entry e;
	say_date(q->lang, r->as_of, &day);
	buf_printf(&words, say(q->lang, N_("As things stand on %s")), buf_str(&day));
	if (entry_get(q->c->store, r->position, &e) == E_OK) {
		buf_reset(&day);
		say_instant(q->lang, q->c->zone, e.at, &day);
		buf_printf(&words, say(q->lang, N_(", as we knew them on %s (receipt %lld)")), buf_str(&day),
			   (long long)r->position);
	}
	*ret = str_of(arena_copy(q->arena, buf_str(&words)));
}

static void buttons(struct request *q, const struct round *r)
{
	if (who_may(q->who, MAY_SHEETS))
		button_link(q, true, N_("As spreadsheet"), "/rounds/%d/sheet", (long long)r->id);
	HTML(&q->html, " ");
	button_link(q, true, N_("For paper"), "/rounds/%d?show=%s&print=1", (long long)r->id, round_people_asked(q));
	HTML(&q->html, " ");
	button_link(q, true, N_("Compare with other rules"), "/rounds/%d/compare", (long long)r->id);
}

static void days_left(struct request *q, const struct round *r)
{
	struct buf day CLEANUP(buf_release) = BUF_INIT;
	int64_t left = r->as_of - q->c->today;
	if (left <= 0)
		return;
	say_date(q->lang, r->as_of, &day);
	html_sayf(&q->html, say_n(q->lang, "%lld day is left until %s.", "%lld days are left until %s.", left),
		  (long long)left, buf_str(&day));
	HTML(&q->html, " ");
}

static void next_open(struct request *q, const struct held *h, const struct round_counts *c)
{
	const struct round *r = h->round;
	int64_t lacking = c->of[PART_INCOMPLETE];
	bool seals = who_may_at(q->who, MAY_DECIDE, h->all.low);
	if (lacking)
		next_begin(q,
			   say_n(q->lang, "Next: %lld person lacks a paper", "Next: %lld people lack a paper", lacking),
			   (long long)lacking);
	else
		next_begin(q, seals ? N_("Next: seal the round") : N_("Next: the decider seals the round"));
	HTML(&q->html, "<p>");
	days_left(q, r);
	html_say(&q->html,
		 N_("Sealing fixes the files, the rules and the outcomes as they are then. Later corrections will not "
		    "change this round; they will show beside it."));
	HTML(&q->html, "</p><p class=\"actions\">");
	if (lacking)
		button_link(q, false, N_("Work through the missing papers"), "/rounds/%d?show=incomplete",
			    (long long)r->id);
	if (seals) {
		HTML(&q->html, " ");
		button_link(q, lacking > 0, N_("Seal the round"), "/rounds/%d/seal", (long long)r->id);
	}
	HTML(&q->html, " ");
	buttons(q, r);
	HTML(&q->html, "</p>");
	sheet_end(q);
}

static void next_sealed(struct request *q, const struct held *h)
{
	const struct round *r = h->round;
	next_begin(q, N_("This round is decided"));
	HTML(&q->html, "<p>");
	html_sayf(&q->html,
		  "It was sealed with receipt %lld. Whoever doubts it can check it against the papers of that day.",
		  (long long)r->seal_entry);
	HTML(&q->html, "</p><p class=\"actions\">");
	button_link(q, false, N_("Check it now"), "/rounds/%d/check", (long long)r->id);
	HTML(&q->html, " ");
	if (who_may_at(q->who, MAY_ROUND | MAY_CLOSED, h->all.low))
		button_link(q, true, N_("Proof for an outsider"), "/rounds/%d/proof", (long long)r->id);
	HTML(&q->html, " ");
	buttons(q, r);
	HTML(&q->html, "</p>");
	sheet_end(q);
}

/* ---- the page ---- */

enum err round_crumbs(struct request *q, const struct round *r, struct round_crumbs *ret)
{
	struct str title;
	bool rounds = who_may(q->who, MAY_ROUND); /* else the own case alone */
	*ret = (struct round_crumbs){ .n = 1 };
	ret->list[0] = (struct crumb){ .words = N_("Rounds"), .href = rounds ? "/rounds" : NULL };
	if (!r)
		return E_OK;
	TRY(round_title(q, r->kind, r->unit_code, r->as_of, &title));
	ret->list[1] =
		(struct crumb){ .text = title,
				.href = rounds ? arena_printf(q->arena, "/rounds/%lld", (long long)r->id) : NULL };
	ret->n = 2;
	return E_OK;
}

enum err round_page_draw(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	struct round_crumbs crumbs;
	struct frame f = { .printed = request_flag(q, "print") };
	TRY(round_of_page(q, NULL, &h));
	struct round_counts c = round_people_count(q, h);
	TRY(round_title(q, h->round->kind, h->round->unit_code, h->round->as_of, &f.title));
	sub(q, h->round, &f.sub);
	TRY(round_crumbs(q, NULL, &crumbs));
	f.crumbs = crumbs.list;
	f.ncrumbs = crumbs.n;
	frame_begin(q, &f);
	if (!f.printed)
		steps(q, h->round, &c);
	facts(q, h->round, &c);
	sheet_end(q);
	if (!f.printed && h->round->sealed)
		next_sealed(q, h);
	else if (!f.printed)
		next_open(q, h, &c);
	if (!f.printed)
		TRY(face_panels(q, "round", h->round->id, false));
	round_people_sheet(q, h, &c, f.printed);
	frame_end(q);
	return E_OK;
}
