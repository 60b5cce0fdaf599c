#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/html.h"

static struct buf out;
static struct html page;

static int begin(void **state)
{
	(void)state;
	page = (struct html){ &out, LANG_ENGLISH };
	buf_reset(&out);
	return 0;
}

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

static void markup_of_ours_stands_as_it_is(void **state)
{
	(void)state;
	HTML(&page, "<td class=\"number\">");
	wrote("<td class=\"number\">");
}

static void texts_never_become_markup(void **state)
{
	(void)state;
	html_text(&page, STR("<script>alert('a' && \"b\")</script>"));
	wrote("&lt;script&gt;alert(&#39;a&#39; &amp;&amp; &quot;b&quot;)&lt;/script&gt;");
	html_text(&page, STR("Siti Rahayu, ស៊ីធី"));
	wrote("Siti Rahayu, ស៊ីធី");
	html_cstr(&page, "&");
	html_cstr(&page, NULL);
	html_text(&page, (struct str){ 0 });
	wrote("&amp;");
	html_say(&page, "R&D");
	wrote("R&amp;D");
}

/* What is filled in is escaped too, and a translation is found by the text before it is filled in. */
static void filled_texts_are_translated_and_escaped(void **state)
{
	(void)state;
	html_sayf(&page, "%s of %s", "<b>", "\"x\"");
	wrote("&lt;b&gt; of &quot;x&quot;");
	page.lang = lang_find(STR("id"));
	html_sayf(&page, "%lld month", 7LL);
	wrote("7 bulan");
	html_sayf(&page, "%lld, %zu, %d, %.*s at 5%%", 61242LL, (size_t)1000, 2008, 2, "<>!");
	wrote("61.242, 1.000, 2008, &lt;&gt; at 5%");
}

static void numbers_and_days_are_the_readers(void **state)
{
	(void)state;
	page.lang = lang_find(STR("id"));
	html_int(&page, 61242);
	wrote("61.242");
	html_percent(&page, 7950);
	wrote("79,5");
	html_months(&page, 44);
	wrote("3 tahun 8 bulan");
	html_date(&page, date_of(2008, 10, 1));
	wrote("<time datetime=\"2008-10-01\">1 Oktober 2008</time>");
	html_date_short(&page, date_of(2008, 8, 17));
	wrote("<time datetime=\"2008-08-17\">17 Agu 2008</time>");
	html_date(&page, DATE_NONE);
	html_date_short(&page, DATE_NONE);
	wrote("");
}

static void attributes_are_quoted(void **state)
{
	(void)state;
	html_attr(&page, "value", STR("\" onclick=\"x"));
	wrote(" value=\"&quot; onclick=&quot;x\"");
	html_attr_cstr(&page, "value", NULL);
	wrote(" value=\"\"");
	html_attr_say(&page, "title", "Save & go on");
	wrote(" title=\"Save &amp; go on\"");
	html_attr_int(&page, "maxlength", -5);
	wrote(" maxlength=\"-5\"");
}

static void parts_of_addresses_are_encoded(void **state)
{
	(void)state;
	html_link(&page, "href", "/people/%s?as_of=%s&page=%d", "P 1/../x", "1&2=<é>", 12LL);
	wrote(" href=\"/people/P%201%2F..%2Fx?as_of=1%262%3D%3C%C3%A9%3E&amp;page=12\"");
	url_addf(&out, "/units/%s?x=1&y=%d", "MOF~a-b_c.d", -1LL);
	wrote("/units/MOF~a-b_c.d?x=1&y=-1");
	url_addf(&out, "/");
	wrote("/");
	url_add(&out, (struct str){ 0 });
	wrote("");
}

static void addresses_are_decoded_or_refused(void **state)
{
	(void)state;
	CLEANUP(arena_release) struct arena a = ARENA_INIT;
	struct str s = { 0 };
	assert_true(url_decode(&a, STR("a+b%20c%2Fd%c3%A9"), &s));
	assert_true(str_is(s, "a b c/dé"));
	assert_true(url_decode(&a, (struct str){ 0 }, &s));
	assert_int_equal(s.n, 0);
	static const char *const broken[] = { "%", "%4", "%4g", "%g4", "a%", "%00", "%ff", "%c3", "\xff", "%ed%a0%80" };
	for (size_t i = 0; i < COUNT(broken); i++)
		assert_false(url_decode(&a, str_of(broken[i]), &s));
	assert_false(url_decode(&a, STR("a\0b"), &s));
}

int html_test(void);
int html_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(markup_of_ours_stands_as_it_is, begin),
		cmocka_unit_test_setup(texts_never_become_markup, begin),
		cmocka_unit_test_setup(filled_texts_are_translated_and_escaped, begin),
		cmocka_unit_test_setup(numbers_and_days_are_the_readers, begin),
		cmocka_unit_test_setup(attributes_are_quoted, begin),
		cmocka_unit_test_setup(parts_of_addresses_are_encoded, begin),
		cmocka_unit_test_setup(addresses_are_decoded_or_refused, begin),
	};
	return cmocka_run_group_tests_name("html", tests, NULL, end);
}
