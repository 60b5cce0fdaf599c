/* check_link.c - what one record must be among the others: asked of the database. */
#include "entity/check.h"

#include "entity/inner.h"
#include "entity/read.h"
#include "entity/type.h"

static enum err standing_at(struct ctx *c, const struct plan *p, const char *sql, int64_t id, date on, bool *ret_row,
			    int64_t *ret_first, date *ret_not_before)
{
	struct stmt *st;
	TRY(store_stmt(c->store, sql, &st));
	stmt_int(st, 1, id);
	if (on != DATE_NONE)
		stmt_int(st, 2, on);
	TRY(stmt_step(st, ret_row));
	if (!*ret_row)
		return E_OK;
	*ret_first = stmt_get_int(st, 0);
	if (p->not_before >= 0 && !stmt_is_null(st, 1))
		*ret_not_before = (date)stmt_get_int(st, 1);
	stmt_reset(st);
	return E_OK;
}

static enum err standing_of(struct ctx *c, const struct entity *e, int64_t id, date on, struct standing *ret)
{
	const struct plan *p = plan_of(c, e);
	struct standing s = { .first = DATE_NONE, .not_before = DATE_NONE };
	bool row;
	int64_t x = 0;
	TRY(standing_at(c, p, p->standing, id, on, &row, &x, &s.not_before));
	if (row) {
		s.exists = true;
		s.holds = x == OP_HOLDS;
	}
	if (!s.holds) { /* the rarer case: find the words */
		TRY(standing_at(c, p, p->first, id, DATE_NONE, &row, &x, &s.not_before));
		if (row)
			s.first = (date)x;
		s.exists = row;
		if (!row)
			TRY(standing_at(c, p, p->exists, id, DATE_NONE, &s.exists, &x, &(date){ 0 }));
	}
	*ret = s;
	return E_OK;
}

static struct str key_words(struct ctx *c, const struct entity *e, int64_t id)
{
	struct str key = { 0 };
	if (key_text(c, e, id, 0, &key) != E_OK) {
		const char *number = arena_printf(c->arena, "number %lld", (long long)id);
		key = str_of(number);
	}
	return key;
}

static enum err check_refs(struct ctx *c, const struct record *r)
{
	for (int i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		struct standing s;
		if (!f->ref || !r->v[i].set)
			continue;
		TRY(standing_of(c, f->ref, r->v[i].i, r->valid_from, &s));
		if (!s.exists || !s.holds)
			(void)check_link(c, r, i, key_words(c, f->ref, r->v[i].i), &s);
	}
	return E_OK;
}

static enum err check_owner_row(struct ctx *c, const struct record *r)
{
	struct standing s;
	if (r->entity->kind == THING || r->entity->kind == PLAIN)
		return E_OK;
	TRY(standing_of(c, r->entity->owner, r->owner, r->valid_from, &s));
	if (!s.exists || !s.holds)
		(void)check_owner(c, r, key_words(c, r->entity->owner, r->owner), &s);
	else
		(void)check_owner(c, r, (struct str){ 0 }, &s);
	return E_OK;
}

static enum err check_unique(struct ctx *c, const struct record *r)
{
	const struct plan *p = plan_of(c, r->entity);
	for (int i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		struct stmt *st;
		bool row;
		if (!p->unique || !p->unique[i] || !r->v[i].set)
			continue;
		TRY(store_stmt(c->store, p->unique[i], &st));
		stmt_int(st, type_bind(st, 1, f, &r->v[i]), r->id);
		TRY(stmt_step(st, &row));
		if (!row)
			continue;
		int64_t other = stmt_get_int(st, 0);
		stmt_reset(st);
		struct str key = key_words(c, r->entity, other);
		problem_at(c->problems, NULL, 0, f->name, "the %s \"%.*s\" has the same; give each its own",
			   entity_word(c->problems, r->entity), (int)key.n, key.p);
	}
	return E_OK;
}

/* A new THING's code; an alias that somebody else is believed to have. */
static enum err check_code(struct ctx *c, const struct record *r)
{
	const struct plan *p = plan_of(c, r->entity);
	bool code = r->entity->kind == THING && !r->entity->alias && r->id == 0;
	struct stmt *st;
	bool row;
	if ((!code && !p->is_alias) || !r->v[0].set)
		return E_OK;
	TRY(store_stmt(c->store, code ? p->find : p->taken, &st));
	stmt_text(st, 1, r->v[0].t);
	if (!code)
		stmt_int(st, 2, r->owner);
	TRY(stmt_step(st, &row));
	if (!row)
		return E_OK;
	stmt_reset(st);
	problem_at(c->problems, NULL, 0, r->entity->fields[0].name,
		   "\"%.*s\" belongs to another %s already; choose another, or change that one", (int)r->v[0].t.n,
		   r->v[0].t.p, entity_word(c->problems, code ? r->entity : r->entity->owner));
	return E_OK;
}

