/* round.c - opening a round and having it at hand. */
#include "decision/round.h"

#include "decision/inside.h"
#include "entity/change.h"
#include "entity/scan.h"

const char *outcome_text(enum outcome o)
{
	static const char *const texts[] = {
		[MEETS] = "meets", [INCOMPLETE] = "incomplete", [NOT_YET] = "not-yet", [OTHER_KIND] = "other-kind"
	};
	return texts[o];
}

struct round *round_new(void)
{
	struct round *r = xcalloc(1, sizeof *r);
	arena_init(&r->arena);
	r->inside = ARENA_NEW(&r->arena, struct round_inside);
	return r;
}

void round_free(struct round *r)
{
	if (!r)
		return;
	for (size_t i = 0; r->verdicts && i < r->inside->form.ncriteria * r->nblocks; i++)
		free(r->verdicts[i]);
	free(r->verdicts);
	free(r->candidates);
	free(r->inside->salts);
	imap_free(r->inside->by_person);
	population_free(r->population);
	rules_free(r->rules);
	arena_release(&r->arena);
	free(r);
}

void round_free_p(struct round **r)
{
	round_free(*r);
	*r = NULL;
}

void round_index(struct round *r)
{
	imap_free(r->inside->by_person);
	r->inside->by_person = imap_new();
	r->nblocks = (r->n + BLOCK - 1) / BLOCK;
	for (size_t i = 0; i < r->n; i++) {
		struct candidate *k = &r->candidates[i];
		k->row = i;
		k->block = i / BLOCK;
		k->at = i % BLOCK;
		imap_set(r->inside->by_person, k->person, (int64_t)i);
	}
}

const struct candidate *round_candidate(const struct round *r, int64_t person)
{
	int64_t i;
	return imap_get(r->inside->by_person, person, &i) ? &r->candidates[i] : NULL;
}

/* ---- records ---- */

enum err round_problem(struct ctx *c, enum err e, const char *column, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	problem_vat(c->problems, (struct problem){ .column = column }, fmt, ap);
	va_end(ap);
	return e;
}

enum err round_record(struct ctx *c, int64_t id, struct record **ret)
{
	enum err e = read_thing(c, &round_entity, id, (struct moment){ DATE_MAX, 0 }, ret);
	if (e != E_MISSING)
		return e;
	return round_problem(c, E_MISSING, NULL, "there is no round %lld; open one first", (long long)id);
}

enum err round_sealed_row(struct ctx *c, int64_t id, struct record **ret)
{
	struct query q = { .entity = &round_seal_entity, .owner = id, .extent = BELIEVED };
	struct record **rows;
	size_t n;
	TRY(read_all(c, &q, &rows, &n));
	*ret = n ? rows[0] : NULL;
	return E_OK;
}

const struct round_kind *kind_find(const struct round_kind *const *kinds, struct str name)
{
	for (; *kinds; kinds++)
		if (str_is(name, (*kinds)->name))
			return *kinds;
	return NULL;
}

struct str round_kept(struct round *r, struct str s)
{
	return (struct str){ arena_text(&r->arena, s.p, s.n), s.n };
}

static enum err set_kind(struct ctx *c, struct round *r, const struct round_kind *const *kinds, struct str name)
{
	r->kind = kind_find(kinds, name);
	if (r->kind)
		return E_OK;
	struct buf known CLEANUP(buf_release) = BUF_INIT;
	for (const struct round_kind *const *k = kinds; *k; k++)
		buf_printf(&known, "%s%s", k == kinds ? "" : ", ", (*k)->name);
	return round_problem(c, E_INVALID, "kind", "there is no kind of round \"%.*s\"; choose one of: %s", (int)name.n,
			     name.p, buf_str(&known));
}

static enum err set_unit(struct ctx *c, struct round *r, struct str code, int64_t position)
{
	struct record *unit;
	r->unit_code = round_kept(r, code);
	enum err e = key_find(c, r->kind->unit, code, &r->inside->unit);
	if (e == E_OK)
		e = read_thing(c, r->kind->unit, r->inside->unit, (struct moment){ r->as_of, position }, &unit);
	if (e != E_MISSING)
		return e;
	return round_problem(
		c, E_INVALID, "unit", "there is no %s \"%.*s\" on %s; look its code up among those of that day",
		entity_word(c->problems, r->kind->unit), (int)code.n, code.p, problem_day(c->problems, r->as_of));
}

static enum err check_period(struct ctx *c, const struct round *r)
{
	date next = DATE_NONE;
	if (r->kind->period(r->rules, r->as_of, &next))
		return E_OK;
	const char *day = problem_day(c->problems, r->as_of),
		   *kind = problem_word(c->problems, r->kind->name, r->kind->title);
	if (next == DATE_NONE)
		return round_problem(c, E_INVALID, "as-of",
				     "%s is no day of a %s round, and the rules name no later one; look at the pack",
				     day, kind);
	return round_problem(c, E_INVALID, "as-of", "%s is no day of a %s round; the next one is %s", day, kind,
			     problem_day(c->problems, next));
}

/* ---- opening ---- */

static enum err write_round(struct ctx *c, const struct round *r, int64_t *ret_id)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	struct record *row = record_new(c->arena, &round_entity);
	int64_t last, position;
	TRY(ctx_write(c, &t));
	TRY(scan_greatest(c, &round_entity, &last));
	record_text(row, ROUND_CODE, str_of(arena_printf(c->arena, "R%lld", (long long)last + 1)));
	record_text(row, ROUND_KIND, str_of(r->kind->name));
	record_text(row, ROUND_POLICY, r->policy->name);
	record_text(row, ROUND_UNIT, r->unit_code);
	record_int(row, ROUND_AS_OF, r->as_of);
	row->valid_from = r->as_of;
	TRY(change_begin(c, "round.open", last + 1));
	TRY(change_settle(c, change_save(c, row), &position));
	TRY(txn_commit(&t));
	*ret_id = row->id;
	return E_OK;
}

