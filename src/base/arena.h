/* arena.h - memory with one end: many allocations, freed together.
 *
 * Running out of memory ends the process; there are no out-of-memory branches anywhere. An arena with a cap ends the
 * process when it is passed, so request arenas are guarded by limits on what enters them.
 */
#ifndef MERIT_BASE_ARENA_H
#define MERIT_BASE_ARENA_H

#include "base/attr.h"

#include <stdarg.h>
#include <stddef.h>

struct arena_block;
struct arena {
	struct arena_block *first; /* newest block */
	char *at, *end;            /* free part of it */
	size_t used;               /* bytes handed out since init or reset */
	size_t cap;                /* the most it may hand out, set after init; 0: no limit */
};

#define ARENA_INIT                                                                                                     \
	{                                                                                                              \
		0                                                                                                      \
	}

void arena_init(struct arena *a);
void arena_release(struct arena *a);          /* frees all; fit for CLEANUP */
void arena_reset(struct arena *a);            /* forgets all, keeps one block for the next row or request */
void *arena_alloc(struct arena *a, size_t n); /* zeroed, aligned for any object */
char *arena_text(struct arena *a, const char *p, size_t n); /* a copy with NUL after it */
char *arena_copy(struct arena *a, const char *text);        /* NULL gives NULL */
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap) PRINTF(2, 0);

/* A list with room for one more: as it stands while n < *cap, else a copy with twice the room, which *cap then is. An
 * empty list is NULL with *cap 0. The room beyond n is zeroed. */
void *arena_grow(struct arena *a, void *list, size_t n, size_t *cap, size_t size);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(n)))
/* list[n] may be written. */
#define ARENA_GROW(arena, list, n, cap) ((list) = arena_grow((arena), (list), (n), (cap), sizeof *(list)))

/* malloc family that ends the process when memory is out. */
void *xmalloc(size_t n);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n);
char *xstrdup(const char *s);

#endif
