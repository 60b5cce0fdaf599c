#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/jansson_read.h"
#include "base/json.h"

static void structure_gets_its_commas(void **state)
{
	(void)state;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct json j;
	json_init(&j, &b);
	json_object(&j);
	json_key(&j, "a");
	json_array(&j);
	json_int(&j, -1);
	json_text(&j, "x");
	json_text(&j, NULL);
	json_object(&j);
	json_object_end(&j);
	json_array(&j);
	json_array_end(&j);
	json_bool(&j, true);
	json_array_end(&j);
	json_key(&j, "b");
	json_bool(&j, false);
	json_key(&j, "c");
	json_raw(&j, STR("{\"z\":1}"));
	json_key(&j, "d");
	json_hash(&j, "\x0f\xa0", 2);
	json_key(&j, "e");
	json_null(&j);
	json_object_end(&j);
	assert_string_equal(b.p,
			    "{\"a\":[-1,\"x\",null,{},[],true],\"b\":false,\"c\":{\"z\":1},\"d\":\"0fa0\",\"e\":null}");
}

/* RFC 8785, section 3.2.2.2. */
static void only_what_must_be_is_escaped(void **state)
{
	(void)state;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct json j;
	json_init(&j, &b);
	json_str(&j, STR("\b\t\n\f\r\"\\/\x01\x1f\x7f\0\u20ac\u2028"));
	assert_string_equal(b.p, "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0001\\u001f\x7f\\u0000\u20ac\u2028\"");
	buf_reset(&b);
	json_init(&j, &b);
	json_object(&j);
	json_key(&j, "a\"b");
	json_str(&j, (struct str){ 0 });
	json_object_end(&j);
	assert_string_equal(b.p, "{\"a\\\"b\":\"\"}");
}

/* Another reader understands the same text, byte for byte. */
static void another_reader_agrees(void **state)
{
	(void)state;
	for (unsigned char c = 1; c < 0x80; c++) {
		struct buf b CLEANUP(buf_release) = BUF_INIT;
		struct json j;
		char text[] = { 'a', (char)c, 'z' };
		json_init(&j, &b);
		json_array(&j);
		json_str(&j, (struct str){ text, 3 });
		json_int(&j, INT64_MIN);
		json_array_end(&j);
		json_t *read = json_loads(b.p, 0, NULL);
		assert_non_null(read);
		assert_memory_equal(json_string_value(json_array_get(read, 0)), text, 3);
		assert_true(json_integer_value(json_array_get(read, 1)) == INT64_MIN);
		json_decref(read);
	}
}

int json_test(void);
int json_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(structure_gets_its_commas),
		cmocka_unit_test(only_what_must_be_is_escaped),
		cmocka_unit_test(another_reader_agrees),
	};
	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
