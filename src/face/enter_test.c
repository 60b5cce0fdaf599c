/* Entering, changing and correcting on pages: typed, checked, saved; two writers; drafts and views. */
#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/lights.h"
#include "../../tests/help/spot.h"
#include "entity/read.h"

int enter_test(void);
#define OK(call) assert_int_equal((call), E_OK)
#define OPEN(state)                                                                                                    \
	struct lights l CLEANUP(lights_close);                                                                         \
	lights_open(&l, *(state));                                                                                     \
	asking_may(&l.a, MAY_PEOPLE | MAY_PEOPLE_WRITE | MAY_HOUSE_WRITE | MAY_CLOSED | MAY_SHEETS, INT64_MIN,         \
		   INT64_MAX)

/* Follows the check that a form led to. */
static const char *checked(struct lights *l)
{
	lights_led(l, 303);
	const char *page = asking_get(&l->a, asking_seen(&l->a));
	lights_led(l, 200);
	HAS(page, "Check the answers");
	return page;
}

static struct str believed_grade(struct lights *l, date on)
{
	struct record *r;
	struct moment at = { .day = on };
	OK(read_holding(l->c, &fixture_grade_history, l->north_keeper, 0, at, &r));
	return l->c->codes->text(l->c->codes->arg, r->v[GRADE_HISTORY_GRADE].i);
}

/* ---- entering ---- */
#define GRADE "/enter/grade_history/1001"

/* proves: MP-27 */
static void a_late_decree_says_what_it_changes_before_it_is_saved(void **state)
{
	OPEN(state);
	OK(fixture_save(l.c, fixture_grade_of(l.c, l.north_keeper, "2/a", date_of(2007, 4, 1)), NULL));
	(void)POST(l, GRADE, "valid_from", "2005-04-01", "grade", "1/b", "decree", "17/2005", "decree_date",
		   "2005-03-20", "proof", "proved", "form_step", "check", "form_path", GRADE);
	const char *page = checked(&l);
	HAS(page, "1/b");
	HAS(page, "What this changes");
	HAS(page, "would hold until 31 March 2005");
	assert_true(str_is(believed_grade(&l, date_of(2006, 1, 1)), "1/a"));
}

static void what_is_checked_is_saved_under_a_receipt(void **state)
{
	OPEN(state);
	(void)POST(l, GRADE, "valid_from", "2005-04-01", "grade", "1/b", "decree", "17/2005", "proof", "proved",
		   "form_step", "save", "form_path", GRADE);
	lights_led(&l, 303);
	SEES(l, "/list/keeper/1001");
	HAS(l.a.in.told, "Receipt ");
	assert_true(str_is(believed_grade(&l, date_of(2006, 1, 1)), "1/b"));
	HAS(asking_get(&l.a, "/list/keeper/1001"), "17/2005");
}

static void what_was_typed_stays_beside_what_is_wrong(void **state)
{
	OPEN(state);
	const char *page = POST(l, GRADE, "valid_from", "2005-02-30", "grade", "9/x", "decree", "\"quoted\" <b>",
				"form_step", "check");
	lights_led(&l, 422);
	HAS(page, "<title>Problem: ");
	HAS(page, "href=\"#f-valid_from\">In effect from: ");
	HAS(page, "href=\"#f-grade\">Grade: ");
	HAS(page, "id=\"f-valid_from-error\"");
	HAS(page, "aria-invalid=\"true\"");
	HAS(page, "value=\"&quot;quoted&quot; &lt;b&gt;\"");
	assert_true(str_is(believed_grade(&l, date_of(2006, 1, 1)), "1/a"));
}

static void a_reference_is_found_by_its_words(void **state)
{
	OPEN(state);
	const char *page = POST(l, "/enter/seat_history/1001", "valid_from", "2005-01-01", "seat", "warden", "acting",
				"false", "decree", "1", "form_step", "check");
	lights_led(&l, 422);
	HAS(page, "Did you mean");
	HAS(page, "<strong>SEAT-2</strong>");
}

static void the_same_fact_twice_is_said(void **state)
{
	OPEN(state);
	const char *page =
		POST(l, GRADE, "valid_from", "1995-01-01", "grade", "1/b", "decree", "2", "form_step", "save");
	lights_led(&l, 409);
	HAS(page, "stands there already");
}

