#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/yaml.h"

static void show(const struct yaml *y, struct buf *out)
{
	if (y->kind == YAML_TEXT) {
		buf_printf(out, "\"%.*s\"", (int)y->text.n, y->text.p);
		return;
	}
	buf_char(out, y->kind == YAML_MAP ? '{' : '[');
	for (size_t i = 0; i < y->n; i++) {
		buf_text(out, i ? " " : "");
		if (y->kind == YAML_MAP)
			buf_printf(out, "%s@%zu:%zu=", y->items[i].key.p, y->items[i].where.row, y->items[i].where.at);
		show(&y->items[i], out);
	}
	buf_char(out, y->kind == YAML_MAP ? '}' : ']');
}

static void reads(const char *bytes, const char *expected)
{
	CLEANUP(arena_release) struct arena a = ARENA_INIT;
	CLEANUP(problems_release) struct problems p = PROBLEMS_INIT;
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	const struct yaml *y = NULL;
	enum err e = yaml_read("f.yaml", str_of(bytes), &a, &p, &y);
	if (e == E_OK)
		show(y, &b);
	else
		problems_print(&p, &b);
	assert_string_equal(buf_str(&b), expected);
}

static void trees(void **state)
{
	(void)state;
	reads("a: 1\n", "{a@1:1=\"1\"}");
	reads("---\na: 1 # said\nb:\n  - x\n  - y: 2\n    z: 3\n",
	      "{a@2:1=\"1\" b@3:1=[\"x\" {y@5:5=\"2\" z@6:5=\"3\"}]}");
	reads("a:\n", "{a@1:1=\"\"}");
	reads("a: 'null'\nb: ~\nc: true\n", "{a@1:1=\"null\" b@2:1=\"~\" c@3:1=\"true\"}");
	reads("a: |\n  one\n  two\n", "{a@1:1=\"one\ntwo\n\"}");
	reads("\xef\xbb\xbf"
	      "ä: ö\n",
	      "{ä@1:1=\"ö\"}");
	reads("- a\n- b\n", "[\"a\" \"b\"]");
}

static void refusals(void **state)
{
	(void)state;
	reads("", "f.yaml:1:1: the file says nothing; write its keys\n");
	reads("a: 1\nb: 2\na: 3\n", "f.yaml:3:1: the key a stands already in line 1; keep one of the two\n");
	reads("a: &x 1\n", "f.yaml:1:4: anchors and aliases are not read; write the value out\n");
	reads("a: 1\nb: *x\n", "f.yaml:2:4: anchors and aliases are not read; write the value out\n");
	reads("a: !!int 1\n", "f.yaml:1:4: tags are not read; write the value without one\n");
	reads("a: [1, 2]\n", "f.yaml:1:4: braces and brackets are not read; write one key or one \"- item\" a line\n");
	reads("a: {b: 1}\n", "f.yaml:1:4: braces and brackets are not read; write one key or one \"- item\" a line\n");
	reads("? [a]\n: 1\n", "f.yaml:1:3: a key is one word; write it before a colon\n");
	reads("a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document begins; put it into a file of its own\n");
	reads("%YAML 1.1\n---\na: 1\n", "f.yaml:1:1: directives are not read; remove the line that begins with %\n");
	reads("a: \"\\x07\"\n", "f.yaml:1:4: the text holds a control character; remove it\n");
	reads("a: 1\nb: \xff\n", "f.yaml, row 2: this is not UTF-8; save the file as UTF-8\n");
	reads("a: 1\n  b: 2\n",
	      "f.yaml:2:4: this is not YAML as packs are written (mapping values are not allowed in this "
	      "context); mend the indentation, the colon or the quotes here\n");
}

static void too_deep(void **state)
{
	(void)state;
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	for (int i = 0; i < 40; i++)
		buf_printf(&b, "%*sa:\n", i, "");
	reads(buf_str(&b), "f.yaml:33:33: this is nested too deep; at most 32 levels are read\n");
}

int yaml_test(void);
int yaml_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trees),
		cmocka_unit_test(refusals),
		cmocka_unit_test(too_deep),
	};
	return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
