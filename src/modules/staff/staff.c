/* staff.c - the module's tables. */
#include "modules/staff/staff_page.h"

static const struct entity *const entities[] = {
	&person_entity,         &person_number_entity, &rank_history_entity,  &post_history_entity,
	&rating_entity,         &exam_result_entity,   &course_result_entity, &sanction_entity,
	&status_history_entity, &document_entity,      &citation_entity,      NULL,
};
static const struct projection *const projections[] = { &staff_now_projection, NULL };

/* clang-format off */
static const struct pack_column education_columns[] = {
	{ "code",  P_TEXT, .required = true, .key = true },
	{ "order", P_INT,  .required = true },
	{ "title", P_TEXT, .required = true },
};
static const struct pack_column status_columns[] = {
	{ "code",             P_TEXT, .required = true, .key = true },
	{ "order",            P_INT,  .required = true },
	{ "title",            P_TEXT, .required = true },
	{ "in_service",       P_BOOL, .required = true },
	{ "counts_service",   P_BOOL, .required = true },
	{ "stops_rank_clock", P_BOOL, .required = true },
};
static const struct pack_column sanction_columns[] = {
	{ "code",     P_TEXT, .required = true, .key = true },
	{ "order",    P_INT,  .required = true },
	{ "title",    P_TEXT, .required = true },
	{ "severity", P_TEXT, .required = true },
};
static const struct pack_column tool_columns[] = {
	{ "code",    P_TEXT, .required = true, .key = true },
	{ "order",   P_INT,  .required = true },
	{ "title",   P_TEXT, .required = true },
	{ "minimum", P_PERCENT, .of = NULL },
	{ "maximum", P_PERCENT, .of = NULL },
};
static const struct pack_column document_columns[] = {
	{ "code",  P_TEXT, .required = true, .key = true },
	{ "order", P_INT,  .required = true },
	{ "title", P_TEXT, .required = true },
};
static const struct pack_column band_columns[] = {
	{ "code",    P_TEXT,    .required = true, .key = true },
	{ "order",   P_INT,     .required = true },
	{ "title",   P_TEXT,    .required = true },
	{ "minimum", P_PERCENT, .required = true },
	{ "maximum", P_PERCENT, .required = true },
};
static const struct pack_column component_columns[] = {
	{ "code",       P_TEXT, .required = true, .key = true },
	{ "order",      P_INT,  .required = true },
	{ "title",      P_TEXT, .required = true },
	{ "kind",       P_TEXT, .of = NULL },
	{ "from_rank",  P_CODE, .of = "ranks" },
	{ "needs_post", P_BOOL, .of = NULL },
};
#define TABLE(columns) columns, (int)COUNT(columns)
static const struct pack_table education_table  = { "education",      N_("Education"),          TABLE(education_columns), .codes = true };
static const struct pack_table status_table     = { "statuses",       N_("Statuses in service"), TABLE(status_columns),   .codes = true };
static const struct pack_table sanction_table   = { "sanction_kinds", N_("Kinds of sanction"),  TABLE(sanction_columns),  .codes = true };
static const struct pack_table tool_table       = { "tools",          N_("Rating tools"),       TABLE(tool_columns),      .codes = true };
static const struct pack_table document_table   = { "document_kinds", N_("Kinds of paper"),     TABLE(document_columns),  .codes = true };
static const struct pack_table band_table       = { "dp3_bands",      N_("Bands of the DP3"),   TABLE(band_columns),      .optional = true };
static const struct pack_table component_table  = { "dp3_components", N_("Components of the DP3"), TABLE(component_columns), .optional = true };
/* clang-format on */

static const struct pack_table *const tables[] = { &education_table, &status_table, &sanction_table,  &tool_table,
						   &document_table,  &band_table,   &component_table, NULL };

const struct module staff_module = {
	.name = "staff",
	.title = N_("Staff"),
	.help = N_("The service book of every civil servant, and the papers that prove it."),
	.entities = entities,
	.projections = projections,
	.tables = tables,
	.inputs = staff_inputs,
	.pages = staff_pages,
	.panels = staff_panels,
	.homes = staff_homes,
};
