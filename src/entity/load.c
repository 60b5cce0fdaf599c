/* load.c - many rows of one entity into its table. */
#include "entity/load.h"

#include "entity/schema.h"
#include "entity/type.h"

enum source { VID, ID, OWNER, FROM, UNTIL, KNOWN_FROM, IDX, KNOWN_TO, OP, WHY, SALT, SALT_CLOSED, FIELD, FOLD };
struct filled {
	enum source source;
	int field, part; /* FIELD: and which of its columns. FOLD: place among the folds, and the field */
};
struct load {
	struct bulk *bulk;
	struct arena arena;
	struct filled *columns;
	size_t n;
};

static bool filled_by_field(const struct plan *p, struct arena *a, const char *name, struct filled *ret)
{
	const struct entity *e = p->entity;

	for (int i = 0; i < e->nfields; i++)
		for (int k = 0; schema_stored(e, i) && TYPE(&e->fields[i])->columns[k]; k++)
			if (text_is(name, schema_column(a, &e->fields[i], k))) {
				*ret = (struct filled){ FIELD, i, k };
				return true;
			}
	for (int i = 0; i < p->nfolds; i++)
		if (text_is(name, arena_printf(a, "%s_fold", e->fields[p->folds[i]].name))) {
			*ret = (struct filled){ FOLD, i, p->folds[i] };
			return true;
		}
	return false;
}

static struct filled filled_by(const struct plan *p, struct arena *a, const char *name)
{
	/* clang-format off */
	static const struct { const char *name; enum source source; } own[] = {
		{ "vid", VID }, { "id", ID }, { "rec", ID }, { "owner", OWNER }, { "valid_from", FROM }, { "until", UNTIL },
		{ "known_from", KNOWN_FROM }, { "idx", IDX }, { "known_to", KNOWN_TO }, { "op", OP }, { "why", WHY },
		{ "salt", SALT }, { "salt_closed", SALT_CLOSED },
	};
	/* clang-format on */
	struct filled f;

	for (size_t i = 0; i < COUNT(own); i++)
		if (text_is(name, own[i].name))
			return (struct filled){ own[i].source, 0, 0 };
	if (!filled_by_field(p, a, name, &f))
		bug("no value fills the column %s of %s", name, p->rows);
	return f;
}

enum err load_begin(struct store *s, const struct plan *p, struct load **ret)
{
	const struct table *t = &p->table->table;
	struct load *l = xcalloc(1, sizeof *l);
	const char **names = ARENA_ARRAY(&l->arena, const char *, t->ncolumns + 1);
	char *kinds = ARENA_ARRAY(&l->arena, char, t->ncolumns + 1);

	l->columns = ARENA_ARRAY(&l->arena, struct filled, t->ncolumns);
	l->n = t->ncolumns;
	for (size_t i = 0; i < l->n; i++) {
		names[i] = t->columns[i].name;
		kinds[i] = t->columns[i].kind;
		l->columns[i] = filled_by(p, &l->arena, names[i]);
	}
	enum err e = bulk_begin(s, p->rows, names, kinds, &l->bulk);
	if (e != E_OK) {
		arena_release(&l->arena);
		free(l);
		return e;
	}
	*ret = l;
	return E_OK;
}

static void add_text(struct bulk *b, struct str s, bool set)
{
	if (set)
		bulk_text(b, s);
	else
		bulk_null(b);
}

static void add_field(struct bulk *b, const struct field *f, const struct value *v, int part)
{
	char kind = TYPE(f)->columns[part];

	if (!v->set)
		bulk_null(b);
	else if (kind == 'i')
		bulk_int(b, f->type == T_MONEY && part == 1 ? v->j : v->i);
	else
		bulk_text(b, v->t);
}

static void add_column(struct bulk *b, const struct filled *f, const struct load_row *row)
{
	const struct record *r = row->r;

	switch (f->source) {
	case VID:
		bulk_int(b, r->vid);
		return;
	case ID:
		bulk_int(b, r->id);
		return;
	case OWNER:
		bulk_int(b, r->owner);
		return;
	case FROM:
		bulk_int(b, r->valid_from);
		return;
	case UNTIL:
		if (r->until == DATE_NONE)
			bulk_null(b);
		else
			bulk_int(b, r->until);
		return;
	case KNOWN_FROM:
		bulk_int(b, r->known_from);
		return;
	case IDX:
		bulk_int(b, r->idx);
		return;
	case KNOWN_TO:
		bulk_null(b);
		return;
	case OP:
		bulk_int(b, r->op);
		return;
	case WHY:
		add_text(b, r->why, r->why.n > 0);
		return;
	case SALT:
		bulk_blob(b, row->salts, SALT_SIZE);
		return;
	case SALT_CLOSED:
		bulk_blob(b, row->salts + SALT_SIZE, SALT_SIZE);
		return;
	case FIELD:
		add_field(b, &r->entity->fields[f->field], &r->v[f->field], f->part);
		return;
	case FOLD:
		add_text(b, row->folds[f->field], r->v[f->part].set);
		return;
	}
}

enum err load_add(struct load *l, const struct load_row *row)
{
	for (size_t i = 0; i < l->n; i++)
		add_column(l->bulk, &l->columns[i], row);
	return bulk_row(l->bulk);
}

enum err load_end(struct load *l)
{
	enum err e;

	if (!l)
		return E_OK;
	e = bulk_end(l->bulk);
	arena_release(&l->arena);
	free(l);
	return e;
}

static enum err add_anchors(struct bulk *b, int64_t first, const struct str *codes, size_t n, int64_t created)
{
	for (size_t i = 0; i < n; i++) {
		bulk_int(b, first + (int64_t)i);
		bulk_text(b, codes[i]);
		bulk_int(b, created);
		TRY(bulk_row(b));
	}
	return E_OK;
}

enum err load_anchors(struct store *s, const struct plan *p, int64_t first, const struct str *codes, size_t n,
		      int64_t created)
{
	static const char *const names[] = { "id", "code", "created", NULL };
	struct bulk *b;

	if (n == 0)
		return E_OK;
	TRY(bulk_begin(s, p->anchor->table.name, names, "iti", &b));
	enum err e = add_anchors(b, first, codes, n, created);
	enum err ended = bulk_end(b);
	return e == E_OK ? ended : e;
}
