/* ahead_test.c - what lies ahead of one person is what the lists of all say; and what is supposed before saving is what
 * holds once it is saved. */
#include "../../../tests/help/office.h"
#include "../../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "entity/change.h"
#include "modules/career/ahead.h"

int ahead_test(void);

static int64_t person(struct ctx *c, const char *number)
{
	int64_t id;
	assert_int_equal(key_find(c, &person_entity, str_of(number), &id), E_OK);
	return id;
}

/* ---- one and all ---- */

/* Everybody of the ministry: the due list's increments and retirements are those of each person alone. */
static void one_person_as_everybody(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	struct due_counts n;
	office_take_ministry(c);
	struct due_ask ask = { .unit = office_unit(c, "MOF"), .as_of = c->today, .months = 600 };
	assert_int_equal(due_list(c, &ask, false, &out, &n), E_OK);
	assert_true(n.rows > 100);
	const char *line = strchr(buf_str(&out), '\n') + 1;
	for (int rows = 0; *line && rows < 120; rows++) {
		struct ahead a CLEANUP(ahead_release) = { 0 };
		const char *end = strchr(line, '\n'), *comma = strchr(line, ',');
		struct str row = { line, (size_t)(end - line) };
		const char *text = arena_text(c->arena, row.p, row.n);
		char day[DATE_TEXT];
		assert_int_equal(
			ahead_of(c, person(c, arena_text(c->arena, line, (size_t)(comma - line))), c->today, NULL, &a),
			E_OK);
		if (strstr(text, ",increment,"))
			assert_non_null(strstr(text, date_text(a.increment, day)));
		else if (strstr(text, ",retirement,"))
			assert_non_null(strstr(text, date_text(a.retirement, day)));
		else if (strstr(text, ",rank,"))
			assert_non_null(strstr(text, date_text(a.rise, day)));
		assert_int_not_equal(a.retirement, DATE_NONE);
		assert_int_equal(a.notice, date_add_months(a.retirement, -12)); /* by the pack: PP 32/1979 */
		line = end + 1;
	}
}

/* ---- supposed and saved ---- */

static struct record *fact(struct ctx *c, const struct entity *e, int64_t owner, date from)
{
	struct record *r = record_new(c->arena, e);
	r->owner = owner;
	r->valid_from = from;
	return r;
}

static void code(struct ctx *c, struct record *r, const char *field, const char *of, const char *text)
{
	record_int(r, entity_field(r->entity, field), c->codes->number(c->codes->arg, of, str_of(text)));
}

static void same(const struct ahead *a, const struct ahead *b)
{
	assert_int_equal(a->increment, b->increment);
	assert_int_equal(a->retirement, b->retirement);
	assert_int_equal(a->rise, b->rise);
	assert_int_equal(a->grade_service, b->grade_service);
	assert_int_equal(a->in_service, b->in_service);
	assert_true(str_eq(a->rank, b->rank));
	assert_true(str_eq(a->next_rank, b->next_rank));
	assert_int_equal(!a->judged, !b->judged);
	if (a->judged && b->judged)
		assert_int_equal(a->judged->decided, b->judged->decided);
}

static void supposed_is_what_is_saved(struct ctx *c, struct record *r, const char *why)
{
	struct ahead before CLEANUP(ahead_release) = { 0 }, supposed CLEANUP(ahead_release) = { 0 };
	struct ahead saved CLEANUP(ahead_release) = { 0 };
	struct txn t CLEANUP(txn_end) = { 0 };
	int64_t position;
	assert_int_equal(ahead_of(c, r->owner, c->today, NULL, &before), E_OK);
	assert_int_equal(ahead_of(c, r->owner, c->today, r, &supposed), E_OK);
	assert_int_equal(ctx_write(c, &t), E_OK);
	assert_int_equal(change_begin(c, "test.fact", 0), E_OK);
	assert_int_equal(why ? change_correct(c, r, str_of(why)) : change_save(c, r), E_OK);
	assert_int_equal(change_end(c, &position), E_OK);
	assert_int_equal(txn_commit(&t), E_OK);
	assert_int_equal(ahead_of(c, r->owner, c->today, NULL, &saved), E_OK);
	same(&supposed, &saved);
	assert_false(before.increment == saved.increment && before.rise == saved.rise &&
		     before.in_service == saved.in_service && str_eq(before.rank, saved.rank));
}

static void take_one(struct ctx *c)
{
	office_take(c, "unit", "code,name,parent,kind,valid_from\nMOF,Ministry of Finance,,ministry,1980-01-01\n");
	office_take(c, "post",
		    "code,title,unit,category,echelon,rank_low,rank_high,valid_from\nP-1,Clerk,MOF,general,,,,1990-01-"
		    "01\n");
	office_take(c, "person",
		    "staff_number,name,sex,birth_date,education,joined_on,category\n"
		    "1,Siti,F,1966-05-04,bachelor,1990-04-01,general\n");
	office_take(c, "post_history", "staff_number,post,valid_from,decree\n1,P-1,1990-04-01,D-0\n");
	office_take(c, "rank_history",
		    "staff_number,rank,valid_from,decree,grade_years,grade_months\n1,III/a,2002-04-01,D-1,12,0\n");
}

/* A decree that arrives late, the same one corrected, and a leave: each tells before what it does after. */
static void a_late_decree(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	take_one(c);
	int64_t siti = person(c, "1");
	struct record *decree = fact(c, &rank_history_entity, siti, date_of(2006, 4, 1));
	code(c, decree, "rank", "ranks", "III/b");
	record_text(decree, entity_field(decree->entity, "decree"), STR("D-2"));
	record_int(decree, entity_field(decree->entity, "grade_years"), 15);
	supposed_is_what_is_saved(c, decree, NULL);

	struct record *mended = record_copy(c->arena, decree);
	record_int(mended, entity_field(mended->entity, "grade_years"), 16);
	supposed_is_what_is_saved(c, mended, "the decree says sixteen");

	struct record *leave = fact(c, &status_history_entity, siti, date_of(2007, 4, 1));
	code(c, leave, "status", "statuses", "unpaid-leave");
	record_text(leave, entity_field(leave->entity, "decree"), STR("D-3"));
	supposed_is_what_is_saved(c, leave, NULL);
}

int ahead_test(void)
{
	static const struct spot_case cases[] = { SPOT_CASE(one_person_as_everybody), SPOT_CASE(a_late_decree) };
	return spot_run("ahead", cases, COUNT(cases));
}