enum err round_open(struct ctx *c, const struct round_kind *const *kinds, const struct round_ask *ask, int64_t *ret_id)
{
	struct round *r CLEANUP(round_free_p) = round_new();
	r->as_of = ask->as_of;
	TRY(set_kind(c, r, kinds, str_of(ask->kind)));
	TRY(set_unit(c, r, str_of(ask->unit), 0));
	TRY(round_rules(c, r, 0));
	TRY(check_period(c, r));
	TRY(round_choose_policy(c, r, str_of(ask->policy)));
	return write_round(c, r, ret_id);
}

/* ---- reading ---- */

/* What the record says of a round, and which rules it goes by. */
enum err round_at(struct ctx *c, const struct round_kind *const *kinds, const struct record *row, struct round *r,
		  int64_t position)
{
	r->id = row->id;
	r->as_of = (date)record_get(row, ROUND_AS_OF, DATE_NONE);
	r->policy_name = round_kept(r, row->v[ROUND_POLICY].t);
	TRY(set_kind(c, r, kinds, row->v[ROUND_KIND].t));
	TRY(set_unit(c, r, row->v[ROUND_UNIT].t, position));
	return round_rules(c, r, position);
}

enum err round_sealed(struct ctx *c, const struct round_kind *const *kinds, const struct record *row,
		      const struct record *seal, struct round **ret, const char **ret_what)
{
	struct round *r CLEANUP(round_free_p) = NULL;
	struct problems unknown CLEANUP(problems_release) = PROBLEMS_INIT;
	TRY(seal_read(c, seal, &r, ret_what));
	TRY(round_override_reasons(c, r));
	TRY(round_at(c, kinds, row, r, r->position));
	TRY(round_choose_policy(c, r, r->policy_name));
	*ret_what = round_misfit(r);
	if (*ret_what)
		return E_INVALID;
	population_judge_by(r->population, r->rules, r->policy);
	enum err e = round_prepare(r, &unknown);
	if (e != E_OK && e != E_UNKNOWN)
		return e;
	*ret = r;
	r = NULL;
	return E_OK;
}

static enum err read_sealed(struct ctx *c, const struct round_kind *const *kinds, const struct record *row,
			    const struct record *seal, struct round **ret)
{
	const char *what = NULL;
	enum err e = round_sealed(c, kinds, row, seal, ret, &what);
	if (e == E_INVALID && what)
		(void)round_problem(
			c, e, NULL,
			"the seal of round %lld cannot be read: %s; run `merit verify` to see what was changed",
			(long long)row->id, what);
	return e;
}

static enum err judge_now(struct ctx *c, struct round *r)
{
	struct judgement j;
	TRY(round_prepare(r, c->problems));
	TRY(round_judge(r, &j));
	r->verdicts = j.verdicts;
	for (size_t i = 0; i < r->n; i++)
		r->candidates[i].judged = r->candidates[i].decided = j.judged[i];
	free(j.judged);
	return E_OK;
}

/* The same people at the same position under another policy, or an open round. */
static enum err read_judged(struct ctx *c, const struct round_kind *const *kinds, const struct record *row,
			    const struct record *seal, const char *with, struct round **ret)
{
	struct round *r CLEANUP(round_free_p) = round_new();
	struct imap *people CLEANUP(imap_free_p) = seal ? imap_new() : NULL;
	int64_t position = seal ? record_get(seal, SEAL_POSITION, 0) : 0;
	TRY(round_at(c, kinds, row, r, position));
	if (with)
		r->policy_name = round_kept(r, str_of(with));
	TRY(round_choose_policy(c, r, r->policy_name));
	if (seal)
		TRY(seal_people(c, row->id, people));
	TRY(round_load(c, r, position, people));
	TRY(judge_now(c, r));
	if (!with)
		TRY(round_overrides(c, r, position));
	*ret = r;
	r = NULL;
	return E_OK;
}

enum err round_read(struct ctx *c, const struct round_kind *const *kinds, int64_t id, const char *with,
		    struct round **ret)
{
	struct round *r CLEANUP(round_free_p) = NULL;
	struct record *row, *seal;
	TRY(round_record(c, id, &row));
	TRY(round_sealed_row(c, id, &seal));
	if (with && str_is(row->v[ROUND_POLICY].t, with))
		with = NULL;
	if (seal && !with)
		TRY(read_sealed(c, kinds, row, seal, &r));
	else
		TRY(read_judged(c, kinds, row, seal, with, &r));
	TRY(population_name(r->population, c));
	*ret = r;
	r = NULL;
	return E_OK;
}

enum err round_assess(struct ctx *c, const struct round_kind *const *kinds, const struct round_ask *ask,
		      struct round **ret)
{
	struct round *r CLEANUP(round_free_p) = round_new();
	r->as_of = ask->as_of;
	TRY(set_kind(c, r, kinds, str_of(ask->kind)));
	TRY(set_unit(c, r, str_of(ask->unit), 0));
	TRY(round_rules(c, r, 0));
	TRY(round_choose_policy(c, r, str_of(ask->policy)));
	r->inside->person = ask->person;
	r->inside->supposed = ask->supposed;
	TRY(round_load(c, r, 0, NULL));
	TRY(judge_now(c, r));
	TRY(population_name(r->population, c));
	*ret = r;
	r = NULL;
	return E_OK;
}
