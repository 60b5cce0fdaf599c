/* pages_test.c - reading over real sockets: pages, their heads, parameters, rights, files and assets. */
#include "../../tests/help/small_site.h"
#include "../../tests/help/spot.h"
#include "../../tests/help/talk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int pages_test(void);

#define SESSION "Cookie: session=" SMALL_SESSION "\r\n"
#define HOST "Host: here\r\n"

/* The status of GET of a path with headers; what came in *a. */
static int get(struct small *s, struct talk *t, struct answer *a, const char *path, const char *headers)
{
	return talk_ask(t, s->port, a, "GET %s HTTP/1.1\r\n" HOST "%s\r\n", path, headers);
}

static void status_is(struct small *s, const char *path, const char *headers, int expected)
{
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	if (get(s, &t, &a, path, headers) != expected)
		fail_msg("%s: %d instead of %d", path, a.status, expected);
}

static void header_is(const struct answer *a, const char *name, const char *expected)
{
	struct str v = talk_header(a, name);
	if (!str_is(v, expected))
		fail_msg("%s: \"%.*s\" instead of \"%s\"", name, (int)v.n, v.p ? v.p : "", expected);
}

static void every_page_carries_its_headers(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	small_start(&s, *state);
	assert_int_equal(get(&s, &t, &a, "/", ""), 200);
	header_is(&a, "Content-Type", "text/html; charset=utf-8");
	header_is(&a, "Content-Security-Policy",
		  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
		  "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
	header_is(&a, "X-Content-Type-Options", "nosniff");
	header_is(&a, "Referrer-Policy", "same-origin");
	header_is(&a, "Cross-Origin-Opener-Policy", "same-origin");
	header_is(&a, "Cross-Origin-Resource-Policy", "same-origin");
	header_is(&a, "Cache-Control", "no-store");
	assert_true(talk_holds(a.body, "<h1>Hello</h1>"));
	small_end(&s);
}

static void a_connection_serves_many_requests(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	small_start(&s, *state);
	talk_begin(&t, s.port);
	for (int i = 0; i < 5; i++) {
		talk_say(&t, "GET /people/%d HTTP/1.1\r\n" HOST SESSION "\r\n", i);
		struct answer a = talk_hear(&t, false);
		char name[32];
		snprintf(name, sizeof name, "<h1>%d</h1>", i);
		assert_int_equal(a.status, 200);
		assert_true(talk_holds(a.body, name));
	}
	/* several at once, then their answers in order */
	for (int i = 0; i < 5; i++)
		talk_say(&t, "%s /people/%d HTTP/1.1\r\n" HOST SESSION "\r\n", i == 2 ? "HEAD" : "GET", 100 + i);
	for (int i = 0; i < 5; i++) {
		struct answer a = talk_hear(&t, i == 2);
		char name[32];
		snprintf(name, sizeof name, "<h1>%d</h1>", 100 + i);
		assert_int_equal(a.status, 200);
		assert_int_equal(talk_holds(a.body, name), i != 2);
	}
	small_end(&s);
}

static void who_is_not_signed_in_is_led_to_the_door(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 }, u CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	small_start(&s, *state);
	assert_int_equal(get(&s, &t, &a, "/people/7?as_of=2008-01-01", ""), 303);
	header_is(&a, "Location", "/sign-in?next=%2Fpeople%2F7%3Fas_of%3D2008-01-01");
	assert_int_equal(get(&s, &u, &a, "/api/thing", ""), 401);
	header_is(&a, "Content-Type", "application/problem+json");
	header_is(&a, "WWW-Authenticate", "Bearer");
	status_is(&s, "/people/7", "Cookie: session=of-nobody\r\n", 303);
	assert_int_equal(atomic_load(&small_drawn), 0);
	small_end(&s);
}

/* proves: DP-07 */
static void a_page_needs_its_right(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	small_start(&s, *state);
	status_is(&s, "/people/7", "Cookie: session=" SMALL_POOR "\r\n", 403);
	status_is(&s, "/audit", SESSION, 403);
	status_is(&s, "/people/7", SESSION, 200);
	status_is(&s, "/people/me", "Cookie: session=" SMALL_POOR "\r\n", 200);
	assert_int_equal(get(&s, &t, &a, "/people/7", "Cookie: session=" SMALL_MUST "\r\n"), 303);
	header_is(&a, "Location", "/change");
	status_is(&s, "/change", "Cookie: session=" SMALL_MUST "\r\n", 200);
	status_is(&s, "/", "Cookie: session=" SMALL_MUST "\r\n", 200);
	small_end(&s);
}

