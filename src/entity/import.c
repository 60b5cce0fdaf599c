/* import.c - one file in, all or nothing, as one entry. */
#include "entity/import.h"

#include "base/log.h"

#define BLOCK 2048

bool import_is_own_ref(const struct import *m, int field)
{
	return m->e->fields[field].ref == m->e && m->slot_of[field] >= 0;
}

bool import_refused(const struct import *m)
{
	return m->c->problems->count > m->said;
}

void import_bad(struct import *m, struct problems *p, uint32_t row, const char *column, const char *fmt, ...)
{
	va_list ap;

	m->bad[row] = 1;
	if (p->kept >= PROBLEMS_KEPT) {
		p->count++;
		return;
	}
	va_start(ap, fmt);
	problem_vat(p, (struct problem){ .file = m->name, .row = csv_row_number(m->csv, row), .column = column }, fmt,
		    ap);
	va_end(ap);
}

static int by_row(const void *a, const void *b)
{
	const struct problem *x = *(const struct problem *const *)a, *y = *(const struct problem *const *)b;

	return x->row < y->row ? -1 : x->row > y->row;
}

void import_gather(struct import *m)
{
	size_t n = 0, lost = 0;
	const struct problem **all;

	for (unsigned i = 0; i < m->nworkers; i++)
		n += m->workers[i].problems.kept;
	all = xcalloc(n + 1, sizeof *all);
	n = 0;
	for (unsigned i = 0; i < m->nworkers; i++) {
		struct problems *p = &m->workers[i].problems;
		for (size_t k = 0; k < p->kept; k++)
			all[n++] = &p->list[k];
		lost += p->count - p->kept;
	}
	qsort(all, n, sizeof(const struct problem *), by_row);
	for (size_t i = 0; i < n; i++)
		problem_add(m->c->problems, *all[i]);
	m->c->problems->count += lost;
	for (unsigned i = 0; i < m->nworkers; i++) {
		problems_release(&m->workers[i].problems);
		m->workers[i].problems = (struct problems){ .lang = m->c->problems->lang };
	}
	free(all);
}

struct str import_cell(const struct import *m, struct import_worker *w, uint32_t row, int slot)
{
	csv_row(m->csv, row, w->cells);
	return w->cells[slot];
}

struct str import_former(struct import *m, uint32_t row)
{
	return m->former_slot < 0 ? (struct str){ 0 } : import_cell(m, &m->workers[0], row, m->former_slot);
}

/* Types that do not stand in one number are read from their cell again: it was checked when the row was parsed. */
static void read_again(struct import *m, struct import_worker *w, uint32_t row, int field, struct value *ret)
{
	struct problems none CLEANUP(problems_release) = PROBLEMS_INIT;
	struct str text = w->cells[m->slot_of[field]];
	const struct field *f = &m->e->fields[field];

	*ret = m->fill[field];
	if (text.n == 0)
		return;
	if (f->type == T_TEXT || f->type == T_CODE || f->type == T_NOTE)
		*ret = (struct value){ .set = true, .t = text };
	else if (!value_parse(&w->c, f, text, m->day[row], ret, &none, m->name, row))
		bug("a cell of %s reads otherwise the second time", m->name);
}

void import_record(struct import *m, struct import_worker *w, uint32_t row, const struct record *base,
		   struct record *ret)
{
	bool thing = m->e->kind == THING;

	csv_row(m->csv, row, w->cells);
	ret->id = thing ? m->id[row] : 0;
	ret->owner = thing ? 0 : m->id[row];
	ret->valid_from = m->day[row];
	ret->until = m->until_slot >= 0 ? m->until[row] : base ? base->until : DATE_NONE;
	ret->op = OP_HOLDS;
	ret->vid = ret->known_from = ret->known_to = 0;
	ret->why = (struct str){ 0 };
	ret->code = base ? base->code : (struct str){ 0 };
	for (int i = 0; i < m->e->nfields; i++) {
		struct value *v = &ret->v[i];
		if (m->slot_of[i] < 0)
			*v = base ? base->v[i] : m->fill[i];
		else if (m->slot_of[i] == m->key_slot)
			continue;
		else if (m->ints[i])
			*v = (struct value){ .set = m->ints[i][row] != UNSTATED,
					     .i = m->ints[i][row] != UNSTATED ? m->ints[i][row] : 0 };
		else
			read_again(m, w, row, i, v);
	}
	if (!thing)
		return;
	if (!base && m->id[row] > m->known_ids)
		ret->code = m->born_now[m->id[row] - m->known_ids - 1].code;
	if (!m->e->alias)
		ret->v[0] = (struct value){ .set = true, .t = w->cells[m->key_slot] };
}

