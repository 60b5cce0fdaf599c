/* change.c - the one door for writes. */
#include "entity/change_inside.h"

#include "entity/check.h"
#include "entity/leaf.h"
#include "entity/projection.h"
#include "entity/term.h"
#include "entity/type.h"

/* ---- begin, end ---- */

static struct change *memory(struct ctx *c)
{
	struct change *ch = c->inner->kept;
	int n = plans_count(c->inner->plans);
	if (!ch) {
		ch = c->inner->kept = xcalloc(1, sizeof(*ch));
		ch->vids = xcalloc((size_t)n, sizeof(*ch->vids));
		ch->ids = xcalloc((size_t)n, sizeof(*ch->ids));
	}
	for (int i = 0; i < n; i++)
		ch->vids[i] = ch->ids[i] = -1;
	ch->ntouched = 0;
	return ch;
}

void change_free(struct change *ch)
{
	if (!ch)
		return;
	free(ch->vids);
	free(ch->ids);
	free(ch->touched);
	free(ch);
}

enum err change_begin(struct ctx *c, const char *action, int64_t subject)
{
	if (c->change)
		bug("a change is open already");
	struct entry_head head = {
		.actor = c->actor.user, .on_behalf = c->actor.on_behalf, .action = action, .subject = subject
	};
	TRY(entry_begin(c->ledger, &head));
	enum err e = pipeline_begin(c->store);
	if (e != E_OK) {
		entry_abandon(c->ledger);
		return e;
	}
	c->change = memory(c);
	c->change->position = entry_seq(c->ledger);
	return E_OK;
}

int64_t change_position(const struct ctx *c)
{
	return c->change->position;
}

uint32_t change_leaf(struct ctx *c, const struct hash *leaf)
{
	return entry_leaf(c->ledger, leaf);
}

void change_abandon(struct ctx *c)
{
	if (!c->change)
		return;
	c->change = NULL;
	entry_abandon(c->ledger);
	/* What stood in the pipeline is undone with the transaction. */
	enum err ignored = pipeline_sync(c->store);
	(void)ignored;
}

static struct arena *enter(struct ctx *c)
{
	struct arena *keep = c->arena;
	if (c->inner->depth++ == 0)
		arena_reset(&c->inner->row);
	c->arena = &c->inner->row;
	return keep;
}

static void leave(struct ctx *c, struct arena *keep)
{
	c->arena = keep;
	c->inner->depth--;
}

/* A row written later may have ended, or given back, a holding before it: from the row before the first one written. */
static enum err seats_of(struct ctx *c, const struct touched *t, bool *ret_free)
{
	struct stmt *st;
	struct record **rows;
	size_t n, i = 0;
	TRY(store_stmt(c->store, t->plan->lane_rows, &st));
	stmt_int(st, 1, t->key);
	TRY(plan_rows(t->plan, st, c->arena, &rows, &n));
	while (i + 1 < n && rows[i + 1]->valid_from < t->from)
		i++;
	for (; i < n; i++) {
		TRY(check_seat(c, rows[i], ret_free));
		if (!*ret_free)
			return E_OK;
	}
	return E_OK;
}

static enum err seats(struct ctx *c)
{
	bool all_free = true;
	for (size_t i = 0; i < c->change->ntouched; i++) {
		bool seat_free = true;
		if (c->change->touched[i].plan->seat_field >= 0)
			TRY(seats_of(c, &c->change->touched[i], &seat_free));
		all_free = all_free && seat_free;
	}
	return all_free ? E_OK : E_INVALID;
}

static enum err derive(struct ctx *c)
{
	for (size_t i = 0; i < c->change->ntouched && !c->inner->derive_later; i++) {
		const struct touched *t = &c->change->touched[i];
		TRY(projection_touch(c, t->plan->entity, t->key));
		if (t->plan->is_alias)
			TRY(term_touch(c, t->plan->entity->owner, t->key));
		else if (t->plan->entity->kind == THING && t->plan->searched)
			TRY(term_touch(c, t->plan->entity, t->key));
	}
	return E_OK;
}

enum err change_end(struct ctx *c, int64_t *ret_position)
{
	struct arena *keep = enter(c);
	enum err e = seats(c);
	if (e == E_OK)
		e = derive(c);
	leave(c, keep);
	if (e != E_OK) {
		change_abandon(c);
		return e;
	}
	c->change = NULL;
	TRY(entry_end(c->ledger, ret_position));
	return pipeline_sync(c->store);
}

enum err change_settle(struct ctx *c, enum err e, int64_t *ret_position)
{
	if (e == E_OK)
		return change_end(c, ret_position);
	change_abandon(c);
	return e;
}

/* ---- one row ---- */

static enum err next(struct ctx *c, const char *sql, int64_t *last, int64_t *ret)
{
	if (*last < 0)
		TRY(store_get_int(c->store, sql, 0, last));
	*ret = ++*last;
	return E_OK;
}

