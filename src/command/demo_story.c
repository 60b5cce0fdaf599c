/* demo_story.c - what was entered when: the first load in January 2008, papers month by month, late ones in September.
 */
#include "base/csv.h"
#include "base/parallel.h"
#include "command/demo.h"
#include "entity/io.h"

#include <limits.h>

#include <errno.h>
#include <malloc.h>
#include <unistd.h>

#define BEFORE_ALL DATE_MIN

/* A file as it was entered: days are written as 20080107. */
struct load {
	int entered;
	const char *entity, *head;
	void (*rows)(const struct demo *d, struct window w, struct demo_out *out);
	int after, until; /* of the facts; 0: from the first */
};

/* clang-format off */
#define UNIT     "code,name,parent,kind,valid_from\n"
#define POST     "code,title,unit,category,echelon,rank_low,rank_high,valid_from,heads_unit\n"
#define PERSON   "staff_number,name,sex,birth_date,education,joined_on,category,valid_from\n"
#define RANK     "staff_number,rank,valid_from,decree,decree_date,signed_by,grade_years,grade_months,proof\n"
#define HELD     "staff_number,post,valid_from,decree,decree_date,inaugurated_on,until,acting,proof\n"
#define RATED    "staff_number,tool,year,score,lowest_component,assessor,delivered_on,proof\n"
#define RATING   "staff_number,tool,year,score,lowest_component,proof\n"
#define EXAM     "staff_number,exam,taken_on,passed,proof\n"
#define COURSE   "staff_number,course,completed_on,score,proof\n"
#define SANCTION "staff_number,kind,decided_on,grace_until,decree,proof\n"
#define STATUS   "staff_number,status,valid_from,decree,proof\n"

static const struct load loads[] = {
	{ 20080131, "unit",           UNIT,     demo_units_csv,      0,        20080131 },
	{ 20080131, "competency",     "code,valid_from,name,kind,scope,levels\n",   demo_competencies_csv, 0, 20080131 },
	{ 20080131, "job_class",      "code,valid_from,title,approved_by\n",        demo_job_classes_csv,  0, 20080131 },
	{ 20080131, "job_element",    "job_class,valid_from,element,description\n", demo_elements_csv,     0, 20080131 },
	{ 20080131, "job_competency", "job_class,valid_from,competency,level\n",    demo_asked_csv,        0, 20080131 },
	{ 20080131, "person",         PERSON,   demo_people_csv,     0,        20080131 },
	{ 20080131, "rank_history",   RANK,     demo_ranks_csv,      0,        20080131 },
	{ 20080131, "rating",         RATED,    demo_fixed_ratings_csv, 0,     20071231 },
	{ 20080131, "rating",         RATING,   demo_ratings_csv,    0,        20061231 },
	{ 20080131, "exam_result",    EXAM,     demo_exams_csv,      0,        20080131 },
	{ 20080131, "course_result",  COURSE,   demo_courses_csv,    0,        20080131 },
	{ 20080131, "sanction",       SANCTION, demo_sanctions_csv,  0,        20080131 },
	{ 20080131, "status_history", STATUS,   demo_statuses_csv,   0,        20991231 },
	{ 20080131, "post",           POST,     demo_posts_csv,      0,        20080131 },
	{ 20080131, "post_history",   HELD,     demo_posts_held_csv, 0,        20080131 },
	{ 20080225, "rating",         RATING,   demo_ratings_csv,    20061231, 20071231 },
	{ 20080407, "rank_history",   RANK,     demo_ranks_csv,      20080131, 20080430 },
	{ 20080414, "post_history",   HELD,     demo_posts_held_csv, 20080131, 20080430 },
	{ 20080901, "course_result",  COURSE,   demo_courses_csv,    20080131, 20080901 },
	{ 20080901, "sanction",       SANCTION, demo_sanctions_csv,  20080131, 20080901 },
};
/* clang-format on */

static date day_of(int written)
{
	return written ? date_of(written / 10000, written / 100 % 100, written % 100) : BEFORE_ALL;
}

int64_t demo_begins(void)
{
	return (int64_t)day_of(loads[0].entered) * 24 * 60 * 60 * 1000000;
}

