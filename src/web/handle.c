/* handle.c - a request that is whole: drawn at once, in the pool, or written. */
#include "web/inside.h"

static void drawn(struct reader *r, struct request *q)
{
	draw(r, q);
	loop_go(q, note_then_send);
}

static void too_busy(struct request *q)
{
	struct reader *r = &q->inside->loop->reader;
	enum err e = reader_begin(r, q);
	if (e == E_OK)
		e = who_asks(q);
	refuse_err(q, e == E_OK ? E_BUSY : e);
	reader_end(r, q);
	answer_send(q);
}

void handle(struct request *q)
{
	struct request_inside *in = q->inside;
	if (in->method >= METHOD_POST) {
		writing_begin(q);
	} else if (q->page->flags & PAGE_SLOW) {
		loop_wait(q);
		if (!pool_post(in->server->slow, drawn, q))
			loop_go(q, too_busy);
	} else {
		draw(&in->loop->reader, q);
		note_then_send(q);
	}
}
