/* back.c - rows in the order in which they were written, the last first. */
#include "entity/back.h"

#include "entity/inner.h"
#include "entity/read.h"

/* Rows a chunk: a page takes few, a long way back many. */
enum { FIRST_STEP = 64, LAST_STEP = 512 };

struct back {
	struct ctx *c;
	const struct plan *plan;
	int64_t owner;
	int64_t high; /* rows with greater numbers were read; 0: all were */
	size_t step;
	struct arena arena;
	struct record *rows[LAST_STEP];
	size_t n, at;
};

/* The position at which the first row from this number on was written; past the last row: INT64_MAX. */
static enum err written_at(struct back *k, int64_t vid, int64_t *ret)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	bool row;
	buf_printf(&sql, "SELECT known_from FROM %s WHERE vid >= ? ORDER BY vid LIMIT 1", k->plan->rows);
	TRY(store_stmt(k->c->store, buf_str(&sql), &st));
	stmt_int(st, 1, vid);
	TRY(stmt_step(st, &row));
	*ret = row ? stmt_get_int(st, 0) : INT64_MAX;
	stmt_reset(st);
	return E_OK;
}

/* Rows are numbered in the order of the entries that wrote them: the last number up to a position is found by halves.
 */
static enum err last_until(struct back *k, int64_t position)
{
	int64_t low = 1, high;
	TRY(read_last(k->c, k->plan->entity, &high));
	k->high = high++;
	if (position == BACK_ALL)
		return E_OK;
	while (low < high) {
		int64_t mid = low + (high - low) / 2, at;
		TRY(written_at(k, mid, &at));
		if (at > position)
			high = mid;
		else
			low = mid + 1;
	}
	k->high = low - 1;
	return E_OK;
}

static void release(struct back *k)
{
	if (!k)
		return;
	arena_release(&k->arena);
	free(k);
}

enum err back_open(struct ctx *c, const struct back_ask *ask, struct back **ret)
{
	if (ask->owner && !ask->entity->latest_first)
		bug("%s keeps no order in which the rows of one owner were written", ask->entity->name);
	struct back *k = xcalloc(1, sizeof *k);
	*k = (struct back){ .c = c, .plan = plan_of(c, ask->entity), .owner = ask->owner, .step = FIRST_STEP };
	arena_init(&k->arena);
	enum err e = last_until(k, ask->position);
	if (e != E_OK) {
		release(k);
		return e;
	}
	*ret = k;
	return E_OK;
}

static enum err load(struct back *k, struct stmt *st)
{
	bool row;
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		struct record *r = k->rows[k->n++] = record_new(&k->arena, k->plan->entity);
		plan_row(k->plan, st, &k->arena, r);
	}
}

static enum err chunk(struct back *k)
{
	struct stmt *st;
	int i = 1;
	arena_reset(&k->arena);
	k->n = k->at = 0;
	TRY(store_stmt(k->c->store, k->owner ? k->plan->back_of : k->plan->back, &st));
	if (k->owner)
		stmt_int(st, i++, k->owner);
	stmt_int(st, i++, k->high);
	stmt_int(st, i, (int64_t)k->step);
	TRY(load(k, st));
	k->high = k->n == k->step ? k->rows[k->n - 1]->vid - 1 : 0;
	if (k->step < LAST_STEP)
		k->step *= 2;
	return E_OK;
}

enum err back_next(struct back *k, const struct record **ret)
{
	if (k->at == k->n && k->high > 0)
		TRY(chunk(k));
	*ret = k->at < k->n ? k->rows[k->at++] : NULL;
	return E_OK;
}

void back_close_p(struct back **k)
{
	release(*k);
}
