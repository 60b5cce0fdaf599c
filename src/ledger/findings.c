/* findings.c - what an audit found, the first thousand in words. */
#include "ledger/audit.h"

#include <pthread.h>

#define KEPT 1000

void findings_init(struct findings *f)
{
	pthread_mutex_t *lock = xmalloc(sizeof *lock);
	if (pthread_mutex_init(lock, NULL) != 0)
		bug("a lock cannot be made");
	*f = (struct findings){ .lock = lock };
	arena_init(&f->arena);
}

void findings_release(struct findings *f)
{
	if (!f->lock)
		return;
	pthread_mutex_destroy(f->lock);
	free(f->lock);
	free(f->list);
	arena_release(&f->arena);
	*f = (struct findings){ 0 };
}

void finding_add(struct findings *f, const char *table, int64_t row, int64_t entry, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	pthread_mutex_lock(f->lock);
	f->count++;
	if (f->kept < KEPT) {
		if (f->kept == f->cap) {
			f->cap = f->cap == 0 ? 16 : 2 * f->cap;
			f->list = xrealloc(f->list, f->cap * sizeof *f->list);
		}
		f->list[f->kept++] = (struct finding){ arena_copy(&f->arena, table), row, entry,
						       arena_vprintf(&f->arena, say(f->lang, fmt), ap) };
	}
	pthread_mutex_unlock(f->lock);
	va_end(ap);
}
