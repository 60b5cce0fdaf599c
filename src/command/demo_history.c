/* demo_history.c - ranks, posts and statuses of the drawn people, by decree. */
#include "command/demo.h"

#include "base/csv.h"

/* Five years of history: what held on the first of these days, and all since. */
#define HISTORY_FROM date_of(2004, 1, 1)

/* ---- cells that several files share ---- */

void demo_date_cell(struct buf *out, date day)
{
	char text[DATE_TEXT];
	csv_cell_text(out, date_text(day, text));
}

bool demo_within(struct window w, date day)
{
	return day > w.after && day <= w.until;
}

/* Signed weeks before it takes effect, one in twelve after. */
static void decree_cells(struct buf *out, struct draw *r, const char *office, date effect)
{
	date signed_on = draw_chance(r, 800) ? effect + draw_between(r, 5, 90) : effect - draw_between(r, 20, 120);
	struct buf number CLEANUP(buf_release) = BUF_INIT;
	buf_text(&number, "KEP-");
	buf_int(&number, draw_between(r, 1, 4999));
	buf_text(&number, office);
	buf_int(&number, date_year(signed_on));
	csv_cell(out, (struct str){ number.p, number.n });
	demo_date_cell(out, signed_on);
}

/* About three in a hundred facts stand on somebody's word. */
void demo_proof_cell(struct buf *out, struct draw *r)
{
	static const char *const words[] = { NULL, "proved", "confirmed" };
	static const int shares[] = { 3, 67, 30 };
	csv_cell_text(out, words[draw_weighted(r, shares, COUNT(shares))]);
}

enum paper { RANK_PAPER, POST_PAPER, STATUS_PAPER, PAPERS };

/* Each row has a stream of its own, so that it reads the same in whichever load it stands. */
static struct draw paper_of(const struct demo_file *f, const struct demo_person *p, enum paper kind, int i)
{
	return draw_from(f->d->seed, (p->person * PAPERS + kind) * 32 + i, DRAW_PAPER);
}

/* ---- ranks ---- */

/* Years that count for pay: those served, less what a rise into group II or III takes off. */
static int grade_months(const struct demo_person *p, int i)
{
	int months = date_months_between(p->joined, p->ranks[i].from);
	if (p->ranks[0].rank < 5 && p->ranks[i].rank >= 5)
		months -= 72;
	if (p->ranks[0].rank < 9 && p->ranks[i].rank >= 9)
		months -= 60;
	return months < 0 ? 0 : months;
}

/* staff_number,rank,valid_from,decree,decree_date,signed_by,grade_years,grade_months,proof */
static void rank_row(struct demo_file *f, const struct demo_person *p, int i)
{
	int months = grade_months(p, i);
	struct draw r = paper_of(f, p, RANK_PAPER, i);
	csv_cell_text(f->out, f->number.p);
	csv_cell_text(f->out, demo_ranks[p->ranks[i].rank]);
	demo_date_cell(f->out, p->ranks[i].from);
	decree_cells(f->out, &r, "/UP.3/", p->ranks[i].from);
	csv_cell_text(f->out, p->ranks[i].rank >= 13 ? "President" : "Personnel Bureau");
	csv_cell_int(f->out, months / 12);
	csv_cell_int(f->out, months % 12);
	demo_proof_cell(f->out, &r);
	csv_row_end(f->out);
}

static void rank_rows(struct demo_file *f, const struct demo_person *p)
{
	int first = p->nranks - 1;
	while (first > 0 && p->ranks[first].from > HISTORY_FROM)
		first--;
	/* Of what was before, the appointment stands in every file, and in most of them the last rise. */
	first -= p->person % 5 < 3;
	for (int i = 0; i < p->nranks; i++)
		if ((i == 0 || i >= first) && demo_within(f->w, p->ranks[i].from))
			rank_row(f, p, i);
}

void demo_ranks_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	demo_each(d, w, out, rank_rows);
}

/* ---- posts ---- */

#define LAST_PERIOD (2008 * 2)

/* Since when this person has been in one of the pair's two seats. */
static date seated(const struct demo *d, const struct demo_person *p)
{
	struct draw r = draw_from(d->seed, p->person, DRAW_MOVES);
	date day = demo_period(draw_between(&r, 1997 * 2, 2003 * 2 + 1));
	return p->joined > day ? p->joined : day;
}

static bool same_band(const struct demo *d, int64_t a, int64_t b)
{
	enum demo_category c = demo_seat_category(d, a);
	if (c != demo_seat_category(d, b))
		return false;
	return c != STRUCTURAL || demo_seat_band(d, a) == demo_seat_band(d, b);
}

/* Of a pair of neighbours, the half-years in which they change places: twice, once (first 0) or never (both 0). */
static void changes_of(const struct demo *d, const struct demo_person *p, date since, int *ret_first, int *ret_second)
{
	struct draw r = draw_from(d->seed, p->seat / 2 + d->people, DRAW_MOVES);
	bool once = draw_chance(&r, p->category == STRUCTURAL ? 8600 : 7800), twice = draw_chance(&r, 4500);
	/* Most moves of this year wait for the round. */
	int second = draw_chance(&r, 400) ? LAST_PERIOD : draw_between(&r, 2005 * 2, LAST_PERIOD - 1);
	int first = second - draw_between(&r, 2, 6);
	*ret_second = once && demo_period(second) > since ? second : 0;
	*ret_first = *ret_second && twice && demo_period(first) > since ? first : 0;
}

