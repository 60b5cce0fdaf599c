/* sqlite.c - SQLite: errors and transactions. Opening is in sqlite_open.c. */
#include "store/sqlite.h"

#include <errno.h>

/* ---- words ---- */

static int last_errno(sqlite3 *db, int which)
{
	sqlite3_file *file = NULL;
	int number = 0;
	if (sqlite3_file_control(db, "main", which, &file) == SQLITE_OK && file && file->pMethods)
		file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &number);
	return number;
}

/* The rollback that follows a failure wipes the number out of the connection, but not out of the file. */
static int io_errno(struct lite *l)
{
	int number = sqlite3_system_errno(l->db);
	if (number == 0)
		number = last_errno(l->db, SQLITE_FCNTL_JOURNAL_POINTER);
	return number ? number : last_errno(l->db, SQLITE_FCNTL_FILE_POINTER);
}

static enum err io_fault(struct lite *l)
{
	int number = io_errno(l);
	if (number == EFBIG || number == EDQUOT || number == ENOSPC)
		return FAULT("%s: the file may not grow further (%s); make room and try again", l->base.where,
			     strerror(number));
	return FAULT("%s: reading or writing failed (%s%s%s); look at the disk and the folder's rights", l->base.where,
		     sqlite3_errmsg(l->db), number ? ", " : "", number ? strerror(number) : "");
}

enum err lite_error(struct lite *l, int rc, const char *sql)
{
	const char *where = l->base.where;
	if (l->base.txn != TXN_NONE && sqlite3_get_autocommit(l->db))
		l->base.gone = l->base.guard = true;
	if (l->base.mode == STORE_BUILD)
		l->ruined = true;
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ANSWER(E_BUSY, "%s: another process is writing and did not finish within %d seconds; try again",
			      where, store_wait_ms() / 1000);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ANSWER(E_INVALID, "%s: the file is damaged or was never a store (%s); restore it from a backup",
			      where, sqlite3_errmsg(l->db));
	case SQLITE_FULL:
		return FAULT("%s: the disk is full; make room and try again", where);
	case SQLITE_READONLY:
		return FAULT("%s: the store cannot be written (%s); look at the rights of the file and its folder",
			     where, sqlite3_errmsg(l->db));
	case SQLITE_CANTOPEN:
		return FAULT("%s: a file beside the store cannot be opened (%s); look at the folder's rights", where,
			     sqlite3_errmsg(l->db));
	case SQLITE_IOERR:
		return io_fault(l);
	default:
		return FAULT("%s: %s%s%.300s", where, sqlite3_errmsg(l->db), sql ? ", in: " : "", sql ? sql : "");
	}
}

enum err lite_prepare_raw(struct lite *l, const char *sql, sqlite3_stmt **ret)
{
	sqlite3_stmt *st;
	int rc = sqlite3_prepare_v3(l->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL);
	if (rc != SQLITE_OK)
		return lite_error(l, rc, sql);
	if (!st)
		bug("an empty statement: \"%s\"", sql);
	*ret = st;
	return E_OK;
}

/* ---- transactions ---- */

static const char *const verbs[LITE_VERBS] = {
	[LITE_BEGIN] = "BEGIN",        [LITE_BEGIN_WRITE] = "BEGIN IMMEDIATE", [LITE_COMMIT] = "COMMIT",
	[LITE_ROLLBACK] = "ROLLBACK",  [LITE_SAVEPOINT] = "SAVEPOINT s",       [LITE_KEEP] = "RELEASE s",
	[LITE_UNDO] = "ROLLBACK TO s",
};

static enum err verb(struct store *s, int which)
{
	struct lite *l = lite_of(s);
	if (!l->verbs[which])
		TRY(lite_prepare_raw(l, verbs[which], &l->verbs[which]));
	int rc = sqlite3_step(l->verbs[which]);
	enum err e = rc == SQLITE_DONE ? E_OK : lite_error(l, rc, verbs[which]);
	sqlite3_reset(l->verbs[which]);
	return e;
}

static enum err ruined(struct store *s)
{
	if (s->mode != STORE_BUILD)
		return FAULT("%s: a failure could not be undone; close the store and open it again", s->where);
	return FAULT("%s: a step of its making failed and a store in the making cannot undo; delete the file and start "
		     "again",
		     s->where);
}

enum err lite_begin(struct store *s, bool writing)
{
	if (lite_of(s)->ruined)
		return ruined(s);
	lite_bulk_over(lite_of(s)); /* should they have been given up with their transaction */
	return verb(s, writing ? LITE_BEGIN_WRITE : LITE_BEGIN);
}

enum err lite_commit(struct store *s)
{
	return verb(s, LITE_COMMIT);
}

/* SQLite gives up the transaction by itself when the disk is full or reading fails; there is then nothing to undo. */
void lite_rollback(struct store *s)
{
	struct lite *l = lite_of(s);
	if (s->mode == STORE_BUILD)
		l->ruined = true;
	if (sqlite3_get_autocommit(l->db))
		return;
	/* An error while undoing still ends the transaction; should it not, nothing more may be written through here.
	 */
	if (verb(s, LITE_ROLLBACK) != E_OK && !sqlite3_get_autocommit(l->db))
		l->ruined = true;
}

enum err lite_savepoint(struct store *s)
{
	return s->mode == STORE_BUILD ? E_OK : verb(s, LITE_SAVEPOINT);
}

enum err lite_keep(struct store *s)
{
	return s->mode == STORE_BUILD ? E_OK : verb(s, LITE_KEEP);
}

enum err lite_undo(struct store *s)
{
	if (s->mode == STORE_BUILD) {
		lite_of(s)->ruined = true;
		s->gone = s->guard = true;
		return ruined(s);
	}
	TRY(verb(s, LITE_UNDO));
	return verb(s, LITE_KEEP);
}

/* There is no network to save round trips on. */
enum err lite_pipeline_begin(struct store *s)
{
	(void)s;
	return E_OK;
}

enum err lite_pipeline_sync(struct store *s)
{
	(void)s;
	return E_OK;
}

enum err lite_exec(struct store *s, const char *sql)
{
	struct lite *l = lite_of(s);
	int rc = sqlite3_exec(l->db, sql, NULL, NULL, NULL);
	return rc == SQLITE_OK ? E_OK : lite_error(l, rc, sql);
}

void lite_rest(struct store *s)
{
	struct lite *l = (struct lite *)s;
	(void)sqlite3_db_release_memory(l->db);
}
