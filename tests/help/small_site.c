/* small_site.c - the pages and the gate of the small site. */
#include "small_site.h"

#include "fixture.h"
#include "fixture_store.h"
#include "spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "entity/change.h"

#include <unistd.h>

atomic_int small_drawn, small_written, small_touched, small_hashing, small_hashing_most;
atomic_bool small_hold;

/* ---- the gate ---- */

static const struct reach all_of_it = { .rights = ((1U << RIGHT_COUNT) - 1) & ~(right_t)MAY_AUDIT,
					.first = INT64_MIN,
					.last = INT64_MAX };

static enum err find(struct ctx *c, struct str cookie, struct str bearer, struct who **ret)
{
	struct who *w = ARENA_NEW(c->arena, struct who);
	w->actor.user = 50;
	w->session = 7;
	w->name = STR("Somebody");
	w->form_token = STR(SMALL_TOKEN);
	w->must_change = str_is(cookie, SMALL_MUST);
	if (str_is(bearer, SMALL_BEARER))
		w->session = 0;
	else if (!str_is(cookie, SMALL_SESSION) && !str_is(cookie, SMALL_POOR) && !w->must_change)
		return E_DENIED;
	if (!str_is(cookie, SMALL_POOR)) {
		w->reach = &all_of_it;
		w->nreach = 1;
		w->rights = all_of_it.rights;
	}
	*ret = w;
	return E_OK;
}

static enum err put(struct ctx *c, const char *sql, struct str a, struct str b)
{
	struct stmt *st;
	TRY(store_stmt(c->store, sql, &st));
	stmt_text(st, 1, a);
	stmt_text(st, 2, b);
	return stmt_run(st);
}

static enum err note(struct ctx *c, const struct who *w, const struct noted *n, size_t count, const char *page)
{
	(void)w;
	for (size_t i = 0; i < count; i++)
		TRY(put(c, "INSERT INTO small_note (kind, page) VALUES (?, ?)", str_of(n[i].kind), str_of(page)));
	return E_OK;
}

static enum err touch(struct ctx *c, const struct who *w)
{
	(void)c, (void)w;
	atomic_fetch_add(&small_touched, 1);
	return E_OK;
}

static enum err sent(struct ctx *c, const struct who *w, struct str once, struct str *ret_to)
{
	struct stmt *st;
	bool row;
	(void)w;
	TRY(store_stmt(c->store, "SELECT going FROM small_sent WHERE once = ?", &st));
	stmt_text(st, 1, once);
	TRY(stmt_step(st, &row));
	if (!row)
		return E_MISSING;
	struct str to = stmt_get_text(st, 0);
	*ret_to = (struct str){ arena_text(c->arena, to.p, to.n), to.n };
	stmt_reset(st);
	return E_OK;
}

static enum err sent_keep(struct ctx *c, const struct who *w, struct str once, struct str to)
{
	(void)w;
	return put(c, "INSERT INTO small_sent (once, going) VALUES (?, ?)", once, to);
}

static enum err draft_keep(struct ctx *c, struct str cookie, struct str path, struct str form, struct str *ret_key)
{
	if (!str_is(cookie, "that-has-ended"))
		return E_MISSING;
	*ret_key = STR("key-of-the-draft");
	return put(c, "INSERT INTO small_draft (path, form) VALUES (?, ?)", path, form);
}

static const struct gate gate = { find, note, touch, sent, sent_keep, draft_keep };

/* ---- pages ---- */

static enum err hello(struct request *q)
{
	atomic_fetch_add(&small_drawn, 1);
	HTML(&q->html, "<h1>Hello</h1><p>");
	html_text(&q->html, request_told(q));
	HTML(&q->html, "</p><input value=\"");
	html_text(&q->html, request_form_token(q));
	HTML(&q->html, "\">");
	return E_OK;
}

static enum err from_where(struct request *q)
{
	html_text(&q->html, request_address(q));
	return E_OK;
}

static enum err person(struct request *q)
{
	atomic_fetch_add(&small_drawn, 1);
	struct str number = request_param(q, "person");
	if (str_is(number, "nobody"))
		return E_MISSING;
	if (request_flag(q, "closed")) {
		request_noted(q, 9, "file");
		request_noted(q, 9, "file");
		request_noted(q, 10, "rating");
	}
	HTML(&q->html, "<h1>");
	html_text(&q->html, number);
	HTML(&q->html, "</h1>");
	for (int64_t i = 0; i < request_number(q, "lines"); i++)
		HTML(&q->html, "<p>A line of the file, like all the others.</p>\n");
	return E_OK;
}

