/* doubles.h - files that could be of one person: the same day of birth and nearly the same name, or the same name and a
 * day of birth turned round. A suspicion, never a merge. */
#ifndef MERIT_MODULES_CAREER_DOUBLES_H
#define MERIT_MODULES_CAREER_DOUBLES_H

#include "modules/career/picture.h"

enum double_why { SAME_NAME_SAME_BIRTH, LIKE_NAME_SAME_BIRTH, SAME_NAME_BIRTH_TURNED };
const char *double_words(enum double_why w); /* N_ */
struct pair_of_files {
	int64_t a, b; /* persons, the lower number first */
	enum double_why why;
};
struct doubles {
	struct pair_of_files *v; /* the surest first */
	size_t n;
};
/* Of everybody in service; keep_let_go() ends it. */
MUST_CHECK enum err doubles_get(struct ctx *c, bool fresh, struct kept **ret);
/* Whether both stand within what a page counts. */
bool doubles_within(const struct picture *p, const struct within *w, const struct pair_of_files *x);
/* Whether two folded names could be one: without degrees, word by word equal, an initial, or one letter apart. */
bool doubles_alike(struct str a, struct str b);

#endif
