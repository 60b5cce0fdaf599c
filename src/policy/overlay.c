/* overlay.c - what is in force: the service's packs, then those of the units from the top down, each replacing what the
 * ones before it marked may_override. */
#include "policy/overlay.h"

struct layers {
	const struct overlay_ask *ask;
	struct arena arena;
	struct map *seen; /* key -> place in found */
	struct buf found; /* pointers to what is in force */
};

/* Calls use for every pack that applies, farthest first. */
static void each_pack(struct layers *l, void (*use)(struct layers *, const struct pack *, void *), void *arg)
{
	const struct overlay_ask *ask = l->ask;
	for (size_t i = 0; i < ask->npacks; i++)
		if (pack_is_whole(ask->packs[i]))
			use(l, ask->packs[i], arg);
	for (size_t u = ask->nunits; u-- > 0;)
		for (size_t i = 0; i < ask->npacks; i++)
			if (!pack_is_whole(ask->packs[i]) && str_eq(ask->packs[i]->applies_to, ask->units[u]))
				use(l, ask->packs[i], arg);
}

static void begin(struct layers *l)
{
	map_free(l->seen);
	l->seen = map_new();
	buf_reset(&l->found);
}

static size_t count(const struct layers *l)
{
	return l->found.n / sizeof(void *);
}

static const void **slot(struct layers *l, size_t i)
{
	return (const void **)(void *)l->found.p + i;
}

/* The one in force so far under this key, or NULL after adding x as new. */
static const void **lay(struct layers *l, struct str key, const void *x)
{
	int64_t at = 0;
	if (!map_add(l->seen, key, (int64_t)count(l), &at))
		return slot(l, (size_t)at);
	buf_add(&l->found, &x, sizeof(x));
	return NULL;
}

/* ---- values as JSON ---- */
static json_t *text(struct str s)
{
	return json_stringn(s.n ? s.p : "", s.n);
}

static void set(json_t *object, struct str key, json_t *value)
{
	json_object_setn_new(object, key.p, key.n, value);
}

static json_t *texts(const struct str *list, size_t n)
{
	json_t *out = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(out, text(list[i]));
	return out;
}

static json_t *value(const struct param *v)
{
	return v->list && v->t.n == 0 ? texts(v->list, v->n) : text(v->t);
}

static void add_mark(json_t *object, const struct mark *m)
{
	if (m->source.n)
		set(object, STR("source"), text(m->source));
	if (m->reason.n)
		set(object, STR("reason"), text(m->reason));
	if (m->assumption)
		set(object, STR("assumption"), json_true());
}

/* ---- tables ---- */
struct table_walk {
	const struct pack_table *of;
};

static void lay_sheet(struct layers *l, const struct pack *p, void *arg)
{
	const struct table_walk *w = arg;
	const struct sheet *s = pack_sheet(p, str_of(w->of->name));
	for (size_t i = 0; s && i < s->n; i++) {
		const struct sheet_row *row = &s->rows[i];
		if (!mark_holds(&row->mark, l->ask->day))
			continue;
		const void **at = lay(l, row->key, row);
		if (at && ((const struct sheet_row *)*at)->mark.may_override)
			*at = row;
	}
}

static json_t *row_json(const struct pack_table *t, const struct sheet_row *row)
{
	json_t *out = json_object();
	for (int i = 0; i < t->ncolumns; i++)
		if (row->cells[i].set)
			set(out, str_of(t->columns[i].name), text(row->cells[i].t));
	add_mark(out, &row->mark);
	return out;
}

static json_t *table_json(struct layers *l, const struct pack_table *of)
{
	struct table_walk w = { .of = of };
	json_t *out = json_array();
	begin(l);
	each_pack(l, lay_sheet, &w);
	for (size_t i = 0; i < count(l); i++)
		json_array_append_new(out, row_json(of, *slot(l, i)));
	return out;
}

static void add_tables(struct layers *l, const struct pack *p, void *arg)
{
	json_t *tables = arg;
	for (size_t i = 0; i < p->nsheets; i++) {
		const struct pack_table *of = p->sheets[i].of;
		/* Words are no rules: a better translation changes no rule's hash. */
		if (of != &pack_words && !json_object_get(tables, of->name))
			set(tables, str_of(of->name), table_json(l, of));
	}
}

/* ---- parameters ---- */
static void lay_settings(struct layers *l, const struct pack *p, void *arg)
{
	(void)arg;
	for (size_t i = 0; i < p->nsettings; i++) {
		const struct setting *s = &p->settings[i];
		if (!mark_holds(&s->mark, l->ask->day))
			continue;
		const void **at = lay(l, str_of(s->of->name), s);
		if (at && ((const struct setting *)*at)->mark.may_override)
			*at = s;
	}
}

