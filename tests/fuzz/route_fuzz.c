/* route_fuzz.c - any path finds a row, none, or is bad; what stood in braces is clean; what may be next is a path of
 * ours. */
#include "web/inside.h"
#include "web/route.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static enum err nothing(struct request *q)
{
	(void)q;
	return E_OK;
}

static const struct page pages[] = {
	{ "/", "", .draw = nothing },
	{ "/a", "", .draw = nothing },
	{ "/a/{x}", "", .draw = nothing },
	{ "/a/{x}/b", "", .draw = nothing },
	{ "/{x}/{y}/{z}", "", .draw = nothing },
	{ "/a/b/{x}", "", .draw = nothing },
	{ 0 },
};
static const struct page *const arrays[] = { pages, NULL };
static const struct site site = { .pages = arrays };

static void expect(bool holds, const char *what)
{
	if (!holds)
		bug("%s", what);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct str path = { (const char *)data, n };
	struct route found;
	bool bad;
	bool there = route_find(routes_of(&site), &a, path, &found, &bad);
	expect(!(there && bad), "a bad path leads somewhere");
	for (size_t i = 0; there && i < found.nvalues; i++) {
		struct str v = found.values[i];
		expect(v.n && text_utf8_bad(v) == v.n && !memchr(v.p, 0, v.n) && !str_is(v, ".."),
		       "a value is not clean");
		expect(route_name(found.rows[0], i).n > 0, "a brace has no name");
	}
	struct str next = site_next(&site, path);
	expect(next.n >= 1 && next.p[0] == '/' && (next.n == 1 || next.p[1] != '/'), "what is next is elsewhere");
	for (size_t i = 0; i < next.n; i++)
		expect((unsigned char)next.p[i] > ' ' && next.p[i] != '\\', "what is next breaks a header");
	return 0;
}
