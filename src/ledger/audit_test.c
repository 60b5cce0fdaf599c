/* What an audit says of rows, of the files beside the store, and of a store put back from an older copy. */
#include "ledger/audit_testing.h"

#include "base/parallel.h"

#include <unistd.h>

/* The rows of all entries as readers of a table feed them; row idx + 1 of entry 4 is fed falsely where it is named. */
struct feed {
	struct audit *a;
	struct store *store;
	int64_t changed, missing, twice;
};

/* The rows of one entry, as a table's reader would feed them from its own thread. */
static enum err feed_entry(void *arg, size_t i, unsigned worker)
{
	struct feed *f = arg;
	struct store *mine CLEANUP(store_close_p) = NULL;
	struct leaves *r;
	int64_t seq = 2 + (int64_t)i;
	enum err e = E_OK;
	(void)worker;
	TRY(store_again(f->store, STORE_READ, &mine));
	TRY(leaves_open(mine, &r));
	for (uint32_t k = 0; e == E_OK && k < counts[i]; k++) {
		struct hash leaf = leaf_of(seq, k);
		if (seq == 4 && k + 1 == f->missing)
			continue;
		if (seq == 4 && k + 1 == f->changed)
			leaf.b[31] ^= 1;
		if (seq == ERASED_ENTRY && k == ERASED_IDX)
			e = audit_erased(f->a, "thing", k, seq, k);
		else
			e = audit_row(f->a, r, "thing", k, seq, k, &leaf);
		if (e == E_OK && seq == 4 && k + 1 == f->twice)
			e = audit_row(f->a, r, "thing", k + 1000, seq, k, &leaf);
	}
	leaves_close(r);
	return e;
}

static size_t findings_with(struct spot *p, struct feed feed, struct buf *words)
{
	struct findings f CLEANUP(findings_release);
	findings_init(&f);
	OK(audit_begin(p->s, side_of(p, ""), &f, &feed.a));
	feed.store = p->s;
	OK(parallel_for(COUNT(counts), feed_entry, &feed));
	audit_end(feed.a);
	audit_free(feed.a);
	for (size_t i = 0; words != NULL && i < f.kept; i++)
		buf_printf(words, "%s\n", f.list[i].what);
	return f.count;
}

static void expect(struct spot *p, struct feed feed, size_t count, const char *said)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	size_t n = findings_with(p, feed, &words);
	if (n != count || strstr(buf_str(&words), said) == NULL)
		fail_msg("expected %zu findings with \"%s\", got %zu: %s", count, said, n, buf_str(&words));
}

static void nothing_is_found_in_a_sound_store(void **state)
{
	struct spot *p = *state;
	struct findings f CLEANUP(findings_release);
	struct audit *a;
	fill(p);
	assert_int_equal(findings_with(p, (struct feed){ 0 }, NULL), 0);
	findings_init(&f);
	OK(audit_begin(p->s, side_of(p, ""), &f, &a));
	assert_int_equal(a->entries, ERASER);
	assert_int_equal(a->rows, 1 + 1 + 3 + 300 + 0 + 70 + 257 + 1);
	assert_int_equal(a->head.size, ERASER);
	audit_free(a);
	assert_int_equal(f.count, 0);
}

/* ---- rows ---- */

static void a_row_that_is_not_as_written(void **state)
{
	struct spot *p = *state;
	fill(p);
	for (int64_t k = 1; k <= 300; k += 37) {
		expect(p, (struct feed){ .changed = k }, 1, "the row was changed");
		expect(p, (struct feed){ .missing = k }, 1, "1 of the 300 rows of entry 4 are missing");
		expect(p, (struct feed){ .twice = k }, 1, "is there twice");
	}
}

static void rows_that_no_entry_wrote(void **state)
{
	struct spot *p = *state;
	struct findings f CLEANUP(findings_release);
	struct audit *a;
	struct leaves *r;
	struct hash leaf = leaf_of(2, 0);
	static const int64_t bad[][2] = { { 0, 0 },         { -1, 0 },        { ERASER + 1, 0 }, { INT64_MAX, 0 },
					  { INT64_MIN, 5 }, { 2, 1 },         { 2, -1 },         { 3, INT64_MAX },
					  { 4, 300 },       { 4, INT64_MIN }, { 5, 0 } };
	fill(p);
	findings_init(&f);
	OK(audit_begin(p->s, side_of(p, ""), &f, &a));
	OK(leaves_open(p->s, &r));
	for (size_t i = 0; i < COUNT(bad); i++) {
		OK(audit_row(a, r, "thing", 1, bad[i][0], bad[i][1], &leaf));
		assert_int_equal(f.count, i + 1);
	}
	OK(audit_row(a, r, "thing", 1, 2, 0, &leaf));
	assert_int_equal(f.count, COUNT(bad));
	assert_string_equal(f.list[0].table, "thing");
	leaves_close(r);
	audit_free(a);
}

