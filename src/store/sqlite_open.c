/* sqlite_open.c - opening a store's file with clear words, its settings, and the end of a build. */
#include "store/sqlite.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#define APPLICATION 0x4d657274 /* "Mert": tells our files from other databases */

/* A connection belongs to one thread at a time, so SQLite need not lock; nor need it count its memory. */
static void configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	/* What a statement of many rows would undo stays in memory: its rows touch a page each at most. Above it goes
	 * to a file in one piece, and SQLite takes a piece of 128 KB or more for a full disk. */
	sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, 120 << 10);
}

/* ---- before SQLite sees the file ---- */

static bool folder_writable(const char *where)
{
	struct buf folder CLEANUP(buf_release) = BUF_INIT;
	const char *slash = strrchr(where, '/');
	if (slash == where)
		buf_char(&folder, '/');
	else if (slash)
		buf_add(&folder, where, (size_t)(slash - where));
	else
		buf_char(&folder, '.');
	return faccessat(AT_FDCWD, buf_str(&folder), W_OK | X_OK, AT_EACCESS) == 0;
}

static bool beside(const char *where, const char *suffix)
{
	struct buf name CLEANUP(buf_release) = BUF_INIT;
	buf_printf(&name, "%s%s", where, suffix);
	return faccessat(AT_FDCWD, buf_str(&name), R_OK, AT_EACCESS) == 0;
}

/* The file is never opened here: closing it again would drop the locks that other connections of this process hold. */
static enum err check_existing(const char *where, enum store_mode mode)
{
	struct stat st;
	if (stat(where, &st) != 0) {
		if (errno == ENOENT)
			return ANSWER(E_MISSING, "%s: there is no such store; make one with `merit init`", where);
		return ANSWER(E_DENIED, "%s: the store cannot be reached (%s)", where, strerror(errno));
	}
	if (S_ISDIR(st.st_mode))
		return ANSWER(E_INVALID, "%s: this is a folder, not a store; name the store's file", where);
	if (!S_ISREG(st.st_mode))
		return ANSWER(E_INVALID, "%s: this is not a file; name the store's file", where);
	if (faccessat(AT_FDCWD, where, R_OK, AT_EACCESS) != 0)
		return ANSWER(E_DENIED, "%s: you may not read this file (%s); ask its owner", where, strerror(errno));
	if (st.st_size == 0)
		return ANSWER(E_INVALID, "%s: the file is empty, so it is not a store; make one with `merit init`",
			      where);
	if (mode != STORE_READ && faccessat(AT_FDCWD, where, W_OK, AT_EACCESS) != 0)
		return ANSWER(E_DENIED, "%s: you may not write this file (%s); ask its owner", where, strerror(errno));
	if (folder_writable(where) || (mode == STORE_READ && beside(where, "-wal") && beside(where, "-shm")))
		return E_OK;
	return ANSWER(
		E_DENIED,
		"%s: its folder cannot be written, and even reading needs files beside the store; copy the store to a "
		"folder of yours",
		where);
}

