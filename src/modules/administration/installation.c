/* installation.c - what this store says of itself, proved by its first entry. */
#include "base/buf.h"
#include "entity/change.h"
#include "entity/read.h"
#include "modules/administration/administration.h"

enum { CODE, ORIGIN, ZONE, DEMO };

/* clang-format off */
static const struct field fields[] = {
	[CODE]   = { "code",   N_("Code"),            T_CODE, .max = 16,  .flags = REQUIRED },
	[ORIGIN] = { "origin", N_("Name of the log"), T_TEXT, .max = 120, .flags = REQUIRED | LISTED },
	[ZONE]   = { "zone",   N_("Time zone"),       T_TEXT, .max = 64,  .flags = REQUIRED | LISTED },
	[DEMO]   = { "demo",   N_("Invented people"), T_BOOL, .flags = REQUIRED | LISTED },
};
/* clang-format on */

const struct entity installation_entity = {
	.name = "installation",
	.title = N_("Installation"),
	.help = N_("The name of the log, the time zone in which its days are counted, and whether its people are "
		   "invented."),
	.kind = THING,
	FIELDS(fields),
};

static const char installation_code[] = "store";

static enum err save_actor(struct ctx *c, int64_t number, const char *code, const char *words)
{
	struct record *r = record_new(c->arena, &user_entity);
	record_text(r, 0, str_of(code));
	record_text(r, 1, str_of(words));
	r->valid_from = c->today;
	TRY(change_save(c, r));
	if (r->id != number)
		bug("the actor %s must be user %lld of a new store", code, (long long)number);
	return E_OK;
}

enum err installation_begin(struct ctx *c, const char *zone)
{
	int64_t position;
	TRY(change_begin(c, "init", 0));
	struct record *r = record_new(c->arena, &installation_entity);
	record_text(r, CODE, str_of(installation_code));
	record_text(r, ORIGIN, str_of(ledger_origin(c->ledger)));
	record_text(r, ZONE, str_of(zone));
	record_int(r, DEMO, ledger_is_demo(c->ledger));
	r->valid_from = c->today;
	TRY(change_save(c, r));
#define X(name, number, code, words) TRY(save_actor(c, number, code, words));
	SYSTEM_ACTORS(X)
#undef X
	return change_end(c, &position);
}

enum err installation_zone(struct ctx *c, const char **ret)
{
	int64_t id;
	struct record *r;
	TRY(key_find(c, &installation_entity, str_of(installation_code), &id));
	TRY(read_thing(c, &installation_entity, id, (struct moment){ DATE_MAX, 0 }, &r));
	*ret = arena_text(c->arena, r->v[ZONE].t.p, r->v[ZONE].t.n);
	return E_OK;
}
