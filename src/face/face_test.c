/* The generic pages over an invented service: hostile texts stay texts, and what is out of reach is not there. */
#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/lights.h"
#include "../../tests/help/spot.h"

int face_test(void);
#define OK(call) assert_int_equal((call), E_OK)
#define OPEN(state)                                                                                                    \
	struct lights l CLEANUP(lights_close);                                                                         \
	lights_open(&l, *(state))
#define EVERYWHERE INT64_MIN, INT64_MAX

static size_t times(const char *page, const char *text)
{
	size_t n = 0;
	for (const char *p = strstr(page, text); p; p = strstr(p + 1, text))
		n++;
	return n;
}

/* ---- every page is whole ---- */
static void is_whole(const char *page)
{
	assert_int_equal(times(page, "<h1>"), 1);
	assert_int_equal(times(page, "<main"), 1);
	assert_int_equal(times(page, "<section"), times(page, "</section>"));
	assert_int_equal(times(page, "<div"), times(page, "</div>"));
	assert_int_equal(times(page, "<form"), times(page, "</form>"));
	assert_int_equal(times(page, "<td"), times(page, "</td>"));
	assert_int_equal(times(page, "<li"), times(page, "</li>") + times(page, "<link"));
	assert_int_equal(times(page, " style="), 0);
	assert_int_equal(times(page, "<script"), 1);
	HAS(page, "<!DOCTYPE html>");
	HAS(page, "</html>");
}

/* proves: MP-221 */
static void every_page_is_whole_and_says_what_it_is_for(void **state)
{
	OPEN(state);
	asking_may(&l.a, (right_t)-1, EVERYWHERE);
	static const char *const targets[] = {
		"/",
		"/help",
		"/help/words",
		"/find?q=keeper",
		"/find?q=nobody",
		"/find",
		"/list/keeper",
		"/list/place",
		"/list/seat",
		"/list/drill",
		"/list/mark",
		"/list/keeper/1001",
		"/list/place/PL-1",
		"/list/place/new",
		"/list/keeper/1001/change",
		"/enter/mark/1001",
		"/enter/grade_history/1001",
		"/list",
		"/upload",
		"/upload/mark",
		"/views",
		"/draft",
	};
	for (size_t i = 0; i < COUNT(targets); i++) {
		const char *page = asking_get(&l.a, targets[i]);
		if (l.a.status != 200)
			fprintf(stderr, "%s: %d\n", targets[i], l.a.status);
		assert_int_equal(l.a.status, 200);
		is_whole(page);
		HAS(page, "<details class=\"help\">");
	}
}

static void a_refusal_is_a_calm_page(void **state)
{
	OPEN(state);
	static const int statuses[] = { 400, 401, 403, 404, 405, 409, 413, 422, 429, 431, 500, 503 };
	for (size_t i = 0; i < COUNT(statuses); i++) {
		(void)asking_get(&l.a, "/help");
		buf_reset(&l.a.in.out);
		frame_refuse(&l.a.in.q, statuses[i], statuses[i] == 500 ? "4711" : NULL);
		is_whole(buf_str(&l.a.in.out));
		HAS(buf_str(&l.a.in.out), "<title>Problem: ");
		assert_int_equal(l.a.in.q.status, statuses[i]);
	}
}

/* ---- hostile texts ---- */
static void hostile(struct lights *l, const char *name)
{
	struct record *r = fixture_place_of(l->c, 9, 0, date_of(1991, 1, 1));
	record_text(r, PLACE_NAME, str_of(name));
	OK(fixture_save(l->c, r, NULL));
}

static void a_text_never_becomes_markup(void **state)
{
	OPEN(state);
	asking_may(&l.a, (right_t)-1, EVERYWHERE);
	hostile(&l, "<script>alert(\"1\")</script>'&amp;");
	static const char *const targets[] = {
		"/list/place", "/list/place/PL-9", "/find?q=script", "/list/place/PL-9/change",
		"/list/place?q=%3Cscript%3Ealert(1)%3C/script%3E&sort=%22%3E%3Cscript%3E"
	};
	for (size_t i = 0; i < COUNT(targets); i++) {
		const char *page = asking_get(&l.a, targets[i]);
		if (l.a.status == 303)
			continue;
		assert_int_equal(l.a.status, 200);
		LACKS(page, "<script>");
		is_whole(page);
	}
	HAS(asking_get(&l.a, "/list/place/PL-9"), "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;amp;");
}

static void long_and_foreign_texts_are_shown_whole(void **state)
{
	OPEN(state);
	asking_may(&l.a, (right_t)-1, EVERYWHERE);
	hostile(&l, "مديرية المنارات ក្រសួង កรมประภาคาร");
	HAS(asking_get(&l.a, "/list/place/PL-9"), "مديرية المنارات ក្រសួង កรมประภาคาร");
	HAS(asking_get(&l.a, "/list/place"), "مديرية المنارات");
}

