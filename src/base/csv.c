/* csv.c - the reader: every cell of a file in one run of bytes. */

/* libcsv has a csv_free too; ours is meant everywhere but in its header. */
#define csv_free libcsv_free
#include <csv.h>
#undef csv_free

#include "base/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define BYTES_MOST ((size_t)UINT32_MAX)
#define COLUMNS_MOST 1000 /* each head is compared with all others */

/* Before row `row` and all after it, `total` more rows were skipped than its place says. */
struct skip {
	size_t row, total;
};

struct csv {
	char *name;
	char *run;    /* all cells, one after another, the head's first */
	uint32_t *at; /* where each cell begins in run, and where the last one ends */
	size_t cells, cells_cap;
	size_t columns, rows;
	struct skip *skips;
	size_t skips_n, skips_cap;
};

struct reader {
	struct csv *c;
	struct problems *problems;
	struct csv_parser parser;
	int begin_state;   /* libcsv's between two rows */
	size_t number;     /* of the row being read, as a spreadsheet shows it */
	size_t row_cells;  /* read of it so far */
	size_t row_first;  /* its first cell */
	size_t bad;        /* problems found that end the reading */
	size_t left_out;   /* rows refused for their number of cells */
	struct str *parts; /* room for a row, of which the columns are known */
	bool filled;       /* the row has a cell that is not empty */
	bool after_cr;
};

static void reader_release(struct reader *r)
{
	free(r->parser.entry_buf);
	free(r->parts);
}

static const char *text_of(struct problems *p, struct str s)
{
	return arena_text(&p->arena, s.p, s.n);
}

/* The head's name for a column, NULL where there is none (yet). */
static const char *column_name(const struct reader *r, size_t column)
{
	return column < r->c->columns ? text_of(r->problems, csv_head(r->c, column)) : NULL;
}

static void push_cell(struct csv *c, struct str s)
{
	if (c->cells + 1 >= c->cells_cap) {
		c->cells_cap = c->cells_cap ? c->cells_cap * 2 : 256;
		c->at = xrealloc(c->at, c->cells_cap * sizeof *c->at);
		c->at[0] = c->cells ? c->at[0] : 0;
	}
	uint32_t at = c->at[c->cells];
	if (s.n)
		memmove(c->run + at, s.p, s.n);
	c->at[++c->cells] = at + (uint32_t)s.n;
}

static void take_cell(struct reader *r, struct str s)
{
	s = str_trim(s);
	if (s.n && *s.p == '\'' && csv_begins_formula(s))
		s = (struct str){ s.p + 1, s.n - 1 };
	r->after_cr = false;
	r->filled |= s.n > 0;
	/* What is too much is counted only: the row will be refused. */
	if (r->row_cells < (r->c->columns ? r->c->columns : COLUMNS_MOST))
		push_cell(r->c, s);
	r->row_cells++;
}

static void on_cell(void *p, size_t n, void *arg)
{
	take_cell(arg, (struct str){ p, n });
}

static void skip_row(struct csv *c)
{
	if (c->skips_n && c->skips[c->skips_n - 1].row == c->rows) {
		c->skips[c->skips_n - 1].total++;
		return;
	}
	if (c->skips_n == c->skips_cap) {
		c->skips_cap = c->skips_cap ? c->skips_cap * 2 : 16;
		c->skips = xrealloc(c->skips, c->skips_cap * sizeof *c->skips);
	}
	size_t before = c->skips_n ? c->skips[c->skips_n - 1].total : 0;
	c->skips[c->skips_n++] = (struct skip){ c->rows, before + 1 };
}

