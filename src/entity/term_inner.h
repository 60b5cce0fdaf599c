/* term_inner.h - the words that the rows of a record have; inner to term*.c. */
#ifndef MERIT_ENTITY_TERM_INNER_H
#define MERIT_ENTITY_TERM_INNER_H

#include "entity/term.h"

/* Who is given the words: begins whatever `word` is handed. */
struct term_reader {
	void (*word)(void *reader, struct str word); /* the word lives as long as the call */
	int64_t record;                              /* whose word it is */
	bool now;                                    /* of something believed */
};

bool term_any(const struct entity *e); /* its records have words */
/* The words of records low … high, some more than once: believed ones, then those of what was believed before. */
MUST_CHECK enum err term_read(struct ctx *c, const struct entity *e, int64_t low, int64_t high, bool past,
			      struct term_reader *to);

#endif
