/* handle.c - a request that is whole: drawn at once, in the pool, or written. */
#include "web/inside.h"
#include "web/pace.h"

static void too_busy(struct request *q)
{
	refuse_and_send(q, E_BUSY);
}

static void drawn(struct reader *r, struct request *q)
{
	bool again = q->inside->later;
	draw_for(r, q);
	if (q->inside->later == again)
		loop_go(q, noting_then_send);
	else if (!pool_post(q->inside->server->slow, drawn, q))
		loop_go(q, too_busy);
}

static struct pool *pool_of(const struct request *q)
{
	struct server *s = q->inside->server;
	if (q->page->flags & PAGE_SLOW)
		return s->slow;
	return pace_is_slow(s->pace, q->page) ? s->watched : NULL;
}

static void draw_in(struct pool *p, struct request *q)
{
	loop_wait(q);
	if (!pool_post(p, drawn, q))
		loop_go(q, too_busy);
}

void handle_draw(struct request *q)
{
	struct request_inside *in = q->inside;
	struct pool *p = pool_of(q);
	if (p) {
		draw_in(p, q);
		return;
	}
	draw_for(&in->loop->reader, q);
	if (in->later)
		draw_in(in->server->slow, q);
	else
		noting_then_send(q);
}

void handle_request(struct request *q)
{
	if (q->inside->method >= METHOD_POST)
		writing_begin(q);
	else
		handle_draw(q);
}