static void end_head(struct reader *r)
{
	struct csv *c = r->c;
	c->columns = r->row_cells;
	if (c->columns > COLUMNS_MOST) {
		problem_at(r->problems, c->name, r->number, NULL,
			   "the head has %zu columns and %d are the most; delete those that nobody reads", c->columns,
			   COLUMNS_MOST);
		r->bad++;
		c->columns = COLUMNS_MOST;
	}
	r->parts = xcalloc(c->columns, sizeof *r->parts);
	for (size_t i = 0; i < c->columns; i++) {
		struct str head = csv_head(c, i);
		if (!head.n) {
			problem_at(r->problems, c->name, r->number, NULL,
				   "cell %zu of the head is empty; name the column, or delete it in all rows", i + 1);
			r->bad++;
		}
		for (size_t k = 0; k < i && head.n; k++) {
			if (!str_eq(head, csv_head(c, k)))
				continue;
			problem_at(r->problems, c->name, r->number, column_name(r, i),
				   "cells %zu and %zu of the head are alike; give each column a name of its own", k + 1,
				   i + 1);
			r->bad++;
			break;
		}
	}
}

static void refuse_row(struct reader *r)
{
	struct csv *c = r->c;
	r->left_out++;
	skip_row(c);
	if (r->row_cells < c->columns)
		problem_at(r->problems, c->name, r->number, column_name(r, r->row_cells),
			   "the row is short, it has %zu cells and the head has %zu; add the cells that lack, empty if "
			   "need be",
			   r->row_cells, c->columns);
	else
		problem_at(r->problems, c->name, r->number, NULL,
			   "the row is long, it has %zu cells and the head has %zu; put a cell that holds the "
			   "separator in "
			   "quotation marks, or remove the cells too many",
			   r->row_cells, c->columns);
}

static void on_row(int end, void *arg)
{
	struct reader *r = arg;
	struct csv *c = r->c;
	bool pair = r->row_cells == 0 && r->after_cr && end == '\n';
	r->after_cr = end == '\r';
	if (pair)
		return;
	bool head = r->filled && !c->columns, whole = !head && r->filled && r->row_cells == c->columns;
	if (head)
		end_head(r);
	else if (whole)
		c->rows++;
	else if (r->filled)
		refuse_row(r);
	else
		skip_row(c);
	if (!head && !whole)
		c->cells = r->row_first;
	r->row_first = c->cells;
	r->number++;
	r->row_cells = 0;
	r->filled = false;
}

/* Comma or semicolon, whichever stands more often in the head, outside quotes. */
static unsigned char delimiter_of(struct str s)
{
	size_t commas = 0, semicolons = 0, cells = 0;
	bool quoted = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '"')
			quoted = !quoted;
		if (!quoted && cells && (c == '\n' || c == '\r'))
			break;
		cells += c > ' ';
		commas += !quoted && c == ',';
		semicolons += !quoted && c == ';';
	}
	return semicolons > commas ? ';' : ',';
}

/* Where the cell at `at` ends, when it is plain: no mark in it, or marks only at both its ends. Else NULL. */
static const char *plain_cell(const char *at, const char *end, char delimiter, struct str *ret)
{
	if (at < end && *at == '"') {
		const char *mark = memchr(at + 1, '"', (size_t)(end - at - 1));
		if (!mark || (mark + 1 < end && mark[1] != delimiter))
			return NULL;
		*ret = (struct str){ at + 1, (size_t)(mark - at - 1) };
		return mark + 1;
	}
	const char *from = at;
	while (at < end && *at != delimiter && *at != '"' && *at != '\r')
		at++;
	*ret = (struct str){ from, (size_t)(at - from) };
	return at == end || *at == delimiter ? at : NULL;
}

/* libcsv looks at every byte by itself. Most rows are plain and have the right number of cells: these are split here,
 * all others are libcsv's. False: the row is not so, and nothing was taken of it. */
static bool take_plain(struct reader *r, struct str row)
{
	const char *at = row.p, *end = row.p + row.n;
	size_t n = 0;
	while (n < r->c->columns) {
		at = plain_cell(at, end, (char)r->parser.delim_char, &r->parts[n++]);
		if (!at)
			return false;
		if (at++ == end)
			break;
	}
	if (n < r->c->columns || at <= end)
		return false;
	for (size_t i = 0; i < n; i++)
		take_cell(r, r->parts[i]);
	on_row('\n', r);
	return true;
}

