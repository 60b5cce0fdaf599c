/* plan.c - the statements of one entity, written once. */
#include "entity/plan.h"

#include "entity/schema.h"
#include "entity/type.h"

struct plans {
	struct arena arena;
	struct plan **list; /* in registry order */
	int n;
};

static const char *sql(struct arena *a, struct buf *b)
{
	const char *text = arena_text(a, b->p, b->n);
	buf_reset(b);
	return text;
}

static void places(struct plan *p, struct arena *a)
{
	const struct entity *e = p->entity;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	int n = C_REST;
	buf_printf(&b, "r.vid, r.%s, r.%s, r.valid_from, r.known_from, r.idx, r.known_to, r.op",
		   e->kind == THING ? "id" : "rec", p->owner);
	p->at_until = p->at_code = -1;
	if (e->until) {
		buf_text(&b, ", r.until");
		p->at_until = n++;
	}
	if (e->kind == THING) {
		buf_text(&b, ", a.code");
		p->at_code = n++;
	}
	buf_text(&b, ", r.why");
	p->at_why = n++;
	p->at = ARENA_ARRAY(a, int, e->nfields + 1);
	for (int i = 0; i < e->nfields; i++) {
		p->at[i] = schema_stored(e, i) ? n : -1;
		for (int k = 0; p->at[i] >= 0 && TYPE(&e->fields[i])->columns[k]; k++, n++)
			buf_printf(&b, ", r.%s", schema_column(a, &e->fields[i], k));
	}
	p->ncolumns = n;
	if (n + 2 + p->nfolds > PLAN_COLUMNS)
		bug("%s has more than %d columns", p->entity->name, PLAN_COLUMNS);
	p->columns = sql(a, &b);
	p->salts = p->closed ? ", r.salt, r.salt_closed" : ", r.salt";
	p->from = e->kind == THING ? arena_printf(a, "%s r CROSS JOIN %s a WHERE a.id = r.id", p->rows, e->name)
				   : arena_printf(a, "%s r WHERE 1 = 1", p->rows);
}

static void about_fields(struct plan *p, struct arena *a)
{
	const struct entity *e = p->entity;
	bool keyed = false;
	p->lane = entity_lane(e);
	p->not_before = entity_flagged(e, NOT_BEFORE);
	p->seat_field = entity_flagged(e, SEAT);
	p->folds = ARENA_ARRAY(a, int, e->nfields + 1);
	for (int i = 0; i < e->nfields; i++) {
		unsigned flags = e->fields[i].flags;
		keyed = keyed || (flags & KEY);
		p->searched = p->searched || (flags & SEARCHED);
		if (e->kind == THING && (flags & SEARCHED) && schema_stored(e, i))
			p->folds[p->nfolds++] = i;
	}
	p->day_in_key = e->kind != EVENT || e->day_in_key || !keyed;
	p->is_alias = entity_is_alias(e);
}

/* ---- reading ---- */

static void range_sql(struct plan *p, struct arena *a)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	const struct entity *e = p->entity;
	const char *select = arena_printf(a, "SELECT %s FROM %s", p->columns, p->from);
	const char *range = arena_printf(a, " AND r.%s > ? AND r.%s <= ? AND r.valid_from <= ?", p->owner, p->owner);
	buf_printf(&b, "%d", C_OWNER + 1);
	if (p->lane >= 0)
		buf_printf(&b, ", %d", p->at[p->lane] + 1);
	/* Of an EVENT several rows may have one day; their order must not depend on the database. */
	buf_printf(&b, ", %d%s", C_FROM + 1, e->kind == EVENT ? ", 1" : "");
	const char *order = sql(a, &b);
	p->now = arena_printf(a, "%s AND r.known_to IS NULL%s ORDER BY %s", select, range, order);
	/* Two halves, each in the order of its own partial index, so that nothing is sorted. */
	p->past = arena_printf(
		a,
		"%s AND r.known_to IS NULL%s AND r.known_from <= ? UNION ALL %s AND r.known_to IS NOT NULL%s"
		" AND r.known_from <= ? AND r.known_to > ? ORDER BY %s",
		select, range, select, range, order);
	p->ever = arena_printf(a, "%s AND r.vid > ? AND r.vid <= ? ORDER BY r.vid", select);
	p->ever_of = arena_printf(
		a,
		"%s AND r.known_to IS NULL AND r.%s = ? UNION ALL %s AND r.known_to IS NOT NULL AND r.%s = ? "
		"ORDER BY 1",
		select, p->owner, select, p->owner);
	p->back = arena_printf(a, "%s AND r.vid <= ? ORDER BY r.vid DESC LIMIT ?", select);
	if (e->latest_first)
		p->back_of = arena_printf(a, "%s AND r.owner = ? AND r.vid <= ? ORDER BY r.vid DESC LIMIT ?", select);
}

