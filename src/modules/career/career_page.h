/* career_page.h - the pages of what is due, of seniority, of data health and of figures; joined in career_page.c. */
#ifndef MERIT_MODULES_CAREER_PAGE_H
#define MERIT_MODULES_CAREER_PAGE_H

#include "entity/list.h"
#include "face/round_hold.h"
#include "modules/career/picture.h"

MUST_CHECK enum err due_page_draw(struct request *q);
MUST_CHECK enum err due_page_sheet(struct request *q);
MUST_CHECK enum err due_letters_draw(struct request *q);
MUST_CHECK enum err seniority_page_draw(struct request *q);
MUST_CHECK enum err seniority_page_sheet(struct request *q);
MUST_CHECK enum err health_page_draw(struct request *q);
MUST_CHECK enum err health_page_list(struct request *q);
MUST_CHECK enum err doubles_page_draw(struct request *q);
MUST_CHECK enum err doubles_page_pair(struct request *q);
MUST_CHECK enum err figures_page_draw(struct request *q);
MUST_CHECK enum err reviews_page_draw(struct request *q);
MUST_CHECK enum err review_page_draw(struct request *q);
MUST_CHECK enum err review_page_write(struct request *q);

extern const struct page career_pages[];
extern const struct panel career_panels[];
extern const struct consequence career_consequences[];

/* ---- panels ---- */
MUST_CHECK enum err ahead_panel(struct request *q, int64_t person);
MUST_CHECK enum err desk_due(struct request *q, int64_t id);
MUST_CHECK enum err desk_faults(struct request *q, int64_t id);
MUST_CHECK enum err desk_rounds(struct request *q, int64_t id);
MUST_CHECK enum err unit_rounds(struct request *q, int64_t id);
MUST_CHECK enum err desk_people(struct request *q, int64_t id);
MUST_CHECK enum err desk_ahead(struct request *q, int64_t id);
MUST_CHECK enum err desk_seal(struct request *q, int64_t id);
MUST_CHECK enum err desk_sample(struct request *q, int64_t id);
MUST_CHECK enum err desk_reviews(struct request *q, int64_t id);
MUST_CHECK enum err round_reviews(struct request *q, int64_t id);
MUST_CHECK enum err person_reviews(struct request *q, int64_t id);
MUST_CHECK enum err ahead_consequence(struct request *q, const struct record *old, const struct record *new);
MUST_CHECK enum err review_offer(struct request *q, const struct record *old, const struct record *new);
MUST_CHECK enum err review_also(struct request *q, const struct record *old, const struct record *saved,
				struct str value);
/* The sealed rounds that a fact of this day concerns, as far as the reader sees rounds there; newest first. */
MUST_CHECK enum err review_concerned(struct request *q, int64_t person, date from, struct round_head **ret,
				     size_t *ret_n);

/* ---- the seniority list, kept ---- */
/* keep_let_go() ends it. The day is one that the rules or the address name. */
MUST_CHECK enum err seniority_get(struct ctx *c, int64_t unit, date as_of, bool fresh, struct kept **ret);
size_t seniority_kept_count(const struct kept *k);
#define SENIORITY_PLACE 24 /* room for the first cell; the others live as long as k */
void seniority_kept_cells(const struct kept *k, size_t i, char place[static SENIORITY_PLACE],
			  struct str cells[static SENIORITY_CELLS]);

/* ---- what they share ---- */
/* The unit of the address with all below it, laid over the reader's reach of a right. *ret_id 0: none was asked for.
 * E_MISSING: no such unit, or nothing of it within reach. */
MUST_CHECK enum err unit_of_page(struct request *q, right_t right, struct within *ret, int64_t *ret_id);
/* Name over number, linked; the unit's name. A cell each. */
MUST_CHECK enum err person_cells(struct request *q, int64_t person);
/* The criteria that still stand against a rise, as this reader may know them; nothing when time alone is lacking. */
void lacking_words(struct request *q, const struct picture *p, const struct sight *s, bool closed);
/* "Counted at receipt 4,211, 3 October 2008, 14:05": what a count knows. */
void counted(struct request *q, const struct kept *k);

#endif
