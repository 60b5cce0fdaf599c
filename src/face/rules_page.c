/* rules_page.c - the rules in force: which, from where, and how much of them is assumed. */
#include "face/rules_page.h"

#include "face/round_words.h"

void rules_name(struct request *q, struct str name)
{
	struct str said = part_source(q, name);
	if (!str_eq(said, name)) {
		html_text(&q->html, said);
		return;
	}
	char *words = arena_text(q->arena, name.p, name.n);
	for (char *at = words; *at; at++)
		if (*at == '_' || *at == '.' || *at == '-')
			*at = ' ';
	html_say(&q->html, words);
}

/* "lowest_component": a word of the rules; "DP3", "III/a" or a sentence: not. */
static bool is_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '_' || s.p[i] == '-'))
			return false;
	return s.n > 0;
}

static void one_value(struct request *q, const struct value_kind *kind, struct str text)
{
	struct str label = kind->of ? part_label(q, kind->of, text) : text;
	if (!str_eq(label, text))
		html_text(&q->html, label);
	else if ((kind->type == P_TEXT || kind->type == P_CODE || kind->type == P_CODES) && is_word(text))
		rules_name(q, text);
	else
		html_text(&q->html, part_source(q, text));
}

/* "31 December": a day of every year. */
static void day_of_year(struct request *q, int64_t month_day)
{
	struct buf day CLEANUP(buf_release) = BUF_INIT;
	say_date(q->lang, date_of(2000, (int)(month_day / 100), (int)(month_day % 100)), &day);
	const char *year = strrchr(buf_str(&day), ' ');
	html_text(&q->html, (struct str){ day.p, year ? (size_t)(year - day.p) : day.n });
}

void rules_value(struct request *q, const struct value_kind *kind, const struct param *v)
{
	const struct sheet *s = kind->type == P_TABLE && kind->pack ? pack_sheet(kind->pack, v->t) : NULL;
	if (s)
		link_say(q, s->of->title, "/rules/tables/%s/%s", kind->pack->name, s->of->name);
	else if (kind->type == P_MONTH_DAY && v->set)
		day_of_year(q, v->i);
	else if (kind->type == P_BOOL && v->set)
		html_say(&q->html, v->i ? N_("yes") : N_("no"));
	else if (!v->list || v->t.n)
		one_value(q, kind, v->t);
	for (size_t i = 0; v->list && !v->t.n && i < v->n; i++) {
		html_cstr(&q->html, i ? ", " : "");
		one_value(q, kind, v->list[i]);
	}
}

void rules_mark(struct request *q, const struct mark *m)
{
	html_text(&q->html, part_source(q, m->source));
	if (!m->assumption)
		return;
	HTML(&q->html, " <details><summary>");
	tag(q, TONE_WAIT, N_("assumed"));
	HTML(&q->html, "</summary><div>");
	html_text(&q->html, part_source(q, m->reason));
	HTML(&q->html, "</div></details>");
}

/* ---- what is in force ---- */

static int64_t assumed_rows(const struct sheet *s)
{
	int64_t n = 0;
	for (size_t i = 0; i < s->n; i++)
		n += s->rows[i].mark.assumption;
	return n;
}

static int64_t assumed(const struct pack *p)
{
	int64_t n = 0;
	for (size_t i = 0; i < p->nsheets; i++)
		n += assumed_rows(&p->sheets[i]);
	for (size_t i = 0; i < p->nsettings; i++)
		n += p->settings[i].mark.assumption;
	for (size_t i = 0; i < p->npolicies; i++) {
		n += p->policies[i].mark.assumption;
		for (size_t k = 0; k < p->policies[i].ndemands; k++)
			n += p->policies[i].demands[k].mark.assumption;
	}
	return n;
}

static void pack_facts(struct request *q, const struct pack *p)
{
	facts_begin(q);
	fact_text(q, N_("Name"), str_of(p->name));
	fact_text(q, N_("Version"), str_of(p->version));
	fact_begin(q, N_("Applies to"));
	if (pack_is_whole(p))
		html_say(&q->html, N_("the whole service"));
	else
		html_text(&q->html, p->applies_to);
	fact_end(q);
	fact_int(q, N_("Tables"), (int64_t)p->nsheets);
	fact_int(q, N_("Single values"), (int64_t)p->nsettings);
	fact_begin(q, N_("Assumed"));
	html_int(&q->html, assumed(p));
	fact_end(q);
	facts_end(q);
}

static const struct head policy_heads[] = {
	{ N_("Rules of a round"), NULL, false, NULL }, { N_("Kind of round"), NULL, false, NULL },
	{ N_("Conditions"), NULL, true, NULL },        { N_("From"), NULL, false, NULL },
	{ N_("Source"), NULL, false, NULL },
};

