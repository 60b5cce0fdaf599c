/* career_page.c - the rows of this module's pages, and what it adds to the desk, to a person and to a late decree. */
#include "modules/career/career_page.h"

/* clang-format off */
static const struct page_param due_params[] = {
	{ "unit", PARAM_TEXT, 100 },
	{ "kind",   PARAM_CODE,   20 },
	{ "months", PARAM_NUMBER, 3 },
	{ "person", PARAM_CODE,   32 },
	{ "after",  PARAM_TEXT,   60 },
	{ "from",   PARAM_TEXT,   12 },
	{ .name = NULL },
};
static const struct page_param seniority_params[] = {
	{ "unit", PARAM_TEXT, 100 },
	{ "as_of", PARAM_DATE, 0 },
	{ "print", PARAM_FLAG, 0 },
	{ "after", PARAM_TEXT, 60 },
	{ "from",  PARAM_TEXT, 12 },
	{ .name = NULL },
};
static const struct page_param health_params[] = {
	{ "unit", PARAM_TEXT, 100 },
	{ "fault", PARAM_NUMBER, 3 },
	{ "after", PARAM_TEXT,   60 },
	{ "from",  PARAM_TEXT,   12 },
	{ .name = NULL },
};
static const struct page_param pair_params[] = { { "a", PARAM_CODE, 32 }, { "b", PARAM_CODE, 32 }, { .name = NULL } };

static const struct page_param review_params[] = {
	{ "person", PARAM_CODE, 32 },
	{ "number", PARAM_NUMBER, 4 },
	{ .name = NULL },
};

const struct page career_pages[] = {
	{
		.path = "/due",
		.title = N_("What falls due"),
		.draw = due_page_draw,
		.see = MAY_PEOPLE,
		.params = due_params,
		.nav = N_("Due"),
		.help = N_(
			"Increments, rises in rank, retirements and ends of sanctions in the months ahead, the "
			"next first. Choose a unit, a kind and how far to look. Increments and retirements are "
			"printed as letters from here, and everything as a spreadsheet."),
		.example = N_(
			"In September the clerk prints the increment letters of October and sees who retires "
			"next autumn: their notice is due now."),
		.article = "PP 7/1977; PP 32/1979; MP-93",
	},
	{
		.path = "/due/sheet",
		.title = N_("What falls due, as a spreadsheet"),
		.draw = due_page_sheet,
		.see = MAY_PEOPLE | MAY_SHEETS,
		.flags = PAGE_SLOW,
		.params = due_params,
		.help = N_(
			"What falls due as a file that every spreadsheet program opens. It holds what the page "
			"shows, with the same unit, kind and months. What still lacks is told as far as you "
			"may know it."),
		.example = N_("The office of the treasury receives the increments of next month as a list."),
		.article = "MP-93",
	},
	{
		.path = "/due/letters",
		.title = N_("Letters"),
		.draw = due_letters_draw,
		.see = MAY_PEOPLE,
		.params = due_params,
		.help = N_(
			"A letter a person for each increment or retirement that falls due, one on a sheet of "
			"paper. Print them, and fill in number, place, date and signature by hand. The words "
			"stand in the rules, in each language."),
		.example = N_("Twelve increment letters of October for one tax office are printed at once."),
		.article = "PP 7/1977; PP 32/1979",
	},
	{
		.path = "/seniority",
		.title = N_("Seniority list"),
		.draw = seniority_page_draw,
		.see = MAY_PEOPLE,
		.params = seniority_params,
		.nav = N_("Seniority"),
		.help = N_(
			"Who stands before whom in a unit on one day, in the order that the rules name: rank, "
			"time in rank, echelon and so on. Choose the unit and the day; the usual day is the "
			"last of the year. Print it to be posted, or take it as a spreadsheet."),
		.example = N_(
			"In January the list at 31 December is posted, and whoever finds a mistake says so "
			"within the days allowed."),
		.article = "PP 15/1979; circular 03/SE/1980",
	},
	{
		.path = "/seniority/sheet",
		.title = N_("Seniority list as a spreadsheet"),
		.draw = seniority_page_sheet,
		.see = MAY_PEOPLE | MAY_SHEETS,
		.flags = PAGE_SLOW,
		.params = seniority_params,
		.help = N_(
			"The seniority list as a file that every spreadsheet program opens. It has one row a "
			"person in the order of the list. Days and codes are written as files are sent in."),
		.example = N_("A directorate adds a column of its own beside the list."),
		.article = "PP 15/1979",
	},
	{
		.path = "/health",
		.title = N_("Data health"),
		.draw = health_page_draw,
		.see = MAY_FIGURES,
		.params = health_params,
		.nav = N_("Data health"),
		.help = N_(
			"How far the files can be relied on: what is proved by paper, which faults there are, "
			"and in which units most. Choose a fault to see who has it, or a unit to look below "
			"it. Every count is made from the files as they are now; nothing is typed in."),
		.example = N_(
			"Before the round of October the bureau sees that 96 people have no rating of last "
			"year, half of them in two offices."),
		.article = "HR-19",
	},
	{
		.path = "/health/people",
		.title = N_("People with a fault in their file"),
		.draw = health_page_list,
		.see = MAY_PEOPLE,
		.params = health_params,
		.help = N_(
			"Everybody of your units whose file has this fault. A name leads to the file, where "
			"the paper that is missing can be entered. Whoever is mended leaves the list by itself."),
		.example = N_("Eleven people have no rank: their last decree was never sent in."),
		.article = "HR-19",
	},
	{
		.path = "/health/doubles",
		.title = N_("One person with two files?"),
		.draw = doubles_page_draw,
		.see = MAY_PEOPLE,
		.params = health_params,
		.help = N_(
			"Pairs of files with the same day of birth and nearly the same name, or the same name "
			"and a day of birth turned round. Compare two of them side by side. It is a suspicion: "
			"two people may share both."),
		.example = N_(
			"Muhammad Yusuf Harahap and M. Yusuf Harahap were born on one day and share a decree."),
		.article = "HR-19",
	},
	{
		.path = "/health/doubles/pair",
		.title = N_("Two files side by side"),
		.draw = doubles_page_pair,
		.see = MAY_PEOPLE,
		.params = pair_params,
		.help = N_(
			"Two files beside each other, with what is the same and what differs. The same decree "
			"in both is the strongest sign of one person. Nothing is joined here: look at the "
			"papers first."),
		.example = N_("Both files hold the decree KEP-144 of 1987, so one of them was opened by mistake."),
		.article = "HR-19",
	},
	{
		.path = "/figures",
		.title = N_("Figures"),
		.draw = figures_page_draw,
		.see = MAY_FIGURES,
		.params = health_params,
		.nav = N_("Figures"),
		.help = N_(
			"The staff in figures: by category, rank, age and unit, each as a drawing and as a "
			"table. Choose a unit to see it alone. Every figure is counted from the files, none is "
			"typed in."),
		.example = N_("A quarter of a directorate is above fifty: its head plans who follows."),
		.article = "MP-36",
	},
	{
		.path = "/reviews",
		.title = N_("Reviews asked"),
		.draw = reviews_page_draw,
		.see = MAY_ROUND,
		.flags = PAGE_SLOW,
		.help = N_(
			"Requests that a sealed round be looked at again for one person, because a fact was learnt "
			"late. Those without an answer come first. Whoever decides rounds answers: it stays, or it is "
			"to be decided anew."),
		.example = N_("A rank decree of 2006 was received in September: the round of April did not know it."),
		.article = "MP-94",
	},
	{
		.path = "/reviews/{person}/{number}",
		.title = N_("Answer a review"),
		.draw = review_page_draw,
		.write = review_page_write,
		.see = MAY_DECIDE,
		.act = MAY_DECIDE,
		.params = review_params,
		.help = N_(
			"What was learnt after the round was sealed, and for whom. Look at the round and at the "
			"service book, then answer with a reason. The sealed round itself never changes."),
		.example = N_("The late decree makes four years in rank complete: it is to be decided anew."),
		.article = "MP-94",
	},
	{ .path = NULL },
};

