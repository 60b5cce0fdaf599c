/* html_fuzz.c - any text on its way into a page or an address: nothing of it becomes markup, and it comes back whole.
 */
#include "base/error.h"
#include "base/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void expect(bool holds, const char *what)
{
	if (!holds)
		bug("%s", what);
}

/* Undoes what a browser undoes. */
static void unescape(struct str s, struct buf *out)
{
	static const struct {
		const char *name;
		char is;
	} names[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;", '\'' } };
	for (size_t i = 0; i < s.n;) {
		size_t k = 0;
		for (; s.p[i] == '&' && k < COUNT(names); k++)
			if (strncmp(s.p + i, names[k].name, strlen(names[k].name)) == 0)
				break;
		expect(s.p[i] != '&' || k < COUNT(names), "an ampersand stands alone");
		buf_char(out, s.p[i] == '&' ? names[k].is : s.p[i]);
		i += s.p[i] == '&' ? strlen(names[k].name) : 1;
	}
}

static void pages(struct str s)
{
	struct buf page CLEANUP(buf_release) = BUF_INIT, back CLEANUP(buf_release) = BUF_INIT;
	struct html h = { &page, LANG_ENGLISH };
	html_text(&h, s);
	for (size_t i = 0; i < page.n; i++)
		expect(!strchr("<>\"'", page.p[i]) || !page.p[i], "a text became markup");
	unescape((struct str){ page.p, page.n }, &back);
	expect(str_eq((struct str){ back.p, back.n }, s), "a text does not come back from a page");
}

static void addresses(struct str s)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct buf address CLEANUP(buf_release) = BUF_INIT;
	struct str decoded, again;
	if (url_decode(&a, s, &decoded)) {
		expect(text_utf8_bad(decoded) == decoded.n, "what was decoded is no UTF-8");
		expect(!decoded.n || !memchr(decoded.p, 0, decoded.n), "what was decoded holds a NUL");
		url_add(&address, decoded);
		expect(url_decode(&a, (struct str){ address.p, address.n }, &again) && str_eq(again, decoded),
		       "an address does not come back");
	}
	buf_reset(&address);
	url_add(&address, s);
	bool good = text_utf8_bad(s) == s.n && (!s.n || !memchr(s.p, 0, s.n));
	expect(url_decode(&a, (struct str){ address.p, address.n }, &again) == good, "encoding changes what is good");
	lang_accepted(s, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = { (const char *)data, n };
	pages(s);
	addresses(s);
	return 0;
}
