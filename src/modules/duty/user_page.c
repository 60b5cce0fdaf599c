/* user_page.c - one user: duties, deputies, closing and opening. */
#include "entity/change.h"
#include "modules/duty/duty_page.h"

struct one {
	int64_t id, person;
	const char *code;
	struct record *r;
	bool closed;
};

/* Whom the path names; the system's own actors are no users of pages. */
static enum err user_of_page(struct request *q, struct one *ret)
{
	struct str code = request_param(q, "user");
	struct record *status;
	TRY(key_find(q->c, &user_entity, code, &ret->id));
	if (ret->id <= ACTOR_STORY)
		return E_MISSING;
	TRY(read_thing(q->c, &user_entity, ret->id, AS_OF_NOW, &ret->r));
	TRY(user_person(q->c, ret->id, &ret->person));
	enum err e = read_holding(q->c, &user_status_entity, ret->id, 0, AS_OF_NOW, &status);
	if (e != E_OK && e != E_MISSING)
		return e;
	ret->closed = e == E_OK && record_get(status, USER_STATUS_STATUS, USER_OPEN) == USER_CLOSED;
	ret->code = arena_text(q->arena, code.p, code.n);
	return E_OK;
}

/* ---- drawing ---- */

static const struct head duty_heads[] = {
	{ N_("Role") }, { N_("Over") }, { N_("From") }, { N_("Until") }, { N_("End it") },
};

static void end_button(struct request *q, const struct one *u, const struct record *d)
{
	form_begin(q, &(struct form){ .quiet = true }, "/duty/user/%s", u->code);
	form_hidden(q, "end", str_of(arena_printf(q->arena, "%lld", (long long)record_get(d, DUTY_NUMBER, 0))));
	form_button(q, N_("Ends today"), NULL, NULL, true);
	form_end(q, NULL);
}

static enum err duty_row(struct request *q, const struct one *u, const struct record *d)
{
	struct str words;
	TRY(role_words(q->c, record_get(d, DUTY_ROLE, 0), q->lang, &words));
	row_begin(q);
	cell_text(q, words);
	cell_begin(q, false);
	TRY(over_draw(q, record_get(d, DUTY_UNIT, 0)));
	cell_end(q);
	cell_date(q, d->valid_from);
	cell_date(q, d->until);
	cell_begin(q, false);
	if (d->valid_from <= q->c->today && u->id != q->who->actor.user)
		end_button(q, u, d);
	cell_end(q);
	row_end(q);
	return E_OK;
}

/* What nobody gave and nobody can take here: it follows from a post, and ends with it. */
static enum err acting(struct request *q, const struct one *u)
{
	struct acting a;
	struct str name;
	TRY(acting_of(q->c, u->person, &a));
	if (!a.unit)
		return E_OK;
	TRY(part_name(q->c, &unit_entity, a.unit, AS_OF_NOW, &name));
	HTML(&q->html, "<p class=\"box note\">");
	html_sayf(
		&q->html,
		a.most & MAY_CLOSED
			? N_("Acts for the head of %s (Plt., Plh.) and reads there as the head does, until that "
			     "appointment "
			     "ends.")
			: N_("Acts for the head of %s (Plt., Plh.). Whoever entered that appointment may not read the "
			     "confidential parts there, so it does not open them: let somebody who may look at the "
			     "paper "
			     "and mark it as seen."),
		arena_text(q->arena, name.p, name.n));
	HTML(&q->html, "</p>");
	return E_OK;
}

/* Held now, or given from a day to come; rows stand in order of day, and a later one of its number ends a duty. */
static bool matters(const struct request *q, struct record *const *list, size_t n, size_t i)
{
	const struct record *d = list[i];
	for (size_t k = i + 1; k < n; k++)
		if (record_get(list[k], DUTY_NUMBER, 0) == record_get(d, DUTY_NUMBER, 0) &&
		    list[k]->valid_from <= q->c->today)
			return false;
	return record_get(d, DUTY_STATE, DUTY_HELD) == DUTY_HELD && (d->until == DATE_NONE || d->until >= q->c->today);
}

static enum err duties(struct request *q, const struct one *u)
{
	struct query all = { .entity = &user_duty_entity, .owner = u->id, .at = AS_OF_NOW, .extent = BELIEVED };
	struct record **list;
	size_t n, shown = 0;
	TRY(read_all(q->c, &all, &list, &n));
	for (size_t i = 0; i < n; i++)
		shown += matters(q, list, n, i);
	if (!shown) {
		part_empty(q, N_("This user has no duty."), N_("Without one nothing is open. Give one below."), NULL,
			   NULL);
		return E_OK;
	}
	table_begin(q, N_("Duties"), duty_heads, COUNT(duty_heads));
	for (size_t i = 0; i < n; i++)
		if (matters(q, list, n, i))
			TRY(duty_row(q, u, list[i]));
	table_end(q);
	return E_OK;
}

static enum err give_form(struct request *q, const struct one *u)
{
	struct choice *roles;
	size_t n;
	char today[DATE_TEXT];
	TRY(role_choices(q, &roles, &n));
	form_begin(q, &(struct form){ 0 }, "/duty/user/%s", u->code);
	form_hidden(q, "give", STR("duty"));
	form_control(q, &(struct control_ask){ .name = "role",
					       .label = N_("Role"),
					       .kind = C_CHOICE,
					       .required = true,
					       .choices = roles,
					       .nchoices = n });
	form_control(q, &(struct control_ask){ .name = "unit",
					       .label = N_("Over which unit (code)"),
					       .hint = N_("With all units below it. Empty: the whole service."),
					       .kind = C_TEXT,
					       .most = 32 });
	form_control(q, &(struct control_ask){ .name = "from",
					       .label = N_("From"),
					       .kind = C_DATE,
					       .required = true,
					       .value = str_of(date_text(q->c->today, today)) });
	form_control(q, &(struct control_ask){ .name = "until", .label = N_("Until"), .kind = C_DATE });
	form_end(q, N_("Give the duty"));
	return E_OK;
}

