/* The writer thread: many callers, one commit; failures of one, of the group, of the commit. */
#include "../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/writer.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#define OK(call) assert_int_equal((call), E_OK)
#define THREADS 32
#define EACH 40

static struct store *with_table(void **state)
{
	struct store *s = ((struct spot *)*state)->s;
	OK(store_exec(s, "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)"));
	return s;
}

static int64_t number(struct store *s, const char *sql)
{
	int64_t n = -1;
	OK(store_get_int(s, sql, -2, &n));
	return n;
}

static enum err put(struct store *s, void *arg)
{
	struct stmt *st;
	TRY(store_stmt(s, "INSERT INTO t (id) VALUES (?)", &st));
	stmt_int(st, 1, *(const int64_t *)arg);
	return stmt_run(st);
}

/* ---- many callers ---- */

struct counts {
	int groups, undone; /* of the writer's thread */
};
struct caller {
	struct writer *w;
	int64_t first;
	int wrong; /* answers that were not the expected ones */
};

static enum err group_begun(struct store *s, void *arg)
{
	(void)s;
	((struct counts *)arg)->groups++;
	return E_OK;
}

static void job_undone(struct store *s, void *arg)
{
	(void)s;
	((struct counts *)arg)->undone++;
}

/* Writes a row and then refuses: nothing of it may stay. */
static enum err put_and_refuse(struct store *s, void *arg)
{
	TRY(put(s, arg));
	(void)FAULT("refused number %lld", (long long)*(const int64_t *)arg);
	return E_CONFLICT;
}

static void *call(void *arg)
{
	struct caller *c = arg;
	for (int64_t i = 0; i < EACH; i++) {
		int64_t id = c->first + i;
		bool refuse = i % 4 == 3;
		char words[40];
		snprintf(words, sizeof words, "refused number %lld", (long long)id);
		enum err e = writer_do(c->w, refuse ? put_and_refuse : put, &id);
		if (e != (refuse ? E_CONFLICT : E_OK) || (refuse && strcmp(fault_text(), words) != 0))
			c->wrong++;
	}
	return NULL;
}

