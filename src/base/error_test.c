#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

static enum err fails(int n)
{
	return FAULT("disk %d is full", n);
}

static enum err passes_up(int n)
{
	TRY(fails(n));
	return E_OK;
}

static enum err answers(enum err e)
{
	TRY(e);
	return E_OK;
}

static void a_fault_keeps_words_and_place(void **state)
{
	(void)state;
	assert_int_equal(passes_up(3), E_FAULT);
	assert_string_equal(fault_text(), "disk 3 is full");
	assert_int_equal(strncmp(fault_place(), "base/error_test.c:", 18), 0);
	assert_int_equal(FAULT("again: %s", fault_text()), E_FAULT);
	assert_string_equal(fault_text(), "again: disk 3 is full");
}

static void an_answer_is_passed_up_unchanged(void **state)
{
	(void)state;
	assert_int_equal(answers(E_OK), E_OK);
	assert_int_equal(answers(E_BUSY), E_BUSY);
	assert_int_equal(answers(E_UNKNOWN), E_UNKNOWN);
}

static void long_words_are_cut_not_overrun(void **state)
{
	(void)state;
	char words[3000];
	memset(words, 'x', sizeof words);
	words[sizeof words - 1] = 0;
	assert_int_equal(FAULT("%s", words), E_FAULT);
	assert_int_equal(strlen(fault_text()), 1023);
}

static void *other_thread(void *arg)
{
	assert_string_equal(fault_text(), "");
	fault_set("store/x.c:1", "theirs");
	*(bool *)arg = strcmp(fault_text(), "theirs") == 0;
	return NULL;
}

static void threads_have_their_own_fault(void **state)
{
	(void)state;
	pthread_t t;
	bool set = false;
	assert_int_equal(FAULT("mine"), E_FAULT);
	assert_int_equal(pthread_create(&t, NULL, other_thread, &set), 0);
	pthread_join(t, NULL);
	assert_true(set);
	assert_string_equal(fault_text(), "mine");
}

static void every_error_has_words_and_codes(void **state)
{
	(void)state;
	for (int e = E_OK; e <= E_FAULT; e++) {
		assert_true(*err_words((enum err)e) && *err_type((enum err)e));
		assert_in_range(err_http((enum err)e), 200, 599);
		assert_in_range(err_exit((enum err)e), 0, 3);
	}
	assert_int_equal(err_exit(E_OK), 0);
	assert_int_equal(err_exit(E_FAULT), 3);
	assert_int_equal(err_http(E_DENIED), 403);
	assert_string_equal(err_type(E_BUSY), "busy");
}

static void a_bug_aborts(void **state)
{
	(void)state;
	pid_t child = fork();
	if (child == 0) {
		fclose(stderr);
		stderr = tmpfile();
		bug("on purpose");
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

int error_test(void);
int error_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fault_keeps_words_and_place),   cmocka_unit_test(an_answer_is_passed_up_unchanged),
		cmocka_unit_test(long_words_are_cut_not_overrun),  cmocka_unit_test(threads_have_their_own_fault),
		cmocka_unit_test(every_error_has_words_and_codes), cmocka_unit_test(a_bug_aborts),
	};
	return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
