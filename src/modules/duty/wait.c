/* wait.c - how long who gave a wrong password waits, and each user's settings. */
#include "modules/duty/door.h"

struct throttle {
	const char *kind;
	int64_t free_ones; /* wrong passwords before it waits */
	int64_t longest;
	int64_t forgives; /* one of them is forgotten after so long; 0: all of them after FORGOTTEN */
};
#define FORGOTTEN (24 * HOUR)
static const struct throttle of_name = { "name", 3, 15 * MINUTE, 0 };
/* A whole ministry may come by one address: it is slowed, but never shut. */
static const struct throttle of_address = { "address", 30, MINUTE, 6000000 };

/* Neither names nor addresses stand in the table. */
static struct str key_of(struct ctx *c, const char *kind, struct str of)
{
	struct str folded = text_fold(c->arena, of);
	return kept_hash(c->arena, folded, kind);
}

static enum err row_of(struct ctx *c, struct str key, struct record **ret)
{
	struct value is = { .set = true, .t = key };
	*ret = NULL;
	enum err e = plain_find(c, &sign_in_wait_entity, WAIT_KEY, &is, ret);
	return e == E_MISSING ? E_OK : e;
}

static enum err one(struct ctx *c, const char *kind, struct str of, int64_t *ret)
{
	struct record *r;
	TRY(row_of(c, key_of(c, kind, of), &r));
	int64_t left = r ? r->v[WAIT_UNTIL].i - clock_now_us() : 0;
	if (left > *ret)
		*ret = left;
	return E_OK;
}

enum err wait_of(struct ctx *c, struct str name, struct str address, int64_t *ret)
{
	*ret = 0;
	TRY(one(c, "name", name, ret));
	return one(c, "address", address, ret);
}

static int64_t wait_after(const struct throttle *t, int64_t failures)
{
	int64_t wait = 1000000;
	for (int64_t i = t->free_ones; i < failures && wait < t->longest; i++)
		wait *= 2;
	return failures < t->free_ones ? 0 : wait < t->longest ? wait : t->longest;
}

static int64_t remembered(const struct throttle *t, const struct record *r, int64_t now)
{
	int64_t quiet = r ? now - r->v[WAIT_UNTIL].i : FORGOTTEN;
	if (quiet >= FORGOTTEN)
		return 0;
	int64_t forgiven = t->forgives && quiet > 0 ? quiet / t->forgives : 0;
	return r->v[WAIT_FAILURES].i > forgiven ? r->v[WAIT_FAILURES].i - forgiven : 0;
}

static enum err longer(struct ctx *c, const struct throttle *t, struct str of)
{
	struct record *r;
	int64_t now = clock_now_us();
	struct str key = key_of(c, t->kind, of);
	TRY(row_of(c, key, &r));
	int64_t failures = remembered(t, r, now) + 1;
	if (!r)
		r = record_new(c->arena, &sign_in_wait_entity);
	record_text(r, WAIT_KEY, key);
	record_int(r, WAIT_FAILURES, failures < 1000000 ? failures : 1000000);
	record_int(r, WAIT_UNTIL, now + wait_after(t, failures));
	return plain_save(c, r);
}

enum err wait_longer(struct ctx *c, struct str name, struct str address)
{
	TRY(plain_delete_before(c, &sign_in_wait_entity, WAIT_UNTIL, clock_now_us() - FORGOTTEN, NULL));
	TRY(longer(c, &of_name, name));
	return longer(c, &of_address, address);
}

enum err wait_over(struct ctx *c, struct str name)
{
	struct record *r;
	TRY(row_of(c, key_of(c, "name", name), &r));
	return r ? plain_delete(c, &sign_in_wait_entity, r->id) : E_OK;
}

enum err settings_of(struct ctx *c, int64_t user, struct record **ret)
{
	struct value is = { .set = true, .i = user };
	enum err e = plain_find(c, &user_setting_entity, SETTING_USER, &is, ret);
	if (e != E_MISSING)
		return e;
	*ret = record_new(c->arena, &user_setting_entity);
	record_int(*ret, SETTING_USER, user);
	record_int(*ret, SETTING_TOUR, 0);
	return E_OK;
}
