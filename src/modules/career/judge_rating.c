/* judge_rating.c - the yearly ratings of the calendar years before the day. */
#include "base/number.h"
#include "modules/career/career.h"

enum { TOOL, OF, MINIMUM, YEARS };
enum { SCORE_1, SCORE_2, LOWEST_1, LOWEST_2 };
enum { ENOUGH, TOO_LOW, ABSENT, TOO_LOW_MEAN };

struct ratings {
	bool lowest;     /* of the lowest component, else of the score */
	int32_t minimum; /* hundredths */
	int years;
};

static const char *const inputs[] = { "rating_score_1", "rating_score_2", "rating_lowest_1", "rating_lowest_2", NULL };
static const char *const proofs[] = { "rating_proof", NULL };

/* clang-format off */
static const struct judge_param params[] = {
	[TOOL]    = { "tool",    P_CODE,    .required = true, .of = "tools" },
	[OF]      = { "of",      P_TEXT,    .required = true },
	[MINIMUM] = { "minimum", P_PERCENT, .required = true },
	[YEARS]   = { "years",   P_INT,     .required = true },
};
static const struct judge_reason reasons[] = {
	[ENOUGH]       = { N_("your {ratings} of the last years are at least {minimum}: {value}"),
	                   N_("{ratings}, newest first: {value}; at least {minimum} is asked for"),
	                   N_("the condition is met") },
	[TOO_LOW]      = { N_("not yet: {rating} of the last years is below {minimum}: {value}, newest first"),
	                   N_("not yet: {ratings}, newest first: {value}; at least {minimum} is asked for in each year"), NULL },
	[ABSENT]       = { N_("{rating} of the last years is missing in your file: {value}, newest first; ask your assessor for it"),
	                   N_("{rating} is missing: {value}, newest first; ask for the signed list of that year"), NULL },
	[TOO_LOW_MEAN] = { N_("not yet: the mean of a year is below {minimum}, so a component of it is too"),
	                   N_("not yet: the mean of a year is below {minimum}, so a component of it is too, though none is stated"), NULL },
};
/* clang-format on */

static enum err prepare(const struct rules *r, const struct criterion *c, const struct codebook *codes, struct arena *a,
			struct problems *p, const void **ret)
{
	(void)r, (void)codes;
	struct ratings *x = ARENA_NEW(a, struct ratings);
	x->lowest = str_is(c->params[OF].t, "lowest_component");
	x->minimum = (int32_t)c->params[MINIMUM].i;
	x->years = (int)c->params[YEARS].i;
	*ret = x;
	if (!x->lowest && !str_is(c->params[OF].t, "score"))
		problem_at(p, NULL, 0, "of", "ratings@1 looks at score or lowest_component; write one of the two");
	else if (x->years < 1 || x->years > 2)
		problem_at(p, NULL, 0, "years", "ratings@1 looks at one or two years; write 1 or 2");
	else
		return E_OK;
	return E_INVALID;
}

/* One year: its verdict and reason. */
static enum met judge_year(const struct ratings *x, int32_t score, int32_t lowest, unsigned char *reason)
{
	int32_t seen = x->lowest ? lowest : score;
	bool mean_tells = x->lowest && score != NONE && score < x->minimum;
	if (seen != NONE && seen < x->minimum) {
		*reason = TOO_LOW;
		return NO;
	}
	if (mean_tells) {
		*reason = TOO_LOW_MEAN;
		return NO;
	}
	*reason = seen == NONE ? ABSENT : ENOUGH;
	return seen == NONE ? LACKING : YES;
}

static void judge_one(const struct judge_block *b, const struct ratings *x, size_t i)
{
	struct verdicts *v = b->out;
	unsigned char why[2];
	enum met one = judge_year(x, b->in[SCORE_1][i], b->in[LOWEST_1][i], &why[0]), two = YES;
	v->value[0][i] = x->lowest ? b->in[LOWEST_1][i] : b->in[SCORE_1][i];
	if (x->years == 2) {
		two = judge_year(x, b->in[SCORE_2][i], b->in[LOWEST_2][i], &why[1]);
		v->value[1][i] = x->lowest ? b->in[LOWEST_2][i] : b->in[SCORE_2][i];
	} else {
		v->value[1][i] = NOT_LOOKED_AT;
	}
	/* A no in one year outweighs a missing other. */
	bool second = one != NO && (two == NO || (one == YES && two != YES));
	v->met[i] = (unsigned char)(second ? two : one);
	v->reason[i] = why[second];
}

static void judge(const struct judge_block *b)
{
	for (size_t i = 0; i < b->n; i++)
		judge_one(b, b->prepared, i);
}

/* The regulation looks at the lowest component of a rating, so its number is not the score that the file shows. */
static const char *looked_at(const struct ratings *x, bool one)
{
	if (x->lowest)
		return one ? N_("the lowest component of a rating") : N_("lowest rating components");
	return one ? N_("a rating") : N_("ratings");
}

static void years(const struct judge_block *b, size_t i, struct buf *out)
{
	const struct ratings *x = b->prepared;
	for (int year = 0; year < x->years; year++) {
		int32_t v = b->out->value[year][i];
		buf_text(out, year ? say(b->lang, N_(" and ")) : "");
		if (v == NONE)
			buf_text(out, say(b->lang, N_("none stated")));
		else
			say_percent(b->lang, v, out);
	}
}

/* {value} as the list prints it, but a year without a rating is named so. */
static bool word(const struct judge_block *b, size_t i, const char *name, const struct codebook *codes, struct buf *out)
{
	(void)codes;
	const struct ratings *x = b->prepared;
	bool one = text_is(name, "rating");
	if (one || text_is(name, "ratings"))
		buf_text(out, say(b->lang, looked_at(x, one)));
	else if (text_is(name, "minimum"))
		say_percent(b->lang, x->minimum, out);
	else if (text_is(name, "value"))
		years(b, i, out);
	else
		return false;
	return true;
}

const struct judge ratings_judge = {
	.name = "ratings",
	.version = 1,
	.title = N_("Ratings"),
	.help = N_("The score, or the lowest component, of each of the calendar years before the year of the day."),
	.inputs = inputs,
	.params = params,
	.nparams = (int)COUNT(params),
	.value = V_PERCENTS,
	.reasons = reasons,
	.nreasons = (int)COUNT(reasons),
	.prepare = prepare,
	.judge = judge,
	.proofs = proofs,
	.word = word,
};
