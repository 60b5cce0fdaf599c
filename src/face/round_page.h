/* round_page.h - the pages of rounds; decision_pages.c lists them. Inner to their files. */
#ifndef MERIT_FACE_ROUND_PAGE_H
#define MERIT_FACE_ROUND_PAGE_H

#include "face/inside.h"
#include "face/round_words.h"

page_half rounds_page_draw, rounds_page_write, round_page_draw, round_sheet_draw, round_person_draw, round_person_proof,
	round_compare_draw, round_override_draw, round_override_write, round_seal_draw, round_seal_write,
	round_check_draw, round_check_proof;

/* "Rounds › Rise in rank of …" */
struct round_crumbs {
	struct crumb list[2];
	size_t n;
};
/* r NULL: of the page of the round itself. */
MUST_CHECK enum err round_crumbs(struct request *q, const struct round *r, struct round_crumbs *ret);
/* Outcome, steps, day, state and rules of one person's case. */
void round_person_summary(struct request *q, const struct round *r, const struct candidate *k);

/* ---- round_people.c: the list of people, in parts that the address names ---- */
enum round_part {
	PART_ALL,
	PART_MEETS,
	PART_INCOMPLETE,
	PART_NOT_YET,
	PART_OTHER_KIND,
	PART_ONE_SHORT,
	PART_OTHERWISE,
	ROUND_PARTS
};
struct round_counts {
	int64_t of[ROUND_PARTS]; /* only whom the reader sees */
};
struct round_counts round_people_count(const struct request *q, const struct held *h);
const char *round_people_asked(const struct request *q); /* the part, as the address names it */
/* paper: as the office files it, with room for a signature. */
void round_people_sheet(struct request *q, const struct held *h, const struct round_counts *c, bool paper);

#endif