static void addresses_are_checked_before_the_page(void **state)
{
	struct small s;
	small_start(&s, *state);
	status_is(&s, "/nowhere", SESSION, 404);
	status_is(&s, "/people/nobody", SESSION, 404);
	status_is(&s, "/people/../audit", SESSION, 404);
	status_is(&s, "/people/..", SESSION, 404);
	status_is(&s, "/people/%2e%2e", SESSION, 404);
	status_is(&s, "/people/7/", SESSION, 404);
	status_is(&s, "//people/7", SESSION, 404);
	status_is(&s, "/people/", SESSION, 404);
	status_is(&s, "/people/a%20b", SESSION, 404);
	status_is(&s, "/people/123456789012345678901", SESSION, 404);
	status_is(&s, "/people/a%00b", SESSION, 400);
	status_is(&s, "/people/%zz", SESSION, 400);
	status_is(&s, "/people/%f", SESSION, 400);
	status_is(&s, "/people/%ff", SESSION, 400);
	status_is(&s, "/people/\xff", SESSION, 400);
	status_is(&s, "/people/%c0%af", SESSION, 400);
	status_is(&s, "http://here/people/7", SESSION, 400);
	status_is(&s, "/people/7?as_of=yesterday", SESSION, 400);
	status_is(&s, "/people/7?as_of=2008-02-30", SESSION, 400);
	status_is(&s, "/people/7?as_of=", SESSION, 200);
	status_is(&s, "/people/7?lines=many", SESSION, 400);
	status_is(&s, "/people/7?lines=99999999999999999999", SESSION, 400);
	status_is(&s, "/people/7?closed=perhaps", SESSION, 400);
	status_is(&s, "/people/7?x=%zz", SESSION, 400);
	status_is(&s, "/people/7?x=%00", SESSION, 400);
	status_is(&s, "/people/7?x=%01", SESSION, 400);
	status_is(&s, "/people/7?x=%ff", SESSION, 400);
	status_is(&s, "/people/7?x=1&&y=2&z", SESSION, 200);
	status_is(&s, "/people/%C3%A9l%C3%A8ve", SESSION, 200);
	small_end(&s);
}

static void too_much_is_refused_with_words(void **state)
{
	struct small s;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	small_start(&s, *state);
	buf_text(&b, "/people/7?x=");
	while (b.n < 5000)
		buf_char(&b, 'a');
	status_is(&s, buf_str(&b), SESSION, 414);
	buf_reset(&b);
	buf_text(&b, "/people/7?");
	for (int i = 0; i < 101; i++)
		buf_text(&b, "a=1&");
	status_is(&s, buf_str(&b), SESSION, 400);
	buf_reset(&b);
	buf_text(&b, "X-Long: ");
	while (b.n < 33000)
		buf_char(&b, 'a');
	buf_text(&b, "\r\n");
	status_is(&s, "/", buf_str(&b), 431);
	small_end(&s);
}

/* Where this request ends is told in one way only, and nothing is taken from the connection after it. */
static void what_a_proxy_may_read_otherwise_is_refused(void **state)
{
	static const char *const heads[] = {
		"Host: another\r\n",
		"X-Fold: a\r\n b\r\n",
		"X-Fold: a\r\n\tb\r\nX-After: c\r\n",
		"Content-Length: 40\r\n 0\r\n",
		"Transfer-Encoding:\r\n chunked\r\n",
		"Transfer-Encoding: chunked\r\nContent-Length: 0\r\n",
		"Transfer-Encoding: gzip, chunked\r\n",
	};
	struct small s;
	small_start(&s, *state);
	for (size_t i = 0; i < COUNT(heads); i++) {
		struct talk t CLEANUP(talk_end) = { .fd = -1 };
		struct answer a;
		if (talk_ask(&t, s.port, &a,
			     "GET / HTTP/1.1\r\nHost: here\r\n%s\r\nGET / HTTP/1.1\r\nHost: here\r\n\r\n",
			     heads[i]) != 400)
			fail_msg("%s: answered %d", heads[i], a.status);
		assert_int_equal(talk_hear(&t, false).status, 0);
	}
	status_is(&s, "/", "Content-Length: 18446744073709551615\r\n", 413);
	small_end(&s);
}

