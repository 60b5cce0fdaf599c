/* export.c - the import columns of one entity, in key order, in pieces. */
#include "base/csv.h"
#include "base/json.h"
#include "entity/io.h"
#include "entity/plan.h"

#define PIECE 65536

/* What a record is called at the position read, and since when; of records with aliases. */
struct called {
	struct str oldest;
	date first, since; /* the oldest and the newest are held from these days */
	int count;
};

struct line {                 /* one row of the owner at hand */
	size_t at, n;         /* in the group's text */
	size_t key_at, key_n; /* in the group's keys */
	size_t number;
};

struct export
{
	struct ctx *c;
	const struct entity *e;
	const struct export_options *o;
	struct arena arena;
	const char **heads;
	size_t nheads;
	struct keys *own;   /* of the THING, or of the owner */
	struct keys **refs; /* by field */
	struct called *called;
	int first_day;

	enum err (*write)(void *arg, struct str bytes);
	void *arg;
	bool sorted; /* numbers are in the order of the keys: what is written can go out at once */
	struct buf out;
	size_t *begin; /* by number, where its rows begin in out; only when not sorted */
	size_t *length;

	/* the rows of one owner */
	int64_t owner;
	struct buf text, keys;
	struct line *lines;
	size_t nlines, lines_cap;
};

static void export_release(struct export *x)
{
	keys_free(x->own);
	for (int i = 0; x->refs && i < x->e->nfields; i++)
		keys_free(x->refs[i]);
	free(x->called);
	free(x->begin);
	free(x->length);
	free(x->lines);
	buf_release(&x->out);
	buf_release(&x->text);
	buf_release(&x->keys);
	arena_release(&x->arena);
}

/* ---- what must be known before ---- */

static enum err load_called(struct export *x)
{
	struct query q = { .entity = x->e->alias->series,
			   .at = { .day = DATE_NONE, .position = x->o->at.position },
			   .extent = BELIEVED };
	struct cursor *k CLEANUP(cursor_close_p) = NULL;
	const struct record *r;

	x->called = xcalloc((size_t)keys_max(x->own) + 1, sizeof *x->called);
	TRY(cursor_open(x->c, &q, &k));
	for (;;) {
		TRY(cursor_next(k, &r));
		if (!r)
			return E_OK;
		if (r->owner < 1 || r->owner > keys_max(x->own))
			continue;
		struct called *of = &x->called[r->owner];
		if (of->count++ == 0) {
			of->oldest = str_copy(&x->arena, r->v[0].t);
			of->first = r->valid_from;
		}
		of->since = r->valid_from;
	}
}

static bool keys_sorted(const struct keys *k)
{
	for (int64_t i = 2; i <= keys_max(k); i++)
		if (str_cmp(keys_text(k, i - 1), keys_text(k, i)) > 0)
			return false;
	return true;
}

static enum err load_keys(struct export *x)
{
	const struct entity *of = x->e->owner ? x->e->owner : x->e;

	TRY(keys_load(x->c, of, x->o->at.position, &x->own));
	x->sorted = keys_sorted(x->own);
	if (!x->sorted) {
		x->begin = xcalloc((size_t)keys_max(x->own) + 1, sizeof *x->begin);
		x->length = xcalloc((size_t)keys_max(x->own) + 1, sizeof *x->length);
	}
	x->refs = ARENA_ARRAY(&x->arena, struct keys *, x->e->nfields);
	for (int i = 0; i < x->e->nfields; i++)
		if (field_refers(x->c->registry, &x->e->fields[i]))
			TRY(keys_load(x->c, field_refers(x->c->registry, &x->e->fields[i]), x->o->at.position,
				      &x->refs[i]));
	x->first_day = entity_flagged(x->e, FIRST_DAY);
	return x->e->alias ? load_called(x) : E_OK;
}

/* ---- one cell ---- */

struct out_cell {
	struct str text;
	bool raw; /* in JSON a number or true, false */
};

static struct str field_text(struct export *x, const struct record *r, int field, struct buf *scratch)
{
	const struct field *f = &x->e->fields[field];

	buf_reset(scratch);
	if (!r->v[field].set)
		return (struct str){ 0 };
	if (x->refs[field])
		return keys_text(x->refs[field], r->v[field].i);
	if (f->type == T_TEXT || f->type == T_CODE || f->type == T_NOTE)
		return r->v[field].t;
	value_text(x->c, f, &r->v[field], scratch);
	return (struct str){ scratch->p, scratch->n };
}

