/* health_page.c - how sound the files are, by unit: what is proved by paper, which faults there are, where it is worst;
 * and who has a fault, for who may read files. */
#include "modules/career/doubles.h"
#include "modules/career/tally.h"

#define WORST 10
#define FEWEST 5 /* people of a unit that is compared: one file says nothing of an office */
#define SHOWN 50

/* In tenths of a percent as the reader writes it: "97.4". */
static void share(struct request *q, int64_t part, int64_t whole)
{
	if (whole)
		html_percent(&q->html, (part * 2000 + whole) / (2 * whole) * 10);
	else
		HTML(&q->html, "–");
}

static void share_cell(struct request *q, int64_t part, int64_t whole)
{
	cell_begin(q, true);
	share(q, part, whole);
	cell_end(q);
}

static void summary(struct request *q, const struct tally *t)
{
	facts_begin(q);
	fact_int(q, N_("People in service"), t->all.people);
	fact_begin(q, N_("Every fact proved by paper, in percent"));
	share(q, t->all.proved, t->all.people);
	fact_end(q);
	fact_begin(q, N_("Files without any fault, in percent"));
	share(q, t->all.sound, t->all.people);
	fact_end(q);
	facts_end(q);
}

static void faults(struct request *q, const struct tally *t)
{
	static const struct head heads[] = {
		{ N_("Fault") },
		{ N_("People"), .number = true },
		{ N_("Share"), N_("percent"), .number = true },
		{ N_("What to do") },
	};
	const char *unit = terminated(q, request_param(q, "unit"));
	table_begin(q, N_("Faults by kind"), heads, COUNT(heads));
	for (int f = 0; f < FAULT_KINDS; f++) {
		row_begin(q);
		cell_begin(q, false);
		if (t->fault[f] && who_may(q->who, MAY_PEOPLE))
			link_say(q, fault_words((enum fault)f), "/health/people?fault=%d&unit=%s", (long long)f + 1,
				 unit);
		else
			html_say(&q->html, fault_words((enum fault)f));
		cell_end(q);
		cell_int(q, t->fault[f]);
		share_cell(q, t->fault[f], t->all.people);
		cell_text(q, str_of(t->fault[f] ? say(q->lang, fault_todo((enum fault)f)) : ""));
		row_end(q);
	}
	table_end(q);
	HTML(&q->html, "<p class=\"source\">");
	html_say(&q->html,
		 N_("Two own posts at once, and one post with two holders, cannot be: neither can be entered."));
	HTML(&q->html, "</p>");
}

static enum err by_unit(struct request *q, const char *caption, const struct tally_row *v, size_t n)
{
	static const struct head heads[] = {
		{ N_("Unit") },
		{ N_("People"), .number = true },
		{ N_("Proved by paper"), N_("percent"), .number = true },
		{ N_("Without any fault"), N_("percent"), .number = true },
	};
	table_begin(q, caption, heads, COUNT(heads));
	for (size_t i = 0; i < n; i++) {
		struct str name, code;
		if (!v[i].people)
			continue;
		TRY(part_name(q->c, &unit_entity, v[i].unit, AS_OF_NOW, &name));
		TRY(key_text(q->c, &unit_entity, v[i].unit, 0, &code));
		row_begin(q);
		cell_begin(q, false);
		link_text(q, name, "/health?unit=%s", terminated(q, code));
		cell_end(q);
		cell_int(q, v[i].people);
		share_cell(q, v[i].proved, v[i].people);
		share_cell(q, v[i].sound, v[i].people);
		row_end(q);
	}
	table_end(q);
	return E_OK;
}

/* The smaller share of sound files first; then the larger unit; then as they stand in the tree. */
static int worse(const void *a, const void *b)
{
	const struct tally_row *x = a, *y = b;
	int64_t left = x->sound * y->people, right = y->sound * x->people;
	if (left != right)
		return left < right ? -1 : 1;
	if (x->people != y->people)
		return x->people > y->people ? -1 : 1;
	return (x->range.low > y->range.low) - (x->range.low < y->range.low);
}

static enum err worst(struct request *q, const struct picture *p, const struct within *w)
{
	struct tally each;
	size_t n = 0;
	tally_each(q, p, w, &each);
	for (size_t i = 0; i < each.n; i++)
		if (each.v[i].people >= FEWEST && each.v[i].sound < each.v[i].people)
			each.v[n++] = each.v[i];
	if (!n)
		return E_OK;
	qsort(each.v, n, sizeof *each.v, worse);
	sheet_begin(q, N_("Where it is worst"));
	TRY(by_unit(q, N_("Of the units with five people or more, the ten with the fewest sound files"), each.v,
		    n < WORST ? n : WORST));
	sheet_end(q);
	return E_OK;
}

