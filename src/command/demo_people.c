/* demo_people.c - who they are: age, schooling, the day of joining, and every rank since. */
#include "command/demo.h"

#include "base/csv.h"

static const char *const education_words[] = { "primary",   "junior-high", "senior-high", "diploma-1", "diploma-2",
					       "diploma-3", "diploma-4",   "bachelor",    "master",    "doctorate" };

/* The rank with which one begins, and the highest that this schooling lets general staff reach. */
static const int first_rank[] = { 1, 3, 5, 6, 6, 7, 9, 9, 10, 11 };
static const int last_rank[] = { 5, 7, 10, 10, 10, 11, 12, 12, 13, 14 };

enum { III_A = 9, III_D = 12 };

/* Half-years since that of April of year 0, so that a rise four years later is eight further on. */
date demo_period(int n)
{
	return date_of(n / 2, n % 2 ? 10 : 4, 1);
}

static int period_after(date day)
{
	int n = date_year(day) * 2 - 1;
	while (demo_period(n) < day)
		n++;
	return n;
}

#define NOW_PERIOD (2008 * 2) /* April 2008, the last one before the story's end */

/* ---- schooling and age ---- */

/* The young have been to school longer. */
static enum education draw_education(struct draw *r, const struct demo_person *p, int birth)
{
	static const int early[] = { 4, 6, 58, 3, 2, 11, 1, 14, 1, 0 };
	static const int late[] = { 0, 1, 33, 4, 1, 22, 3, 33, 3, 0 };
	static const int functional[] = { 0, 0, 6, 0, 0, 18, 5, 54, 16, 1 };
	static const int senior[] = { 0, 0, 0, 0, 0, 0, 0, 12, 70, 18 };
	static const int middle[] = { 0, 0, 0, 0, 0, 0, 2, 44, 52, 2 };
	static const int lower[] = { 0, 0, 2, 0, 0, 8, 6, 64, 20, 0 };
	const int *weights = birth < 1966 ? early : late;
	if (p->category == FUNCTIONAL)
		weights = functional;
	else if (p->band)
		weights = p->band->low >= 14 ? senior : p->band->low >= III_D ? middle : lower;
	return (enum education)draw_weighted(r, weights, COUNT(early));
}

/* Many were taken on in the seventies and leave together. */
static int birth_year(struct draw *r, const struct demo_person *p)
{
	static const struct {
		int from, to;
	} spans[] = {
		{ 1952, 1952 }, { 1953, 1956 }, { 1957, 1961 }, { 1962, 1967 },
		{ 1968, 1973 }, { 1974, 1979 }, { 1980, 1984 },
	};
	static const int shares[] = { 2, 22, 21, 20, 16, 13, 6 };
	if (p->band && p->band->low >= 16)
		return draw_between(r, 1952, 1954);
	if (p->band && p->band->low >= 14)
		return draw_between(r, 1953, 1957);
	if (p->band && p->band->low >= III_D)
		return draw_between(r, 1953, 1965);
	if (p->band)
		return draw_between(r, 1954, 1974);
	int i = draw_weighted(r, shares, COUNT(shares));
	return draw_between(r, spans[i].from, spans[i].to);
}

static date draw_birth(struct draw *r, int year)
{
	int month = year == 1952 ? draw_between(r, 10, 12) : draw_between(r, 1, 12);
	return date_of(year, month, draw_between(r, 1, date_month_days(year, month)));
}

static date draw_joined(struct draw *r, int birth, enum education e)
{
	static const int age[] = { 20, 20, 20, 21, 22, 22, 24, 24, 26, 28 };
	static const int months[] = { 4, 10, 3, 12, 1 }, shares[] = { 44, 42, 8, 4, 2 };
	int year = birth + age[e] + draw_below(r, 5);
	return date_of(year < 2006 ? year : 2006, months[draw_weighted(r, shares, COUNT(shares))], 1);
}

/* ---- ranks ---- */

static void add_rank(struct demo_person *p, date from, int rank)
{
	p->ranks[p->nranks].from = from;
	p->ranks[p->nranks++].rank = rank;
}

/* Up to the post: the rise to each rank spread over the years of service. */
static void climb_to_post(struct draw *r, struct demo_person *p)
{
	static const int shares[] = { 12, 55, 33 };
	int rank = p->band->low - 1 + draw_weighted(r, shares, COUNT(shares));
	int first = first_rank[p->before], begin = period_after(p->joined);
	int last = NOW_PERIOD - draw_below(r, 10);
	if (rank > p->band->high)
		rank = p->band->high;
	if (first > rank)
		first = rank;
	while (first > 5 && last - begin > 11 * (rank - first))
		first--;
	while (first < rank && last - begin < 4 * (rank - first))
		first++;
	add_rank(p, p->joined, first);
	for (int k = 1; k <= rank - first; k++)
		add_rank(p, demo_period(begin + (last - begin) * k / (rank - first)), first + k);
}

