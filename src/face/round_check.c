/* round_check.c - checking a sealed round, and its proof for an outsider. */
#include "face/inside.h"
#include "face/round_page.h"

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
		const struct entity *e = registry_entity(q->c->registry, list[i]->entity);
		row_begin(q);
		cell_text(q, str_of(say(q->lang, e->title)));
		cell_begin(q, false);
		part_record(q, e->owner ? e->owner : e, list[i]->owner, true);
		cell_end(q);
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

enum err round_check_draw(struct request *q)
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

/* ---- the proof ---- */

/* Of everybody: only for who may see everybody, confidential parts included. */
enum err round_check_proof(struct request *q)
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
