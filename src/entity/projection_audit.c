/* projection_audit.c - every stored row of a projection against what the rows it derives from say. */
#include "base/buf.h"
#include "entity/eras.h"
#include "entity/projection.h"
#include "entity/projection_inner.h"

struct auditing {
	void (*differs)(void *arg, const char *table, int64_t id, const char *what);
	void *arg;
};

static void say_differs(struct auditing *a, const struct projection *p, const struct derived *row)
{
	struct buf what CLEANUP(buf_release) = BUF_INIT;

	for (int i = 0; i < cells_of(p); i++)
		if (!cell_eq(&row->old[i], &row->now[i]))
			buf_printf(&what, "%s%s", what.n ? ", " : "", cell_name(p, i));
	if (what.n) {
		buf_text(&what, " is not what the rows say");
		a->differs(a->arg, p->name, row->id, buf_str(&what));
	}
}

static enum err compare(struct deriving *d, const struct projection *p, const struct derived *row);

/* A row that was to turn before today, in a store that nobody opened since, is as it was on the day before that. */
static enum err compare_past(struct deriving *d, const struct projection *p, const struct derived *row)
{
	struct deriving past = { .c = d->c,
				 .today = (date)row->old[p->ncolumns + 1].i - 1,
				 .keys = &row->id,
				 .n = 1,
				 .columns = UINT64_MAX,
				 .code = true,
				 .use = compare,
				 .arg = d->arg,
				 .audit = true,
				 .fresh = true,
				 .trees = d->trees,
				 .borrowed = true };

	enum err e = derive(&past, p);
	d->trees = past.trees;
	return e;
}

static enum err compare(struct deriving *d, const struct projection *p, const struct derived *row)
{
	struct auditing *a = d->arg;
	const struct cell *turns = &row->old[p->ncolumns + 1];

	if (row->exists && row->stored && turns->set && !turns->text && turns->i <= d->today && turns->i > DATE_MIN)
		return compare_past(d, p, row);
	if (row->exists && !row->stored)
		a->differs(a->arg, p->name, row->id, "the row is missing");
	else if (!row->exists && row->stored)
		a->differs(a->arg, p->name, row->id, "the row belongs to no record");
	else if (row->exists)
		say_differs(a, p, row);
	return E_OK;
}

/* Records are numbered without gaps, so that their count is trusted more than their greatest number. */
static enum err count_to(struct ctx *c, const struct projection *p, size_t *ret)
{
	int64_t records;

	TRY(eras_records(c, p->of, &records));
	*ret = (size_t)records;
	return E_OK;
}

/* Rows outside the numbers of all records. */
static enum err find_strays(struct ctx *c, const struct projection *p, size_t n, struct auditing *a)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	bool more;

	buf_printf(&sql, "SELECT id FROM %s WHERE id < 1 UNION ALL SELECT id FROM %s WHERE id > ?", p->name, p->name);
	TRY(store_stmt(c->store, buf_str(&sql), &st));
	stmt_int(st, 1, (int64_t)n);
	for (;;) {
		TRY(stmt_step(st, &more));
		if (!more)
			return E_OK;
		a->differs(a->arg, p->name, stmt_get_int(st, 0), "the row belongs to no record");
	}
}

enum err projection_audit(struct ctx *c, const struct projection *p,
			  void (*differs)(void *arg, const char *table, int64_t id, const char *what), void *arg)
{
	struct auditing a = { differs, arg };
	struct deriving d = { .c = c,
			      .today = c->today,
			      .columns = UINT64_MAX,
			      .code = true,
			      .use = compare,
			      .arg = &a,
			      .audit = true,
			      .fresh = true };

	TRY(count_to(c, p, &d.n));
	TRY(find_strays(c, p, d.n, &a));
	return derive(&d, p);
}
