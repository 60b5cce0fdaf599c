/* desk_page.c - what waits on the desk: counts with their deadline and the first five, for each who has the right. All
 * of it is counted in the picture of everybody; no click judges a ministry. */
#include "face/round_words.h"
#include "modules/career/tally.h"

#define OLDEST 5

static void count(struct request *q, int64_t n, const char *words, const char *href)
{
	struct html *h = &q->html;
	HTML(h, "<li><a");
	html_attr_cstr(h, "href", href);
	HTML(h, "><strong>");
	html_int(h, n);
	HTML(h, "</strong> <span>");
	html_say(h, words);
	HTML(h, "</span></a></li>");
}

/* Of the desk's own reach of a right. */
struct desk {
	struct kept *kept;
	const struct picture *picture;
	struct within within;
};
static void desk_release(struct desk *d)
{
	keep_let_go(&d->kept);
}

static enum err look(struct request *q, right_t right, struct desk *ret)
{
	TRY(picture_get(q->c, false, &ret->kept));
	ret->picture = ret->kept->what;
	within_reach(q->who, right, &ret->within);
	return E_OK;
}

/* ---- what falls due within a time, and the first five of it ---- */

struct coming {
	int64_t counts[DUE_KINDS];
	struct due_item next[OLDEST];
	size_t n;
};

static bool may_count(struct request *q, const struct sight *s, enum due_kind k)
{
	return k != DUE_SANCTION_END || who_may_at(q->who, MAY_CLOSED, s->order);
}

/* only: of the five, this kind alone; DUE_KINDS: any. */
static struct coming look_ahead(struct request *q, const struct desk *d, date last, enum due_kind only)
{
	const struct picture *p = d->picture;
	struct coming ret = { 0 };
	for (size_t i = picture_due_from(p, q->c->today); i < p->ndue && p->due[i].on <= last; i++) {
		const struct due_item *x = &p->due[i];
		if (!within_has(&d->within, &p->v[x->at]) || !may_count(q, &p->v[x->at], x->kind))
			continue;
		ret.counts[x->kind]++;
		if (ret.n < OLDEST && (only == DUE_KINDS || only == x->kind))
			ret.next[ret.n++] = *x;
	}
	return ret;
}

static void one_next(struct request *q, const struct picture *p, const struct due_item *x)
{
	struct html *h = &q->html;
	int64_t person = p->v[x->at].person;
	HTML(h, "<li>");
	part_record(q, &person_entity, person, false);
	HTML(h, " <span class=\"under\">");
	html_say(h, due_kind_words(x->kind));
	HTML(h, ", ");
	html_date_short(h, x->on);
	HTML(h, "</span></li>");
	if (x->kind == DUE_SANCTION_END)
		request_noted(q, person, "sanction");
}

static void the_next(struct request *q, const struct desk *d, const struct coming *x)
{
	if (!x->n)
		return;
	HTML(&q->html, "<ul class=\"inbox\">");
	for (size_t i = 0; i < x->n; i++)
		one_next(q, d->picture, &x->next[i]);
	HTML(&q->html, "</ul>");
}

/* ---- due within a month (personnel office) ---- */

enum err desk_due(struct request *q, int64_t id)
{
	struct desk d CLEANUP(desk_release) = { 0 };
	struct tally t;
	(void)id;
	TRY(look(q, MAY_PEOPLE_WRITE, &d));
	tally_all(d.picture, &d.within, &t);
	struct coming x = look_ahead(q, &d, date_add_months(q->c->today, 1), DUE_KINDS);
	HTML(&q->html, "<ul class=\"counts\">");
	for (int k = 0; k < DUE_KINDS; k++)
		if (x.counts[k])
			count(q, x.counts[k], due_kind_words((enum due_kind)k),
			      arena_printf(q->arena, "/due?kind=%s&months=1", due_kind_code((enum due_kind)k)));
	if (!who_may(q->who, MAY_FIGURES)) /* else it stands among the faults */
		count(q, t.fault[FAULT_UNPROVED], fault_words(FAULT_UNPROVED),
		      arena_printf(q->arena, "/health/people?fault=%d", FAULT_UNPROVED + 1));
	HTML(&q->html, "</ul>");
	the_next(q, &d, &x);
	HTML(&q->html, "<p class=\"actions\">");
	button_link(q, false, N_("What falls due"), "/due");
	HTML(&q->html, "</p>");
	counted(q, d.kept);
	return E_OK;
}

