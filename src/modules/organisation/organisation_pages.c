/* organisation_pages.c - the pages of units. */
#include "modules/organisation/organisation_page.h"

const struct home organisation_homes[] = {
	{ &unit_entity, "/organisation", "/organisation/%s" },
	{ NULL, NULL, NULL },
};

static const struct page_param tree_params[] = { { "under", PARAM_CODE, 32 }, MOMENT_PARAMS, { NULL, 0, 0 } };
static const struct page_param unit_params[] = { { "unit", PARAM_CODE, 32 }, MOMENT_PARAMS, { NULL, 0, 0 } };

const struct page organisation_pages[] = {
	{
		.path = "/organisation",
		.title = N_("Organisation"),
		.draw = tree_page_draw,
		.params = tree_params,
		.nav = N_("Organisation"),
		.help = N_("Every unit with what is below it, as it stood on any day. Choose a unit to see its posts, "
			   "who holds them and "
			   "which are vacant. A unit that moves keeps its code; the old tree stays readable."),
		.example = N_("On 1 January 2005 the treasury offices stood under another directorate general."),
		.article = "MP-19 MP-21",
	},
	{
		.path = "/organisation/{unit}",
		.title = N_("Unit"),
		.draw = unit_page_draw,
		.params = unit_params,
		.help = N_(
			"One unit: what it is part of, what is below it, its posts, who holds them and which are "
			"vacant. Choose another "
			"day to see how it stood then. Names of people show only where you have the duty to see them."),
		.example = N_("The Directorate of Cash Management with its four sections on 1 October 2008."),
		.article = "MP-19 MP-21 MP-28",
	},
	{ .path = NULL },
};
