/* import_parse.c - every cell to a number or a checked text, on all cores. */
#include "base/number.h"
#include "entity/check.h"
#include "entity/import.h"
#include "entity/type.h"

/* Stands in one integer. */
static bool is_number(const struct field *f)
{
	return text_is(TYPE(f)->columns, "i");
}

/* A problem of the row at hand that a check worded without knowing of files. */
void import_adopt(struct import *m, struct problems *p, size_t kept, uint32_t row)
{
	for (size_t i = kept; i < p->kept; i++) {
		p->list[i].file = m->name;
		p->list[i].row = csv_row_number(m->csv, row);
	}
}

/* What a check says of a column whose cell could not be read is not news. */
static void drop_repeated(struct problems *p, size_t first, size_t checked)
{
	size_t to = checked;

	for (size_t i = checked; i < p->kept; i++) {
		bool repeated = false;
		for (size_t k = first; k < checked; k++)
			repeated |= text_is(p->list[k].column, p->list[i].column);
		if (repeated)
			p->count--;
		else
			p->list[to++] = p->list[i];
	}
	p->kept = to;
}

static struct value unset(void)
{
	return (struct value){ 0 };
}

static bool parse_date(struct import *m, struct import_worker *w, const struct field *f, int slot, uint32_t row,
		       date *ret)
{
	struct value v = unset();

	*ret = DATE_NONE;
	if (slot < 0 || w->cells[slot].n == 0)
		return true;
	if (!value_parse(&w->c, f, w->cells[slot], DATE_NONE, &v, &w->problems, m->name, csv_row_number(m->csv, row))) {
		m->bad[row] = 1;
		return false;
	}
	*ret = (date)v.i;
	return true;
}

/* DATE_NONE for a year that is said to be wrong where that field is read: of a day made of it there is nothing to say.
 */
static date year_day(const struct field *f, struct str cell)
{
	int64_t year;

	if (!number_parse(cell, &year) || year < 1 || year > 9999 || (f->max && (year < f->min || year > f->max)))
		return DATE_NONE;
	return date_of((int)year, 12, 31);
}

/* Days come first: codes are looked up in the rules of the row's day. */
static void parse_day(struct import *m, struct import_worker *w, uint32_t row)
{
	date day = DATE_NONE;
	bool read = parse_date(m, w, &m->day_field, m->day_slot, row, &day);

	if (day == DATE_NONE && read && m->first_day >= 0) {
		struct str cell = w->cells[m->slot_of[m->first_day]];
		if (!date_parse(cell, &day))
			day = DATE_NONE; /* said where that field is read */
	} else if (day == DATE_NONE && read && m->year_end >= 0) {
		day = year_day(&m->e->fields[m->year_end], w->cells[m->slot_of[m->year_end]]);
	} else if (day == DATE_NONE && m->e->timeless) {
		day = DATE_MIN;
	} else if (day == DATE_NONE && read) {
		import_bad(m, &w->problems, row, m->day_field.name, "the day is missing; write it as YYYY-MM-DD");
	}
	m->day[row] = day;
	w->rec->valid_from = day;
}

static void parse_key(struct import *m, struct import_worker *w, uint32_t row)
{
	struct str key = w->cells[m->key_slot];
	struct value v = unset();

	if (key.n == 0) {
		import_bad(m, &w->problems, row, m->key_field.name, "the key is missing; fill the cell");
		return;
	}
	if (m->e->kind != THING) {
		if (!map_get(m->owners->keys, key, &m->id[row]))
			import_bad(m, &w->problems, row, m->key_field.name,
				   "no %s has the %s %.*s; import it first, or correct the cell",
				   entity_word(&w->problems, m->e->owner), m->key_field.name, (int)key.n, key.p);
		w->rec->owner = m->id[row];
		return;
	}
	if (!value_parse(&w->c, &m->key_field, key, check_code_day(w->rec), &v, &w->problems, m->name,
			 csv_row_number(m->csv, row)))
		m->bad[row] = 1;
	w->rec->code = key;
	if (m->former_slot >= 0 && w->cells[m->former_slot].n > 0 &&
	    !value_parse(&w->c, &m->former_field, w->cells[m->former_slot], check_code_day(w->rec), &v, &w->problems,
			 m->name, csv_row_number(m->csv, row)))
		m->bad[row] = 1;
}

/* A code as written, through the worker's memory of what was looked up before. */
static bool find_code(struct import *m, struct import_worker *w, int field, struct str text, struct value *ret)
{
	const struct codes *codes = m->c->codes;
	const char *reason = NULL;
	int64_t seen;

	if (!map_get(w->packs[field], text, &seen)) {
		int64_t number = codes->number(codes->arg, m->e->fields[field].of, text);
		bool assumed = false;
		if (number == 0) {
			number = codes->synonym(codes->arg, m->e->fields[field].of, text, &reason);
			assumed = number != 0 && reason;
		}
		seen = number * 2 + assumed;
		map_set(w->packs[field], text, seen);
	}
	if (seen == 0)
		return false;
	w->assumed += (size_t)(seen & 1);
	*ret = (struct value){ .set = true, .i = seen / 2 };
	return true;
}

static bool find_ref(struct import *m, struct import_worker *w, uint32_t row, int field, struct str text,
		     struct value *ret)
{
	const struct field *f = &m->e->fields[field];
	int64_t id;

	if (f->ref == m->e) /* may stand in this file: looked up when all its keys are known */
		return true;
	if (!map_get(m->refs[field]->keys, text, &id)) {
		import_bad(m, &w->problems, row, f->name,
			   "no %s has the code %.*s; import it first, or correct the cell",
			   entity_word(&w->problems, field_refers(m->c->registry, f)), (int)text.n, text.p);
		return false;
	}
	*ret = (struct value){ .set = true, .i = id };
	return true;
}

