/* round_words.c - what is said of one verdict and of one outcome. */
#include "decision/inside.h"

/* clang-format off */
static const char *const unproved[] = {
	[FOR_PERSON]    = N_("the facts for this are only claimed in your file; hand in the papers that prove them"),
	[FOR_COMMITTEE] = N_("the facts are only claimed, and the policy asks for proof; see the papers first"),
};
/* clang-format on */

void round_sentence(const struct round *r, size_t criterion, const struct candidate *k, enum audience who,
		    const struct lang *l, struct buf *out)
{
	const struct criterion *c = &r->policy->criteria[criterion];
	struct verdicts *v = round_verdicts(r, criterion, k);
	const int32_t *in[JUDGE_INPUTS];
	struct judge_block b = round_block(r, criterion, k->block, in, v);
	b.lang = l;
	if (!r->inside->judging[criterion].ready)
		buf_printf(out, say(l, "%s, says %.*s, which this program does not know"), met_text(v->met[k->at]),
			   (int)c->judge_name.n, c->judge_name.p);
	else if (v->met[k->at] == LACKING && v->reason[k->at] == UNPROVED && who != FOR_OTHER)
		buf_text(out, say(l, unproved[who]));
	else
		judge_sentence(c, &b, k->at, who, population_codes(r->population), out);
}

void round_value(const struct round *r, size_t criterion, const struct candidate *k, const struct lang *l,
		 struct buf *out)
{
	const struct judge *j = r->policy->criteria[criterion].judge;
	if (j)
		judge_value_text(j, round_verdicts(r, criterion, k), k->at, population_codes(r->population), l, out);
}

/* Whether the row of the rules that a verdict rests on is assumed, and why. */
static bool rests_on_assumed(const struct round *r, size_t criterion, const struct candidate *k, struct str *ret_reason)
{
	const struct criterion *c = &r->policy->criteria[criterion];
	const int32_t *in[JUDGE_INPUTS];
	struct verdicts *v = round_verdicts(r, criterion, k);
	if (!c->judge || !c->judge->rests_on || !r->inside->judging[criterion].ready)
		return false;
	struct judge_block b = round_block(r, criterion, k->block, in, v);
	const struct rules_row *row = c->judge->rests_on(&b, k->at, r->rules, c, population_codes(r->population));
	if (!row || !row_assumed(row))
		return false;
	*ret_reason = row_reason(row);
	return true;
}

size_t round_assumed(const struct round *r, size_t criterion, const struct candidate *k, enum audience who,
		     struct str ret[static ROUND_ASSUMED])
{
	const struct criterion *c = &r->policy->criteria[criterion];
	size_t n = 0;
	/* What depends on the person is not told to others, not even whether it was asked. */
	if (who != FOR_OTHER && round_verdicts(r, criterion, k)->met[k->at] == NOT_ASKED)
		return 0;
	if (c->assumed)
		ret[n++] = c->reason;
	if (who != FOR_OTHER)
		n += rests_on_assumed(r, criterion, k, &ret[n]);
	return n;
}

bool round_decides(const struct round *r, size_t criterion, const struct candidate *k)
{
	unsigned char met = round_verdicts(r, criterion, k)->met[k->at];
	return (k->judged == NOT_YET && met == NO) || (k->judged == INCOMPLETE && met == LACKING);
}

/* Two criteria may have the same general sentence; it is said once. */
static void add_once(struct buf *out, size_t from, struct str sentence)
{
	if (sentence.n && out->n > from && memmem(out->p + from, out->n - from, sentence.p, sentence.n))
		return;
	buf_text(out, out->n > from ? "; " : "");
	buf_add(out, sentence.p, sentence.n);
}

/* What the judge looks at, before its sentence; on the command line "time_in_rank" as people read it. */
static void add_name(struct buf *out, const struct criterion *c, const struct lang *l)
{
	if (l && c->judge)
		buf_text(out, say(l, c->judge->title));
	else
		for (size_t i = 0; i < c->name.n; i++)
			buf_char(out, c->name.p[i] == '_' ? ' ' : c->name.p[i]);
	buf_text(out, ": ");
}

void round_reason_for_others(const struct round *r, const struct candidate *k, const struct lang *l, struct buf *out)
{
	struct buf one CLEANUP(buf_release) = BUF_INIT;
	size_t from = out->n;
	if (k->judged == OTHER_KIND) {
		buf_text(out, say(l, N_("belongs to another kind of round")));
	} else if (k->override.n && k->decided != k->judged) {
		buf_text(out, say(l, N_("the committee decided otherwise than the rules, on a ground that they name")));
	} else if (k->judged == MEETS) {
		buf_text(out, say(l, N_("every condition that was asked is met")));
	} else {
		for (size_t i = 0; i < r->policy->ncriteria; i++) {
			if (!round_decides(r, i, k))
				continue;
			buf_reset(&one);
			if (!r->policy->criteria[i].confidential)
				add_name(&one, &r->policy->criteria[i], l);
			round_sentence(r, i, k, FOR_OTHER, l, &one);
			add_once(out, from, (struct str){ one.p, one.n });
		}
	}
}
