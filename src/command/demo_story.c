/* demo_story.c - what was entered when: the first load in January 2008, papers month by month, late ones in September.
 */
#include "base/csv.h"
#include "command/demo.h"
#include "entity/io.h"

#define BEFORE_ALL DATE_MIN

/* A file as it was entered: days are written as 20080107. */
struct load {
	int entered;
	const char *entity, *head;
	void (*rows)(const struct demo *d, struct window w,
		     struct buf *out); /* NULL: only papers of the fixed people */
	int after, until;              /* of the facts; 0: from the first */
	const char *reason;            /* of a correction; NULL: none */
};

/* clang-format off */
#define UNIT     "code,name,parent,kind,valid_from\n"
#define POST     "code,title,unit,category,echelon,rank_low,rank_high,valid_from,heads_unit\n"
#define PERSON   "staff_number,name,sex,birth_date,education,joined_on,category,valid_from"
#define RANK     "staff_number,rank,valid_from,decree,decree_date,signed_by,grade_years,grade_months,proof\n"
#define HELD     "staff_number,post,valid_from,decree,decree_date,inaugurated_on,until,acting,proof\n"
#define RATING   "staff_number,tool,year,score,lowest_component,assessor,delivered_on,proof\n"
#define EXAM     "staff_number,exam,taken_on,passed,proof\n"
#define COURSE   "staff_number,course,completed_on,score,proof\n"
#define SANCTION "staff_number,kind,decided_on,grace_until,decree,proof\n"
#define STATUS   "staff_number,status,valid_from,decree,proof\n"
#define PAPER    "staff_number,dated,kind,number,signed_by,pages,sha256,seen_by,seen_on\n"
#define CITATION "staff_number,cited_on,document,fact,fact_day\n"

static const struct load loads[] = {
	{ 20080107, "unit",           UNIT,          demo_units_csv,       0,        20071231 },
	{ 20080107, "competency",     "code,valid_from,name,kind,scope,levels\n",        demo_competencies_csv, 0, 20071231 },
	{ 20080107, "job_class",      "code,valid_from,title,approved_by\n",             demo_job_classes_csv,  0, 20071231 },
	{ 20080107, "job_element",    "job_class,valid_from,element,description\n",      demo_elements_csv,     0, 20071231 },
	{ 20080107, "job_competency", "job_class,valid_from,competency,level\n",         demo_asked_csv,        0, 20071231 },
	{ 20080107, "post",           POST,          demo_posts_csv,       0,        20071231 },
	{ 20080107, "person",         PERSON "\n",   demo_people_csv,      0,        20071231 },
	{ 20080107, "rank_history",   RANK,          demo_ranks_csv,       0,        20071231 },
	{ 20080107, "post_history",   HELD,          demo_posts_held_csv,  0,        20071231 },
	{ 20080107, "rating",         RATING,        demo_ratings_csv,     0,        20061231 },
	{ 20080107, "exam_result",    EXAM,          demo_exams_csv,       0,        20071231 },
	{ 20080107, "course_result",  COURSE,        demo_courses_csv,     0,        20071231 },
	{ 20080107, "sanction",       SANCTION,      demo_sanctions_csv,   0,        20071231 },
	{ 20080107, "status_history", STATUS,        demo_statuses_csv,    0,        20071231 },
	{ 20080107, "document",       PAPER },
	{ 20080107, "citation",       CITATION },
	{ 20080204, "rating",         RATING,        demo_ratings_csv,     20061231, 20071231 },
	{ 20080310, "post_history",   HELD },
	{ 20080407, "rank_history",   RANK,          demo_ranks_csv,       20071231, 20080430 },
	{ 20080414, "post_history",   HELD,          demo_posts_held_csv,  20071231, 20080430 },
	{ 20080505, "exam_result",    EXAM,          demo_exams_csv,       20071231, 20080430 },
	{ 20080602, "course_result",  COURSE,        demo_courses_csv,     20071231, 20080531 },
	{ 20080707, "person",         PERSON "\n" },
	{ 20080707, "exam_result",    EXAM },
	{ 20080707, "document",       PAPER },
	{ 20080707, "citation",       CITATION },
	{ 20080804, "sanction",       SANCTION,      demo_sanctions_csv,   20071231, 20080731 },
	{ 20080804, "status_history", STATUS,        demo_statuses_csv,    20071231, 20080731 },
	{ 20080901, "course_result",  COURSE,        demo_courses_csv,     20080531, 20080901 },
	{ 20080901, "sanction",       SANCTION,      demo_sanctions_csv,   20080731, 20080901 },
	{ 20080905, "rank_history",   RANK },
	{ 20080905, "document",       PAPER },
	{ 20080905, "citation",       CITATION },
	{ 20080908, "person",         PERSON ",former_number,number_from\n", .reason = "The District Court of Denpasar ruled on the day of birth" },
	{ 20080915, "status_history", STATUS,        demo_statuses_csv,    20080731, 20991231 },
	{ 20080915, "document",       PAPER },
	{ 20080915, "citation",       CITATION },
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

static void write_rows(const struct demo *d, const struct load *l, struct buf *out)
{
	struct window w = { day_of(l->after), day_of(l->until) };
	buf_text(out, l->head);
	for (const struct demo_papers *p = demo_papers; p->entity; p++)
		if (p->day == l->entered && text_is(p->entity, l->entity))
			buf_text(out, p->rows);
	if (l->rows == demo_ratings_csv)
		demo_fixed_ratings_csv(w, out);
	if (l->rows)
		l->rows(d, w, out);
}

static enum err enter(struct ctx *c, const struct demo *d, const struct load *l)
{
	CLEANUP(buf_release) struct buf rows = BUF_INIT;
	CLEANUP(csv_free_p) struct csv *csv = NULL;
	const struct entity *e = registry_entity(c->registry, l->entity);
	struct import_options o = { .correct = l->reason != NULL, .reason = l->reason };
	struct import_counts counts;
	if (!e)
		bug("the demo tells of %s, which is no record", l->entity);
	set_clock(c, l->entered);
	write_rows(d, l, &rows);
	TRY(csv_read(arena_printf(c->arena, "the demo's %s of %d", l->entity, l->entered),
		     (struct str){ rows.p, rows.n }, c->problems, &csv));
	return csv_rows(csv) ? import_csv(c, e, csv, &o, &counts) : E_OK;
}

enum err demo_tell(struct ctx *c, void *arg)
{
	const struct demo *d = arg;
	for (size_t i = 0; i < COUNT(loads); i++)
		TRY(enter(c, d, &loads[i]));
	return E_OK;
}