static void parse_field(struct import *m, struct import_worker *w, uint32_t row, int field)
{
	const struct field *f = &m->e->fields[field];
	struct str text = w->cells[m->slot_of[field]];
	struct value *v = &w->rec->v[field];

	if (text.n == 0) {
		*v = m->fill[field];
		if (!v->set && (f->flags & REQUIRED))
			import_bad(m, &w->problems, row, f->name, "the cell is empty, but %s is needed; fill it",
				   field_word(&w->problems, f));
	} else if (f->ref || m->refs[field]) {
		find_ref(m, w, row, field, text, v);
	} else if (f->type != T_PACK || !find_code(m, w, field, text, v)) {
		if (!value_parse(&w->c, f, text, check_code_day(w->rec), v, &w->problems, m->name,
				 csv_row_number(m->csv, row))) {
			*v = unset();
			m->bad[row] = 1;
		}
	}
	if (m->ints[field])
		m->ints[field][row] = v->set ? v->i : UNSTATED;
}

static void clear_record(struct import *m, struct record *r)
{
	for (int i = 0; i < m->e->nfields; i++)
		r->v[i] = m->slot_of[i] < 0 ? m->fill[i] : unset();
	r->until = DATE_NONE;
	r->owner = 0;
	r->code = (struct str){ 0 };
}

static void check_times(struct import *m, struct import_worker *w, uint32_t row)
{
	struct standing s;
	size_t count = w->problems.count, kept = w->problems.kept;

	for (int i = 0; i < m->e->nfields; i++) {
		if (!m->refs[i] || !w->rec->v[i].set || m->slot_of[i] < 0)
			continue;
		eras_standing(m->refs[i]->eras, w->rec->v[i].i, m->day[row], &s);
		if (!s.exists || !s.holds || s.first > m->day[row])
			check_link(&w->c, w->rec, i, w->cells[m->slot_of[i]], &s);
	}
	if (m->owners && w->rec->owner) {
		eras_standing(m->owners->eras, w->rec->owner, m->day[row], &s);
		check_owner(&w->c, w->rec, w->cells[m->key_slot], &s);
	}
	if (w->problems.count > count) {
		import_adopt(m, &w->problems, kept, row);
		m->bad[row] = 1;
	}
}

static void parse_row(struct import *m, struct import_worker *w, uint32_t row)
{
	size_t count = w->problems.count, kept = w->problems.kept;

	arena_reset(&w->row);
	csv_row(m->csv, row, w->cells);
	clear_record(m, w->rec);
	parse_day(m, w, row);
	parse_key(m, w, row);
	parse_date(m, w, &m->until_field, m->until_slot, row, &w->rec->until);
	if (m->until)
		m->until[row] = w->rec->until;
	if (m->from)
		parse_date(m, w, &m->from_field, m->from_slot, row, &m->from[row]);
	for (int i = 0; i < m->e->nfields; i++)
		if (m->slot_of[i] >= 0 && m->slot_of[i] != m->key_slot)
			parse_field(m, w, row, i);
	if (m->e->kind == THING && !m->e->alias)
		w->rec->v[0] = (struct value){ .set = w->rec->code.n > 0, .t = w->rec->code };
	size_t count_read = w->problems.count, kept_read = w->problems.kept;
	if (m->day[row] == DATE_NONE)
		return;
	if (!check_values(&w->c, w->rec)) {
		m->bad[row] = 1;
		import_adopt(m, &w->problems, kept_read, row);
		if (count_read > count)
			drop_repeated(&w->problems, kept, kept_read);
	}
	check_times(m, w, row);
}

static void parse_block(struct import *m, struct import_worker *w, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		parse_row(m, w, (uint32_t)i);
}

/* What a cell means when it is empty: the same for every row. */
static bool fill_empty(struct import *m)
{
	m->fill = ARENA_ARRAY(&m->arena, struct value, m->e->nfields);
	for (int i = 0; i < m->e->nfields; i++) {
		const struct field *f = &m->e->fields[i];
		if ((f->flags & (LANE | REQUIRED)) == LANE)
			m->fill[i] = (struct value){ .set = true };
		if (f->empty_as &&
		    !value_parse(m->c, f, str_of(f->empty_as), m->c->today, &m->fill[i], m->c->problems, m->name, 0))
			return false;
	}
	return true;
}

static void make_room(struct import *m)
{
	size_t n = m->rows + 1;

	m->id = xcalloc(n, sizeof *m->id);
	m->day = xcalloc(n, sizeof *m->day);
	m->bad = xcalloc(n, sizeof *m->bad);
	if (m->until_slot >= 0)
		m->until = xcalloc(n, sizeof *m->until);
	if (m->e->alias) {
		m->from = xcalloc(n, sizeof *m->from);
		m->named = xcalloc(n, sizeof *m->named);
	}
	m->ints = ARENA_ARRAY(&m->arena, int64_t *, m->e->nfields);
	for (int i = 0; i < m->e->nfields; i++)
		if (m->slot_of[i] >= 0 && m->slot_of[i] != m->key_slot && is_number(&m->e->fields[i]))
			m->ints[i] = xmalloc(n * sizeof **m->ints);
}

enum err import_parse(struct import *m)
{
	if (!fill_empty(m))
		return E_INVALID;
	make_room(m);
	TRY(import_rows(m, m->rows, parse_block));
	import_gather(m);
	return E_OK;
}