static void touch(struct change *ch, const struct plan *p, int64_t key, date from)
{
	for (size_t i = ch->ntouched; i > 0 && i + 8 > ch->ntouched; i--) {
		struct touched *t = &ch->touched[i - 1];
		if (t->plan != p || t->key != key)
			continue;
		if (from < t->from)
			t->from = from;
		return;
	}
	if (ch->ntouched == ch->cap) {
		ch->cap = ch->cap ? 2 * ch->cap : 64;
		ch->touched = xrealloc(ch->touched, ch->cap * sizeof(*ch->touched));
	}
	ch->touched[ch->ntouched++] = (struct touched){ p, key, from };
}

static enum err close_row(struct ctx *c, const struct plan *p, int64_t vid)
{
	struct stmt *st;
	TRY(store_stmt(c->store, p->close, &st));
	stmt_int(st, 1, c->change->position);
	stmt_int(st, 2, vid);
	return stmt_run(st);
}

/* A THING's number and code are issued with its first row. */
static enum err anchor(struct ctx *c, const struct plan *p, struct record *r)
{
	struct stmt *st;
	TRY(next(c, p->max_id, &c->change->ids[p->number], &r->id));
	const struct alias *alias = p->entity->alias;
	if (alias)
		r->code = str_of(arena_printf(c->arena, "%s%lld", alias->prefix, (long long)r->id));
	else
		r->code = r->v[0].t;
	TRY(store_stmt(c->store, p->insert_anchor, &st));
	stmt_int(st, 1, r->id);
	stmt_text(st, 2, r->code);
	stmt_int(st, 3, c->change->position);
	return stmt_run(st);
}

enum err change_row(struct ctx *c, const struct plan *p, struct record *r, const struct record *old)
{
	unsigned char salts[2][SALT_SIZE];
	struct stmt *st;
	struct str *folds = ARENA_ARRAY(c->arena, struct str, p->nfolds + 1);
	if (old)
		TRY(close_row(c, p, old->vid));
	TRY(next(c, p->max_vid, &c->change->vids[p->number], &r->vid));
	if (p->entity->kind == THING && r->id == 0)
		TRY(anchor(c, p, r));
	if (p->entity->kind != THING)
		r->id = old ? old->id : r->vid;
	for (int i = 0; i < (p->closed ? 2 : 1); i++)
		ledger_salt(c->ledger, salts[i]);
	struct hash leaf = leaf_row(c->codes, r, salts[0], salts[1], &c->inner->scratch, NULL);
	r->known_from = c->change->position;
	r->known_to = 0;
	r->idx = entry_leaf(c->ledger, &leaf);
	for (int i = 0; i < p->nfolds; i++)
		folds[i] = text_fold(c->arena, r->v[p->folds[i]].t);
	TRY(store_stmt(c->store, p->insert, &st));
	int at = plan_bind_row(p, st, r, folds);
	stmt_blob(st, at, salts[0], SALT_SIZE);
	if (p->closed)
		stmt_blob(st, at + 1, salts[1], SALT_SIZE);
	TRY(stmt_run(st));
	touch(c->change, p, p->entity->kind == THING ? r->id : r->owner, r->valid_from);
	return E_OK;
}

/* ---- checks ---- */

static enum err checked(struct ctx *c, const struct record *old, struct record *r, bool seat)
{
	size_t before = c->problems->count;
	bool seat_free;
	bool sound = check_values(c, r);
	TRY(check_links(c, old, r));
	if (sound)
		(void)check_rules(c, old, r);
	if (seat || c->problems->count != before)
		TRY(check_seat(c, r, &seat_free));
	return c->problems->count == before ? E_OK : E_INVALID;
}

enum err change_checked(struct ctx *c, const struct record *old, struct record *r)
{
	return checked(c, old, r, false);
}

bool record_check(struct ctx *c, const struct record *old, struct record *r)
{
	struct arena *keep = enter(c);
	check_complete(c, r);
	enum err e = checked(c, old, r, true);
	leave(c, keep);
	if (e != E_OK && e != E_INVALID)
		problem_at(c->problems, NULL, 0, NULL, "it could not be checked (%s); try again", fault_text());
	return e == E_OK;
}

static bool keyed(const struct plan *p, const struct record *r)
{
	if (r->valid_from == DATE_NONE)
		return false;
	for (int i = 0; i < p->entity->nfields; i++)
		if ((p->entity->fields[i].flags & KEY) && !r->v[i].set)
			return false;
	return true;
}

/* The believed row of r's natural key in the scratch arena; NULL: none. */
static enum err by_key(struct ctx *c, const struct plan *p, const struct record *r, struct record **ret)
{
	struct stmt *st;
	bool row;
	*ret = NULL;
	if (!keyed(p, r))
		return E_OK;
	TRY(store_stmt(c->store, p->by_key, &st));
	(void)plan_bind_key(p, st, 1, r);
	TRY(stmt_step(st, &row));
	if (!row)
		return E_OK;
	*ret = record_new(c->arena, p->entity);
	plan_row(p, st, c->arena, *ret);
	stmt_reset(st);
	return E_OK;
}

