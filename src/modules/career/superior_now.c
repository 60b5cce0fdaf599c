/* superior_now.c - one person's superior today, from the lists of what holds: no pass over everybody. */
#include "entity/list.h"
#include "entity/scan.h"
#include "face/keep.h"
#include "modules/career/superior.h"

#define POSTS 5000 /* of one unit */

/* ---- who acts -----------------------------------------------------------------------------------------------------
 */

/* Posts and who acts for them; few, so they are looked through. */
struct acting {
	struct acts {
		int64_t person, post;
		date until;
	} * v;
	size_t n, cap;
	struct kept *k;
	date today;
};

/* The last row of the lane tells; its rows follow each other by day. */
static enum err take(void *arg, const struct scanned *r)
{
	struct acting *a = arg;
	if (r->v[1] != 1 || r->op == OP_WITHDRAWN)
		return E_OK;
	if (a->n && a->v[a->n - 1].person == r->owner)
		a->n--;
	if (r->op != OP_HOLDS || r->v[0] == SCAN_NULL)
		return E_OK;
	if (a->n == a->cap) {
		a->cap = a->cap ? 2 * a->cap : 64;
		struct acts *v = ARENA_ARRAY(&a->k->arena, struct acts, a->cap);
		if (a->n)
			memcpy(v, a->v, a->n * sizeof *v);
		a->v = v;
	}
	a->v[a->n++] = (struct acts){ r->owner, r->v[0], r->until == DATE_NONE ? DATE_MAX : r->until };
	return E_OK;
}

static enum err make(struct ctx *c, struct kept *k)
{
	struct acting *a = k->what = ARENA_NEW(&k->arena, struct acting);
	struct scan s = {
		.entity = &post_history_entity,
		.fields = {entity_field(&post_history_entity, "post"), entity_field(&post_history_entity, "acting") },
		.nfields = 2,
		.at = { c->today,                        0                             },
		.since = DATE_MIN
	};
	*a = (struct acting){ .k = k, .today = c->today };
	return scan_rows(c, &s, take, a);
}

static const struct entity *const sources[] = { &post_history_entity, NULL };
static struct keeper keeper = KEEPER(make, sources, NULL);

/* Of two who act for one post, the lower staff number in byte order. */
static enum err acting_for(struct ctx *c, int64_t post, int64_t *ret)
{
	struct kept *k CLEANUP(keep_let_go) = NULL;
	struct str best = { 0 };
	TRY(keep_get(c, &keeper, true, &k));
	const struct acting *a = k->what;
	for (size_t i = 0; i < a->n; i++) {
		struct str number;
		if (a->v[i].post != post || a->v[i].until < a->today)
			continue;
		TRY(key_text(c, &person_entity, a->v[i].person, 0, &number));
		if (best.n && str_cmp(number, best) >= 0)
			continue;
		best = number;
		*ret = a->v[i].person;
	}
	return E_OK;
}

/* ---- the head of a unit -------------------------------------------------------------------------------------------
 */

static int64_t echelon_order(struct ctx *c, const struct rules *r, const struct value *v)
{
	struct str code = v->set ? c->codes->text(c->codes->arg, v->i) : (struct str){ 0 };
	const struct rules_row *row = code.n ? rules_find(r, "echelons", code) : NULL;
	return row ? row_int(row, "order", INT64_MAX) : INT64_MAX;
}

/* A flagged post first, then the higher echelon, then the lower code. */
static bool before(struct ctx *c, const struct rules *r, const struct list_row *a, const struct list_row *b)
{
	int flag = projection_column(&post_now_projection, "heads_unit");
	int echelon = projection_column(&post_now_projection, "echelon");
	bool heads = a->v[flag].set && a->v[flag].i, other = b->v[flag].set && b->v[flag].i;
	int64_t x = echelon_order(c, r, &a->v[echelon]), y = echelon_order(c, r, &b->v[echelon]);
	if (heads != other)
		return heads;
	return x != y ? x < y : str_cmp(a->code, b->code) < 0;
}

static enum err head_of(struct ctx *c, const struct rules *r, int64_t order, int64_t *ret)
{
	struct list_where in = { .column = projection_column(&post_now_projection, "unit_order"),
				 .how = LIST_IN,
				 .low = order,
				 .high = order };
	struct list_ask ask = {
		.of = &post_now_projection, .where = &in, .nwhere = 1, .sort = LIST_ID, .limit = POSTS
	};
	struct list_row *rows, *best = NULL;
	size_t n;
	bool more;
	TRY(list_rows(c, &ask, &rows, &n, &more));
	for (size_t i = 0; i < n; i++)
		if (!best || before(c, r, &rows[i], best))
			best = &rows[i];
	*ret = best ? best->id : 0;
	return E_OK;
}

static enum err holder_of(struct ctx *c, int64_t post, int64_t *ret)
{
	struct list_where in = {
		.column = projection_column(&staff_now_projection, "post"), .how = LIST_IN, .low = post, .high = post
	};
	struct list_ask ask = { .of = &staff_now_projection, .where = &in, .nwhere = 1, .sort = LIST_ID, .limit = 1 };
	struct list_row *rows;
	size_t n;
	bool more;
	TRY(list_rows(c, &ask, &rows, &n, &more));
	*ret = n ? rows[0].id : 0;
	return n ? E_OK : acting_for(c, post, ret);
}

enum err superior_now(struct ctx *c, const struct rules *r, int64_t person, int64_t unit, int64_t *ret)
{
	int order = projection_column(&unit_now_projection, "unit_order");
	int parent = projection_column(&unit_now_projection, "parent");
	*ret = 0;
	for (int steps = 0; unit && steps < 1000; steps++) {
		struct list_row row;
		int64_t head = 0, who = 0;
		enum err e = list_one(c, &unit_now_projection, unit, &row);
		if (e == E_MISSING)
			return E_OK;
		TRY(e);
		if (row.v[order].set)
			TRY(head_of(c, r, row.v[order].i, &head));
		if (head)
			TRY(holder_of(c, head, &who));
		if (who && who != person) {
			*ret = who;
			return E_OK;
		}
		unit = row.v[parent].set ? row.v[parent].i : 0;
	}
	return E_OK;
}
