/* list_inside.h - what the list files share. */
#ifndef MERIT_FACE_LIST_INSIDE_H
#define MERIT_FACE_LIST_INSIDE_H

#include "face/listing.h"

void list_filter(struct request *q, const struct listing *l);
/* Saved views of this list, and the form that keeps the present one. */
MUST_CHECK enum err view_links(struct request *q, const struct entity *e);
void view_form(struct request *q, const struct entity *e);

#endif
