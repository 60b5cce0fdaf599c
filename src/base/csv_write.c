/* csv_write.c - the writer. A cell is followed by a comma, which the row's end turns into the line's end: so an empty
 * first cell needs no state to be remembered. */
#include "base/csv.h"

/* A number may have a sign; "-" alone does nothing. */
static bool is_number(struct str s)
{
	bool digits = false;
	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';
		if (!digit && s.p[i] != '.' && s.p[i] != ',' && i > 0)
			return false;
		digits = digits || digit;
	}
	return digits || s.n == 1;
}

bool csv_begins_formula(struct str s)
{
	size_t marks = 0;
	while (marks < s.n && s.p[marks] == '\'')
		marks++;
	struct str rest = str_trim((struct str){ s.p + marks, s.n - marks });
	return rest.n && strchr("=+-@", rest.p[0]) && !is_number(rest);
}

static bool needs_quotes(struct str s)
{
	static const bool special[256] = { [','] = true, [';'] = true, ['"'] = true, ['\n'] = true, ['\r'] = true };
	for (size_t i = 0; i < s.n; i++)
		if (special[(unsigned char)s.p[i]])
			return true;
	return s.n && str_trim(s).n != s.n;
}

/* Most cells do: then nothing else is asked. */
static bool begins_plainly(struct str s)
{
	char first = s.n ? s.p[0] : '0';
	return (first >= '0' && first <= '9') || (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
}

void csv_cell(struct buf *b, struct str s)
{
	bool quotes = needs_quotes(s);
	if (quotes)
		buf_char(b, '"');
	if (!begins_plainly(s) && csv_begins_formula(s))
		buf_char(b, '\'');
	while (quotes && s.n) {
		const char *mark = memchr(s.p, '"', s.n);
		size_t n = mark ? (size_t)(mark - s.p) + 1 : s.n;
		buf_add(b, s.p, n);
		if (mark)
			buf_char(b, '"');
		s = (struct str){ s.p + n, s.n - n };
	}
	if (quotes)
		buf_char(b, '"');
	else
		buf_add(b, s.p, s.n);
	buf_char(b, ',');
}

void csv_cell_text(struct buf *b, const char *s)
{
	csv_cell(b, str_of(s));
}

void csv_cell_int(struct buf *b, int64_t v)
{
	buf_int(b, v);
	buf_char(b, ',');
}

void csv_row_end(struct buf *b)
{
	if (b->n && b->p[b->n - 1] == ',')
		b->p[b->n - 1] = '\n';
	else
		buf_char(b, '\n');
}