/* ---- drafts ---- */
static void a_form_is_gone_on_with(void **state)
{
	OPEN(state);
	(void)POST(l, "/draft", "form_path", GRADE, "decree", "half typed", "grade", "1/b");
	lights_led(&l, 303);
	const char *page = asking_get(&l.a, GRADE);
	HAS(page, "You began this form on");
	HAS(page, GRADE "?draft=1");
	LACKS(page, "half typed");
	HAS(asking_get(&l.a, GRADE "?draft=1"), "value=\"half typed\"");
	HAS(asking_get(&l.a, "/"), GRADE "?draft=1");
	(void)POST(l, GRADE, "valid_from", "2005-04-01", "grade", "1/b", "decree", "1", "form_step", "save",
		   "form_path", GRADE);
	lights_led(&l, 303);
	LACKS(asking_get(&l.a, "/draft"), GRADE);
}

static void a_draft_is_its_writers_alone(void **state)
{
	OPEN(state);
	(void)POST(l, "/draft", "form_path", GRADE, "decree", "half typed");
	l.a.who.actor.user = 77;
	LACKS(asking_get(&l.a, GRADE "?draft=1"), "half typed");
	LACKS(asking_get(&l.a, "/draft"), GRADE);
	(void)POST(l, "/draft", "form_path", "//elsewhere.example/x", "decree", "x");
	LACKS(asking_get(&l.a, "/draft"), "elsewhere");
}

/* ---- correcting ---- */
static const char *mark_address(struct lights *l, const char *head)
{
	struct query q = { .entity = &fixture_mark, .owner = l->north_keeper, .extent = BELIEVED };
	struct record **rows;
	size_t n;
	OK(read_all(l->c, &q, &rows, &n));
	assert_int_equal(n, 1);
	return arena_printf(&l->a.arena, "%s/enter/mark/1001/%lld", head, (long long)rows[0]->id);
}

/* proves: MP-27 */
static void a_rating_recorded_wrongly_shows_both_readings(void **state)
{
	OPEN(state);
	OK(fixture_save(l.c, fixture_mark_of(l.c, l.north_keeper, 2006, 7400), NULL));
	const char *target = mark_address(&l, "");
	HAS(asking_get(&l.a, target), "value=\"74\"");
	const char *page = POST(l, target, "tool", "lamp", "year", "2006", "score", "78", "form_how", "wrongly", "why",
				"", "form_step", "check");
	lights_led(&l, 422);
	HAS(page, "no reason is given");
	(void)POST(l, target, "tool", "lamp", "year", "2006", "score", "78", "form_how", "wrongly", "why",
		   "copied wrongly", "form_step", "check", "form_path", target);
	page = checked(&l);
	HAS(page, "<del class=\"was\">74</del>");
	HAS(page, "<ins>78</ins>");
	(void)POST(l, target, "tool", "lamp", "year", "2006", "score", "78", "form_how", "wrongly", "why",
		   "copied wrongly", "form_step", "save");
	lights_led(&l, 303);
	page = asking_get(&l.a, "/list/keeper/1001");
	HAS(page, "<del class=\"was\">74</del>");
	HAS(page, "copied wrongly");
}

static void what_never_was_is_taken_away_with_its_reason(void **state)
{
	OPEN(state);
	OK(fixture_save(l.c, fixture_mark_of(l.c, l.north_keeper, 2006, 7400), NULL));
	const char *target = mark_address(&l, "");
	(void)POST(l, target, "form_how", "never", "why", "another keeper's", "form_step", "save");
	lights_led(&l, 303);
	const char *page = asking_get(&l.a, "/list/keeper/1001");
	HAS(page, "Never was so.");
	HAS(page, "another keeper&#39;s");
}

static void the_wrong_day_is_another_fact(void **state)
{
	OPEN(state);
	struct query q = { .entity = &fixture_grade_history, .owner = l.north_keeper, .extent = BELIEVED };
	struct record **rows;
	size_t n;
	OK(read_all(l.c, &q, &rows, &n));
	const char *target = arena_printf(&l.a.arena, GRADE "/%lld", (long long)rows[0]->id);
	(void)POST(l, target, "valid_from", "1996-01-01", "grade", "1/a", "decree", "1", "proof", "claimed", "form_how",
		   "wrongly", "why", "read wrongly", "form_step", "save");
	lights_led(&l, 303);
	OK(read_all(l.c, &q, &rows, &n));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0]->valid_from, date_of(1996, 1, 1));
}

