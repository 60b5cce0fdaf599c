/* rules_detail.c - one table of the rules, the conditions of one kind of round, and what changed between versions. */
#include "face/round_words.h"
#include "face/rules_page.h"

static const struct crumb to_rules = { .words = N_("Rules"), .href = "/rules" };

static const struct pack *pack_named(struct request *q, struct str name)
{
	size_t n = 0;
	const struct pack *const *packs = q->c->policy ? policy_packs(q->c->policy, &n) : NULL;
	for (size_t i = 0; i < n; i++)
		if (str_is(name, packs[i]->name))
			return packs[i];
	return NULL;
}

/* ---- one table ---- */

static void column_heads(struct request *q, const struct sheet *s)
{
	struct head *heads = ARENA_ARRAY(q->arena, struct head, s->of->ncolumns + 3);
	size_t n = 0;
	for (int i = 0; i < s->of->ncolumns; i++) {
		char *words = arena_copy(q->arena, s->of->columns[i].name);
		for (char *at = words; *at; at++)
			*at = *at == '_' ? ' ' : *at;
		heads[n++] = (struct head){ .words = words };
	}
	if (s->of->codes)
		heads[n++] = (struct head){ .words = N_("On pages") };
	heads[n++] = (struct head){ .words = N_("From") };
	heads[n++] = (struct head){ .words = N_("Source") };
	table_begin(q, s->of->title, heads, n);
}

/* What pages say for a code, in the reader's language. */
static void words_cell(struct request *q, const struct sheet *s, const struct sheet_row *row)
{
	const struct codes *codes = q->c->codes;
	int64_t number = codes->number(codes->arg, s->of->name, row->cells[0].t);
	cell_text(q, number ? codes->label(codes->arg, number, lang_tag(q->lang)) : (struct str){ 0 });
}

/* In the reader's language, where the rules have it. */
static struct str name_of(const struct sheet_row *row, const struct lang *l)
{
	for (size_t i = 0; i < row->nnames; i++)
		if (str_is(row->names[i].tag, lang_tag(l)))
			return row->names[i].text;
	return (struct str){ 0 };
}

/* A code of this very table stays as it is written. */
static void cell_value(struct request *q, const struct pack *p, const struct pack_column *c, const struct param *v)
{
	if (c->of || c->type == P_TABLE || c->type == P_BOOL || c->type == P_MONTH_DAY)
		rules_value(q, &(struct value_kind){ c->type, c->of, p }, v);
	else
		html_text(&q->html, v->t);
}

static void rows(struct request *q, const struct pack *p, const struct sheet *s)
{
	column_heads(q, s);
	for (size_t i = 0; i < s->n; i++) {
		const struct sheet_row *row = &s->rows[i];
		row_begin(q);
		for (int k = 0; k < s->of->ncolumns; k++) {
			cell_begin(q, false);
			if (text_is(s->of->columns[k].name, "title") && name_of(row, q->lang).n)
				html_text(&q->html, name_of(row, q->lang));
			else if (row->cells[k].set)
				cell_value(q, p, &s->of->columns[k], &row->cells[k]);
			cell_end(q);
		}
		if (s->of->codes)
			words_cell(q, s, row);
		cell_date(q, row->mark.from == DATE_MIN ? DATE_NONE : row->mark.from);
		cell_begin(q, false);
		rules_mark(q, &row->mark);
		cell_end(q);
		row_end(q);
	}
	table_end(q);
}

