/* picture_mend.c - the picture again after somebody wrote of a few people: those are looked at anew, and whoever has
 * one of them as superior. What one person's facts are to others goes through the superior alone (superior.h). */
#include "modules/career/picture_pass.h"

#include "entity/list.h"

#define MOST 400 /* people looked at one by one; of more the whole pass is quicker */

struct mending {
	struct pass pass;
	const struct kept *kept; /* the older one */
	const struct picture *old;
	int64_t v[MOST]; /* whom to look at; in order of person when all are found */
	size_t n;
};

static void mending_release(struct mending *m)
{
	pass_release(&m->pass);
}

static int by_person(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static bool is_among(const int64_t *v, size_t n, int64_t person)
{
	return bsearch(&person, v, n, sizeof *v, by_person) != NULL;
}

static enum err look_at(struct mending *m, int64_t person)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i] == person)
			return E_OK;
	if (m->n == MOST)
		return E_MISSING;
	m->v[m->n++] = person;
	return E_OK;
}

/* ---- whose superior may be another now ---- */

static bool is_below(int64_t order, const struct order_range *unit)
{
	return order > unit->low && order <= unit->high;
}

/* In the unit, and whoever below looks up past it: the superior is not found between. */
static enum err around(struct mending *m, int64_t unit)
{
	struct order_range range;
	enum err e = tree_range(m->pass.c, &unit_entity, unit, &range);
	if (e == E_MISSING)
		return E_OK; /* a unit that is no more has nobody */
	TRY(e);
	for (size_t i = 0; i < m->old->n; i++) {
		const struct sight *s = &m->old->v[i];
		if (s->superior == NONE || s->order < range.low || s->order > range.high)
			continue;
		const struct sight *above = s->superior ? picture_of(m->old, s->superior) : NULL;
		if (!above || !is_below(above->order, &range))
			TRY(look_at(m, s->person));
	}
	return E_OK;
}

static enum err around_post(struct mending *m, int64_t post)
{
	struct list_row row;
	int unit = projection_column(&post_now_projection, "unit");
	enum err e = list_one(m->pass.c, &post_now_projection, post, &row);
	if (e == E_MISSING)
		return E_OK;
	TRY(e);
	return row.v[unit].set ? around(m, row.v[unit].i) : E_OK;
}

/* Every row of a post of this person that the older picture does not know, or knew otherwise; and wherever they ever
 * acted, since to act elsewhere ends it. */
static enum err posts_of(struct mending *m, int64_t person)
{
	int post = entity_field(&post_history_entity, "post"), acting = entity_field(&post_history_entity, "acting");
	struct query all = { .entity = &post_history_entity, .owner = person, .extent = EVER };
	struct record **rows;
	size_t n;
	TRY(read_all(m->pass.c, &all, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if ((rows[i]->known_from > m->kept->head || rows[i]->known_to > m->kept->head ||
		     record_get(rows[i], acting, 0)) &&
		    record_has(rows[i], post))
			TRY(around_post(m, record_get(rows[i], post, 0)));
	return E_OK;
}

static enum err follow_posts(struct mending *m, const int64_t *touched, size_t n)
{
	int64_t last;
	TRY(read_last(m->pass.c, &post_history_entity, &last));
	for (size_t i = 0; i < n && last > keep_last(m->kept, &post_history_entity); i++) {
		const struct sight *was = picture_of(m->old, touched[i]);
		TRY(posts_of(m, touched[i]));
		if (was && was->unit)
			TRY(around(m, was->unit));
	}
	return E_OK;
}

static enum err find(struct mending *m, const int64_t *touched, size_t n)
{
	for (size_t i = 0; i < n; i++)
		TRY(look_at(m, touched[i]));
	for (size_t i = 0; i < m->old->n; i++)
		if (m->old->v[i].superior > 0 && is_among(touched, n, m->old->v[i].superior))
			TRY(look_at(m, m->old->v[i].person));
	TRY(follow_posts(m, touched, n));
	qsort(m->v, m->n, sizeof *m->v, by_person);
	return E_OK;
}

/* ---- the new picture ---- */

/* Units and criteria are as they were: of them nothing was written. */
static void take_over(struct mending *m, struct picture *p, struct arena *a)
{
	const struct picture *old = m->old;
	p->units = old->units;
	p->of_unit = ARENA_ARRAY(a, struct unit_sum, p->units + 1);
	for (int64_t i = 0; i <= p->units; i++)
		p->of_unit[i] = (struct unit_sum){ .order = old->of_unit[i].order,
						   .parent = old->of_unit[i].parent,
						   .posts = old->of_unit[i].posts };
	p->ncriteria = old->ncriteria;
	p->criteria = ARENA_ARRAY(a, const char *, p->ncriteria + 1);
	p->confidential = ARENA_ARRAY(a, bool, p->ncriteria + 1);
	for (size_t i = 0; i < p->ncriteria; i++) {
		p->criteria[i] = arena_copy(a, old->criteria[i]);
		p->confidential[i] = old->confidential[i];
	}
}

/* Those looked at go in among the others; who serves no longer is left out. */
static enum err merge(struct mending *m, struct picture *p, struct sight *v)
{
	const struct picture *old = m->old;
	size_t n = 0, at = 0;
	for (size_t i = 0; i < m->n; i++) {
		bool serving;
		while (at < old->n && old->v[at].person < m->v[i])
			v[n++] = old->v[at++];
		if (at < old->n && old->v[at].person == m->v[i])
			at++;
		TRY(pass_person(&m->pass, m->v[i], &v[n], &serving));
		n += serving;
	}
	while (at < old->n)
		v[n++] = old->v[at++];
	p->v = v;
	p->n = n;
	return E_OK;
}

enum err picture_mend(struct ctx *c, const struct kept *old, const int64_t *touched, size_t n, struct kept *k)
{
	struct mending m CLEANUP(mending_release) = { .kept = old, .old = old->what };
	struct picture *p = k->what = ARENA_NEW(&k->arena, struct picture);
	m.pass = (struct pass){ .c = c, .into = &k->arena, .p = p };
	if (!m.old->criteria) /* nobody was judged yet */
		return E_MISSING;
	TRY(find(&m, touched, n));
	take_over(&m, p, &k->arena);
	TRY(pass_begin(&m.pass));
	TRY(merge(&m, p, ARENA_ARRAY(&k->arena, struct sight, m.old->n + m.n + 1)));
	picture_sum(p, c->today, &k->arena);
	return E_OK;
}
