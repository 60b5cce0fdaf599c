/* reach.c - who a user is today: duties, own file, the duties of those for whom the user is deputy, and the unit that
 * the user heads for a time.
 *
 * A page needs this a few microseconds after it was asked for, so each thread keeps what it last read. All of it
 * follows from a few ledgered records and the day: while none of those was written since and the day is the same, it
 * holds. */
#include "modules/duty/door.h"

#include "base/map.h"
#include "entity/list.h"

#include <jansson.h>
#include <pthread.h>

#define MOST_KEPT 4000 /* users a thread */
#define MOST_LANGS 16

static const struct entity *const watched[] = { &user_entity,      &user_status_entity, &user_person_entity,
						&user_role_entity, &user_duty_entity,   &user_deputy_entity,
						&unit_entity,      &post_entity,        &post_history_entity };

struct role {
	int64_t id;
	bool head; /* what acting for the head of a unit gives */
	right_t rights;
	struct str name[MOST_LANGS]; /* by place in langs[] */
};
struct deputy {
	int64_t to, from, role; /* role 0: every duty */
	date until;
};
struct reaches {
	struct arena arena;
	const struct store *store;
	bool sound;
	int64_t head, last[COUNT(watched)];
	date today;
	struct str office; /* the unit at the top */
	struct role *roles;
	struct deputy *deputies;
	size_t nroles, ndeputies, nkept;
	struct over *readers; /* NULL: not asked for yet */
	size_t nreaders;
	struct imap *users; /* number -> place in kept */
	const struct standing_user *kept[MOST_KEPT];
};

static _Thread_local struct reaches mine;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* ---- what is kept ---- */

static void forget(void *arg)
{
	struct reaches *k = arg;
	imap_free_p(&k->users);
	arena_release(&k->arena);
	k->sound = false;
	k->nkept = 0;
	k->readers = NULL;
}

void standing_forget(void)
{
	forget(&mine);
}

static void make_key(void)
{
	if (pthread_key_create(&key, forget) != 0)
		bug("there is no room for what a thread keeps");
}

static enum err last_rows(struct ctx *c, int64_t ret[static COUNT(watched)])
{
	for (size_t i = 0; i < COUNT(watched); i++)
		TRY(read_last(c, watched[i], &ret[i]));
	return E_OK;
}

static struct str kept_text(struct arena *a, struct str s)
{
	return (struct str){ arena_text(a, s.p, s.n), s.n };
}

/* The name in each language that there is; English where the role has none. */
static void name_role(struct arena *a, const struct record *r, struct role *ret)
{
	struct str json = r->v[ROLE_NAMES].t;
	json_t *names = json_loadb(json.p ? json.p : "", json.n, 0, NULL);
	for (size_t i = 0; i < MOST_LANGS && langs[i]; i++) {
		const char *said = json_string_value(json_object_get(names, lang_tag(langs[i])));
		ret->name[i] = kept_text(a, said ? str_of(said) : r->v[ROLE_NAME].t);
	}
	json_decref(names);
}

static enum err load_roles(struct ctx *c, struct reaches *k)
{
	struct record **list;
	size_t n;
	TRY(read_all(c, &(struct query){ .entity = &user_role_entity, .at = AS_OF_NOW, .extent = HOLDING }, &list, &n));
	k->roles = ARENA_ARRAY(&k->arena, struct role, n + 1);
	k->nroles = n;
	for (size_t i = 0; i < n; i++) {
		k->roles[i].id = list[i]->id;
		k->roles[i].head = str_is(list[i]->code, ROLE_HEAD);
		for (int b = 0; b < RIGHT_COUNT; b++)
			if (record_get(list[i], ROLE_RIGHTS + b, 0))
				k->roles[i].rights |= (right_t)1 << b;
		name_role(&k->arena, list[i], &k->roles[i]);
	}
	return E_OK;
}

static enum err load_deputies(struct ctx *c, struct reaches *k)
{
	struct record **list;
	size_t n;
	TRY(read_all(c, &(struct query){ .entity = &user_deputy_entity, .at = AS_OF_NOW, .extent = HOLDING }, &list,
		     &n));
	k->deputies = ARENA_ARRAY(&k->arena, struct deputy, n + 1);
	k->ndeputies = 0;
	for (size_t i = 0; i < n; i++)
		if (record_get(list[i], DEPUTY_STATE, DUTY_HELD) == DUTY_HELD)
			k->deputies[k->ndeputies++] =
				(struct deputy){ record_get(list[i], DEPUTY_TO, 0), list[i]->owner,
						 record_get(list[i], DEPUTY_ROLE, 0), list[i]->until };
	return E_OK;
}

/* The first unit in preorder stands at the top. */
static enum err load_office(struct ctx *c, struct reaches *k)
{
	const struct projection *p = &unit_now_projection;
	struct list_ask ask = { .of = p, .sort = projection_column(p, "unit_order"), .limit = 1 };
	struct list_row *row;
	size_t n;
	bool more;
	TRY(list_rows(c, &ask, &row, &n, &more));
	k->office = n ? kept_text(&k->arena, row->v[projection_column(p, "name")].t) : (struct str){ 0 };
	return E_OK;
}