/* II/d to III/a asks the others for an examination; one in six has not passed it. */
static bool may_rise(struct draw *r, struct demo_person *p, int rank, int period)
{
	if (rank != III_A || p->before >= BACHELOR || p->before == DIPLOMA_4)
		return true;
	p->stuck = draw_chance(r, 1700);
	if (!p->stuck)
		p->exam_1 = demo_period(period) - draw_between(r, 60, 200);
	return !p->stuck;
}

/* Step by step: four years each at the least, functional staff by points and faster. */
static void climb(struct draw *r, struct demo_person *p)
{
	static const int delays[] = { 0, 1, 2, 4, 7 }, shares[] = { 46, 20, 16, 12, 6 };
	int rank = first_rank[p->before], top = last_rank[p->before];
	int least = p->category == FUNCTIONAL ? 5 : 8;
	int period = period_after(p->joined);
	if (p->category == FUNCTIONAL)
		top = p->before >= BACHELOR ? 14 : III_D;
	add_rank(p, p->joined, rank);
	while (rank < top) {
		period += least + delays[draw_weighted(r, shares, COUNT(shares))];
		if (period > NOW_PERIOD || !may_rise(r, p, rank + 1, period))
			return;
		add_rank(p, demo_period(period), ++rank);
	}
}

/* ---- the whole person ---- */

static bool draw_is_double(const struct demo *d, int64_t person)
{
	struct draw r = draw_from(d->seed, person, DRAW_NUMBER);
	return person > 0 && demo_seat_category(d, demo_seat(d, person)) == GENERAL &&
	       demo_seat_category(d, demo_seat(d, person - 1)) == GENERAL && draw_chance(&r, 34);
}

static bool is_double(const struct demo *d, int64_t person)
{
	return draw_is_double(d, person) && !draw_is_double(d, person - 1);
}

/* Some finish a higher school while in service; their rank so far rests on the one before. */
static void study_on(struct draw *r, struct demo_person *p)
{
	static const enum education next[] = { PRIMARY,  SENIOR_HIGH, BACHELOR, BACHELOR, BACHELOR,
					       BACHELOR, MASTER,      MASTER,   MASTER,   DOCTORATE };
	date day = date_of(draw_between(r, 2004, 2007), 7, draw_between(r, 1, 31));
	p->educated_on = DATE_NONE;
	if (!draw_chance(r, 260) || next[p->before] == p->before || day < date_add_months(p->joined, 48))
		return;
	p->education = next[p->before];
	p->educated_on = day;
}

void demo_person(const struct demo *d, int64_t person, struct demo_person *ret)
{
	struct demo_person *p = ret;
	*p = (struct demo_person){ .person = person, .seat = demo_seat(d, person), .exam_1 = DATE_NONE };
	p->category = demo_seat_category(d, p->seat);
	p->band = p->category == STRUCTURAL ? demo_seat_band(d, p->seat) : NULL;
	p->is_double = is_double(d, person);
	struct draw r = draw_from(d->seed, person - p->is_double, DRAW_PERSON);
	p->woman = draw_chance(&r, p->band ? 2200 : 3800);
	int year = birth_year(&r, p);
	p->before = p->education = draw_education(&r, p, year);
	p->birth = draw_birth(&r, year);
	p->joined = draw_joined(&r, year, p->before);
	study_on(&r, p);
	struct draw career = draw_from(d->seed, person, DRAW_CAREER);
	if (p->band)
		climb_to_post(&career, p);
	else
		climb(&career, p);
}

/* Room between the numbers, as in any real file; those of the fixed people lie below 1,000. */
void demo_number(const struct demo *d, int64_t person, struct buf *out)
{
	struct draw r = draw_from(d->seed, person, DRAW_NUMBER);
	draw_below(&r, 2);
	int64_t n = 1000 + person * 13 + draw_below(&r, 13);
	char digits[10] = "060000000";
	for (int i = 8; n; i--, n /= 10)
		digits[i] = (char)('0' + n % 10);
	buf_text(out, digits);
}

static void person_row(const struct demo_person *p, const char *number, const char *name, bool later, struct buf *out)
{
	csv_cell_text(out, number);
	csv_cell_text(out, name);
	csv_cell_text(out, p->woman ? "F" : "M");
	demo_date_cell(out, p->birth);
	csv_cell_text(out, education_words[later ? p->education : p->before]);
	demo_date_cell(out, p->joined);
	csv_cell_text(out, demo_category_words[p->category]);
	demo_date_cell(out, later ? p->educated_on : p->joined);
	csv_row_end(out);
}

static void person_rows(struct demo_file *f, const struct demo_person *p)
{
	struct buf name CLEANUP(buf_release) = BUF_INIT;
	demo_name(f->d, p, &name);
	if (demo_within(f->w, p->joined))
		person_row(p, f->number.p, buf_str(&name), false, f->out);
	if (p->educated_on != DATE_NONE && demo_within(f->w, p->educated_on))
		person_row(p, f->number.p, buf_str(&name), true, f->out);
}

void demo_people_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	demo_each(d, w, out, person_rows);
}