/* ---- changing a thing ---- */
#define CHANGE "/list/place/PL-1/change"

static struct record *place_on(struct lights *l, date on)
{
	struct record *r;
	struct moment at = { .day = on };
	OK(read_thing(l->c, &fixture_place, l->north, at, &r));
	return r;
}

static void rename_place(struct lights *l, const char *name, date from)
{
	struct record *r = record_copy(l->c->arena, place_on(l, from));
	r->valid_from = from;
	record_text(r, PLACE_NAME, str_of(name));
	OK(fixture_save(l->c, r, NULL));
}

/* The form shows the words of today; only what was typed anew goes into an earlier day. */
static void only_what_was_typed_anew_is_changed(void **state)
{
	OPEN(state);
	rename_place(&l, "New name", date_of(2005, 1, 1));
	(void)POST(l, CHANGE, "name", "New name", "parent", "PL-0", "kind", "district", "form_how", "changed",
		   "valid_from", "2000-01-01", "form_step", "save");
	lights_led(&l, 303);
	assert_true(str_is(place_on(&l, date_of(2001, 1, 1))->v[PLACE_NAME].t, "Lighthouse 1"));
	assert_true(str_is(l.c->codes->text(NULL, place_on(&l, date_of(2001, 1, 1))->v[PLACE_KIND].i), "district"));
	assert_true(str_is(l.c->codes->text(NULL, place_on(&l, date_of(2007, 1, 1))->v[PLACE_KIND].i), "district"));
}

static void a_change_that_reaches_back_is_previewed(void **state)
{
	OPEN(state);
	rename_place(&l, "New name", date_of(2005, 1, 1));
	(void)POST(l, CHANGE, "name", "New name", "parent", "PL-0", "kind", "district", "form_how", "changed",
		   "valid_from", "2000-01-01", "form_step", "check", "form_path", CHANGE);
	const char *page = checked(&l);
	HAS(page, "This reaches back");
	HAS(page, "had copied the old words");
}

static void nothing_changed_is_said(void **state)
{
	OPEN(state);
	const char *page = POST(l, CHANGE, "name", "Lighthouse 1", "parent", "PL-0", "kind", "coast", "form_how",
				"changed", "valid_from", "2000-01-01", "form_step", "check");
	lights_led(&l, 422);
	HAS(page, "nothing differs");
}

static void a_new_thing_is_entered(void **state)
{
	OPEN(state);
	(void)POST(l, "/list/place/new", "code", "PL-77", "valid_from", "2001-01-01", "name", "Seventy-seven", "parent",
		   "PL-1", "kind", "light", "form_step", "save");
	lights_led(&l, 303);
	SEES(l, "/list/place/PL-77");
	HAS(asking_get(&l.a, "/list/place/PL-77"), "Seventy-seven");
}

/* ---- parts of a thing: saved with it in one entry ---- */
#define KEEPER "/list/keeper/1001/change"
#define KEEPER_WORDS                                                                                                   \
	"sex", "M", "birth_date", "1960-01-01", "schooling", "master", "joined_on", "1990-01-01", "health", ""

static void the_parts_of_a_thing_are_saved_with_it(void **state)
{
	OPEN(state);
	const char *page = asking_get(&l.a, KEEPER);
	HAS(page, "<fieldset class=\"children\">");
	HAS(page, "name=\"grade_history-new-grade\"");
	int64_t before = ledger_head(l.c->ledger);
	(void)POST(l, KEEPER, "name", "Keeper Renamed", KEEPER_WORDS, "grade_history-new", "1",
		   "grade_history-new-grade", "2/a", "grade_history-new-decree", "5/2006", "grade_history-new-proof",
		   "claimed", "seat_history-new", "1", "seat_history-new-acting", "false", "form_how", "changed",
		   "valid_from", "2006-01-01", "form_step", "save");
	lights_led(&l, 303);
	assert_int_equal(ledger_head(l.c->ledger), before + 1);
	assert_true(str_is(believed_grade(&l, date_of(2007, 1, 1)), "2/a"));
	assert_true(str_is(believed_grade(&l, date_of(2005, 1, 1)), "1/a"));
	HAS(asking_get(&l.a, "/list/keeper/1001"), "Keeper Renamed");
}

