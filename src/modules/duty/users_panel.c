/* users_panel.c - the desk of whoever manages users: who has not come in yet, who is kept waiting, whose deputies end.
 */
#include "modules/duty/duty_page.h"

#define SHOWN 5
#define DAYS_AHEAD 7

static void count(struct request *q, int64_t n, const char *words)
{
	HTML(&q->html, "<li><div><strong>");
	html_int(&q->html, n);
	HTML(&q->html, "</strong> <span>");
	html_say(&q->html, words);
	HTML(&q->html, "</span></div></li>");
}

static void item_begin(struct request *q, int64_t user)
{
	HTML(&q->html, "<li>");
	part_record(q, &user_entity, user, false);
	HTML(&q->html, " <span class=\"under\">");
}

static void item_end(struct request *q)
{
	HTML(&q->html, "</span></li>");
}

/* A word of a letter that nobody came in with; the one that ends first. */
static void letter_line(struct request *q, const struct record *r)
{
	struct buf when CLEANUP(buf_release) = BUF_INIT;
	int64_t ends = record_get(r, PASSWORD_ENDS, 0);
	say_instant(q->lang, q->c->zone, ends, &when);
	item_begin(q, record_get(r, PASSWORD_USER, 0));
	if (ends > clock_now_us())
		html_sayf(&q->html, N_("the word of the letter works until %s"), buf_str(&when));
	else
		html_say(&q->html, N_("the word of the letter works no more; print a new one"));
	item_end(q);
}

static enum err letters(struct request *q, const struct plain_span *span)
{
	struct record **list;
	size_t n;
	TRY(plain_first(q->c, span, SHOWN, &list, &n));
	for (size_t i = 0; i < n; i++)
		letter_line(q, list[i]);
	return E_OK;
}

static enum err deputies(struct request *q, const struct standing_in *list, size_t n)
{
	for (size_t i = 0; i < n && i < SHOWN; i++) {
		struct buf day CLEANUP(buf_release) = BUF_INIT;
		struct str of;
		TRY(user_name(q->c, list[i].of, &of));
		say_date(q->lang, list[i].until, &day);
		item_begin(q, list[i].deputy);
		html_sayf(&q->html, N_("stands in for %.*s until %s"), (int)of.n, of.p, buf_str(&day));
		item_end(q);
	}
	return E_OK;
}

static void ways(struct request *q)
{
	HTML(&q->html, "<p class=\"actions\">");
	button_link(q, false, N_("Users"), "/duty");
	if (who_may(q->who, MAY_RESET))
		button_link(q, true, N_("Letters for a unit"), "/duty/letters");
	HTML(&q->html, "</p>");
}

enum err users_panel_draw(struct request *q, int64_t id)
{
	const struct plain_span unused = { &user_password_entity, PASSWORD_ENDS, 0, INT64_MAX };
	const struct plain_span waits = { &sign_in_wait_entity, WAIT_UNTIL, clock_now_us(), INT64_MAX };
	struct standing_in *ending;
	int64_t nunused, nwaits;
	size_t nending;
	(void)id;
	TRY(plain_count(q->c, &unused, &nunused));
	TRY(plain_count(q->c, &waits, &nwaits));
	TRY(standing_deputies(q->c, q->c->today + DAYS_AHEAD, &ending, &nending));
	HTML(&q->html, "<ul class=\"counts\">");
	count(q, nunused, N_("Letters not used yet"));
	count(q, nwaits, N_("Waiting after wrong passwords"));
	count(q, (int64_t)nending, N_("Deputies ending within a week"));
	HTML(&q->html, "</ul>");
	if (nunused || nending) {
		HTML(&q->html, "<ul class=\"inbox\">");
		TRY(letters(q, &unused));
		TRY(deputies(q, ending, nending));
		HTML(&q->html, "</ul>");
	}
	ways(q);
	return E_OK;
}