#define POSTS_HELD 3
struct held {
	int64_t seat;
	date from, oath; /* oath DATE_NONE: none */
};

/* Neighbours change places, so that a post has one holder on each day however people move. */
static int posts_held(const struct demo *d, const struct demo_person *p, struct held ret[static POSTS_HELD])
{
	int64_t beside = p->seat ^ 1;
	date own = seated(d, p);
	int n = 0, first = 0, second = 0;
	if (beside < d->people && same_band(d, p->seat, beside)) {
		struct demo_person other;
		demo_person(d, demo_holder(d, beside), &other);
		date theirs = seated(d, &other);
		changes_of(d, p, own > theirs ? own : theirs, &first, &second);
	}
	if (first)
		ret[n++] = (struct held){ p->seat, own };
	if (second)
		ret[n++] = (struct held){ beside, first ? demo_period(first) : own };
	ret[n] = (struct held){ p->seat, second ? demo_period(second) : own };
	return n + 1;
}

/* staff_number,post,valid_from,decree,decree_date,inaugurated_on,until,acting,proof */
static void post_row(struct demo_file *f, const struct demo_person *p, const struct held *h, int i)
{
	struct buf code CLEANUP(buf_release) = BUF_INIT;
	struct draw r = paper_of(f, p, POST_PAPER, i);
	demo_seat_code(f->d, h->seat, &code);
	csv_cell_text(f->out, f->number.p);
	csv_cell_text(f->out, buf_str(&code));
	demo_date_cell(f->out, h->from);
	decree_cells(f->out, &r, "/UP.11/", h->from);
	demo_date_cell(f->out, p->category == STRUCTURAL ? h->from + draw_between(&r, 1, 24) : DATE_NONE);
	csv_cell_text(f->out, NULL);
	csv_cell_text(f->out, NULL);
	demo_proof_cell(f->out, &r);
	csv_row_end(f->out);
}

static void post_rows(struct demo_file *f, const struct demo_person *p)
{
	struct held held[POSTS_HELD];
	int n = posts_held(f->d, p, held);
	for (int i = 0; i < n; i++)
		if (demo_within(f->w, held[i].from))
			post_row(f, p, &held[i], i);
}

void demo_posts_held_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	demo_each(d, w, out, post_rows);
}

/* ---- statuses ---- */

/* staff_number,status,valid_from,decree,proof */
static void status_row(struct demo_file *f, const struct demo_person *p, int i, const char *status, date from)
{
	struct draw r = paper_of(f, p, STATUS_PAPER, i);
	struct buf number CLEANUP(buf_release) = BUF_INIT;
	if (!demo_within(f->w, from))
		return;
	csv_cell_text(f->out, f->number.p);
	csv_cell_text(f->out, status);
	demo_date_cell(f->out, from);
	buf_printf(&number, "KEP-%d/UP.6/%d", draw_between(&r, 1, 2999), date_year(from));
	csv_cell(f->out, (struct str){ number.p, number.n });
	demo_proof_cell(f->out, &r);
	csv_row_end(f->out);
}

enum { NOTHING, STUDY, LOAN, LEAVE, SUSPENSION };

/* An absence of the last years; who was not back by the first load is away still. True: there was one. */
static bool absence_rows(struct demo_file *f, const struct demo_person *p, struct draw *r)
{
	static const char *const words[] = { NULL, "study", "loan-out", "unpaid-leave", "suspended" };
	static const int shares[] = { 970, 14, 9, 6, 1 };
	int what = draw_weighted(r, shares, COUNT(shares));
	date from = date_of(draw_between(r, 2004, 2007), draw_between(r, 1, 12), 1);
	date to = date_add_months(from, what == SUSPENSION ? draw_between(r, 3, 9) : 12 * draw_between(r, 1, 3));
	if (what == NOTHING || from < date_add_months(p->joined, 36))
		return false;
	status_row(f, p, 2, words[what], from);
	if (to <= date_of(2008, 1, 31))
		status_row(f, p, 3, "active", to);
	return true;
}

static void status_rows(struct demo_file *f, const struct demo_person *p)
{
	struct draw r = draw_from(f->d->seed, p->person, DRAW_STATUS);
	/* Older files begin with the service itself. */
	if (date_year(p->joined) >= 1989) {
		status_row(f, p, 0, "candidate", p->joined);
		status_row(f, p, 1, "active", date_add_months(p->joined, 12 + draw_below(&r, 10)));
	}
	if (!absence_rows(f, p, &r) && date_year(p->birth) <= 1953 && draw_chance(&r, 2000))
		status_row(f, p, 4, "retirement-preparation", date_of(date_year(p->birth) + 55, 4, 1));
}

void demo_statuses_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	demo_each(d, w, out, status_rows);
}
