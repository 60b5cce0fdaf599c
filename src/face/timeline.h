/* timeline.h - all that was ever written about one record, newest first. Inner to the record pages. */
#ifndef MERIT_FACE_TIMELINE_H
#define MERIT_FACE_TIMELINE_H

#include "face/face.h"

struct life {
	const struct record *now;  /* what is believed; of op OP_WITHDRAWN: that it never was */
	const struct record **was; /* what was believed before, oldest first */
	size_t nwas;
	bool closed; /* confidential values may be shown */
};
struct timeline {
	struct life *list;
	size_t n, cap;
	struct moment at;
};
/* The facts of every SERIES and EVENT of `of` that are no children, as far as the reader may see them. Notes the
 * reading of confidential ones. */
MUST_CHECK enum err timeline_read(struct request *q, const struct entity *of, int64_t owner, struct moment at,
				  struct timeline *ret);
/* The facts of one kind. */
MUST_CHECK enum err timeline_read_one(struct request *q, const struct entity *e, int64_t owner, struct moment at,
				      struct timeline *ret);
/* key: of the owner, for links to correct; empty: no links. */
MUST_CHECK enum err timeline_draw(struct request *q, const struct timeline *t, struct str key);

#endif
