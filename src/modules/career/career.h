/* career.h - rises in rank, what is due, and who stands before whom. Sources: MP-22 MP-93 MP-94, PP 99/2000, PP
 * 15/1979. */
#ifndef MERIT_MODULES_CAREER_H
#define MERIT_MODULES_CAREER_H

#include "modules/staff/staff.h"

extern const struct module career_module;
extern const struct input career_inputs[];
extern const struct entity round_review_entity, round_review_answer_entity;
extern const struct round_kind rank_round_kind;
extern const struct judge years_in_rank_judge, months_in_post_judge, ratings_judge, education_judge, ceiling_judge,
	superior_judge, exam_judge, sanction_judge;

/* The rank after `rank` in the order of ranks.csv; empty: none. */
struct str career_next_rank(const struct rules *r, struct str rank);
/* The first period of a kind on or after the day. False: the rules name none. */
bool career_next_period(const struct rules *r, const char *kind, date d, date *ret);

/* What falls due in the months after a day: CSV rows staff_number,name,unit,kind,due_on,lacking. */
struct due_ask {
	int64_t unit;
	date as_of;
	int months;
};
struct due_counts {
	size_t rows, no_grade_service; /* people whose increment cannot be told, for want of grade service */
};
MUST_CHECK enum err due_list(struct ctx *c, const struct due_ask *ask, bool json, struct buf *out,
			     struct due_counts *ret);
/* The last day of a yearly list up to today. */
MUST_CHECK enum err seniority_last_day(struct ctx *c, date *ret);
/* The same list at hand, row by row: place, staff_number, name, unit, rank, rank_from, echelon, post_from, joined_on,
 * structural_course, education, birth_date, as texts of the list's own. */
#define SENIORITY_CELLS 12
extern const char *const seniority_heads[SENIORITY_CELLS]; /* as spreadsheets name them */
struct seniority;
MUST_CHECK enum err seniority_read(struct ctx *c, int64_t unit, date as_of, struct seniority **ret);
size_t seniority_count(const struct seniority *s);
void seniority_cells(struct seniority *s, size_t i, struct str cells[static SENIORITY_CELLS]);
void seniority_free_p(struct seniority **s);
/* The seniority list of a unit on a day, in the order that the rules name. */
MUST_CHECK enum err seniority_list(struct ctx *c, int64_t unit, date as_of, bool json, struct buf *out);

#endif
