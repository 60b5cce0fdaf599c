/* users_page.c - who may sign in: the list, and a new user. */
#include "entity/change.h"
#include "entity/list.h"
#include "modules/duty/duty_page.h"

#define SHOWN 50
#define COUNTED 1000
#define FOUND 200

static const struct head heads[] = {
	{ N_("Name"), N_("sign-in name") },
	{ N_("Own file") },
	{ N_("Duties") },
	{ N_("State") },
};

/* What a user may do now, a line a duty. */
static enum err duties(struct request *q, int64_t user)
{
	struct record **list;
	size_t n, drawn = 0;
	TRY(read_all(q->c,
		     &(struct query){ .entity = &user_duty_entity, .owner = user, .at = AS_OF_NOW, .extent = HOLDING },
		     &list, &n));
	for (size_t i = 0; i < n; i++) {
		struct str words;
		if (record_get(list[i], DUTY_STATE, DUTY_HELD) != DUTY_HELD)
			continue;
		TRY(role_words(q->c, record_get(list[i], DUTY_ROLE, 0), q->lang, &words));
		if (drawn++)
			HTML(&q->html, "<br>");
		html_text(&q->html, words);
		HTML(&q->html, ": ");
		TRY(over_draw(q, record_get(list[i], DUTY_UNIT, 0)));
	}
	return E_OK;
}

static enum err row(struct request *q, const struct list_row *r)
{
	const char *code = arena_text(q->arena, r->code.p, r->code.n);
	row_begin(q);
	cell_begin(q, false);
	link_text(q, r->v[NOW_NAME].t, "/duty/user/%s", code);
	HTML(&q->html, "<span class=\"under\">");
	html_cstr(&q->html, code);
	HTML(&q->html, "</span>");
	cell_end(q);
	cell_begin(q, false);
	if (r->v[NOW_PERSON].set)
		part_record(q, &person_entity, r->v[NOW_PERSON].i, false);
	cell_end(q);
	cell_begin(q, false);
	TRY(duties(q, r->id));
	cell_end(q);
	cell_begin(q, false);
	if (r->v[NOW_STATUS].set && r->v[NOW_STATUS].i == USER_CLOSED)
		tag(q, TONE_WAIT, N_("closed"));
	else
		tag(q, TONE_GOOD, N_("open"));
	cell_end(q);
	row_end(q);
	return E_OK;
}

/* The system's own actors never sign in. */
static enum err rows(struct request *q)
{
	struct str words = str_trim(request_param(q, "q"));
	struct list_where where[2] = {
		{ .column = LIST_ID, .how = LIST_IN, .low = ACTOR_STORY + 1, .high = INT64_MAX }
	};
	struct list_ask ask = {
		.of = &user_now_projection, .where = where, .nwhere = 1, .sort = NOW_NAME_FOLD, .limit = SHOWN
	};
	int64_t *ids = ARENA_ARRAY(q->arena, int64_t, FOUND), total;
	struct list_row *list;
	size_t n = 0;
	bool more;
	if (words.n) {
		TRY(search(q->c, &user_entity, words, ids, FOUND - 1, &n));
		if (key_find(q->c, &user_entity, words, &ids[n]) == E_OK)
			n++;
		where[ask.nwhere++] = (struct list_where){ .column = LIST_ID, .how = LIST_ANY, .any = ids, .nany = n };
	}
	part_page_key(q, &ask.after);
	TRY(list_rows(q->c, &ask, &list, &n, &more));
	if (!n) {
		part_empty(q, N_("No user is found."), N_("Write fewer letters of the name, or make a new user."),
			   N_("A new user"), "/duty/new");
		return E_OK;
	}
	TRY(list_count(q->c, &ask, COUNTED, &total));
	table_begin(q, N_("Users"), heads, COUNT(heads));
	for (size_t i = 0; i < n; i++)
		TRY(row(q, &list[i]));
	table_end(q);
	struct list_key next = { .text = list[n - 1].v[NOW_NAME_FOLD].t, .id = list[n - 1].id };
	part_pager(q, (int64_t)n, total, COUNTED, more ? &next : NULL);
	return E_OK;
}

