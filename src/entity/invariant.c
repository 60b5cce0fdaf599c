/* invariant.c - what must hold over everybody, from the flags of a declaration. */
#include "entity/invariant.h"

#include "entity/eras.h"
#include "entity/plan.h"
#include "entity/read.h"
#include "entity/scan.h"
#include "entity/schema.h"

PRINTF(5, 6)
static void broken(struct report *r, const struct entity *e, int64_t vid, const char *column, const char *fmt, ...)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	va_list ap;

	va_start(ap, fmt);
	r->broken(r->arg, e, vid, column, arena_vprintf(&a, say(r->said ? r->said->lang : NULL, fmt), ap));
	va_end(ap);
}

static const char *word_of(struct report *r, const struct entity *e)
{
	return r->said ? entity_word(r->said, e) : e->name;
}

static const char *label_of(struct report *r, const struct field *f)
{
	return r->said ? field_word(r->said, f) : f->name;
}

static const char *key_of(struct ctx *c, struct arena *a, const struct entity *e, int64_t id)
{
	struct str s;

	if (key_text(c, e, id, 0, &s) != E_OK)
		return arena_printf(a, "number %lld", (long long)id);
	return arena_text(a, s.p, s.n);
}

/* ---- one holder of a seat at a time ---- */

struct sitting {
	int64_t seat, owner, vid;
	date from, to; /* to: last day */
};
struct sittings {
	const struct entity *e;
	struct sitting *list;
	size_t n, cap;
	int64_t owner; /* whose last row is still open */
	bool open;
};

static enum err add_sitting(void *arg, const struct scanned *r)
{
	struct sittings *s = arg;
	struct sitting *last = s->n ? &s->list[s->n - 1] : NULL;

	if (r->op == OP_WITHDRAWN)
		return E_OK;
	if (last && s->open && s->owner == r->owner && last->to >= r->valid_from)
		last->to = r->valid_from - 1;
	s->open = false;
	s->owner = r->owner;
	if (r->op == OP_ENDS || r->v[0] == SCAN_NULL)
		return E_OK;
	if (!s->list || s->n == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 1024;
		s->list = xrealloc(s->list, s->cap * sizeof *s->list);
	}
	s->list[s->n++] = (struct sitting){ .seat = r->v[0],
					    .owner = r->owner,
					    .vid = r->vid,
					    .from = r->valid_from,
					    .to = r->until == DATE_NONE ? DATE_MAX : r->until };
	s->open = true;
	return E_OK;
}

static int by_seat(const void *a, const void *b)
{
	const struct sitting *x = a, *y = b;

	if (x->seat != y->seat)
		return x->seat < y->seat ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->vid < y->vid ? -1 : x->vid > y->vid;
}

static void say_seat(struct ctx *c, struct report *r, const struct entity *e, int field, const struct sitting *first,
		     const struct sitting *second)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	char from[DATE_TEXT], other[DATE_TEXT];
	const struct sitting *newer = first->vid > second->vid ? first : second;
	const struct sitting *older = newer == first ? second : first;

	broken(r, e, newer->vid, e->fields[field].name,
	       "the %s %s is held by %s from %s and would be held by %s from %s at the same time; end one of the "
	       "two first, or correct the %s",
	       word_of(r, e->fields[field].ref), key_of(c, &a, e->fields[field].ref, newer->seat),
	       key_of(c, &a, e->owner, older->owner), date_text(older->from, from),
	       key_of(c, &a, e->owner, newer->owner), date_text(newer->from, other), label_of(r, &e->fields[field]));
}

static enum err check_seats(struct ctx *c, const struct entity *e, int field, struct report *r)
{
	struct scan scan = { .entity = e,
			     .fields = { field },
			     .nfields = 1,
			     .at = { .day = DATE_MAX },
			     .since = DATE_MIN,
			     .lanes = FIRST_LANE,
			     .numbered = true };
	struct sittings s = { .e = e };
	enum err err = scan_rows(c, &scan, add_sitting, &s);
	if (s.n)
		qsort(s.list, s.n, sizeof *s.list, by_seat);
	for (size_t i = 1, widest = 0; i < s.n && err == E_OK; i++) {
		const struct sitting *w = &s.list[widest], *x = &s.list[i];
		if (w->seat == x->seat && w->to >= x->from && w->owner != x->owner)
			say_seat(c, r, e, field, w, x);
		if (w->seat != x->seat || x->to >= w->to)
			widest = i;
	}
	free(s.list);
	return err;
}

/* ---- no cycle among parents on any day ---- */

struct branch {
	int64_t id, parent, vid;
	date from;
};
struct tree {
	struct branch *list;
	size_t n, cap;
	int64_t most; /* records: numbers above are nobody's */
};

static enum err add_branch(void *arg, const struct scanned *r)
{
	struct tree *t = arg;

	if (r->op == OP_WITHDRAWN || r->owner < 1 || r->owner > t->most)
		return E_OK;
	if (t->n == t->cap) {
		t->cap = t->cap ? t->cap * 2 : 1024;
		t->list = xrealloc(t->list, t->cap * sizeof *t->list);
	}
	bool none = r->op == OP_ENDS || r->v[0] == SCAN_NULL || r->v[0] < 1 || r->v[0] > t->most;
	int64_t parent = none ? 0 : r->v[0];
	t->list[t->n++] = (struct branch){ r->owner, parent, r->vid, r->valid_from };
	return E_OK;
}

static int by_day(const void *a, const void *b)
{
	const struct branch *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->vid < y->vid ? -1 : x->vid > y->vid;
}

/* True when going up from id leads back to it. */
static bool turns_back(const int64_t *parent, int64_t most, int64_t id)
{
	int64_t at = parent[id];

	for (int64_t steps = 0; at && steps <= most; steps++, at = parent[at])
		if (at == id)
			return true;
	return false;
}

