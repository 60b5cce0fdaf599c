/* round_judge.c - from people to outcomes: columns, judges on all cores, overrides. */
#include "decision/inside.h"

/* ---- which columns ---- */

struct names {
	const char **list;
	size_t n, cap;
};

static void want(struct names *x, const char *const *names)
{
	for (; names && *names; names++) {
		bool known = false;
		for (size_t i = 0; i < x->n; i++)
			known = known || text_is(x->list[i], *names);
		if (known)
			continue;
		if (x->n + 1 >= x->cap) {
			x->cap = x->cap ? 2 * x->cap : 32;
			x->list = xrealloc(x->list, x->cap * sizeof *x->list);
		}
		x->list[x->n++] = *names;
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* What the judges of the policy and the kind itself ask for, in order of name; NULL-terminated. */
static const char **round_inputs(const struct round *r, size_t *ret_n)
{
	struct names x = { 0 };
	want(&x, r->kind->inputs_always);
	for (size_t i = 0; i < r->policy->ncriteria; i++) {
		const struct criterion *k = &r->policy->criteria[i];
		want(&x, k->judge ? k->judge->inputs : NULL);
		want(&x, k->judge && k->needs_proved ? k->judge->proofs : NULL);
	}
	if (!x.n)
		bug("a %s round asks for no input", r->kind->name);
	qsort(x.list, x.n, sizeof *x.list, by_text);
	x.list[x.n] = NULL;
	*ret_n = x.n;
	return x.list;
}

static char *copied(struct arena *a, struct str s)
{
	return arena_text(a, s.p, s.n);
}

void form_criteria(struct round *r)
{
	struct seal_form *f = &r->inside->form;
	f->ncriteria = r->policy->ncriteria;
	f->criteria = ARENA_ARRAY(&r->arena, struct seal_form_criterion, f->ncriteria + 1);
	for (size_t i = 0; i < f->ncriteria; i++) {
		const struct criterion *k = &r->policy->criteria[i];
		f->criteria[i] = (struct seal_form_criterion){
			.name = copied(&r->arena, k->name),
			.judge = copied(&r->arena, k->judge_name),
			.value = k->judge ? k->judge->value : V_NONE,
			.of = k->judge && k->judge->value_of ? k->judge->value_of : "",
			.confidential = k->confidential,
		};
	}
	seal_form_sort(f, &r->arena);
}

static void form_columns(struct round *r, const char *const *names, size_t n)
{
	struct seal_form *f = &r->inside->form;
	f->columns = ARENA_ARRAY(&r->arena, struct input_column, n + 1);
	f->ncolumns = n;
	for (size_t i = 0; i < n; i++)
		f->columns[i] = *population_declared(r->population, names[i]);
}

/* ---- who ---- */

static int by_number(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int order = str_cmp(x->number, y->number);
	return order ? order : (x->person > y->person) - (x->person < y->person);
}

static enum err choose(struct ctx *c, struct round *r, const struct imap *keep, bool *take)
{
	size_t n = population_count(r->population);
	int64_t unused;
	if (!keep)
		return r->kind->consider(r->population, r->inside->unit, take, c->problems);
	for (size_t row = 0; row < n; row++)
		take[row] = imap_get(keep, population_person(r->population, row), &unused);
	return E_OK;
}

static void fill_candidates(struct round *r, const struct keys *keys, const bool *take)
{
	size_t all = population_count(r->population);
	r->n = 0;
	r->candidates = xcalloc(all + 1, sizeof *r->candidates);
	for (size_t row = 0; row < all; row++) {
		int64_t person = population_person(r->population, row);
		if (!take[row])
			continue;
		struct str number = keys ? keys_text(keys, person) : (struct str){ 0 };
		r->candidates[r->n++] =
			(struct candidate){ .person = person, .number = round_kept(r, number), .row = row };
	}
	qsort(r->candidates, r->n, sizeof *r->candidates, by_number);
	r->candidates = xrealloc(r->candidates, (r->n + 1) * sizeof *r->candidates);
}

static enum err step_block(void *arg, size_t first, size_t count, unsigned worker)
{
	struct round *r = arg;
	(void)worker;
	for (size_t i = first; i < first + count; i++)
		r->kind->step(r->population, i, &r->candidates[i].now, &r->candidates[i].next);
	return E_OK;
}

static enum err keep_rows(struct round *r)
{
	size_t *rows = xmalloc((r->n + 1) * sizeof *rows);
	for (size_t i = 0; i < r->n; i++)
		rows[i] = r->candidates[i].row;
	population_keep(r->population, rows, r->n);
	free(rows);
	round_index(r);
	return population_blocks(r->n, step_block, r);
}

static void free_keys(struct keys **k)
{
	keys_free(*k);
}

/* Nobody's number but the one asked for is looked up. */
static enum err number_of_one(struct ctx *c, struct round *r, int64_t position)
{
	struct str number;
	TRY(key_text(c, r->kind->inputs->person, r->inside->person, position, &number));
	r->candidates[0].number = round_kept(r, number);
	return E_OK;
}

static enum err load(struct ctx *c, struct round *r, int64_t position, const struct imap *keep,
		     const char *const *names)
{
	struct population_ask ask = { .inputs = r->kind->inputs,
				      .names = names,
				      .at = { r->as_of, position },
				      .person = r->inside->person,
				      .supposed = r->inside->supposed,
				      .rules = r->rules,
				      .policy = r->policy };
	struct keys *keys CLEANUP(free_keys) = NULL;
	TRY(population_load(c, &ask, &r->population));
	r->position = population_position(r->population);
	if (!r->inside->person)
		TRY(keys_load(c, r->kind->inputs->person, position, &keys));
	bool *take = xcalloc(population_count(r->population) + 1, sizeof *take);
	enum err e = choose(c, r, keep, take);
	if (e == E_OK)
		fill_candidates(r, keys, take);
	free(take);
	if (e == E_OK && r->inside->person && r->n)
		e = number_of_one(c, r, position);
	return e;
}

enum err round_load(struct ctx *c, struct round *r, int64_t position, const struct imap *keep)
{
	size_t n;
	const char **names = round_inputs(r, &n);
	enum err e = load(c, r, position, keep, names);
	if (e == E_OK)
		e = keep_rows(r);
	if (e == E_OK) {
		form_columns(r, names, n);
		form_criteria(r);
	}
	free(names);
	return e;
}

/* ---- judging ---- */

static bool columns_of(const struct round *r, const char *const *names, const int32_t **v,
		       const struct input_column **columns, int *ret_n)
{
	int n = 0;
	for (; names && *names; names++, n++) {
		const struct input_column *column = population_declared(r->population, *names);
		if (n == JUDGE_INPUTS)
			bug("a judge asks for more than %d inputs", JUDGE_INPUTS);
		if (!column)
			return false;
		v[n] = population_column(r->population, *names);
		if (columns)
			columns[n] = column;
	}
	*ret_n = n;
	return true;
}

static enum err prepare_one(struct round *r, const struct criterion *k, struct judging *x, struct problems *p)
{
	int n;
	if (!k->judge) {
		problem_at(
			p, NULL, 0, NULL,
			"the judge %.*s of the criterion %.*s is not known to this program; use the version of Merit "
			"that brought it, or a newer one",
			(int)k->judge_name.n, k->judge_name.p, (int)k->name.n, k->name.p);
		return E_UNKNOWN;
	}
	if (!columns_of(r, k->judge->inputs, x->in, x->columns, &n) ||
	    !columns_of(r, k->needs_proved ? k->judge->proofs : NULL, x->proofs, NULL, &x->nproofs)) {
		problem_at(p, NULL, 0, NULL, "the inputs of the criterion %.*s are not all there; run `merit verify`",
			   (int)k->name.n, k->name.p);
		return E_INVALID;
	}
	if (k->judge->prepare)
		TRY(k->judge->prepare(r->rules, k, population_codes(r->population), &r->arena, p, &x->prepared));
	x->ready = true;
	return E_OK;
}

enum err round_prepare(struct round *r, struct problems *p)
{
	enum err worst = E_OK;
	r->inside->judging = ARENA_ARRAY(&r->arena, struct judging, r->policy->ncriteria + 1);
	for (size_t i = 0; i < r->policy->ncriteria; i++) {
		enum err e = prepare_one(r, &r->policy->criteria[i], &r->inside->judging[i], p);
		if (e == E_UNKNOWN)
			worst = e;
		else
			TRY(e);
	}
	return worst;
}

static size_t block_count(const struct round *r, size_t block)
{
	return r->n - block * BLOCK < BLOCK ? r->n - block * BLOCK : BLOCK;
}

struct judge_block round_block(const struct round *r, size_t criterion, size_t block, const int32_t **in,
			       struct verdicts *out)
{
	const struct judging *x = &r->inside->judging[criterion];
	for (int i = 0; i < JUDGE_INPUTS && x->in[i]; i++)
		in[i] = x->in[i] + block * BLOCK;
	return (struct judge_block){ .n = block_count(r, block),
				     .as_of = r->as_of,
				     .in = in,
				     .prepared = x->prepared,
				     .out = out,
				     .columns = x->columns };
}

struct verdicts *verdicts_new(void)
{
	struct verdicts *v = xmalloc(sizeof *v);
	memset(v->met, NOT_ASKED, sizeof v->met);
	memset(v->reason, 0, sizeof v->reason);
	for (size_t i = 0; i < BLOCK; i++)
		v->value[0][i] = v->value[1][i] = v->complete_on[i] = NONE;
	return v;
}

/* A verdict on facts that are only claimed is none, where the policy asks for proof. */
static void ask_proof(const struct judging *x, size_t first, size_t n, struct verdicts *v)
{
	for (int p = 0; p < x->nproofs; p++)
		for (size_t i = 0; i < n; i++) {
			int32_t proof = x->proofs[p][first + i];
			if ((v->met[i] != YES && v->met[i] != NO) || (proof != NONE && proof > 0))
				continue;
			v->met[i] = LACKING;
			v->reason[i] = UNPROVED;
		}
}

static void clear_one(struct verdicts *v, size_t at)
{
	v->met[at] = NOT_ASKED;
	v->reason[at] = 0;
	v->value[0][at] = v->value[1][at] = v->complete_on[at] = NONE;
}

static enum outcome outcome_of(const struct verdicts *const *by_criterion, size_t ncriteria, size_t at)
{
	bool lacking = false;
	for (size_t i = 0; i < ncriteria; i++) {
		if (by_criterion[i]->met[at] == NO)
			return NOT_YET;
		lacking = lacking || by_criterion[i]->met[at] == LACKING;
	}
	return lacking ? INCOMPLETE : MEETS;
}

struct judge_work {
	const struct round *r;
	struct judgement *j;
};

static enum err judge_one_block(void *arg, size_t first, size_t count, unsigned worker)
{
	struct judge_work *w = arg;
	const struct round *r = w->r;
	const int32_t *in[JUDGE_INPUTS];
	const struct verdicts *all[CRITERIA_MOST];
	bool other[BLOCK];
	size_t nblocks = r->nblocks, block = first / BLOCK, n = r->policy->ncriteria;
	(void)worker;
	for (size_t i = 0; i < n; i++) {
		struct verdicts *v = w->j->verdicts[i * nblocks + block] = verdicts_new();
		struct judge_block b = round_block(r, i, block, in, v);
		all[i] = v;
		if (!r->inside->judging[i].ready)
			continue;
		r->policy->criteria[i].judge->judge(&b);
		ask_proof(&r->inside->judging[i], first, count, v);
	}
	r->kind->other_kind(r->population, r->policy, first, count, other);
	for (size_t at = 0; at < count; at++) {
		for (size_t i = 0; other[at] && i < n; i++)
			clear_one(w->j->verdicts[i * nblocks + block], at);
		w->j->judged[first + at] = (unsigned char)(other[at] ? OTHER_KIND : outcome_of(all, n, at));
	}
	return E_OK;
}

enum err round_judge(const struct round *r, struct judgement *ret)
{
	struct judgement j = { .n = r->policy->ncriteria * r->nblocks };
	struct judge_work w = { r, &j };
	if (r->policy->ncriteria > CRITERIA_MOST)
		bug("a policy with more than %d criteria", CRITERIA_MOST);
	j.verdicts = xcalloc(j.n + 1, sizeof *j.verdicts);
	j.judged = xcalloc(r->n + 1, 1);
	enum err e = population_blocks(r->n, judge_one_block, &w);
	if (e == E_OK)
		*ret = j;
	else
		judgement_release(&j);
	return e;
}

void judgement_release(struct judgement *j)
{
	for (size_t i = 0; j->verdicts && i < j->n; i++)
		free(j->verdicts[i]);
	free(j->verdicts);
	free(j->judged);
	*j = (struct judgement){ 0 };
}

static bool same_column(const struct input_column *a, const struct input_column *b)
{
	return a->type == b->type && a->confidential == b->confidential && (a->type != I_CODE || text_is(a->of, b->of));
}

const char *round_misfit(const struct round *r)
{
	const struct seal_form *f = &r->inside->form;
	if (f->ncriteria != r->policy->ncriteria)
		return "its criteria are not those of its policy";
	for (size_t i = 0; i < f->ncriteria; i++)
		if (!str_is(r->policy->criteria[i].name, f->criteria[i].name) ||
		    !str_is(r->policy->criteria[i].judge_name, f->criteria[i].judge) ||
		    r->policy->criteria[i].confidential != f->criteria[i].confidential)
			return "its criteria are not those of its policy";
	for (size_t i = 0; i < f->ncolumns; i++) {
		const struct input *known = inputs_find(r->kind->inputs, f->columns[i].name);
		if (known && !same_column(&known->column, &f->columns[i]))
			return "a column is not of the type of its input";
	}
	for (const char *const *name = r->kind->inputs_always; *name; name++)
		if (!population_declared(r->population, *name))
			return "a column that every round of its kind holds is missing";
	return NULL;
}

struct verdicts *round_verdicts(const struct round *r, size_t criterion, const struct candidate *k)
{
	return r->verdicts[criterion * r->nblocks + k->block];
}
