/* round_prove.c - checking a sealed round, its proof for an outsider, and its list as a spreadsheet. */
#include "base/csv.h"
#include "face/inside.h"
#include "face/round_page.h"

/* ---- checking ---- */

/* A question to a decision, and what its answers mean. */
struct question {
	const char *what, *yes, *no; /* N_ */
};

/* words NULL: they name people, whom this reader may not all see with all that is confidential. */
static void answer_row(struct request *q, const struct question *x, enum answer a, const struct buf *words)
{
	static const char *const said[] = {
		[ANSWER_YES] = N_("yes"), [ANSWER_NO] = N_("no"), [ANSWER_CANNOT] = N_("cannot tell")
	};
	static const enum tone tones[] = {
		[ANSWER_YES] = TONE_GOOD, [ANSWER_NO] = TONE_BAD, [ANSWER_CANNOT] = TONE_WAIT
	};
	row_begin(q);
	cell_begin(q, false);
	HTML(&q->html, "<strong>");
	html_say(&q->html, x->what);
	HTML(&q->html, "</strong>");
	cell_end(q);
	cell_begin(q, false);
	tag(q, tones[a], said[a]);
	cell_end(q);
	cell_begin(q, false);
	html_say(&q->html, a == ANSWER_YES  ? x->yes
			   : a == ANSWER_NO ? x->no
					    : N_("This program cannot tell; that says nothing against the decision."));
	if (words && words->n) {
		HTML(&q->html, "<br>");
		html_text(&q->html, (struct str){ words->p, words->n });
	} else if (!words && a != ANSWER_YES) {
		HTML(&q->html, "<br>");
		html_say(&q->html, N_("Where, is told to who may read the confidential parts of everybody here."));
	}
	cell_end(q);
	row_end(q);
}

static void answers(struct request *q, const struct verdict_on_decision *v, bool all)
{
	static const struct head heads[] = {
		{ N_("Question"), NULL, false, NULL },
		{ N_("Answer"), NULL, false, NULL },
		{ N_("What it means"), NULL, false, NULL },
	};
	static const struct question questions[] = {
		{ N_("Is it as it was sealed?"), N_("The sealed list and its signature have not been touched."),
		  N_("The sealed list or its signature was changed after the seal: tell the auditor.") },
		{ N_("Do the rules give this list?"),
		  N_("The sealed facts, judged once more by the sealed rules, give the sealed outcomes."),
		  N_("The sealed facts, judged once more by the sealed rules, give other outcomes.") },
		{ N_("Were those the facts?"),
		  N_("The files, read as they were known that day, give the sealed facts."),
		  N_("The files, read as they were known that day, do not give the sealed facts.") },
	};
	table_begin(q, N_("Three questions to this decision"), heads, COUNT(heads));
	answer_row(q, &questions[0], v->intact, all ? &v->intact_words : NULL);
	answer_row(q, &questions[1], v->recomputed, all ? &v->recomputed_words : NULL);
	answer_row(q, &questions[2], v->rederived, all ? &v->rederived_words : NULL);
	table_end(q);
}

static bool sees_all(const struct request *q, const struct held *h, right_t right)
{
	return who_may_at(q->who, right, h->all.low) && who_may_at(q->who, right, h->all.high);
}

#define LEARNT_SHOWN 200

/* What the reader may see of it: a superior or a unit may stand outside the reach that covers the round. */
static enum err learnt_in_reach(struct request *q, const struct verdict_on_decision *v, const struct learnt **ret,
				size_t *ret_n)
{
	size_t n = 0;
	for (size_t i = 0; i < v->nlearnt && n < LEARNT_SHOWN; i++) {
		const struct entity *e = registry_entity(q->c->registry, v->learnt[i].entity);
		bool closed;
		enum err seen = face_may_see(q, e, v->learnt[i].owner, &closed);
		if (seen != E_OK && seen != E_MISSING)
			return seen;
		if (seen == E_OK)
			ret[n++] = &v->learnt[i];
	}
	*ret_n = n;
	return E_OK;
}

/* That there is a sanction is as confidential as what it says. */
static void note_existence(struct request *q, const struct learnt *x)
{
	const struct entity *e = registry_entity(q->c->registry, x->entity);
	if (face_right(e) & MAY_CLOSED)
		request_noted(q, x->owner, e->name);
}

static enum err learnt(struct request *q, const struct verdict_on_decision *v)
{
	static const struct head heads[] = {
		{ N_("Fact"), NULL, false, NULL },
		{ N_("Of whom or what"), NULL, false, NULL },
		{ N_("From"), NULL, false, NULL },
		{ N_("Receipt"), NULL, true, NULL },
	};
	const struct learnt *list[LEARNT_SHOWN];
	size_t n;
	TRY(learnt_in_reach(q, v, list, &n));
	sheet_begin(q, N_("Learnt since"));
	HTML(&q->html, "<p>");
	html_say(&q->html,
		 N_("Facts that read differently today. They change nothing in what was decided; they may be a ground "
		    "to ask for a review."));
	HTML(&q->html, "</p>");
	if (n)
		table_begin(q, N_("Facts learnt since"), heads, COUNT(heads));
	for (size_t i = 0; i < n; i++) {
		row_begin(q);
		cell_text(q, str_of(say(q->lang, registry_entity(q->c->registry, list[i]->entity)->title)));
		cell_text(q, str_of(list[i]->key));
		cell_date(q, list[i]->valid_from);
		cell_int(q, list[i]->entry);
		row_end(q);
		note_existence(q, list[i]);
	}
	if (n)
		table_end(q);
	else
		part_empty(q, N_("Nothing that this round rests on has changed since."),
			   N_("Come back after papers have arrived."), NULL, NULL);
	sheet_end(q);
	return E_OK;
}

