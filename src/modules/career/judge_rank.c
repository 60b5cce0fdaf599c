/* judge_rank.c - what the next rank asks of education, post and superior. */
#include "modules/career/career.h"
#include "modules/career/codes.h"

/* ---- education_for_next_rank@1 ---- */

enum { EDUCATION, RANK };
enum { EDUCATED, NOT_EDUCATED, EDUCATION_UNKNOWN };

struct education {
	struct by_code next, order, minimum;
};

static const char *const education_inputs[] = { "education", "rank", NULL };

/* clang-format off */
static const struct judge_reason education_reasons[] = {
	[EDUCATED]          = { N_("your education ({value}) is enough for the next rank, which asks for {need}"),
	                        N_("education {value}; the next rank asks for {need}"), NULL },
	[NOT_EDUCATED]      = { N_("not yet: the next rank asks for {need}, your file holds {value}; hand in a newer diploma if you have one"),
	                        N_("not yet: education {value}, the next rank asks for {need}"), NULL },
	[EDUCATION_UNKNOWN] = { N_("your diploma is missing in your file; hand in a copy"),
	                        N_("no education is in the file; ask for the diploma"), NULL },
};
/* clang-format on */

static enum err prepare_education(const struct rules *r, const struct criterion *c, const struct codebook *codes,
				  struct arena *a, struct problems *p, const void **ret)
{
	(void)c, (void)p;
	struct education *x = ARENA_NEW(a, struct education);
	x->next = codes_next_rank(r, codes, a);
	x->order = codes_order(r, "education", codes, a);
	x->minimum = codes_pairs(r, "ranks", "code", "ranks", "min_education", "education", codes, a);
	*ret = x;
	return E_OK;
}

static int32_t education_needed(const struct judge_block *b, size_t i)
{
	const struct education *x = b->prepared;
	return by_code(&x->minimum, by_code(&x->next, b->in[RANK][i]));
}

static void judge_education(const struct judge_block *b)
{
	const struct education *x = b->prepared;
	for (size_t i = 0; i < b->n; i++) {
		int32_t has = by_code(&x->order, b->in[EDUCATION][i]);
		bool enough = has >= by_code(&x->order, education_needed(b, i));
		b->out->met[i] = has == NONE ? LACKING : enough ? YES : NO;
		b->out->reason[i] = has == NONE ? EDUCATION_UNKNOWN : enough ? EDUCATED : NOT_EDUCATED;
		b->out->value[0][i] = b->in[EDUCATION][i];
	}
}

static bool word_education(const struct judge_block *b, size_t i, const char *name, const struct codebook *codes,
			   struct buf *out)
{
	if (!text_is(name, "need"))
		return false;
	code_words(codes, "education", education_needed(b, i), b->lang, out);
	return true;
}

static const struct rules_row *education_rests_on(const struct judge_block *b, size_t i, const struct rules *r,
						  const struct criterion *c, const struct codebook *codes)
{
	const struct education *x = b->prepared;
	(void)c;
	return codes_row(r, STR("ranks"), codes, "ranks", by_code(&x->next, b->in[RANK][i]));
}

const struct judge education_judge = {
	.name = "education_for_next_rank",
	.version = 1,
	.title = N_("Education"),
	.help = N_("At least the education that the next rank asks for."),
	.inputs = education_inputs,
	.value = V_CODE,
	.value_of = "education",
	.reasons = education_reasons,
	.nreasons = (int)COUNT(education_reasons),
	.prepare = prepare_education,
	.judge = judge_education,
	.word = word_education,
	.rests_on = education_rests_on,
};

/* ---- ceiling@1 ---- */

enum { C_EDUCATION, C_RANK, C_CATEGORY, C_POST_HIGH };
enum { BELOW_CEILING, AT_CEILING, CEILING_UNKNOWN };

struct ceiling {
	struct by_code next, order, highest;
	int32_t structural;
};

static const char *const ceiling_inputs[] = { "education", "rank", "category", "post_high", NULL };

/* clang-format off */
static const struct judge_param ceiling_params[] = {
	{ "table", P_TABLE, .required = true },
};
static const struct judge_reason ceiling_reasons[] = {
	[BELOW_CEILING]   = { N_("the next rank is not above the highest one open to you, {value}"),
	                      N_("the next rank is not above the limit {value}"), NULL },
	[AT_CEILING]      = { N_("not yet: {value} is the highest rank for your education or post; a newer diploma or another post would lift it"),
	                      N_("not yet: the next rank would be above the limit {value} of education or post"), NULL },
	[CEILING_UNKNOWN] = { N_("the highest rank open to you cannot be told, because your diploma or your post is missing in your file"),
	                      N_("no limit can be told: no education that the rules know, or a post without its highest rank"), NULL },
};
/* clang-format on */