static void a_part_is_corrected_alone(void **state)
{
	OPEN(state);
	const char *page = asking_get(&l.a, KEEPER), *at = strstr(page, "name=\"grade_history-");
	assert_non_null(at);
	char *name = arena_text(&l.a.arena, at + 6, strcspn(at + 6, "\""));
	const char *grade = arena_printf(&l.a.arena, "%s-grade", name),
		   *decree = arena_printf(&l.a.arena, "%s-decree", name);
	const char *proof = arena_printf(&l.a.arena, "%s-proof", name);
	(void)POST(l, KEEPER, "name", "Keeper 1", KEEPER_WORDS, name, "1", grade, "1/b", decree, "5/2006", proof,
		   "claimed", "form_how", "wrongly", "why", "read wrongly", "form_step", "check", "form_path", KEEPER);
	page = checked(&l);
	HAS(page, "1/b");
	assert_true(str_is(believed_grade(&l, date_of(2007, 1, 1)), "1/a"));
	(void)POST(l, KEEPER, "name", "Keeper 1", KEEPER_WORDS, name, "1", grade, "1/b", decree, "5/2006", proof,
		   "claimed", "form_how", "wrongly", "why", "read wrongly", "form_step", "save");
	lights_led(&l, 303);
	assert_true(str_is(believed_grade(&l, date_of(2007, 1, 1)), "1/b"));
}

static void what_is_wrong_in_a_part_is_said_beside_it(void **state)
{
	OPEN(state);
	const char *page = POST(l, KEEPER, "name", "Keeper 1", KEEPER_WORDS, "grade_history-new", "1",
				"grade_history-new-grade", "9/x", "grade_history-new-decree", "typed", "form_how",
				"changed", "valid_from", "2006-01-01", "form_step", "check");
	lights_led(&l, 422);
	HAS(page, "id=\"f-grade_history-new-grade-error\"");
	HAS(page, "value=\"typed\"");
}

/* ---- two writers ---- */
static void two_writers_choose_and_nothing_is_lost(void **state)
{
	OPEN(state);
	const char *seen = arena_printf(&l.a.arena, "%lld", (long long)ledger_head(l.c->ledger));
	rename_place(&l, "Theirs", date_of(2006, 1, 1));
	const char *page = POST(l, CHANGE, "form_seen", seen, "name", "Mine", "parent", "PL-0", "kind", "district",
				"form_how", "changed", "valid_from", "2006-06-01", "form_step", "save");
	lights_led(&l, 409);
	HAS(page, "<td class=\"before\" data-label=\"Before\">Lighthouse 1</td>");
	HAS(page, "<td class=\"mine\" data-label=\"Yours\">Mine</td>");
	HAS(page, "<td class=\"theirs\" data-label=\"Theirs\">Theirs</td>");
	HAS(page, "name=\"valid_from\" value=\"2006-06-01\"");
	assert_true(str_is(place_on(&l, DATE_NONE)->v[PLACE_NAME].t, "Theirs"));
	seen = arena_printf(&l.a.arena, "%lld", (long long)ledger_head(l.c->ledger));
	(void)POST(l, CHANGE, "form_seen", seen, "name", "Theirs", "parent", "PL-0", "kind", "district", "form_how",
		   "changed", "valid_from", "2006-06-01", "form_step", "save");
	lights_led(&l, 303);
	assert_true(str_is(place_on(&l, DATE_NONE)->v[PLACE_NAME].t, "Theirs"));
	assert_true(str_is(l.c->codes->text(NULL, place_on(&l, DATE_NONE)->v[PLACE_KIND].i), "district"));
}

static void what_was_taken_away_meanwhile_keeps_what_was_typed(void **state)
{
	OPEN(state);
	OK(fixture_save(l.c, fixture_mark_of(l.c, l.north_keeper, 2006, 7400), NULL));
	const char *target = mark_address(&l, "");
	const char *seen = arena_printf(&l.a.arena, "%lld", (long long)ledger_head(l.c->ledger));
	(void)POST(l, target, "form_how", "never", "why", "another's", "form_step", "save");
	lights_led(&l, 303);
	const char *page = POST(l, target, "form_seen", seen, "tool", "lamp", "year", "2006", "score", "81.5",
				"form_how", "wrongly", "why", "mine", "form_step", "save");
	lights_led(&l, 409);
	HAS(page, "81.5");
}