static enum err place_form(struct request *q)
{
	HTML(&q->html, "<form method=\"post\"><textarea>");
	html_text(&q->html, request_form(q, "name"));
	HTML(&q->html, "</textarea>");
	for (size_t i = 0; i < q->c->problems->kept; i++)
		html_cstr(&q->html, q->c->problems->list[i].what);
	return E_OK;
}

static enum err place_save(struct request *q)
{
	struct ctx *c = q->c;
	int64_t position;
	if (request_form(q, "name").n == 0) {
		problem_at(c->problems, NULL, 0, "name", "a place has no name; write one");
		return E_INVALID;
	}
	struct record *r = fixture_place_of(c, 1000 + atomic_fetch_add(&small_written, 1), 0, date_of(2008, 1, 1));
	TRY(change_begin(c, "test.place", 0));
	TRY(change_save(c, r));
	if (str_is(request_form(q, "name"), "taken")) {
		problem_at(c->problems, NULL, 0, "name", "somebody has this name; choose another");
		return E_CONFLICT;
	}
	TRY(change_end(c, &position));
	request_tell(q, "Saved. Receipt 4,211.");
	request_see(q, "/people/%s", "new one");
	return E_OK;
}

static enum err place_alone(struct request *q)
{
	struct txn t CLEANUP(txn_end) = { NULL };
	TRY(ctx_write(q->c, &t));
	TRY(place_save(q));
	return txn_commit(&t);
}

static void hold(void)
{
	while (atomic_load(&small_hold))
		usleep(1000);
}

static enum err slow(struct request *q)
{
	hold();
	HTML(&q->html, "<h1>At last</h1>");
	return E_OK;
}

static enum err hash(struct request *q)
{
	(void)q;
	int now = atomic_fetch_add(&small_hashing, 1) + 1, most = atomic_load(&small_hashing_most);
	while (now > most && !atomic_compare_exchange_weak(&small_hashing_most, &most, now))
		;
	hold();
	usleep(2000);
	atomic_fetch_sub(&small_hashing, 1);
	return E_OK;
}

static enum err signed_in(struct request *q)
{
	request_set_cookie(q, COOKIE_SESSION, STR(SMALL_SESSION), 0);
	request_see_again(q, request_form(q, "next"));
	return E_OK;
}

struct seen {
	size_t size;
	unsigned sum;
};

static enum err look_at_file(struct request *q)
{
	struct upload u;
	struct seen *seen = ARENA_NEW(q->arena, struct seen);
	if (!request_upload(q, "paper", &u))
		return E_INVALID;
	FILE *f = fopen(u.path, "rb");
	for (int c; f && (c = fgetc(f)) != EOF; seen->size++)
		seen->sum = seen->sum * 31 + (unsigned)c;
	if (f)
		fclose(f);
	request_keep(q, seen);
	return E_OK;
}

static enum err take_file(struct request *q)
{
	const struct seen *seen = request_kept(q);
	struct str words = request_form(q, "words");
	buf_printf(q->html.out, "%zu %u %.*s", seen->size, seen->sum, (int)words.n, words.p);
	atomic_fetch_add(&small_written, 1);
	return E_OK;
}

static enum err fault(struct request *q)
{
	(void)q;
	return FAULT("the lamp of the test\nis broken");
}

static enum err long_answer(struct request *q)
{
	char line[100];
	memset(line, 'x', sizeof line);
	request_type(q, "text/csv");
	request_save_as(q, STR("long \"one\".csv"));
	for (int i = 0; i < 31000; i++)
		TRY(request_write(q, (struct str){ line, sizeof line }));
	return E_OK;
}

static enum err thing(struct request *q)
{
	request_type(q, "application/json");
	buf_text(q->html.out, "{\"method\":\"GET\"}");
	return E_OK;
}

static enum err thing_write(struct request *q)
{
	if (request_body(q).n == 0) {
		problem_at(q->c->problems, NULL, 0, "body", "nothing was sent; send JSON");
		return E_INVALID;
	}
	request_type(q, "application/json");
	q->status = 201;
	buf_printf(q->html.out, "{\"method\":\"%s\",\"n\":%zu}", request_method(q), request_body(q).n);
	return E_OK;
}

static const struct page_param person_params[] = { { "person", PARAM_CODE, 20 },
						   { "as_of", PARAM_DATE, 0 },
						   { "lines", PARAM_NUMBER, 0 },
						   { "closed", PARAM_FLAG, 0 },
						   { 0 } };