enum err rules_detail_table(struct request *q)
{
	const struct pack *p = pack_named(q, request_param(q, "pack"));
	const struct sheet *s = p ? pack_sheet(p, request_param(q, "table")) : NULL;
	if (!s)
		return E_MISSING;
	frame_begin(q, &(struct frame){ .title = str_of(say(q->lang, s->of->title)),
					.sub = part_source(q, str_of(p->title)),
					.crumbs = &to_rules,
					.ncrumbs = 1 });
	rows(q, p, s);
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* ---- the conditions of a round ---- */

static struct value_kind kind_of(const struct pack *p, const struct demand *d, struct str name)
{
	for (int i = 0; d->judge && i < d->judge->nparams; i++)
		if (str_is(name, d->judge->params[i].name))
			return (struct value_kind){ d->judge->params[i].type, d->judge->params[i].of, p };
	return (struct value_kind){ .type = P_TEXT };
}

static void arguments(struct request *q, const struct pack *p, const struct demand *d)
{
	for (size_t i = 0; i < d->n; i++) {
		struct value_kind kind = kind_of(p, d, d->arguments[i].name);
		HTML(&q->html, "<div>");
		rules_name(q, d->arguments[i].name);
		HTML(&q->html, ": <strong>");
		rules_value(q, &kind, &d->arguments[i].value);
		HTML(&q->html, "</strong></div>");
	}
}

static void condition(struct request *q, const struct pack *p, const struct demand *d)
{
	row_begin(q);
	cell_begin(q, false);
	if (d->judge)
		html_say(&q->html, d->judge->title);
	else
		rules_name(q, d->name);
	if (d->confidential) {
		HTML(&q->html, "<br>");
		tag(q, TONE_NOTE, N_("confidential"));
	}
	cell_end(q);
	cell_begin(q, false);
	arguments(q, p, d);
	cell_end(q);
	cell_begin(q, false);
	if (d->judge)
		html_say(&q->html, d->judge->help);
	else
		html_say(&q->html, N_("This program does not know how to judge it."));
	cell_end(q);
	cell_begin(q, false);
	rules_mark(q, &d->mark);
	cell_end(q);
	row_end(q);
}

static void conditions(struct request *q, const struct pack *p, const struct course_of_rules *x)
{
	static const struct head heads[] = {
		{ N_("Condition"), NULL, false, NULL },
		{ N_("Asks for"), NULL, false, NULL },
		{ N_("How it is judged"), NULL, false, NULL },
		{ N_("Source"), NULL, false, NULL },
	};
	table_begin_stacking(q, N_("Conditions, all of which must be met"), heads, COUNT(heads));
	for (size_t i = 0; i < x->ndemands; i++)
		condition(q, p, &x->demands[i]);
	table_end(q);
}

/* A code of any table of the rules, by its label. */
static struct str any_label(struct request *q, const struct pack *p, struct str code)
{
	for (size_t i = 0; i < p->nsheets; i++)
		if (p->sheets[i].of->codes && !str_eq(part_label(q, p->sheets[i].of->name, code), code))
			return part_label(q, p->sheets[i].of->name, code);
	return code;
}

static void left_out(struct request *q, const struct pack *p, const struct course_of_rules *x)
{
	if (x->nnot_asked) {
		HTML(&q->html, "<h2>");
		html_say(&q->html, N_("Not asked here, though the source names it"));
		HTML(&q->html, "</h2><ul>");
		for (size_t i = 0; i < x->nnot_asked; i++) {
			HTML(&q->html, "<li>");
			rules_name(q, x->not_asked[i].name);
			HTML(&q->html, ": ");
			html_text(&q->html, part_source(q, x->not_asked[i].reason));
			HTML(&q->html, "</li>");
		}
		HTML(&q->html, "</ul>");
	}
	for (size_t i = 0; i < x->nother_kind; i++) {
		struct str category = any_label(q, p, x->other_kind[i]);
		HTML(&q->html, "<p>");
		html_sayf(&q->html, "Staff of the category %.*s belong to another kind of round.", (int)category.n,
			  category.p);
		HTML(&q->html, "</p>");
	}
}

static const struct course_of_rules *policy_asked(struct request *q, const struct pack **ret_of)
{
	size_t n = 0;
	const struct pack *const *packs = q->c->policy ? policy_packs(q->c->policy, &n) : NULL;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < packs[i]->npolicies; k++)
			if (str_eq(packs[i]->policies[k].kind, request_param(q, "kind")) &&
			    str_eq(packs[i]->policies[k].name, request_param(q, "name"))) {
				*ret_of = packs[i];
				return &packs[i]->policies[k];
			}
	return NULL;
}

