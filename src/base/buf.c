/* buf.c - a growable run of bytes. */
#include "base/buf.h"
#include "base/arena.h"
#include "base/error.h"

#include <stdint.h>

void buf_release(struct buf *b)
{
	free(b->p);
	*b = (struct buf)BUF_INIT;
}

void buf_grow(struct buf *b, size_t n)
{
	if (n > PTRDIFF_MAX / 2 - b->n)
		bug("a run of %zu bytes is to grow by %zu", b->n, n);
	size_t need = b->n + n + 1, twice = b->cap * 2;
	b->cap = need > twice ? (need + 63) & ~(size_t)63 : twice;
	b->p = xrealloc(b->p, b->cap);
	b->p[b->n] = 0;
}

void buf_reset(struct buf *b)
{
	b->n = 0;
	*buf_more(b, 0) = 0;
}

void buf_add(struct buf *b, const void *p, size_t n)
{
	char *at = buf_more(b, n);
	if (n)
		memcpy(at, p, n);
	at[n] = 0;
	b->n += n;
}

void buf_text(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_int(struct buf *b, long long v)
{
	char digits[24], *at = digits + sizeof digits;
	unsigned long long left = v < 0 ? 0 - (unsigned long long)v : (unsigned long long)v;
	do
		*--at = (char)('0' + left % 10);
	while (left /= 10);
	if (v < 0)
		*--at = '-';
	buf_add(b, at, (size_t)(digits + sizeof digits - at));
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

void buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	va_copy(again, ap);
	size_t room = b->p ? b->cap - b->n : 0;
	int n = vsnprintf(b->p ? b->p + b->n : NULL, room, fmt, again);
	va_end(again);
	if (n < 0)
		bug("a text cannot be formatted: %s", fmt);
	if ((size_t)n >= room)
		vsnprintf(buf_more(b, (size_t)n), (size_t)n + 1, fmt, ap);
	b->n += (size_t)n;
}

const char *buf_str(struct buf *b)
{
	*buf_more(b, 0) = 0;
	return b->p;
}
