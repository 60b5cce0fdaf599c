/* noting.c - what is written because somebody read: who saw whose file, and that a session was used. */
#include "web/inside.h"

/* ---- a session was used ---- */

#define TOUCH_SECONDS 300

struct touching {
	struct server *server;
	struct who who; /* without what points into the request */
};

static enum err touch_job(struct store *s, void *arg)
{
	struct touching *t = arg;
	struct ctx *c = t->server->c;
	struct arena a CLEANUP(arena_release) = ARENA_INIT, *before = c->arena;
	(void)s;
	c->arena = &a;
	c->actor = t->who.actor;
	enum err e = t->server->site->gate->touch(c, &t->who);
	c->arena = before;
	return e;
}

static void touched(void *arg, enum err e)
{
	(void)e; /* it is tried again in five minutes */
	free(arg);
}

/* Whether five minutes have passed; two sessions that share a place in the table are only written down more often. */
static bool due(struct server *s, int64_t session)
{
	uint64_t now = (uint64_t)(ticks_us() / 1000000), low = (uint64_t)session & UINT32_MAX;
	_Atomic uint64_t *place = &s->touched[((uint64_t)session * UINT64_C(0x9e3779b97f4a7c15)) >> 48];
	uint64_t seen = atomic_load_explicit(place, memory_order_relaxed);
	if (seen >> 32 == low && now - (seen & UINT32_MAX) < TOUCH_SECONDS)
		return false;
	return atomic_compare_exchange_strong(place, &seen, low << 32 | now);
}

/* Now and then, that the session is used. */
static void write_use(struct request *q)
{
	struct server *s = q->inside->server;
	if (!s->site->gate->touch || !due(s, q->who->session))
		return;
	struct touching *t = xcalloc(1, sizeof *t);
	t->server = s;
	t->who = (struct who){ .actor = q->who->actor, .session = q->who->session, .shared = q->who->shared };
	struct writer_job j = { .run = touch_job, .done = touched, .arg = t };
	if (writer_post(s->writer, &j) != E_OK)
		free(t);
}

/* ---- confidential fields: first the book, then the page ---- */

static enum err note(struct store *s, void *arg)
{
	struct request *q = arg;
	struct request_inside *in = q->inside;
	struct reader *r = &in->server->writing;
	(void)s;
	reader_lend(r, q);
	enum err e = q->site->gate->note(q->c, q->who, in->notes, in->nnotes, q->page->path);
	reader_end(r, q);
	return e;
}

static void unnoted(struct request *q)
{
	refuse_and_send(q, q->inside->answer);
}

static void noted(void *arg, enum err e)
{
	struct request *q = arg;
	q->inside->answer = e;
	if (e != E_OK)
		refuse_keep_fault(q);
	loop_go(q, e == E_OK ? answer_send : unnoted);
}

void noting_then_send(struct request *q)
{
	struct request_inside *in = q->inside;
	if (q->who && q->who->session)
		write_use(q);
	if (!in->nnotes || !q->who || !q->site->gate->note) {
		answer_send(q);
		return;
	}
	loop_wait(q);
	struct writer_job j = { .run = note, .done = noted, .arg = q };
	enum err e = writer_post(in->server->writer, &j);
	if (e != E_OK)
		noted(q, e);
}