static enum err draw_check(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	struct verdict_on_decision v CLEANUP(verdict_release) = { 0 };
	struct round_crumbs crumbs;
	TRY(round_of_page(q, NULL, &h));
	if (!h->round->sealed)
		return E_MISSING;
	TRY(round_verify(q->c, face_of(q)->rounds, h->round->id, &v));
	TRY(round_crumbs(q, h->round, &crumbs));
	frame_begin(q, &(struct frame){ .crumbs = crumbs.list, .ncrumbs = crumbs.n });
	answers(q, &v, sees_all(q, h, MAY_ROUND | MAY_CLOSED));
	sheet_end(q);
	/* Whom it is about is shown only to who may see everybody of the round. */
	if (sees_all(q, h, MAY_ROUND))
		TRY(learnt(q, &v));
	frame_end(q);
	return E_OK;
}

static const struct page_param params[] = { ROUND_PARAM, { NULL, 0, 0 } };

const struct page round_verify_page = {
	.path = "/rounds/{round}/check",
	.title = N_("Check a sealed round"),
	.draw = draw_check,
	.see = MAY_ROUND,
	.flags = PAGE_SLOW,
	.params = params,
	.help = N_("Whether a sealed round is still what it was, whether its rules give its list, and whether its "
		   "facts were "
		   "those of the files. It is computed anew each time you look. What was learnt since stands beside it "
		   "and "
		   "changes nothing."),
	.example = N_("A rating corrected in March shows under learnt since; the October round stays sealed and true."),
};

/* ---- the proof ---- */

/* Of everybody: only for who may see everybody, confidential parts included. */
static enum err draw_proof(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	TRY(round_of_page(q, NULL, &h));
	if (!h->round->sealed)
		return E_MISSING;
	for (size_t i = 0; i < h->round->n; i++) {
		int64_t order = h->order[i];
		if (!who_may_at(q->who, MAY_ROUND, order) || !who_may_at(q->who, MAY_CLOSED, order))
			return E_DENIED;
	}
	for (size_t i = 0; i < h->round->n; i++)
		request_noted(q, h->round->candidates[i].person, "proof");
	request_type(q, "application/json");
	request_save_as(q, str_of(arena_printf(q->arena, "proof-%lld.json", (long long)h->round->id)));
	return round_proof(q->c, face_of(q)->rounds, h->round->id, 0, request_write, q);
}

const struct page round_proof_page = {
	.path = "/rounds/{round}/proof",
	.title = N_("Proof for an outsider"),
	.draw = draw_proof,
	.see = MAY_ROUND,
	.flags = PAGE_SLOW,
	.params = params,
	.help = N_("A file with every case of the round that anybody can check with the public key, without this "
		   "system. It "
		   "holds confidential parts: give it only to who may read them. Your reading of it is noted in every "
		   "file."),
};

/* ---- the spreadsheet ---- */

static void sheet_row(struct request *q, const struct held *h, const struct candidate *k, struct buf *out)
{
	const struct round *r = h->round;
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	enum audience who = held_audience(q, h, k);
	round_why(q, r, k, who, &words);
	csv_cell(out, k->number);
	csv_cell(out, k->now);
	csv_cell(out, k->next);
	csv_cell_text(out, outcome_text(k->decided));
	csv_cell_text(out, audience_text(who));
	csv_cell(out, (struct str){ words.p, words.n });
	csv_row_end(out);
	if (who != FOR_OTHER)
		request_noted(q, k->person, "round");
}

static enum err draw_sheet(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	TRY(round_of_page(q, NULL, &h));
	request_type(q, "text/csv; charset=utf-8");
	request_save_as(q, str_of(arena_printf(q->arena, "round-%lld.csv", (long long)h->round->id)));
	buf_text(&out, "staff_number,rank,next,outcome,version,reason\n");
	for (size_t i = 0; i < h->round->n; i++) {
		const struct candidate *k = &h->round->candidates[i];
		if (held_sees(q, h, k) && who_may_at(q->who, MAY_SHEETS, h->order[i]))
			sheet_row(q, h, k, &out);
		if (out.n < 65536 && i + 1 < h->round->n)
			continue;
		TRY(request_write(q, (struct str){ out.p, out.n }));
		buf_reset(&out);
	}
	return E_OK;
}

const struct page round_sheet_page = {
	.path = "/rounds/{round}/sheet",
	.title = N_("Round as spreadsheet"),
	.draw = draw_sheet,
	.see = MAY_ROUND | MAY_SHEETS,
	.flags = PAGE_SLOW,
	.params = params,
	.help = N_("The list with one row a person: number, rank, next rank, outcome and the reason in the version "
		   "that you may "
		   "read. The column version says which. Your reading of confidential reasons is noted."),
};
