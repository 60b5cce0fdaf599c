/* round_page.c - the workbench of one round: where it stands, what comes next, and its people with every reason. */
#include "face/round_page.h"

#define ROWS 50
#define PAPER_ROWS 150 /* some eight sheets; the next ones follow */

/* ---- who is shown ---- */

enum which { ALL, ONLY_MEETS, ONLY_INCOMPLETE, ONLY_NOT_YET, ONLY_OTHER_KIND, ONE_SHORT, DECIDED_OTHERWISE };
static const struct {
	const char *name, *words;
} which_words[] = {
	[ALL] = { "", N_("everybody") },
	[ONLY_MEETS] = { "meets", N_("meets all") },
	[ONLY_INCOMPLETE] = { "incomplete", N_("papers missing") },
	[ONLY_NOT_YET] = { "not-yet", N_("not yet") },
	[ONLY_OTHER_KIND] = { "other-kind", N_("other kind of round") },
	[ONE_SHORT] = { "one-short", N_("one condition short") },
	[DECIDED_OTHERWISE] = { "otherwise", N_("decided otherwise") },
};

static bool is_one(const struct round *r, const struct candidate *k, enum which w)
{
	if (w >= ONLY_MEETS && w <= ONLY_OTHER_KIND)
		return k->decided == (enum outcome)(w - ONLY_MEETS);
	if (w == ONE_SHORT)
		return k->decided == NOT_YET && round_short(r, k) == 1;
	return w == ALL || k->override.n > 0;
}

static enum which which_asked(const struct request *q)
{
	struct str name = request_param(q, "show");
	for (size_t i = 0; i < COUNT(which_words); i++)
		if (str_is(name, which_words[i].name))
			return (enum which)i;
	return ALL;
}

struct counts {
	int64_t of[COUNT(which_words)];
};

static struct counts count(const struct request *q, const struct held *h)
{
	struct counts c = { { 0 } };
	for (size_t i = 0; i < h->round->n; i++)
		for (size_t w = 0; w < COUNT(which_words) && held_sees(q, h, &h->round->candidates[i]); w++)
			c.of[w] += is_one(h->round, &h->round->candidates[i], (enum which)w);
	return c;
}

/* ---- the head ---- */

static void steps(struct request *q, const struct round *r, const struct counts *c)
{
	bool papers = c->of[ONLY_INCOMPLETE] == 0;
	HTML(&q->html, "<ol class=\"steps\"><li class=\"done\">");
	html_say(&q->html, N_("Opened"));
	HTML(&q->html, "</li><li class=\"done\">");
	html_say(&q->html, N_("Judged"));
	HTML(&q->html, "</li>");
	if (r->sealed || papers)
		HTML(&q->html, "<li class=\"done\">");
	else
		HTML(&q->html, "<li class=\"now\" aria-current=\"step\">");
	html_say(&q->html, N_("Papers complete"));
	HTML(&q->html, "</li>");
	if (r->sealed)
		HTML(&q->html, "<li class=\"done\">");
	else if (papers)
		HTML(&q->html, "<li class=\"now\" aria-current=\"step\">");
	else
		HTML(&q->html, "<li>");
	html_say(&q->html, N_("Sealed"));
	HTML(&q->html, "</li></ol>");
}

static void facts(struct request *q, const struct round *r, const struct counts *c)
{
	facts_begin(q);
	fact_int(q, N_("Considered"), c->of[ALL]);
	fact_int(q, N_("Meets all"), c->of[ONLY_MEETS]);
	fact_int(q, N_("Papers missing"), c->of[ONLY_INCOMPLETE]);
	fact_int(q, N_("Not yet"), c->of[ONLY_NOT_YET]);
	fact_int(q, N_("Other kind of round"), c->of[ONLY_OTHER_KIND]);
	fact_begin(q, N_("Rules"));
	link_text(q, part_label(q, "policies", r->policy->name), "/rules/policies/%s/%s", r->kind->name,
		  terminated(q, r->policy->name));
	if (r->policy->assumed)
		tag(q, TONE_WAIT, N_("part is assumed"));
	fact_end(q);
	facts_end(q);
}

static void sub(struct request *q, const struct round *r, struct str *ret)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	struct buf day CLEANUP(buf_release) = BUF_INIT;
	struct entry e;
	say_date(q->lang, r->as_of, &day);
	buf_printf(&words, say(q->lang, N_("As things stand on %s")), buf_str(&day));
	if (entry_get(q->c->store, r->position, &e) == E_OK) {
		buf_reset(&day);
		say_instant(q->lang, q->c->zone, e.at, &day);
		buf_printf(&words, say(q->lang, N_(", as we knew them on %s (receipt %lld)")), buf_str(&day),
			   (long long)r->position);
	}
	*ret = str_of(arena_copy(q->arena, buf_str(&words)));
}

