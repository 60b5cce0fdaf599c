/* property_clocks.c - the two clocks against a model that knows no shortcuts. */
#include "property_inside.h"

#include "entity/change.h"
#include "entity/read.h"
#include "fixture_store.h"

#include <inttypes.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define OK(call) assert_int_equal((call), E_OK)

enum { STEPS = 40, OWNERS = 3 };

/* All that is believed at each position: the naive answer to every question. */
struct beliefs {
	int64_t position;
	struct record **rows;
	size_t n;
};
struct model {
	struct property *p;
	const struct entity *e;
	struct beliefs at[STEPS + 1];
	size_t n;
	int64_t owners[OWNERS];
};

static bool same_key(const struct record *a, const struct record *b)
{
	const struct entity *e = a->entity;
	bool keyed = false;
	if (e->kind == THING)
		return a->id == b->id && a->valid_from == b->valid_from;
	for (int i = 0; i < e->nfields; i++) {
		if ((e->fields[i].flags & (KEY | LANE)) && !value_eq(&a->v[i], &b->v[i]))
			return false;
		keyed = keyed || (e->fields[i].flags & KEY);
	}
	bool day = e->kind != EVENT || e->day_in_key || !keyed;
	return a->owner == b->owner && (!day || a->valid_from == b->valid_from);
}

static struct beliefs *newest(struct model *m)
{
	return &m->at[m->n - 1];
}

static size_t find(const struct beliefs *b, const struct record *r)
{
	size_t i = 0;
	while (i < b->n && !same_key(b->rows[i], r))
		i++;
	return i;
}

static struct beliefs *next_beliefs(struct model *m, int64_t position)
{
	struct beliefs *old = newest(m), *b = &m->at[m->n++];
	b->position = position;
	b->n = old->n;
	b->rows = ARENA_ARRAY(m->p->c->arena, struct record *, old->n + 1);
	if (old->n)
		memcpy(b->rows, old->rows, old->n * sizeof(struct record *));
	return b;
}

static void believe(struct beliefs *b, const struct record *r, struct arena *a)
{
	size_t i = find(b, r);
	b->rows[i] = record_copy(a, r);
	b->n += i == b->n;
}

/* The version of a THING that holds on a day, by looking at all of them. */
static const struct record *holding(const struct beliefs *b, int64_t id, date day)
{
	const struct record *best = NULL;
	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i]->id == id && b->rows[i]->op != OP_WITHDRAWN && b->rows[i]->valid_from <= day &&
		    (!best || b->rows[i]->valid_from > best->valid_from))
			best = b->rows[i];
	return best && best->op == OP_HOLDS ? best : NULL;
}

/* Carrying forward, field by field: every later version, in order of day, until one says something else. */
static void carry(struct model *m, struct beliefs *b, const struct record *old, const struct record *r)
{
	for (int f = 0; old && f < r->entity->nfields; f++) {
		date after = r->valid_from;
		while (!value_eq(&old->v[f], &r->v[f])) {
			size_t next = b->n;
			for (size_t i = 0; i < b->n; i++)
				if (b->rows[i]->id == r->id && b->rows[i]->op != OP_WITHDRAWN &&
				    b->rows[i]->valid_from > after &&
				    (next == b->n || b->rows[i]->valid_from < b->rows[next]->valid_from))
					next = i;
			if (next == b->n || !value_eq(&b->rows[next]->v[f], &old->v[f]) || b->rows[next]->op == OP_ENDS)
				break;
			b->rows[next] = record_copy(m->p->c->arena, b->rows[next]);
			b->rows[next]->v[f] = r->v[f];
			after = b->rows[next]->valid_from;
		}
	}
}

enum verb { SAVE, CORRECT, WITHDRAW };

static enum err write_one(struct ctx *c, struct record *r, enum verb verb, int64_t *ret_position)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	if (verb == SAVE)
		return fixture_save(c, r, ret_position);
	if (verb == CORRECT)
		return fixture_correct(c, r, "it was written wrongly", ret_position);
	TRY(ctx_write(c, &t));
	TRY(change_begin(c, "test.withdraw", 0));
	enum err e = change_withdraw(c, r, STR("it never was"));
	if (e != E_OK) {
		change_abandon(c);
		return e;
	}
	TRY(change_end(c, ret_position));
	return txn_commit(&t);
}

static enum err expected(struct model *m, const struct record *r, enum verb verb)
{
	size_t i = find(newest(m), r);
	bool stands = i < newest(m)->n && newest(m)->rows[i]->op != OP_WITHDRAWN;
	if (verb == SAVE)
		return stands ? E_CONFLICT : E_OK;
	return stands ? E_OK : E_MISSING;
}

static struct record *drawn(struct model *m)
{
	struct property *p = m->p;
	struct record *r = property_record(p, m->e, m->owners[property_draw(p, OWNERS)], true);
	if (m->e->kind == THING) {
		struct record *now;
		r->id = m->owners[property_draw(p, OWNERS)];
		/* A change of some fields: the others as they were, so that there is something to copy. */
		if (read_thing(p->c, m->e, r->id, (struct moment){ .day = r->valid_from }, &now) == E_OK)
			for (int i = 0; i < m->e->nfields; i++)
				if (property_draw(p, 3) > 0 && m->e->fields[i].type != T_DATE)
					r->v[i] = now->v[i];
		if (p->fix)
			p->fix(p->c, r);
		property_not_below(r);
		if (!m->e->alias)
			record_clear(r, 0);
	}
	if (m->e->kind == SERIES && property_draw(p, 8) == 0) {
		r->op = OP_ENDS;
		for (int i = 0; i < m->e->nfields; i++)
			if (!(m->e->fields[i].flags & LANE))
				record_clear(r, i);
		r->until = DATE_NONE;
	}
	return r;
}