/* The answer may come before all of it has been sent, and nobody else waits. */
static void a_header_of_a_megabyte(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	char *much = xcalloc(1, 1 << 20);
	small_start(&s, *state);
	memset(much, 'a', 1 << 20);
	talk_begin(&t, s.port);
	talk_say(&t, "GET / HTTP/1.1\r\nX-Much: ");
	(void)talk_send(&t, much, 1 << 20);
	struct answer a = talk_hear(&t, false);
	assert_true(a.status == 431 || a.status == 0); /* hung up on while it was still sending */
	status_is(&s, "/", "", 200);
	free(much);
	small_end(&s);
}

static void the_wrong_method_is_told_the_right_one(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 }, u CLEANUP(talk_end) = { .fd = -1 },
		      v CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	small_start(&s, *state);
	assert_int_equal(
		talk_ask(&t, s.port, &a, "POST /people/7 HTTP/1.1\r\n" HOST SESSION "Content-Length: 3\r\n\r\na=b"),
		405);
	header_is(&a, "Allow", "GET, HEAD");
	assert_int_equal(get(&s, &u, &a, "/leave", SESSION), 405);
	header_is(&a, "Allow", "POST");
	assert_int_equal(talk_ask(&v, s.port, &a, "DELETE /place HTTP/1.1\r\n" HOST SESSION "\r\n"), 405);
	header_is(&a, "Allow", "GET, HEAD, POST");
	small_end(&s);
}

static void long_pages_are_squeezed_where_that_is_taken(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 }, u CLEANUP(talk_end) = { .fd = -1 },
		      v CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	small_start(&s, *state);
	assert_int_equal(get(&s, &t, &a, "/people/7?lines=100", SESSION "Accept-Encoding: br, gzip\r\n"), 200);
	header_is(&a, "Content-Encoding", "gzip");
	assert_true(a.body.n < 1000 && memcmp(a.body.p, "\x1f\x8b", 2) == 0);
	assert_int_equal(get(&s, &u, &a, "/people/7?lines=100", SESSION "Accept-Encoding: br;q=1, gzip; q=0.0\r\n"),
			 200);
	assert_int_equal(talk_header(&a, "Content-Encoding").n, 0);
	assert_true(a.body.n > 4000);
	assert_int_equal(get(&s, &v, &a, "/people/7", SESSION "Accept-Encoding: gzip\r\n"), 200);
	assert_int_equal(talk_header(&a, "Content-Encoding").n, 0);
	small_end(&s);
}

static void assets_are_kept_for_ever(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 }, u CLEANUP(talk_end) = { .fd = -1 },
		      v CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	small_start(&s, *state);
	assert_int_equal(get(&s, &t, &a, "/assets/style.0123.css", ""), 200);
	header_is(&a, "Cache-Control", "public, max-age=31536000, immutable");
	header_is(&a, "ETag", "\"style.0123.css\"");
	assert_true(talk_holds(a.body, "color: black"));
	assert_int_equal(get(&s, &u, &a, "/assets/style.0123.css", "If-None-Match: \"style.0123.css\"\r\n"), 304);
	assert_int_equal(a.body.n, 0);
	assert_int_equal(talk_ask(&v, s.port, &a, "POST /assets/style.0123.css HTTP/1.1\r\nHost: here\r\n\r\n"), 405);
	header_is(&a, "Allow", "GET, HEAD");
	status_is(&s, "/assets/style.9999.css", "", 404);
	status_is(&s, "/assets/../people/7", "", 404);
	small_end(&s);
}

static void a_long_answer_comes_whole(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	small_start(&s, *state);
	assert_int_equal(get(&s, &t, &a, "/long", SESSION), 200);
	assert_int_equal(a.body.n, 3100000);
	header_is(&a, "Content-Disposition", "attachment; filename*=UTF-8''long%20%22one%22.csv");
	for (size_t i = 0; i < a.body.n; i++)
		assert_int_equal(a.body.p[i], 'x');
	small_end(&s);
}

static void comes_from(struct small *s, const char *headers, const char *address)
{
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	assert_int_equal(get(s, &t, &a, "/from", headers), 200);
	assert_true(a.body.n == strlen(address) && memcmp(a.body.p, address, a.body.n) == 0);
}