static void buttons(struct request *q, const struct round *r, enum which shown)
{
	if (who_may(q->who, MAY_SHEETS))
		button_link(q, true, N_("As spreadsheet"), "/rounds/%d/sheet", (long long)r->id);
	HTML(&q->html, " ");
	button_link(q, true, N_("For paper"), "/rounds/%d?show=%s&print=1", (long long)r->id, which_words[shown].name);
	HTML(&q->html, " ");
	button_link(q, true, N_("Compare with other rules"), "/rounds/%d/compare", (long long)r->id);
}

static void days_left(struct request *q, const struct round *r)
{
	struct buf day CLEANUP(buf_release) = BUF_INIT;
	int64_t left = r->as_of - q->c->today;
	if (left <= 0)
		return;
	say_date(q->lang, r->as_of, &day);
	html_sayf(&q->html, say_n(q->lang, "%lld day is left until %s.", "%lld days are left until %s.", left),
		  (long long)left, buf_str(&day));
	HTML(&q->html, " ");
}

static void next_open(struct request *q, const struct held *h, const struct counts *c)
{
	const struct round *r = h->round;
	int64_t lacking = c->of[ONLY_INCOMPLETE];
	bool seals = who_may_at(q->who, MAY_DECIDE, h->all.low);
	if (lacking)
		next_begin(q,
			   say_n(q->lang, "Next: %lld person lacks a paper", "Next: %lld people lack a paper", lacking),
			   (long long)lacking);
	else
		next_begin(q, seals ? N_("Next: seal the round") : N_("Next: the decider seals the round"));
	HTML(&q->html, "<p>");
	days_left(q, r);
	html_say(&q->html,
		 N_("Sealing fixes the files, the rules and the outcomes as they are then. Later corrections will not "
		    "change this round; they will show beside it."));
	HTML(&q->html, "</p><p class=\"actions\">");
	if (lacking)
		button_link(q, false, N_("Work through the missing papers"), "/rounds/%d?show=incomplete",
			    (long long)r->id);
	if (seals) {
		HTML(&q->html, " ");
		button_link(q, lacking > 0, N_("Seal the round"), "/rounds/%d/seal", (long long)r->id);
	}
	HTML(&q->html, " ");
	buttons(q, r, which_asked(q));
	HTML(&q->html, "</p>");
	sheet_end(q);
}

static void next_sealed(struct request *q, const struct held *h)
{
	const struct round *r = h->round;
	next_begin(q, N_("This round is decided"));
	HTML(&q->html, "<p>");
	html_sayf(&q->html,
		  "It was sealed with receipt %lld. Whoever doubts it can check it against the papers of that day.",
		  (long long)r->seal_entry);
	HTML(&q->html, "</p><p class=\"actions\">");
	button_link(q, false, N_("Check it now"), "/rounds/%d/check", (long long)r->id);
	HTML(&q->html, " ");
	if (who_may_at(q->who, MAY_ROUND | MAY_CLOSED, h->all.low))
		button_link(q, true, N_("Proof for an outsider"), "/rounds/%d/proof", (long long)r->id);
	HTML(&q->html, " ");
	buttons(q, r, which_asked(q));
	HTML(&q->html, "</p>");
	sheet_end(q);
}

/* ---- the people ---- */

static void filter(struct request *q, const struct round *r, enum which shown, const struct counts *c)
{
	HTML(&q->html, "<ul class=\"views\">");
	for (size_t i = 0; i < COUNT(which_words); i++) {
		HTML(&q->html, "<li><a");
		html_link(&q->html, "href", "/rounds/%d?show=%s", (long long)r->id, which_words[i].name);
		if (i == shown)
			HTML(&q->html, " aria-current=\"true\"");
		HTML(&q->html, ">");
		html_say(&q->html, which_words[i].words);
		HTML(&q->html, " <span class=\"count\">");
		html_int(&q->html, c->of[i]);
		HTML(&q->html, "</span></a></li>");
	}
	HTML(&q->html, "</ul>");
}

/* Columns of confidential conditions only where every reader of the list may read them. */
static bool column_shown(const struct request *q, const struct held *h, size_t i)
{
	return !h->round->policy->criteria[i].confidential || who_may_at(q->who, MAY_CLOSED, h->all.low);
}

/* The rule under the head of its column: "4 years", "at least 76". */
static const char *need_words(struct request *q, const struct criterion *x)
{
	struct buf need CLEANUP(buf_release) = BUF_INIT;
	if (!x->judge || !judge_need(x, q->lang, &need))
		return NULL;
	if (x->judge->value == V_MONTHS)
		return arena_copy(q->arena, buf_str(&need));
	return arena_printf(q->arena, say(q->lang, N_("at least %s")), buf_str(&need));
}

