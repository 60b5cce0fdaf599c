/* Entries, their tiles, the log, its checkpoints and what stands beside the store; on both databases. */
#include "../../tests/help/spot.h"

#include "base/buf.h"
#include "ledger/ledger.h"
#include "ledger/tables.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define OK(call) assert_int_equal((call), E_OK)

static const unsigned char seed[32] = "a seed of thirty-two bytes, abc";
static const struct ledger_birth demo = {
	.origin = "example.org/demo", .seed = seed, .clock = 1000000, .demo = true, .zone = "Asia/Jakarta"
};

static const char *side_of(const struct spot *p, const char *name)
{
	static char path[256];
	snprintf(path, sizeof(path), "%s/side%s%s", p->folder, name[0] != '\0' ? "/" : "", name);
	return path;
}

static struct ledger *born(struct spot *p, const struct ledger_birth *birth)
{
	struct ledger *l;
	struct txn t;
	OK(txn_write(p->s, &t));
	OK(ledger_create(p->s, side_of(p, ""), birth, &l));
	OK(txn_commit(&t));
	return l;
}

static struct hash leaf_of(int64_t entry, uint32_t i)
{
	int64_t both[2] = { entry, i };
	return merkle_leaf(both, sizeof(both));
}

/* An entry of n rows inside the caller's transaction. */
static int64_t put(struct ledger *l, const char *action, uint32_t n)
{
	int64_t seq;
	OK(entry_begin(l, &(struct entry_head){ .actor = 7, .action = action }));
	for (uint32_t i = 0; i < n; i++) {
		struct hash leaf = leaf_of(entry_seq(l), i);
		assert_int_equal(entry_leaf(l, &leaf), i);
	}
	OK(entry_end(l, &seq));
	return seq;
}

static int64_t put_alone(struct ledger *l, uint32_t n)
{
	struct txn t;
	OK(ledger_refresh(l));
	OK(txn_write(ledger_store(l), &t));
	int64_t seq = put(l, "test", n);
	OK(txn_commit(&t));
	return seq;
}