/* ---- what the files lack ---- */

enum err desk_faults(struct request *q, int64_t id)
{
	struct desk d CLEANUP(desk_release) = { 0 };
	struct tally t;
	(void)id;
	TRY(look(q, MAY_FIGURES, &d));
	tally_all(d.picture, &d.within, &t);
	if (!t.all.people)
		return E_OK;
	HTML(&q->html, "<ul class=\"counts\">");
	for (int f = 0; f < FAULT_KINDS; f++)
		if (t.fault[f])
			count(q, t.fault[f], fault_words((enum fault)f),
			      arena_printf(q->arena, "/health/people?fault=%d", f + 1));
	HTML(&q->html, "</ul><p class=\"actions\">");
	button_link(q, true, N_("Data health"), "/health");
	HTML(&q->html, "</p>");
	return E_OK;
}

/* ---- my people (line manager) ---- */

/* For who reads the files of some units and enters nothing there. */
enum err desk_people(struct request *q, int64_t id)
{
	struct desk d CLEANUP(desk_release) = { 0 };
	struct tally t;
	int64_t due = 0;
	(void)id;
	if (who_may(q->who, MAY_PEOPLE_WRITE) || who_everywhere(q->who, MAY_PEOPLE))
		return E_OK;
	TRY(look(q, MAY_PEOPLE, &d));
	tally_all(d.picture, &d.within, &t);
	struct coming x = look_ahead(q, &d, date_add_months(q->c->today, 12), DUE_RETIREMENT);
	for (int k = 0; k < DUE_SANCTION_END; k++)
		due += x.counts[k];
	HTML(&q->html, "<ul class=\"counts\">");
	count(q, t.all.people, N_("people in your units"), "/people");
	count(q, x.counts[DUE_RETIREMENT], N_("leave within a year"), "/due?kind=retirement&months=12");
	count(q, due, N_("matters fall due within a year"), "/due?months=12");
	HTML(&q->html, "</ul>");
	the_next(q, &d, &x);
	counted(q, d.kept);
	return E_OK;
}

/* ---- what lies ahead of me (employee) ---- */

enum err desk_ahead(struct request *q, int64_t id)
{
	(void)id;
	return q->who->person ? ahead_panel(q, q->who->person) : E_OK;
}

/* ---- rounds ---- */

static enum err round_line(struct request *q, const struct round_head *r, const struct round_kind *kind)
{
	struct str title;
	TRY(round_title(q, kind, r->unit, r->as_of, &title));
	HTML(&q->html, "<li>");
	link_text(q, title, "/rounds/%d", (long long)r->id);
	HTML(&q->html, " ");
	tag(q, r->sealed ? TONE_GOOD : TONE_WAIT, r->sealed ? N_("Sealed") : N_("Open"));
	HTML(&q->html, "</li>");
	return E_OK;
}

/* What a decider is asked to seal is open, and its day comes by this one. */
static date seal_by(const struct request *q)
{
	return date_add_months(q->c->today, 3);
}

static bool to_seal(const struct request *q, const struct round_head *r)
{
	return !r->sealed && r->as_of <= seal_by(q);
}

