/* read_back.c - rows in the order in which they were written, the last first. */
#include "entity/inner.h"
#include "entity/read.h"

enum { CHUNK = 256 };

struct back {
	struct ctx *c;
	const struct plan *plan;
	int64_t high; /* all greater numbers were given */
	struct arena arena;
	struct record *rows[CHUNK];
	size_t n; /* of them not given yet; the next is the last */
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

/* Rows are numbered in the order of the entries that wrote them: the first number after a position is found by halves.
 */
static enum err last_until(struct back *k, int64_t position)
{
	int64_t low = 1, high;
	TRY(read_last(k->c, k->plan->entity, &high));
	high++;
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

static void back_free(struct back *k)
{
	if (!k)
		return;
	arena_release(&k->arena);
	free(k);
}

enum err back_open(struct ctx *c, const struct entity *e, int64_t position, struct back **ret)
{
	struct back *k = xcalloc(1, sizeof *k);
	k->c = c;
	k->plan = plan_of(c, e);
	arena_init(&k->arena);
	enum err answer = last_until(k, position);
	if (answer != E_OK)
		back_free(k);
	else
		*ret = k;
	return answer;
}

static enum err chunk(struct back *k)
{
	int64_t low = k->high > CHUNK ? k->high - CHUNK : 0;
	struct stmt *st;
	bool row;
	arena_reset(&k->arena);
	TRY(store_stmt(k->c->store, k->plan->ever, &st));
	stmt_int(st, 1, low);
	stmt_int(st, 2, k->high);
	k->high = low;
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		k->rows[k->n] = record_new(&k->arena, k->plan->entity);
		plan_row(k->plan, st, &k->arena, k->rows[k->n++]);
	}
}

enum err back_next(struct back *k, const struct record **ret)
{
	while (!k->n && k->high > 0)
		TRY(chunk(k));
	*ret = k->n ? k->rows[--k->n] : NULL;
	return E_OK;
}

void back_close_p(struct back **k)
{
	back_free(*k);
}