static void key_sql(struct plan *p, struct arena *a)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	const struct entity *e = p->entity;
	buf_printf(&b, "SELECT %s FROM %s AND r.known_to IS NULL AND r.%s = ?", p->columns, p->from, p->owner);
	if (p->lane >= 0)
		buf_printf(&b, " AND r.%s = ?", e->fields[p->lane].name);
	for (int i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & KEY)
			buf_printf(&b, " AND r.%s = ?", e->fields[i].name);
	if (p->day_in_key)
		buf_text(&b, " AND r.valid_from = ?");
	p->by_key = sql(a, &b);
}

static void thing_sql(struct plan *p, struct arena *a)
{
	const struct entity *e = p->entity;
	const char *before = p->not_before >= 0 ? arena_printf(a, ", r.%s", e->fields[p->not_before].name) : "";
	p->versions = arena_printf(a, "SELECT %s FROM %s AND r.known_to IS NULL AND r.id = ? ORDER BY r.valid_from",
				   p->columns, p->from);
	p->standing =
		arena_printf(a,
			     "SELECT r.op%s FROM %s r WHERE r.known_to IS NULL AND r.id = ? AND r.valid_from <= ? "
			     "AND r.op <> 2 ORDER BY r.valid_from DESC LIMIT 1",
			     before, p->rows);
	p->first = arena_printf(a,
				"SELECT r.valid_from%s FROM %s r WHERE r.known_to IS NULL AND r.id = ? AND r.op <> 2 "
				"ORDER BY r.valid_from LIMIT 1",
				before, p->rows);
	p->exists = arena_printf(a, "SELECT id FROM %s WHERE id = ?", e->name);
	p->find = arena_printf(a, "SELECT id FROM %s WHERE code = ?", e->name);
	p->code = arena_printf(a, "SELECT code FROM %s WHERE id = ?", e->name);
	p->insert_anchor = arena_printf(a, "INSERT INTO %s (id, code, created) VALUES (?, ?, ?)", e->name);
	p->unique = ARENA_ARRAY(a, const char *, e->nfields + 1);
	for (int i = 0; i < e->nfields; i++)
		if ((e->fields[i].flags & UNIQUE) && schema_stored(e, i))
			p->unique[i] =
				arena_printf(a,
					     "SELECT r.id FROM %s r WHERE r.%s = ? AND r.known_to IS NULL AND r.op = 0 "
					     "AND r.id <> ? LIMIT 1",
					     p->rows, e->fields[i].name);
}

static void alias_sql(struct plan *p, struct arena *a)
{
	const char *number = p->entity->fields[0].name;
	p->find_alias =
		arena_printf(a,
			     "SELECT owner FROM %s WHERE %s = ? ORDER BY CASE WHEN known_to IS NULL AND op = 0 THEN 0 "
			     "ELSE 1 END, vid DESC LIMIT 1",
			     p->rows, number);
	p->taken = arena_printf(
		a, "SELECT owner FROM %s WHERE %s = ? AND known_to IS NULL AND op = 0 AND owner <> ? LIMIT 1", p->rows,
		number);
	p->newest = arena_printf(
		a, "SELECT %s FROM %s WHERE known_to IS NULL AND owner = ? AND op = 0 ORDER BY valid_from DESC LIMIT 1",
		number, p->rows);
	p->newest_past = arena_printf(a,
				      "SELECT %s FROM %s WHERE owner = ? AND op = 0 AND known_from <= ? AND "
				      "(known_to IS NULL OR known_to > ?) ORDER BY valid_from DESC LIMIT 1",
				      number, p->rows);
}

