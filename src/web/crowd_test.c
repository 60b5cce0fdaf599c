/* crowd_test.c - many at once, silent ones, slow ones, and stopping while all of that goes on. */
#include "../../tests/help/small_site.h"
#include "../../tests/help/spot.h"
#include "../../tests/help/talk.h"
#include "web/inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

int crowd_test(void);

#define SESSION "Cookie: session=" SMALL_SESSION "\r\n"
#define FORM FORM_TOKEN "=" SMALL_TOKEN "&name=North"

static void say_get(struct talk *t, const char *path)
{
	talk_say(t, "GET %s HTTP/1.1\r\nHost: here\r\n" SESSION "\r\n", path);
}

static void say_post(struct talk *t, const char *path)
{
	talk_say(t,
		 "POST %s HTTP/1.1\r\nHost: here\r\n" SESSION
		 "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n" FORM,
		 path, strlen(FORM));
}

static int status_of(struct small *s, const char *path)
{
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	talk_begin(&t, s->port);
	say_get(&t, path);
	return talk_hear(&t, false).status;
}

static void silent_connections_hinder_nobody(void **state)
{
	enum { SILENT = 300 };
	struct small s;
	struct talk *silent = xcalloc(SILENT, sizeof *silent);
	small_start(&s, *state);
	for (int i = 0; i < SILENT; i++) {
		talk_begin(&silent[i], s.port);
		if (i % 3 == 1)
			talk_say(&silent[i], "GET /people/7 HT");
		if (i % 3 == 2)
			talk_say(&silent[i], "POST /place HTTP/1.1\r\nHost: here\r\nContent-Length: 90\r\n\r\nform");
	}
	for (int i = 0; i < 50; i++)
		assert_int_equal(status_of(&s, "/people/7"), 200);
	for (int i = 0; i < SILENT; i++)
		talk_end(&silent[i]);
	assert_int_equal(status_of(&s, "/people/7"), 200);
	free(silent);
	small_end(&s);
}

/* Who does not take the answer holds up neither others nor, at the end, the stopping. */
static void a_slow_reader_hinders_nobody(void **state)
{
	struct small s;
	struct talk slow[20];
	small_start(&s, *state);
	for (size_t i = 0; i < COUNT(slow); i++) {
		talk_begin(&slow[i], s.port);
		say_get(&slow[i], i % 2 ? "/long" : "/people/7?lines=15000");
	}
	for (int i = 0; i < 50; i++)
		assert_int_equal(status_of(&s, "/people/7"), 200);
	for (size_t i = 0; i < COUNT(slow); i++) {
		struct answer a = talk_hear(&slow[i], false);
		assert_int_equal(a.status, 200);
		assert_true(a.body.n > 500000);
		talk_end(&slow[i]);
	}
	small_end(&s);
}

