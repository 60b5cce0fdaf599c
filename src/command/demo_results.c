/* demo_results.c - ratings, examinations, courses and sanctions of the drawn people. */
#include "command/demo.h"

#include "base/csv.h"
#include "base/number.h"

/* ---- ratings ---- */

#define FIRST_RATED 2003
#define LAST_RATED 2007
/* Hundredths of a point. */
enum { USUAL = 7900, STAR = 9260, BELOW_STARS = 9090 };

/* A sum of four even draws: near enough to the bell. The width is about the deviation times 0.87. */
static int bell(struct draw *r, int width)
{
	int sum = 0;
	for (int i = 0; i < 4; i++)
		sum += draw_between(r, -width, width);
	return sum;
}

static void percent_cell(struct buf *out, int hundredths)
{
	struct buf cell CLEANUP(buf_release) = BUF_INIT;
	decimal_add(&cell, hundredths, 2);
	csv_cell(out, (struct str){ cell.p, cell.n });
}

/* staff_number,tool,year,score,lowest_component,proof */
static void rating_row(const char *number, int year, int score, int lowest, struct draw *r, struct buf *out)
{
	csv_cell_text(out, number);
	csv_cell_text(out, "DP3");
	csv_cell_int(out, year);
	percent_cell(out, score);
	if (lowest)
		csv_cell_int(out, lowest);
	else
		csv_cell_text(out, NULL);
	demo_proof_cell(out, r);
	csv_row_end(out);
}

static void rating_rows(struct demo_file *f, const struct demo_person *p)
{
	const struct demo *d = f->d;
	const struct window w = f->w;
	const char *number = f->number.p;
	struct buf *out = f->out;
	static const int falls[] = { 28, 42, 22, 8 };
	struct draw r = draw_from(d->seed, p->person, DRAW_RATING);
	bool star = draw_chance(&r, 40);
	int mean = star ? STAR : USUAL + bell(&r, 190);
	for (int year = FIRST_RATED; year <= LAST_RATED; year++) {
		int score = mean + (star ? draw_between(&r, -120, 120) : bell(&r, 173));
		int lowest = score / 100 - draw_weighted(&r, falls, COUNT(falls));
		struct draw paper = draw_from(d->seed, -2 - (p->person * 8 + year - FIRST_RATED), DRAW_RATING);
		if (!star && score > BELOW_STARS)
			score = BELOW_STARS;
		if (!draw_chance(&r, 9500))
			lowest = 0;
		if (year > date_year(p->joined) && demo_within(w, date_of(year, 12, 31)))
			rating_row(number, year, score, lowest, &paper, out);
	}
}

void demo_ratings_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	demo_each(d, w, out, rating_rows);
}

/* ---- examinations ---- */

enum { III_C = 11, IV_A = 13 };

/* staff_number,exam,taken_on,passed,proof */
static void exam_row(const char *number, const char *exam, date on, bool passed, struct window w, const struct draw *r,
		     struct buf *out)
{
	struct draw paper = *r; /* so that what follows does not depend on the load in which a row stands */
	if (demo_within(w, on)) {
		csv_cell_text(out, number);
		csv_cell_text(out, exam);
		demo_date_cell(out, on);
		csv_cell_text(out, passed ? "true" : "false");
		demo_proof_cell(out, &paper);
		csv_row_end(out);
	}
}

static const char *const preparing[] = { "prajabatan-1", "prajabatan-2", "prajabatan-3" };
static date rank_day(const struct demo_person *p, int rank)
{
	for (int i = 0; i < p->nranks; i++)
		if (p->ranks[i].rank == rank)
			return p->ranks[i].from;
	return DATE_NONE;
}

static void exam_rows(struct demo_file *f, const struct demo_person *p)
{
	const struct demo *d = f->d;
	const struct window w = f->w;
	const char *number = f->number.p;
	struct buf *out = f->out;
	struct draw r = draw_from(d->seed, p->person, DRAW_RESULTS);
	date iv_a = rank_day(p, IV_A), tried = date_of(2007, 4, 1) + draw_below(&r, 290);
	if (p->exam_1 != DATE_NONE) {
		if (draw_chance(&r, 3000))
			exam_row(number, "service-1", p->exam_1 - 365, false, w, &r, out);
		exam_row(number, "service-1", p->exam_1, true, w, &r, out);
	}
	if (p->stuck && draw_chance(&r, 7000)) {
		exam_row(number, "service-1", tried - 370, false, w, &r, out);
		exam_row(number, "service-1", tried, draw_chance(&r, 2500), w, &r, out);
	}
	if (iv_a != DATE_NONE && iv_a > p->joined && p->before < MASTER && draw_chance(&r, 4000))
		exam_row(number, "service-2", iv_a - draw_between(&r, 60, 250), true, w, &r, out);
	if (p->educated_on != DATE_NONE && p->education == BACHELOR && draw_chance(&r, 6000))
		exam_row(number, "diploma-adjustment", p->educated_on + draw_between(&r, 40, 170), true, w, &r, out);
}

