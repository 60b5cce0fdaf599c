/* import_merge.c - the rows of a file against what is believed: new, unchanged, changed, corrected, or a problem. */
#include "entity/import.h"

/* Where a file is small beside the table, asking by record is cheaper than one pass over everybody. */
#define ASK_SHARE 16

struct believed {
	struct import *m;
	struct arena arena; /* of the group at hand */
	struct cursor *all; /* one pass; NULL: ask by record */
	const struct record *ahead;
	struct record **list;
	size_t n, cap;
	bool *touched;        /* of list: a version that this import rewrites */
	const uint32_t *rows; /* of the file, for the group */
	size_t nrows;
};

static void believed_release(struct believed *b)
{
	cursor_close(b->all);
	arena_release(&b->arena);
	free(b->list);
	free(b->touched);
}

static int64_t group_of(const struct record *r)
{
	return r->entity->kind == THING ? r->id : r->owner;
}

static void keep(struct believed *b, const struct record *r, size_t at)
{
	if (b->n + 1 >= b->cap) {
		b->cap = b->cap ? b->cap * 2 : 64;
		b->list = xrealloc(b->list, b->cap * sizeof *b->list);
		b->touched = xrealloc(b->touched, b->cap * sizeof *b->touched);
	}
	memmove(b->list + at + 1, b->list + at, (b->n - at) * sizeof *b->list);
	memmove(b->touched + at + 1, b->touched + at, (b->n - at) * sizeof *b->touched);
	b->list[at] = record_copy(&b->arena, r);
	b->touched[at] = false;
	b->n++;
}

static enum err ask(struct believed *b, int64_t id)
{
	struct query q = { .entity = b->m->e, .owner = id, .at = AS_OF_NOW, .extent = BELIEVED, .withdrawn = true };
	struct cursor *k CLEANUP(cursor_close_p) = NULL;
	const struct record *r;

	TRY(cursor_open(b->m->c, &q, &k));
	for (;;) {
		TRY(cursor_next(k, &r));
		if (!r)
			return E_OK;
		keep(b, r, b->n);
	}
}

/* All that is believed of one record, in order. */
static enum err believed_of(struct believed *b, int64_t id)
{
	arena_reset(&b->arena);
	b->n = 0;
	if (b->m->empty || (b->m->e->kind == THING && id > b->m->known_ids))
		return E_OK;
	if (!b->all)
		return ask(b, id);
	while (b->ahead && group_of(b->ahead) <= id) {
		if (group_of(b->ahead) == id)
			keep(b, b->ahead, b->n);
		TRY(cursor_next(b->all, &b->ahead));
	}
	return E_OK;
}

static enum err believed_open(struct believed *b, struct import *m)
{
	struct query q = { .entity = m->e, .at = AS_OF_NOW, .extent = BELIEVED, .withdrawn = true };

	b->m = m;
	if (m->empty || m->ordered * ASK_SHARE < (size_t)m->first_vid)
		return E_OK;
	TRY(cursor_open(m->c, &q, &b->all));
	return cursor_next(b->all, &b->ahead);
}

/* ---- results ---- */

static void put(struct import *m, uint32_t row)
{
	if (m->nouts == m->outs_cap) {
		m->outs_cap = m->outs_cap ? m->outs_cap + m->outs_cap / 4 + 64 : m->ordered + 1;
		m->outs = xrealloc(m->outs, m->outs_cap * sizeof *m->outs);
	}
	m->outs[m->nouts++] = (struct import_out){ .row = row };
}

static void put_over(struct import *m, uint32_t row, const struct record *old, const struct record *now, int64_t closes)
{
	if (m->nspecials == m->specials_cap) {
		m->specials_cap = m->specials_cap ? m->specials_cap * 2 : 64;
		m->specials = xrealloc(m->specials, m->specials_cap * sizeof *m->specials);
	}
	m->specials[m->nspecials++] = (struct import_special){ .old = old ? record_copy(&m->arena, old) : NULL,
							       .rec = record_copy(&m->arena, now),
							       .closes = closes };
	put(m, row);
	m->outs[m->nouts - 1].special = (uint32_t)m->nspecials;
}

struct import_special import_special_of(const struct import *m, size_t out)
{
	uint32_t n = m->outs[out].special;

