/* place.c - opening the store that a command names. */
#include "command/place.h"

#include "entity/read.h"
#include "modules/administration/administration.h"

const char *place_side;
static struct problems found = PROBLEMS_INIT;
static bool said;

struct problems *place_found(void)
{
	return &found;
}

void place_problems(void)
{
	CLEANUP(buf_release) struct buf out = BUF_INIT;
	if (!found.count)
		return;
	problems_sort(&found);
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
	const char *zone;
	c->problems = &found;
	c->actor.user = ACTOR_COMMAND;
	TRY(policy_open(c, modules_reader(), 0, &policy));
	TRY(installation_zone(c, &zone));
	if (!ctx_set_zone(c, zone))
		return FAULT(
			"the store counts its days in the zone %s, which this machine does not know; install tzdata",
			zone);
	return E_OK;
}

enum err place_open(const char *where, bool writing, struct ctx **ret)
{
	CLEANUP(place_close) struct ctx *c = NULL;
	struct ctx_place place = { where, place_side };
	TRY(ctx_open(&place, modules_registry(), writing, &c));
	TRY(set_up(c));
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
			   "there is no %s %s in this store; check the number, or list them with merit export", e->name,
			   key);
	return found_it;
}
