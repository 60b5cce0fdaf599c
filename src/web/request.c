/* request.c - a request as handlers see it: what came. */
#include "web/inside.h"

#include "base/number.h"
#include "web/body.h"
#include "web/cookie.h"
#include "web/secret.h"

#include <arpa/inet.h>
#include <unistd.h>

#define SPARE_MOST 64
#define KEPT_BUFFER (256 << 10)

int64_t ticks_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* ---- a request's life ---- */

struct request_inside *request_new(struct loop *l)
{
	struct request_inside *in = l->spare;
	if (in) {
		l->spare = in->next;
		l->nspare--;
	} else {
		in = xcalloc(1, sizeof *in);
		arena_init(&in->arena);
	}
	struct arena arena = in->arena;
	struct buf out = in->out, zipped = in->zipped;
	*in = (struct request_inside){
		.arena = arena, .out = out, .zipped = zipped, .server = l->server, .loop = l, .file = -1
	};
	in->begun = ticks_us();
	in->q = (struct request){ .site = l->server->site, .arena = &in->arena, .inside = in, .status = 200 };
	in->q.lang = LANG_ENGLISH;
	in->q.html = (struct html){ .out = &in->out, .lang = in->q.lang };
	return in;
}

static void release(struct request_inside *in)
{
	arena_release(&in->arena);
	buf_release(&in->out);
	buf_release(&in->zipped);
	free(in);
}

static void empty(struct buf *b)
{
	if (b->cap > KEPT_BUFFER)
		buf_release(b);
	else
		buf_reset(b);
}

static void keep(struct loop *l, struct request_inside *in)
{
	if (in->arena.used > KEPT_BUFFER)
		arena_release(&in->arena);
	else
		arena_reset(&in->arena);
	in->arena.cap = 0;
	empty(&in->out);
	empty(&in->zipped);
	in->next = l->spare;
	l->spare = in;
	l->nspare++;
}

void request_free(struct request_inside *in)
{
	struct loop *l = in->loop;
	atomic_fetch_sub(&in->server->held, in->held);
	if (in->file >= 0)
		close(in->file);
	body_free(in->body);
	problems_release(&in->problems);
	if (l->nspare < SPARE_MOST)
		keep(l, in);
	else
		release(in);
}

void request_free_spare(struct loop *l)
{
	for (struct request_inside *in = l->spare, *next; in; in = next) {
		next = in->next;
		release(in);
	}
	l->spare = NULL;
}

/* ---- what came ---- */

const char *request_method(const struct request *q)
{
	return q->inside->method == METHOD_HEAD ? "GET" : q->inside->method_name;
}

struct str request_target(const struct request *q)
{
	return q->inside->target;
}

struct str request_param(const struct request *q, const char *name)
{
	struct str s = pairs_first(&q->inside->params, name);
	return s.n ? s : pairs_last(&q->inside->asked, name);
}

int64_t request_number(const struct request *q, const char *name)
{
	int64_t n = 0;
	return number_parse(request_param(q, name), &n) ? n : 0;
}

date request_date(const struct request *q, const char *name)
{
	date d = DATE_NONE;
	return date_parse(request_param(q, name), &d) ? d : DATE_NONE;
}

bool request_flag(const struct request *q, const char *name)
{
	bool flag;
	return params_flag(request_param(q, name), &flag) && flag;
}

struct str request_form(const struct request *q, const char *name)
{
	return pairs_last(&q->inside->form, name);
}

const struct pair *request_forms(const struct request *q, size_t *ret_n)
{
	*ret_n = q->inside->form.n;
	return q->inside->form.list;
}

const struct pair *request_asked(const struct request *q, size_t *ret_n)
{
	*ret_n = q->inside->asked.n;
	return q->inside->asked.list;
}

bool request_posted(const struct request *q)
{
	return q->inside->posted;
}

bool request_upload(const struct request *q, const char *name, struct upload *ret)
{
	const struct body_file *f = q->inside->body ? body_files(q->inside->body) : NULL;
	while (f && !str_is(f->name, name))
		f = f->next;
	if (f)
		*ret = (struct upload){ f->filename, f->path, f->size };
	return f != NULL;
}

struct str request_body(const struct request *q)
{
	return q->inside->json;
}

/* Headers stand still while a request is worked on, whichever thread that is. */
struct str request_header(const struct request *q, const char *name)
{
	const char *value = MHD_lookup_connection_value(q->inside->connection, MHD_HEADER_KIND, name);
	return str_of(value);
}

struct str request_cookie(const struct request *q, const char *name)
{
	struct request_inside *in = q->inside;
	if (!in->cookies_read)
		cookies_read(&in->arena, request_header(q, "Cookie"), &in->cookies);
	in->cookies_read = true;
	return pairs_first(&in->cookies, name);
}

static enum MHD_Result keep_forwarded(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct str *last = arg;
	(void)kind;
	if (strcasecmp(name, "X-Forwarded-For") == 0)
		*last = str_of(value);
	return MHD_YES;
}

/* The proxy's own word: it stands last, after a comma or in a header of its own. What stands before it, anybody may
 * have sent. */
static struct str forwarded_for(const struct request *q)
{
	struct str s = { NULL, 0 };
	if (!q->inside->server->ask.tls_before)
		return s;
	MHD_get_connection_values(q->inside->connection, MHD_HEADER_KIND, keep_forwarded, &s);
	const char *comma = s.n ? memrchr(s.p, ',', s.n) : NULL;
	size_t skip = comma ? (size_t)(comma - s.p) + 1 : 0;
	return str_trim((struct str){ s.p + skip, s.n - skip });
}

struct str request_address(const struct request *q)
{
	struct str forwarded = forwarded_for(q);
	if (forwarded.n)
		return forwarded;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(q->inside->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char *text = arena_alloc(q->arena, INET6_ADDRSTRLEN);
	const struct sockaddr *a = info ? info->client_addr : NULL;
	if (a && a->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr, text, INET6_ADDRSTRLEN);
	else if (a)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)a)->sin_addr, text, INET6_ADDRSTRLEN);
	return str_of(text);
}

struct str request_told(struct request *q)
{
	struct str told = request_cookie(q, COOKIE_TOLD);
	if (told.n && !q->inside->told)
		request_set_cookie(q, COOKIE_TOLD, STR(""), -1);
	return told;
}

/* Without a session, the value of a cookie of its own: another site can neither read nor set it. */
struct str request_form_token(struct request *q)
{
	if (q->who)
		return q->who->form_token;
	struct str kept = request_cookie(q, COOKIE_FORM);
	if (kept.n >= TOKEN_LEAST)
		return kept;
	kept = token_new(q->arena);
	pairs_add(q->arena, &q->inside->cookies, STR(COOKIE_FORM), kept);
	request_set_cookie(q, COOKIE_FORM, kept, 0);
	return kept;
}
