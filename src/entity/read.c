/* read.c - cursors over facts as of a day, known at a position. */
#include "entity/read.h"

#include "entity/inner.h"

/* Owners a chunk: grown or shrunk so that a chunk has about this many rows. */
enum { FEW_ROWS = 1000, MANY_ROWS = 4000, FIRST_STEP = 256, LAST_STEP = 1 << 16 };

struct cursor {
	struct ctx *c;
	const struct plan *plan;
	struct query q;
	int64_t position; /* 0: what is believed now */
	int64_t low, last, step;
	struct arena arena;
	struct record **rows;
	size_t n, cap, at;
};

static void keep(struct cursor *k, struct record *r)
{
	if (k->n == k->cap) {
		k->cap = k->cap ? 2 * k->cap : 64;
		k->rows = xrealloc(k->rows, k->cap * sizeof(struct record *));
	}
	k->rows[k->n++] = r;
}

static enum err load(struct cursor *k, struct stmt *st)
{
	bool row;
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		struct record *r = record_new(&k->arena, k->plan->entity);
		plan_row(k->plan, st, &k->arena, r);
		keep(k, r);
	}
}

static int bind_range(const struct cursor *k, struct stmt *st, int i, int64_t high)
{
	stmt_int(st, i++, k->low);
	stmt_int(st, i++, high);
	stmt_int(st, i++, k->q.at.day);
	if (k->position)
		stmt_int(st, i++, k->position);
	return i;
}

static enum err load_range(struct cursor *k, int64_t high)
{
	struct stmt *st;
	TRY(store_stmt(k->c->store, k->position ? k->plan->past : k->plan->now, &st));
	int i = bind_range(k, st, 1, high);
	if (k->position) {
		i = bind_range(k, st, i, high);
		stmt_int(st, i, k->position);
	}
	return load(k, st);
}

static enum err load_ever(struct cursor *k, int64_t high)
{
	struct stmt *st;
	TRY(store_stmt(k->c->store, k->q.owner ? k->plan->ever_of : k->plan->ever, &st));
	stmt_int(st, 1, k->q.owner ? k->q.owner : k->low);
	stmt_int(st, 2, k->q.owner ? k->q.owner : high);
	return load(k, st);
}

static bool same_lane(const struct cursor *k, const struct record *a, const struct record *b)
{
	int lane = k->plan->lane;
	if (a->entity->kind == THING)
		return a->id == b->id;
	return a->owner == b->owner && (lane < 0 || value_eq(&a->v[lane], &b->v[lane]));
}

/* Whether the last row begun of a lane still holds on the day. */
static bool holds(const struct cursor *k, const struct record *r)
{
	if (r->op == OP_ENDS)
		return k->q.withdrawn;
	return r->until == DATE_NONE || r->until >= k->q.at.day;
}

/* Leaves what the extent asks for; whole owners stand in a chunk. */
static void choose(struct cursor *k)
{
	bool last_only = k->q.extent == HOLDING && k->plan->entity->kind != EVENT;
	const struct record *begun = NULL;
	size_t n = 0;
	for (size_t i = 0; i < k->n; i++) {
		struct record *r = k->rows[i];
		bool said = r->op == OP_HOLDS || k->q.withdrawn || k->q.extent == EVER;
		if (last_only ? r->op == OP_WITHDRAWN : !said)
			continue;
		if (last_only && begun && n > 0 && same_lane(k, begun, r))
			n--;
		k->rows[n++] = r;
		begun = r;
	}
	k->n = n;
	if (!last_only)
		return;
	n = 0;
	for (size_t i = 0; i < k->n; i++)
		if (holds(k, k->rows[i]))
			k->rows[n++] = k->rows[i];
	k->n = n;
}

/* Numbers are dense unless somebody put a great one there: a wide gap is crossed in one step. */
static enum err cross_gap(struct cursor *k)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	const char *column = k->q.extent == EVER ? "vid" : k->plan->owner;
	struct stmt *st;
	bool row;
	buf_printf(&sql, "SELECT min(%s) FROM %s WHERE %s > ?", column, k->plan->rows, column);
	TRY(store_stmt(k->c->store, buf_str(&sql), &st));
	stmt_int(st, 1, k->low);
	TRY(stmt_step(st, &row));
	k->low = row && !stmt_is_null(st, 0) ? stmt_get_int(st, 0) - 1 : k->last;
	stmt_reset(st);
	return E_OK;
}