static enum err create_file(const char *where)
{
	int fd = open(where, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	if (fd >= 0) {
		close(fd);
		return E_OK;
	}
	if (errno == EEXIST)
		return ANSWER(E_CONFLICT, "%s: something of this name exists already; choose another name", where);
	if (errno == ENOENT)
		return ANSWER(E_MISSING, "%s: there is no such folder; make it first", where);
	if (errno == ENOSPC || errno == EDQUOT)
		return FAULT("%s: the disk is full; make room and try again", where);
	return ANSWER(E_DENIED, "%s: the file cannot be made (%s); choose a folder that you may write", where,
		      strerror(errno));
}

/* ---- settings ---- */

static enum err pragma_int(struct lite *l, const char *sql, int64_t *ret)
{
	sqlite3_stmt *st;
	TRY(lite_prepare_raw(l, sql, &st));
	int rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		*ret = sqlite3_column_int64(st, 0);
	enum err e = rc == SQLITE_ROW ? E_OK : lite_error(l, rc, sql);
	sqlite3_finalize(st);
	return e;
}

static enum err set(struct lite *l, const char *sql)
{
	int rc = sqlite3_exec(l->db, sql, NULL, NULL, NULL);
	return rc == SQLITE_OK ? E_OK : lite_error(l, rc, sql);
}

/* A file may come from anybody: its triggers and views never run, its schema is not trusted, its pages are checked. */
static enum err set_safe(struct lite *l)
{
	sqlite3_db_config(l->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(l->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_db_config(l->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(l->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	/* LIKE minds case, as it does in PostgreSQL. */
	return set(l, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; "
		      "PRAGMA case_sensitive_like = ON");
}

static enum err check_ours(struct lite *l)
{
	int64_t id = 0, pages = 0;
	TRY(pragma_int(l, "PRAGMA application_id", &id));
	TRY(pragma_int(l, "PRAGMA page_count", &pages));
	if (id != APPLICATION)
		return ANSWER(E_INVALID,
			      "%s: this is a database of another program, not a store; name the store's file",
			      l->base.where);
	sqlite3_stmt *st;
	TRY(lite_prepare_raw(l, "PRAGMA encoding", &st));
	bool utf8 = sqlite3_step(st) == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(st, 0), "UTF-8") == 0;
	sqlite3_finalize(st);
	if (!utf8)
		return ANSWER(E_INVALID, "%s: its text is not UTF-8, so Merit did not make it", l->base.where);
	return E_OK;
}

static const char *const settings[] = {
	[STORE_READ] = "PRAGMA cache_size = -2560",
	[STORE_WRITE] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; "
			"PRAGMA secure_delete = ON; PRAGMA cache_size = -24576; PRAGMA wal_autocheckpoint = 4000; "
			"PRAGMA journal_size_limit = 67108864",
	[STORE_BUILD] = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; "
			"PRAGMA foreign_keys = OFF; PRAGMA cache_size = -24576",
};

static enum err set_up(struct lite *l, enum store_mode mode)
{
	bool new = mode == STORE_CREATE || mode == STORE_BUILD;
	TRY(set_safe(l));
	if (mode != STORE_BUILD) /* a defensive connection would refuse to go without a journal */
		sqlite3_db_config(l->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (new)
		TRY(set(l, "PRAGMA page_size = 4096; PRAGMA application_id = 1298494068"));
	TRY(set(l, settings[mode == STORE_CREATE ? STORE_WRITE : mode]));
	return check_ours(l);
}

static enum err connect(struct lite *l, enum store_mode mode)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
		    (mode == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
	int rc = sqlite3_open_v2(l->base.where, &l->db, flags, NULL);
	if (rc != SQLITE_OK)
		return lite_error(l, rc, NULL);
	/* First of all, since already the switch to WAL may meet a lock. */
	sqlite3_busy_timeout(l->db, store_wait_ms());
	return set_up(l, mode);
}

enum err lite_open(const char *where, enum store_mode mode, bool again, struct store **ret)
{
	(void)again;
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, configure);
	bool new = mode == STORE_CREATE || mode == STORE_BUILD;
	TRY(new ? create_file(where) : check_existing(where, mode));
	struct lite *l = xcalloc(1, sizeof *l);
	store_init(&l->base, &sqlite_backend, where, mode);
	enum err e = connect(l, mode);
	if (e != E_OK) {
		lite_close(&l->base);
		if (new)
			unlink(where);
		return e;
	}
	*ret = &l->base;
	return E_OK;
}

void lite_close(struct store *s)
{
	struct lite *l = lite_of(s);
	for (int i = 0; i < LITE_VERBS; i++)
		sqlite3_finalize(l->verbs[i]);
	store_release(s);
	lite_bulk_release(&l->bulk);
	int rc = sqlite3_close(l->db);
	if (rc != SQLITE_OK)
		bug("a store cannot be closed: %s", sqlite3_errstr(rc));
	free(l);
}

enum err lite_built(struct store *s)
{
	struct lite *l = lite_of(s);
	if (l->ruined)
		return FAULT("%s: its making failed; delete the file and start again", s->where);
	/* Reading once lets the exclusive lock go; WAL is then switched on in an ordinary way. */
	TRY(set(l, "PRAGMA synchronous = FULL; PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = DELETE; "
		   "SELECT count(*) FROM sqlite_schema"));
	sqlite3_file *file = NULL;
	sqlite3_file_control(l->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	int rc = file && file->pMethods ? file->pMethods->xSync(file, SQLITE_SYNC_FULL) : SQLITE_IOERR;
	if (rc != SQLITE_OK)
		return lite_error(l, rc, NULL);
	return set(l, settings[STORE_WRITE]);
}
