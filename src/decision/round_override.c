/* round_override.c - the committee decides otherwise, with a coded ground and a reason. */
#include "decision/inside.h"
#include "entity/change.h"

static enum err check_override(struct ctx *c, const struct round *r, const struct override_ask *ask)
{
	const struct candidate *k = round_candidate(r, ask->person);
	if (r->sealed)
		return round_problem(c, E_CONFLICT, NULL,
				     "round %lld is sealed, so nothing in it changes; the way is an appeal",
				     (long long)r->id);
	if (!k)
		return round_problem(c, E_MISSING, "staff_number",
				     "this person is not considered in round %lld; look at its list", (long long)r->id);
	if (k->judged == OTHER_KIND)
		return round_problem(
			c, E_INVALID, "staff_number",
			"%.*s belongs to another kind of round, so nothing was judged here; open one of that kind",
			(int)k->number.n, k->number.p);
	if (ask->outcome != MEETS && ask->outcome != NOT_YET)
		return round_problem(c, E_INVALID, "outcome",
				     "an override says meets or not-yet; choose one of the two");
	return E_OK;
}

/* A ground that is somebody else's word needs their name: nobody decides by "instruction" alone. */
static bool lacks_who(const struct round *r, struct str code, struct str who)
{
	const struct rules_row *row = rules_find(r->rules, r->kind->grounds, code);
	return row && row_int(row, "needs_who", 0) && !who.n;
}

static struct str with_who(struct ctx *c, struct str reason, struct str who)
{
	if (!reason.n || !who.n)
		return reason;
	return str_of(arena_printf(c->arena, "%.*s (%.*s)", (int)reason.n, reason.p, (int)who.n, who.p));
}

static enum err fill(struct ctx *c, const struct round *r, const struct override_ask *ask, struct record *row)
{
	const struct field *ground = &override_entity.fields[OVERRIDE_GROUND];
	struct str reason = str_trim(str_of(ask->reason)), code = str_trim(str_of(ask->code));
	struct str who = str_trim(str_of(ask->who ? ask->who : ""));
	size_t first = c->problems->count;
	row->owner = r->id;
	row->valid_from = r->as_of;
	record_int(row, OVERRIDE_PERSON, ask->person);
	record_int(row, OVERRIDE_OUTCOME, ask->outcome == MEETS ? 0 : 1);
	record_text(row, OVERRIDE_REASON, with_who(c, reason, who));
	if (!reason.n)
		round_problem(c, E_INVALID, "reason", "no reason is given; write what the person will read");
	if (!code.n)
		round_problem(c, E_INVALID, "code", "no code is given; choose one of override_codes");
	size_t before = c->problems->count;
	bool read = code.n && value_parse(c, ground, code, r->as_of, &row->v[OVERRIDE_GROUND], c->problems, NULL, 0);
	if (code.n && !read && c->problems->count == before)
		round_problem(c, E_INVALID, "code", "\"%.*s\" is no code of override_codes; choose another",
			      (int)code.n, code.p);
	if (lacks_who(r, code, who))
		round_problem(c, E_INVALID, "who",
			      "this ground needs a name; write who said so, and how it was received");
	return c->problems->count == first && read ? E_OK : E_INVALID;
}

/* A second override of the same person replaces the first: what stood before stays readable. */
static enum err save(struct ctx *c, struct record *row)
{
	struct query q = { .entity = &override_entity, .owner = row->owner, .extent = BELIEVED };
	struct record **rows;
	size_t n;
	TRY(read_all(c, &q, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (record_get(rows[i], OVERRIDE_PERSON, 0) == record_get(row, OVERRIDE_PERSON, 0))
			return change_correct(c, row, STR("the committee decided anew"));
	return change_save(c, row);
}

enum err round_override(struct ctx *c, const struct round_kind *const *kinds, const struct override_ask *ask)
{
	struct round *r CLEANUP(round_free_p) = NULL;
	struct txn t CLEANUP(txn_end) = { 0 };
	struct record *row = record_new(c->arena, &override_entity), *sealed;
	int64_t position;
	TRY(round_read(c, kinds, ask->round, NULL, &r));
	TRY(check_override(c, r, ask));
	TRY(fill(c, r, ask, row));
	TRY(ctx_write(c, &t));
	TRY(round_sealed_row(c, ask->round, &sealed));
	r->sealed = sealed != NULL; /* meanwhile? */
	TRY(check_override(c, r, ask));
	TRY(change_begin(c, "round.override", ask->round));
	TRY(change_settle(c, save(c, row), &position));
	return txn_commit(&t);
}

static void put_override(struct ctx *c, struct round *r, const struct record *row, bool sealed)
{
	int64_t at;
	if (!imap_get(r->inside->by_person, record_get(row, OVERRIDE_PERSON, 0), &at))
		return;
	struct candidate *k = &r->candidates[at];
	struct str reason = row->v[OVERRIDE_REASON].t;
	struct str ground = c->codes->text(c->codes->arg, record_get(row, OVERRIDE_GROUND, 0));
	if (k->judged == OTHER_KIND)
		return;
	k->override_reason = round_kept(r, reason);
	if (sealed)
		return;
	k->override = round_kept(r, ground);
	k->decided = record_get(row, OVERRIDE_OUTCOME, 0) ? NOT_YET : MEETS;
}

static enum err put_overrides(struct ctx *c, struct round *r, int64_t position, bool sealed)
{
	struct query q = {
		.entity = &override_entity, .owner = r->id, .at = { DATE_MAX, position }, .extent = BELIEVED
	};
	struct record **rows;
	size_t n;
	TRY(read_all(c, &q, &rows, &n));
	for (size_t i = 0; i < n; i++)
		put_override(c, r, rows[i], sealed);
	return E_OK;
}

enum err round_overrides(struct ctx *c, struct round *r, int64_t position)
{
	return put_overrides(c, r, position, false);
}

enum err round_override_reasons(struct ctx *c, struct round *r)
{
	return put_overrides(c, r, r->position, true);
}