static void rows_written_since_are_not_judged(void **state)
{
	struct spot *p = *state;
	struct findings f CLEANUP(findings_release);
	struct audit *a;
	struct leaves *r;
	struct ledger *l;
	fill(p);
	findings_init(&f);
	OK(audit_begin(p->s, side_of(p, ""), &f, &a));
	OK(ledger_open(p->s, side_of(p, ""), true, &l));
	put_alone(l, 2);
	struct hash leaf = leaf_of(ERASER + 1, 0);
	OK(leaves_open(p->s, &r));
	OK(audit_row(a, r, "thing", 9, ERASER + 1, 0, &leaf));
	assert_int_equal(f.count, 0);
	leaves_close(r);
	audit_free(a);
	ledger_close(l);
}

static void text_erased_without_right(void **state)
{
	struct spot *p = *state;
	struct findings f CLEANUP(findings_release);
	struct audit *a;
	fill(p);
	findings_init(&f);
	OK(audit_begin(p->s, side_of(p, ""), &f, &a));
	OK(audit_erased(a, "thing", 1, ERASED_ENTRY, ERASED_IDX));
	assert_int_equal(f.count, 0);
	OK(audit_erased(a, "thing", 1, ERASED_ENTRY, 2));
	assert_int_equal(f.count, 1);
	OK(audit_erased(a, "other", 1, 4, 1));
	assert_int_equal(f.count, 2);
	audit_free(a);
}

/* ---- every value of every table ---- */

static void an_older_copy_put_back(void **state)
{
	struct spot *p = *state;
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	fill(p);
	put_back(p->s, "_older");
	assert_true(findings_with(p, (struct feed){ 0 }, &words) > 0);
	assert_non_null(strstr(buf_str(&words), "its tail was dropped or an older copy put back"));
	put_back(p->s, "_sound");
	assert_int_equal(findings_of(p), 0);
}

static void a_checkpoint_file_that_was_changed(void **state)
{
	struct spot *p = *state;
	static char text[1 << 14];
	fill(p);
	size_t n = read_file(side_of(p, "checkpoints"), text, sizeof text);
	for (size_t i = 0; i < n; i += p->postgres ? 41 : 3) {
		text[i] ^= 1;
		write_file(side_of(p, "checkpoints"), text, n);
		if (findings_of(p) == 0)
			fail_msg("byte %zu of the checkpoint file can be changed", i);
		text[i] ^= 1;
	}
	write_file(side_of(p, "checkpoints"), text, n - 1);
	assert_int_not_equal(findings_of(p), 0);
	write_file(side_of(p, "checkpoints"), text, 0);
	assert_int_not_equal(findings_of(p), 0);
	assert_int_equal(unlink(side_of(p, "checkpoints")), 0);
	assert_int_not_equal(findings_of(p), 0);
	write_file(side_of(p, "checkpoints"), text, n);
	assert_int_equal(findings_of(p), 0);
}

static void a_public_key_that_was_changed(void **state)
{
	struct spot *p = *state;
	char text[512];
	fill(p);
	size_t n = read_file(side_of(p, "key.pub"), text, sizeof text);
	for (size_t i = 0; i + 1 < n; i += 7) {
		text[i] ^= 1;
		write_file(side_of(p, "key.pub"), text, n);
		assert_int_not_equal(findings_of(p), 0);
		text[i] ^= 1;
	}
	assert_int_equal(unlink(side_of(p, "key.pub")), 0);
	assert_int_not_equal(findings_of(p), 0);
	write_file(side_of(p, "key.pub"), text, n);
	assert_int_equal(findings_of(p), 0);
}

/* A log that was written anew with another key: everything fits, but not the checkpoints of before. */
static void a_log_rewritten_with_the_key(void **state)
{
	struct spot *p = *state;
	static char text[1 << 14];
	struct ledger *l;
	struct txn t;
	fill(p);
	size_t n = read_file(side_of(p, "checkpoints"), text, sizeof text);
	put_back(p->s, "_older");
	assert_int_equal(ledger_open(p->s, side_of(p, ""), true, &l), E_CONFLICT);
	assert_int_equal(unlink(side_of(p, "checkpoints")), 0);
	OK(ledger_open(p->s, side_of(p, ""), true, &l));
	OK(txn_write(p->s, &t));
	for (size_t i = 3; i < COUNT(counts); i++)
		put(l, "forged", counts[i]);
	OK(txn_commit(&t));
	put_erasure(l);
	ledger_close(l);
	write_file(side_of(p, "checkpoints"), text, n);
	expect(p, (struct feed){ 0 }, 1, "the log is not the one signed in the checkpoint file");
}

int audit_test(void);
int audit_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(nothing_is_found_in_a_sound_store),  SPOT_CASE(a_row_that_is_not_as_written),
		SPOT_CASE(rows_that_no_entry_wrote),           SPOT_CASE(rows_written_since_are_not_judged),
		SPOT_CASE(text_erased_without_right),          SPOT_CASE(an_older_copy_put_back),
		SPOT_CASE(a_checkpoint_file_that_was_changed), SPOT_CASE(a_public_key_that_was_changed),
		SPOT_CASE(a_log_rewritten_with_the_key),
	};
	return spot_run("audit", cases, COUNT(cases));
}
