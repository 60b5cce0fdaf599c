/* Spreadsheets sent to a list: looked at row by row, then taken in all or nothing, and never out of reach. */
#include "../../tests/help/lights.h"
#include "../../tests/help/spot.h"

int upload_test(void);
#define OPEN(state)                                                                                                    \
	struct lights l CLEANUP(lights_close);                                                                         \
	lights_open(&l, *(state));                                                                                     \
	asking_may(&l.a, MAY_PEOPLE | MAY_PEOPLE_WRITE | MAY_HOUSE_WRITE | MAY_CLOSED | MAY_SHEETS, INT64_MIN,         \
		   INT64_MAX)

static void sent(struct lights *l, const char *name, const char *bytes)
{
	(void)asking_send(&l->a, arena_printf(&l->a.arena, "/upload/%s", name), "file", "sent.csv", bytes);
	lights_led(l, 303);
}

static void a_good_spreadsheet_is_looked_at_and_then_taken(void **state)
{
	OPEN(state);
	sent(&l, "drill", "code,title,pass_mark,valid_from\nD1,Fog,60,2000-01-01\nD2,Storm,70,2000-01-01\n");
	SEES(l, "/upload/drill/1");
	const char *page = asking_get(&l.a, "/upload/drill/1");
	HAS(page, "no problems; nothing is written yet");
	LACKS(asking_get(&l.a, "/list/drill"), "Fog");
	(void)POST(l, "/upload/drill/1", "form_step", "take");
	lights_led(&l, 303);
	HAS(l.a.in.told, "Receipt ");
	HAS(asking_get(&l.a, "/list/drill"), "Fog");
	HAS(asking_get(&l.a, "/"), "sent.csv");
	(void)POST(l, "/upload/drill/1", "form_step", "take");
	lights_led(&l, 303);
	HAS(l.a.in.told, "taken in before");
}

static void a_bad_spreadsheet_names_its_rows(void **state)
{
	OPEN(state);
	sent(&l, "drill", "code,title,pass_mark,valid_from\nD1,Fog,60,2000-01-01\nD2,Storm,170,2000-01-01\n");
	const char *page = asking_get(&l.a, "/upload/drill/1");
	HAS(page, "nothing was written");
	HAS(page, "<td class=\"n\">3</td><td>pass_mark</td>");
	HAS(asking_get(&l.a, "/upload/drill/1/problems"), "3,pass_mark,");
	LACKS(asking_get(&l.a, "/list/drill"), "Fog");
}

static void a_foreign_head_is_mapped(void **state)
{
	OPEN(state);
	sent(&l, "drill", "code,Bezeichnung,pass_mark,valid_from\nD1,Fog,60,2000-01-01\n");
	HAS(asking_get(&l.a, "/upload/drill/1"), "name=\"head_1\"");
	(void)POST(l, "/upload/drill/1", "form_step", "look", "head_1", "title");
	lights_led(&l, 303);
	HAS(asking_get(&l.a, "/upload/drill/1"), "no problems; nothing is written yet");
}

static void rows_out_of_reach_are_not_taken(void **state)
{
	OPEN(state);
	l.a.who.nreach = 0;
	l.a.who.rights = 0;
	asking_may(&l.a, MAY_PEOPLE | MAY_PEOPLE_WRITE | MAY_SHEETS, l.north_order, l.north_order);
	sent(&l, "grade_history",
	     "number,valid_from,grade,decree\n1001,2001-01-01,1/b,1\n1002,2001-01-01,1/b,2\n9999,2001-01-01,1/b,3\n");
	const char *page = asking_get(&l.a, "/upload/grade_history/1");
	HAS(page, "<td class=\"n\">3</td>");
	HAS(page, "<td class=\"n\">4</td>");
	HAS(page, "nothing with the number &quot;1002&quot; is in your reach");
	HAS(page, "nothing with the number &quot;9999&quot; is in your reach");
	(void)POST(l, "/upload/grade_history/1", "form_step", "take");
	HAS(asking_get(&l.a, "/upload/grade_history/1"), "nothing was written");
}

int upload_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(a_good_spreadsheet_is_looked_at_and_then_taken),
		SPOT_CASE(a_bad_spreadsheet_names_its_rows),
		SPOT_CASE(a_foreign_head_is_mapped),
		SPOT_CASE(rows_out_of_reach_are_not_taken),
	};
	return spot_run("upload", cases, COUNT(cases));
}
