/* pace.c - a sliding mean a row. */
#include "web/pace.h"

#include "base/arena.h"

#include <stdatomic.h>

#define SLOW_US 3000
#define QUICK_US 1500

struct row {
	const struct page *page;
	_Atomic int64_t usual; /* microseconds, times eight */
	atomic_bool slow;
};
struct pace {
	struct row *rows; /* by address */
	size_t n;
};

static int by_address(const void *a, const void *b)
{
	uintptr_t x = (uintptr_t)((const struct row *)a)->page, y = (uintptr_t)((const struct row *)b)->page;
	return (x > y) - (x < y);
}

struct pace *pace_new(const struct site *s)
{
	struct pace *p = xcalloc(1, sizeof *p);
	for (const struct page *const *list = s->pages; *list; list++)
		for (const struct page *x = *list; x->path; x++)
			p->n++;
	p->rows = xcalloc(p->n + 1, sizeof *p->rows);
	size_t i = 0;
	for (const struct page *const *list = s->pages; *list; list++)
		for (const struct page *x = *list; x->path; x++, i++) {
			p->rows[i].page = x;
			atomic_init(&p->rows[i].usual, 2 * SLOW_US * 8);
			atomic_init(&p->rows[i].slow, true);
		}
	qsort(p->rows, p->n, sizeof *p->rows, by_address);
	return p;
}

void pace_free(struct pace *p)
{
	if (!p)
		return;
	free(p->rows);
	free(p);
}

static struct row *row_of(const struct pace *p, const struct page *page)
{
	struct row key = { .page = page };
	return bsearch(&key, p->rows, p->n, sizeof *p->rows, by_address);
}

bool pace_is_slow(const struct pace *p, const struct page *page)
{
	struct row *r = row_of(p, page);
	return !r || atomic_load_explicit(&r->slow, memory_order_relaxed);
}

/* Two threads at once may lose one of their numbers: a mean bears that. */
void pace_took(struct pace *p, const struct page *page, int64_t us)
{
	struct row *r = row_of(p, page);
	if (!r)
		return;
	int64_t usual = atomic_load_explicit(&r->usual, memory_order_relaxed);
	usual += us - usual / 8;
	atomic_store_explicit(&r->usual, usual, memory_order_relaxed);
	if (usual / 8 > SLOW_US)
		atomic_store_explicit(&r->slow, true, memory_order_relaxed);
	else if (usual / 8 < QUICK_US)
		atomic_store_explicit(&r->slow, false, memory_order_relaxed);
}

int64_t pace_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}
