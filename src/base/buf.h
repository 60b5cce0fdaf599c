/* buf.h - a growable run of bytes, always followed by a NUL that does not count. */
#ifndef MERIT_BASE_BUF_H
#define MERIT_BASE_BUF_H

#include "base/attr.h"

#include <stdarg.h>
#include <stddef.h>

struct buf {
	char *p; /* never NULL after the first verb; owned */
	size_t n, cap;
};

#define BUF_INIT                                                                                                       \
	{                                                                                                              \
		0                                                                                                      \
	}

void buf_release(struct buf *b);        /* frees; fit for CLEANUP */
void buf_reset(struct buf *b);          /* n = 0, keeps the memory */
void buf_grow(struct buf *b, size_t n); /* buf_more()'s, when there is no room */
void buf_add(struct buf *b, const void *p, size_t n);
void buf_text(struct buf *b, const char *s);
void buf_int(struct buf *b, long long v);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
void buf_vprintf(struct buf *b, const char *fmt, va_list ap) PRINTF(2, 0);
const char *buf_str(struct buf *b); /* NUL-terminated view */

/* Room for n more bytes; the caller fills it and adds to b->n. In the header, since all that is hashed, drawn or
 * exported is put together here, a few bytes at a time. */
static inline char *buf_more(struct buf *b, size_t n)
{
	if (b->cap - b->n <= n)
		buf_grow(b, n);
	return b->p + b->n;
}
static inline void buf_char(struct buf *b, char c)
{
	char *at = buf_more(b, 1);
	at[0] = c;
	at[1] = 0;
	b->n++;
}

#endif
