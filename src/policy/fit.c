/* fit.c - an overlay replaces only what the pack below marks may_override; whatever goes further is refused. */
#include "policy/overlay.h"

static bool same_value(const struct param *a, const struct param *b)
{
	if (!str_eq(a->t, b->t) || a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!str_eq(a->list[i], b->list[i]))
			return false;
	return true;
}

static const struct argument *argument_of(const struct demand *d, struct str name)
{
	for (size_t i = 0; i < d->n; i++)
		if (str_eq(d->arguments[i].name, name))
			return &d->arguments[i];
	return NULL;
}

static const struct demand *demand_of(const struct course_of_rules *c, struct str name)
{
	for (size_t i = 0; i < c->ndemands; i++)
		if (str_eq(c->demands[i].name, name))
			return &c->demands[i];
	return NULL;
}

static const char *argument_differs(struct arena *a, const struct demand *below, const struct demand *over)
{
	for (size_t i = 0; i < below->n; i++) {
		const struct argument *x = &below->arguments[i], *y = argument_of(over, x->name);
		if (!y || (!x->mark.may_override && !same_value(&x->value, &y->value)))
			return arena_printf(a, "%.*s of the criterion %.*s", (int)x->name.n, x->name.p,
					    (int)below->name.n, below->name.p);
	}
	for (size_t i = 0; i < over->n; i++)
		if (!argument_of(below, over->arguments[i].name))
			return arena_printf(a, "%.*s of the criterion %.*s", (int)over->arguments[i].name.n,
					    over->arguments[i].name.p, (int)below->name.n, below->name.p);
	return NULL;
}

static const char *demand_differs(struct arena *a, const struct demand *below, const struct demand *over)
{
	if (!over)
		return arena_printf(a, "the criterion %.*s", (int)below->name.n, below->name.p);
	if (below->mark.may_override)
		return NULL;
	if (!str_eq(below->judge_name, over->judge_name) || below->confidential != over->confidential ||
	    below->needs_proved != over->needs_proved)
		return arena_printf(a, "the criterion %.*s", (int)below->name.n, below->name.p);
	return argument_differs(a, below, over);
}

static bool same_frame(const struct course_of_rules *a, const struct course_of_rules *b)
{
	bool same = str_eq(a->periods, b->periods) && a->by_default == b->by_default &&
		    a->nother_kind == b->nother_kind && a->nnot_asked == b->nnot_asked;
	for (size_t i = 0; same && i < a->nother_kind; i++)
		same = str_eq(a->other_kind[i], b->other_kind[i]);
	for (size_t i = 0; same && i < a->nnot_asked; i++)
		same = str_eq(a->not_asked[i].name, b->not_asked[i].name);
	return same;
}

const char *overlay_policy_differs(struct arena *a, const struct course_of_rules *below,
				   const struct course_of_rules *over)
{
	if (below->mark.may_override)
		return NULL;
	if (!same_frame(below, over))
		return "default, periods, other_kind or not_asked";
	for (size_t i = 0; i < below->ndemands; i++) {
		const char *what = demand_differs(a, &below->demands[i], demand_of(over, below->demands[i].name));
		if (what)
			return what;
	}
	for (size_t i = 0; i < over->ndemands; i++)
		if (!demand_of(below, over->demands[i].name))
			return arena_printf(a, "the criterion %.*s", (int)over->demands[i].name.n,
					    over->demands[i].name.p);
	return NULL;
}

#define NOT_ALLOWED(line) "which %s, " line " %zu does not mark may_override; take it out here, or have it marked there"

static void fit_sheet(const struct sheet *below, const struct sheet *over, struct problems *p)
{
	CLEANUP(map_free_p) struct map *rows = map_new();
	size_t *earlier = xcalloc(below->n + 1, sizeof(*earlier));
	for (size_t i = 0; i < below->n; i++) {
		int64_t before = -1;
		if (map_get(rows, below->rows[i].key, &before))
			earlier[i] = (size_t)before + 1;
		map_set(rows, below->rows[i].key, (int64_t)i);
	}
	for (size_t i = 0; i < over->n; i++) {
		int64_t at = -1;
		if (!map_get(rows, over->rows[i].key, &at))
			continue;
		for (size_t k = (size_t)at + 1; k; k = earlier[k - 1])
			if (!below->rows[k - 1].mark.may_override &&
			    mark_meets(&below->rows[k - 1].mark, &over->rows[i].mark))
				problem_at(p, over->file, over->rows[i].line, NULL,
					   "this replaces a row " NOT_ALLOWED("row"), below->file,
					   below->rows[k - 1].line);
	}
	free(earlier);
}

static void fit_settings(const struct pack *below, const struct pack *over, struct problems *p)
{
	for (size_t i = 0; i < over->nsettings; i++)
		for (size_t k = 0; k < below->nsettings; k++) {
			const struct setting *x = &below->settings[k], *y = &over->settings[i];
			if (text_is(x->of->name, y->of->name) && !x->mark.may_override &&
			    mark_meets(&x->mark, &y->mark))
				place_problem(p, y->where, "this replaces %s, " NOT_ALLOWED("line"), y->of->name,
					      x->where.file, x->where.row);
		}
}

static void fit_policy(struct arena *a, const struct course_of_rules *x, const struct course_of_rules *y,
		       struct problems *p)
{
	if (!str_eq(x->kind, y->kind) || !mark_meets(&x->mark, &y->mark))
		return;
	if (!str_eq(x->name, y->name)) {
		if (x->by_default && y->by_default && !x->mark.may_override)
			place_problem(p, y->where, "this replaces the default policy of the kind, " NOT_ALLOWED("line"),
				      x->where.file, x->where.row);
		return;
	}
	const char *what = overlay_policy_differs(a, x, y);
	if (what)
		place_problem(p, y->where, "this replaces %s, " NOT_ALLOWED("line"), what, x->where.file, x->where.row);
}

static void fit_pair(struct arena *a, const struct pack *below, const struct pack *over, struct problems *p)
{
	for (size_t i = 0; i < over->nsheets; i++) {
		const struct sheet *s = pack_sheet(below, str_of(over->sheets[i].of->name));
		if (s)
			fit_sheet(s, &over->sheets[i], p);
	}
	fit_settings(below, over, p);
	for (size_t i = 0; i < over->npolicies; i++)
		for (size_t k = 0; k < below->npolicies; k++)
			fit_policy(a, &below->policies[k], &over->policies[i], p);
}

static void check_names(const struct pack *const *packs, size_t n, struct problems *p)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (text_is(packs[i]->name, packs[k]->name))
				problem_at(p, packs[i]->folder, 0, NULL,
					   "%s is the name of %s too; give one of them another name", packs[i]->name,
					   packs[k]->folder);
}

enum err pack_fit(const struct pack *const *packs, size_t n, struct problems *p)
{
	CLEANUP(arena_release) struct arena a = ARENA_INIT;
	size_t before = p->count;
	check_names(packs, n, p);
	for (size_t over = 0; over < n; over++) {
		for (size_t below = 0; below < n; below++)
			if (below != over && pack_is_whole(packs[below]) &&
			    (!pack_is_whole(packs[over]) || below < over))
				fit_pair(&a, packs[below], packs[over], p);
		if (!pack_is_whole(packs[over]))
			reference_check(packs, n, packs[over], p);
	}
	if (p->count == before)
		TRY(rehearse(packs, n, p));
	return p->count == before ? E_OK : E_INVALID;
}