const struct panel career_panels[] = {
	{ "desk",   N_("Due within a month"), MAY_PEOPLE_WRITE, false, desk_due },
	{ "desk",   N_("My people"),                          MAY_PEOPLE,       false, desk_people },
	{ "desk",   N_("Rounds to seal"),                     MAY_DECIDE,       false, desk_seal },
	{ "desk",   N_("Reviews asked"),                      MAY_ROUND,        false, desk_reviews },
	{ "desk",   N_("Rounds"),                             MAY_ROUND,        false, desk_rounds },
	{ "round",  N_("Reviews asked"),                      MAY_ROUND,        false, round_reviews },
	{ "person", N_("Open requests"),                      MAY_ROUND,        false, person_reviews },
	{ "desk",   N_("Sample and verify"),                  MAY_AUDIT,        false, desk_sample },
	{ "desk",   N_("What lies ahead of me"),              MAY_OWN,          false, desk_ahead },
	{ "desk",   N_("What the files lack"),                MAY_FIGURES,      false, desk_faults },
	{ "unit",   N_("Rounds"),                             MAY_ROUND_WORK,   false, unit_rounds },
	{ "person", N_("What lies ahead"),                    MAY_ANYBODY,      false, ahead_panel },
	{ .on = NULL },
};

const struct consequence career_consequences[] = {
	{ &rank_history_entity,   ahead_consequence, review_offer, review_also },
	{ &post_history_entity,   ahead_consequence, review_offer, review_also },
	{ &status_history_entity, ahead_consequence, review_offer, review_also },
	{ &rating_entity,         ahead_consequence, review_offer, review_also },
	{ &exam_result_entity,    ahead_consequence, review_offer, review_also },
	{ &course_result_entity,  ahead_consequence, review_offer, review_also },
	{ &sanction_entity,       ahead_consequence, review_offer, review_also },
	{ &person_entity,         ahead_consequence, review_offer, review_also },
	{ .of = NULL },
};
/* clang-format on */
