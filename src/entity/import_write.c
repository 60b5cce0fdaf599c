/* import_write.c - canonical forms and leaves on all cores while one thread inserts the batch before. */
#include "entity/import.h"
#include "entity/leaf.h"
#include "entity/load.h"

#define BATCH 8192
#define PIECE 256 /* rows hashed at a time */

struct batch {
	size_t from, n;
	struct record *recs;
	struct value *values;
	struct hash *leaves;
	unsigned char *salts;
	struct str *folds;
	struct arena *arenas; /* of folded texts, one a worker */
};

struct writing {
	struct import *m;
	const struct plan *plan;
	struct batch batches[2], *hashed, *stored; /* what is hashed now, and what is stored now */
	struct load *load;
	size_t nsalts;
	int64_t seq;
};

static void batch_init(struct writing *w, struct batch *b)
{
	struct import *m = w->m;
	size_t nfields = (size_t)m->e->nfields;

	b->recs = ARENA_ARRAY(&m->arena, struct record, BATCH);
	b->values = ARENA_ARRAY(&m->arena, struct value, BATCH * nfields);
	b->leaves = ARENA_ARRAY(&m->arena, struct hash, BATCH);
	b->salts = ARENA_ARRAY(&m->arena, unsigned char, BATCH * w->nsalts * SALT_SIZE);
	b->folds = ARENA_ARRAY(&m->arena, struct str, BATCH * (size_t)(w->plan->nfolds + 1));
	b->arenas = ARENA_ARRAY(&m->arena, struct arena, m->nworkers);
	for (size_t i = 0; i < BATCH; i++)
		b->recs[i] = (struct record){ .entity = m->e, .v = b->values + i * nfields };
}

static void batch_release(struct writing *w, struct batch *b)
{
	for (unsigned i = 0; b->arenas && i < w->m->nworkers; i++)
		arena_release(&b->arenas[i]);
}

static void writing_release(struct writing *w)
{
	batch_release(w, &w->batches[0]);
	batch_release(w, &w->batches[1]);
	if (w->load && load_end(w->load) != E_OK)
		w->load = NULL; /* what went wrong was said where it went wrong */
}

static void prepare(struct writing *w, struct batch *b, size_t i, unsigned worker)
{
	struct import *m = w->m;
	struct import_worker *k = &m->workers[worker];
	struct record *r = &b->recs[i];
	const unsigned char *salts = b->salts + i * w->nsalts * SALT_SIZE;

	import_out_record(m, k, b->from + i, r);
	r->vid = m->first_vid + (int64_t)(b->from + i);
	r->known_from = w->seq;
	if (m->e->kind != THING && r->id == 0)
		r->id = r->vid;
	for (int f = 0; f < w->plan->nfolds; f++) {
		const struct value *v = &r->v[w->plan->folds[f]];
		b->folds[i * (size_t)w->plan->nfolds + (size_t)f] =
			v->set ? text_fold(&b->arenas[worker], v->t) : (struct str){ 0 };
	}
	b->leaves[i] = leaf_row(m->c->codes, r, salts, salts + SALT_SIZE, &k->scratch, NULL);
}

static enum err store_batch(struct writing *w)
{
	struct batch *b = w->stored;

	for (size_t i = 0; i < b->n; i++) {
		b->recs[i].idx = entry_leaf(w->m->c->ledger, &b->leaves[i]);
		struct load_row row = { .r = &b->recs[i],
					.folds = b->folds + i * (size_t)w->plan->nfolds,
					.salts = b->salts + i * w->nsalts * SALT_SIZE };
		TRY(load_add(w->load, &row));
	}
	return E_OK;
}

/* Item 0 stores the batch before; the others hash pieces of this one. */
static enum err work(void *arg, size_t i, unsigned worker)
{
	struct writing *w = arg;

	if (i == 0)
		return w->stored ? store_batch(w) : E_OK;
	size_t to = i * PIECE < w->hashed->n ? i * PIECE : w->hashed->n;
	w->m->workers[worker].c.arena = &w->hashed->arenas[worker]; /* texts live until the batch is stored */
	for (size_t k = (i - 1) * PIECE; k < to; k++)
		prepare(w, w->hashed, k, worker);
	return E_OK;
}

static enum err write_rows(struct writing *w)
{
	struct import *m = w->m;
	size_t turn = 0;

