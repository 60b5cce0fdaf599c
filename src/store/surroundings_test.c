/* What the surroundings can do to a store: files that are none, rights, a full disk, a killed process, a lost server.
 */
#include "../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define OK(call) assert_int_equal((call), E_OK)
#define NOBODY 65534

static const char *in_folder(const struct spot *p, const char *name)
{
	static char path[256];
	snprintf(path, sizeof path, "%s/%s", p->folder, name);
	return path;
}

static void write_file(const char *path, const void *bytes, size_t n)
{
	int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), (ssize_t)n);
	close(fd);
}

static enum err try(const char *where, enum store_mode mode)
{
	struct store *s = NULL;
	enum err e = store_open(where, mode, &s);
	store_close(s);
	return e;
}

static enum err add(struct store *s, int64_t id, size_t size)
{
	struct stmt *st;
	TRY(store_stmt(s, "INSERT INTO t (id, bytes) VALUES (?, ?)", &st));
	char *bytes = xcalloc(1, size + 1);
	stmt_int(st, 1, id);
	stmt_blob(st, 2, bytes, size);
	enum err e = stmt_run(st);
	free(bytes);
	return e;
}

static void make_table(struct store *s)
{
	OK(store_exec(s, "CREATE TABLE t (id INTEGER PRIMARY KEY, bytes BLOB)"));
}

static int64_t count(struct store *s)
{
	int64_t n = -1;
	OK(store_get_int(s, "SELECT count(*) FROM t", -2, &n));
	return n;
}

