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
	dictionary_release(p);
	arena_release(&p->arena);
	free(p);
}

void population_free_p(struct population **p)
{
	population_free(*p);
	*p = NULL;
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

const int32_t *population_column(const struct population *p, const char *name)
{
	for (size_t i = 0; i < p->ncolumns; i++)
		if (text_is(p->columns[i].input->column.name, name))
			return p->columns[i].v;
	bug("the column %s was not loaded", name);
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
