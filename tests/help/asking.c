#include "asking.h"

#include "web/body.h"
#include "web/route.h"

const struct asset asking_assets[] = {
	{ "/assets/style.css", "style.css", "text/css", NULL, 0 },
	{ "/assets/merit.js", "merit.js", "text/javascript", NULL, 0 },
	{ "/assets/icon.svg", "icon.svg", "image/svg+xml", NULL, 0 },
	{ NULL, NULL, NULL, NULL, 0 },
};

void asking_init(struct asking *a, struct ctx *c, const struct site *site)
{
	*a = (struct asking){ .in = { .file = -1 } };
	arena_init(&a->arena);
	a->server.site = site;
	a->server.spool = "/tmp";
	a->loop.server = &a->server;
	a->in.server = &a->server;
	a->in.loop = &a->loop;
	a->in.q.c = c;
	a->who = (struct who){ .actor = c->actor,
			       .name = STR("Rina"),
			       .role = STR("HR officer"),
			       .reach = a->reach,
			       .session = 1,
			       .form_token = STR("token-of-rina-0123456789") };
}

void asking_release(struct asking *a)
{
	buf_release(&a->in.out);
	arena_release(&a->arena);
}

void asking_may(struct asking *a, right_t rights, int64_t first, int64_t last)
{
	if (a->who.nreach == ASKING_REACHES)
		bug("a reader of tests has at most %d duties", ASKING_REACHES);
	a->reach[a->who.nreach++] = (struct reach){ .rights = rights, .first = first, .last = last };
	a->who.rights |= rights;
}

static bool begin(struct asking *a, const char *method, const char *target)
{
	struct request_inside *in = &a->in;
	const char *mark = strchrnul(target, '?');
	struct route found;
	bool bad;
	buf_reset(&in->out);
	buf_text(&in->out, "");
	*in = (struct request_inside){
		.out = in->out, .q = { .c = in->q.c }, .server = &a->server, .loop = &a->loop, .file = -1
	};
	in->method_name = method;
	in->method = strcmp(method, "POST") == 0 ? METHOD_POST : METHOD_GET;
	in->target = str_of(target);
	in->path = (struct str){ target, (size_t)(mark - target) };
	in->query = str_of(*mark ? mark + 1 : mark);
	in->cookies_read = true;
	in->q.site = a->server.site;
	in->q.arena = &a->arena;
	in->q.inside = in;
	in->q.status = 200;
	in->q.who = &a->who;
	in->q.lang = LANG_ENGLISH;
	in->q.html = (struct html){ &in->out, LANG_ENGLISH };
	struct problems *p = in->q.c->problems;
	problems_release(p);
	*p = (struct problems){ .lang = LANG_ENGLISH };
	if (!route_find(routes_of(a->server.site), &a->arena, in->path, &found, &bad))
		return false;
	in->q.page = found.rows[0];
	for (size_t i = 0; i < found.nvalues; i++)
		pairs_add(&a->arena, &in->params, route_name(in->q.page, i), found.values[i]);
	for (struct str rest = in->query; rest.n;) {
		const char *and = memchr(rest.p, '&', rest.n);
		struct str part = { rest.p, and? (size_t)(and-rest.p) : rest.n }, name, value;
		const char *is = memchr(part.p, '=', part.n);
		rest = and? (struct str){ and+1, rest.n - part.n - 1 } : (struct str){ 0 };
		if (is && target_decode(&a->arena, (struct str){ part.p, (size_t)(is - part.p) }, true, &name) &&
		    target_decode(&a->arena, (struct str){ is + 1, part.n - name.n - 1 }, true, &value))
			pairs_add(&a->arena, &in->asked, name, value);
	}
	return true;
}

static const char *draw(struct asking *a)
{
	struct request *q = &a->in.q;
	enum err e = who_may(q->who, q->page->see) ? q->page->draw(q) : E_DENIED;
	a->status = e == E_OK ? q->status : err_http(e);
	if (a->in.see.n)
		a->status = 303;
	return buf_str(&a->in.out);
}

const char *asking_get(struct asking *a, const char *target)
{
	a->status = 404;
	return begin(a, "GET", target) ? draw(a) : "";
}

static enum err write_alone(struct request *q)
{
	return q->page->write(q);
}

static enum err write_in_a_group(struct request *q)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	TRY(ctx_write(q->c, &t));
	TRY(q->page->write(q));
	return txn_commit(&t);
}

static const char *write_then_draw(struct asking *a)
{
	struct request *q = &a->in.q;
	if (!q->page->write || !who_may(q->who, q->page->see)) {
		a->status = 403;
		return "";
	}
	enum err e = q->page->flags & PAGE_ALONE ? write_alone(q) : write_in_a_group(q);
	a->status = e == E_OK ? 303 : err_http(e);
	if (e != E_INVALID && e != E_CONFLICT)
		return "";
	a->in.posted = true;
	q->status = a->status;
	return draw(a);
}

const char *asking_post(struct asking *a, const char *target, const char *const *pairs)
{
	a->status = 404;
	if (!begin(a, "POST", target))
		return "";
	for (; pairs[0]; pairs += 2)
		pairs_add(&a->arena, &a->in.form, str_of(pairs[0]), str_of(pairs[1]));
	return write_then_draw(a);
}

const char *asking_send(struct asking *a, const char *target, const char *name, const char *filename, const char *bytes)
{
	a->status = 404;
	if (!begin(a, "POST", target))
		return "";
	struct body_ask ask = { .arena = &a->arena,
				.into = &a->in.form,
				.spool = a->server.spool,
				.kind = BODY_PARTS,
				.boundary = STR("edge"),
				.most = 1 << 20,
				.most_files = 1 << 20 };
	const char *body = arena_printf(&a->arena,
					"--edge\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
					"Content-Type: text/csv\r\n\r\n%s\r\n--edge--\r\n",
					name, filename, bytes);
	a->in.body = body_new(&ask);
	if (body_feed(a->in.body, body, strlen(body)) || body_end(a->in.body))
		bug("a body made by a test cannot be read");
	const char *page = write_then_draw(a);
	body_free(a->in.body);
	a->in.body = NULL;
	return page;
}

const char *asking_seen(struct asking *a)
{
	return arena_text(&a->arena, a->in.see.n ? a->in.see.p : "", a->in.see.n);
}
