/* round_words.c - a round in the words of its readers. */
#include "face/round_words.h"

const char *outcome_words(enum outcome o)
{
	static const char *const words[] = {
		[MEETS] = N_("Meets all"),
		[INCOMPLETE] = N_("Papers missing"),
		[NOT_YET] = N_("Not yet"),
		[OTHER_KIND] = N_("Other kind"),
	};
	return words[o];
}

enum tone outcome_tone(enum outcome o)
{
	static const enum tone tones[] = {
		[MEETS] = TONE_GOOD, [INCOMPLETE] = TONE_WAIT, [NOT_YET] = TONE_NOTE, [OTHER_KIND] = TONE_NOTE
	};
	return tones[o];
}

enum err round_title(struct request *q, const struct round_kind *kind, struct str unit, date as_of, struct str *ret)
{
	struct buf day CLEANUP(buf_release) = BUF_INIT;
	struct str name = unit;
	int64_t id;
	enum err e = key_find(q->c, kind->unit, unit, &id);
	if (e == E_OK)
		e = part_name(q->c, kind->unit, id, (struct moment){ as_of, 0 }, &name);
	if (e != E_OK && e != E_MISSING)
		return e;
	say_date(q->lang, as_of, &day);
	/* a kind of round, its day, its unit */
	*ret = str_of(arena_printf(q->arena, say(q->lang, N_("%s of %s, %.*s")), say(q->lang, kind->title),
				   buf_str(&day), (int)name.n, name.p));
	return E_OK;
}

/* From which round on time alone will have done it: the period on or after the last day on which a condition that is
 * not yet met completes. DATE_NONE: time alone does not. */
static date in_time(const struct round *r, const struct candidate *k)
{
	date last = DATE_NONE, next = DATE_NONE;
	for (size_t i = 0; i < r->policy->ncriteria; i++) {
		const struct verdicts *v = round_verdicts(r, i, k);
		if (v->met[k->at] == LACKING || (v->met[k->at] == NO && v->complete_on[k->at] == NONE))
			return DATE_NONE;
		if (v->met[k->at] == NO && v->complete_on[k->at] > last)
			last = v->complete_on[k->at];
	}
	if (last == DATE_NONE)
		return DATE_NONE;
	return r->kind->period(r->rules, last, &next) ? last : next;
}

static void override_words(struct request *q, const struct round_kind *kind, const struct candidate *k)
{
	struct str ground = ground_label(q, kind, k->override);
	HTML(&q->html, " <span class=\"under\">");
	html_sayf(&q->html, "decided otherwise: %.*s", (int)ground.n, ground.p);
	HTML(&q->html, "</span>");
}

/* "Apr 2010": rounds are of a month, and a column is narrow. */
static void month_words(struct request *q, date d, struct buf *out)
{
	struct buf day CLEANUP(buf_release) = BUF_INIT;
	say_date_short(q->lang, d, &day);
	const char *gap = strchr(buf_str(&day), ' ');
	buf_text(out, gap ? gap + 1 : buf_str(&day));
}

void outcome_tag(struct request *q, const struct round *r, const struct candidate *k)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	date then = k->decided == NOT_YET && !k->override.n ? in_time(r, k) : DATE_NONE;
	buf_text(&words, say(q->lang, outcome_words(k->decided)));
	if (then != DATE_NONE) {
		buf_text(&words, ": ");
		month_words(q, then, &words);
	}
	tag_text(q, outcome_tone(k->decided), str_of(buf_str(&words)));
	if (k->override.n)
		override_words(q, r->kind, k);
}

static const char *met_words(unsigned char met)
{
	static const char *const words[] = {
		[NO] = N_("not yet"), [YES] = N_("met"), [LACKING] = N_("missing"), [NOT_ASKED] = N_("not asked")
	};
	return words[met];
}

/* Newest first, side by side; one that is not stated keeps its place. */
static void percents_words(struct request *q, const struct verdicts *v, size_t at, struct buf *out)
{
	for (int i = 0; i < 2 && v->value[i][at] != NOT_LOOKED_AT; i++) {
		buf_text(out, i ? " · " : "");
		if (v->value[i][at] == NONE)
			buf_text(out, "–");
		else
			say_percent(q->lang, v->value[i][at], out);
	}
}

static bool steps_of(const struct round_kind *kind, const struct judge *j)
{
	return j->value == V_CODE && kind->steps && text_is(j->value_of, kind->steps);
}

/* In few letters, for a column: months as years and months, ratings side by side, steps by their codes. */
static void value_words(struct request *q, const struct round *r, size_t i, const struct candidate *k, struct buf *out)
{
	const struct judge *j = r->policy->criteria[i].judge;
	const struct verdicts *v = round_verdicts(r, i, k);
	if (j && j->value == V_MONTHS && v->value[0][k->at] != NONE) {
		/* years and months in rank, as short as can be read */
		buf_printf(out, say(q->lang, N_("%d y %d m")), v->value[0][k->at] / 12, v->value[0][k->at] % 12);
		return;
	}
	if (j && j->value == V_PERCENTS)
		percents_words(q, v, k->at, out);
	else if (j)
		round_value(r, i, k, steps_of(r->kind, j) ? NULL : q->lang, out);
}

static enum tone met_tone(unsigned char met)
{
	static const enum tone tones[] = {
		[NO] = TONE_BAD, [YES] = TONE_GOOD, [LACKING] = TONE_WAIT, [NOT_ASKED] = TONE_NOTE
	};
	return tones[met];
}