/* Reads on until a row ends. How many bytes were read; fewer than there are when libcsv refuses one. */
static size_t take_row(struct reader *r, struct str bytes)
{
	const char *line = memchr(bytes.p, '\n', bytes.n);
	size_t n = line ? (size_t)(line - bytes.p) + 1 : bytes.n;
	bool fresh = r->row_cells == 0 && r->parser.pstate == r->begin_state;
	if (line && fresh && r->c->columns &&
	    take_plain(r, (struct str){ bytes.p, n - 1 - (n > 1 && line[-1] == '\r') }))
		return n;
	return csv_parse(&r->parser, bytes.p, n, on_cell, on_row, r);
}

/* Every cell is written to the run where the reading has already passed, so that a file's own bytes can be the run. */
static void feed(struct reader *r, struct str bytes, bool to_end)
{
	struct csv *c = r->c;
	size_t done = 0;
	while (bytes.p && done < bytes.n && csv_error(&r->parser) == CSV_SUCCESS)
		done += take_row(r, (struct str){ bytes.p + done, bytes.n - done });
	const char *column = column_name(r, r->row_cells);
	if (csv_error(&r->parser) == CSV_ENOMEM || csv_error(&r->parser) == CSV_ETOOBIG)
		xmalloc(SIZE_MAX / 2);
	if (csv_error(&r->parser) != CSV_SUCCESS) {
		r->bad++;
		problem_at(r->problems, c->name, r->number, column,
			   r->parser.quoted
				   ? "text follows a closing quotation mark; write each mark inside a quoted cell twice"
				   : "a quotation mark stands inside a cell that does not begin with one; put the cell "
				     "in quotation "
				     "marks and write each mark inside it twice");
	} else if (to_end && csv_fini(&r->parser, on_cell, on_row, r) != 0) {
		r->bad++;
		problem_at(
			r->problems, c->name, r->number, column,
			"a quotation mark is opened and never closed; close the cell, or write a mark inside it twice");
	}
}

static bool refuse_bytes(struct problems *problems, const char *name, struct str bytes)
{
	if (bytes.n > BYTES_MOST) {
		problem_at(problems, name, 0, NULL,
			   "the file is larger than 4 GB; split it and read the parts one by one");
		return true;
	}
	bool wide = bytes.n > 1 && (memcmp(bytes.p, "\xff\xfe", 2) == 0 || memcmp(bytes.p, "\xfe\xff", 2) == 0);
	if (wide || (bytes.n && memchr(bytes.p, 0, bytes.n))) {
		problem_at(problems, name, 0, NULL,
			   "the file is not UTF-8 text (it looks like UTF-16 or a workbook); save it as \"CSV UTF-8\"");
		return true;
	}
	return false;
}

/* Reads all rows into c, whose run has room for the bytes and may be the bytes themselves. */
static enum err read_rows(struct csv *c, struct str bytes, struct problems *problems, size_t *ret_left_out)
{
	if (refuse_bytes(problems, c->name, bytes))
		return E_INVALID;
	if (bytes.n >= 3 && memcmp(bytes.p, "\xef\xbb\xbf", 3) == 0)
		bytes = (struct str){ bytes.p + 3, bytes.n - 3 };
	struct reader r CLEANUP(reader_release) = { .c = c, .problems = problems, .number = 1 };
	if (csv_init(&r.parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL))
		bug("libcsv cannot begin");
	r.begin_state = r.parser.pstate;
	csv_set_delim(&r.parser, delimiter_of(bytes));
	size_t good = text_utf8_bad(bytes);
	unsigned char foreign = good < bytes.n ? (unsigned char)bytes.p[good] : 0;
	feed(&r, (struct str){ bytes.p, good }, good == bytes.n);
	if (good < bytes.n) {
		problem_at(problems, c->name, r.number, column_name(&r, r.row_cells),
			   "the text is not UTF-8 from here on (byte 0x%02x); save the file as \"CSV UTF-8\"", foreign);
		return E_INVALID;
	}
	if (!c->columns && !r.bad) {
		problem_at(problems, c->name, 0, NULL, "the file has no head; begin it with a row of column names");
		r.bad++;
	}
	*ret_left_out = r.left_out;
	return r.bad ? E_INVALID : E_OK;
}

