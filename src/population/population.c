/* population.c - what a loaded population answers. */
#include "population/population.h"

#include "base/parallel.h"
#include "population/inside.h"

void population_free(struct population *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->ncolumns; i++)
		free(p->columns[i].v);
	free(p->columns);
	free(p->person);
	imap_free(p->row_of);
	dictionary_release(p);
	arena_release(&p->arena);
	free(p);
}

void population_free_p(struct population **p)
{
	population_free(*p);
	*p = NULL;
}

int64_t population_only(const struct population *p)
{
	return p->only;
}

size_t population_count(const struct population *p)
{
	return p->n;
}

int64_t population_person(const struct population *p, size_t row)
{
	return p->person[row];
}

size_t population_row(const struct population *p, int64_t person)
{
	size_t low = 0, high = p->n;
	int64_t found;
	if (p->row_of)
		return imap_get(p->row_of, person, &found) ? (size_t)found : SIZE_MAX;
	/* Record numbers are given without gaps, so the row is mostly where the number says. */
	if (person >= 1 && (size_t)person <= p->n && p->person[person - 1] == person)
		return (size_t)person - 1;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (p->person[middle] < person)
			low = middle + 1;
		else
			high = middle;
	}
	return low < p->n && p->person[low] == person ? low : SIZE_MAX;
}

static struct loaded *column_of(const struct population *p, const char *name)
{
	for (size_t i = 0; i < p->ncolumns; i++)
		if (text_is(p->columns[i].input->column.name, name))
			return &p->columns[i];
	return NULL;
}

const int32_t *population_column(const struct population *p, const char *name)
{
	const struct loaded *column = column_of(p, name);
	if (!column)
		bug("the column %s was not loaded", name);
	return column->v;
}

const struct input_column *population_declared(const struct population *p, const char *name)
{
	const struct loaded *column = column_of(p, name);
	return column ? &column->input->column : NULL;
}

static void index_people(struct population *p)
{
	imap_free(p->row_of);
	p->row_of = imap_new();
	for (size_t row = 0; row < p->n; row++)
		imap_set(p->row_of, p->person[row], (int64_t)row);
}

void population_keep(struct population *p, const size_t *rows, size_t n)
{
	int64_t *person = xmalloc((n + 1) * sizeof *person);
	for (size_t i = 0; i < n; i++)
		person[i] = p->person[rows[i]];
	free(p->person);
	p->person = person;
	p->n = n;
	for (size_t c = 0; c < p->ncolumns; c++) {
		int32_t *v = xmalloc((n + 1) * sizeof *v);
		for (size_t i = 0; i < n; i++)
			v[i] = p->columns[c].v[rows[i]];
		free(p->columns[c].v);
		p->columns[c].v = v;
	}
	index_people(p);
}

struct population *population_new(size_t n, struct moment at)
{
	struct population *p = xcalloc(1, sizeof *p);
	p->at = at;
	dictionary_init(p);
	p->person = xcalloc(n + 1, sizeof *p->person);
	p->row_of = imap_new();
	p->n = n;
	return p;
}

void population_set_person(struct population *p, size_t row, int64_t person)
{
	p->person[row] = person;
	imap_set(p->row_of, person, (int64_t)row);
}

void population_judge_by(struct population *p, const struct rules *rules, const struct ruleset *policy)
{
	p->rules = rules;
	p->policy = policy;
}

int32_t *population_add(struct population *p, const struct input_column *column)
{
	struct loaded *known = column_of(p, column->name);
	if (known)
		return known->v;
	struct input *in = ARENA_NEW(&p->arena, struct input);
	in->column = *column;
	in->column.name = arena_copy(&p->arena, column->name);
	in->column.of = arena_copy(&p->arena, column->of);
	int32_t *v = xmalloc((p->n + 1) * sizeof *v);
	for (size_t row = 0; row < p->n; row++)
		v[row] = NONE;
	p->columns = xrealloc(p->columns, (p->ncolumns + 1) * sizeof *p->columns);
	p->columns[p->ncolumns++] = (struct loaded){ in, v };
	return v;
}

date population_day(const struct population *p)
{
	return p->at.day;
}

int64_t population_position(const struct population *p)
{
	return p->at.position;
}

const struct rules *population_rules(const struct population *p)
{
	return p->rules;
}

struct ctx *population_ctx(struct population *p)
{
	return p->ctx;
}

const struct param *population_param(const struct population *p, const char *name)
{
	for (size_t i = 0; p->policy && i < p->policy->ncriteria; i++) {
		const struct criterion *c = &p->policy->criteria[i];
		for (int k = 0; c->judge && k < c->judge->nparams; k++)
			if (text_is(c->judge->params[k].name, name) && c->params[k].set)
				return &c->params[k];
	}
	return NULL;
}

struct blocks {
	size_t n;
	enum err (*work)(void *arg, size_t first, size_t count, unsigned worker);
	void *arg;
};

static enum err one_block(void *arg, size_t i, unsigned worker)
{
	struct blocks *b = arg;
	size_t first = i * BLOCK, count = b->n - first < BLOCK ? b->n - first : BLOCK;
	return b->work(b->arg, first, count, worker);
}

enum err population_blocks(size_t n, enum err (*work)(void *arg, size_t first, size_t count, unsigned worker),
			   void *arg)
{
	struct blocks b = { n, work, arg };
	return parallel_for((n + BLOCK - 1) / BLOCK, one_block, &b);
}
