/* inputs.c - columns that need more than one person's own facts: the post's band, the examination of the step, the
 * superior. */
#include "entity/scan.h"
#include "modules/career/superior.h"

/* ---- the own post on the day ---- */

/* A column of a field of the post held, for everybody. */
struct of_post {
	struct population *p;
	const char *of;      /* pack table; NULL: a number */
	int64_t first, last; /* post numbers */
	int64_t *value;      /* from the first on; SCAN_NULL */
};

static enum err take_post(void *arg, const struct scanned *r)
{
	struct of_post *x = arg;
	if (r->owner >= x->first && r->owner <= x->last)
		x->value[r->owner - x->first] = r->op == OP_HOLDS ? r->v[0] : SCAN_NULL;
	return E_OK;
}

/* The posts that are looked at: of one person alone only the own one. */
static enum err posts_wanted(struct population *p, int64_t *ret_first, int64_t *ret_last)
{
	*ret_first = 1;
	if (!population_only(p))
		return scan_greatest(population_ctx(p), &post_entity, ret_last);
	*ret_first =
		population_count(p) && population_column(p, "post")[0] != NONE ? population_column(p, "post")[0] : 1;
	*ret_last = *ret_first;
	return E_OK;
}

static enum err derive_of_post(struct population *p, int32_t *column, int field, const char *of)
{
	struct of_post x = { .p = p, .of = of };
	struct arena arena CLEANUP(arena_release) = ARENA_INIT;
	TRY(posts_wanted(p, &x.first, &x.last));
	x.value = ARENA_ARRAY(&arena, int64_t, x.last - x.first + 1);
	for (int64_t i = x.first; i <= x.last; i++)
		x.value[i - x.first] = SCAN_NULL;
	struct scan s = { .entity = &post_entity,
			  .fields = { field },
			  .nfields = 1,
			  .at = population_moment(p),
			  .since = DATE_MIN,
			  .low = x.first,
			  .high = x.last + 1 };
	TRY(scan_rows(population_ctx(p), &s, take_post, &x));
	const int32_t *post = population_column(p, "post");
	for (size_t row = 0; row < population_count(p); row++) {
		bool known = post[row] >= x.first && post[row] <= x.last;
		int64_t v = known ? x.value[post[row] - x.first] : SCAN_NULL;
		column[row] = v == SCAN_NULL ? NONE : of ? population_pack(p, of, v) : (int32_t)v;
	}
	return E_OK;
}

static enum err derive_unit(struct population *p, int32_t *column)
{
	return derive_of_post(p, column, POST_UNIT, NULL);
}

static enum err derive_post_low(struct population *p, int32_t *column)
{
	return derive_of_post(p, column, POST_RANK_LOW, "ranks");
}

static enum err derive_post_high(struct population *p, int32_t *column)
{
	return derive_of_post(p, column, POST_RANK_HIGH, "ranks");
}

static enum err derive_echelon(struct population *p, int32_t *column)
{
	return derive_of_post(p, column, POST_ECHELON, "echelons");
}

static enum err look_at_posts(struct population *p, const bool *take, const struct looked *ret)
{
	const int32_t *post = population_column(p, "post");
	for (size_t row = 0; row < population_count(p); row++)
		if (take[row] && post[row] != NONE)
			ret->at(ret->arg, &post_entity, post[row]);
	return E_OK;
}

/* The own post, and the units above it: by them somebody is of the round. */
static enum err look_at_units(struct population *p, const bool *take, const struct looked *ret)
{
	const int32_t *unit = population_column(p, "unit");
	struct units *units;
	TRY(units_load(population_ctx(p), (struct moment){ population_day(p), population_position(p) }, &units));
	for (size_t row = 0; row < population_count(p); row++) {
		int64_t at = take[row] && unit[row] != NONE ? unit[row] : 0;
		for (int64_t steps = 0; at && steps <= units_greatest(units); steps++) {
			ret->at(ret->arg, &unit_entity, at);
			at = units_parent(units, at);
		}
	}
	return look_at_posts(p, take, ret);
}

/* ---- status: who has no row yet is active from the day of joining ---- */

static enum err derive_status(struct population *p, int32_t *column)
{
	const int32_t *held = population_column(p, "status_held"), *joined = population_column(p, "joined_on");
	int32_t active = population_code(p, "statuses", STR(STATUS_ACTIVE));
	for (size_t row = 0; row < population_count(p); row++)
		column[row] = held[row] != NONE ? held[row] : joined[row] <= population_day(p) ? active : NONE;
	return E_OK;
}

/* ---- the examination of the step ---- */

static enum err derive_exam(struct population *p, int32_t *column)
{
	const struct rules *r = population_rules(p);
	const int32_t *rank = population_column(p, "rank");
	for (const struct rules_row *step = rules_row(r, "exam_steps", 0); step; step = rules_next(step)) {
		if (!str_eq(career_next_rank(r, row_text(step, "from_rank")), row_text(step, "to_rank")))
			continue;
		int32_t from = population_code(p, "ranks", row_text(step, "from_rank"));
		int32_t exam = population_code(p, "exam", row_text(step, "exam"));
		for (size_t row = 0; row < population_count(p); row++)
			if (rank[row] == from)
				column[row] = exam;
	}
	return E_OK;
}

enum { EXAM, PASSED, PROOF };

static long passed(const struct facts *f, struct population *p, size_t row)
{
	int32_t asked = population_column(p, "exam")[row];
	for (size_t i = 0; asked != NONE && i < f->n; i++)
		if (f->v[PASSED][i] == 1 && population_pack(p, "exam", f->v[EXAM][i]) == asked)
			return (long)i;
	return -1;
}

