/* csv_fuzz.c - any bytes are read or refused with words; what was read is written and read again as the same. */
#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define COLUMNS_MOST 64

static void expect(bool holds, const char *what)
{
	if (!holds)
		bug("%s", what);
}

/* A blank after the closing mark keeps a row from the reader's short way. */
static void write_long_way(struct buf *b, struct str s)
{
	buf_char(b, '"');
	if (csv_begins_formula(s))
		buf_char(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		buf_char(b, s.p[i]);
		if (s.p[i] == '"')
			buf_char(b, '"');
	}
	buf_text(b, "\" ,");
}

static void write_row(struct buf *b, const struct str *cells, size_t n, bool long_way)
{
	for (size_t i = 0; i < n; i++) {
		if (long_way)
			write_long_way(b, cells[i]);
		else
			csv_cell(b, cells[i]);
	}
	csv_row_end(b);
}

static void reads_again(const struct csv *c, bool long_way)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct problems problems CLEANUP(problems_release) = PROBLEMS_INIT;
	struct csv *again CLEANUP(csv_free_p) = NULL;
	struct str cells[COLUMNS_MOST], others[COLUMNS_MOST];
	size_t n = csv_columns(c);
	/* So that a head that begins with such a mark of its own keeps it. */
	buf_text(&b, "\xef\xbb\xbf");
	for (size_t i = 0; i < n; i++)
		cells[i] = csv_head(c, i);
	write_row(&b, cells, n, long_way);
	for (size_t r = 0; r < csv_rows(c); r++) {
		csv_row(c, r, cells);
		write_row(&b, cells, n, long_way);
	}
	expect(csv_read("again", (struct str){ b.p, b.n }, &problems, &again) == E_OK, "what was written is refused");
	expect(csv_rows(again) == csv_rows(c) && csv_columns(again) == n, "rows or columns were lost");
	for (size_t r = 0; r < csv_rows(c); r++) {
		csv_row(c, r, cells);
		csv_row(again, r, others);
		expect(csv_row_number(c, r) >= r + 2 && csv_row_number(again, r) == r + 2, "a row has a wrong number");
		for (size_t i = 0; i < n; i++)
			expect(str_eq(cells[i], others[i]), "a cell differs");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct problems problems CLEANUP(problems_release) = PROBLEMS_INIT;
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	struct csv *c CLEANUP(csv_free_p) = NULL;
	enum err e = csv_read("fuzz.csv", (struct str){ (const char *)data, n }, &problems, &c);
	problems_print(&problems, &words);
	expect((e == E_OK) == (problems.count == 0) && (e == E_OK) == (c != NULL),
	       "the answer and the problems differ");
	if (c && csv_columns(c) <= COLUMNS_MOST) {
		reads_again(c, false);
		reads_again(c, true);
	}
	return 0;
}
