/* round_seal.c - the decision: one row, and one leaf a candidate, in one entry. */
#include "base/number.h"
#include "decision/inside.h"
#include "entity/change.h"
#include "store/rows.h"

/* ---- nobody is decided twice for one period ---- */

/* The person's first searched text: their name. */
static void add_person(struct ctx *c, const struct round *r, const struct candidate *k, struct buf *out)
{
	const struct entity *e = r->kind->inputs->person;
	struct record *row;
	buf_add(out, k->number.p, k->number.n);
	if (read_thing(c, e, k->person, (struct moment){ r->as_of, 0 }, &row) != E_OK)
		return;
	for (int i = 0; i < e->nfields; i++)
		if (e->fields[i].type == T_TEXT && (e->fields[i].flags & SEARCHED) && row->v[i].set) {
			buf_printf(out, " %.*s", (int)row->v[i].t.n, row->v[i].t.p);
			return;
		}
}

static enum err check_shared(struct ctx *c, const struct round *r, const struct record *other)
{
	enum { NAMED = 10 };
	struct imap *people CLEANUP(imap_free_p) = imap_new();
	struct buf names CLEANUP(buf_release) = BUF_INIT;
	size_t shared = 0;
	int64_t unused;
	TRY(seal_people(c, other->owner, people));
	for (size_t i = 0; i < r->n; i++) {
		if (!imap_get(people, r->candidates[i].person, &unused) || ++shared > NAMED)
			continue;
		buf_text(&names, shared > 1 ? ", " : "");
		add_person(c, r, &r->candidates[i], &names);
	}
	if (!shared)
		return E_OK;
	if (shared > NAMED)
		buf_printf(&names, say(c->problems->lang, " and %zu more"), shared - NAMED);
	return round_problem(
		c, E_CONFLICT, NULL,
		"round %lld of %s for %s is sealed and has decided on %s, whom round %lld considers again; nobody "
		"is decided twice for one period: leave round %lld open, or take a unit that does not hold them",
		(long long)other->owner, problem_word(c->problems, r->kind->name, r->kind->title),
		problem_day(c->problems, r->as_of), buf_str(&names), (long long)r->id, (long long)r->id);
}