static struct csv *new_csv(const char *name, char *run)
{
	struct csv *c = xcalloc(1, sizeof *c);
	c->name = xstrdup(name);
	c->run = run;
	return c;
}

static enum err finish(struct csv *c, enum err e, struct csv **ret)
{
	if (e == E_OK)
		*ret = c;
	else
		csv_free(c);
	return e;
}

enum err csv_read(const char *name, struct str bytes, struct problems *problems, struct csv **ret)
{
	struct csv *c = new_csv(name, xmalloc(bytes.n));
	size_t left_out = 0;
	enum err e = read_rows(c, bytes, problems, &left_out);
	return finish(c, left_out ? E_INVALID : e, ret);
}

static void close_file(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/* Reads what is there, however much: a pipe has no size. */
static int read_all(int fd, struct buf *b)
{
	struct stat st;
	if (fstat(fd, &st))
		return errno;
	buf_more(b, st.st_size > 0 ? (size_t)st.st_size + 1 : 65536);
	for (;;) {
		ssize_t n = read(fd, b->p + b->n, b->cap - b->n - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n < 0 ? errno : 0;
		b->n += (size_t)n;
		if (b->cap - b->n < 2)
			buf_more(b, b->cap);
	}
}

enum err csv_read_file(const char *path, struct problems *problems, struct csv **ret)
{
	struct csv *c CLEANUP(csv_free_p) = NULL;
	size_t left_out;
	TRY(csv_read_whole_rows(path, problems, &left_out, &c));
	if (left_out)
		return E_INVALID;
	*ret = c;
	c = NULL;
	return E_OK;
}

enum err csv_read_whole_rows(const char *path, struct problems *problems, size_t *ret_left_out, struct csv **ret)
{
	int fd CLEANUP(close_file) = open(path, O_RDONLY | O_CLOEXEC);
	struct buf b = BUF_INIT;
	int error = fd < 0 ? errno : read_all(fd, &b);
	if (error) {
		buf_release(&b);
		problem_at(problems, path, 0, NULL, "the file cannot be read (%s); check its name and who may read it",
			   strerror(error));
		return E_MISSING;
	}
	struct csv *c = new_csv(path, b.p);
	*ret_left_out = 0;
	return finish(c, read_rows(c, (struct str){ b.p, b.n }, problems, ret_left_out), ret);
}

void csv_free(struct csv *c)
{
	if (!c)
		return;
	free(c->name);
	free(c->run);
	free(c->at);
	free(c->skips);
	free(c);
}

void csv_free_p(struct csv **c)
{
	csv_free(*c);
	*c = NULL;
}

const char *csv_name(const struct csv *c)
{
	return c->name;
}

size_t csv_columns(const struct csv *c)
{
	return c->columns;
}

static struct str cell(const struct csv *c, size_t i)
{
	return (struct str){ c->run + c->at[i], c->at[i + 1] - c->at[i] };
}

struct str csv_head(const struct csv *c, size_t column)
{
	return cell(c, column);
}

int csv_find(const struct csv *c, const char *head)
{
	for (size_t i = 0; i < c->columns; i++)
		if (str_is(cell(c, i), head))
			return (int)i;
	return -1;
}

size_t csv_rows(const struct csv *c)
{
	return c->rows;
}

size_t csv_row_number(const struct csv *c, size_t row)
{
	size_t low = 0, high = c->skips_n;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (c->skips[mid].row <= row)
			low = mid + 1;
		else
			high = mid;
	}
	return row + 2 + (low ? c->skips[low - 1].total : 0);
}

void csv_row(const struct csv *c, size_t row, struct str *cells)
{
	size_t first = (row + 1) * c->columns;
	for (size_t i = 0; i < c->columns; i++)
		cells[i] = cell(c, first + i);
}
