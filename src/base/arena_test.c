#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void memory_is_aligned_zeroed_and_apart(void **state)
{
	(void)state;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	unsigned char *last = NULL;
	for (size_t n = 1; n < 3000; n += 7) {
		unsigned char *p = arena_alloc(&a, n);
		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, n);
		assert_true(p != last);
		last = p;
	}
	memset(arena_alloc(&a, 5 << 20), 1, 5 << 20);
	assert_non_null(arena_alloc(&a, 0));
}

static void a_list_grows_and_keeps_what_it_holds(void **state)
{
	(void)state;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	int64_t *list = NULL;
	size_t cap = 0;
	for (size_t n = 0; n < 1000; n++) {
		ARENA_GROW(&a, list, n, &cap);
		assert_in_range(cap, n + 1, 2 * n + 8);
		for (size_t i = n; i < cap; i++)
			assert_int_equal(list[i], 0);
		list[n] = (int64_t)n + 1;
		assert_int_equal(list[n / 2], n / 2 + 1);
	}
}

static void reset_forgets_and_gives_clean_memory(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 100; i++) {
			char *p = arena_alloc(&a, 1000);
			for (int k = 0; k < 1000; k++)
				assert_int_equal(p[k], 0);
			memset(p, 7, 1000);
		}
		assert_true(a.used >= 100000);
		arena_reset(&a);
		assert_int_equal(a.used, 0);
	}
	arena_release(&a);
	assert_null(a.first);
	arena_reset(&a);
}

static void texts_are_copied(void **state)
{
	(void)state;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	char word[] = "decree";
	char *copy = arena_copy(&a, word), *part = arena_text(&a, word, 3);
	word[0] = 'x';
	assert_string_equal(copy, "decree");
	assert_string_equal(part, "dec");
	assert_string_equal(arena_text(&a, NULL, 0), "");
	assert_null(arena_copy(&a, NULL));
	assert_string_equal(arena_printf(&a, "%s no. %d", copy, 12), "decree no. 12");
	assert_int_equal(strlen(arena_printf(&a, "%9000d", 1)), 9000);
}

static void passing_the_cap_ends_the_process(void **state)
{
	(void)state;
	pid_t child = fork();
	if (child == 0) {
		struct arena a = { .cap = 1000 };
		stderr = tmpfile();
		arena_alloc(&a, 900);
		arena_alloc(&a, 900);
		_exit(0);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void the_malloc_family_works(void **state)
{
	(void)state;
	char *p = xmalloc(0), *s = xstrdup("echelon");
	p = xrealloc(p, 100);
	memset(p, 1, 100);
	unsigned *zeros = xcalloc(10, sizeof *zeros);
	assert_int_equal(zeros[9], 0);
	assert_string_equal(s, "echelon");
	free(p);
	free(s);
	free(zeros);
}

int arena_test(void);
int arena_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_aligned_zeroed_and_apart),
		cmocka_unit_test(a_list_grows_and_keeps_what_it_holds),
		cmocka_unit_test(reset_forgets_and_gives_clean_memory),
		cmocka_unit_test(texts_are_copied),
		cmocka_unit_test(passing_the_cap_ends_the_process),
		cmocka_unit_test(the_malloc_family_works),
	};
	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
