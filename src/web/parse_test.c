/* parse_test.c - what is read of addresses, cookies and bodies, without a server. */
#include "web/body.h"
#include "web/cookie.h"
#include "web/inside.h"
#include "web/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int parse_test(void);

static enum err nothing(struct request *q)
{
	(void)q;
	return E_OK;
}

/* clang-format off */
static const struct page some[] = {
	{ "/",                 "0", .draw = nothing },
	{ "/a",                "1", .draw = nothing },
	{ "/a/{x}",            "2", .draw = nothing },
	{ "/a/new",            "3", .draw = nothing },
	{ "/a/{x}/b",          "4", .draw = nothing },
	{ "/a/{x}/{y}",        "5", .draw = nothing },
	{ "/{any}/end",        "6", .draw = nothing },
	{ 0 },
};
static const struct page more[] = {
	{ "/a",                "7", .write = nothing },
	{ "/a/{y}",            "8", .write = nothing, .flags = PAGE_API, .method = "PUT" },
	{ 0 },
};
/* clang-format on */
static const struct page *const arrays[] = { some, more, NULL };

static void a_path_finds_its_row(void **state)
{
	static const struct {
		const char *path, *title, *values;
	} cases[] = {
		{ "/", "0", "" },           { "/a", "1", "" },
		{ "/a/7", "2", "7" },       { "/a/new", "3", "" },
		{ "/a/new/b", "4", "new" }, { "/a/7/c", "5", "7,c" },
		{ "/z/end", "6", "z" },     { "/a/end", "2", "end" },
		{ "/a/%2F", "2", "/" },     { "/%61/n%65w", "3", "" },
		{ "/a/+", "2", "+" },       { "/a/III%2Fa", "2", "III/a" },
		{ "/a/", NULL, "" },        { "/b", NULL, "" },
		{ "//a", NULL, "" },        { "/a//b", NULL, "" },
		{ "/a/../a", NULL, "" },    { "/a/%2e%2E", NULL, "" },
		{ "/a/.", NULL, "" },       { "", NULL, "" },
		{ "a", NULL, "" },          { "/a/1/2/3/4/5/6/7/8/9/10/11/12/13", NULL, "" },
	};
	struct routes *r = routes_new(arrays);
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena a CLEANUP(arena_release) = ARENA_INIT;
		struct buf values CLEANUP(buf_release) = BUF_INIT;
		struct route found;
		bool bad;
		bool there = route_find(r, &a, str_of(cases[i].path), &found, &bad);
		assert_false(bad);
		if (there != (cases[i].title != NULL))
			fail_msg("%s: %s", cases[i].path, there ? found.rows[0]->path : "not found");
		for (size_t k = 0; there && k < found.nvalues; k++)
			buf_printf(&values, "%s%.*s", k ? "," : "", (int)found.values[k].n, found.values[k].p);
		assert_string_equal(there ? found.rows[0]->title : "", cases[i].title ? cases[i].title : "");
		assert_string_equal(buf_str(&values), cases[i].values);
	}
	routes_free(r);
}

static void escapes_that_mean_nothing_are_bad(void **state)
{
	static const char *const paths[] = { "/a/%", "/a/%4", "/a/%zz", "/a/%00", "/a/%ff", "/a/%c3", "/a/%ed%a0%80" };
	struct routes *r = routes_new(arrays);
	(void)state;
	for (size_t i = 0; i < COUNT(paths); i++) {
		struct arena a CLEANUP(arena_release) = ARENA_INIT;
		struct route found;
		bool bad;
		assert_false(route_find(r, &a, str_of(paths[i]), &found, &bad));
		assert_true(bad);
	}
	routes_free(r);
}

static void rows_of_one_path_stand_together(void **state)
{
	struct routes *r = routes_new(arrays);
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct route found;
	bool bad;
	(void)state;
	assert_true(route_find(r, &a, STR("/a/7"), &found, &bad));
	assert_int_equal(found.nrows, 2);
	assert_true(str_is(route_name(found.rows[0], 0), "x"));
	assert_true(str_is(route_name(found.rows[1], 0), "y"));
	routes_free(r);
}

static void only_pages_of_ours_may_be_next(void **state)
{
	static const struct site site = { .pages = arrays };
	static const char *const good[] = { "/", "/a", "/a/7?x=1&y=%20", "/a/%C3%A9" };
	static const char *const bad[] = { "",       "//elsewhere", "http://elsewhere", "/nowhere",
					   "/a\\b",  "/a/ b",       "/a/\r\nX: y",      "/a#b",
					   "/a/%zz", "javascript:x" };
	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		assert_true(str_is(site_next(&site, str_of(good[i])), good[i]));
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_true(str_is(site_next(&site, str_of(bad[i])), "/"));
}

static void cookies_are_read_and_written(void **state)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct pairs p = { 0 };
	(void)state;
	cookies_read(&a, STR("one=1; two=a%20b;three=;=x; four ; bad=a b; five=\"x\"; worse=%zz;six=6"), &p);
	assert_int_equal(p.n, 4);
	assert_true(str_is(pairs_first(&p, "one"), "1"));
	assert_true(str_is(pairs_first(&p, "two"), "a b"));
	assert_int_equal(pairs_first(&p, "three").n, 0);
	assert_true(str_is(pairs_first(&p, "six"), "6"));
	struct cookie c = { "told", STR("a;b\r\n\xc3\xa9"), 60, true, true };
	assert_true(str_is(cookie_write(&a, &c),
			   "told=a%3Bb%0D%0A%C3%A9; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=60"));
}