static void say_cycle(struct ctx *c, struct report *r, const struct entity *e, int field, const struct branch *b,
		      const int64_t *parent)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct buf way CLEANUP(buf_release) = BUF_INIT;
	char day[DATE_TEXT];
	int64_t at = b->id;

	for (int i = 0; i < 8 && (i == 0 || at != b->id); i++, at = parent[at])
		buf_printf(&way, "%s → ", key_of(c, &a, e, at));
	buf_text(&way, at == b->id ? key_of(c, &a, e, at) : "…");
	broken(r, e, b->vid, e->fields[field].name,
	       "on %s the %s would stand under itself (%s); give one of them another %s", date_text(b->from, day),
	       word_of(r, e), buf_str(&way), label_of(r, &e->fields[field]));
}

static enum err check_tree(struct ctx *c, const struct entity *e, int field, struct report *r)
{
	struct scan scan = { .entity = e,
			     .fields = { field },
			     .nfields = 1,
			     .at = { .day = DATE_MAX },
			     .since = DATE_MIN,
			     .numbered = true };
	struct tree t = { 0 };

	TRY(eras_records(c, e, &t.most));
	enum err err = scan_rows(c, &scan, add_branch, &t);

	if (t.n)
		qsort(t.list, t.n, sizeof *t.list, by_day);
	int64_t *parent = xcalloc((size_t)t.most + 1, sizeof *parent);
	for (size_t from = 0, to; from < t.n && err == E_OK; from = to) {
		for (to = from; to < t.n && t.list[to].from == t.list[from].from; to++)
			parent[t.list[to].id] = t.list[to].parent;
		for (size_t i = from; i < to; i++)
			if (turns_back(parent, t.most, t.list[i].id))
				say_cycle(c, r, e, field, &t.list[i], parent);
	}
	free(parent);
	free(t.list);
	return err;
}

/* ---- values that only one may have ---- */

static enum err check_shared(struct ctx *c, const struct entity *e, const char *column, const char *owner,
			     const char *words, struct report *r)
{
	const struct plan *p = plan_of(c, e);
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	bool row;

	/* Who of several came first is asked only of values that several have: mostly none. */
	buf_printf(
		&sql,
		"SELECT vid FROM (SELECT vid, %s AS owned, first_value(%s) OVER (PARTITION BY %s ORDER BY vid) AS "
		"first FROM %s WHERE known_to IS NULL AND op = 0 AND %s IN (SELECT %s FROM %s WHERE known_to IS NULL "
		"AND op = 0 AND %s IS NOT NULL GROUP BY %s HAVING min(%s) <> max(%s))) AS q WHERE owned <> first "
		"ORDER BY vid",
		owner, owner, column, p->rows, column, column, p->rows, column, column, owner, owner);
	TRY(store_stmt(c->store, buf_str(&sql), &st));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		broken(r, e, stmt_get_int(st, 0), column, "%s", say(r->said ? r->said->lang : NULL, words));
	}
}

static bool is_shared(const struct entity *e, int field)
{
	return e->kind == THING && (e->fields[field].flags & UNIQUE) && schema_stored(e, field);
}

/* ---- nothing is dated before ---- */

struct early {
	const struct entity *e;
	const struct eras *eras;
	struct report *r;
};

static enum err check_early(void *arg, const struct scanned *row)
{
	struct early *x = arg;
	struct standing s;
	char day[DATE_TEXT], before[DATE_TEXT];

	if (row->op == OP_WITHDRAWN)
		return E_OK;
	eras_standing(x->eras, row->owner, row->valid_from, &s);
	if (s.not_before != DATE_NONE && row->valid_from < s.not_before)
		broken(x->r, x->e, row->vid, entity_day_column(x->e),
		       "%s is before %s, the first day about this %s; correct one of the two",
		       date_text(row->valid_from, day), date_text(s.not_before, before),
		       word_of(x->r, x->e->owner ? x->e->owner : x->e));
	return E_OK;
}

static enum err check_not_before(struct ctx *c, const struct entity *e, struct report *r)
{
	const struct entity *of = e->owner ? e->owner : e;
	struct scan scan = { .entity = e, .at = { .day = DATE_MAX }, .since = DATE_MIN, .numbered = true };
	struct eras *eras;

	if (entity_flagged(of, NOT_BEFORE) < 0)
		return E_OK;
	TRY(eras_load(c, of, &eras));
	enum err err = scan_rows(c, &scan, check_early, &(struct early){ e, eras, r });
	eras_free(eras);
	return err;
}

bool invariants_any(const struct entity *e)
{
	bool any = entity_is_alias(e) || entity_flagged(e, SEAT | TREE) >= 0;

	for (int i = 0; i < e->nfields; i++)
		any = any || is_shared(e, i);
	return any;
}

enum err invariants_check(struct ctx *c, const struct entity *e, struct report *r)
{
	int seat = entity_flagged(e, SEAT), tree = entity_flagged(e, TREE);

	if (e->kind == PLAIN)
		return E_OK;
	if (seat >= 0)
		TRY(check_seats(c, e, seat, r));
	if (tree >= 0)
		TRY(check_tree(c, e, tree, r));
	for (int i = 0; i < e->nfields; i++)
		if (is_shared(e, i))
			TRY(check_shared(
				c, e, e->fields[i].name, "id",
				N_("another record has the same value; only one may have it: correct one of the two"),
				r));
	if (entity_is_alias(e))
		TRY(check_shared(
			c, e, e->fields[0].name, "owner",
			N_("this number belongs to another record already; no number may belong to two: correct one"),
			r));
	if (!r->dated)
		TRY(check_not_before(c, e, r));
	return E_OK;
}
