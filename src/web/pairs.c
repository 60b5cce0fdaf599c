/* pairs.c - a growing list of names and values, and reading them from name=value&name=value. */
#include "web/pairs.h"

#include "base/arena.h"
#include "web/target.h"

void pairs_add(struct arena *a, struct pairs *p, struct str name, struct str value)
{
	ARENA_GROW(a, p->list, p->n, &p->cap);
	p->list[p->n++] = (struct pair){ name, value };
}

struct str pairs_last(const struct pairs *p, const char *name)
{
	for (size_t i = p->n; i-- > 0;)
		if (str_is(p->list[i].name, name))
			return p->list[i].value;
	return (struct str){ NULL, 0 };
}

struct str pairs_first(const struct pairs *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_is(p->list[i].name, name))
			return p->list[i].value;
	return (struct str){ NULL, 0 };
}

bool pairs_cut(struct str *rest, struct str *ret_part)
{
	size_t n = 0;
	while (rest->n && n == 0) {
		const char *end = memchr(rest->p, '&', rest->n);
		n = end ? (size_t)(end - rest->p) : rest->n;
		*ret_part = (struct str){ rest->p, n };
		size_t taken = n + (end != NULL);
		*rest = (struct str){ rest->p + taken, rest->n - taken };
	}
	return n > 0;
}

bool pairs_split(struct arena *a, struct str part, struct pair *ret)
{
	const char *is = memchr(part.p, '=', part.n);
	struct str name = { part.p, is ? (size_t)(is - part.p) : part.n };
	struct str value = { is ? is + 1 : part.p + part.n, is ? part.n - name.n - 1 : 0 };
	return target_decode(a, name, true, &ret->name) && target_decode(a, value, true, &ret->value);
}