static void the_kind_of_a_body(void **state)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	enum body_kind kind;
	struct str mark;
	(void)state;
	assert_true(body_kind_of(STR("application/x-www-form-urlencoded; charset=UTF-8"), &a, &kind, &mark));
	assert_int_equal(kind, BODY_FORM);
	assert_true(body_kind_of(STR("multipart/form-data; charset=x; boundary=\"a b\""), &a, &kind, &mark));
	assert_int_equal(kind, BODY_PARTS);
	assert_true(str_is(mark, "a b"));
	assert_false(body_kind_of(STR("multipart/form-data"), &a, &kind, &mark));
	assert_false(body_kind_of(STR("multipart/form-data; boundary="), &a, &kind, &mark));
	assert_false(body_kind_of(
		STR("multipart/form-data; boundary=12345678901234567890123456789012345678901234567890123456789"
		    "012345678901"),
		&a, &kind, &mark));
	assert_false(body_kind_of(STR("text/plain"), &a, &kind, &mark));
	assert_false(body_kind_of(STR(""), &a, &kind, &mark));
}

/* A form reads the same however its bytes are cut into pieces. */
static void parts_read_the_same_in_any_pieces(void **state)
{
	static const char body[] =
		"a preamble\r\n--M\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--Mtwo\r\n--"
		"M\r\ncontent-disposition: form-data; name=\"b%22c\"\r\nContent-Type: text/plain\r\n\r\n\r\n"
		"--M\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n\r\n--M--\r\nafter";
	(void)state;
	/* what looks like a boundary within a value is not a form that a browser sends */
	for (size_t step = 1; step < sizeof body; step++) {
		struct arena a CLEANUP(arena_release) = ARENA_INIT;
		struct pairs into = { 0 };
		struct body_ask ask = { &a, &into, "/tmp", BODY_PARTS, STR("M"), 1000, 1000 };
		struct body_reader *f = body_new(&ask);
		int status = 0;
		for (size_t at = 0; at < sizeof body - 1 && !status; at += step)
			status = body_feed(f, body + at, sizeof body - 1 - at < step ? sizeof body - 1 - at : step);
		assert_int_equal(status, 400);
		body_free(f);
	}
	char good[sizeof body];
	memcpy(good, body, sizeof body);
	memcpy(strstr(good, "--Mtwo"), "--mtwo", 6);
	for (size_t step = 1; step < sizeof body; step++) {
		struct arena a CLEANUP(arena_release) = ARENA_INIT;
		struct pairs into = { 0 };
		struct body_ask ask = { &a, &into, "/tmp", BODY_PARTS, STR("M"), 1000, 1000 };
		struct body_reader *f = body_new(&ask);
		for (size_t at = 0; at < sizeof body - 1; at += step)
			assert_int_equal(
				body_feed(f, good + at, sizeof body - 1 - at < step ? sizeof body - 1 - at : step), 0);
		assert_int_equal(body_end(f), 0);
		assert_int_equal(into.n, 2);
		assert_true(str_is(pairs_last(&into, "a"), "one\n--mtwo"));
		assert_true(str_is(into.list[1].name, "b\"c") && into.list[1].value.n == 0);
		assert_null(body_files(f));
		body_free(f);
	}
}

static void names_of_files_are_cleaned(void **state)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	(void)state;
	assert_true(str_is(body_filename(&a, STR("C:\\papers\\a b.pdf")), "a b.pdf"));
	assert_true(str_is(body_filename(&a, STR("../../etc/passwd")), "passwd"));
	assert_true(str_is(body_filename(&a, STR("a\r\nb\"c")), "abc"));
	assert_true(str_is(body_filename(&a, STR("\xff")), "file"));
	assert_true(str_is(body_filename(&a, STR("/")), ""));
}

static void pairs_are_cut_and_decoded(void **state)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct str rest = STR("&&a=1&b&=c&&d=%41+=&"), part, bad = STR("a=%zz");
	struct pair p;
	(void)state;
	while (pairs_cut(&rest, &part)) {
		assert_true(pairs_split(&a, part, &p));
		buf_printf(&b, "[%.*s|%.*s]", (int)p.name.n, p.name.p, (int)p.value.n, p.value.p);
	}
	assert_string_equal(buf_str(&b), "[a|1][b|][|c][d|A =]");
	assert_true(pairs_cut(&bad, &part));
	assert_false(pairs_split(&a, part, &p));
	assert_false(pairs_cut(&bad, &part));
}

int parse_test(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_finds_its_row),
		cmocka_unit_test(escapes_that_mean_nothing_are_bad),
		cmocka_unit_test(rows_of_one_path_stand_together),
		cmocka_unit_test(only_pages_of_ours_may_be_next),
		cmocka_unit_test(cookies_are_read_and_written),
		cmocka_unit_test(the_kind_of_a_body),
		cmocka_unit_test(parts_read_the_same_in_any_pieces),
		cmocka_unit_test(names_of_files_are_cleaned),
		cmocka_unit_test(pairs_are_cut_and_decoded),
	};
	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
