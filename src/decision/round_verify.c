/* round_verify.c - the three answers on a sealed round, from the store. */
#include "base/number.h"
#include "decision/inside.h"
#include "entity/leaf.h"

/* ---- intact ---- */

#define INTACT ret, &ret->intact, &ret->intact_words
#define RECOMPUTED ret, &ret->recomputed, &ret->recomputed_words
#define REDERIVED ret, &ret->rederived, &ret->rederived_words

static void free_leaves(struct leaves **l)
{
	if (*l)
		leaves_close(*l);
}

/* Which of the leaves is not the one that the entry wrote. */
static enum err name_changed(struct ctx *c, const struct round *r, const struct hash *leaves,
			     struct verdict_on_decision *ret)
{
	struct leaves *stored CLEANUP(free_leaves) = NULL;
	TRY(leaves_open(c->store, &stored));
	for (size_t i = 0; i < r->n + FIRST_LEAF; i++) {
		struct hash leaf;
		enum err e = leaves_get(stored, r->seal_entry, (uint32_t)i, &leaf);
		if (e != E_OK && e != E_MISSING)
			return e;
		if (e == E_OK && hash_eq(&leaf, &leaves[i]))
			continue;
		if (i < FIRST_LEAF)
			answer_no(INTACT, "the row of the seal was changed");
		else
			answer_no(INTACT, "what is sealed of the candidate %.*s was changed",
				  (int)r->candidates[i - FIRST_LEAF].number.n, r->candidates[i - FIRST_LEAF].number.p);
		return E_OK;
	}
	answer_no(INTACT, "the leaves are those stored, but not those of entry %lld", (long long)r->seal_entry);
	return E_OK;
}

static enum err check_leaves(struct ctx *c, const struct round *r, const struct entry *entry,
			     struct verdict_on_decision *ret)
{
	struct buf scratch CLEANUP(buf_release) = BUF_INIT;
	unsigned char salt[SALT_SIZE];
	enum err e = seal_row_salt(c, r->inside->sealed, salt);
	if (e == E_MISSING) {
		answer_no(INTACT, "the salt of the seal's row is missing");
		return E_OK;
	}
	TRY(e);
	struct hash *leaves = xmalloc((r->n + FIRST_LEAF) * sizeof *leaves);
	leaves[0] = leaf_row(c->codes, r->inside->sealed, salt, NULL, &scratch, NULL);
	e = candidate_leaves(r, r->inside->salts, leaves + FIRST_LEAF);
	struct hash root = merkle_root(leaves, r->n + FIRST_LEAF);
	if (e == E_OK && (entry->n != (int64_t)(r->n + FIRST_LEAF) || !hash_eq(&root, &entry->root)))
		e = name_changed(c, r, leaves, ret);
	free(leaves);
	return e;
}

static enum err check_log(struct ctx *c, const struct entry *entry, struct verdict_on_decision *ret)
{
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	struct hash path[MERKLE_PATH];
	struct verifier key;
	struct checkpoint head;
	size_t n;
	if (verifier_parse(str_of(ledger_key(c->ledger)), &key) != E_OK ||
	    note_open(str_of(ledger_note(c->ledger)), &key, &head) != E_OK) {
		answer_no(INTACT, "the checkpoint of the store is not signed by its key");
		return E_OK;
	}
	entry_canonical(entry, &text);
	struct hash leaf = merkle_leaf(text.p, text.n);
	enum err e = proof_entry(c->store, entry->seq, head.size, path, &n);
	if (e == E_FAULT)
		return e;
	if (e != E_OK || !merkle_included(&leaf, (uint64_t)entry->seq - 1, head.size, path, n, &head.root))
		answer_no(INTACT, "entry %lld does not stand in the log that was signed", (long long)entry->seq);
	return E_OK;
}

static bool same_text(const struct record *a, int field, struct str b)
{
	return str_eq(a->v[field].t, b);
}

