/* ahead_panel.c - on a person's page: what lies ahead, and who is the superior. On the check of a late decree: what it
 * changes. */
#include "face/round_words.h"
#include "modules/career/career_page.h"

/* ---- what lies ahead ---- */

static void day_fact(struct request *q, const char *label, date d, const char *otherwise)
{
	fact_begin(q, label);
	if (d == DATE_NONE)
		html_say(&q->html, otherwise);
	else
		html_date(&q->html, d);
	fact_end(q);
}

static void grade_service(struct request *q, const struct ahead *a)
{
	fact_begin(q, N_("Grade service"));
	if (a->grade_service < 0)
		html_say(&q->html, N_("not stated in the file"));
	else
		html_months(&q->html, a->grade_service);
	fact_end(q);
}

static int64_t rank_number(struct request *q, struct str code)
{
	return q->c->codes->number(q->c->codes->arg, "ranks", code);
}

static void next_rank(struct request *q, const struct ahead *a)
{
	fact_begin(q, N_("Next rank"));
	if (!a->judged)
		html_say(&q->html, N_("none in sight"));
	else if (a->judged->judged == OTHER_KIND)
		html_say(&q->html, N_("rises by another kind of round"));
	else
		html_text(&q->html, part_code(q, rank_number(q, a->next_rank)));
	fact_end(q);
	if (!a->judged || a->judged->judged == OTHER_KIND)
		return;
	day_fact(q, N_("Next round with the time complete"), a->rise, N_("time alone does not do it"));
}

static void condition(struct request *q, const struct ahead *a, size_t i, enum audience who)
{
	const struct criterion *c = &a->round->policy->criteria[i];
	struct html *h = &q->html;
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	unsigned char met = round_verdicts(a->round, i, a->judged)->met[a->judged->at];
	bool hidden = c->confidential && who == FOR_OTHER;
	if (met == NOT_ASKED || hidden)
		return;
	round_sentence(a->round, i, a->judged, who, q->lang, &words);
	HTML(h, "<li>");
	tag(q,
	    met == YES       ? TONE_GOOD
	    : met == LACKING ? TONE_WAIT
			     : TONE_NOTE,
	    met == YES       ? N_("met")
	    : met == LACKING ? N_("missing")
			     : N_("not yet"));
	HTML(h, " <strong>");
	if (c->judge)
		html_say(h, c->judge->title);
	HTML(h, "</strong>: ");
	html_text(h, (struct str){ words.p, words.n });
	HTML(h, " <span class=\"source\">");
	html_text(h, part_source(q, c->source));
	HTML(h, "</span></li>");
}

/* Each condition in a sentence, to this reader. */
static void conditions(struct request *q, const struct ahead *a, int64_t person, bool closed)
{
	struct html *h = &q->html;
	bool own = q->who->person == person;
	enum audience who = own ? FOR_PERSON : closed ? FOR_COMMITTEE : FOR_OTHER;
	bool some = false;
	if (!a->judged || a->judged->judged == OTHER_KIND)
		return;
	HTML(h, "<h3>");
	html_say(h, N_("What the next rank asks, judged today"));
	HTML(h, "</h3><p>"); /* before the conditions: a round may go by others */
	html_sayf(h, N_("By these rules: %s. A round says by which it goes."),
		  terminated(q, policy_label(q, a->round->kind, a->round->policy->name)));
	HTML(h, "</p><ul class=\"reasons\">");
	for (size_t i = 0; i < a->round->policy->ncriteria; i++) {
		some = some || (a->round->policy->criteria[i].confidential && who != FOR_OTHER);
		condition(q, a, i, who);
	}
	HTML(h, "</ul>");
	if (some)
		request_noted(q, person, "rise");
	if (who == FOR_OTHER) {
		HTML(h, "<p class=\"source\">");
		html_say(h, N_("Conditions in the confidential part of the file are not told here."));
		HTML(h, "</p>");
	}
}

