/* plain.c - records without history: a row is written over and deleted. */
#include "entity/plain.h"

#include "entity/check.h"
#include "entity/plan.h"
#include "entity/schema.h"
#include "entity/type.h"

/* "SELECT a, b FROM job WHERE id = ?", "INSERT INTO job (a, b, id) VALUES (?, ?, ?)": the fields first. */
static const char *columns(struct ctx *c, const struct entity *e, int *ret_n)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	int n = 0;
	for (int i = 0; i < e->nfields; i++)
		for (int k = 0; schema_stored(e, i) && TYPE(&e->fields[i])->columns[k]; k++, n++)
			buf_printf(&b, "%s%s", n ? ", " : "", schema_column(c->arena, &e->fields[i], k));
	*ret_n = n;
	return arena_copy(c->arena, buf_str(&b));
}

static enum err insert(struct ctx *c, const struct record *r)
{
	const struct entity *e = r->entity;
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	int n, at = 1;
	const char *names = columns(c, e, &n);
	buf_printf(&b, "INSERT INTO %s (%s, id) VALUES (?", e->name, names);
	for (int i = 0; i < n; i++)
		buf_text(&b, ", ?");
	buf_char(&b, ')');
	TRY(store_stmt(c->store, buf_str(&b), &st));
	for (int i = 0; i < e->nfields; i++)
		if (schema_stored(e, i))
			at = type_bind(st, at, &e->fields[i], &r->v[i]);
	stmt_int(st, at, r->id);
	return stmt_run(st);
}

/* Another row with the value of a UNIQUE field. */
static enum err check_unique(struct ctx *c, const struct record *r)
{
	const struct entity *e = r->entity;
	for (int i = 0; i < e->nfields; i++) {
		struct record *other;
		if (!(e->fields[i].flags & UNIQUE) || !r->v[i].set)
			continue;
		enum err answer = plain_find(c, e, i, &r->v[i], &other);
		if (answer == E_OK && other->id != r->id)
			problem_at(c->problems, NULL, 0, e->fields[i].name,
				   "another one has it already; choose another");
		else if (answer != E_OK && answer != E_MISSING)
			return answer;
	}
	return E_OK;
}

enum err plain_save(struct ctx *c, struct record *r)
{
	size_t before = c->problems->count;
	r->valid_from = c->today;
	check_complete(c, r);
	(void)check_values(c, r);
	TRY(check_links(c, NULL, r));
	TRY(check_unique(c, r));
	if (c->problems->count == before)
		(void)check_rules(c, NULL, r);
	if (c->problems->count != before)
		return E_INVALID;
	if (r->id) {
		TRY(plain_delete(c, r->entity, r->id));
		return insert(c, r);
	}
	int64_t last;
	TRY(store_get_int(c->store, arena_printf(c->arena, "SELECT max(id) FROM %s", r->entity->name), 0, &last));
	r->id = last + 1;
	return insert(c, r);
}

/* "SELECT id, a, b FROM job WHERE a = ? ORDER BY id": the rows whose column is one value. */
static enum err select_by(struct ctx *c, const struct entity *e, const char *column, struct stmt **ret)
{
	int n;
	const char *names = columns(c, e, &n);
	return store_stmt(
		c->store,
		arena_printf(c->arena, "SELECT id, %s FROM %s WHERE %s = ? ORDER BY id", names, e->name, column), ret);
}

static struct record *get(struct ctx *c, const struct entity *e, struct stmt *st)
{
	struct record *r = record_new(c->arena, e);
	int at = 1;
	r->id = stmt_get_int(st, 0);
	for (int i = 0; i < e->nfields; i++)
		if (schema_stored(e, i))
			at = type_get(st, at, &e->fields[i], c->arena, &r->v[i]);
	return r;
}

static enum err first(struct ctx *c, const struct entity *e, struct stmt *st, struct record **ret)
{
	bool row;
	TRY(stmt_step(st, &row));
	if (!row)
		return E_MISSING;
	*ret = get(c, e, st);
	stmt_reset(st);
	return E_OK;
}

