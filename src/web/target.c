/* target.c - the first line of a request: path, query and parameters, checked before anything else looks at them. */
#include "web/target.h"

#include "base/number.h"
#include "web/inside.h"
#include "web/route.h"

/* ---- percent-encoding ---- */

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool escape(struct str s, size_t i, char *ret)
{
	if (i + 2 >= s.n)
		return false;
	int high = digit(s.p[i + 1]), low = digit(s.p[i + 2]);
	if (high < 0 || low < 0 || (high == 0 && low == 0))
		return false;
	*ret = (char)(high * 16 + low);
	return true;
}

static bool plain(struct str s, bool plus)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '%' || (plus && s.p[i] == '+') || (unsigned char)s.p[i] >= 0x80 || s.p[i] == 0)
			return false;
	return true;
}

bool target_decode(struct arena *a, struct str s, bool plus, struct str *ret)
{
	if (plain(s, plus)) {
		*ret = s;
		return true;
	}
	char *out = arena_text(a, s.p, s.n);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == 0)
			return false;
		if (c == '%') {
			if (!escape(s, i, &c))
				return false;
			i += 2;
		} else if (plus && c == '+') {
			c = ' ';
		}
		out[n++] = c;
	}
	*ret = (struct str){ out, n };
	return text_utf8_bad(*ret) == n;
}

/* ---- the query ---- */

static int query_read(struct request_inside *in, const char **ret_words)
{
	struct str rest = in->query, part;
	struct pair p;
	*ret_words = N_("The part of the address after the question mark cannot be read; go back and try again.");
	while (pairs_cut(&rest, &part)) {
		if (in->asked.n == LIMIT_QUERY || !pairs_split(&in->arena, part, &p))
			return 400;
		pairs_add(&in->arena, &in->asked, p.name, p.value);
	}
	return 0;
}

/* ---- the row ---- */

enum method target_method(const char *name)
{
	static const char *const names[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0)
			return (enum method)i;
	return METHOD_OTHER;
}

static const char *written_by(const struct page *p)
{
	return p->method ? p->method : "POST";
}

static const struct page *row_for(const struct request_inside *in, const struct route *found)
{
	bool reads = in->method == METHOD_GET || in->method == METHOD_HEAD;
	for (size_t i = 0; i < found->nrows; i++) {
		const struct page *p = found->rows[i];
		if ((reads && p->draw) || (p->write && in->method == target_method(written_by(p))))
			return p;
	}
	return NULL;
}

/* The methods that the path's rows answer, for the header Allow. */
static const char *allowed(struct request_inside *in, const struct route *found)
{
	const char *reads = "", *writes = "";
	for (size_t i = 0; i < found->nrows; i++) {
		const struct page *p = found->rows[i];
		if (p->draw)
			reads = ", GET, HEAD";
		if (p->write)
			writes = arena_printf(&in->arena, "%s, %s", writes, written_by(p));
	}
	return arena_printf(&in->arena, "%s%s", reads, writes) + strlen(", ");
}

/* 0, or 405. */
static int row_take(struct request_inside *in, const struct route *found)
{
	const struct page *p = row_for(in, found);
	in->q.page = p ? p : found->rows[0];
	for (size_t i = 0; i < found->nvalues; i++)
		pairs_add(&in->arena, &in->params, route_name(in->q.page, i), found->values[i]);
	if (p)
		return 0;
	in->allow = allowed(in, found);
	return 405;
}

static int route(struct request_inside *in, const char **ret_words)
{
	struct route found;
	bool bad;
	if (route_find(in->server->routes, &in->arena, in->path, &found, &bad)) {
		*ret_words = N_("This page cannot be asked for in that way.");
		return row_take(in, &found);
	}
	*ret_words = bad ? N_("The address cannot be read; look at how it is written.")
			 : N_("It may have moved, or the address is not written as it should be.");
	return bad ? 400 : 404;
}

