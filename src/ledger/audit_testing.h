/* audit_testing.h - a small ledger to be tampered with, put back after each harm; for the tests of the audit alone. */
#ifndef MERIT_LEDGER_AUDIT_TESTING_H
#define MERIT_LEDGER_AUDIT_TESTING_H

#include "ledger/audit.h"
#include "ledger/tables.h"
#include "ledger/testing.h"

/* Rows of entries 2, 3 …; one entry more erases row 1 of entry 3. */
static const uint32_t counts[] UNUSED = { 1, 3, 300, 0, 70, 257 };
#define ERASER (2 + (int64_t)COUNT(counts))
#define ERASED_ENTRY 3
#define ERASED_IDX 1

static inline void put_erasure(struct ledger *l)
{
	struct hash leaf = erasure_leaf("thing", ERASED_ENTRY, ERASED_IDX);
	struct txn t;
	int64_t seq;
	OK(txn_write(ledger_store(l), &t));
	OK(entry_begin(l, &(struct entry_head){ .actor = 7, .action = "erase" }));
	entry_leaf(l, &leaf);
	OK(entry_end(l, &seq));
	OK(txn_commit(&t));
}

/* The tables as they are now, under names with this ending. */
static inline void keep(struct store *s, const char *ending)
{
	for (size_t i = 0; ledger_tables[i] != NULL; i++) {
		struct buf sql CLEANUP(buf_release) = BUF_INIT;
		buf_printf(&sql, "CREATE TABLE %s%s AS SELECT * FROM %s", ledger_tables[i]->table.name, ending,
			   ledger_tables[i]->table.name);
		OK(store_exec(s, buf_str(&sql)));
	}
}

static inline void put_back(struct store *s, const char *ending)
{
	for (size_t i = 0; ledger_tables[i] != NULL; i++) {
		struct buf sql CLEANUP(buf_release) = BUF_INIT;
		const char *name = ledger_tables[i]->table.name;
		buf_printf(&sql, "DELETE FROM %s; INSERT INTO %s SELECT * FROM %s%s", name, name, name, ending);
		OK(store_exec(s, buf_str(&sql)));
	}
}

static inline void fill(struct spot *p)
{
	struct ledger *l = born(p, &demo);
	for (size_t i = 0; i < COUNT(counts); i++) {
		if (i == 3)
			keep(p->s, "_older");
		put_alone(l, counts[i]);
	}
	put_erasure(l);
	ledger_close(l);
	keep(p->s, "_sound");
}

/* What is found without a look at any row of another table. */
static inline size_t findings_of(struct spot *p)
{
	struct findings f CLEANUP(findings_release);
	struct audit *a;
	findings_init(&f);
	OK(audit_begin(p->s, side_of(p, ""), &f, &a));
	audit_free(a);
	return f.count;
}

#endif
