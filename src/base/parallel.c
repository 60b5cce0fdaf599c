/* parallel.c - the same work on all cores. */
#include "base/parallel.h"
#include "base/number.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#define WORKERS_MOST 64

struct job {
	size_t n;
	enum err (*work)(void *arg, size_t i, unsigned worker);
	void *arg;
	atomic_size_t next;
	pthread_mutex_t lock; /* over what follows */
	enum err failure;
	char place[160], text[1024];
};

struct worker {
	struct job *job;
	unsigned number;
	pthread_t thread;
};

unsigned parallel_workers(void)
{
	int64_t n;
	cpu_set_t cores;
	if (!number_parse(str_of(getenv("MERIT_WORKERS")), &n) || n < 1)
		n = sched_getaffinity(0, sizeof cores, &cores) == 0 ? CPU_COUNT(&cores) : 1;
	return n > WORKERS_MOST ? WORKERS_MOST : (unsigned)n;
}

static void fail(struct job *job, enum err e)
{
	atomic_store(&job->next, job->n);
	pthread_mutex_lock(&job->lock);
	if (job->failure == E_OK) {
		job->failure = e;
		snprintf(job->place, sizeof job->place, "%s", fault_place());
		snprintf(job->text, sizeof job->text, "%s", fault_text());
	}
	pthread_mutex_unlock(&job->lock);
}

static void *run(void *arg)
{
	const struct worker *w = arg;
	struct job *job = w->job;
	for (;;) {
		size_t i = atomic_load(&job->next);
		while (i < job->n && !atomic_compare_exchange_weak(&job->next, &i, i + 1))
			continue;
		if (i >= job->n)
			return NULL;
		enum err e = job->work(job->arg, i, w->number);
		if (e != E_OK)
			fail(job, e);
	}
}

enum err parallel_for(size_t n, enum err (*work)(void *arg, size_t i, unsigned worker), void *arg)
{
	struct job job = { .n = n, .work = work, .arg = arg, .lock = PTHREAD_MUTEX_INITIALIZER };
	struct worker workers[WORKERS_MOST];
	unsigned wanted = parallel_workers(), started = 1;
	wanted = n < wanted ? (unsigned)n : wanted;
	/* The caller is worker 0. A thread that cannot be had is done without. */
	workers[0] = (struct worker){ .job = &job };
	for (; started < wanted; started++) {
		workers[started] = (struct worker){ .job = &job, .number = started };
		if (pthread_create(&workers[started].thread, NULL, run, &workers[started]))
			break;
	}
	run(&workers[0]);
	for (unsigned i = 1; i < started; i++)
		pthread_join(workers[i].thread, NULL);
	pthread_mutex_destroy(&job.lock);
	if (job.text[0]) /* a fault, or an answer that its thread had words for */
		fault_set(job.place, job.text);
	return job.failure;
}
