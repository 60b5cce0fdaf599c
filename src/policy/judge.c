/* judge.c - judges found by name, and what is said of their verdicts. */
#include "policy/judge.h"

#include "base/number.h"
#include "policy/typed.h"

const char *met_text(enum met m)
{
	static const char *const texts[] = {
		[NO] = "no", [YES] = "yes", [LACKING] = "missing", [NOT_ASKED] = "not-asked"
	};
	return texts[m];
}

const struct judge *judge_find(const struct pack_reader *r, struct str name)
{
	char wanted[128];
	for (const struct judge *const *j = r->judges; j && *j; j++) {
		snprintf(wanted, sizeof(wanted), "%s@%d", (*j)->name, (*j)->version);
		if (str_is(name, wanted))
			return *j;
	}
	return NULL;
}

/* ---- values ---- */
void code_words(const struct codebook *codes, const char *of, int32_t number, const struct lang *l, struct buf *out)
{
	struct str s = { 0 };
	if (l && codes->label)
		s = codes->label(codes->arg, of, number, lang_tag(l));
	if (!s.n)
		s = codes->text(codes->arg, of, number);
	buf_add(out, s.p, s.n);
}

/* The nth word of a text parted by blanks, in `space`; the last where there are fewer. */
static const char *nth_word(const char *words, int32_t n, char space[static 64])
{
	const char *end = strchr(words, ' ');
	while (end && n-- > 0) {
		words = end + 1;
		end = strchr(words, ' ');
	}
	size_t length = end ? (size_t)(end - words) : strlen(words);
	if (length >= 64)
		bug("a name of a table is too long: %s", words);
	memcpy(space, words, length);
	space[length] = '\0';
	return space;
}

static void add_code(const struct judge *j, const struct verdicts *v, size_t i, const struct codebook *codes,
		     const struct lang *l, struct buf *out)
{
	char table[64];
	bool several = strchr(j->value_of, ' ') != NULL;
	int32_t which = several && v->value[1][i] != NONE ? v->value[1][i] : 0;
	if (v->value[0][i] == NONE)
		return;
	code_words(codes, nth_word(j->value_of, which, table), v->value[0][i], l, out);
}

/* Newest first; where one year is missing its place stays empty, so that the other is not taken for it. */
static void add_percents(const struct verdicts *v, size_t i, struct buf *out)
{
	if (v->met[i] == NOT_ASKED)
		return;
	for (int k = 0; k < 2 && v->value[k][i] != NOT_LOOKED_AT; k++) {
		buf_text(out, k ? ";" : "");
		if (v->value[k][i] != NONE)
			decimal_add(out, v->value[k][i], 2);
	}
}

void judge_value_text(const struct judge *j, const struct verdicts *v, size_t i, const struct codebook *codes,
		      const struct lang *l, struct buf *out)
{
	int32_t first = v->value[0][i];
	if (j->value == V_CODE)
		add_code(j, v, i, codes, l, out);
	else if (j->value == V_PERCENTS)
		add_percents(v, i, out);
	else if (j->value != V_NONE && first != NONE)
		buf_int(out, first);
}

/* ---- sentences ---- */
struct telling {
	const struct criterion *c;
	const struct judge_block *b;
	size_t i;
	const struct codebook *codes;
};

static void add_value(const struct telling *t, struct buf *out)
{
	const struct judge *j = t->c->judge;
	const struct verdicts *v = t->b->out;
	size_t before = out->n;
	if (j->value == V_MONTHS && v->value[0][t->i] != NONE)
		say_months(t->b->lang, v->value[0][t->i], out);
	else if (j->value == V_CODE)
		add_code(j, v, t->i, t->codes, t->b->lang, out);
	else if (j->value != V_PERCENTS || v->value[0][t->i] != NONE || v->value[1][t->i] != NONE)
		judge_value_text(j, t->b->out, t->i, t->codes, NULL, out);
	if (out->n == before)
		buf_text(out, say(t->b->lang, N_("not stated")));
}

static void add_day(const struct lang *l, date d, struct buf *out)
{
	if (d == DATE_NONE)
		buf_text(out, say(l, N_("a day that is not known")));
	else
		say_date(l, d, out);
}

static bool add_param(const struct criterion *c, const char *name, const struct lang *l, struct buf *out)
{
	const struct judge *j = c->judge;
	for (int k = 0; k < j->nparams; k++)
		if (text_is(j->params[k].name, name)) {
			typed_words(j->params[k].type, &c->params[k], l, out);
			return true;
		}
	return false;
}

