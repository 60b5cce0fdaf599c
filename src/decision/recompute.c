/* recompute.c - the sealed columns through the named judges once more. */
#include "decision/inside.h"

static PRINTF(2, 0) void set_words(struct buf *words, const char *fmt, va_list ap)
{
	buf_reset(words);
	buf_vprintf(words, fmt, ap);
}

#define RECOMPUTED(v) (v), &(v)->recomputed, &(v)->recomputed_words

void answer_no(const struct verdict_on_decision *v, enum answer *a, struct buf *words, const char *fmt, ...)
{
	va_list ap;
	if (*a == ANSWER_NO)
		return;
	*a = ANSWER_NO;
	va_start(ap, fmt);
	set_words(words, say(v->lang, fmt), ap);
	va_end(ap);
}

void answer_cannot(const struct verdict_on_decision *v, enum answer *a, struct buf *words, const char *fmt, ...)
{
	va_list ap;
	if (*a != ANSWER_YES)
		return;
	*a = ANSWER_CANNOT;
	va_start(ap, fmt);
	set_words(words, say(v->lang, fmt), ap);
	va_end(ap);
}

void verdict_init(struct verdict_on_decision *v)
{
	*v = (struct verdict_on_decision){ .intact = ANSWER_YES, .recomputed = ANSWER_YES, .rederived = ANSWER_YES };
	arena_init(&v->arena);
}

void verdict_release(struct verdict_on_decision *v)
{
	buf_release(&v->intact_words);
	buf_release(&v->recomputed_words);
	buf_release(&v->rederived_words);
	arena_release(&v->arena);
	free(v->learnt);
	*v = (struct verdict_on_decision){ 0 };
}

static bool reads_closed(const struct round *r, size_t criterion)
{
	const struct judging *x = &r->inside->judging[criterion];
	for (int i = 0; i < JUDGE_INPUTS && x->in[i]; i++)
		if (x->columns[i]->confidential)
			return true;
	return r->policy->criteria[criterion].confidential;
}

static bool same_verdict(const struct verdicts *a, const struct verdicts *b, size_t at)
{
	return a->met[at] == b->met[at] && a->reason[at] == b->reason[at] && a->value[0][at] == b->value[0][at] &&
	       a->value[1][at] == b->value[1][at] && a->complete_on[at] == b->complete_on[at];
}

struct again {
	const struct round *r;
	const struct judgement *j;
	const bool *hidden;
	struct verdict_on_decision *ret;
};

static bool hides(const struct again *x, size_t i)
{
	return x->hidden && x->hidden[i];
}

/* One criterion of one candidate; its met as far as it can be known: NOT_ASKED where it cannot. */
static unsigned char again_one(const struct again *x, size_t i, size_t criterion)
{
	const struct round *r = x->r;
	const struct candidate *k = &r->candidates[i];
	const struct criterion *c = &r->policy->criteria[criterion];
	const struct verdicts *sealed = round_verdicts(r, criterion, k);
	const struct verdicts *now = x->j->verdicts[criterion * r->nblocks + k->block];
	if (hides(x, i) && reads_closed(r, criterion)) {
		answer_cannot(RECOMPUTED(x->ret),
			      "the criterion %.*s reads the closed half of the candidate %.*s, which this proof does "
			      "not show",
			      (int)c->name.n, c->name.p, (int)k->number.n, k->number.p);
		return c->confidential ? NOT_ASKED : sealed->met[k->at];
	}
	if (!r->inside->judging[criterion].ready)
		return sealed->met[k->at];
	if (!same_verdict(sealed, now, k->at))
		answer_no(RECOMPUTED(x->ret),
			  "candidate %.*s, criterion %.*s: sealed is \"%s\", %.*s says \"%s\" of the sealed inputs",
			  (int)k->number.n, k->number.p, (int)c->name.n, c->name.p, met_text(sealed->met[k->at]),
			  (int)c->judge_name.n, c->judge_name.p, met_text(now->met[k->at]));
	return now->met[k->at];
}

static bool fits_outcome(enum outcome said, bool no, bool lacking, bool unseen)
{
	if (no)
		return said == NOT_YET;
	if (lacking)
		return said == INCOMPLETE || (unseen && said == NOT_YET);
	return said == MEETS || (unseen && said != OTHER_KIND);
}

static void again_candidate(const struct again *x, size_t i)
{
	const struct round *r = x->r;
	const struct candidate *k = &r->candidates[i];
	bool no = false, lacking = false;
	for (size_t c = 0; c < r->policy->ncriteria; c++) {
		unsigned char met = again_one(x, i, c);
		no = no || met == NO;
		lacking = lacking || met == LACKING;
	}
	bool other = x->j->judged[i] == OTHER_KIND;
	if (other ? k->judged != OTHER_KIND : !fits_outcome(k->judged, no, lacking, hides(x, i)))
		answer_no(RECOMPUTED(x->ret),
			  "candidate %.*s: sealed is \"%s\", which does not follow from the criteria", (int)k->number.n,
			  k->number.p, outcome_text(k->judged));
	if (k->override.n ? k->decided != MEETS && k->decided != NOT_YET : k->decided != k->judged)
		answer_no(RECOMPUTED(x->ret),
			  "candidate %.*s: decided is \"%s\" where the rules say \"%s\", without an override that says "
			  "so",
			  (int)k->number.n, k->number.p, outcome_text(k->decided), outcome_text(k->judged));
}

static void again_step(const struct again *x, size_t i)
{
	const struct candidate *k = &x->r->candidates[i];
	struct str now = { 0 }, next = { 0 };
	x->r->kind->step(x->r->population, i, &now, &next);
	if (!str_eq(now, k->now) || !str_eq(next, k->next))
		answer_no(RECOMPUTED(x->ret),
			  "candidate %.*s: sealed is the step from %.*s to %.*s, the inputs give %.*s to %.*s",
			  (int)k->number.n, k->number.p, (int)k->now.n, k->now.p, (int)k->next.n, k->next.p, (int)now.n,
			  now.p, (int)next.n, next.p);
}

void recompute(struct round *r, const bool *hidden, struct verdict_on_decision *ret)
{
	struct problems problems CLEANUP(problems_release) = PROBLEMS_INIT;
	struct judgement j;
	problems.lang = ret->lang;
	enum err e = round_prepare(r, &problems);
	if (e == E_UNKNOWN)
		answer_cannot(RECOMPUTED(ret), "this program cannot check it: %s",
			      problems.kept ? problems.list[0].what : say(ret->lang, N_("a judge is not known")));
	if ((e != E_OK && e != E_UNKNOWN) || round_judge(r, &j) != E_OK) {
		answer_no(RECOMPUTED(ret), "the judges cannot read what is sealed: %s",
			  problems.kept ? problems.list[0].what : fault_text());
		return;
	}
	struct again x = { r, &j, hidden, ret };
	for (size_t i = 0; i < r->n && ret->recomputed != ANSWER_NO; i++) {
		again_candidate(&x, i);
		again_step(&x, i);
	}
	judgement_release(&j);
}
