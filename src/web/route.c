/* route.c - the tree of path segments. */
#include "web/route.h"

#include "web/inside.h"

struct node {
	struct str literal; /* empty: takes any segment */
	struct node *child, *any, *next;
	const struct page *rows[ROUTE_ROWS];
	size_t nrows;
};

struct routes {
	struct arena arena;
	struct node top;
};

/* ---- segments ---- */

/* The part up to the next slash; *rest is what follows it. False when nothing is left. */
static bool cut(struct str *rest, struct str *ret)
{
	if (rest->n == 0)
		return false;
	const char *slash = memchr(rest->p, '/', rest->n);
	size_t n = slash ? (size_t)(slash - rest->p) : rest->n;
	*ret = (struct str){ rest->p, n };
	*rest = slash ? (struct str){ slash + 1, rest->n - n - 1 } : (struct str){ rest->p + n, 0 };
	return true;
}

static bool is_brace(struct str segment)
{
	return segment.n > 2 && segment.p[0] == '{' && segment.p[segment.n - 1] == '}';
}

struct str route_name(const struct page *p, size_t i)
{
	struct str rest = str_of(p->path + 1), segment;
	while (cut(&rest, &segment))
		if (is_brace(segment) && i-- == 0)
			return (struct str){ segment.p + 1, segment.n - 2 };
	bug("%s has fewer names in braces than were found", p->path);
}

/* ---- making ---- */

static struct node *child_of(struct routes *r, struct node *n, struct str segment)
{
	if (is_brace(segment)) {
		if (!n->any)
			n->any = ARENA_NEW(&r->arena, struct node);
		return n->any;
	}
	for (struct node *c = n->child; c; c = c->next)
		if (str_eq(c->literal, segment))
			return c;
	struct node *new = ARENA_NEW(&r->arena, struct node);
	new->literal = segment;
	new->next = n->child;
	n->child = new;
	return new;
}

static bool collides(const struct page *a, const struct page *b)
{
	bool same = strcmp(a->method ? a->method : "POST", b->method ? b->method : "POST") == 0;
	return (a->draw && b->draw) || (a->write && b->write && same);
}

static void add(struct routes *r, const struct page *p)
{
	struct node *n = &r->top;
	struct str rest = str_of(p->path + 1), segment;
	size_t depth = 0;
	if (p->path[0] != '/')
		bug("the path %s does not begin with a slash", p->path);
	for (; cut(&rest, &segment); depth++)
		n = child_of(r, n, segment);
	if (depth > ROUTE_SEGMENTS)
		bug("the path %s is too deep", p->path);
	for (size_t i = 0; i < n->nrows; i++)
		if (collides(n->rows[i], p))
			bug("two pages have the path %s", p->path);
	if (n->nrows == ROUTE_ROWS || (!p->draw && !p->write))
		bug("the page %s neither draws nor writes, or is one too many", p->path);
	n->rows[n->nrows++] = p;
}

struct routes *routes_new(const struct page *const *arrays)
{
	struct routes *r = xcalloc(1, sizeof *r);
	arena_init(&r->arena);
	for (; *arrays; arrays++)
		for (const struct page *p = *arrays; p->path; p++)
			add(r, p);
	return r;
}

void routes_free(struct routes *r)
{
	if (!r)
		return;
	arena_release(&r->arena);
	free(r);
}

/* Kept, since a site stands for the whole run of a program. */
struct known {
	const struct site *site;
	struct routes *routes;
	struct known *next;
};

const struct routes *routes_of(const struct site *s)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static struct known *all;
	pthread_mutex_lock(&lock);
	struct known *k = all;
	while (k && k->site != s)
		k = k->next;
	if (!k) {
		k = xcalloc(1, sizeof *k);
		*k = (struct known){ s, routes_new(s->pages), all };
		all = k;
	}
	pthread_mutex_unlock(&lock);
	return k->routes;
}

/* ---- finding ---- */

struct search {
	struct str segments[ROUTE_SEGMENTS];
	size_t n;
	struct route *found;
};

/* A segment that is written out goes before a brace. */
static bool match(const struct node *n, struct search *s, size_t i)
{
	if (i == s->n) {
		memcpy(s->found->rows, n->rows, sizeof n->rows);
		s->found->nrows = n->nrows;
		return n->nrows > 0;
	}
	for (const struct node *c = n->child; c; c = c->next)
		if (str_eq(c->literal, s->segments[i]) && match(c, s, i + 1))
			return true;
	if (!n->any || s->segments[i].n == 0)
		return false;
	size_t kept = s->found->nvalues;
	s->found->values[s->found->nvalues++] = s->segments[i];
	if (match(n->any, s, i + 1))
		return true;
	s->found->nvalues = kept;
	return false;
}

static bool is_dots(struct str s)
{
	return str_is(s, ".") || str_is(s, "..");
}

bool route_find(const struct routes *r, struct arena *a, struct str path, struct route *ret, bool *ret_bad)
{
	struct search s = { .found = ret };
	struct str rest, segment;
	*ret_bad = false;
	*ret = (struct route){ .nrows = 0 };
	if (path.n == 0 || path.p[0] != '/')
		return false;
	rest = (struct str){ path.p + 1, path.n - 1 };
	while (cut(&rest, &segment)) {
		if (s.n == ROUTE_SEGMENTS)
			return false;
		if (!target_decode(a, segment, false, &s.segments[s.n])) {
			*ret_bad = true;
			return false;
		}
		if (is_dots(s.segments[s.n]) || s.segments[s.n].n == 0)
			return false;
		s.n++;
	}
	if (path.n > 1 && path.p[path.n - 1] == '/')
		return false;
	return match(&r->top, &s, 0);
}

const struct page *site_page(const struct site *s, struct str path)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct route found;
	bool bad;
	return route_find(routes_of(s), &a, path, &found, &bad) ? found.rows[0] : NULL;
}

struct str site_next(const struct site *s, struct str next)
{
	const char *end = next.n ? memchr(next.p, '?', next.n) : NULL;
	struct str path = { next.p, end ? (size_t)(end - next.p) : next.n };
	for (size_t i = 0; i < next.n; i++)
		if ((unsigned char)next.p[i] <= ' ' || next.p[i] == '\\' || next.p[i] == '#' || next.p[i] == 0x7f)
			return STR("/");
	const struct page *p = site_page(s, path);
	return p && p->draw && !(p->flags & PAGE_API) ? next : STR("/");
}
