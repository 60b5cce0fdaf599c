/* number_fuzz.c - what is read as a number is written and read again as the same; the first byte says how many places.
 */
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
	if (n == 0)
		return 0;
	struct str s = { (const char *)data + 1, n - 1 };
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	int64_t v = 0, again = 0;
	int places = data[0] % 19;
	bool whole = number_parse(s, &v);
	if (whole) {
		buf_int(&b, v);
		expect(number_parse((struct str){ b.p, b.n }, &again) && again == v, "a whole number differs");
		expect(decimal_parse(s, 0, &again) && again == v, "a whole number is no decimal without places");
	}
	expect(whole == decimal_parse(s, 0, &again), "a decimal without places is no whole number");
	if (!decimal_parse(s, places, &v))
		return 0;
	buf_reset(&b);
	decimal_add(&b, v, places);
	expect(b.n <= s.n + 20 && decimal_parse((struct str){ b.p, b.n }, places, &again) && again == v,
	       "a decimal differs");
	return 0;
}
