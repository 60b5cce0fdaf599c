/* handle.c - a request that is whole: drawn at once, in the pool, or written. */
#include "web/inside.h"

static void drawn(struct reader *r, struct request *q)
{
	draw_for(r, q);
	loop_go(q, noting_then_send);
}

static void too_busy(struct request *q)
{
	struct reader *r = &q->inside->loop->reader;
	enum err e = reader_begin(r, q);
	if (e == E_OK)
		e = draw_who(q);
	refuse_err(q, e == E_OK ? E_BUSY : e);
	reader_end(r, q);
	answer_send(q);
}

void handle_request(struct request *q)
{
	struct request_inside *in = q->inside;
	if (in->method >= METHOD_POST) {
		writing_begin(q);
	} else if (q->page->flags & PAGE_SLOW) {
		loop_wait(q);
		if (!pool_post(in->server->slow, drawn, q))
			loop_go(q, too_busy);
	} else {
		draw_for(&in->loop->reader, q);
		noting_then_send(q);
	}
}
