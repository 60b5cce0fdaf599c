/* handle.c - a request that is whole: drawn at once, in the pool, or written. */
#include "web/inside.h"
#include "web/pace.h"

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

struct pool *handle_pool(const struct request *q)
{
	struct server *s = q->inside->server;
	if (q->page->flags & PAGE_SLOW)
		return s->slow;
	return pace_is_slow(s->pace, q->page) ? s->watched : NULL;
}

void handle_request(struct request *q)
{
	struct request_inside *in = q->inside;
	struct pool *p = in->method < METHOD_POST ? handle_pool(q) : NULL;
	if (in->method >= METHOD_POST) {
		writing_begin(q);
	} else if (p) {
		loop_wait(q);
		if (!pool_post(p, drawn, q))
			loop_go(q, too_busy);
	} else {
		draw_for(&in->loop->reader, q);
		noting_then_send(q);
	}
}
