/* enter_page.c - the forms by which a record is entered, changed or corrected, and their saving. */
#include "face/enter.h"

#include "entity/change.h"
#include "face/inside.h"
#include "face/timeline.h"

void entering_frame(struct request *q, const struct entering *s, const char *title)
{
	struct str list = face_list_address(q, s->thing);
	struct str home = s->id ? face_address(q, s->thing, s->id) : (struct str){ 0 };
	struct crumb crumbs[2] = { { .words = face_list_words(q, s->thing), .href = terminated(q, list) },
				   { .text = s->name, .href = home.n ? terminated(q, home) : NULL } };
	frame_begin(q, &(struct frame){ .title = str_of(SAY(q, title)),
					.sub = str_of(SAY(q, s->e->help)),
					.crumbs = crumbs,
					.ncrumbs = s->id ? 2 : 1 });
}

void entering_note(struct request *q, const struct entering *s, const struct record *r)
{
	if (r && s->closed && entity_has_closed(r->entity))
		request_noted(q, s->id, r->entity->name);
}

/* ---- the form ---- */
static void how_controls(struct request *q, const struct entering *s)
{
	char day[DATE_TEXT];
	struct choice changed[] = { { STR(HOW_CHANGED), str_of(SAY(q, N_("It changed on a day"))) },
				    { STR(HOW_WRONGLY), str_of(SAY(q, N_("It was recorded wrongly"))) } };
	struct choice wrongly[] = { { STR(HOW_WRONGLY), str_of(SAY(q, N_("What is written is wrong"))) },
				    { STR(HOW_NEVER), str_of(SAY(q, N_("It never was so"))) } };
	bool change = s->kind == ENTER_CHANGE && !s->e->timeless;
	/* What is of every day cannot change on one. */
	if (s->e->timeless)
		form_hidden(q, FORM_HOW, STR(HOW_WRONGLY));
	else
		form_control(
			q, &(struct control_ask){
				   .name = FORM_HOW,
				   .label = N_("What happened?"),
				   .hint = change ? N_("A change keeps what was before. A correction replaces what was "
						       "never so.")
						  : NULL,
				   .kind = C_RADIO,
				   .value = change ? (struct str){ 0 } : s->how,
				   .required = true,
				   .choices = change ? changed : wrongly,
				   .nchoices = 2 });
	if (change)
		form_control(
			q, &(struct control_ask){ .name = "valid_from",
						  .label = N_("It changed on"),
						  .hint = N_("The day from which it holds. Needed for a change."),
						  .kind = C_DATE,
						  .value = str_of(arena_copy(q->arena, date_text(q->c->today, day))) });
	form_control(q, &(struct control_ask){
				.name = "why",
				.label = N_("Why was it wrong?"),
				.hint = N_("Needed for a correction. It stays readable beside what was wrong."),
				.kind = C_NOTE,
				.value = s->why,
				.required = !change,
				.most = 1000 });
}

static enum err form(struct request *q, const struct entering *s, const struct record *r)
{
	date on = r->valid_from == DATE_NONE ? q->c->today : r->valid_from;
	form_begin(q, &(struct form){ 0 }, "");
	form_hidden(q, FORM_SEEN, str_of(arena_printf(q->arena, "%lld", (long long)s->seen)));
	form_hidden(q, FORM_STEP, STR("check"));
	if (s->kind != ENTER_CHANGE)
		form_days(q, r);
	form_record(q, s->e, r, on, s->closed);
	if (s->e->kind == THING)
		TRY(form_children(q, s, on));
	if (s->kind == ENTER_CHANGE || s->kind == ENTER_CORRECT)
		how_controls(q, s);
	form_end(q, N_("Check the answers"));
	return E_OK;
}

static const char *title_of(const struct entering *s)
{
	switch (s->kind) {
	case ENTER_THING:
		return N_("Enter a new one");
	case ENTER_CHANGE:
		return N_("Change");
	case ENTER_CORRECT:
		return N_("Correct what was recorded wrongly");
	case ENTER_FACT:
		break;
	}
	return s->e->title;
}

/* What is written already: nobody enters it twice, and what is wrong there is corrected instead. */
static enum err stands_already(struct request *q, const struct entering *s)
{
	struct timeline t;
	struct moment now = AS_OF_NOW;
	TRY(timeline_read_one(q, s->e, s->id, now, &t));
	if (!t.n)
		return E_OK;
	sheet_begin(q, N_("What is written already"));
	TRY(timeline_draw(q, &t, s->key));
	sheet_end(q);
	return E_OK;
}

