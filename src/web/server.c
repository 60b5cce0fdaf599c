/* server.c - starting and stopping: the loops, the writer, the pool and the clock. */
#include "web/inside.h"

#include "entity/change.h"
#include "web/access_log.h"
#include "web/listen.h"
#include "web/pace.h"
#include "web/route.h"
#include "web/squeeze.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOOPS 2
#define POOL 2
#define HASHING 2 /* each takes 19 MiB */
#define SLOW_QUEUE 256
#define HASHING_QUEUE 512
#define MEMORY_OF_CONNECTION (2 * LIMIT_HEAD) /* so that headers too long are still parsed, and refused with words */
#define DRAIN_US 10000000

/* ---- the writer's thread ---- */

/* What begins or ends today counts from now on in the lists of today. */
static enum err before_group(struct store *st, void *arg)
{
	struct server *s = arg;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct ctx *c = s->c;
	(void)st;
	c->arena = &a;
	enum err e = ledger_refresh(c->ledger);
	ctx_today(c);
	if (e == E_OK && c->today != s->turned)
		e = projections_turn(c);
	if (e == E_OK)
		s->turned = c->today;
	c->arena = s->writing.arena;
	return e;
}

static enum err each_group(struct store *st, void *arg)
{
	struct server *s = arg;
	(void)st;
	TRY(ledger_refresh(s->c->ledger));
	return reader_rules(&s->writing);
}

static void each_undo(struct store *st, void *arg)
{
	struct server *s = arg;
	(void)st;
	if (s->c->change)
		change_abandon(s->c);
	else
		entry_abandon(s->c->ledger);
}

static enum err writer_start(struct server *s)
{
	s->c = s->ask.c;
	s->turned = DATE_NONE;
	s->writing = (struct reader){ .server = s, .c = s->c, .arena = s->c->arena, .problems = s->c->problems };
	TRY(writer_new(s->c->store, each_group, each_undo, s, &s->writer));
	writer_before(s->writer, before_group);
	return E_OK;
}

/* ---- the spool ---- */

/* What a process that was killed left behind. */
static void sweep_spool(const char *folder)
{
	DIR *d = opendir(folder);
	for (struct dirent *e; d && (e = readdir(d));)
		if (strncmp(e->d_name, "sent-", 5) == 0)
			unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		closedir(d);
}

static enum err spool_open(struct server *s)
{
	s->spool = arena_printf(&s->arena, "%s/spool", ledger_side(s->ask.c->ledger));
	if (mkdir(s->spool, 0700) != 0 && errno != EEXIST)
		return FAULT("%s: the folder for files that are sent cannot be made (%s)", s->spool, strerror(errno));
	sweep_spool(s->spool);
	return E_OK;
}

/* ---- the loops ---- */

/* The library says in its log what clients do wrong; the access log says it better. */
static void hush(void *arg, const char *fmt, va_list ap)
{
	(void)arg, (void)fmt, (void)ap;
}

static enum err loop_start(struct loop *l)
{
	struct server *s = l->server;
	unsigned of_one = s->ask.tls_before ? 0 : LIMIT_ADDRESS; /* all come from the proxy */
	l->daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL,
		loop_handle, l, MHD_OPTION_EXTERNAL_LOGGER, hush, NULL, MHD_OPTION_LISTEN_SOCKET, l->fd,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)LIMIT_CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT, of_one,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_OF_CONNECTION, MHD_OPTION_CONNECTION_TIMEOUT, 75u,
		MHD_OPTION_URI_LOG_CALLBACK, loop_target, l, MHD_OPTION_NOTIFY_COMPLETED, loop_completed, l,
		MHD_OPTION_NOTIFY_CONNECTION, loop_connected, l, MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
	if (!l->daemon)
		return FAULT("a loop of the server cannot be started; look at the limits of this process");
	l->fd = -1; /* the library's */
	return E_OK;
}

static void loops_new(struct server *s)
{
	s->nloops = s->ask.loops ? s->ask.loops : LOOPS;
	s->loops = xcalloc(s->nloops, sizeof *s->loops);
	for (unsigned i = 0; i < s->nloops; i++)
		s->loops[i] = (struct loop){ .server = s, .fd = -1, .squeeze = squeeze_new() };
}

static enum err loops_open(struct server *s)
{
	for (unsigned i = 0; i < s->nloops; i++)
		TRY(reader_open(&s->loops[i].reader, s, true));
	return E_OK;
}

static enum err loops_start(struct server *s)
{
	int *fds = ARENA_ARRAY(&s->arena, int, s->nloops);
	TRY(listen_open(s->ask.listen, fds, s->nloops, s->address, sizeof s->address));
	for (unsigned i = 0; i < s->nloops; i++)
		s->loops[i].fd = fds[i];
	for (unsigned i = 0; i < s->nloops; i++)
		TRY(loop_start(&s->loops[i]));
	return E_OK;
}

