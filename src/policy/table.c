/* table.c - a CSV table of a pack, typed by the heads that a module declares. */
#include "base/csv.h"
#include "policy/content.h"
#include "policy/typed.h"

#define COLUMNS 64
enum { MARK = -1, NAME = -2 };

static int column_of(const struct pack_table *t, struct str head)
{
	for (int i = 0; i < t->ncolumns; i++)
		if (str_is(head, t->columns[i].name))
			return i;
	return -1;
}

/* "label" gives the empty tag, "name_id" the tag id. */
static bool names_rows(struct str head, struct str *ret_tag)
{
	static const char prefix[] = "name_";
	size_t n = sizeof(prefix) - 1;
	*ret_tag = (struct str){ 0 };
	if (str_is(head, "label"))
		return true;
	if (head.n < n + 2 || head.n > n + 3 || memcmp(head.p, prefix, n) != 0)
		return false;
	*ret_tag = (struct str){ head.p + n, head.n - n };
	for (size_t i = 0; i < ret_tag->n; i++)
		if (ret_tag->p[i] < 'a' || ret_tag->p[i] > 'z')
			return false;
	return true;
}

static void list_heads(const struct pack_table *t, struct buf *out)
{
	for (int i = 0; i < t->ncolumns; i++)
		buf_printf(out, "%s%s", i ? ", " : "", t->columns[i].name);
}

/* Where each column of the file goes: a declared column's number, MARK or NAME. False: a head is wrong or missing. */
static bool check_heads(struct parse *p, const struct pack_table *t, const struct csv *csv, int *to)
{
	size_t before = p->problems->count;
	const char *file = csv_name(csv);
	CLEANUP(buf_release) struct buf heads = BUF_INIT;
	list_heads(t, &heads);
	if (csv_columns(csv) > COLUMNS) {
		problem_at(p->problems, file, 1, NULL, "the table has more than %d columns; remove some", COLUMNS);
		return false;
	}
	for (size_t i = 0; i < csv_columns(csv); i++) {
		struct str head = csv_head(csv, i);
		struct str tag;
		to[i] = column_of(t, head);
		if (to[i] < 0)
			to[i] = names_rows(head, &tag) ? NAME : MARK;
		if (to[i] == MARK && !mark_is(head))
			problem_at(p->problems, file, 1, arena_text(&p->pack->arena, head.p, head.n),
				   "the table %s knows no such column; remove it or correct its name (columns: %s)",
				   t->name, buf_str(&heads));
	}
	for (int i = 0; i < t->ncolumns; i++)
		if (t->columns[i].required && !p->lenient && csv_find(csv, t->columns[i].name) < 0)
			problem_at(p->problems, file, 1, t->columns[i].name,
				   "the column is missing; add it (columns: %s)", buf_str(&heads));
	if (t->codes && csv_columns(csv) && !str_is(csv_head(csv, 0), "code"))
		problem_at(p->problems, file, 1, "code", "the codes do not stand first; make code the first column");
	return p->problems->count == before;
}

/* What is issued as a code has the form of one, however the column is declared. */
static void read_cell(struct parse *p, const struct pack_table *t, int column, struct str text, struct place where,
		      struct param *ret)
{
	const struct pack_column *c = &t->columns[column];
	where.column = c->name;
	if (text.n)
		typed_read(t->codes && column == 0 ? P_CODE : c->type, text, &p->pack->arena, where, p->problems, ret);
	else if (c->required && !p->lenient)
		place_problem(p->problems, where, "the cell is empty; write %s", typed_name(c->type));
}

static void read_name(struct parse *p, struct str head, struct str text, struct place where, struct row_name *names,
		      size_t *n)
{
	struct arena *a = &p->pack->arena;
	struct param v = { 0 };
	struct str tag;
	where.column = arena_text(a, head.p, head.n);
	if (text.n && names_rows(str_of(where.column), &tag) && typed_read(P_TEXT, text, a, where, p->problems, &v))
		names[(*n)++] = (struct row_name){ tag, v.t };
}

static bool has_key(const struct pack_table *t)
{
	for (int i = 0; i < t->ncolumns; i++)
		if (t->columns[i].key)
			return true;
	return false;
}