static const char *kind_words(struct request *q, struct str kind)
{
	const struct round_kind *k = round_kind_named(q, kind);
	return k ? say(q->lang, k->title) : terminated(q, kind);
}

static void policies(struct request *q, const struct pack *p)
{
	table_begin(q, N_("By what people are judged"), policy_heads, COUNT(policy_heads));
	for (size_t i = 0; i < p->npolicies; i++) {
		const struct course_of_rules *x = &p->policies[i];
		row_begin(q);
		cell_begin(q, false);
		link_text(q, policy_label(q, round_kind_named(q, x->kind), x->name), "/rules/policies/%s/%s",
			  terminated(q, x->kind), terminated(q, x->name));
		if (x->by_default)
			tag(q, TONE_NOTE, N_("usual"));
		cell_end(q);
		cell_text(q, str_of(kind_words(q, x->kind)));
		cell_int(q, (int64_t)x->ndemands);
		cell_date(q, x->mark.from == DATE_MIN ? DATE_NONE : x->mark.from);
		cell_begin(q, false);
		rules_mark(q, &x->mark);
		cell_end(q);
		row_end(q);
	}
	table_end(q);
}

static const struct head table_heads[] = {
	{ N_("Table"), NULL, false, NULL },
	{ N_("Rows"), NULL, true, NULL },
	{ N_("Assumed"), NULL, true, NULL },
};

static void tables(struct request *q, const struct pack *p)
{
	table_begin(q, N_("Tables: scales, kinds and lists"), table_heads, COUNT(table_heads));
	for (size_t i = 0; i < p->nsheets; i++) {
		const struct sheet *s = &p->sheets[i];
		row_begin(q);
		cell_begin(q, false);
		link_say(q, s->of->title, "/rules/tables/%s/%s", p->name, s->of->name);
		cell_end(q);
		cell_int(q, (int64_t)s->n);
		cell_int(q, assumed_rows(s));
		row_end(q);
	}
	table_end(q);
}

static const struct head value_heads[] = {
	{ N_("Value"), NULL, false, NULL },
	{ N_("Is"), NULL, false, NULL },
	{ N_("From"), NULL, false, NULL },
	{ N_("Source"), NULL, false, NULL },
};

static void values(struct request *q, const struct pack *p)
{
	if (!p->nsettings)
		return;
	table_begin(q, N_("Single values: ages, terms and days"), value_heads, COUNT(value_heads));
	for (size_t i = 0; i < p->nsettings; i++) {
		const struct setting *s = &p->settings[i];
		row_begin(q);
		cell_begin(q, false);
		if (s->of->label)
			html_say(&q->html, s->of->label);
		else
			rules_name(q, str_of(s->of->name));
		cell_end(q);
		cell_begin(q, false);
		rules_value(q, &(struct value_kind){ s->of->type, s->of->of, p }, &s->value);
		cell_end(q);
		cell_date(q, s->mark.from == DATE_MIN ? DATE_NONE : s->mark.from);
		cell_begin(q, false);
		rules_mark(q, &s->mark);
		cell_end(q);
		row_end(q);
	}
	table_end(q);
}

static void show_pack(struct request *q, const struct pack *p)
{
	pack_facts(q, p);
	sheet_end(q);
	if (p->npolicies) {
		sheet_begin(q, N_("Rounds"));
		policies(q, p);
		sheet_end(q);
	}
	sheet_begin(q, N_("Values"));
	values(q, p);
	sheet_end(q);
	sheet_begin(q, N_("Tables"));
	tables(q, p);
}

enum err rules_page_draw(struct request *q)
{
	size_t n = 0;
	const struct pack *const *packs = q->c->policy ? policy_packs(q->c->policy, &n) : NULL;
	frame_begin(q, &(struct frame){ 0 });
	for (size_t i = 0; i < n; i++) {
		if (i) {
			sheet_end(q);
			sheet_begin(q, NULL);
		}
		HTML(&q->html, "<h2>");
		html_text(&q->html, part_source(q, str_of(packs[i]->title)));
		HTML(&q->html, "</h2>");
		show_pack(q, packs[i]);
	}
	if (!n)
		part_empty(q, N_("No rules are loaded yet."),
			   N_("Whoever runs this system loads them as a folder; then rounds can be opened."), NULL,
			   NULL);
	HTML(&q->html, "<p>");
	link_say(q, N_("What changed between versions"), "/rules/changes");
	HTML(&q->html, "</p>");
	sheet_end(q);
	frame_end(q);
	return E_OK;
}
