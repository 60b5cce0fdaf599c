/* round_compare.c - a round beside what other rules would have said of the same people. */
#include "face/round_page.h"

static const struct head heads[] = {
	{ N_("Person"), NULL, false, NULL },
	{ N_("By the rules of the round"), NULL, false, NULL },
	{ N_("By the other rules"), NULL, false, NULL },
	{ N_("Why"), NULL, false, NULL },
};

struct others {
	struct choice list[32];
	size_t n;
	struct str with; /* the one compared with: as asked, else the first; empty: there is none */
};

static struct others others_of(struct request *q, const struct round *r)
{
	struct others o = { .with = request_param(q, "with") };
	o.n = policy_choices(q, r->rules, r->kind, r->policy->name, o.list, COUNT(o.list));
	if (!o.with.n && o.n)
		o.with = o.list[0].value;
	return o;
}

static void choose(struct request *q, const struct round *r, const struct others *o)
{
	if (!o->n) {
		part_empty(q, N_("There are no other rules of this kind for that day."),
			   N_("Rules come as folders that are loaded beside these."), N_("The rules in force"),
			   "/rules");
		return;
	}
	form_begin(q, &(struct form){ .get = true }, "/rounds/%d/compare", (long long)r->id);
	form_control(q, &(struct control_ask){ .name = "with",
					       .label = N_("The other rules"),
					       .kind = C_CHOICE,
					       .required = true,
					       .choices = o->list,
					       .nchoices = o->n,
					       .value = o->with });
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

static void next_differences(struct request *q, const struct held *a, const struct held *b,
			     const struct candidate *last)
{
	HTML(&q->html, "<nav class=\"pager\"");
	html_attr_say(&q->html, "aria-label", N_("Further pages"));
	HTML(&q->html, ">");
	button_link(q, true, N_("Next people"), "/rounds/%d/compare?with=%s&after=%s", (long long)a->round->id,
		    terminated(q, b->round->policy->name), terminated(q, last->number));
	HTML(&q->html, "</nav>");
}

static void differences(struct request *q, const struct held *a, const struct held *b)
{
	struct str after = request_param(q, "after");
	const struct candidate *last = NULL;
	size_t shown = 0;
	if (!count_differences(q, a, b))
		return;
	table_begin_stacking(q, N_("People whose outcome differs"), heads, COUNT(heads));
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
		next_differences(q, a, b, last);
}

enum err round_compare_draw(struct request *q)
{
	const struct held *a CLEANUP(round_let_go) = NULL;
	const struct held *b CLEANUP(round_let_go) = NULL;
	struct round_crumbs crumbs;
	TRY(round_of_page(q, NULL, &a));
	const struct others others = others_of(q, a->round);
	if (others.with.n)
		TRY(round_of_page(q, terminated(q, others.with), &b));
	TRY(round_crumbs(q, a->round, &crumbs));
	frame_begin(q, &(struct frame){ .crumbs = crumbs.list, .ncrumbs = crumbs.n });
	facts_begin(q);
	fact_text(q, N_("Rules of the round"), policy_label(q, a->round->kind, a->round->policy->name));
	facts_end(q);
	choose(q, a->round, &others);
	sheet_end(q);
	if (b) {
		sheet_begin(q, N_("What differs"));
		differences(q, a, b);
		sheet_end(q);
	}
	frame_end(q);
	return E_OK;
}
