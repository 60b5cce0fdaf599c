/* list_test.c - pages of what holds today: the same as a filter and a sort of all rows, whatever is asked. */
#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "entity/list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int list_test(void);
#define OK(call) assert_int_equal((call), E_OK)

enum { NAME, NAME_FOLD, SCHOOLING, GRADE, SEAT_OF, PLACE_OF, NCOLUMNS };
#define ROWS 400

/* ---- rows of all kinds, straight into the projection ---- */

static uint32_t seed;

static uint32_t dice(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static void maybe(struct buf *sql, uint32_t of, uint32_t most)
{
	if (dice(of) == 0)
		buf_text(sql, ", NULL");
	else
		buf_printf(sql, ", %u", (unsigned)(1 + dice(most)));
}

/* Few names, so that ties are common; one in five is wide. */
static void fill(struct ctx *c)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct txn t;
	OK(txn_write(c->store, &t));
	for (int i = 1; i <= ROWS; i++) {
		uint32_t n = dice(60);
		buf_reset(&sql);
		buf_printf(&sql,
			   "INSERT INTO keeper_now (id, code, name, name_fold, schooling, grade, seat, place) VALUES "
			   "(%d, 'K%d', 'Name %u', '%s %u'",
			   i * 3, (i * 7) % 1000, (unsigned)n, n % 5 ? "name" : "né", (unsigned)n);
		maybe(&sql, 9, 3);
		maybe(&sql, 3, 40);
		maybe(&sql, 4, 5);
		maybe(&sql, 8, 90);
		buf_char(&sql, ')');
		OK(store_exec(c->store, buf_str(&sql)));
	}
	OK(txn_commit(&t));
}

struct all {
	struct list_row rows[ROWS];
	size_t n;
};

static void load(struct ctx *c, struct all *ret)
{
	struct stmt *st;
	bool row;
	OK(store_stmt(c->store, "SELECT id, code, name, name_fold, schooling, grade, seat, place FROM keeper_now",
		      &st));
	for (ret->n = 0;; ret->n++) {
		OK(stmt_step(st, &row));
		if (!row)
			break;
		struct value *v = ARENA_ARRAY(c->arena, struct value, NCOLUMNS);
		for (int i = 0; i < NCOLUMNS; i++) {
			struct str s = stmt_get_text(st, i + 2);
			v[i].set = !stmt_is_null(st, i + 2);
			if (v[i].set && i <= NAME_FOLD)
				v[i].t = (struct str){ arena_text(c->arena, s.p, s.n), s.n };
			else if (v[i].set)
				v[i].i = stmt_get_int(st, i + 2);
		}
		struct str code = stmt_get_text(st, 1);
		ret->rows[ret->n] =
			(struct list_row){ stmt_get_int(st, 0), { arena_text(c->arena, code.p, code.n), code.n }, v };
	}
}

/* ---- the same by hand ---- */

static struct value of_row(const struct list_row *r, int column)
{
	if (column == LIST_ID)
		return (struct value){ .set = true, .i = r->id };
	if (column == LIST_CODE)
		return (struct value){ .set = true, .t = r->code };
	return r->v[column];
}

static bool in_ranges(const struct list_where *w, const struct value *v)
{
	for (size_t i = 0; i < w->nranges; i++) {
		if (w->ranges[i].low == INT64_MIN && w->ranges[i].high == INT64_MAX)
			return true;
		if (v->set && v->i >= w->ranges[i].low && v->i <= w->ranges[i].high)
			return true;
	}
	return false;
}

static bool among(const struct list_where *w, const struct value *v)
{
	for (size_t i = 0; v->set && i < w->nany; i++)
		if (w->any[i] == v->i)
			return true;
	return false;
}

static bool passes(const struct list_ask *a, const struct list_row *r)
{
	for (size_t i = 0; i < a->nwhere; i++) {
		const struct list_where *w = &a->where[i];
		struct value v = of_row(r, w->column);
		bool ok = false;
		switch (w->how) {
		case LIST_IN:
			ok = v.set && v.i >= w->low && v.i <= w->high;
			break;
		case LIST_RANGES:
			ok = in_ranges(w, &v);
			break;
		case LIST_ANY:
			ok = among(w, &v);
			break;
		case LIST_BEGINS:
			ok = v.set && v.t.n >= w->begins.n && memcmp(v.t.p, w->begins.p, w->begins.n) == 0;
			break;
		case LIST_EMPTY:
			ok = !v.set;
			break;
		case LIST_FILLED:
			ok = v.set;
			break;
		}
		if (!ok)
			return false;
	}
	return true;
}

