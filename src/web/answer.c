/* answer.c - from what a handler left in the request to bytes on the line. */
#include "web/inside.h"

#include "web/squeeze.h"

#include <unistd.h>

static const char csp[] =
	"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/* clang-format off */
static const struct {
	const char *name, *value;
} always[] = {
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
	{ "Content-Security-Policy", csp },
};
/* clang-format on */

void answer_clear(struct request *q)
{
	struct request_inside *in = q->inside;
	buf_reset(&in->out);
	if (in->file >= 0)
		close(in->file);
	in->file = -1;
	in->file_size = 0;
	in->headers.n = 0;
	in->type = NULL;
	in->see = (struct str){ NULL, 0 };
	in->nnotes = 0;
	q->face = NULL;
}

static void header(struct MHD_Response *r, const char *name, const char *value)
{
	(void)MHD_add_response_header(r, name, value); /* refused only where memory is out, or for names not ours */
}

static void common_headers(const struct request_inside *in, struct MHD_Response *r, bool kept)
{
	for (size_t i = 0; i < COUNT(always); i++)
		header(r, always[i].name, always[i].value);
	if (!kept)
		header(r, "Cache-Control", "no-store");
	if (in->server->ask.tls_before)
		header(r, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
	if (atomic_load(&in->server->stopping) || in->last || clockwork_crowded(in->server->clockwork))
		header(r, "Connection", "close");
}

/* ---- compressing ---- */

/* "gzip;q=0", "gzip; q=0.0". */
static bool weighs_nothing(struct str part)
{
	const char *q = memmem(part.p, part.n, "q=", 2);
	for (const char *at = q; at && at < part.p + part.n; at++)
		if (*at >= '1' && *at <= '9')
			return false;
	return q != NULL;
}

/* "gzip" among what the browser takes. */
static bool takes_gzip(const struct request *q)
{
	struct str s = request_header(q, "Accept-Encoding");
	while (s.n) {
		const char *comma = memchr(s.p, ',', s.n);
		struct str part = str_trim((struct str){ s.p, comma ? (size_t)(comma - s.p) : s.n });
		if (part.n >= 4 && strncasecmp(part.p, "gzip", 4) == 0)
			return !weighs_nothing(part);
		s = comma ? (struct str){ comma + 1, s.n - (size_t)(comma + 1 - s.p) } : (struct str){ NULL, 0 };
	}
	return false;
}

static bool is_text(const char *type)
{
	return strncmp(type, "text/", 5) == 0 || strstr(type, "json") || strstr(type, "xml") ||
	       strstr(type, "javascript");
}

/* ---- pages ---- */

static struct MHD_Response *of_bytes(struct request_inside *in, const void *p, size_t n)
{
	/* The library reads it only; its interface is older than const. */
	union {
		const void *in;
		void *out;
	} bytes = { .in = p };
	in->sent = n;
	return MHD_create_response_from_buffer(n, bytes.out, MHD_RESPMEM_PERSISTENT);
}

static struct MHD_Response *of_file(struct request_inside *in)
{
	int fd = in->file;
	in->file = -1; /* the library closes it */
	in->sent = in->file_size;
	return MHD_create_response_from_fd64(in->file_size, fd);
}

static struct MHD_Response *of_page(struct request *q, const char *type)
{
	struct request_inside *in = q->inside;
	struct str body = { in->out.p ? in->out.p : "", in->out.n };
	if (in->file >= 0)
		return of_file(in);
	bool squeeze = body.n > GZIP_LEAST && is_text(type) && takes_gzip(q) &&
		       squeeze_gzip(in->loop->squeeze, body, &in->zipped);
	struct MHD_Response *r = squeeze ? of_bytes(in, in->zipped.p, in->zipped.n) : of_bytes(in, body.p, body.n);
	if (r && squeeze)
		header(r, "Content-Encoding", "gzip");
	if (r && body.n > GZIP_LEAST)
		header(r, "Vary", "Accept-Encoding");
	return r;
}

static bool leads_elsewhere(const struct request *q)
{
	return q->inside->see.n && q->status < 400 && !(q->page && (q->page->flags & PAGE_API));
}

/* A long answer that has come to its end is whole in its file. */
static void finish_file(struct request *q)
{
	struct request_inside *in = q->inside;
	if (in->file < 0 || in->out.n == 0 || request_spill(q) == E_OK)
		return;
	answer_clear(q);
	refuse_err(q, E_FAULT);
}

static void queue(struct request_inside *in, struct MHD_Response *r, int status)
{
	if (!r)
		bug("a response cannot be made");
	in->q.status = status;
	in->queued = true;
	loop_link(in, in->sent > LIMIT_IN_MEMORY ? WAIT_LONG : WAIT_SENT);
	if (MHD_queue_response(in->connection, (unsigned)status, r) != MHD_YES)
		in->closing = true;
	MHD_destroy_response(r);
}

void answer_send(struct request *q)
{
	struct request_inside *in = q->inside;
	finish_file(q);
	const char *type = in->type ? in->type : "text/html; charset=utf-8";
	bool elsewhere = leads_elsewhere(q), empty = elsewhere || q->status == 204 || q->status == 304;
	struct MHD_Response *r = empty ? of_bytes(in, "", 0) : of_page(q, type);
	common_headers(in, r, false);
	if (!empty)
		header(r, "Content-Type", type);
	if (in->see.n)
		header(r, "Location", arena_text(q->arena, in->see.p, in->see.n));
	for (size_t i = 0; i < in->headers.n; i++)
		header(r, in->headers.list[i].name.p, in->headers.list[i].value.p);
	queue(in, r, elsewhere ? 303 : q->status);
}

/* ---- assets ---- */

const struct asset *asset_at(const struct site *s, struct str path)
{
	const struct asset *a = s->assets;
	while (a && a->path && !str_is(path, a->path))
		a++;
	return a && a->path ? a : NULL;
}

const char *site_asset(const struct site *s, const char *name)
{
	for (const struct asset *a = s->assets; a && a->path; a++)
		if (strcmp(a->name, name) == 0)
			return a->path;
	bug("there is no asset %s", name);
}

/* The name holds the hash of what is in it, so it is also its mark. */
void answer_asset(struct request *q)
{
	struct request_inside *in = q->inside;
	const struct asset *a = in->asset;
	char *mark = arena_printf(q->arena, "\"%s\"", a->path + strlen("/assets/"));
	struct str known = request_header(q, "If-None-Match");
	bool same = known.n && memmem(known.p, known.n, mark, strlen(mark));
	struct str zipped = takes_gzip(q) ? squeeze_asset(in->server->squeezed, a) : (struct str){ NULL, 0 };
	struct MHD_Response *r = same       ? of_bytes(in, "", 0)
				 : zipped.n ? of_bytes(in, zipped.p, zipped.n)
					    : of_bytes(in, a->bytes, a->size);
	common_headers(in, r, true);
	header(r, "Cache-Control", "public, max-age=31536000, immutable");
	header(r, "ETag", mark);
	header(r, "Content-Type", a->type);
	header(r, "Vary", "Accept-Encoding");
	if (zipped.n && !same)
		header(r, "Content-Encoding", "gzip");
	queue(in, r, same ? 304 : 200);
}