static void check_row(const struct record *row, const struct round *r, struct verdict_on_decision *ret)
{
	const struct record *seal = r->inside->sealed;
	int64_t counts[OTHER_KIND + 1] = { 0 };
	if (!same_text(seal, SEAL_KIND, row->v[ROUND_KIND].t) ||
	    !same_text(seal, SEAL_POLICY, row->v[ROUND_POLICY].t) ||
	    !same_text(seal, SEAL_UNIT, row->v[ROUND_UNIT].t) || record_get(row, ROUND_AS_OF, 0) != seal->valid_from)
		answer_no(INTACT, "the record of the round says otherwise than its seal");
	for (size_t i = 0; i < r->n; i++)
		counts[r->candidates[i].decided]++;
	bool same = record_get(seal, SEAL_CANDIDATES, 0) == (int64_t)r->n;
	for (int o = MEETS; o <= OTHER_KIND; o++)
		same = same && record_get(seal, SEAL_MEETS + o, 0) == counts[o];
	if (!same)
		answer_no(INTACT, "the counts of the seal are not those of its candidates");
}

static enum err check_intact(struct ctx *c, const struct record *row, const struct round *r,
			     struct verdict_on_decision *ret)
{
	struct entry entry;
	enum err e = entry_get(c->store, r->seal_entry, &entry);
	if (e == E_MISSING)
		answer_no(INTACT, "the entry of the seal is missing");
	if (e != E_OK)
		return e == E_MISSING ? E_OK : e;
	check_row(row, r, ret);
	TRY(check_leaves(c, r, &entry, ret));
	return check_log(c, &entry, ret);
}

/* ---- re-derived ---- */

static void column_words(const struct round *r, const struct input_column *c, size_t row, struct buf *out)
{
	int32_t v = population_column(r->population, c->name)[row];
	char day[DATE_TEXT];
	struct str text;
	if (v == NONE) {
		buf_text(out, "nothing");
	} else if (c->type == I_CODE) {
		text = population_text(r->population, c->of, v);
		buf_add(out, text.p, text.n);
	} else if (c->type == I_DAY) {
		buf_text(out, date_text(v, day));
	} else if (c->type == I_PERCENT) {
		decimal_add(out, v, 2);
	} else {
		buf_int(out, v);
	}
}

static void compare_candidate(const struct round *sealed, const struct round *store, size_t i,
			      struct verdict_on_decision *ret)
{
	struct buf a CLEANUP(buf_release) = BUF_INIT, b CLEANUP(buf_release) = BUF_INIT;
	const struct candidate *k = &sealed->candidates[i], *n = &store->candidates[i];
	const struct seal_form *f = &sealed->inside->form;
	for (size_t c = 0; c < f->ncolumns; c++) {
		buf_reset(&a);
		buf_reset(&b);
		column_words(sealed, &f->columns[c], i, &a);
		column_words(store, &f->columns[c], i, &b);
		if (text_is(buf_str(&a), buf_str(&b)))
			continue;
		answer_no(REDERIVED, "candidate %.*s, %s: sealed is %s, the store gives %s", (int)k->number.n,
			  k->number.p, f->columns[c].name, a.p, b.p);
		return;
	}
	if (!str_eq(k->override, n->override) || k->decided != n->decided)
		answer_no(REDERIVED, "candidate %.*s: the override sealed is not the one in the store",
			  (int)k->number.n, k->number.p);
}

/* Candidates stand in the order of their numbers on both sides. */
static void compare_people(const struct round *sealed, const struct round *store, struct verdict_on_decision *ret)
{
	for (size_t i = 0; ret->rederived != ANSWER_NO && (i < sealed->n || i < store->n); i++) {
		const struct candidate *k = i < sealed->n ? &sealed->candidates[i] : NULL;
		const struct candidate *n = i < store->n ? &store->candidates[i] : NULL;
		int order = !k ? 1 : !n ? -1 : str_cmp(k->number, n->number);
		if (k && n && order == 0 && k->person == n->person)
			compare_candidate(sealed, store, i, ret);
		else if (k && order <= 0)
			answer_no(REDERIVED, "candidate %.*s is sealed, but the store does not give them",
				  (int)k->number.n, k->number.p);
		else if (n)
			answer_no(REDERIVED, "the store gives the candidate %.*s, who is not sealed", (int)n->number.n,
				  n->number.p);
	}
}

static bool same_columns(const struct seal_form *a, const struct seal_form *b)
{
	bool same = a->ncolumns == b->ncolumns;
	for (size_t i = 0; same && i < a->ncolumns; i++)
		same = text_is(a->columns[i].name, b->columns[i].name);
	return same;
}

