/* password_page.c - choosing another password, and what was typed when a session ended. */
#include "access/password.h"
#include "modules/duty/duty_page.h"

enum outcome_of { CHANGED, WRONG_NOW, MUST_WAIT };
struct chosen {
	enum outcome_of what;
	char hash[PASSWORD_TEXT];
};

enum err password_page_draw(struct request *q)
{
	frame_begin(q, &(struct frame){ 0 });
	if (q->who->must_change) {
		HTML(&q->html, "<p class=\"box note\">");
		html_say(&q->html, N_("You came in with a word for one use. Choose a password of your own; after that "
				      "everything is open."));
		HTML(&q->html, "</p>");
	}
	part_problems(q);
	form_begin(q, &(struct form){ .quiet = true }, "/password");
	if (!q->who->must_change)
		form_control(q, &(struct control_ask){ .name = "now",
						       .label = N_("Password of now"),
						       .kind = C_SECRET,
						       .required = true,
						       .autocomplete = "current-password" });
	form_control(
		q, &(struct control_ask){ .name = "new",
					  .label = N_("New password"),
					  .hint = N_("Ten letters or more. Three words that do not belong together are "
						     "easy to keep and hard to guess."),
					  .kind = C_SECRET,
					  .required = true,
					  .most = PASSWORD_MOST,
					  .autocomplete = "new-password" });
	form_control(q, &(struct control_ask){ .name = "again",
					       .label = N_("New password once more"),
					       .kind = C_SECRET,
					       .required = true,
					       .most = PASSWORD_MOST,
					       .autocomplete = "new-password" });
	form_end(q, N_("Change the password"));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* ---- choosing ---- */

static enum err name_of(struct request *q, struct str *ret)
{
	return key_text(q->c, &user_entity, q->who->actor.user, 0, ret);
}

static enum err look(struct request *q, struct chosen *k)
{
	struct record *p;
	struct str name;
	int64_t wait;
	TRY(name_of(q, &name));
	TRY(wait_of(q->c, name, request_address(q), &wait));
	TRY(password_of(q->c, q->who->actor.user, &p));
	if (wait)
		k->what = MUST_WAIT;
	else if (!q->who->must_change &&
		 !password_fits(request_form(q, "now"),
				arena_text(q->arena, p->v[PASSWORD_HASH].t.p, p->v[PASSWORD_HASH].t.n)))
		k->what = WRONG_NOW;
	return E_OK;
}

static void refused(struct request *q, const char *why)
{
	const char *todo = strstr(why, "; ");
	char *what = arena_text(q->arena, why, todo ? (size_t)(todo - why) : strlen(why));
	problem_add(q->c->problems, (struct problem){ .column = "new", .what = what, .todo = todo ? todo + 2 : NULL });
}

enum err password_page_prepare(struct request *q)
{
	struct chosen *k = ARENA_NEW(q->arena, struct chosen);
	struct str fresh = request_form(q, "new"), known[2] = { q->who->name };
	request_keep(q, k);
	TRY(name_of(q, &known[1]));
	const char *why = password_refused(fresh, known, COUNT(known));
	if (why)
		refused(q, say(q->lang, why));
	if (!str_eq(fresh, request_form(q, "again")))
		problem_in(q, "again", "the two are not the same; type the new password again");
	if (q->c->problems->count)
		return E_INVALID;
	TRY(look(q, k));
	return k->what == CHANGED ? password_hash(fresh, k->hash) : E_OK;
}

static enum err again(struct request *q, int status)
{
	q->status = status;
	return q->page->draw(q);
}

static enum err change(struct request *q, const char *hash)
{
	struct record *settings;
	struct str cookie, name;
	TRY(name_of(q, &name));
	TRY(settings_of(q->c, q->who->actor.user, &settings));
	TRY(user_set_password(q->c, q->who->actor.user, hash, false));
	TRY(wait_over(q->c, name));
	TRY(session_begin(q->c,
			  &(struct session_ask){ .user = q->who->actor.user,
						 .shared = q->who->shared,
						 .tour = record_get(settings, SETTING_TOUR, 0) < TOUR_DONE,
						 .lang = q->who->lang },
			  &cookie));
	cookie_session(q, cookie);
	request_tell(q, say(q->lang, N_("Your password is changed. Elsewhere you are signed out.")));
	request_see(q, "/");
	return E_OK;
}

enum err password_page_write(struct request *q)
{
	const struct chosen *k = request_kept(q);
	struct str name;
	TRY(name_of(q, &name));
	if (k->what == MUST_WAIT) {
		problem_in(q, "now",
			   "after several wrong passwords you have to wait; try again in a quarter of an hour");
		return again(q, 429);
	}
	if (k->what == WRONG_NOW) {
		TRY(wait_longer(q->c, name, request_address(q)));
		problem_in(q, "now", "this is not your password of now; type it again");
		return again(q, 422);
	}
	return change(q, k->hash);
}

/* ---- what was typed when the session had ended ---- */

static struct str part(struct str *rest, char until)
{
	const char *end = rest->n ? memchr(rest->p, until, rest->n) : NULL;
	struct str first = { rest->p, end ? (size_t)(end - rest->p) : rest->n };
	size_t gone = first.n + (end != NULL);
	*rest = (struct str){ rest->p + gone, rest->n - gone };
	return first;
}

static void typed(struct request *q, struct str form)
{
	while (form.n) {
		struct str value = part(&form, '&'), name = part(&value, '='), n, v;
		if (url_decode(q->arena, name, &n) && url_decode(q->arena, value, &v) && !str_is(n, FORM_TOKEN))
			form_hidden(q, arena_text(q->arena, n.p, n.n), v);
	}
}

static void offer(struct request *q, const struct record *r)
{
	struct html *h = &q->html;
	struct str path = site_next(q->site, r->v[KEPT_PATH].t);
	HTML(h, "<p>");
	html_say(h,
		 N_("Your session had ended when you sent a form. What you typed was not saved, but kept. Send it now, "
		    "or leave it; it is thrown away after a day."));
	HTML(h, "</p><form method=\"post\"");
	html_attr(h, "action", path);
	HTML(h, ">");
	form_hidden(q, FORM_TOKEN, request_form_token(q));
	typed(q, r->v[KEPT_FORM].t);
	HTML(h, "<p class=\"actions\">");
	form_button(q, N_("Send it now"), NULL, NULL, false);
	HTML(h, "<a class=\"button quiet\"");
	html_attr(h, "href", path);
	HTML(h, ">");
	html_say(h, N_("Open the page without it"));
	HTML(h, "</a></p></form>");
}

/* Several people may use one browser: what one of them typed is no other's. */
enum err kept_form_of(struct request *q, int64_t user, struct record **ret)
{
	struct str key = request_cookie(q, COOKIE_DRAFT);
	struct value is = { .set = true, .t = kept_hash(q->c->arena, key, kept_form_entity.name) };
	if (!key.n)
		return E_MISSING;
	TRY(plain_find(q->c, &kept_form_entity, KEPT_HASH, &is, ret));
	return record_get(*ret, KEPT_USER, 0) == user ? E_OK : E_MISSING;
}

enum err kept_page_draw(struct request *q)
{
	struct record *r;
	enum err e = kept_form_of(q, q->who->actor.user, &r);
	if (e != E_OK && e != E_MISSING)
		return e;
	if (e == E_OK)
		request_set_cookie(q, COOKIE_DRAFT, (struct str){ 0 }, -1);
	frame_begin(q, &(struct frame){ 0 });
	if (e == E_OK)
		offer(q, r);
	else
		part_empty(q, N_("No form waits for you."),
			   N_("What you send is kept when a session ends while you type."), N_("To the desk"), "/");
	sheet_end(q);
	frame_end(q);
	return E_OK;
}
