/* inputs.c - what a judge may read of one person's own facts, and how each column comes out of the rows. */
#include "entity/scan.h"
#include "modules/staff/staff.h"

/* The row that holds on the day, or -1. Rows are in order of day; one lane. */
static long holding(const struct facts *f)
{
	if (!f->n || (f->until[f->n - 1] != DATE_NONE && f->until[f->n - 1] < f->as_of))
		return -1;
	return (long)f->n - 1;
}

static int32_t number_or_none(int64_t v)
{
	return v == SCAN_NULL ? NONE : (int32_t)v;
}

/* The first row of the present unbroken run of rows with the same value in field 0; -1: nothing holds. */
static long run_start(const struct facts *f)
{
	long i = holding(f);
	while (i > 0 && f->v[0][i - 1] == f->v[0][i] &&
	       (f->until[i - 1] == DATE_NONE || f->until[i - 1] >= f->from[i] - 1))
		i--;
	return i;
}

/* ---- the person ---- */

static int32_t reduce_number(const struct facts *f, struct population *p, size_t row)
{
	(void)p, (void)row;
	return f->n ? number_or_none(f->v[0][f->n - 1]) : NONE;
}

static int32_t code_of(struct population *p, const char *of, int64_t stored)
{
	return stored == SCAN_NULL ? NONE : population_pack(p, of, stored);
}

static int32_t reduce_category(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	return f->n ? code_of(p, "categories", f->v[0][f->n - 1]) : NONE;
}

static int32_t reduce_education(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	return f->n ? code_of(p, "education", f->v[0][f->n - 1]) : NONE;
}

static int32_t reduce_status(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	long i = holding(f);
	return i < 0 ? NONE : code_of(p, "statuses", f->v[0][i]);
}

/* ---- rank ---- */

static int32_t reduce_rank(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	long i = holding(f);
	return i < 0 ? NONE : code_of(p, "ranks", f->v[0][i]);
}

static int32_t reduce_rank_from(const struct facts *f, struct population *p, size_t row)
{
	(void)p, (void)row;
	long i = run_start(f);
	return i < 0 ? NONE : f->from[i];
}

/* Field 1 of the row that began the run. */
static int32_t reduce_run_second(const struct facts *f, struct population *p, size_t row)
{
	(void)p, (void)row;
	long i = run_start(f);
	return i < 0 ? NONE : number_or_none(f->v[1][i]);
}

static int32_t reduce_holding_second(const struct facts *f, struct population *p, size_t row)
{
	(void)p, (void)row;
	long i = holding(f);
	return i < 0 ? NONE : number_or_none(f->v[1][i]);
}

static int32_t reduce_holding_day(const struct facts *f, struct population *p, size_t row)
{
	(void)p, (void)row;
	long i = holding(f);
	return i < 0 ? NONE : f->from[i];
}

/* A day counts when a status that stops the rank clock holds on it. */
static bool stops_clock(struct population *p, int64_t stored)
{
	int32_t code = code_of(p, "statuses", stored);
	struct str text = population_text(p, "statuses", code);
	const struct rules_row *row = rules_find(population_rules(p), "statuses", text);
	return row && row_int(row, "stops_rank_clock", 0);
}

static int32_t stopped_days(const struct facts *f, struct population *p, date since)
{
	int32_t days = 0;
	for (size_t i = 0; since != NONE && i < f->n; i++) {
		date from = f->from[i] > since ? f->from[i] : since;
		date end = i + 1 < f->n ? f->from[i + 1] : f->as_of;
		if (end > from && stops_clock(p, f->v[0][i]))
			days += end - from;
	}
	return days;
}

static int32_t reduce_stopped_days(const struct facts *f, struct population *p, size_t row)
{
	return stopped_days(f, p, population_column(p, "rank_from")[row]);
}

static int32_t reduce_grade_stopped(const struct facts *f, struct population *p, size_t row)
{
	return stopped_days(f, p, population_column(p, "grade_on")[row]);
}

/* ---- own post: rows that are not acting ---- */

enum { POST, ACTING, INAUGURATED_ON, POST_PROOF };

/* The row of the own lane that holds, and the first of its run. */
static long own_before(const struct facts *f, long i)
{
	while (i >= 0 && f->v[ACTING][i] != SCAN_NULL && f->v[ACTING][i] != 0)
		i--;
	return i;
}

static long own_holding(const struct facts *f)
{
	long i = own_before(f, (long)f->n - 1);
	return i >= 0 && (f->until[i] == DATE_NONE || f->until[i] >= f->as_of) ? i : -1;
}

