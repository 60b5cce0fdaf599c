/* address.c - this page's own address with something in it changed. */
#include "face/inside.h"

struct str text_of(struct request *q, const struct buf *b)
{
	return (struct str){ b->n ? arena_text(q->arena, b->p, b->n) : "", b->n };
}

const char *terminated(struct request *q, struct str s)
{
	return arena_text(q->arena, s.p, s.n);
}

struct str address_path(const struct request *q)
{
	struct str s = request_target(q);
	const char *end = s.n ? memchr(s.p, '?', s.n) : NULL;
	return (struct str){ s.p, end ? (size_t)(end - s.p) : s.n };
}

static bool named(const char *const *names, struct str name)
{
	for (; names && *names; names++)
		if (str_is(name, *names))
			return true;
	return false;
}

struct str text_until(struct str *rest, char end)
{
	const char *p = memchr(rest->p, end, rest->n);
	struct str first = { rest->p, p ? (size_t)(p - rest->p) : rest->n };
	size_t gone = first.n + (p != NULL);
	*rest = (struct str){ rest->p + gone, rest->n - gone };
	return first;
}

struct str address_with(struct request *q, const char *const *without, const struct pair *with, size_t n)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT;
	struct str path = address_path(q), rest = request_target(q);
	const char *gap = "?";
	buf_add(&out, path.p, path.n);
	rest = rest.n > path.n ? (struct str){ rest.p + path.n + 1, rest.n - path.n - 1 } : (struct str){ 0 };
	while (rest.n) {
		struct str pair = text_until(&rest, '&'), value = pair;
		struct str name = text_until(&value, '=');
		bool replaced = named(without, name);
		for (size_t i = 0; i < n && !replaced; i++)
			replaced = str_eq(with[i].name, name);
		if (replaced || !value.n)
			continue;
		buf_text(&out, gap);
		buf_add(&out, pair.p, pair.n);
		gap = "&";
	}
	for (size_t i = 0; i < n; i++) {
		if (!with[i].value.n)
			continue;
		buf_text(&out, gap);
		url_add(&out, with[i].name);
		buf_char(&out, '=');
		url_add(&out, with[i].value);
		gap = "&";
	}
	return text_of(q, &out);
}
