/* review_page.c - reviews asked: beside the saving of a late fact, on the desk, at the round, at the person; and their
 * answer. */
#include "base/number.h"
#include "entity/change.h"
#include "face/round_words.h"
#include "modules/career/career_page.h"
#include "modules/career/review.h"

#define OFFERED 3 /* rounds */
#define SHOWN 100

/* Those who decide rounds, and those who prepare them, where the person stands. */
static enum err may_see(void *arg, int64_t person, bool *ret)
{
	struct request *q = arg;
	int64_t order;
	bool scoped;
	enum err e = scope_of(q->c, &person_entity, person, &scoped, &order);
	*ret = e == E_OK && (who_may_at(q->who, MAY_DECIDE, order) || who_may_at(q->who, MAY_ROUND_WORK, order));
	return e == E_MISSING ? E_OK : e;
}

/* ---- beside "Save" ---- */

/* Whether a round is sealed, its day is not before the fact's, and its unit is or stands above the person's. */
static enum err concerns(struct request *q, const struct round_head *r, int64_t person, date from, bool *ret)
{
	struct order_range range = { 0 };
	int64_t unit, order;
	bool scoped;
	*ret = false;
	if (!r->sealed || r->as_of < from)
		return E_OK;
	TRY(scope_of(q->c, &person_entity, person, &scoped, &order));
	enum err e = key_find(q->c, &unit_entity, r->unit, &unit);
	if (e == E_OK)
		e = tree_range(q->c, &unit_entity, unit, &range);
	*ret = e == E_OK && range.low <= order && order <= range.high && who_may_at(q->who, MAY_ROUND, order);
	return e == E_MISSING ? E_OK : e;
}

enum err review_concerned(struct request *q, int64_t person, date from, struct round_head **ret, size_t *ret_n)
{
	struct round_head *all;
	size_t n, kept = 0;
	TRY(round_heads(q->c, &all, &n));
	for (size_t i = 0; i < n; i++) {
		bool is;
		TRY(concerns(q, &all[i], person, from, &is));
		if (is)
			all[kept++] = all[i];
	}
	*ret = all;
	*ret_n = kept;
	return E_OK;
}

static bool asked_already(const struct review *list, size_t n, int64_t round)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].round == round && !list[i].answer)
			return true;
	return false;
}

static date effect(const struct record *old, const struct record *new)
{
	return old && old->valid_from < new->valid_from ? old->valid_from : new->valid_from;
}

static int64_t person_of(const struct record *r)
{
	return r->entity->kind == THING ? r->id : r->owner;
}

enum err review_offer(struct request *q, const struct record *old, const struct record *new)
{
	struct round_head *rounds;
	struct review *asked;
	size_t n, nasked;
	int64_t person = person_of(new);
	if (!person)
		return E_OK;
	TRY(review_concerned(q, person, effect(old, new), &rounds, &n));
	TRY(review_list(q->c, person, 0, &asked, &nasked));
	for (size_t i = 0; i < n && i < OFFERED; i++) {
		struct buf day CLEANUP(buf_release) = BUF_INIT;
		if (asked_already(asked, nasked, rounds[i].id))
			continue;
		say_date(q->lang, rounds[i].as_of, &day);
		HTML(&q->html, "<button type=\"submit\" class=\"quiet\" name=\"" FORM_ALSO "\"");
		html_attr_cstr(&q->html, "value", arena_printf(q->arena, "%lld", (long long)rounds[i].id));
		HTML(&q->html, ">");
		html_sayf(&q->html, N_("Save and ask for review of round %lld of %s"), (long long)rounds[i].id,
			  buf_str(&day));
		HTML(&q->html, "</button> ");
	}
	return E_OK;
}

enum err review_also(struct request *q, const struct record *old, const struct record *saved, struct str value)
{
	struct round_head *rounds;
	size_t n;
	int64_t round, person = person_of(saved);
	if (!number_parse(value, &round))
		return E_MISSING;
	TRY(review_concerned(q, person, effect(old, saved), &rounds, &n));
	for (size_t i = 0; i < n; i++) {
		if (rounds[i].id != round)
			continue;
		enum err e = review_ask(q->c, person, round, saved);
		return e == E_CONFLICT ? E_OK : e; /* it is asked already: saving is what is left to do */
	}
	return E_MISSING;
}