static void heads_of(struct request *q, const struct held *h)
{
	const struct round *r = h->round;
	struct head *heads = ARENA_ARRAY(q->arena, struct head, r->policy->ncriteria + 3);
	size_t n = 0;
	heads[n++] = (struct head){ .words = N_("Person") };
	heads[n++] = (struct head){ .words = N_("Now"), .small = N_("next") };
	for (size_t i = 0; i < r->policy->ncriteria; i++) {
		const struct criterion *x = &r->policy->criteria[i];
		if (column_shown(q, h, i))
			heads[n++] = (struct head){ .words = x->judge ? x->judge->title : terminated(q, x->name),
						    .small = need_words(q, x) };
	}
	heads[n++] = (struct head){ .words = N_("Outcome") };
	table_begin(q, N_("People of this round"), heads, n);
}

static void others_cell(struct request *q, const struct round *r, const struct candidate *k)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	if (k->decided == MEETS || k->judged == OTHER_KIND) {
		outcome_tag(q, r, k);
		return;
	}
	round_reason_for_others(r, k, q->lang, &words);
	HTML(&q->html, "<details><summary>");
	tag(q, outcome_tone(k->decided), outcome_words(k->decided));
	HTML(&q->html, "</summary><div>");
	html_text(&q->html, (struct str){ words.p, words.n });
	HTML(&q->html, "</div></details>");
}

static void why_link(struct request *q, const struct round *r, const struct candidate *k)
{
	HTML(&q->html, " <span class=\"under\">");
	link_say(q, N_("why"), "/rounds/%d/people/%s", (long long)r->id, terminated(q, k->number));
	HTML(&q->html, "</span>");
}

static void person_cells(struct request *q, const struct round *r, const struct candidate *k)
{
	cell_begin(q, false);
	part_record(q, r->kind->inputs->person, k->person, true);
	cell_end(q);
	cell_begin(q, false);
	html_text(&q->html, k->now);
	HTML(&q->html, " <span class=\"under\">");
	html_text(&q->html, k->next);
	HTML(&q->html, "</span>");
	cell_end(q);
}

static void row_of(struct request *q, const struct held *h, const struct candidate *k)
{
	const struct round *r = h->round;
	enum audience who = held_audience(q, h, k);
	bool closed = false;
	row_begin(q);
	person_cells(q, r, k);
	for (size_t i = 0; i < r->policy->ncriteria; i++)
		if (column_shown(q, h, i)) {
			closed = closed || r->policy->criteria[i].confidential;
			cell_begin(q, false);
			if (who != FOR_OTHER || !r->policy->criteria[i].confidential)
				verdict_cell(q, r, i, k, who);
			cell_end(q);
		}
	cell_begin(q, false);
	if (who == FOR_OTHER)
		others_cell(q, r, k);
	else
		outcome_tag(q, r, k);
	why_link(q, r, k);
	cell_end(q);
	row_end(q);
	if (closed)
		request_noted(q, k->person, "round");
}

/* Who lacks a paper, as work to be done: what is missing, and where it is entered. */
static const struct head missing_heads[] = {
	{ N_("Person"), NULL, false, NULL },
	{ N_("Now"), N_("next"), false, NULL },
	{ N_("What is missing"), NULL, false, NULL },
	{ N_("Where"), NULL, false, NULL },
};

static void missing_row(struct request *q, const struct held *h, const struct candidate *k)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	enum audience who = held_audience(q, h, k);
	round_why(q, h->round, k, who, &words);
	row_begin(q);
	person_cells(q, h->round, k);
	cell_begin(q, false);
	html_text(&q->html, (struct str){ words.p, words.n });
	why_link(q, h->round, k);
	cell_end(q);
	cell_begin(q, false);
	file_way(q, h->round, k, false);
	cell_end(q);
	row_end(q);
	if (who != FOR_OTHER)
		request_noted(q, k->person, "round");
}

/* ---- as the office files it ---- */

static const struct head paper_heads[] = {
	{ N_("No."), NULL, true, NULL },        { N_("Person"), NULL, false, NULL },
	{ N_("Now"), N_("next"), false, NULL }, { N_("Outcome"), NULL, false, NULL },
	{ N_("Because"), NULL, false, NULL },
};

/* On paper nothing opens: the reason stands in the row. */
static void paper_row(struct request *q, const struct held *h, const struct candidate *k, int64_t number)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	enum audience who = held_audience(q, h, k);
	row_begin(q);
	cell_int(q, number);
	person_cells(q, h->round, k);
	cell_begin(q, false);
	outcome_tag(q, h->round, k);
	cell_end(q);
	if (k->decided != MEETS || k->override.n)
		round_why(q, h->round, k, who, &words);
	cell_text(q, (struct str){ words.p, words.n });
	row_end(q);
	if (words.n && who != FOR_OTHER)
		request_noted(q, k->person, "round");
}