enum err change_conflict(struct ctx *c, const struct record *r)
{
	const char *what = entity_word(c->problems, r->entity);
	if (r->entity->timeless)
		problem_at(c->problems, NULL, 0, r->entity->fields[0].name,
			   "a %s of this code stands there already; correct that one, with a reason", what);
	else
		problem_at(c->problems, NULL, 0, entity_day_column(r->entity),
			   "a %s of %s stands there already; correct that one, with a reason, or choose another day",
			   what, problem_day(c->problems, r->valid_from));
	return E_CONFLICT;
}

bool change_same(const struct record *a, const struct record *b)
{
	if (a->op != b->op || a->until != b->until)
		return false;
	for (int i = 0; i < a->entity->nfields; i++)
		if (!value_eq(&a->v[i], &b->v[i]))
			return false;
	return true;
}

struct record *change_bare(struct ctx *c, const struct plan *p, const struct record *r, enum op op, struct str why)
{
	struct record *n = record_new(c->arena, p->entity);
	n->id = r->id;
	n->owner = r->owner;
	n->valid_from = r->valid_from;
	n->code = r->code;
	n->op = op;
	n->why = why;
	for (int i = 0; i < p->entity->nfields; i++)
		if ((p->entity->fields[i].flags & KEY) || i == p->lane)
			n->v[i] = r->v[i];
	return n;
}

/* ---- facts ---- */

static enum err fact_save(struct ctx *c, struct record *r)
{
	const struct plan *p = plan_of(c, r->entity);
	struct record *old;
	TRY(by_key(c, p, r, &old));
	if (old && old->op != OP_WITHDRAWN)
		return change_conflict(c, r);
	TRY(change_checked(c, NULL, r));
	return change_row(c, p, r, old);
}

static enum err fact_correct(struct ctx *c, struct record *r)
{
	const struct plan *p = plan_of(c, r->entity);
	struct record *old;
	TRY(by_key(c, p, r, &old));
	if (!old || old->op == OP_WITHDRAWN)
		return E_MISSING;
	r->id = old->id;
	if (change_same(old, r))
		return E_OK;
	TRY(change_checked(c, old, r));
	return change_row(c, p, r, old);
}

/* ---- the verbs ---- */

static enum err reason_ok(struct ctx *c, struct str reason)
{
	struct str s = str_trim(reason);
	if (s.n == 0)
		problem_at(c->problems, NULL, 0, "why", "no reason is given; say why it was wrong");
	else if (text_utf8_bad(s) < s.n || text_has_control(s))
		problem_at(c->problems, NULL, 0, "why", "the reason is not plain UTF-8 text; write it again");
	else if (s.n > 4000)
		problem_at(c->problems, NULL, 0, "why", "the reason is too long; say it in 4,000 bytes");
	else
		return E_OK;
	return E_INVALID;
}

enum err change_save(struct ctx *c, struct record *r)
{
	struct arena *keep = enter(c);
	check_complete(c, r);
	enum err e = r->entity->kind == THING ? change_thing_save(c, r, keep) : fact_save(c, r);
	leave(c, keep);
	return e;
}

enum err change_correct(struct ctx *c, struct record *r, struct str reason)
{
	TRY(reason_ok(c, reason));
	struct arena *keep = enter(c);
	check_complete(c, r);
	r->why = reason;
	enum err e = r->entity->kind == THING ? change_thing_correct(c, r, keep) : fact_correct(c, r);
	leave(c, keep);
	return e;
}

static enum err withdraw(struct ctx *c, const struct record *key, struct str reason)
{
	const struct plan *p = plan_of(c, key->entity);
	struct record *old, *whole = record_copy(c->arena, key);
	check_complete(c, whole);
	TRY(by_key(c, p, whole, &old));
	if (!old || old->op == OP_WITHDRAWN)
		return E_MISSING;
	return change_row(c, p, change_bare(c, p, old, OP_WITHDRAWN, reason), old);
}

enum err change_withdraw(struct ctx *c, const struct record *key, struct str reason)
{
	TRY(reason_ok(c, reason));
	struct arena *keep = enter(c);
	enum err e = withdraw(c, key, reason);
	leave(c, keep);
	return e;
}

enum err change_close(struct ctx *c, const struct entity *e, int64_t id, date from)
{
	struct arena *keep = enter(c);
	enum err answer = change_thing_close(c, e, id, from);
	leave(c, keep);
	return answer;
}

enum err change_preview(struct ctx *c, const struct record *r, struct record ***ret, size_t *ret_n)
{
	struct arena *keep = enter(c);
	struct record **rows = NULL;
	size_t n = 0;
	enum err e = change_thing_rows(c, r, &rows, &n);
	leave(c, keep);
	TRY(e);
	*ret = ARENA_ARRAY(c->arena, struct record *, n + 1);
	for (size_t i = 0; i < n; i++)
		(*ret)[i] = record_copy(c->arena, rows[i]);
	*ret_n = n;
	return E_OK;
}
