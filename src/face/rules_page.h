/* rules_page.h - the pages that show the rules; decision_pages.c lists them. Inner to their files. */
#ifndef MERIT_FACE_RULES_PAGE_H
#define MERIT_FACE_RULES_PAGE_H

#include "face/inside.h"
#include "policy/packs.h"

page_half rules_page_draw, rules_detail_table, rules_detail_policy, rules_detail_changes;

/* "assumed", opening to the reason; the source otherwise. */
void rules_mark(struct request *q, const struct mark *m);
/* What a value holds as people read it: codes by their labels, words without the signs of names, tables as links. */
struct value_kind {
	enum pack_type type;
	const char *of;          /* P_CODE, P_CODES: the table; NULL: the reader's own affair */
	const struct pack *pack; /* whose tables a name means */
};
void rules_value(struct request *q, const struct value_kind *kind, const struct param *v);
/* "time_in_rank" as people read it. */
void rules_name(struct request *q, struct str name);

#endif
