/* criteria.c - policies/NAME.yaml: the criteria of a kind of round, each with its judge. */
#include "policy/content.h"
#include "policy/typed.h"

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9' && i) &&
		    !strchr("_-", s.p[i]))
			return false;
	return s.n > 0 && s.n <= 64;
}

static void read_name(struct parse *p, const struct yaml *map, const char *key, struct str *ret)
{
	const struct yaml *y = yaml_get(map, key);
	if (!y)
		place_problem(p->problems, map->where, "the key %s is missing; add it", key);
	else if (y->kind != YAML_TEXT || !is_name(y->text))
		place_problem(p->problems, y->where, "%s is a name; write it in small letters, digits, _ and -", key);
	else
		*ret = y->text;
}

static void read_flag(struct parse *p, const struct yaml *y, bool *ret)
{
	struct param v = { 0 };
	if (typed_read(P_BOOL, y->text, &p->pack->arena, y->where, p->problems, &v))
		*ret = v.i;
}

static void say_unknown_key(struct parse *p, const struct yaml *y, const char *known)
{
	place_problem(p->problems, y->where, "the key %.*s is not known here; remove it or correct it (keys: %s)",
		      (int)y->key.n, y->key.p, known);
}

/* ---- one criterion ---- */
static const struct judge_param *param_of(const struct judge *j, struct str name)
{
	for (int i = 0; i < j->nparams; i++)
		if (str_is(name, j->params[i].name))
			return &j->params[i];
	return NULL;
}

static void list_params(const struct judge *j, struct buf *out)
{
	for (int i = 0; i < j->nparams; i++)
		buf_printf(out, "%s%s", i ? ", " : "", j->params[i].name);
	if (j->nparams == 0)
		buf_text(out, "none");
}

static bool read_texts(struct parse *p, const struct yaml *y, struct param *ret)
{
	struct str *list = ARENA_ARRAY(&p->pack->arena, struct str, y->n ? y->n : 1);
	for (size_t i = 0; i < y->n; i++) {
		if (y->items[i].kind != YAML_TEXT) {
			place_problem(p->problems, y->items[i].where, "a text is expected here; write one a line");
			return false;
		}
		list[i] = y->items[i].text;
	}
	ret->set = true;
	ret->list = list;
	ret->n = y->n;
	return true;
}

/* Keeps the value as written; its type is the judge's affair. */
static bool read_raw(struct parse *p, const struct yaml *y, struct param *ret)
{
	if (y->kind == YAML_LIST)
		return read_texts(p, y, ret);
	if (y->kind == YAML_MAP || y->text.n == 0) {
		place_problem(p->problems, y->where, "a value is expected here; write it after the colon");
		return false;
	}
	*ret = (struct param){ .set = true, .t = y->text };
	return true;
}

static bool read_marked(struct parse *p, const struct yaml *map, struct argument *ret)
{
	const struct yaml *value = yaml_get(map, "value");
	for (size_t i = 0; i < map->n; i++) {
		const struct yaml *x = &map->items[i];
		if (mark_is(x->key) && !str_is(x->key, "from") && !str_is(x->key, "to") && x->kind == YAML_TEXT)
			mark_set(p, &ret->mark, x->key, x->text, x->where);
		else if (x != value)
			say_unknown_key(p, x, "value, source, assumption, reason, may_override");
	}
	if (!value)
		place_problem(p->problems, map->where, "the value is missing; add the key value");
	return value && read_raw(p, value, &ret->value);
}

static void check_argument(struct parse *p, const struct judge *j, const struct argument *x)
{
	CLEANUP(buf_release) struct buf known = BUF_INIT;
	const struct judge_param *of = param_of(j, x->name);
	struct param v = { 0 };
	if (!of) {
		list_params(j, &known);
		place_problem(p->problems, x->where,
			      "the judge %s@%d takes no %.*s; remove it or correct it (it takes: %s)", j->name,
			      j->version, (int)x->name.n, x->name.p, buf_str(&known));
	} else if (x->value.list && of->type == P_CODES) {
		typed_read_list(x->value.list, x->value.n, &p->pack->arena, x->where, p->problems, &v);
	} else if (x->value.list || of->type == P_CODES) {
		place_problem(p->problems, x->where, "%s is %s; write it %s", of->name, typed_name(of->type),
			      x->value.list ? "after the colon" : "as a list, one \"- code\" a line");
	} else {
		typed_read(of->type, x->value.t, &p->pack->arena, x->where, p->problems, &v);
	}
}

