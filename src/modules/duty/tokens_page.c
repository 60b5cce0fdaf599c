/* tokens_page.c - secrets by which programs of a user's read and write: never more than the user, and for a time. */
#include "access/secret.h"
#include "base/number.h"
#include "modules/duty/duty_page.h"

#define LIFE 365 /* days at most */

static const struct head heads[] = {
	{ N_("Name") },
	{ N_("Until") },
	{ N_("May") },
	{ N_("End it") },
};

static enum err tokens_of(struct request *q, struct record ***ret, size_t *ret_n)
{
	struct value user = { .set = true, .i = q->who->actor.user };
	return plain_all(q->c, &user_token_entity, TOKEN_USER, &user, ret, ret_n);
}

static void day_of(struct request *q, int64_t us)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	say_instant(q->lang, q->c->zone, us, &b);
	html_text(&q->html, (struct str){ b.p, b.n });
}

static void one(struct request *q, const struct record *t)
{
	row_begin(q);
	cell_text(q, t->v[TOKEN_NAME].t);
	cell_begin(q, false);
	day_of(q, t->v[TOKEN_ENDS].i);
	cell_end(q);
	cell_begin(q, false);
	rights_draw(q, (right_t)t->v[TOKEN_RIGHTS].i);
	cell_end(q);
	cell_begin(q, false);
	form_begin(q, &(struct form){ .quiet = true }, "/tokens");
	form_hidden(q, "end", str_of(arena_printf(q->arena, "%lld", (long long)t->id)));
	form_button(q, N_("End it now"), NULL, NULL, true);
	form_end(q, NULL);
	cell_end(q);
	row_end(q);
}

static enum err list(struct request *q)
{
	struct record **all;
	size_t n;
	TRY(tokens_of(q, &all, &n));
	if (!n) {
		part_empty(
			q, N_("No program reads for you."),
			N_("A spreadsheet or another system of your office can read what you may read, with a token."),
			NULL, NULL);
		return E_OK;
	}
	table_begin(q, N_("Tokens"), heads, COUNT(heads));
	for (size_t i = 0; i < n; i++)
		one(q, all[i]);
	table_end(q);
	return E_OK;
}

static void form(struct request *q)
{
	form_begin(q, &(struct form){ .quiet = true }, "/tokens");
	form_control(
		q,
		&(struct control_ask){
			.name = "name", .label = N_("What it is for"), .kind = C_TEXT, .required = true, .most = 100 });
	form_control(q, &(struct control_ask){ .name = "days",
					       .label = N_("For how many days"),
					       .hint = N_("365 at most."),
					       .kind = C_NUMBER,
					       .required = true,
					       .value = STR("90"),
					       .most = 3 });
	HTML(&q->html, "<fieldset><legend>");
	html_say(&q->html, N_("What it may do"));
	HTML(&q->html, "</legend>");
	for (int i = 0; i < RIGHT_COUNT; i++)
		if (q->who->rights >> i & 1)
			form_control(q, &(struct control_ask){
						.name = right_code(i), .label = right_words(i), .kind = C_CHECK });
	HTML(&q->html, "</fieldset>");
	form_end(q, N_("Make a token"));
}

enum err tokens_page_draw(struct request *q)
{
	frame_begin(q, &(struct frame){ 0 });
	part_problems(q);
	TRY(list(q));
	sheet_end(q);
	sheet_begin(q, N_("A new token"));
	form(q);
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* ---- writing ---- */

static void shown_once(struct request *q, const char *token)
{
	frame_begin(q, &(struct frame){ 0 });
	HTML(&q->html, "<p class=\"box good\">");
	html_say(&q->html,
		 N_("This is the token. It is shown only now: copy it to where it is needed, and keep it like a "
		    "password."));
	HTML(&q->html, "</p><p class=\"code\">");
	html_cstr(&q->html, token);
	HTML(&q->html, "</p><p>");
	html_say(&q->html, N_("The program sends it with each question, in the header"));
	HTML(&q->html, " <code>Authorization: Bearer …</code></p>");
	button_link(q, false, N_("I have copied it"), "/tokens");
	sheet_end(q);
	frame_end(q);
}

static bool read_days(struct request *q, int64_t *ret)
{
	int64_t days;
	if (number_parse(str_trim(request_form(q, "days")), &days) && days >= 1 && days <= LIFE) {
		*ret = days;
		return true;
	}
	problem_in(q, "days", "this is no number of days from 1 to 365; correct it");
	return false;
}

static enum err make(struct request *q)
{
	struct record *t = record_new(q->c->arena, &user_token_entity);
	char secret[SECRET_TEXT];
	right_t rights = 0;
	int64_t days = 0, now = clock_now_us();
	for (int i = 0; i < RIGHT_COUNT; i++)
		if (request_form(q, right_code(i)).n)
			rights |= (right_t)1 << i;
	rights &= q->who->rights;
	if (!str_trim(request_form(q, "name")).n)
		problem_in(q, "name", "the token has no name; say what it is for");
	if (!rights)
		problem_in(q, right_code(0), "the token may do nothing; mark what it may do");
	if (!read_days(q, &days) || q->c->problems->count)
		return E_INVALID;
	secret_new(secret);
	record_int(t, TOKEN_USER, q->who->actor.user);
	record_text(t, TOKEN_NAME, str_trim(request_form(q, "name")));
	record_text(t, TOKEN_HASH, kept_hash(q->c->arena, str_of(secret), user_token_entity.name));
	record_int(t, TOKEN_MADE, now);
	record_int(t, TOKEN_ENDS, now + days * 24 * HOUR);
	record_int(t, TOKEN_RIGHTS, rights);
	TRY(plain_save(q->c, t));
	shown_once(q, arena_printf(q->arena, "%lld.%s", (long long)t->id, secret));
	return E_OK;
}

static enum err end(struct request *q)
{
	struct record **all;
	size_t n;
	TRY(tokens_of(q, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (str_is(request_form(q, "end"), arena_printf(q->arena, "%lld", (long long)all[i]->id))) {
			request_see(q, "/tokens");
			return plain_delete(q->c, &user_token_entity, all[i]->id);
		}
	return E_MISSING;
}

enum err tokens_page_write(struct request *q)
{
	return request_form(q, "end").n ? end(q) : make(q);
}