/* Runs body in a child that may harm itself; its answer is the exit status. */
static int in_child(int (*body)(struct spot *p), struct spot *p)
{
	int status = 0;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(body(p));
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ---- what is there already ---- */

static void a_new_store_takes_nobodys_place(void **state)
{
	struct spot *p = *state;
	make_table(p->s);
	assert_int_equal(try(p->where, STORE_CREATE), E_CONFLICT);
	assert_true(spot_said(p->postgres ? "already holds tables" : "exists already"));
	assert_int_equal(try(p->where, STORE_BUILD), E_CONFLICT);
	OK(try(p->where, STORE_WRITE));
	OK(try(p->where, STORE_READ));
}

static void a_missing_store_is_told(void **state)
{
	struct spot *p = *state;
	struct spot q;
	spot_make(&q, p->postgres);
	assert_int_equal(try(q.where, STORE_WRITE), E_MISSING);
	assert_true(spot_said("merit init"));
	assert_int_equal(try(q.where, STORE_READ), E_MISSING);
	spot_remove(&q);
	if (p->postgres)
		return;
	assert_int_equal(try(in_folder(p, "no/such/folder.db"), STORE_CREATE), E_MISSING);
	assert_true(spot_said("no such folder"));
}

static void files_that_are_no_store_are_refused(void **state)
{
	struct spot *p = *state;
	if (p->postgres)
		return;
	const char *path = in_folder(p, "x");
	char junk[9000];
	write_file(path, "", 0);
	assert_int_equal(try(path, STORE_WRITE), E_INVALID);
	assert_true(spot_said("empty"));
	memset(junk, 'x', sizeof junk);
	write_file(path, junk, sizeof junk);
	assert_int_equal(try(path, STORE_WRITE), E_INVALID);
	assert_int_equal(try(path, STORE_READ), E_INVALID);
	assert_true(spot_said("damaged or was never a store"));
	write_file(path, "SQLite format 3", 16);
	assert_int_equal(try(path, STORE_READ), E_INVALID);
	assert_int_equal(try(p->folder, STORE_WRITE), E_INVALID);
	assert_true(spot_said("folder"));
	assert_int_equal(try("/dev/null", STORE_READ), E_INVALID);
	assert_true(spot_said("not a file"));
}

static void a_foreign_database_is_refused(void **state)
{
	struct spot *p = *state;
	if (p->postgres)
		return;
	OK(store_exec(p->s, "CREATE TABLE mine (x INTEGER); PRAGMA application_id = 7"));
	store_close_p(&p->s);
	assert_int_equal(try(p->where, STORE_WRITE), E_INVALID);
	assert_true(spot_said("another program"));
	assert_int_equal(try(p->where, STORE_READ), E_INVALID);
}

/* Bytes are turned over all over a file; whatever they are, the answer has words and nothing crashes. */
static void a_damaged_file_has_an_answer(void **state)
{
	struct spot *p = *state;
	if (p->postgres)
		return;
	make_table(p->s);
	for (int i = 0; i < 300; i++)
		OK(add(p->s, i, 100));
	store_close_p(&p->s);
	int fd = open(p->where, O_RDWR);
	off_t size = lseek(fd, 0, SEEK_END);
	int invalid = 0;
	for (off_t at = 0; at < size; at += at < 200 ? 1 : 97) {
		char good, bad;
		assert_int_equal(pread(fd, &good, 1, at), 1);
		bad = (char)~good;
		assert_int_equal(pwrite(fd, &bad, 1, at), 1);
		struct store *s = NULL;
		int64_t n;
		enum err e = store_open(p->where, STORE_READ, &s);
		if (e == E_OK)
			e = store_get_int(s, "SELECT sum(length(bytes)) FROM t", 0, &n);
		assert_true(e == E_OK || fault_text()[0]);
		invalid += e == E_INVALID;
		store_close(s);
		assert_int_equal(pwrite(fd, &good, 1, at), 1);
	}
	close(fd);
	assert_true(invalid > 20);
}

/* ---- rights ---- */

static int as_nobody(struct spot *p)
{
	if (setgid(NOBODY) != 0 || setuid(NOBODY) != 0)
		return 99;
	if (chmod(p->where, 0) == 0) /* it must not be ours */
		return 98;
	enum err read = try(p->where, STORE_READ);
	bool said = spot_said("may not read this file");
	return read == E_DENIED && said && try(p->where, STORE_WRITE) == E_DENIED ? 0 : 1;
}

static int read_only_folder(struct spot *p)
{
	if (setgid(NOBODY) != 0 || setuid(NOBODY) != 0)
		return 99;
	if (try(p->where, STORE_READ) != E_DENIED || !spot_said("folder cannot be written"))
		return 1;
	if (try(p->where, STORE_WRITE) != E_DENIED || !spot_said("may not write this file"))
		return 2;
	if (try(in_folder(p, "new.db"), STORE_CREATE) != E_DENIED || !spot_said("cannot be made"))
		return 3;
	return 0;
}

static int read_beside_a_writer(struct spot *p)
{
	if (setgid(NOBODY) != 0 || setuid(NOBODY) != 0)
		return 99;
	struct store *s = NULL;
	if (store_open(p->where, STORE_READ, &s) != E_OK)
		return 1;
	int64_t n = 0;
	if (store_get_int(s, "SELECT count(*) FROM t", 0, &n) != E_OK || n != 1)
		return 2;
	store_close(s);
	return 0;
}

static void rights_are_told(void **state)
{
	struct spot *p = *state;
	if (p->postgres)
		return;
	if (geteuid() != 0) {
		fprintf(stderr, "rights: skipped, since only root can become somebody else\n");
		return;
	}
	make_table(p->s);
	OK(add(p->s, 1, 1));
	assert_int_equal(chmod(p->folder, 0755), 0);
	assert_int_equal(in_child(as_nobody, p), 0);
	/* While the writer's files stand beside it, who may read them may read the store. */
	assert_int_equal(chmod(p->where, 0644), 0);
	assert_int_equal(chmod(in_folder(p, "s.db-wal"), 0644), 0);
	assert_int_equal(chmod(in_folder(p, "s.db-shm"), 0644), 0);
	assert_int_equal(in_child(read_beside_a_writer, p), 0);
	store_close_p(&p->s);
	assert_int_equal(in_child(read_only_folder, p), 0);
}

/* ---- a full disk ---- */

/* Adds committed rows until it is refused; then the store must hold exactly those that were acknowledged. */
static int fill_until_refused(const char *where)
{
	struct store *s = NULL;
	if (store_open(where, STORE_WRITE, &s) != E_OK)
		return 1;
	int64_t kept = 0;
	enum err e = E_OK;
	while (e == E_OK && kept < 1000) {
		struct txn t = { NULL };
		e = txn_write(s, &t);
		for (int i = 0; i < 4 && e == E_OK; i++)
			e = add(s, kept * 4 + i, 20000);
		if (e == E_OK)
			e = txn_commit(&t);
		txn_end(&t);
		kept += e == E_OK;
	}
	int64_t n = -1;
	if (e != E_FAULT || kept == 0 || !(strstr(fault_text(), "make room")))
		return 2;
	if (store_get_int(s, "SELECT count(*) FROM t", 0, &n) != E_OK || n != kept * 4)
		return 3;
	store_close(s);
	if (store_open(where, STORE_READ, &s) != E_OK)
		return 4;
	if (store_get_int(s, "SELECT count(*) FROM t", 0, &n) != E_OK || n != kept * 4)
		return 5;
	store_close(s);
	return 0;
}

static int with_file_limit(struct spot *p)
{
	struct rlimit limit = { 400000, 400000 };
	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
		return 99;
	return fill_until_refused(p->where);
}

static void a_file_that_may_not_grow_keeps_what_was_committed(void **state)
{
	struct spot *p = *state;
	if (p->postgres)
		return;
	make_table(p->s);
	store_close_p(&p->s);
	assert_int_equal(in_child(with_file_limit, p), 0);
}

static int on_small_disk(struct spot *p)
{
	return fill_until_refused(in_folder(p, "disk/s.db"));
}

static void a_full_disk_keeps_what_was_committed(void **state)
{
	struct spot *p = *state;
	char disk[128];
	if (p->postgres)
		return;
	snprintf(disk, sizeof disk, "%s/disk", p->folder);
	assert_int_equal(mkdir(disk, 0700), 0);
	if (mount("tmpfs", disk, "tmpfs", 0, "size=2m") != 0) {
		fprintf(stderr, "full disk: skipped, since no small disk can be mounted here\n");
		return;
	}
	struct store *s = NULL;
	enum err e = store_open(in_folder(p, "disk/s.db"), STORE_CREATE, &s);
	if (e == E_OK)
		e = store_exec(s, "CREATE TABLE t (id INTEGER PRIMARY KEY, bytes BLOB)");
	store_close(s);
	int child = e == E_OK ? in_child(on_small_disk, p) : -1;
	umount(disk);
	assert_int_equal(child, 0);
}

/* ---- a killed process ---- */

/* Commits one row, leaves a second open, says so, and waits to be killed. */
static void write_and_wait(const struct spot *p, int say)
{
	struct store *s;
	struct txn t;
	if (store_open(p->where, STORE_WRITE, &s) != E_OK || txn_write(s, &t) != E_OK || add(s, 1, 100) != E_OK ||
	    txn_commit(&t) != E_OK || txn_write(s, &t) != E_OK)
		_exit(1);
	for (int i = 2; i < 50; i++)
		if (add(s, i, 100000) != E_OK)
			_exit(2);
	if (write(say, "x", 1) == 1)
		pause();
	_exit(3);
}

static void a_killed_process_loses_only_what_was_open(void **state)
{
	struct spot *p = *state;
	int ends[2];
	char x = 0;
	make_table(p->s);
	store_close_p(&p->s);
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0)
		write_and_wait(p, ends[1]);
	close(ends[1]);
	assert_int_equal(read(ends[0], &x, 1), 1);
	close(ends[0]);
	kill(child, SIGKILL);
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	OK(store_open(p->where, STORE_WRITE, &p->s));
	assert_int_equal(count(p->s), 1);
	struct txn t;
	OK(txn_write(p->s, &t)); /* its lock died with it */
	OK(add(p->s, 2, 1));
	OK(txn_commit(&t));
	assert_int_equal(count(p->s), 2);
}