static enum err prepare_ceiling(const struct rules *r, const struct criterion *c, const struct codebook *codes,
				struct arena *a, struct problems *p, const void **ret)
{
	(void)p;
	struct ceiling *x = ARENA_NEW(a, struct ceiling);
	const char *table = arena_text(a, c->params[0].t.p, c->params[0].t.n);
	x->next = codes_next_rank(r, codes, a);
	x->order = codes_order(r, "ranks", codes, a);
	x->highest = codes_pairs(r, table, "education", "education", "highest_rank", "ranks", codes, a);
	x->structural = codes->number(codes->arg, "categories", STR(CATEGORY_STRUCTURAL));
	*ret = x;
	return E_OK;
}

static void judge_ceiling(const struct judge_block *b)
{
	const struct ceiling *x = b->prepared;
	for (size_t i = 0; i < b->n; i++) {
		int32_t limit = b->in[C_CATEGORY][i] == x->structural ? b->in[C_POST_HIGH][i]
								      : by_code(&x->highest, b->in[C_EDUCATION][i]);
		bool open = by_code(&x->order, by_code(&x->next, b->in[C_RANK][i])) <= by_code(&x->order, limit);
		b->out->met[i] = limit == NONE ? LACKING : open ? YES : NO;
		b->out->reason[i] = limit == NONE ? CEILING_UNKNOWN : open ? BELOW_CEILING : AT_CEILING;
		b->out->value[0][i] = limit;
	}
}

static const struct rules_row *ceiling_rests_on(const struct judge_block *b, size_t i, const struct rules *r,
						const struct criterion *c, const struct codebook *codes)
{
	const struct ceiling *x = b->prepared;
	if (b->in[C_CATEGORY][i] == x->structural)
		return NULL;
	return codes_row(r, c->params[0].t, codes, "education", b->in[C_EDUCATION][i]);
}

const struct judge ceiling_judge = {
	.name = "ceiling",
	.version = 1,
	.title = N_("Highest rank"),
	.help = N_("The next rank is not above the highest for the education, or of structural staff for the post."),
	.inputs = ceiling_inputs,
	.params = ceiling_params,
	.nparams = (int)COUNT(ceiling_params),
	.value = V_CODE,
	.value_of = "ranks",
	.reasons = ceiling_reasons,
	.nreasons = (int)COUNT(ceiling_reasons),
	.prepare = prepare_ceiling,
	.judge = judge_ceiling,
	.rests_on = ceiling_rests_on,
};

/* ---- not_above_superior@1 ---- */

enum { S_RANK, S_SUPERIOR, S_SUPERIOR_RANK };
enum { NOT_ABOVE, ABOVE, NOBODY, SUPERIOR_UNKNOWN };

struct superior {
	struct by_code next, order;
};

static const char *const superior_inputs[] = { "rank", "superior", "superior_rank", NULL };

/* clang-format off */
static const struct judge_reason superior_reasons[] = {
	[NOT_ABOVE]        = { N_("the next rank is not above your superior's, {value}"),
	                       N_("the next rank is not above the superior's, {value}"), NULL },
	[ABOVE]            = { N_("not yet: the next rank would be above your superior's, {value}"),
	                       N_("not yet: the next rank would be above the superior's, {value}"), NULL },
	[NOBODY]           = { N_("nobody stands above you in the service, so this is not asked"),
	                       N_("nobody stands above, so this is not asked"), NULL },
	[SUPERIOR_UNKNOWN] = { N_("the rank of your superior is missing in the files; the personnel office must enter it"),
	                       N_("the superior's rank is missing in the files; enter it"), NULL },
};
/* clang-format on */

static enum err prepare_superior(const struct rules *r, const struct criterion *c, const struct codebook *codes,
				 struct arena *a, struct problems *p, const void **ret)
{
	(void)c, (void)p;
	struct superior *x = ARENA_NEW(a, struct superior);
	x->next = codes_next_rank(r, codes, a);
	x->order = codes_order(r, "ranks", codes, a);
	*ret = x;
	return E_OK;
}

static void judge_superior(const struct judge_block *b)
{
	const struct superior *x = b->prepared;
	for (size_t i = 0; i < b->n; i++) {
		int32_t rank = b->in[S_SUPERIOR_RANK][i];
		bool nobody = b->in[S_SUPERIOR][i] == NONE;
		bool above = by_code(&x->order, by_code(&x->next, b->in[S_RANK][i])) > by_code(&x->order, rank);
		b->out->met[i] = nobody ? NOT_ASKED : rank == NONE ? LACKING : above ? NO : YES;
		b->out->reason[i] = nobody ? NOBODY : rank == NONE ? SUPERIOR_UNKNOWN : above ? ABOVE : NOT_ABOVE;
		b->out->value[0][i] = rank;
	}
}

const struct judge superior_judge = {
	.name = "not_above_superior",
	.version = 1,
	.title = N_("Not above the superior"),
	.help = N_("The next rank is not above the rank of whoever heads the unit, or the units above it."),
	.inputs = superior_inputs,
	.value = V_CODE,
	.value_of = "ranks",
	.reasons = superior_reasons,
	.nreasons = (int)COUNT(superior_reasons),
	.prepare = prepare_superior,
	.judge = judge_superior,
};
