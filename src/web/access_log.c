/* access_log.c - lines gather and are written together. */
#include "web/access_log.h"

#include "base/buf.h"
#include "base/date.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#define GATHERED 32768

struct access_log {
	int fd;
	pthread_mutex_t lock; /* guards what follows */
	struct buf lines;
};

enum err access_log_open(const char *file, struct access_log **ret)
{
	int fd = file ? open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : STDERR_FILENO;
	if (fd < 0)
		return FAULT("%s: the access log cannot be opened (%s)", file, strerror(errno));
	*ret = xcalloc(1, sizeof **ret);
	(*ret)->fd = fd;
	pthread_mutex_init(&(*ret)->lock, NULL);
	return E_OK;
}

/* A log that cannot be written must not stop the service. */
static void flush(struct access_log *l)
{
	size_t at = 0;
	while (at < l->lines.n) {
		ssize_t k = write(l->fd, l->lines.p + at, l->lines.n - at);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			break;
		at += (size_t)k;
	}
	buf_reset(&l->lines);
}

void access_log_flush(struct access_log *l)
{
	pthread_mutex_lock(&l->lock);
	flush(l);
	pthread_mutex_unlock(&l->lock);
}

void access_log_close(struct access_log *l)
{
	if (!l)
		return;
	flush(l);
	if (l->fd != STDERR_FILENO)
		close(l->fd);
	buf_release(&l->lines);
	pthread_mutex_destroy(&l->lock);
	free(l);
}

static void stamp(struct buf *b)
{
	struct timespec now;
	struct tm t;
	char text[32];
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &t);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &t);
	buf_printf(b, "%s.%03ldZ", text, now.tv_nsec / 1000000);
}

void access_log_line(struct access_log *l, const struct access_line *x)
{
	pthread_mutex_lock(&l->lock);
	stamp(&l->lines);
	buf_printf(&l->lines, " %s %s %d %zu %lld.%lld\n", x->method, x->row, x->status, x->bytes,
		   (long long)(x->us / 1000), (long long)(x->us / 100 % 10));
	if (l->lines.n >= GATHERED)
		flush(l);
	pthread_mutex_unlock(&l->lock);
}

/* Words that came from elsewhere may break lines, or a terminal. */
static void keep_to_a_line(struct buf *b, size_t from)
{
	for (size_t i = from; i < b->n; i++)
		if ((unsigned char)b->p[i] < ' ' || b->p[i] == 0x7f)
			b->p[i] = ' ';
	buf_char(b, '\n');
}

void access_log_fault(struct access_log *l, const char *number, const char *row, const char *place, const char *text)
{
	pthread_mutex_lock(&l->lock);
	size_t from = l->lines.n;
	stamp(&l->lines);
	buf_printf(&l->lines, " fault %s %s at %s: %s", number, row, place, text);
	keep_to_a_line(&l->lines, from);
	flush(l);
	pthread_mutex_unlock(&l->lock);
}