enum err rules_detail_policy(struct request *q)
{
	const struct pack *p = NULL;
	const struct course_of_rules *x = policy_asked(q, &p);
	if (!x)
		return E_MISSING;
	const struct round_kind *kind = round_kind_named(q, x->kind);
	frame_begin(q, &(struct frame){ .title = policy_label(q, kind, x->name),
					.sub = kind ? str_of(say(q->lang, kind->title)) : x->kind,
					.crumbs = &to_rules,
					.ncrumbs = 1 });
	HTML(&q->html, "<div class=\"source\">");
	rules_mark(q, &x->mark);
	HTML(&q->html, "</div>");
	sheet_end(q);
	sheet_begin(q, N_("Conditions"));
	conditions(q, p, x);
	left_out(q, p, x);
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* ---- between versions ---- */

static void since(struct request *q, int64_t position)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	struct entry e;
	if (position && entry_get(q->c->store, position, &e) == E_OK)
		say_instant(q->lang, q->c->zone, e.at, &words);
	cell_text(q, text_of(q, &words));
}

static void versions(struct request *q, const struct pack_version *v, size_t n)
{
	static const struct head heads[] = {
		{ N_("Rules"), NULL, false, NULL },
		{ N_("Version"), NULL, false, NULL },
		{ N_("In use since"), NULL, false, NULL },
		{ N_("Until"), NULL, false, NULL },
	};
	table_begin(q, N_("Versions in use, the newest first"), heads, COUNT(heads));
	for (size_t i = 0; i < n; i++) {
		row_begin(q);
		cell_text(q, v[i].pack);
		cell_begin(q, false);
		html_text(&q->html, v[i].version);
		for (size_t k = i + 1; k < n; k++)
			if (str_eq(v[k].pack, v[i].pack)) {
				HTML(&q->html, " ");
				link_say(q, N_("what changed"), "/rules/changes?from=%d&to=%d", (long long)v[k].from,
					 (long long)v[i].from);
				break;
			}
		cell_end(q);
		since(q, v[i].from);
		since(q, v[i].to);
		row_end(q);
	}
	table_end(q);
}

static void difference(void *arg, const char *where, const char *before, const char *after)
{
	struct request *q = arg;
	row_begin(q);
	cell_text(q, str_of(where));
	cell_text(q, str_of(before));
	cell_text(q, str_of(after));
	row_end(q);
}

static enum err differences(struct request *q, int64_t from, int64_t to)
{
	static const struct head heads[] = {
		{ N_("Where"), NULL, false, NULL },
		{ N_("Before"), NULL, false, NULL },
		{ N_("After"), NULL, false, NULL },
	};
	const struct pack_reader *reader = policy_reader(q->c->policy);
	struct packs a CLEANUP(packs_release) = { 0 };
	struct packs b CLEANUP(packs_release) = { 0 };
	TRY(packs_load(q->c->store, reader, from, &a));
	TRY(packs_load(q->c->store, reader, to, &b));
	sheet_begin(q, N_("What changed"));
	table_begin(q, N_("Differences between the two versions"), heads, COUNT(heads));
	for (size_t i = 0; i < a.n; i++)
		for (size_t k = 0; k < b.n; k++)
			if (text_is(pack_name(a.list[i]), pack_name(b.list[k])))
				pack_differences(a.list[i], b.list[k], difference, q);
	table_end(q);
	sheet_end(q);
	return E_OK;
}

enum err rules_detail_changes(struct request *q)
{
	int64_t from = request_number(q, "from"), to = request_number(q, "to");
	struct pack_version *v;
	size_t n;
	TRY(packs_versions(q->c->store, q->arena, &v, &n));
	frame_begin(q, &(struct frame){ .crumbs = &to_rules, .ncrumbs = 1 });
	versions(q, v, n);
	sheet_end(q);
	if (from > 0 && to > 0 && q->c->policy)
		TRY(differences(q, from, to));
	frame_end(q);
	return E_OK;
}
