/* round_audit.c - the seals' share of `verify`: every candidate is a leaf. */
#include "decision/inside.h"
#include "store/rows.h"

struct seals {
	struct ctx *c;
	struct audit *a;
	struct leaves *leaves;
	struct imap *known; /* rounds that have a row of round_seal */
};

static void seals_release(struct seals *s)
{
	if (s->leaves)
		leaves_close(s->leaves);
	imap_free(s->known);
}

static enum err audit_candidates(struct seals *s, const struct round *r)
{
	struct hash *leaves = xmalloc((r->n + 1) * sizeof *leaves);
	enum err e = candidate_leaves(r, r->inside->salts, leaves);
	for (size_t i = 0; i < r->n && e == E_OK; i++)
		e = audit_row(s->a, s->leaves, seal_table.table.name, r->candidates[i].person, r->seal_entry,
			      (int64_t)i + FIRST_LEAF, &leaves[i]);
	free(leaves);
	return e;
}

static enum err audit_seal(struct seals *s, const struct record *row)
{
	struct round *r CLEANUP(round_free_p) = NULL;
	const char *what = "";
	imap_set(s->known, row->owner, 1);
	enum err e = seal_read(s->c, row, &r, &what);
	if (e == E_INVALID) {
		finding_add(s->a->findings, seal_table.table.name, row->owner, row->known_from,
			    "the seal of round %lld cannot be read: %s", (long long)row->owner, what);
		return E_OK;
	}
	TRY(e);
	TRY(round_override_reasons(s->c, r));
	return audit_candidates(s, r);
}

/* Blocks of a round that nobody sealed. */
static enum err audit_strays(struct seals *s)
{
	struct stmt *st;
	bool row;
	int64_t unused, last = INT64_MIN;
	TRY(rows_select(s->c->store, &seal_table.table, NULL, 0, 2, &st));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		int64_t decision = stmt_get_int(st, 0);
		if (decision != last && !imap_get(s->known, decision, &unused))
			finding_add(s->a->findings, seal_table.table.name, decision, 0,
				    "blocks of a seal for round %lld, which was never sealed", (long long)decision);
		last = decision;
	}
}

enum err round_audit(struct ctx *c, struct audit *a)
{
	struct seals s CLEANUP(seals_release) = { .c = c, .a = a, .known = imap_new() };
	struct query q = { .entity = &round_seal_entity, .extent = BELIEVED };
	struct record **rows;
	size_t n;
	TRY(leaves_open(c->store, &s.leaves));
	TRY(read_all(c, &q, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(audit_seal(&s, rows[i]));
	return audit_strays(&s);
}
