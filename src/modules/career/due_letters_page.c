/* due_letters_page.c - letters for what falls due: one a sheet of paper, in the words of the rules, with room for
 * number, date and signature. No number is given here: the office enters it by hand. */
#include "modules/career/due_found.h"

#define MOST 40 /* letters of one print */

/* The words of one kind in the reader's language, else in the first that there is. NULL: none. */
static const struct rules_row *wording(struct request *q, const struct rules *r, const char *kind)
{
	const struct rules_row *first = NULL;
	for (const struct rules_row *row = rules_row(r, "letters", 0); row; row = rules_next(row)) {
		if (!str_is(row_text(row, "kind"), kind))
			continue;
		if (str_is(row_text(row, "language"), lang_tag(q->lang)))
			return row;
		first = first ? first : row;
	}
	return first;
}

/* What the braces of one letter stand for. */
struct letter {
	struct request *q;
	const struct rules *rules;
	const struct due_hit *due;
	struct str name, number, post, unit, rank, rank_words;
};

static enum err read_letter(struct letter *l)
{
	struct request *q = l->q;
	struct list_row r;
	const struct projection *p = &staff_now_projection;
	struct moment now = AS_OF_NOW;
	TRY(list_one(q->c, p, l->due->sight->person, &r));
	const struct value *post = &r.v[projection_column(p, "post")], *unit = &r.v[projection_column(p, "unit")];
	const struct value *rank = &r.v[projection_column(p, "rank")];
	l->name = r.v[projection_column(p, "name")].t;
	l->number = r.code;
	if (post->set)
		TRY(part_name(q->c, &post_entity, post->i, now, &l->post));
	if (unit->set)
		TRY(part_name(q->c, &unit_entity, unit->i, now, &l->unit));
	if (rank->set) {
		l->rank = q->c->codes->text(q->c->codes->arg, rank->i);
		l->rank_words = part_code(q, rank->i);
	}
	return E_OK;
}

/* The printed pay of the rank at a year of the scale; or, with `before`, the line before it. NULL: none. */
static const struct rules_row *pay(const struct letter *l, bool before)
{
	const struct rules_row *best = NULL;
	int64_t years = l->due->sight->years;
	for (const struct rules_row *row = rules_row(l->rules, "basic_salary", 0); row; row = rules_next(row)) {
		int64_t at = row_int(row, "years", 0);
		if (!str_eq(row_text(row, "rank"), l->rank) || (before ? at >= years : at != years))
			continue;
		if (!best || at > row_int(best, "years", 0))
			best = row;
	}
	return best;
}

static void add_pay(const struct letter *l, bool before, struct buf *out)
{
	const struct rules_row *row = pay(l, before);
	if (row)
		say_int(l->q->lang, row_int(row, "amount", 0), out);
	else
		buf_text(out, "……………");
}

static void add_str(struct buf *out, struct str s)
{
	buf_add(out, s.p ? s.p : "", s.n);
}

static void add_who(const struct letter *l, struct buf *out)
{
	const struct str lines[] = { l->name, l->number, l->rank_words, l->post, l->unit };
	for (size_t i = 0; i < COUNT(lines); i++)
		if (lines[i].n) {
			add_str(out, lines[i]);
			buf_text(out, i + 1 < COUNT(lines) ? "|" : "");
		}
}

static void add_word(const struct letter *l, struct str word, struct buf *out)
{
	const struct rules_row *row = pay(l, false);
	if (str_is(word, "who"))
		add_who(l, out);
	else if (str_is(word, "name"))
		add_str(out, l->name);
	else if (str_is(word, "number"))
		add_str(out, l->number);
	else if (str_is(word, "rank"))
		add_str(out, l->rank_words);
	else if (str_is(word, "post"))
		add_str(out, l->post);
	else if (str_is(word, "unit"))
		add_str(out, l->unit);
	else if (str_is(word, "due_on"))
		say_date(l->q->lang, l->due->on, out);
	else if (str_is(word, "born"))
		say_date(l->q->lang, l->due->sight->born, out);
	else if (str_is(word, "grade_service"))
		say_months(l->q->lang, (int64_t)l->due->sight->years * 12, out);
	else if (str_is(word, "old_pay"))
		add_pay(l, true, out);
	else if (str_is(word, "new_pay"))
		add_pay(l, false, out);
	else if (str_is(word, "currency"))
		add_str(out, row ? row_text(row, "currency") : (struct str){ 0 });
	else
		buf_printf(out, "{%.*s}", (int)word.n, word.p);
}

static void fill(const struct letter *l, struct str body, struct buf *out)
{
	while (body.n) {
		const char *open = memchr(body.p, '{', body.n);
		const char *end = open ? memchr(open, '}', (size_t)(body.p + body.n - open)) : NULL;
		if (!end) {
			add_str(out, body);
			return;
		}
		buf_add(out, body.p, (size_t)(open - body.p));
		add_word(l, (struct str){ open + 1, (size_t)(end - open - 1) }, out);
		body.n -= (size_t)(end + 1 - body.p);
		body.p = end + 1;
	}
}

