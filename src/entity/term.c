/* term.c - the words that find a record. */
#include "entity/term_inner.h"

#include "base/map.h"
#include "entity/change.h"
#include "entity/plan.h"
#include "entity/schema.h"

#include <endian.h>

#define RANGE 16384
#define RANGE_NEW 65536

struct word {
	uint64_t front; /* its first bytes as a number, which sorts alike */
	struct str term;
	int64_t record;
	bool now; /* of something believed */
};
struct words {
	struct term_reader reader; /* first: text_words() hands it back */
	struct arena arena;
	struct word *list;
	size_t n, cap;
};

static void words_release(struct words *w)
{
	arena_release(&w->arena);
	free(w->list);
}

static uint64_t front_of(struct str word)
{
	uint64_t front = 0;

	memcpy(&front, word.p, word.n < sizeof front ? word.n : sizeof front);
	return be64toh(front);
}

static void add_word(void *arg, struct str word)
{
	struct words *w = arg;

	if (w->n == w->cap) {
		w->cap = w->cap ? w->cap * 2 : 64;
		w->list = xrealloc(w->list, w->cap * sizeof *w->list);
	}
	w->list[w->n++] = (struct word){ .front = front_of(word),
					 .term = { arena_text(&w->arena, word.p, word.n), word.n },
					 .record = w->reader.record,
					 .now = w->reader.now };
}

static int by_term(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	int d = x->front == y->front ? str_cmp(x->term, y->term) : x->front < y->front ? -1 : 1;

	if (d)
		return d;
	if (x->record != y->record)
		return x->record < y->record ? -1 : 1;
	return (int)y->now - (int)x->now;
}

/* Sorted by term and record, each once; a word that is believed and was before is believed. */
static void sort_words(struct words *w)
{
	size_t n = 0;

	if (w->n)
		qsort(w->list, w->n, sizeof *w->list, by_term);
	for (size_t i = 0; i < w->n; i++) {
		const struct word *x = &w->list[i];
		if (n && w->list[n - 1].record == x->record && str_eq(w->list[n - 1].term, x->term))
			continue;
		w->list[n++] = *x;
	}
	w->n = n;
}

bool term_any(const struct entity *e)
{
	if (e->kind != THING)
		return false;
	for (int i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & SEARCHED)
			return true;
	return e->alias != NULL;
}

/* ---- the words of rows ---- */

/* Adds the words of the columns after the first, of rows that begin with a record's number. */
static enum err each_row(struct ctx *c, const char *sql, int64_t low, int64_t high, struct term_reader *to)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT; /* of one row */
	struct stmt *st;
	bool more;

	TRY(store_stmt(c->store, sql, &st));
	stmt_int(st, 1, low);
	stmt_int(st, 2, high);
	for (;;) {
		TRY(stmt_step(st, &more));
		if (!more)
			return E_OK;
		arena_reset(&a);
		to->record = stmt_get_int(st, 0);
		for (int i = 1; i < stmt_columns(st); i++)
			if (!stmt_is_null(st, i))
				text_words(text_fold(&a, stmt_get_text(st, i)), to->word, to);
	}
}

static bool versions_sql(struct ctx *c, const struct entity *e, const char *half, struct buf *sql)
{
	bool any = false;

	buf_reset(sql);
	buf_text(sql, "SELECT r.id");
	for (int i = 0; i < e->nfields; i++)
		if ((e->fields[i].flags & SEARCHED) && schema_stored(e, i)) {
			buf_printf(sql, ", r.%s", e->fields[i].name);
			any = true;
		}
	buf_printf(sql, " FROM %s r WHERE r.known_to IS %s AND r.op <> 2 AND r.id >= ? AND r.id <= ?",
		   plan_of(c, e)->rows, half);
	return any;
}

enum err term_read(struct ctx *c, const struct entity *e, int64_t low, int64_t high, bool past, struct term_reader *to)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;

	for (int now = 1; now >= (past ? 0 : 1); now--) {
		const char *half = now ? "NULL" : "NOT NULL";
		to->now = now;
		if (versions_sql(c, e, half, &sql))
			TRY(each_row(c, buf_str(&sql), low, high, to));
		if (!e->alias)
			continue;
		buf_reset(&sql);
		buf_printf(&sql,
			   "SELECT owner, %s FROM %s WHERE known_to IS %s AND op <> 2 AND owner >= ? AND owner <= ?",
			   e->alias->series->fields[0].name, plan_of(c, e->alias->series)->rows, half);
		TRY(each_row(c, buf_str(&sql), low, high, to));
	}
	to->now = true;
	if (e->alias || !(e->fields[0].flags & SEARCHED))
		return E_OK;
	buf_reset(&sql);
	buf_printf(&sql, "SELECT id, code FROM %s WHERE id >= ? AND id <= ?", e->name);
	return each_row(c, buf_str(&sql), low, high, to);
}