static bool legible(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f || s.p[i] == '\\')
			return false;
	return s.n > 0 && s.p[0] == '/' && text_utf8_bad(s) == s.n;
}

int target_read(struct request_inside *in, const char **ret_words)
{
	struct str t = in->target;
	const char *mark = t.n ? memchr(t.p, '?', t.n) : NULL;
	in->path = (struct str){ t.p, mark ? (size_t)(mark - t.p) : t.n };
	in->query = (struct str){ mark ? mark + 1 : NULL, mark ? t.n - in->path.n - 1 : 0 };
	if (t.n > LIMIT_TARGET) {
		*ret_words = N_("The address is longer than any of ours; begin again at the first page.");
		return 414;
	}
	*ret_words = N_("The address cannot be read; look at how it is written.");
	if (!legible(t))
		return 400;
	int status = route(in, ret_words);
	return status ? status : query_read(in, ret_words);
}

/* ---- parameters as the row declares them ---- */

static bool code_fits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f)
			return false;
	return true;
}

bool params_flag(struct str s, bool *ret)
{
	*ret = str_is(s, "1") || str_is(s, "on") || str_is(s, "true") || str_is(s, "yes");
	return *ret || str_is(s, "0") || str_is(s, "off") || str_is(s, "false") || str_is(s, "no");
}

static bool fits(const struct page_param *p, struct str s)
{
	int64_t number;
	date day;
	bool flag;
	if (s.n == 0)
		return true;
	if (text_letters(s) > (p->most ? p->most : 200) || text_has_control(s))
		return false;
	switch (p->kind) {
	case PARAM_CODE:
		return code_fits(s);
	case PARAM_NUMBER:
		return number_parse(s, &number);
	case PARAM_DATE:
		return date_parse(s, &day);
	case PARAM_FLAG:
		return params_flag(s, &flag);
	default:
		return true;
	}
}

/* A declared name that ends with * stands for all that begin so. */
static bool is_declared(const struct page *page, struct str name)
{
	for (const struct page_param *p = page->params; p && p->name; p++) {
		size_t n = strlen(p->name);
		bool family = n && p->name[n - 1] == '*';
		if (family ? name.n >= n && memcmp(name.p, p->name, n - 1) == 0 : str_is(name, p->name))
			return true;
	}
	return false;
}

/* A program that asks for what is not there must not believe that it got it; a reader's old bookmark still opens. */
static bool asks_the_unknown(const struct request_inside *in)
{
	for (size_t i = 0; i < in->asked.n && (in->q.page->flags & PAGE_API); i++)
		if (!is_declared(in->q.page, in->asked.list[i].name))
			return true;
	return false;
}

int params_check(struct request_inside *in, const char **ret_words)
{
	static const struct page_param other = { .kind = PARAM_TEXT, .most = 1000 };
	*ret_words = N_("It may have moved, or the address is not written as it should be.");
	for (size_t i = 0; i < in->params.n; i++)
		if (text_has_control(in->params.list[i].value) || text_letters(in->params.list[i].value) > 200)
			return 404;
	for (const struct page_param *p = in->q.page->params; p && p->name; p++)
		if (!fits(p, pairs_first(&in->params, p->name)))
			return 404;
	*ret_words = N_("Something after the question mark of the address is not as this page needs it; a day is "
			"written 2008-10-01, a number with digits alone.");
	for (const struct page_param *p = in->q.page->params; p && p->name; p++)
		if (!fits(p, pairs_last(&in->asked, p->name)))
			return 400;
	for (size_t i = 0; i < in->asked.n; i++)
		if (!fits(&other, in->asked.list[i].value) || !fits(&other, in->asked.list[i].name))
			return 400;
	*ret_words = N_("After the question mark stands a name that this address does not know; /api/v1/openapi.json "
			"says which it knows.");
	return asks_the_unknown(in) ? 400 : 0;
}