static void check_judge(struct parse *p, const struct yaml *map, const struct demand *d)
{
	const struct yaml *at = yaml_get(map, "judge");
	if (!d->judge) {
		CLEANUP(buf_release) struct buf known = BUF_INIT;
		for (const struct judge *const *j = p->reader->judges; j && *j; j++)
			buf_printf(&known, "%s%s@%d", known.n ? ", " : "", (*j)->name, (*j)->version);
		if (at && !p->lenient)
			place_problem(p->problems, at->where,
				      "no judge is called %.*s; correct the name or the version (judges: %s)",
				      (int)d->judge_name.n, d->judge_name.p, buf_str(&known));
		return;
	}
	for (size_t i = 0; i < d->n; i++)
		check_argument(p, d->judge, &d->arguments[i]);
	for (int i = 0; i < d->judge->nparams; i++)
		if (d->judge->params[i].required && !yaml_get(map, d->judge->params[i].name))
			place_problem(p->problems, d->where, "the judge %.*s needs %s; add it (%s)",
				      (int)d->judge_name.n, d->judge_name.p, d->judge->params[i].name,
				      typed_name(d->judge->params[i].type));
}

static void read_argument(struct parse *p, const struct yaml *y, struct demand *d)
{
	struct argument x = { .name = y->key, .mark = MARK_NONE, .where = y->where };
	if (y->kind == YAML_MAP ? read_marked(p, y, &x) : read_raw(p, y, &x.value))
		d->arguments[d->n++] = x;
}

static void read_needs(struct parse *p, const struct yaml *y, bool *ret)
{
	*ret = str_is(y->text, "proved");
	if (!*ret)
		place_problem(p->problems, y->where,
			      "a criterion may need facts to be proved only; write proved or remove it");
}

static void read_demand(struct parse *p, const struct yaml *map, struct demand *d)
{
	*d = (struct demand){ .mark = MARK_NONE, .where = map->where };
	read_name(p, map, "name", &d->name);
	const struct yaml *judge = yaml_get(map, "judge");
	if (!judge || judge->kind != YAML_TEXT || judge->text.n == 0)
		place_problem(p->problems, judge ? judge->where : map->where,
			      "the criterion has no judge; add judge: NAME@VERSION");
	else
		d->judge_name = judge->text;
	d->judge = judge_find(p->reader, d->judge_name);
	d->arguments = ARENA_ARRAY(&p->pack->arena, struct argument, map->n ? map->n : 1);
	for (size_t i = 0; i < map->n; i++) {
		const struct yaml *x = &map->items[i];
		if (str_is(x->key, "name") || str_is(x->key, "judge"))
			continue;
		if (str_is(x->key, "confidential"))
			read_flag(p, x, &d->confidential);
		else if (str_is(x->key, "needs"))
			read_needs(p, x, &d->needs_proved);
		else if (mark_is(x->key) && !str_is(x->key, "from") && !str_is(x->key, "to"))
			mark_set(p, &d->mark, x->key, x->text, x->where);
		else
			read_argument(p, x, d);
	}
	if (d->judge_name.n)
		check_judge(p, map, d);
}

/* ---- the file ---- */
static const struct yaml *list_of_maps(struct parse *p, const struct yaml *y)
{
	bool good = y->kind == YAML_LIST;
	for (size_t i = 0; good && i < y->n; i++)
		good = y->items[i].kind == YAML_MAP;
	if (!good)
		place_problem(p->problems, y->where, "a list is expected; begin each part with \"- name:\"");
	return good ? y : NULL;
}

static void read_demands(struct parse *p, const struct yaml *y, struct course_of_rules *c)
{
	if (!(y = list_of_maps(p, y)))
		return;
	c->demands = ARENA_ARRAY(&p->pack->arena, struct demand, y->n ? y->n : 1);
	for (size_t i = 0; i < y->n; i++) {
		read_demand(p, &y->items[i], &c->demands[i]);
		for (size_t k = 0; k < i; k++)
			if (c->demands[i].name.n && str_eq(c->demands[k].name, c->demands[i].name))
				place_problem(
					p->problems, y->items[i].where,
					"the criterion %.*s stands already in line %zu; give each a name of its own",
					(int)c->demands[i].name.n, c->demands[i].name.p, c->demands[k].where.row);
	}
	c->ndemands = y->n;
}

