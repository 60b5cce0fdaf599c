/* writer.c - the thread that owns the store, and the queue before it. */
#include "store/writer.h"

#include "base/arena.h"
#include "store/backend.h"

#include <pthread.h>
#include <semaphore.h>

#define QUEUE 1024
#define WAIT_US 2000
#define GROUP_US 20000

/* Lives on its caller's stack until `awake` is posted, or on the heap until whoever posted it has been told. */
struct job {
	struct writer_job ask;
	bool waited_for;
	enum err answer;
	char *place, *text; /* of a fault; whoever ends the job frees them */
	sem_t awake;
};

struct writer {
	struct store *store;
	enum err (*before)(struct store *, void *arg);
	enum err (*each_group)(struct store *, void *arg);
	void (*each_undo)(struct store *, void *arg);
	void *arg;
	pthread_t thread;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t work;
	struct job *queue[QUEUE]; /* a ring */
	size_t head, count;
	bool stop;
	/* Of the thread alone: */
	struct job *group[WRITER_GROUP];
	size_t n, last; /* jobs in this group and in the one before */
};

/* ---- the queue ---- */

static struct job *pop(struct writer *w)
{
	struct job *j = w->queue[w->head];
	w->head = (w->head + 1) % QUEUE;
	w->count--;
	return j;
}

/* Sleeps until there is a job; NULL when all is done and the writer shall end. */
static struct job *first_job(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	while (w->count == 0 && !w->stop)
		pthread_cond_wait(&w->work, &w->lock);
	struct job *j = w->count > 0 ? pop(w) : NULL;
	pthread_mutex_unlock(&w->lock);
	return j;
}

/* The next job of the group or NULL when it is complete. The callers of the last group are probably on their way back,
 * so it waits for as many as there were then, but not beyond `until`. Who stands in the queue is taken even so: where a
 * job takes longer than the waiting, each would else pay for a commit of its own. */
static struct job *next_job(struct writer *w, const struct timespec *until)
{
	if (w->n == WRITER_GROUP)
		return NULL;
	pthread_mutex_lock(&w->lock);
	int waited = 0;
	while (w->count == 0 && !w->stop && w->n < w->last && waited == 0)
		waited = pthread_cond_clockwait(&w->work, &w->lock, CLOCK_MONOTONIC, until);
	struct job *j = w->count > 0 && !w->queue[w->head]->ask.alone ? pop(w) : NULL;
	pthread_mutex_unlock(&w->lock);
	return j;
}

static bool passed(const struct timespec *until)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec > until->tv_sec || (now.tv_sec == until->tv_sec && now.tv_nsec >= until->tv_nsec);
}

static struct timespec after(long us)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_nsec += us * 1000L;
	if (t.tv_nsec >= 1000000000L) {
		t.tv_nsec -= 1000000000L;
		t.tv_sec++;
	}
	return t;
}

/* ---- one group ---- */

static void answer(struct job *j, enum err e)
{
	j->answer = e;
	if (e != E_OK) {
		j->place = xstrdup(fault_place());
		j->text = xstrdup(fault_text());
	}
}

/* Runs one job so that it can be undone alone. What is returned is a failure of the whole group. */
static enum err run_job(struct writer *w, struct job *j)
{
	struct store *s = w->store;
	TRY(savepoint(s));
	enum err e = j->ask.run(s, j->ask.arg);
	if (e == E_OK)
		e = savepoint_keep(s);
	if (e == E_OK)
		return E_OK;
	answer(j, e);
	enum err undone = savepoint_undo(s);
	if (w->each_undo)
		w->each_undo(s, w->arg);
	return undone;
}

/* Nobody shall wait ten seconds for the lock after another has just done so in vain. */
static enum err refuse_waiting(struct writer *w, enum err e)
{
	pthread_mutex_lock(&w->lock);
	while (w->count > 0 && w->n < WRITER_GROUP && !w->queue[w->head]->ask.alone)
		w->group[w->n++] = pop(w);
	pthread_mutex_unlock(&w->lock);
	return e;
}

