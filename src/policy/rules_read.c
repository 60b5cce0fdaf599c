/* rules_read.c - the resolved rules from their JSON, which may come from a stranger's proof file. */
#include "policy/content.h"
#include "policy/resolved.h"
#include "policy/typed.h"

#define CHECK(holds)                                                                                                   \
	do {                                                                                                           \
		if (!(holds))                                                                                          \
			return E_INVALID;                                                                              \
	} while (0)

static struct str text_of(struct rules *r, const json_t *v)
{
	if (!json_is_string(v))
		return (struct str){ 0 };
	size_t n = json_string_length(v);
	return (struct str){ arena_text(&r->arena, json_string_value(v), n), n };
}

static bool texts_of(struct rules *r, const json_t *v, const struct str **ret, size_t *ret_n)
{
	size_t n = json_array_size(v);
	struct str *list = ARENA_ARRAY(&r->arena, struct str, n ? n : 1);
	for (size_t i = 0; i < n; i++) {
		if (!json_is_string(json_array_get(v, i)))
			return false;
		list[i] = text_of(r, json_array_get(v, i));
	}
	*ret = list;
	*ret_n = n;
	return true;
}

/* type P_TEXT with `declared` false: kept as it is. */
static bool value_of(struct rules *r, const json_t *v, enum pack_type type, bool declared, struct param *ret)
{
	CLEANUP(problems_release) struct problems p = PROBLEMS_INIT;
	struct param x = { .set = true };
	if (json_is_array(v)) {
		if ((declared && type != P_CODES) || !texts_of(r, v, &x.list, &x.n))
			return false;
	} else if (!json_is_string(v)) {
		return false;
	} else {
		x.t = text_of(r, v);
		if (declared && !typed_read(type, x.t, &r->arena, (struct place){ 0 }, &p, &x))
			return false;
	}
	*ret = x;
	return true;
}

/* ---- tables ---- */
static int column_number(const struct rules_table *t, const char *name)
{
	for (size_t i = 0; i < t->ncolumns; i++)
		if (str_is(t->columns[i], name))
			return (int)i;
	return -1;
}

static bool is_mark(const char *key)
{
	return mark_is(str_of(key));
}

#define COLUMNS 64

/* Declared columns first, then whatever else the rows hold. */
static bool read_columns(struct rules *r, struct rules_table *t, json_t *rows)
{
	t->columns = ARENA_ARRAY(&r->arena, struct str, COLUMNS);
	for (int i = 0; t->of && i < t->of->ncolumns && i < COLUMNS; i++)
		t->columns[t->ncolumns++] = str_of(t->of->columns[i].name);
	for (size_t i = 0; i < json_array_size(rows); i++) {
		json_t *row = json_array_get(rows, i);
		if (!json_is_object(row))
			return false;
		for (void *at = json_object_iter(row); at; at = json_object_iter_next(row, at)) {
			const char *key = json_object_iter_key(at);
			if (is_mark(key) || column_number(t, key) >= 0)
				continue;
			if (t->ncolumns == COLUMNS)
				return false;
			t->columns[t->ncolumns++] = str_of(arena_copy(&r->arena, key));
		}
	}
	return true;
}

static bool read_row(struct rules *r, const struct rules_table *t, json_t *row, struct rules_row *ret)
{
	ret->of = t;
	ret->cells = ARENA_ARRAY(&r->arena, struct param, t->ncolumns ? t->ncolumns : 1);
	ret->assumed = json_is_true(json_object_get(row, "assumption"));
	ret->source = text_of(r, json_object_get(row, "source"));
	ret->reason = text_of(r, json_object_get(row, "reason"));
	for (void *at = json_object_iter(row); at; at = json_object_iter_next(row, at)) {
		int i = column_number(t, json_object_iter_key(at));
		bool declared = t->of && i < t->of->ncolumns;
		if (is_mark(json_object_iter_key(at)))
			continue;
		if (i < 0 || !value_of(r, json_object_iter_value(at), declared ? t->of->columns[i].type : P_TEXT,
				       declared, &ret->cells[i]))
			return false;
	}
	return true;
}

static size_t first_key(const struct rules_table *t)
{
	for (int i = 0; t->of && i < t->of->ncolumns; i++)
		if (t->of->columns[i].key)
			return (size_t)i;
	return 0;
}

static enum err read_table(struct rules *r, const char *name, json_t *rows, struct rules_table *t)
{
	int64_t other = 0;
	t->name = str_of(arena_copy(&r->arena, name));
	t->of = pack_declared(r->reader, t->name);
	t->by_key = map_new();
	CHECK(json_is_array(rows) && read_columns(r, t, rows));
	size_t n = json_array_size(rows), key = first_key(t);
	t->rows = ARENA_ARRAY(&r->arena, struct rules_row, n ? n : 1);
	for (size_t i = 0; i < n; i++) {
		CHECK(read_row(r, t, json_array_get(rows, i), &t->rows[i]));
		if (t->ncolumns)
			map_add(t->by_key, t->rows[i].cells[key].t, (int64_t)i, &other);
	}
	t->n = n;
	return E_OK;
}

