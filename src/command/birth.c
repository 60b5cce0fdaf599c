/* birth.c - making a new store. */
#include "command/birth.h"

#include "entity/change.h"
#include "modules/administration/administration.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_PACKS COMMAND_WORDS

struct packs {
	struct pack *list[MOST_PACKS];
	size_t n;
};

static void packs_release(struct packs *p)
{
	for (size_t i = 0; i < p->n; i++)
		pack_free(p->list[i]);
}

static enum err read_packs(const struct birth *b, struct packs *p)
{
	for (; b->packs[p->n]; p->n++)
		TRY(pack_read(b->packs[p->n], modules_reader(), place_found(), &p->list[p->n]));
	return pack_fit((const struct pack *const *)p->list, p->n, place_found());
}

static const char *zone_of(const struct birth *b, const struct packs *p)
{
	const char *zone = b->zone;
	for (size_t i = 0; !zone && i < p->n; i++)
		zone = pack_zone(p->list[i]);
	return zone ? zone : "UTC";
}

static enum err load_packs(struct ctx *c, const struct packs *p)
{
	int64_t position;
	bool fresh;
	TRY(change_begin(c, "pack.load", 0));
	for (size_t i = 0; i < p->n; i++)
		TRY(pack_load(c, p->list[i], &fresh));
	return change_end(c, &position);
}

/* The first transaction: schema, ledger, first entry, packs. */
static enum err begin(const struct birth *b, const char *side, struct store *s, const struct packs *p, struct ctx **ret)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	struct ledger_birth birth = {
		.origin = b->origin, .zone = zone_of(b, p), .seed = b->seed, .clock = b->clock, .demo = b->seed != NULL
	};
	struct ledger *l;
	struct policy *policy;
	TRY(txn_write(s, &t));
	TRY(ctx_schema(s, modules_registry()));
	TRY(ledger_create(s, side, &birth, &l));
	TRY(ctx_over(s, l, modules_registry(), ret));
	struct ctx *c = *ret;
	c->problems = place_found();
	c->actor.user = ACTOR_SYSTEM;
	TRY(policy_open(c, modules_reader(), 0, &policy));
	TRY(administration_begin(c));
	TRY(load_packs(c, p));
	return txn_commit(&t);
}

static enum err fill(const struct birth *b, const struct packs *p, struct ctx *c)
{
	struct policy *policy;
	TRY(policy_open(c, modules_reader(), 0, &policy));
	for (size_t i = 0; i < p->n; i++)
		TRY(pack_seed(c, b->packs[i], p->list[i]));
	if (b->tell) {
		projections_later(c);
		TRY(b->tell(c, b->arg));
		TRY(projections_rebuild(c));
	}
	return store_built(c->store);
}

/* A file is replaced by another one at the end; a server's schema is emptied first. */
static enum err make_room(const struct birth *b)
{
	struct store *s CLEANUP(store_close_p) = NULL;
	if (!b->replace || !store_is_url(b->where))
		return E_OK;
	TRY(place_unreachable(store_open(b->where, STORE_WRITE, &s)));
	return store_clear(s);
}

static enum err make(const struct birth *b, const char *where, const char *side, const struct packs *p)
{
	struct ctx *c CLEANUP(place_close) = NULL;
	struct store *s;
	TRY(place_unreachable(store_open(where, store_is_url(where) ? STORE_CREATE : STORE_BUILD, &s)));
	enum err e = begin(b, side, s, p, &c);
	if (!c)
		store_close(s);
	TRY(e);
	return fill(b, p, c);
}

/* Removes what an earlier killed run left under the names of this one. */
static void sweep(struct arena *a, const char *where, const char *side)
{
	static const char *const inside[] = { "key", "key.pub", "checkpoints", NULL };
	static const char *const tails[] = { "", "-wal", "-shm", "-journal", NULL };
	for (const char *const *f = inside; *f; f++)
		unlink(arena_printf(a, "%s/%s", side, *f));
	rmdir(side);
	for (const char *const *t = tails; *t && !store_is_url(where); t++)
		unlink(arena_printf(a, "%s%s", where, *t));
}

static enum err move(const char *from, const char *to)
{
	if (rename(from, to) == 0)
		return E_OK;
	return FAULT("%s cannot be moved to %s: %s; check the folder's permissions", from, to, strerror(errno));
}

static bool there(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

static enum err put_in_place(const struct birth *b, struct arena *a, const char *where, const char *side,
			     const char *to_side)
{
	if (b->replace)
		sweep(a, b->where, to_side);
	TRY(move(side, to_side));
	return store_is_url(b->where) ? E_OK : move(where, b->where);
}

enum err birth_store(const struct birth *b)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct packs packs CLEANUP(packs_release) = { .n = 0 };
	struct ctx_place place = { b->where, b->side };
	const char *to_side;
	TRY(read_packs(b, &packs));
	TRY(ctx_side(&place, &a, &to_side));
	if (!b->replace && ((!store_is_url(b->where) && there(b->where)) || there(to_side))) {
		problem_at(place_found(), NULL, 0, NULL, "%s exists already; choose another name, or move it away",
			   there(to_side) ? to_side : b->where);
		return E_CONFLICT;
	}
	const char *where = store_is_url(b->where) ? b->where : arena_printf(&a, "%s.tmp", b->where);
	const char *side = arena_printf(&a, "%s.tmp", to_side);
	sweep(&a, where, side);
	TRY(make_room(b));
	enum err e = make(b, where, side, &packs);
	if (e == E_OK)
		e = put_in_place(b, &a, where, side, to_side);
	else
		sweep(&a, where, side);
	return e;
}