static void loops_free(struct server *s)
{
	for (unsigned i = 0; i < s->nloops; i++) {
		if (s->loops[i].fd >= 0)
			close(s->loops[i].fd);
		reader_close(&s->loops[i].reader);
		squeeze_free(s->loops[i].squeeze);
		request_free_spare(&s->loops[i]);
	}
	free(s->loops);
}

/* ---- what is costly to compute, before anybody asks for it ---- */

static void warm(struct reader *r, struct request *q)
{
	enum err e = reader_begin(r, q);
	if (e == E_OK)
		r->server->site->warm(r->c);
	reader_end(r, q);
	arena_reset(r->arena);
	problems_release(r->problems);
}

void server_warm(struct server *s)
{
	if (s->site->warm)
		(void)pool_post(s->slow, warm, NULL); /* no room: then somebody is about to ask */
}

/* ---- starting ---- */

static enum err start(struct server *s)
{
	unsigned pool = s->ask.pool ? s->ask.pool : POOL;
	TRY(spool_open(s));
	TRY(access_log_open(s->ask.access_log, &s->log));
	TRY(loops_open(s));
	TRY(pool_start(s, pool, SLOW_QUEUE, false, &s->slow));
	TRY(pool_start(s, pool, SLOW_QUEUE, true, &s->watched));
	TRY(pool_start(s, HASHING, HASHING_QUEUE, false, &s->hashing));
	TRY(writer_start(s));
	TRY(clockwork_start(s, &s->clockwork));
	TRY(loops_start(s));
	server_warm(s);
	return E_OK;
}

/* A shell gives a program 1,024 files, fewer than our connections. */
static void allow_files(const struct server *s)
{
	struct rlimit limit;
	rlim_t wanted = (rlim_t)LIMIT_CONNECTIONS * s->nloops + 256;
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
		return;
	limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
	setrlimit(RLIMIT_NOFILE, &limit);
}

enum err server_start(const struct server_ask *ask, struct server **ret)
{
	struct server *s = xcalloc(1, sizeof *s);
	arena_init(&s->arena);
	s->ask = *ask;
	s->site = ask->site;
	s->zone = arena_copy(&s->arena, ask->c->zone);
	s->demo = ledger_is_demo(ask->c->ledger);
	s->routes = routes_of(ask->site);
	s->squeezed = squeeze_assets(ask->site->assets);
	s->pace = pace_new(ask->site);
	loops_new(s);
	allow_files(s);
	signal(SIGPIPE, SIG_IGN); /* somebody who goes away while being answered */
	enum err e = start(s);
	if (e != E_OK) {
		server_stop(s);
		return e;
	}
	*ret = s;
	return E_OK;
}

const char *server_address(const struct server *s)
{
	return s->address;
}

/* ---- stopping ---- */

static void take_no_more(struct server *s)
{
	atomic_store(&s->stopping, true);
	for (unsigned i = 0; i < s->nloops; i++) {
		struct loop *l = &s->loops[i];
		if (!l->daemon)
			continue;
		/* Ours again. Its loop may look at it for a moment yet, so who comes is refused now and it is closed
		 * later. */
		l->fd = MHD_quiesce_daemon(l->daemon);
		if (l->fd >= 0)
			shutdown(l->fd, SHUT_RDWR);
	}
}

static void wait_for(atomic_int *count, int64_t at_most_us)
{
	const struct timespec nap = { .tv_nsec = 2000000 };
	for (int64_t until = ticks_us() + at_most_us; atomic_load(count) > 0 && ticks_us() < until;)
		nanosleep(&nap, NULL);
}

/* Answers that are on their way get ten seconds; work that runs is finished whatever it takes, since nothing may be
 * suspended when the loops end. */
void server_stop(struct server *s)
{
	if (!s)
		return;
	take_no_more(s);
	wait_for(&s->active, DRAIN_US);
	atomic_store(&s->closed, true);
	wait_for(&s->working, INT64_MAX / 2);
	for (unsigned i = 0; i < s->nloops; i++)
		if (s->loops[i].daemon)
			MHD_stop_daemon(s->loops[i].daemon);
	clockwork_stop(s->clockwork);
	pool_stop(s->hashing);
	pool_stop(s->slow);
	pool_stop(s->watched);
	writer_free(s->writer);
	loops_free(s);
	squeeze_assets_free(s->squeezed);
	pace_free(s->pace);
	access_log_close(s->log);
	arena_release(&s->arena);
	free(s);
}
