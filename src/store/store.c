/* store.c - opening, transactions, savepoints and hooks: what is the same in both databases. */
#include "store/backend.h"

#include "base/number.h"

static const struct backend *backend_of(const char *where)
{
	return store_is_url(where) ? &postgres_backend : &sqlite_backend;
}

bool store_is_url(const char *where)
{
	return strncmp(where, "postgresql://", 13) == 0 || strncmp(where, "postgres://", 11) == 0;
}

enum err store_open(const char *where, enum store_mode mode, struct store **ret)
{
	return backend_of(where)->open(where, mode, false, ret);
}

enum err store_again(struct store *s, enum store_mode mode, struct store **ret)
{
	return s->ops->open(s->where, mode, true, ret);
}

void store_init(struct store *s, const struct backend *ops, const char *where, enum store_mode mode)
{
	s->ops = ops;
	s->where = xstrdup(where);
	s->mode = mode;
	s->by_text = map_new();
	s->bulk = (struct bulk){ .ops = ops, .store = s };
}

void store_release(struct store *s)
{
	for (size_t i = 0; i < s->nstmts; i++) {
		char *sql = s->stmts[i]->sql;
		s->ops->release(s->stmts[i]);
		free(sql);
	}
	free(s->stmts);
	map_free(s->by_text);
	free(s->spoilt_by);
	free(s->where);
}

void store_close(struct store *s)
{
	if (!s)
		return;
	txn_end(&(struct txn){ s });
	s->ops->close(s);
}

void store_rest(struct store *s)
{
	s->ops->rest(s);
}

void store_close_p(struct store **s)
{
	store_close(*s);
	*s = NULL;
}

bool store_is_postgres(const struct store *s)
{
	return s->ops == &postgres_backend;
}

bool store_is_shared(const struct store *s)
{
	return s->mode != STORE_BUILD || store_is_postgres(s);
}

enum err store_built(struct store *s)
{
	if (s->mode != STORE_BUILD)
		return E_OK;
	if (s->txn != TXN_NONE)
		bug("store_built() inside a transaction");
	TRY(s->ops->built(s));
	s->mode = STORE_WRITE;
	return E_OK;
}

int store_wait_ms(void)
{
	const char *text = getenv("MERIT_WAIT_MS");
	int64_t ms = 0;
	if (text && number_parse(str_of(text), &ms) && ms > 0 && ms < 3600000)
		return (int)ms;
	return 10000;
}

/* ---- what may run ---- */

static void guard_again(struct store *s)
{
	s->guard = s->spoilt || s->gone || s->fail_after > 0;
}

void store_fail_after(struct store *s, long n)
{
	s->fail_after = n > 0 ? n : 0;
	guard_again(s);
}

enum err store_guard(struct store *s)
{
	if (s->spoilt || s->gone)
		return FAULT("nothing more can be done in this transaction, since a part of it failed: %s",
			     s->spoilt_by ? s->spoilt_by : "the database gave it up");
	if (s->fail_after > 0 && --s->fail_after == 0) {
		guard_again(s);
		return FAULT("%s: the disk is full (a fault on purpose); make room and try again", s->where);
	}
	return E_OK;
}

enum err store_spoil(struct store *s, enum err e)
{
	if (e == E_OK || s->txn == TXN_NONE)
		return e;
	if (!s->spoilt) {
		free(s->spoilt_by);
		s->spoilt_by = xstrdup(fault_text());
	}
	s->spoilt = true;
	s->guard = true;
	return e;
}

/* Statements begun at this depth or deeper give up their rows: in PostgreSQL their cursors are gone anyway. */
static void reset_from(struct store *s, int depth)
{
	for (size_t i = 0; i < s->nstmts; i++)
		if (s->stmts[i]->active && s->stmts[i]->depth >= depth)
			stmt_reset(s->stmts[i]);
}

/* ---- transactions ---- */

static enum err begin(struct store *s, enum txn_kind kind, struct txn *ret)
{
	if (s->txn != TXN_NONE)
		bug("a transaction inside a transaction: use savepoint()");
	if (kind == TXN_WRITE && s->mode == STORE_READ)
		return FAULT("%s was opened for reading only", s->where);
	TRY(store_admit(s));
	TRY(s->ops->begin(s, kind == TXN_WRITE));
	s->txn = kind;
	*ret = (struct txn){ s };
	return E_OK;
}