bool judge_need(const struct criterion *c, const struct lang *l, struct buf *out)
{
	const struct judge *j = c->judge;
	for (int k = 0; k < j->nparams; k++)
		if (text_is(j->params[k].name, "years") && c->params[k].set && j->value == V_MONTHS) {
			say_months(l, c->params[k].i * 12, out);
			return true;
		}
	return add_param(c, "minimum", l, out);
}

static void add_input_value(const struct telling *t, const struct input_column *column, int32_t v, struct buf *out)
{
	const struct lang *l = t->b->lang;
	if (v == NONE)
		buf_text(out, say(l, N_("not stated")));
	else if (column && column->type == I_DAY)
		add_day(l, v, out);
	else if (column && column->type == I_PERCENT)
		say_percent(l, v, out);
	else if (column && column->type == I_FLAG)
		buf_text(out, say(l, v ? N_("yes") : N_("no")));
	else if (column && column->type == I_CODE)
		code_words(t->codes, column->of, v, l, out);
	else
		buf_int(out, v);
}

static bool add_input(const struct telling *t, const char *name, struct buf *out)
{
	const struct judge *j = t->c->judge;
	for (size_t k = 0; j->inputs && j->inputs[k]; k++)
		if (text_is(j->inputs[k], name)) {
			add_input_value(t, t->b->columns ? t->b->columns[k] : NULL, t->b->in[k][t->i], out);
			return true;
		}
	return false;
}

static bool add_common(const struct telling *t, const char *name, struct buf *out)
{
	if (text_is(name, "value"))
		add_value(t, out);
	else if (text_is(name, "months"))
		add_value(t, out);
	else if (text_is(name, "complete_on"))
		add_day(t->b->lang, t->b->out->complete_on[t->i], out);
	else if (text_is(name, "period"))
		add_day(t->b->lang, t->b->as_of, out);
	else if (text_is(name, "need"))
		return judge_need(t->c, t->b->lang, out);
	else
		return false;
	return true;
}

/* The judge's own words come first, for it knows best what its {need} is. */
static void add_word(const struct telling *t, const char *name, struct buf *out)
{
	const struct judge *j = t->c->judge;
	if (j->word && j->word(t->b, t->i, name, t->codes, out))
		return;
	if (add_param(t->c, name, t->b->lang, out) || add_common(t, name, out) || add_input(t, name, out))
		return;
	buf_printf(out, "{%s}", name);
}

/* The name between the braces that the text begins with, and where they end; NULL: it begins with no such. */
static const char *braced(const char *at, char ret_name[static 64])
{
	const char *end = *at == '{' ? strchr(at, '}') : NULL;
	size_t n = end ? (size_t)(end - at) - 1 : 0;
	if (!end || n >= 64)
		return NULL;
	memcpy(ret_name, at + 1, n);
	ret_name[n] = '\0';
	return end + 1;
}

static void fill(const struct telling *t, const char *template, struct buf *out)
{
	char name[64];
	while (*template) {
		const char *after = braced(template, name);
		size_t n = after ? 0 : 1 + strcspn(template + 1, "{");
		if (after)
			add_word(t, name, out);
		else
			buf_add(out, template, n);
		template = after ? after : template + n;
	}
}

/* clang-format off */
static const char *const general[] = {
	[NO]        = N_("this condition is not met"),
	[YES]       = N_("this condition is met"),
	[LACKING]   = N_("a fact for this condition is not in the file"),
	[NOT_ASKED] = N_("this condition is not asked"),
};
/* Says nothing of what stands in the closed half of a file. */
static const char *const closed[] = {
	[NO]        = N_("a condition in the personal file is not met"),
	[YES]       = N_("a condition in the personal file is met"),
	[LACKING]   = N_("a condition in the personal file cannot be told yet"),
	[NOT_ASKED] = N_("a condition in the personal file is not asked"),
};
/* clang-format on */

static const char *template_of(const struct judge *j, unsigned char reason, enum audience who)
{
	if (reason >= j->nreasons)
		return NULL;
	const struct judge_reason *r = &j->reasons[reason];
	return who == FOR_OTHER ? r->other : who == FOR_COMMITTEE && r->committee ? r->committee : r->person;
}

void judge_sentence(const struct criterion *c, const struct judge_block *b, size_t i, enum audience who,
		    const struct codebook *codes, struct buf *out)
{
	struct telling t = { .c = c, .b = b, .i = i, .codes = codes };
	unsigned char met = b->out->met[i];
	if (met > NOT_ASKED)
		bug("a verdict of %d", met);
	if (who == FOR_OTHER && c->confidential) {
		buf_text(out, say(b->lang, closed[met]));
		return;
	}
	const char *template = c->judge ? template_of(c->judge, b->out->reason[i], who) : NULL;
	if (template)
		fill(&t, say(b->lang, template), out);
	else
		buf_text(out, say(b->lang, general[met]));
}
