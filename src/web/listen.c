/* listen.c - SO_REUSEPORT lets the kernel deal connections out; without care it would also let a second server in. */
#include "web/listen.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 1024

struct place {
	struct sockaddr_storage address;
	socklen_t size;
};

static bool port_of(struct str s, uint16_t *ret)
{
	int64_t n;
	if (!number_parse(s, &n) || n < 0 || n > 65535)
		return false;
	*ret = htons((uint16_t)n);
	return true;
}

static bool place_four(const char *host, uint16_t port, struct place *p)
{
	struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = port };
	if (inet_pton(AF_INET, strcmp(host, "localhost") == 0 ? "127.0.0.1" : host, &four.sin_addr) != 1)
		return false;
	memcpy(&p->address, &four, p->size = sizeof four);
	return true;
}

static bool place_six(const char *host, uint16_t port, struct place *p)
{
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = port };
	if (inet_pton(AF_INET6, host, &six.sin6_addr) != 1)
		return false;
	memcpy(&p->address, &six, p->size = sizeof six);
	return true;
}

static bool parse(const char *where, struct place *p)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	const char *colon = strrchr(where, ':');
	uint16_t port;
	if (!colon || !port_of(str_of(colon + 1), &port))
		return false;
	size_t n = (size_t)(colon - where);
	if (n > 2 && where[0] == '[' && where[n - 1] == ']')
		return place_six(arena_text(&a, where + 1, n - 2), port, p);
	return place_four(arena_text(&a, where, n), port, p);
}

static enum err open_one(const char *where, const struct place *p, bool shared, int *ret)
{
	int on = 1, fd = socket(p->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return FAULT("%s: no socket can be opened (%s)", where, strerror(errno));
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (shared)
		setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
	if (p->address.ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
	if (bind(fd, (const struct sockaddr *)(const void *)&p->address, p->size) == 0 &&
	    (!shared || listen(fd, BACKLOG) == 0)) {
		*ret = fd;
		return E_OK;
	}
	int number = errno;
	close(fd);
	if (number == EADDRINUSE)
		return FAULT("%s: another program listens there already; stop it or choose another port with --listen",
			     where);
	return FAULT("%s: Merit cannot listen there (%s); choose another address with --listen", where,
		     strerror(number));
}

/* A socket that shares with nobody can only be bound where nobody listens. It also learns the port where 0 is asked. */
static enum err probe(const char *where, struct place *p)
{
	int fd;
	TRY(open_one(where, p, false, &fd));
	p->size = sizeof p->address;
	int failed = getsockname(fd, (struct sockaddr *)(void *)&p->address, &p->size);
	close(fd);
	return failed ? FAULT("%s: the socket's address cannot be read (%s)", where, strerror(errno)) : E_OK;
}

static void tell(const struct place *p, char *address, size_t size)
{
	char text[INET6_ADDRSTRLEN];
	if (p->address.ss_family == AF_INET6) {
		const struct sockaddr_in6 *six = (const void *)&p->address;
		inet_ntop(AF_INET6, &six->sin6_addr, text, sizeof text);
		snprintf(address, size, "http://[%s]:%d", text, ntohs(six->sin6_port));
		return;
	}
	const struct sockaddr_in *four = (const void *)&p->address;
	inet_ntop(AF_INET, &four->sin_addr, text, sizeof text);
	snprintf(address, size, "http://%s:%d", text, ntohs(four->sin_port));
}

enum err listen_open(const char *where, int *fds, unsigned n, char *address, size_t size)
{
	struct place p = { .size = 0 };
	if (!parse(where, &p)) {
		(void)FAULT("--listen %s is no address; write it as 127.0.0.1:8080 or [::1]:8080", where);
		return E_USAGE;
	}
	TRY(probe(where, &p));
	for (unsigned i = 0; i < n; i++) {
		enum err e = open_one(where, &p, true, &fds[i]);
		if (e == E_OK)
			continue;
		while (i > 0)
			close(fds[--i]);
		return e;
	}
	tell(&p, address, size);
	return E_OK;
}
