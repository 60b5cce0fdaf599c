/* load.c - from rows to columns: which inputs, in which order, and one scan for all that share a source. */
#include "base/parallel.h"
#include "entity/read.h"
#include "entity/record.h"
#include "entity/scan.h"
#include "population/inside.h"

const struct input *inputs_find(const struct inputs *in, const char *name)
{
	for (const struct input *const *array = in->arrays; *array; array++)
		for (const struct input *i = *array; i->column.name; i++)
			if (text_is(i->column.name, name))
				return i;
	return NULL;
}

/* ---- which columns, needed ones first ---- */

static bool have(const struct population *p, const struct input *in)
{
	for (size_t i = 0; i < p->ncolumns; i++)
		if (p->columns[i].input == in)
			return true;
	return false;
}

static size_t count_inputs(const struct inputs *in)
{
	size_t n = 0;
	for (const struct input *const *array = in->arrays; *array; array++)
		for (const struct input *i = *array; i->column.name; i++)
			n++;
	return n;
}

static void want(struct population *p, const char *name)
{
	const struct input *in = inputs_find(p->inputs, name);
	if (!in)
		bug("nobody declares the input %s", name);
	if (have(p, in))
		return;
	for (const char *const *need = in->needs; need && *need; need++)
		want(p, *need);
	p->columns[p->ncolumns++].input = in;
}

/* ---- one scan for a group of inputs of one source ---- */

struct group {
	struct population *p;
	struct loaded **columns;
	size_t n;
	struct scan scan;
	struct ctx **ctxs;
	size_t ranges;
	int64_t greatest;
};

/* The rows of the person at hand, growing. */
struct heap {
	struct group *g;
	int64_t owner;
	size_t n, cap;
	date *from, *until;
	int64_t *v[SCAN_FIELDS];
};

static void heap_release(struct heap *h)
{
	free(h->from);
	free(h->until);
	for (int i = 0; i < SCAN_FIELDS; i++)
		free(h->v[i]);
}

static void heap_add(struct heap *h, const struct scanned *r)
{
	if (h->n == h->cap) {
		h->cap = h->cap ? h->cap * 2 : 64;
		h->from = xrealloc(h->from, h->cap * sizeof *h->from);
		h->until = xrealloc(h->until, h->cap * sizeof *h->until);
		for (int i = 0; i < h->g->scan.nfields; i++)
			h->v[i] = xrealloc(h->v[i], h->cap * sizeof *h->v[i]);
	}
	h->from[h->n] = r->valid_from;
	h->until[h->n] = r->until;
	for (int i = 0; i < h->g->scan.nfields; i++)
		h->v[i][h->n] = r->v[i];
	h->n++;
}

/* ---- a fact that is only supposed ---- */

static bool takes_place_of(const struct record *s, const struct scanned *r)
{
	return s && s->id == r->id && (s->entity->kind != THING || s->valid_from == r->valid_from);
}

static void move_up(struct heap *h, size_t at)
{
	size_t n = h->n - 1 - at;
	memmove(h->from + at + 1, h->from + at, n * sizeof *h->from);
	memmove(h->until + at + 1, h->until + at, n * sizeof *h->until);
	for (int i = 0; i < h->g->scan.nfields; i++)
		memmove(h->v[i] + at + 1, h->v[i] + at, n * sizeof *h->v[i]);
}

/* Puts it where its day says: after all others of that day. */
static void suppose(struct heap *h, const struct record *s)
{
	struct scanned r = { .valid_from = s->valid_from, .until = s->until };
	for (int i = 0; i < h->g->scan.nfields; i++)
		r.v[i] = record_get(s, h->g->scan.fields[i], SCAN_NULL);
	size_t at = h->n;
	heap_add(h, &r);
	while (at > 0 && h->from[at - 1] > s->valid_from)
		at--;
	move_up(h, at);
	h->from[at] = r.valid_from;
	h->until[at] = r.until;
	for (int i = 0; i < h->g->scan.nfields; i++)
		h->v[i][at] = r.v[i];
}

static const struct record *supposed_of(const struct group *g)
{
	const struct record *s = g->p->supposed;
	return s && s->entity == g->scan.entity ? s : NULL;
}

static void suppose_in_time(struct heap *h)
{
	const struct record *s = supposed_of(h->g);
	if (!s || s->op != OP_HOLDS || s->valid_from > h->g->scan.at.day || s->valid_from < h->g->scan.since)
		return;
	h->owner = h->g->p->only;
	suppose(h, s);
}

