/* learn.c - what became known after a seal of the people and facts that it weighed. Information, not a fault. */
#include "decision/inside.h"
#include "entity/scan.h"

struct source {
	const struct entity *entity;
	date since;
};
struct learning {
	struct ctx *c;
	const struct round *r;
	struct verdict_on_decision *ret;
	struct source *sources;
	size_t nsources, cap;
	int64_t *owners; /* of the source at hand, each once */
	size_t nowners, owners_cap;
};

static void learning_release(struct learning *l)
{
	free(l->sources);
	free(l->owners);
}

static void add_source(struct learning *l, const struct entity *e, date since)
{
	for (size_t i = 0; i < l->nsources; i++)
		if (l->sources[i].entity == e) {
			if (since < l->sources[i].since)
				l->sources[i].since = since;
			return;
		}
	if (l->nsources == l->cap) {
		l->cap = l->cap ? 2 * l->cap : 8;
		l->sources = xrealloc(l->sources, l->cap * sizeof *l->sources);
	}
	l->sources[l->nsources++] = (struct source){ e, since };
}

static void add_input(struct learning *l, const char *name, int depth)
{
	const struct input *in = inputs_find(l->r->kind->inputs, name);
	if (!in || depth > 16)
		return;
	if (in->from)
		add_source(l, in->from, in->years ? date_of(date_year(l->r->as_of) - in->years, 1, 1) : DATE_MIN);
	for (const char *const *need = in->needs; need && *need; need++)
		add_input(l, *need, depth + 1);
}

static enum err take(void *arg, const struct scanned *row)
{
	struct learning *l = arg;
	if (!round_candidate(l->r, row->owner) || (l->nowners && l->owners[l->nowners - 1] == row->owner))
		return E_OK;
	if (l->nowners == l->owners_cap) {
		l->owners_cap = l->owners_cap ? 2 * l->owners_cap : 64;
		l->owners = xrealloc(l->owners, l->owners_cap * sizeof *l->owners);
	}
	l->owners[l->nowners++] = row->owner;
	return E_OK;
}

static bool same_fact(const struct record *a, const struct record *b)
{
	if (a->op != b->op || a->valid_from != b->valid_from || a->until != b->until)
		return false;
	for (int i = 0; i < a->entity->nfields; i++)
		if (!value_eq(&a->v[i], &b->v[i]))
			return false;
	return true;
}

/* The fact believed then under the same number; of a THING, of the same day. */
static const struct record *then_believed(struct record **then, size_t n, const struct record *now)
{
	for (size_t i = 0; i < n; i++)
		if (then[i]->id == now->id && (now->entity->kind != THING || then[i]->valid_from == now->valid_from))
			return then[i];
	return NULL;
}

static void add_learnt(struct learning *l, const struct record *now, int64_t person)
{
	struct verdict_on_decision *v = l->ret;
	const struct candidate *k = round_candidate(l->r, person);
	if ((v->nlearnt & (v->nlearnt + 1)) == 0)
		v->learnt = xrealloc(v->learnt, 2 * (v->nlearnt + 1) * sizeof *v->learnt);
	v->learnt[v->nlearnt++] = (struct learnt){
		.entity = now->entity->name,
		.number = arena_text(&v->arena, k->number.p, k->number.n),
		.valid_from = now->valid_from,
		.entry = now->known_from,
		.id = now->id,
	};
}

static enum err learn_of(struct learning *l, const struct source *s, int64_t person)
{
	struct query q = {
		.entity = s->entity,
		.owner = person,
		.at = {DATE_MAX, l->r->position},
		.extent = BELIEVED,
		.withdrawn = true
	};
	struct record **then, **now;
	size_t nthen, nnow;
	TRY(read_all(l->c, &q, &then, &nthen));
	q.at.position = 0;
	TRY(read_all(l->c, &q, &now, &nnow));
	for (size_t i = 0; i < nnow; i++) {
		const struct record *x = now[i];
		if (x->known_from <= l->r->position || x->valid_from > l->r->as_of || x->valid_from < s->since)
			continue;
		const struct record *old = then_believed(then, nthen, x);
		if (old ? same_fact(old, x) : x->op == OP_WITHDRAWN)
			continue;
		add_learnt(l, x, person);
	}
	return E_OK;
}

static enum err learn_from(struct learning *l, const struct source *s)
{
	struct scan scan = {
		.entity = s->entity, .at = {l->r->as_of, l->r->position},
                     .since = s->since, .later = true
	};
	l->nowners = 0;
	TRY(scan_rows(l->c, &scan, take, l));
	for (size_t i = 0; i < l->nowners; i++)
		TRY(learn_of(l, s, l->owners[i]));
	return E_OK;
}

enum err learn(struct ctx *c, const struct round *r, struct verdict_on_decision *ret)
{
	struct learning l CLEANUP(learning_release) = { .c = c, .r = r, .ret = ret };
	for (size_t i = 0; i < r->inside->form.ncolumns; i++)
		add_input(&l, r->inside->form.columns[i].name, 0);
	for (size_t i = 0; i < l.nsources; i++)
		TRY(learn_from(&l, &l.sources[i]));
	return E_OK;
}