static long own_run_start(const struct facts *f)
{
	long i = own_holding(f);
	for (;;) {
		long before = i < 0 ? -1 : own_before(f, i - 1);
		if (before < 0 || f->v[POST][before] != f->v[POST][i] ||
		    (f->until[before] != DATE_NONE && f->until[before] < f->from[i] - 1))
			return i;
		i = before;
	}
}

static int32_t reduce_post(const struct facts *f, struct population *p, size_t row)
{
	(void)p, (void)row;
	long i = own_holding(f);
	return i < 0 ? NONE : number_or_none(f->v[POST][i]);
}

static int32_t reduce_post_from(const struct facts *f, struct population *p, size_t row)
{
	(void)p, (void)row;
	long i = own_run_start(f);
	if (i < 0)
		return NONE;
	return f->v[INAUGURATED_ON][i] == SCAN_NULL ? f->from[i] : (int32_t)f->v[INAUGURATED_ON][i];
}

static int32_t reduce_post_proof(const struct facts *f, struct population *p, size_t row)
{
	(void)p, (void)row;
	long i = own_run_start(f);
	return i < 0 ? NONE : number_or_none(f->v[POST_PROOF][i]);
}

/* ---- ratings of the calendar years before the day's ---- */

enum { TOOL, YEAR, SCORE, LOWEST, RATING_PROOF };

static bool of_tool(struct population *p, int64_t stored)
{
	const struct param *tool = population_param(p, "tool");
	return !tool || str_eq(population_text(p, "tools", code_of(p, "tools", stored)), tool->t);
}

static int32_t rating(const struct facts *f, struct population *p, int years_before, int field)
{
	int year = date_year(f->as_of) - years_before;
	for (size_t i = f->n; i-- > 0;)
		if (f->v[YEAR][i] == year && of_tool(p, f->v[TOOL][i]))
			return number_or_none(f->v[field][i]);
	return NONE;
}

static int32_t reduce_score_1(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	return rating(f, p, 1, SCORE);
}

static int32_t reduce_score_2(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	return rating(f, p, 2, SCORE);
}

static int32_t reduce_lowest_1(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	return rating(f, p, 1, LOWEST);
}

static int32_t reduce_lowest_2(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	return rating(f, p, 2, LOWEST);
}

static int32_t reduce_rating_proof(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	int32_t a = rating(f, p, 1, RATING_PROOF), b = rating(f, p, 2, RATING_PROOF);
	return a == NONE ? b : b == NONE || a < b ? a : b;
}

/* ---- sanction that runs on the day ---- */

enum { KIND, GRACE_UNTIL };

static bool weighs(struct population *p, int64_t stored)
{
	struct str kind = population_text(p, "sanction_kinds", code_of(p, "sanction_kinds", stored));
	const struct rules_row *row = rules_find(population_rules(p), "sanction_kinds", kind);
	const struct param *severities = population_param(p, "severities");
	if (!row || !severities)
		return true;
	for (size_t i = 0; i < severities->n; i++)
		if (str_eq(row_text(row, "severity"), severities->list[i]))
			return true;
	return false;
}

/* The one that ends last; one without a stated end ends after all others. */
static long running(const struct facts *f, struct population *p)
{
	long last = -1;
	for (size_t i = 0; i < f->n; i++) {
		int64_t until = f->v[GRACE_UNTIL][i];
		if ((until != SCAN_NULL && until < f->as_of) || !weighs(p, f->v[KIND][i]))
			continue;
		if (last < 0 || until == SCAN_NULL ||
		    (f->v[GRACE_UNTIL][last] != SCAN_NULL && f->v[GRACE_UNTIL][last] <= until))
			last = (long)i;
	}
	return last;
}

static int32_t reduce_sanction(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	long i = running(f, p);
	return i < 0 ? NONE : code_of(p, "sanction_kinds", f->v[KIND][i]);
}

static int32_t reduce_sanction_until(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	long i = running(f, p);
	return i < 0 ? NONE : number_or_none(f->v[GRACE_UNTIL][i]);
}

