/* round_decide.c - sealing a round, and comparing it with what other rules would have said. */
#include "face/round_page.h"

/* ---- sealing ---- */

static enum err may_seal(struct request *q, const struct held *h)
{
	if (!who_may_at(q->who, MAY_DECIDE, h->all.low))
		return E_DENIED;
	return h->round->sealed ? E_CONFLICT : E_OK;
}

/* Sealing itself weighs nobody's case; an override does, and nobody seals their own. */
static enum err own_override(struct request *q, const struct held *h, bool *ret)
{
	const struct round *r = h->round;
	bool own = false;
	*ret = false;
	TRY(round_concerns(q, 0, MAY_DECIDE, h->all.low, &own));
	for (size_t i = 0; i < r->n && !*ret; i++) {
		if (!r->candidates[i].override.n)
			continue;
		TRY(round_concerns(q, r->candidates[i].person, MAY_DECIDE, h->all.low, &own));
		*ret = own;
	}
	return E_OK;
}

static void seal_form(struct request *q, const struct held *h)
{
	const struct round *r = h->round;
	int64_t count[OTHER_KIND + 1] = { 0 }, otherwise = 0;
	for (size_t i = 0; i < r->n; i++) {
		count[r->candidates[i].decided]++;
		otherwise += r->candidates[i].override.n > 0;
	}
	facts_begin(q);
	fact_int(q, N_("Considered"), (int64_t)r->n);
	for (int o = MEETS; o <= OTHER_KIND; o++)
		fact_int(q, outcome_words((enum outcome)o), count[o]);
	fact_int(q, N_("Decided otherwise"), otherwise);
	facts_end(q);
	form_begin(q, &(struct form){ .quiet = true }, "/rounds/%d/seal", (long long)r->id);
	part_problems(q);
	form_hidden(q, "seen", str_of(arena_printf(q->arena, "%lld", (long long)r->position)));
	HTML(&q->html, "<p>");
	html_say(&q->html,
		 N_("Sealing cannot be undone. The files, the rules and the outcomes stay as they are now; who "
		    "disagrees has the way of objection."));
	HTML(&q->html, "</p>");
	form_control(q, &(struct control_ask){ .name = "sure",
					       .label = N_("I have read the list and decide it"),
					       .kind = C_CHECK,
					       .required = true });
	form_end(q, N_("Seal the round"));
}

static enum err draw_seal(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	struct round_crumbs crumbs;
	struct str title;
	TRY(round_of_page(q, NULL, &h));
	TRY(may_seal(q, h));
	TRY(round_crumbs(q, NULL, &crumbs));
	TRY(round_title(q, h->round->kind, h->round->unit_code, h->round->as_of, &title));
	frame_begin(q, &(struct frame){ .title = title,
					.sub = str_of(say(q->lang, N_("Check the answers, then seal"))),
					.crumbs = crumbs.list,
					.ncrumbs = crumbs.n });
	seal_form(q, h);
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

static enum err seal(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	int64_t position;
	bool own;
	TRY(round_of_page(q, NULL, &h));
	TRY(may_seal(q, h));
	if (!str_is(request_form(q, "seen"), arena_printf(q->arena, "%lld", (long long)h->round->position)))
		problem_at(q->c->problems, NULL, 0, "sure",
			   "something was written since you read this list; look at the figures again, then seal");
	if (!request_form(q, "sure").n)
		problem_at(q->c->problems, NULL, 0, "sure", "the list is not decided yet; mark that you decide it");
	TRY(own_override(q, h, &own));
	if (own)
		problem_at(q->c->problems, NULL, 0, "sure",
			   "the list holds a decision on your own case; somebody else must seal it");
	if (q->c->problems->count)
		return E_INVALID;
	TRY(round_seal(q->c, face_of(q)->rounds, h->round->id, &position));
	request_tell(q, say(q->lang, N_("The round is sealed.")));
	request_see(q, "/rounds/%d", (long long)h->round->id);
	return E_OK;
}

static const struct page_param seal_params[] = { ROUND_PARAM, { NULL, 0, 0 } };

const struct page round_seal_page = {
	.path = "/rounds/{round}/seal",
	.title = N_("Seal the round"),
	.draw = draw_seal,
	.write = seal,
	.see = MAY_DECIDE,
	.flags = PAGE_SLOW | PAGE_ALONE,
	.params = seal_params,
	.help = N_("Sealing makes the list a decision: files, rules and outcomes are fixed as they are now. Read the "
		   "figures, "
		   "then mark that you decide. Later corrections do not change a sealed round; they show beside it."),
	.example = N_("1,284 considered, 402 meet all, 3 decided otherwise: sealed on 15 September."),
};

/* ---- comparing ---- */

static const struct head heads[] = {
	{ N_("Person"), NULL, false, NULL },
	{ N_("By the rules of the round"), NULL, false, NULL },
	{ N_("By the other rules"), NULL, false, NULL },
	{ N_("Why"), NULL, false, NULL },
};

static void choose(struct request *q, const struct round *r, struct str with)
{
	struct buf names CLEANUP(buf_release) = BUF_INIT;
	struct choice choices[32];
	size_t n = 0;
	rules_policy_names(r->rules, r->kind->name, &names);
	for (char *save = NULL, *at = strtok_r(arena_copy(q->arena, buf_str(&names)), ", ", &save);
	     at && n < COUNT(choices); at = strtok_r(NULL, ", ", &save))
		if (!str_is(r->policy->name, at))
			choices[n++] = (struct choice){ str_of(at), part_label(q, "policies", str_of(at)) };
	if (!n) {
		part_empty(q, N_("There are no other rules of this kind for that day."),
			   N_("Rules come as folders that are loaded beside these."), N_("The rules in force"),
			   "/rules");
		return;
	}
	form_begin(q, &(struct form){ .get = true }, "/rounds/%d/compare", (long long)r->id);
	form_control(q, &(struct control_ask){ .name = "with",
					       .label = N_("The other rules"),
					       .kind = C_CHOICE,
					       .choices = choices,
					       .nchoices = n,
					       .value = with });
	form_end(q, N_("Compare"));
}

static void differing(struct request *q, const struct held *h, const struct candidate *k, const struct round *b,
		      const struct candidate *kb)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	bool lost = k->judged == MEETS;
	enum audience who = held_audience(q, h, k);
	round_why(q, lost ? b : h->round, lost ? kb : k, who, &words);
	row_begin(q);
	cell_begin(q, false);
	part_record(q, h->round->kind->inputs->person, k->person, true);
	cell_end(q);
	cell_begin(q, false);
	tag(q, outcome_tone(k->judged), outcome_words(k->judged));
	cell_end(q);
	cell_begin(q, false);
	tag(q, outcome_tone(kb->judged), outcome_words(kb->judged));
	cell_end(q);
	cell_text(q, (struct str){ words.p, words.n });
	row_end(q);
	if (who != FOR_OTHER)
		request_noted(q, k->person, "round");
}