static struct str day_text(date d, struct buf *scratch)
{
	char text[DATE_TEXT];

	buf_reset(scratch);
	buf_text(scratch, date_text(d, text));
	return (struct str){ scratch->p, scratch->n };
}

static int64_t group_of(const struct export *x, const struct record *r)
{
	return x->e->kind == THING ? r->id : r->owner;
}

static date first_day(const struct export *x, const struct record *r)
{
	return (date)(x->first_day < 0 ? r->valid_from : record_get(r, x->first_day, r->valid_from));
}

/* Import takes a former number to be held from the first day; one of another day stands in the file of numbers only. */
static struct str former_text(const struct export *x, const struct record *r)
{
	const struct called *of = &x->called[r->id];

	return of->count > 1 && of->first == first_day(x, r) ? of->oldest : (struct str){ 0 };
}

/* The day of its newest number where that is not what import would take: nothing said means the first day. */
static struct str since_text(const struct export *x, const struct record *r, struct buf *scratch)
{
	const struct called *of = &x->called[r->id];

	if (of->count == 0 || (of->count == 1 && of->since == first_day(x, r)))
		return (struct str){ 0 };
	return day_text(of->since, scratch);
}

static struct out_cell cell_of(struct export *x, const struct record *r, size_t head, struct buf *scratch)
{
	const struct entity *e = x->e;
	const char *name = x->heads[head];
	int field = entity_field(e, name);

	if (head == 0)
		return (struct out_cell){ keys_text(x->own, group_of(x, r)), false };
	if (field >= 0) {
		enum type t = e->fields[field].type;
		return (struct out_cell){ field_text(x, r, field, scratch),
					  (t == T_INT && !x->refs[field]) || t == T_PERCENT || t == T_BOOL };
	}
	if (e->alias && text_is(name, e->alias->former))
		return (struct out_cell){ former_text(x, r), false };
	if (e->alias && text_is(name, e->alias->from))
		return (struct out_cell){ since_text(x, r, scratch), false };
	return (struct out_cell){ day_text(e->until && text_is(name, "until") ? r->until : r->valid_from, scratch),
				  false };
}

static void write_csv(struct export *x, const struct record *r, struct buf *out)
{
	struct buf scratch CLEANUP(buf_release) = BUF_INIT;

	for (size_t i = 0; i < x->nheads; i++)
		csv_cell(out, cell_of(x, r, i, &scratch).text);
	csv_row_end(out);
}

static void write_json(struct export *x, const struct record *r, struct buf *out)
{
	struct buf scratch CLEANUP(buf_release) = BUF_INIT;
	struct json j;

	json_init(&j, out);
	json_object(&j);
	for (size_t i = 0; i < x->nheads; i++) {
		struct out_cell cell = cell_of(x, r, i, &scratch);
		json_key(&j, x->heads[i]);
		if (cell.text.n == 0)
			json_null(&j);
		else if (cell.raw)
			json_raw(&j, cell.text);
		else
			json_str(&j, cell.text);
	}
	json_object_end(&j);
	buf_char(out, '\n');
}

/* ---- rows, owner by owner ---- */

static int by_key(const void *a, const void *b, void *arg)
{
	const struct line *x = a, *y = b;
	const struct buf *keys = arg;
	int d = str_cmp((struct str){ keys->p + x->key_at, x->key_n }, (struct str){ keys->p + y->key_at, y->key_n });

	return d ? d : x->number < y->number ? -1 : x->number > y->number;
}

static enum err flush(struct export *x, size_t more_than)
{
	if (!x->sorted || x->out.n <= more_than)
		return E_OK;
	enum err e = x->write(x->arg, (struct str){ x->out.p, x->out.n });
	buf_reset(&x->out);
	return e;
}

static enum err end_group(struct export *x)
{
	if (x->nlines == 0)
		return E_OK;
	if (x->nlines > 1)
		qsort_r(x->lines, x->nlines, sizeof *x->lines, by_key, &x->keys);
	size_t begin = x->out.n;
	for (size_t i = 0; i < x->nlines; i++)
		buf_add(&x->out, x->text.p + x->lines[i].at, x->lines[i].n);
	if (!x->sorted && x->owner >= 1 && x->owner <= keys_max(x->own)) {
		x->begin[x->owner] = begin;
		x->length[x->owner] = x->out.n - begin;
	}
	x->nlines = 0;
	buf_reset(&x->text);
	buf_reset(&x->keys);
	return flush(x, PIECE);
}

