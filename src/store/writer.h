/* writer.h - one writer thread, many callers: group commit.
 *
 * Callers hand in a job and wait. The writer opens a write transaction, runs up to 128 jobs (those that stand in the
 * queue and those that arrive within 2 ms, but none is begun after 20 ms), each inside a savepoint, commits once, and
 * wakes the callers with their answers. A job that fails is undone alone. If the commit fails, every job of the group
 * gets that failure and nothing of it is kept.
 *
 * A caller that must not wait posts its job instead and is told on the writer's thread. A job that begins and commits
 * transactions of its own runs alone, between two groups.
 */
#ifndef MERIT_STORE_WRITER_H
#define MERIT_STORE_WRITER_H

#include "store/store.h"

struct writer;
#define WRITER_GROUP 128

/* Takes over the store (opened STORE_WRITE) until writer_free(). each_group, if set, runs after the group's transaction
 * has begun (the ledger rereads its head); each_undo after a job was undone (the ledger forgets that job's entry). */
MUST_CHECK enum err writer_new(struct store *s, enum err (*each_group)(struct store *, void *arg),
			       void (*each_undo)(struct store *, void *arg), void *arg, struct writer **ret);
/* Runs job on the writer's thread and returns its answer once the group is durable. From any thread. E_BUSY when the
 * queue (1,024) is full. A fault's text is the caller's. */
MUST_CHECK enum err writer_do(struct writer *w, enum err (*job)(struct store *, void *arg), void *arg);
/* Calls before(store, arg of writer_new) ahead of each group and each lone job, outside any transaction; what it
 * answers but E_OK is the answer of the whole group. Set before the first job. */
void writer_before(struct writer *w, enum err (*before)(struct store *, void *arg));

struct writer_job {
	enum err (*run)(struct store *, void *arg);
	/* Told once the group is durable or given up, on the writer's thread, whose fault text it is. NULL: nobody. */
	void (*done)(void *arg, enum err answer);
	void *arg;
	bool alone; /* outside any transaction and savepoint */
};
/* Queues and returns at once. E_BUSY: the queue is full, and done() will not be called. */
MUST_CHECK enum err writer_post(struct writer *w, const struct writer_job *job);
void writer_free(struct writer *w); /* finishes what is queued; the store stays open and is the caller's again */

#endif
