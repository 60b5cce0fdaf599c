/* post_holder.c - who holds a post today, and who acts for it beside or instead of the holder. */
#include "entity/list.h"
#include "entity/scan.h"
#include "face/keep.h"
#include "modules/staff/staff.h"

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
	ARENA_GROW(&a->k->arena, a->v, a->n, &a->cap);
	a->v[a->n++] = (struct acts){ r->owner, r->v[0], r->until == DATE_NONE ? DATE_MAX : r->until };
	return E_OK;
}

static enum err make(struct ctx *c, struct kept *k)
{
	struct acting *a = k->what = ARENA_NEW(&k->arena, struct acting);
	struct scan s = { .entity = &post_history_entity,
			  .fields = { POST_HELD, POST_ACTING },
			  .nfields = 2,
			  .at = { c->today, 0 },
			  .since = DATE_MIN };
	*a = (struct acting){ .k = k, .today = c->today };
	return scan_rows(c, &s, take, a);
}

static const struct entity *const sources[] = { &post_history_entity, NULL };
static struct keeper keeper = KEEPER(make, sources, NULL);

struct numbered {
	struct str number;
	int64_t person;
};

static int by_number(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;
	return str_cmp(x->number, y->number);
}

enum err post_acting(struct ctx *c, int64_t post, int64_t **ret, size_t *ret_n)
{
	struct kept *k CLEANUP(keep_let_go) = NULL;
	size_t n = 0;
	TRY(keep_get(c, &keeper, true, &k));
	const struct acting *a = k->what;
	struct numbered *all = ARENA_ARRAY(c->arena, struct numbered, a->n + 1);
	for (size_t i = 0; i < a->n; i++) {
		if (a->v[i].post != post || a->v[i].until < a->today)
			continue;
		all[n].person = a->v[i].person;
		TRY(key_text(c, &person_entity, all[n].person, 0, &all[n].number));
		n++;
	}
	qsort(all, n, sizeof *all, by_number);
	*ret = ARENA_ARRAY(c->arena, int64_t, n + 1);
	for (size_t i = 0; i < n; i++)
		(*ret)[i] = all[i].person;
	*ret_n = n;
	return E_OK;
}

enum err post_holder(struct ctx *c, int64_t post, int64_t *ret)
{
	struct list_where in = {
		.column = projection_column(&staff_now_projection, "post"), .how = LIST_IN, .low = post, .high = post
	};
	struct list_ask ask = { .of = &staff_now_projection,
				.where = &in,
				.nwhere = 1,
				.sort = LIST_ID,
				.limit = 1,
				.columns = UINT64_C(1) << in.column };
	struct list_row *rows;
	size_t n;
	bool more;
	TRY(list_rows(c, &ask, &rows, &n, &more));
	*ret = n ? rows[0].id : 0;
	return E_OK;
}
