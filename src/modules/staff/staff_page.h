/* staff_page.h - the pages about people, one file each; joined in staff_page.c. */
#ifndef MERIT_MODULES_STAFF_PAGE_H
#define MERIT_MODULES_STAFF_PAGE_H

#include "face/keep.h"
#include "modules/staff/staff.h"

MUST_CHECK enum err people_page_draw(struct request *q);
MUST_CHECK enum err people_page_sheet(struct request *q);
MUST_CHECK enum err person_page_draw(struct request *q);
MUST_CHECK enum err book_page_draw(struct request *q);
MUST_CHECK enum err since_page_draw(struct request *q);

/* All of them, and what this module adds to the desk; ended by an empty row. */
extern const struct page staff_pages[];
extern const struct panel staff_panels[];
extern const struct home staff_homes[];

#define PERSON_PARAM                                                                                                   \
	{                                                                                                              \
		"person", PARAM_CODE, 32                                                                               \
	}
#define MOMENT_PARAMS                                                                                                  \
	{ "as_of", PARAM_TEXT, 10 },                                                                                   \
	{                                                                                                              \
		"known_at", PARAM_TEXT, 20                                                                             \
	}

MUST_CHECK enum err unit_panel_draw(struct request *q, int64_t unit);
MUST_CHECK enum err post_panel_draw(struct request *q, int64_t post);

/* The person of the path, within the reader's reach or the reader. E_MISSING. closed: also the confidential parts. */
struct person_of_page {
	int64_t id;
	const char *number; /* as the address has it now: the newest */
	struct str name;
	bool closed;
};
MUST_CHECK enum err person_of_page(struct request *q, struct person_of_page *ret);
/* Opens the page of a person: name, numbers under it, the way here. */
MUST_CHECK enum err person_frame(struct request *q, const struct person_of_page *p, const char *words,
				 const char *href);

/* What one fact says, in a line: the strong part first; and as a tag, of which kind it is. What is confidential of it
 * is noted as read. */
void fact_line(struct request *q, const struct record *r, bool may_closed);
void fact_kind(struct request *q, const struct record *r);
/* Of a version of the person: what it says otherwise than the one before (NULL: all). */
void fact_version(struct request *q, const struct record *r, const struct record *before, bool may_closed);
/* Why it was corrected or withdrawn; the reason is confidential where anything of the fact is. */
bool fact_tells_why(const struct record *r, bool may_closed);
void fact_why(struct request *q, const struct record *r);
/* claimed, proved, confirmed as a tag; nothing for a fact that has no proof. */
void fact_proof(struct request *q, const struct record *r);
bool fact_is_claimed(const struct record *r);

/* Names of units, for lists: from memory, as known now. Empty: none. Borrowed until keep_let_go(). */
MUST_CHECK enum err unit_names_get(struct ctx *c, struct kept **ret);
struct str unit_name(const struct kept *names, int64_t unit);

#endif
