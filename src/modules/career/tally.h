/* tally.h - counts of people by the units below one unit, or by every unit alone. */
#ifndef MERIT_MODULES_CAREER_TALLY_H
#define MERIT_MODULES_CAREER_TALLY_H

#include "modules/career/career_page.h"

struct tally_row {
	int64_t unit;
	struct order_range range;
	int64_t people, sound; /* sound: no fault at all */
	int64_t proved;        /* every fact rests on a paper seen */
	int64_t posts, held;
};
struct tally {
	struct tally_row *v;
	size_t n;
	struct tally_row all;
	int64_t fault[FAULT_KINDS];
};
/* The units right below `unit` (0: below the units at the top, or those of the reader's reach), within reach, and the
 * sum of all. In the request's arena. */
MUST_CHECK enum err tally_below(struct request *q, const struct picture *p, const struct within *w, int64_t unit,
				struct tally *ret);
/* The sum alone, without rows. */
void tally_all(const struct picture *p, const struct within *w, struct tally *ret);
/* Every unit by itself, without those below it, in no order: only those with people. Without the sum. */
void tally_each(struct request *q, const struct picture *p, const struct within *w, struct tally *ret);

#endif
