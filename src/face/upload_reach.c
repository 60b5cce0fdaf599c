/* upload_reach.c - which rows of a spreadsheet its sender may write at all. */
#include "face/inside.h"
#include "face/upload.h"

struct looking {
	const struct entity *e, *thing;
	struct csv *sheet, *map;
	const char *path;
};

static void looking_release(struct looking *l)
{
	csv_free(l->sheet);
	csv_free(l->map);
}

/* The column of the file that is one of ours, by its own head or by the map. */
static int column_of(const struct looking *l, const char *head)
{
	struct str cells[2];
	int direct = csv_find(l->sheet, head);
	for (size_t i = 0; l->map && csv_columns(l->map) == 2 && i < csv_rows(l->map); i++) {
		csv_row(l->map, i, cells);
		for (size_t k = 0; str_is(cells[1], head) && k < csv_columns(l->sheet); k++)
			if (str_eq(csv_head(l->sheet, k), cells[0]))
				return (int)k;
	}
	return direct;
}

static bool closed_columns(const struct looking *l)
{
	for (int i = 0; i < l->e->nfields; i++)
		if ((l->e->fields[i].flags & CONFIDENTIAL) && column_of(l, l->e->fields[i].name) >= 0)
			return true;
	return false;
}

/* Nobody of that number, and somebody out of reach, are the same to whoever asks. */
static enum err row(struct request *q, const struct looking *l, size_t number, struct str key, const char *head,
		    bool closed_asked)
{
	int64_t id;
	bool closed = false, own = false;
	enum err e = key_find(q->c, l->thing, key, &id);
	bool found = e == E_OK;
	if (e == E_MISSING && l->e->kind == THING)
		e = face_may_make(q, l->e);
	else if (e == E_OK)
		e = face_may_write(q, l->e, id);
	if (e == E_OK && l->e->kind != THING)
		e = face_may_see(q, l->e, id, &closed);
	else if (e == E_OK)
		closed = who_everywhere(q->who, MAY_CLOSED);
	if (e == E_MISSING && found)
		TRY(face_writes_own(q, l->e, id, &own));
	if (own) {
		problem_at(
			q->c->problems, l->path, number, head,
			"\"%.*s\" is the file of who sends this, and nobody writes into the own file; let a colleague "
			"send this row",
			(int)key.n, key.p);
		return E_OK;
	}
	if (e == E_MISSING) {
		problem_at(
			q->c->problems, l->path, number, head,
			"nothing with the number \"%.*s\" is in your reach; look at the number, or let the office that "
			"keeps it send this row",
			(int)key.n, key.p);
		return E_OK;
	}
	TRY(e);
	if (closed_asked && !closed)
		problem_at(q->c->problems, l->path, number, NULL,
			   "the file has a confidential column, which your duty does not include here; take the column "
			   "out");
	return E_OK;
}

static enum err look(struct request *q, const struct looking *l)
{
	const char *head = l->e->owner ? entity_owner_column(l->e) : entity_key_column(l->e);
	struct str *cells = ARENA_ARRAY(q->arena, struct str, csv_columns(l->sheet) + 1);
	int column = column_of(l, head);
	bool closed = closed_columns(l);
	/* Without that column nothing can be taken in, and the import says so. */
	for (size_t i = 0; column >= 0 && i < csv_rows(l->sheet); i++) {
		csv_row(l->sheet, i, cells);
		if (cells[column].n)
			TRY(row(q, l, csv_row_number(l->sheet, i), cells[column], head, closed));
	}
	return E_OK;
}

/* Who writes everywhere may still have a file of their own, or stand in for somebody who has. */
static bool may_be_own(const struct request *q, const struct entity *thing)
{
	const struct face *f = face_of(q);
	bool stands_in = false;
	for (size_t i = 0; i < q->who->nreach; i++)
		stands_in = stands_in || q->who->reach[i].delegated_by;
	return stands_in || (f->own && f->own(q->who, thing, q->who->person));
}

enum err upload_reach(struct request *q, const struct entity *e, const char *path, const char *map)
{
	CLEANUP(looking_release) struct looking l = { .e = e, .thing = e->owner ? e->owner : e, .path = path };
	size_t before = q->c->problems->count;
	right_t right = face_right(e) | e->write;
	if (!may_be_own(q, l.thing) && who_everywhere(q->who, right) &&
	    (!entity_has_closed(e) || who_everywhere(q->who, MAY_CLOSED)))
		return E_OK;
	TRY(csv_read_file(path, q->c->problems, &l.sheet));
	if (map)
		TRY(csv_read_file(map, q->c->problems, &l.map));
	TRY(look(q, &l));
	return q->c->problems->count == before ? E_OK : E_INVALID;
}
