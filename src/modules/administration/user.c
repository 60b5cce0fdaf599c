/* user.c - who acts. Sign-in and roles come with the pages; until then only the system's own actors exist. */
#include "entity/change.h"
#include "modules/administration/administration.h"

enum { CODE, NAME };

/* clang-format off */
static const struct field fields[] = {
	[CODE] = { "code", N_("User code"), T_CODE, .max = 32,  .flags = REQUIRED | LISTED },
	[NAME] = { "name", N_("Name"),      T_TEXT, .max = 200, .flags = REQUIRED | LISTED | SEARCHED },
};
/* clang-format on */

const struct entity user_entity = {
	.name = "merit_user",
	.title = N_("User"),
	.help = N_("Somebody or something that writes into this store; every entry names one."),
	.kind = THING,
	FIELDS(fields),
};

static enum err save_actor(struct ctx *c, int64_t number, const char *code, const char *words)
{
	struct record *r = record_new(c->arena, &user_entity);
	record_text(r, CODE, str_of(code));
	record_text(r, NAME, str_of(words));
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
