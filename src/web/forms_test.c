/* forms_test.c - writing over real sockets: tokens, forms sent twice, what is typed and stays, files, sessions that
 * end. */
#include "../../tests/help/small_site.h"
#include "../../tests/help/spot.h"
#include "../../tests/help/talk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <unistd.h>

int forms_test(void);

#define SESSION "Cookie: session=" SMALL_SESSION "\r\n"
#define TOKEN FORM_TOKEN "=" SMALL_TOKEN
#define URLENCODED "Content-Type: application/x-www-form-urlencoded\r\n"

/* A form sent with headers; the status. */
static int post(struct small *s, struct talk *t, struct answer *a, const char *path, const char *headers,
		const char *form)
{
	return talk_ask(t, s->port, a,
			"POST %s HTTP/1.1\r\nHost: here\r\n" URLENCODED "%sContent-Length: %zu\r\n\r\n%s", path,
			headers, strlen(form), form);
}

static void post_is(struct small *s, const char *path, const char *headers, const char *form, int expected)
{
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	if (post(s, &t, &a, path, headers, form) != expected)
		fail_msg("%s %s: %d instead of %d: %.*s", path, form, a.status, expected, (int)a.body.n,
			 a.body.p ? a.body.p : "");
}

static void header_is(const struct answer *a, const char *name, const char *expected)
{
	struct str v = talk_header(a, name);
	if (!str_is(v, expected))
		fail_msg("%s: \"%.*s\" instead of \"%s\"", name, (int)v.n, v.p ? v.p : "", expected);
}

#define PLACES "SELECT count(*) FROM place"

static void what_is_saved_leads_on_and_is_told_once(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 }, u CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	small_start(&s, *state);
	assert_int_equal(post(&s, &t, &a, "/place", SESSION, TOKEN "&name=North"), 303);
	header_is(&a, "Location", "/people/new%20one");
	assert_true(talk_holds(talk_header(&a, "Set-Cookie"),
			       "told=Saved.%20Receipt%204%2C211.; Path=/; HttpOnly; SameSite=Lax"));
	assert_int_equal(
		talk_ask(&u, s.port, &a,
			 "GET / HTTP/1.1\r\nHost: here\r\nCookie: told=Saved.%%20Receipt%%204%%2C211.\r\n\r\n"),
		200);
	assert_true(talk_holds(a.body, "<p>Saved. Receipt 4,211.</p>"));
	assert_true(talk_holds(a.head, "told=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"));
	small_stop(&s);
	assert_int_equal(small_count(&s, PLACES), 1);
	small_end(&s);
}

static void what_was_typed_stays(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 }, u CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	small_start(&s, *state);
	assert_int_equal(post(&s, &t, &a, "/place", SESSION, TOKEN "&other=1"), 422);
	assert_true(talk_holds(a.body, "a place has no name"));
	/* what the handler had written when it saw the conflict is undone */
	assert_int_equal(post(&s, &u, &a, "/place", SESSION, TOKEN "&name=%3Ci%3E&name=taken"), 409);
	assert_true(talk_holds(a.body, "<textarea>taken</textarea>"));
	assert_true(talk_holds(a.body, "somebody has this name"));
	small_stop(&s);
	assert_int_equal(small_count(&s, PLACES), 0);
	small_end(&s);
}

static void a_form_without_its_token_is_refused(void **state)
{
	struct small s;
	small_start(&s, *state);
	post_is(&s, "/place", SESSION, "name=North", 403);
	post_is(&s, "/place", SESSION, FORM_TOKEN "=&name=North", 403);
	post_is(&s, "/place", SESSION, FORM_TOKEN "=form-token-of-somebody-els&name=North", 403);
	post_is(&s, "/place", SESSION "Origin: http://elsewhere\r\n", TOKEN "&name=North", 403);
	post_is(&s, "/place", SESSION "Origin: null\r\n", TOKEN "&name=North", 403);
	post_is(&s, "/place", SESSION "Sec-Fetch-Site: cross-site\r\n", TOKEN "&name=North", 403);
	post_is(&s, "/place", SESSION "Sec-Fetch-Site: same-site\r\n", TOKEN "&name=North", 403);
	post_is(&s, "/place", "Cookie: session=" SMALL_POOR "\r\n", TOKEN "&name=North", 403);
	post_is(&s, "/place", SESSION "Origin: http://here\r\n", TOKEN "&name=North", 303);
	post_is(&s, "/place", SESSION "Sec-Fetch-Site: same-origin\r\n", TOKEN "&name=South", 303);
	small_end(&s);
	assert_int_equal(atomic_load(&small_written), 2);
}

