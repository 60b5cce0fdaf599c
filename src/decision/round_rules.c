/* round_rules.c - the rules of a round's unit and day, as known at a position. */
#include "decision/inside.h"

static void free_policy(struct policy **p)
{
	policy_free(*p);
}

/* Packs loaded after the position are not looked at: the older ones are read again from the bytes kept. */
static enum err rules_then(struct ctx *c, int64_t position, const struct str *units, size_t n, date day,
			   struct rules **ret)
{
	struct policy *p CLEANUP(free_policy) = NULL;
	TRY(policy_open(c, policy_reader(c->policy), position, &p));
	return rules_at(p, units, n, day, ret);
}

enum err round_rules(struct ctx *c, struct round *r, int64_t position)
{
	const struct str *units;
	struct rules *rules;
	size_t n;
	if (!c->policy)
		return round_problem(c, E_INVALID, NULL, "the store holds no rules; load a pack first");
	TRY(r->kind->unit_path(c, r->inside->unit, (struct moment){ r->as_of, position }, &units, &n));
	if (position)
		TRY(rules_then(c, position, units, n, r->as_of, &rules));
	else
		TRY(rules_at(c->policy, units, n, r->as_of, &rules));
	rules_free(r->rules);
	r->rules = rules;
	r->policy = NULL;
	return E_OK;
}

enum err round_choose_policy(struct ctx *c, struct round *r, struct str name)
{
	const char *wanted = name.n ? arena_text(&r->arena, name.p, name.n) : NULL;
	struct buf known CLEANUP(buf_release) = BUF_INIT;
	r->policy = rules_policy(r->rules, r->kind->name, wanted);
	if (r->policy)
		return E_OK;
	rules_policy_names(r->rules, r->kind->name, &known);
	if (!wanted)
		return round_problem(c, E_MISSING, "policy",
				     "no policy of a %s round is the default one; choose one of: %s",
				     problem_word(c->problems, r->kind->name, r->kind->title),
				     known.n ? buf_str(&known) : say(c->problems->lang, N_("none")));
	return round_problem(c, E_MISSING, "policy",
			     "there is no policy \"%s\" for a %s round on that day; choose one of: %s", wanted,
			     problem_word(c->problems, r->kind->name, r->kind->title),
			     known.n ? buf_str(&known) : say(c->problems->lang, N_("none")));
}
