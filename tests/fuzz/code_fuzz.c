/* code_fuzz.c - hexadecimal and base64: one text for each run of bytes, and nothing else is read. */
#include "base/arena.h"
#include "base/error.h"
#include "base/number.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void expect(bool holds, const char *what)
{
	if (!holds)
		bug("%s", what);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct str s = { (const char *)data, n }, bytes;
	if (base64_parse(&a, s, &bytes)) {
		base64_add(&b, bytes.p, bytes.n);
		expect(str_eq((struct str){ b.p, b.n }, s), "two base64 texts give the same bytes");
	}
	buf_reset(&b);
	base64_add(&b, data, n);
	expect(base64_parse(&a, (struct str){ b.p, b.n }, &bytes) && str_eq(bytes, s), "base64 does not come back");
	char *out = arena_alloc(&a, n + 1);
	if (hex_parse(s, out, n / 2))
		expect(n % 2 == 0, "half a byte was read");
	buf_reset(&b);
	hex_add(&b, data, n);
	expect(hex_parse((struct str){ b.p, b.n }, out, n) && str_eq((struct str){ out, n }, s),
	       "hexadecimal does not come back");
	return 0;
}
