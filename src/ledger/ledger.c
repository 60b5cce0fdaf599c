/* ledger.c - a ledger is born, opened and closed, and answers for itself. */
#include "ledger/inside.h"

#include "base/date.h"
#include "ledger/tables.h"

#include <errno.h>
#include <sodium.h>
#include <unistd.h>

/* ---- making ---- */

static struct ledger *ledger_new(struct store *s, const char *side)
{
	if (sodium_init() < 0)
		bug("libsodium cannot start");
	struct ledger *l = xcalloc(1, sizeof *l);
	l->store = s;
	l->side = xstrdup(side);
	l->checkpoints = -1;
	l->stale = true;
	return l;
}

static void remember_made(struct ledger *l, const char *path)
{
	l->made[l->nmade++] = xstrdup(path);
}

/* A ledger whose first transaction was given up leaves no key behind. */
static void unmake(struct ledger *l)
{
	while (l->nmade > 0) {
		char *path = l->made[--l->nmade];
		if (l->newborn && remove(path) != 0 && errno != ENOTEMPTY)
			(void)FAULT("%s was left behind: %s; remove it", path, strerror(errno));
		free(path);
	}
}

static enum err make_file(struct ledger *l, const char *path, unsigned mode, const struct buf *text)
{
	TRY(side_new_file(path, mode, (struct str){ text->p, text->n }));
	remember_made(l, path);
	return E_OK;
}

static enum err make_key(struct ledger *l, const char *key_path)
{
	struct buf path CLEANUP(buf_release) = BUF_INIT, text CLEANUP(buf_release) = BUF_INIT;
	side_path(&path, l->side, "key");
	if (access(buf_str(&path), F_OK) == 0)
		return ANSWER(E_CONFLICT, "%s already exists; choose another store, or move the old folder away",
			      path.p);
	signer_text(&l->signer, &text);
	buf_char(&text, '\n');
	enum err e = make_file(l, key_path ? key_path : path.p, 0600, &text);
	sodium_memzero(text.p, text.n);
	if (e != E_OK || !key_path)
		return e;
	char *whole = realpath(key_path, NULL);
	bool linked = whole && symlink(whole, path.p) == 0;
	free(whole);
	if (!linked)
		return FAULT("%s cannot be linked to %s: %s; check both paths", path.p, key_path, strerror(errno));
	remember_made(l, path.p);
	return E_OK;
}

static enum err make_side(struct ledger *l, const char *key_path)
{
	struct buf path CLEANUP(buf_release) = BUF_INIT, text CLEANUP(buf_release) = BUF_INIT;
	bool there = access(l->side, F_OK) == 0;
	TRY(side_make(l->side));
	if (!there)
		remember_made(l, l->side);
	TRY(make_key(l, key_path));
	buf_add(&text, l->key_text.p, l->key_text.n);
	buf_char(&text, '\n');
	side_path(&path, l->side, "key.pub");
	TRY(make_file(l, buf_str(&path), 0644, &text));
	buf_reset(&text);
	side_path(&path, l->side, "checkpoints");
	TRY(make_file(l, buf_str(&path), 0644, &text));
	return side_notes_open(l->side, &l->checkpoints);
}

static enum err make_tables(struct ledger *l)
{
	struct stmt *st;
	struct checkpoint none = { .root = merkle_empty() };
	memcpy(none.origin, l->origin, strlen(l->origin));
	for (size_t i = 0; ledger_tables[i]; i++)
		TRY(table_migrate(l->store, &ledger_tables[i]->table));
	TRY(store_stmt(l->store,
		       "INSERT INTO head (one, store_id, origin, zone, demo, size, frontier, note) "
		       "VALUES (1, ?, ?, ?, ?, 0, ?, ?)",
		       &st));
	note_sign(&none, &l->signer, &l->note);
	stmt_blob(st, 1, l->id, sizeof l->id);
	stmt_text(st, 2, str_of(l->origin));
	stmt_text(st, 3, str_of(l->zone));
	stmt_int(st, 4, l->demo);
	stmt_blob(st, 5, "", 0);
	stmt_text(st, 6, (struct str){ l->note.p, l->note.n });
	return stmt_run(st);
}

/* The leaf that proves what a store says of itself: {"demo","origin","store","zone"} under the store's number as salt.
 */
struct hash identity_leaf(const struct identity *x)
{
	struct buf open CLEANUP(buf_release) = BUF_INIT;
	struct json j;
	json_init(&j, &open);
	json_object(&j);
	json_member_bool(&j, "demo", x->demo);
	json_member_text(&j, "origin", x->origin);
	json_member_hash(&j, "store", x->id, STORE_ID);
	json_member_text(&j, "zone", x->zone);
	json_object_end(&j);
	struct hash commit = row_commit(x->id, (struct str){ open.p, open.n });
	return row_leaf(&commit, NULL, STR("{\"entity\":\"store\",\"id\":1}"));
}