/* Walks up from the new parent; meeting the record itself is a cycle. */
static enum err check_tree(struct ctx *c, const struct record *r, int field)
{
	enum { DEEPEST = 1000 };
	int64_t at = record_get(r, field, 0);
	for (int depth = 0; at != 0 && r->id != 0; depth++) {
		struct record *up;
		if (at == r->id || depth == DEEPEST) {
			problem_at(c->problems, NULL, 0, r->entity->fields[field].name,
				   "the %s would stand below itself; choose one that does not stand below it",
				   entity_word(c->problems, r->entity));
			return E_OK;
		}
		enum err e = read_thing(c, r->entity, at, (struct moment){ .day = r->valid_from }, &up);
		if (e == E_MISSING)
			return E_OK;
		TRY(e);
		at = record_get(up, field, 0);
	}
	return E_OK;
}

enum err check_links(struct ctx *c, const struct record *old, const struct record *r)
{
	(void)old;
	if (r->valid_from == DATE_NONE)
		return E_OK; /* said already; nothing can be asked of no day */
	TRY(check_owner_row(c, r));
	TRY(check_refs(c, r));
	TRY(check_unique(c, r));
	TRY(check_code(c, r));
	for (int i = 0; i < r->entity->nfields; i++)
		if (r->entity->fields[i].flags & TREE)
			TRY(check_tree(c, r, i));
	return E_OK;
}

/* ---- seats ---- */

/* The last day on which a row of lane 0 holds: the day before the owner's next row, or its stated last day. */
static enum err last_day(struct ctx *c, const struct plan *p, const struct record *r, date *ret)
{
	struct stmt *st;
	bool row;
	date last = DATE_MAX;
	TRY(store_stmt(c->store, p->next, &st));
	stmt_int(st, 1, r->owner);
	stmt_int(st, 2, r->valid_from);
	TRY(stmt_step(st, &row));
	if (row && !stmt_is_null(st, 0))
		last = (date)stmt_get_int(st, 0) - 1;
	stmt_reset(st);
	*ret = r->until != DATE_NONE && r->until < last ? r->until : last;
	return E_OK;
}

static enum err believed_of_seat(struct ctx *c, const struct plan *p, int64_t seat, struct record ***ret, size_t *ret_n)
{
	struct stmt *st;
	TRY(store_stmt(c->store, p->seat, &st));
	stmt_int(st, 1, seat);
	return plan_rows(p, st, c->arena, ret, ret_n);
}

static void say_taken(struct ctx *c, const struct plan *p, const struct record *r, const struct record *holder,
		      date last)
{
	const struct field *f = &p->entity->fields[p->seat_field];
	const char *what = entity_word(c->problems, p->entity->owner),
		   *from = problem_day(c->problems, holder->valid_from);
	struct str who = key_words(c, p->entity->owner, holder->owner),
		   seat = key_words(c, f->ref, r->v[p->seat_field].i);
	if (last < DATE_MAX)
		problem_at(c->problems, NULL, 0, f->name,
			   "%s %.*s holds %.*s from %s to %s; end that first, or let one of the two be acting", what,
			   (int)who.n, who.p, (int)seat.n, seat.p, from, problem_day(c->problems, last));
	else
		problem_at(c->problems, NULL, 0, f->name,
			   "%s %.*s holds %.*s from %s on; end that first, or let one of the two be acting", what,
			   (int)who.n, who.p, (int)seat.n, seat.p, from);
}

enum err check_seat(struct ctx *c, const struct record *r, bool *ret_free)
{
	const struct plan *p = plan_of(c, r->entity);
	struct record **list;
	size_t n;
	date mine, theirs;
	*ret_free = true;
	if (p->seat_field < 0 || r->op != OP_HOLDS || !r->v[p->seat_field].set || r->valid_from == DATE_NONE ||
	    (p->lane >= 0 && record_get(r, p->lane, 0) != 0))
		return E_OK;
	TRY(last_day(c, p, r, &mine));
	TRY(believed_of_seat(c, p, r->v[p->seat_field].i, &list, &n));
	for (size_t i = 0; i < n && list[i]->valid_from <= mine; i++) {
		if (list[i]->owner == r->owner)
			continue;
		TRY(last_day(c, p, list[i], &theirs));
		if (theirs < r->valid_from)
			continue;
		say_taken(c, p, r, list[i], theirs);
		*ret_free = false;
		return E_OK;
	}
	return E_OK;
}
