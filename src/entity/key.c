/* key.c - between the numbers of records and the keys that people write. */
#include "entity/inner.h"
#include "entity/read.h"

#include "base/map.h"

static enum err find_int(struct ctx *c, const char *sql, struct str key, int64_t *ret)
{
	struct stmt *st;
	bool row;
	TRY(store_stmt(c->store, sql, &st));
	stmt_text(st, 1, key);
	TRY(stmt_step(st, &row));
	if (!row)
		return E_MISSING;
	*ret = stmt_get_int(st, 0);
	stmt_reset(st);
	return E_OK;
}

enum err key_find(struct ctx *c, const struct entity *e, struct str key, int64_t *ret_id)
{
	enum err answer = E_MISSING;
	if (e->alias)
		answer = find_int(c, plan_of(c, e->alias->series)->find_alias, key, ret_id);
	if (answer == E_MISSING)
		answer = find_int(c, plan_of(c, e)->find, key, ret_id);
	return answer;
}

static enum err find_text(struct ctx *c, const char *sql, int64_t id, int64_t position, struct str *ret)
{
	struct stmt *st;
	bool row;
	TRY(store_stmt(c->store, sql, &st));
	stmt_int(st, 1, id);
	if (position) {
		stmt_int(st, 2, position);
		stmt_int(st, 3, position);
	}
	TRY(stmt_step(st, &row));
	if (!row)
		return E_MISSING;
	*ret = str_copy(c->arena, stmt_get_text(st, 0));
	stmt_reset(st);
	return E_OK;
}

enum err key_text(struct ctx *c, const struct entity *e, int64_t id, int64_t position, struct str *ret)
{
	enum err answer = E_MISSING;
	if (e->alias) {
		const struct plan *p = plan_of(c, e->alias->series);
		answer = find_text(c, position ? p->newest_past : p->newest, id, position, ret);
	}
	if (answer == E_MISSING)
		answer = find_text(c, plan_of(c, e)->code, id, 0, ret);
	return answer;
}

/* ---- all at once ---- */

static enum err each_pair(struct ctx *c, const char *sql, void (*use)(void *arg, struct str text, int64_t id),
			  void *arg)
{
	struct stmt *st;
	bool row;
	TRY(store_stmt(c->store, sql, &st));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		use(arg, stmt_get_text(st, 0), stmt_get_int(st, 1));
	}
}

static const char *pairs(struct ctx *c, const struct entity *e, const char *where)
{
	const struct plan *p = plan_of(c, e);
	if (e->kind == THING)
		return arena_printf(c->arena, "SELECT code, id FROM %s%s", e->name, where);
	return arena_printf(c->arena, "SELECT %s, owner FROM %s%s", e->fields[0].name, p->rows, where);
}

static void into_map(void *arg, struct str text, int64_t id)
{
	if (text.n)
		(void)map_set(arg, text, id);
}

static enum err fill_map(struct ctx *c, const struct entity *e, struct map *m)
{
	TRY(each_pair(c, pairs(c, e, ""), into_map, m));
	if (!e->alias)
		return E_OK;
	/* Later ones win, as in key_find: who is believed to have the number, before who was once. */
	TRY(each_pair(c, pairs(c, e->alias->series, " WHERE known_to IS NOT NULL OR op <> 0 ORDER BY vid"), into_map,
		      m));
	return each_pair(c, pairs(c, e->alias->series, " WHERE known_to IS NULL AND op = 0"), into_map, m);
}

enum err key_map(struct ctx *c, const struct entity *e, struct map **ret)
{
	struct map *m CLEANUP(map_free_p) = map_new();
	TRY(fill_map(c, e, m));
	*ret = m;
	m = NULL;
	return E_OK;
}

struct keys {
	struct arena arena;
	struct str *text; /* by number */
	int64_t max;
};

static void into_keys(void *arg, struct str text, int64_t id)
{
	struct keys *k = arg;
	if (text.n && id > 0 && id <= k->max)
		k->text[id] = str_copy(&k->arena, text);
}

static enum err fill_keys(struct ctx *c, const struct entity *e, int64_t position, struct keys *k)
{
	TRY(store_get_int(c->store, plan_of(c, e)->max_id, 0, &k->max));
	k->text = xcalloc((size_t)k->max + 1, sizeof(*k->text));
	TRY(each_pair(c, pairs(c, e, ""), into_keys, k));
	if (!e->alias)
		return E_OK;
	const char *when = "known_to IS NULL";
	if (position)
		when = arena_printf(c->arena, "known_from <= %lld AND (known_to IS NULL OR known_to > %lld)",
				    (long long)position, (long long)position);
	const char *where = arena_printf(c->arena, " WHERE op = 0 AND %s ORDER BY owner, valid_from", when);
	return each_pair(c, pairs(c, e->alias->series, where), into_keys, k);
}

enum err keys_load(struct ctx *c, const struct entity *e, int64_t position, struct keys **ret)
{
	struct keys *k = xcalloc(1, sizeof(*k));
	arena_init(&k->arena);
	enum err answer = fill_keys(c, e, position, k);
	if (answer == E_OK)
		*ret = k;
	else
		keys_free(k);
	return answer;
}

struct str keys_text(const struct keys *k, int64_t id)
{
	return id > 0 && id <= k->max ? k->text[id] : (struct str){ 0 };
}

int64_t keys_max(const struct keys *k)
{
	return k->max;
}

void keys_free(struct keys *k)
{
	if (!k)
		return;
	arena_release(&k->arena);
	free(k->text);
	free(k);
}