/* ---- reach ---- */
/* proves: DP-07 */
static void what_is_out_of_reach_is_neither_shown_nor_counted(void **state)
{
	OPEN(state);
	asking_may(&l.a, MAY_PEOPLE | MAY_PEOPLE_WRITE | MAY_SHEETS | MAY_CLOSED, l.north_order, l.north_order);
	const char *list = asking_get(&l.a, "/list/keeper");
	HAS(list, "Keeper 1");
	LACKS(list, "Keeper 2");
	LACKS(list, "1002");
	HAS(list, "1 to 1 of 1");
	static const char *const hidden[] = { "/list/keeper/1002",  "/list/keeper/1002/change",
					      "/enter/mark/1002",   "/enter/grade_history/1002",
					      "/enter/mark/1002/1", "/list/keeper/nobody" };
	for (size_t i = 0; i < COUNT(hidden); i++) {
		(void)asking_get(&l.a, hidden[i]);
		assert_int_equal(l.a.status, 404);
	}
	(void)asking_get(&l.a, "/find?q=keeper");
	assert_int_equal(l.a.status, 303);
	assert_string_equal(asking_seen(&l.a), "/list/keeper/1001");
	LACKS(asking_get(&l.a, "/find?q=1002"), "Keeper 2");
	const char *sheet = asking_get(&l.a, "/sheet/keeper");
	HAS(sheet, "Keeper 1");
	LACKS(sheet, "Keeper 2");
	LACKS(asking_get(&l.a, "/list/grade_history"), "Keeper 2");
	LACKS(asking_get(&l.a, "/sheet/grade_history"), "1002");
}

static void stands(struct lights *l, int n, int64_t place)
{
	struct record *r = fixture_keeper_of(l->c, n, date_of(1960, 1, 1), date_of(1990, 1, 1));
	struct record *seat = fixture_seat_of(l->c, n, place, date_of(1990, 1, 1));
	assert_int_equal(fixture_save(l->c, r, NULL), E_OK);
	assert_int_equal(fixture_save(l->c, seat, NULL), E_OK);
	struct record *number =
		fixture_number_of(l->c, r->id, arena_printf(l->c->arena, "%d", 1000 + n), r->valid_from);
	number->valid_from = date_of(1990, 1, 1);
	assert_int_equal(fixture_save(l->c, number, NULL), E_OK);
	assert_int_equal(fixture_save(l->c, fixture_sit(l->c, r->id, seat->id, date_of(1995, 1, 1)), NULL), E_OK);
}

/* However many of the same name stand elsewhere. */
static void a_common_name_is_found_in_a_small_office(void **state)
{
	OPEN(state);
	for (int n = 3; n < 103; n++)
		stands(&l, n, l.south);
	stands(&l, 103, l.north);
	asking_may(&l.a, MAY_PEOPLE, l.north_order, l.north_order);
	const char *page = asking_get(&l.a, "/find?q=keeper");
	HAS(page, "Keeper 1<");
	HAS(page, "Keeper 103<");
	LACKS(page, "Keeper 50");
	LACKS(page, "There are more");
}

static void who_may_nothing_sees_nothing(void **state)
{
	OPEN(state);
	static const char *const hidden[] = { "/list/keeper", "/list/mark", "/list/keeper/1001", "/enter/mark/1001" };
	for (size_t i = 0; i < COUNT(hidden); i++) {
		(void)asking_get(&l.a, hidden[i]);
		assert_int_equal(l.a.status, 404);
	}
	(void)asking_get(&l.a, "/sheet/keeper");
	assert_int_equal(l.a.status, 403);
}

static void what_must_not_be_written_is_not_there(void **state)
{
	OPEN(state);
	asking_may(&l.a, MAY_PEOPLE, EVERYWHERE);
	LACKS(asking_get(&l.a, "/list/keeper/1001"), "/enter/");
	(void)asking_get(&l.a, "/enter/mark/1001");
	assert_int_equal(l.a.status, 404);
	(void)asking_get(&l.a, "/list/keeper/1001/change");
	assert_int_equal(l.a.status, 404);
}

/* ---- lists and search find what nobody named ---- */
static void every_list_of_the_reader_is_named(void **state)
{
	OPEN(state);
	asking_may(&l.a, MAY_PEOPLE, EVERYWHERE);
	const char *page = asking_get(&l.a, "/list");
	HAS(page, "href=\"/list/keeper\"");
	HAS(page, "href=\"/list/drill\"");
	LACKS(page, "/list/draft");
	l.a.who.nreach = 0;
	l.a.who.rights = 0;
	LACKS(asking_get(&l.a, "/list"), "href=\"/list/keeper\"");
}

static void a_thing_that_no_page_names_is_found_by_its_words(void **state)
{
	OPEN(state);
	struct record *drill = record_new(l.c->arena, &fixture_drill);
	record_text(drill, DRILL_CODE, STR("D9"));
	record_text(drill, DRILL_TITLE, STR("Fog signals"));
	record_int(drill, DRILL_PASS_MARK, 6000);
	drill->valid_from = date_of(2000, 1, 1);
	OK(fixture_save(l.c, drill, NULL));
	asking_may(&l.a, MAY_PEOPLE, EVERYWHERE);
	(void)asking_get(&l.a, "/find?q=signals");
	assert_string_equal(asking_seen(&l.a), "/list/drill/D9");
}