static enum err derive_again(struct ctx *c, const struct round_kind *const *kinds, const struct record *row,
			     const struct round *sealed, struct round **ret)
{
	struct round *r CLEANUP(round_free_p) = round_new();
	TRY(round_at(c, kinds, row, r, sealed->position));
	TRY(round_choose_policy(c, r, r->policy_name));
	TRY(round_load(c, r, sealed->position, NULL));
	for (size_t i = 0; i < r->n; i++) {
		const struct candidate *k = round_candidate(sealed, r->candidates[i].person);
		r->candidates[i].judged = r->candidates[i].decided = k ? k->judged : MEETS;
	}
	TRY(round_overrides(c, r, sealed->position));
	*ret = r;
	r = NULL;
	return E_OK;
}

static enum err check_rederived(struct ctx *c, const struct round_kind *const *kinds, const struct record *row,
				const struct round *sealed, struct verdict_on_decision *ret)
{
	struct round *store CLEANUP(round_free_p) = NULL;
	size_t before = c->problems->kept;
	enum err e = derive_again(c, kinds, row, sealed, &store);
	if (e == E_INVALID || e == E_MISSING) {
		answer_no(REDERIVED, "the store cannot be read as it was sealed: %s",
			  c->problems->kept > before ? c->problems->list[before].what
						     : say(ret->lang, N_("no reason is known")));
		return E_OK;
	}
	TRY(e);
	if (!same_columns(&sealed->inside->form, &store->inside->form))
		answer_cannot(REDERIVED, "this program reads other inputs for the kind and policy than those sealed");
	else
		compare_people(sealed, store, ret);
	return E_OK;
}

/* ---- the whole ---- */

static bool rules_are_sealed(const struct round *r)
{
	struct hash now = rules_hash(r->rules), sealed;
	return hex_parse(r->inside->sealed->v[SEAL_RULES].t, sealed.b, HASH_SIZE) && hash_eq(&now, &sealed);
}

static void nothing_to_read(struct verdict_on_decision *ret, const char *what)
{
	answer_no(INTACT, "the seal cannot be read: %s", what);
	answer_cannot(RECOMPUTED, "the seal cannot be read");
	answer_cannot(REDERIVED, "the seal cannot be read");
}

/* A sound seal whose rules or kind the store or this program does not have. */
static enum err without_rules(struct ctx *c, const struct record *row, const struct record *seal, const char *why,
			      struct verdict_on_decision *ret)
{
	struct round *r CLEANUP(round_free_p) = NULL;
	const char *what = "";
	answer_cannot(RECOMPUTED, "this program cannot check it: %s", why);
	answer_no(REDERIVED, "the store does not give the rules that were sealed: %s", why);
	TRY(seal_read(c, seal, &r, &what));
	TRY(round_override_reasons(c, r));
	return check_intact(c, row, r, ret);
}

static enum err answer(struct ctx *c, const struct round_kind *const *kinds, const struct record *row,
		       const struct record *seal, struct verdict_on_decision *ret)
{
	struct round *r CLEANUP(round_free_p) = NULL;
	const char *what = NULL;
	size_t before = c->problems->kept;
	enum err e = round_sealed(c, kinds, row, seal, &r, &what);
	if (e == E_INVALID && what) {
		nothing_to_read(ret, what);
		return E_OK;
	}
	if (e == E_INVALID || e == E_MISSING)
		return without_rules(c, row, seal,
				     c->problems->kept > before ? c->problems->list[before].what
								: say(ret->lang, N_("no reason is known")),
				     ret);
	TRY(e);
	TRY(check_intact(c, row, r, ret));
	if (rules_are_sealed(r)) {
		recompute(r, NULL, ret);
	} else {
		answer_cannot(RECOMPUTED,
			      "this program cannot check it: the store does not hold the rules that were sealed");
		answer_no(REDERIVED, "the rules that the store gives are not those that were sealed");
	}
	TRY(check_rederived(c, kinds, row, r, ret));
	return learn(c, r, ret);
}

enum err round_verify(struct ctx *c, const struct round_kind *const *kinds, int64_t id, struct verdict_on_decision *ret)
{
	struct record *row, *seal;
	TRY(round_record(c, id, &row));
	TRY(round_sealed_row(c, id, &seal));
	if (!seal)
		return round_problem(c, E_INVALID, NULL,
				     "round %lld is open, so there is no decision to verify; seal it first",
				     (long long)id);
	verdict_init(ret);
	ret->lang = c->problems->lang;
	enum err e = answer(c, kinds, row, seal, ret);
	if (e != E_OK)
		verdict_release(ret);
	return e;
}
