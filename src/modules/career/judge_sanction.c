/* judge_sanction.c - no sanction that weighs runs on the day. */
#include "modules/career/career.h"
#include "modules/career/codes.h"

enum { SANCTION, SANCTION_UNTIL };
enum { FREE, RUNNING, RUNNING_WITHOUT_END };

static const char *const inputs[] = { "sanction", "sanction_until", NULL };

/* clang-format off */
static const struct judge_param params[] = {
	{ "severities", P_CODES, .required = true },
};
static const struct judge_reason reasons[] = {
	[FREE]                = { N_("no sanction that holds up a rise ({severities}) is running"),
	                          N_("no sanction that holds up a rise ({severities}) is running"), N_("the condition is met") },
	[RUNNING]             = { N_("not yet: the sanction {value} runs until {sanction_until}"),
	                          N_("not yet: {value} runs until {sanction_until}"), NULL },
	[RUNNING_WITHOUT_END] = { N_("not yet: the sanction {value} runs and its last day is not in your file; ask your personnel office"),
	                          N_("not yet: {value} runs and no last day is in the file"), NULL },
};
/* clang-format on */

/* The column holds only sanctions of the severities that the rules name; there is nothing more to prepare. */
static enum err prepare(const struct rules *r, const struct criterion *c, const struct codebook *codes, struct arena *a,
			struct problems *p, const void **ret)
{
	(void)r, (void)c, (void)codes, (void)a, (void)p;
	*ret = NULL;
	return E_OK;
}

static void judge(const struct judge_block *b)
{
	for (size_t i = 0; i < b->n; i++) {
		int32_t kind = b->in[SANCTION][i], until = b->in[SANCTION_UNTIL][i];
		b->out->met[i] = kind == NONE ? YES : NO;
		b->out->reason[i] = kind == NONE ? FREE : until == NONE ? RUNNING_WITHOUT_END : RUNNING;
		b->out->value[0][i] = kind;
		/* After the last day of the calendar, by which some write "for ever", there is none. */
		bool ends = kind != NONE && until != NONE && until < DATE_MAX;
		b->out->complete_on[i] = ends ? until + 1 : NONE;
	}
}

static bool word(const struct judge_block *b, size_t i, const char *name, const struct codebook *codes, struct buf *out)
{
	(void)codes;
	if (!text_is(name, "sanction_until"))
		return false;
	say_date(b->lang, b->in[SANCTION_UNTIL][i], out);
	return true;
}

static const struct rules_row *rests_on(const struct judge_block *b, size_t i, const struct rules *r,
					const struct criterion *c, const struct codebook *codes)
{
	(void)c;
	return codes_row(r, STR("sanction_kinds"), codes, "sanction_kinds", b->in[SANCTION][i]);
}

const struct judge sanction_judge = {
	.name = "no_running_sanction",
	.version = 1,
	.title = N_("Sanctions"),
	.help = N_("No sanction of the severities named runs on the day."),
	.inputs = inputs,
	.params = params,
	.nparams = (int)COUNT(params),
	.value = V_CODE,
	.value_of = "sanction_kinds",
	.reasons = reasons,
	.nreasons = (int)COUNT(reasons),
	.prepare = prepare,
	.judge = judge,
	.word = word,
	.rests_on = rests_on,
};
