/* schema.c - the tables that follow from a declaration. */
#include "entity/schema.h"

#include "entity/type.h"

bool schema_stored(const struct entity *e, int field)
{
	return e->kind != THING || e->alias || field != 0;
}

const char *schema_column(struct arena *a, const struct field *f, int k)
{
	return f->type == T_MONEY && k == 1 ? arena_printf(a, "%s_currency", f->name) : f->name;
}

bool schema_reserved(const char *name)
{
	static const char *const names[] = { "vid",        "id",          "rec",      "owner", "valid_from", "until",
					     "known_from", "idx",         "known_to", "op",    "why",        "salt",
					     "code",       "salt_closed", "created",  "text",  "integer",    "blob" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (text_is(names[i], name))
			return true;
	return false;
}

/* ---- a table that grows while it is described ---- */

struct draft {
	struct arena *a;
	struct column *columns;
	size_t n;
	const char **indexes;
	size_t nindexes;
};

static struct draft draft_of(struct arena *a, int nfields)
{
	return (struct draft){
		.a = a,
		.columns = ARENA_ARRAY(a, struct column, 3 * nfields + nfields + 16),
		.indexes = ARENA_ARRAY(a, const char *, nfields + 6),
	};
}

static void column(struct draft *d, const char *name, char kind, bool required, const char *more)
{
	d->columns[d->n++] = (struct column){ .name = name, .kind = kind, .required = required, .more = more };
}

static void field_columns(struct draft *d, const struct entity *e)
{
	for (int i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		if (!schema_stored(e, i))
			continue;
		const char *more = f->ref ? arena_printf(d->a, "REFERENCES %s", f->ref->name) : NULL;
		for (int k = 0; TYPE(f)->columns[k]; k++)
			column(d, schema_column(d->a, f, k), TYPE(f)->columns[k], false, more);
	}
	for (int i = 0; i < e->nfields; i++)
		if (e->kind == THING && schema_stored(e, i) && (e->fields[i].flags & SEARCHED))
			column(d, arena_printf(d->a, "%s_fold", e->fields[i].name), 't', false, NULL);
}

/* The two halves, believed and superseded: a row stands in exactly one of them, so both cost what one index costs. */
static void key_indexes(struct draft *d, const struct entity *e, const char *rows)
{
	struct buf key CLEANUP(buf_release) = BUF_INIT;
	int lane = entity_lane(e);
	bool fields = false;
	buf_text(&key, e->kind == THING ? "id" : "owner");
	if (lane >= 0)
		buf_printf(&key, ", %s", e->fields[lane].name);
	for (int i = 0; i < e->nfields; i++) {
		if (!(e->fields[i].flags & KEY))
			continue;
		fields = true;
		if (i != lane)
			buf_printf(&key, ", %s", e->fields[i].name);
	}
	if (e->kind != EVENT || e->day_in_key || !fields)
		buf_text(&key, ", valid_from");
	d->indexes[d->nindexes++] =
		arena_printf(d->a, "UNIQUE INDEX %s_now ON %s (%s) WHERE known_to IS NULL", rows, rows, buf_str(&key));
	d->indexes[d->nindexes++] =
		arena_printf(d->a, "INDEX %s_past ON %s (%s) WHERE known_to IS NOT NULL", rows, rows, buf_str(&key));
	if (e->latest_first)
		d->indexes[d->nindexes++] = arena_printf(d->a, "INDEX %s_back ON %s (owner, vid)", rows, rows);
}

static void field_indexes(struct draft *d, const struct entity *e, const char *rows)
{
	for (int i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		if (!schema_stored(e, i))
			continue;
		if (entity_is_alias(e) && i == 0) /* any number ever written finds its person, so corrected rows too */
			d->indexes[d->nindexes++] =
				arena_printf(d->a, "INDEX %s_%s ON %s (%s)", rows, f->name, rows, f->name);
		else if (f->flags & SEAT)
			d->indexes[d->nindexes++] =
				arena_printf(d->a, "INDEX %s_%s ON %s (%s, valid_from) WHERE known_to IS NULL", rows,
					     f->name, rows, f->name);
		else if ((e->kind == SERIES || e->kind == EVENT) && (f->flags & SEARCHED)) /* facts_with() */
			d->indexes[d->nindexes++] = arena_printf(d->a, "INDEX %s_%s ON %s (%s) WHERE known_to IS NULL",
								 rows, f->name, rows, f->name);
		else if (e->kind == THING && (f->flags & UNIQUE))
			d->indexes[d->nindexes++] = arena_printf(d->a, "INDEX %s_%s ON %s (%s) WHERE known_to IS NULL",
								 rows, f->name, rows, f->name);
	}
}

static const struct classed_table *finished(struct draft *d, const char *name, const char *key, enum table_class class)
{
	struct classed_table *t = ARENA_NEW(d->a, struct classed_table);
	t->class = class;
	t->table = (struct table){
		.name = name, .key = key, .columns = d->columns, .ncolumns = d->n, .indexes = d->indexes
	};
	return t;
}

static const struct classed_table *plain_rows(struct arena *a, const struct entity *e)
{
	struct draft d = draft_of(a, e->nfields);
	column(&d, "id", 'i', true, NULL);
	field_columns(&d, e);
	for (int i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		if (f->flags & (UNIQUE | KEY))
			d.indexes[d.nindexes++] =
				arena_printf(a, "%sINDEX %s_%s ON %s (%s)", f->flags & UNIQUE ? "UNIQUE " : "", e->name,
					     f->name, e->name, f->name);
	}
	return finished(&d, e->name, "id", VOLATILE);
}

const struct classed_table *schema_rows(struct arena *a, const struct entity *e)
{
	if (e->kind == PLAIN)
		return plain_rows(a, e);
	const char *rows = e->kind == THING ? arena_printf(a, "%s_v", e->name) : e->name;
	struct draft d = draft_of(a, e->nfields);
	column(&d, "vid", 'i', true, NULL);
	if (e->kind == THING) {
		column(&d, "id", 'i', true, arena_printf(a, "REFERENCES %s", e->name));
	} else {
		column(&d, "rec", 'i', true, NULL);
		column(&d, "owner", 'i', true, arena_printf(a, "REFERENCES %s", e->owner->name));
	}
	column(&d, "valid_from", 'i', true, NULL);
	if (e->until)
		column(&d, "until", 'i', false, NULL);
	column(&d, "known_from", 'i', true, NULL);
	column(&d, "idx", 'i', true, NULL);
	column(&d, "known_to", 'i', false, NULL);
	column(&d, "op", 'i', true, NULL);
	field_columns(&d, e);
	column(&d, "why", 't', false, NULL);
	column(&d, "salt", 'b', false, NULL);
	if (entity_has_closed(e))
		column(&d, "salt_closed", 'b', false, NULL);
	key_indexes(&d, e, rows);
	field_indexes(&d, e, rows);
	return finished(&d, rows, "vid", LEDGERED);
}

const struct classed_table *schema_anchor(struct arena *a, const struct entity *e)
{
	if (e->kind != THING)
		return NULL;
	struct draft d = draft_of(a, 0);
	column(&d, "id", 'i', true, NULL);
	column(&d, "code", 't', true, "UNIQUE");
	/* No REFERENCES entry: the entry is written after its rows, and a deferred key would have SQLite look through
	 * every table for it. verify finds an anchor of no entry. */
	column(&d, "created", 'i', true, NULL);
	return finished(&d, e->name, "id", DERIVED);
}

char schema_projected(const struct projected *p)
{
	if (p->folded)
		return 't';
	if (p->order || p->last || p->place || p->field == PROJECT_FROM)
		return 'i';
	if (p->then)
		return TYPE(&p->then->fields[p->then_field])->columns[0];
	return p->from ? TYPE(&p->from->fields[p->field])->columns[0] : 'i';
}

/* id, code, the columns (numbers, or text where folded or of a text field), turns_on; index NAME_turn. */
static const struct classed_table *of_projection(struct arena *a, const struct projection *p)
{
	struct draft d = draft_of(a, p->ncolumns + 4);
	column(&d, "id", 'i', true, NULL);
	column(&d, "code", 't', false, NULL);
	for (int i = 0; i < p->ncolumns; i++)
		column(&d, p->columns[i].name, schema_projected(&p->columns[i]), false, NULL);
	column(&d, "turns_on", 'i', false, NULL);
	size_t n = 0;
	while (p->indexes && p->indexes[n])
		n++;
	d.indexes = ARENA_ARRAY(a, const char *, n + 2);
	for (; d.nindexes < n; d.nindexes++)
		d.indexes[d.nindexes] = p->indexes[d.nindexes];
	d.indexes[d.nindexes++] =
		arena_printf(a, "INDEX %s_turn ON %s (turns_on) WHERE turns_on IS NOT NULL", p->name, p->name);
	return finished(&d, p->name, "id", DERIVED);
}

static const struct column term_columns[] = {
	{ "entity", 't', true, NULL },
	{ "term", 't', true, NULL },
	{ "record", 'i', true, NULL },
};
/* What search finds: entity, term, record. */
static const struct classed_table terms = {
	.class = DERIVED,
	.table = { .name = "term",
		   .more = "PRIMARY KEY (entity, term, record)",
		   .clustered = true,
		   .columns = term_columns,
		   .ncolumns = COUNT(term_columns) },
};

/* ---- the whole registry ---- */

const struct classed_table *const *schema_all(struct arena *a, const struct registry *r)
{
	size_t cap = 2, n = 0;
	for (const struct entity *const *e = r->entities; *e; e++)
		cap += 2;
	for (const struct projection *const *p = r->projections; p && *p; p++)
		cap++;
	for (const struct classed_table *const *t = r->tables; t && *t; t++)
		cap++;
	const struct classed_table **all = ARENA_ARRAY(a, const struct classed_table *, cap);
	/* Anchors first: rows of any kind may point to them. */
	for (const struct entity *const *e = r->entities; *e; e++)
		if ((*e)->kind == THING)
			all[n++] = schema_anchor(a, *e);
	for (const struct entity *const *e = r->entities; *e; e++)
		all[n++] = schema_rows(a, *e);
	for (const struct projection *const *p = r->projections; p && *p; p++)
		all[n++] = of_projection(a, *p);
	all[n++] = &terms;
	for (const struct classed_table *const *t = r->tables; t && *t; t++)
		all[n++] = *t;
	return all;
}
