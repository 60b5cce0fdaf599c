#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/lang.h"

static struct buf out;

static int end(void **state)
{
	(void)state;
	buf_release(&out);
	return 0;
}

static void wrote(const char *expected)
{
	assert_string_equal(buf_str(&out), expected);
	buf_reset(&out);
}

static const struct lang *of(const char *tag)
{
	return lang_find(str_of(tag));
}

static void languages_are_found_by_tag(void **state)
{
	(void)state;
	assert_ptr_equal(of("en"), LANG_ENGLISH);
	assert_string_equal(lang_name(of("id")), "Bahasa Indonesia");
	assert_ptr_equal(of("id-ID"), of("id"));
	assert_ptr_equal(of("ID_id"), of("id"));
	assert_null(of(""));
	assert_null(of("i"));
	assert_null(of("idx"));
	assert_null(of("nl"));
	assert_true(lang_complete(of("en")) && lang_complete(of("id")));
	assert_false(lang_complete(of("th")) || lang_complete(of("km")));
	for (const struct lang *const *l = langs; *l; l++) {
		assert_ptr_equal(of(lang_tag(*l)), *l);
		if (l > langs + 1)
			assert_true(strcmp(lang_tag(l[-1]), lang_tag(*l)) < 0);
	}
}

static void accepted(const char *header, const char *tag)
{
	assert_string_equal(lang_tag(lang_accepted(str_of(header), false)), tag);
}

static void a_browser_gets_the_best_that_is_complete(void **state)
{
	(void)state;
	accepted(NULL, "en");
	accepted("", "en");
	accepted("*", "en");
	accepted("id-ID,id;q=0.9,en-US;q=0.8,en;q=0.7", "id");
	accepted("nl, id ; q=0.5, en; q=0.4", "id");
	accepted("en;q=0.4;level=1,id;q=0.401", "id");
	accepted("en, id", "en");
	accepted("id;q=0, fr", "en");
	accepted("id;q=x", "en");
	accepted("th, id;q=0.1", "id");
	accepted(",,;q=1,;;=,id", "id");
	assert_ptr_equal(lang_accepted(STR("th-TH, id;q=0.9"), true), of("th"));
	assert_ptr_equal(lang_accepted(STR("th;q=0.5, id;q=0.9"), true), of("id"));
}

static void texts_are_said_in_the_language(void **state)
{
	(void)state;
	const char *text = N_("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec");
	assert_ptr_equal(say(LANG_ENGLISH, text), text);
	assert_ptr_equal(say(NULL, text), text);
	assert_string_equal(say(of("id"), text), "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des");
	/* the same bytes each time: it lives for ever */
	assert_ptr_equal(say(of("id"), text), say(of("id"), text));
	assert_null(say(of("id"), NULL));
	assert_string_equal(say(of("id"), ""), "");
	assert_string_equal(say(of("th"), "a text that nobody translates"), "a text that nobody translates");
}

static void plurals_are_english_only(void **state)
{
	(void)state;
	assert_string_equal(say_n(NULL, "%lld month", "%lld months", 1), "%lld month");
	assert_string_equal(say_n(LANG_ENGLISH, "%lld month", "%lld months", 2), "%lld months");
	assert_string_equal(say_n(LANG_ENGLISH, "%lld month", "%lld months", 0), "%lld months");
	assert_string_equal(say_n(of("id"), "%lld month", "%lld months", 1), "%lld bulan");
	assert_string_equal(say_n(of("id"), "%lld month", "%lld months", 2), "%lld bulan");
	assert_string_equal(say_n(of("id"), "%lld xx", "%lld xxs", 2), "%lld xxs");
}