/* ---- a server that goes away ---- */

static void end_connection(struct spot *p)
{
	char sql[96];
	int64_t pid = 0;
	OK(store_get_int(p->s, "SELECT pg_backend_pid()", 0, &pid));
	snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%lld, 5000)", (long long)pid);
	PGconn *c = PQconnectdb(p->where);
	PGresult *r = PQexec(c, sql);
	assert_int_equal(PQresultStatus(r), PGRES_TUPLES_OK);
	PQclear(r);
	PQfinish(c);
}

static void a_lost_connection_is_told_and_made_anew(void **state)
{
	struct spot *p = *state;
	struct txn t;
	if (!p->postgres)
		return;
	make_table(p->s);
	OK(add(p->s, 1, 1));
	OK(txn_write(p->s, &t));
	OK(add(p->s, 2, 1));
	end_connection(p);
	assert_int_not_equal(txn_commit(&t), E_OK);
	OK(txn_write(p->s, &t));
	OK(add(p->s, 3, 1)); /* prepared again */
	OK(txn_commit(&t));
	assert_int_equal(count(p->s), 2);
}

static void a_server_that_is_not_there_is_told(void **state)
{
	struct spot *p = *state;
	if (!p->postgres)
		return;
	assert_int_equal(try("postgresql://somebody:secret@127.0.0.1:1/db", STORE_READ), E_FAULT);
	assert_true(spot_said("no connection"));
	assert_null(strstr(fault_text(), "secret"));
}

int surroundings_test(void);
int surroundings_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(a_new_store_takes_nobodys_place),
		SPOT_CASE(a_missing_store_is_told),
		SPOT_CASE(files_that_are_no_store_are_refused),
		SPOT_CASE(a_foreign_database_is_refused),
		SPOT_CASE(a_damaged_file_has_an_answer),
		SPOT_CASE(rights_are_told),
		SPOT_CASE(a_file_that_may_not_grow_keeps_what_was_committed),
		SPOT_CASE(a_full_disk_keeps_what_was_committed),
		SPOT_CASE(a_killed_process_loses_only_what_was_open),
		SPOT_CASE(a_lost_connection_is_told_and_made_anew),
		SPOT_CASE(a_server_that_is_not_there_is_told),
	};
	return spot_run("surroundings", cases, COUNT(cases));
}
