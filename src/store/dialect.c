/* dialect.c - a scanner that knows quotes, comments and words, and what is made of it. */
#include "store/dialect.h"

#include <ctype.h>
#include <strings.h>

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* The length of the next piece: a quoted text, a comment, a word, or one byte. n > 0. */
static size_t piece(const char *p, size_t n)
{
	size_t i = 1;
	if (*p == '\'' || *p == '"') {
		const char *end = memchr(p + 1, *p, n - 1);
		return end ? (size_t)(end - p) + 1 : n; /* a doubled quote is simply two texts in a row */
	}
	if (*p == '-' && n > 1 && p[1] == '-') {
		const char *end = memchr(p, '\n', n);
		return end ? (size_t)(end - p) : n;
	}
	if (*p == '/' && n > 1 && p[1] == '*') {
		const char *end = memmem(p + 2, n - 2, "*/", 2);
		return end ? (size_t)(end - p) + 2 : n;
	}
	if (is_word(*p))
		while (i < n && is_word(p[i]))
			i++;
	return i;
}

static bool is_blank(struct str s)
{
	return isspace((unsigned char)*s.p) || (s.n > 1 && (*s.p == '-' || *s.p == '/'));
}

static bool word_is(struct str s, const char *word)
{
	return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

static struct str take(struct str *rest)
{
	struct str s = { rest->p, piece(rest->p, rest->n) };
	rest->p += s.n;
	rest->n -= s.n;
	return s;
}

static struct str first_word(struct str s)
{
	while (s.n > 0) {
		struct str word = take(&s);
		if (!is_blank(word))
			return word;
	}
	return s;
}

bool dialect_starts(const char *sql, const char *word)
{
	return word_is(first_word(str_of(sql)), word);
}

int dialect_params(const char *sql, struct buf *out)
{
	int count = 0;
	for (struct str rest = str_of(sql); rest.n > 0;) {
		struct str s = take(&rest);
		if (*s.p == '?')
			buf_printf(out, "$%d", ++count);
		else
			buf_add(out, s.p, s.n);
	}
	return count;
}

bool dialect_next(struct str *rest, struct str *ret)
{
	const char *begin = NULL;
	while (rest->n > 0) {
		struct str s = take(rest);
		if (*s.p == ';' && begin) {
			*ret = (struct str){ begin, (size_t)(s.p - begin) };
			return true;
		}
		if (!begin && !is_blank(s) && *s.p != ';')
			begin = s.p;
	}
	if (begin)
		*ret = (struct str){ begin, (size_t)(rest->p - begin) };
	return begin != NULL;
}

static void add_type(struct str s, struct buf *out)
{
	if (word_is(s, "INTEGER"))
		buf_text(out, "BIGINT");
	else if (word_is(s, "BLOB"))
		buf_text(out, "BYTEA");
	else if (word_is(s, "TEXT"))
		buf_text(out, "TEXT COLLATE \"C\"");
	else
		buf_add(out, s.p, s.n);
}

void dialect_types(struct str statement, struct buf *out)
{
	struct str first = first_word(statement);
	if (!word_is(first, "CREATE") && !word_is(first, "ALTER")) {
		buf_add(out, statement.p, statement.n);
		return;
	}
	while (statement.n > 0) {
		struct str s = take(&statement);
		if (!word_is(s, "WITHOUT"))
			add_type(s, out);
		else
			while (s.n > 0 && !word_is(s, "ROWID")) /* the words between go with it */
				s = statement.n > 0 ? take(&statement) : (struct str){ "", 0 };
	}
}
