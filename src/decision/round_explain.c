/* round_explain.c - why, for one person: sentences with their sources. */
#include "decision/inside.h"

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

static size_t count(const struct round *r, const struct candidate *k, enum met met)
{
	size_t n = 0;
	for (size_t i = 0; i < r->policy->ncriteria; i++)
		n += round_verdicts(r, i, k)->met[k->at] == met;
	return n;
}

/* What the outcome comes to, in one line; of an override the lines after it tell. */
static void sum_up(const struct round *r, const struct candidate *k, struct buf *out)
{
	size_t no = count(r, k, NO), missing = count(r, k, LACKING), yes = count(r, k, YES);
	if (k->judged == OTHER_KIND)
		buf_text(out, "Belongs to another kind of round; nothing was judged here.\n");
	else if (no)
		buf_printf(out, "%zu of the %zu conditions that were asked %s not met.\n", no, no + missing + yes,
			   no == 1 ? "is" : "are");
	else if (missing)
		buf_text(out, "A fact or a paper is still missing; nothing speaks against it so far.\n");
	else
		buf_text(out, "Every condition that was asked is met.\n");
}

/* Number and outcome stand in the first line, for whoever looks only there. */
static void heading(const struct round *r, const struct candidate *k, struct str name, struct buf *out)
{
	char day[32];
	if (name.n) {
		add_str(out, name);
		buf_text(out, ", ");
	}
	add_str(out, k->number);
	buf_printf(out, ": %s\n", outcome_text(k->decided));
	buf_printf(out, "%s from %.*s to %.*s, round %lld of %s, %s\n", r->kind->title, (int)k->now.n, k->now.p,
		   (int)k->next.n, k->next.p, (long long)r->id, date_words(r->as_of, day),
		   r->sealed ? "sealed" : "open: papers that arrive still count");
	buf_printf(out, "Judged by the rules %.*s on what was known at entry %lld\n", (int)r->policy->name.n,
		   r->policy->name.p, (long long)r->position);
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

static const char *met_words(unsigned char met)
{
	static const char *const words[] = {
		[NO] = N_("not met"), [YES] = N_("met"), [LACKING] = N_("missing"), [NOT_ASKED] = N_("not asked")
	};
	return words[met];
}

static void assumed_lines(const struct round *r, size_t i, const struct candidate *k, enum audience who,
			  const char *before, struct buf *out)
{
	struct str reasons[ROUND_ASSUMED];
	size_t n = round_assumed(r, i, k, who, reasons);
	for (size_t x = 0; x < n; x++)
		buf_printf(out, "%s%.*s\n", before, (int)reasons[x].n, reasons[x].p);
}

static void criterion_line(const struct round *r, size_t i, const struct candidate *k, enum audience who,
			   struct buf *out)
{
	const struct criterion *c = &r->policy->criteria[i];
	const struct verdicts *v = round_verdicts(r, i, k);
	buf_text(out, "- ");
	add_name(out, c->name);
	buf_printf(out, " (%s): ", met_words(v->met[k->at]));
	round_sentence(r, i, k, who, NULL, out);
	if (who != FOR_OTHER || !c->confidential)
		add_period(r, v, k->at, out);
	buf_char(out, '\n');
	if (c->source.n)
		buf_printf(out, "  source: %.*s\n", (int)c->source.n, c->source.p);
	assumed_lines(r, i, k, who, "  assumed: ", out);
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
		buf_printf(out, "\nRules %.*s: %.*s\n", (int)r->policy->name.n, r->policy->name.p,
			   (int)r->policy->source.n, r->policy->source.p);
	if (r->policy->assumed)
		buf_printf(out, "assumed: %.*s\n", (int)r->policy->reason.n, r->policy->reason.p);
}

/* Others read what the rules assume, not what of it touches this person. */
static void assumed_of_rules(const struct round *r, const struct candidate *k, struct buf *out)
{
	for (size_t i = 0; i < r->policy->ncriteria; i++)
		assumed_lines(r, i, k, FOR_OTHER, "assumed: ", out);
}

void round_explain(const struct round *r, const struct candidate *k, enum audience who, struct str name,
		   struct buf *out)
{
	heading(r, k, name, out);
	if (who != FOR_OTHER)
		sum_up(r, k, out);
	override_lines(k, who, out);
	if (who == FOR_OTHER) {
		buf_char(out, '\n');
		round_reason_for_others(r, k, NULL, out);
		buf_char(out, '\n');
		policy_lines(r, out);
		assumed_of_rules(r, k, out);
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