static void paper_foot(struct request *q, const struct round *r)
{
	HTML(&q->html, "<p>");
	if (r->sealed)
		html_sayf(&q->html, "Sealed with receipt %lld.", (long long)r->seal_entry);
	else
		html_say(&q->html, N_("This list is not sealed yet: nothing in it is decided."));
	HTML(&q->html, "</p><div class=\"sign\"><div class=\"room\"></div><p>");
	html_say(&q->html, N_("Name, post, date and signature"));
	HTML(&q->html, "</p></div>");
}

static void further(struct request *q, const struct held *h, enum which w, const struct candidate *last, bool paper)
{
	HTML(&q->html, "<nav class=\"pager\"");
	html_attr_say(&q->html, "aria-label", N_("Further pages"));
	HTML(&q->html, ">");
	button_link(q, true, N_("Next people"),
		    paper ? "/rounds/%d?show=%s&after=%s&print=1" : "/rounds/%d?show=%s&after=%s",
		    (long long)h->round->id, which_words[w].name, terminated(q, last->number));
	HTML(&q->html, "</nav>");
}

static void people(struct request *q, const struct held *h, enum which w, bool paper)
{
	size_t most = paper ? PAPER_ROWS : ROWS;
	struct str after = request_param(q, "after");
	const struct candidate *last = NULL;
	size_t shown = 0;
	int64_t number = 0;
	if (paper)
		table_begin(q, which_words[w].words, paper_heads, COUNT(paper_heads));
	else if (w == ONLY_INCOMPLETE)
		table_begin(q, N_("People of this round who lack a paper"), missing_heads, COUNT(missing_heads));
	else
		heads_of(q, h);
	for (size_t i = 0; i < h->round->n; i++) {
		const struct candidate *k = &h->round->candidates[i];
		if (!is_one(h->round, k, w) || !held_sees(q, h, k))
			continue;
		number++;
		if (after.n && str_cmp(k->number, after) <= 0)
			continue;
		if (shown++ == most) {
			table_end(q);
			further(q, h, w, last, paper);
			return;
		}
		if (paper)
			paper_row(q, h, k, number);
		else if (w == ONLY_INCOMPLETE)
			missing_row(q, h, k);
		else
			row_of(q, h, k);
		last = k;
	}
	table_end(q);
}

static void people_sheet(struct request *q, const struct held *h, const struct counts *c, bool paper)
{
	enum which w = which_asked(q);
	sheet_begin(q, N_("People"));
	if (!paper)
		filter(q, h->round, w, c);
	if (c->of[w])
		people(q, h, w, paper);
	else if (paper)
		html_say(&q->html, N_("Nobody is in this part of the list."));
	else
		part_empty(q, N_("Nobody is in this part of the list."), N_("Choose another part above."), NULL, NULL);
	if (paper)
		paper_foot(q, h->round);
	sheet_end(q);
}

/* ---- the page ---- */

static enum err draw(struct request *q)
{
	const struct held *h CLEANUP(round_let_go) = NULL;
	struct round_crumbs crumbs;
	struct frame f = { .printed = request_flag(q, "print") };
	TRY(round_of_page(q, NULL, &h));
	struct counts c = count(q, h);
	TRY(round_title(q, h->round->kind, h->round->unit_code, h->round->as_of, &f.title));
	sub(q, h->round, &f.sub);
	TRY(round_crumbs(q, NULL, &crumbs));
	f.crumbs = crumbs.list;
	f.ncrumbs = crumbs.n;
	frame_begin(q, &f);
	if (!f.printed)
		steps(q, h->round, &c);
	facts(q, h->round, &c);
	sheet_end(q);
	if (!f.printed && h->round->sealed)
		next_sealed(q, h);
	else if (!f.printed)
		next_open(q, h, &c);
	if (!f.printed)
		TRY(face_panels(q, "round", h->round->id, false));
	people_sheet(q, h, &c, f.printed);
	frame_end(q);
	return E_OK;
}

static const struct page_param params[] = {
	ROUND_PARAM,    { "show", PARAM_CODE, 20 }, { "after", PARAM_CODE, 32 }, { "print", PARAM_FLAG, 0 },
	{ NULL, 0, 0 },
};

const struct page round_page = {
	.path = "/rounds/{round}",
	.title = N_("Round"),
	.draw = draw,
	.see = MAY_ROUND,
	.flags = PAGE_SLOW,
	.params = params,
	.help = N_("Everybody of the unit with what the rules say of each, condition by condition. Open a mark to read "
		   "its "
		   "reason, value and source; work first through those who lack a paper. When the list is right, the "
		   "decider "
		   "seals it."),
	.example = N_("Dewi's time in rank is 3 years 8 months of 4, complete on 1 February 2009: she is in the April "
		      "round."),
	.article = "PP 99/2000; MP-93 MP-94",
};