static enum err form_page(struct request *q, struct entering *s)
{
	const struct record *r = s->shown;
	struct record *fresh = record_new(q->c->arena, s->e);
	fresh->owner = s->e->owner ? s->id : 0;
	entering_note(q, s, r);
	if (!r)
		r = fresh;
	entering_frame(q, s, title_of(s));
	drawing_of(q)->asked = s->e;
	part_problems(q);
	TRY(form(q, s, r));
	sheet_end(q);
	if (s->kind == ENTER_FACT)
		TRY(stands_already(q, s));
	frame_end(q);
	return E_OK;
}

static enum err draw(struct request *q, enum entering_kind kind)
{
	struct entering s;
	struct conflict x;
	TRY(entering_read(q, kind, &s));
	if (request_posted(q) && q->status == 409 && entering_conflict(&s, &x)) {
		conflict_draw(q, &s, &x);
		return E_OK;
	}
	if (!request_posted(q) && request_flag(q, "check") && drawing_of(q)->ndraft) {
		enum err typed = entering_typed(q, &s);
		if (typed == E_OK)
			return check_answers(q, &s);
		if (typed != E_INVALID)
			return typed;
	}
	return form_page(q, &s);
}

/* The version that the form is about, where it is not that of today. */
static const char *version_asked(struct request *q)
{
	char day[DATE_TEXT];
	date of = request_date(q, "of");
	return of == DATE_NONE ? "" : arena_printf(q->arena, "&of=%s", date_text(of, day));
}

/* ---- saving ---- */
static bool same_key(const struct record *a, const struct record *b)
{
	const struct entity *e = a->entity;
	bool keyed = false;
	for (int i = 0; i < e->nfields; i++) {
		if (!(e->fields[i].flags & (KEY | LANE)))
			continue;
		keyed = true;
		if (!value_eq(&a->v[i], &b->v[i]))
			return false;
	}
	bool day = e->kind != EVENT || e->day_in_key || !keyed;
	return !day || a->valid_from == b->valid_from;
}

/* Under another key it is another fact: the wrong one never was. */
static enum err correct(struct request *q, struct entering *s)
{
	if (str_is(s->how, HOW_NEVER))
		return change_withdraw(q->c, s->old, s->why);
	if (same_key(s->old, s->r))
		return change_correct(q->c, s->r, s->why);
	TRY(change_withdraw(q->c, s->old, s->why));
	s->r->id = 0;
	s->r->why = s->why;
	return change_save(q->c, s->r);
}

static enum err save_one(struct request *q, struct entering *s)
{
	if (s->kind == ENTER_CORRECT)
		return correct(q, s);
	if (s->kind == ENTER_CHANGE && str_is(s->how, HOW_WRONGLY))
		return change_correct(q->c, s->r, s->why);
	return change_save(q->c, s->r);
}

/* Nothing was typed into the record itself that differs from what stands. */
static bool same_as_base(const struct entering *s)
{
	const struct record *base = s->base;
	if (!base || str_is(s->how, HOW_NEVER))
		return false;
	for (int i = 0; i < s->e->nfields; i++)
		if (!value_eq(&base->v[i], &s->r->v[i]))
			return false;
	return s->kind == ENTER_CHANGE || (base->valid_from == s->r->valid_from && base->until == s->r->until);
}

/* The parts of a thing, in the same entry. */
static enum err save_children(struct request *q, struct entering *s)
{
	for (size_t i = 0; i < s->nchildren; i++) {
		struct child *x = &s->children[i];
		x->r->owner = s->id ? s->id : s->r->id;
		if (x->old && str_is(s->how, HOW_WRONGLY)) {
			TRY(change_correct(q->c, x->r, s->why));
			continue;
		}
		x->r->id = 0;
		TRY(change_save(q->c, x->r));
	}
	return E_OK;
}

/* What a module does together with the saving, when its button was pressed. */
static enum err also(struct request *q, const struct entering *s)
{
	struct str wanted = request_form(q, FORM_ALSO);
	if (!wanted.n || str_is(s->how, HOW_NEVER))
		return E_OK;
	for (const struct consequence *const *set = face_of(q)->consequences; set && *set; set++)
		for (const struct consequence *c = *set; c->of; c++)
			if (c->of == s->e && c->also)
				TRY(c->also(q, s->base, s->r, wanted));
	return E_OK;
}

static enum err save_all(struct request *q, struct entering *s)
{
	if (!s->nchildren || !same_as_base(s))
		TRY(save_one(q, s));
	TRY(save_children(q, s));
	return also(q, s);
}

