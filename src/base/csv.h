/* csv.h - spreadsheets as text: a reader over libcsv that keeps rows, and a writer.
 *
 * Reads UTF-8 with or without a byte-order mark, LF or CRLF, quoted cells (a quoted cell may hold line ends), comma or
 * semicolon (told by the head row: whichever of the two stands there more often outside quotes). Rows that are wholly
 * empty are skipped; the apostrophe by which spreadsheets mark a text is taken off (below). Memory is about the file's
 * size; the cells of a file stand where its bytes were read to.
 */
#ifndef MERIT_BASE_CSV_H
#define MERIT_BASE_CSV_H

#include "base/buf.h"
#include "base/error.h"
#include "base/problem.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct csv; /* one file, wholly read */

/* Reads a file. E_INVALID with problems (file, row, column) for: no head, wrong encoding, an unclosed quote, text after
 * a closing quote, a row with too few or too many cells, two head cells alike, an empty head cell, more than 1,000
 * columns. E_MISSING when the file cannot be opened (the problem says so). The name stands in problems as given. */
MUST_CHECK enum err csv_read_file(const char *path, struct problems *problems, struct csv **ret);
/* The same from bytes, which need not outlive it: every cell is copied. */
MUST_CHECK enum err csv_read(const char *name, struct str bytes, struct problems *problems, struct csv **ret);
/* The file without its rows of too few or too many cells, which are told as problems and counted: for who tells what is
 * wrong with the others at the same time. E_INVALID for all else. */
MUST_CHECK enum err csv_read_whole_rows(const char *path, struct problems *problems, size_t *ret_left_out,
					struct csv **ret);
void csv_free(struct csv *c) LINKED_AS("merit_csv_free");
void csv_free_p(struct csv **c); /* for CLEANUP */

const char *csv_name(const struct csv *c);
size_t csv_columns(const struct csv *c);
struct str csv_head(const struct csv *c, size_t column);
int csv_find(const struct csv *c, const char *head); /* column number or -1 */
size_t csv_rows(const struct csv *c);                /* without the head */
/* The row's number as a spreadsheet shows it: the head is row 1, skipped empty rows count. */
size_t csv_row_number(const struct csv *c, size_t row);
/* All cells of a row, in column order; cells has room for csv_columns(). Slices live as long as the csv. Cells are
 * trimmed of surrounding blanks. Constant time to reach a row. */
void csv_row(const struct csv *c, size_t row, struct str *cells);

/* Writing: RFC 4180 with LF; quotes only where needed (a semicolon too: it could be taken for the separator).
 *
 * A spreadsheet program runs what begins with = + - @ as a formula, whoever typed it. Such a cell, unless it is a
 * number, gets an apostrophe before it, by which those programs know a text; the reader takes it off again, so that
 * what was written reads the same. */
bool csv_begins_formula(struct str s);            /* apostrophes before it are passed over */
void csv_cell(struct buf *b, struct str s);       /* adds the cell and a comma, which csv_row_end turns into LF */
void csv_cell_text(struct buf *b, const char *s); /* NULL is empty */
void csv_cell_int(struct buf *b, int64_t v);
void csv_row_end(struct buf *b);

#endif
