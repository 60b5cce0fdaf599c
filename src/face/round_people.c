/* round_people.c - the people of a round: the parts of the list, on the screen with every reason, and as the office
 * files it. */
#include "face/round_page.h"

#define ROWS 50
#define PAPER_ROWS 150 /* some eight sheets; the next ones follow */
#define ROOM 54000     /* bytes: where long sentences fill the page before, it ends sooner */

/* ---- the parts of the list ---- */

static const struct {
	const char *name, *words; /* of the address; N_ */
} parts[] = {
	[PART_ALL] = { "", N_("everybody") },
	[PART_MEETS] = { "meets", N_("meets all") },
	[PART_INCOMPLETE] = { "incomplete", N_("papers missing") },
	[PART_NOT_YET] = { "not-yet", N_("not yet") },
	[PART_OTHER_KIND] = { "other-kind", N_("other kind of round") },
	[PART_ONE_SHORT] = { "one-short", N_("one condition short") },
	[PART_OTHERWISE] = { "otherwise", N_("decided otherwise") },
};

static bool is_one(const struct round *r, const struct candidate *k, enum round_part w)
{
	if (w >= PART_MEETS && w <= PART_OTHER_KIND)
		return k->decided == (enum outcome)(w - PART_MEETS);
	if (w == PART_ONE_SHORT)
		return k->decided == NOT_YET && round_short(r, k) == 1;
	return w == PART_ALL || k->override.n > 0;
}

static enum round_part asked(const struct request *q)
{
	struct str name = request_param(q, "show");
	for (size_t i = 0; i < COUNT(parts); i++)
		if (str_is(name, parts[i].name))
			return (enum round_part)i;
	return PART_ALL;
}

const char *round_people_asked(const struct request *q)
{
	return parts[asked(q)].name;
}

struct round_counts round_people_count(const struct request *q, const struct held *h)
{
	struct round_counts c = { { 0 } };
	for (size_t i = 0; i < h->round->n; i++)
		for (size_t w = 0; w < COUNT(parts) && held_sees(q, h, &h->round->candidates[i]); w++)
			c.of[w] += is_one(h->round, &h->round->candidates[i], (enum round_part)w);
	return c;
}

/* ---- the people ---- */

static void filter(struct request *q, const struct round *r, enum round_part shown, const struct round_counts *c)
{
	HTML(&q->html, "<ul class=\"views\">");
	for (size_t i = 0; i < COUNT(parts); i++) {
		HTML(&q->html, "<li><a");
		html_link(&q->html, "href", "/rounds/%d?show=%s", (long long)r->id, parts[i].name);
		if (i == shown)
			HTML(&q->html, " aria-current=\"true\"");
		HTML(&q->html, ">");
		html_say(&q->html, parts[i].words);
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

static void further(struct request *q, const struct held *h, enum round_part w, const struct candidate *last,
		    bool paper)
{
	HTML(&q->html, "<nav class=\"pager\"");
	html_attr_say(&q->html, "aria-label", N_("Further pages"));
	HTML(&q->html, ">");
	button_link(q, true, N_("Next people"),
		    paper ? "/rounds/%d?show=%s&after=%s&print=1" : "/rounds/%d?show=%s&after=%s",
		    (long long)h->round->id, parts[w].name, terminated(q, last->number));
	HTML(&q->html, "</nav>");
}

static void list(struct request *q, const struct held *h, enum round_part w, bool paper)
{
	size_t most = paper ? PAPER_ROWS : ROWS;
	struct str after = request_param(q, "after");
	const struct candidate *last = NULL;
	size_t shown = 0;
	int64_t number = 0;
	if (paper)
		table_begin(q, parts[w].words, paper_heads, COUNT(paper_heads));
	else if (w == PART_INCOMPLETE)
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
		if (shown == most || (shown && q->html.out->n > ROOM)) {
			table_end(q);
			further(q, h, w, last, paper);
			return;
		}
		shown++;
		if (paper)
			paper_row(q, h, k, number);
		else if (w == PART_INCOMPLETE)
			missing_row(q, h, k);
		else
			row_of(q, h, k);
		last = k;
	}
	table_end(q);
}

void round_people_sheet(struct request *q, const struct held *h, const struct round_counts *c, bool paper)
{
	enum round_part w = asked(q);
	sheet_begin(q, N_("People"));
	if (!paper)
		filter(q, h->round, w, c);
	if (c->of[w])
		list(q, h, w, paper);
	else if (paper)
		html_say(&q->html, N_("Nobody is in this part of the list."));
	else
		part_empty(q, N_("Nobody is in this part of the list."), N_("Choose another part above."), NULL, NULL);
	if (paper)
		paper_foot(q, h->round);
	sheet_end(q);
}
