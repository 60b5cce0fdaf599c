/* place.c - opening the store that a command names. */
#include "command/place.h"

#include "entity/change.h"
#include "entity/read.h"

#include <sys/stat.h>

const char *place_side;
static struct problems found = PROBLEMS_INIT;
static bool said;

struct problems *place_found(void)
{
	return &found;
}

/* What is wrong with an option is said of it as the caller wrote it. */
static void name_option(struct problem *x)
{
	const char *option = x->file || x->row || !x->column ? NULL : command_option_of(x->column);
	if (!option)
		return;
	x->file = arena_printf(&found.arena, "--%s", option);
	x->column = NULL;
}

void place_problems(void)
{
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	if (!found.count)
		return;
	problems_sort(&found);
	for (size_t i = 0; i < found.kept; i++)
		name_option(&found.list[i]);
	problems_print(&found, &out);
	fputs(buf_str(&out), stderr);
	said = true;
}

bool place_said(void)
{
	return said;
}

void place_answered(bool yes)
{
	said = said || yes;
}

static enum err set_up(struct ctx *c)
{
	struct policy *policy;
	c->problems = &found;
	c->actor.user = ACTOR_COMMAND;
	return policy_open(c, modules_reader(), 0, &policy);
}

/* A store that cannot be opened is a matter of the surroundings, whatever the reason. */
enum err place_unreachable(enum err e)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	if (e != E_MISSING && e != E_DENIED && e != E_INVALID)
		return e;
	buf_text(&words, fault_text());
	return FAULT("%s", buf_str(&words));
}

enum err place_open(const char *where, bool writing, struct ctx **ret)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct ctx_place place = { where, place_side };
	TRY(place_unreachable(ctx_open(&place, modules_registry(), writing, &c)));
	TRY(set_up(c));
	if (writing) {
		TRY(place_unreachable(ctx_migrate(c)));
		TRY(projections_turn(c)); /* what begins or ends today counts from now on in the lists of today */
	}
	*ret = c;
	c = NULL;
	return E_OK;
}

/* A server that is away says nothing of the store, while one that answers and yet cannot be read is a finding. */
static enum err answers(const char *where)
{
	struct store *s = NULL;
	enum err e = store_open(where, STORE_READ, &s);
	if (e == E_OK)
		store_close(s);
	return e == E_FAULT ? e : E_OK;
}

enum err place_open_hostile(const char *where, struct findings *f, struct ctx **ret)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct ctx_place place = { where, place_side };
	struct stat st;
	bool there = store_is_url(where) || stat(where, &st) == 0;
	if (store_is_url(where))
		TRY(answers(where));
	enum err e = ctx_open(&place, modules_registry(), false, &c);
	if (e == E_INVALID || (there && (e == E_MISSING || e == E_FAULT))) {
		finding_add(f, NULL, 0, 0, "%s", fault_text());
		return E_INVALID;
	}
	TRY(place_unreachable(e));
	e = set_up(c);
	if (e != E_OK)
		finding_add(f, NULL, 0, 0, "the rules cannot be read: %s",
			    found.count ? found.list[0].what : fault_text());
	problems_release(&found);
	*ret = c;
	c = NULL;
	return E_OK;
}

void place_close(struct ctx **c)
{
	if (!*c)
		return;
	policy_release(*c);
	ctx_close(*c);
	*c = NULL;
}

enum err place_find(struct ctx *c, const struct entity *e, const char *key, int64_t *ret)
{
	enum err found_it = key_find(c, e, str_of(key), ret);
	if (found_it == E_MISSING)
		problem_at(c->problems, NULL, 0, NULL,
			   "there is no %s \"%s\" in this store; look at `merit export STORE %s`", e->name, key,
			   e->name);
	return found_it;
}

enum err place_moment(struct ctx *c, const char *as_of, const char *known_at, struct moment *ret)
{
	enum err e = moment_parse(c, as_of, known_at, ret);
	return e == E_INVALID ? E_USAGE : e;
}