static void state_form(struct request *q, const struct one *u)
{
	form_begin(q, &(struct form){ .quiet = true }, "/duty/user/%s", u->code);
	form_hidden(q, "state", u->closed ? STR("open") : STR("closed"));
	form_control(q,
		     &(struct control_ask){
			     .name = "reason", .label = N_("Reason"), .kind = C_TEXT, .required = true, .most = 400 });
	HTML(&q->html, "<p class=\"actions\"><button type=\"submit\"");
	if (!u->closed)
		HTML(&q->html, " class=\"grave\"");
	HTML(&q->html, ">");
	html_say(&q->html, u->closed ? N_("Open again") : N_("Close: no more signing in"));
	HTML(&q->html, "</button></p>");
	form_end(q, NULL);
}

enum err user_page_draw(struct request *q)
{
	struct one u = { 0 };
	struct crumb way[] = { { .words = N_("Users"), .href = "/duty" } };
	TRY(user_of_page(q, &u));
	frame_begin(
		q, &(struct frame){ .title = u.r->v[USER_NAME].t, .sub = str_of(u.code), .crumbs = way, .ncrumbs = 1 });
	part_problems(q);
	facts_begin(q);
	fact_begin(q, N_("State"));
	tag(q, u.closed ? TONE_WAIT : TONE_GOOD, u.closed ? N_("closed") : N_("open"));
	fact_end(q);
	if (u.person) {
		fact_begin(q, N_("Own file"));
		part_record(q, &person_entity, u.person, true);
		fact_end(q);
	}
	facts_end(q);
	TRY(duties(q, &u));
	TRY(acting(q, &u));
	HTML(&q->html, "<p class=\"actions\">");
	button_link(q, true, N_("A letter with a word for one use"), "/duty/reset?user=%s", u.code);
	HTML(&q->html, "</p>");
	sheet_end(q);
	if (u.id != q->who->actor.user) {
		sheet_begin(q, N_("Another duty"));
		TRY(give_form(q, &u));
		sheet_end(q);
		sheet_begin(q, u.closed ? N_("Let this user in again") : N_("Let this user in no more"));
		state_form(q, &u);
		sheet_end(q);
	}
	frame_end(q);
	return E_OK;
}

/* ---- writing ---- */

static enum err give(struct request *q, const struct one *u)
{
	struct duty_ask ask = { .user = u->id };
	TRY(field_key(q, "role", &user_role_entity, &ask.role));
	TRY(field_key(q, "unit", &unit_entity, &ask.unit));
	ask.from = field_day(q, "from", true);
	ask.until = field_day(q, "until", false);
	if (!ask.role && !q->c->problems->count)
		problem_in(q, "role", "the role is missing; choose one");
	if (ask.until != DATE_NONE && ask.from != DATE_NONE && ask.until < ask.from)
		problem_in(q, "until", "the last day is before the first; correct one of them");
	return q->c->problems->count ? E_INVALID : user_give(q->c, &ask);
}

static enum err take(struct request *q, const struct one *u)
{
	struct str text = request_form(q, "end");
	int64_t number = 0;
	for (size_t i = 0; i < text.n && number < 1000 && text.p[i] >= '0' && text.p[i] <= '9'; i++)
		number = number * 10 + text.p[i] - '0';
	return user_take(q->c, u->id, number, q->c->today);
}

static enum err set_state(struct request *q, const struct one *u)
{
	struct record *s = record_new(q->c->arena, &user_status_entity);
	struct str reason = str_trim(request_form(q, "reason"));
	bool closes = str_is(request_form(q, "state"), "closed");
	if (!reason.n) {
		problem_in(q, "reason", "no reason is given; say why");
		return E_INVALID;
	}
	s->owner = u->id;
	s->valid_from = q->c->today;
	record_int(s, USER_STATUS_STATUS, closes ? USER_CLOSED : USER_OPEN);
	record_text(s, USER_STATUS_REASON, reason);
	if (closes)
		TRY(sessions_end(q->c, u->id, 0));
	enum err e = change_save(q->c, s);
	return e == E_CONFLICT ? change_correct(q->c, s, reason) : e;
}

static enum err write_one(struct request *q, const struct one *u)
{
	if (request_form(q, "give").n)
		return give(q, u);
	if (request_form(q, "end").n)
		return take(q, u);
	if (request_form(q, "state").n)
		return set_state(q, u);
	return E_MISSING;
}

/* Nobody changes the own duties, nor a deputy those of whom they come from: a second pair of eyes does. */
static bool own_duties(const struct request *q, const struct one *u)
{
	return u->id == q->who->actor.user || u->id == who_behalf(q->who, MAY_USERS);
}

enum err user_page_write(struct request *q)
{
	struct one u = { 0 };
	int64_t position;
	TRY(user_of_page(q, &u));
	if (own_duties(q, &u))
		return E_DENIED;
	TRY(change_begin(q->c, "user.duty", u.id));
	TRY(change_settle(q->c, write_one(q, &u), &position));
	TRY(form_done(q));
	request_tell(q, say(q->lang, N_("Written down. It holds from the next page on.")));
	request_see(q, "/duty/user/%s", u.code);
	return E_OK;
}
