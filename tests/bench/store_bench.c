/* store_bench.c - what the store can do, on SQLite and, when MERIT_TEST_PG is set, on PostgreSQL: bulk rows a second
 * into a new store and into one in use, point reads, and group commits from 32 threads. Prints the median of three.
 */
#include "../help/spot.h"

#include "store/writer.h"

#include <pthread.h>

#define ROWS 900000
#define POINTS 100000
#define THREADS 32
#define EACH 1500

static void ok(enum err e)
{
	if (e != E_OK)
		bug("%s", fault_text());
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void make_table(struct store *s)
{
	ok(store_exec(
		s, "CREATE TABLE fact (vid INTEGER PRIMARY KEY, owner INTEGER NOT NULL, valid_from INTEGER NOT NULL, "
		   "known_from INTEGER NOT NULL, idx INTEGER NOT NULL, known_to INTEGER, code TEXT, salt BLOB)"));
}

static void add_indexes(struct store *s)
{
	ok(store_exec(s, "CREATE UNIQUE INDEX fact_now ON fact (owner, valid_from) WHERE known_to IS NULL;"
			 "CREATE INDEX fact_past ON fact (owner, valid_from) WHERE known_to IS NOT NULL"));
}

static void add_rows(struct store *s)
{
	static const char *const columns[] = { "vid", "owner",    "valid_from", "known_from",
					       "idx", "known_to", "code",       "salt" };
	struct bulk *b;
	char salt[16] = { 0 };
	ok(bulk_begin(s, "fact", columns, "iiiiiitb", &b));
	for (int64_t i = 0; i < ROWS; i++) {
		memcpy(salt, &i, sizeof i);
		bulk_int(b, i + 1);
		bulk_int(b, i / 15);
		bulk_int(b, 10000 + i % 15 * 365);
		bulk_int(b, 1);
		bulk_int(b, i);
		bulk_null(b);
		bulk_text(b, STR("KEP/2003/118"));
		bulk_blob(b, salt, sizeof salt);
		ok(bulk_row(b));
	}
	ok(bulk_end(b));
}

static double bulk_rate(struct spot *p, enum store_mode mode)
{
	struct txn t;
	spot_make(p, p->postgres);
	ok(store_open(p->where, mode, &p->s));
	make_table(p->s);
	if (mode != STORE_BUILD)
		add_indexes(p->s);
	double begun = now();
	ok(txn_write(p->s, &t));
	add_rows(p->s);
	if (mode == STORE_BUILD)
		add_indexes(p->s);
	ok(txn_commit(&t));
	ok(store_built(p->s));
	return ROWS / (now() - begun);
}

static double point_rate(struct spot *p)
{
	struct stmt *st;
	struct txn t;
	bool row;
	double begun = now();
	ok(txn_read(p->s, &t));
	for (int64_t i = 0; i < POINTS; i++) {
		ok(store_stmt(p->s,
			      "SELECT vid, code FROM fact WHERE owner = ? AND known_to IS NULL ORDER BY valid_from "
			      "DESC LIMIT 1",
			      &st));
		stmt_int(st, 1, i * 7919 % (ROWS / 15));
		ok(stmt_step(st, &row));
		stmt_reset(st);
	}
	ok(txn_commit(&t));
	return POINTS / (now() - begun);
}

static double scan_rate(struct spot *p)
{
	struct stmt *st;
	bool row = true;
	int64_t sum = 0;
	double begun = now();
	ok(store_stmt(p->s, "SELECT vid, owner, valid_from, code FROM fact ORDER BY vid", &st));
	while (row) {
		ok(stmt_step(st, &row));
		if (row)
			sum += stmt_get_int(st, 1) + stmt_get_int(st, 2) + (int64_t)stmt_get_text(st, 3).n;
	}
	return sum ? ROWS / (now() - begun) : 0;
}

/* ---- group commit ---- */

/* What a ledgered write costs the store: close a row, insert one, add an entry. */
static enum err write_job(struct store *s, void *arg)
{
	int64_t id = *(const int64_t *)arg;
	struct stmt *st;
	TRY(pipeline_begin(s));
	TRY(store_stmt(s, "UPDATE fact SET known_to = ? WHERE owner = ? AND valid_from = 10000 AND known_to IS NULL",
		       &st));
	stmt_int(st, 1, 2);
	stmt_int(st, 2, id % (ROWS / 15));
	TRY(stmt_run(st));
	TRY(store_stmt(s, "INSERT INTO fact (vid, owner, valid_from, known_from, idx, code) VALUES (?, ?, ?, 2, 0, ?)",
		       &st));
	stmt_int(st, 1, ROWS + 1 + id);
	stmt_int(st, 2, ROWS + id);
	stmt_int(st, 3, 12000);
	stmt_text(st, 4, STR("KEP/2008/1"));
	TRY(stmt_run(st));
	TRY(store_stmt(s, "INSERT INTO entry (seq, at, action, n, root) VALUES (?, ?, ?, 1, ?)", &st));
	stmt_int(st, 1, id + 1);
	stmt_int(st, 2, id);
	stmt_text(st, 3, STR("person.change"));
	stmt_blob(st, 4, "0123456789abcdef0123456789abcdef", 32);
	TRY(stmt_run(st));
	return pipeline_sync(s);
}

struct caller {
	struct writer *w;
	int64_t first, each;
};

static void *call(void *arg)
{
	struct caller *c = arg;
	for (int64_t i = 0; i < c->each; i++) {
		int64_t id = c->first + i;
		ok(writer_do(c->w, write_job, &id));
	}
	return NULL;
}

static double write_rate(struct spot *p, int each)
{
	pthread_t threads[THREADS];
	struct caller callers[THREADS];
	struct writer *w;
	ok(store_exec(p->s,
		      "CREATE TABLE entry (seq INTEGER PRIMARY KEY, at INTEGER, action TEXT, n INTEGER, root BLOB)"));
	ok(writer_new(p->s, NULL, NULL, NULL, &w));
	double begun = now();
	for (int i = 0; i < THREADS; i++) {
		callers[i] = (struct caller){ w, (int64_t)i * each, each };
		if (pthread_create(&threads[i], NULL, call, &callers[i]) != 0)
			bug("no thread");
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	double rate = THREADS * each / (now() - begun);
	writer_free(w);
	return rate;
}

/* ---- the medians ---- */

enum { BUILD, LIVE, SCAN, POINT, WRITE, MEASURES };
static const char *const names[MEASURES] = { "bulk rows into a new store", "bulk rows into a store in use",
					     "rows scanned", "point reads", "grouped writes, 32 threads" };

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void measure(bool postgres)
{
	double seen[MEASURES][3];
	for (int i = 0; i < 3; i++) {
		struct spot p = { .postgres = postgres };
		seen[BUILD][i] = bulk_rate(&p, STORE_BUILD);
		spot_remove(&p);
		seen[LIVE][i] = bulk_rate(&p, STORE_CREATE);
		seen[SCAN][i] = scan_rate(&p);
		seen[POINT][i] = point_rate(&p);
		seen[WRITE][i] = write_rate(&p, postgres ? EACH / 10 : EACH);
		spot_remove(&p);
	}
	for (int m = 0; m < MEASURES; m++) {
		qsort(seen[m], 3, sizeof seen[m][0], by_size);
		printf("%-10s %-30s %12.0f a second\n", postgres ? "postgresql" : "sqlite", names[m], seen[m][1]);
	}
}

int main(void)
{
	measure(false);
	if (spot_has_postgres())
		measure(true);
	else
		fprintf(stderr, "PostgreSQL is skipped, since MERIT_TEST_PG is not set\n");
	return 0;
}