enum err plain_read(struct ctx *c, const struct entity *e, int64_t id, struct record **ret)
{
	struct stmt *st;
	TRY(select_by(c, e, "id", &st));
	stmt_int(st, 1, id);
	return first(c, e, st, ret);
}

static enum err find(struct ctx *c, const struct entity *e, int field, const struct value *value, struct stmt **ret)
{
	const struct field *f = &e->fields[field];
	if (TYPE(f)->columns[1])
		bug("%s.%s has several columns and finds no rows", e->name, f->name);
	TRY(select_by(c, e, f->name, ret));
	struct value v = *value;
	v.set = true;
	(void)type_bind(*ret, 1, f, &v);
	return E_OK;
}

enum err plain_find(struct ctx *c, const struct entity *e, int field, const struct value *value, struct record **ret)
{
	struct stmt *st;
	TRY(find(c, e, field, value, &st));
	return first(c, e, st, ret);
}

enum err plain_all(struct ctx *c, const struct entity *e, int field, const struct value *value, struct record ***ret,
		   size_t *ret_n)
{
	struct record **list = NULL;
	size_t n = 0, cap = 0;
	struct stmt *st;
	bool row;
	TRY(find(c, e, field, value, &st));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			break;
		ARENA_GROW(c->arena, list, n, &cap);
		list[n++] = get(c, e, st);
	}
	*ret = list;
	*ret_n = n;
	return E_OK;
}

/* ---- a span of numbers ---- */

static enum err span_stmt(struct ctx *c, const struct plain_span *span, const char *what, const char *order,
			  struct stmt **ret)
{
	const struct entity *e = span->of;
	TRY(store_stmt(c->store,
		       arena_printf(c->arena, "SELECT %s FROM %s WHERE %s BETWEEN ? AND ?%s", what, e->name,
				    e->fields[span->field].name, order),
		       ret));
	stmt_int(*ret, 1, span->low);
	stmt_int(*ret, 2, span->high);
	return E_OK;
}

enum err plain_count(struct ctx *c, const struct plain_span *span, int64_t *ret)
{
	struct stmt *st;
	bool row;
	TRY(span_stmt(c, span, "COUNT(*)", "", &st));
	TRY(stmt_step(st, &row));
	*ret = row ? stmt_get_int(st, 0) : 0;
	stmt_reset(st);
	return E_OK;
}

enum err plain_first(struct ctx *c, const struct plain_span *span, size_t most, struct record ***ret, size_t *ret_n)
{
	int ncolumns;
	const char *names = arena_printf(c->arena, "id, %s", columns(c, span->of, &ncolumns));
	const char *order =
		arena_printf(c->arena, " ORDER BY %s, id LIMIT %zu", span->of->fields[span->field].name, most);
	struct record **list = ARENA_ARRAY(c->arena, struct record *, most + 1);
	size_t n = 0;
	struct stmt *st;
	bool row;
	TRY(span_stmt(c, span, names, order, &st));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			break;
		list[n++] = get(c, span->of, st);
	}
	*ret = list;
	*ret_n = n;
	return E_OK;
}

enum err plain_delete_before(struct ctx *c, const struct entity *e, int field, int64_t instant, int64_t *ret_n)
{
	struct stmt *st;
	TRY(store_stmt(c->store, arena_printf(c->arena, "DELETE FROM %s WHERE %s < ?", e->name, e->fields[field].name),
		       &st));
	stmt_int(st, 1, instant);
	TRY(stmt_run(st));
	if (ret_n)
		*ret_n = stmt_changed(st);
	return E_OK;
}

enum err plain_delete(struct ctx *c, const struct entity *e, int64_t id)
{
	struct stmt *st;
	bool row;
	TRY(store_stmt(c->store, arena_printf(c->arena, "SELECT id FROM %s WHERE id = ?", e->name), &st));
	stmt_int(st, 1, id);
	TRY(stmt_step(st, &row));
	stmt_reset(st);
	if (!row)
		return E_MISSING;
	TRY(store_stmt(c->store, arena_printf(c->arena, "DELETE FROM %s WHERE id = ?", e->name), &st));
	stmt_int(st, 1, id);
	return stmt_run(st);
}