static void take_number(struct ledger *l, const struct ledger_birth *birth)
{
	struct buf origin CLEANUP(buf_release) = BUF_INIT;
	unsigned char key[32];
	if (birth->seed) {
		struct hash id = sha256_2("merit store\n", 12, birth->seed, 32);
		struct hash seed = sha256_2("merit key\n", 10, birth->seed, 32);
		memcpy(l->id, id.b, sizeof l->id);
		memcpy(key, seed.b, sizeof key);
	} else {
		randombytes_buf(l->id, sizeof l->id);
		randombytes_buf(key, sizeof key);
	}
	buf_text(&origin, birth->origin ? birth->origin : "merit/");
	if (!birth->origin)
		hex_add(&origin, l->id, sizeof l->id);
	l->origin = xstrdup(buf_str(&origin));
	l->zone = xstrdup(birth->zone ? birth->zone : "UTC");
	signer_make(&l->signer, l->origin, key);
	sodium_memzero(key, sizeof key);
	verifier_of(&l->signer, &l->verifier);
	verifier_text(&l->verifier, &l->key_text);
}

static enum err first_entry(struct ledger *l)
{
	struct identity x = { .origin = l->origin, .zone = l->zone, .demo = l->demo };
	memcpy(x.id, l->id, sizeof x.id);
	struct hash leaf = identity_leaf(&x);
	int64_t seq;
	TRY(entry_begin(l, &(struct entry_head){ .action = "store.create" }));
	entry_leaf(l, &leaf);
	return entry_end(l, &seq);
}

static void rolled_back(struct store *s, void *arg)
{
	struct ledger *l = arg;
	log_on_rollback(s, l);
	if (l->newborn)
		unmake(l);
}

static void set_hooks(struct ledger *l, bool on)
{
	store_before_commit(l->store, on ? log_before_commit : NULL, on ? l : NULL);
	store_after_commit(l->store, on ? log_after_commit : NULL, on ? l : NULL);
	store_on_rollback(l->store, on ? rolled_back : NULL, on ? l : NULL);
}

enum err ledger_create(struct store *s, const char *side, const struct ledger_birth *birth, struct ledger **ret)
{
	if (birth->origin && !note_name_fits(str_of(birth->origin)))
		return ANSWER(E_INVALID,
			      "the origin \"%s\" cannot be used; it takes 1 to 127 bytes without blank and plus",
			      birth->origin);
	if (birth->zone && !zone_exists(birth->zone))
		return ANSWER(E_INVALID, "there is no time zone \"%s\"; write one as Asia/Jakarta", birth->zone);
	struct ledger *l CLEANUP(ledger_close_p) = ledger_new(s, side);
	l->writing = l->newborn = true;
	l->demo = birth->demo;
	l->stepped = birth->demo || birth->seed;
	l->told_at = birth->seed ? birth->clock : 0;
	take_number(l, birth);
	salts_start(l, birth->seed);
	TRY(make_side(l, birth->key_path));
	TRY(make_tables(l));
	TRY(log_load(l));
	set_hooks(l, true);
	TRY(first_entry(l));
	*ret = l;
	l = NULL;
	return E_OK;
}

/* ---- opening ---- */

/* A store that was never made is not one whose head somebody took away. */
static enum err no_head(struct store *s)
{
	int64_t entries;
	TRY(store_get_int(s, "SELECT count(*) FROM entry", 0, &entries));
	if (entries == 0)
		return ANSWER(E_MISSING, "the store has no ledger; `merit init` makes a store");
	return ANSWER(E_INVALID, "the head of the ledger is gone, though entries stand; put back a backup");
}

static enum err read_identity(struct ledger *l)
{
	struct stmt *st;
	bool row;
	TRY(store_stmt(l->store, "SELECT store_id, origin, zone, demo FROM head WHERE one = 1", &st));
	TRY(stmt_step(st, &row));
	if (!row)
		return no_head(l->store);
	struct str id = stmt_get_text(st, 0), origin = stmt_get_text(st, 1), zone = stmt_get_text(st, 2);
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	memcpy(l->id, id.p, id.n < STORE_ID ? id.n : STORE_ID);
	l->origin = xstrdup(arena_text(&a, origin.p, origin.n));
	l->zone = xstrdup(arena_text(&a, zone.p, zone.n));
	l->demo = l->stepped = stmt_get_int(st, 3) == 1;
	stmt_reset(st);
	return E_OK;
}

static enum err read_public_key(struct ledger *l)
{
	enum err e = side_read(l->side, "key.pub", &l->key_text);
	if (e == E_OK) {
		struct str text = str_trim((struct str){ l->key_text.p, l->key_text.n });
		e = verifier_parse(text, &l->verifier);
		/* Kept without its line end, as ledger_key() gives it. */
		size_t skip = (size_t)(text.p - l->key_text.p);
		memmove(l->key_text.p, l->key_text.p + skip, text.n);
		l->key_text.n = text.n;
		l->key_text.p[text.n] = '\0';
	}
	/* One that only reads can do without: the audit says what is wrong with the folder. */
	return e == E_FAULT ? e : E_OK;
}

