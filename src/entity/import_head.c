/* import_head.c - which column of a file is what; foreign and missing ones are named. */
#include "entity/import.h"

/* What one of our heads is; false: no column of this entity. */
static bool slot_named(const struct import *m, struct str head, struct slot *ret)
{
	const struct entity *e = m->e;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	const char **heads;
	size_t n;
	const char *found = NULL;

	io_columns(e, &a, &heads, &n);
	for (size_t i = 0; i < n; i++)
		if (str_is(head, heads[i]))
			found = heads[i];
	if (!found)
		return false;
	*ret = (struct slot){ .kind = SLOT_FIELD, .field = entity_field(e, found), .head = found };
	if (found == heads[0] && e->kind != PLAIN)
		ret->kind = SLOT_KEY;
	else if (e->alias && text_is(found, e->alias->former))
		ret->kind = SLOT_FORMER;
	else if (e->alias && text_is(found, e->alias->from))
		ret->kind = SLOT_FROM;
	else if (ret->field < 0)
		ret->kind = text_is(found, "until") && e->until ? SLOT_UNTIL : SLOT_DAY;
	return true;
}

/* The mapping file: file_column,column; an empty second cell drops the column. Answers what a head is called here. */
struct mapping {
	struct csv *file;
	bool *used;
};

static void mapping_release(struct mapping *map)
{
	csv_free(map->file);
	free(map->used);
}

static enum err mapping_read(struct import *m, struct mapping *ret)
{
	struct problems *p = m->c->problems;

	if (!m->o->map_path)
		return E_OK;
	TRY(csv_read_file(m->o->map_path, p, &ret->file));
	if (csv_columns(ret->file) != 2 || csv_find(ret->file, "file_column") != 0 ||
	    csv_find(ret->file, "column") != 1) {
		problem_at(p, m->o->map_path, 1, csv_find(ret->file, "file_column") != 0 ? "file_column" : "column",
			   "a mapping file has the head file_column,column; write that as its first row");
		return E_INVALID;
	}
	ret->used = xcalloc(csv_rows(ret->file) + 1, sizeof *ret->used);
	return E_OK;
}

/* The row of the mapping that names this head, or 0; *ret is then our name, empty to drop it. */
static size_t mapped(struct mapping *map, struct str head, struct str *ret)
{
	struct str cells[2];

	for (size_t i = 0; map->file && i < csv_rows(map->file); i++) {
		csv_row(map->file, i, cells);
		if (str_eq(cells[0], head)) {
			map->used[i] = true;
			*ret = cells[1];
			return csv_row_number(map->file, i);
		}
	}
	return 0;
}

static void say_unused_row(struct import *m, struct mapping *map, size_t i)
{
	struct str cells[2], name;
	size_t row = csv_row_number(map->file, i);

	csv_row(map->file, i, cells);
	size_t first = mapped(map, cells[0], &name);
	if (first < row)
		problem_at(m->c->problems, m->o->map_path, row, "file_column",
			   "row %zu maps \"%.*s\" already; remove one of the two", first, (int)cells[0].n, cells[0].p);
	else
		problem_at(m->c->problems, m->o->map_path, row, "file_column",
			   "%s has no column \"%.*s\"; correct the name or remove this row", m->name, (int)cells[0].n,
			   cells[0].p);
}

static void say_unused(struct import *m, struct mapping *map)
{
	for (size_t i = 0; map->file && i < csv_rows(map->file); i++)
		if (!map->used[i])
			say_unused_row(m, map, i);
}

static void say_heads(const struct import *m, struct buf *out)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	const char **heads;
	size_t n;

	io_columns(m->e, &a, &heads, &n);
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%s%s", i ? ", " : "", heads[i]);
}

