/* round_seal.c - sealing a round: from then on its list is a decision. */
#include "face/round_page.h"

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

enum err round_seal_draw(struct request *q)
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

enum err round_seal_write(struct request *q)
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
