/* rounds_page.c - all rounds that concern the reader's units, and opening one. */
#include "face/round_page.h"

/* ---- the list ---- */

static const struct head heads[] = {
	{ N_("Round"), NULL, false, NULL },     { N_("State"), NULL, false, NULL },
	{ N_("Considered"), NULL, true, NULL }, { N_("Meets all"), NULL, true, NULL },
	{ N_("Rules"), NULL, false, NULL },
};

/* Where the round is not wholly within reach, figures would count people outside it. */
static enum err row_of(struct request *q, const struct round_kind *kind, const struct round_head *h, bool whole)
{
	struct str title;
	TRY(round_title(q, kind, h->unit, h->as_of, &title));
	row_begin(q);
	cell_begin(q, false);
	link_text(q, title, "/rounds/%d", (long long)h->id);
	cell_end(q);
	cell_begin(q, false);
	tag(q, h->sealed ? TONE_GOOD : TONE_WAIT, h->sealed ? N_("Sealed") : N_("Open"));
	cell_end(q);
	if (h->sealed && whole) {
		cell_int(q, h->considered);
		cell_int(q, h->count[MEETS]);
	} else {
		for (int i = 0; i < 2; i++) { /* nothing is counted before the seal */
			cell_begin(q, true);
			HTML(&q->html, "–");
			cell_end(q);
		}
	}
	cell_begin(q, false);
	policy_link(q, kind, h->policy);
	cell_end(q);
	row_end(q);
	return E_OK;
}

static enum err list(struct request *q)
{
	struct round_head *all;
	size_t n, shown = 0;
	TRY(round_heads(q->c, &all, &n));
	for (size_t i = 0; i < n; i++) {
		const struct round_kind *kind = round_kind_named(q, all[i].kind);
		enum round_reach reach = REACH_NONE;
		if (kind)
			TRY(round_reach(q, kind, all[i].unit, MAY_ROUND, &reach));
		if (reach == REACH_NONE)
			continue;
		if (shown++ == 0)
			table_begin(q, N_("Rounds, the newest first"), heads, COUNT(heads));
		TRY(row_of(q, kind, &all[i], reach == REACH_WHOLE));
	}
	if (shown)
		table_end(q);
	else
		part_empty(q, N_("No round has been opened for your units yet."),
			   who_may(q->who, MAY_ROUND_WORK)
				   ? N_("A round asks who of a unit meets the rules on a day. Open the first one "
					"below; nothing is decided until it is sealed.")
				   : N_("A round asks who of a unit meets the rules on a day. Your personnel office "
					"opens it."),
			   NULL, NULL);
	return E_OK;
}

/* ---- opening ---- */

static void ask_policy(struct request *q, const struct round_kind *kind)
{
	struct rules *rules CLEANUP(rules_free_p) = NULL;
	struct choice choices[32] = { 0 };
	size_t n = 0;
	if (q->c->policy && rules_at(q->c->policy, NULL, 0, q->c->today, &rules) == E_OK)
		n = policy_choices(q, rules, kind, (struct str){ 0 }, choices, COUNT(choices));
	if (!n)
		return;
	form_control(q, &(struct control_ask){ .name = "policy",
					       .label = N_("By which rules"),
					       .kind = C_CHOICE,
					       .choices = choices,
					       .nchoices = n,
					       .value = choices[0].value,
					       .required = true });
}

static void ask_kind(struct request *q)
{
	struct choice choices[16];
	size_t n = 0;
	for (const struct round_kind *const *k = face_of(q)->rounds; *k && n < COUNT(choices); k++)
		choices[n++] = (struct choice){ str_of((*k)->name), str_of(say(q->lang, (*k)->title)) };
	if (n == 1)
		form_hidden(q, "kind", choices[0].value);
	else
		form_control(q, &(struct control_ask){ .name = "kind",
						       .label = N_("Kind of round"),
						       .kind = C_RADIO,
						       .choices = choices,
						       .nchoices = n,
						       .required = true });
}

/* The next period on or after today. */
static struct str next_day(struct request *q, const struct round_kind *kind)
{
	struct rules *rules CLEANUP(rules_free_p) = NULL;
	char text[DATE_TEXT];
	date next = DATE_NONE;
	if (!q->c->policy || rules_at(q->c->policy, NULL, 0, q->c->today, &rules) != E_OK)
		return (struct str){ 0 };
	if (kind->period(rules, q->c->today, &next))
		next = q->c->today;
	return str_of(arena_copy(q->arena, date_text(next, text)));
}

