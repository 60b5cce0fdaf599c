/* Rows come by owner and then by day, whatever order the database has them in, and only with what was asked for. */
#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "base/buf.h"
#include "entity/scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int scan_test(void);
#define OK(call) assert_int_equal((call), E_OK)

/* owner:year=value, … */
static enum err tell(void *arg, const struct scanned *r)
{
	buf_printf(arg, "%s%lld:%d=%lld", ((struct buf *)arg)->n ? " " : "", (long long)r->owner,
		   date_year(r->valid_from), (long long)r->v[0]);
	return E_OK;
}

static void scans(struct ctx *c, struct scan s, const char *expected)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	s.nfields = 1;
	s.at.day = s.at.day ? s.at.day : DATE_MAX;
	s.since = s.since ? s.since : DATE_MIN;
	OK(scan_rows(c, &s, tell, &b));
	assert_string_equal(buf_str(&b), expected);
}

static int64_t keeper(struct ctx *c, int n)
{
	struct record *r = fixture_keeper_of(c, n, date_of(1960, 1, 1), date_of(1990, 1, 1));
	OK(fixture_save(c, r, NULL));
	return r->id;
}

static int64_t marked(struct ctx *c, int64_t owner, int year, int score)
{
	int64_t position;
	OK(fixture_save(c, fixture_mark_of(c, owner, year, score), &position));
	return position;
}

static void events_come_by_day(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct scan s = { .entity = &fixture_mark, .fields = { MARK_YEAR } };
	int64_t first = keeper(c, 1), second = keeper(c, 2);
	marked(c, second, 2004, 8000);
	marked(c, first, 2007, 8000);
	marked(c, first, 2005, 8000);
	int64_t then = marked(c, first, 2006, 8000);
	marked(c, first, 2003, 8000);
	scans(c, s, "1:2003=2003 1:2005=2005 1:2006=2006 1:2007=2007 2:2004=2004");
	s.since = date_of(2006, 1, 1);
	scans(c, s, "1:2006=2006 1:2007=2007");
	s.since = DATE_MIN;
	s.at.day = date_of(2005, 12, 31);
	scans(c, s, "1:2003=2003 1:2005=2005 2:2004=2004");
	s.at = (struct moment){ DATE_MAX, then };
	scans(c, s, "1:2005=2005 1:2006=2006 1:2007=2007 2:2004=2004");
	s.low = second;
	scans(c, s, "2:2004=2004");
	s.later = true;
	s.low = 0;
	scans(c, s, "1:2003=2003");
}

static int64_t seat(struct ctx *c, int n)
{
	struct record *place = fixture_place_of(c, n, 0, date_of(1990, 1, 1));
	OK(fixture_save(c, place, NULL));
	struct record *r = fixture_seat_of(c, n, place->id, date_of(1990, 1, 1));
	OK(fixture_save(c, r, NULL));
	return r->id;
}

static int64_t sits(struct ctx *c, int64_t owner, int64_t at, int year, bool acting)
{
	int64_t position;
	struct record *r = fixture_sit(c, owner, at, date_of(year, 1, 1));
	record_int(r, SEAT_HISTORY_ACTING, acting);
	OK(fixture_save(c, r, &position));
	return position;
}

static void lanes_are_one_order_of_days(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct scan s = { .entity = &fixture_seat_history, .fields = { SEAT_HISTORY_SEAT } };
	int64_t who = keeper(c, 1), one = seat(c, 1), two = seat(c, 2);
	sits(c, who, two, 2003, true);
	sits(c, who, one, 2001, false);
	int64_t then = sits(c, who, two, 2005, false);
	sits(c, who, one, 2004, true);
	scans(c, s, "1:2001=1 1:2003=2 1:2004=1 1:2005=2");
	s.lanes = FIRST_LANE;
	scans(c, s, "1:2001=1 1:2005=2");
	s.lanes = OTHER_LANES;
	scans(c, s, "1:2003=2 1:2004=1");
	s.lanes = ALL_LANES;
	s.at.position = then;
	scans(c, s, "1:2001=1 1:2003=2 1:2005=2");
}

static enum err number(void *arg, const struct scanned *r)
{
	buf_printf(arg, "%lld/%lld/%lld ", (long long)r->vid, (long long)r->id, (long long)r->known_from);
	return E_OK;
}

static void numbers_are_told_when_asked_for(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	CLEANUP(buf_release) struct buf told = BUF_INIT, expected = BUF_INIT;
	struct scan s = { .entity = &fixture_grade_history, .at = { .day = DATE_MAX }, .since = DATE_MIN };
	struct record *r = fixture_grade_of(c, keeper(c, 1), "1/a", date_of(2001, 1, 1));
	int64_t position;
	OK(fixture_save(c, r, &position));
	buf_printf(&expected, "0/0/0 %lld/%lld/%lld ", (long long)r->vid, (long long)r->id, (long long)position);
	OK(scan_rows(c, &s, number, &told));
	s.numbered = true;
	OK(scan_rows(c, &s, number, &told));
	assert_string_equal(buf_str(&told), buf_str(&expected));
}

static enum err refuse(void *arg, const struct scanned *r)
{
	(void)r;
	++*(int *)arg;
	return E_INVALID;
}

static void who_is_given_rows_may_stop(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	const struct entity *const both[] = { &fixture_grade_history, &fixture_mark };
	int64_t who = keeper(c, 1);
	OK(fixture_save(c, fixture_grade_of(c, who, "1/a", date_of(2001, 1, 1)), NULL));
	OK(fixture_save(c, fixture_grade_of(c, who, "1/b", date_of(2003, 1, 1)), NULL));
	marked(c, who, 2001, 8000);
	marked(c, keeper(c, 2), 2002, 8000);
	for (size_t i = 0; i < COUNT(both); i++) {
		struct scan s = { .entity = both[i], .at = { .day = DATE_MAX }, .since = DATE_MIN };
		int calls = 0;
		assert_int_equal(scan_rows(c, &s, refuse, &calls), E_INVALID);
		assert_int_equal(calls, 1);
	}
}

int scan_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(events_come_by_day),
		SPOT_CASE(lanes_are_one_order_of_days),
		SPOT_CASE(numbers_are_told_when_asked_for),
		SPOT_CASE(who_is_given_rows_may_stop),
	};
	return spot_run("scan", cases, COUNT(cases));
}