/* Some say that they will ask no more as soon as they have asked; that is no hanging up. */
static void who_only_listens_hears_a_long_answer(void **state)
{
	const int little = 256 << 10; /* so that the system cannot hold it all; less than a segment would crawl */
	struct small s;
	struct talk t CLEANUP(talk_end) = { .fd = -1 };
	small_start(&s, *state);
	talk_begin(&t, s.port);
	setsockopt(t.fd, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
	say_get(&t, "/people/7?lines=300000");
	assert_int_equal(shutdown(t.fd, SHUT_WR), 0);
	usleep(2500000); /* the clock looks at connections each second */
	struct answer a = talk_hear(&t, false);
	assert_int_equal(a.status, 200);
	assert_true(a.body.n > 10000000);
	small_end(&s);
}

static void slow_pages_leave_the_loops_free(void **state)
{
	struct small s;
	struct talk slow[10];
	small_start(&s, *state);
	atomic_store(&small_hold, true);
	for (size_t i = 0; i < COUNT(slow); i++) {
		talk_begin(&slow[i], s.port);
		say_get(&slow[i], "/slow");
	}
	for (int i = 0; i < 20; i++)
		assert_int_equal(status_of(&s, "/people/7"), 200);
	atomic_store(&small_hold, false);
	for (size_t i = 0; i < COUNT(slow); i++) {
		assert_int_equal(talk_hear(&slow[i], false).status, 200);
		talk_end(&slow[i]);
	}
	small_end(&s);
}

/* Where the queue of slow work is full, one is told so at once. */
static void a_full_pool_says_so(void **state)
{
	enum { MANY = 300 };
	struct small s;
	struct talk *t = xcalloc(MANY, sizeof *t);
	int ok = 0, busy = 0;
	small_start(&s, *state);
	atomic_store(&small_hold, true);
	for (int i = 0; i < MANY; i++) {
		talk_begin(&t[i], s.port);
		say_get(&t[i], "/slow");
	}
	while (status_of(&s, "/slow") != 503)
		;
	atomic_store(&small_hold, false);
	for (int i = 0; i < MANY; i++) {
		struct answer a = talk_hear(&t[i], false);
		ok += a.status == 200;
		busy += a.status == 503 && talk_header(&a, "Retry-After").n > 0;
		talk_end(&t[i]);
	}
	assert_int_equal(ok + busy, MANY);
	assert_true(ok >= 256 && busy > 0);
	free(t);
	small_end(&s);
}

static void say_sign_in(struct talk *t)
{
	const char *form = FORM_TOKEN "=a-token-of-twenty-letters";
	talk_say(t,
		 "POST /sign-in HTTP/1.1\r\nHost: here\r\nCookie: form=a-token-of-twenty-letters\r\n"
		 "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
		 strlen(form), form);
}

static void passwords_are_hashed_two_at_a_time(void **state)
{
	enum { MANY = 40 };
	struct small s;
	struct talk t[MANY];
	small_start(&s, *state);
	for (int i = 0; i < MANY; i++) {
		talk_begin(&t[i], s.port);
		say_sign_in(&t[i]);
	}
	for (int i = 0; i < MANY; i++) {
		assert_int_equal(talk_hear(&t[i], false).status, 303);
		talk_end(&t[i]);
	}
	assert_int_equal(atomic_load(&small_hashing_most), 2);
	small_end(&s);
}

/* When very many sign in at once, those whom the queue does not hold read how long it will take; nobody is dropped. */
static void a_crowd_at_the_door_is_told_the_wait(void **state)
{
	enum { MANY = 560, HELD = 514 };
	struct small s;
	struct talk *t = xcalloc(MANY, sizeof *t);
	int in = 0, told = 0, others = 0; /* others: who took a place of the queue while it was not full */
	small_start(&s, *state);
	atomic_store(&small_hold, true);
	for (int i = 0; i < MANY; i++) {
		talk_begin(&t[i], s.port);
		say_sign_in(&t[i]);
	}
	while (told == 0) { /* until the queue is full */
		struct talk more;
		talk_begin(&more, s.port);
		say_sign_in(&more);
		struct pollfd p = { .fd = more.fd, .events = POLLIN };
		if (poll(&p, 1, 200) == 1)
			told = talk_hear(&more, false).status == 503;
		else
			others++;
		talk_end(&more);
	}
	told = 0;
	atomic_store(&small_hold, false);
	for (int i = 0; i < MANY; i++) {
		struct answer a = talk_hear(&t[i], false);
		in += a.status == 303;
		told += a.status == 503 && talk_header(&a, "Retry-After").n && talk_holds(a.body, "try again in about");
		talk_end(&t[i]);
	}
	assert_int_equal(in + told, MANY);
	assert_true(in + others >= HELD);
	free(t);
	small_end(&s);
}

/* ---- what a crowd does to connections that would wait idle ---- */

static bool ends(const struct answer *a)
{
	return str_is(talk_header(a, "Connection"), "close");
}

/* Any answer is whole, says that the connection ends, and ends it. */
static void each_answer_ends_its_connection(struct small *s)
{
	static const char *const asked[] = {
		"GET /people/7?lines=90 HTTP/1.1\r\nHost: here\r\n" SESSION "Accept-Encoding: gzip\r\n\r\n",
		"HEAD /people/7 HTTP/1.1\r\nHost: here\r\n" SESSION "\r\n",
		"GET /long HTTP/1.1\r\nHost: here\r\n" SESSION "\r\n",
		"GET /slow HTTP/1.1\r\nHost: here\r\n" SESSION "\r\n",
		"GET /nowhere HTTP/1.1\r\nHost: here\r\n" SESSION "\r\n",
		"GET /people/7?closed=1 HTTP/1.1\r\nHost: here\r\n" SESSION "\r\n",
		"GET /assets/style.0123.css HTTP/1.1\r\nHost: here\r\n\r\n",
		"GET /assets/style.0123.css HTTP/1.1\r\nHost: here\r\nIf-None-Match: \"style.0123.css\"\r\n\r\n",
	};
	static const int statuses[] = { 200, 200, 200, 200, 404, 200, 200, 304 };
	for (size_t i = 0; i < COUNT(asked); i++) {
		struct talk t CLEANUP(talk_end) = { .fd = -1 };
		bool head_only = asked[i][0] == 'H';
		talk_begin(&t, s->port);
		talk_say(&t, "%s", asked[i]);
		struct answer a = talk_hear(&t, head_only);
		assert_int_equal(a.status, statuses[i]);
		assert_true(ends(&a));
		assert_int_equal(talk_hear(&t, head_only).status, 0);
	}
}

/* One connection more is seen a moment after it was made, and one less. */
static void ask_until(struct small *s, struct talk *t, bool ended)
{
	for (int tries = 0; tries < 3000; tries++) {
		struct talk own CLEANUP(talk_end) = { .fd = -1 }, *asking = t ? t : &own;
		if (!t)
			talk_begin(&own, s->port);
		say_get(asking, "/people/7");
		struct answer a = talk_hear(asking, false);
		assert_int_equal(a.status, 200);
		if (ends(&a) == ended)
			return;
		usleep(5000);
	}
	fail_msg("connections are %s", ended ? "kept in a crowd" : "not kept after a crowd");
}

/* Idle connections of a crowd would be closed early, some in the very moment of their next request; so there are none.
 * Those that were kept before it came are answered as well. */
static void a_crowd_keeps_no_connections(void **state)
{
	struct small s;
	struct talk one_more, *kept = xcalloc(LIMIT_KEPT, sizeof *kept);
	small_start(&s, *state);
	for (int i = 0; i < LIMIT_KEPT; i++) {
		talk_begin(&kept[i], s.port);
		say_get(&kept[i], "/people/7");
		struct answer a = talk_hear(&kept[i], false);
		assert_int_equal(a.status, 200);
		assert_false(ends(&a));
	}
	each_answer_ends_its_connection(&s);
	talk_begin(&one_more, s.port);
	ask_until(&s, &kept[0], true);
	assert_int_equal(talk_hear(&kept[0], false).status, 0);
	for (int i = 1; i < LIMIT_KEPT; i++) {
		say_post(&kept[i], "/place");
		assert_int_equal(talk_hear(&kept[i], false).status, 303);
	}
	for (int i = 0; i < LIMIT_KEPT; i++)
		talk_end(&kept[i]);
	talk_end(&one_more);
	ask_until(&s, NULL, false);
	free(kept);
	small_end(&s);
}

/* ---- readers and writers from many threads ---- */

struct visitor {
	struct small *s;
	pthread_t thread;
	int i, wrong;
};

static void *visit(void *arg)
{
	static const char *const paths[] = { "/people/7",          "/",       "/people/8?closed=1", "/slow",
					     "/people/7?lines=50", "/nowhere" };
	struct visitor *v = arg;
	struct talk t;
	talk_begin(&t, v->s->port);
	for (int i = 0; i < 60; i++) {
		int what = (i + v->i) % 8, expected = what == 5 ? 404 : what < 6 ? 200 : 303;
		if (what < 6)
			say_get(&t, paths[what]);
		else
			say_post(&t, what == 6 ? "/place" : "/alone");
		v->wrong += talk_hear(&t, false).status != expected;
	}
	talk_end(&t);
	return NULL;
}

static void many_read_and_write_at_once(void **state)
{
	struct small s;
	struct visitor v[8];
	small_start(&s, *state);
	for (int i = 0; i < (int)COUNT(v); i++) {
		v[i] = (struct visitor){ .s = &s, .i = i };
		assert_int_equal(pthread_create(&v[i].thread, NULL, visit, &v[i]), 0);
	}
	for (size_t i = 0; i < COUNT(v); i++) {
		pthread_join(v[i].thread, NULL);
		assert_int_equal(v[i].wrong, 0);
	}
	small_stop(&s);
	assert_int_equal(small_count(&s, "SELECT count(*) FROM place"), atomic_load(&small_written));
	assert_int_equal(small_count(&s, "SELECT count(*) FROM entry WHERE action = 'test.place'"),
			 atomic_load(&small_written));
	small_end(&s);
}

/* ---- stopping ---- */

static void *let_go(void *arg)
{
	(void)arg;
	usleep(200000);
	atomic_store(&small_hold, false);
	return NULL;
}

/* What was asked before is answered, what was written stays, and who asks later finds nobody. */
static void stopping_finishes_what_runs(void **state)
{
	struct small s;
	struct talk slow[4], quiet, half;
	pthread_t thread;
	small_start(&s, *state);
	talk_begin(&quiet, s.port);
	talk_begin(&half, s.port);
	talk_say(&half, "GET / HTTP/1.1\r\nHo");
	atomic_store(&small_hold, true);
	for (size_t i = 0; i < COUNT(slow); i++) {
		talk_begin(&slow[i], s.port);
		say_get(&slow[i], "/slow");
	}
	struct talk w;
	talk_begin(&w, s.port);
	say_post(&w, "/place");
	assert_int_equal(talk_hear(&w, false).status, 303);
	assert_int_equal(pthread_create(&thread, NULL, let_go, NULL), 0);
	small_stop(&s);
	for (size_t i = 0; i < COUNT(slow); i++) {
		struct answer a = talk_hear(&slow[i], false);
		assert_int_equal(a.status, 200);
		assert_true(talk_holds(a.body, "At last"));
		talk_end(&slow[i]);
	}
	pthread_join(thread, NULL);
	assert_int_equal(talk_hear(&quiet, false).status, 0);
	talk_end(&quiet);
	talk_end(&half);
	talk_end(&w);
	assert_int_equal(small_count(&s, "SELECT count(*) FROM place"), 1);
	small_end(&s);
}

/* Who goes away while the answer is being made leaves nothing behind that the end would wait for. */
static void who_leaves_while_waiting_is_forgotten(void **state)
{
	const struct linger at_once = { .l_onoff = 1 };
	struct small s;
	struct talk t[10];
	small_start(&s, *state);
	atomic_store(&small_hold, true);
	for (size_t i = 0; i < COUNT(t); i++) {
		talk_begin(&t[i], s.port);
		say_get(&t[i], i % 2 ? "/slow" : "/people/7?lines=9");
	}
	assert_int_equal(status_of(&s, "/people/7"), 200);
	for (size_t i = 0; i < COUNT(t); i++) {
		setsockopt(t[i].fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
		talk_end(&t[i]);
	}
	usleep(50000);
	atomic_store(&small_hold, false);
	assert_int_equal(status_of(&s, "/slow"), 200);
	small_end(&s);
}

static void a_second_server_is_not_let_in(void **state)
{
	struct small s;
	struct server *other;
	char where[32];
	small_start(&s, *state);
	int input = fcntl(STDIN_FILENO, F_GETFD) == -1 ? open("/dev/null", O_RDONLY) : STDIN_FILENO;
	assert_int_equal(input, STDIN_FILENO);
	snprintf(where, sizeof where, "127.0.0.1:%d", s.port);
	struct ctx *c;
	assert_int_equal(ctx_again(s.c, &c), E_OK);
	struct server_ask ask = { .site = small_site(), .c = c, .listen = where, .access_log = s.log };
	assert_int_equal(server_start(&ask, &other), E_FAULT);
	assert_true(spot_said("another program listens there already"));
	ask.listen = "here";
	assert_int_equal(server_start(&ask, &other), E_USAGE);
	ask.access_log = "/nowhere/access.log"; /* before there is any socket: none is closed */
	assert_int_equal(server_start(&ask, &other), E_FAULT);
	assert_int_not_equal(fcntl(input, F_GETFD), -1);
	ctx_close(c);
	assert_int_equal(status_of(&s, "/people/7"), 200);
	small_end(&s);
}

int crowd_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(silent_connections_hinder_nobody),
		SPOT_CASE(a_slow_reader_hinders_nobody),
		SPOT_CASE(who_only_listens_hears_a_long_answer),
		SPOT_CASE(slow_pages_leave_the_loops_free),
		SPOT_CASE(a_full_pool_says_so),
		SPOT_CASE(passwords_are_hashed_two_at_a_time),
		SPOT_CASE(a_crowd_at_the_door_is_told_the_wait),
		SPOT_CASE(a_crowd_keeps_no_connections),
		SPOT_CASE(many_read_and_write_at_once),
		SPOT_CASE(stopping_finishes_what_runs),
		SPOT_CASE(who_leaves_while_waiting_is_forgotten),
		SPOT_CASE(a_second_server_is_not_let_in),
	};
	return spot_run("crowd", cases, COUNT(cases));
}
