/* preorder.c - numbering a tree: versions of the day, children by code, one walk. */
#include "entity/preorder.h"

#include "entity/eras.h"
#include "entity/scan.h"

int preorder_field(const struct entity *e)
{
	return entity_flagged(e, TREE);
}

struct growing {
	int64_t n;
	int64_t *parent; /* -1: does not exist that day; 0: none */
	int64_t *child, *next;
};

static enum err take_version(void *arg, const struct scanned *r)
{
	struct growing *g = arg;
	if (r->owner >= 1 && r->owner <= g->n && r->op != OP_WITHDRAWN)
		g->parent[r->owner] = r->op != OP_HOLDS ? -1 : r->v[0] == SCAN_NULL ? 0 : r->v[0];
	return E_OK;
}

static enum err load_parents(struct ctx *c, const struct entity *e, date day, struct arena *a, struct growing *g)
{
	struct scan s = {
		.entity = e, .fields = { preorder_field(e) }, .nfields = 1, .at = { .day = day }, .since = DATE_MIN
	};
	TRY(eras_records(c, e, &g->n));
	g->parent = ARENA_ARRAY(a, int64_t, g->n + 1);
	g->child = ARENA_ARRAY(a, int64_t, g->n + 1);
	g->next = ARENA_ARRAY(a, int64_t, g->n + 1);
	for (int64_t i = 0; i <= g->n; i++)
		g->parent[i] = -1;
	return scan_rows(c, &s, take_version, g);
}

/* From the greatest code to the smallest, so that each is put before those put earlier. Child 0's are the top. */
static enum err link_children(struct ctx *c, const struct entity *e, struct growing *g)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	bool row;
	buf_printf(&sql, "SELECT id FROM %s ORDER BY code DESC", e->name);
	TRY(store_stmt(c->store, buf_str(&sql), &st));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		int64_t id = stmt_get_int(st, 0);
		if (id < 1 || id > g->n || g->parent[id] < 0)
			continue;
		int64_t parent = g->parent[id];
		if (parent > g->n || g->parent[parent] < 0)
			parent = 0;
		g->parent[id] = parent;
		g->next[id] = g->child[parent];
		g->child[parent] = id;
	}
}

/* Down to the first child, else on to the next of the nearest that has one. What stands in a circle (only in a store
 * that somebody wrote by hand) is never reached. */
static void number(const struct growing *g, struct preorder *ret)
{
	int64_t k = 0, id = g->child[0];
	while (id) {
		ret->order[id] = ret->last[id] = ++k;
		if (g->child[id]) {
			id = g->child[id];
			continue;
		}
		while (id && !g->next[id]) {
			ret->last[id] = k;
			id = g->parent[id];
		}
		if (id)
			ret->last[id] = k;
		id = g->next[id];
	}
}

enum err preorder_load(struct ctx *c, const struct entity *e, date day, struct arena *a, struct preorder *ret)
{
	struct arena scratch CLEANUP(arena_release) = ARENA_INIT;
	struct growing g = { 0 };
	TRY(load_parents(c, e, day, &scratch, &g));
	TRY(link_children(c, e, &g));
	ret->n = g.n;
	ret->order = ARENA_ARRAY(a, int64_t, g.n + 1);
	ret->last = ARENA_ARRAY(a, int64_t, g.n + 1);
	number(&g, ret);
	return E_OK;
}
