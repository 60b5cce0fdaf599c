/* own_page.c - what users see and settle about themselves: own file, language, this computer, the first steps. */
#include "modules/duty/duty_page.h"

enum err user_name(struct ctx *c, int64_t user, struct str *ret)
{
	struct record *r;
	enum err e = read_thing(c, &user_entity, user, AS_OF_NOW, &r);
	*ret = e == E_OK ? r->v[USER_NAME].t : (struct str){ 0 };
	return e == E_MISSING ? E_OK : e;
}

enum err user_set_lang(struct ctx *c, const struct who *w, struct str tag)
{
	struct record *settings, *s;
	TRY(settings_of(c, w->actor.user, &settings));
	record_text(settings, SETTING_LANG, tag);
	TRY(plain_save(c, settings));
	if (!w->session)
		return E_OK;
	TRY(plain_read(c, &user_session_entity, w->session, &s));
	record_text(s, SESSION_LANG, tag);
	return plain_save(c, s);
}

/* ---- the own file ---- */

enum err mine_page_draw(struct request *q)
{
	struct str at = q->who->person ? face_address(q, &person_entity, q->who->person) : (struct str){ 0 };
	if (at.n) {
		request_see_again(q, at);
		return E_OK;
	}
	frame_begin(q, &(struct frame){ 0 });
	part_empty(q, N_("No file belongs to you as a user."),
		   N_("If you are a civil servant, ask whoever manages users in your office to connect your file."),
		   NULL, NULL);
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* ---- settings ---- */

static void language(struct request *q)
{
	struct choice list[16];
	size_t n = 0;
	for (size_t i = 0; langs[i] && n < COUNT(list); i++)
		if (lang_complete(langs[i]))
			list[n++] = (struct choice){ str_of(lang_tag(langs[i])), str_of(lang_name(langs[i])) };
	form_control(q, &(struct control_ask){ .name = "lang",
					       .label = N_("Language"),
					       .kind = C_RADIO,
					       .required = true,
					       .choices = list,
					       .nchoices = n,
					       .value = str_of(lang_tag(q->lang)) });
}

static enum err duties(struct request *q)
{
	static const struct head heads[] = {
		{ N_("May") },
		{ N_("Over") },
		{ N_("In the place of") },
	};
	table_begin(q, N_("What you may do, and where"), heads, COUNT(heads));
	for (size_t i = 0; i < q->who->nreach; i++) {
		const struct reach *r = &q->who->reach[i];
		struct str whose = { 0 };
		if (r->delegated_by)
			TRY(user_name(q->c, r->delegated_by, &whose));
		row_begin(q);
		cell_begin(q, false);
		rights_draw(q, r->rights);
		cell_end(q);
		cell_begin(q, false);
		TRY(over_draw(q, r->unit));
		cell_end(q);
		cell_text(q, whose);
		row_end(q);
	}
	table_end(q);
	return E_OK;
}

enum err settings_page_draw(struct request *q)
{
	frame_begin(q, &(struct frame){ .sub = q->who->name });
	part_problems(q);
	form_begin(q, &(struct form){ .quiet = true }, "/settings");
	language(q);
	form_control(q, &(struct control_ask){ .name = "shared",
					       .label = N_("Several people use this computer"),
					       .hint = N_("You are signed out after five quiet minutes."),
					       .kind = C_CHECK,
					       .value = q->who->shared ? STR("true") : STR("") });
	form_end(q, N_("Keep"));
	sheet_end(q);
	sheet_begin(q, N_("Your password and what reads for you"));
	HTML(&q->html, "<p class=\"actions\">");
	button_link(q, true, N_("Change the password"), "/password");
	button_link(q, true, N_("I am away"), "/away");
	button_link(q, true, N_("Programs that read for me"), "/tokens");
	button_link(q, true, N_("The first steps"), "/tour");
	HTML(&q->html, "</p>");
	form_begin(q, &(struct form){ .quiet = true }, "/settings");
	form_hidden(q, "elsewhere", STR("out"));
	form_end(q, N_("Sign out everywhere else"));
	sheet_end(q);
	sheet_begin(q, N_("What you may do, and where"));
	TRY(duties(q));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

static enum err set_shared(struct request *q, bool shared)
{
	struct record *s;
	if (!q->who->session)
		return E_OK;
	TRY(plain_read(q->c, &user_session_entity, q->who->session, &s));
	record_int(s, SESSION_SHARED, shared);
	int64_t soon = clock_now_us() + session_most(true);
	if (shared && soon < s->v[SESSION_ENDS].i) /* never later than it would have ended */
		record_int(s, SESSION_ENDS, soon);
	return plain_save(q->c, s);
}

enum err settings_page_write(struct request *q)
{
	const struct lang *l = lang_find(request_form(q, "lang"));
	if (request_form(q, "elsewhere").n) {
		TRY(sessions_end(q->c, q->who->actor.user, q->who->session));
		request_tell(q, say(q->lang, N_("Everywhere else you are signed out.")));
	} else if (!l || !lang_complete(l)) {
		problem_in(q, "lang", "this is no language of these pages; choose one of the list");
		return E_INVALID;
	} else {
		TRY(user_set_lang(q->c, q->who, str_of(lang_tag(l))));
		TRY(set_shared(q, request_form(q, "shared").n > 0));
		request_tell(q, say(l, N_("Kept.")));
	}
	request_see(q, "/settings");
	return E_OK;
}
