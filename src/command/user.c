/* user.c - merit user: who may sign in, from the command line: the first administrator, and whoever is locked out. */
#include "access/password.h"
#include "access/secret.h"
#include "base/json.h"
#include "command/demo_users.h"
#include "command/place.h"
#include "entity/change.h"

static const char *name, *person, *role, *unit, *from, *until;
static bool json, demo, from_stdin;

static enum err day_or_today(struct ctx *c, const char *what, const char *text, date otherwise, date *ret)
{
	(void)c;
	*ret = otherwise;
	return text ? command_date(what, text, ret) : E_OK;
}

/* ---- list ---- */

static enum err user_row(struct ctx *c, const struct record *u, struct json *j, struct buf *out)
{
	const char *password = demo && ledger_is_demo(c->ledger) ? demo_password : "";
	struct record **duties;
	size_t n;
	TRY(read_all(c,
		     &(struct query){ .entity = &user_duty_entity, .owner = u->id, .at = AS_OF_NOW, .extent = HOLDING },
		     &duties, &n));
	for (size_t i = 0; i < n; i++) {
		struct str r, over = { 0 };
		int64_t where = record_get(duties[i], DUTY_UNIT, 0);
		if (record_get(duties[i], DUTY_STATE, DUTY_HELD) != DUTY_HELD)
			continue;
		TRY(key_text(c, &user_role_entity, record_get(duties[i], DUTY_ROLE, 0), 0, &r));
		if (where)
			TRY(key_text(c, &unit_entity, where, 0, &over));
		if (!json) {
			buf_printf(out, "%-20.*s %-20.*s %-16.*s %-*.*s%s\n", (int)u->code.n, u->code.p, (int)r.n, r.p,
				   where ? (int)over.n : 3, where ? over.p : "all", *password ? 26 : 0,
				   (int)u->v[USER_NAME].t.n, u->v[USER_NAME].t.p, password);
			continue;
		}
		json_object(j);
		json_member_str(j, "user", u->code);
		json_member_str(j, "name", u->v[USER_NAME].t);
		json_member_str(j, "role", r);
		json_member_stated(j, "unit", over);
		if (*password)
			json_member_text(j, "password", password);
		json_object_end(j);
	}
	return E_OK;
}

static enum err list_rows_of(struct ctx *c, struct json *j, struct buf *out)
{
	struct cursor *k CLEANUP(cursor_close_p) = NULL;
	const struct record *u;
	TRY(cursor_open(c, &(struct query){ .entity = &user_entity, .at = AS_OF_NOW, .extent = HOLDING }, &k));
	for (;;) {
		TRY(cursor_next(k, &u));
		if (!u)
			return E_OK;
		if (u->id > ACTOR_STORY)
			TRY(user_row(c, u, j, out));
	}
}

static enum err list(const char *const *words, int n)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	struct json j;
	(void)n;
	TRY(place_open(words[0], false, &c));
	json_init(&j, &out);
	if (json)
		json_array(&j);
	TRY(list_rows_of(c, &j, &out));
	if (json) {
		json_array_end(&j);
		buf_char(&out, '\n');
	}
	return command_out(&out);
}

/* ---- add and grant ---- */

static enum err duty_of(struct ctx *c, struct duty_ask *ask)
{
	TRY(place_find(c, &user_role_entity, role ? role : ROLE_EMPLOYEE, &ask->role));
	if (unit)
		TRY(place_find(c, &unit_entity, unit, &ask->unit));
	TRY(day_or_today(c, "--from", from, c->today, &ask->from));
	return day_or_today(c, "--until", until, DATE_NONE, &ask->until);
}

static enum err write(struct ctx *c, const char *action,
		      enum err (*change)(struct ctx *, const char *, struct duty_ask *), const char *code,
		      struct duty_ask *ask)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	int64_t position;
	TRY(ctx_write(c, &t));
	TRY(change_begin(c, action, ask->user));
	TRY(change_settle(c, change(c, code, ask), &position));
	return txn_commit(&t);
}

static enum err add_one(struct ctx *c, const char *code, struct duty_ask *ask)
{
	int64_t file = 0;
	if (person)
		TRY(place_find(c, &person_entity, person, &file));
	TRY(user_add(c, str_of(code), str_of(name), file, ask->from, &ask->user));
	return user_give(c, ask);
}

static enum err add(const char *const *words, int n)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct duty_ask ask = { 0 };
	(void)n;
	if (!name)
		return command_usage("a user needs a name; give --name NAME");
	TRY(place_open(words[0], true, &c));
	TRY(duty_of(c, &ask));
	TRY(write(c, "user.new", add_one, words[1], &ask));
	printf("%s is a user now; merit user password gives a word for the first time\n", words[1]);
	return E_OK;
}

static enum err grant_one(struct ctx *c, const char *code, struct duty_ask *ask)
{
	(void)code;
	return user_give(c, ask);
}

