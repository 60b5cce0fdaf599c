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

enum err plain_save(struct ctx *c, struct record *r)
{
	size_t before = c->problems->count;
	r->valid_from = c->today;
	check_complete(c, r);
	(void)check_values(c, r);
	TRY(check_links(c, NULL, r));
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

enum err plain_read(struct ctx *c, const struct entity *e, int64_t id, struct record **ret)
{
	struct stmt *st;
	bool row;
	int n, at = 0;
	const char *names = columns(c, e, &n);
	TRY(store_stmt(c->store, arena_printf(c->arena, "SELECT %s FROM %s WHERE id = ?", names, e->name), &st));
	stmt_int(st, 1, id);
	TRY(stmt_step(st, &row));
	if (!row)
		return E_MISSING;
	struct record *r = record_new(c->arena, e);
	r->id = id;
	for (int i = 0; i < e->nfields; i++)
		if (schema_stored(e, i))
			at = type_get(st, at, &e->fields[i], c->arena, &r->v[i]);
	stmt_reset(st);
	for (int i = 0; i < e->nfields; i++)
		if (e->fields[i].derive)
			e->fields[i].derive(r, &r->v[i]);
	*ret = r;
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
