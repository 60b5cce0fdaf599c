/* rules_page.h - the pages that show the rules, one file each; joined in decision_pages.c. */
#ifndef MERIT_FACE_RULES_PAGE_H
#define MERIT_FACE_RULES_PAGE_H

#include "face/face.h"
#include "policy/packs.h"

extern const struct page rules_page, rules_table_page, rules_policy_page, rules_changes_page;

/* "assumed", opening to the reason; the source otherwise. */
void rules_mark(struct request *q, const struct mark *m);
/* What a value holds, as its file has it: one text, or a list. */
void rules_value(struct request *q, const struct param *v);
/* "time_in_rank" as people read it. */
void rules_name(struct request *q, struct str name);

#endif