static void read_not_asked(struct parse *p, const struct yaml *y, struct course_of_rules *c)
{
	if (!(y = list_of_maps(p, y)))
		return;
	c->not_asked = ARENA_ARRAY(&p->pack->arena, struct not_asked, y->n ? y->n : 1);
	for (size_t i = 0; i < y->n; i++) {
		const struct yaml *map = &y->items[i];
		read_name(p, map, "name", &c->not_asked[i].name);
		c->not_asked[i].reason = yaml_text(map, "reason");
		if (c->not_asked[i].reason.n == 0)
			place_problem(p->problems, map->where, "why this is not asked is missing; add the key reason");
		for (size_t k = 0; k < map->n; k++)
			if (!str_is(map->items[k].key, "name") && !str_is(map->items[k].key, "reason"))
				say_unknown_key(p, &map->items[k], "name, reason");
	}
	c->nnot_asked = y->n;
}

static void read_other_kind(struct parse *p, const struct yaml *y, struct course_of_rules *c)
{
	struct param list = { 0 };
	if (y->kind != YAML_LIST) {
		place_problem(p->problems, y->where, "other_kind is a list; write one \"- code\" a line");
		return;
	}
	if (!read_texts(p, y, &list))
		return;
	c->other_kind = ARENA_ARRAY(&p->pack->arena, struct str, list.n ? list.n : 1);
	if (list.n)
		memcpy(c->other_kind, list.list, list.n * sizeof(struct str));
	c->nother_kind = list.n;
}

static void read_key(struct parse *p, const struct yaml *y, struct course_of_rules *c)
{
	static const char known[] =
		"policy, kind, from, to, source, assumption, reason, may_override, default, periods, "
		"other_kind, criteria, not_asked";
	if (str_is(y->key, "criteria"))
		read_demands(p, y, c);
	else if (str_is(y->key, "not_asked"))
		read_not_asked(p, y, c);
	else if (str_is(y->key, "other_kind"))
		read_other_kind(p, y, c);
	else if (str_is(y->key, "default"))
		read_flag(p, y, &c->by_default);
	else if (str_is(y->key, "periods"))
		c->periods = y->text;
	else if (mark_is(y->key))
		mark_set(p, &c->mark, y->key, y->text, y->where);
	else if (!str_is(y->key, "policy") && !str_is(y->key, "kind"))
		say_unknown_key(p, y, known);
}

static void check_doubles(struct parse *p, const struct course_of_rules *c)
{
	const struct course_of_rules *all = (const struct course_of_rules *)(const void *)p->policies.p;
	for (size_t i = 0; i < p->policies.n / sizeof(*c); i++) {
		if (!str_eq(all[i].kind, c->kind) || !mark_meets(&all[i].mark, &c->mark))
			continue;
		if (str_eq(all[i].name, c->name))
			place_problem(p->problems, c->where,
				      "the policy %.*s of kind %.*s stands in %s for the same days; keep one, or part "
				      "their days",
				      (int)c->name.n, c->name.p, (int)c->kind.n, c->kind.p, all[i].where.file);
		else if (all[i].by_default && c->by_default)
			place_problem(p->problems, c->where,
				      "%s is the default of kind %.*s for the same days; write default: false in one "
				      "of the two",
				      all[i].where.file, (int)c->kind.n, c->kind.p);
	}
}

void criteria_read(struct parse *p, const struct pack_file *f)
{
	const struct yaml *y = NULL;
	if (yaml_read(f->shown, f->bytes, &p->pack->arena, p->problems, &y) != E_OK)
		return;
	struct course_of_rules c = { .mark = MARK_NONE, .where = y->where };
	if (y->kind != YAML_MAP) {
		place_problem(p->problems, y->where, "a policy is expected; begin with \"policy: NAME\"");
		return;
	}
	size_t before = p->problems->count;
	read_name(p, y, "policy", &c.name);
	read_name(p, y, "kind", &c.kind);
	for (size_t i = 0; i < y->n; i++)
		read_key(p, &y->items[i], &c);
	if (p->problems->count != before)
		return;
	if (c.ndemands == 0)
		place_problem(p->problems, y->where, "the policy has no criterion; add criteria with at least one");
	if (c.ndemands > CRITERIA_MOST)
		place_problem(p->problems, y->where,
			      "the policy has %zu criteria; leave some out, a round judges by %d at most", c.ndemands,
			      CRITERIA_MOST);
	check_doubles(p, &c);
	buf_add(&p->policies, &c, sizeof(c));
}
