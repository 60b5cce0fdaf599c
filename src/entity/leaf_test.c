/* The canonical form of a row, written out: it may never change. */
#include "../../tests/help/fixture.h"
#include "entity/leaf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int leaf_test(void);

static struct record *specimen(struct arena *a)
{
	struct record *r = record_new(a, &fixture_specimen);
	r->id = 7;
	r->valid_from = date_of(2008, 2, 29);
	r->code = STR("S-1");
	record_text(r, SPECIMEN_CODE, r->code);
	record_text(r, SPECIMEN_TEXT, STR("a \"b\" \xe6\x9d\x8e"));
	record_text(r, SPECIMEN_NOTE, STR("one\ntwo"));
	record_int(r, SPECIMEN_INT, -5);
	record_int(r, SPECIMEN_PERCENT, 7950);
	r->v[SPECIMEN_MONEY] = (struct value){ .set = true, .i = 150000000, .j = 13 };
	record_int(r, SPECIMEN_DATE, date_of(1999, 12, 31));
	record_int(r, SPECIMEN_MONTH, date_of(2007, 3, 1));
	record_int(r, SPECIMEN_BOOL, 0);
	record_int(r, SPECIMEN_ENUM, 2);
	record_int(r, SPECIMEN_REF, 12);
	record_int(r, SPECIMEN_PACK, 5);
	record_text(r, SPECIMEN_NAMES, STR("{\"en\":\"Harbour\"}"));
	record_int(r, SPECIMEN_PERSON, 3);
	record_text(r, SPECIMEN_SECRET, STR("whisper"));
	r->why = STR("typed wrongly");
	return r;
}

static void same_text(const struct record *r, int group, const char *want)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	if (group < 2)
		record_canonical(&fixture_codes, r, group == 1, &b);
	else
		record_header(r, &b);
	assert_string_equal(buf_str(&b), want);
}

static void every_type_has_its_form(void **state)
{
	(void)state;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct record *r = specimen(&a);
	same_text(r, 0,
		  "{\"bool\":false,\"code\":\"S-1\",\"date\":\"1999-12-31\",\"enum\":\"green\","
		  "\"int\":-5,\"line\":\"a \\\"b\\\" "
		  "\xe6\x9d\x8e\",\"money\":{\"amount\":150000000,\"currency\":\"IDR\"},"
		  "\"month\":\"2007-03\",\"names\":{\"en\":\"Harbour\"},\"note\":\"one\\ntwo\",\"pack\":\"diploma-3\","
		  "\"percent\":7950,\"person\":3,\"ref\":12}");
	same_text(r, 1, "{\"secret\":\"whisper\",\"why\":\"typed wrongly\"}");
	same_text(r, 2, "{\"entity\":\"specimen\",\"id\":7,\"op\":0,\"valid_from\":\"2008-02-29\"}");
}

static void owner_and_last_day_are_open(void **state)
{
	(void)state;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct record *r = record_new(&a, &fixture_seat_history);
	r->id = 4;
	r->owner = 9;
	r->op = OP_WITHDRAWN;
	r->valid_from = date_of(2001, 1, 1);
	r->until = date_of(2002, 6, 30);
	r->why = STR("another's");
	record_int(r, SEAT_HISTORY_ACTING, 1);
	same_text(r, 0, "{\"acting\":true,\"owner\":9,\"until\":\"2002-06-30\",\"why\":\"another's\"}");
	same_text(r, 1, "{}");
	same_text(r, 2, "{\"entity\":\"seat_history\",\"id\":4,\"op\":2,\"valid_from\":\"2001-01-01\"}");
}

/* The hash, put together by hand from its definition. */
static void the_leaf_is_what_it_is_defined_as(void **state)
{
	(void)state;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct buf scratch CLEANUP(buf_release) = BUF_INIT, open CLEANUP(buf_release) = BUF_INIT,
			   closed CLEANUP(buf_release) = BUF_INIT, head CLEANUP(buf_release) = BUF_INIT;
	static const char salt[17] = "0123456789abcdef", salt_closed[17] = "fedcba9876543210";
	struct record *r = specimen(&a);
	record_canonical(&fixture_codes, r, false, &open);
	record_canonical(&fixture_codes, r, true, &closed);
	record_header(r, &head);
	struct hash c_open = sha256_2(salt, 16, open.p, open.n),
		    c_closed = sha256_2(salt_closed, 16, closed.p, closed.n);
	char joined[512] = { 0 };
	memcpy(joined + 1, &c_open, 32);
	memcpy(joined + 33, &c_closed, 32);
	memcpy(joined + 65, head.p, head.n);
	struct hash want = sha256(joined, 65 + head.n);
	struct hash got = leaf_row(&fixture_codes, r, salt, salt_closed, &scratch, NULL);
	assert_memory_equal(&want, &got, sizeof(got));

	struct record *m = record_new(&a, &fixture_keeper_number);
	m->id = m->owner = 1;
	m->valid_from = date_of(2001, 1, 1);
	record_text(m, KEEPER_NUMBER_NUMBER, STR("19"));
	struct leaf_parts parts;
	got = leaf_row(&fixture_codes, m, salt, NULL, &scratch, &parts);
	assert_false(parts.has_closed);
	buf_reset(&head);
	record_header(m, &head);
	memset(joined, 0, sizeof(joined));
	memcpy(joined + 1, &parts.open, 32);
	memcpy(joined + 65, head.p, head.n);
	want = sha256(joined, 65 + head.n);
	assert_memory_equal(&want, &got, sizeof(got));
}

int leaf_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_has_its_form),
		cmocka_unit_test(owner_and_last_day_are_open),
		cmocka_unit_test(the_leaf_is_what_it_is_defined_as),
	};
	return cmocka_run_group_tests_name("leaf", tests, NULL, NULL);
}