/* The newest round that considers the person's unit: there the person's own explanation stands. */
static enum err newest_round(struct request *q, int64_t person)
{
	struct round_head *all;
	struct str number;
	size_t n;
	int64_t order;
	bool scoped;
	if (q->who->person != person && !who_may(q->who, MAY_ROUND))
		return E_OK;
	TRY(round_heads(q->c, &all, &n));
	TRY(scope_of(q->c, &person_entity, person, &scoped, &order));
	TRY(key_text(q->c, &person_entity, person, 0, &number));
	for (size_t i = 0; i < n; i++) {
		struct order_range range;
		int64_t unit;
		enum err e = key_find(q->c, &unit_entity, all[i].unit, &unit);
		if (e == E_OK)
			e = tree_range(q->c, &unit_entity, unit, &range);
		if (e == E_MISSING || (e == E_OK && (order < range.low || order > range.high)))
			continue;
		TRY(e);
		HTML(&q->html, "<p class=\"actions\">");
		button_link(q, true, N_("Why, in the newest round"), "/rounds/%d/people/%s", (long long)all[i].id,
			    terminated(q, number));
		HTML(&q->html, "</p>");
		return E_OK;
	}
	return E_OK;
}

static void retirement(struct request *q, const struct ahead *a)
{
	day_fact(q, N_("Retirement"), a->retirement, N_("the day of birth is not in the file"));
	if (a->notice != DATE_NONE)
		fact_date(q,
			  a->notice < q->c->today ? N_("Notice of retirement was due by")
						  : N_("Notice of retirement is due by"),
			  a->notice);
}

/* Everybody knows by name who stands above them; the superior's file is another matter. */
static enum err superior(struct request *q, int64_t person, int64_t above)
{
	struct str name;
	if (!above)
		return E_OK;
	fact_begin(q, N_("Superior"));
	if (q->who->person == person && !part_record_name(q, &person_entity, above).n) {
		TRY(part_name(q->c, &person_entity, above, AS_OF_NOW, &name));
		html_text(&q->html, name);
	} else {
		part_record(q, &person_entity, above, false);
	}
	fact_end(q);
	return E_OK;
}

enum err ahead_panel(struct request *q, int64_t person)
{
	struct ahead a CLEANUP(ahead_release) = { 0 };
	bool closed;
	TRY(face_may_see(q, &person_entity, person, &closed));
	TRY(ahead_of(q->c, person, q->c->today, NULL, &a));
	if (!a.in_service) {
		HTML(&q->html, "<p>");
		html_say(&q->html, N_("Not in service today: nothing falls due."));
		HTML(&q->html, "</p>");
		return E_OK;
	}
	facts_begin(q);
	grade_service(q, &a);
	day_fact(q, N_("Next increment"), a.increment,
		 a.grade_service < 0 ? N_("not known: grade service is not stated")
				     : N_("none left in the scale of this rank"));
	next_rank(q, &a);
	retirement(q, &a);
	TRY(superior(q, person, a.superior));
	facts_end(q);
	conditions(q, &a, person, closed);
	return newest_round(q, person);
}

/* ---- what a change would change ---- */

static void before_after(struct request *q, const char *label, date before, date after)
{
	struct html *h = &q->html;
	if (before == after)
		return;
	row_begin(q);
	cell_begin(q, false);
	html_say(h, label);
	cell_end(q);
	HTML(h, "<td class=\"before\">");
	html_date(h, before);
	HTML(h, "</td><td class=\"mine\">");
	html_date(h, after);
	HTML(h, "</td>");
	row_end(q);
}

static void before_after_text(struct request *q, const char *label, struct str before, struct str after)
{
	struct html *h = &q->html;
	if (str_eq(before, after))
		return;
	row_begin(q);
	cell_begin(q, false);
	html_say(h, label);
	cell_end(q);
	HTML(h, "<td class=\"before\">");
	html_text(h, before);
	HTML(h, "</td><td class=\"mine\">");
	html_text(h, after);
	HTML(h, "</td>");
	row_end(q);
}