static enum err check_conflicts(struct ctx *c, const struct round *r)
{
	struct query q = { .entity = &round_seal_entity, .extent = BELIEVED };
	struct record **rows;
	enum err answer = E_OK;
	size_t n;
	TRY(read_all(c, &q, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (rows[i]->owner == r->id || rows[i]->valid_from != r->as_of ||
		    !str_is(rows[i]->v[SEAL_KIND].t, r->kind->name))
			continue;
		enum err e = check_shared(c, r, rows[i]);
		if (e != E_OK && e != E_CONFLICT)
			return e;
		answer = e == E_OK ? answer : e;
	}
	return answer;
}

/* ---- writing ---- */

static struct str hex_of(struct arena *a, const struct hash *h)
{
	struct buf hex CLEANUP(buf_release) = BUF_INIT;
	hex_add(&hex, h->b, HASH_SIZE);
	return (struct str){ arena_text(a, hex.p, hex.n), hex.n };
}

static struct record *seal_row(struct ctx *c, const struct round *r, const struct hash *header)
{
	struct record *row = record_new(c->arena, &round_seal_entity);
	struct hash rules = rules_hash(r->rules);
	int64_t counts[OTHER_KIND + 1] = { 0 };
	for (size_t i = 0; i < r->n; i++)
		counts[r->candidates[i].decided]++;
	row->owner = r->id;
	row->valid_from = r->as_of;
	record_text(row, SEAL_KIND, str_of(r->kind->name));
	record_text(row, SEAL_POLICY, r->policy->name);
	record_text(row, SEAL_UNIT, r->unit_code);
	record_int(row, SEAL_POSITION, r->position);
	record_text(row, SEAL_RULES, hex_of(c->arena, &rules));
	record_text(row, SEAL_HEADER, hex_of(c->arena, header));
	record_int(row, SEAL_CANDIDATES, (int64_t)r->n);
	for (int o = MEETS; o <= OTHER_KIND; o++)
		record_int(row, SEAL_MEETS + o, counts[o]);
	return row;
}

struct sealed_blocks {
	struct buf header, *blocks;
	size_t n;
	unsigned char *salts;
	struct hash *leaves;
};

static void blocks_release(struct sealed_blocks *b)
{
	for (size_t i = 0; i < b->n; i++)
		buf_release(&b->blocks[i]);
	buf_release(&b->header);
	free(b->blocks);
	free(b->salts);
	free(b->leaves);
}

static enum err make_blocks(struct ctx *c, const struct round *r, struct sealed_blocks *ret)
{
	struct seal_writer *w = seal_writer_new(r);
	ret->n = r->nblocks;
	ret->blocks = xcalloc(r->nblocks + 1, sizeof *ret->blocks);
	for (size_t i = 0; i < r->nblocks; i++)
		seal_write_block(w, i, &ret->blocks[i]);
	seal_write_header(w, &ret->header);
	seal_writer_free(w);
	ret->salts = xmalloc(r->n * SEAL_SALTS + 1);
	ret->leaves = xmalloc((r->n + 1) * sizeof *ret->leaves);
	ledger_salts(c->ledger, ret->salts, r->n * 2);
	return candidate_leaves(r, ret->salts, ret->leaves);
}

static enum err store_blocks(struct ctx *c, const struct round *r, const struct sealed_blocks *b)
{
	static const char *const columns[] = { "decision", "block", "columns", "salts", NULL };
	struct bulk *bulk;
	enum err e = E_OK;
	TRY(bulk_begin(c->store, seal_table.table.name, columns, "iibb", &bulk));
	for (size_t i = 0; i <= b->n && e == E_OK; i++) {
		size_t first = (i - 1) * BLOCK, n = i ? (r->n - first < BLOCK ? r->n - first : BLOCK) : 0;
		const struct buf *columns_of = i ? &b->blocks[i - 1] : &b->header;
		bulk_int(bulk, r->id);
		bulk_int(bulk, (int64_t)i);
		bulk_blob(bulk, columns_of->p, columns_of->n);
		if (i)
			bulk_blob(bulk, b->salts + first * SEAL_SALTS, n * SEAL_SALTS);
		else
			bulk_null(bulk);
		e = bulk_row(bulk);
	}
	enum err ended = bulk_end(bulk);
	return e == E_OK ? ended : e;
}

static enum err write_seal(struct ctx *c, const struct round *r)
{
	struct sealed_blocks b CLEANUP(blocks_release) = { .header = BUF_INIT };
	TRY(make_blocks(c, r, &b));
	struct hash header = sha256(b.header.p, b.header.n);
	struct record *row = seal_row(c, r, &header);
	TRY(change_save(c, row));
	if (row->idx != 0)
		bug("the row of a seal is leaf 0 of its entry");
	for (size_t i = 0; i < r->n; i++)
		if (change_leaf(c, &b.leaves[i]) != i + FIRST_LEAF)
			bug("candidates follow the row of their seal");
	return store_blocks(c, r, &b);
}

static enum err not_sealed_yet(struct ctx *c, const struct round *r)
{
	if (!r->sealed)
		return E_OK;
	return round_problem(c, E_CONFLICT, NULL,
			     "round %lld of %s for %s is sealed already, at entry %lld; look at its list",
			     (long long)r->id, problem_word(c->problems, r->kind->name, r->kind->title),
			     problem_day(c->problems, r->as_of), (long long)r->seal_entry);
}

/* Judged outside the write lock where nobody writes meanwhile; else once more under it. */
static enum err judged_at_head(struct ctx *c, const struct round_kind *const *kinds, int64_t id, struct round **r)
{
	if ((*r)->position == ledger_head(c->ledger))
		return E_OK;
	round_free_p(r);
	TRY(round_read(c, kinds, id, NULL, r));
	return not_sealed_yet(c, *r);
}

enum err round_seal(struct ctx *c, const struct round_kind *const *kinds, int64_t id, int64_t *ret_position)
{
	struct round *r CLEANUP(round_free_p) = NULL;
	struct txn t CLEANUP(txn_end) = { 0 };
	int64_t position;
	TRY(round_read(c, kinds, id, NULL, &r));
	TRY(not_sealed_yet(c, r));
	TRY(ctx_write(c, &t));
	TRY(judged_at_head(c, kinds, id, &r));
	TRY(check_conflicts(c, r));
	TRY(change_begin(c, "round.seal", id));
	TRY(change_settle(c, write_seal(c, r), &position));
	TRY(txn_commit(&t));
	*ret_position = position;
	return E_OK;
}

enum err seal_row_salt(struct ctx *c, const struct record *row, unsigned char ret[static SALT_SIZE])
{
	struct stmt *st;
	bool more;
	const struct classed_table *const *t = ctx_tables(c->arena, c->registry);
	while (*t && !text_is((*t)->table.name, row->entity->name))
		t++;
	if (!*t)
		bug("%s is not registered", row->entity->name);
	TRY(rows_select(c->store, &(*t)->table, &row->vid, 1, 0, &st));
	TRY(stmt_step(st, &more));
	for (int i = 0; more && i < stmt_columns(st); i++) {
		struct str salt = stmt_get_text(st, i);
		if (text_is(stmt_column_name(st, i), "salt") && salt.n == SALT_SIZE) {
			memcpy(ret, salt.p, SALT_SIZE);
			stmt_reset(st);
			return E_OK;
		}
	}
	stmt_reset(st);
	return E_MISSING;
}
