/* arena.c - memory in chunks, given back all at once; allocation that cannot fail. */
#include "base/arena.h"
#include "base/error.h"

#include <stdint.h>
#include <unistd.h>

#define BLOCK_FIRST ((size_t)4096)
#define BLOCK_MOST ((size_t)1 << 20)
#define ALIGN (_Alignof(max_align_t))
#define GROW_FIRST ((size_t)8)

struct arena_block {
	struct arena_block *older;
	size_t size;
	max_align_t bytes[];
};

static _Noreturn void out_of_memory(size_t n)
{
	fprintf(stderr, "merit: out of memory, %zu bytes were asked for; give the process more memory\n", n);
	_exit(3);
}

void *xmalloc(size_t n)
{
	void *p = malloc(n ? n : 1);
	if (!p)
		out_of_memory(n);
	return p;
}

void *xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);
	if (!p)
		out_of_memory(n * size);
	return p;
}

void *xrealloc(void *p, size_t n)
{
	p = realloc(p, n ? n : 1);
	if (!p)
		out_of_memory(n);
	return p;
}

char *xstrdup(const char *s)
{
	size_t n = strlen(s) + 1;
	return memcpy(xmalloc(n), s, n);
}

void arena_init(struct arena *a)
{
	*a = (struct arena)ARENA_INIT;
}

static void free_blocks(struct arena_block *b)
{
	while (b) {
		struct arena_block *older = b->older;
		free(b);
		b = older;
	}
}

void arena_release(struct arena *a)
{
	free_blocks(a->first);
	*a = (struct arena){ .cap = a->cap };
}

void arena_reset(struct arena *a)
{
	a->used = 0;
	if (!a->first)
		return;
	free_blocks(a->first->older);
	a->first->older = NULL;
	a->at = (char *)a->first->bytes;
}

static void add_block(struct arena *a, size_t n)
{
	size_t size = a->first ? a->first->size * 2 : BLOCK_FIRST;
	size = size > BLOCK_MOST ? BLOCK_MOST : size;
	size = size < n ? n : size;
	if (size > PTRDIFF_MAX - sizeof(struct arena_block))
		out_of_memory(n);
	struct arena_block *b = xmalloc(sizeof *b + size);
	b->older = a->first;
	b->size = size;
	a->first = b;
	a->at = (char *)b->bytes;
	a->end = a->at + size;
}

static char *take(struct arena *a, size_t n)
{
	if (n > PTRDIFF_MAX / 2)
		out_of_memory(n);
	n = (n + ALIGN - 1) & ~(ALIGN - 1);
	if ((size_t)(a->end - a->at) < n)
		add_block(a, n);
	char *p = a->at;
	a->at += n;
	a->used += n;
	if (a->cap && a->used > a->cap)
		bug("an arena of at most %zu bytes was asked for %zu", a->cap, a->used);
	return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
	return memset(take(a, n ? n : 1), 0, n);
}

void *arena_grow(struct arena *a, void *list, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return list;
	*cap = *cap ? 2 * *cap : GROW_FIRST;
	char *more = take(a, *cap * size);
	if (n)
		memcpy(more, list, n * size);
	memset(more + n * size, 0, (*cap - n) * size);
	return more;
}

char *arena_text(struct arena *a, const char *p, size_t n)
{
	char *copy = take(a, n + 1);
	if (n)
		memcpy(copy, p, n);
	copy[n] = 0;
	return copy;
}

char *arena_copy(struct arena *a, const char *text)
{
	return text ? arena_text(a, text, strlen(text)) : NULL;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	char *s = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return s;
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		bug("a text cannot be formatted: %s", fmt);
	char *s = take(a, (size_t)n + 1);
	vsnprintf(s, (size_t)n + 1, fmt, ap);
	return s;
}