/* A table without declared key is keyed by its whole rows. */
static struct str key_of(struct arena *a, const struct pack_table *t, const struct param *cells)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	bool keyed = has_key(t);
	for (int i = 0; i < t->ncolumns; i++) {
		if (keyed && !t->columns[i].key)
			continue;
		if (b.n)
			buf_char(&b, '\x1f');
		buf_add(&b, cells[i].t.p, cells[i].t.n);
	}
	return (struct str){ arena_text(a, buf_str(&b), b.n), b.n };
}

static void read_row(struct parse *p, const struct pack_table *t, const struct csv *csv, const int *to, size_t i,
		     struct sheet_row *ret)
{
	struct arena *a = &p->pack->arena;
	struct str texts[COLUMNS];
	struct param *cells = ARENA_ARRAY(a, struct param, t->ncolumns);
	struct place where = { .file = csv_name(csv), .row = csv_row_number(csv, i) };
	csv_row(csv, i, texts);
	struct row_name *names = ARENA_ARRAY(a, struct row_name, csv_columns(csv));
	*ret = (struct sheet_row){ .cells = cells, .names = names, .mark = MARK_NONE, .line = where.row };
	for (size_t k = 0; k < csv_columns(csv); k++) {
		struct str text = { arena_text(a, texts[k].p, texts[k].n), texts[k].n };
		struct str head = csv_head(csv, k);
		if (to[k] >= 0) {
			read_cell(p, t, to[k], text, where, &cells[to[k]]);
		} else if (to[k] == NAME) {
			read_name(p, head, text, where, names, &ret->nnames);
		} else {
			where.column = arena_text(a, head.p, head.n);
			mark_set(p, &ret->mark, head, text, where);
		}
	}
	ret->key = key_of(a, t, cells);
}

static void say_double(struct parse *p, const struct sheet *s, const struct sheet_row *row, size_t other)
{
	const char *key = s->of->columns[0].name;
	for (int i = 0; i < s->of->ncolumns; i++)
		if (s->of->columns[i].key) {
			key = s->of->columns[i].name;
			break;
		}
	CLEANUP(buf_release) struct buf shown = BUF_INIT;
	for (size_t i = 0; i < row->key.n; i++)
		buf_char(&shown, row->key.p[i] == '\x1f' ? ' ' : row->key.p[i]);
	problem_at(p->problems, s->file, row->line, key,
		   "%s stands already in row %zu for the same days; keep one, or part their days by from and to",
		   buf_str(&shown), s->rows[other].line);
}

/* One key may stand in several rows whose days do not meet. */
static void check_doubles(struct parse *p, const struct sheet *s)
{
	CLEANUP(map_free_p) struct map *last = map_new();
	size_t *earlier = ARENA_ARRAY(&p->pack->arena, size_t, s->n ? s->n : 1);
	for (size_t i = 0; i < s->n; i++) {
		int64_t before = -1;
		if (map_get(last, s->rows[i].key, &before))
			earlier[i] = (size_t)before + 1;
		map_set(last, s->rows[i].key, (int64_t)i);
		for (size_t k = earlier[i]; k; k = earlier[k - 1])
			if (mark_meets(&s->rows[k - 1].mark, &s->rows[i].mark)) {
				say_double(p, s, &s->rows[i], k - 1);
				break;
			}
	}
}

void table_read(struct parse *p, const struct pack_file *f, const struct pack_table *t, struct sheet *ret)
{
	CLEANUP(csv_free_p) struct csv *csv = NULL;
	int to[COLUMNS] = { 0 };
	if (t->codes && !text_is(t->columns[0].name, "code"))
		bug("the table %s issues codes, but its first column is not called code", t->name);
	*ret = (struct sheet){ .of = t, .file = f->shown };
	if (csv_read(f->shown, f->bytes, p->problems, &csv) != E_OK || !check_heads(p, t, csv, to))
		return;
	size_t n = csv_rows(csv), before = p->problems->count;
	ret->rows = ARENA_ARRAY(&p->pack->arena, struct sheet_row, n ? n : 1);
	for (size_t i = 0; i < n; i++)
		read_row(p, t, csv, to, i, &ret->rows[i]);
	ret->n = n;
	if (p->problems->count == before)
		check_doubles(p, ret);
}