/* ---- a list of them ---- */

static const struct head heads[] = {
	{ N_("Person") }, { N_("Round") }, { N_("What was learnt") }, { N_("Asked on") }, { N_("Answer") },
};

/* A kind that is confidential is not named: who asks for what is no reason to open it. */
static void learnt(struct request *q, const struct review *v)
{
	struct str name = v->asked->v[REVIEW_FACT].t;
	const struct entity *e = registry_entity(q->c->registry, terminated(q, name));
	if (!e || fact_hidden(e, false)) {
		html_say(&q->html, N_("in the confidential part of the file"));
		return;
	}
	html_say(&q->html, e->title);
	HTML(&q->html, " <span class=\"under\">");
	html_date(&q->html, (date)record_get(v->asked, REVIEW_FACT_FROM, 0));
	HTML(&q->html, "</span>");
}

static enum err round_link(struct request *q, int64_t id)
{
	struct round_head r;
	struct str title = str_of(arena_printf(q->arena, "%lld", (long long)id));
	enum err e = round_head(q->c, id, &r);
	const struct round_kind *kind = e == E_OK ? round_kind_named(q, r.kind) : NULL;
	if (e != E_OK && e != E_MISSING)
		return e;
	if (kind)
		TRY(round_title(q, kind, r.unit, r.as_of, &title));
	link_text(q, title, "/rounds/%d", (long long)id);
	return E_OK;
}

static enum err answer(struct request *q, const struct review *v)
{
	struct str number;
	TRY(key_text(q->c, &person_entity, v->person, 0, &number));
	if (v->answer) {
		const struct field *f = &round_review_answer_entity.fields[ANSWER_DECIDED];
		tag(q, TONE_NOTE, part_word(q, f, record_get(v->answer, ANSWER_DECIDED, 0)));
		HTML(&q->html, "<span class=\"under\">");
		html_text(&q->html, v->answer->v[ANSWER_NOTE].t);
		HTML(&q->html, "</span>");
	} else {
		bool scoped;
		int64_t order;
		TRY(scope_of(q->c, &person_entity, v->person, &scoped, &order));
		if (who_may_at(q->who, MAY_DECIDE, order))
			link_say(q, N_("Answer it"), "/reviews/%s/%d", terminated(q, number), (long long)v->number);
		else
			tag(q, TONE_WAIT, N_("waits for the decider"));
	}
	return E_OK;
}

static enum err row_of(struct request *q, const struct review *v, bool of_round)
{
	row_begin(q);
	cell_begin(q, false);
	part_record(q, &person_entity, v->person, true);
	cell_end(q);
	if (!of_round) {
		cell_begin(q, false);
		TRY(round_link(q, v->round));
		cell_end(q);
	}
	cell_begin(q, false);
	learnt(q, v);
	cell_end(q);
	cell_date(q, v->asked->valid_from);
	cell_begin(q, false);
	TRY(answer(q, v));
	cell_end(q);
	row_end(q);
	return E_OK;
}

/* On the person's own page: about which round, since what, and where it stands. */
static enum err request_line(struct request *q, const struct review *v)
{
	HTML(&q->html, "<li>");
	html_say(&q->html, N_("Review of"));
	HTML(&q->html, " ");
	TRY(round_link(q, v->round));
	HTML(&q->html, " ");
	TRY(answer(q, v));
	HTML(&q->html, "<div class=\"under\">");
	html_say(&q->html, N_("What was learnt"));
	HTML(&q->html, ": ");
	learnt(q, v);
	HTML(&q->html, "</div></li>");
	return E_OK;
}

/* Of those that wait for an answer, as many as are wanted. */
static enum err waiting(struct request *q, const struct kept *k, struct review *ret, size_t most, size_t *ret_n)
{
	size_t n, kept = 0;
	const struct review *list = review_open_list(k, &n);
	for (size_t i = 0; i < n && kept < most; i++) {
		bool sees;
		TRY(may_see(q, list[i].person, &sees));
		if (sees)
			ret[kept++] = list[i];
	}
	*ret_n = kept;
	return E_OK;
}