static void model_write(struct model *m, const struct record *r, enum verb verb, int64_t position)
{
	struct arena *a = m->p->c->arena;
	const struct record *before = NULL;
	struct beliefs *old = newest(m);
	if (m->e->kind == THING && verb == SAVE)
		before = holding(old, r->id, r->valid_from);
	if (m->e->kind == THING && verb == CORRECT) {
		before = old->rows[find(old, r)];
		before = before->op == OP_HOLDS ? before : NULL;
	}
	struct beliefs *b = next_beliefs(m, position);
	struct record *row = record_copy(a, r);
	if (verb == WITHDRAW) {
		struct record *bare = record_copy(a, old->rows[find(old, r)]);
		bare->op = OP_WITHDRAWN;
		row = bare;
	}
	believe(b, row, a);
	if (verb != WITHDRAW && m->e->kind == THING)
		carry(m, b, before, r);
}

static void step(struct model *m)
{
	struct property *p = m->p;
	struct record *r = drawn(m);
	enum verb verb = property_draw(p, 10) < 6 ? SAVE : property_draw(p, 3) < 2 ? CORRECT : WITHDRAW;
	if (r->op == OP_ENDS)
		verb = SAVE;
	int64_t position = 0;
	int lane = entity_lane(m->e);
	if (lane >= 0 && !r->v[lane].set)
		record_int(r, lane, 0);
	enum err want = expected(m, r, verb);
	struct record *given = record_copy(p->c->arena, r);
	enum err got = write_one(p->c, given, verb, &position);
	if (got != want) {
		(void)fixture_said(p->c, "", m->e->name);
		fail_msg("%s: verb %d answered %d, wanted %d (%s)", m->e->name, verb, got, want, fault_text());
	}
	fixture_forget(p->c);
	if (got == E_OK)
		model_write(m, given, verb, position);
}

/* What the model says holds on a day at a position. */
static bool model_says(const struct model *m, const struct beliefs *b, const struct record *r, date day)
{
	int lane = entity_lane(m->e);
	if (r->valid_from > day || r->op != OP_HOLDS)
		return false;
	if (m->e->kind == EVENT)
		return true;
	if (r->until != DATE_NONE && r->until < day)
		return false;
	for (size_t i = 0; i < b->n; i++) {
		const struct record *o = b->rows[i];
		bool beside = m->e->kind == THING ? o->id != r->id : o->owner != r->owner;
		if (!beside && lane >= 0)
			beside = !value_eq(&o->v[lane], &r->v[lane]);
		if (!beside && o->op != OP_WITHDRAWN && o->valid_from > r->valid_from && o->valid_from <= day)
			return false;
	}
	return true;
}

static void compare(struct model *m, const struct beliefs *b, int64_t position, date day)
{
	struct record **rows;
	size_t n, wanted = 0;
	struct query q = { .entity = m->e, .at = { .day = day, .position = position }, .extent = HOLDING };
	OK(read_all(m->p->c, &q, &rows, &n));
	for (size_t i = 0; i < b->n; i++) {
		const struct record *r = b->rows[i];
		if (!model_says(m, b, r, day))
			continue;
		wanted++;
		size_t k = 0;
		while (k < n && !same_key(rows[k], r))
			k++;
		if (k == n)
			fail_msg("%s at %" PRId64 ": a fact of day %d is not read on %d", m->e->name, position,
				 r->valid_from, day);
		property_same(r, rows[k]);
	}
	/* Records that this model did not write belong to other owners. */
	for (size_t k = 0; k < n; k++) {
		size_t i = find(b, rows[k]);
		bool ours = false;
		for (size_t o = 0; o < OWNERS; o++)
			ours = ours || m->owners[o] == (m->e->kind == THING ? rows[k]->id : rows[k]->owner);
		if (ours && i == b->n)
			fail_msg("%s at %" PRId64 ": a fact is read on %d that nobody believed", m->e->name, position,
				 day);
		wanted += !ours;
	}
	assert_int_equal(n, wanted);
}

/* The owners' rows as the model finds them. */
static void model_begin(struct model *m)
{
	struct ctx *c = m->p->c;
	size_t n;
	m->n = 1;
	m->at[0] = (struct beliefs){ .position = ledger_head(c->ledger),
				     .rows = ARENA_ARRAY(c->arena, struct record *, 64) };
	for (int i = 0; i < OWNERS; i++) {
		m->owners[i] = property_thing(m->p, m->e->kind == THING ? m->e : m->e->owner);
		m->at[0].position = ledger_head(c->ledger);
	}
	for (int i = 0; i < OWNERS && m->e->kind == THING; i++) {
		struct record **rows;
		struct query q = {
			.entity = m->e, .owner = m->owners[i], .at = { .day = DATE_NONE }, .extent = BELIEVED
		};
		OK(read_all(c, &q, &rows, &n));
		for (size_t k = 0; k < n; k++)
			believe(&m->at[0], rows[k], c->arena);
	}
}

void property_two_clocks(struct property *p, const struct entity *e)
{
	struct model m = { .p = p, .e = e };
	model_begin(&m);
	for (int i = 0; i < STEPS; i++)
		step(&m);
	for (size_t i = 0; i < m.n; i++)
		for (int day = 0; day < 26; day++) /* the first and the last days of what was written, among others */
			compare(&m, &m.at[i], m.at[i].position, date_of(2001, 1, 1) + 40 * (day / 2) - 12 * (day % 2));
	compare(&m, newest(&m), 0, date_of(2001, 7, 1));
}
