/* squeeze.c - gzip by zlib, its memory kept from one page to the next. */
#include "web/squeeze.h"

#include "base/error.h"

#include <zlib.h>

#define GZIP_WINDOW (15 + 16)
#define LEVEL_PAGE 4
#define LEVEL_LONG 1 /* a loop has others to serve */
#define LONG (128 << 10)
#define LEVEL_ASSET 9

struct squeeze {
	z_stream stream;
	int level;
};

struct squeeze *squeeze_new(void)
{
	struct squeeze *s = xcalloc(1, sizeof *s);
	s->level = LEVEL_PAGE;
	if (deflateInit2(&s->stream, LEVEL_PAGE, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		bug("zlib cannot be set up");
	return s;
}

void squeeze_free(struct squeeze *s)
{
	if (!s)
		return;
	deflateEnd(&s->stream);
	free(s);
}

static bool run(struct squeeze *s, struct str body, int level, struct buf *ret)
{
	z_stream *z = &s->stream;
	deflateReset(z);
	if (level != s->level)
		deflateParams(z, level, Z_DEFAULT_STRATEGY);
	s->level = level;
	buf_reset(ret);
	size_t room = body.n - body.n / 16;
	union {
		const char *in;
		unsigned char *out;
	} p = { .in = body.p };
	z->next_in = p.out;
	z->avail_in = (unsigned)body.n;
	p.in = buf_more(ret, room);
	z->next_out = p.out;
	z->avail_out = (unsigned)room;
	bool whole = deflate(z, Z_FINISH) == Z_STREAM_END;
	ret->n = whole ? room - z->avail_out : 0;
	return whole;
}

bool squeeze_gzip(struct squeeze *s, struct str body, struct buf *ret)
{
	return run(s, body, body.n > LONG ? LEVEL_LONG : LEVEL_PAGE, ret);
}

struct squeezed {
	const struct asset *assets;
	struct buf *bytes; /* one an asset */
	size_t n;
};

struct squeezed *squeeze_assets(const struct asset *assets)
{
	struct squeezed *s = xcalloc(1, sizeof *s);
	struct squeeze *z = squeeze_new();
	size_t n = 0;
	while (assets && assets[n].path)
		n++;
	s->assets = assets;
	s->n = n;
	s->bytes = xcalloc(n + 1, sizeof *s->bytes);
	for (size_t i = 0; i < n; i++)
		if (assets[i].size > 256)
			(void)run(z, (struct str){ (const char *)assets[i].bytes, assets[i].size }, LEVEL_ASSET,
				  &s->bytes[i]);
	squeeze_free(z);
	return s;
}

struct str squeeze_asset(const struct squeezed *s, const struct asset *a)
{
	const struct buf *b = &s->bytes[a - s->assets];
	return (struct str){ b->p, b->n };
}

void squeeze_assets_free(struct squeezed *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n; i++)
		buf_release(&s->bytes[i]);
	free(s->bytes);
	free(s);
}
