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
	struct body_reader *f = xcalloc(1, sizeof *f);
	f->ask = *ask;
	if (ask->kind == BODY_PARTS)
		f->parts = multipart_new(&f->ask, &f->files);
	return f;
}

void body_free(struct body_reader *f)
{
	if (!f)
		return;
	for (struct body_file *x = f->files; x; x = x->next) {
		if (x->fd >= 0)
			close(x->fd);
		unlink(x->path);
	}
	multipart_free(f->parts);
	buf_release(&f->text);
	free(f);
}

static int collect(struct body_reader *f, const char *p, size_t n)
{
	if (n > f->ask.most || f->text.n > f->ask.most - n)
		return 413;
	buf_add(&f->text, p, n);
	return 0;
}

int body_feed(struct body_reader *f, const char *p, size_t n)
{
	if (!f->refused)
		f->refused = f->parts ? multipart_feed(f->parts, p, n) : collect(f, p, n);
	return f->refused;
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

static bool take(struct body_reader *f, struct str part)
{
	struct arena *a = f->ask.arena;
	const char *is = memchr(part.p, '=', part.n);
	struct str name = { part.p, is ? (size_t)(is - part.p) : part.n };
	struct str value = { is ? is + 1 : part.p + part.n, is ? part.n - name.n - 1 : 0 };
	if (!target_decode(a, name, true, &name) || !target_decode(a, value, true, &value) ||
	    !body_value(a, value, &value))
		return false;
	pairs_add(a, f->ask.into, name, value);
	return true;
}

static int urlencoded_end(struct body_reader *f)
{
	struct str rest = { arena_text(f->ask.arena, f->text.p, f->text.n), f->text.n };
	while (rest.n) {
		const char *and = memchr(rest.p, '&', rest.n);
		struct str part = { rest.p, and? (size_t)(and-rest.p) : rest.n };
		if (part.n && f->ask.into->n == LIMIT_PAIRS)
			return 413;
		if (part.n && !take(f, part))
			return 400;
		rest = and? (struct str){ and+1, rest.n - part.n - 1 } : (struct str){ NULL, 0 };
	}
	return 0;
}

int body_end(struct body_reader *f)
{
	if (!f->refused && f->parts)
		f->refused = multipart_end(f->parts);
	else if (!f->refused && f->ask.kind == BODY_FORM)
		f->refused = urlencoded_end(f);
	return f->refused;
}

struct str body_text(const struct body_reader *f)
{
	return (struct str){ f->text.p, f->text.n };
}

const struct body_file *body_files(const struct body_reader *f)
{
	return f->files;
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