/* Those within reach; the others are not there. */
static enum err within(struct request *q, struct review *list, size_t *n, bool open)
{
	size_t kept = 0;
	for (size_t i = 0; i < *n; i++) {
		bool sees;
		if (open && list[i].answer)
			continue;
		TRY(may_see(q, list[i].person, &sees));
		if (sees)
			list[kept++] = list[i];
	}
	*n = kept;
	return E_OK;
}

static enum err table(struct request *q, const struct review *list, size_t n, bool of_round)
{
	struct head shown[COUNT(heads)];
	size_t nheads = 0;
	for (size_t i = 0; i < COUNT(heads); i++)
		if (!of_round || i != 1)
			shown[nheads++] = heads[i];
	table_begin(q, N_("For whom, and why"), shown, nheads);
	for (size_t i = 0; i < n && i < SHOWN; i++)
		TRY(row_of(q, &list[i], of_round));
	table_end(q);
	return E_OK;
}

enum err reviews_page_draw(struct request *q)
{
	struct kept *open CLEANUP(keep_let_go) = NULL;
	struct review list[SHOWN + 1];
	size_t n, answered;
	TRY(review_open(q->c, &open));
	TRY(waiting(q, open, list, SHOWN + 1, &n));
	bool more = n > SHOWN;
	TRY(review_answered(q->c, may_see, q, list + n, SHOWN + 1 - n, &answered));
	n += answered;
	frame_begin(q, &(struct frame){ 0 });
	if (n)
		TRY(table(q, list, n, false));
	else
		part_empty(q, N_("No review is asked."),
			   N_("Where a late decree reaches back before a sealed round, the page that checks it offers "
			      "to ask for one."),
			   NULL, NULL);
	if (more) {
		HTML(&q->html, "<p>");
		html_say(&q->html, N_("More wait than are shown here; the next ones appear when these are answered."));
		HTML(&q->html, "</p>");
	}
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* ---- panels ---- */

enum err desk_reviews(struct request *q, int64_t id)
{
	struct kept *open CLEANUP(keep_let_go) = NULL;
	size_t n;
	(void)id;
	if (!who_may(q->who, MAY_DECIDE) && !who_may(q->who, MAY_ROUND_WORK))
		return E_OK;
	TRY(review_open(q->c, &open));
	(void)review_open_list(open, &n);
	struct review *list = ARENA_ARRAY(q->arena, struct review, n + 1);
	TRY(waiting(q, open, list, n, &n));
	if (!n)
		return E_OK;
	HTML(&q->html, "<ul class=\"counts\"><li><div><strong>");
	html_int(&q->html, (int64_t)n);
	HTML(&q->html, "</strong> ");
	link_say(q, who_may(q->who, MAY_DECIDE) ? N_("wait for an answer") : N_("wait for the decider"), "/reviews");
	HTML(&q->html, "</div></li></ul>");
	return E_OK;
}

enum err round_reviews(struct request *q, int64_t id)
{
	struct review *list;
	size_t n;
	TRY(review_list(q->c, 0, id, &list, &n));
	TRY(within(q, list, &n, false));
	return n ? table(q, list, n, true) : E_OK;
}

enum err person_reviews(struct request *q, int64_t id)
{
	struct review *list;
	size_t n;
	TRY(review_list(q->c, id, 0, &list, &n));
	TRY(within(q, list, &n, true));
	if (!n)
		return E_OK;
	HTML(&q->html, "<ul class=\"inbox\">");
	for (size_t i = 0; i < n; i++)
		TRY(request_line(q, &list[i]));
	HTML(&q->html, "</ul>");
	return E_OK;
}

/* ---- the answer ---- */

static enum err review_of_page(struct request *q, struct review *ret, int64_t *ret_person)
{
	struct review *list;
	size_t n;
	int64_t order;
	bool scoped;
	TRY(key_find(q->c, &person_entity, request_param(q, "person"), ret_person));
	TRY(scope_of(q->c, &person_entity, *ret_person, &scoped, &order));
	if (!who_may_at(q->who, MAY_DECIDE, order))
		return E_MISSING;
	TRY(review_list(q->c, *ret_person, 0, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].number == request_number(q, "number")) {
			*ret = list[i];
			return E_OK;
		}
	return E_MISSING;
}

static void answer_form(struct request *q, const char *person, int64_t number)
{
	struct choice choices[] = {
		{ STR("stays"), str_of(say(q->lang, N_("It stays as it was decided"))) },
		{ STR("anew"), str_of(say(q->lang, N_("It is to be decided anew"))) },
	};
	form_begin(q, &(struct form){ 0 }, "/reviews/%s/%d", person, (long long)number);
	form_control(q, &(struct control_ask){ .name = "decided",
					       .label = N_("Your answer"),
					       .kind = C_RADIO,
					       .required = true,
					       .choices = choices,
					       .nchoices = COUNT(choices) });
	form_control(q, &(struct control_ask){
				.name = "note",
				.label = N_("Reason"),
				.hint = N_("Read by those who prepare and decide rounds. It stays with the request."),
				.kind = C_NOTE,
				.required = true,
				.most = 2000 });
	form_end(q, N_("Answer the request"));
}

enum err review_page_draw(struct request *q)
{
	struct review v;
	int64_t person;
	struct str name;
	struct crumb way[] = { { .words = N_("Reviews asked"), .href = "/reviews" } };
	TRY(review_of_page(q, &v, &person));
	TRY(part_name(q->c, &person_entity, person, AS_OF_NOW, &name));
	frame_begin(q, &(struct frame){ .sub = name, .crumbs = way, .ncrumbs = 1 });
	part_problems(q);
	TRY(table(q, &v, 1, false));
	HTML(&q->html, "<p class=\"source\">");
	TRY(part_receipt(q, v.asked->known_from));
	HTML(&q->html, "</p><p class=\"actions\">");
	const char *number = terminated(q, request_param(q, "person"));
	button_link(q, true, N_("What the round decided, and what was learnt since"), "/rounds/%d/people/%s",
		    (long long)v.round, number);
	HTML(&q->html, " ");
	button_link(q, true, N_("Service book"), "/people/%s/book", number);
	HTML(&q->html, "</p>");
	sheet_end(q);
	if (!v.answer) {
		next_begin(q, N_("Next: answer it"));
		HTML(&q->html, "<p>");
		html_say(&q->html, N_("The sealed round is not changed by either answer. To be decided anew means: "
				      "whoever prepares rounds opens a new one that takes this person up, on what is "
				      "known now."));
		HTML(&q->html, "</p>");
		answer_form(q, number, v.number);
		sheet_end(q);
	}
	frame_end(q);
	return E_OK;
}

static enum err typed(struct request *q, int *ret, struct str *ret_note)
{
	struct str decided = request_form(q, "decided");
	*ret_note = str_trim(request_form(q, "note"));
	*ret = str_is(decided, "stays") ? ANSWER_STAYS : ANSWER_ANEW;
	if (*ret == ANSWER_ANEW && !str_is(decided, "anew"))
		problem_at(q->c->problems, NULL, 0, "decided", "no answer is chosen; choose one of the two");
	if (!ret_note->n)
		problem_at(q->c->problems, NULL, 0, "note", "no reason is given; say why");
	return q->c->problems->count ? E_INVALID : E_OK;
}

enum err review_page_write(struct request *q)
{
	struct review v;
	struct str note;
	int64_t person, position;
	int decided;
	TRY(review_of_page(q, &v, &person));
	TRY(typed(q, &decided, &note));
	TRY(change_begin(q->c, "review.answer", person));
	enum err e = change_settle(q->c, review_answer(q->c, person, v.number, decided, note), &position);
	if (e == E_CONFLICT)
		problem_at(q->c->problems, NULL, 0, NULL, "somebody answered it before you; read the answer above");
	TRY(e);
	TRY(form_done(q));
	request_tell(q, say(q->lang, N_("Answered. Whoever prepares the round reads it there.")));
	request_see(q, "/rounds/%d", (long long)v.round);
	return E_OK;
}