	return n ? m->specials[n - 1] : (struct import_special){ 0 };
}

void import_out_record(struct import *m, struct import_worker *w, size_t out, struct record *ret)
{
	const struct record *rec = import_special_of(m, out).rec;
	struct value *v = ret->v;

	if (!rec) {
		import_record(m, w, m->outs[out].row, NULL, ret);
		return;
	}
	*ret = *rec;
	ret->v = v;
	memcpy(v, rec->v, sizeof *v * (size_t)m->e->nfields);
}

/* The first column present that differs; -1: none; nfields: the last day. */
static int differs(const struct import *m, const struct record *a, const struct record *b)
{
	for (int i = 0; i < m->e->nfields; i++)
		if (m->slot_of[i] >= 0 && !value_eq(&a->v[i], &b->v[i]))
			return i;
	return m->until_slot >= 0 && a->until != b->until ? m->e->nfields : -1;
}

static void say_text(struct import *m, const struct record *r, int field, struct buf *out)
{
	char day[DATE_TEXT];

	buf_reset(out);
	if (field == m->e->nfields)
		buf_text(out, date_text(r->until, day));
	else if (r->v[field].set)
		value_text(m->c, &m->e->fields[field], &r->v[field], out);
	if (out->n == 0)
		buf_text(out, say(m->c->problems->lang, N_("nothing")));
}

static void say_differs(struct import *m, uint32_t row, const struct record *old, const struct record *now, int field)
{
	struct buf was CLEANUP(buf_release) = BUF_INIT, is CLEANUP(buf_release) = BUF_INIT;
	const char *head = field == m->e->nfields ? "until" : m->e->fields[field].name;

	if (m->c->problems->kept < PROBLEMS_KEPT) {
		say_text(m, old, field, &was);
		say_text(m, now, field, &is);
	}
	import_bad(m, m->c->problems, row, head,
		   m->o->page ? "the same already stands with %s, here %s; mend the cell, or mark below that rows that "
				"differ were recorded wrongly"
			      : "the same key already stands with %s, here %s; correct the cell, or import with "
				"--correct --reason TEXT if it was recorded wrongly",
		   buf_str(&was), buf_str(&is));
}

/* A row that is equal to its version may still bring a number. */
static void count_named(struct import *m, uint32_t row)
{
	unsigned char named = m->named ? m->named[row] : NAMED_BEFORE;

	m->n->unchanged += named == NAMED_BEFORE;
	m->n->changed += named == NAMED_NEWLY;
	m->n->corrected += named == NAMED_CORRECTED;
}

static bool corrects(struct import *m, uint32_t row, const struct record *old, struct record *now)
{
	int field = differs(m, old, now);

	if (field < 0) {
		count_named(m, row);
		return false;
	}
	if (!m->o->correct) {
		say_differs(m, row, old, now, field);
		return false;
	}
	now->why = str_of(m->o->reason);
	m->n->corrected++;
	return true;
}

/* ---- facts ---- */

static bool same_fact(const struct import *m, const struct record *a, const struct record *b)
{
	for (int i = 0; i < m->e->nfields; i++)
		if ((m->e->fields[i].flags & (LANE | KEY)) && !value_eq(&a->v[i], &b->v[i]))
			return false;
	return !m->plan->day_in_key || a->valid_from == b->valid_from;
}

static void merge_fact(struct believed *b, uint32_t row)
{
	struct import *m = b->m;
	struct import_worker *w = &m->workers[0];
	const struct record *old = NULL;

	if (b->n == 0) {
		put(m, row);
		m->n->added++;
		return;
	}
	import_record(m, w, row, NULL, w->rec);
	for (size_t i = 0; i < b->n && !old; i++)
		if (same_fact(m, b->list[i], w->rec))
			old = b->list[i];
	if (!old || old->op == OP_WITHDRAWN) {
		w->rec->id = old ? old->id : 0;
		put_over(m, row, NULL, w->rec, old ? old->vid : 0);
		m->n->added++;
		return;
	}
	import_record(m, w, row, old, w->rec);
	w->rec->id = old->id;
	if (corrects(m, row, old, w->rec))
		put_over(m, row, old, w->rec, old->vid);
}

/* ---- versions of a THING ---- */