static enum err chunk(struct cursor *k)
{
	int64_t high = k->last - k->low > k->step ? k->low + k->step : k->last;
	arena_reset(&k->arena);
	k->n = k->at = 0;
	TRY(k->q.extent == EVER ? load_ever(k, high) : load_range(k, high));
	if (k->n < FEW_ROWS && k->step < LAST_STEP)
		k->step *= 2;
	else if (k->n > MANY_ROWS && k->step > 1)
		k->step /= 2;
	k->low = high;
	if (k->n == 0 && k->step == LAST_STEP && k->low < k->last)
		return cross_gap(k);
	choose(k);
	return E_OK;
}

/* One record or owner is one chunk of what is believed now; all of them are read in many, so the position is fixed. */
static enum err extent(struct cursor *k)
{
	struct ctx *c = k->c;
	k->position = k->q.at.position;
	if (k->q.at.day == DATE_NONE)
		k->q.at.day = c->today;
	if (k->q.extent == BELIEVED)
		k->q.at.day = INT32_MAX;
	if (k->q.owner) {
		k->low = k->q.owner - 1;
		k->last = k->q.owner;
		return E_OK;
	}
	if (k->q.extent == EVER)
		return store_get_int(c->store, k->plan->max_vid, 0, &k->last);
	if (k->position == 0)
		k->position = c->change ? entry_seq(c->ledger) : ledger_head(c->ledger);
	return store_get_int(c->store, k->plan->max_id, 0, &k->last);
}

enum err cursor_open(struct ctx *c, const struct query *q, struct cursor **ret)
{
	struct cursor *k = xcalloc(1, sizeof(*k));
	*k = (struct cursor){ .c = c, .plan = plan_of(c, q->entity), .q = *q, .step = FIRST_STEP };
	arena_init(&k->arena);
	enum err e = extent(k);
	if (e != E_OK) {
		cursor_close(k);
		return e;
	}
	*ret = k;
	return E_OK;
}

enum err cursor_next(struct cursor *k, const struct record **ret)
{
	while (k->at == k->n && k->low < k->last)
		TRY(chunk(k));
	*ret = k->at < k->n ? k->rows[k->at++] : NULL;
	return E_OK;
}

void cursor_close(struct cursor *k)
{
	if (!k)
		return;
	arena_release(&k->arena);
	free(k->rows);
	free(k);
}

void cursor_close_p(struct cursor **k)
{
	cursor_close(*k);
}

/* ---- few rows ---- */

enum err read_thing(struct ctx *c, const struct entity *e, int64_t id, struct moment at, struct record **ret)
{
	return read_holding(c, e, id, 0, at, ret);
}

enum err read_holding(struct ctx *c, const struct entity *e, int64_t owner, int64_t lane, struct moment at,
		      struct record **ret)
{
	struct cursor *k CLEANUP(cursor_close_p) = NULL;
	const struct record *r;
	if (owner <= 0)
		return E_MISSING;
	TRY(cursor_open(c, &(struct query){ .entity = e, .owner = owner, .at = at, .extent = HOLDING }, &k));
	for (;;) {
		TRY(cursor_next(k, &r));
		if (!r)
			return E_MISSING;
		if (k->plan->lane < 0 || record_get(r, k->plan->lane, 0) == lane)
			break;
	}
	*ret = record_copy(c->arena, r);
	return E_OK;
}

enum err read_all(struct ctx *c, const struct query *q, struct record ***ret, size_t *ret_n)
{
	struct cursor *k CLEANUP(cursor_close_p) = NULL;
	struct record **list = NULL;
	const struct record *r;
	size_t n = 0, cap = 0;
	TRY(cursor_open(c, q, &k));
	for (;;) {
		TRY(cursor_next(k, &r));
		if (!r)
			break;
		ARENA_GROW(c->arena, list, n, &cap);
		list[n++] = record_copy(c->arena, r);
	}
	*ret = list;
	*ret_n = n;
	return E_OK;
}

enum err read_last(struct ctx *c, const struct entity *e, int64_t *ret_vid)
{
	return store_get_int(c->store, plan_of(c, e)->max_vid, 0, ret_vid);
}

enum err read_touched(struct ctx *c, const struct entity *e, int64_t vid, int64_t *ret, size_t most, size_t *ret_n)
{
	struct stmt *st;
	bool row;
	size_t n = 0;
	TRY(store_stmt(c->store, plan_of(c, e)->touched, &st));
	stmt_int(st, 1, vid);
	stmt_int(st, 2, (int64_t)most);
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			break;
		ret[n++] = stmt_get_int(st, 0);
	}
	*ret_n = n;
	return E_OK;
}
