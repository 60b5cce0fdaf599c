#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/log.h"

#include <unistd.h>

/* What a piece of work writes to stderr, which is no terminal meanwhile. */
static void written_by(void (*work)(void), char *out, size_t size)
{
	FILE *file = tmpfile();
	assert_non_null(file);
	fflush(stderr);
	int before = dup(STDERR_FILENO);
	dup2(fileno(file), STDERR_FILENO);
	work();
	fflush(stderr);
	dup2(before, STDERR_FILENO);
	close(before);
	rewind(file);
	out[fread(out, 1, size - 1, file)] = 0;
	fclose(file);
}

static void progress(void)
{
	for (unsigned i = 0; i <= 100; i++)
		log_progress("importing", i, 100);
	log_progress_end();
}

static void no_bar_where_nobody_looks(void **state)
{
	(void)state;
	char out[200];
	written_by(progress, out, sizeof out);
	assert_string_equal(out, "");
}

int log_test(void);
int log_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_bar_where_nobody_looks),
	};
	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