static bool stated(const struct believed *b, date day)
{
	for (size_t i = 0; i < b->nrows; i++)
		if (b->m->day[b->rows[i]] == day)
			return true;
	return false;
}

/* A field that changed is carried forward to later versions that had copied the value before it, up to one that the
 * file itself states. */
static void carry(struct believed *b, size_t at, const struct record *base)
{
	struct import *m = b->m;
	const struct record *now = b->list[at];

	for (int i = 0; i < m->e->nfields; i++) {
		if (m->slot_of[i] < 0 || value_eq(&base->v[i], &now->v[i]))
			continue;
		for (size_t k = at + 1; k < b->n && value_eq(&b->list[k]->v[i], &base->v[i]); k++) {
			if (stated(b, b->list[k]->valid_from))
				break;
			b->list[k]->v[i] = now->v[i];
			b->touched[k] = b->list[k]->vid != 0;
		}
	}
}

static void merge_same_day(struct believed *b, size_t at, uint32_t row)
{
	struct import *m = b->m;
	struct import_worker *w = &m->workers[0];
	struct record *old = b->list[at];

	import_record(m, w, row, old, w->rec);
	w->rec->id = old->id;
	w->rec->code = old->code;
	if (old->op == OP_WITHDRAWN) {
		put_over(m, row, NULL, w->rec, old->vid);
		m->n->added++;
		return;
	}
	if (!corrects(m, row, old, w->rec))
		return;
	put_over(m, row, old, w->rec, old->vid);
}

static void merge_version(struct believed *b, uint32_t row)
{
	struct import *m = b->m;
	struct import_worker *w = &m->workers[0];
	size_t at = 0;
	const struct record *base = NULL;
	char day[DATE_TEXT];

	while (at < b->n && b->list[at]->valid_from < m->day[row]) {
		base = b->list[at]->op == OP_WITHDRAWN ? base : b->list[at];
		at++;
	}
	if (at < b->n && b->list[at]->valid_from == m->day[row]) {
		merge_same_day(b, at, row);
		return;
	}
	if (base && base->op == OP_ENDS) {
		import_bad(m, m->c->problems, row, m->key_field.name,
			   "the %s ended on %s; give what follows it a code of its own",
			   entity_word(m->c->problems, m->e), date_text(base->valid_from, day));
		return;
	}
	import_record(m, w, row, base, w->rec);
	w->rec->id = m->id[row];
	keep(b, w->rec, at);
	b->list[at]->code = b->n > 1 ? b->list[at ? at - 1 : 1]->code : w->rec->code;
	put_over(m, row, base, b->list[at], 0);
	m->n->changed++;
	if (base)
		carry(b, at, base);
}

/* Later versions into which a change was carried are written again, each in the place of the believed one. */
static void put_carried(struct believed *b, uint32_t row)
{
	for (size_t i = 0; i < b->n; i++) {
		struct record *r = b->list[i];
		if (!b->touched[i])
			continue;
		r->why = (struct str){ 0 };
		put_over(b->m, row, r, r, r->vid);
	}
}

static void merge_thing(struct believed *b, const uint32_t *rows, size_t n)
{
	struct import *m = b->m;

	b->rows = rows;
	b->nrows = n;
	if (m->id[rows[0]] > m->known_ids) {
		for (size_t i = 0; i < n; i++)
			if (!m->bad[rows[i]]) {
				put(m, rows[i]);
				m->n->added += i == 0;
				m->n->changed += i > 0;
			}
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (!m->bad[rows[i]])
			merge_version(b, rows[i]);
	put_carried(b, rows[0]);
}

enum err import_merge(struct import *m)
{
	struct believed b CLEANUP(believed_release) = { 0 };
	size_t to;

	TRY(believed_open(&b, m));
	for (size_t from = 0; from < m->ordered; from = to) {
		for (to = from; to < m->ordered && m->id[m->order[to]] == m->id[m->order[from]];)
			to++;
		TRY(believed_of(&b, m->id[m->order[from]]));
		if (m->e->kind == THING) {
			merge_thing(&b, m->order + from, to - from);
			continue;
		}
		for (size_t i = from; i < to; i++)
			if (!m->bad[m->order[i]])
				merge_fact(&b, m->order[i]);
	}
	return E_OK;
}