static const char *action_of(const struct entering *s)
{
	static const char *const names[] = { [ENTER_THING] = "page.new",
					     [ENTER_CHANGE] = "page.change",
					     [ENTER_FACT] = "page.enter",
					     [ENTER_CORRECT] = "page.correct" };
	return names[s->kind];
}

static enum err in_change(struct request *q, struct entering *s, int64_t *ret_position)
{
	TRY(change_begin(q->c, action_of(s), s->id));
	return change_settle(q->c, save_all(q, s), ret_position);
}

static enum err save(struct request *q, struct entering *s)
{
	CLEANUP(buf_release) struct buf number = BUF_INIT;
	int64_t position;
	TRY(in_change(q, s, &position));
	TRY(form_done(q));
	say_int(q->lang, position, &number);
	request_tell(q, arena_printf(q->arena, SAY(q, N_("Saved. Receipt %s.")), buf_str(&number)));
	int64_t id = s->id ? s->id : s->r->id;
	struct str home = face_address(q, s->thing, id);
	request_see_again(q, home.n ? home : face_list_address(q, s->thing));
	return E_OK;
}

/* Parts of a thing that is not there yet are checked when both are saved. */
static bool children_sound(struct request *q, struct entering *s)
{
	bool sound = true;
	for (size_t i = 0; i < s->nchildren && s->id; i++) {
		struct record *r = record_copy(q->c->arena, s->children[i].r);
		r->owner = s->id;
		sound = record_check(q->c, s->children[i].old, r) && sound;
	}
	return sound;
}

static bool told(const struct problems *p, const char *column)
{
	for (size_t i = 0; i < p->kept; i++)
		if (p->list[i].column && column && text_is(p->list[i].column, column))
			return true;
	return false;
}

/* A cell that cannot be read must not hide what else is wrong: all of it is said at once. */
static void what_else(struct request *q, const struct entering *s)
{
	struct problems more CLEANUP(problems_release) = PROBLEMS_INIT, *first = q->c->problems;
	if (!s->r || str_is(s->how, HOW_NEVER))
		return;
	more.lang = first->lang;
	q->c->problems = &more;
	(void)!record_check(q->c, s->base, record_copy(q->c->arena, s->r));
	q->c->problems = first;
	for (size_t i = 0; i < more.kept; i++)
		if (!told(first, more.list[i].column))
			problem_add(first, more.list[i]);
}

static enum err sound(struct request *q, struct entering *s)
{
	enum err typed = entering_typed(q, s);
	if (typed == E_INVALID)
		what_else(q, s);
	TRY(typed);
	if (!s->nchildren && same_as_base(s)) {
		problem_at(q->c->problems, NULL, 0, NULL,
			   "nothing differs from what stands already; change what is wrong, or leave this page");
		return E_INVALID;
	}
	/* What never was need fit no rule. */
	if (str_is(s->how, HOW_NEVER))
		return E_OK;
	bool sound = record_check(q->c, s->base, record_copy(q->c->arena, s->r));
	return sound && children_sound(q, s) ? E_OK : E_INVALID;
}

static enum err write_down(struct request *q, enum entering_kind kind)
{
	struct entering s;
	struct conflict x;
	struct str path = address_path(q);
	int64_t draft;
	TRY(entering_read(q, kind, &s));
	if (entering_conflict(&s, &x)) {
		problem_at(q->c->problems, NULL, 0, NULL,
			   "somebody else wrote here since you opened the form; look at both and choose");
		return E_CONFLICT;
	}
	if (str_is(request_form(q, FORM_STEP), "save")) {
		TRY(entering_typed(q, &s));
		return save(q, &s);
	}
	TRY(sound(q, &s));
	TRY(form_keep(q, &draft));
	request_see_again(q, str_of(arena_printf(q->arena, "%.*s?check=1&draft=%lld%s", (int)path.n, path.p,
						 (long long)draft, version_asked(q))));
	return E_OK;
}

/* ---- the four pages ---- */
enum err enter_page_new(struct request *q)
{
	return draw(q, ENTER_THING);
}

enum err enter_page_new_write(struct request *q)
{
	return write_down(q, ENTER_THING);
}

enum err enter_page_change(struct request *q)
{
	return draw(q, ENTER_CHANGE);
}

enum err enter_page_change_write(struct request *q)
{
	return write_down(q, ENTER_CHANGE);
}

enum err enter_page_fact(struct request *q)
{
	return draw(q, ENTER_FACT);
}

enum err enter_page_fact_write(struct request *q)
{
	return write_down(q, ENTER_FACT);
}

enum err enter_page_correct(struct request *q)
{
	return draw(q, ENTER_CORRECT);
}

enum err enter_page_correct_write(struct request *q)
{
	return write_down(q, ENTER_CORRECT);
}
