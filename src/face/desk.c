/* desk.c - the first page of the day: what waits for its reader, from every module. */
#include "face/inside.h"

static enum err whole(struct request *q, bool aside)
{
	return face_panels(q, "desk", 0, aside);
}

enum err desk_draw(struct request *q)
{
	struct html *h = &q->html;
	CLEANUP(buf_release) struct buf narrow = BUF_INIT;
	frame_begin(q, &(struct frame){ .sub = q->who->role });
	sheet_end(q);
	struct buf *page = h->out;
	h->out = &narrow;
	enum err e = whole(q, true);
	h->out = page;
	TRY(e);
	if (narrow.n)
		HTML(h, "<div class=\"two\"><div>");
	size_t before = page->n;
	TRY(whole(q, false));
	if (page->n == before) {
		sheet_begin(q, NULL);
		part_empty(q, N_("Nothing waits for you today."),
			   N_("What falls due, comes back or waits for you appears here by itself. To look somebody "
			      "up, use Find at the top of the page."),
			   NULL, NULL);
		sheet_end(q);
	}
	if (narrow.n) {
		HTML(h, "</div><aside");
		html_attr_say(h, "aria-label", N_("Beside your work"));
		HTML(h, ">");
		buf_add(page, narrow.p, narrow.n);
		HTML(h, "</aside></div>");
	}
	frame_end(q);
	return E_OK;
}