static size_t notes_in(const struct spot *p)
{
	char line[512];
	size_t n = 0;
	FILE *f = fopen(side_of(p, "checkpoints"), "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL)
		n += strncmp(line, "\xe2\x80\x94 ", 4) == 0;
	fclose(f);
	return n;
}

static void a_new_ledger_proves_what_it_is(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	struct stat st;
	struct entry e;
	assert_int_equal(ledger_head(l), 1);
	assert_true(ledger_is_demo(l));
	assert_string_equal(ledger_origin(l), "example.org/demo");
	assert_string_equal(ledger_zone(l), "Asia/Jakarta");
	OK(entry_get(p->s, 1, &e));
	assert_string_equal(e.action, "store.create");
	assert_int_equal(e.n, 1);
	assert_int_equal(e.at, 1000000);
	assert_int_equal(entry_get(p->s, 2, &e), E_MISSING);
	assert_int_equal(stat(side_of(p, ""), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(side_of(p, "key"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(notes_in(p), 1);
	struct verifier v;
	struct checkpoint c;
	OK(verifier_parse(str_of(ledger_key(l)), &v));
	OK(note_open(str_of(ledger_note(l)), &v, &c));
	assert_int_equal(c.size, 1);
}

static void a_seed_gives_the_same_ledger(void **state)
{
	struct spot *p = *state;
	struct spot q;
	unsigned char salts[2][300 * SALT_SIZE];
	spot_make(&q, p->postgres);
	spot_create(&q);
	struct ledger *a = born(p, &demo), *b = born(&q, &demo);
	ledger_salts(a, salts[0], 300);
	for (size_t i = 0; i < 300; i++)
		ledger_salt(b, salts[1] + i * SALT_SIZE);
	assert_memory_equal(salts[0], salts[1], sizeof(salts[0]));
	assert_memory_not_equal(salts[0], salts[0] + SALT_SIZE, SALT_SIZE);
	put_alone(a, 300);
	put_alone(b, 300);
	assert_string_equal(ledger_note(a), ledger_note(b));
	ledger_close(a);
	ledger_close(b);
	spot_remove(&q);
}

static void without_a_seed_nothing_is_the_same(void **state)
{
	struct spot *p = *state;
	struct spot q;
	unsigned char salt[2][SALT_SIZE];
	spot_make(&q, p->postgres);
	spot_create(&q);
	struct ledger *a = born(p, &(struct ledger_birth){ 0 }), *b = born(&q, &(struct ledger_birth){ 0 });
	ledger_salt(a, salt[0]);
	ledger_salt(b, salt[1]);
	assert_memory_not_equal(salt[0], salt[1], SALT_SIZE);
	assert_string_not_equal(ledger_origin(a), ledger_origin(b));
	assert_int_equal(strncmp(ledger_origin(a), "merit/", 6), 0);
	assert_int_equal(strlen(ledger_origin(a)), 6 + 32);
	assert_string_equal(ledger_zone(a), "UTC");
	ledger_close(a);
	ledger_close(b);
	spot_remove(&q);
}

/* The root of an entry is that of the definition whatever its size, and each leaf is found again and proved. */
static void entries_of_every_shape(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	static const uint32_t sizes[] = { 0, 1, 2, 255, 256, 257, 511, 512, 700, 65536, 66000 };
	struct leaves *r;
	OK(leaves_open(p->s, &r));
	for (size_t s = 0; s < COUNT(sizes); s++) {
		uint32_t n = sizes[s];
		struct entry e;
		struct hash *all = xcalloc(n + 1, sizeof(*all)), got, path[MERKLE_PATH];
		size_t len;
		int64_t seq = put_alone(l, n);
		for (uint32_t i = 0; i < n; i++)
			all[i] = leaf_of(seq, i);
		OK(entry_get(p->s, seq, &e));
		struct hash root = merkle_root(all, n);
		assert_int_equal(e.n, n);
		assert_true(hash_eq(&e.root, &root));
		for (uint32_t i = 0; i<n; i += n> 1000 ? 251 : 1) {
			OK(leaves_get(r, seq, i, &got));
			assert_true(hash_eq(&got, &all[i]));
			if (n > 1000 && i % 7 != 0)
				continue;
			OK(proof_row(p->s, seq, i, path, &len));
			assert_true(merkle_included(&all[i], i, n, path, len, &e.root));
		}
		assert_int_equal(leaves_get(r, seq, n, &got), E_MISSING);
		assert_int_equal(proof_row(p->s, seq, n, path, &len), E_MISSING);
		free(all);
	}
	leaves_close(r);
}

static void entries_are_proved_in_the_log_at_any_size(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	struct checkpoint at[9];
	struct txn t;
	size_t n = 0, len;
	struct hash path[MERKLE_PATH];
	at[n++] = ledger_checkpoint(l);
	/* Across the first tiles of the log, in transactions of many entries and of one. */
	static const int counts[] = { 1, 2, 3, 200, 49, 1, 1, 300 };
	for (size_t i = 0; i < COUNT(counts); i++) {
		OK(txn_write(p->s, &t));
		for (int k = 0; k < counts[i]; k++)
			put(l, "test", 1);
		OK(txn_commit(&t));
		at[n++] = ledger_checkpoint(l);
	}
	assert_int_equal(notes_in(p), n);
	for (size_t i = 0; i < n; i++) {
		for (int64_t seq = 1; seq <= (int64_t)at[i].size; seq += seq > 20 && seq < 240 ? 13 : 1) {
			struct entry e;
			struct buf text CLEANUP(buf_release) = BUF_INIT;
			OK(entry_get(p->s, seq, &e));
			entry_canonical(&e, &text);
			struct hash leaf = merkle_leaf(text.p, text.n);
			OK(proof_entry(p->s, seq, at[i].size, path, &len));
			assert_true(merkle_included(&leaf, (uint64_t)seq - 1, at[i].size, path, len, &at[i].root));
		}
		for (size_t k = 0; k <= i; k++) {
			OK(proof_consistency(p->s, at[k].size, at[i].size, path, &len));
			assert_true(merkle_consistent(at[k].size, &at[k].root, at[i].size, &at[i].root, path, len));
		}
	}
	assert_int_equal(proof_entry(p->s, 1, at[n - 1].size + 1, path, &len), E_MISSING);
	assert_int_equal(proof_entry(p->s, 10, 9, path, &len), E_MISSING);
	assert_int_equal(proof_entry(p->s, 0, 9, path, &len), E_MISSING);
}

static void the_canonical_form_of_an_entry(void **state)
{
	(void)state;
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	struct entry e = { .seq = 3,
			   .at = 17,
			   .actor = 1,
			   .on_behalf = 9,
			   .subject = 5,
			   .n = 0,
			   .action = "round.seal",
			   .root = merkle_empty() };
	entry_canonical(&e, &text);
	assert_string_equal(
		buf_str(&text),
		"{\"action\":\"round.seal\",\"actor\":1,\"at\":17,\"n\":0,\"on_behalf\":9,\"root\":"
		"\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"seq\":3,\"subject\":5}");
	buf_reset(&text);
	e.on_behalf = e.subject = 0;
	entry_canonical(&e, &text);
	assert_null(strstr(buf_str(&text), "on_behalf"));
	assert_null(strstr(buf_str(&text), "subject"));
}

/* A vector made by hand of SHA-256 alone: this leaf must never change. */
static void a_row_leaf_is_what_the_data_model_says(void **state)
{
	(void)state;
	unsigned char salt[SALT_SIZE] = "sixteen bytes ab", other[SALT_SIZE] = "sixteen bytes cd";
	struct hash open = row_commit(salt, STR("{\"name\":\"Siti\"}")),
		    closed = row_commit(other, STR("{\"health\":\"good\"}"));
	struct hash expected = sha256("sixteen bytes ab{\"name\":\"Siti\"}", 31);
	assert_memory_equal(open.b, expected.b, HASH_SIZE);
	unsigned char all[1 + 64 + 2] = { 0 };
	memcpy(all + 1, open.b, HASH_SIZE);
	memcpy(all + 65, "{}", 2);
	struct hash leaf = row_leaf(&open, NULL, STR("{}"));
	expected = sha256(all, sizeof(all));
	assert_memory_equal(leaf.b, expected.b, HASH_SIZE);
	memcpy(all + 33, closed.b, HASH_SIZE);
	leaf = row_leaf(&open, &closed, STR("{}"));
	expected = sha256(all, sizeof(all));
	assert_memory_equal(leaf.b, expected.b, HASH_SIZE);
}

static void times_never_fall(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	struct entry e;
	int64_t seq;
	put_alone(l, 1);
	ledger_set_now(l, 500);
	put_alone(l, 1);
	ledger_set_now(l, 90000000);
	assert_int_equal(ledger_now(l), 90000000);
	put_alone(l, 1);
	put_alone(l, 1);
	static const int64_t at[] = { 1000000, 2000000, 3000000, 90000000, 91000000 };
	for (int64_t i = 0; i < (int64_t)COUNT(at); i++) {
		OK(entry_get(p->s, i + 1, &e));
		assert_int_equal(e.at, at[i]);
		OK(entry_at(p->s, at[i], &seq));
		assert_int_equal(seq, i + 1);
		OK(entry_at(p->s, at[i] - 1, &seq));
		assert_int_equal(seq, i);
	}
	OK(entry_at(p->s, INT64_MAX, &seq));
	assert_int_equal(seq, COUNT(at));
}

static void what_is_rolled_back_was_never_there(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	struct txn t;
	char before[2048];
	put_alone(l, 3);
	snprintf(before, sizeof(before), "%s", ledger_note(l));
	OK(txn_write(p->s, &t));
	put(l, "lost", 2);
	put(l, "lost", 300);
	assert_int_equal(ledger_head(l), 4);
	txn_end(&t);
	assert_int_equal(ledger_head(l), 2);
	OK(txn_write(p->s, &t));
	OK(entry_begin(l, &(struct entry_head){ .action = "lost" }));
	txn_end(&t);
	OK(ledger_refresh(l));
	assert_string_equal(ledger_note(l), before);
	assert_int_equal(put_alone(l, 1), 3);
	assert_int_equal(notes_in(p), 3);
}

static void a_job_undone_takes_its_entries_along(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	struct txn t;
	struct entry e;
	OK(txn_write(p->s, &t));
	put(l, "kept", 1);
	OK(savepoint(p->s));
	put(l, "undone", 300);
	OK(entry_begin(l, &(struct entry_head){ .action = "open" }));
	OK(savepoint_undo(p->s));
	entry_abandon(l);
	assert_int_equal(ledger_head(l), 2);
	/* A job that failed before it wrote anything takes nothing of the others along. */
	OK(savepoint(p->s));
	OK(savepoint_undo(p->s));
	entry_abandon(l);
	assert_int_equal(ledger_head(l), 2);
	assert_int_equal(put(l, "kept too", 2), 3);
	OK(txn_commit(&t));
	OK(entry_get(p->s, 3, &e));
	assert_string_equal(e.action, "kept too");
	ledger_close(l);
	l = NULL;
	OK(ledger_open(p->s, side_of(p, ""), true, &l));
	assert_int_equal(ledger_head(l), 3);
}

static void a_failed_commit_leaves_the_ledger_as_it_was(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	struct txn t;
	for (long nth = 1; nth < 40; nth++) {
		OK(ledger_refresh(l));
		int64_t head = ledger_head(l), seq;
		char note[2048];
		snprintf(note, sizeof(note), "%s", ledger_note(l));
		OK(txn_write(p->s, &t));
		store_fail_after(p->s, nth);
		enum err e = entry_begin(l, &(struct entry_head){ .action = "test" });
		struct hash leaf = leaf_of(1, 1);
		for (int i = 0; e == E_OK && i < 300; i++)
			entry_leaf(l, &leaf);
		e = e == E_OK ? entry_end(l, &seq) : e;
		e = e == E_OK ? txn_commit(&t) : e;
		txn_end(&t);
		store_fail_after(p->s, 0);
		if (e == E_OK)
			return;
		assert_int_equal(ledger_head(l), head);
		assert_string_equal(ledger_note(l), note);
		put_alone(l, 1);
	}
	fail();
}

static void two_who_write_in_turn(void **state)
{
	struct spot *p = *state;
	struct ledger *a CLEANUP(ledger_close_p) = born(p, &demo), *b CLEANUP(ledger_close_p) = NULL;
	struct store *again CLEANUP(store_close_p) = NULL;
	OK(store_again(p->s, STORE_WRITE, &again));
	OK(ledger_open(again, side_of(p, ""), true, &b));
	for (int i = 0; i < 300; i++)
		put_alone(i % 3 == 0 ? a : b, 1);
	OK(ledger_refresh(a));
	OK(ledger_refresh(b));
	assert_int_equal(ledger_head(a), 301);
	assert_string_equal(ledger_note(a), ledger_note(b));
	ledger_close(b);
	b = NULL;
}

static void a_birth_given_up_leaves_no_key(void **state)
{
	struct spot *p = *state;
	struct ledger *l;
	struct txn t;
	OK(txn_write(p->s, &t));
	OK(ledger_create(p->s, side_of(p, ""), &demo, &l));
	txn_end(&t);
	ledger_close(l);
	assert_int_equal(access(side_of(p, ""), F_OK), -1);
}

static void a_key_is_never_written_over(void **state)
{
	struct spot *p = *state;
	struct spot q;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo), *other;
	struct txn t;
	spot_make(&q, p->postgres);
	spot_create(&q);
	OK(txn_write(q.s, &t));
	assert_int_equal(ledger_create(q.s, side_of(p, ""), &demo, &other), E_CONFLICT);
	assert_true(spot_said("already exists"));
	txn_end(&t);
	assert_int_equal(access(side_of(p, "key"), F_OK), 0);
	assert_int_equal(access(side_of(p, "checkpoints"), F_OK), 0);
	spot_remove(&q);
}

static void a_key_elsewhere_is_linked(void **state)
{
	struct spot *p = *state;
	char path[128];
	struct stat st;
	snprintf(path, sizeof(path), "%s/elsewhere", p->folder);
	struct ledger_birth birth = { .key_path = path };
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &birth);
	assert_int_equal(lstat(side_of(p, "key"), &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	ledger_close(l);
	l = NULL;
	OK(ledger_open(p->s, side_of(p, ""), true, &l));
	put_alone(l, 1);
}

static void names_and_zones_that_cannot_be(void **state)
{
	struct spot *p = *state;
	struct ledger *l;
	struct txn t;
	OK(txn_write(p->s, &t));
	assert_int_equal(ledger_create(p->s, side_of(p, ""), &(struct ledger_birth){ .origin = "a b" }, &l), E_INVALID);
	assert_true(spot_said("origin"));
	assert_int_equal(ledger_create(p->s, side_of(p, ""), &(struct ledger_birth){ .zone = "Mars/North" }, &l),
			 E_INVALID);
	assert_true(spot_said("time zone"));
	txn_end(&t);
	assert_int_equal(access(side_of(p, ""), F_OK), -1);
}

static void without_the_key_one_can_read(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	put_alone(l, 1);
	ledger_close(l);
	l = NULL;
	assert_int_equal(unlink(side_of(p, "key")), 0);
	assert_int_equal(ledger_open(p->s, side_of(p, ""), true, &l), E_DENIED);
	assert_true(spot_said("key is not there"));
	OK(ledger_open(p->s, side_of(p, ""), false, &l));
	assert_int_equal(ledger_head(l), 2);
	assert_int_equal(ledger_checkpoint(l).size, 2);
}

static void write_file(const char *path, const char *text, size_t n)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	fclose(f);
}

static void a_note_that_a_crash_left_out_is_appended(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	char kept[4096];
	FILE *f = fopen(side_of(p, "checkpoints"), "r");
	size_t n = fread(kept, 1, sizeof(kept), f);
	fclose(f);
	put_alone(l, 1);
	ledger_close(l);
	l = NULL;
	write_file(side_of(p, "checkpoints"), kept, n);
	OK(ledger_open(p->s, side_of(p, ""), true, &l));
	assert_int_equal(notes_in(p), 2);
	ledger_close(l);
	l = NULL;
	/* Half a note is cut off first. */
	memcpy(kept + n, kept, 40);
	write_file(side_of(p, "checkpoints"), kept, n + 40);
	OK(ledger_open(p->s, side_of(p, ""), true, &l));
	assert_int_equal(notes_in(p), 2);
	f = fopen(side_of(p, "checkpoints"), "r");
	memset(kept, 0, sizeof(kept));
	assert_true(fread(kept, 1, sizeof(kept) - 1, f) > n);
	fclose(f);
	assert_memory_equal(kept + n, ledger_note(l), strlen(ledger_note(l)));
}

static void an_older_copy_is_not_written_to(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	char note[2048];
	put_alone(l, 1);
	snprintf(note, sizeof(note), "%s\n", ledger_note(l));
	ledger_close(l);
	l = NULL;
	/* The head of before, as an older file has it. */
	struct spot q;
	spot_make(&q, p->postgres);
	spot_create(&q);
	l = born(&q, &demo);
	ledger_close(l);
	l = NULL;
	write_file(side_of(&q, "checkpoints"), note, strlen(note));
	assert_int_equal(ledger_open(q.s, side_of(&q, ""), true, &l), E_CONFLICT);
	assert_true(spot_said("older copy"));
	spot_remove(&q);
}

static void a_damaged_head_is_not_built_on(void **state)
{
	struct spot *p = *state;
	static const char *const harm[] = {
		"UPDATE head SET size = 2",
		"UPDATE head SET frontier = NULL",
		"UPDATE head SET note = 'x'",
		"DELETE FROM log_tile",
	};
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	for (int i = 0; i < 2; i++)
		put_alone(l, 1);
	ledger_close(l);
	l = NULL;
	for (size_t i = 0; i < COUNT(harm); i++) {
		struct txn t;
		OK(txn_write(p->s, &t));
		if (store_exec(p->s, harm[i]) == E_OK) {
			assert_int_equal(ledger_open(p->s, side_of(p, ""), true, &l), E_FAULT);
			assert_true(spot_said("merit verify"));
		}
		txn_end(&t);
	}
	OK(ledger_open(p->s, side_of(p, ""), true, &l));
	put_alone(l, 1);
}

static void a_store_without_a_ledger(void **state)
{
	struct spot *p = *state;
	struct ledger *l;
	for (size_t i = 0; ledger_tables[i] != NULL; i++)
		OK(table_migrate(p->s, &ledger_tables[i]->table, false));
	assert_int_equal(ledger_open(p->s, side_of(p, ""), true, &l), E_MISSING);
}

/* While an entry is open a bulk copy may run on the same connection, so leaves must ask nothing of it. */
static void leaves_beside_a_bulk_copy(void **state)
{
	struct spot *p = *state;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, &demo);
	static const char *const columns[] = { "id", "idx" };
	struct bulk *b;
	struct txn t;
	struct entry e;
	int64_t seq;
	OK(store_exec(p->s, "CREATE TABLE thing (id INTEGER PRIMARY KEY, idx INTEGER)"));
	OK(txn_write(p->s, &t));
	OK(entry_begin(l, &(struct entry_head){ .action = "import" }));
	OK(bulk_begin(p->s, "thing", columns, "ii", &b));
	for (uint32_t i = 0; i < 3000; i++) {
		struct hash leaf = leaf_of(2, i);
		bulk_int(b, i + 1);
		bulk_int(b, entry_leaf(l, &leaf));
		OK(bulk_row(b));
	}
	OK(bulk_end(b));
	entry_subject(l, 42);
	OK(entry_end(l, &seq));
	OK(txn_commit(&t));
	OK(entry_get(p->s, seq, &e));
	assert_int_equal(e.n, 3000);
	assert_int_equal(e.subject, 42);
}

int ledger_test(void);
int ledger_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(a_new_ledger_proves_what_it_is),
		SPOT_CASE(a_seed_gives_the_same_ledger),
		SPOT_CASE(without_a_seed_nothing_is_the_same),
		SPOT_CASE(entries_of_every_shape),
		SPOT_CASE(entries_are_proved_in_the_log_at_any_size),
		SPOT_CASE(the_canonical_form_of_an_entry),
		SPOT_CASE(a_row_leaf_is_what_the_data_model_says),
		SPOT_CASE(times_never_fall),
		SPOT_CASE(what_is_rolled_back_was_never_there),
		SPOT_CASE(a_job_undone_takes_its_entries_along),
		SPOT_CASE(a_failed_commit_leaves_the_ledger_as_it_was),
		SPOT_CASE(two_who_write_in_turn),
		SPOT_CASE(a_birth_given_up_leaves_no_key),
		SPOT_CASE(a_key_is_never_written_over),
		SPOT_CASE(a_key_elsewhere_is_linked),
		SPOT_CASE(names_and_zones_that_cannot_be),
		SPOT_CASE(without_the_key_one_can_read),
		SPOT_CASE(a_note_that_a_crash_left_out_is_appended),
		SPOT_CASE(an_older_copy_is_not_written_to),
		SPOT_CASE(a_damaged_head_is_not_built_on),
		SPOT_CASE(a_store_without_a_ledger),
		SPOT_CASE(leaves_beside_a_bulk_copy),
	};
	return spot_run("ledger", cases, COUNT(cases));
}