static enum err load(struct ctx *c, struct reaches *k)
{
	forget(k);
	k->users = imap_new();
	k->store = c->store;
	k->today = c->today;
	TRY(last_rows(c, k->last));
	TRY(load_roles(c, k));
	TRY(load_office(c, k));
	return load_deputies(c, k);
}

/* What was read is true of the store now, or is read anew. Of what is not yet committed nothing is kept: it may be
 * undone and its numbers given again. */
static enum err fresh(struct ctx *c)
{
	struct reaches *k = &mine;
	int64_t head = ledger_head(c->ledger), last[COUNT(watched)];
	bool pending = head != ledger_committed(c->ledger);
	pthread_once(&once, make_key);
	pthread_setspecific(key, k);
	if (k->sound && !pending && k->store == c->store && k->today == c->today) {
		if (k->head == head)
			return E_OK;
		TRY(last_rows(c, last));
		k->head = head;
		if (memcmp(last, k->last, sizeof(last)) == 0 && k->nkept < MOST_KEPT)
			return E_OK;
	}
	TRY(load(c, k));
	k->head = head;
	k->sound = !pending;
	return E_OK;
}

/* ---- one user ---- */

static const struct role *role_find(const struct reaches *k, int64_t id)
{
	for (size_t i = 0; i < k->nroles; i++)
		if (k->roles[i].id == id)
			return &k->roles[i];
	return NULL;
}

/* Exists today and is not closed. */
static enum err may_come(struct ctx *c, int64_t user, struct record **ret, bool *ret_may)
{
	struct record *status;
	enum err e = user > 0 ? read_thing(c, &user_entity, user, AS_OF_NOW, ret) : E_MISSING;
	*ret_may = false;
	if (e == E_MISSING)
		return E_OK;
	TRY(e);
	e = read_holding(c, &user_status_entity, user, 0, AS_OF_NOW, &status);
	if (e != E_OK && e != E_MISSING)
		return e;
	*ret_may = e == E_MISSING || record_get(status, USER_STATUS_STATUS, USER_OPEN) == USER_OPEN;
	return E_OK;
}

static enum err place(struct ctx *c, int64_t unit, struct reach *r)
{
	struct order_range range;
	r->unit = unit;
	r->first = INT64_MIN;
	r->last = INT64_MAX;
	if (!unit)
		return E_OK;
	TRY(tree_range(c, &unit_entity, unit, &range));
	r->first = range.low;
	r->last = range.high;
	return E_OK;
}

struct gathering {
	struct reach *list;
	size_t n, cap;
	int64_t first_role;
};

static void gather_one(struct arena *a, struct gathering *g, struct reach r)
{
	ARENA_GROW(a, g->list, g->n, &g->cap);
	g->list[g->n++] = r;
}

/* The duties of a user; for a deputy only the role that was handed over, and never the own file. */
static enum err gather(struct ctx *c, struct reaches *k, int64_t user, const struct deputy *d, struct gathering *g)
{
	struct record **list;
	size_t n;
	TRY(read_all(c,
		     &(struct query){ .entity = &user_duty_entity, .owner = user, .at = AS_OF_NOW, .extent = HOLDING },
		     &list, &n));
	for (size_t i = 0; i < n; i++) {
		const struct role *role = role_find(k, record_get(list[i], DUTY_ROLE, 0));
		struct reach r = { .delegated_by = d ? d->from : 0 };
		if (!role || record_get(list[i], DUTY_STATE, DUTY_HELD) != DUTY_HELD ||
		    (d && d->role && d->role != role->id))
			continue;
		r.rights = d ? role->rights & ~(right_t)MAY_OWN : role->rights;
		enum err e = place(c, record_get(list[i], DUTY_UNIT, 0), &r);
		if (e == E_MISSING) /* the unit is no more: nothing is within reach */
			continue;
		TRY(e);
		if (!g->first_role)
			g->first_role = role->id;
		gather_one(&k->arena, g, r);
	}
	return E_OK;
}

/* Who acts for the head of a unit may there what its head may: in the place of the holder, where there is one. */
static enum err gather_acting(struct ctx *c, struct reaches *k, int64_t person, struct gathering *g)
{
	struct reach r = { 0 };
	struct acting a;
	TRY(acting_of(c, person, &a));
	for (size_t i = 0; a.unit && i < k->nroles; i++)
		if (k->roles[i].head)
			r.rights = k->roles[i].rights & a.most & ~(right_t)MAY_OWN;
	if (!r.rights)
		return E_OK;
	r.delegated_by = a.holder;
	enum err e = place(c, a.unit, &r);
	if (e == E_OK)
		gather_one(&k->arena, g, r);
	return e == E_MISSING ? E_OK : e;
}

static enum err gather_all(struct ctx *c, struct reaches *k, int64_t user, int64_t person, struct gathering *g)
{
	TRY(gather(c, k, user, NULL, g));
	TRY(gather_acting(c, k, person, g));
	for (size_t i = 0; i < k->ndeputies; i++) {
		struct record *from;
		bool may;
		if (k->deputies[i].to != user || k->deputies[i].from == user)
			continue;
		TRY(may_come(c, k->deputies[i].from, &from, &may));
		if (may)
			TRY(gather(c, k, k->deputies[i].from, &k->deputies[i], g));
	}
	return E_OK;
}

