/* Entries, their tiles and the log they make; on both databases. */
#include "ledger/testing.h"

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
		struct hash *all = xcalloc(n + 1, sizeof *all), got, path[MERKLE_PATH];
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
	expected = sha256(all, sizeof all);
	assert_memory_equal(leaf.b, expected.b, HASH_SIZE);
	memcpy(all + 33, closed.b, HASH_SIZE);
	leaf = row_leaf(&open, &closed, STR("{}"));
	expected = sha256(all, sizeof all);
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
	snprintf(before, sizeof before, "%s", ledger_note(l));
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
		snprintf(note, sizeof note, "%s", ledger_note(l));
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

int entry_test(void);
int entry_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(entries_of_every_shape),
		SPOT_CASE(entries_are_proved_in_the_log_at_any_size),
		SPOT_CASE(the_canonical_form_of_an_entry),
		SPOT_CASE(a_row_leaf_is_what_the_data_model_says),
		SPOT_CASE(times_never_fall),
		SPOT_CASE(what_is_rolled_back_was_never_there),
		SPOT_CASE(a_job_undone_takes_its_entries_along),
		SPOT_CASE(a_failed_commit_leaves_the_ledger_as_it_was),
		SPOT_CASE(leaves_beside_a_bulk_copy),
	};
	return spot_run("entry", cases, COUNT(cases));
}
