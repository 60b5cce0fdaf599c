/* wait.c - how long who gave a wrong password waits, and each user's settings. */
#include "access/password.h"
#include "modules/duty/door.h"

#define FREE_NAME 3     /* wrong passwords of one name before it waits */
#define FREE_ADDRESS 30 /* of one address: an office shares it */
#define LONGEST (15 * MINUTE)
#define FORGOTTEN (24 * HOUR)

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

static int64_t wait_after(int64_t failures, int64_t free_ones)
{
	int64_t wait = 1000000;
	for (int64_t i = free_ones; i < failures && wait < LONGEST; i++)
		wait *= 2;
	return failures < free_ones ? 0 : wait < LONGEST ? wait : LONGEST;
}

static enum err longer(struct ctx *c, const char *kind, struct str of, int64_t free_ones)
{
	struct record *r;
	int64_t now = clock_now_us();
	struct str key = key_of(c, kind, of);
	TRY(row_of(c, key, &r));
	int64_t failures = r && r->v[WAIT_UNTIL].i + FORGOTTEN > now ? r->v[WAIT_FAILURES].i + 1 : 1;
	if (!r)
		r = record_new(c->arena, &sign_in_wait_entity);
	record_text(r, WAIT_KEY, key);
	record_int(r, WAIT_FAILURES, failures < 1000000 ? failures : 1000000);
	record_int(r, WAIT_UNTIL, now + wait_after(failures, free_ones));
	return plain_save(c, r);
}

enum err wait_longer(struct ctx *c, struct str name, struct str address)
{
	TRY(plain_delete_before(c, &sign_in_wait_entity, WAIT_UNTIL, clock_now_us() - FORGOTTEN, NULL));
	TRY(longer(c, "name", name, FREE_NAME));
	return longer(c, "address", address, FREE_ADDRESS);
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