/* The value of the cookie `form` that came with a page, and the hidden field that goes with it. */
static void a_form_before_signing_in_has_its_own_token(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 }, u CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	char token[40], form[200], cookie[100];
	small_start(&s, *state);
	assert_int_equal(talk_ask(&t, s.port, &a, "GET /sign-in HTTP/1.1\r\nHost: here\r\n\r\n"), 200);
	struct str set = talk_header(&a, "Set-Cookie");
	assert_true(set.n > 30 && memcmp(set.p, "form=", 5) == 0);
	snprintf(token, sizeof token, "%.*s", (int)strcspn(set.p + 5, ";"), set.p + 5);
	assert_true(talk_holds(a.body, token));
	snprintf(cookie, sizeof cookie, "Cookie: form=%s\r\n", token);
	snprintf(form, sizeof form, FORM_TOKEN "=%s&next=/people/7%%3Flines%%3D1", token);
	post_is(&s, "/sign-in", "", form, 403);
	post_is(&s, "/sign-in", "Cookie: form=\r\n", FORM_TOKEN "=", 403);
	assert_int_equal(post(&s, &u, &a, "/sign-in", cookie, form), 303);
	header_is(&a, "Location", "/people/7?lines=1");
	header_is(&a, "Set-Cookie", "session=" SMALL_SESSION "; Path=/; HttpOnly; SameSite=Strict");
	snprintf(form, sizeof form, FORM_TOKEN "=%s&next=//elsewhere/people", token);
	struct talk v CLEANUP(talk_end) = { .fd = -1 };
	assert_int_equal(post(&s, &v, &a, "/sign-in", cookie, form), 303);
	header_is(&a, "Location", "/");
	small_end(&s);
}

static void a_form_sent_twice_writes_once(void **state)
{
	struct small s;
	const char *form = TOKEN "&" FORM_ONCE "=mark-of-this-form&name=North";
	const char *const paths[] = { "/place", "/alone" };
	small_start(&s, *state);
	for (size_t i = 0; i < COUNT(paths); i++) {
		struct talk t CLEANUP(talk_end) = { .fd = -1 }, u CLEANUP(talk_end) = { .fd = -1 };
		struct answer a;
		char own[200];
		snprintf(own, sizeof own, "%s&" FORM_ONCE "=%zu", form, i);
		assert_int_equal(post(&s, &t, &a, paths[i], SESSION, own), 303);
		header_is(&a, "Location", "/people/new%20one");
		assert_int_equal(post(&s, &u, &a, paths[i], SESSION, own), 303);
		header_is(&a, "Location", "/people/new%20one");
	}
	/* one that was not accepted may be sent again */
	post_is(&s, "/place", SESSION, TOKEN "&" FORM_ONCE "=another", 422);
	post_is(&s, "/place", SESSION, TOKEN "&" FORM_ONCE "=another&name=East", 303);
	small_stop(&s);
	assert_int_equal(small_count(&s, PLACES), 3);
	small_end(&s);
}

static void the_same_form_from_two_windows_at_once(void **state)
{
	struct small s;
	struct talk t[8];
	small_start(&s, *state);
	const char *form = TOKEN "&" FORM_ONCE "=mark&name=North";
	for (size_t i = 0; i < COUNT(t); i++) {
		talk_begin(&t[i], s.port);
		talk_say(&t[i],
			 "POST /place HTTP/1.1\r\nHost: here\r\n" SESSION URLENCODED "Content-Length: %zu\r\n\r\n%s",
			 strlen(form), form);
	}
	for (size_t i = 0; i < COUNT(t); i++) {
		assert_int_equal(talk_hear(&t[i], false).status, 303);
		talk_end(&t[i]);
	}
	small_stop(&s);
	assert_int_equal(small_count(&s, PLACES), 1);
	small_end(&s);
}

