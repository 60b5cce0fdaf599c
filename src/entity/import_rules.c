/* import_rules.c - the declaration's own rules over the rows to be written, before the first of them is. */
#include "entity/check.h"
#include "entity/import.h"

static void check_rows(struct import *m, struct import_worker *w, size_t from, size_t to)
{
	w->c.arena = &w->row;
	for (size_t i = from; i < to; i++) {
		size_t count = w->problems.count, kept = w->problems.kept;
		uint32_t row = m->outs[i].row;
		arena_reset(&w->row);
		import_out_record(m, w, i, w->rec);
		if (check_rules(&w->c, import_special_of(m, i).old, w->rec) && w->problems.count == count)
			continue;
		import_adopt(m, &w->problems, kept, row);
		m->bad[row] = 1;
	}
}

/* Rules may read: each worker gets a connection of its own. */
static enum err connect(struct import *m)
{
	for (unsigned i = 0; i < m->nworkers; i++) {
		struct import_worker *w = &m->workers[i];
		TRY(ctx_again(m->c, &w->again));
		w->c.store = w->again->store;
		w->c.ledger = w->again->ledger;
	}
	return E_OK;
}

enum err import_rules(struct import *m)
{
	if (!m->e->nrules)
		return E_OK;
	if (store_is_shared(m->c->store)) {
		TRY(connect(m));
		TRY(import_rows(m, m->nouts, check_rows));
	} else {
		check_rows(m, &m->workers[0], 0, m->nouts);
	}
	import_gather(m);
	return E_OK;
}
