/* pool.c - threads for what takes long, each with a reader of its own, behind a queue that may be full. */
#include "web/inside.h"

#include <malloc.h>

#define FIRST_GUESS_US 20000
#define LONG_US 100000 /* work that takes so long has taken memory too, which goes back at once */

struct task {
	pool_work *work;
	struct request *q;
};

struct pool {
	struct reader *readers;
	pthread_t *threads;
	unsigned opened, started;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t more;
	struct task *queue; /* a ring */
	size_t head, count, most;
	unsigned running;
	int64_t usual_us; /* what a task took lately */
	bool stop;
};

struct hand { /* what one thread needs */
	struct pool *pool;
	unsigned i;
};

static bool next(struct pool *p, struct task *ret)
{
	pthread_mutex_lock(&p->lock);
	while (p->count == 0 && !p->stop)
		pthread_cond_wait(&p->more, &p->lock);
	bool some = p->count > 0;
	if (some) {
		*ret = p->queue[p->head];
		p->head = (p->head + 1) % p->most;
		p->count--;
		p->running++;
	}
	pthread_mutex_unlock(&p->lock);
	return some;
}

static void ended(struct pool *p, int64_t took)
{
	pthread_mutex_lock(&p->lock);
	p->usual_us += (took - p->usual_us) / 8;
	p->running--;
	pthread_mutex_unlock(&p->lock);
}

static void rest(struct reader *r)
{
	store_rest(r->c->store);
	malloc_trim(0);
}

static void *work(void *arg)
{
	struct hand hand = *(struct hand *)arg;
	struct task t;
	free(arg);
	while (next(hand.pool, &t)) {
		int64_t begun = ticks_us();
		t.work(&hand.pool->readers[hand.i], t.q);
		int64_t took = ticks_us() - begun;
		ended(hand.pool, took);
		if (took > LONG_US)
			rest(&hand.pool->readers[hand.i]);
	}
	return NULL;
}

static enum err start(struct pool *p, struct server *s, unsigned threads, bool quick)
{
	for (; p->opened < threads; p->opened++)
		TRY(reader_open(&p->readers[p->opened], s, quick));
	for (unsigned i = 0; i < threads; i++) {
		struct hand *hand = xcalloc(1, sizeof *hand);
		*hand = (struct hand){ p, i };
		int number = pthread_create(&p->threads[i], NULL, work, hand);
		if (number) {
			free(hand);
			return FAULT("a thread of the pool cannot be started (%s); look at the limits of this process",
				     strerror(number));
		}
		p->started++;
	}
	return E_OK;
}

enum err pool_start(struct server *s, unsigned threads, size_t most, bool quick, struct pool **ret)
{
	struct pool *p = xcalloc(1, sizeof *p);
	p->readers = xcalloc(threads, sizeof *p->readers);
	p->threads = xcalloc(threads, sizeof *p->threads);
	p->queue = xcalloc(most, sizeof *p->queue);
	p->most = most;
	p->usual_us = FIRST_GUESS_US;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->more, NULL);
	enum err e = start(p, s, threads, quick);
	if (e == E_OK)
		*ret = p;
	else
		pool_stop(p);
	return e;
}

bool pool_post(struct pool *p, pool_work *task, struct request *q)
{
	pthread_mutex_lock(&p->lock);
	bool room = p->count < p->most && !p->stop;
	if (room) {
		p->queue[(p->head + p->count++) % p->most] = (struct task){ task, q };
		pthread_cond_signal(&p->more);
	}
	pthread_mutex_unlock(&p->lock);
	return room;
}

unsigned pool_wait(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	int64_t us = (int64_t)(p->count + p->running) * p->usual_us / (p->started ? p->started : 1);
	pthread_mutex_unlock(&p->lock);
	return (unsigned)((us + 999999) / 1000000);
}

void pool_stop(struct pool *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_cond_broadcast(&p->more);
	pthread_mutex_unlock(&p->lock);
	for (unsigned i = 0; i < p->started; i++)
		pthread_join(p->threads[i], NULL);
	for (unsigned i = 0; i < p->opened; i++)
		reader_close(&p->readers[i]);
	pthread_cond_destroy(&p->more);
	pthread_mutex_destroy(&p->lock);
	free(p->readers);
	free(p->threads);
	free(p->queue);
	free(p);
}
