#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/parallel.h"

#include <sched.h>
#include <stdatomic.h>

struct work {
	atomic_uint calls[1000];
	atomic_uint wrong_worker, total;
	size_t fails_at;
};

static enum err do_one(void *arg, size_t i, unsigned worker)
{
	struct work *w = arg;
	atomic_fetch_add(&w->calls[i], 1);
	atomic_fetch_add(&w->total, 1);
	if (worker >= parallel_workers())
		atomic_fetch_add(&w->wrong_worker, 1);
	return i == w->fails_at ? FAULT("block %zu is torn", i) : E_OK;
}

static void every_block_once(void **state)
{
	(void)state;
	static const char *const workers[] = { "1", "2", "7", "64" };
	for (size_t k = 0; k < COUNT(workers); k++) {
		setenv("MERIT_WORKERS", workers[k], 1);
		for (size_t n = 0; n <= 1000; n += 250) {
			struct work w = { .fails_at = SIZE_MAX };
			assert_int_equal(parallel_for(n, do_one, &w), E_OK);
			for (size_t i = 0; i < 1000; i++)
				assert_int_equal(atomic_load(&w.calls[i]), i < n);
			assert_int_equal(atomic_load(&w.wrong_worker), 0);
		}
	}
	unsetenv("MERIT_WORKERS");
}

static enum err refuse_elsewhere(void *arg, size_t i, unsigned worker)
{
	(void)arg;
	(void)i;
	if (worker == 0) /* the caller waits until another thread has had its turn */
		return sched_yield() == 0 ? E_OK : E_FAULT;
	(void)FAULT("somebody else is writing");
	return E_BUSY;
}

/* An answer may carry words too. */
static void an_answer_brings_its_words(void **state)
{
	(void)state;
	setenv("MERIT_WORKERS", "4", 1);
	fault_set("", "");
	assert_int_equal(parallel_for(10000000, refuse_elsewhere, NULL), E_BUSY);
	assert_string_equal(fault_text(), "somebody else is writing");
	unsetenv("MERIT_WORKERS");
}

static void a_failure_stops_and_brings_its_words(void **state)
{
	(void)state;
	static const char *const workers[] = { "1", "4" };
	for (size_t k = 0; k < COUNT(workers); k++) {
		setenv("MERIT_WORKERS", workers[k], 1);
		fault_set("", "");
		struct work w = { .fails_at = 10 };
		assert_int_equal(parallel_for(1000, do_one, &w), E_FAULT);
		assert_string_equal(fault_text(), "block 10 is torn");
		assert_int_equal(strncmp(fault_place(), "base/parallel_test.c:", 21), 0);
		assert_true(k > 0 || atomic_load(&w.total) == 11);
	}
	unsetenv("MERIT_WORKERS");
}

static enum err busy(void *arg, size_t i, unsigned worker)
{
	(void)arg;
	(void)worker;
	return i == 3 ? E_BUSY : E_OK;
}

static void an_answer_leaves_the_fault_text_alone(void **state)
{
	(void)state;
	fault_set("place", "older");
	assert_int_equal(parallel_for(50, busy, NULL), E_BUSY);
	assert_string_equal(fault_text(), "older");
}

static void the_number_of_workers_is_bounded(void **state)
{
	(void)state;
	unsetenv("MERIT_WORKERS");
	unsigned own = parallel_workers();
	assert_in_range(own, 1, 64);
	setenv("MERIT_WORKERS", "1000", 1);
	assert_int_equal(parallel_workers(), 64);
	static const char *const wrong[] = { "0", "-3", "many", "" };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		setenv("MERIT_WORKERS", wrong[i], 1);
		assert_int_equal(parallel_workers(), own);
	}
	unsetenv("MERIT_WORKERS");
}

int parallel_test(void);
int parallel_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_block_once),
		cmocka_unit_test(a_failure_stops_and_brings_its_words),
		cmocka_unit_test(an_answer_brings_its_words),
		cmocka_unit_test(an_answer_leaves_the_fault_text_alone),
		cmocka_unit_test(the_number_of_workers_is_bounded),
	};
	return cmocka_run_group_tests_name("parallel", tests, NULL, NULL);
}