static void a_form_whose_session_ended_is_kept(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 }, u CLEANUP(talk_end) = { .fd = -1 },
		      v CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	small_start(&s, *state);
	assert_int_equal(post(&s, &t, &a, "/place?x=1", "Cookie: session=that-has-ended\r\n",
			      FORM_TOKEN "=of-that-session-that-ended&name=North+star"),
			 303);
	header_is(&a, "Location", "/sign-in?next=%2Fplace%3Fx%3D1");
	assert_true(talk_holds(talk_header(&a, "Set-Cookie"), "draft=key-of-the-draft; Path=/; HttpOnly"));
	/* nobody who never had a session fills the store */
	assert_int_equal(post(&s, &u, &a, "/place", "", "name=North"), 303);
	assert_int_equal(talk_header(&a, "Set-Cookie").n, 0);
	assert_int_equal(post(&s, &v, &a, "/place", "Cookie: session=invented\r\n", "name=North"), 303);
	header_is(&a, "Location", "/sign-in?next=%2Fplace");
	assert_int_equal(talk_header(&a, "Set-Cookie").n, 0);
	small_stop(&s);
	assert_int_equal(small_count(&s, "SELECT count(*) FROM small_draft WHERE path = '/place?x=1' AND form = "
					 "'name=North%20star'"),
			 1);
	assert_int_equal(small_count(&s, "SELECT count(*) FROM small_draft"), 1);
	small_end(&s);
}

static void bodies_that_are_no_forms(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	small_start(&s, *state);
	post_is(&s, "/place", SESSION, TOKEN "&name=%zz", 400);
	post_is(&s, "/place", SESSION, TOKEN "&name=%00", 400);
	post_is(&s, "/place", SESSION, TOKEN "&name=%ff", 400);
	post_is(&s, "/place", SESSION, TOKEN "&name=%", 400);
	assert_int_equal(talk_ask(&t, s.port, &a,
				  "POST /place HTTP/1.1\r\nHost: here\r\n" SESSION
				  "Content-Type: text/plain\r\nContent-Length: 3\r\n\r\na=b"),
			 400);
	struct buf many CLEANUP(buf_release) = BUF_INIT;
	buf_text(&many, TOKEN);
	for (int i = 0; i < 2100; i++)
		buf_text(&many, "&a=1");
	post_is(&s, "/place", SESSION, buf_str(&many), 413);
	small_end(&s);
}

/* Read away, so that who sent it reads the answer. */
static void a_field_of_ten_megabytes(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	const size_t n = 10 << 20;
	char *much = xmalloc(n);
	memset(much, 'a', n);
	small_start(&s, *state);
	talk_begin(&t, s.port);
	talk_say(&t, "POST /place HTTP/1.1\r\nHost: here\r\n" SESSION URLENCODED "Content-Length: %zu\r\n\r\n", n);
	assert_true(talk_send(&t, much, n));
	struct answer a = talk_hear(&t, false);
	assert_int_equal(a.status, 413);
	assert_true(talk_holds(a.body, "Nothing of it was saved"));
	assert_true(talk_holds(a.body, "signed in"));
	/* who asks first is told before sending */
	struct talk u CLEANUP(talk_end) = { .fd = -1 };
	assert_int_equal(talk_ask(&u, s.port, &a,
				  "POST /place HTTP/1.1\r\nHost: here\r\n" SESSION URLENCODED
				  "Expect: 100-continue\r\nContent-Length: %zu\r\n\r\n",
				  n),
			 413);
	free(much);
	small_end(&s);
}

static void without_a_length_it_is_counted(void **state)
{
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 }, u CLEANUP(talk_end) = { .fd = -1 };
	struct answer a;
	char *piece = xmalloc(65536);
	memset(piece, 'a', 65536);
	small_start(&s, *state);
	const char *form = TOKEN "&name=North";
	assert_int_equal(talk_ask(&t, s.port, &a,
				  "POST /place HTTP/1.1\r\nHost: here\r\n" SESSION URLENCODED
				  "Transfer-Encoding: chunked\r\n\r\n%zx\r\n%s\r\n0\r\n\r\n",
				  strlen(form), form),
			 303);
	talk_begin(&u, s.port);
	talk_say(&u, "POST /place HTTP/1.1\r\nHost: here\r\n" SESSION URLENCODED "Transfer-Encoding: chunked\r\n\r\n");
	for (int i = 0; i < 20; i++) {
		talk_say(&u, "10000\r\n");
		assert_true(talk_send(&u, piece, 65536));
		talk_say(&u, "\r\n");
	}
	talk_say(&u, "0\r\n\r\n");
	assert_int_equal(talk_hear(&u, false).status, 413);
	free(piece);
	small_end(&s);
}