/* clang-format off */
static const char *const f_category[]  = { "category", NULL };
static const char *const f_education[] = { "education", NULL };
static const char *const f_joined[]    = { "joined_on", NULL };
static const char *const f_born[]      = { "birth_date", NULL };
static const char *const f_status[]    = { "status", NULL };
static const char *const f_rank[]      = { "rank", NULL };
static const char *const f_rank_proof[]= { "rank", "proof", NULL };
static const char *const f_grade_y[]   = { "rank", "grade_years", NULL };
static const char *const f_grade_m[]   = { "rank", "grade_months", NULL };
static const char *const f_post[]      = { "post", "acting", "inaugurated_on", "proof", NULL };
static const char *const f_rating[]    = { "tool", "year", "score", "lowest_component", "proof", NULL };
static const char *const f_sanction[]  = { "kind", "grace_until", NULL };
static const char *const n_grade_on[] = { "grade_on", NULL };
static const char *const n_rank_from[] = { "rank_from", NULL };

const struct input staff_inputs[] = {
	{ .column = { "category",         I_CODE, .of = "categories" },      .from = &person_entity, .fields = f_category,  .reduce = reduce_category },
	{ .column = { "education",        I_CODE, .of = "education" },       .from = &person_entity, .fields = f_education, .reduce = reduce_education },
	{ .column = { "joined_on",        I_DAY, .of = NULL },                     .from = &person_entity, .fields = f_joined,    .reduce = reduce_number },
	{ .column = { "birth_date",       I_DAY, .of = NULL },                     .from = &person_entity, .fields = f_born,      .reduce = reduce_number },
	{ .column = { "status_held",      I_CODE, .of = "statuses" },        .from = &status_history_entity, .fields = f_status, .reduce = reduce_status },
	{ .column = { "rank",             I_CODE, .of = "ranks" },           .from = &rank_history_entity, .fields = f_rank, .reduce = reduce_rank },
	{ .column = { "rank_from",        I_DAY, .of = NULL },                     .from = &rank_history_entity, .fields = f_rank, .reduce = reduce_rank_from },
	{ .column = { "rank_proof",       I_NUMBER, .of = NULL },                  .from = &rank_history_entity, .fields = f_rank_proof, .reduce = reduce_run_second },
	{ .column = { "grade_years",      I_NUMBER, .of = NULL },                  .from = &rank_history_entity, .fields = f_grade_y, .reduce = reduce_holding_second },
	{ .column = { "grade_months",     I_NUMBER, .of = NULL },                  .from = &rank_history_entity, .fields = f_grade_m, .reduce = reduce_holding_second },
	{ .column = { "grade_on",         I_DAY, .of = NULL },                     .from = &rank_history_entity, .fields = f_grade_y, .reduce = reduce_holding_day },
	{ .column = { "unpaid_days",      I_NUMBER, .of = NULL },                  .from = &status_history_entity, .fields = f_status, .reduce = reduce_stopped_days, .needs = n_rank_from },
	{ .column = { "grade_stopped_days", I_NUMBER, .of = NULL },    .from = &status_history_entity, .fields = f_status, .reduce = reduce_grade_stopped, .needs = n_grade_on },
	{ .column = { "post",             I_NUMBER, .of = NULL },                  .from = &post_history_entity, .fields = f_post, .reduce = reduce_post },
	{ .column = { "post_from",        I_DAY, .of = NULL },                     .from = &post_history_entity, .fields = f_post, .reduce = reduce_post_from },
	{ .column = { "post_proof",       I_NUMBER, .of = NULL },                  .from = &post_history_entity, .fields = f_post, .reduce = reduce_post_proof },
	{ .column = { "rating_score_1",   I_PERCENT, .confidential = true },     .from = &rating_entity, .fields = f_rating, .years = 2, .reduce = reduce_score_1 },
	{ .column = { "rating_score_2",   I_PERCENT, .confidential = true },     .from = &rating_entity, .fields = f_rating, .years = 2, .reduce = reduce_score_2 },
	{ .column = { "rating_lowest_1",  I_PERCENT, .confidential = true },     .from = &rating_entity, .fields = f_rating, .years = 2, .reduce = reduce_lowest_1 },
	{ .column = { "rating_lowest_2",  I_PERCENT, .confidential = true },     .from = &rating_entity, .fields = f_rating, .years = 2, .reduce = reduce_lowest_2 },
	{ .column = { "rating_proof",     I_NUMBER, .of = NULL },                  .from = &rating_entity, .fields = f_rating, .years = 2, .reduce = reduce_rating_proof },
	{ .column = { "sanction",         I_CODE, "sanction_kinds", .confidential = true }, .from = &sanction_entity, .fields = f_sanction, .reduce = reduce_sanction },
	{ .column = { "sanction_until",   I_DAY, .confidential = true },         .from = &sanction_entity, .fields = f_sanction, .reduce = reduce_sanction_until },
	{ .column = { .name = NULL } },
};
/* clang-format on */
