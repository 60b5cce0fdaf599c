/* policy.c - the packs in use, from a store or from folders. */
#include "policy/packs.h"

#include "base/number.h"
#include "policy/codes.h"
#include "policy/overlay.h"
#include "policy/resolved.h"

#include <pthread.h>

#define KEPT 8 /* resolved rules, the last used ones */

struct kept_rules {
	char *key; /* owned; NULL: an empty place */
	struct rules *rules;
	unsigned long used;
};

struct policy {
	pthread_mutex_t lock; /* of what is kept: a policy is shared by all who look at one store */
	struct kept_rules kept[KEPT];
	unsigned long turn;
	struct policy *self;
	const struct pack_reader *reader;
	struct packs packs;         /* owned; empty when made from folders */
	const struct pack **in_use; /* in load order */
	size_t n;
	struct code_index *codes;
	struct policy *before; /* of the same ctx, superseded but perhaps still looked at */
};

/* ---- from a store ---- */
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

static struct policy *policy_new(void)
{
	struct policy *p = xcalloc(1, sizeof(*p));
	pthread_mutex_init(&p->lock, NULL);
	p->self = p;
	return p;
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
	struct policy *p = policy_new();
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

static struct str name_in(const struct sheet_row *row, const char *tag)
{
	for (size_t i = 0; i < row->nnames; i++)
		if (str_is(row->names[i].tag, tag))
			return row->names[i].text;
	return (struct str){ 0 };
}

struct str policy_words(const struct policy *p, const struct lang *l, struct str text)
{
	for (size_t i = 0; p && text.n && i < p->n; i++) {
		const struct sheet *s = pack_sheet(p->in_use[i], str_of(pack_words.name));
		for (size_t k = 0; s && k < s->n; k++)
			if (str_eq(s->rows[k].cells[0].t, text) && name_in(&s->rows[k], lang_tag(l)).n)
				return name_in(&s->rows[k], lang_tag(l));
	}
	return text;
}

void policy_release(struct ctx *c)
{
	policy_free(c->policy);
	c->policy = NULL;
	c->codes = NULL;
}

static void forget(struct kept_rules *k)
{
	free(k->key);
	rules_free(k->rules);
	*k = (struct kept_rules){ 0 };
}

void policy_free(struct policy *p)
{
	while (p) {
		struct policy *before = p->before;
		for (size_t i = 0; i < KEPT; i++)
			forget(&p->kept[i]);
		pthread_mutex_destroy(&p->lock);
		packs_release(&p->packs);
		code_index_free(p->codes);
		free(p->in_use);
		free(p);
		p = before;
	}
}

/* ---- from folders ---- */
enum err policy_of_packs(const struct pack *const *packs, size_t n, const struct pack_reader *r, struct policy **ret)
{
	CLEANUP(problems_release) struct problems problems = PROBLEMS_INIT;
	TRY(pack_fit(packs, n, &problems));
	struct policy *p = policy_new();
	p->reader = r;
	set_in_use(p, packs, n);
	*ret = p;
	return E_OK;
}

/* ---- rules in force: put together once for each day and each set of packs ---- */

static bool applies_somewhere(const struct policy *p, struct str unit)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->in_use[i]->applies_to, unit))
			return true;
	return false;
}

/* The day, and those of the units for which a pack has been made: two units without one have the same rules. */
static void key_of(const struct policy *p, const struct str *units, size_t n, date day, struct buf *out)
{
	buf_int(out, day);
	for (size_t i = 0; i < n; i++)
		if (applies_somewhere(p, units[i])) {
			buf_char(out, '\n');
			buf_add(out, units[i].p, units[i].n);
		}
}

static struct rules *find_kept(struct policy *p, const char *key)
{
	struct rules *found = NULL;
	pthread_mutex_lock(&p->lock);
	for (size_t i = 0; i < KEPT && !found; i++)
		if (text_is(p->kept[i].key, key)) {
			found = p->kept[i].rules;
			p->kept[i].used = ++p->turn;
			atomic_fetch_add(&found->holders, 1);
		}
	pthread_mutex_unlock(&p->lock);
	return found;
}

static void keep(struct policy *p, const char *key, struct rules *r)
{
	pthread_mutex_lock(&p->lock);
	struct kept_rules *oldest = &p->kept[0];
	for (size_t i = 1; i < KEPT; i++)
		if (p->kept[i].used < oldest->used)
			oldest = &p->kept[i];
	forget(oldest);
	atomic_fetch_add(&r->holders, 1);
	*oldest = (struct kept_rules){ xstrdup(key), r, ++p->turn };
	pthread_mutex_unlock(&p->lock);
}

static enum err resolve(const struct policy *p, const struct str *units, size_t n, date day, struct rules **ret)
{
	struct overlay_ask ask = { .packs = p->in_use, .npacks = p->n, .units = units, .nunits = n, .day = day };
	json_t *tree = overlay_resolve(&ask);
	enum err e = rules_of_tree(tree, p->reader, ret);
	json_decref(tree);
	if (e == E_INVALID)
		return FAULT("the rules in force cannot be put together");
	return e;
}

enum err rules_at(const struct policy *of, const struct str *units, size_t n, date day, struct rules **ret)
{
	CLEANUP(buf_release) struct buf key = BUF_INIT;
	struct policy *p = of->self; /* what is kept changes, what the policy says does not */
	key_of(p, units, n, day, &key);
	struct rules *r = find_kept(p, buf_str(&key));
	if (!r) {
		TRY(resolve(p, units, n, day, &r));
		keep(p, buf_str(&key), r);
	}
	*ret = r;
	return E_OK;
}
