/* enter_read.c - what a form of one record is about, and what was typed into it. */
#include "base/number.h"
#include "entity/check.h"
#include "face/enter.h"
#include "face/inside.h"

/* ---- what stands ---- */
/* The believed row of a fact at a position; NULL: none. */
static enum err fact_at(struct request *q, const struct entering *s, int64_t fact, int64_t position,
			struct record **ret)
{
	struct query query = { .entity = s->e, .owner = s->id, .at = { .position = position }, .extent = BELIEVED };
	struct record **rows;
	size_t n;
	TRY(read_all(q->c, &query, &rows, &n));
	*ret = NULL;
	for (size_t i = 0; i < n; i++)
		if (rows[i]->id == fact)
			*ret = rows[i];
	return E_OK;
}

static enum err version_at(struct request *q, const struct entering *s, date day, int64_t position, struct record **ret)
{
	struct moment at = { .day = day, .position = position };
	enum err e = read_thing(q->c, s->e, s->id, at, ret);
	if (e == E_MISSING)
		*ret = NULL;
	return e == E_MISSING ? E_OK : e;
}

static enum err read_fact(struct request *q, struct entering *s)
{
	struct record *now, *then;
	int64_t fact = request_number(q, "fact");
	TRY(fact_at(q, s, fact, 0, &now));
	TRY(fact_at(q, s, fact, s->seen, &then));
	s->old = now;
	s->shown = then ? then : now;
	return s->shown ? E_OK : E_MISSING;
}

static enum err read_version(struct request *q, struct entering *s)
{
	struct record *now, *then;
	date day = request_date(q, "of");
	TRY(version_at(q, s, day, 0, &now));
	TRY(version_at(q, s, day, s->seen, &then));
	s->old = now;
	s->shown = then ? then : now;
	return s->shown ? E_OK : E_MISSING;
}

static enum err read_thing_of(struct request *q, struct entering *s)
{
	struct moment now = AS_OF_NOW;
	TRY(face_key(q, s->e, request_param(q, "key"), &s->id));
	TRY(face_may_write(q, s->e, s->id));
	TRY(face_may_see(q, s->e, s->id, &s->closed));
	TRY(key_text(q->c, s->thing, s->id, 0, &s->key));
	return part_name(q->c, s->thing, s->id, now, &s->name);
}

static void read_seen(struct request *q, struct entering *s)
{
	struct str typed;
	s->seen = ledger_head(q->c->ledger);
	if (form_typed(q, FORM_SEEN, &typed) && number_parse(typed, &s->seen) &&
	    (s->seen < 1 || s->seen > ledger_head(q->c->ledger)))
		s->seen = ledger_head(q->c->ledger);
}

enum err entering_read(struct request *q, enum entering_kind kind, struct entering *ret)
{
	struct entering s = { .kind = kind };
	TRY(face_entity(q, &s.e));
	s.thing = s.e->owner ? s.e->owner : s.e;
	if ((kind == ENTER_THING || kind == ENTER_CHANGE) != (s.e->kind == THING))
		return E_MISSING;
	form_draft_read(q);
	read_seen(q, &s);
	if (kind == ENTER_THING) {
		TRY(face_may_make(q, s.e));
		s.closed = who_everywhere(q->who, MAY_CLOSED);
	} else {
		TRY(read_thing_of(q, &s));
	}
	if (kind == ENTER_CHANGE)
		TRY(read_version(q, &s));
	if (kind == ENTER_CORRECT)
		TRY(read_fact(q, &s));
	(void)form_typed(q, FORM_HOW, &s.how);
	(void)form_typed(q, "why", &s.why);
	if (kind == ENTER_CORRECT && !s.how.n)
		s.how = STR(HOW_WRONGLY);
	*ret = s;
	return E_OK;
}

/* ---- what was typed ---- */
static void want_why(struct request *q, const struct entering *s)
{
	bool wrongly = str_is(s->how, HOW_WRONGLY) || str_is(s->how, HOW_NEVER);
	if (wrongly && !str_trim(s->why).n)
		problem_at(q->c->problems, NULL, 0, "why", "no reason is given; say why it was wrong");
}

static enum err typed_day(struct request *q, const char *name, date *ret)
{
	struct str typed;
	if (form_typed(q, name, &typed) && date_parse(str_trim(typed), ret))
		return E_OK;
	problem_at(q->c->problems, NULL, 0, name,
		   "the day of the change is missing; choose the day from which it holds");
	return E_INVALID;
}

/* Only what was typed anew goes onto the version of the day: the form showed that of another day. */
static enum err typed_change(struct request *q, struct entering *s)
{
	struct record *mine = record_copy(q->c->arena, s->shown), *base = NULL;
	date day = s->shown->valid_from;
	bool changed = str_is(s->how, HOW_CHANGED);
	if (!changed && !str_is(s->how, HOW_WRONGLY)) {
		problem_at(q->c->problems, NULL, 0, FORM_HOW,
			   "it is not said what happened; choose whether it changed on a day or was recorded wrongly");
		return E_INVALID;
	}
	if (changed && typed_day(q, "valid_from", &day) != E_OK)
		day = q->c->today;
	enum err e = form_read(q, mine, day, s->closed);
	want_why(q, s);
	if (e != E_OK || q->c->problems->count)
		return E_INVALID;
	TRY(version_at(q, s, day, 0, &base));
	if (!base) {
		problem_at(q->c->problems, NULL, 0, "valid_from",
			   "it did not exist yet on that day; choose a day on or after its first one");
		return E_INVALID;
	}
	s->base = base;
	s->r = record_copy(q->c->arena, base);
	for (int i = 0; i < s->e->nfields; i++)
		if (!value_eq(&mine->v[i], &s->shown->v[i]))
			s->r->v[i] = mine->v[i];
	if (changed)
		s->r->valid_from = day;
	return E_OK;
}

static enum err typed_fact(struct request *q, struct entering *s)
{
	struct record *r = s->shown ? record_copy(q->c->arena, s->shown) : record_new(q->c->arena, s->e);
	r->owner = s->e->owner ? s->id : 0;
	s->r = r;
	s->base = s->shown;
	want_why(q, s);
	if (str_is(s->how, HOW_NEVER))
		return q->c->problems->count ? E_INVALID : E_OK;
	enum err days = form_days_read(q, r);
	date on = r->valid_from == DATE_NONE ? q->c->today : r->valid_from;
	enum err fields = form_read(q, r, on, s->closed);
	return days != E_OK || fields != E_OK || q->c->problems->count ? E_INVALID : E_OK;
}

enum err entering_typed(struct request *q, struct entering *s)
{
	TRY(s->kind == ENTER_CHANGE ? typed_change(q, s) : typed_fact(q, s));
	check_complete(q->c, s->r);
	return s->e->kind == THING ? form_children_read(q, s) : E_OK;
}

/* ---- two writers ---- */
bool entering_differs(const struct entering *s, int field, const struct record *a, const struct record *b)
{
	const struct field *f = &s->e->fields[field];
	return field_drawn(f, s->closed) && !value_eq(&a->v[field], &b->v[field]);
}

bool entering_conflict(const struct entering *s, struct conflict *ret)
{
	if (!s->shown || s->shown == s->old)
		return false;
	*ret = (struct conflict){ s->shown, s->old };
	if (!s->old)
		return true;
	return s->old->vid != s->shown->vid;
}