static enum err read_secret_key(struct ledger *l)
{
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	enum err e = side_read(l->side, "key", &text);
	if (e == E_MISSING || e == E_DENIED)
		return E_DENIED;
	TRY(e);
	e = signer_parse((struct str){ text.p, text.n }, &l->signer);
	sodium_memzero(text.p, text.n);
	if (e != E_OK || strcmp(l->signer.name, l->origin) != 0)
		return ANSWER(E_DENIED, "%s/key is not the key of this store; put back the folder that belongs to it",
			      l->side);
	verifier_of(&l->signer, &l->verifier);
	buf_reset(&l->key_text);
	verifier_text(&l->verifier, &l->key_text);
	return E_OK;
}

/* Whoever opens a store to write appends the note that a crash left out, and stops where the file knows a longer log.
 */
static enum err catch_up(struct ledger *l)
{
	struct buf last CLEANUP(buf_release) = BUF_INIT;
	struct checkpoint c = { 0 };
	TRY(side_notes_open(l->side, &l->checkpoints));
	TRY(side_notes_last(l->checkpoints, &last));
	if (last.n > 0 && note_open((struct str){ last.p, last.n }, &l->verifier, &c) != E_OK)
		return ANSWER(E_CONFLICT,
			      "the last line of %s/checkpoints is not signed by this store's key; put back the "
			      "folder that belongs to the store",
			      l->side);
	/* Somebody may have committed between the two readings; notes follow their commits. */
	if (c.size > l->head.size)
		TRY(log_load(l));
	if (c.size > l->head.size)
		return ANSWER(E_CONFLICT,
			      "the store ends at entry %llu, its checkpoint file at %llu; an older copy was put in "
			      "place: put back the newer one",
			      (unsigned long long)l->head.size, (unsigned long long)c.size);
	if (c.size == l->head.size && last.n > 0)
		return hash_eq(&c.root, &l->head.root)
			       ? E_OK
			       : ANSWER(E_CONFLICT,
					"store and checkpoint file disagree about entry %llu; run `merit verify`",
					(unsigned long long)c.size);
	return side_notes_append(l->checkpoints, (struct str){ l->note.p, l->note.n });
}

enum err ledger_open(struct store *s, const char *side, bool writing, struct ledger **ret)
{
	struct ledger *l CLEANUP(ledger_close_p) = ledger_new(s, side);
	l->writing = writing;
	TRY(read_identity(l));
	TRY(writing ? read_secret_key(l) : read_public_key(l));
	TRY(log_load(l));
	salts_start(l, NULL);
	if (writing) {
		TRY(catch_up(l));
		set_hooks(l, true);
	}
	*ret = l;
	l = NULL;
	return E_OK;
}

void ledger_close(struct ledger *l)
{
	if (!l)
		return;
	if (l->writing)
		set_hooks(l, false);
	if (l->checkpoints >= 0)
		close(l->checkpoints);
	unmake(l);
	sodium_memzero(&l->signer, sizeof l->signer);
	sodium_memzero(l->salt_key, sizeof l->salt_key);
	sodium_memzero(l->salts, sizeof l->salts);
	buf_release(&l->key_text);
	buf_release(&l->note);
	buf_release(&l->before_note);
	buf_release(&l->owed);
	free(l->leaves);
	free(l->pending);
	free(l->side);
	free(l->origin);
	free(l->zone);
	free(l);
}

void ledger_close_p(struct ledger **l)
{
	ledger_close(*l);
}

enum err ledger_refresh(struct ledger *l)
{
	return l->npending > 0 || l->open ? E_OK : log_load(l);
}

/* ---- asking ---- */

int64_t ledger_head(const struct ledger *l)
{
	return (int64_t)l->head.size + (int64_t)l->npending;
}

bool ledger_is_demo(const struct ledger *l)
{
	return l->demo;
}

const char *ledger_origin(const struct ledger *l)
{
	return l->origin;
}

const char *ledger_zone(const struct ledger *l)
{
	return l->zone;
}

const char *ledger_key(const struct ledger *l)
{
	return l->key_text.p ? l->key_text.p : "";
}

const char *ledger_side(const struct ledger *l)
{
	return l->side;
}

struct store *ledger_store(const struct ledger *l)
{
	return l->store;
}

int64_t ledger_committed(const struct ledger *l)
{
	return (int64_t)l->head.size;
}

struct checkpoint ledger_checkpoint(const struct ledger *l)
{
	struct checkpoint c;
	if (l->writing)
		return l->head;
	if (note_open((struct str){ l->note.p, l->note.n }, &l->verifier, &c) != E_OK)
		c = (struct checkpoint){ .root = merkle_empty() };
	c.size = l->head.size;
	return c;
}

const char *ledger_note(const struct ledger *l)
{
	return l->note.p ? l->note.p : "";
}

int64_t ledger_now(const struct ledger *l)
{
	int64_t last = ledger_last_at(l);
	if (l->stepped)
		return l->told_at > last ? l->told_at : last + 1000000;
	int64_t now = clock_now_us();
	return now > last ? now : last;
}

void ledger_set_now(struct ledger *l, int64_t us)
{
	if (!l->stepped)
		bug("only a demo's clock can be set");
	l->told_at = us;
}
