/* form_fuzz.c - any body is read as a form or refused; what was read is UTF-8 without NUL, and however the bytes are
 * cut the answer is the same. */
#include "web/body.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void expect(bool holds, const char *what)
{
	if (!holds)
		bug("%s", what);
}

static int read_form(struct arena *a, struct str s, size_t piece, struct pairs *into)
{
	struct body_ask ask = { .arena = a, .into = into, .kind = BODY_FORM, .most = 4096 };
	struct body_reader *f = body_new(&ask);
	int status = 0;
	for (size_t at = 0; at < s.n && !status; at += piece)
		status = body_feed(f, s.p + at, s.n - at < piece ? s.n - at : piece);
	status = body_end(f);
	body_free(f);
	return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct str s = { (const char *)data, n };
	struct pairs whole = { 0 }, cut = { 0 };
	int status = read_form(&a, s, n + 1, &whole);
	expect(status == 0 || status == 400 || status == 413, "a body has no other answers");
	expect(read_form(&a, s, 7, &cut) == status && (status || cut.n == whole.n), "pieces change the answer");
	expect(whole.n <= LIMIT_PAIRS, "there are too many fields");
	for (size_t i = 0; i < whole.n && !status; i++) {
		struct str v = whole.list[i].value;
		expect(str_eq(v, cut.list[i].value), "pieces change a value");
		expect(text_utf8_bad(v) == v.n && !(v.n && (memchr(v.p, 0, v.n) || memchr(v.p, '\r', v.n))),
		       "a value is not clean");
	}
	return 0;
}
