/* in_page.c - signing in and out. Unknown names and wrong passwords are told in the same words and take the same time.
 */
#include "access/password.h"
#include "access/secret.h"
#include "modules/duty/duty_page.h"

/* What prepare() found: in the pool, before anything is written. */
struct attempt {
	int64_t user; /* 0: nobody of this name */
	int64_t wait; /* microseconds until the next attempt; 0: it was made */
	bool fits, once;
	const char *better; /* a hash with the settings of now; NULL: the kept one is good */
};

void cookie_session(struct request *q, struct str value)
{
	request_set_cookie(q, COOKIE_SESSION, value, value.n ? 0 : -1);
}

/* ---- drawing ---- */

static void next_hidden(struct request *q)
{
	struct str next = request_form(q, "next");
	if (!next.n)
		next = request_param(q, "next");
	if (next.n)
		form_hidden(q, "next", site_next(q->site, next));
}

static void name_control(struct request *q)
{
	form_control(q, &(struct control_ask){ .name = "name",
					       .label = N_("Sign-in name"),
					       .hint = N_("Usually your staff number."),
					       .kind = C_TEXT,
					       .value = request_form(q, "name"),
					       .required = true,
					       .most = 32,
					       .autocomplete = "username" });
}

static void shared_control(struct request *q)
{
	form_control(q, &(struct control_ask){ .name = "shared",
					       .label = N_("Several people use this computer"),
					       .hint = N_("You are then signed out after five quiet minutes."),
					       .kind = C_CHECK,
					       .value = request_form(q, "shared") });
}

