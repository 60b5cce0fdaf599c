/* page_fuzz.c - whatever is asked of the pages and the API that every record has is answered or refused.
 *
 * The input is a line, "POST /list/place/new?x=y", then the body, a form or an object. No request ends in a fault, and
 * what is drawn is UTF-8. What is written is taken back; rows that need more than one transaction are left out.
 */
#include "../help/lights.h"
#include "../help/spot.h"
#include "face/face.h"
#include "web/body.h"
#include "web/route.h"

#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct spot spot;
static struct lights lights;

static void expect(bool holds, const char *what)
{
	if (!holds)
		bug("%s: %s", what, fault_text());
}

static void put_out(void)
{
	lights_close(&lights);
	spot_remove(&spot);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	spot_make(&spot, false);
	spot_create(&spot);
	lights_open(&lights, &spot);
	lights.a.server.routes = routes_of(&lights_site);
	asking_may(&lights.a, (right_t)-1, INT64_MIN, INT64_MAX);
	atexit(put_out);
	return 0;
}

/* The first word, taken off; what parts it goes too. */
static struct str word(struct str *s, char until)
{
	const char *end = s->n ? memchr(s->p, until, s->n) : NULL;
	struct str first = { s->p, end ? (size_t)(end - s->p) : s->n };
	*s = end ? (struct str){ end + 1, s->n - first.n - 1 } : (struct str){ s->p + s->n, 0 };
	return first;
}

static void request_of(struct asking *a, struct request_inside *in, struct str method, struct str target)
{
	in->server = &a->server;
	in->loop = &a->loop;
	in->file = -1;
	in->cookies_read = true;
	in->method_name = arena_text(&in->arena, method.p, method.n);
	in->target = target;
	in->q = (struct request){ .c = lights.c, .site = &lights_site, .arena = &in->arena, .inside = in };
	in->q.status = 200;
	in->q.who = &a->who;
	in->q.lang = LANG_ENGLISH;
	in->q.html = (struct html){ &in->out, LANG_ENGLISH };
	problems_release(lights.c->problems);
	*lights.c->problems = (struct problems){ .lang = LANG_ENGLISH };
}

static bool body_read(struct request_inside *in, struct str body)
{
	bool api = in->q.page->flags & PAGE_API;
	struct body_ask ask = {
		.arena = &in->arena, .into = &in->form, .kind = api ? BODY_RAW : BODY_FORM, .most = 1 << 16
	};
	in->body = body_new(&ask);
	if (body_feed(in->body, body.p, body.n) || body_end(in->body))
		return false;
	if (api)
		in->json = body_text(in->body);
	return true;
}

static enum err write_and_take_back(struct request *q)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	TRY(ctx_write(q->c, &t));
	return q->page->write(q);
}

static void draw(struct request *q)
{
	if (!q->page->draw)
		return;
	expect(q->page->draw(q) != E_FAULT, "a page cannot be drawn");
	struct str drawn = str_of(buf_str(q->html.out));
	expect(drawn.n == q->html.out->n && text_utf8_bad(drawn) == drawn.n, "a page is not UTF-8");
}

static void answer(struct request_inside *in, struct str body)
{
	const struct page *p = in->q.page;
	bool writes = in->method != METHOD_GET && in->method != METHOD_HEAD;
	if (!writes) {
		draw(&in->q);
		return;
	}
	if (!p->write || p->prepare || p->flags & PAGE_ALONE || !body_read(in, body))
		return;
	enum err e = write_and_take_back(&in->q);
	expect(e != E_FAULT, "a form ends in a fault");
	in->posted = true;
	if (e == E_INVALID || e == E_CONFLICT)
		draw(&in->q);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = { (const char *)data, n }, line = word(&s, '\n'), method = word(&line, ' ');
	struct request_inside in = { .arena = ARENA_INIT };
	const char *words;
	request_of(&lights.a, &in, method, line);
	if (target_read(&in, &words) == 0 && params_check(&in, &words) == 0)
		answer(&in, s);
	body_free(in.body);
	buf_release(&in.out);
	arena_release(&in.arena);
	return 0;
}
