/* judge_exam.c - the service examinations before certain ranks, and what stands in their place. */
#include "modules/career/career.h"
#include "modules/career/codes.h"

enum { STEPS_TABLE, EXEMPTIONS_TABLE };
enum { RANK, EDUCATION, EXAM, PASSED_ON, COURSE };
enum { PASSED, BY_COURSE, BY_EDUCATION, LACKS_EXAM, NO_EXAM };
enum { VALUE_EXAM, VALUE_COURSE, VALUE_EDUCATION };

struct exam {
	struct by_code order;   /* education */
	struct by_code exempts; /* exam -> the lowest order of education that exempts from it */
};

static const char *const inputs[] = { "rank", "education", "exam", "exam_passed_on", "exempting_course", NULL };
static const char *const proofs[] = { "exam_proof", NULL };

/* clang-format off */
static const struct judge_param params[] = {
	[STEPS_TABLE]      = { "steps_table",      P_TABLE, .required = true },
	[EXEMPTIONS_TABLE] = { "exemptions_table", P_TABLE, .required = true },
};
static const struct judge_reason reasons[] = {
	[PASSED]       = { N_("you passed the examination {value} on {exam_passed_on}"),
	                   N_("examination {value} passed on {exam_passed_on}"), NULL },
	[BY_COURSE]    = { N_("the course {value} stands in the place of the examination {exam}"),
	                   N_("exempt from {exam} by the course {value}"), NULL },
	[BY_EDUCATION] = { N_("your education ({value}) stands in the place of the examination {exam}"),
	                   N_("exempt from {exam} by education {value}"), NULL },
	[LACKS_EXAM]   = { N_("not yet: the next rank asks for the examination {exam}; ask your personnel office for the next sitting"),
	                   N_("not yet: no pass of the examination {exam} and nothing that exempts is in the file"), NULL },
	[NO_EXAM]      = { N_("no examination is asked for before the next rank"),
	                   N_("no examination is asked for on this step"), NULL },
};
/* clang-format on */

static void put_lowest(struct by_code *b, struct arena *a, int32_t exam, int32_t order)
{
	int32_t now = by_code(b, exam);
	if (now == NONE || order < now)
		codes_put(b, a, exam, order);
}

static enum err prepare(const struct rules *r, const struct criterion *c, const struct codebook *codes, struct arena *a,
			struct problems *p, const void **ret)
{
	(void)p;
	struct exam *x = ARENA_NEW(a, struct exam);
	const char *table = arena_text(a, c->params[EXEMPTIONS_TABLE].t.p, c->params[EXEMPTIONS_TABLE].t.n);
	x->order = codes_order(r, "education", codes, a);
	for (const struct rules_row *row = rules_row(r, table, 0); row; row = rules_next(row)) {
		if (str_is(row_text(row, "by"), "education"))
			put_lowest(&x->exempts, a, codes->number(codes->arg, "exam", row_text(row, "exam")),
				   by_code(&x->order, codes->number(codes->arg, "education", row_text(row, "code"))));
	}
	*ret = x;
	return E_OK;
}

static bool educated(const struct exam *x, int32_t exam, int32_t education)
{
	int32_t need = by_code(&x->exempts, exam), has = by_code(&x->order, education);
	return need != NONE && has != NONE && has >= need;
}

static void judged(struct verdicts *v, size_t i, enum met met, int reason, int32_t value, int of)
{
	v->met[i] = (unsigned char)met;
	v->reason[i] = (unsigned char)reason;
	v->value[0][i] = value;
	v->value[1][i] = of;
}

static void judge(const struct judge_block *b)
{
	const struct exam *x = b->prepared;
	for (size_t i = 0; i < b->n; i++) {
		int32_t exam = b->in[EXAM][i], education = b->in[EDUCATION][i];
		if (exam == NONE)
			judged(b->out, i, NOT_ASKED, NO_EXAM, NONE, VALUE_EXAM);
		else if (b->in[PASSED_ON][i] != NONE)
			judged(b->out, i, YES, PASSED, exam, VALUE_EXAM);
		else if (b->in[COURSE][i] != NONE)
			judged(b->out, i, YES, BY_COURSE, b->in[COURSE][i], VALUE_COURSE);
		else if (educated(x, exam, education))
			judged(b->out, i, YES, BY_EDUCATION, education, VALUE_EDUCATION);
		else
			judged(b->out, i, NO, LACKS_EXAM, exam, VALUE_EXAM);
	}
}

static bool word(const struct judge_block *b, size_t i, const char *name, const struct codebook *codes, struct buf *out)
{
	if (text_is(name, "exam"))
		code_words(codes, "exam", b->in[EXAM][i], b->lang, out);
	else if (text_is(name, "exam_passed_on"))
		say_date(b->lang, b->in[PASSED_ON][i], out);
	else
		return false;
	return true;
}

static const struct rules_row *rests_on(const struct judge_block *b, size_t i, const struct rules *r,
					const struct criterion *c, const struct codebook *codes)
{
	return codes_row(r, c->params[STEPS_TABLE].t, codes, "ranks", b->in[RANK][i]);
}

const struct judge exam_judge = {
	.name = "service_exam",
	.version = 1,
	.title = N_("Service examination"),
	.help = N_("The examination that the step to the next rank asks for, passed, or a course or education that "
		   "exempts."),
	.inputs = inputs,
	.params = params,
	.nparams = (int)COUNT(params),
	.value = V_CODE,
	.value_of = "exam course education",
	.reasons = reasons,
	.nreasons = (int)COUNT(reasons),
	.prepare = prepare,
	.judge = judge,
	.proofs = proofs,
	.word = word,
	.rests_on = rests_on,
};
