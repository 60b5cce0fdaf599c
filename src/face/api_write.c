/* api_write.c - programs write as people do: a new record, "it changed on", "it was recorded wrongly", a new fact. */
#include "face/api.h"

#include "base/number.h"

struct sent {
	struct pair *body;
	size_t n;
	bool wrongly;
	struct str reason;
};

static enum err read_sent(struct request *q, struct sent *ret)
{
	TRY(api_body(q, &ret->body, &ret->n));
	const struct pair *wrongly = api_member(ret->body, ret->n, API_WRONGLY),
			  *reason = api_member(ret->body, ret->n, API_REASON);
	ret->wrongly = wrongly && str_is(wrongly->value, "true");
	ret->reason = reason ? reason->value : (struct str){ 0 };
	return E_OK;
}

/* One change, one receipt. What fails is undone by the writer's savepoint. */
static enum err save(struct request *q, struct record *r, const struct sent *s, const struct record *alias)
{
	struct buf action CLEANUP(buf_release) = BUF_INIT;
	int64_t position;
	if (s->wrongly && !str_trim(s->reason).n) {
		problem_at(q->c->problems, NULL, 0, API_REASON, "no reason is given; say why it was wrong");
		return E_INVALID;
	}
	buf_printf(&action, "%s.%s", r->entity->name, s->wrongly ? "correct" : "change");
	TRY(change_begin(q->c, buf_str(&action), r->entity->owner ? r->owner : r->id));
	enum err e = s->wrongly ? change_correct(q->c, r, s->reason) : change_save(q->c, r);
	if (e == E_OK && alias) {
		struct record *number = record_copy(q->arena, alias);
		number->owner = r->id;
		number->valid_from = r->valid_from;
		e = change_save(q->c, number);
	}
	return change_settle(q->c, e, &position);
}

static void answer(struct request *q, int status, const struct record *r, bool closed)
{
	struct json j;
	q->status = status;
	api_begin(q, &j);
	if (api_record(q, &j, r, closed))
		request_noted(q, r->entity->owner ? r->owner : r->id, r->entity->name);
}

static enum err entity_asked(struct request *q, const struct entity **ret)
{
	TRY(face_entity(q, ret));
	return (*ret)->kind == THING && face_may_see_any(q, *ret) ? E_OK : E_MISSING;
}

/* ---- a new thing ---- */

/* Keys that change with time are rows of their own: the first one. */
static enum err first_number(struct request *q, const struct entity *e, const struct sent *s, struct record **ret)
{
	const struct pair *key = e->alias ? api_member(s->body, s->n, entity_key_column(e)) : NULL;
	*ret = NULL;
	if (!e->alias)
		return E_OK;
	if (!key || !key->value.n) {
		problem_at(q->c->problems, NULL, 0, entity_key_column(e), "the number is missing; give it");
		return E_INVALID;
	}
	*ret = record_new(q->arena, e->alias->series);
	record_text(*ret, 0, key->value);
	return E_OK;
}

enum err api_make(struct request *q)
{
	const struct entity *e;
	struct sent s;
	struct record *alias;
	TRY(entity_asked(q, &e));
	TRY(face_may_make(q, e));
	TRY(read_sent(q, &s));
	struct record *r = record_new(q->arena, e);
	const char *known[] = { e->alias ? entity_key_column(e) : NULL, NULL };
	r->valid_from = r->until = DATE_NONE;
	if (s.wrongly)
		problem_at(q->c->problems, NULL, 0, API_WRONGLY, "a new record cannot be wrong yet; leave it out");
	bool closed = who_everywhere(q->who, MAY_CLOSED);
	enum err e1 = first_number(q, e, &s, &alias), e2 = api_take(q, s.body, s.n, known, closed, r);
	TRY(e1);
	TRY(e2);
	TRY(save(q, r, &s, alias));
	struct str key = api_key(q, r);
	request_set_header(q, "Location", address_of(q, "/api/v1/%s/%s", e->name, terminated(q, key)));
	answer(q, 201, r, closed);
	return E_OK;
}

/* ---- another version ---- */

enum err api_change(struct request *q)
{
	static const char *const known[] = { API_WRONGLY, API_REASON, NULL };
	const struct entity *e;
	struct record *r;
	struct sent s;
	bool closed;
	int64_t id;
	TRY(entity_asked(q, &e));
	TRY(face_key(q, e, request_param(q, "key"), &id));
	TRY(face_may_see(q, e, id, &closed));
	TRY(face_may_write(q, e, id));
	TRY(read_sent(q, &s));
	const struct pair *day = api_member(s.body, s.n, entity_day_column(e));
	struct moment at = AS_OF_NOW;
	if (!e->timeless && (!day || !date_parse(day->value, &at.day))) {
		problem_at(q->c->problems, NULL, 0, entity_day_column(e),
			   "the day is missing; give the day on which it changed, or the first day of the version that "
			   "was "
			   "recorded wrongly");
		return E_INVALID;
	}
	TRY(read_thing(q->c, e, id, at, &r));
	TRY(api_matches(q, r));
	r = record_copy(q->arena, r);
	TRY(api_take(q, s.body, s.n, known, closed, r));
	TRY(save(q, r, &s, NULL));
	answer(q, 200, r, closed);
	return E_OK;
}

/* ---- facts ---- */

/* The believed row that a correction replaces, so that members not sent stay as they are. */
static enum err believed(struct request *q, const struct entity *facts, int64_t owner, int64_t fact,
			 struct record **ret)
{
	struct query all = { .entity = facts, .owner = owner, .extent = BELIEVED };
	struct record **rows;
	size_t n;
	TRY(read_all(q->c, &all, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i]->id == fact) {
			*ret = record_copy(q->arena, rows[i]);
			return E_OK;
		}
	return E_MISSING;
}

static enum err fact_sent(struct request *q, const struct entity *facts, int64_t owner, const struct sent *s,
			  struct record **ret)
{
	const struct pair *fact = api_member(s->body, s->n, API_FACT);
	int64_t number;
	if (s->wrongly) {
		if (!fact || !number_parse(fact->value, &number)) {
			problem_at(q->c->problems, NULL, 0, API_FACT,
				   "which fact was recorded wrongly is not said; give the number that the list has for "
				   "it");
			return E_INVALID;
		}
		TRY(believed(q, facts, owner, number, ret));
		return api_matches(q, *ret);
	}
	*ret = record_new(q->arena, facts);
	(*ret)->owner = owner;
	(*ret)->valid_from = (*ret)->until = DATE_NONE;
	return E_OK;
}

enum err api_fact_write(struct request *q)
{
	struct str name = request_param(q, "facts");
	const struct entity *e, *facts;
	struct record *r;
	struct sent s;
	bool closed;
	int64_t id;
	TRY(entity_asked(q, &e));
	TRY(face_key(q, e, request_param(q, "key"), &id));
	facts = registry_entity(q->c->registry, terminated(q, name));
	if (!facts || facts->owner != e)
		return E_MISSING;
	TRY(face_may_see(q, facts, id, &closed));
	TRY(face_may_write(q, facts, id));
	TRY(read_sent(q, &s));
	const char *known[] = { API_WRONGLY, API_REASON, entity_owner_column(facts), NULL };
	TRY(fact_sent(q, facts, id, &s, &r));
	TRY(api_take(q, s.body, s.n, known, closed, r));
	TRY(save(q, r, &s, NULL));
	answer(q, s.wrongly ? 200 : 201, r, closed);
	return E_OK;
}