/* ---- files ---- */

static int files_in_spool(struct small *s)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	buf_printf(&b, "%s/spool", ledger_side(s->c->ledger));
	int n = 0;
	DIR *d = opendir(buf_str(&b));
	for (struct dirent *e; d && (e = readdir(d));)
		n += e->d_name[0] != '.';
	if (d)
		closedir(d);
	return n;
}

#define MARK "----mark-between-parts"
static void part(struct buf *b, const char *head, const char *value, size_t n)
{
	buf_printf(b, "--" MARK "\r\nContent-Disposition: form-data; %s\r\n\r\n", head);
	buf_add(b, value, n);
	buf_text(b, "\r\n");
}

static void file_form(struct buf *b, const char *file, size_t n)
{
	part(b, "name=\"" FORM_TOKEN "\"", SMALL_TOKEN, strlen(SMALL_TOKEN));
	part(b, "name=\"paper\"; filename=\"C:\\papers\\decree \xc3\xa9.pdf\"\r\nContent-Type: application/pdf", file,
	     n);
	part(b, "name=\"words\"", "after\r\nthe file", 15);
	buf_text(b, "--" MARK "--\r\n");
}

static void a_file_arrives_as_it_was_sent(void **state)
{
	struct small s;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	const size_t n = 3 << 20;
	char *file = xmalloc(n), expected[64];
	unsigned sum = 0;
	for (size_t i = 0; i < n; i++) { /* with what looks like the mark, and line ends at odd places */
		file[i] = "\r\n------mark-between-part"[i % 25];
		sum = sum * 31 + (unsigned char)file[i];
	}
	file_form(&b, file, n);
	small_start(&s, *state);
	talk_begin(&t, s.port);
	talk_say(&t,
		 "POST /paper HTTP/1.1\r\nHost: here\r\n" SESSION "Content-Type: multipart/form-data; boundary=" MARK
		 "\r\nContent-Length: %zu\r\n\r\n",
		 b.n);
	for (size_t at = 0; at < b.n; at += 70001)
		assert_true(talk_send(&t, b.p + at, b.n - at < 70001 ? b.n - at : 70001));
	struct answer a = talk_hear(&t, false);
	snprintf(expected, sizeof expected, "%zu %u after\nthe file", n, sum);
	assert_int_equal(a.status, 200);
	assert_true(str_is(a.body, expected));
	free(file);
	small_stop(&s);
	assert_int_equal(files_in_spool(&s), 0);
	small_end(&s);
}

/* The line is cut in the middle of a form and of a file: nothing is kept, nothing is written. */
static void a_line_that_is_cut(void **state)
{
	struct small s;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct talk t;
	char file[70000] = "a paper";
	file_form(&b, file, sizeof file);
	small_start(&s, *state);
	for (int i = 0; i < 6; i++) {
		talk_begin(&t, s.port);
		talk_say(&t,
			 "POST /paper HTTP/1.1\r\nHost: here\r\n" SESSION
			 "Content-Type: multipart/form-data; boundary=" MARK "\r\nContent-Length: %zu\r\n\r\n",
			 b.n);
		(void)talk_send(&t, b.p, b.n * (size_t)(i + 1) / 7);
		talk_end(&t);
		talk_begin(&t, s.port);
		talk_say(&t, "POST /place HTTP/1.1\r\nHost: here\r\n" SESSION URLENCODED
			     "Content-Length: 100\r\n\r\n" TOKEN);
		talk_end(&t);
	}
	struct talk u CLEANUP(talk_end) = { .fd = -1 };
	assert_int_equal(post(&s, &u, NULL, "/place", SESSION, TOKEN "&name=North"), 303);
	small_stop(&s);
	assert_int_equal(files_in_spool(&s), 0);
	assert_int_equal(atomic_load(&small_written), 1);
	small_end(&s);
}