/* In order, each once. */
static enum err collect(struct ctx *c, const struct entity *e, int64_t low, int64_t high, bool past, struct words *w)
{
	w->reader.word = add_word;
	TRY(term_read(c, e, low, high, past, &w->reader));
	sort_words(w);
	return E_OK;
}

enum err term_has(struct ctx *c, const struct entity *e, int64_t id, const struct str *words, size_t n, bool *ret)
{
	struct words w CLEANUP(words_release) = { 0 };

	TRY(collect(c, e, id, id, false, &w));
	for (size_t i = 0; i < n; i++) {
		bool has = false;
		for (size_t k = 0; k < w.n && !has; k++)
			has = w.list[k].term.n >= words[i].n && memcmp(w.list[k].term.p, words[i].p, words[i].n) == 0;
		if (!has) {
			*ret = false;
			return E_OK;
		}
	}
	*ret = true;
	return E_OK;
}

static enum err put(struct ctx *c, const struct entity *e, const struct word *w)
{
	struct stmt *st;

	TRY(store_stmt(c->store,
		       w->now ? "INSERT INTO term (entity, term, record) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
			      : "DELETE FROM term WHERE entity = ? AND term = ? AND record = ?",
		       &st));
	stmt_text(st, 1, str_of(e->name));
	stmt_text(st, 2, w->term);
	stmt_int(st, 3, w->record);
	return stmt_run(st);
}

static bool asked(const int64_t *ids, size_t n, int64_t id)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (ids[mid] < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && ids[low] == id;
}

static enum err add_each(struct bulk *b, const struct entity *e, const struct words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		bulk_text(b, str_of(e->name));
		bulk_text(b, w->list[i].term);
		bulk_int(b, w->list[i].record);
		TRY(bulk_row(b));
	}
	return E_OK;
}

/* Words of records that have none yet, in the order of the table. */
static enum err add_range(struct ctx *c, const struct entity *e, int64_t low, int64_t high)
{
	static const char *const columns[] = { "entity", "term", "record", NULL };
	struct words w CLEANUP(words_release) = { 0 };
	struct bulk *b;

	TRY(collect(c, e, low, high, false, &w));
	if (w.n == 0)
		return E_OK;
	TRY(bulk_begin(c->store, "term", columns, "tti", &b));
	enum err added = add_each(b, e, &w), ended = bulk_end(b);
	return added == E_OK ? ended : added;
}

static enum err put_range(struct ctx *c, const struct entity *e, const int64_t *ids, size_t n)
{
	struct words w CLEANUP(words_release) = { 0 };
	bool whole = ids[n - 1] - ids[0] + 1 == (int64_t)n;

	TRY(collect(c, e, ids[0], ids[n - 1], true, &w));
	TRY(pipeline_begin(c->store));
	for (size_t i = 0; i < w.n; i++)
		if (whole || asked(ids, n, w.list[i].record))
			TRY(put(c, e, &w.list[i]));
	return pipeline_sync(c->store);
}

enum err term_bulk(struct ctx *c, const struct entity *e, const int64_t *ids, size_t n)
{
	size_t to;

	if (!term_any(e))
		return E_OK;
	for (size_t from = 0; from < n; from = to) {
		for (to = from + 1; to < n && ids[to] - ids[from] < RANGE; to++)
			;
		TRY(put_range(c, e, ids + from, to - from));
	}
	return E_OK;
}

enum err term_new(struct ctx *c, const struct entity *e, int64_t first, int64_t last)
{
	if (!term_any(e))
		return E_OK;
	for (; last - first >= RANGE_NEW; first += RANGE_NEW)
		TRY(add_range(c, e, first, first + RANGE_NEW - 1));
	return first <= last ? add_range(c, e, first, last) : E_OK;
}

enum err term_touch(struct ctx *c, const struct entity *e, int64_t id)
{
	return term_bulk(c, e, &id, 1);
}

enum err term_rebuild(struct ctx *c)
{
	TRY(store_exec(c->store, "DELETE FROM term"));
	for (size_t i = 0; c->registry->entities[i]; i++)
		if (term_any(c->registry->entities[i]))
			TRY(add_range(c, c->registry->entities[i], 1, INT64_MAX));
	return E_OK;
}
