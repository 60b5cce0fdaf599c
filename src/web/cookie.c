/* cookie.c - cookies (RFC 6265). */
#include "web/cookie.h"

static bool letter(char c)
{
	return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

static bool clean(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!letter(s.p[i]))
			return false;
	return true;
}

void cookies_read(struct arena *a, struct str header, struct pairs *ret)
{
	while (header.n && ret->n < LIMIT_QUERY) {
		const char *end = memchr(header.p, ';', header.n);
		struct str part = str_trim((struct str){ header.p, end ? (size_t)(end - header.p) : header.n });
		const char *is = part.n ? memchr(part.p, '=', part.n) : NULL;
		if (is && is > part.p) {
			struct str name = { part.p, (size_t)(is - part.p) };
			struct str value = { is + 1, part.n - name.n - 1 };
			if (clean(name) && clean(value) && target_decode(a, value, false, &value))
				pairs_add(a, ret, name, value);
		}
		size_t n = end ? (size_t)(end - header.p) + 1 : header.n;
		header = (struct str){ header.p + n, header.n - n };
	}
}

struct str cookie_write(struct arena *a, const struct cookie *c)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	buf_printf(&b, "%s=", c->name);
	url_add(&b, c->value);
	buf_text(&b, "; Path=/; HttpOnly; SameSite=");
	buf_text(&b, c->strict ? "Strict" : "Lax");
	if (c->secure)
		buf_text(&b, "; Secure");
	if (c->life > 0)
		buf_printf(&b, "; Max-Age=%d", c->life);
	if (c->life < 0)
		buf_text(&b, "; Max-Age=0");
	return (struct str){ arena_text(a, buf_str(&b), b.n), b.n };
}
