/* respond.c - a request as handlers see it: what goes back. */
#include "web/inside.h"

#include "web/cookie.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static struct str arena_str(struct arena *a, const struct buf *b)
{
	return (struct str){ arena_text(a, b->p ? b->p : "", b->n), b->n };
}

/* The directives of url_addf(): %s one part, percent-encoded; %d a number. */
static void add_url(struct buf *b, const char *fmt, va_list ap)
{
	for (; *fmt; fmt++) {
		if (fmt[0] != '%') {
			buf_char(b, *fmt);
			continue;
		}
		fmt++;
		if (*fmt == 's')
			url_add(b, str_of(va_arg(ap, const char *)));
		else if (*fmt == 'd')
			buf_int(b, va_arg(ap, long long));
		else
			bug("an address knows %%s and %%d only");
	}
}

void request_see(struct request *q, const char *fmt, ...)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	va_list ap;
	va_start(ap, fmt);
	add_url(&b, fmt, ap);
	va_end(ap);
	q->inside->see = arena_str(q->arena, &b);
}

void request_see_again(struct request *q, struct str address)
{
	struct str fits = site_next(q->site, address);
	q->inside->see = (struct str){ arena_text(q->arena, fits.p, fits.n), fits.n };
}

void request_tell(struct request *q, const char *text)
{
	q->inside->told = arena_copy(q->arena, text);
	request_set_cookie(q, COOKIE_TOLD, str_of(text), 60);
}

void request_type(struct request *q, const char *type)
{
	q->inside->type = arena_copy(q->arena, type);
}

void request_save_as(struct request *q, struct str name)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	buf_text(&b, "attachment; filename*=UTF-8''");
	url_add(&b, name);
	request_set_header(q, "Content-Disposition", arena_str(q->arena, &b));
}

/* A header never holds a line end, whatever its value came from. */
void request_set_header(struct request *q, const char *name, struct str value)
{
	char *text = arena_text(q->arena, value.p, value.n);
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
			text[i] = ' ';
	pairs_add(q->arena, &q->inside->headers, str_of(name), (struct str){ text, value.n });
}

void request_set_cookie(struct request *q, const char *name, struct str value, int life)
{
	struct cookie c = { name, value, life, strcmp(name, COOKIE_SESSION) == 0, q->inside->server->ask.tls_before };
	request_set_header(q, "Set-Cookie", cookie_write(q->arena, &c));
}

#define NOTES_LOOKED 256

void request_noted(struct request *q, int64_t person, const char *kind)
{
	struct request_inside *in = q->inside;
	/* A spreadsheet notes everybody, one person after the other. */
	for (size_t i = in->nnotes; i-- > 0 && in->nnotes - i <= NOTES_LOOKED;)
		if (in->notes[i].person == person && strcmp(in->notes[i].kind, kind) == 0)
			return;
	ARENA_GROW(q->arena, in->notes, in->nnotes, &in->notes_cap);
	in->notes[in->nnotes++] = (struct noted){ person, arena_copy(q->arena, kind) };
}

void request_keep(struct request *q, void *kept)
{
	q->inside->kept = kept;
}

void *request_kept(const struct request *q)
{
	return q->inside->kept;
}

/* ---- long answers ---- */

enum err request_spill(struct request *q)
{
	struct request_inside *in = q->inside;
	const char *p = in->out.p;
	size_t n = in->out.n;
	if (in->file < 0) {
		in->file = open(in->server->spool, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
		if (in->file < 0)
			return FAULT("a long answer cannot be kept in %s (%s); look at that folder", in->server->spool,
				     strerror(errno));
	}
	while (n > 0) {
		ssize_t k = write(in->file, p, n);
		if (k < 0 && errno != EINTR)
			return FAULT("a long answer cannot be kept in %s (%s); make room there", in->server->spool,
				     strerror(errno));
		if (k < 0)
			continue;
		p += k;
		n -= (size_t)k;
		in->file_size += (size_t)k;
	}
	buf_reset(&in->out);
	return E_OK;
}

enum err request_write(void *arg, struct str bytes)
{
	struct request *q = arg;
	buf_add(&q->inside->out, bytes.p, bytes.n);
	return q->inside->out.n > LIMIT_IN_MEMORY ? request_spill(q) : E_OK;
}