/* The place where the demo says how to come in stands in the guide; here only the way for who has no password. */
enum err in_page_draw(struct request *q)
{
	frame_begin(q, &(struct frame){ 0 });
	part_problems(q);
	form_begin(q, &(struct form){ .quiet = true }, "/in");
	next_hidden(q);
	name_control(q);
	form_control(q, &(struct control_ask){ .name = "password",
					       .label = N_("Password"),
					       .kind = C_SECRET,
					       .required = true,
					       .most = PASSWORD_MOST,
					       .autocomplete = "current-password" });
	shared_control(q);
	form_end(q, N_("Sign in"));
	HTML(&q->html, "<p>");
	link_say(q, N_("I have a letter with a word for one use"), "/activate");
	HTML(&q->html, "</p><p class=\"source\">");
	html_say(&q->html, N_("Password forgotten? Your own personnel office gives you a new letter."));
	HTML(&q->html, "</p>");
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

enum err activate_page_draw(struct request *q)
{
	frame_begin(q, &(struct frame){ 0 });
	part_problems(q);
	form_begin(q, &(struct form){ .quiet = true }, "/activate");
	name_control(q);
	form_control(q, &(struct control_ask){ .name = "word",
					       .label = N_("Word of the letter"),
					       .hint = N_("Ten letters and figures in two groups; capitals or not."),
					       .kind = C_TEXT,
					       .required = true,
					       .most = 20,
					       .autocomplete = "one-time-code" });
	shared_control(q);
	form_end(q, N_("Go on"));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* ---- the attempt ---- */

/* "abcde fghjk" as it stands on the letter: "ABCDE-FGHJK". */
static struct str word_of(struct request *q)
{
	struct str s = request_form(q, "word");
	char *out = arena_alloc(q->arena, LETTER_CODE);
	size_t n = 0;
	for (size_t i = 0; i < s.n && n < 11; i++) {
		char c = s.p[i];
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
			continue;
		if (n == 5)
			out[n++] = '-';
		out[n++] = c;
	}
	return (struct str){ out, n };
}

static struct str given(struct request *q)
{
	return text_is(q->page->path, "/activate") ? word_of(q) : request_form(q, "password");
}

/* Of nobody, so that a name that does not exist takes as long as one that does. */
static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$Ux6OfaEyXSmKQ3A8ZVbEhQ$"
			     "6pzhZC2S0Bti0xwBPcyBWKgI8Y4n0VJrpdbD5VfhYXw";

static enum err look(struct request *q, struct attempt *a, const char **ret_hash)
{
	struct record *p;
	const struct standing_user *s;
	*ret_hash = nobody;
	enum err e = key_find(q->c, &user_entity, request_form(q, "name"), &a->user);
	if (e == E_OK)
		e = password_of(q->c, a->user, &p);
	if (e == E_MISSING) {
		a->user = 0;
		return E_OK;
	}
	TRY(e);
	TRY(standing_of(q->c, a->user, &s));
	bool late = p->v[PASSWORD_ENDS].set && p->v[PASSWORD_ENDS].i < clock_now_us();
	if (!s->may_come || late) {
		a->user = 0;
		return E_OK;
	}
	a->once = p->v[PASSWORD_ONCE].i != 0;
	*ret_hash = arena_text(q->arena, p->v[PASSWORD_HASH].t.p, p->v[PASSWORD_HASH].t.n);
	return E_OK;
}

enum err in_page_prepare(struct request *q)
{
	struct attempt *a = ARENA_NEW(q->arena, struct attempt);
	const char *hash;
	request_keep(q, a);
	TRY(wait_of(q->c, request_form(q, "name"), request_address(q), &a->wait));
	if (a->wait)
		return E_OK;
	TRY(look(q, a, &hash));
	a->fits = password_fits(given(q), hash) && a->user;
	if (!a->fits || !password_stale(hash))
		return E_OK;
	char *better = arena_alloc(q->arena, PASSWORD_TEXT);
	TRY(password_hash(given(q), better));
	a->better = better;
	return E_OK;
}

/* ---- writing ---- */

/* The page again, by us: what is written about the attempt must not be undone. */
static enum err again(struct request *q, int status)
{
	q->status = status;
	return q->page->draw(q);
}

static enum err refuse_wait(struct request *q, int64_t wait)
{
	int64_t seconds = wait / 1000000 + 1;
	request_set_header(q, "Retry-After", str_of(arena_printf(q->arena, "%lld", (long long)seconds)));
	problem_in(q, NULL,
		   "after several wrong passwords the next one has to wait %lld seconds; wait, or ask your personnel "
		   "office for a new letter",
		   (long long)seconds);
	return again(q, 429);
}

static enum err refuse_wrong(struct request *q)
{
	TRY(wait_longer(q->c, request_form(q, "name"), request_address(q)));
	problem_in(q, "name",
		   "the name or the password is not right; look whether the capitals key is on, and try again");
	return again(q, 422);
}

static enum err come_in(struct request *q, const struct attempt *a)
{
	struct record *settings, *kept;
	struct str cookie;
	TRY(settings_of(q->c, a->user, &settings));
	struct str lang = settings->v[SETTING_LANG].set ? settings->v[SETTING_LANG].t : str_of(lang_tag(q->lang));
	struct session_ask ask = { .user = a->user,
				   .shared = request_form(q, "shared").n > 0,
				   .must_change = a->once,
				   .tour = record_get(settings, SETTING_TOUR, 0) < TOUR_DONE,
				   .lang = lang };
	if (q->who && q->who->session)
		TRY(session_end(q->c, q->who->session));
	TRY(wait_over(q->c, request_form(q, "name")));
	if (a->once)
		TRY(password_used(q->c, a->user));
	TRY(session_begin(q->c, &ask, &cookie));
	cookie_session(q, cookie);
	enum err waits = kept_form_of(q, a->user, &kept);
	if (waits != E_OK && waits != E_MISSING)
		return waits;
	if (a->once)
		request_see(q, "/password");
	else if (waits == E_OK)
		request_see(q, "/kept");
	else
		request_see_again(q, request_form(q, "next"));
	return E_OK;
}

enum err in_page_write(struct request *q)
{
	const struct attempt *a = request_kept(q);
	if (a->wait)
		return refuse_wait(q, a->wait);
	if (!a->fits)
		return refuse_wrong(q);
	if (a->better)
		TRY(user_set_password(q->c, a->user, a->better, a->once));
	return come_in(q, a);
}

/* ---- out ---- */

enum err out_page_draw(struct request *q)
{
	frame_begin(q, &(struct frame){ 0 });
	if (q->who) {
		form_begin(q, &(struct form){ .quiet = true }, "/out");
		form_end(q, N_("Sign out"));
	} else {
		HTML(&q->html, "<p class=\"box good\">");
		html_say(&q->html, N_("You are signed out. On a computer that others use, close the window too."));
		HTML(&q->html, "</p>");
		button_link(q, false, N_("Sign in"), "/in");
	}
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

enum err out_page_write(struct request *q)
{
	if (q->who && q->who->session)
		TRY(session_end(q->c, q->who->session));
	cookie_session(q, (struct str){ 0 });
	request_set_cookie(q, COOKIE_DRAFT, (struct str){ 0 }, -1);
	request_see(q, "/out");
	return E_OK;
}