/* One upright stroke begins a new line, two a new paragraph. */
static void paragraphs(struct request *q, struct str text)
{
	struct html *h = &q->html;
	HTML(h, "<p>");
	while (text.n) {
		const char *stroke = memchr(text.p, '|', text.n);
		size_t n = stroke ? (size_t)(stroke - text.p) : text.n;
		bool two = stroke && n + 1 < text.n && stroke[1] == '|';
		html_text(h, str_trim((struct str){ text.p, n }));
		if (two)
			HTML(h, "</p><p>");
		else if (stroke)
			HTML(h, "<br>");
		n += two ? 2 : stroke != NULL;
		text.p += n;
		text.n -= n;
	}
	HTML(h, "</p>");
}

static void about(struct request *q, const char *label, struct str value)
{
	struct html *h = &q->html;
	HTML(h, "<tr><th scope=\"row\">");
	html_say(h, label);
	HTML(h, "</th><td>");
	html_text(h, value);
	HTML(h, "</td></tr>");
}

static enum err letter(struct letter *l, const struct rules_row *words)
{
	struct request *q = l->q;
	struct html *h = &q->html;
	struct buf body CLEANUP(buf_release) = BUF_INIT;
	TRY(read_letter(l));
	fill(l, row_text(words, "body"), &body);
	HTML(h, "<div class=\"letter\"><p class=\"place\">");
	html_say(h, N_("Place and date: ……………………………"));
	HTML(h, "</p><table class=\"about\"><tbody>");
	about(q, N_("Number"), STR("……………………………"));
	about(q, N_("Matter"), row_text(words, "title"));
	HTML(h, "</tbody></table><p class=\"to\">");
	html_text(h, l->name);
	HTML(h, "<br>");
	html_text(h, l->unit);
	HTML(h, "</p>");
	paragraphs(q, (struct str){ body.p, body.n });
	HTML(h, "<div class=\"sign\"><p>");
	html_say(h, N_("Signature, name and number of who signs: ……………………………"));
	HTML(h, "</p></div><div class=\"proof\">");
	html_sayf(h, N_("As known at receipt %lld. Ground: %s."), (long long)ledger_head(q->c->ledger),
		  terminated(q, part_source(q, row_source(words))));
	if (row_assumed(words)) {
		HTML(h, " ");
		html_say(h, N_("The wording is an assumption: compare it with the form of your office."));
	}
	HTML(h, "</div></div>\n");
	return E_OK;
}

static enum err print(struct request *q, const struct due_found *l, const struct rules *rules,
		      const struct rules_row *words, int64_t person)
{
	struct due_hit d, last = { 0 }, more;
	size_t printed = 0, at = due_found_first(q, l);
	while (printed < MOST && due_found_next(q, l, &at, &d)) {
		struct letter one = { .q = q, .rules = rules, .due = &d };
		if (person && d.sight->person != person)
			continue;
		TRY(letter(&one, words));
		last = d;
		printed++;
	}
	if (printed && !person) {
		struct list_key next = due_found_key(&last);
		sheet_begin(q, NULL);
		part_pager(q, (int64_t)printed, l->n, 0, due_found_next(q, l, &at, &more) ? &next : NULL);
		sheet_end(q);
	}
	if (!printed)
		part_empty(q, N_("No letter falls due in that time."), N_("Look further ahead, or at a larger unit."),
			   NULL, NULL);
	return E_OK;
}

static enum err person_asked(struct request *q, int64_t *ret)
{
	struct str number = request_param(q, "person");
	bool closed;
	*ret = 0;
	if (!number.n)
		return E_OK;
	TRY(key_find(q->c, &person_entity, number, ret));
	return face_may_see(q, &person_entity, *ret, &closed);
}

enum err due_letters_draw(struct request *q)
{
	struct due_found l CLEANUP(due_found_release) = { 0 };
	struct rules *rules CLEANUP(rules_free_p) = NULL;
	int64_t person;
	TRY(person_asked(q, &person));
	TRY(due_found_read(q, &l));
	TRY(rules_at(q->c->policy, NULL, 0, q->c->today, &rules));
	const struct rules_row *words = l.kind < 0 ? NULL : wording(q, rules, due_kind_code((enum due_kind)l.kind));
	frame_begin(q, &(struct frame){ .printed = true });
	HTML(&q->html, "<p class=\"noprint\">");
	html_sayf(&q->html, N_("At most %d letters are printed at once; the next ones follow below."), MOST);
	HTML(&q->html, " ");
	link_say(q, N_("Back to what falls due"), "/due");
	HTML(&q->html, "</p>");
	sheet_end(q);
	if (words) {
		TRY(print(q, &l, rules, words, person));
	} else {
		sheet_begin(q, NULL);
		part_empty(
			q, N_("There is no letter of that kind."),
			N_("Letters are printed for increments and for retirements; their words stand in the rules."),
			N_("What falls due"), "/due");
		sheet_end(q);
	}
	frame_end(q);
	return E_OK;
}