enum err txn_read(struct store *s, struct txn *ret)
{
	return begin(s, TXN_READ, ret);
}

enum err txn_write(struct store *s, struct txn *ret)
{
	return begin(s, TXN_WRITE, ret);
}

static void ended(struct store *s)
{
	s->txn = TXN_NONE;
	s->depth = 0;
	s->spoilt = s->gone = false;
	guard_again(s);
}

static enum err commit(struct store *s)
{
	if (s->bulk.open)
		bug("a commit while bulk rows are being sent");
	if (s->depth > 0)
		bug("a commit inside a savepoint");
	if (s->spoilt || s->gone)
		return store_guard(s);
	if (s->txn == TXN_WRITE && s->hooks.before)
		TRY(s->hooks.before(s, s->hooks.before_arg));
	reset_from(s, 0);
	TRY(store_admit(s));
	return s->ops->commit(s);
}

enum err txn_commit(struct txn *t)
{
	struct store *s = t->store;
	if (!s)
		bug("a transaction is committed twice");
	enum err e = commit(s);
	if (e != E_OK) {
		txn_end(t);
		return e;
	}
	bool wrote = s->txn == TXN_WRITE;
	ended(s);
	t->store = NULL;
	return wrote && s->hooks.after ? s->hooks.after(s, s->hooks.after_arg) : E_OK;
}

/* Giving up must not change what was said about the failure that led to it. */
struct words {
	char *place, *text;
};

static struct words words_keep(void)
{
	return (struct words){ xstrdup(fault_place()), xstrdup(fault_text()) };
}

static void words_back(struct words *w)
{
	fault_set(w->place, w->text);
	free(w->place);
	free(w->text);
}

void txn_end(struct txn *t)
{
	struct store *s = t->store;
	t->store = NULL;
	if (!s || s->txn == TXN_NONE)
		return;
	struct words UNUSED words CLEANUP(words_back) = words_keep();
	if (s->bulk.open)
		(void)s->ops->bulk_end(s, false);
	s->bulk.open = false;
	/* SQLite resets first, since its rollback must not meet statements half read; PostgreSQL would have to close
	 * cursors in a transaction that may be spoilt, so its reset knows about that. */
	reset_from(s, 0);
	s->ops->rollback(s);
	bool wrote = s->txn == TXN_WRITE;
	ended(s);
	if (wrote && s->hooks.rollback)
		s->hooks.rollback(s, s->hooks.rollback_arg);
}

enum err savepoint(struct store *s)
{
	if (s->txn == TXN_NONE)
		bug("a savepoint outside a transaction");
	TRY(store_admit(s));
	TRY(store_spoil(s, s->ops->savepoint(s)));
	s->depth++;
	return E_OK;
}

enum err savepoint_keep(struct store *s)
{
	if (s->depth == 0)
		bug("no savepoint to keep");
	TRY(store_admit(s));
	TRY(store_spoil(s, s->ops->keep(s)));
	s->depth--;
	return E_OK;
}

enum err savepoint_undo(struct store *s)
{
	if (s->depth == 0)
		bug("no savepoint to undo");
	if (s->bulk.open)
		(void)s->ops->bulk_end(s, false);
	s->bulk.open = false;
	reset_from(s, s->depth);
	s->depth--;
	if (s->gone)
		return store_guard(s);
	struct words words = words_keep();
	enum err e = store_spoil(s, s->ops->undo(s));
	if (e == E_OK) {
		fault_set(words.place, words.text);
		s->spoilt = false;
		guard_again(s);
	}
	free(words.place);
	free(words.text);
	return e;
}

void store_before_commit(struct store *s, enum err (*hook)(struct store *, void *arg), void *arg)
{
	s->hooks.before = hook;
	s->hooks.before_arg = arg;
}

void store_after_commit(struct store *s, enum err (*hook)(struct store *, void *arg), void *arg)
{
	s->hooks.after = hook;
	s->hooks.after_arg = arg;
}

void store_on_rollback(struct store *s, void (*hook)(struct store *, void *arg), void *arg)
{
	s->hooks.rollback = hook;
	s->hooks.rollback_arg = arg;
}
