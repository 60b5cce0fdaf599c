/* judge_time.c - time served: in rank, and in post. */
#include "modules/career/career.h"
#include "modules/career/codes.h"

/* ---- years_in_rank@1 ---- */

enum { YEARS, BELOW_YEARS, BELOW_YEARS_IN_POST };
enum { RANK, RANK_FROM, STOPPED, CATEGORY, POST_LOW, POST_FROM };
enum { RANK_COMPLETE, RANK_SHORT, RANK_UNKNOWN, BELOW_COMPLETE, BELOW_SHORT };

struct in_rank {
	int months, below_months, below_post_months;
	int32_t structural;
	struct by_code next;
};

static const char *const rank_inputs[] = {
	"rank", "rank_from", "unpaid_days", "category", "post_low", "post_from", NULL
};
static const char *const rank_proofs[] = { "rank_proof", NULL };

/* clang-format off */
static const struct judge_param rank_params[] = {
	[YEARS]               = { "years",                    P_INT, .required = true },
	[BELOW_YEARS]         = { "below_band_years",         P_INT, .required = false },
	[BELOW_YEARS_IN_POST] = { "below_band_years_in_post", P_INT, .required = false },
};
static const struct judge_reason rank_reasons[] = {
	[RANK_COMPLETE]  = { N_("your time in rank is complete since {complete_on}: {value} of {need}"),
	                     N_("time in rank {value} of {need}, complete since {complete_on}"), NULL },
	[RANK_SHORT]     = { N_("not yet: time in rank {value} of {need}, complete on {complete_on}"),
	                     N_("not yet: time in rank {value} of {need}, complete on {complete_on}"), NULL },
	[RANK_UNKNOWN]   = { N_("the decree on your present rank is missing in your file; hand in a copy"),
	                     N_("no decree on the present rank is in the file; ask for a copy"), NULL },
	[BELOW_COMPLETE] = { N_("your rank is one below your post's, for which {need_in_rank} in rank and {need_in_post} in post are enough: complete since {complete_on}"),
	                     N_("one rank below the band of the post: {need_in_rank} in rank and {need_in_post} in post, complete since {complete_on}"), NULL },
	[BELOW_SHORT]    = { N_("not yet: your rank is one below your post's, for which {need_in_rank} in rank and {need_in_post} in post are enough: complete on {complete_on}"),
	                     N_("not yet: one rank below the band of the post: {need_in_rank} in rank and {need_in_post} in post, complete on {complete_on}"), NULL },
};
/* clang-format on */

static int years_as_months(const struct criterion *c, int param)
{
	return c->params[param].set ? (int)c->params[param].i * 12 : 0;
}

static enum err prepare_rank(const struct rules *r, const struct criterion *c, const struct codebook *codes,
			     struct arena *a, struct problems *p, const void **ret)
{
	(void)p;
	struct in_rank *x = ARENA_NEW(a, struct in_rank);
	x->months = years_as_months(c, YEARS);
	x->below_months = years_as_months(c, BELOW_YEARS);
	x->below_post_months = years_as_months(c, BELOW_YEARS_IN_POST);
	x->structural = codes->number(codes->arg, "categories", STR(CATEGORY_STRUCTURAL));
	x->next = codes_next_rank(r, codes, a);
	*ret = x;
	return E_OK;
}

static date later(date a, date b)
{
	return a > b ? a : b;
}

static bool one_below(const struct in_rank *x, const struct judge_block *b, size_t i)
{
	return x->below_months && b->in[CATEGORY][i] == x->structural && b->in[POST_LOW][i] != NONE &&
	       b->in[POST_FROM][i] != NONE && by_code(&x->next, b->in[RANK][i]) == b->in[POST_LOW][i];
}

static void judge_rank(const struct judge_block *b)
{
	const struct in_rank *x = b->prepared;
	struct verdicts *v = b->out;
	for (size_t i = 0; i < b->n; i++) {
		date from = b->in[RANK_FROM][i];
		if (from == NONE) {
			v->met[i] = LACKING;
			v->reason[i] = RANK_UNKNOWN;
			continue;
		}
		int32_t stopped = b->in[STOPPED][i] == NONE ? 0 : b->in[STOPPED][i];
		date complete = date_add_days(date_add_months(from, x->months), stopped);
		bool below = false;
		if (one_below(x, b, i)) {
			date sooner = later(date_add_days(date_add_months(from, x->below_months), stopped),
					    date_add_months(b->in[POST_FROM][i], x->below_post_months));
			below = sooner < complete;
			complete = below ? sooner : complete;
		}
		bool served = complete <= b->as_of;
		v->met[i] = served ? YES : NO;
		v->reason[i] = below ? (served ? BELOW_COMPLETE : BELOW_SHORT) : served ? RANK_COMPLETE : RANK_SHORT;
		v->value[0][i] = date_months_between(from, date_add_days(b->as_of, -stopped));
		v->complete_on[i] = complete;
	}
}

