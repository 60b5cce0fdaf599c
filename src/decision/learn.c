/* learn.c - what became known after a seal and, read on its day, concerns somebody whom it weighed or would weigh now.
 * Information, not a fault. */
#include "decision/inside.h"
#include "entity/scan.h"

#define FIELDS_MOST 64

/* One sort of fact that the round read. */
struct source {
	const struct entity *entity;
	date since;
	bool own, looked;         /* read of those considered; of what derived columns looked at */
	bool counts[FIELDS_MOST]; /* of a THING: the fields read */
};
struct later { /* a row written after the seal */
	int64_t owner, known_from;
	date valid_from;
};
struct seen { /* the records of one THING that were looked at, then or now */
	const struct entity *thing;
	struct imap *ids;
};
struct learning {
	struct ctx *c;
	const struct round *r;
	struct verdict_on_decision *ret;
	struct source *sources;
	size_t nsources;
	const struct input **inputs; /* each once */
	size_t ninputs;
	struct seen *seen;
	size_t nseen;
	struct imap *considered; /* would be now */
	struct later *rows;      /* of the source at hand, in order of owner */
	size_t nrows, rows_cap;
	bool loaded; /* considered and seen are filled */
};

static void learning_release(struct learning *l)
{
	for (size_t i = 0; i < l->nseen; i++)
		imap_free(l->seen[i].ids);
	imap_free(l->considered);
	free(l->seen);
	free(l->sources);
	free(l->inputs);
	free(l->rows);
}

/* ---- what the round read ---- */

static void add_fields(struct source *s, const char *const *fields)
{
	for (; fields && *fields; fields++) {
		int field = entity_field(s->entity, *fields);
		if (field >= 0 && field < FIELDS_MOST)
			s->counts[field] = true;
	}
}

static struct source *source_of(struct learning *l, const struct entity *e, date since)
{
	for (size_t i = 0; i < l->nsources; i++)
		if (l->sources[i].entity == e) {
			if (since < l->sources[i].since)
				l->sources[i].since = since;
			return &l->sources[i];
		}
	l->sources = xrealloc(l->sources, (l->nsources + 1) * sizeof *l->sources);
	l->sources[l->nsources] = (struct source){ .entity = e, .since = since };
	return &l->sources[l->nsources++];
}

static bool is_new(struct learning *l, const struct input *in)
{
	for (size_t i = 0; i < l->ninputs; i++)
		if (l->inputs[i] == in)
			return false;
	l->inputs = xrealloc(l->inputs, (l->ninputs + 1) * sizeof *l->inputs);
	l->inputs[l->ninputs++] = in;
	return true;
}

static void add_input(struct learning *l, const char *name)
{
	const struct input *in = inputs_find(l->r->kind->inputs, name);
	if (!in || !is_new(l, in))
		return;
	if (in->from) {
		date since = in->years ? date_of(date_year(l->r->as_of) - in->years, 1, 1) : DATE_MIN;
		struct source *s = source_of(l, in->from, since);
		s->own = true;
		add_fields(s, in->fields);
	}
	for (const struct input_look *look = in->looks; look && look->entity; look++) {
		struct source *s = source_of(l, look->entity, DATE_MIN);
		s->looked = true;
		add_fields(s, look->fields);
	}
	for (const char *const *need = in->needs; need && *need; need++)
		add_input(l, *need);
}

/* ---- whom it concerns ---- */

static struct imap *seen_of(struct learning *l, const struct entity *thing)
{
	for (size_t i = 0; i < l->nseen; i++)
		if (l->seen[i].thing == thing)
			return l->seen[i].ids;
	l->seen = xrealloc(l->seen, (l->nseen + 1) * sizeof *l->seen);
	l->seen[l->nseen] = (struct seen){ thing, imap_new() };
	return l->seen[l->nseen++].ids;
}

static void see(void *arg, const struct entity *thing, int64_t id)
{
	(void)imap_set(seen_of(arg, thing), id, 1);
}

static enum err look_with(struct learning *l, struct population *p, bool *take)
{
	const struct looked looked = { see, l };
	TRY(l->r->kind->consider(p, l->r->inside->unit, take, l->c->problems));
	for (size_t row = 0; row < population_count(p); row++)
		if (take[row])
			(void)imap_set(l->considered, population_person(p, row), 1);
		else
			take[row] = round_candidate(l->r, population_person(p, row)) != NULL;
	for (size_t i = 0; i < l->ninputs; i++)
		if (l->inputs[i]->looked)
			TRY(l->inputs[i]->looked(p, take, &looked));
	return E_OK;
}

static enum err look_at(struct learning *l, int64_t position)
{
	struct population *p CLEANUP(population_free_p) = NULL;
	const char **names = xcalloc(l->ninputs + 1, sizeof *names);
	for (size_t i = 0; i < l->ninputs; i++)
		names[i] = l->inputs[i]->column.name;
	struct population_ask ask = { .inputs = l->r->kind->inputs,
				      .names = names,
				      .at = { l->r->as_of, position },
				      .rules = l->r->rules,
				      .policy = l->r->policy };
	enum err e = population_load(l->c, &ask, &p);
	free(names);
	TRY(e);
	bool *take = xcalloc(population_count(p) + 1, sizeof *take);
	e = look_with(l, p, take);
	free(take);
	return e;
}

