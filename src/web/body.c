/* body.c - bodies: collecting, and the fields of a form. */
#include "web/body.h"

#include <unistd.h>

struct body_reader {
	struct body_ask ask;
	struct buf text;
	struct multipart *parts;
	struct body_file *files;
	int refused;
};

struct body_reader *body_new(const struct body_ask *ask)
{
	struct body_reader *b = xcalloc(1, sizeof *b);
	b->ask = *ask;
	if (ask->kind == BODY_PARTS)
		b->parts = multipart_new(&b->ask, &b->files);
	return b;
}

void body_free(struct body_reader *b)
{
	if (!b)
		return;
	for (struct body_file *x = b->files; x; x = x->next) {
		if (x->fd >= 0)
			close(x->fd);
		unlink(x->path);
	}
	multipart_free(b->parts);
	buf_release(&b->text);
	free(b);
}

static int collect(struct body_reader *b, const char *p, size_t n)
{
	if (n > b->ask.most || b->text.n > b->ask.most - n)
		return 413;
	buf_add(&b->text, p, n);
	return 0;
}

int body_feed(struct body_reader *b, const char *p, size_t n)
{
	if (!b->refused)
		b->refused = b->parts ? multipart_feed(b->parts, p, n) : collect(b, p, n);
	return b->refused;
}

/* ---- values ---- */

bool body_value(struct arena *a, struct str s, struct str *ret)
{
	if (text_utf8_bad(s) != s.n || (s.n && memchr(s.p, 0, s.n)))
		return false;
	if (!s.n || !memchr(s.p, '\r', s.n)) {
		*ret = s;
		return true;
	}
	char *out = arena_text(a, s.p, s.n);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r')
			out[n++] = s.p[i];
		else if (i + 1 == s.n || s.p[i + 1] != '\n')
			out[n++] = '\n';
	*ret = (struct str){ out, n };
	return true;
}

struct str body_filename(struct arena *a, struct str s)
{
	for (size_t i = s.n; i-- > 0;)
		if (s.p[i] == '/' || s.p[i] == '\\') {
			s = (struct str){ s.p + i + 1, s.n - i - 1 };
			break;
		}
	if (text_utf8_bad(s) != s.n)
		return STR("file");
	char *out = arena_text(a, s.p, s.n);
	size_t n = 0;
	for (size_t i = 0; i < s.n && n < 200; i++)
		if ((unsigned char)s.p[i] >= ' ' && s.p[i] != 0x7f && s.p[i] != '"')
			out[n++] = s.p[i];
	while (n > 0 && text_utf8_bad((struct str){ out, n }) != n)
		n--;
	return (struct str){ out, n };
}

/* ---- urlencoded ---- */

static int urlencoded_end(struct body_reader *b)
{
	struct arena *a = b->ask.arena;
	struct str rest = { arena_text(a, b->text.p, b->text.n), b->text.n }, part;
	struct pair p;
	while (pairs_cut(&rest, &part)) {
		if (b->ask.into->n == LIMIT_PAIRS)
			return 413;
		if (!pairs_split(a, part, &p) || !body_value(a, p.value, &p.value))
			return 400;
		pairs_add(a, b->ask.into, p.name, p.value);
	}
	return 0;
}

int body_end(struct body_reader *b)
{
	if (!b->refused && b->parts)
		b->refused = multipart_end(b->parts);
	else if (!b->refused && b->ask.kind == BODY_FORM)
		b->refused = urlencoded_end(b);
	return b->refused;
}

struct str body_text(const struct body_reader *b)
{
	return (struct str){ b->text.p, b->text.n };
}

const struct body_file *body_files(const struct body_reader *b)
{
	return b->files;
}

/* ---- the Content-Type ---- */

static bool begins(struct str s, const char *with)
{
	size_t n = strlen(with);
	return s.n >= n && strncasecmp(s.p, with, n) == 0 && (s.n == n || s.p[n] == ';' || s.p[n] == ' ');
}

/* RFC 2046: 1 to 70 characters. */
static bool boundary_of(struct str type, struct arena *a, struct str *ret)
{
	const char *text = arena_text(a, type.p, type.n);
	const char *at = strcasestr(text, "boundary=");
	if (!at)
		return false;
	at += strlen("boundary=");
	bool quoted = *at == '"';
	at += quoted;
	size_t n = strcspn(at, quoted ? "\"" : "; \t");
	*ret = (struct str){ at, n };
	return n >= 1 && n <= 70;
}

bool body_kind_of(struct str type, struct arena *a, enum body_kind *ret, struct str *ret_boundary)
{
	if (begins(type, "application/x-www-form-urlencoded")) {
		*ret = BODY_FORM;
		return true;
	}
	if (!begins(type, "multipart/form-data"))
		return false;
	*ret = BODY_PARTS;
	return boundary_of(type, a, ret_boundary);
}