/* Offices open at eight; what is entered on one day follows a second apart. */
static void set_clock(struct ctx *c, int entered)
{
	int64_t us;
	if (!zone_day_start(c->zone, day_of(entered), &us))
		bug("the zone %s was there a moment ago", c->zone);
	us += (int64_t)8 * 60 * 60 * 1000000;
	if (us > ledger_now(c->ledger))
		ledger_set_now(c->ledger, us);
	ctx_today(c);
}

static const struct entity *entity_of(struct ctx *c, const char *name)
{
	const struct entity *e = registry_entity(c->registry, name);
	if (!e)
		bug("the demo tells of %s, which is no record", name);
	return e;
}

/* ---- files: each is written while the one before is imported ---- */

static void write_rows(const struct demo *d, const struct load *l, struct demo_out *out)
{
	struct window w = { day_of(l->after), day_of(l->until) };
	buf_text(&out->rows, l->head);
	for (const struct demo_papers *p = demo_fixed_facts; p->entity && !l->after; p++)
		if (text_is(p->entity, l->entity))
			buf_text(&out->rows, p->rows);
	l->rows(d, w, out);
	demo_out_pass(out);
}

static const char *path_of(const struct demo *d, const struct load *l, struct buf *path)
{
	buf_printf(path, "%s/%td-%s.csv", d->folder, l - loads, l->entity);
	return buf_str(path);
}

static enum err write_file(const struct demo *d, const struct load *l)
{
	struct buf where CLEANUP(buf_release) = BUF_INIT;
	const char *path = path_of(d, l, &where);
	struct demo_out out = { .file = fopen(path, "wb"), .whole = true };
	if (!out.file)
		return FAULT("%s cannot be written: %s; free some space, or set TMPDIR", path, strerror(errno));
	write_rows(d, l, &out);
	buf_release(&out.rows);
	if (fclose(out.file) == 0 && out.whole)
		return E_OK;
	return FAULT("%s cannot be written: %s; free some space, or set TMPDIR", path, strerror(errno));
}

static enum err enter_load(struct ctx *c, const struct demo *d, const struct load *l)
{
	struct buf where CLEANUP(buf_release) = BUF_INIT;
	struct csv *csv CLEANUP(csv_free_p) = NULL;
	struct import_options o = { 0 };
	struct import_counts counts;
	set_clock(c, l->entered);
	TRY(csv_read_file(path_of(d, l, &where), c->problems, &csv));
	unlink(buf_str(&where));
	return csv_rows(csv) ? import_csv(c, entity_of(c, l->entity), csv, &o, &counts) : E_OK;
}

struct telling {
	struct ctx *c;
	const struct demo *d;
	const struct load *now;
};

static enum err tell_one(void *arg, size_t i, unsigned worker)
{
	const struct telling *t = arg;
	(void)worker;
	return i == 0 ? enter_load(t->c, t->d, t->now) : write_file(t->d, t->now + 1);
}

/* ---- the story ---- */

/* All papers that arrived on one of the days from `after` + 1 to `until`, each day's in an entry. */
static enum err enter_papers(struct ctx *c, int after, int until)
{
	for (const struct demo_papers *p = demo_late_papers; p->entity; p++)
		if (p->day > after && p->day <= until && (p == demo_late_papers || p[-1].day != p->day)) {
			set_clock(c, p->day);
			TRY(demo_enter_papers(c, p));
		}
	return E_OK;
}

enum err demo_tell(struct ctx *c, void *arg)
{
	const struct demo *d = arg;
	int told = 0;
	TRY(write_file(d, loads));
	for (size_t i = 0; i < COUNT(loads); i++) {
		struct telling t = { c, d, &loads[i] };
		if (loads[i].entered > told)
			TRY(enter_papers(c, told, loads[i].entered - 1));
		told = loads[i].entered - 1;
		TRY(parallel_for(i + 1 < COUNT(loads) ? 2 : 1, tell_one, &t));
		/* The next file needs all the room: give back what this one leaves scattered. */
		malloc_trim(0);
	}
	return enter_papers(c, told, INT_MAX);
}
