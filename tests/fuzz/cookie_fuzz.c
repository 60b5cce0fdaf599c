/* cookie_fuzz.c - any header is read; what was read is clean, and a value written is read again as it was. */
#include "web/cookie.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void expect(bool holds, const char *what)
{
	if (!holds)
		bug("%s", what);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct str s = { (const char *)data, n };
	struct pairs p = { 0 }, again = { 0 };
	cookies_read(&a, s, &p);
	for (size_t i = 0; i < p.n; i++) {
		struct str v = p.list[i].value;
		expect(p.list[i].name.n > 0 && text_utf8_bad(v) == v.n && !(v.n && memchr(v.p, 0, v.n)),
		       "a cookie is not clean");
	}
	if (n == 0 || text_utf8_bad(s) != n || memchr(s.p, 0, n))
		return 0;
	struct str written = cookie_write(&a, &(struct cookie){ "name", s, 0, false, false });
	for (size_t i = 0; i < written.n; i++)
		expect((unsigned char)written.p[i] >= ' ' && (unsigned char)written.p[i] < 0x7f, "a header is broken");
	cookies_read(&a, written, &again);
	expect(str_eq(pairs_first(&again, "name"), s), "a value is not read as it was written");
	return 0;
}