static void reduce_one(struct heap *h, const struct loaded *column, size_t row)
{
	const int64_t *v[SCAN_FIELDS];
	const struct input *in = column->input;
	for (int f = 0; f < SCAN_FIELDS; f++)
		v[f] = h->v[column->at[f]];
	struct facts facts = { .n = h->n, .from = h->from, .until = h->until, .v = v, .as_of = h->g->p->at.day };
	column->v[row] = in->reduce(&facts, h->g->p, row);
}

static void reduce_all(struct heap *h)
{
	size_t row = h->n ? population_row(h->g->p, h->owner) : SIZE_MAX;
	for (size_t i = 0; row != SIZE_MAX && i < h->g->n; i++)
		reduce_one(h, h->g->columns[i], row);
	h->n = 0;
}

static enum err take_row(void *arg, const struct scanned *r)
{
	struct heap *h = arg;
	if (r->owner != h->owner) {
		reduce_all(h);
		h->owner = r->owner;
	}
	if (r->op == OP_HOLDS && !takes_place_of(supposed_of(h->g), r))
		heap_add(h, r);
	return E_OK;
}

static enum err scan_owners(struct group *g, struct ctx *c, int64_t low, int64_t high)
{
	struct heap heap = { .g = g };
	struct scan s = g->scan;
	s.low = low;
	s.high = high;
	enum err e = scan_rows(c, &s, take_row, &heap);
	if (e == E_OK)
		suppose_in_time(&heap);
	if (e == E_OK)
		reduce_all(&heap);
	heap_release(&heap);
	return e;
}

static enum err scan_range(void *arg, size_t i, unsigned worker)
{
	struct group *g = arg;
	return scan_owners(g, g->ctxs[worker], g->greatest * (int64_t)i / (int64_t)g->ranges + 1,
			   g->greatest * (int64_t)(i + 1) / (int64_t)g->ranges + 1);
}

/* Where in the scan the field stands, which is added if need be. */
static int scan_field(struct scan *s, const char *name)
{
	int field = entity_field(s->entity, name);
	if (field < 0)
		bug("%s has no field %s", s->entity->name, name);
	for (int i = 0; i < s->nfields; i++)
		if (s->fields[i] == field)
			return i;
	if (s->nfields == SCAN_FIELDS)
		bug("too many fields of %s are read at once", s->entity->name);
	s->fields[s->nfields] = field;
	return s->nfields++;
}

struct moment population_moment(const struct population *p)
{
	return (struct moment){ p->at.day, p->past ? p->at.position : 0 };
}

static enum err load_group(struct group *g)
{
	struct population *p = g->p;
	const struct input *lead = g->columns[0]->input;
	g->scan.entity = lead->from;
	g->scan.at = population_moment(p);
	g->scan.numbered = supposed_of(g) != NULL;
	g->scan.since = lead->years ? date_of(date_year(p->at.day) - lead->years, 1, 1) : DATE_MIN;
	for (size_t i = 0; i < g->n; i++)
		for (int f = 0; g->columns[i]->input->fields && g->columns[i]->input->fields[f]; f++)
			g->columns[i]->at[f] = scan_field(&g->scan, g->columns[i]->input->fields[f]);
	if (p->only)
		return scan_owners(g, p->ctx, p->only, p->only + 1);
	g->greatest = p->n ? p->person[p->n - 1] : 0;
	g->ranges = parallel_workers() * 4;
	return parallel_for(g->ranges, scan_range, g);
}

static bool same_source(const struct input *a, const struct input *b)
{
	return a->from && a->from == b->from && a->years == b->years;
}

/* Nothing that it needs is still to come. */
static bool is_ready(const struct population *p, const bool *done, const struct input *in)
{
	for (const char *const *need = in->needs; need && *need; need++)
		for (size_t i = 0; i < p->ncolumns; i++)
			if (!done[i] && text_is(p->columns[i].input->column.name, *need))
				return false;
	return true;
}

/* The first column that is ready, with all others that come out of the same scan. */
static void next_group(struct population *p, bool *done, struct group *g)
{
	g->n = 0;
	for (size_t i = 0; i < p->ncolumns; i++) {
		const struct input *in = p->columns[i].input;
		if (done[i] || !is_ready(p, done, in) || (g->n && !same_source(g->columns[0]->input, in)))
			continue;
		g->columns[g->n++] = &p->columns[i];
	}
	for (size_t i = 0; i < g->n; i++)
		done[g->columns[i] - p->columns] = true;
}

static enum err load_next(struct population *p, struct ctx **ctxs, bool *done, struct loaded **columns, size_t *ret_n)
{
	struct group g = { .p = p, .columns = columns, .ctxs = ctxs };
	next_group(p, done, &g);
	*ret_n = g.n;
	if (!g.n)
		bug("inputs need each other in a circle");
	return columns[0]->input->from ? load_group(&g) : columns[0]->input->derive(p, columns[0]->v);
}