/* ---- workers ---- */

static void worker_release(struct import *m, struct import_worker *w)
{
	if (w->again)
		ctx_close(w->again);
	for (int i = 0; w->packs && i < m->e->nfields; i++)
		map_free(w->packs[i]);
	arena_release(&w->arena);
	arena_release(&w->row);
	problems_release(&w->problems);
	buf_release(&w->scratch);
}

static void worker_start(struct import *m, struct import_worker *w)
{
	w->c = *m->c;
	w->c.arena = &w->row;
	w->c.problems = &w->problems;
	w->problems.lang = m->c->problems->lang;
	w->cells = ARENA_ARRAY(&w->arena, struct str, csv_columns(m->csv) + 1);
	w->rec = record_new(&w->arena, m->e);
	w->packs = ARENA_ARRAY(&w->arena, struct map *, m->e->nfields);
	for (int i = 0; i < m->e->nfields; i++)
		if (m->e->fields[i].type == T_PACK)
			w->packs[i] = map_new();
}

struct block_work {
	struct import *m;
	size_t n;
	void (*work)(struct import *m, struct import_worker *w, size_t from, size_t to);
};

static enum err do_block(void *arg, size_t i, unsigned worker)
{
	struct block_work *b = arg;
	size_t to = (i + 1) * BLOCK;

	b->work(b->m, &b->m->workers[worker], i * BLOCK, to < b->n ? to : b->n);
	return E_OK;
}

enum err import_rows(struct import *m, size_t n,
		     void (*work)(struct import *m, struct import_worker *w, size_t from, size_t to))
{
	struct block_work b = { m, n, work };

	return parallel_for((n + BLOCK - 1) / BLOCK, do_block, &b);
}

/* ---- the whole ---- */

static void import_release(struct import *m)
{
	for (unsigned i = 0; i < m->nworkers; i++)
		worker_release(m, &m->workers[i]);
	map_free(m->own);
	for (int i = 0; m->ints && i < m->e->nfields; i++)
		free(m->ints[i]);
	free(m->id);
	free(m->day);
	free(m->until);
	free(m->from);
	free(m->bad);
	free(m->named);
	free(m->order);
	free(m->outs);
	free(m->specials);
	free(m->aliases);
	arena_release(&m->arena);
}

static enum err start(struct import *m)
{
	m->nworkers = parallel_workers();
	m->workers = ARENA_ARRAY(&m->arena, struct import_worker, m->nworkers);
	for (unsigned i = 0; i < m->nworkers; i++)
		worker_start(m, &m->workers[i]);
	return import_look(m);
}

/* The day of each cell is named as its column is, so that problems name it. */
static void name_fields(struct import *m)
{
	const struct entity *e = m->e;

	m->day_field = (struct field){ .name = entity_day_column(e), .label = "day", .type = T_DATE };
	m->until_field = (struct field){ .name = "until", .label = "last day", .type = T_DATE };
	if (e->alias) {
		m->key_field = e->alias->series->fields[0];
		m->former_field = m->key_field;
		m->former_field.name = e->alias->former;
		m->from_field = (struct field){ .name = e->alias->from, .label = "day", .type = T_DATE };
		m->key_field.name = entity_key_column(e);
	} else if (e->owner) {
		m->key_field = (struct field){ .name = entity_owner_column(e), .label = "owner", .type = T_CODE };
	} else {
		m->key_field = e->fields[0];
	}
}

/* Everything up to the writing, on one state of the store. */
static enum err ready(struct import *m)
{
	name_fields(m);
	TRY(start(m));
	log_progress(m->name, 0, 4);
	TRY(import_parse(m));
	TRY(import_keys(m));
	TRY(import_order(m));
	log_progress(m->name, 1, 4);
	TRY(import_merge(m));
	return import_rules(m);
}