enum err rules_read_tables(struct rules *r, const json_t *tables)
{
	CHECK(json_is_object(tables));
	json_t *tree = (json_t *)(uintptr_t)tables; /* jansson iterates over trees that are not const only */
	r->tables = ARENA_ARRAY(&r->arena, struct rules_table, json_object_size(tables) + 1);
	for (void *at = json_object_iter(tree); at; at = json_object_iter_next(tree, at))
		TRY(read_table(r, json_object_iter_key(at), json_object_iter_value(at), &r->tables[r->ntables++]));
	return E_OK;
}

/* ---- parameters ---- */
static const struct pack_parameter *declared_parameter(const struct pack_reader *r, const char *name)
{
	for (const struct pack_parameter *const *list = r->parameters; list && *list; list++)
		for (const struct pack_parameter *x = *list; x->name; x++)
			if (text_is(x->name, name))
				return x;
	return NULL;
}

enum err rules_read_parameters(struct rules *r, const json_t *parameters)
{
	CHECK(json_is_object(parameters));
	json_t *tree = (json_t *)(uintptr_t)parameters;
	r->parameters = ARENA_ARRAY(&r->arena, struct rules_parameter, json_object_size(tree) + 1);
	for (void *at = json_object_iter(tree); at; at = json_object_iter_next(tree, at)) {
		const char *name = json_object_iter_key(at);
		const struct pack_parameter *of = declared_parameter(r->reader, name);
		struct rules_parameter *x = &r->parameters[r->nparameters++];
		x->name = str_of(arena_copy(&r->arena, name));
		CHECK(value_of(r, json_object_get(json_object_iter_value(at), "value"), of ? of->type : P_TEXT,
			       of != NULL, &x->value));
	}
	return E_OK;
}

/* ---- policies ---- */
static enum err read_criterion(struct rules *r, const json_t *v, struct criterion *c)
{
	const json_t *with = json_object_get(v, "with");
	c->name = text_of(r, json_object_get(v, "name"));
	c->judge_name = text_of(r, json_object_get(v, "judge"));
	c->judge = judge_find(r->reader, c->judge_name);
	c->confidential = json_is_true(json_object_get(v, "confidential"));
	c->needs_proved = json_object_get(v, "needs") != NULL;
	c->source = text_of(r, json_object_get(v, "source"));
	c->assumed = json_is_true(json_object_get(v, "assumption"));
	c->reason = text_of(r, json_object_get(v, "reason"));
	CHECK(c->name.n && c->judge_name.n && json_is_object(with));
	if (!c->judge)
		return E_OK;
	struct param *params = ARENA_ARRAY(&r->arena, struct param, c->judge->nparams + 1);
	for (int i = 0; i < c->judge->nparams; i++) {
		const json_t *x = json_object_get(with, c->judge->params[i].name);
		CHECK(x ? value_of(r, x, c->judge->params[i].type, true, &params[i]) : !c->judge->params[i].required);
	}
	c->params = params;
	return E_OK;
}

static enum err read_criteria(struct rules *r, const json_t *v, struct ruleset *s)
{
	size_t n = json_array_size(v);
	CHECK(json_is_array(v) && n <= CRITERIA_MOST);
	struct criterion *list = ARENA_ARRAY(&r->arena, struct criterion, n ? n : 1);
	for (size_t i = 0; i < n; i++)
		TRY(read_criterion(r, json_array_get(v, i), &list[i]));
	s->criteria = list;
	s->ncriteria = n;
	return E_OK;
}

static void read_not_asked(struct rules *r, const json_t *v, struct ruleset *s)
{
	size_t n = json_array_size(v);
	struct not_asked *list = ARENA_ARRAY(&r->arena, struct not_asked, n ? n : 1);
	for (size_t i = 0; i < n; i++) {
		list[i].name = text_of(r, json_object_get(json_array_get(v, i), "name"));
		list[i].reason = text_of(r, json_object_get(json_array_get(v, i), "reason"));
	}
	s->not_asked = list;
	s->nnot_asked = n;
}

static enum err read_policy(struct rules *r, const json_t *v, struct ruleset *s)
{
	s->name = text_of(r, json_object_get(v, "name"));
	s->kind = text_of(r, json_object_get(v, "kind"));
	s->source = text_of(r, json_object_get(v, "source"));
	s->reason = text_of(r, json_object_get(v, "reason"));
	s->periods = text_of(r, json_object_get(v, "periods"));
	s->by_default = json_is_true(json_object_get(v, "default"));
	s->assumed = json_is_true(json_object_get(v, "assumption"));
	CHECK(s->name.n && s->kind.n && texts_of(r, json_object_get(v, "other_kind"), &s->other_kind, &s->nother_kind));
	read_not_asked(r, json_object_get(v, "not_asked"), s);
	return read_criteria(r, json_object_get(v, "criteria"), s);
}

enum err rules_read_policies(struct rules *r, const json_t *policies)
{
	CHECK(json_is_array(policies));
	size_t n = json_array_size(policies);
	r->policies = ARENA_ARRAY(&r->arena, struct ruleset, n ? n : 1);
	for (size_t i = 0; i < n; i++)
		TRY(read_policy(r, json_array_get(policies, i), &r->policies[i]));
	r->npolicies = n;
	return E_OK;
}
