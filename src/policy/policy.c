/* policy.c - the packs in use, from a store or from folders. */
#include "policy/packs.h"

#include "base/number.h"
#include "policy/codes.h"
#include "policy/overlay.h"
#include "policy/resolved.h"

struct policy {
	const struct pack_reader *reader;
	struct packs packs;         /* owned; empty when made from folders */
	const struct pack **in_use; /* in load order */
	size_t n;
	struct code_index *codes;
	struct policy *before; /* of the same ctx, superseded but perhaps still looked at */
};

/* ---- from a store
 * ---------------------------------------------------------------------------------------------------- */
static enum err read_codes(struct store *s, struct code_index *x)
{
	struct stmt *st = NULL;
	bool row = false;
	TRY(store_stmt(s, "SELECT id, of, code FROM pack_code ORDER BY id", &st));
	TRY(stmt_step(st, &row));
	while (row) {
		code_index_add(x, stmt_get_int(st, 0), stmt_get_text(st, 1), stmt_get_text(st, 2));
		TRY(stmt_step(st, &row));
	}
	return E_OK;
}

static void set_in_use(struct policy *p, const struct pack *const *packs, size_t n)
{
	p->in_use = xcalloc(n + 1, sizeof(const struct pack *));
	for (size_t i = 0; i < n; i++)
		p->in_use[i] = packs[i];
	p->n = n;
}

static enum err read_store(struct ctx *c, int64_t position, struct policy *p)
{
	TRY(read_codes(c->store, p->codes));
	TRY(packs_load(c->store, p->reader, position, &p->packs));
	set_in_use(p, (const struct pack *const *)p->packs.list, p->packs.n);
	for (size_t i = 0; i < p->n; i++)
		code_index_use(p->codes, p->in_use[i]);
	return E_OK;
}

enum err policy_open(struct ctx *c, const struct pack_reader *r, int64_t position, struct policy **ret)
{
	struct policy *p = xcalloc(1, sizeof(*p));
	p->reader = r;
	p->codes = code_index_new();
	enum err e = read_store(c, position, p);
	/* Whoever reads a store as hostile goes on with the codes where the files are spoilt. */
	if (position == 0) {
		p->before = c->policy;
		c->policy = p;
		c->codes = code_index_codes(p->codes);
	} else if (e != E_OK) {
		policy_free(p);
	}
	TRY(e);
	*ret = p;
	return E_OK;
}

enum err policy_position(struct store *s, int64_t *ret)
{
	int64_t out;
	TRY(store_get_int(s, "SELECT max(known_from) FROM pack_use", 0, ret));
	TRY(store_get_int(s, "SELECT max(known_to) FROM pack_use", 0, &out));
	*ret = out > *ret ? out : *ret;
	return E_OK;
}

const struct pack_reader *policy_reader(const struct policy *p)
{
	return p->reader;
}

const struct pack *const *policy_packs(const struct policy *p, size_t *ret_n)
{
	*ret_n = p->n;
	return (const struct pack *const *)p->in_use;
}

void policy_release(struct ctx *c)
{
	policy_free(c->policy);
	c->policy = NULL;
	c->codes = NULL;
}

void policy_free(struct policy *p)
{
	while (p) {
		struct policy *before = p->before;
		packs_release(&p->packs);
		code_index_free(p->codes);
		free(p->in_use);
		free(p);
		p = before;
	}
}

/* ---- from folders
 * ------------------------------------------------------------------------------------------------------ */
enum err policy_of_packs(const struct pack *const *packs, size_t n, const struct pack_reader *r, struct policy **ret)
{
	CLEANUP(problems_release) struct problems problems = PROBLEMS_INIT;
	TRY(pack_fit(packs, n, &problems));
	struct policy *p = xcalloc(1, sizeof(*p));
	p->reader = r;
	set_in_use(p, packs, n);
	*ret = p;
	return E_OK;
}

enum err rules_at(const struct policy *p, const struct str *units, size_t n, date day, struct rules **ret)
{
	struct overlay_ask ask = { .packs = p->in_use, .npacks = p->n, .units = units, .nunits = n, .day = day };
	json_t *tree = overlay_resolve(&ask);
	enum err e = rules_of_tree(tree, p->reader, ret);
	json_decref(tree);
	if (e == E_INVALID)
		return FAULT("the rules in force cannot be put together");
	return e;
}
