/* What an audit finds: every value of every table of the ledger changed in turn, rows of all kinds of falsehood, the
 * files beside the store, and a store put back from an older copy. */
#include "../../tests/help/spot.h"

#include "base/parallel.h"
#include "ledger/audit.h"
#include "ledger/tables.h"

#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define OK(call) assert_int_equal((call), E_OK)

static const unsigned char seed[32] = "a seed of thirty-two bytes, abc";
/* Rows of entries 2, 3 …; the last erases row 1 of entry 3. */
static const uint32_t counts[] = { 1, 3, 300, 0, 70, 257 };
#define ERASER (2 + (int64_t)COUNT(counts))
#define ERASED_ENTRY 3
#define ERASED_IDX 1

static struct hash leaf_of(int64_t entry, uint32_t i)
{
	int64_t both[2] = { entry, i };
	return merkle_leaf(both, sizeof(both));
}

static const char *side_of(const struct spot *p, const char *name)
{
	static char path[256];
	snprintf(path, sizeof(path), "%s/side%s%s", p->folder, name[0] != '\0' ? "/" : "", name);
	return path;
}

static void put(struct ledger *l, const char *action, uint32_t n)
{
	struct txn t;
	int64_t seq;
	OK(txn_write(ledger_store(l), &t));
	OK(entry_begin(l, &(struct entry_head){ .actor = 7, .on_behalf = 2, .subject = 5, .action = action }));
	for (uint32_t i = 0; i < n; i++) {
		struct hash leaf = strcmp(action, "erase") == 0 ? erasure_leaf("thing", ERASED_ENTRY, ERASED_IDX)
								: leaf_of(entry_seq(l), i);
		entry_leaf(l, &leaf);
	}
	OK(entry_end(l, &seq));
	OK(txn_commit(&t));
}

/* The tables as they are now, under names with this ending. */
static void keep(struct store *s, const char *ending)
{
	for (size_t i = 0; ledger_tables[i] != NULL; i++) {
		struct buf sql CLEANUP(buf_release) = BUF_INIT;
		buf_printf(&sql, "CREATE TABLE %s%s AS SELECT * FROM %s", ledger_tables[i]->table.name, ending,
			   ledger_tables[i]->table.name);
		OK(store_exec(s, buf_str(&sql)));
	}
}

static void put_back(struct store *s, const char *ending)
{
	for (size_t i = 0; ledger_tables[i] != NULL; i++) {
		struct buf sql CLEANUP(buf_release) = BUF_INIT;
		const char *name = ledger_tables[i]->table.name;
		buf_printf(&sql, "DELETE FROM %s; INSERT INTO %s SELECT * FROM %s%s", name, name, name, ending);
		OK(store_exec(s, buf_str(&sql)));
	}
}

static void fill(struct spot *p)
{
	struct ledger *l;
	struct txn t;
	struct ledger_birth birth = { .origin = "example.org/demo", .seed = seed, .clock = 5, .demo = true };
	OK(txn_write(p->s, &t));
	OK(ledger_create(p->s, side_of(p, ""), &birth, &l));
	OK(txn_commit(&t));
	for (size_t i = 0; i < COUNT(counts); i++) {
		if (i == 3)
			keep(p->s, "_older");
		put(l, "test", counts[i]);
	}
	put(l, "erase", 1);
	ledger_close(l);
	keep(p->s, "_sound");
}

/* ---- running an audit ----------------------------------------------------------------------------------------------
 */