static int compare(const struct list_ask *a, const struct list_row *x, const struct list_row *y)
{
	struct value v = of_row(x, a->sort), w = of_row(y, a->sort);
	int by_id = x->id < y->id ? -1 : x->id > y->id, turn = a->down ? -1 : 1;
	if (v.set != w.set)
		return v.set ? -1 : 1;
	int d = !v.set ? 0 : v.t.n || w.t.n ? str_cmp(v.t, w.t) : v.i < w.i ? -1 : v.i > w.i;
	return turn * (d ? d : by_id);
}

static size_t expected(const struct list_ask *a, const struct all *all, const struct list_row **ret)
{
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++) {
		size_t at = n;
		if (!passes(a, &all->rows[i]))
			continue;
		for (; at > 0 && compare(a, ret[at - 1], &all->rows[i]) > 0; at--)
			ret[at] = ret[at - 1];
		ret[at] = &all->rows[i];
		n++;
	}
	return n;
}

/* ---- questions ---- */

static struct order_range ranges[3][6];
static int64_t anys[3][6];

static struct list_where any_where(size_t k)
{
	static const int numbers[] = { SCHOOLING, GRADE, SEAT_OF, PLACE_OF, LIST_ID };
	static const char *const begins[] = { "", "n", "name", "name 1", "né", "zz" };
	struct list_where w = { .column = numbers[dice(5)] };
	uint32_t most = w.column == LIST_ID ? 3 * ROWS : w.column == PLACE_OF ? 90 : w.column == GRADE ? 40 : 5;
	switch (dice(6)) {
	case 0:
		w.how = LIST_IN;
		w.low = 1 + dice(most);
		w.high = dice(3) ? w.low + dice(most) : w.low - dice(2);
		break;
	case 1:
		w.how = LIST_RANGES;
		w.ranges = ranges[k];
		w.nranges = dice(6);
		for (size_t i = 0; i < w.nranges; i++) {
			ranges[k][i].low = dice(20) ? (int64_t)(1 + dice(most)) : INT64_MIN;
			ranges[k][i].high = dice(20) ? (int64_t)(1 + dice(most)) : INT64_MAX;
		}
		break;
	case 2:
		w.how = LIST_ANY;
		w.any = anys[k];
		w.nany = dice(6);
		for (size_t i = 0; i < w.nany; i++)
			anys[k][i] = 1 + dice(most);
		break;
	case 3:
		w.how = LIST_BEGINS;
		w.column = NAME_FOLD;
		w.begins = str_of(begins[dice(6)]);
		break;
	default:
		w.how = dice(2) ? LIST_EMPTY : LIST_FILLED;
		break;
	}
	return w;
}

static struct list_key key_of(const struct list_ask *a, const struct list_row *r)
{
	struct value v = of_row(r, a->sort);
	return (struct list_key){ .text = v.t, .number = v.i, .empty = !v.set, .id = r->id };
}

/* All pages of a question behind each other. */
static void same_pages(struct ctx *c, struct list_ask *a, const struct all *all)
{
	const struct list_row *want[ROWS];
	size_t n = expected(a, all, want), at = 0, k;
	struct list_row *page;
	bool more = true;
	int64_t count;
	OK(list_count(c, a, 30, &count));
	assert_int_equal(count, n > 30 ? 31 : n);
	while (more) {
		OK(list_rows(c, a, &page, &k, &more));
		assert_true(k <= a->limit && at + k <= n);
		for (size_t i = 0; i < k; i++) {
			assert_int_equal(page[i].id, want[at + i]->id);
			assert_true(str_eq(page[i].code, want[at + i]->code));
			for (int v = 0; v < NCOLUMNS; v++)
				if (a->columns == 0 || (a->columns >> v & 1))
					assert_true(value_eq(&page[i].v[v], &want[at + i]->v[v]));
		}
		at += k;
		assert_int_equal(more, at < n);
		if (more)
			a->after = key_of(a, &page[k - 1]);
	}
	assert_int_equal(at, n);
}

/* Whatever is filtered, sorted and paged, it is what a look at every row gives: walking an order and sorting a filter's
 * rows never differ. */