static enum err ready_unlocked(struct import *m, int64_t *ret_head)
{
	struct txn t CLEANUP(txn_end) = { 0 };

	TRY(txn_read(m->c->store, &t));
	TRY(ledger_refresh(m->c->ledger));
	*ret_head = ledger_head(m->c->ledger);
	return ready(m);
}

static void begin(struct import *m, struct ctx *c, const struct entity *e, const struct csv *file,
		  const struct import_options *o, struct import_counts *n)
{
	*n = (struct import_counts){ .rows = csv_rows(file) };
	*m = (struct import){ .c = c,
			      .e = e,
			      .csv = file,
			      .o = o,
			      .n = n,
			      .rows = n->rows,
			      .name = csv_name(file),
			      .said = c->problems->count };
}

/* Somebody wrote between the reading and the lock: what was looked up may be true no more. */
static enum err again(struct import *m)
{
	struct import was = *m;

	import_release(m);
	begin(m, was.c, was.e, was.csv, was.o, was.n);
	TRY(import_head(m));
	return ready(m);
}

/* Nothing is to be written, or it would be given up again and no more would be found on the way. */
static bool is_settled(const struct import *m)
{
	bool given_up = m->o->dry_run || import_refused(m);

	return (m->nouts == 0 && m->naliases == 0) || (given_up && !import_together(m));
}

/* Others write while the file is read and checked. Under the lock all rows together are checked too, whatever was found
 * in single ones, so that everything wrong is said at once. */
static enum err run(struct import *m, struct txn *t)
{
	int64_t head = 0;

	TRY(import_head(m));
	if (store_is_shared(m->c->store)) {
		TRY(ready_unlocked(m, &head));
		if (is_settled(m))
			return import_refused(m) ? E_INVALID : E_OK;
	}
	TRY(txn_write(m->c->store, t));
	TRY(ledger_refresh(m->c->ledger));
	if (!store_is_shared(m->c->store)) {
		TRY(ready(m));
	} else if (ledger_head(m->c->ledger) != head) {
		if (import_refused(m))
			return E_INVALID;
		TRY(again(m));
	}
	TRY(import_write(m));
	log_progress(m->name, 3, 4);
	TRY(import_after(m));
	return import_refused(m) ? E_INVALID : E_OK;
}

static enum err usable(struct ctx *c, const struct entity *e, const struct import_options *o, const char *name)
{
	if (e->kind == PLAIN)
		problem_at(c->problems, name, 0, NULL, "%s is not imported from files; take another entity", e->name);
	else if (o->correct && (!o->reason || !*o->reason))
		problem_at(c->problems, name, 0, NULL,
			   o->page ? "a correction needs a reason; give it below"
				   : "a correction needs a reason; give it with --reason TEXT");
	else
		return E_OK;
	return E_USAGE;
}

enum err import_csv(struct ctx *c, const struct entity *e, struct csv *file, const struct import_options *o,
		    struct import_counts *ret)
{
	struct import_counts n;
	struct import m CLEANUP(import_release);
	struct txn t CLEANUP(txn_end) = { 0 };

	begin(&m, c, e, file, o, &n);
	TRY(usable(c, e, o, m.name));
	enum err err = run(&m, &t);
	log_progress_end();
	if (err != E_OK) {
		problems_sort(c->problems);
		return err;
	}
	for (unsigned i = 0; i < m.nworkers; i++)
		n.assumed += m.workers[i].assumed;
	if (n.position)
		TRY(txn_commit(&t));
	*ret = n;
	return E_OK;
}

enum err import_file(struct ctx *c, const struct entity *e, const char *path, const struct import_options *o,
		     struct import_counts *ret)
{
	struct csv *file CLEANUP(csv_free_p) = NULL;
	struct import_options trial = *o;
	size_t left_out;

	TRY(csv_read_whole_rows(path, c->problems, &left_out, &file));
	/* Rows that are short or long take the file out of question; what is wrong with the others is said with it. */
	trial.dry_run = o->dry_run || left_out > 0;
	TRY(import_csv(c, e, file, &trial, ret));
	return left_out > 0 ? E_INVALID : E_OK;
}