void verdict_tag(struct request *q, unsigned char met)
{
	tag(q, met_tone(met), met_words(met));
}

struct str step_label(struct request *q, const struct round_kind *kind, struct str code)
{
	const struct codes *codes = q->c->codes;
	int64_t number = kind->steps ? codes->number(codes->arg, kind->steps, code) : 0;
	struct str label = number ? codes->label(codes->arg, number, lang_tag(q->lang)) : code;
	return label.n ? label : code;
}

struct str policy_label(struct request *q, const struct round_kind *kind, struct str name)
{
	return kind && kind->policies ? part_label(q, kind->policies, name) : name;
}

void policy_link(struct request *q, const struct round_kind *kind, struct str name)
{
	link_text(q, policy_label(q, kind, name), "/rules/policies/%s/%s", kind->name, terminated(q, name));
}

size_t policy_choices(struct request *q, const struct rules *r, const struct round_kind *kind, struct str but,
		      struct choice *ret, size_t most)
{
	struct buf names CLEANUP(buf_release) = BUF_INIT;
	size_t n = 0;
	rules_policy_names(r, kind->name, &names);
	char *save = NULL, *at = strtok_r(arena_copy(q->arena, buf_str(&names)), ", ", &save);
	for (; at && n < most; at = strtok_r(NULL, ", ", &save)) {
		const struct ruleset *p = rules_policy(r, kind->name, at);
		struct choice *one = &ret[n];
		if (str_is(but, at))
			continue;
		*one = (struct choice){ str_of(at), policy_label(q, kind, str_of(at)) };
		if (p && p->by_default) {
			const char *label = terminated(q, one->label);
			one->label = str_of(arena_printf(q->arena, say(q->lang, N_("%s (usual)")), label));
			struct choice usual = *one;
			*one = ret[0];
			ret[0] = usual;
		}
		n++;
	}
	return n;
}

struct str ground_label(struct request *q, const struct round_kind *kind, struct str code)
{
	return kind->grounds ? part_label(q, kind->grounds, code) : code;
}

void round_why(struct request *q, const struct round *r, const struct candidate *k, enum audience who, struct buf *out)
{
	size_t from = out->n;
	for (size_t i = 0; i < r->policy->ncriteria && who != FOR_OTHER; i++) {
		if (!round_decides(r, i, k))
			continue;
		buf_text(out, out->n > from ? "; " : "");
		round_sentence(r, i, k, who, q->lang, out);
	}
	if (out->n == from)
		round_reason_for_others(r, k, q->lang, out);
}

void file_way(struct request *q, const struct round *r, const struct candidate *k, bool button)
{
	const struct entity *person = r->kind->inputs->person;
	struct str file = face_address(q, person, k->person);
	bool closed;
	if (face_may_see(q, person, k->person, &closed) != E_OK || !file.n)
		return;
	if (button)
		HTML(&q->html, "<a class=\"button quiet\"");
	else
		HTML(&q->html, "<a");
	html_attr(&q->html, "href", file);
	HTML(&q->html, ">");
	html_say(&q->html, N_("Open the file"));
	HTML(&q->html, "</a>");
}

void verdict_cell(struct request *q, const struct round *r, size_t i, const struct candidate *k, enum audience who)
{
	unsigned char met = round_verdicts(r, i, k)->met[k->at];
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	struct buf sentence CLEANUP(buf_release) = BUF_INIT;
	if (met == NOT_ASKED || k->judged == OTHER_KIND) {
		HTML(&q->html, "–");
		return;
	}
	value_words(q, r, i, k, &words);
	if (met == YES) { /* its sentence stands on the person's page: a list of fifty must stay light */
		tag_text(q, TONE_GOOD, words.n ? str_of(buf_str(&words)) : str_of(say(q->lang, met_words(met))));
		return;
	}
	round_sentence(r, i, k, who, q->lang, &sentence);
	HTML(&q->html, "<details><summary>");
	tag(q, met_tone(met), met_words(met));
	HTML(&q->html, "</summary><div>");
	html_text(&q->html, (struct str){ sentence.p, sentence.n });
	HTML(&q->html, "</div></details>");
}

size_t round_short(const struct round *r, const struct candidate *k)
{
	size_t n = 0;
	for (size_t i = 0; i < r->policy->ncriteria; i++) {
		unsigned char met = round_verdicts(r, i, k)->met[k->at];
		n += met == NO || met == LACKING;
	}
	return n;
}

/* ---- what a page is about ---- */

enum err round_of_page(struct request *q, const char *with, const struct held **ret)
{
	struct round_head head;
	enum round_reach reach;
	TRY(round_head(q->c, request_number(q, "round"), &head));
	const struct round_kind *kind = round_kind_named(q, head.kind);
	if (!kind)
		return E_MISSING;
	TRY(round_reach(q, kind, head.unit, q->page->see ? q->page->see : MAY_ROUND, &reach));
	/* The own case stands on pages about one person only. */
	if (reach == REACH_NONE && (q->page->see || !q->who->person || !who_may(q->who, MAY_OWN)))
		return E_MISSING;
	return round_hold(q, head.id, with, ret);
}

enum err candidate_of_page(struct request *q, const struct held *h, const struct candidate **ret)
{
	const struct entity *person = h->round->kind->inputs->person;
	int64_t id;
	TRY(key_find(q->c, person, request_param(q, "number"), &id));
	const struct candidate *k = round_candidate(h->round, id);
	if (!k || !held_sees(q, h, k))
		return E_MISSING;
	*ret = k;
	return E_OK;
}
