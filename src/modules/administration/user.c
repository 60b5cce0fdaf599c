/* user.c - who acts: the system's own actors and everybody who may sign in. What they may do is said by duty. */
#include "entity/change.h"
#include "modules/administration/administration.h"

/* clang-format off */
static const struct field fields[] = {
	[USER_CODE] = { "code", N_("Sign-in name"), T_CODE, .max = 32,  .flags = REQUIRED | LISTED },
	[USER_NAME] = { "name", N_("Name"),         T_TEXT, .max = 200, .flags = REQUIRED | LISTED | SEARCHED },
};

static const struct field status_fields[] = {
	[USER_STATUS_STATUS] = { "status", N_("Status"), T_ENUM, .of = USER_STATUS_WORDS, .flags = REQUIRED | LISTED },
	[USER_STATUS_REASON] = { "reason", N_("Reason"), T_TEXT, .max = 400, .flags = REQUIRED },
};
/* clang-format on */

const struct entity user_entity = {
	.name = "merit_user",
	.title = N_("User"),
	.titles = N_("Users"),
	.help = N_("Somebody or something that writes into this store; every entry names one."),
	.kind = THING,
	.see = MAY_USERS,
	FIELDS(fields),
};

const struct entity user_status_entity = {
	.name = "user_status",
	.title = N_("Open or closed"),
	.titles = N_("Users open or closed"),
	.help = N_("From which day a user may sign in no more, or again; who has no row is open."),
	.kind = SERIES,
	FIELDS(status_fields),
	.owner = &user_entity,
	.owner_column = "user",
	.see = MAY_USERS,
};

static enum err save_actor(struct ctx *c, int64_t number, const char *code, const char *words)
{
	struct record *r = record_new(c->arena, &user_entity);
	record_text(r, USER_CODE, str_of(code));
	record_text(r, USER_NAME, str_of(words));
	r->valid_from = c->today;
	TRY(change_save(c, r));
	if (r->id != number)
		bug("the actor %s must be user %lld of a new store", code, (long long)number);
	return E_OK;
}

enum err administration_begin(struct ctx *c)
{
	int64_t position;
	TRY(change_begin(c, "init", 0));
#define X(name, number, code, words) TRY(save_actor(c, number, code, words));
	SYSTEM_ACTORS(X)
#undef X
	return change_end(c, &position);
}