static void many_callers_share_commits(void **state)
{
	struct store *s = with_table(state);
	struct counts counts = { 0, 0 };
	struct caller callers[THREADS];
	pthread_t threads[THREADS];
	struct writer *w;
	OK(writer_new(s, group_begun, job_undone, &counts, &w));
	for (int i = 0; i < THREADS; i++) {
		callers[i] = (struct caller){ w, i * EACH, 0 };
		assert_int_equal(pthread_create(&threads[i], NULL, call, &callers[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(callers[i].wrong, 0);
	}
	writer_free(w);
	assert_int_equal(number(s, "SELECT count(*) FROM t"), THREADS * EACH * 3 / 4);
	assert_int_equal(number(s, "SELECT count(*) FROM t WHERE id % 4 = 3"), 0);
	assert_int_equal(counts.undone, THREADS * EACH / 4);
	assert_true(counts.groups >= THREADS * EACH / WRITER_GROUP);
}

/* ---- failures ---- */

static enum err hide(struct store *s, void *arg)
{
	int64_t other = 100;
	TRY(put(s, &other));
	if (put(s, arg) == E_OK)
		return E_CONFLICT;
	return E_OK;
}

static void a_job_that_hides_its_failure_is_undone(void **state)
{
	struct store *s = with_table(state);
	struct writer *w;
	int64_t id = 1, next = 2;
	OK(writer_new(s, NULL, NULL, NULL, &w));
	OK(writer_do(w, put, &id));
	assert_int_equal(writer_do(w, hide, &id), E_FAULT);
	OK(writer_do(w, put, &next));
	writer_free(w);
	assert_int_equal(number(s, "SELECT sum(id) FROM t"), 3);
}

static enum err refuse_commit(struct store *s, void *arg)
{
	(void)s;
	return *(bool *)arg ? FAULT("the disk of the test is full") : E_OK;
}

static void a_failed_commit_is_everybodys(void **state)
{
	struct store *s = with_table(state);
	struct writer *w;
	bool refuse = true;
	int64_t id = 1;
	store_before_commit(s, refuse_commit, &refuse);
	OK(writer_new(s, NULL, NULL, NULL, &w));
	assert_int_equal(writer_do(w, put, &id), E_FAULT);
	assert_string_equal(fault_text(), "the disk of the test is full");
	writer_free(w);
	assert_int_equal(number(s, "SELECT count(*) FROM t"), 0);
	refuse = false;
	OK(writer_new(s, NULL, NULL, NULL, &w));
	OK(writer_do(w, put, &id));
	writer_free(w);
	assert_int_equal(number(s, "SELECT count(*) FROM t"), 1);
	store_before_commit(s, NULL, NULL);
}

static enum err group_refused(struct store *s, void *arg)
{
	(void)s;
	(void)arg;
	return FAULT("the head cannot be read");
}

static void a_group_that_cannot_begin_fails_its_jobs(void **state)
{
	struct store *s = with_table(state);
	struct writer *w;
	int64_t id = 1;
	OK(writer_new(s, group_refused, NULL, NULL, &w));
	assert_int_equal(writer_do(w, put, &id), E_FAULT);
	assert_string_equal(fault_text(), "the head cannot be read");
	writer_free(w);
	assert_int_equal(number(s, "SELECT count(*) FROM t"), 0);
}

static void busy_reaches_the_caller(void **state)
{
	struct store *s = with_table(state);
	struct store *other;
	struct writer *w;
	struct txn t;
	int64_t id = 1;
	setenv("MERIT_WAIT_MS", "50", 1);
	OK(store_again(s, STORE_WRITE, &other));
	unsetenv("MERIT_WAIT_MS");
	OK(txn_write(s, &t));
	OK(writer_new(other, NULL, NULL, NULL, &w));
	assert_int_equal(writer_do(w, put, &id), E_BUSY);
	assert_true(spot_said("another process is writing"));
	OK(txn_commit(&t));
	OK(writer_do(w, put, &id));
	writer_free(w);
	store_close(other);
}

/* A fault at any statement of the writer is answered, keeps nothing of that job and does not stop the next. */
static void faults_do_not_stop_the_writer(void **state)
{
	struct store *s = with_table(state);
	int64_t kept = 0;
	for (long n = 1; n <= 8; n++) {
		struct writer *w;
		int64_t id = n, next = 100 + n;
		store_fail_after(s, n);
		OK(writer_new(s, NULL, NULL, NULL, &w));
		enum err e = writer_do(w, put, &id);
		if (e != E_OK) {
			assert_int_equal(e, E_FAULT);
			assert_true(spot_said("the disk is full"));
		}
		kept += e == E_OK;
		kept += writer_do(w, put, &next) == E_OK;
		writer_free(w);
		store_fail_after(s, 0);
		assert_int_equal(number(s, "SELECT count(*) FROM t"), kept);
	}
	assert_true(kept >= 8 && kept < 16);
}

/* ---- posted jobs ---- */

struct told {
	atomic_int ok, refused, befores;
	int64_t id;
};

static void tell(void *arg, enum err e)
{
	struct told *t = arg;
	atomic_fetch_add(e == E_OK ? &t->ok : &t->refused, 1);
}

static enum err put_told(struct store *s, void *arg)
{
	return put(s, &((struct told *)arg)->id);
}

static enum err put_twice(struct store *s, void *arg)
{
	TRY(put_told(s, arg));
	return put_told(s, arg);
}

static void a_posted_job_is_told(void **state)
{
	struct store *s = with_table(state);
	struct told one = { .id = 1 }, two = { .id = 2 };
	struct writer *w;
	OK(writer_new(s, NULL, NULL, NULL, &w));
	OK(writer_post(w, &(struct writer_job){ .run = put_told, .done = tell, .arg = &one }));
	OK(writer_post(w, &(struct writer_job){ .run = put_twice, .done = tell, .arg = &two }));
	writer_free(w);
	assert_int_equal(atomic_load(&one.ok), 1);
	assert_int_equal(atomic_load(&two.refused), 1);
	assert_int_equal(number(s, "SELECT sum(id) FROM t"), 1);
}

/* Two commits of its own, in a row. */
static enum err commit_twice(struct store *s, void *arg)
{
	struct told *t = arg;
	for (int i = 0; i < 2; i++) {
		struct txn x CLEANUP(txn_end) = { NULL };
		int64_t id = t->id + i;
		TRY(txn_write(s, &x));
		TRY(put(s, &id));
		TRY(txn_commit(&x));
	}
	return E_OK;
}

static void a_lone_job_has_its_own_transactions(void **state)
{
	struct store *s = with_table(state);
	struct told all[30];
	struct writer *w;
	OK(writer_new(s, NULL, NULL, NULL, &w));
	for (int i = 0; i < 30; i++) {
		bool alone = i % 3 == 1;
		all[i] = (struct told){ .id = 10 * i };
		OK(writer_post(w, &(struct writer_job){ .run = alone ? commit_twice : put_told,
							.done = tell,
							.arg = &all[i],
							.alone = alone }));
	}
	writer_free(w);
	for (int i = 0; i < 30; i++)
		assert_int_equal(atomic_load(&all[i].ok), 1);
	assert_int_equal(number(s, "SELECT count(*) FROM t"), 40);
}

static enum err count_before(struct store *s, void *arg)
{
	struct txn t CLEANUP(txn_end) = { NULL };
	struct told *x = arg;
	TRY(txn_write(s, &t)); /* it may write: no transaction is open */
	TRY(txn_commit(&t));
	return atomic_fetch_add(&x->befores, 1) == 1 ? FAULT("the second time is refused") : E_OK;
}

static void what_runs_before_a_group_may_refuse_it(void **state)
{
	struct store *s = with_table(state);
	struct told counts = { .id = 0 };
	struct writer *w;
	int64_t id = 1;
	OK(writer_new(s, NULL, NULL, &counts, &w));
	writer_before(w, count_before);
	OK(writer_do(w, put, &id));
	id = 2;
	assert_int_equal(writer_do(w, put, &id), E_FAULT);
	assert_string_equal(fault_text(), "the second time is refused");
	id = 3;
	OK(writer_do(w, put, &id));
	writer_free(w);
	assert_int_equal(number(s, "SELECT sum(id) FROM t"), 4);
}

/* ---- the queue ---- */

struct gate {
	pthread_mutex_t lock;
};

static enum err wait_at_gate(struct store *s, void *arg)
{
	struct gate *g = arg;
	(void)s;
	pthread_mutex_lock(&g->lock);
	pthread_mutex_unlock(&g->lock);
	return E_OK;
}

struct waiting {
	struct writer *w;
	struct gate *gate;
	atomic_int *busy, *done;
};

static void *wait_in_queue(void *arg)
{
	struct waiting *x = arg;
	enum err e = writer_do(x->w, wait_at_gate, x->gate);
	atomic_fetch_add(e == E_BUSY ? x->busy : x->done, 1);
	return NULL;
}

/* One job is held at the gate, 1,024 wait, the others are told at once. */
static void a_full_queue_says_busy(void **state)
{
	enum { CALLERS = 1024 + 1 + 20 };
	struct store *s = with_table(state);
	struct gate gate = { PTHREAD_MUTEX_INITIALIZER };
	atomic_int busy = 0, done = 0;
	struct waiting x = { NULL, &gate, &busy, &done };
	pthread_t *threads = xcalloc(CALLERS, sizeof *threads);
	pthread_attr_t small;
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 256 << 10);
	OK(writer_new(s, NULL, NULL, NULL, &x.w));
	pthread_mutex_lock(&gate.lock);
	for (int i = 0; i < CALLERS; i++)
		assert_int_equal(pthread_create(&threads[i], &small, wait_in_queue, &x), 0);
	while (atomic_load(&busy) < 20)
		sched_yield();
	assert_int_equal(atomic_load(&done), 0);
	pthread_mutex_unlock(&gate.lock);
	for (int i = 0; i < CALLERS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(atomic_load(&busy), 20);
	assert_int_equal(atomic_load(&done), CALLERS - 20);
	writer_free(x.w);
	pthread_attr_destroy(&small);
	free(threads);
}

int writer_test(void);
int writer_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(many_callers_share_commits),
		SPOT_CASE(a_job_that_hides_its_failure_is_undone),
		SPOT_CASE(a_failed_commit_is_everybodys),
		SPOT_CASE(a_group_that_cannot_begin_fails_its_jobs),
		SPOT_CASE(busy_reaches_the_caller),
		SPOT_CASE(faults_do_not_stop_the_writer),
		SPOT_CASE(a_full_queue_says_busy),
		SPOT_CASE(a_posted_job_is_told),
		SPOT_CASE(a_lone_job_has_its_own_transactions),
		SPOT_CASE(what_runs_before_a_group_may_refuse_it),
	};
	return spot_run("writer", cases, COUNT(cases));
}
