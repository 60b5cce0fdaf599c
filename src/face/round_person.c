/* round_person.c - one person in a round: why, in sentences with their sources; and the proof of it. */
#include "face/round_page.h"

/* ---- the conditions ---- */

static const struct head heads[] = {
	{ N_("Condition"), NULL, false, NULL },
	{ N_("What the file says"), N_("source"), false, NULL },
};

static void in_which_round(struct request *q, const struct round *r, size_t i, const struct candidate *k)
{
	const struct verdicts *v = round_verdicts(r, i, k);
	struct buf day CLEANUP(buf_release) = BUF_INIT;
	date complete = v->complete_on[k->at], next = DATE_NONE;
	if (v->met[k->at] != NO || complete == NONE)
		return;
	if (r->kind->period(r->rules, complete, &next))
		next = complete;
	if (next == DATE_NONE)
		return;
	say_date(q->lang, next, &day);
	html_sayf(&q->html, ", so in the round of %s", buf_str(&day));
}

/* "assumed", opening to the reasons. */
static void assumed(struct request *q, const struct round *r, size_t i, const struct candidate *k, enum audience who)
{
	struct str reasons[ROUND_ASSUMED];
	size_t n = round_assumed(r, i, k, who, reasons);
	if (!n)
		return;
	HTML(&q->html, " <details><summary>");
	tag(q, TONE_WAIT, N_("assumed"));
	HTML(&q->html, "</summary>");
	for (size_t x = 0; x < n; x++) {
		HTML(&q->html, "<div>");
		html_text(&q->html, part_source(q, reasons[x]));
		HTML(&q->html, "</div>");
	}
	HTML(&q->html, "</details>");
}

static void condition(struct request *q, const struct round *r, size_t i, const struct candidate *k, enum audience who)
{
	const struct criterion *x = &r->policy->criteria[i];
	struct buf sentence CLEANUP(buf_release) = BUF_INIT;
	round_sentence(r, i, k, who, q->lang, &sentence);
	row_begin(q);
	cell_begin(q, false);
	if (x->judge)
		html_say(&q->html, x->judge->title);
	else
		html_text(&q->html, x->name);
	HTML(&q->html, "<br>");
	verdict_tag(q, round_verdicts(r, i, k)->met[k->at]);
	cell_end(q);
	cell_begin(q, false);
	html_text(&q->html, (struct str){ sentence.p, sentence.n });
	in_which_round(q, r, i, k);
	HTML(&q->html, " <span class=\"under\">");
	html_text(&q->html, part_source(q, x->source));
	HTML(&q->html, "</span>");
	assumed(q, r, i, k, who);
	cell_end(q);
	row_end(q);
}

/* True when a confidential one was among them. */
static bool conditions(struct request *q, const struct round *r, const struct candidate *k, enum audience who)
{
	bool closed = false;
	table_begin(q, N_("Conditions of the rules"), heads, COUNT(heads));
	for (size_t i = 0; i < r->policy->ncriteria; i++) {
		closed = closed || r->policy->criteria[i].confidential;
		condition(q, r, i, k, who);
	}
	table_end(q);
	return closed;
}

static void not_asked(struct request *q, const struct round *r)
{
	if (!r->policy->nnot_asked)
		return;
	HTML(&q->html, "<h3>");
	html_say(&q->html, N_("Not asked here, though the source names it"));
	HTML(&q->html, "</h3><ul>");
	for (size_t i = 0; i < r->policy->nnot_asked; i++) {
		HTML(&q->html, "<li>");
		html_text(&q->html, part_source(q, r->policy->not_asked[i].reason));
		HTML(&q->html, "</li>");
	}
	HTML(&q->html, "</ul>");
}

static void decided(struct request *q, const struct round *r, const struct candidate *k, enum audience who)
{
	if (!k->override.n)
		return;
	HTML(&q->html, "<p><strong>");
	html_sayf(&q->html, "The rules alone say: %s. It was decided: %s.", say(q->lang, outcome_words(k->judged)),
		  say(q->lang, outcome_words(k->decided)));
	HTML(&q->html, "</strong> ");
	html_text(&q->html, ground_label(q, r->kind, k->override));
	if (who != FOR_OTHER && k->override_reason.n) {
		HTML(&q->html, ": ");
		html_text(&q->html, k->override_reason);
	}
	HTML(&q->html, "</p>");
}

void round_person_summary(struct request *q, const struct round *r, const struct candidate *k)
{
	facts_begin(q);
	fact_begin(q, N_("Outcome"));
	outcome_tag(q, r, k);
	fact_end(q);
	fact_text(q, N_("Now"), step_label(q, r->kind, k->now));
	fact_text(q, N_("Next"), step_label(q, r->kind, k->next));
	fact_date(q, N_("Day of the round"), r->as_of);
	fact_begin(q, N_("State"));
	tag(q, r->sealed ? TONE_GOOD : TONE_WAIT,
	    r->sealed ? N_("Sealed") : N_("Open: papers that arrive still count"));
	fact_end(q);
	fact_begin(q, N_("Rules"));
	policy_link(q, r->kind, r->policy->name);
	fact_end(q);
	facts_end(q);
}