/* Everybody is loaded only once something is found that could concern somebody. */
static enum err concerns(struct learning *l, const struct source *s, int64_t owner, bool *ret)
{
	int64_t unused;
	*ret = s->own && round_candidate(l->r, owner);
	if (*ret)
		return E_OK;
	if (!l->loaded) {
		l->loaded = true;
		TRY(look_at(l, l->r->position));
		TRY(look_at(l, 0));
	}
	const struct entity *thing = s->entity->owner ? s->entity->owner : s->entity;
	*ret = (s->own && imap_get(l->considered, owner, &unused)) ||
	       (s->looked && imap_get(seen_of(l, thing), owner, &unused));
	return E_OK;
}

/* ---- what differs ---- */

static enum err take(void *arg, const struct scanned *row)
{
	struct learning *l = arg;
	if (l->nrows == l->rows_cap) {
		l->rows_cap = l->rows_cap ? 2 * l->rows_cap : 64;
		l->rows = xrealloc(l->rows, l->rows_cap * sizeof *l->rows);
	}
	l->rows[l->nrows++] = (struct later){ row->owner, row->known_from, row->valid_from };
	return E_OK;
}

static enum err add_learnt(struct learning *l, const struct source *s, int64_t owner, date valid_from, int64_t entry,
			   int64_t id)
{
	struct verdict_on_decision *v = l->ret;
	const struct entity *thing = s->entity->owner ? s->entity->owner : s->entity;
	const struct candidate *k = thing == l->r->kind->inputs->person ? round_candidate(l->r, owner) : NULL;
	struct str key;
	if (k)
		key = k->number;
	else
		TRY(key_text(l->c, thing, owner, 0, &key));
	if ((v->nlearnt & (v->nlearnt + 1)) == 0)
		v->learnt = xrealloc(v->learnt, 2 * (v->nlearnt + 1) * sizeof *v->learnt);
	v->learnt[v->nlearnt++] = (struct learnt){
		.entity = s->entity->name,
		.key = arena_text(&v->arena, key.p, key.n),
		.valid_from = valid_from,
		.entry = entry,
		.id = id,
		.owner = owner,
	};
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

static const struct record *then_believed(struct record **then, size_t n, const struct record *now)
{
	for (size_t i = 0; i < n; i++)
		if (then[i]->id == now->id)
			return then[i];
	return NULL;
}

/* The facts of one owner in a SERIES or EVENT. */
static enum err learn_facts(struct learning *l, const struct source *s, int64_t owner)
{
	struct query q = { .entity = s->entity,
			   .owner = owner,
			   .at = { DATE_MAX, l->r->position },
			   .extent = BELIEVED,
			   .withdrawn = true };
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
		TRY(add_learnt(l, s, owner, x->valid_from, x->known_from, x->id));
	}
	return E_OK;
}

static enum err held_on(struct learning *l, const struct entity *e, int64_t id, int64_t position, struct record **ret)
{
	*ret = NULL;
	enum err err = read_thing(l->c, e, id, (struct moment){ l->r->as_of, position }, ret);
	return err == E_MISSING ? E_OK : err;
}

static bool same_thing(const struct source *s, const struct record *a, const struct record *b)
{
	if (!a || !b)
		return a == b;
	for (int i = 0; i < s->entity->nfields && i < FIELDS_MOST; i++)
		if (s->counts[i] && !value_eq(&a->v[i], &b->v[i]))
			return false;
	return true;
}

/* A THING reads by its version of the day; what is named is that version, or the row that took another one's place. */
static enum err learn_thing(struct learning *l, const struct source *s, const struct later *rows, size_t n)
{
	struct record *then, *now;
	const struct later *by = &rows[0];
	TRY(held_on(l, s->entity, rows->owner, l->r->position, &then));
	TRY(held_on(l, s->entity, rows->owner, 0, &now));
	if (same_thing(s, then, now))
		return E_OK;
	if (now && now->known_from > l->r->position)
		return add_learnt(l, s, rows->owner, now->valid_from, now->known_from, now->id);
	for (size_t i = 1; i < n; i++)
		if (rows[i].known_from >= by->known_from)
			by = &rows[i];
	return add_learnt(l, s, rows->owner, by->valid_from, by->known_from, rows->owner);
}

static enum err learn_from(struct learning *l, const struct source *s)
{
	struct scan scan = {
		.entity = s->entity,
		.at = { l->r->as_of, l->r->position },
		.since = s->since,
		.later = true,
		.numbered = true,
	};
	l->nrows = 0;
	TRY(scan_rows(l->c, &scan, take, l));
	for (size_t i = 0, n; i < l->nrows; i += n) {
		bool concerned;
		for (n = 1; i + n < l->nrows && l->rows[i + n].owner == l->rows[i].owner; n++)
			;
		TRY(concerns(l, s, l->rows[i].owner, &concerned));
		if (concerned && s->entity->kind == THING)
			TRY(learn_thing(l, s, &l->rows[i], n));
		else if (concerned)
			TRY(learn_facts(l, s, l->rows[i].owner));
	}
	return E_OK;
}

enum err learn(struct ctx *c, const struct round *r, struct verdict_on_decision *ret)
{
	struct learning l CLEANUP(learning_release) = { .c = c, .r = r, .ret = ret, .considered = imap_new() };
	for (size_t i = 0; i < r->inside->form.ncolumns; i++)
		add_input(&l, r->inside->form.columns[i].name);
	for (size_t i = 0; i < l.nsources; i++)
		TRY(learn_from(&l, &l.sources[i]));
	return E_OK;
}
