/* audit.c - verify's share of records: all rows on all cores, then what follows from them. */
#include "entity/audit_table.h"
#include "entity/change.h"
#include "entity/invariant.h"
#include "entity/projection.h"
#include "entity/term.h"

#include "base/parallel.h"

#define BLOCK 16384

struct auditing {
	struct ctx *c;
	struct audit *audit;
	struct audit_table *tables;
	struct audit_table **longest; /* the same, those of the most rows first */
	size_t ntables;
	size_t nblocks;
	size_t nprojections;
	struct audit_worker *workers;
	unsigned nworkers;
};

static void auditing_release(struct auditing *a)
{
	for (size_t i = 0; a->tables && i < a->ntables; i++)
		audit_table_release(&a->tables[i]);
	for (unsigned i = 0; a->workers && i < a->nworkers; i++) {
		struct audit_worker *w = &a->workers[i];
		leaves_close(w->leaves);
		if (w->c != a->c)
			ctx_close(w->c);
		arena_release(&w->arena);
		buf_release(&w->scratch);
		free(w->recs);
	}
	free(a->longest);
	free(a->tables);
	free(a->workers);
}

static enum err worker_open(struct auditing *a, struct audit_worker *w)
{
	size_t n = 0;

	if (a->audit->here)
		w->c = a->c;
	else
		TRY(ctx_again(a->c, &w->c));
	TRY(leaves_open(w->c->store, &w->leaves));
	while (a->c->registry->entities[n])
		n++;
	w->recs = xcalloc(n, sizeof *w->recs);
	for (size_t i = 0; i < n; i++)
		w->recs[i] = record_new(w->c->arena, a->c->registry->entities[i]);
	/* An attacker who wants two keys to meet must know this. */
	w->seed = (uint64_t)clock_now_us() ^ (uint64_t)(uintptr_t)a;
	return E_OK;
}

static int by_rows(const void *a, const void *b)
{
	const struct audit_table *x = *(struct audit_table *const *)a, *y = *(struct audit_table *const *)b;

	return x->rows > y->rows ? -1 : x->rows < y->rows;
}

static enum err open_all(struct auditing *a)
{
	size_t n = 0;

	while (a->c->registry->entities[n])
		n++;
	a->tables = xcalloc(n + 1, sizeof *a->tables);
	for (size_t i = 0; i < n; i++) {
		const struct entity *e = a->c->registry->entities[i];
		if (e->kind == PLAIN)
			continue;
		TRY(audit_table_open(a->c, a->audit, e, &a->tables[a->ntables]));
		a->nblocks += ((size_t)a->tables[a->ntables].rows + BLOCK - 1) / BLOCK;
		a->ntables++;
	}
	for (size_t i = 0; i < a->ntables; i++)
		TRY(audit_table_join(a->c, &a->tables[i], a->tables, a->ntables));
	a->longest = xcalloc(a->ntables + 1, sizeof(struct audit_table *));
	for (size_t i = 0; i < a->ntables; i++)
		a->longest[i] = &a->tables[i];
	qsort(a->longest, a->ntables, sizeof(struct audit_table *), by_rows);
	a->nworkers = parallel_workers();
	a->workers = xcalloc(a->nworkers, sizeof *a->workers);
	for (unsigned i = 0; i < a->nworkers; i++) {
		TRY(worker_open(a, &a->workers[i]));
		a->workers[i].seed = a->workers[0].seed;
	}
	return E_OK;
}

static enum err do_rows(void *arg, size_t i, unsigned worker)
{
	struct auditing *a = arg;
	struct audit_table *t = a->tables;

	for (;; t++) {
		size_t blocks = ((size_t)t->rows + BLOCK - 1) / BLOCK;
		if (i < blocks)
			break;
		i -= blocks;
	}
	int64_t from = (int64_t)i * BLOCK, to = from + BLOCK;
	return audit_table_rows(t, &a->workers[worker], from, to < t->rows ? to : t->rows);
}

/* ---- what follows ---- */

static void broken(void *arg, const struct entity *e, int64_t vid, const char *column, const char *text)
{
	struct auditing *a = arg;

	finding_said(a->audit->findings, plan_of(a->c, e)->rows, vid, 0, column, text);
}

static void differs(void *arg, const char *table, int64_t id, const char *what)
{
	struct auditing *a = arg;

	finding_said(a->audit->findings, table, id, 0, NULL, what);
}

/* The long pieces come first, so that no core is left alone with one at the end: lists and words, then of each table
 * what holds between its rows, then their keys. */
static enum err do_keys(void *arg, size_t i, unsigned worker)
{
	struct auditing *a = arg;
	struct audit_worker *w = &a->workers[worker];
	struct report r = { .broken = broken, .arg = a, .dated = true };

	if (i < a->nprojections)
		return projection_audit(w->c, w->c->registry->projections[i], differs, a);
	if (i == a->nprojections)
		return term_audit(w->c, differs, a);
	i -= a->nprojections + 1;
	if (i < a->ntables)
		return invariants_check(w->c, a->longest[i]->e, &r);
	return audit_table_keys(a->longest[i - a->ntables], w);
}

/* Other connections would see what was written meanwhile. */
static enum err for_each(struct auditing *a, size_t n, enum err (*work)(void *, size_t, unsigned))
{
	if (!a->audit->here)
		return parallel_for(n, work, a);
	for (size_t i = 0; i < n; i++)
		TRY(work(a, i, 0));
	return E_OK;
}

enum err entity_audit(struct ctx *c, struct audit *audit)
{
	struct auditing a CLEANUP(auditing_release) = { .c = c, .audit = audit };

	TRY(open_all(&a));
	TRY(for_each(&a, a.nblocks, do_rows));
	while (c->registry->projections && c->registry->projections[a.nprojections])
		a.nprojections++;
	return for_each(&a, a.nprojections + 1 + 2 * a.ntables, do_keys);
}
