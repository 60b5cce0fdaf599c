/* multipart.c - forms with files (RFC 7578), piece by piece: what is not yet known to be data stays in `held`. */
#include "web/body.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define HEAD_MOST 8192
#define PARTS_MOST 500

enum state { BEFORE, AFTER_BOUNDARY, HEAD, DATA, ENDED };

struct multipart {
	const struct body_ask *ask;
	struct body_file **files; /* the reader's list; newest first */
	struct buf mark;          /* CR LF - - boundary */
	struct buf held;
	enum state state;
	struct str name;
	struct body_file *file; /* the part is a file */
	struct buf value;       /* the part is a field */
	bool unnamed;           /* a file field that was left empty */
	size_t taken, taken_files, parts;
};

struct multipart *multipart_new(const struct body_ask *ask, struct body_file **files)
{
	struct multipart *m = xcalloc(1, sizeof *m);
	m->ask = ask;
	m->files = files;
	buf_text(&m->mark, "\r\n--");
	buf_add(&m->mark, ask->boundary.p, ask->boundary.n);
	buf_text(&m->held, "\r\n"); /* so that the first boundary looks like the others */
	return m;
}

void multipart_free(struct multipart *m)
{
	if (!m)
		return;
	buf_release(&m->mark);
	buf_release(&m->held);
	buf_release(&m->value);
	free(m);
}

static void drop(struct multipart *m, size_t n)
{
	memmove(m->held.p, m->held.p + n, m->held.n - n);
	m->held.n -= n;
}

/* ---- data ---- */

static int write_file(struct multipart *m, const char *p, size_t n)
{
	if (n > m->ask->most_files - m->taken_files)
		return 413;
	m->taken_files += n;
	m->file->size += n;
	while (n > 0) {
		ssize_t k = write(m->file->fd, p, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0) {
			(void)FAULT("a file that was sent cannot be kept in %s (%s); make room there", m->ask->spool,
				    strerror(errno));
			return 500;
		}
		p += k;
		n -= (size_t)k;
	}
	return 0;
}

static int emit(struct multipart *m, const char *p, size_t n)
{
	if (m->file)
		return write_file(m, p, n);
	if (m->unnamed)
		return n > 0 ? 400 : 0;
	if (n > m->ask->most - m->taken)
		return 413;
	m->taken += n;
	buf_add(&m->value, p, n);
	return 0;
}

static int part_end(struct multipart *m)
{
	struct arena *a = m->ask->arena;
	if (m->file) {
		close(m->file->fd);
		m->file->fd = -1;
		m->file = NULL;
		return 0;
	}
	if (m->unnamed)
		return 0;
	struct str value = { arena_text(a, m->value.p, m->value.n), m->value.n };
	if (!body_value(a, value, &value))
		return 400;
	pairs_add(a, m->ask->into, m->name, value);
	buf_reset(&m->value);
	return 0;
}

/* ---- the head of a part ---- */

/* The value of a parameter such as name="…": browsers write %22 for a quote within it. */
static bool parameter(struct arena *a, const char *line, const char *name, struct str *ret)
{
	char look[24];
	snprintf(look, sizeof look, "; %s=\"", name);
	const char *at = strcasestr(line, look);
	if (!at)
		return false;
	at += strlen(look);
	const char *end = strchr(at, '"');
	if (!end)
		return false;
	struct str raw = { at, (size_t)(end - at) };
	if (text_utf8_bad(raw) != raw.n)
		return false;
	char *out = arena_text(a, raw.p, raw.n);
	size_t n = 0;
	for (size_t i = 0; i < raw.n; i++) {
		bool quote = raw.n - i >= 3 && raw.p[i] == '%' && raw.p[i + 1] == '2' && raw.p[i + 2] == '2';
		out[n++] = quote ? '"' : raw.p[i];
		i += quote ? 2 : 0;
	}
	*ret = (struct str){ out, n };
	return true;
}

static int file_begin(struct multipart *m, struct str filename)
{
	struct arena *a = m->ask->arena;
	if (!m->ask->spool)
		return 400;
	char *path = arena_printf(a, "%s/sent-XXXXXX", m->ask->spool);
	int fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0) {
		(void)FAULT("a file that was sent cannot be kept in %s (%s); look at that folder", m->ask->spool,
			    strerror(errno));
		return 500;
	}
	struct body_file *f = ARENA_NEW(a, struct body_file);
	*f = (struct body_file){ m->name, body_filename(a, filename), path, 0, fd, *m->files };
	*m->files = m->file = f;
	return 0;
}

static int part_begin(struct multipart *m, const char *head)
{
	struct str filename;
	const char *line = strcasestr(head, "Content-Disposition:");
	if (++m->parts > PARTS_MOST)
		return 413;
	if (!line || (line != head && line[-1] != '\n'))
		return 400;
	line = arena_text(m->ask->arena, line, strcspn(line, "\r\n"));
	if (!strcasestr(line, "form-data") || !parameter(m->ask->arena, line, "name", &m->name))
		return 400;
	bool file = parameter(m->ask->arena, line, "filename", &filename);
	m->unnamed = file && filename.n == 0;
	return file && !m->unnamed ? file_begin(m, filename) : 0;
}

/* ---- states: each looks at what is held and says whether it went on ---- */

static int data(struct multipart *m, bool *ret_on)
{
	const char *at = memmem(m->held.p, m->held.n, m->mark.p, m->mark.n);
	size_t sure = at ? (size_t)(at - m->held.p) : m->held.n >= m->mark.n ? m->held.n - m->mark.n + 1 : 0;
	int status = m->state == DATA && sure > 0 ? emit(m, m->held.p, sure) : 0;
	drop(m, at ? sure + m->mark.n : sure);
	*ret_on = at != NULL;
	if (!at || status)
		return status;
	if (m->state == DATA)
		status = part_end(m);
	m->state = AFTER_BOUNDARY;
	return status;
}

static int after_boundary(struct multipart *m, bool *ret_on)
{
	*ret_on = m->held.n >= 2;
	if (!*ret_on)
		return 0;
	if (memcmp(m->held.p, "--", 2) == 0)
		m->state = ENDED;
	else if (memcmp(m->held.p, "\r\n", 2) == 0)
		m->state = HEAD;
	else
		return 400;
	drop(m, 2);
	return 0;
}

static int head(struct multipart *m, bool *ret_on)
{
	const char *end = memmem(m->held.p, m->held.n, "\r\n\r\n", 4);
	*ret_on = end != NULL;
	if (!end)
		return m->held.n > HEAD_MOST ? 400 : 0;
	size_t n = (size_t)(end - m->held.p);
	if (n > HEAD_MOST || memchr(m->held.p, 0, n))
		return 400;
	int status = part_begin(m, arena_text(m->ask->arena, m->held.p, n));
	drop(m, n + 4);
	buf_reset(&m->value);
	m->state = DATA;
	return status;
}

int multipart_feed(struct multipart *m, const char *p, size_t n)
{
	bool on = true;
	int status = 0;
	buf_add(&m->held, p, n);
	while (on && status == 0 && m->state != ENDED) {
		if (m->state == AFTER_BOUNDARY)
			status = after_boundary(m, &on);
		else if (m->state == HEAD)
			status = head(m, &on);
		else
			status = data(m, &on);
	}
	if (m->state == ENDED || status)
		buf_reset(&m->held);
	return status;
}

int multipart_end(struct multipart *m)
{
	return m->state == ENDED ? 0 : 400;
}
