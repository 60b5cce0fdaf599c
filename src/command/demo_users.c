/* demo_users.c - one user a role, the same in every demo: who somebody signs in as to look around. */
#include "command/demo_users.h"
#include "command/demo.h"

#include "access/password.h"
#include "entity/change.h"

/* clang-format off */
/* Units and people are fixed ones of every demo; unit "": the whole service; "*": the last section or office that is
 * drawn; file "": none. */
static const struct demo_user {
	const char *what; /* one word for whoever looks around */
	const char *code, *name, *role, *unit, *person;
} users[] = {
	{ "officer",        "hr",             "Sri Handayani",          "hr-officer",          "",        "" },
	{ "officer-tax",    "hr.tax",         "Agus Prasetyo",          "hr-officer",          "MOF-0101", "" },
	{ "manager",        "manager",        "Ratna Kusumawardani",    "line-manager",        "PERS-1A", "060000150" },
	{ "manager-other",  "manager.other",  "Lukman Hakim",           "line-manager",        "*",       "" },
	{ "staff",          "employee",       "Dewi Anggraini Lestari", "employee",            "",        "060000101" },
	{ "auditor",        "auditor",        "Maria Tambunan",         "auditor",             "",        "" },
	{ "decider",        "decider",        "Soedarto",               "decider",             "",        "060000123" },
	{ "secretary",      "secretary",      "Hendra Simatupang",      "committee-secretary", "",        "060000100" },
	{ "data",           "data",           "Putu Ayu Larasati",      "data-officer",        "",        "" },
	{ "admin",          "admin",          "Wahyu Nugroho",          "administrator",       "",        "" },
	{ .code = NULL },
};
/* clang-format on */

/* Whoever opens a demo reads it on the screen; no real store has these users. */
const char *const demo_password = "three-quiet-boats";

static enum err last_unit(struct ctx *c, int64_t *ret)
{
	struct record **list;
	size_t n;
	TRY(read_all(c, &(struct query){ .entity = &unit_entity, .at = AS_OF_NOW, .extent = HOLDING }, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i]->code.n >= 3 && memcmp(list[i]->code.p, "MOF", 3) == 0)
			*ret = list[i]->id;
	return E_OK;
}

static enum err unit_of(struct ctx *c, const struct demo_user *u, int64_t *ret)
{
	*ret = 0;
	if (!*u->unit)
		return E_OK;
	if (text_is(u->unit, "*"))
		return last_unit(c, ret);
	return key_find(c, &unit_entity, str_of(u->unit), ret);
}

static enum err enter(struct ctx *c, const struct demo_user *u, int64_t *ret)
{
	struct duty_ask ask = { .from = c->today, .until = DATE_NONE };
	int64_t person = 0;
	TRY(key_find(c, &user_role_entity, str_of(u->role), &ask.role));
	TRY(unit_of(c, u, &ask.unit));
	if (*u->person)
		TRY(key_find(c, &person_entity, str_of(u->person), &person));
	TRY(user_add(c, str_of(u->code), str_of(u->name), person, c->today, &ask.user));
	*ret = ask.user;
	return user_give(c, &ask);
}

/* A pack without these roles gives a demo without users. */
static bool has_roles(struct ctx *c)
{
	int64_t id;
	for (const struct demo_user *u = users; u->code; u++)
		if (key_find(c, &user_role_entity, str_of(u->role), &id) != E_OK)
			return false;
	return true;
}

enum err demo_enter_users(struct ctx *c)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	int64_t position, user[COUNT(users)] = { 0 };
	char hash[PASSWORD_TEXT];
	if (!has_roles(c))
		return E_OK;
	TRY(password_hash(str_of(demo_password), hash));
	TRY(ctx_write(c, &t));
	TRY(change_begin(c, "demo.users", 0));
	for (size_t i = 0; users[i].code; i++)
		TRY(enter(c, &users[i], &user[i]));
	TRY(change_end(c, &position));
	for (size_t i = 0; users[i].code; i++)
		TRY(user_set_password(c, user[i], hash, false));
	return txn_commit(&t);
}

void demo_say_users(struct buf *out)
{
	buf_text(out, "Sign in as: who, sign-in name, password\n");
	for (const struct demo_user *u = users; u->code; u++)
		buf_printf(out, "  %-14s %-14s %s\n", u->what, u->code, demo_password);
}