static void parts_that_are_none(void **state)
{
	static const char *const bodies[] = {
		"",
		"--" MARK,
		"--" MARK "\r\n",
		"--" MARK "--\r\n junk",
		"--" MARK "x\r\n\r\n",
		"--" MARK "\r\nContent-Disposition: form-data\r\n\r\nx\r\n--" MARK "--\r\n",
		"--" MARK "\r\nContent-Type: text/plain\r\n\r\nx\r\n--" MARK "--\r\n",
		"--" MARK "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--" MARK "--\r\n",
	};
	struct small s;
	small_start(&s, *state);
	for (size_t i = 0; i < COUNT(bodies); i++) {
		struct talk t CLEANUP(talk_end) = { .fd = -1 };
		int status = talk_ask(&t, s.port, NULL,
				      "POST /paper HTTP/1.1\r\nHost: here\r\n" SESSION
				      "Content-Type: multipart/form-data; boundary=" MARK
				      "\r\nContent-Length: %zu\r\n\r\n%s",
				      strlen(bodies[i]), bodies[i]);
		int expected = i == 3 ? 403 : 400; /* whole, but without its token */
		if (status != expected)
			fail_msg("body %zu: %d instead of %d", i, status, expected);
	}
	small_end(&s);
}

/* ---- programs ---- */

static void a_program_writes_by_its_token_alone(void **state)
{
	struct small s;
	struct answer a;
	small_start(&s, *state);
	const char *const methods[] = { "POST", "PUT", "DELETE" };
	for (size_t i = 0; i < COUNT(methods); i++) {
		struct talk t CLEANUP(talk_end) = { .fd = -1 }, u CLEANUP(talk_end) = { .fd = -1 };
		char expected[64];
		assert_int_equal(talk_ask(&t, s.port, &a,
					  "%s /api/thing HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " SMALL_BEARER
					  "\r\nContent-Length: 2\r\n\r\n{}",
					  methods[i]),
				 201);
		snprintf(expected, sizeof expected, "{\"method\":\"%s\",\"n\":2}", methods[i]);
		assert_true(str_is(a.body, expected));
		assert_int_equal(talk_ask(&u, s.port, &a,
					  "%s /api/thing HTTP/1.1\r\nHost: here\r\n" SESSION
					  "Content-Length: 2\r\n\r\n{}",
					  methods[i]),
				 401);
	}
	struct talk t CLEANUP(talk_end) = { .fd = -1 }, v CLEANUP(talk_end) = { .fd = -1 };
	assert_int_equal(talk_ask(&v, s.port, &a, "PATCH /api/thing HTTP/1.1\r\nHost: here\r\n\r\n"), 405);
	header_is(&a, "Allow", "GET, HEAD, POST, PUT, DELETE");
	assert_int_equal(talk_ask(&t, s.port, &a,
				  "POST /api/thing HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " SMALL_BEARER
				  "\r\nContent-Length: 0\r\n\r\n"),
			 422);
	header_is(&a, "Content-Type", "application/problem+json");
	assert_true(talk_holds(
		a.body, "\"problems\":[{\"field\":\"body\",\"todo\":\"send JSON\",\"what\":\"nothing was sent\"}]"));
	small_end(&s);
}

int forms_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(what_is_saved_leads_on_and_is_told_once),
		SPOT_CASE(what_was_typed_stays),
		SPOT_CASE(a_form_without_its_token_is_refused),
		SPOT_CASE(a_form_before_signing_in_has_its_own_token),
		SPOT_CASE(a_form_sent_twice_writes_once),
		SPOT_CASE(the_same_form_from_two_windows_at_once),
		SPOT_CASE(a_form_whose_session_ended_is_kept),
		SPOT_CASE(bodies_that_are_no_forms),
		SPOT_CASE(a_field_of_ten_megabytes),
		SPOT_CASE(without_a_length_it_is_counted),
		SPOT_CASE(a_file_arrives_as_it_was_sent),
		SPOT_CASE(a_line_that_is_cut),
		SPOT_CASE(parts_that_are_none),
		SPOT_CASE(a_program_writes_by_its_token_alone),
	};
	return spot_run("forms", cases, COUNT(cases));
}