#define COMPARED 50 /* rows a page */

/* How many outcomes differ, and how: said before the list, whatever page of it is asked for. */
static int64_t count_differences(struct request *q, const struct held *a, const struct held *b)
{
	int64_t differ = 0, same = 0, gain = 0, lose = 0;
	for (size_t i = 0; i < a->round->n; i++) {
		const struct candidate *k = &a->round->candidates[i], *kb = round_candidate(b->round, k->person);
		if (!kb || !held_sees(q, a, k))
			continue;
		differ += k->judged != kb->judged;
		same += k->judged == kb->judged;
		gain += k->judged != MEETS && kb->judged == MEETS;
		lose += k->judged == MEETS && kb->judged != MEETS;
	}
	HTML(&q->html, "<p>");
	html_sayf(&q->html, "The outcome differs for %lld people and is the same for %lld.", (long long)differ,
		  (long long)same);
	HTML(&q->html, " ");
	html_sayf(&q->html, "By the other rules %lld more would meet all, and %lld would no longer.", (long long)gain,
		  (long long)lose);
	HTML(&q->html, "</p>");
	return differ;
}

static void next_differences(struct request *q, const struct held *a, const struct candidate *last)
{
	HTML(&q->html, "<nav class=\"pager\"");
	html_attr_say(&q->html, "aria-label", N_("Further pages"));
	HTML(&q->html, ">");
	button_link(q, true, N_("Next people"), "/rounds/%d/compare?with=%s&after=%s", (long long)a->round->id,
		    terminated(q, request_param(q, "with")), terminated(q, last->number));
	HTML(&q->html, "</nav>");
}

static void differences(struct request *q, const struct held *a, const struct held *b)
{
	struct str after = request_param(q, "after");
	const struct candidate *last = NULL;
	size_t shown = 0;
	if (!count_differences(q, a, b))
		return;
	table_begin(q, N_("People whose outcome differs"), heads, COUNT(heads));
	for (size_t i = 0; i < a->round->n && shown <= COMPARED; i++) {
		const struct candidate *k = &a->round->candidates[i], *kb = round_candidate(b->round, k->person);
		if (!kb || !held_sees(q, a, k) || k->judged == kb->judged ||
		    (after.n && str_cmp(k->number, after) <= 0) || ++shown > COMPARED)
			continue;
		differing(q, a, k, b->round, kb);
		last = k;
	}
	table_end(q);
	if (shown > COMPARED)
		next_differences(q, a, last);
}

static enum err draw_compare(struct request *q)
{
	const struct held *a CLEANUP(round_let_go) = NULL;
	const struct held *b CLEANUP(round_let_go) = NULL;
	struct round_crumbs crumbs;
	struct str with = request_param(q, "with");
	TRY(round_of_page(q, NULL, &a));
	if (with.n)
		TRY(round_of_page(q, terminated(q, with), &b));
	TRY(round_crumbs(q, a->round, &crumbs));
	frame_begin(q, &(struct frame){ .crumbs = crumbs.list, .ncrumbs = crumbs.n });
	facts_begin(q);
	fact_text(q, N_("Rules of the round"), part_label(q, "policies", a->round->policy->name));
	facts_end(q);
	choose(q, a->round, with);
	sheet_end(q);
	if (b) {
		sheet_begin(q, N_("What differs"));
		differences(q, a, b);
		sheet_end(q);
	}
	frame_end(q);
	return E_OK;
}

static const struct page_param compare_params[] = {
	ROUND_PARAM, { "with", PARAM_CODE, 100 }, { "after", PARAM_CODE, 32 }, { NULL, 0, 0 }
};

const struct page round_compare_page = {
	.path = "/rounds/{round}/compare",
	.title = N_("Compare with other rules"),
	.draw = draw_compare,
	.see = MAY_ROUND,
	.flags = PAGE_SLOW,
	.params = compare_params,
	.help = N_("The same people on the same facts under other rules. Choose the rules; the list names each person "
		   "whose "
		   "outcome differs and why. Nothing is decided here."),
	.example = N_("A new regulation is tried on last year's people before it is signed."),
	.article = "MP-94",
};