/* Of the rules as a whole; for others, who see no conditions, of each of them. */
static void assumed_of_rules(struct request *q, const struct round *r, const struct candidate *k, enum audience who)
{
	if (!r->policy->assumed)
		return;
	HTML(&q->html, "<p class=\"source\">");
	html_say(&q->html, N_("Part of these rules is an assumption:"));
	HTML(&q->html, " ");
	html_text(&q->html, part_source(q, r->policy->reason));
	for (size_t i = 0; who == FOR_OTHER && i < r->policy->ncriteria; i++) {
		struct str list[ROUND_ASSUMED];
		size_t n = round_assumed(r, i, k, who, list);
		for (size_t x = 0; x < n; x++) {
			HTML(&q->html, "; ");
			html_text(&q->html, part_source(q, list[x]));
		}
	}
	HTML(&q->html, "</p>");
}

static void reasons(struct request *q, const struct round *r, const struct candidate *k, enum audience who)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	sheet_begin(q, N_("Why"));
	decided(q, r, k, who);
	if (who == FOR_OTHER || k->judged == OTHER_KIND) {
		round_reason_for_others(r, k, q->lang, &words);
		HTML(&q->html, "<p>");
		html_text(&q->html, (struct str){ words.p, words.n });
		HTML(&q->html, "</p>");
	} else {
		if (conditions(q, r, k, who))
			request_noted(q, k->person, "round");
		not_asked(q, r);
	}
	assumed_of_rules(q, r, k, who);
	sheet_end(q);
}

/* Until when a paper still counts; after the seal the way is another. */
static void what_helps(struct request *q, const struct round *r, const struct candidate *k)
{
	struct buf day CLEANUP(buf_release) = BUF_INIT;
	say_date(q->lang, r->as_of, &day);
	HTML(&q->html, "<p>");
	if (r->sealed && round_own(q, k))
		html_say(&q->html, N_("The round is decided. A fact that was wrong is still mended with its paper, and "
				      "counts in the next round; your personnel office tells you how to object."));
	else if (r->sealed)
		html_say(&q->html, N_("The round is decided. What is mended in the file now counts in the next round; "
				      "it shows here under what was learnt since."));
	else if (round_own(q, k))
		html_sayf(&q->html,
			  "Is a fact wrong or a paper missing? Bring the paper to your personnel office before the "
			  "round is sealed, at the latest by %s: until then it counts.",
			  buf_str(&day));
	else
		html_say(&q->html, N_("A fact that is wrong is mended in the person's file; while the round is open it "
				      "still counts."));
	HTML(&q->html, "</p>");
}

static void actions(struct request *q, const struct held *h, const struct candidate *k)
{
	const struct round *r = h->round;
	const char *number = terminated(q, k->number);
	sheet_begin(q, N_("What you can do"));
	HTML(&q->html, "<p>");
	if (r->sealed && held_audience(q, h, k) != FOR_OTHER)
		button_link(q, true, N_("Proof to take away"), "/rounds/%d/people/%s/proof", (long long)r->id, number);
	else if (!r->sealed && who_may_at(q->who, MAY_DECIDE, h->order[k->row]) && !round_own(q, k) &&
		 k->judged != OTHER_KIND)
		button_link(q, true, N_("Decide otherwise, with a reason"), "/rounds/%d/people/%s/otherwise",
			    (long long)r->id, number);
	HTML(&q->html, " ");
	file_way(q, r, k, true);
	HTML(&q->html, "</p>");
	what_helps(q, r, k);
	sheet_end(q);
}

enum err round_person_draw(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	const struct candidate *k;
	struct round_crumbs crumbs;
	struct str name;
	TRY(round_of_page(q, NULL, &h));
	TRY(candidate_of_page(q, h, &k));
	const struct round *r = h->round;
	TRY(round_crumbs(q, r, &crumbs));
	TRY(part_name(q->c, r->kind->inputs->person, k->person, (struct moment){ r->as_of, 0 }, &name));
	frame_begin(q, &(struct frame){ .title = name, .sub = k->number, .crumbs = crumbs.list, .ncrumbs = crumbs.n });
	round_person_summary(q, r, k);
	sheet_end(q);
	reasons(q, r, k, held_audience(q, h, k));
	actions(q, h, k);
	frame_end(q);
	return E_OK;
}

/* ---- the proof of one person ---- */

enum err round_person_proof(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	const struct candidate *k;
	TRY(round_of_page(q, NULL, &h));
	TRY(candidate_of_page(q, h, &k));
	if (!h->round->sealed || held_audience(q, h, k) == FOR_OTHER)
		return E_MISSING;
	request_noted(q, k->person, "round");
	request_type(q, "application/json");
	request_save_as(q, str_of(arena_printf(q->arena, "proof-%lld-%.*s.json", (long long)h->round->id,
					       (int)k->number.n, k->number.p)));
	return round_proof(q->c, face_of(q)->rounds, h->round->id, k->person, request_write, q);
}
