/* talk.c - a client that knows as much of HTTP as a test needs. */
#include "talk.h"

#include "base/error.h"
#include "base/number.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE 30 /* seconds, for an answer of a machine under load */

void talk_begin(struct talk *t, int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	struct timeval wait = { .tv_sec = PATIENCE };
	*t = (struct talk){ .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };
	inet_pton(AF_INET, "127.0.0.1", &a.sin_addr);
	setsockopt(t->fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
	if (connect(t->fd, (struct sockaddr *)(void *)&a, sizeof a) != 0)
		bug("no server at port %d", port);
}

void talk_end(struct talk *t)
{
	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
	buf_release(&t->in);
}

bool talk_send(struct talk *t, const void *p, size_t n)
{
	const char *at = p;
	while (n > 0) {
		ssize_t k = send(t->fd, at, n, MSG_NOSIGNAL);
		if (k <= 0)
			return false;
		at += k;
		n -= (size_t)k;
	}
	return true;
}

void talk_say(struct talk *t, const char *fmt, ...)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	va_list ap;
	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	(void)talk_send(t, b.p, b.n);
}

/* Reads until `n` more bytes than those taken are there. */
static bool have(struct talk *t, size_t n)
{
	while (t->in.n - t->at < n) {
		char *room = buf_more(&t->in, 65536);
		ssize_t k = recv(t->fd, room, 65536, 0);
		if (k <= 0)
			return false;
		t->in.n += (size_t)k;
	}
	return true;
}

static bool have_head(struct talk *t, size_t *ret)
{
	for (size_t n = 4;; n++) {
		if (!have(t, n))
			return false;
		if (memcmp(t->in.p + t->at + n - 4, "\r\n\r\n", 4) == 0) {
			*ret = n;
			return true;
		}
	}
}

struct answer talk_hear(struct talk *t, bool head_only)
{
	struct answer a = { 0 };
	size_t n;
	int64_t length = 0;
	if (!have_head(t, &n))
		return a;
	a.head = (struct str){ t->in.p + t->at, n };
	if (!number_parse(talk_header(&a, "Content-Length"), &length) || head_only)
		length = 0;
	if (!have(t, n + (size_t)length))
		return (struct answer){ 0 };
	a.head = (struct str){ t->in.p + t->at, n };
	a.body = (struct str){ t->in.p + t->at + n, (size_t)length };
	a.status = (int)strtol(a.head.p + strlen("HTTP/1.1 "), NULL, 10);
	t->at += n + (size_t)length;
	return a;
}

struct str talk_header(const struct answer *a, const char *name)
{
	size_t n = strlen(name);
	for (size_t i = 0; i + n + 2 < a->head.n; i++) {
		if (memcmp(a->head.p + i, "\r\n", 2) != 0 || strncasecmp(a->head.p + i + 2, name, n) != 0 ||
		    a->head.p[i + 2 + n] != ':')
			continue;
		const char *from = a->head.p + i + 3 + n;
		const char *to = memmem(from, a->head.n - (size_t)(from - a->head.p), "\r\n", 2);
		return str_trim((struct str){ from, (size_t)(to - from) });
	}
	return (struct str){ NULL, 0 };
}

bool talk_holds(struct str s, const char *text)
{
	return s.n && memmem(s.p, s.n, text, strlen(text));
}

int talk_ask(struct talk *t, int port, struct answer *ret, const char *fmt, ...)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	va_list ap;
	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	talk_begin(t, port);
	(void)talk_send(t, b.p, b.n);
	struct answer a = talk_hear(t, strncmp(buf_str(&b), "HEAD", 4) == 0);
	if (ret)
		*ret = a;
	return a.status;
}