/* Who guesses passwords must not choose the address under which that is counted. */
static void an_address_is_the_peers_or_the_proxys_word(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	small_start(&s, *state);
	comes_from(&s, "X-Forwarded-For: 10.0.0.1\r\n", "127.0.0.1");
	small_stop(&s);
	s.tls_before = true;
	small_begin(&s);
	comes_from(&s, "", "127.0.0.1");
	comes_from(&s, "X-Forwarded-For: 10.0.0.1\r\n", "10.0.0.1");
	comes_from(&s, "X-Forwarded-For: 6.6.6.6, 10.0.0.1\r\n", "10.0.0.1");
	comes_from(&s, "X-Forwarded-For: 6.6.6.6\r\nX-Other: 1\r\nX-Forwarded-For: 10.0.0.1\r\n", "10.0.0.1");
	assert_int_equal(get(&s, &t, &a, "/", ""), 200);
	header_is(&a, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
	assert_true(talk_holds(talk_header(&a, "Set-Cookie"), "; Secure"));
	small_end(&s);
}

/* proves: DP-07 */
static void a_reading_is_written_down_before_it_is_shown(void **state)
{
	struct small s;
	small_start(&s, *state);
	status_is(&s, "/people/7?closed=1", SESSION, 200);
	status_is(&s, "/people/7", SESSION, 200);
	small_stop(&s);
	assert_int_equal(small_count(&s, "SELECT count(*) FROM small_note WHERE page = '/people/{person}'"), 2);
	/* where it cannot be written, nothing is shown */
	assert_int_equal(store_exec(s.c->store, "DROP TABLE small_note"), E_OK);
	small_begin(&s);
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	assert_int_equal(get(&s, &t, &a, "/people/7?closed=1", SESSION), 500);
	assert_false(talk_holds(a.body, "<h1>7</h1>"));
	small_end(&s);
}

static void the_use_of_a_session_is_seldom_written(void **state)
{
	struct small s;
	small_start(&s, *state);
	for (int i = 0; i < 10; i++)
		status_is(&s, "/people/7", SESSION, 200);
	small_end(&s);
	assert_int_equal(atomic_load(&small_touched), 1);
}

static void a_fault_is_a_number_on_the_page_and_words_in_the_log(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 }, u CLEANUP(talk_end) = { .fd = -1 },
		      v CLEANUP(talk_end) = { .fd = -1 };
	struct buf log CLEANUP(buf_release) = BUF_INIT;
	struct answer a;
	small_start(&s, *state);
	assert_int_equal(get(&s, &t, &a, "/fault", ""), 500);
	assert_false(talk_holds(a.body, "lamp"));
	status_is(&s, "/people/7?x=secret-name", SESSION, 200);
	assert_int_equal(talk_ask(&u, s.port, &a, "secret-name / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
	assert_int_equal(talk_ask(&v, s.port, &a, "secret-name /assets/style.0123.css HTTP/1.1\r\nHost: a\r\n\r\n"),
			 405);
	small_end(&s);
	FILE *f = fopen(s.log, "rb");
	assert_non_null(f);
	log.n = fread(buf_more(&log, 65536), 1, 65536, f);
	fclose(f);
	struct str text = { log.p, log.n };
	assert_true(talk_holds(text, "/fault at "));
	assert_true(talk_holds(text, "the lamp of the test is broken"));
	assert_true(talk_holds(text, "GET /people/{person} 200"));
	assert_false(talk_holds(text, "secret-name"));
	assert_false(talk_holds(text, "127.0.0.1"));
}

int pages_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(every_page_carries_its_headers),
		SPOT_CASE(a_connection_serves_many_requests),
		SPOT_CASE(who_is_not_signed_in_is_led_to_the_door),
		SPOT_CASE(a_page_needs_its_right),
		SPOT_CASE(addresses_are_checked_before_the_page),
		SPOT_CASE(too_much_is_refused_with_words),
		SPOT_CASE(what_a_proxy_may_read_otherwise_is_refused),
		SPOT_CASE(a_header_of_a_megabyte),
		SPOT_CASE(the_wrong_method_is_told_the_right_one),
		SPOT_CASE(long_pages_are_squeezed_where_that_is_taken),
		SPOT_CASE(assets_are_kept_for_ever),
		SPOT_CASE(a_long_answer_comes_whole),
		SPOT_CASE(an_address_is_the_peers_or_the_proxys_word),
		SPOT_CASE(a_reading_is_written_down_before_it_is_shown),
		SPOT_CASE(the_use_of_a_session_is_seldom_written),
		SPOT_CASE(a_fault_is_a_number_on_the_page_and_words_in_the_log),
	};
	return spot_run("pages", cases, COUNT(cases));
}
