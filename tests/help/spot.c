#include "spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <libpq-fe.h>
#include <sys/wait.h>
#include <unistd.h>

static bool over_postgres;

bool spot_has_postgres(void)
{
	const char *url = getenv("MERIT_TEST_PG");
	return url && *url;
}

void spot_make(struct spot *p, bool postgres)
{
	static unsigned serial;
	*p = (struct spot){ .postgres = postgres };
	snprintf(p->folder, sizeof p->folder, "/tmp/merit-test.XXXXXX");
	if (!mkdtemp(p->folder))
		bug("no folder for a test");
	if (!postgres) {
		snprintf(p->where, sizeof p->where, "%s/s.db", p->folder);
		return;
	}
	const char *url = getenv("MERIT_TEST_PG");
	snprintf(p->schema, sizeof p->schema, "test_%ld_%u", (long)getpid(), ++serial);
	snprintf(p->where, sizeof p->where, "%s%soptions=-csearch_path%%3D%s", url, strchr(url, '?') ? "&" : "?",
		 p->schema);
}

void spot_create(struct spot *p)
{
	if (store_open(p->where, STORE_CREATE, &p->s) != E_OK)
		bug("no store for a test: %s", fault_text());
}

static void drop_schema(const struct spot *p)
{
	char sql[128];
	PGconn *c = PQconnectdb(p->where);
	snprintf(sql, sizeof sql, "SET client_min_messages = error; DROP SCHEMA IF EXISTS %s CASCADE", p->schema);
	PQclear(PQexec(c, sql));
	PQfinish(c);
}

static void remove_folder(const char *folder)
{
	pid_t child = fork();
	if (child == 0) {
		execlp("rm", "rm", "-rf", folder, (char *)NULL);
		_exit(1);
	}
	int status;
	while (waitpid(child, &status, 0) < 0)
		;
}

void spot_remove(struct spot *p)
{
	store_close_p(&p->s);
	if (p->postgres)
		drop_schema(p);
	remove_folder(p->folder);
}

bool spot_said(const char *text)
{
	if (strstr(fault_text(), text))
		return true;
	fprintf(stderr, "expected \"%s\" in: %s\n", text, fault_text());
	return false;
}

static int setup(void **state)
{
	struct spot *p = xcalloc(1, sizeof *p);
	spot_make(p, over_postgres);
	spot_create(p);
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	spot_remove(*state);
	free(*state);
	return 0;
}

static int run_over(const char *suite, bool postgres, const struct spot_case *cases, size_t n)
{
	char name[96];
	struct CMUnitTest *tests = xcalloc(n, sizeof *tests);
	for (size_t i = 0; i < n; i++)
		tests[i] = (struct CMUnitTest){ cases[i].name, cases[i].test, setup, teardown, NULL };
	over_postgres = postgres;
	snprintf(name, sizeof name, "%s_%s", suite, postgres ? "postgres" : "sqlite");
	int failed = _cmocka_run_group_tests(name, tests, n, NULL, NULL);
	free(tests);
	return failed;
}

int spot_run(const char *suite, const struct spot_case *cases, size_t n)
{
	int failed = run_over(suite, false, cases, n);
	if (spot_has_postgres())
		return failed + run_over(suite, true, cases, n);
	fprintf(stderr, "%s: PostgreSQL is skipped, since MERIT_TEST_PG is not set\n", suite);
	return failed;
}
