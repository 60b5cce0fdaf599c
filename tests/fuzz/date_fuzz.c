/* date_fuzz.c - what is read as a date is written the same, and months add up. */
#include "base/date.h"
#include "base/error.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void expect(bool holds, const char *what)
{
	if (!holds)
		bug("%s", what);
}

static void months_add_up(date d, int months)
{
	date later = date_add_months(d, months);
	expect(later >= DATE_MIN && later <= DATE_MAX, "the sum is outside the calendar");
	if (later >= d && later < DATE_MAX) {
		int between = date_months_between(d, later);
		expect(date_add_months(d, between) <= later && date_add_months(d, between + 1) > later,
		       "months differ");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = { (const char *)data, n < 10 ? n : 10 };
	date d = DATE_NONE;
	char text[DATE_TEXT], words[32];
	int32_t months = 0;
	if (!date_parse(s, &d)) {
		expect(d == DATE_NONE, "a refused date was set");
		return 0;
	}
	expect(d >= DATE_MIN && d <= DATE_MAX && str_is(s, date_text(d, text)), "the date reads otherwise");
	expect(*date_words(d, words), "the date has no words");
	if (n >= 14)
		memcpy(&months, data + 10, 4);
	months_add_up(d, months);
	months_add_up(d, months % 5000);
	return 0;
}
