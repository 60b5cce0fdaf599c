/* organisation.c - the module's tables. */
#include "modules/organisation/organisation.h"

#include "modules/organisation/organisation_page.h"

static const struct entity *const entities[] = {
	&unit_entity,       &job_class_entity,      &job_element_entity,
	&competency_entity, &job_competency_entity, &post_entity,
	&exam_entity,       &course_entity,         NULL,
};

static const struct projection *const projections[] = { &unit_now_projection, &post_now_projection, NULL };

/* clang-format off */
static const struct pack_column kind_columns[] = {
	{ "code",  P_TEXT, .required = true, .key = true },
	{ "order", P_INT,  .required = true },
	{ "title", P_TEXT, .required = true },
};
static const struct pack_column category_columns[] = {
	{ "code",    P_TEXT, .required = true, .key = true },
	{ "order",   P_INT,  .required = true },
	{ "title",   P_TEXT, .required = true },
};
static const struct pack_column rank_columns[] = {
	{ "code",          P_TEXT, .required = true, .key = true },
	{ "order",         P_INT,  .required = true },
	{ "title",         P_TEXT, .required = true },
	{ "group",         P_TEXT, .of = NULL },
	{ "grade",         P_TEXT, .of = NULL },
	{ "min_education", P_CODE, "education", .required = true },
};
static const struct pack_column echelon_columns[] = {
	{ "code",      P_TEXT,  .required = true, .key = true },
	{ "order",     P_INT,   .required = true },
	{ "title",     P_TEXT,  .required = true },
	{ "level",     P_TEXT,  .of = NULL },
	{ "rank_low",  P_CODE,  .of = "ranks" },
	{ "rank_high", P_CODE,  .of = "ranks" },
	{ "allowance", P_MONEY, .of = NULL },
	{ "currency",  P_TEXT,  .of = NULL },
};
#define TABLE(columns) columns, (int)COUNT(columns)
static const struct pack_table unit_kinds   = { "unit_kinds", N_("Kinds of unit"),    TABLE(kind_columns),     .codes = true };
static const struct pack_table categories   = { "categories", N_("Staff categories"), TABLE(category_columns), .codes = true };
static const struct pack_table ranks        = { "ranks",      N_("Ranks"),            TABLE(rank_columns),     .codes = true };
static const struct pack_table echelons     = { "echelons",   N_("Echelons"),         TABLE(echelon_columns),  .codes = true };
static const struct pack_table delivery     = { "delivery",   N_("Ways of teaching"), TABLE(kind_columns),     .codes = true };
static const struct pack_table elements     = { "job_description_elements", N_("Elements of a job description"),
                                                TABLE(kind_columns), .codes = true };
/* clang-format on */

static const struct pack_table *const tables[] = { &unit_kinds, &categories, &ranks, &echelons,
						   &delivery,   &elements,   NULL };

const struct module organisation_module = {
	.name = "organisation",
	.title = N_("Organisation"),
	.help = N_("Units, posts, jobs and what they ask, and the catalogues of courses and examinations."),
	.entities = entities,
	.projections = projections,
	.tables = tables,
	.pages = organisation_pages,
	.homes = organisation_homes,
};