/* ---- confidential fields ---- */
/* proves: DP-07 */
static void confidential_fields_are_shown_to_whom_they_may_be_and_noted(void **state)
{
	OPEN(state);
	OK(fixture_save(l.c, fixture_mark_of(l.c, l.north_keeper, 2006, 7431), NULL));
	asking_may(&l.a, MAY_PEOPLE | MAY_SHEETS, EVERYWHERE);
	const char *page = asking_get(&l.a, "/list/keeper/1001");
	HAS(page, "confidential");
	LACKS(page, "74.31");
	LACKS(asking_get(&l.a, "/sheet/mark"), "score");
	assert_int_equal(l.a.in.nnotes, 0);
	asking_may(&l.a, MAY_PEOPLE | MAY_CLOSED | MAY_SHEETS, EVERYWHERE);
	HAS(asking_get(&l.a, "/list/keeper/1001"), "74.31");
	assert_true(l.a.in.nnotes > 0);
	assert_int_equal(l.a.in.notes[0].person, l.north_keeper);
	HAS(asking_get(&l.a, "/sheet/mark"), "74.31");
	assert_int_equal(l.a.in.nnotes, 1);
}

/* Versions tell what is confidential also on a day before the record began. */
/* proves: DP-07 */
static void confidential_versions_are_noted_on_any_day(void **state)
{
	OPEN(state);
	struct record *r;
	OK(read_thing(l.c, &fixture_keeper, l.north_keeper, AS_OF_NOW, &r));
	record_text(r, KEEPER_HEALTH, STR("short of breath"));
	OK(fixture_correct(l.c, r, "seen by the doctor", NULL));
	asking_may(&l.a, MAY_PEOPLE, EVERYWHERE);
	LACKS(asking_get(&l.a, "/list/keeper/1001?as_of=1950-01-01"), "short of breath");
	assert_int_equal(l.a.in.nnotes, 0);
	asking_may(&l.a, MAY_PEOPLE | MAY_CLOSED, EVERYWHERE);
	const char *page = asking_get(&l.a, "/list/keeper/1001?as_of=1950-01-01");
	HAS(page, "It did not exist on that day");
	HAS(page, "short of breath");
	assert_int_equal(l.a.in.nnotes, 1);
	assert_string_equal(l.a.in.notes[0].kind, "keeper");
}

/* ---- lists ---- */
static void many(struct lights *l)
{
	for (int i = 100; i < 170; i++)
		OK(fixture_save(l->c, fixture_place_of(l->c, i, l->north, date_of(1992, 1, 1)), NULL));
}

static void a_list_goes_on_by_key(void **state)
{
	OPEN(state);
	many(&l);
	const char *page = asking_get(&l.a, "/list/place");
	HAS(page, "1 to 50 of 73");
	const char *next = strstr(page, "rel=\"next\" href=\"");
	assert_non_null(next);
	next += strlen("rel=\"next\" href=\"");
	char *target = arena_text(&l.a.arena, next, strcspn(next, "\""));
	for (char *p = strstr(target, "&amp;"); p; p = strstr(target, "&amp;"))
		memmove(p + 1, p + 5, strlen(p + 5) + 1);
	page = asking_get(&l.a, target);
	HAS(page, "51 to 73 of 73");
	LACKS(page, "rel=\"next\"");
}

static void a_filter_narrows_and_says_when_nothing_fits(void **state)
{
	OPEN(state);
	asking_may(&l.a, MAY_PEOPLE, EVERYWHERE);
	HAS(asking_get(&l.a, "/list/keeper?q=keeper+2"), "1 to 1 of 1");
	HAS(asking_get(&l.a, "/list/keeper?q=zzz"), "Nothing fits these filters");
	HAS(asking_get(&l.a, "/list/keeper?is_place=nowhere"), "Nothing fits these filters");
	const char *page = asking_get(&l.a, "/list/keeper?is_place=PL-1");
	HAS(page, "Keeper 1");
	LACKS(page, "Keeper 2");
}

int face_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(every_page_is_whole_and_says_what_it_is_for),
		SPOT_CASE(a_refusal_is_a_calm_page),
		SPOT_CASE(a_text_never_becomes_markup),
		SPOT_CASE(long_and_foreign_texts_are_shown_whole),
		SPOT_CASE(what_is_out_of_reach_is_neither_shown_nor_counted),
		SPOT_CASE(a_common_name_is_found_in_a_small_office),
		SPOT_CASE(who_may_nothing_sees_nothing),
		SPOT_CASE(what_must_not_be_written_is_not_there),
		SPOT_CASE(every_list_of_the_reader_is_named),
		SPOT_CASE(a_thing_that_no_page_names_is_found_by_its_words),
		SPOT_CASE(confidential_fields_are_shown_to_whom_they_may_be_and_noted),
		SPOT_CASE(confidential_versions_are_noted_on_any_day),
		SPOT_CASE(a_list_goes_on_by_key),
		SPOT_CASE(a_filter_narrows_and_says_when_nothing_fits),
	};
	return spot_run("face", cases, COUNT(cases));
}