static json_t *settings_json(struct layers *l)
{
	json_t *out = json_object();
	begin(l);
	each_pack(l, lay_settings, NULL);
	for (size_t i = 0; i < count(l); i++) {
		const struct setting *s = *slot(l, i);
		json_t *one = json_object();
		set(one, STR("value"), value(&s->value));
		add_mark(one, &s->mark);
		set(out, str_of(s->of->name), one);
	}
	return out;
}

/* ---- policies ---- */
static struct str policy_key(struct arena *a, const struct course_of_rules *c)
{
	return str_of(arena_printf(a, "%.*s\x1f%.*s", (int)c->kind.n, c->kind.p, (int)c->name.n, c->name.p));
}

static void lay_policies(struct layers *l, const struct pack *p, void *arg)
{
	(void)arg;
	for (size_t i = 0; i < p->npolicies; i++) {
		const struct course_of_rules *c = &p->policies[i];
		if (!mark_holds(&c->mark, l->ask->day))
			continue;
		const void **at = lay(l, policy_key(&l->arena, c), c);
		if (at && !overlay_policy_differs(&l->arena, *at, c))
			*at = c;
	}
}

static json_t *demand_json(const struct demand *d)
{
	json_t *out = json_object(), *with = json_object();
	for (size_t i = 0; i < d->n; i++)
		set(with, d->arguments[i].name, value(&d->arguments[i].value));
	set(out, STR("name"), text(d->name));
	set(out, STR("judge"), text(d->judge_name));
	set(out, STR("with"), with);
	if (d->confidential)
		set(out, STR("confidential"), json_true());
	if (d->needs_proved)
		set(out, STR("needs"), json_string("proved"));
	add_mark(out, &d->mark);
	return out;
}

static json_t *policy_json(const struct course_of_rules *c, bool by_default)
{
	json_t *out = json_object(), *criteria = json_array(), *not_asked = json_array();
	for (size_t i = 0; i < c->ndemands; i++)
		json_array_append_new(criteria, demand_json(&c->demands[i]));
	for (size_t i = 0; i < c->nnot_asked; i++) {
		json_t *one = json_object();
		set(one, STR("name"), text(c->not_asked[i].name));
		set(one, STR("reason"), text(c->not_asked[i].reason));
		json_array_append_new(not_asked, one);
	}
	set(out, STR("name"), text(c->name));
	set(out, STR("kind"), text(c->kind));
	set(out, STR("default"), json_boolean(by_default));
	if (c->periods.n)
		set(out, STR("periods"), text(c->periods));
	set(out, STR("other_kind"), texts(c->other_kind, c->nother_kind));
	set(out, STR("criteria"), criteria);
	set(out, STR("not_asked"), not_asked);
	add_mark(out, &c->mark);
	return out;
}

static int by_kind_and_name(const void *a, const void *b)
{
	const struct course_of_rules *x = *(const struct course_of_rules *const *)a;
	const struct course_of_rules *y = *(const struct course_of_rules *const *)b;
	int kind = str_cmp(x->kind, y->kind);
	return kind ? kind : str_cmp(x->name, y->name);
}

/* The nearest default takes the place of one below it that allows this. Found stands farthest first. */
static const struct course_of_rules *default_of(struct layers *l, struct str kind)
{
	const struct course_of_rules *chosen = NULL;
	for (size_t i = 0; i < count(l); i++) {
		const struct course_of_rules *c = *slot(l, i);
		if (c->by_default && str_eq(c->kind, kind) && (!chosen || chosen->mark.may_override))
			chosen = c;
	}
	return chosen;
}

static json_t *policies_json(struct layers *l)
{
	json_t *out = json_array();
	begin(l);
	each_pack(l, lay_policies, NULL);
	size_t n = count(l);
	const void **sorted = ARENA_ARRAY(&l->arena, const void *, n ? n : 1);
	if (n)
		memcpy(sorted, l->found.p, l->found.n);
	qsort(sorted, n, sizeof(*sorted), by_kind_and_name);
	for (size_t i = 0; i < n; i++) {
		const struct course_of_rules *c = sorted[i];
		json_array_append_new(out, policy_json(c, default_of(l, c->kind) == c));
	}
	return out;
}

json_t *overlay_resolve(const struct overlay_ask *ask)
{
	struct layers l = { .ask = ask };
	char day[DATE_TEXT];
	json_t *out = json_object(), *tables = json_object();
	arena_init(&l.arena);
	set(out, STR("day"), json_string(date_text(ask->day, day)));
	set(out, STR("parameters"), settings_json(&l));
	set(out, STR("policies"), policies_json(&l));
	each_pack(&l, add_tables, tables);
	set(out, STR("tables"), tables);
	map_free(l.seen);
	buf_release(&l.found);
	arena_release(&l.arena);
	return out;
}