static void pages_are_those_of_a_naive_filter(void **state)
{
	static const int sorts[] = { NAME_FOLD, PLACE_OF, GRADE, LIST_ID, LIST_CODE, SEAT_OF };
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct all *all = xmalloc(sizeof *all);
	seed = 20080915;
	fill(c);
	load(c, all);
	assert_int_equal(all->n, ROWS);
	for (int i = 0; i < 400; i++) {
		struct list_where where[3];
		struct list_ask a = { .of = &fixture_keeper_now, .where = where, .nwhere = dice(4) };
		for (size_t k = 0; k < a.nwhere; k++)
			where[k] = any_where(k);
		a.sort = sorts[dice(6)];
		a.down = dice(2);
		a.limit = 1 + dice(dice(2) ? 8 : 70);
		a.columns = dice(2) ? 0 : (1u << NAME_FOLD | 1u << PLACE_OF);
		same_pages(c, &a, all);
	}
	free(all);
}

/* ---- figures, one row, scope ---- */

static void groups_count_what_a_naive_filter_counts(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct all *all = xmalloc(sizeof *all);
	struct list_where w = { .column = SCHOOLING, .how = LIST_IN, .low = 1, .high = 2 };
	struct list_ask a = { .of = &fixture_keeper_now, .where = &w, .nwhere = 1, .sort = LIST_ID };
	struct list_group *g;
	size_t n;
	int64_t sum = 0;
	seed = 7;
	fill(c);
	load(c, all);
	OK(list_groups(c, &a, SEAT_OF, SCHOOLING, &g, &n));
	assert_true(n > 6);
	for (size_t k = 0; k < n; k++) {
		int64_t count = 0;
		for (size_t i = 0; i < all->n; i++)
			count += passes(&a, &all->rows[i]) && value_eq(&all->rows[i].v[SEAT_OF], &g[k].first) &&
				 value_eq(&all->rows[i].v[SCHOOLING], &g[k].second);
		assert_int_equal(g[k].n, count);
		sum += count;
	}
	OK(list_count(c, &a, ROWS, &(int64_t){ 0 }));
	int64_t count;
	OK(list_count(c, &a, ROWS, &count));
	assert_int_equal(count, sum);
	OK(list_groups(c, &a, SCHOOLING, -1, &g, &n));
	assert_int_equal(n, 2);
	assert_int_equal(g[0].first.i, 1);
	free(all);
}

static void one_row_by_its_number(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct list_row r;
	seed = 1;
	fill(c);
	OK(list_one(c, &fixture_keeper_now, 6, &r));
	assert_int_equal(r.id, 6);
	assert_true(str_is(r.code, "K14"));
	assert_int_equal(list_one(c, &fixture_keeper_now, 7, &r), E_MISSING);
	assert_int_equal(projection_column(&fixture_keeper_now, "place"), PLACE_OF);
	assert_int_equal(projection_column(&fixture_keeper_now, "nobody"), -1);
	assert_ptr_equal(projection_of(&fixture_registry, &fixture_keeper), &fixture_keeper_now);
	assert_null(projection_of(&fixture_registry, &fixture_errand));
}

/* "п" ends with the greatest byte that a letter may end with. */
static void a_beginning_in_any_script_filters(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct list_where w = { .column = NAME_FOLD, .how = LIST_BEGINS, .begins = STR("п") };
	struct list_ask a = { .of = &fixture_keeper_now, .where = &w, .nwhere = 1, .sort = NAME_FOLD, .limit = 10 };
	struct list_row *rows;
	size_t n;
	bool more;
	struct txn t;
	OK(txn_write(c->store, &t));
	OK(store_exec(c->store, "INSERT INTO keeper_now (id, code, name, name_fold) VALUES (1, 'K1', 'Пётр', 'петр'), "
				"(2, 'K2', 'Роза', 'роза')"));
	OK(txn_commit(&t));
	OK(list_rows(c, &a, &rows, &n, &more));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].id, 1);
}

int list_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(pages_are_those_of_a_naive_filter),
		SPOT_CASE(groups_count_what_a_naive_filter_counts),
		SPOT_CASE(one_row_by_its_number),
		SPOT_CASE(a_beginning_in_any_script_filters),
	};
	return spot_run("lists", cases, COUNT(cases));
}
