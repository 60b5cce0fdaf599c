/* round_person.c - one person in a round: why, in sentences with their sources; and deciding otherwise. */
#include "face/round_page.h"

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

static void summary(struct request *q, const struct round *r, const struct candidate *k)
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
	link_text(q, part_label(q, "policies", r->policy->name), "/rules/policies/%s/%s", r->kind->name,
		  terminated(q, r->policy->name));
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

static enum err draw(struct request *q)
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
	summary(q, r, k);
	sheet_end(q);
	reasons(q, r, k, held_audience(q, h, k));
	actions(q, h, k);
	frame_end(q);
	return E_OK;
}

static const struct page_param params[] = { ROUND_PARAM, PERSON_PARAM, { NULL, 0, 0 } };

const struct page round_person_page = {
	.path = "/rounds/{round}/people/{number}",
	.title = N_("Why"),
	.draw = draw,
	.see = MAY_ANYBODY, /* the own case too; held_sees() decides */
	.flags = PAGE_SLOW,
	.params = params,
	.help = N_("What the rules ask, what the file says, and what follows, condition by condition with its source. "
		   "Read "
		   "what is still missing and from which day time alone will do. A wrong fact is mended with its "
		   "paper; this "
		   "page then says what changed."),
	.example = N_("Time in rank 3 years 8 months of 4, complete on 1 February 2009, so in the April round."),
	.article = "MP-94; HR-57",
};

/* ---- the proof of one person ---- */

static enum err draw_proof(struct request *q)
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

const struct page round_person_proof_page = {
	.path = "/rounds/{round}/people/{number}/proof",
	.title = N_("Proof of one person's case"),
	.draw = draw_proof,
	.see = MAY_ANYBODY,
	.flags = PAGE_SLOW,
	.params = params,
	.help = N_("A file that anybody can check with the public key, without this system. Take it to whoever asks. "
		   "It holds "
		   "this person's case and no other."),
};

/* ---- deciding otherwise ---- */

static size_t grounds(struct request *q, const struct round *r, struct choice *ret, size_t most)
{
	size_t n = 0;
	for (size_t i = 0; i < rules_count(r->rules, r->kind->grounds) && n < most; i++) {
		struct str code = row_text(rules_row(r->rules, r->kind->grounds, i), "code");
		ret[n++] = (struct choice){ code, ground_label(q, r->kind, code) };
	}
	return n;
}

static void override_form(struct request *q, const struct round *r, const struct candidate *k)
{
	const struct choice outcomes[] = {
		{ str_of(outcome_text(MEETS)), str_of(say(q->lang, outcome_words(MEETS))) },
		{ str_of(outcome_text(NOT_YET)), str_of(say(q->lang, outcome_words(NOT_YET))) },
	};
	struct choice list[64];
	size_t n = grounds(q, r, list, COUNT(list));
	form_begin(q, &(struct form){ 0 }, "/rounds/%d/people/%s/otherwise", (long long)r->id,
		   terminated(q, k->number));
	part_problems(q);
	form_control(q, &(struct control_ask){ .name = "outcome",
					       .label = N_("It is decided that this person"),
					       .kind = C_RADIO,
					       .choices = outcomes,
					       .nchoices = COUNT(outcomes),
					       .required = true });
	form_control(q, &(struct control_ask){
				.name = "code",
				.label = N_("Ground"),
				.kind = C_RADIO,
				.choices = list,
				.nchoices = n,
				.required = true,
				.hint = N_("Each ground is counted and published every year without names.") });
	form_control(
		q,
		&(struct control_ask){
			.name = "who",
			.label = N_("Who said so, and how it was received"),
			.kind = C_TEXT,
			.most = 200,
			.hint = N_("Needed where the ground is somebody's instruction, request, ruling or answer.") });
	form_control(q, &(struct control_ask){
				.name = "reason",
				.label = N_("Reason"),
				.kind = C_NOTE,
				.required = true,
				.most = 4000,
				.hint = N_("The person reads this sentence. Write what you would say to them.") });
	form_end(q, N_("Decide otherwise"));
}

/* The page's person, if the reader may decide on them. Nobody decides the own case. */
static enum err decidable(struct request *q, const struct held **h, const struct candidate **k)
{
	bool own;
	TRY(round_of_page(q, NULL, h));
	TRY(candidate_of_page(q, *h, k));
	int64_t order = (*h)->order[(*k)->row];
	TRY(round_concerns(q, (*k)->person, MAY_DECIDE, order, &own));
	if (own || !who_may_at(q->who, MAY_DECIDE, order))
		return E_DENIED;
	return (*h)->round->sealed ? E_CONFLICT : E_OK;
}

static enum err draw_override(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	const struct candidate *k;
	struct round_crumbs crumbs;
	struct str name;
	TRY(decidable(q, &h, &k));
	TRY(round_crumbs(q, h->round, &crumbs));
	TRY(part_name(q->c, h->round->kind->inputs->person, k->person, (struct moment){ h->round->as_of, 0 }, &name));
	frame_begin(q, &(struct frame){ .title = name, .sub = k->number, .crumbs = crumbs.list, .ncrumbs = crumbs.n });
	summary(q, h->round, k);
	sheet_end(q);
	sheet_begin(q, N_("Decide otherwise than the rules"));
	override_form(q, h->round, k);
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

static enum err check_override(struct request *q, struct override_ask *ret)
{
	struct str outcome = request_form(q, "outcome"), who = str_trim(request_form(q, "who"));
	struct str reason = str_trim(request_form(q, "reason")), code = request_form(q, "code");
	struct problems *p = q->c->problems;
	ret->outcome = str_is(outcome, outcome_text(NOT_YET)) ? NOT_YET : MEETS;
	if (ret->outcome == MEETS && !str_is(outcome, outcome_text(MEETS)))
		problem_at(p, NULL, 0, "outcome", "nothing is decided yet; choose one of the two");
	if (!code.n)
		problem_at(p, NULL, 0, "code", "no ground is chosen; choose one");
	if (!reason.n)
		problem_at(p, NULL, 0, "reason", "no reason is given; write what the person will read");
	ret->code = terminated(q, code);
	ret->reason = terminated(q, reason);
	ret->who = terminated(q, who);
	return p->count ? E_INVALID : E_OK;
}

static enum err override(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	const struct candidate *k;
	struct override_ask ask = { .round = request_number(q, "round") };
	TRY(decidable(q, &h, &k));
	ask.person = k->person;
	TRY(check_override(q, &ask));
	TRY(round_override(q->c, face_of(q)->rounds, &ask));
	request_tell(q, say(q->lang, N_("Decided otherwise, with your reason. The person can read it.")));
	request_see(q, "/rounds/%d/people/%s", (long long)ask.round, terminated(q, request_param(q, "number")));
	return E_OK;
}

const struct page round_override_page = {
	.path = "/rounds/{round}/people/{number}/otherwise",
	.title = N_("Decide otherwise"),
	.draw = draw_override,
	.write = override,
	.see = MAY_DECIDE,
	.flags = PAGE_SLOW | PAGE_ALONE,
	.params = params,
	.help = N_(
		"The rules give a list; a human being may decide otherwise, but must say on which ground and why. The "
		"ground, the reason and your name are kept for ever. Nobody decides the own case."),
	.example = N_(
		"A court ruled that the sanction of 2007 is void: ground court ruling, with the number of the ruling."),
};