static bool noted(const struct lights *l, const char *kind)
{
	for (size_t i = 0; i < l->a.in.nnotes; i++)
		if (l->a.in.notes[i].person == l->north_keeper && text_is(l->a.in.notes[i].kind, kind))
			return true;
	return false;
}

/* proves: DP-07 */
static void what_another_wrote_meanwhile_is_noted_when_it_is_shown(void **state)
{
	OPEN(state);
	OK(fixture_save(l.c, fixture_mark_of(l.c, l.north_keeper, 2006, 7400), NULL));
	const char *target = mark_address(&l, "");
	const char *seen = arena_printf(&l.a.arena, "%lld", (long long)ledger_head(l.c->ledger));
	(void)POST(l, target, "tool", "lamp", "year", "2006", "score", "66.6", "form_how", "wrongly", "why",
		   "another's", "form_step", "save");
	lights_led(&l, 303);
	const char *page = POST(l, target, "form_seen", seen, "tool", "lamp", "year", "2006", "score", "81.5",
				"form_how", "wrongly", "why", "mine", "form_step", "save");
	lights_led(&l, 409);
	HAS(page, "66.6");
	assert_true(noted(&l, "mark"));
}

/* proves: DP-07 */
static void what_a_correction_replaces_is_noted_when_it_is_checked(void **state)
{
	OPEN(state);
	OK(fixture_save(l.c, fixture_mark_of(l.c, l.north_keeper, 2006, 7400), NULL));
	const char *target = mark_address(&l, "");
	(void)POST(l, target, "tool", "lamp", "year", "2006", "score", "81.5", "form_how", "wrongly", "why", "mine",
		   "form_step", "check", "form_path", target);
	HAS(checked(&l), "74");
	assert_true(noted(&l, "mark"));
}

/* ---- views ---- */
static void a_view_is_kept_and_taken_away(void **state)
{
	OPEN(state);
	(void)POST(l, "/views", "of_list", "place", "filters", "is_parent=PL-1&sort=name", "name", "North <only>");
	lights_led(&l, 303);
	SEES(l, "/list/place?is_parent=PL-1&sort=name");
	HAS(asking_get(&l.a, asking_seen(&l.a)), "aria-current=\"true\">North &lt;only&gt;</a>");
	(void)POST(l, "/views", "of_list", "place", "filters", "x\"><script>", "name", "bad");
	assert_int_equal(l.a.status, 404);
	l.a.who.actor.user = 77;
	LACKS(asking_get(&l.a, "/views"), "North");
	(void)POST(l, "/views", "drop", "1");
	assert_int_equal(l.a.status, 404);
}

int enter_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(a_late_decree_says_what_it_changes_before_it_is_saved),
		SPOT_CASE(what_is_checked_is_saved_under_a_receipt),
		SPOT_CASE(what_was_typed_stays_beside_what_is_wrong),
		SPOT_CASE(a_reference_is_found_by_its_words),
		SPOT_CASE(the_same_fact_twice_is_said),
		SPOT_CASE(a_form_is_gone_on_with),
		SPOT_CASE(a_draft_is_its_writers_alone),
		SPOT_CASE(a_rating_recorded_wrongly_shows_both_readings),
		SPOT_CASE(what_never_was_is_taken_away_with_its_reason),
		SPOT_CASE(the_wrong_day_is_another_fact),
		SPOT_CASE(only_what_was_typed_anew_is_changed),
		SPOT_CASE(a_change_that_reaches_back_is_previewed),
		SPOT_CASE(nothing_changed_is_said),
		SPOT_CASE(a_new_thing_is_entered),
		SPOT_CASE(the_parts_of_a_thing_are_saved_with_it),
		SPOT_CASE(a_part_is_corrected_alone),
		SPOT_CASE(what_is_wrong_in_a_part_is_said_beside_it),
		SPOT_CASE(two_writers_choose_and_nothing_is_lost),
		SPOT_CASE(what_was_taken_away_meanwhile_keeps_what_was_typed),
		SPOT_CASE(what_another_wrote_meanwhile_is_noted_when_it_is_shown),
		SPOT_CASE(what_a_correction_replaces_is_noted_when_it_is_checked),
		SPOT_CASE(a_view_is_kept_and_taken_away),
	};
	return spot_run("enter", cases, COUNT(cases));
}