static void series_sql(struct plan *p, struct arena *a)
{
	const struct entity *e = p->entity;
	const char *lane = p->lane >= 0 ? arena_printf(a, " AND r.%s = 0", e->fields[p->lane].name) : "";
	p->next = arena_printf(
		a,
		"SELECT min(r.valid_from) FROM %s r WHERE r.known_to IS NULL AND r.owner = ?%s AND r.op <> 2 AND "
		"r.valid_from > ?",
		p->rows, lane);
	p->lane_rows = arena_printf(a,
				    "SELECT %s FROM %s AND r.known_to IS NULL AND r.owner = ?%s AND r.op <> 2 ORDER BY "
				    "r.valid_from",
				    p->columns, p->from, lane);
	if (p->seat_field >= 0)
		p->seat = arena_printf(a,
				       "SELECT %s FROM %s AND r.known_to IS NULL AND r.%s = ?%s AND r.op = 0 ORDER BY "
				       "r.valid_from, r.vid",
				       p->columns, p->from, e->fields[p->seat_field].name, lane);
}

/* ---- writing ---- */

static void write_sql(struct plan *p, struct arena *a)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	const struct table *t = &p->table->table;
	buf_printf(&b, "INSERT INTO %s (", p->rows);
	for (size_t i = 0; i < t->ncolumns; i++)
		buf_printf(&b, "%s%s", i ? ", " : "", t->columns[i].name);
	buf_text(&b, ") VALUES (?");
	for (size_t i = 1; i < t->ncolumns; i++)
		buf_text(&b, ", ?");
	buf_char(&b, ')');
	p->insert = sql(a, &b);
	p->close = arena_printf(a, "UPDATE %s SET known_to = ? WHERE vid = ?", p->rows);
	p->max_vid = arena_printf(a, "SELECT max(vid) FROM %s", p->rows);
	p->touched = arena_printf(a, "SELECT DISTINCT %s FROM %s WHERE vid > ? LIMIT ?", p->owner, p->rows);
	p->max_id = arena_printf(a, "SELECT max(id) FROM %s",
				 p->entity->kind == THING ? p->entity->name : p->entity->owner->name);
}

static struct plan *plan_new(struct arena *a, const struct entity *e, int number)
{
	struct plan *p = ARENA_NEW(a, struct plan);
	p->entity = e;
	p->number = number;
	p->table = schema_rows(a, e);
	p->anchor = schema_anchor(a, e);
	p->rows = p->table->table.name;
	p->owner = e->kind == THING ? "id" : "owner";
	p->closed = entity_has_closed(e);
	about_fields(p, a);
	if (e->kind == PLAIN) /* its statements are plain.c's */
		return p;
	places(p, a);
	range_sql(p, a);
	key_sql(p, a);
	if (e->kind == THING)
		thing_sql(p, a);
	if (p->is_alias)
		alias_sql(p, a);
	if (e->kind == SERIES)
		series_sql(p, a);
	write_sql(p, a);
	return p;
}

struct plans *plans_new(const struct registry *r)
{
	struct plans *p = xcalloc(1, sizeof(*p));
	arena_init(&p->arena);
	while (r->entities[p->n])
		p->n++;
	p->list = ARENA_ARRAY(&p->arena, struct plan *, p->n + 1);
	for (int i = 0; i < p->n; i++)
		p->list[i] = plan_new(&p->arena, r->entities[i], i);
	return p;
}

void plans_free(struct plans *p)
{
	if (!p)
		return;
	arena_release(&p->arena);
	free(p);
}

const struct plan *plans_find(const struct plans *p, const struct entity *e)
{
	for (int i = 0; i < p->n; i++)
		if (p->list[i]->entity == e)
			return p->list[i];
	bug("the entity %s is not registered", e->name);
}

int plans_count(const struct plans *p)
{
	return p->n;
}

/* ---- rows ---- */

static struct str kept(struct arena *a, struct str s)
{
	return a ? str_copy(a, s) : s;
}

