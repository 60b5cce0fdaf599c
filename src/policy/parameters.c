/* parameters.c - single values: nested mappings, or dotted names, each value plain or with its own mark. */
#include "policy/content.h"
#include "policy/typed.h"

static const struct pack_parameter *declared(const struct pack_reader *r, const char *name)
{
	for (const struct pack_parameter *const *list = r->parameters; list && *list; list++)
		for (const struct pack_parameter *x = *list; x->name; x++)
			if (text_is(x->name, name))
				return x;
	return NULL;
}

static bool read_list(struct parse *p, const struct yaml *y, struct param *ret)
{
	struct arena *a = &p->pack->arena;
	struct str *texts = ARENA_ARRAY(a, struct str, y->n ? y->n : 1);
	for (size_t i = 0; i < y->n; i++) {
		if (y->items[i].kind != YAML_TEXT) {
			place_problem(p->problems, y->items[i].where, "a code is expected here; write one code a line");
			return false;
		}
		texts[i] = y->items[i].text;
	}
	return typed_read_list(texts, y->n, a, y->where, p->problems, ret);
}

static bool read_value(struct parse *p, const struct pack_parameter *of, const struct yaml *y, struct param *ret)
{
	if (of->type == P_CODES && y->kind == YAML_LIST)
		return read_list(p, y, ret);
	if (y->kind != YAML_TEXT || of->type == P_CODES || y->text.n == 0) {
		place_problem(p->problems, y->where, "%s is %s; write it %s", of->name, typed_name(of->type),
			      of->type == P_CODES ? "as a list, one \"- code\" a line" : "after the colon");
		return false;
	}
	return typed_read(of->type, y->text, &p->pack->arena, y->where, p->problems, ret);
}

static void check_doubles(struct parse *p, const struct setting *s)
{
	const struct setting *all = (const struct setting *)(const void *)p->settings.p;
	for (size_t i = 0; i < p->settings.n / sizeof(*s); i++)
		if (all[i].of == s->of && mark_meets(&all[i].mark, &s->mark))
			place_problem(p->problems, s->where,
				      "%s has a value for the same days in %s, line %zu; keep one, or part their days "
				      "by from and to",
				      s->of->name, all[i].where.file, all[i].where.row);
}

static void add(struct parse *p, const struct pack_parameter *of, const struct yaml *value, const struct mark *mark,
		struct place where)
{
	struct setting s = { .of = of, .mark = *mark, .where = where };
	if (!read_value(p, of, value, &s.value))
		return;
	check_doubles(p, &s);
	buf_add(&p->settings, &s, sizeof(s));
}

static void add_marked(struct parse *p, const struct pack_parameter *of, const struct yaml *map)
{
	struct mark mark = MARK_NONE;
	const struct yaml *value = NULL;
	for (size_t i = 0; i < map->n; i++) {
		const struct yaml *x = &map->items[i];
		if (str_is(x->key, "value"))
			value = x;
		else if (mark_is(x->key) && x->kind == YAML_TEXT)
			mark_set(p, &mark, x->key, x->text, x->where);
		else
			place_problem(p->problems, x->where,
				      "beside a value may stand source, assumption, reason, from, to and may_override; "
				      "remove %.*s",
				      (int)x->key.n, x->key.p);
	}
	if (value)
		add(p, of, value, &mark, map->where);
	else
		place_problem(p->problems, map->where, "%s has no value; add the key value", of->name);
}

static void read_named(struct parse *p, const char *name, const struct yaml *y)
{
	const struct pack_parameter *of = declared(p->reader, name);
	struct mark none = MARK_NONE;
	if (!of)
		place_problem(p->problems, y->where, "no part of this program reads %s; remove it or correct its name",
			      name);
	else if (y->kind == YAML_MAP)
		add_marked(p, of, y);
	else if (y->kind == YAML_LIST && y->n && y->items[0].kind == YAML_MAP)
		for (size_t i = 0; i < y->n; i++)
			add_marked(p, of, &y->items[i]);
	else
		add(p, of, y, &none, y->where);
}

static void walk(struct parse *p, const char *prefix, const struct yaml *map)
{
	for (size_t i = 0; i < map->n; i++) {
		const struct yaml *x = &map->items[i];
		const char *name =
			arena_printf(&p->pack->arena, "%s%s%.*s", prefix, *prefix ? "." : "", (int)x->key.n, x->key.p);
		if (x->kind == YAML_MAP && !yaml_get(x, "value"))
			walk(p, name, x);
		else
			read_named(p, name, x);
	}
}

void parameters_read(struct parse *p, const struct pack_file *f)
{
	const struct yaml *y = NULL;
	if (yaml_read(f->shown, f->bytes, &p->pack->arena, p->problems, &y) != E_OK)
		return;
	if (y->kind == YAML_MAP)
		walk(p, "", y);
	else
		place_problem(p->problems, y->where, "names with values are expected; write \"name: value\" lines");
}
