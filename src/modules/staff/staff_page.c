/* staff_page.c - the pages about people joined, and the own file on the desk. */
#include "modules/staff/staff_page.h"

static size_t count_claimed(struct record **rows, size_t n)
{
	size_t claimed = 0;
	for (size_t i = 0; i < n; i++)
		claimed += fact_is_claimed(rows[i]);
	return claimed;
}

static enum err claimed_facts(struct request *q, int64_t person, int64_t *ret)
{
	*ret = 0;
	for (const struct entity *const *e = q->c->registry->entities; *e; e++) {
		struct query all = { .entity = *e, .owner = person, .extent = BEGUN };
		struct record **rows;
		size_t n;
		if ((*e)->owner != &person_entity || entity_field(*e, "proof") < 0)
			continue;
		TRY(read_all(q->c, &all, &rows, &n));
		*ret += (int64_t)count_claimed(rows, n);
	}
	return E_OK;
}

/* What they believe of me, and whether it is proved. */
static enum err own_file(struct request *q, int64_t id)
{
	struct html *h = &q->html;
	int64_t person = q->who->person, claimed;
	struct str number;
	struct record *rank;
	(void)id;
	if (!person)
		return E_OK;
	TRY(key_text(q->c, &person_entity, person, 0, &number));
	TRY(claimed_facts(q, person, &claimed));
	enum err e = read_holding(q->c, &rank_history_entity, person, 0, AS_OF_NOW, &rank);
	if (e != E_MISSING)
		TRY(e);
	facts_begin(q);
	fact_begin(q, N_("Name"));
	part_record(q, &person_entity, person, true);
	fact_end(q);
	if (e == E_OK)
		fact_text(q, N_("Rank"), part_code(q, record_get(rank, RANK_HELD, 0)));
	fact_begin(q, N_("Proved"));
	if (claimed)
		tag_text(q, TONE_WAIT,
			 str_of(arena_printf(
				 q->arena,
				 say_n(q->lang, N_("%lld paper not seen"), N_("%lld papers not seen"), claimed),
				 (long long)claimed)));
	else
		tag(q, TONE_GOOD, N_("a paper was seen for every fact"));
	fact_end(q);
	facts_end(q);
	const char *key = arena_text(q->arena, number.p, number.n);
	HTML(h, "<p class=\"actions\">");
	button_link(q, false, N_("Open my file"), "/people/%s", key);
	HTML(h, " ");
	button_link(q, true, N_("Service book"), "/people/%s/book", key);
	HTML(h, " ");
	button_link(q, true, N_("Who reads my file"), "/people/%s/readers", key);
	HTML(h, "</p>");
	return E_OK;
}

/* ---- the rows ---- */

/* clang-format off */
static const struct page_param people_params[] = {
	{ "q",        PARAM_TEXT, 100 },
	{ "unit", PARAM_TEXT, 100 },
	{ "rank",     PARAM_CODE, 32 },
	{ "category", PARAM_CODE, 32 },
	{ "status",   PARAM_CODE, 32 },
	{ "sort",     PARAM_TEXT, 16 },
	{ "down",     PARAM_FLAG, 0 },
	{ "after",    PARAM_TEXT, 400 },
	{ "from",     PARAM_TEXT, 12 },
	{ .name = NULL },
};
static const struct page_param moment_params[] = { PERSON_PARAM, MOMENT_PARAMS, { .name = NULL } };
static const struct page_param since_params[] = { PERSON_PARAM, { "from", PARAM_TEXT, 20 }, { .name = NULL } };

const struct page staff_pages[] = {
	{
		.path = "/people",
		.title = N_("People"),
		.draw = people_page_draw,
		.see = MAY_PEOPLE,
		.params = people_params,
		.nav = N_("People"),
		.help = N_(
			"Everybody of your units, by name or by seniority. Write some letters of the name or a "
			"number, old ones too, or choose a unit, a rank, a category or a status. A name leads "
			"to the person's file."),
		.example = N_(
			"A letter names 060 081 334, a number that was changed in 2008: written here it finds "
			"Budi Hartono."),
		.article = "MP-20",
	},
	{
		.path = "/people/sheet",
		.title = N_("People as a spreadsheet"),
		.draw = people_page_sheet,
		.see = MAY_PEOPLE | MAY_SHEETS,
		.flags = PAGE_SLOW,
		.params = people_params,
		.help = N_(
			"The people of the list as a file that every spreadsheet program opens. It holds what "
			"the list shows, with the same filters. Codes stand as files are sent in, so that it "
			"can be sent back."),
		.example = N_(
			"The head of a tax office takes the list of her office to plan the leave of December."),
		.article = "MP-20",
	},
	{
		.path = "/people/{person}",
		.title = N_("Person"),
		.draw = person_page_draw,
		.params = moment_params,
		.help = N_(
			"All that matters of one person on one page: what holds, what lies ahead, which facts "
			"still wait for their paper. Choose a paper that arrived to enter it, or the service "
			"book for the whole history. With the two dates the page shows another day, or what "
			"was known then."),
		.example = N_(
			"A clerk types an old number, reads that the next increment is due on 1 March, and "
			"enters the decree that came this morning."),
		.article = "MP-20 MP-27",
	},
	{
		.path = "/people/{person}/book",
		.title = N_("Service book"),
		.draw = book_page_draw,
		.params = moment_params,
		.help = N_(
			"Every fact of the person, the newest first, each with its paper and with the receipt "
			"under which it was entered. Choose two dates: what was true on the first, as it was "
			"known on the second. What was believed before stands struck through beside what "
			"replaced it, with the reason."),
		.example = N_(
			"A rating of 74 became 78 after an objection: the book shows both, and on the day of the round only the 74."),
		.article = "MP-20 DP-10",
	},
	{
		.path = "/people/{person}/since",
		.title = N_("What changed"),
		.draw = since_page_draw,
		.params = since_params,
		.help = N_(
			"What was entered, corrected or withdrawn in this file since a day or a receipt, and "
			"by whom. Give the day of your last look. Each receipt can be checked by an outsider "
			"against the checkpoint of the service."),
		.example = N_(
			"Before the session the secretary asks what changed since 3 September: one rank date, with its reason."),
		.article = "DP-10",
	},
	{ .path = NULL														       },
};
/* clang-format on */

const struct panel staff_panels[] = {
	{ "desk", N_("My file"), MAY_OWN, false, own_file },
	{ "unit", N_("Posts"), MAY_ANYBODY, false, unit_panel_draw },
	{ "post", N_("Held today by"), MAY_ANYBODY, false, post_panel_draw },
	{ .on = NULL },
};

const struct home staff_homes[] = {
	{ &person_entity, "/people", "/people/%s" },
	{ .of = NULL },
};