/* The columns of one field, as type_get() reads them. */
static void take_field(const struct field *f, const struct stmt_value *x, struct arena *a, struct value *ret)
{
	int64_t *number = &ret->i;
	*ret = (struct value){ .set = x->type != 0 };
	if (!ret->set)
		return;
	for (const char *k = TYPE(f)->columns; *k; k++, x++) {
		if (*k == 'i') {
			*number = x->i;
			number = &ret->j;
		} else {
			ret->t = kept(a, x->t);
		}
	}
}

void plan_take(const struct plan *p, const struct stmt_value *x, struct arena *a, struct record *ret)
{
	const struct entity *e = p->entity;
	ret->vid = x[C_VID].i;
	ret->id = x[C_ID].i;
	ret->owner = e->kind == THING ? 0 : x[C_OWNER].i;
	ret->valid_from = (date)x[C_FROM].i;
	ret->known_from = x[C_KNOWN_FROM].i;
	ret->idx = (uint32_t)x[C_IDX].i;
	ret->known_to = x[C_KNOWN_TO].i;
	ret->op = (enum op)x[C_OP].i;
	ret->until = p->at_until >= 0 && x[p->at_until].type ? (date)x[p->at_until].i : DATE_NONE;
	ret->why = kept(a, x[p->at_why].t);
	if (p->at_code >= 0)
		ret->code = kept(a, x[p->at_code].t);
	for (int i = 0; i < e->nfields; i++)
		if (p->at[i] >= 0)
			take_field(&e->fields[i], &x[p->at[i]], a, &ret->v[i]);
	if (e->kind == THING && !e->alias)
		record_text(ret, 0, ret->code);
}

void plan_row(const struct plan *p, struct stmt *st, struct arena *a, struct record *ret)
{
	struct stmt_value x[PLAN_COLUMNS];
	stmt_values(st, x, p->ncolumns);
	plan_take(p, x, a, ret);
}

enum err plan_rows(const struct plan *p, struct stmt *st, struct arena *a, struct record ***ret, size_t *ret_n)
{
	struct record **list = NULL;
	size_t n = 0, cap = 0;
	for (bool row;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			break;
		ARENA_GROW(a, list, n, &cap);
		list[n] = record_new(a, p->entity);
		plan_row(p, st, a, list[n++]);
	}
	*ret = list;
	*ret_n = n;
	return E_OK;
}

int plan_bind_key(const struct plan *p, struct stmt *st, int i, const struct record *r)
{
	const struct entity *e = p->entity;
	stmt_int(st, i++, e->kind == THING ? r->id : r->owner);
	if (p->lane >= 0)
		i = type_bind(st, i, &e->fields[p->lane], &r->v[p->lane]);
	for (int k = 0; k < e->nfields; k++)
		if (e->fields[k].flags & KEY)
			i = type_bind(st, i, &e->fields[k], &r->v[k]);
	if (p->day_in_key)
		stmt_int(st, i++, r->valid_from);
	return i;
}

int plan_bind_row(const struct plan *p, struct stmt *st, const struct record *r, const struct str *folds)
{
	const struct entity *e = p->entity;
	int i = 1;
	stmt_int(st, i++, r->vid);
	stmt_int(st, i++, r->id);
	if (e->kind != THING)
		stmt_int(st, i++, r->owner);
	stmt_int(st, i++, r->valid_from);
	if (e->until && r->until == DATE_NONE)
		stmt_null(st, i++);
	else if (e->until)
		stmt_int(st, i++, r->until);
	stmt_int(st, i++, r->known_from);
	stmt_int(st, i++, r->idx);
	stmt_null(st, i++);
	stmt_int(st, i++, r->op);
	for (int k = 0; k < e->nfields; k++)
		if (p->at[k] >= 0)
			i = type_bind(st, i, &e->fields[k], &r->v[k]);
	for (int k = 0; k < p->nfolds; k++, i++) {
		if (r->v[p->folds[k]].set)
			stmt_text(st, i, folds[k]);
		else
			stmt_null(st, i);
	}
	if (r->why.n)
		stmt_text(st, i++, r->why);
	else
		stmt_null(st, i++);
	return i;
}