static struct str months_text(struct request *q, int months)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	if (months < 0)
		return str_of(say(q->lang, N_("not stated")));
	say_months(q->lang, months, &b);
	return str_of(arena_copy(q->arena, buf_str(&b)));
}

static struct str rank_text(struct request *q, struct str code)
{
	return code.n ? part_code(q, rank_number(q, code)) : str_of(say(q->lang, N_("none")));
}

static struct str outcome_of(struct request *q, const struct ahead *a)
{
	return str_of(say(q->lang, a->judged ? outcome_words(a->judged->decided) : N_("no rise is judged")));
}

static bool same(const struct ahead *a, const struct ahead *b)
{
	return a->increment == b->increment && a->rise == b->rise && a->retirement == b->retirement &&
	       a->grade_service == b->grade_service && str_eq(a->rank, b->rank) && str_eq(a->next_rank, b->next_rank) &&
	       !a->judged == !b->judged && (!a->judged || a->judged->decided == b->judged->decided);
}

static void differences(struct request *q, const struct ahead *before, const struct ahead *after)
{
	static const struct head heads[] = {
		{ N_("What") },
		{ N_("As it is") },
		{ N_("After saving") },
	};
	if (same(before, after)) {
		HTML(&q->html, "<p>");
		html_say(&q->html, N_("Rank today, increments, the next rise and retirement stay as they are."));
		HTML(&q->html, "</p>");
		return;
	}
	table_begin(q, N_("As it is, and after saving"), heads, COUNT(heads));
	before_after_text(q, N_("Rank today"), rank_text(q, before->rank), rank_text(q, after->rank));
	before_after_text(q, N_("Grade service today"), months_text(q, before->grade_service),
			  months_text(q, after->grade_service));
	before_after(q, N_("Next increment"), before->increment, after->increment);
	before_after_text(q, N_("Next rank"), rank_text(q, before->next_rank), rank_text(q, after->next_rank));
	before_after(q, N_("Next round with the time complete"), before->rise, after->rise);
	before_after_text(q, N_("Judged today for the next rank"), outcome_of(q, before), outcome_of(q, after));
	before_after(q, N_("Retirement"), before->retirement, after->retirement);
	table_end(q);
}

/* A sealed round on or after the day of the fact saw it otherwise. It stays as it is. */
static enum err sealed_rounds(struct request *q, int64_t person, date from)
{
	struct round_head *all;
	size_t n;
	TRY(review_concerned(q, person, from, &all, &n));
	for (size_t i = 0; i < n; i++) {
		struct buf day CLEANUP(buf_release) = BUF_INIT;
		say_date(q->lang, all[i].as_of, &day);
		HTML(&q->html, "<p class=\"box wait\">");
		html_sayf(&q->html,
			  N_("Round %lld of %s is sealed and did not know this fact. It stays as it was decided; the "
			     "difference "
			     "will show beside it as learnt since, and its review can be asked for."),
			  (long long)all[i].id, buf_str(&day));
		HTML(&q->html, " ");
		link_say(q, N_("Open the round"), "/rounds/%d", (long long)all[i].id);
		HTML(&q->html, "</p>");
	}
	return E_OK;
}

enum err ahead_consequence(struct request *q, const struct record *old, const struct record *new)
{
	struct ahead before CLEANUP(ahead_release) = { 0 }, after CLEANUP(ahead_release) = { 0 };
	int64_t person = new->entity->kind == THING ? new->id : new->owner;
	date from = new->valid_from;
	if (!person)
		return E_OK;
	if (old && old->valid_from < from)
		from = old->valid_from;
	TRY(ahead_of(q->c, person, q->c->today, NULL, &before));
	TRY(ahead_of(q->c, person, q->c->today, new, &after));
	differences(q, &before, &after);
	return who_may(q->who, MAY_ROUND) ? sealed_rounds(q, person, from) : E_OK;
}
