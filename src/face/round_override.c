/* round_override.c - deciding otherwise than the rules for one person, with a ground and a reason. */
#include "face/round_page.h"

static size_t grounds(struct request *q, const struct round *r, struct choice *ret, size_t most)
{
	size_t n = 0;
	const struct rules_row *row = rules_row(r->rules, r->kind->grounds, 0);
	for (; row && n < most; row = rules_next(row)) {
		struct str code = row_text(row, "code");
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

enum err round_override_draw(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	const struct candidate *k;
	struct round_crumbs crumbs;
	struct str name;
	TRY(decidable(q, &h, &k));
	TRY(round_crumbs(q, h->round, &crumbs));
	TRY(part_name(q->c, h->round->kind->inputs->person, k->person, (struct moment){ h->round->as_of, 0 }, &name));
	frame_begin(q, &(struct frame){ .title = name, .sub = k->number, .crumbs = crumbs.list, .ncrumbs = crumbs.n });
	round_person_summary(q, h->round, k);
	sheet_end(q);
	sheet_begin(q, N_("Decide otherwise than the rules"));
	override_form(q, h->round, k);
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

static enum err typed(struct request *q, struct override_ask *ret)
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

enum err round_override_write(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	const struct candidate *k;
	struct override_ask ask = { .round = request_number(q, "round") };
	TRY(decidable(q, &h, &k));
	ask.person = k->person;
	TRY(typed(q, &ask));
	TRY(round_override(q->c, face_of(q)->rounds, &ask));
	request_tell(q, say(q->lang, N_("Decided otherwise, with your reason. The person can read it.")));
	request_see(q, "/rounds/%d/people/%s", (long long)ask.round, terminated(q, request_param(q, "number")));
	return E_OK;
}
