/* frame.h - what stands around every page: head, search, side list, the page's own help, messages of the last action.
 *
 *     frame_begin(q, &(struct frame){ .title = name, .sub = …, .crumbs = c, .ncrumbs = 1 });
 *     …sheets…
 *     frame_end(q);
 */
#ifndef MERIT_FACE_FRAME_H
#define MERIT_FACE_FRAME_H

#include "web/request.h"

struct crumb {
	const char *words; /* N_(…); NULL: text */
	struct str text;
	const char *href; /* as it stands: already an address of ours */
};
struct frame {
	struct str title; /* said or data; empty: the page row's title */
	struct str sub;   /* one line under it */
	const struct crumb *crumbs;
	size_t ncrumbs;
	bool wide;    /* without a side list (nobody is signed in): the whole width; else one narrow column */
	bool printed; /* a form that an office files: no side list, no bar, on paper and on the screen */
};
/* Opens main with a first sheet: crumbs, the only h1, sub. The sheet stays open: close it with sheet_end(). */
void frame_begin(struct request *q, const struct frame *f);
void frame_end(struct request *q); /* all sheets are closed before it */
/* site->refuse of every site. */
void frame_refuse(struct request *q, int status, const char *what);

#endif