static void numbers_are_grouped_as_people_write_them(void **state)
{
	(void)state;
	static const struct {
		const char *tag, *count, *percent, *money;
	} rows[] = {
		{ "en", "61,242", "79.5", "1,234,567.05" },
		{ "id", "61.242", "79,5", "1.234.567,05" },
		{ "km", "61.242", "79,5", "1.234.567,05" },
		{ "th", "61,242", "79.5", "1,234,567.05" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		say_int(of(rows[i].tag), 61242, &out);
		wrote(rows[i].count);
		say_percent(of(rows[i].tag), 7950, &out);
		wrote(rows[i].percent);
		say_decimal(of(rows[i].tag), 123456705, 2, &out);
		wrote(rows[i].money);
	}
	say_int(NULL, 0, &out);
	wrote("0");
	say_int(NULL, -999, &out);
	wrote("-999");
	say_int(NULL, 1000, &out);
	wrote("1,000");
	say_int(NULL, INT64_MIN, &out);
	wrote("-9,223,372,036,854,775,808");
	say_percent(NULL, 9100, &out);
	wrote("91");
	say_percent(NULL, 5, &out);
	wrote("0.05");
	say_percent(NULL, 0, &out);
	wrote("0");
	say_decimal(NULL, 91000000, 0, &out);
	wrote("91,000,000");
	say_decimal(NULL, -7, 2, &out);
	wrote("-0.07");
}

static void days_have_the_months_and_years_of_the_language(void **state)
{
	(void)state;
	static const struct {
		const char *tag, *day, *brief, *may;
	} rows[] = {
		{ "en", "1 October 2008", "1 Oct 2008", "31 May 2009" },
		{ "id", "1 Oktober 2008", "1 Okt 2008", "31 Mei 2009" },
		{ "km", "1 តុលា 2008", "1 តុលា 2008", "31 ឧសភា 2009" },
		{ "th", "1 ตุลาคม 2551", "1 ต.ค. 2551", "31 พฤษภาคม 2552" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		say_date(of(rows[i].tag), date_of(2008, 10, 1), &out);
		wrote(rows[i].day);
		say_date_short(of(rows[i].tag), date_of(2008, 10, 1), &out);
		wrote(rows[i].brief);
		say_date(of(rows[i].tag), date_of(2009, 5, 31), &out);
		wrote(rows[i].may);
	}
	say_date(NULL, date_of(2008, 12, 31), &out);
	wrote("31 December 2008");
	say_date(of("th"), DATE_NONE, &out);
	wrote("");
}

/* Each language has twelve months, whatever the translation says. */
static void every_language_has_twelve_months(void **state)
{
	(void)state;
	for (const struct lang *const *l = langs; *l; l++) {
		for (int month = 1; month <= 12; month++) {
			say_date(*l, date_of(2001, month, 1), &out);
			assert_non_null(strstr(buf_str(&out), *l == of("th") ? " 2544" : " 2001"));
			assert_null(strstr(buf_str(&out), "  "));
			buf_reset(&out);
		}
	}
}

static void spans_are_years_and_months(void **state)
{
	(void)state;
	say_months(NULL, 44, &out);
	wrote("3 years 8 months");
	say_months(NULL, 13, &out);
	wrote("1 year 1 month");
	say_months(NULL, 48, &out);
	wrote("4 years");
	say_months(NULL, 0, &out);
	wrote("0 months");
	say_months(of("id"), 44, &out);
	wrote("3 tahun 8 bulan");
}

static void instants_are_told_by_the_clock_of_the_zone(void **state)
{
	(void)state;
	int64_t us = ((int64_t)date_of(2008, 10, 3) * 24 * 60 + 7 * 60 + 5) * 60 * 1000000;
	say_instant(NULL, "Asia/Jakarta", us, &out);
	wrote("3 Oct 2008, 14:05");
	say_instant(of("id"), "Asia/Jayapura", us - 1 + (int64_t)8 * 3600 * 1000000, &out);
	wrote("4 Okt 2008, 00:04");
	/* the day on which the clocks go forward has an hour less before noon */
	us = ((int64_t)date_of(2008, 3, 30) * 24 + 10) * 3600 * 1000000;
	say_instant(NULL, "Europe/Berlin", us, &out);
	wrote("30 Mar 2008, 12:00");
	say_instant(NULL, "UTC", -1, &out);
	wrote("31 Dec 1969, 23:59");
	say_instant(NULL, "Asia/Nowhere", 0, &out);
	wrote("");
}

int lang_test(void);
int lang_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(languages_are_found_by_tag),
		cmocka_unit_test(a_browser_gets_the_best_that_is_complete),
		cmocka_unit_test(texts_are_said_in_the_language),
		cmocka_unit_test(plurals_are_english_only),
		cmocka_unit_test(numbers_are_grouped_as_people_write_them),
		cmocka_unit_test(days_have_the_months_and_years_of_the_language),
		cmocka_unit_test(every_language_has_twelve_months),
		cmocka_unit_test(spans_are_years_and_months),
		cmocka_unit_test(instants_are_told_by_the_clock_of_the_zone),
	};
	return cmocka_run_group_tests_name("lang", tests, NULL, end);
}
