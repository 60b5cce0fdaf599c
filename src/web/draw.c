/* draw.c - reading: who asks, whether they may, and the page. */
#include "web/inside.h"

#include "web/pace.h"

#define HEAVY_US 100000 /* what much memory counts as, in time */

static struct str bearer(const struct request *q)
{
	struct str s = request_header(q, "Authorization");
	if (s.n <= 7 || strncasecmp(s.p, "Bearer ", 7) != 0)
		return (struct str){ NULL, 0 };
	return str_trim((struct str){ s.p + 7, s.n - 7 });
}

static void speak(struct request *q)
{
	struct str tag = q->who && q->who->lang.n ? q->who->lang : request_cookie(q, COOKIE_LANG);
	const struct lang *l = tag.n ? lang_find(tag) : NULL;
	bool any = q->page && text_is(q->page->path, q->site->sign_in);
	if (!l || !(any || lang_complete(l)))
		l = lang_accepted(request_header(q, "Accept-Language"), any);
	q->lang = l;
	q->html.lang = q->inside->problems.lang = q->lang;
}

/* A program brings its token in a header and never writes by a cookie, which a browser would add by itself. */
enum err draw_who(struct request *q)
{
	bool api = q->page && (q->page->flags & PAGE_API);
	bool writes = q->inside->method >= METHOD_POST;
	struct str token = api ? bearer(q) : (struct str){ NULL, 0 };
	struct str session = api && (writes || token.n) ? (struct str){ NULL, 0 } : request_cookie(q, COOKIE_SESSION);
	struct who *w = NULL;
	enum err e = E_DENIED;
	q->who = NULL;
	if (session.n || token.n)
		e = q->site->gate->find(q->c, session, token, &w);
	if (e == E_OK) {
		q->who = w;
		q->c->actor = w->actor;
	}
	speak(q);
	return e == E_DENIED ? E_OK : e;
}

static bool only_changes(const struct request *q)
{
	const char *path = q->site->must_change;
	return q->who->must_change && path && strcmp(q->page->path, path) != 0;
}

int draw_door(struct request *q, right_t right, const char **ret_words)
{
	if (q->page->flags & PAGE_PUBLIC)
		return 0;
	if (!q->who)
		return 401;
	if (only_changes(q)) {
		q->inside->see = str_of(q->site->must_change);
		return 303;
	}
	*ret_words = N_(
		"Your duties do not include this page. Who manages users in your office can say why, and change it.");
	return right == MAY_ANYBODY || who_may(q->who, right) ? 0 : 403;
}

/* To where one signs in, and back to this page afterwards. */
void draw_sign_in(struct request *q, struct str next)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	if (q->page->flags & PAGE_API) {
		refuse(q, 401, N_("A token is needed, in the header Authorization: Bearer."));
		request_set_header(q, "WWW-Authenticate", STR("Bearer"));
		return;
	}
	buf_text(&b, q->site->sign_in);
	buf_text(&b, "?next=");
	url_add(&b, site_next(q->site, next));
	q->inside->see = (struct str){ arena_text(q->arena, buf_str(&b), b.n), b.n };
}

static enum err draw_watched(struct request *q)
{
	int64_t begun = pace_now();
	enum err e = q->page->draw(q);
	int64_t took = pace_now() - begun;
	if (!q->c->quick || e == E_BUSY)
		return e; /* how long it takes now and then says nothing of the page */
	bool heavy = q->inside->arena.used > LIMIT_ARENA;
	pace_took(q->inside->server->pace, q->page, heavy && took < HEAVY_US ? HEAVY_US : took);
	return e;
}

static void draw_page(struct request *q)
{
	const char *words = NULL;
	enum err e = draw_who(q);
	if (e != E_OK) {
		refuse_err(q, e);
		return;
	}
	int status = draw_door(q, q->page->see, &words);
	if (status == 401)
		draw_sign_in(q, request_target(q));
	if (status == 401 || status == 303)
		return;
	if (status == 0)
		status = params_check(q->inside, &words);
	if (status) {
		refuse(q, status, words);
		return;
	}
	e = draw_watched(q);
	if (e == E_BUSY && q->c->quick) {
		answer_clear(q);
		q->inside->later = true;
	} else if (e != E_OK) {
		refuse_err(q, e);
	}
}

void draw_for(struct reader *r, struct request *q)
{
	enum err e = reader_begin(r, q);
	if (e == E_OK)
		draw_page(q);
	else
		refuse_err(q, e);
	reader_end(r, q);
}