static bool word_rank(const struct judge_block *b, size_t i, const char *name, const struct codebook *codes,
		      struct buf *out)
{
	(void)i, (void)codes;
	const struct in_rank *x = b->prepared;
	if (text_is(name, "need"))
		say_months(b->lang, x->months, out);
	else if (text_is(name, "need_in_rank"))
		say_months(b->lang, x->below_months, out);
	else if (text_is(name, "need_in_post"))
		say_months(b->lang, x->below_post_months, out);
	else
		return false;
	return true;
}

/* Days that do not count are those of a status that stops the clock. */
static const struct rules_row *rank_rests_on(const struct judge_block *b, size_t i, const struct rules *r,
					     const struct criterion *c, const struct codebook *codes)
{
	(void)c, (void)codes;
	if (b->in[STOPPED][i] == NONE || b->in[STOPPED][i] == 0)
		return NULL;
	return codes_row_that(r, "statuses", "stops_rank_clock");
}

const struct judge years_in_rank_judge = {
	.name = "years_in_rank",
	.version = 1,
	.title = N_("Time in rank"),
	.help = N_("Calendar years since the first row of the present run of one rank, put off by unpaid leave. "
		   "Structural "
		   "staff one rank below their post may have a shorter time in rank and post instead."),
	.inputs = rank_inputs,
	.params = rank_params,
	.nparams = (int)COUNT(rank_params),
	.value = V_MONTHS,
	.reasons = rank_reasons,
	.nreasons = (int)COUNT(rank_reasons),
	.prepare = prepare_rank,
	.judge = judge_rank,
	.proofs = rank_proofs,
	.word = word_rank,
	.rests_on = rank_rests_on,
};

/* ---- months_in_post@1 ---- */

enum { POST_COMPLETE, POST_SHORT, POST_UNKNOWN };

struct in_post {
	int months;
};

static const char *const post_inputs[] = { "post_from", NULL };
static const char *const post_proofs[] = { "post_proof", NULL };

/* clang-format off */
static const struct judge_param post_params[] = {
	[YEARS] = { "years", P_INT, .required = true },
};
static const struct judge_reason post_reasons[] = {
	[POST_COMPLETE] = { N_("your time in the post is complete since {complete_on}: {value} of {need}"),
	                    N_("time in post {value} of {need}, complete since {complete_on}"), NULL },
	[POST_SHORT]    = { N_("not yet: time in post {value} of {need}, complete on {complete_on}"),
	                    N_("not yet: time in post {value} of {need}, complete on {complete_on}"), NULL },
	[POST_UNKNOWN]  = { N_("the decree on your post is missing in your file; hand in a copy"),
	                    N_("no decree on the own post is in the file; ask for a copy"), NULL },
};
/* clang-format on */

static enum err prepare_post(const struct rules *r, const struct criterion *c, const struct codebook *codes,
			     struct arena *a, struct problems *p, const void **ret)
{
	(void)r, (void)codes, (void)p;
	struct in_post *x = ARENA_NEW(a, struct in_post);
	x->months = years_as_months(c, YEARS);
	*ret = x;
	return E_OK;
}

static void judge_post(const struct judge_block *b)
{
	const struct in_post *x = b->prepared;
	struct verdicts *v = b->out;
	for (size_t i = 0; i < b->n; i++) {
		date from = b->in[0][i];
		if (from == NONE) {
			v->met[i] = LACKING;
			v->reason[i] = POST_UNKNOWN;
			continue;
		}
		date complete = date_add_months(from, x->months);
		v->met[i] = complete <= b->as_of ? YES : NO;
		v->reason[i] = complete <= b->as_of ? POST_COMPLETE : POST_SHORT;
		v->value[0][i] = date_months_between(from, b->as_of);
		v->complete_on[i] = complete;
	}
}

static bool word_post(const struct judge_block *b, size_t i, const char *name, const struct codebook *codes,
		      struct buf *out)
{
	(void)i, (void)codes;
	if (!text_is(name, "need"))
		return false;
	say_months(b->lang, ((const struct in_post *)b->prepared)->months, out);
	return true;
}

const struct judge months_in_post_judge = {
	.name = "months_in_post",
	.version = 1,
	.title = N_("Time in post"),
	.help = N_("Calendar years since the oath, or else the day of effect, of the first row of the present run in "
		   "one post."),
	.inputs = post_inputs,
	.params = post_params,
	.nparams = (int)COUNT(post_params),
	.value = V_MONTHS,
	.reasons = post_reasons,
	.nreasons = (int)COUNT(post_reasons),
	.prepare = prepare_post,
	.judge = judge_post,
	.proofs = post_proofs,
	.word = word_post,
};
