/* career.c - the module's tables. */
#include "modules/career/career_page.h"
#include "modules/career/doubles.h"

/* clang-format off */
static const struct pack_column ceiling_columns[] = {
	{ "education",    P_CODE, "education", .required = true, .key = true },
	{ "highest_rank", P_CODE, "ranks",     .required = true },
};
static const struct pack_column step_columns[] = {
	{ "from_rank", P_CODE, "ranks", .required = true, .key = true },
	{ "to_rank",   P_CODE, "ranks", .required = true },
	{ "exam",      P_TEXT, .required = true },
};
static const struct pack_column exemption_columns[] = {
	{ "exam", P_TEXT, .required = true, .key = true },
	{ "by",   P_TEXT, .required = true, .key = true },
	{ "code", P_TEXT, .required = true, .key = true },
};
static const struct pack_column period_columns[] = {
	{ "kind",      P_TEXT,      .required = true, .key = true },
	{ "month_day", P_MONTH_DAY, .required = true, .key = true },
};
static const struct pack_column course_columns[] = {
	{ "course", P_TEXT, .required = true, .key = true },
	{ "order",  P_INT,  .required = true },
};
static const struct pack_column override_columns[] = {
	{ "code",      P_TEXT, .required = true, .key = true },
	{ "order",     P_INT,  .required = true },
	{ "title",     P_TEXT, .required = true },
	{ "needs_who", P_BOOL, .required = true },
};
static const struct pack_column policy_columns[] = {
	{ "code",  P_TEXT, .required = true, .key = true },
	{ "order", P_INT,  .required = true },
	{ "title", P_TEXT, .required = true },
};
static const struct pack_column scale_columns[] = {
	{ "rank",     P_CODE,  "ranks", .required = true, .key = true },
	{ "years",    P_INT,   .required = true, .key = true },
	{ "amount",   P_MONEY, .required = true },
	{ "currency", P_TEXT,  .required = true },
	{ "suspect",  P_BOOL,  .of = NULL },
	{ "estimate", P_MONEY, .of = NULL },
};
static const struct pack_column letter_columns[] = {
	{ "kind",     P_TEXT, .required = true, .key = true },
	{ "language", P_TEXT, .required = true, .key = true },
	{ "title",    P_TEXT, .required = true },
	{ "body",     P_TEXT, .required = true },
};
#define TABLE(columns) columns, (int)COUNT(columns)
static const struct pack_table ceilings   = { "ceilings",           N_("Highest ranks by education"),  TABLE(ceiling_columns),   .codes = false };
static const struct pack_table exam_steps = { "exam_steps",         N_("Examinations before a rank"),  TABLE(step_columns),      .codes = false };
static const struct pack_table exemptions = { "exam_exemptions",    N_("Exemptions from examinations"), TABLE(exemption_columns), .codes = false };
static const struct pack_table periods    = { "periods",            N_("Periods"),                     TABLE(period_columns),    .codes = false };
static const struct pack_table courses    = { "structural_courses", N_("Structural courses"),          TABLE(course_columns),    .codes = false };
static const struct pack_table overrides  = { "override_codes",     N_("Reasons to depart"),           TABLE(override_columns),  .codes = true };
static const struct pack_table scale      = { "basic_salary",       N_("Basic pay"),                   TABLE(scale_columns),     .codes = false };
static const struct pack_table letters    = { "letters",            N_("Letters"),                     TABLE(letter_columns),    .optional = true };
static const struct pack_table policies   = { "policies",           N_("Names of the rules of rounds"), TABLE(policy_columns),    .codes = true, .optional = true };

static const struct pack_parameter parameters[] = {
	{ "retirement.age.general", P_INT,       NULL, N_("Age of retirement in years") },
	{ "retirement.falls_on",    P_TEXT,      NULL, N_("Day on which retirement falls") },
	{ "retirement.notice_months", P_INT,     NULL, N_("How many months before retirement its notice is due") },
	{ "seniority.order",        P_CODES,     NULL, N_("What the seniority list compares, first things first") },
	{ "seniority.date",         P_MONTH_DAY, NULL, N_("Day of the yearly seniority list") },
	{ "due.months",             P_INT,       NULL, N_("How many months the due list looks ahead") },
	{ "due.rank_policy",        P_TEXT, "policies", N_("Rules that the due list follows for rises in rank") },
	{ .name = NULL },
};
/* clang-format on */

static const struct pack_table *const tables[] = { &ceilings,  &exam_steps, &exemptions, &periods,  &courses,
						   &overrides, &scale,      &letters,    &policies, NULL };

static const struct judge *const judges[] = { &years_in_rank_judge, &months_in_post_judge, &ratings_judge,
					      &education_judge,     &ceiling_judge,        &superior_judge,
					      &exam_judge,          &sanction_judge,       NULL };

static const struct round_kind *const rounds[] = { &rank_round_kind, NULL };

static const struct entity *const entities[] = { &round_review_entity, &round_review_answer_entity, NULL };

/* The first desk of the day does not count everybody. */
static enum err warm(struct ctx *c)
{
	struct kept *files CLEANUP(keep_let_go) = NULL;
	return doubles_get(c, true, &files); /* and for it the picture */
}

const struct module career_module = {
	.name = "career",
	.title = N_("Career"),
	.help = N_("Rises in rank, what falls due, and the seniority list."),
	.entities = entities,
	.tables = tables,
	.parameters = parameters,
	.judges = judges,
	.inputs = career_inputs,
	.rounds = rounds,
	.pages = career_pages,
	.panels = career_panels,
	.consequences = career_consequences,
	.warm = warm,
};