static enum err build(struct ctx *c, struct reaches *k, int64_t user, struct standing_user *s)
{
	struct record *r;
	struct gathering g = { 0 };
	TRY(may_come(c, user, &r, &s->may_come));
	if (!s->may_come)
		return E_OK;
	TRY(user_person(c, user, &s->who.person));
	TRY(gather_all(c, k, user, s->who.person, &g));
	s->who.actor.user = user;
	s->who.name = kept_text(&k->arena, r->v[USER_NAME].t);
	s->who.reach = g.list;
	s->who.nreach = g.n;
	s->role = g.first_role;
	const struct role *role = role_find(k, g.first_role);
	s->role_names = role ? role->name : NULL;
	for (size_t i = 0; i < g.n; i++)
		s->who.rights |= g.list[i].rights;
	return E_OK;
}

enum err standing_of(struct ctx *c, int64_t user, const struct standing_user **ret)
{
	struct reaches *k = &mine;
	int64_t at;
	TRY(fresh(c));
	if (imap_get(k->users, user, &at)) {
		*ret = k->kept[at];
		return E_OK;
	}
	struct standing_user *s = ARENA_NEW(&k->arena, struct standing_user);
	TRY(build(c, k, user, s));
	if (k->nkept < MOST_KEPT) {
		k->kept[k->nkept] = s;
		imap_set(k->users, user, (int64_t)k->nkept++);
	}
	*ret = s;
	return E_OK;
}

enum err role_words(struct ctx *c, int64_t role, const struct lang *l, struct str *ret)
{
	TRY(fresh(c));
	const struct role *r = role_find(&mine, role);
	*ret = (struct str){ 0 };
	for (size_t i = 0; r && i < MOST_LANGS && langs[i]; i++)
		if (langs[i] == l)
			*ret = r->name[i];
	return E_OK;
}

enum err office_name(struct ctx *c, struct str *ret)
{
	TRY(fresh(c));
	*ret = (struct str){ arena_text(c->arena, mine.office.p, mine.office.n), mine.office.n };
	return E_OK;
}

/* ---- who reads files ---- */

struct growing {
	struct over *list;
	size_t n, cap;
};

static enum err add_reader(struct ctx *c, struct reaches *k, const struct record *d, struct growing *g)
{
	const struct role *role = role_find(k, record_get(d, DUTY_ROLE, 0));
	struct reach r = { 0 };
	if (!role || !(role->rights & MAY_PEOPLE) || record_get(d, DUTY_STATE, DUTY_HELD) != DUTY_HELD)
		return E_OK;
	enum err e = place(c, record_get(d, DUTY_UNIT, 0), &r);
	if (e != E_OK)
		return e == E_MISSING ? E_OK : e;
	ARENA_GROW(&k->arena, g->list, g->n, &g->cap);
	g->list[g->n++] = (struct over){ d->owner, role->id, r.unit, r.first, r.last, false };
	return E_OK;
}

static enum err load_readers(struct ctx *c, struct reaches *k)
{
	struct cursor *all CLEANUP(cursor_close_p) = NULL;
	struct growing g = { 0 };
	const struct record *d;
	ARENA_GROW(&k->arena, g.list, g.n, &g.cap); /* nobody is an answer too */
	TRY(cursor_open(c, &(struct query){ .entity = &user_duty_entity, .at = AS_OF_NOW, .extent = HOLDING }, &all));
	for (;;) {
		TRY(cursor_next(all, &d));
		if (!d)
			break;
		TRY(add_reader(c, k, d, &g));
	}
	k->readers = g.list;
	k->nreaders = g.n;
	return E_OK;
}

enum err standing_readers(struct ctx *c, const struct over **ret, size_t *ret_n)
{
	TRY(fresh(c));
	if (!mine.readers)
		TRY(load_readers(c, &mine));
	*ret = mine.readers;
	*ret_n = mine.nreaders;
	return E_OK;
}

static int ends_first(const void *a, const void *b)
{
	const struct standing_in *x = a, *y = b;
	if (x->until != y->until)
		return x->until < y->until ? -1 : 1;
	return (x->deputy > y->deputy) - (x->deputy < y->deputy);
}

enum err standing_deputies(struct ctx *c, date until, struct standing_in **ret, size_t *ret_n)
{
	TRY(fresh(c));
	struct standing_in *list = ARENA_ARRAY(c->arena, struct standing_in, mine.ndeputies + 1);
	size_t n = 0;
	for (size_t i = 0; i < mine.ndeputies; i++) {
		const struct deputy *d = &mine.deputies[i];
		if (d->until != DATE_NONE && d->until <= until)
			list[n++] = (struct standing_in){ d->to, d->from, d->until };
	}
	qsort(list, n, sizeof *list, ends_first);
	*ret = list;
	*ret_n = n;
	return E_OK;
}