static int32_t reduce_passed_on(const struct facts *f, struct population *p, size_t row)
{
	long i = passed(f, p, row);
	return i < 0 ? NONE : f->from[i];
}

static int32_t reduce_exam_proof(const struct facts *f, struct population *p, size_t row)
{
	long i = passed(f, p, row);
	return i < 0 || f->v[PROOF][i] == SCAN_NULL ? NONE : (int32_t)f->v[PROOF][i];
}

static bool completed(const struct facts *f, struct population *p, int32_t course)
{
	for (size_t i = 0; i < f->n; i++)
		if (population_pack(p, "course", f->v[0][i]) == course)
			return true;
	return false;
}

/* The first course, in the order of the rules, that the person completed and that exempts from the examination asked.
 */
static int32_t reduce_exempting_course(const struct facts *f, struct population *p, size_t row)
{
	const struct rules *r = population_rules(p);
	struct str asked = population_text(p, "exam", population_column(p, "exam")[row]);
	for (const struct rules_row *x = rules_row(r, "exam_exemptions", 0); asked.n && x; x = rules_next(x)) {
		if (!str_is(row_text(x, "by"), "course") || !str_eq(row_text(x, "exam"), asked))
			continue;
		int32_t course = population_code(p, "course", row_text(x, "code"));
		if (completed(f, p, course))
			return course;
	}
	return NONE;
}

/* The highest structural course: the one of the greatest order in the rules. */
static int32_t reduce_structural_course(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	const struct rules *r = population_rules(p);
	int32_t best = NONE;
	int64_t height = 0;
	for (const struct rules_row *x = rules_row(r, "structural_courses", 0); x; x = rules_next(x)) {
		int32_t course = population_code(p, "course", row_text(x, "course"));
		if (row_int(x, "order", 0) > height && completed(f, p, course)) {
			best = course;
			height = row_int(x, "order", 0);
		}
	}
	return best;
}

/* clang-format off */
static const char *const f_exam[]    = { "exam", "passed", "proof", NULL };
static const char *const f_course[]  = { "course", NULL };
static const char *const n_post[]    = { "post", NULL };
static const char *const n_status[]  = { "status_held", "joined_on", NULL };
static const char *const n_rank[]    = { "rank", NULL };
static const char *const n_exam[]    = { "exam", NULL };
static const char *const n_above[]   = { "post", "unit", "rank", NULL };
static const char *const n_superior[]= { "superior", "rank", NULL };

static const char *const x_unit[]    = { "unit", NULL };
static const char *const x_parent[]  = { "parent", NULL };
static const char *const x_low[]     = { "rank_low", NULL };
static const char *const x_high[]    = { "rank_high", NULL };
static const char *const x_echelon[] = { "echelon", NULL };
static const char *const x_head[]    = { "unit", "echelon", "heads_unit", NULL };
static const struct input_look l_unit[]    = { { &post_entity, x_unit }, { &unit_entity, x_parent }, { NULL, NULL } };
static const struct input_look l_low[]     = { { &post_entity, x_low }, { NULL, NULL } };
static const struct input_look l_high[]    = { { &post_entity, x_high }, { NULL, NULL } };
static const struct input_look l_echelon[] = { { &post_entity, x_echelon }, { NULL, NULL } };
static const struct input_look l_above[]   = { { &post_entity, x_head }, { &unit_entity, x_parent }, { &post_history_entity, NULL }, { NULL, NULL } };
static const struct input_look l_rank[]    = { { &rank_history_entity, NULL }, { NULL, NULL } };

const struct input career_inputs[] = {
	{ .column = { "status",           I_CODE, .of = "statuses" }, .derive = derive_status,    .needs = n_status },
	{ .column = { "unit",             I_NUMBER, .of = NULL },     .derive = derive_unit,      .needs = n_post, .looks = l_unit, .looked = look_at_units },
	{ .column = { "post_low",         I_CODE, .of = "ranks" },    .derive = derive_post_low,  .needs = n_post, .looks = l_low, .looked = look_at_posts },
	{ .column = { "post_high",        I_CODE, .of = "ranks" },    .derive = derive_post_high, .needs = n_post, .looks = l_high, .looked = look_at_posts },
	{ .column = { "echelon",          I_CODE, .of = "echelons" }, .derive = derive_echelon,   .needs = n_post, .looks = l_echelon, .looked = look_at_posts },
	{ .column = { "exam",             I_CODE, .of = "exam" },     .derive = derive_exam,      .needs = n_rank },
	{ .column = { "exam_passed_on",   I_DAY, .of = NULL },        .from = &exam_result_entity, .fields = f_exam, .reduce = reduce_passed_on, .needs = n_exam },
	{ .column = { "exam_proof",       I_NUMBER, .of = NULL },     .from = &exam_result_entity, .fields = f_exam, .reduce = reduce_exam_proof, .needs = n_exam },
	{ .column = { "exempting_course", I_CODE, .of = "course" },   .from = &course_result_entity, .fields = f_course, .reduce = reduce_exempting_course, .needs = n_exam },
	{ .column = { "structural_course", I_CODE, .of = "course" },  .from = &course_result_entity, .fields = f_course, .reduce = reduce_structural_course },
	{ .column = { "superior",         I_NUMBER, .of = NULL },     .derive = superior_derive,  .needs = n_above, .looks = l_above, .looked = superior_looked },
	{ .column = { "superior_rank",    I_CODE, .of = "ranks" },    .derive = superior_derive_rank, .needs = n_superior, .looks = l_rank },
	{ .column = { .name = NULL } },
};
/* clang-format on */