static enum err grant(const char *const *words, int n)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct duty_ask ask = { 0 };
	(void)n;
	if (!role)
		return command_usage("a duty needs its role; give --role ROLE");
	TRY(place_open(words[0], true, &c));
	TRY(place_find(c, &user_entity, words[1], &ask.user));
	TRY(duty_of(c, &ask));
	return write(c, "user.duty", grant_one, words[1], &ask);
}

/* ---- passwords ---- */

static enum err read_password(struct buf *ret)
{
	char line[4 * PASSWORD_MOST + 2];
	if (!fgets(line, sizeof(line), stdin))
		return command_usage("no password came on the standard input; write it there as one line");
	size_t n = strcspn(line, "\r\n");
	const char *why = password_refused((struct str){ line, n }, NULL, 0);
	if (why) {
		problem_add(place_found(), (struct problem){ .what = why });
		return E_INVALID;
	}
	buf_add(ret, line, n);
	return E_OK;
}

static enum err keep(struct ctx *c, int64_t user, struct str text, bool once)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	char hash[PASSWORD_TEXT];
	TRY(password_hash(text, hash));
	TRY(ctx_write(c, &t));
	TRY(user_set_password(c, user, hash, once));
	return txn_commit(&t);
}

static enum err password(const char *const *words, int n)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	char word[LETTER_CODE];
	int64_t user;
	(void)n;
	TRY(place_open(words[0], true, &c));
	TRY(place_find(c, &user_entity, words[1], &user));
	if (from_stdin) {
		TRY(read_password(&text));
		return keep(c, user, (struct str){ text.p, text.n }, false);
	}
	secret_letter(word);
	TRY(keep(c, user, str_of(word), true));
	printf("%s\n", word);
	return E_OK;
}

/* ---- the verbs ---- */

/* clang-format off */
static const struct option list_options[] = {
	{ .name = "json", .flag = &json, .help = "as JSON" },
	{ .name = "demo", .flag = &demo, .help = "of a demo: with the password of its users" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
static const struct option add_options[] = {
	{ .name = "name",   .value = &name,   .help = "the name of the user" },
	{ .name = "person", .value = &person, .help = "staff number of the user's own file" },
	{ .name = "role",   .value = &role,   .help = "what the user may do (else employee)" },
	{ .name = "unit",   .value = &unit,   .help = "over which unit, with all below it (else the whole service)" },
	{ .name = "from",   .value = &from,   .help = "from which day (else today)" },
	{ .name = "until",  .value = &until,  .help = "the last day (else without end)" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
static const struct option grant_options[] = {
	{ .name = "role",  .value = &role,  .help = "what the user may do" },
	{ .name = "unit",  .value = &unit,  .help = "over which unit, with all below it (else the whole service)" },
	{ .name = "from",  .value = &from,  .help = "from which day (else today)" },
	{ .name = "until", .value = &until, .help = "the last day (else without end)" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
static const struct option password_options[] = {
	{ .name = "stdin", .flag = &from_stdin, .help = "read the password itself, one line, from the standard input" },
	PLACE_OPTIONS,
	{ .name = NULL },
};
/* clang-format on */

static const struct command list_verb = {
	.name = "list",
	.usage = "user list STORE [--json] [--demo]",
	.help = "Lists who may sign in, with what each may do and where.",
	.example = "merit user list staff.db",
	.options = list_options,
	.least = 1,
	.most = 1,
	.run = list,
};
static const struct command add_verb = {
	.name = "add",
	.usage = "user add STORE SIGN_IN_NAME --name NAME [--person NUMBER] [--role ROLE] [--unit CODE] [--from DAY] "
		 "[--until DAY]",
	.help = "Makes somebody who may sign in, with one duty.",
	.example = "merit user add staff.db admin --name 'Wahyu Nugroho' --role administrator",
	.options = add_options,
	.least = 2,
	.most = 2,
	.run = add,
};
static const struct command grant_verb = {
	.name = "grant",
	.usage = "user grant STORE SIGN_IN_NAME --role ROLE [--unit CODE] [--from DAY] [--until DAY]",
	.help = "Gives a user another duty: a role over a unit or the whole service.",
	.example = "merit user grant staff.db rina --role hr-officer --unit PERS",
	.options = grant_options,
	.least = 2,
	.most = 2,
	.run = grant,
};
static const struct command password_verb = {
	.name = "password",
	.usage = "user password STORE SIGN_IN_NAME [--stdin]",
	.help = "Prints a word with which the user signs in once, to choose a password.",
	.example = "merit user password staff.db admin",
	.options = password_options,
	.least = 2,
	.most = 2,
	.run = password,
};
static const struct command *const verbs[] = { &list_verb, &add_verb, &grant_verb, &password_verb, NULL };

const struct command user_command = {
	.name = "user",
	.usage = "user VERB STORE …",
	.help = "Says who may sign in and what each may do; gives a first word to the first administrator.",
	.example = "merit user add staff.db admin --name 'Wahyu Nugroho' --role administrator",
	.verbs = verbs,
};
