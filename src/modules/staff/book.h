/* book.h - all that is and was believed of one person, fact by fact. */
#ifndef MERIT_MODULES_STAFF_BOOK_H
#define MERIT_MODULES_STAFF_BOOK_H

#include "modules/staff/staff_page.h"

struct fact {
	const struct record *now;        /* as believed at the position; also one that ends or withdraws */
	const struct record *const *was; /* what the same fact said before, oldest first */
	size_t nwas;
	const struct record *before; /* of a version of the person: the version before it; NULL: the first */
};
struct book {
	struct moment at;   /* the day and the position stated */
	bool closed;        /* with the confidential parts */
	const char *number; /* under which the reader may mend facts; NULL: may not, or reads what was known once */
	struct fact *facts; /* by day, the newest first */
	size_t n;
};
/* As of the day (facts of later days only when the day is today), as known at the position. */
MUST_CHECK enum err book_read(struct ctx *c, int64_t person, struct moment at, bool closed, struct book *ret);
/* Every row ever written about the person that may be shown, in the order in which they were written. */
MUST_CHECK enum err book_rows(struct ctx *c, int64_t person, bool closed, struct record ***ret, size_t *ret_n);
/* Whether two rows are the same fact: of the person, the version of the same day. */
bool book_same(const struct record *a, const struct record *b);

#endif
