/* list_sheet.c - a list as a spreadsheet, in the columns that a spreadsheet sent back must have. */
#include "base/csv.h"
#include "entity/io.h"
#include "face/inside.h"
#include "face/listing.h"

#define CHUNK 500
#define PIECE 65536

struct sheet {
	struct listing l;
	const char **heads; /* NULL: left out */
	size_t n;
	bool closed; /* confidential columns are in it, each cell only where the reader may read it */
	struct buf out;
	struct arena chunk,
		*kept; /* of the rows at hand, so that a long sheet needs little memory; the request's own */
};

static void sheet_release(struct sheet *s)
{
	buf_release(&s->out);
	arena_release(&s->chunk);
}

/* The older numbers of a record have a spreadsheet of their own. */
static bool of_alias(const struct entity *e, const char *head)
{
	return e->alias && (text_is(head, e->alias->former) || text_is(head, e->alias->from));
}

static void columns(struct request *q, struct sheet *s)
{
	const struct entity *e = s->l.e;
	s->closed = who_may(q->who, MAY_CLOSED);
	io_columns(e, q->arena, &s->heads, &s->n);
	for (size_t i = 0; i < s->n; i++) {
		int f = entity_field(e, s->heads[i]);
		bool hidden = f >= 0 && i > 0 && (e->fields[f].flags & CONFIDENTIAL) && !s->closed;
		if (hidden || of_alias(e, s->heads[i]))
			s->heads[i] = NULL;
		else
			csv_cell_text(&s->out, s->heads[i]);
	}
	csv_row_end(&s->out);
}

static void cell(struct request *q, struct sheet *s, const struct record *r, const char *head, bool may_closed)
{
	CLEANUP(buf_release) struct buf text = BUF_INIT;
	char day[DATE_TEXT];
	int f = entity_field(r->entity, head);
	if (f >= 0 && ((r->entity->fields[f].flags & CONFIDENTIAL) == 0 || may_closed)) {
		if (r->v[f].set)
			value_text(q->c, &r->entity->fields[f], &r->v[f], &text);
	} else if (f < 0) {
		bool last = r->entity->until && text_is(head, "until");
		buf_text(&text, date_text(last ? r->until : r->valid_from, day));
	}
	csv_cell(&s->out, (struct str){ text.p, text.n });
}

/* What is noted lives longer than the rows. */
static void note(struct request *q, const struct sheet *s, const struct record *r, int64_t key)
{
	bool said = false;
	for (int i = 0; i < r->entity->nfields && !said; i++)
		said = (r->entity->fields[i].flags & CONFIDENTIAL) && r->v[i].set;
	if (!said)
		return;
	struct arena *chunk = q->arena;
	q->arena = s->kept;
	request_noted(q, key, r->entity->name);
	q->arena = chunk;
}

static enum err row(struct request *q, struct sheet *s, const struct listed *x)
{
	const struct record *r = x->r;
	struct record *mine;
	struct moment now = AS_OF_NOW;
	struct str key = x->key;
	bool closed = false;
	if (!r) {
		enum err e = read_thing(q->c, s->l.e, x->id, now, &mine);
		if (e == E_MISSING)
			return E_OK;
		TRY(e);
		r = mine;
	}
	if (s->closed && entity_has_closed(s->l.e))
		TRY(face_may_see(q, s->l.e, x->id, &closed));
	if (closed)
		note(q, s, r, x->id);
	if (!key.n)
		TRY(key_text(q->c, s->l.e->owner, x->id, 0, &key));
	csv_cell(&s->out, key);
	for (size_t i = 1; i < s->n; i++)
		if (s->heads[i])
			cell(q, s, r, s->heads[i], closed);
	csv_row_end(&s->out);
	return E_OK;
}

static enum err send(struct request *q, struct sheet *s, size_t above)
{
	if (s->out.n <= above)
		return E_OK;
	TRY(request_write(q, (struct str){ s->out.p, s->out.n }));
	buf_reset(&s->out);
	return E_OK;
}

static struct str copied(struct arena *a, struct str text)
{
	return (struct str){ text.n ? arena_text(a, text.p, text.n) : NULL, text.n };
}

static enum err chunks(struct request *q, struct sheet *s)
{
	size_t most = s->l.e->owner || s->l.of ? CHUNK : LISTING_SMALL;
	struct listing_page page = { .more = true };
	while (page.more) {
		TRY(listing_page(q, &s->l, most, false, &page));
		for (size_t i = 0; i < page.n; i++)
			TRY(row(q, s, &page.rows[i]));
		TRY(send(q, s, PIECE));
		s->l.after = page.next;
		s->l.after.text = copied(s->kept, page.next.text);
		arena_reset(&s->chunk);
	}
	return E_OK;
}

enum err list_sheet_draw(struct request *q)
{
	CLEANUP(sheet_release) struct sheet s = { 0 };
	const struct entity *e;
	TRY(face_entity(q, &e));
	TRY(listing_read(q, e, &s.l));
	s.l.all = true;
	s.l.after = (struct list_key){ 0 };
	columns(q, &s);
	request_type(q, "text/csv; charset=utf-8");
	request_save_as(q, str_of(arena_printf(q->arena, "%s.csv", e->name)));
	s.kept = q->arena;
	q->arena = q->c->arena = &s.chunk;
	enum err done = chunks(q, &s);
	q->arena = q->c->arena = s.kept;
	TRY(done);
	return send(q, &s, 0);
}