/* The natural key within one owner, as text that sorts: key fields of an EVENT, lane of a SERIES, day. */
static void add_key(struct export *x, const struct record *r)
{
	struct buf scratch CLEANUP(buf_release) = BUF_INIT;

	for (int i = 0; i < x->e->nfields; i++)
		if (x->e->fields[i].flags & (LANE | KEY)) {
			struct str s = field_text(x, r, i, &scratch);
			buf_add(&x->keys, s.p ? s.p : "", s.n);
			buf_char(&x->keys, '\0');
		}
	struct str day = day_text(r->valid_from, &scratch);
	buf_add(&x->keys, day.p, day.n);
}

static enum err add_row(struct export *x, const struct record *r)
{
	if (x->nlines && group_of(x, r) != x->owner)
		TRY(end_group(x));
	x->owner = group_of(x, r);
	if (x->nlines == x->lines_cap) {
		x->lines_cap = x->lines_cap ? x->lines_cap * 2 : 64;
		x->lines = xrealloc(x->lines, x->lines_cap * sizeof *x->lines);
	}
	struct line *l = &x->lines[x->nlines];
	*l = (struct line){ .at = x->text.n, .key_at = x->keys.n, .number = x->nlines };
	x->nlines++;
	if (x->o->format == EXPORT_CSV)
		write_csv(x, r, &x->text);
	else
		write_json(x, r, &x->text);
	add_key(x, r);
	l->n = x->text.n - l->at;
	l->key_n = x->keys.n - l->key_at;
	return E_OK;
}

static struct query query_of(const struct export *x)
{
	struct query q = { .entity = x->e, .at = x->o->at, .extent = BELIEVED };

	if (!x->o->all && x->e->kind == THING)
		q.extent = HOLDING;
	else if (!x->o->all && x->o->at.day != DATE_NONE)
		q.extent = BEGUN;
	return q;
}

static enum err write_rows(struct export *x)
{
	struct query q = query_of(x);
	struct cursor *k CLEANUP(cursor_close_p) = NULL;
	const struct record *r;

	TRY(cursor_open(x->c, &q, &k));
	for (;;) {
		TRY(cursor_next(k, &r));
		if (!r)
			return end_group(x);
		TRY(add_row(x, r));
	}
}

static int by_text(const void *a, const void *b, void *arg)
{
	const struct keys *k = arg;
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	int d = str_cmp(keys_text(k, x), keys_text(k, y));

	return d ? d : x < y ? -1 : x > y;
}

/* What was held back, in the order of the keys. */
static enum err write_sorted(struct export *x, size_t head)
{
	size_t n = (size_t)keys_max(x->own);
	int64_t *ids = ARENA_ARRAY(&x->arena, int64_t, n + 1);

	for (size_t i = 0; i < n; i++)
		ids[i] = (int64_t)i + 1;
	qsort_r(ids, n, sizeof *ids, by_text, x->own);
	TRY(x->write(x->arg, (struct str){ x->out.p, head }));
	struct buf piece CLEANUP(buf_release) = BUF_INIT;
	for (size_t i = 0; i < n; i++) {
		if (x->length[ids[i]])
			buf_add(&piece, x->out.p + x->begin[ids[i]], x->length[ids[i]]);
		if (piece.n > PIECE || (i + 1 == n && piece.n)) {
			TRY(x->write(x->arg, (struct str){ piece.p, piece.n }));
			buf_reset(&piece);
		}
	}
	return E_OK;
}

enum err export_entity(struct ctx *c, const struct entity *e, const struct export_options *o,
		       enum err (*write)(void *arg, struct str bytes), void *arg)
{
	struct export x CLEANUP(export_release) = { .c = c, .e = e, .o = o, .write = write, .arg = arg };

	if (e->kind == PLAIN) {
		problem_at(c->problems, NULL, 0, NULL, "%s is not exported to files; take another entity", e->name);
		return E_USAGE;
	}
	io_columns(e, &x.arena, &x.heads, &x.nheads);
	TRY(load_keys(&x));
	for (size_t i = 0; o->format == EXPORT_CSV && i < x.nheads; i++)
		csv_cell_text(&x.out, x.heads[i]);
	if (o->format == EXPORT_CSV)
		csv_row_end(&x.out);
	size_t head = x.out.n;
	TRY(write_rows(&x));
	if (!x.sorted)
		return write_sorted(&x, head);
	return flush(&x, 0);
}
