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

/* The next one, without its words; NULL when a thousand are kept. The lock is held. */
static struct finding *take(struct findings *f, const char *table, int64_t row, int64_t entry)
{
	f->count++;
	if (f->kept == KEPT)
		return NULL;
	if (f->kept == f->cap) {
		f->cap = f->cap == 0 ? 16 : 2 * f->cap;
		f->list = xrealloc(f->list, f->cap * sizeof *f->list);
	}
	struct finding *x = &f->list[f->kept++];
	*x = (struct finding){ .table = arena_copy(&f->arena, table), .row = row, .entry = entry };
	return x;
}

PRINTF(3, 0)
static const char *filled(struct findings *f, const struct lang *l, const char *fmt, va_list ap)
{
	va_list copy;
	va_copy(copy, ap);
	const char *text = arena_vprintf(&f->arena, say(l, fmt), copy);
	va_end(copy);
	return text;
}

static const char **room_for_all(struct findings *f)
{
	size_t n = 0;
	while (langs[n])
		n++;
	return ARENA_ARRAY(&f->arena, const char *, n + 1);
}

void finding_add(struct findings *f, const char *table, int64_t row, int64_t entry, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	pthread_mutex_lock(f->lock);
	struct finding *x = take(f, table, row, entry);
	if (x)
		x->what = filled(f, f->lang, fmt, ap);
	if (x && x == f->list) {
		x->in = room_for_all(f);
		for (size_t i = 0; langs[i]; i++)
			x->in[i] = filled(f, langs[i], fmt, ap);
	}
	pthread_mutex_unlock(f->lock);
	va_end(ap);
}

static const char *said(struct findings *f, const struct lang *l, const char *column, const char *sentence)
{
	return arena_printf(&f->arena, "%s%s%s", column ? column : "", column ? ": " : "", say(l, sentence));
}

void finding_said(struct findings *f, const char *table, int64_t row, int64_t entry, const char *column,
		  const char *sentence)
{
	pthread_mutex_lock(f->lock);
	struct finding *x = take(f, table, row, entry);
	if (x)
		x->what = said(f, f->lang, column, sentence);
	if (x && x == f->list) {
		x->in = room_for_all(f);
		for (size_t i = 0; langs[i]; i++)
			x->in[i] = said(f, langs[i], column, sentence);
	}
	pthread_mutex_unlock(f->lock);
}
