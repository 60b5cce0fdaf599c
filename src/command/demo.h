/* demo.h - a made-up ministry, told as its files would have arrived; inner to demo*.c.
 *
 * Everything about a person is drawn again whenever it is needed, from (seed, person, stream): nothing is kept, so a
 * ministry of any size takes the memory of its largest import. All numbers are whole: the same seed gives the same
 * bytes on every machine.
 */
#ifndef MERIT_COMMAND_DEMO_H
#define MERIT_COMMAND_DEMO_H

#include "base/buf.h"
#include "base/date.h"
#include "entity/ctx.h"

#include <stdio.h>

/* ---- drawing ---- */
struct draw {
	uint64_t state;
};
enum stream {
	DRAW_MINISTRY,
	DRAW_NUMBER,
	DRAW_PERSON,
	DRAW_NAME,
	DRAW_CAREER,
	DRAW_MOVES,
	DRAW_RATING,
	DRAW_RESULTS,
	DRAW_SANCTION,
	DRAW_STATUS,
	DRAW_PAPER
};
struct draw draw_from(uint64_t seed, int64_t who, enum stream stream);
int draw_below(struct draw *r, int n);               /* 0 to n - 1 */
int draw_between(struct draw *r, int low, int high); /* both included */
bool draw_chance(struct draw *r, int in_ten_thousand);
int draw_weighted(struct draw *r, const int *weights, int n); /* a number from 0 to n - 1 */

/* ---- the ministry ---- */
enum demo_category { STRUCTURAL, FUNCTIONAL, GENERAL, CATEGORIES };
extern const char *const demo_category_words[CATEGORIES];

#define DEMO_LEVELS 6 /* ministry, directorates general, directorates, divisions, sections, offices */
#define DEMO_LEAST 100
#define DEMO_MOST 500000

struct demo {
	uint64_t seed;
	const char *folder;        /* where files may be written while the demo is made */
	int64_t staff;             /* everybody */
	int64_t drawn[CATEGORIES]; /* of them, those who are not fixed */
	int64_t people;            /* the sum of drawn */
	int64_t level_units[DEMO_LEVELS], level_first[DEMO_LEVELS], units; /* without those of the fixed people */
	int32_t *head_unit;                                                /* a head's seat: its unit */
	int64_t vacant_posts;                                              /* beside the vacant heads */
	int64_t step, shift, back;                                         /* person -> seat and back */
};
void demo_plan(struct demo *d, int64_t staff, uint64_t seed);
void demo_release(struct demo *d);

/* ---- units, posts and seats: a seat is a held post of a drawn person; heads first, then functional, then general  */
struct band {
	const char *echelon;
	int low, high; /* ranks */
};
extern const char *const demo_ranks[]; /* from 1 on */
int64_t demo_seat(const struct demo *d, int64_t person);
int64_t demo_holder(const struct demo *d, int64_t seat);
enum demo_category demo_seat_category(const struct demo *d, int64_t seat);
const struct band *demo_seat_band(const struct demo *d, int64_t seat);    /* of heads only */
void demo_seat_code(const struct demo *d, int64_t seat, struct buf *out); /* adds the post's code */

/* ---- people ---- */
enum education {
	PRIMARY,
	JUNIOR_HIGH,
	SENIOR_HIGH,
	DIPLOMA_1,
	DIPLOMA_2,
	DIPLOMA_3,
	DIPLOMA_4,
	BACHELOR,
	MASTER,
	DOCTORATE
};

#define DEMO_RANKS 18
struct demo_person {
	int64_t person, seat;
	enum demo_category category;
	const struct band *band; /* of a head; else NULL */
	bool woman;
	bool is_double; /* another file of the person before */
	date birth, joined;
	enum education education, before; /* before: until educated_on */
	date educated_on;                 /* DATE_NONE: no change within the story */
	int nranks;
	struct {
		date from;
		int rank;
	} ranks[DEMO_RANKS];
	date exam_1; /* passed service examination I; DATE_NONE: not */
	bool stuck;  /* needs it and has not passed */
};
void demo_person(const struct demo *d, int64_t person, struct demo_person *ret);
void demo_number(const struct demo *d, int64_t person, struct buf *out);
void demo_name(const struct demo *d, const struct demo_person *p, struct buf *out);

struct window {
	date after, until;
};
/* A file on its way to the disk: rows pass on as they come, so that a file of any size takes the room of a few blocks.
 */
struct demo_out {
	struct buf rows;
	FILE *file;
	bool whole; /* everything could be written so far */
};
void demo_out_pass(struct demo_out *out);

/* Writes rows about everybody in order. */
struct demo_file {
	const struct demo *d;
	struct window w;
	struct buf *out;
	struct buf number; /* of the person at hand */
};
void demo_each(const struct demo *d, struct window w, struct demo_out *out,
	       void (*rows)(struct demo_file *f, const struct demo_person *p));

/* ---- files: rows of the drawn people whose day lies from `after` + 1 to `until`; the head is the caller's ---- */
void demo_units_csv(const struct demo *d, struct window w, struct demo_out *out);
void demo_posts_csv(const struct demo *d, struct window w, struct demo_out *out);
void demo_competencies_csv(const struct demo *d, struct window w, struct demo_out *out);
void demo_job_classes_csv(const struct demo *d, struct window w, struct demo_out *out);
void demo_elements_csv(const struct demo *d, struct window w, struct demo_out *out);
void demo_asked_csv(const struct demo *d, struct window w, struct demo_out *out);
void demo_people_csv(const struct demo *d, struct window w, struct demo_out *out);
void demo_ranks_csv(const struct demo *d, struct window w, struct demo_out *out);
void demo_posts_held_csv(const struct demo *d, struct window w, struct demo_out *out);
void demo_statuses_csv(const struct demo *d, struct window w, struct demo_out *out);
void demo_ratings_csv(const struct demo *d, struct window w, struct demo_out *out);
void demo_exams_csv(const struct demo *d, struct window w, struct demo_out *out);
void demo_courses_csv(const struct demo *d, struct window w, struct demo_out *out);
void demo_sanctions_csv(const struct demo *d, struct window w, struct demo_out *out);

/* Cells that several files share. */
void demo_date_cell(struct buf *out, date day); /* empty for DATE_NONE */
void demo_proof_cell(struct buf *out, struct draw *r);
bool demo_within(struct window w, date day);
date demo_period(int n); /* the n-th April or October since that of year 0 */

/* ---- the story ---- */
/* Rows of one kind of record about the fixed people. */
struct demo_papers {
	int day; /* on which they were entered, as 20080310; 0: with the first load */
	const char *entity;
	const char *rows;   /* of late papers with their head: key, day, fields */
	const char *reason; /* of a correction; NULL: none */
};
/* Both end with a row without entity; the late ones are in order of their days. */
extern const struct demo_papers demo_fixed_facts[], demo_late_papers[];
/* Enters those that came on the day of the first, in one entry. */
MUST_CHECK enum err demo_enter_papers(struct ctx *c, const struct demo_papers *first);
extern const int demo_fixed[CATEGORIES]; /* how many fixed people there are */
void demo_fixed_ratings_csv(const struct demo *d, struct window w, struct demo_out *out);
/* The first entry's instant. */
int64_t demo_begins(void);
MUST_CHECK enum err demo_tell(struct ctx *c, void *demo);

#endif
