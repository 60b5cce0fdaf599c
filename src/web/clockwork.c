/* clockwork.c - one thread that wakes each second. */
#include "web/clockwork.h"

#include "web/access_log.h"
#include "web/inside.h"

#include <malloc.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#define SECOND_US 1000000
#define TRIMMED 60       /* seconds between givings back of memory */
#define DAY_LOOKED_AT 20 /* seconds between looks at the calendar */

/* clang-format off */
static const int limits[] = { /* seconds */
	[WAIT_HEAD]   = 15,
	[WAIT_BODY]   = 180,
	[WAIT_FILES]  = 3600,
	[WAIT_ANSWER] = 0,
	[WAIT_SENT]   = 600,
	[WAIT_LONG]   = 3600,
	[WAIT_NEXT]   = 60,
};
/* clang-format on */

struct link {
	struct link *next, *before;
	int fd;
	_Atomic int64_t since; /* microseconds */
	_Atomic int what;
};

struct clockwork {
	struct server *server;
	pthread_t thread;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t wake;
	struct link *links;
	bool stop;
	atomic_uint count; /* of the links: written under the lock, read without it */
};

/* ---- connections ---- */

struct link *link_new(struct clockwork *w, int fd)
{
	struct link *l = xcalloc(1, sizeof *l);
	l->fd = fd;
	link_wait(l, WAIT_HEAD);
	pthread_mutex_lock(&w->lock);
	l->next = w->links;
	if (w->links)
		w->links->before = l;
	w->links = l;
	atomic_fetch_add(&w->count, 1);
	pthread_mutex_unlock(&w->lock);
	return l;
}

void link_wait(struct link *l, enum waiting what)
{
	atomic_store(&l->since, ticks_us());
	atomic_store(&l->what, (int)what);
}

void link_free(struct clockwork *w, struct link *l)
{
	pthread_mutex_lock(&w->lock);
	if (l->before)
		l->before->next = l->next;
	else
		w->links = l->next;
	if (l->next)
		l->next->before = l->before;
	atomic_fetch_sub(&w->count, 1);
	pthread_mutex_unlock(&w->lock);
	free(l);
}

bool clockwork_crowded(const struct clockwork *w)
{
	return atomic_load(&w->count) > LIMIT_KEPT;
}

/* An end that arrives together with the last bytes goes unseen by the library: it is told of edges only. */
static bool hung_up(const struct link *l, int what)
{
	struct pollfd p = { .fd = l->fd, .events = POLLRDHUP };
	int unread = 0;
	bool ours = what == WAIT_ANSWER || what == WAIT_SENT || what == WAIT_LONG; /* they only listen */
	if (ours || poll(&p, 1, 0) != 1)
		return false;
	return (p.revents & POLLRDHUP) && ioctl(l->fd, FIONREAD, &unread) == 0 && unread == 0;
}

/* Shut down, not closed: its loop sees the end and closes it. Who has not asked is not heard any more, but what came
 * in this very moment is still read and answered. */
static void sweep(struct clockwork *w)
{
	int64_t now = ticks_us();
	for (struct link *l = w->links; l; l = l->next) {
		/* What goes before since when, which link_wait() sets first: never the new state with the old time. */
		int what = atomic_load(&l->what);
		int64_t waited = now - atomic_load(&l->since), limit = limits[what] * (int64_t)SECOND_US;
		bool unasked = what == WAIT_HEAD || what == WAIT_NEXT;
		if ((limit && waited > limit) || (waited > SECOND_US && hung_up(l, what)))
			shutdown(l->fd, unasked ? SHUT_RD : SHUT_RDWR);
	}
}

/* ---- the day ---- */

/* An empty job: what a new day asks for is done before every group. */
static enum err nothing(struct store *s, void *arg)
{
	(void)s, (void)arg;
	return E_OK;
}

static void look_at_day(struct server *s, date *seen)
{
	date today = *seen;
	const struct writer_job j = { .run = nothing, .alone = true };
	if (s->demo || !zone_day_of(s->zone, clock_now_us(), &today) || today == *seen)
		return;
	if (writer_post(s->writer, &j) != E_OK)
		return;
	*seen = today;
	server_warm(s);
}

/* ---- the thread ---- */

static void sleep_a_second(struct clockwork *w)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec++;
	if (!w->stop)
		pthread_cond_clockwait(&w->wake, &w->lock, CLOCK_MONOTONIC, &until);
}

static void *work(void *arg)
{
	struct clockwork *w = arg;
	date seen = DATE_NONE;
	pthread_mutex_lock(&w->lock);
	for (unsigned n = 0; !w->stop; n++) {
		sweep(w);
		pthread_mutex_unlock(&w->lock);
		access_log_flush(w->server->log);
		if (n % DAY_LOOKED_AT == 0)
			look_at_day(w->server, &seen);
		if (n % TRIMMED == TRIMMED - 1)
			malloc_trim(0); /* what long pages took in other threads' heaps */
		pthread_mutex_lock(&w->lock);
		sleep_a_second(w);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

static void clockwork_free(struct clockwork *w)
{
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

enum err clockwork_start(struct server *s, struct clockwork **ret)
{
	struct clockwork *w = xcalloc(1, sizeof *w);
	w->server = s;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->wake, NULL);
	int number = pthread_create(&w->thread, NULL, work, w);
	if (number) {
		clockwork_free(w);
		return FAULT("the clock's thread cannot be started (%s); look at the limits of this process",
			     strerror(number));
	}
	*ret = w;
	return E_OK;
}

void clockwork_stop(struct clockwork *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stop = true;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	clockwork_free(w);
}
