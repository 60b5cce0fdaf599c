/* figures_page.c - the staff in figures: by category, rank, age and unit, each drawn and as a table; posts outside
 * their band, vacancies, how complete the descriptions of jobs are. */
#include "modules/career/tally.h"

#define MOST 48
#define UNITS 20

/* A few labels with their counts. */
struct bars {
	struct str label[MOST];
	int64_t v[MOST];
	size_t n;
};

/* How many of those within reach have each code, and are of each age. */
#define AGES 128
struct counts {
	int64_t *rank, *category; /* by number of the code; 0: none */
	int64_t codes;            /* the greatest */
	int64_t age[AGES];
};

static void count_people(struct request *q, const struct picture *p, const struct within *w, struct counts *ret)
{
	*ret = (struct counts){ 0 };
	for (size_t i = 0; i < p->n; i++) {
		int64_t most = p->v[i].rank_code > p->v[i].category ? p->v[i].rank_code : p->v[i].category;
		ret->codes = most > ret->codes ? most : ret->codes;
	}
	ret->rank = ARENA_ARRAY(q->arena, int64_t, ret->codes + 1);
	ret->category = ARENA_ARRAY(q->arena, int64_t, ret->codes + 1);
	for (size_t i = 0; i < p->n; i++) {
		const struct sight *s = &p->v[i];
		if (!within_has(w, s))
			continue;
		ret->rank[s->rank_code]++;
		ret->category[s->category]++;
		if (s->age >= 0)
			ret->age[s->age < AGES ? s->age : AGES - 1]++;
	}
}

/* All codes of a table in its order, also those that nobody has; then what is of none of them. */
static void bars_of(struct request *q, const char *of, int64_t *counts, int64_t greatest, struct bars *b)
{
	const struct codes *codes = q->c->codes;
	int64_t code[MOST];
	*b = (struct bars){ 0 };
	b->n = codes->choices ? codes->choices(codes->arg, of, q->c->today, code, MOST - 1) : 0;
	for (size_t i = 0; i < b->n; i++) {
		b->label[i] = part_code(q, code[i]);
		if (code[i] > greatest)
			continue;
		b->v[i] = counts[code[i]];
		counts[code[i]] = 0;
	}
	for (int64_t i = 0; i <= greatest && b->n < MOST; i++)
		if (counts[i])
			b->v[b->n++] = counts[i];
}

static void draw_bars(struct request *q, const char *title, const char *what, const char *head, struct bars *b)
{
	static const char *const series[] = { N_("People"), NULL };
	for (size_t i = 0; i < b->n; i++)
		if (!b->label[i].n)
			b->label[i] = str_of(say(q->lang, N_("none in the file")));
	sheet_begin(q, title);
	part_chart(q, &(struct chart){ .title = what,
				       .labels = b->label,
				       .n = b->n,
				       .series = series,
				       .values = b->v,
				       .label_head = head });
	sheet_end(q);
}

static void by_code(struct request *q, const struct counts *n)
{
	struct bars b;
	bars_of(q, "categories", n->category, n->codes, &b);
	draw_bars(q, N_("By category"), N_("How many people in service are of each category of staff."), N_("Category"),
		  &b);
	bars_of(q, "ranks", n->rank, n->codes, &b);
	draw_bars(q, N_("By rank"), N_("How many people in service hold each rank, from the lowest to the highest."),
		  N_("Rank"), &b);
}

#define AGE_STEP 5
#define AGE_FIRST 20
#define AGE_GROUPS 10

static void by_age(struct request *q, const struct counts *n)
{
	struct bars b = { .n = AGE_GROUPS };
	for (int i = 1; i + 1 < AGE_GROUPS; i++)
		b.label[i] = str_of(arena_printf(q->arena, "%d–%d", AGE_FIRST + i * AGE_STEP,
						 AGE_FIRST + i * AGE_STEP + AGE_STEP - 1));
	b.label[0] = str_of(arena_printf(q->arena, say(q->lang, N_("to %d")), AGE_FIRST + AGE_STEP - 1));
	b.label[AGE_GROUPS - 1] = str_of(
		arena_printf(q->arena, say(q->lang, N_("%d and more")), AGE_FIRST + (AGE_GROUPS - 1) * AGE_STEP));
	for (int age = 0; age < AGES; age++) {
		int group = (age - AGE_FIRST) / AGE_STEP;
		b.v[group < 0 ? 0 : group >= AGE_GROUPS ? AGE_GROUPS - 1 : group] += n->age[age];
	}
	draw_bars(q, N_("By age"), N_("How many people in service are of each age, in groups of five years."),
		  N_("Age"), &b);
}