static enum err load_columns(struct population *p, struct ctx **ctxs)
{
	bool *done = xcalloc(p->ncolumns + 1, sizeof *done);
	struct loaded **columns = xcalloc(p->ncolumns + 1, sizeof(struct loaded *));
	enum err e = E_OK;
	for (size_t all = 0, n = 0; all < p->ncolumns && e == E_OK; all += n)
		e = load_next(p, ctxs, done, columns, &n);
	free(done);
	free(columns);
	return e;
}

/* ---- who ---- */

struct who {
	struct population *p;
	size_t cap;
};

static enum err take_person(void *arg, const struct scanned *r)
{
	struct who *w = arg;
	struct population *p = w->p;
	bool again = p->n && p->person[p->n - 1] == r->owner;
	if (again && r->op != OP_HOLDS)
		p->n--;
	if (again || r->op != OP_HOLDS)
		return E_OK;
	if (p->n == w->cap) {
		w->cap = w->cap ? w->cap * 2 : 1024;
		p->person = xrealloc(p->person, w->cap * sizeof *p->person);
	}
	p->person[p->n++] = r->owner;
	return E_OK;
}

static enum err load_people(struct population *p)
{
	struct who w = { .p = p };
	struct scan s = { .entity = p->inputs->person,
			  .at = population_moment(p),
			  .since = DATE_MIN,
			  .low = p->only,
			  .high = p->only ? p->only + 1 : 0 };
	return scan_rows(p->ctx, &s, take_person, &w);
}

/* ---- the whole ---- */

static void release_ctxs(struct ctx **ctxs, unsigned n)
{
	for (unsigned i = 0; ctxs && i < n; i++)
		ctx_close(ctxs[i]);
	free(ctxs);
}

static enum err load_with_threads(struct population *p)
{
	unsigned workers = parallel_workers();
	struct ctx **ctxs = xcalloc(workers, sizeof *ctxs);
	enum err e = E_OK;
	for (unsigned i = 0; i < workers && e == E_OK; i++)
		e = ctx_again(p->ctx, &ctxs[i]);
	if (e == E_OK)
		e = load_columns(p, ctxs);
	release_ctxs(ctxs, workers);
	return e;
}

/* The dictionaries of the column itself and of the pack codes that its reduce looks at. */
static enum err prepare_codes(struct population *p, const struct input *in)
{
	if (in->column.type == I_CODE)
		TRY(dictionary_prepare(p, in->column.of));
	for (const char *const *name = in->from ? in->fields : NULL; name && *name; name++) {
		const struct field *f = &in->from->fields[entity_field(in->from, *name)];
		if (f->type == T_PACK)
			TRY(dictionary_prepare(p, f->of));
	}
	return E_OK;
}

static enum err prepare(struct population *p)
{
	TRY(load_people(p));
	for (size_t i = 0; i < p->ncolumns; i++) {
		const struct input *in = p->columns[i].input;
		TRY(prepare_codes(p, in));
		p->columns[i].v = xmalloc((p->n + 1) * sizeof(int32_t));
		for (size_t row = 0; row < p->n; row++)
			p->columns[i].v[row] = NONE;
	}
	return p->only ? load_columns(p, NULL) : load_with_threads(p);
}

static struct population *begin(struct ctx *c, const struct population_ask *ask, int64_t head, bool past)
{
	struct population *p = xcalloc(1, sizeof *p);
	p->ctx = c;
	p->inputs = ask->inputs;
	p->at = (struct moment){ ask->at.day == DATE_NONE ? c->today : ask->at.day,
				 ask->at.position ? ask->at.position : head };
	p->past = past;
	p->only = ask->person;
	p->supposed = ask->person ? ask->supposed : NULL;
	p->rules = ask->rules;
	p->policy = ask->policy;
	dictionary_init(p);
	p->columns = xcalloc(count_inputs(ask->inputs) + 1, sizeof *p->columns);
	for (const char *const *name = ask->names; *name; name++)
		want(p, *name);
	return p;
}

/* The head is read without the two halves, which is faster; had somebody written meanwhile, it is read again with them.
 */
enum err population_load(struct ctx *c, const struct population_ask *ask, struct population **ret)
{
	TRY(ledger_refresh(c->ledger));
	int64_t head = ledger_head(c->ledger);
	bool past = ask->at.position && ask->at.position < head;
	for (;;) {
		struct population *p = begin(c, ask, head, past);
		enum err e = prepare(p);
		if (e == E_OK)
			e = ledger_refresh(c->ledger);
		if (e == E_OK && (past || ledger_head(c->ledger) == head)) {
			*ret = p;
			return E_OK;
		}
		population_free(p);
		if (e != E_OK)
			return e;
		past = true;
	}
}