void demo_exams_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	demo_each(d, w, out, exam_rows);
}

/* ---- courses ---- */

/* staff_number,course,completed_on,score,proof */
static void course_row(const char *number, const char *course, date on, struct window w, struct draw *r,
		       struct buf *out)
{
	int score = draw_chance(r, 8500) ? draw_between(r, 6200, 9400) / 25 * 25 : 0;
	struct draw paper = *r;
	if (!demo_within(w, on))
		return;
	csv_cell_text(out, number);
	csv_cell_text(out, course);
	demo_date_cell(out, on);
	if (score)
		percent_cell(out, score);
	else
		csv_cell_text(out, NULL);
	demo_proof_cell(out, &paper);
	csv_row_end(out);
}

/* The leadership course of a level bore another name before 2001. */
static const char *leadership(int level, date on, struct draw *r)
{
	static const char *const now[] = { "diklatpim-4", "diklatpim-3", "diklatpim-2", "diklatpim-1" };
	bool early = draw_chance(r, 4000);
	if (on >= date_of(2001, 7, 1) || level > 1)
		return now[level];
	return level ? early ? "sepadya" : "spama" : early ? "sepala" : "adum";
}

/* The course of a level comes soon after the rank that the level begins with. */
static void leadership_rows(const struct demo_person *p, const char *number, struct window w, struct draw *r,
			    struct buf *out)
{
	static const int ranks[] = { III_C, IV_A, 15 };
	int levels = p->band->low >= 14 ? 3 : p->band->low >= 12 ? 2 : 1;
	for (int level = 0; level < levels; level++) {
		date reached = rank_day(p, ranks[level]);
		date on = (reached == DATE_NONE ? p->ranks[p->nranks - 1].from : reached) + draw_between(r, 20, 400);
		bool taken = draw_chance(r, 9000 - 600 * level);
		if (taken && on > p->joined + 700 && on < date_of(2008, 9, 1))
			course_row(number, leadership(level, on, r), on, w, r, out);
	}
}

static void course_rows(struct demo_file *f, const struct demo_person *p)
{
	const struct demo *d = f->d;
	const struct window w = f->w;
	const char *number = f->number.p;
	struct buf *out = f->out;
	struct draw r = draw_from(d->seed, p->person + d->people, DRAW_RESULTS);
	int first = p->ranks[0].rank, group = first < 5 ? 0 : first < 9 ? 1 : 2;
	if (draw_chance(&r, 9700))
		course_row(number, preparing[group], p->joined + draw_between(&r, 90, 500), w, &r, out);
	if (p->band)
		leadership_rows(p, number, w, &r, out);
	else if (p->nranks > 2 && draw_chance(&r, 500))
		course_row(number, leadership(0, p->ranks[2].from, &r), p->ranks[2].from + 100, w, &r, out);
}

void demo_courses_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	demo_each(d, w, out, course_rows);
}

/* ---- sanctions ---- */

static const char *const sanctions[] = { "oral-reprimand",  "written-warning", "written-dissatisfaction",
					 "increment-delay", "pay-cut",         "promotion-delay" };

/* staff_number,kind,decided_on,grace_until,decree,proof */
static void sanction_rows(struct demo_file *f, const struct demo_person *p)
{
	const struct demo *d = f->d;
	const struct window w = f->w;
	const char *number = f->number.p;
	struct buf *out = f->out;
	static const int shares[] = { 30, 28, 14, 12, 6, 10 };
	struct draw r = draw_from(d->seed, p->person, DRAW_SANCTION);
	struct buf decree CLEANUP(buf_release) = BUF_INIT;
	int kind = draw_weighted(&r, shares, COUNT(shares));
	date on = date_of(draw_between(&r, 2004, 2008), draw_between(&r, 1, 8), draw_between(&r, 1, 28));
	if (!draw_chance(&r, 100) || on < p->joined + 400 || !demo_within(w, on))
		return;
	csv_cell_text(out, number);
	csv_cell_text(out, sanctions[kind]);
	demo_date_cell(out, on);
	demo_date_cell(out, kind < 3 ? DATE_NONE : date_add_months(on, 12) - 1);
	buf_printf(&decree, "KEP-%d/UP.9/%d", draw_between(&r, 1, 999), date_year(on));
	csv_cell(out, (struct str){ decree.p, decree.n });
	demo_proof_cell(out, &r);
	csv_row_end(out);
}

void demo_sanctions_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	demo_each(d, w, out, sanction_rows);
}