static enum err doubles(struct request *q, const struct picture *p, const struct within *w)
{
	struct kept *k CLEANUP(keep_let_go) = NULL;
	int64_t n = 0;
	TRY(doubles_get(q->c, false, &k));
	const struct doubles *d = k->what;
	for (size_t i = 0; i < d->n; i++)
		n += doubles_within(p, w, &d->v[i]);
	sheet_begin(q, N_("One person with two files?"));
	HTML(&q->html, "<p>");
	html_sayf(&q->html,
		  say_n(q->lang, N_("%lld pair of files could be one person."),
			N_("%lld pairs of files could be one person."), n),
		  (long long)n);
	HTML(&q->html, " ");
	html_say(&q->html,
		 N_("Same day of birth and nearly the same name, or the same name and a day of birth that was "
		    "turned round."));
	HTML(&q->html, "</p>");
	if (n && who_may(q->who, MAY_PEOPLE)) {
		HTML(&q->html, "<p class=\"actions\">");
		button_link(q, false, N_("Look at them side by side"), "/health/doubles?unit=%s",
			    terminated(q, request_param(q, "unit")));
		HTML(&q->html, "</p>");
	}
	sheet_end(q);
	return E_OK;
}

enum err health_page_draw(struct request *q)
{
	struct kept *k CLEANUP(keep_let_go) = NULL;
	struct within w;
	struct tally t;
	int64_t unit;
	struct str name = { 0 };
	TRY(unit_of_page(q, MAY_FIGURES, &w, &unit));
	TRY(picture_get(q->c, true, &k));
	const struct picture *p = k->what;
	TRY(tally_below(q, p, &w, unit, &t));
	if (unit)
		TRY(part_name(q->c, &unit_entity, unit, AS_OF_NOW, &name));
	frame_begin(q, &(struct frame){ .sub = name });
	summary(q, &t);
	counted(q, k);
	sheet_end(q);
	sheet_begin(q, N_("What is wrong"));
	faults(q, &t);
	sheet_end(q);
	if (t.n) {
		sheet_begin(q, N_("By unit"));
		TRY(by_unit(q, N_("The units right below"), t.v, t.n));
		sheet_end(q);
	}
	TRY(worst(q, p, &w));
	TRY(doubles(q, p, &w));
	frame_end(q);
	return E_OK;
}

/* ---- who ---- */

static enum err people_table(struct request *q, const struct picture *p, const struct within *w, int fault)
{
	static const struct head heads[] = {
		{ N_("Name"), N_("number") },
		{ N_("Unit") },
	};
	struct list_key after;
	int64_t all = 0, shown = 0, last = 0;
	bool more = false;
	part_page_key(q, &after);
	for (size_t i = 0; i < p->n; i++) {
		const struct sight *s = &p->v[i];
		if (!within_has(w, s) || !(s->faults[within_clearance(w, s->order)] >> fault & 1))
			continue;
		all++;
		if (s->person <= after.id)
			continue;
		if (shown == SHOWN) {
			more = true;
			continue;
		}
		if (!shown++)
			table_begin(q, fault_words((enum fault)fault), heads, COUNT(heads));
		row_begin(q);
		TRY(person_cells(q, s->person));
		row_end(q);
		last = s->person;
	}
	if (!shown) {
		part_empty(q, N_("Nobody here has this fault."), N_("Look at another kind, or at a larger unit."),
			   who_may(q->who, MAY_FIGURES) ? N_("Data health") : NULL, "/health");
		return E_OK;
	}
	table_end(q);
	struct list_key next = { .id = last };
	part_pager(q, shown, all, 0, more ? &next : NULL);
	return E_OK;
}

enum err health_page_list(struct request *q)
{
	struct kept *k CLEANUP(keep_let_go) = NULL;
	struct within w;
	int64_t unit, fault = request_number(q, "fault") - 1;
	struct crumb crumb = { .words = N_("Data health"), .href = "/health" };
	if (fault < 0 || fault >= FAULT_KINDS) { /* the list of faults leads on */
		request_see_again(q, STR("/health"));
		return E_OK;
	}
	TRY(unit_of_page(q, MAY_PEOPLE, &w, &unit));
	TRY(picture_get(q->c, true, &k));
	frame_begin(q, &(struct frame){ .title = str_of(say(q->lang, fault_words((enum fault)fault))),
					.sub = str_of(say(q->lang, fault_todo((enum fault)fault))),
					.crumbs = &crumb,
					.ncrumbs = who_may(q->who, MAY_FIGURES) });
	TRY(people_table(q, k->what, &w, (int)fault));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}