	for (size_t from = 0; from < m->nouts || w->stored; from += BATCH, turn++) {
		struct batch *b = &w->batches[turn % 2];
		b->from = from;
		b->n = from >= m->nouts ? 0 : m->nouts - from < BATCH ? m->nouts - from : BATCH;
		for (unsigned i = 0; i < m->nworkers; i++)
			arena_reset(&b->arenas[i]);
		if (b->n)
			ledger_salts(m->c->ledger, b->salts, b->n * w->nsalts);
		w->hashed = b;
		TRY(parallel_for(1 + (b->n + PIECE - 1) / PIECE, work, w));
		w->stored = b->n ? b : NULL;
	}
	return E_OK;
}

/* ---- what stands around the rows ---- */

static enum err close_row(struct writing *w, const struct plan *plan, int64_t vid)
{
	struct stmt *st;

	if (!vid)
		return E_OK;
	TRY(store_stmt(w->m->c->store, plan->close, &st));
	stmt_int(st, 1, w->seq);
	stmt_int(st, 2, vid);
	return stmt_run(st);
}

/* Before the rows come: no other statement may run while they do. */
static enum err close_rows(struct writing *w)
{
	struct import *m = w->m;

	TRY(pipeline_begin(m->c->store));
	for (size_t i = 0; i < m->nspecials; i++)
		TRY(close_row(w, w->plan, m->specials[i].closes));
	for (size_t i = 0; i < m->naliases; i++)
		TRY(close_row(w, plan_of(m->c, m->e->alias->series), m->aliases[i].closes));
	return pipeline_sync(m->c->store);
}

static enum err write_anchors(struct writing *w)
{
	struct import *m = w->m;
	struct str *codes = xcalloc(m->nborn_now + 1, sizeof *codes);

	for (size_t i = 0; i < m->nborn_now; i++)
		codes[i] = m->born_now[i].code;
	enum err e = load_anchors(m->c->store, w->plan, m->known_ids + 1, codes, m->nborn_now, w->seq);
	free(codes);
	return e;
}

static enum err write_alias(struct writing *w, struct load *load, const struct plan *plan, struct record *r,
			    const struct import_alias *a)
{
	unsigned char salts[2 * SALT_SIZE];
	struct import *m = w->m;

	r->vid++;
	r->id = a->rec ? a->rec : r->vid;
	r->owner = a->id;
	r->valid_from = a->from;
	r->op = a->withdrawn ? OP_WITHDRAWN : OP_HOLDS;
	r->why = a->corrects ? str_of(m->o->reason) : (struct str){ 0 };
	r->v[0] = (struct value){ .set = !a->withdrawn, .t = a->text };
	ledger_salts(m->c->ledger, salts, plan->closed ? 2 : 1);
	struct hash leaf = leaf_row(m->c->codes, r, salts, salts + SALT_SIZE, &m->workers[0].scratch, NULL);
	r->idx = entry_leaf(m->c->ledger, &leaf);
	return load_add(load, &(struct load_row){ .r = r, .salts = salts });
}

static enum err write_aliases(struct writing *w)
{
	struct import *m = w->m;
	struct load *load;
	enum err e = E_OK;

	if (m->naliases == 0)
		return E_OK;
	const struct entity *series = m->e->alias->series;
	const struct plan *plan = plan_of(m->c, series);
	struct record *r = record_new(&m->arena, series);
	r->known_from = w->seq;
	r->until = DATE_NONE;
	TRY(store_get_int(m->c->store, plan->max_vid, 0, &r->vid));
	TRY(load_begin(m->c->store, plan, &load));
	for (size_t i = 0; i < m->naliases && e == E_OK; i++)
		e = write_alias(w, load, plan, r, &m->aliases[i]);
	enum err ended = load_end(load);
	return e == E_OK ? ended : e;
}

enum err import_write(struct import *m)
{
	struct writing w CLEANUP(writing_release) = { .m = m, .plan = m->plan };
	struct entry_head head = { .actor = m->c->actor.user, .on_behalf = m->c->actor.on_behalf, .action = "import" };

	if (m->nouts == 0 && m->naliases == 0)
		return E_OK;
	TRY(entry_begin(m->c->ledger, &head));
	w.seq = entry_seq(m->c->ledger);
	w.nsalts = w.plan->closed ? 2 : 1;
	batch_init(&w, &w.batches[0]);
	batch_init(&w, &w.batches[1]);
	TRY(close_rows(&w));
	if (m->e->kind == THING)
		TRY(write_anchors(&w));
	TRY(load_begin(m->c->store, w.plan, &w.load));
	TRY(write_rows(&w));
	struct load *load = w.load;
	w.load = NULL;
	TRY(load_end(load));
	import_gather(m);
	TRY(write_aliases(&w));
	return E_OK;
}