static void say_foreign(struct import *m, struct str head)
{
	struct buf known CLEANUP(buf_release) = BUF_INIT;

	say_heads(m, &known);
	problem_at(m->c->problems, m->name, 1, arena_text(&m->arena, head.p, head.n),
		   m->o->page
			   ? "%s has no such column (it has %s); rename it in the file, or say below which column it "
			     "is or that it is passed over"
			   : "%s has no such column (it has %s); rename it, map it with --map, or leave it out with "
			     "--ignore-extra",
		   entity_word(m->c->problems, m->e), buf_str(&known));
}

static int *place_of(struct import *m, const struct slot *s)
{
	switch (s->kind) {
	case SLOT_KEY:
		return &m->key_slot;
	case SLOT_DAY:
		return &m->day_slot;
	case SLOT_UNTIL:
		return &m->until_slot;
	case SLOT_FORMER:
		return &m->former_slot;
	case SLOT_FROM:
		return &m->from_slot;
	case SLOT_FIELD:
		return &m->slot_of[s->field];
	case SLOT_DROP:
		break;
	}
	return NULL;
}

static void take_column(struct import *m, struct mapping *map, size_t column)
{
	struct str head = csv_head(m->csv, column), name = head;
	size_t map_row = mapped(map, head, &name);
	struct slot *s = &m->slots[column];

	if (map_row && name.n == 0)
		return;
	if (!slot_named(m, name, s)) {
		if (map_row)
			problem_at(m->c->problems, m->o->map_path, map_row, "column",
				   "%s has no column \"%.*s\"; take one that `merit describe %s` shows", m->e->name,
				   (int)name.n, name.p, m->e->name);
		else if (!m->o->ignore_extra)
			say_foreign(m, head);
		s->kind = SLOT_DROP;
		return;
	}
	int *place = place_of(m, s);
	if (!place)
		return;
	if (*place >= 0) {
		problem_at(m->c->problems, map_row ? m->o->map_path : m->name, map_row ? map_row : 1,
			   map_row ? "column" : arena_text(&m->arena, head.p, head.n),
			   "two columns of the file are taken as %s; map one of them to nothing", s->head);
		s->kind = SLOT_DROP;
		return;
	}
	*place = (int)column;
}

static void say_missing(struct import *m, const char *head)
{
	problem_at(m->c->problems, m->name, 1, head,
		   m->o->page
			   ? "the file has no column of this name; add it, or say below which column of the file it is"
			   : "the file has no column of this name; add it, or map another to it with --map");
}

static void check_missing(struct import *m)
{
	const struct entity *e = m->e;

	if (e->kind != PLAIN && m->key_slot < 0)
		say_missing(m, e->owner ? entity_owner_column(e) : e->alias ? entity_key_column(e) : e->fields[0].name);
	if (e->kind != PLAIN && !e->timeless && m->day_slot < 0 && m->first_day < 0 && m->year_end < 0)
		say_missing(m, entity_day_column(e));
	for (int i = e->kind == THING && !e->alias; i < e->nfields; i++)
		if ((e->fields[i].flags & (REQUIRED | EXPECTED)) && m->slot_of[i] < 0)
			say_missing(m, e->fields[i].name);
}

static void clear_slots(struct import *m)
{
	m->ncolumns = csv_columns(m->csv);
	m->slots = ARENA_ARRAY(&m->arena, struct slot, m->ncolumns);
	m->slot_of = ARENA_ARRAY(&m->arena, int, m->e->nfields);
	for (int i = 0; i < m->e->nfields; i++)
		m->slot_of[i] = -1;
	m->key_slot = m->day_slot = m->until_slot = m->former_slot = m->from_slot = -1;
	m->first_day = entity_flagged(m->e, FIRST_DAY);
	m->year_end = entity_flagged(m->e, YEAR_END);
}

enum err import_head(struct import *m)
{
	struct mapping map CLEANUP(mapping_release) = { 0 };
	size_t before = m->c->problems->count;

	clear_slots(m);
	TRY(mapping_read(m, &map));
	for (size_t i = 0; i < m->ncolumns; i++)
		take_column(m, &map, i);
	say_unused(m, &map);
	check_missing(m);
	return m->c->problems->count > before ? E_INVALID : E_OK;
}