/* clang-format off */
static const struct page pages[] = {
	{ "/",                "Hello",   .draw = hello, .flags = PAGE_PUBLIC },
	{ "/sign-in",         "Sign in", .draw = hello, .prepare = hash, .write = signed_in, .flags = PAGE_PUBLIC | PAGE_HASHING | PAGE_SECRET },
	{ "/people/{person}", "Person",  .draw = person, .see = MAY_PEOPLE, .params = person_params },
	{ "/people/me",       "I",       .draw = hello, .see = MAY_ANYBODY },
	{ "/place",           "Place",   .draw = place_form, .write = place_save, .see = MAY_HOUSE_WRITE },
	{ "/alone",           "Alone",   .draw = place_form, .write = place_alone, .see = MAY_HOUSE_WRITE, .flags = PAGE_ALONE },
	{ "/slow",            "Slow",    .draw = slow, .see = MAY_ANYBODY, .flags = PAGE_SLOW },
	{ "/paper",           "Paper",   .draw = hello, .prepare = look_at_file, .write = take_file, .see = MAY_SHEETS, .flags = PAGE_UPLOAD },
	{ "/audit",           "Audit",   .draw = hello, .see = MAY_AUDIT },
	{ "/change",          "Change",  .draw = hello, .see = MAY_ANYBODY },
	{ "/leave",           "Leave",   .write = signed_in, .see = MAY_ANYBODY },
	{ "/from",            "From",    .draw = from_where, .flags = PAGE_PUBLIC },
	{ "/fault",           "Fault",   .draw = fault, .flags = PAGE_PUBLIC },
	{ "/long",            "Long",    .draw = long_answer, .see = MAY_ANYBODY },
	{ "/api/thing",       "Thing",   .draw = thing, .write = thing_write, .see = MAY_PEOPLE, .flags = PAGE_API },
	{ "/api/thing",       "Thing",   .write = thing_write, .see = MAY_PEOPLE, .flags = PAGE_API, .method = "PUT" },
	{ "/api/thing",       "Thing",   .write = thing_write, .see = MAY_PEOPLE, .flags = PAGE_API, .method = "DELETE" },
	{ 0 },
};
/* clang-format on */

static void refuse(struct request *q, int status, const char *what)
{
	HTML(&q->html, "<h1>Refused ");
	html_int(&q->html, status);
	HTML(&q->html, "</h1><p>");
	html_say(&q->html, what ? what : "");
	if (q->who)
		HTML(&q->html, "</p><p>signed in");
	HTML(&q->html, "</p>");
}

static const struct page *const arrays[] = { pages, NULL };
static const unsigned char css[] =
	"body { color: black } /* long enough to be worth squeezing: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa */";
static const struct asset assets[] = {
	{ "/assets/style.0123.css", "style.css", "text/css; charset=utf-8", css, sizeof css - 1 }, { 0 }
};
static const struct site site = { .pages = arrays,
				  .gate = &gate,
				  .assets = assets,
				  .refuse = refuse,
				  .sign_in = "/sign-in",
				  .must_change = "/change" };

/* ---- the server ---- */

const struct site *small_site(void)
{
	return &site;
}

void small_begin(struct small *s)
{
	struct server_ask ask = {
		.site = &site, .c = s->c, .listen = "127.0.0.1:0", .access_log = s->log, .tls_before = s->tls_before
	};
	assert_int_equal(server_start(&ask, &s->server), E_OK);
	s->port = (int)strtol(strrchr(server_address(s->server), ':') + 1, NULL, 10);
}

void small_start(struct small *s, struct spot *p)
{
	s->tls_before = false;
	snprintf(s->log, sizeof s->log, "%s/access.log", p->folder);
	s->c = fixture_open(p, &fixture_registry);
	assert_int_equal(store_exec(s->c->store, "CREATE TABLE small_note (kind TEXT, page TEXT);"
						 "CREATE TABLE small_sent (once TEXT, going TEXT);"
						 "CREATE TABLE small_draft (path TEXT, form TEXT)"),
			 E_OK);
	atomic_store(&small_drawn, 0);
	atomic_store(&small_written, 0);
	atomic_store(&small_touched, 0);
	atomic_store(&small_hashing_most, 0);
	atomic_store(&small_hold, false);
	small_begin(s);
}

void small_stop(struct small *s)
{
	server_stop(s->server);
	s->server = NULL;
}

void small_end(struct small *s)
{
	small_stop(s);
	ctx_close(s->c);
}

int64_t small_count(struct small *s, const char *sql)
{
	int64_t n = -1;
	assert_int_equal(store_get_int(s->c->store, sql, -2, &n), E_OK);
	return n;
}