static enum err by_unit(struct request *q, const struct tally *t)
{
	struct bars b = { 0 };
	for (size_t i = 0; i < t->n && b.n < UNITS; i++) {
		if (!t->v[i].people)
			continue;
		TRY(part_name(q->c, &unit_entity, t->v[i].unit, AS_OF_NOW, &b.label[b.n]));
		b.v[b.n++] = t->v[i].people;
	}
	if (b.n)
		draw_bars(q, N_("By unit"),
			  N_("How many people in service work in each unit right below, with all under it."),
			  N_("Unit"), &b);
	return E_OK;
}

/* ---- jobs ---- */

/* How many elements the description of each job class has, of those that the rules name. */
static enum err descriptions(struct request *q)
{
	static const struct head heads[] = {
		{ N_("Job class") },
		{ N_("Elements described"), .number = true },
		{ N_("State") },
	};
	struct query all = { .entity = &job_class_entity, .at = { q->c->today, 0 }, .extent = HOLDING };
	struct rules *rules CLEANUP(rules_free_p) = NULL;
	struct record **jobs;
	size_t n;
	TRY(rules_at(q->c->policy, NULL, 0, q->c->today, &rules));
	size_t asked = rules_count(rules, "job_description_elements");
	TRY(read_all(q->c, &all, &jobs, &n));
	if (!n)
		return E_OK;
	sheet_begin(q, N_("How complete the descriptions of jobs are"));
	table_begin(q, N_("Job classes and how many of the elements are described"), heads, COUNT(heads));
	for (size_t i = 0; i < n; i++) {
		struct query of = {
			.entity = &job_element_entity, .owner = jobs[i]->id, .at = { q->c->today, 0 }, .extent = HOLDING
		};
		struct record **elements;
		size_t has;
		TRY(read_all(q->c, &of, &elements, &has));
		row_begin(q);
		cell_begin(q, false);
		part_record(q, &job_class_entity, jobs[i]->id, false);
		cell_end(q);
		cell_begin(q, true);
		html_text(&q->html, str_of(arena_printf(q->arena, say(q->lang, N_("%zu of %zu")), has, asked)));
		cell_end(q);
		cell_begin(q, false);
		if (has >= asked)
			tag(q, TONE_GOOD, N_("complete"));
		else
			tag(q, TONE_WAIT, N_("missing"));
		cell_end(q);
		row_end(q);
	}
	table_end(q);
	sheet_end(q);
	return E_OK;
}

static void summary(struct request *q, const struct tally *t)
{
	const char *unit = terminated(q, request_param(q, "unit"));
	facts_begin(q);
	fact_int(q, N_("People in service"), t->all.people);
	fact_int(q, N_("Posts"), t->all.posts);
	fact_int(q, N_("Vacant posts"), t->all.posts > t->all.held ? t->all.posts - t->all.held : 0);
	fact_begin(q, N_("Rank outside the band of the post"));
	if (t->fault[FAULT_OUTSIDE_BAND] && who_may(q->who, MAY_PEOPLE)) {
		HTML(&q->html, "<a");
		html_link(&q->html, "href", "/health/people?fault=%d&unit=%s", (long long)FAULT_OUTSIDE_BAND + 1, unit);
		HTML(&q->html, ">");
		html_int(&q->html, t->fault[FAULT_OUTSIDE_BAND]);
		HTML(&q->html, "</a>");
	} else {
		html_int(&q->html, t->fault[FAULT_OUTSIDE_BAND]);
	}
	fact_end(q);
	facts_end(q);
}

static void filter(struct request *q)
{
	form_begin(q, &(struct form){ .get = true, .quiet = true }, "/figures");
	form_control(q, &(struct control_ask){ .name = "unit",
					       .label = N_("Unit: code or name"),
					       .kind = C_TEXT,
					       .value = request_param(q, "unit") });
	form_end(q, N_("Show"));
}

enum err figures_page_draw(struct request *q)
{
	struct kept *k CLEANUP(keep_let_go) = NULL;
	struct within w;
	struct tally t;
	struct counts n;
	struct str name = { 0 };
	int64_t unit;
	TRY(unit_of_page(q, MAY_FIGURES, &w, &unit));
	TRY(picture_get(q->c, true, &k));
	TRY(tally_below(q, k->what, &w, unit, &t));
	if (unit)
		TRY(part_name(q->c, &unit_entity, unit, AS_OF_NOW, &name));
	frame_begin(q, &(struct frame){ .sub = name });
	filter(q);
	summary(q, &t);
	counted(q, k);
	sheet_end(q);
	count_people(q, k->what, &w, &n);
	by_code(q, &n);
	by_age(q, &n);
	TRY(by_unit(q, &t));
	TRY(descriptions(q));
	frame_end(q);
	return E_OK;
}