enum err users_page_draw(struct request *q)
{
	frame_begin(q, &(struct frame){ 0 });
	form_begin(q, &(struct form){ .get = true }, "/duty");
	form_control(q, &(struct control_ask){ .name = "q",
					       .label = N_("Name or sign-in name"),
					       .kind = C_TEXT,
					       .value = request_param(q, "q") });
	form_end(q, N_("Find"));
	HTML(&q->html, "<p class=\"actions\">");
	button_link(q, false, N_("A new user"), "/duty/new");
	button_link(q, true, N_("Sign-in letters"), "/duty/letters");
	HTML(&q->html, "</p>");
	sheet_end(q);
	sheet_begin(q, NULL);
	TRY(rows(q));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* ---- a new user ---- */

enum err new_user_page_draw(struct request *q)
{
	struct choice *roles;
	size_t n;
	TRY(role_choices(q, &roles, &n));
	frame_begin(q, &(struct frame){ 0 });
	part_problems(q);
	form_begin(q, &(struct form){ 0 }, "/duty/new");
	form_control(q, &(struct control_ask){ .name = "code",
					       .label = N_("Sign-in name"),
					       .hint = N_("The staff number, or a short name. It never changes."),
					       .kind = C_TEXT,
					       .required = true,
					       .most = 32 });
	form_control(q, &(struct control_ask){
				.name = "name", .label = N_("Name"), .kind = C_TEXT, .required = true, .most = 200 });
	form_control(
		q, &(struct control_ask){
			   .name = "person", .label = N_("Staff number of the own file"), .kind = C_TEXT, .most = 32 });
	form_control(q, &(struct control_ask){ .name = "role",
					       .label = N_("Role"),
					       .kind = C_CHOICE,
					       .required = true,
					       .choices = roles,
					       .nchoices = n,
					       .value = STR("employee") });
	form_control(q, &(struct control_ask){ .name = "unit",
					       .label = N_("Over which unit (code)"),
					       .hint = N_("With all units below it. Empty: the whole service."),
					       .kind = C_TEXT,
					       .most = 32 });
	form_end(q, N_("Make the user"));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

static enum err make(struct request *q, const struct duty_ask *duty, int64_t person)
{
	struct duty_ask ask = *duty;
	int64_t position;
	TRY(change_begin(q->c, "user.new", 0));
	enum err e = user_add(q->c, str_trim(request_form(q, "code")), str_trim(request_form(q, "name")), person,
			      q->c->today, &ask.user);
	if (e == E_OK)
		e = user_give(q->c, &ask);
	return change_settle(q->c, e, &position);
}

enum err new_user_page_write(struct request *q)
{
	struct duty_ask ask = { .from = q->c->today, .until = DATE_NONE };
	int64_t person, there;
	struct str code = str_trim(request_form(q, "code"));
	TRY(field_key(q, "person", &person_entity, &person));
	TRY(field_key(q, "role", &user_role_entity, &ask.role));
	TRY(field_key(q, "unit", &unit_entity, &ask.unit));
	if (!code.n)
		problem_in(q, "code", "the sign-in name is missing; give the staff number or a short name");
	else if (key_find(q->c, &user_entity, code, &there) == E_OK)
		problem_in(q, "code", "somebody has this sign-in name already; take another one");
	if (!ask.role && !q->c->problems->count)
		problem_in(q, "role", "the role is missing; choose one");
	if (q->c->problems->count)
		return E_INVALID;
	TRY(make(q, &ask, person));
	TRY(form_done(q));
	request_tell(q, say(q->lang, N_("The user is made. Now print the letter with the word for the first time.")));
	request_see(q, "/duty/user/%s", arena_text(q->arena, code.p, code.n));
	return E_OK;
}
