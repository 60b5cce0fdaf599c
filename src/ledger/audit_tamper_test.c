/* Every value of every table of the ledger changed in turn, rows deleted, added and moved. */
#include "ledger/audit_testing.h"

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
		if (way > 3 || old.n == 0 || old.n > sizeof bytes)
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
	static const char *const keys[][4] = { { "seq" }, { "entry", "level", "i" }, { "level", "i" }, { "one" } };
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
		"UPDATE row_tile SET entry = 100 WHERE entry = 4; UPDATE row_tile SET entry = 4 WHERE entry = 7; UPDATE row_tile SET entry = 7 WHERE entry = 100",
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

/* ---- what stands beside the store ---- */

int audit_tamper_test(void);
int audit_tamper_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(every_value_of_every_table),
		SPOT_CASE(rows_of_the_ledger_deleted_added_and_moved),
		SPOT_CASE(values_of_another_type),
	};
	return spot_run("audit_tamper", cases, COUNT(cases));
}
