/* rules.c - the rules in force, read. They are always made from their canonical JSON, whether a store or a proof file
 * gives it, so that both can only judge alike. */
#include "policy/rules.h"

#include "policy/resolved.h"

static int add_piece(const char *p, size_t n, void *arg)
{
	buf_add(arg, p, n);
	return 0;
}

/* jansson sorts keys by bytes and escapes as RFC 8785 does, but for control characters, which no pack may hold. */
static enum err fill(struct rules *r, const json_t *tree)
{
	if (!json_is_object(tree) || json_dump_callback(tree, add_piece, &r->json, JSON_COMPACT | JSON_SORT_KEYS) != 0)
		return E_INVALID;
	r->hash = sha256(buf_str(&r->json), r->json.n);
	const json_t *day = json_object_get(tree, "day");
	if (!day || !date_parse(str_of(json_string_value(day)), &r->day))
		return E_INVALID;
	TRY(rules_read_tables(r, json_object_get(tree, "tables")));
	TRY(rules_read_parameters(r, json_object_get(tree, "parameters")));
	return rules_read_policies(r, json_object_get(tree, "policies"));
}

enum err rules_of_tree(const json_t *tree, const struct pack_reader *reader, struct rules **ret)
{
	CLEANUP(rules_free_p) struct rules *r = xcalloc(1, sizeof(*r));
	atomic_init(&r->holders, 1);
	arena_init(&r->arena);
	r->reader = reader;
	TRY(fill(r, tree));
	*ret = r;
	r = NULL;
	return E_OK;
}

enum err rules_of_json(struct str json, const struct pack_reader *reader, struct rules **ret)
{
	json_t *tree = json_loadb(json.n ? json.p : "", json.n, JSON_REJECT_DUPLICATES, NULL);
	if (!tree)
		return E_INVALID;
	enum err e = rules_of_tree(tree, reader, ret);
	json_decref(tree);
	return e;
}

void rules_free(struct rules *r)
{
	if (!r || atomic_fetch_sub(&r->holders, 1) > 1)
		return;
	for (size_t i = 0; i < r->ntables; i++)
		map_free(r->tables[i].by_key);
	buf_release(&r->json);
	arena_release(&r->arena);
	free(r);
}

void rules_free_p(struct rules **r)
{
	rules_free(*r);
}

struct str rules_json(const struct rules *r)
{
	return (struct str){ r->json.p, r->json.n };
}

struct hash rules_hash(const struct rules *r)
{
	return r->hash;
}

date rules_day(const struct rules *r)
{
	return r->day;
}

/* ---- tables ---- */
static const struct rules_table *table_of(const struct rules *r, const char *name)
{
	for (size_t i = 0; i < r->ntables; i++)
		if (str_is(r->tables[i].name, name))
			return &r->tables[i];
	return NULL;
}

size_t rules_count(const struct rules *r, const char *table)
{
	const struct rules_table *t = table_of(r, table);
	return t ? t->n : 0;
}

const struct rules_row *rules_row(const struct rules *r, const char *table, size_t i)
{
	const struct rules_table *t = table_of(r, table);
	return t && i < t->n ? &t->rows[i] : NULL;
}

const struct rules_row *rules_next(const struct rules_row *row)
{
	return row + 1 < row->of->rows + row->of->n ? row + 1 : NULL;
}

const struct rules_row *rules_find(const struct rules *r, const char *table, struct str key)
{
	const struct rules_table *t = table_of(r, table);
	int64_t row = 0;
	return t && map_get(t->by_key, key, &row) ? &t->rows[row] : NULL;
}

static const struct param *cell(const struct rules_row *row, const char *column)
{
	for (size_t i = 0; row && i < row->of->ncolumns; i++)
		if (str_is(row->of->columns[i], column))
			return &row->cells[i];
	return NULL;
}

struct str row_text(const struct rules_row *row, const char *column)
{
	const struct param *v = cell(row, column);
	return v && v->set ? v->t : (struct str){ 0 };
}

int64_t row_int(const struct rules_row *row, const char *column, int64_t otherwise)
{
	const struct param *v = cell(row, column);
	return v && v->set ? v->i : otherwise;
}

struct str row_reason(const struct rules_row *row)
{
	return row->reason;
}

bool row_assumed(const struct rules_row *row)
{
	return row->assumed;
}

struct str row_source(const struct rules_row *row)
{
	return row->source;
}

/* ---- parameters ---- */
static const struct param *parameter(const struct rules *r, const char *name)
{
	for (size_t i = 0; i < r->nparameters; i++)
		if (str_is(r->parameters[i].name, name))
			return &r->parameters[i].value;
	return NULL;
}

bool rules_int(const struct rules *r, const char *name, int64_t *ret)
{
	const struct param *v = parameter(r, name);
	if (!v)
		return false;
	*ret = v->i;
	return true;
}

struct str rules_text(const struct rules *r, const char *name)
{
	const struct param *v = parameter(r, name);
	return v ? v->t : (struct str){ 0 };
}

size_t rules_list(const struct rules *r, const char *name, const struct str **ret)
{
	const struct param *v = parameter(r, name);
	if (!v || !v->list)
		return 0;
	*ret = v->list;
	return v->n;
}

/* ---- policies ---- */
const struct ruleset *rules_policy(const struct rules *r, const char *kind, const char *name)
{
	for (size_t i = 0; i < r->npolicies; i++) {
		const struct ruleset *s = &r->policies[i];
		if (str_is(s->kind, kind) && (name ? str_is(s->name, name) : s->by_default))
			return s;
	}
	return NULL;
}

void rules_policy_names(const struct rules *r, const char *kind, struct buf *out)
{
	const char *comma = "";
	for (size_t i = 0; i < r->npolicies; i++) {
		const struct ruleset *s = &r->policies[i];
		if (!str_is(s->kind, kind))
			continue;
		buf_text(out, comma);
		buf_add(out, s->name.p, s->name.n);
		comma = ", ";
	}
}
