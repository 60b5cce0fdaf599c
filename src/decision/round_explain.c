/* round_explain.c - why, for one person: sentences with their sources. */
#include "decision/inside.h"

static const char *outcome_words(enum outcome o)
{
	static const char *const words[] = {
		[MEETS] = N_("every condition that was asked is met"),
		[INCOMPLETE] = N_("a fact or a paper is still missing; nothing speaks against it so far"),
		[NOT_YET] = N_("not yet"),
		[OTHER_KIND] = N_("belongs to another kind of round; nothing was judged here"),
	};
	return words[o];
}

static void add_str(struct buf *out, struct str s)
{
	buf_add(out, s.p, s.n);
}

/* "time_in_rank" as people read it. */
static void add_name(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_char(out, s.p[i] == '_' ? ' ' : s.p[i]);
}

static void heading(const struct round *r, const struct candidate *k, struct str name, struct buf *out)
{
	char day[32];
	if (name.n) {
		add_str(out, name);
		buf_text(out, ", ");
	}
	add_str(out, k->number);
	buf_printf(out, ": %s\n", outcome_text(k->decided));
	buf_printf(out, "%s\n", outcome_words(k->decided));
	buf_printf(out, "Round %lld of %s, kind %s, policy %.*s, from %.*s to %.*s, read at position %lld%s\n",
		   (long long)r->id, date_words(r->as_of, day), r->kind->name, (int)r->policy->name.n,
		   r->policy->name.p, (int)k->now.n, k->now.p, (int)k->next.n, k->next.p, (long long)r->position,
		   r->sealed ? ", sealed" : ", open: papers that arrive still count");
}

static void override_lines(const struct candidate *k, enum audience who, struct buf *out)
{
	if (!k->override.n)
		return;
	buf_printf(out, "\nThe rules alone say %s. The committee decided %s: %.*s\n", outcome_text(k->judged),
		   outcome_text(k->decided), (int)k->override.n, k->override.p);
	if (who != FOR_OTHER && k->override_reason.n)
		buf_printf(out, "  reason: %.*s\n", (int)k->override_reason.n, k->override_reason.p);
}

/* Where time alone does it, the round in which it will count. */
static void add_period(const struct round *r, const struct verdicts *v, size_t at, struct buf *out)
{
	char day[32];
	date complete = v->complete_on[at], next = DATE_NONE;
	if (v->met[at] != NO || complete == NONE)
		return;
	if (r->kind->period(r->rules, complete, &next))
		next = complete;
	if (next != DATE_NONE)
		buf_printf(out, ", so in the round of %s", date_words(next, day));
}

static void criterion_line(const struct round *r, size_t i, const struct candidate *k, enum audience who,
			   struct buf *out)
{
	const struct criterion *c = &r->policy->criteria[i];
	const struct verdicts *v = round_verdicts(r, i, k);
	buf_text(out, "- ");
	add_name(out, c->name);
	buf_printf(out, " (%s): ", met_text(v->met[k->at]));
	round_sentence(r, i, k, who, out);
	if (who != FOR_OTHER || !c->confidential)
		add_period(r, v, k->at, out);
	buf_char(out, '\n');
	if (c->source.n)
		buf_printf(out, "  source: %.*s\n", (int)c->source.n, c->source.p);
}

static void not_asked_lines(const struct round *r, struct buf *out)
{
	if (!r->policy->nnot_asked)
		return;
	buf_text(out, "\nNot asked here, though the source names it:\n");
	for (size_t i = 0; i < r->policy->nnot_asked; i++) {
		const struct not_asked *x = &r->policy->not_asked[i];
		buf_text(out, "- ");
		add_name(out, x->name);
		buf_printf(out, ": %.*s\n", (int)x->reason.n, x->reason.p);
	}
}

static void policy_lines(const struct round *r, struct buf *out)
{
	if (r->policy->source.n)
		buf_printf(out, "\nPolicy %.*s: %.*s\n", (int)r->policy->name.n, r->policy->name.p,
			   (int)r->policy->source.n, r->policy->source.p);
	if (r->policy->assumed)
		buf_text(out, "Part of this policy is an assumption, marked so in the pack with its reason.\n");
}

void round_explain(const struct round *r, const struct candidate *k, enum audience who, struct str name,
		   struct buf *out)
{
	heading(r, k, name, out);
	override_lines(k, who, out);
	if (who == FOR_OTHER) {
		buf_char(out, '\n');
		round_reason_for_others(r, k, out);
		buf_char(out, '\n');
		policy_lines(r, out);
		return;
	}
	if (k->judged != OTHER_KIND) {
		buf_text(out, "\nConditions:\n");
		for (size_t i = 0; i < r->policy->ncriteria; i++)
			criterion_line(r, i, k, who, out);
		not_asked_lines(r, out);
	}
	policy_lines(r, out);
}