struct feed {
	struct audit *a;
	struct store *store;
	int64_t changed, missing, twice; /* row of entry 4 with this idx + 1 is fed so */
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

/* What is found without a look at any row of another table. */
static size_t findings_of(struct spot *p)
{
	struct findings f CLEANUP(findings_release);
	struct audit *a;
	findings_init(&f);
	OK(audit_begin(p->s, side_of(p, ""), &f, &a));
	audit_free(a);
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

/* ---- rows
 * ------------------------------------------------------------------------------------------------------------ */

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
	static const int64_t bad[][2] = {
		{0,           0        },
                { -1,         0        },
                { ERASER + 1, 0        },
                { INT64_MAX,  0        },
                { INT64_MIN,  5        },
                { 2,          1        },
		{ 2,          -1       },
                { 3,          INT64_MAX},
                { 4,          300      },
                { 4,          INT64_MIN},
                { 5,          0        }
	};
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
	put(l, "later", 2);
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

/* ---- every value of every table
 * -------------------------------------------------------------------------------------- */

/* One way to change a value; false: there is no such way for its type. */
static bool change(struct stmt *from, int column, int way, struct stmt *to)
{
	static char bytes[1 << 16];
	struct str old = stmt_get_text(from, column);
	int64_t v = stmt_get_int(from, column);
	switch (stmt_type(from, column)) {
	case 'i':
		stmt_int(to, 1, way == 0 ? v ^ 1 : way == 1 ? -v - 1 : INT64_MAX);
		return way < 3;
	case 0:
		stmt_int(to, 1, 1);
		return way == 0;
	default:
		if (way > 3 || old.n == 0 || old.n > sizeof(bytes))
			return false;
		memcpy(bytes, old.p, old.n);
		if (way < 3)
			bytes[(size_t)way * (old.n - 1) / 2] ^= 1;
		if (stmt_type(from, column) == 't')
			stmt_text(to, 1, (struct str){ bytes, way == 3 ? old.n - 1 : old.n });
		else
			stmt_blob(to, 1, bytes, way == 3 ? old.n - 1 : old.n);
		return true;
	}
}

/* Changes column of the nth row; *ret_more false: there is no such row. True when something was changed. */
static bool harm(struct store *s, const struct table *t, size_t column, int nth, int way, bool *ret_more)
{
	static const char *const keys[][4] = {
		{"seq"   },
                { "entry", "level", "i" },
                { "level",     "i" },
                { "one"}
	};
	static const char *const names[] = { "entry", "row_tile", "log_tile", "head" };
	struct buf sql CLEANUP(buf_release) = BUF_INIT, update CLEANUP(buf_release) = BUF_INIT;
	size_t k = 0, nkeys = 0;
	struct stmt *from, *to;
	struct txn txn;
	while (k + 1 < COUNT(names) && strcmp(names[k], t->name) != 0)
		k++;
	buf_printf(&sql, "SELECT %s", t->columns[column].name);
	buf_printf(&update, "UPDATE %s SET %s = ?", t->name, t->columns[column].name);
	for (; keys[k][nkeys] != NULL; nkeys++) {
		buf_printf(&sql, ", %s", keys[k][nkeys]);
		buf_printf(&update, " %s %s = ?", nkeys == 0 ? "WHERE" : "AND", keys[k][nkeys]);
	}
	buf_printf(&sql, " FROM %s", t->name);
	for (size_t i = 0; i < nkeys; i++)
		buf_printf(&sql, "%s %s", i == 0 ? " ORDER BY" : ",", keys[k][i]);
	OK(txn_write(s, &txn));
	OK(store_stmt(s, buf_str(&sql), &from));
	*ret_more = true;
	for (int i = 0; i <= nth && *ret_more; i++)
		OK(stmt_step(from, ret_more));
	bool done = false;
	if (*ret_more) {
		OK(store_stmt(s, buf_str(&update), &to));
		for (size_t i = 0; i < nkeys; i++)
			stmt_int(to, (int)i + 2, stmt_get_int(from, (int)i + 1));
		done = change(from, 0, way, to) && stmt_run(to) == E_OK;
		stmt_reset(to);
	}
	stmt_reset(from);
	if (done)
		OK(txn_commit(&txn));
	else
		txn_end(&txn); /* no such way, or the database refuses it: a key twice, a head that is not the one */
	return done;
}

static void every_value_of_every_table(void **state)
{
	struct spot *p = *state;
	size_t changed = 0;
	fill(p);
	for (size_t i = 0; ledger_tables[i] != NULL; i++) {
		const struct table *t = &ledger_tables[i]->table;
		for (size_t column = 0; column < t->ncolumns; column++) {
			size_t before = changed;
			bool more = true;
			for (int nth = 0; more; nth++)
				for (int way = 0; way < 4; way++) {
					if (!harm(p->s, t, column, nth, way, &more))
						continue;
					changed++;
					if (findings_of(p) == 0)
						fail_msg("%s.%s of row %d changed in way %d is not found", t->name,
							 t->columns[column].name, nth, way);
					put_back(p->s, "_sound");
				}
			assert_true(changed > before || strcmp(t->columns[column].name, "one") == 0);
		}
	}
	assert_int_equal(findings_of(p), 0);
}

static void rows_of_the_ledger_deleted_added_and_moved(void **state)
{
	struct spot *p = *state;
	/* clang-format off */
	static const char *const harms[] = {
		"DELETE FROM entry WHERE seq = 1", "DELETE FROM entry WHERE seq = 4", "DELETE FROM entry WHERE seq = 8",
		"DELETE FROM entry", "DELETE FROM head", "DELETE FROM log_tile", "DELETE FROM row_tile",
		"DELETE FROM row_tile WHERE level = 1", "DELETE FROM row_tile WHERE level = 0 AND i = 1",
		"INSERT INTO entry SELECT seq + 8, at, actor, on_behalf, action, subject, n, root, leaves FROM entry WHERE seq = 2",
		"INSERT INTO entry SELECT seq - 2, at, actor, on_behalf, action, subject, n, root, leaves FROM entry WHERE seq = 2",
		"INSERT INTO row_tile SELECT 2, level, i, hashes FROM row_tile WHERE entry = 4 AND level = 0 AND i = 0",
		"INSERT INTO row_tile SELECT entry, level, i + 2, hashes FROM row_tile WHERE entry = 4 AND level = 0 AND i = 0",
		"INSERT INTO row_tile SELECT entry, 2, 0, hashes FROM row_tile WHERE entry = 4 AND level = 1 AND i = 0",
		"INSERT INTO row_tile SELECT entry, -1, 0, hashes FROM row_tile WHERE entry = 4 AND level = 1 AND i = 0",
		"INSERT INTO log_tile SELECT 1, 0, hashes FROM log_tile",
		"UPDATE entry SET seq = 100 WHERE seq = 2; UPDATE entry SET seq = 2 WHERE seq = 3; UPDATE entry SET seq = 3 WHERE seq = 100",
		"UPDATE row_tile SET entry = 100 WHERE entry = 4; UPDATE row_tile SET entry = 4 WHERE entry = 7; "
			"UPDATE row_tile SET entry = 7 WHERE entry = 100",
		"UPDATE entry SET n = 1000000000000 WHERE seq = 4", "UPDATE entry SET n = 4294967295 WHERE seq = 4",
		"UPDATE entry SET n = 257 WHERE seq = 2", "UPDATE entry SET n = -1 WHERE seq = 2",
	};
	/* clang-format on */
	fill(p);
	for (size_t i = 0; i < COUNT(harms); i++) {
		OK(store_exec(p->s, harms[i]));
		if (findings_of(p) == 0)
			fail_msg("not found: %s", harms[i]);
		put_back(p->s, "_sound");
	}
	assert_int_equal(findings_of(p), 0);
}

/* SQLite keeps what it is given: a text where a number is declared must be found, not crash. */
static void values_of_another_type(void **state)
{
	struct spot *p = *state;
	if (p->postgres)
		return;
	fill(p);
	for (size_t i = 0; ledger_tables[i] != NULL; i++) {
		const struct table *t = &ledger_tables[i]->table;
		for (size_t column = 0; column < t->ncolumns; column++) {
			static const char *const values[] = { "'hostile'", "x'00ff'", "3.5" };
			for (size_t v = 0; v < COUNT(values); v++) {
				struct buf sql CLEANUP(buf_release) = BUF_INIT;
				buf_printf(&sql, "UPDATE %s SET %s = %s", t->name, t->columns[column].name, values[v]);
				if (store_exec(p->s, buf_str(&sql)) != E_OK)
					continue;
				if (findings_of(p) == 0)
					fail_msg("not found: %s", sql.p);
				put_back(p->s, "_sound");
			}
		}
	}
}

/* ---- what stands beside the store
 * --------------------------------------------------------------------------------------- */

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

static size_t read_file(const char *path, char *out, size_t most)
{
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	size_t n = fread(out, 1, most, f);
	fclose(f);
	return n;
}

static void write_file(const char *path, const char *text, size_t n)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	fclose(f);
}

static void a_checkpoint_file_that_was_changed(void **state)
{
	struct spot *p = *state;
	static char text[1 << 14];
	fill(p);
	size_t n = read_file(side_of(p, "checkpoints"), text, sizeof(text));
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
	size_t n = read_file(side_of(p, "key.pub"), text, sizeof(text));
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
	fill(p);
	size_t n = read_file(side_of(p, "checkpoints"), text, sizeof(text));
	put_back(p->s, "_older");
	assert_int_equal(ledger_open(p->s, side_of(p, ""), true, &l), E_CONFLICT);
	assert_int_equal(unlink(side_of(p, "checkpoints")), 0);
	OK(ledger_open(p->s, side_of(p, ""), true, &l));
	for (size_t i = 3; i < COUNT(counts); i++)
		put(l, "forged", counts[i]);
	put(l, "erase", 1);
	ledger_close(l);
	write_file(side_of(p, "checkpoints"), text, n);
	expect(p, (struct feed){ 0 }, 1, "the log is not the one signed in the checkpoint file");
}

int audit_test(void);
int audit_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(nothing_is_found_in_a_sound_store),
		SPOT_CASE(a_row_that_is_not_as_written),
		SPOT_CASE(rows_that_no_entry_wrote),
		SPOT_CASE(rows_written_since_are_not_judged),
		SPOT_CASE(text_erased_without_right),
		SPOT_CASE(every_value_of_every_table),
		SPOT_CASE(rows_of_the_ledger_deleted_added_and_moved),
		SPOT_CASE(values_of_another_type),
		SPOT_CASE(an_older_copy_put_back),
		SPOT_CASE(a_checkpoint_file_that_was_changed),
		SPOT_CASE(a_public_key_that_was_changed),
		SPOT_CASE(a_log_rewritten_with_the_key),
	};
	return spot_run("audit", cases, COUNT(cases));
}