static enum err run_group(struct writer *w, struct job *j, struct txn *t)
{
	enum err e = txn_write(w->store, t);
	if (e != E_OK)
		return refuse_waiting(w, e);
	if (w->each_group)
		TRY(w->each_group(w->store, w->arg));
	struct timespec until = after(WAIT_US), end = after(GROUP_US);
	for (; j; j = passed(&end) ? NULL : next_job(w, &until)) {
		if (w->n == 0 || w->group[w->n - 1] != j)
			w->group[w->n++] = j;
		TRY(run_job(w, j));
	}
	return txn_commit(t);
}

static enum err run_alone(struct writer *w, struct job *j)
{
	enum err e = j->ask.run(w->store, j->ask.arg);
	if (e != E_OK && w->each_undo)
		w->each_undo(w->store, w->arg);
	return e;
}

static enum err run_next(struct writer *w, struct job *j)
{
	struct txn t CLEANUP(txn_end) = { NULL };
	enum err e = w->before ? w->before(w->store, w->arg) : E_OK;
	if (e != E_OK)
		return refuse_waiting(w, e);
	return j->ask.alone ? run_alone(w, j) : run_group(w, j, &t);
}

static void job_end(struct job *j)
{
	if (j->waited_for) {
		sem_post(&j->awake);
		return;
	}
	if (j->answer != E_OK)
		fault_set(j->place, j->text);
	if (j->ask.done)
		j->ask.done(j->ask.arg, j->answer);
	free(j->place);
	free(j->text);
	free(j);
}

/* When the group as a whole fails, those that had succeeded get its failure; who failed alone keeps the own one. */
static void finish(struct writer *w, enum err e)
{
	for (size_t i = 0; i < w->n; i++) {
		if (e != E_OK && w->group[i]->answer == E_OK)
			answer(w->group[i], e);
		job_end(w->group[i]);
	}
	w->last = w->n;
	w->n = 0;
}

static void *work(void *arg)
{
	struct writer *w = arg;
	for (struct job *j; (j = first_job(w));) {
		w->group[w->n++] = j;
		finish(w, run_next(w, j));
	}
	return NULL;
}

/* ---- the callers' side ---- */

enum err writer_new(struct store *s, enum err (*each_group)(struct store *, void *arg),
		    void (*each_undo)(struct store *, void *arg), void *arg, struct writer **ret)
{
	struct writer *w = xcalloc(1, sizeof *w);
	w->store = s;
	w->each_group = each_group;
	w->each_undo = each_undo;
	w->arg = arg;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->work, NULL);
	int number = pthread_create(&w->thread, NULL, work, w);
	if (number != 0) {
		free(w);
		return FAULT("the writer's thread cannot be started (%s); look at the limits of this process",
			     strerror(number));
	}
	*ret = w;
	return E_OK;
}

static bool push(struct writer *w, struct job *j)
{
	pthread_mutex_lock(&w->lock);
	bool room = w->count < QUEUE && !w->stop;
	if (room) {
		w->queue[(w->head + w->count++) % QUEUE] = j;
		pthread_cond_signal(&w->work);
	}
	pthread_mutex_unlock(&w->lock);
	return room;
}

void writer_before(struct writer *w, enum err (*before)(struct store *, void *arg))
{
	pthread_mutex_lock(&w->lock);
	w->before = before;
	pthread_mutex_unlock(&w->lock);
}

static enum err too_many(void)
{
	return ANSWER(E_BUSY, "too many are waiting to write; try again in a moment");
}

enum err writer_do(struct writer *w, enum err (*job)(struct store *, void *arg), void *arg)
{
	struct job j = { .ask = { .run = job, .arg = arg }, .waited_for = true };
	sem_init(&j.awake, 0, 0);
	if (!push(w, &j)) {
		sem_destroy(&j.awake);
		return too_many();
	}
	while (sem_wait(&j.awake) != 0)
		; /* a signal */
	sem_destroy(&j.awake);
	if (j.answer != E_OK)
		fault_set(j.place, j.text);
	free(j.place);
	free(j.text);
	return j.answer;
}

enum err writer_post(struct writer *w, const struct writer_job *job)
{
	struct job *j = xcalloc(1, sizeof *j);
	j->ask = *job;
	if (push(w, j))
		return E_OK;
	free(j);
	return too_many();
}

void writer_free(struct writer *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stop = true;
	pthread_cond_signal(&w->work);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->work);
	pthread_mutex_destroy(&w->lock);
	free(w);
}