static void open_form(struct request *q)
{
	const struct round_kind *first = face_of(q)->rounds[0];
	if (!first || !who_may(q->who, MAY_ROUND_WORK))
		return;
	sheet_begin(q, N_("Open a round"));
	form_begin(q, &(struct form){ 0 }, "/rounds");
	part_problems(q);
	ask_kind(q);
	form_control(q, &(struct control_ask){
				.name = first->unit->name,
				.label = N_("Unit"),
				.hint = N_("Its name or code. Everybody of the unit and of all units below it "
					   "is considered."),
				.kind = C_LOOKUP,
				.value = request_param(q, "of"),
				.required = true,
				.most = 100 });
	form_suggest(q, first->unit, first->unit->name);
	form_control(
		q, &(struct control_ask){ .name = "as-of",
					  .label = N_("Day of the round"),
					  .hint = N_("The day from which a rise would hold, one of the periods of the "
						     "rules."),
					  .kind = C_DATE,
					  .value = next_day(q, first),
					  .required = true });
	ask_policy(q, first);
	form_end(q, N_("Open the round"));
	sheet_end(q);
}

enum err rounds_page_draw(struct request *q)
{
	frame_begin(q, &(struct frame){ 0 });
	TRY(list(q));
	sheet_end(q);
	open_form(q);
	frame_end(q);
	return E_OK;
}

/* NULL: nothing was typed. */
static const char *given(struct request *q, const char *name)
{
	struct str s = request_form(q, name);
	return s.n ? terminated(q, s) : NULL;
}

/* Within the reach of the right to work on rounds, the whole of the unit. */
static bool whole_unit(struct request *q, const struct round_kind *kind, const char *unit)
{
	struct order_range range;
	int64_t id;
	if (key_find(q->c, kind->unit, str_of(unit), &id) != E_OK || tree_range(q->c, kind->unit, id, &range) != E_OK)
		return who_everywhere(q->who, MAY_ROUND_WORK); /* the engine says what is wrong with the code */
	q->c->actor.on_behalf = who_behalf_at(q->who, MAY_ROUND_WORK, range.low);
	return who_may_at(q->who, MAY_ROUND_WORK, range.low);
}

/* Its code as typed, or that of the one unit with these words for its name. */
static const char *unit_asked(struct request *q, const struct entity *unit)
{
	struct str typed = str_trim(request_form(q, unit->name)), key;
	int64_t id, only;
	size_t n = 0;
	bool more;
	if (typed.n && key_find(q->c, unit, typed, &id) == E_MISSING &&
	    face_search(q, unit, typed, &only, 1, &n, &more) == E_OK && n == 1 && !more &&
	    key_text(q->c, unit, only, 0, &key) == E_OK)
		return terminated(q, key);
	return typed.n ? terminated(q, typed) : NULL;
}

enum err rounds_page_write(struct request *q)
{
	const struct round_kind *kind = round_kind_named(q, request_form(q, "kind"));
	const struct entity *unit = face_of(q)->rounds[0]->unit;
	const char *where = unit->name;
	struct round_ask ask = { given(q, "kind"), given(q, "policy"), unit_asked(q, unit), DATE_NONE };
	int64_t id;
	if (!kind)
		problem_at(q->c->problems, NULL, 0, "kind", "no kind of round is chosen; choose one");
	if (!ask.unit)
		problem_at(q->c->problems, NULL, 0, where,
			   "no unit is given; write its name or code, as in the organisation");
	else if (kind && !whole_unit(q, kind, ask.unit))
		problem_at(
			q->c->problems, NULL, 0, where,
			"no single unit among those that you work for is called \"%s\"; write the code of one of them",
			ask.unit);
	if (!date_parse(request_form(q, "as-of"), &ask.as_of))
		problem_at(q->c->problems, NULL, 0, "as-of", "no day is given; write it as year-month-day, 2008-10-01");
	if (q->c->problems->count)
		return E_INVALID;
	enum err e = round_open(q->c, face_of(q)->rounds, &ask, &id);
	if (e == E_OK) {
		request_tell(q, say(q->lang, N_("The round is open. Nothing is decided until it is sealed.")));
		request_see(q, "/rounds/%d", (long long)id);
	}
	return e == E_MISSING ? E_INVALID : e;
}
