/* api_pages.c - what programs may ask: the rows behind /api/v1. */
#include "face/api.h"

#define LIST_PARAMS                                                                                                    \
	{ "name", PARAM_CODE, 60 }, { "q", PARAM_TEXT, 100 }, { "sort", PARAM_CODE, 60 }, { "down", PARAM_FLAG, 0 },   \
		{ "after", PARAM_TEXT, 400 }, { "is_*", PARAM_TEXT, 200 },                                             \
	{                                                                                                              \
		"limit", PARAM_NUMBER, 0                                                                               \
	}
#define ONE_PARAMS                                                                                                     \
	{ "name", PARAM_CODE, 60 },                                                                                    \
	{                                                                                                              \
		"key", PARAM_CODE, 64                                                                                  \
	}
#define MOMENT_PARAMS                                                                                                  \
	{ "as_of", PARAM_TEXT, 10 },                                                                                   \
	{                                                                                                              \
		"known_at", PARAM_TEXT, 20                                                                             \
	}
#define END                                                                                                            \
	{                                                                                                              \
		NULL, 0, 0                                                                                             \
	}

static const struct page_param list_params[] = { LIST_PARAMS, END };
static const struct page_param make_params[] = { { "name", PARAM_CODE, 60 }, END };
static const struct page_param one_params[] = { ONE_PARAMS, MOMENT_PARAMS, END };
static const struct page_param facts_params[] = { ONE_PARAMS, { "facts", PARAM_CODE, 60 }, MOMENT_PARAMS, END };
static const struct page_param find_params[] = { { "q", PARAM_TEXT, 100 }, END };
static const struct page_param round_params[] = { { "round", PARAM_NUMBER, 0 }, END };
static const struct page_param people_params[] = {
	{ "round", PARAM_NUMBER, 0 }, { "after", PARAM_CODE, 32 }, { "limit", PARAM_NUMBER, 0 }, END
};

/* Rights of single records are those of their entity: the handlers ask face_may_see() and face_may_write(). */
const struct page api_pages[] = {
	{ .path = "/api/v1", .title = N_("What there is"), .draw = api_root_draw, .flags = PAGE_API },
	{ .path = "/api/v1/openapi.json",
	  .title = N_("This description"),
	  .draw = api_openapi_draw,
	  .flags = PAGE_API | PAGE_PUBLIC },
	{ .path = "/api/v1/find",
	  .title = N_("Find by words or numbers"),
	  .draw = api_find_draw,
	  .flags = PAGE_API,
	  .params = find_params },
	{ .path = "/api/v1/rounds",
	  .title = N_("Rounds"),
	  .draw = api_rounds_draw,
	  .see = MAY_ROUND,
	  .flags = PAGE_API },
	{ .path = "/api/v1/rounds/{round}",
	  .title = N_("One round"),
	  .draw = api_round_draw,
	  .see = MAY_ROUND,
	  .flags = PAGE_API | PAGE_SLOW,
	  .params = round_params },
	{ .path = "/api/v1/rounds/{round}/people",
	  .title = N_("The people of a round"),
	  .draw = api_people_draw,
	  .see = MAY_ROUND,
	  .flags = PAGE_API | PAGE_SLOW,
	  .params = people_params },
	{ .path = "/api/v1/{name}",
	  .title = N_("A list"),
	  .draw = api_list_draw,
	  .flags = PAGE_API,
	  .params = list_params },
	{ .path = "/api/v1/{name}",
	  .title = N_("A new record"),
	  .write = api_make,
	  .flags = PAGE_API,
	  .params = make_params },
	{ .path = "/api/v1/{name}/{key}",
	  .title = N_("One record"),
	  .draw = api_one_draw,
	  .flags = PAGE_API,
	  .params = one_params },
	{ .path = "/api/v1/{name}/{key}",
	  .title = N_("It changed, or it was recorded wrongly"),
	  .write = api_change,
	  .method = "PATCH",
	  .flags = PAGE_API,
	  .params = one_params },
	{ .path = "/api/v1/{name}/{key}/{facts}",
	  .title = N_("The facts of one record"),
	  .draw = api_facts_draw,
	  .flags = PAGE_API,
	  .params = facts_params },
	{ .path = "/api/v1/{name}/{key}/{facts}",
	  .title = N_("A new fact, or one that was recorded wrongly"),
	  .write = api_fact_write,
	  .flags = PAGE_API,
	  .params = facts_params },
	{ .path = NULL },
};