/* The rounds of the reader's units, the newest first: what waits for the reader's seal, or all the others. */
static enum err rounds(struct request *q, bool sealing, size_t *ret_n)
{
	struct round_head *all;
	size_t n;
	*ret_n = 0;
	TRY(round_heads(q->c, &all, &n));
	for (size_t i = 0; i < n && *ret_n < OLDEST; i++) {
		const struct round_kind *kind = round_kind_named(q, all[i].kind);
		enum round_reach decides = REACH_NONE, reach;
		if (!kind)
			continue;
		if (to_seal(q, &all[i]))
			TRY(round_reach(q, kind, all[i].unit, MAY_DECIDE, &decides));
		TRY(round_reach(q, kind, all[i].unit, MAY_ROUND, &reach));
		if (sealing ? decides == REACH_NONE : decides != REACH_NONE || reach == REACH_NONE)
			continue;
		if (!(*ret_n)++)
			HTML(&q->html, "<ul class=\"inbox\">");
		TRY(round_line(q, &all[i], kind));
	}
	if (*ret_n)
		HTML(&q->html, "</ul>");
	return E_OK;
}

enum err desk_rounds(struct request *q, int64_t id)
{
	size_t n;
	(void)id;
	TRY(rounds(q, false, &n));
	if (!n && !who_may(q->who, MAY_DECIDE))
		part_empty(q, N_("No round is open for your units."),
			   N_("A round asks who of a unit meets the rules on a day."), N_("Rounds"), "/rounds");
	return E_OK;
}

enum err desk_seal(struct request *q, int64_t id)
{
	size_t n;
	(void)id;
	TRY(rounds(q, true, &n));
	if (!n)
		part_empty(q, N_("No round waits to be sealed in the next three months."),
			   N_("What is sealed stands under Rounds."), NULL, NULL);
	return E_OK;
}

/* On a unit's page: the way to a round for it. */
enum err unit_rounds(struct request *q, int64_t id)
{
	struct str code;
	TRY(key_text(q->c, &unit_entity, id, 0, &code));
	HTML(&q->html, "<p>");
	html_say(&q->html, N_("Who of this unit and of the units below it rises next?"));
	HTML(&q->html, "</p><p class=\"actions\">");
	button_link(q, true, N_("Open a round"), "/rounds?of=%s", terminated(q, code));
	HTML(&q->html, "</p>");
	return E_OK;
}

/* ---- auditor ---- */

/* How often the rules were departed from, by ground; without names. */
static enum err overrides(struct request *q)
{
	struct query all = { .entity = &override_entity, .extent = BELIEVED };
	int ground = entity_field(&override_entity, "ground");
	struct record **rows;
	size_t n, counted_rows = 0;
	TRY(read_all(q->c, &all, &rows, &n));
	HTML(&q->html, "<ul class=\"counts\"><li><div><strong>");
	html_int(&q->html, (int64_t)n);
	HTML(&q->html, "</strong> <span>");
	html_say(&q->html, N_("decisions that depart from the rules"));
	HTML(&q->html, "</span></div></li>");
	for (int64_t code = 0; counted_rows < n; code++) {
		int64_t least = INT64_MAX, of_ground = 0;
		for (size_t i = 0; i < n; i++) {
			int64_t at = record_get(rows[i], ground, 0);
			if (at >= code && at < least)
				least = at;
		}
		for (size_t i = 0; i < n; i++)
			of_ground += record_get(rows[i], ground, 0) == least;
		code = least;
		counted_rows += (size_t)of_ground;
		HTML(&q->html, "<li><div><strong>");
		html_int(&q->html, of_ground);
		HTML(&q->html, "</strong> <span>");
		html_text(&q->html, part_code(q, least));
		HTML(&q->html, "</span></div></li>");
	}
	HTML(&q->html, "</ul>");
	return E_OK;
}

enum err desk_sample(struct request *q, int64_t id)
{
	(void)id;
	if (who_everywhere(q->who, MAY_AUDIT))
		TRY(overrides(q));
	HTML(&q->html, "<p class=\"actions\">");
	button_link(q, false, N_("Draw a sample and check it"), "/proof/sample");
	HTML(&q->html, " ");
	button_link(q, true, N_("Proof"), "/proof");
	HTML(&q->html, "</p>");
	return E_OK;
}
